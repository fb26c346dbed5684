"""Every table knows the same places, and parts add up to the city."""

import pytest

from playbook.simulate.build import tables
from playbook.simulate.world import RESIDENTS, make_world

# On the shipped city, and on another one of the same design.
SEEDS = (64, 5)
# Tables of things that need not be everywhere, and one with codes that are wrong on purpose.
NOT_EVERYWHERE = {"assets", "cdfi_loans", "hospital_benefit", "requests_311_raw"}


@pytest.fixture(scope="module", params=SEEDS)
def made(request):
    return tables(request.param)


def of_places(made):
    return {name: table for name, table in made.items() if "neighborhood_id" in table}


def test_every_table_of_places_names_the_places_of_the_city_and_no_other(made):
    places = set(make_world().neighborhood_id)
    for name, table in of_places(made).items():
        named = set(table["neighborhood_id"].dropna())
        if name != "requests_311_raw":
            assert named <= places, name
        if name not in NOT_EVERYWHERE:
            assert named == places, name


def test_people_add_up_to_the_city_by_place_age_and_race(made):
    residents = made["neighborhoods"].set_index("neighborhood_id")["population"]
    assert residents.sum() == RESIDENTS
    by_age = made["population_age"].groupby("neighborhood_id")["population"].sum()
    assert by_age.eq(residents).all()
    cells = ["neighborhood_id", "age_group"]
    by_race = made["population_age_race"].groupby(cells)["population"].sum()
    ages = made["population_age"].set_index(cells)["population"]
    assert by_race.reindex(ages.index).eq(ages).all()


def test_homes_of_the_blocks_add_up_to_the_households_of_each_place(made):
    households = made["neighborhoods"].set_index("neighborhood_id")["households"]
    homes = made["blocks"].groupby("neighborhood_id")["homes"].sum()
    assert homes.eq(households).all()


def test_people_of_a_year_stand_once_beside_every_illness(made):
    visits = made["avoidable_hospital"]
    assert visits.groupby(["year", "neighborhood_id"])["population"].nunique().eq(1).all()
    near = visits.loc[visits["year"].isin((2022, 2023))].drop_duplicates(
        ["year", "neighborhood_id"]
    )
    assert near.groupby("year")["population"].sum().mean() == pytest.approx(RESIDENTS, rel=0.001)


def test_adults_who_could_answer_are_the_same_whatever_splits_them(made):
    people = made["survey_margins"].groupby("variable")["people"].sum()
    assert people.nunique() == 1
    adults = made["population_age"].query("age_group not in ('Under 1', '1-4', '5-14')")
    assert 0.8 * adults["population"].sum() < people.iloc[0] <= adults["population"].sum()


def test_districts_of_a_table_are_those_of_the_city(made):
    districts = set(made["neighborhoods"]["district"])
    for name in ("pb_votes", "monthly_metrics"):
        assert set(made[name]["district"]) == districts, name
    # A project or an event can be for the whole city.
    assert len(set(made["pb_projects"]["district"]) - districts) <= 1


def test_deaths_are_fewer_than_people_and_births_no_more_than_women_could_have(made):
    cells = ["neighborhood_id", "age_group"]
    people = made["population_age"].set_index(cells)["population"]
    died = made["deaths"].groupby([*cells, "year"])["deaths"].sum().groupby(cells).max()
    assert (died.reindex(people.index).fillna(0) <= people).all()
    births = made["birth_outcomes"].groupby("neighborhood_id")["births"].sum() / 6
    young = made["population_age"].query("age_group in ('15-24', '25-34', '35-44')")
    women = young.groupby("neighborhood_id")["population"].sum() / 2
    assert (births < women * 0.2).all()
    assert (made["birth_outcomes"]["low_birth_weight"] <= made["birth_outcomes"]["births"]).all()
