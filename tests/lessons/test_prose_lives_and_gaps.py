"""What the prose of 0.1, 1.3 and 2.2 says of Port Alder without a number is true of its tables."""

import inspect
from itertools import pairwise

import pytest

from playbook.city.tables import City, load_city
from playbook.insights.avoidable_visits import GROUPS, gap_by_period, group_counts, visit_rates
from playbook.insights.near_neighbors import near_neighbors
from playbook.insights.place_lives import (
    gap_of_extremes,
    life_expectancies,
    shrunken_gap,
    three_places,
)
from playbook.simulate.health import death_rates

# Median standard error of the published national file, 2010 to 2015.
PUBLISHED_STANDARD_ERROR = 1.70


@pytest.fixture(scope="module")
def city() -> City:
    return load_city()


def test_one_bank_is_dark_and_the_other_is_light(city: City) -> None:
    places = city["neighborhoods"].merge(
        life_expectancies(city), left_on="name", right_on="neighborhood"
    )
    north = places[places["tile_row"] < 4]
    west = north.loc[north["tile_col"] < 4, "life_expectancy"]
    east = north.loc[north["tile_col"] >= 4, "life_expectancy"]
    assert west.quantile(0.1) > east.quantile(0.9)


def test_the_near_neighbors_face_each_other_across_the_river(city: City) -> None:
    pair = city["neighborhoods"].set_index("name").loc[near_neighbors(city)["neighborhood"]]
    assert sorted(pair["tile_col"] >= 4) == [False, True]
    assert set(pair["district"]) == {"Eastbank", "Highland"}


def test_the_ends_can_be_told_apart_and_the_short_ones_can_not(city: City) -> None:
    short, rival, longest = three_places(city).to_dict("records")
    assert max(short["high"], rival["high"]) < longest["low"]
    assert rival["low"] < short["high"]


def test_the_last_of_the_three_is_a_small_place_and_so_is_the_rival(city: City) -> None:
    people = city["neighborhoods"].set_index("name")["population"]
    rival = three_places(city)["neighborhood"].iloc[1]
    assert people[rival] < people.median() / 2


def test_most_of_the_gap_stays_when_luck_is_taken_away(city: City) -> None:
    assert 0.5 * gap_of_extremes(city).value < shrunken_gap(city) < gap_of_extremes(city).value


def test_our_ranges_are_shorter_than_those_of_real_tracts(city: City) -> None:
    assert life_expectancies(city)["standard_error"].median() < PUBLISHED_STANDARD_ERROR


def test_nobodys_risk_of_an_overdose_changed_between_the_periods() -> None:
    assert "year" not in inspect.signature(death_rates).parameters


def test_visits_fell_in_every_group_and_faster_where_there_was_less_poverty(city: City) -> None:
    rates = visit_rates(city)
    ends = rates[rates["year"].isin([2016, 2025])].pivot(
        index="group", columns="year", values="rate"
    )
    assert (ends[2025] < ends[2016]).all()
    kept = (ends[2025] / ends[2016])[list(GROUPS)]
    assert kept.iloc[-1] < kept.iloc[0]


@pytest.mark.parametrize("name", ["difference", "ratio"])
def test_the_ranges_of_the_two_periods_do_not_touch(city: City, name: str) -> None:
    first, last = gap_by_period(city).sort_values(name).to_dict("records")
    assert first[f"{name}_high"] < last[f"{name}_low"]


def test_each_fifth_stands_above_the_next_and_the_last_rung_has_not_most_visits(
    city: City,
) -> None:
    counts = group_counts(city, -1)
    rates = counts["visits"] / counts["residents"]
    assert all(upper > lower for upper, lower in pairwise(rates))
    assert counts["visits"].iloc[0] < counts["visits"].sum() / 2
