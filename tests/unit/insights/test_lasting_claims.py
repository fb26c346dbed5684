"""Claims about what lasts: safeguards, flagships, budget, press, and when there is too little."""

from functools import cache

import numpy as np
import pandas as pd
import pytest

from playbook.city.tables import City, load_city
from playbook.insights.lasting_initiatives import (
    initiative_times,
    lasting_by_feature,
    lasting_gap,
    press_halves,
)
from playbook.insights.lesson_10_3 import CLAIMS
from playbook.measures.product_limit import product_limit
from playbook.simulate.staying_power import initiatives
from playbook.simulate.world import SEED

MEASURES = {claim.id: claim.measure for claim in CLAIMS}


@cache
def alder(seed: int = SEED) -> City:
    return load_city().with_tables({"initiatives": initiatives(seed)})


def city_of(
    *,
    led: tuple[int, int] = (5, 15),
    safe: tuple[int, int] = (13, 1),
    others: tuple[int, int] = (12, 14),
    budget: str = "alike",
    press: str = "alike",
) -> City:
    """Build initiatives: (still run, ended) of the mayor's, of the safeguarded, of the others.

    Budget and press lie ``"alike"``, or what runs has ``"more"``.
    """
    rows = []
    groups = (
        ("Mayor", "no", 0, led),
        ("Residents", "yes", 50, safe),
        ("Residents", "no", 0, others),
    )
    for champion, mark, recurring, (runs, ended) in groups:
        rows += [
            (champion, mark, recurring, mark, None if place < runs else "2016-06-30")
            for place in range(runs + ended)
        ]
    columns = ["champion", "codified", "recurring_usd", "outside_partner", "ended"]
    table = pd.DataFrame(rows, columns=columns)
    runs = table["ended"].isna()
    # What runs and what ended get the same numbers, one after another.
    alike = table.groupby(runs).cumcount() % 10 + 1
    numbers = {"alike": alike, "more": alike + 5 * runs}
    table["one_time_usd"] = 1_000 * numbers[budget] - table["recurring_usd"]
    table["press_mentions"] = numbers[press]
    table["initiative_id"] = [f"I{number}" for number in range(len(table))]
    table["started"] = "2012-01-01"
    table["departments"] = 1
    return load_city().with_tables(
        {"initiatives": table.assign(public_metric="no", resident_body="no")}
    )


FEW = city_of(led=(1, 3), safe=(3, 1), others=(3, 3))
ALL_RUN = city_of(led=(20, 0), safe=(14, 0), others=(26, 0))


@pytest.mark.parametrize("seed", [SEED, 1, 2, 3])
def test_every_claim_appears_in_port_alder(seed: int) -> None:
    for name, measure in MEASURES.items():
        assert measure(alder(seed)).verdict == "appears", (name, measure(alder(seed)).sentence)


@pytest.mark.gate
@pytest.mark.parametrize("claim_id", list(MEASURES))
def test_every_claim_holds_in_19_of_20_other_cities(claim_id: str) -> None:
    held = [MEASURES[claim_id](alder(seed)).verdict == "appears" for seed in range(1, 21)]
    assert sum(held) >= 19


@pytest.mark.parametrize(
    ("claim_id", "city", "verdict"),
    [
        ("10.3-flagships", city_of(), "appears"),
        ("10.3-flagships", city_of(led=(18, 2)), "absent"),
        ("10.3-flagships", city_of(led=(10, 10)), "unclear"),
        ("10.3-flagships", city_of(led=(1, 2)), "unclear"),
        # All nine of the mayor's ended, but fourteen rows say little.
        ("10.3-flagships", city_of(led=(0, 9), safe=(5, 0), others=(0, 0)), "unclear"),
        ("10.3-gap", city_of(), "appears"),
        ("10.3-gap", city_of(led=(18, 2), safe=(2, 12)), "absent"),
        ("10.3-gap", city_of(led=(10, 10), safe=(7, 7)), "unclear"),
        ("10.3-gap", FEW, "unclear"),
        ("10.3-safeguards", city_of(), "appears"),
        ("10.3-safeguards", city_of(led=(18, 2), safe=(1, 13), others=(20, 6)), "absent"),
        ("10.3-safeguards", city_of(led=(10, 10), safe=(7, 7), others=(13, 13)), "unclear"),
        ("10.3-safeguards", FEW, "unclear"),
        ("10.3-budget", city_of(), "appears"),
        ("10.3-budget", city_of(budget="more"), "absent"),
        ("10.3-budget", FEW, "unclear"),
        # Twenty rows, but so few that run that a budget could tell much or nothing.
        ("10.3-budget", city_of(led=(1, 7), safe=(2, 2), others=(2, 6)), "unclear"),
        ("10.3-press", city_of(), "appears"),
        ("10.3-press", city_of(press="more"), "absent"),
        ("10.3-press", ALL_RUN, "unclear"),
    ],
)
def test_each_claim_has_three_endings(claim_id: str, city: City, verdict: str) -> None:
    result = MEASURES[claim_id](city)
    assert result.verdict == verdict, result.sentence
    assert len(result.headline) <= 140
    assert result.sentence.startswith("In Port Alder")
    assert "worth knowing" in result.sentence or verdict != "absent"
    unclear = "too little to tell" in result.sentence or "can't tell" in result.sentence
    assert unclear == (verdict == "unclear"), result.sentence


def test_two_groups_that_share_an_initiative_are_not_compared() -> None:
    table = city_of()["initiatives"]
    table.loc[table["codified"] == "yes", "champion"] = "Mayor"
    assert not lasting_gap(load_city().with_tables({"initiatives": table})).known


def test_features_are_counted_as_the_table_says() -> None:
    rows = lasting_by_feature(alder()).set_index("feature")
    table = alder()["initiatives"]
    law = table["codified"] == "yes"
    assert rows.at["codified", "with"] == law.sum()
    assert rows.at["codified", "with_percent"] == pytest.approx(
        100 * table.loc[law, "ended"].isna().mean()
    )
    assert rows.at["two departments", "with"] == (table["departments"] > 1).sum()


def test_times_feed_the_product_limit_and_agree_with_it_over_ten_years() -> None:
    times = initiative_times(alder())
    curve = product_limit(times["days"], times["closed"])
    # Every initiative was watched for more than ten years, so there the two must be one.
    assert times.loc[~times["closed"], "days"].min() > 3_650
    after = curve.loc[curve["days"] <= 3_650, "survival"].iloc[-1]
    assert after == pytest.approx((times["days"] > 3_650).mean())


def test_halves_by_press_hold_half_of_them_each() -> None:
    most, least = press_halves(alder())
    table = alder()["initiatives"]
    lasts = table["ended"].isna()
    assert (most.value + least.value) / 2 == pytest.approx(100 * lasts.mean())
    assert np.isfinite([most.low, least.high]).all()
