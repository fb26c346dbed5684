"""What the prose of 3.2 says of Port Alder without a number is true of its tables."""

import pandas as pd
import pytest

from playbook.city.tables import City, load_city
from playbook.insights.poverty_fifths import FIFTHS, poverty_fifths
from playbook.insights.silence_views import (
    found_and_reported,
    paving_at_weights,
    paving_shares,
    reporting_rates,
    walk_costs,
)
from playbook.insights.silent_streets import BUDGET_KM, RULES, paving_by_rule
from playbook.measures.allocation import allocate_by_score

HILLS = ["Lakeside", "Highland"]


@pytest.fixture(scope="module")
def city() -> City:
    return load_city()


@pytest.fixture(scope="module")
def districts(city: City) -> pd.DataFrame:
    table = city["hazard_audit"].merge(city["neighborhoods"], on="neighborhood_id")
    sums = table.groupby("district")[
        ["hazards_found", "reports", "inspector_hours", "population"]
    ].sum()
    return sums.assign(
        rate=sums["reports"] / sums["hazards_found"],
        per_hour=sums["hazards_found"] / sums["inspector_hours"],
    )


def test_by_phone_the_hills_get_a_large_part_and_mill_flats_little(city: City) -> None:
    streets = city["street_segments"].merge(city["neighborhoods"], on="neighborhood_id")
    paved = allocate_by_score(streets["requests"], streets["length_km"], BUDGET_KM)
    got = paved.groupby(streets["district"]).sum() / BUDGET_KM
    has = streets.groupby("district")["length_km"].sum() / streets["length_km"].sum()
    assert got[HILLS].sum() > 1.3 * has[HILLS].sum()
    assert got["Mill Flats"] < has["Mill Flats"] / 2


def test_the_marks_stand_close_in_the_hills_and_far_apart_in_mill_flats(city: City) -> None:
    rates = found_and_reported(city).pivot(index="place", columns="kind", values="rate")
    apart = rates["Hazards found"] - rates["Reports"]
    assert apart["Mill Flats"] > 5 * apart["Lakeside and Highland"] > 0


@pytest.mark.parametrize("kind", ["Hazards found", "Reports"])
def test_the_ranges_of_the_two_places_do_not_touch(city: City, kind: str) -> None:
    table = found_and_reported(city)
    first, last = table[table["kind"] == kind].sort_values("rate").to_dict("records")
    assert first["high"] < last["low"]
    # More hazards in Mill Flats, and fewer reports.
    assert (last["place"] == "Mill Flats") == (kind == "Hazards found")


def test_the_same_hazard_is_reported_about_a_third_as_often(city: City) -> None:
    mill, hills = reporting_rates(city).to_dict("records")
    assert mill["high"] < hills["low"]
    assert mill["reports"] / hills["reports"] == pytest.approx(1 / 3, abs=0.05)


def test_by_phone_far_less_than_its_part_and_by_condition_at_least_its_part(city: City) -> None:
    rules = paving_shares(city).set_index("rule")
    phone, worn, need, yardstick = (rules.loc[name] for name in (*RULES, "All streets"))
    assert phone["share_high"] < yardstick["share_low"]
    assert phone["share"] < yardstick["share"] / 2
    assert worn["share"] > yardstick["share"]
    assert need["share"] > worn["share"]


def test_the_list_by_phone_leaves_worse_streets_unpaved(city: City) -> None:
    condition = paving_by_rule(city)["condition"]
    assert condition["By requests"] > condition["By condition"] + 5
    streets = city["street_segments"]
    paved = allocate_by_score(streets["requests"], streets["length_km"], BUDGET_KM)
    left = streets.loc[paved == 0, "pci"]
    assert (left < condition["By requests"]).sum() > 100


def test_a_little_need_costs_next_to_nothing_and_need_alone_a_lot(city: City) -> None:
    condition = paving_by_rule(city)["condition"]
    assert 0 < condition["By condition and need"] - condition["By condition"] < 1
    index = paving_at_weights(city, 0, 0, 1)["value"].iloc[-1]
    assert index > condition["By requests"]
    # Good streets are paved while worn ones wait: hardly worse than the average street.
    assert index > condition["All streets"] - 5


def test_the_quietest_districts_are_where_an_hour_of_walking_finds_most(
    districts: pd.DataFrame,
) -> None:
    quiet = set(districts["rate"].nsmallest(2).index)
    assert quiet == {"Eastbank", "Mill Flats"}
    assert set(districts["per_hour"].nlargest(2).index) == quiet


def test_the_table_of_the_walk_shows_the_most_per_hour_in_mill_flats(city: City) -> None:
    assert walk_costs(city)["hazards_per_hour"].idxmax() == 0


def test_tollbar_has_much_poverty_and_is_not_silent(city: City) -> None:
    table = city["hazard_audit"].merge(city["neighborhoods"], on="neighborhood_id")
    table["fifth"] = poverty_fifths(city, table["neighborhood_id"])
    tollbar = table.set_index("name").loc["Tollbar"]
    assert tollbar["fifth"] == FIFTHS[-1]
    assert tollbar["district"] == "Southgate"
    hills = reporting_rates(city)["high"].iloc[1]
    assert 100 * tollbar["reports"] / tollbar["hazards_found"] > hills
