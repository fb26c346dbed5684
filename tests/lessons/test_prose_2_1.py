"""What the prose of 2.1 says of Port Alder without a number is true of its tables."""

from itertools import pairwise

import pandas as pd
import pytest

from playbook.city.tables import City, load_city
from playbook.insights.ages_compared import (
    compared_districts,
    deaths_a_year,
    gap_by_age,
    parts_of_gap,
    people_by_age,
    rates_by_age,
)
from playbook.insights.district_deaths import ages_of, district_rates
from playbook.insights.standard_ages import rates_with_ages, standard_choices
from playbook.measures.standardize import STANDARDS


@pytest.fixture(scope="module")
def city() -> City:
    return load_city()


@pytest.fixture(scope="module")
def rates(city: City) -> pd.DataFrame:
    return district_rates(city).set_index("district")


def test_the_two_districts_of_the_story_are_the_ones_compared(city: City) -> None:
    assert compared_districts(city) == ["Eastbank", "Highland"]


def test_on_the_slide_highland_is_first_and_eastbank_next_to_last(rates: pd.DataFrame) -> None:
    assert rates["crude_place"]["Highland"] == 1
    assert rates["crude_place"]["Eastbank"] == len(rates) - 1
    assert rates["crude_high"]["Eastbank"] < rates["crude_low"]["Highland"]


def test_eastbank_is_wide_at_the_foot_and_highland_higher_up(city: City) -> None:
    people = people_by_age(city)
    more = (people["Eastbank"] > people["Highland"]).tolist()
    assert more == [True, True, False, False]


def test_older_people_die_more_often(city: City) -> None:
    rates = rates_by_age(city, stretches=3)
    for district in compared_districts(city):
        assert all(younger < older for younger, older in pairwise(rates[district]))


def test_at_the_same_ages_almost_the_whole_list_turns_upside_down(rates: pd.DataFrame) -> None:
    assert rates["adjusted_place"]["Eastbank"] == 1
    assert rates["adjusted_place"]["Highland"] == len(rates)
    assert rates["crude_place"].corr(rates["adjusted_place"]) < -0.9
    # "Far apart": the gap is wider than both ranges together.
    gap = rates["adjusted_low"]["Eastbank"] - rates["adjusted_high"]["Highland"]
    ranges = rates["adjusted_high"] - rates["adjusted_low"]
    assert gap > ranges["Eastbank"] + ranges["Highland"]


def test_most_lines_fall_as_the_standard_is_younger(city: City, rates: pd.DataFrame) -> None:
    assert (rates["adjusted"] < rates["crude"]).mean() > 0.5
    old = ["65-74", "75-84", "85 and older"]
    here, standard = ages_of(city), pd.Series(STANDARDS["us2000"])
    assert standard[old].sum() / standard.sum() < here[old].sum() / here.sum()


def test_the_gap_is_wide_in_the_middle_and_much_smaller_among_the_oldest(city: City) -> None:
    youngest, *middle, oldest = gap_by_age(city).to_dict("records")
    assert pd.isna(youngest["times"])
    # "Much smaller": less than half as far above one.
    assert all(oldest["times"] - 1 < (one["times"] - 1) / 2 for one in middle)
    assert all(oldest["high"] < one["low"] for one in middle)
    assert oldest["low"] > 1


def test_one_part_pulls_down_the_other_pushes_up_and_ages_pull_harder(city: City) -> None:
    ages, same_ages, together = parts_of_gap(city)["deaths"]
    assert ages < 0 < same_ages
    assert together < 0


def test_few_die_young(city: City) -> None:
    deaths = city["deaths"].groupby("age_group")["deaths"].sum()
    assert deaths[["Under 1", "1-4", "5-14", "15-24"]].sum() < 0.1 * deaths.sum()


def test_highland_has_the_most_deaths_in_a_year(city: City) -> None:
    assert deaths_a_year(city)["district"].iloc[0] == "Highland"


def test_no_standard_turns_the_order_back_and_the_gap_moves(city: City) -> None:
    found = [
        rates_with_ages(city, one).set_index("measure")["value"] for one in standard_choices(city)
    ]
    times = {one["Times as high"] for one in found}
    assert min(map(float, times)) > 1
    assert len(times) > 1


def test_the_table_holds_six_years_and_eight_districts(city: City, rates: pd.DataFrame) -> None:
    assert city["deaths"]["year"].nunique() == 6
    assert len(rates) == 8
