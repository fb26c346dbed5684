"""Views of lesson 3.2: what was found and reported, and whom each paving rule reaches."""

import numpy as np
import pandas as pd
import pytest

from playbook.city.tables import City, load_city
from playbook.errors import PlaybookError
from playbook.insights.silence_views import (
    found_and_reported,
    paving_at_weights,
    paving_shares,
    reporting_by_place,
    reporting_rates,
    side_names,
    walk_costs,
)
from playbook.insights.silent_streets import BUDGET_KM, NEED_WEIGHT
from playbook.show.charts import dots
from playbook.show.places import places

PLACES = load_city()["neighborhoods"]
MILL = (PLACES["district"] == "Mill Flats").to_numpy()


def audited(hazards: tuple[int, int], reports: tuple[int, int], hours: float = 20.0) -> City:
    """Build a city with so many hazards and reports in each place, Mill Flats first."""
    table = pd.DataFrame(
        {
            "neighborhood_id": PLACES["neighborhood_id"],
            "segments": 30,
            "hazards_found": np.where(MILL, *hazards),
            "reports": np.where(MILL, *reports),
            "inspector_hours": hours,
        }
    )
    people = PLACES.assign(population=5000)
    return load_city().with_tables({"hazard_audit": table, "neighborhoods": people})


CITY = audited((100, 50), (25, 50))
FEW_HAZARDS = audited((1, 1), (1, 1))
FEW_STREETS = load_city().with_tables({"street_segments": load_city()["street_segments"].head(50)})


def test_rates_are_those_that_were_put_in() -> None:
    table = found_and_reported(CITY)
    assert table["rate"].tolist() == pytest.approx([20, 5, 10, 10])
    assert (table["low"] < table["rate"]).all()
    assert (table["rate"] < table["high"]).all()
    assert reporting_rates(CITY)["reports"].tolist() == pytest.approx([25, 100])


def test_a_place_with_too_few_hazards_stays_blank() -> None:
    assert reporting_by_place(FEW_HAZARDS)["reports"].isna().all()
    by_place = reporting_by_place(CITY).set_index("neighborhood")["reports"]
    assert by_place[PLACES["name"]].to_numpy() == pytest.approx(np.where(MILL, 25, 100))


def test_an_hour_of_walking_finds_what_was_there() -> None:
    table = walk_costs(CITY)
    assert table["hazards_per_hour"].tolist() == pytest.approx([5, 2.5, (8 * 5 + 56 * 2.5) / 64])
    assert walk_costs(audited((1, 1), (1, 1), hours=0.0))["hazards_per_hour"].isna().all()


def test_another_city_gets_names_that_begin_with_a_capital() -> None:
    other = CITY.with_tables({"neighborhoods": PLACES.assign(district="One district")})
    assert side_names(other) == ("The highest-poverty fifth", "The lowest-poverty fifth")


def test_too_few_are_said_in_every_chart() -> None:
    for table, row, value in (
        (found_and_reported(FEW_HAZARDS).query("kind == 'Reports'"), "place", "rate"),
        (reporting_rates(FEW_HAZARDS), "place", "reports"),
        (paving_shares(FEW_STREETS), "rule", "share"),
        (paving_shares(FEW_STREETS), "rule", "condition"),
    ):
        figure = dots(table, y=row, x=value, finding="Too few")
        assert "too few to tell" in str(figure)
    blank = places(FEW_HAZARDS, reporting_by_place(FEW_HAZARDS), value="reports", finding="Too few")
    assert "too few to tell" in str(blank)
    assert paving_at_weights(FEW_STREETS, 0, 8, 2)["value"].isna().all()


def test_the_lever_at_a_rules_weights_gives_that_rule() -> None:
    city = load_city()
    rules = paving_shares(city).set_index("rule")
    for rule, weights in (
        ("By requests", (8, 0, 0)),
        ("By condition", (0, 8, 0)),
        ("By condition and need", (0, 10 * (1 - NEED_WEIGHT), 10 * NEED_WEIGHT)),
    ):
        top, low, index = paving_at_weights(city, *weights)["value"]
        assert top == pytest.approx(rules.loc[rule, "share"])
        assert index == pytest.approx(rules.loc[rule, "condition"])
        assert top + low <= 100


def test_need_alone_paves_nothing_but_the_neediest_places() -> None:
    top, low, _ = paving_at_weights(load_city(), 0, 0, 2)["value"]
    assert (top, low) == (100, 0)
    assert BUDGET_KM == 60


def test_a_rule_without_any_part_is_refused_in_plain_words() -> None:
    with pytest.raises(PlaybookError, match="one is above 0"):
        paving_at_weights(load_city(), 0, 0, 0)
