"""Views of lesson 2.1: two districts by age, and at the ages of one standard or another."""

import pandas as pd
import pytest

from playbook.city.tables import City, load_city
from playbook.errors import PlaybookError
from playbook.insights.ages_compared import (
    AS_COUNTED,
    MOST_DISTRICTS,
    compared_districts,
    deaths_a_year,
    gap_by_age,
    parts_of_gap,
    people_by_age,
    rate_with_ages_of,
    rates_both_ways,
    rates_by_age,
)
from playbook.insights.district_deaths import adjusted_with, ages_of, crude_rate, district_rates
from playbook.insights.standard_ages import (
    gap_as_counted,
    gap_at_same_ages,
    rates_with_ages,
    standard_choices,
)

PORT_ALDER = load_city()


def with_districts(names: list[str]) -> City:
    """Deal the neighborhoods of Port Alder out to other districts, in turn."""
    places = PORT_ALDER["neighborhoods"]
    dealt = [names[row % len(names)] for row in range(len(places))]
    return PORT_ALDER.with_tables({"neighborhoods": places.assign(district=dealt)})


def with_few_deaths() -> City:
    """Keep one death in each place and age group, of one year."""
    deaths = PORT_ALDER["deaths"]
    few = deaths.assign(deaths=0)
    few.loc[few.index % 400 == 0, "deaths"] = 1
    return PORT_ALDER.with_tables({"deaths": few})


@pytest.mark.parametrize("stretches", [3, 4])
def test_the_shares_of_each_district_add_up(stretches: int) -> None:
    people = people_by_age(PORT_ALDER, stretches)
    assert len(people) == stretches
    assert people[compared_districts(PORT_ALDER)].sum().tolist() == pytest.approx([100, 100])


def test_with_its_own_people_a_district_keeps_its_crude_rate() -> None:
    for district in compared_districts(PORT_ALDER):
        crude = crude_rate(PORT_ALDER, district).value
        assert rate_with_ages_of(PORT_ALDER, district, district) == pytest.approx(crude)


def test_three_stretches_come_close_to_eleven() -> None:
    by_hand = rate_with_ages_of(PORT_ALDER, "Highland", "Eastbank")
    exact = adjusted_with(PORT_ALDER, "Highland", ages_of(PORT_ALDER, "Eastbank")).value
    assert by_hand == pytest.approx(exact, rel=0.05)


def test_ten_deaths_or_fewer_are_not_shown() -> None:
    rates = rates_by_age(PORT_ALDER).set_index("ages")
    # The second goes with the first: the rate of all ages would give it back.
    assert rates["Highland"].isna().tolist() == [True, True, False, False]
    assert rates["Eastbank"].notna().all()
    assert gap_by_age(PORT_ALDER)["times"].isna().tolist() == [True, False, False, False]


def test_the_parts_add_up_to_the_whole() -> None:
    ages, same_ages, together = parts_of_gap(PORT_ALDER).to_dict("records")
    assert ages["deaths"] + same_ages["deaths"] == pytest.approx(together["deaths"])
    assert all(one["low"] < one["deaths"] < one["high"] for one in (ages, same_ages, together))


def test_deaths_a_year_are_all_deaths() -> None:
    table = deaths_a_year(PORT_ALDER)
    deaths = PORT_ALDER["deaths"]
    years = deaths["year"].nunique()
    assert table["deaths_a_year"].sum() == pytest.approx(deaths["deaths"].sum() / years, abs=4)
    assert table["residents"].sum() == PORT_ALDER["population_age"]["population"].sum()


def test_two_rates_a_district_and_no_more_districts_than_a_chart_holds() -> None:
    table = rates_both_ways(PORT_ALDER)
    counted = table[table["rates"] == AS_COUNTED].set_index("district")["deaths"]
    assert counted.to_dict() == district_rates(PORT_ALDER).set_index("district")["crude"].to_dict()
    many = with_districts([f"Ward {number}" for number in range(20)])
    shown = rates_both_ways(many)["district"].unique()
    assert len(shown) == MOST_DISTRICTS
    assert set(compared_districts(many)) <= set(shown)


def test_a_city_of_one_district_is_told_so() -> None:
    with pytest.raises(PlaybookError, match="two districts"):
        compared_districts(with_districts(["All of it"]))


def test_with_few_deaths_everything_still_has_rows() -> None:
    few = with_few_deaths()
    assert len(compared_districts(few)) == 2
    assert gap_by_age(few)["times"].isna().all()
    assert rates_both_ways(few)["district"].nunique() == 8
    assert len(rates_with_ages(few, standard_choices(few)[0])) == 4


def test_at_the_ages_of_a_district_it_keeps_its_crude_rate() -> None:
    values = rates_with_ages(PORT_ALDER, "Highland").set_index("measure")["value"]
    assert values["Highland"] == f"{crude_rate(PORT_ALDER, 'Highland').value:,.0f}"
    assert gap_at_same_ages(PORT_ALDER).value > 1 > gap_as_counted(PORT_ALDER).value


def test_a_standard_that_lacks_an_age_has_nothing_to_say() -> None:
    district = PORT_ALDER["neighborhoods"].set_index("neighborhood_id")["district"]
    tables = {"deaths": PORT_ALDER["deaths"], "population_age": PORT_ALDER["population_age"]}
    for name, column in (("deaths", "deaths"), ("population_age", "population")):
        table = tables[name]
        oldest = table["age_group"] == "85 and older"
        nobody = oldest & (table["neighborhood_id"].map(district) == "Highland")
        tables[name] = table.assign(**{column: table[column].mask(nobody, 0)})
    values = rates_with_ages(PORT_ALDER.with_tables(tables), "Highland")
    assert values["value"].str.contains("too few to tell").all()


def test_the_choices_begin_with_the_national_standard() -> None:
    choices = standard_choices(PORT_ALDER)
    assert choices[0] == "the United States in 2000"
    assert len(choices) == len(set(choices)) == 4
    assert isinstance(rates_with_ages(PORT_ALDER, choices[1]), pd.DataFrame)
