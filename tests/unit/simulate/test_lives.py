"""The printed life tables: made by the tested method, sound in themselves, as wide as designed."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.measures.lifetable import AGE_GROUPS, life_table, life_table_from_probabilities
from playbook.measures.ranks import rank_intervals
from playbook.simulate.health import YEARS, death_rates, deaths, population_age
from playbook.simulate.lives import life_tables
from playbook.simulate.world import SEED, make_world

TILE_KM = 1.25
NEAR_KM = 2.1
LAST = AGE_GROUPS[-1]


def draw(seed):
    world = make_world(seed)
    people = population_age(world, seed)
    died = deaths(world, people, seed)
    return world, people, died, *life_tables(people, died)


@pytest.fixture(scope="module")
def city():
    return draw(SEED)


def small_city(people, died):
    """Make the two tables of a few places, one list of eleven counts a place."""
    places = [f"N{number:02}" for number in range(1, len(people) + 1)]
    rows = pd.MultiIndex.from_product([places, AGE_GROUPS], names=["neighborhood_id", "age_group"])
    frame = rows.to_frame(index=False)
    population = frame.assign(population=np.ravel(people))
    return population, frame.assign(year=2020, cause="All other causes", deaths=np.ravel(died))


def assert_sound(expectancy, table):
    at_birth = table[table["age_group"] == AGE_GROUPS[0]].reset_index(drop=True)
    assert expectancy["neighborhood_id"].tolist() == at_birth["neighborhood_id"].tolist()
    assert expectancy["life_expectancy"].equals(at_birth["life_expectancy"])
    assert expectancy["standard_error"].tolist() == at_birth["life_expectancy_se"].tolist()
    for _, rows in table.groupby("neighborhood_id"):
        assert rows["age_group"].tolist() == list(AGE_GROUPS)
        assert rows["survivors"].iloc[0] == 100_000
        assert rows["survivors"].is_monotonic_decreasing
        assert rows["probability_of_dying"].iloc[-1] == 1
        # Each count is rounded on its own: the sums may be off by half a person a row.
        assert abs(rows["deaths"].sum() - 100_000) <= 6
        assert abs(rows["person_years"].sum() - rows["person_years_above"].iloc[0]) <= 6


def test_life_expectancy_is_the_first_row_of_the_life_table(city):
    *_, expectancy, table = city
    assert_sound(expectancy, table)
    assert len(expectancy) == 64


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.lists(st.integers(0, 12), min_size=11, max_size=11),
        min_size=1,
        max_size=3,
    )
)
def test_any_place_with_people_of_all_ages_gets_a_sound_table(died):
    died[0][-1] += 1  # somebody in the city has died at an old age
    expectancy, table = life_tables(*small_city([[40] * 11] * len(died), died))
    assert_sound(expectancy, table)
    mixed = [counts[-1] == 0 for counts in died]
    assert (expectancy["table_kind"] == "mixed").tolist() == mixed


def test_printed_tables_can_be_worked_out_again_as_closely_as_the_real_ones(city):
    table = city[-1]
    for _, rows in table.groupby("neighborhood_id"):
        again = life_table_from_probabilities(
            rows["probability_of_dying"].to_numpy(), rows["life_expectancy"].iloc[-1]
        )
        assert (again["survivors"].to_numpy() - rows["survivors"]).abs().max() <= 1
        away = (again["life_expectancy"].to_numpy() - rows["life_expectancy"]).abs()
        # The last row is printed with one decimal, so the rest can't be closer than that.
        assert away.max() <= 0.101
        above = rows["person_years"][::-1].cumsum()[::-1]
        assert (above - rows["person_years_above"]).abs().max() <= 6


def test_they_are_made_of_all_six_years_by_the_tested_method(city):
    _, people, died, _, table = city
    place = "N29"
    counted = died[died["neighborhood_id"] == place].groupby("age_group")["deaths"].sum()
    lived = people[people["neighborhood_id"] == place].set_index("age_group")["population"]
    expected = life_table(counted.loc[list(AGE_GROUPS)], len(YEARS) * lived)
    printed = table[table["neighborhood_id"] == place].reset_index(drop=True)
    for column, digits in (("probability_of_dying", 6), ("survivors", 0), ("probability_se", 6)):
        np.testing.assert_allclose(printed[column], expected[column].round(digits), atol=1e-9)
    for column, digits in (("life_expectancy", 1), ("life_expectancy_se", 4)):
        np.testing.assert_allclose(printed[column], expected[column].round(digits), atol=1e-9)


def test_a_place_without_deaths_at_the_oldest_age_borrows_the_citys_rate():
    typical = [1, 1, 1, 2, 3, 4, 8, 15, 20, 30, 20]
    people = [[50, 200, 500, 500, 500, 500, 400, 400, 300, 150, 25]] * 2
    empty = [*typical[:-1], 0]
    expectancy, table = life_tables(*small_city(people, [typical, empty]))
    assert expectancy["table_kind"].tolist() == ["observed", "mixed"]
    at_85 = table[table["age_group"] == LAST].set_index("neighborhood_id")
    rate = 20 / (2 * 25 * len(YEARS))  # of the whole city
    assert at_85.loc["N02", "life_expectancy"] == round(1 / rate, 1)
    assert at_85.loc["N02", "life_expectancy_se"] == pytest.approx(1 / rate / np.sqrt(10), abs=1e-4)
    # Before that age both places have the same deaths, so the same chances.
    first, second = (rows.reset_index(drop=True) for _, rows in table.groupby("neighborhood_id"))
    columns = ["probability_of_dying", "survivors", "probability_se"]
    pd.testing.assert_frame_equal(first[columns], second[columns])


def test_so_does_a_place_where_nobody_lives_at_that_age():
    typical = [1, 1, 1, 2, 3, 4, 8, 15, 20, 30, 20]
    people = [50, 200, 500, 500, 500, 500, 400, 400, 300, 150, 25]
    city = small_city([people, [*people[:-1], 0]], [typical, [*typical[:-1], 0]])
    expectancy, table = life_tables(*city)
    assert expectancy["table_kind"].tolist() == ["observed", "mixed"]
    at_85 = table.loc[table["age_group"] == LAST, "life_expectancy"]
    assert at_85.nunique() == 1


def test_nothing_handed_over_is_changed():
    people, died = small_city([[40] * 11] * 2, [[1] * 11, [1] * 10 + [0]])
    before = people.copy(), died.copy()
    life_tables(people, died)
    pd.testing.assert_frame_equal(people, before[0])
    pd.testing.assert_frame_equal(died, before[1])


def true_life_expectancy(world):
    """Years without any luck in them: the true rates on very many person-years."""
    lived = 1e9
    rates = death_rates(world).sum(axis=2)
    return np.array(
        [
            life_table(np.round(lived * place), np.full(len(place), lived))["life_expectancy"][0]
            for place in rates
        ]
    )


def largest_gap_nearby(world, expectancy):
    """Give the most years between two places of more than 2,000 people that lie close together."""
    large = world.residents > 2_000
    row, column = world.tile_row[large], world.tile_column[large]
    apart = TILE_KM * np.hypot(np.subtract.outer(row, row), np.subtract.outer(column, column))
    years = expectancy["life_expectancy"].to_numpy()[large]
    return np.where(apart <= NEAR_KM, np.abs(np.subtract.outer(years, years)), 0).max()


def could_be_lowest(expectancy):
    ranks = rank_intervals(expectancy["life_expectancy"], expectancy["standard_error"])
    return int((ranks["rank_low"] <= 1).sum())


def test_lives_differ_as_much_as_designed(city):
    world, *_, expectancy, _ = city
    truth = true_life_expectancy(world)
    assert truth.min() == pytest.approx(69.1, abs=1.5)
    assert truth.max() == pytest.approx(85.5, abs=1)
    assert np.corrcoef(world.hardship, truth)[0, 1] < -0.99
    assert expectancy["life_expectancy"].min() > 67
    assert expectancy["life_expectancy"].max() < 89
    assert expectancy["standard_error"].median() == pytest.approx(1.07, abs=0.05)
    assert expectancy["standard_error"].max() < 4.2
    assert largest_gap_nearby(world, expectancy) >= 12
    assert 1 < could_be_lowest(expectancy) <= 6


def test_printed_ranges_hold_the_truth_as_often_as_they_say():
    inside = []
    for seed in (SEED, 1, 2, 3, 4):
        world, *_, expectancy, _ = draw(seed)
        away = np.abs(expectancy["life_expectancy"] - true_life_expectancy(world))
        inside.extend(away <= 1.96 * expectancy["standard_error"])
    assert np.mean(inside) == pytest.approx(0.95, abs=0.03)


@pytest.mark.gate
def test_the_same_in_19_of_20_other_cities_of_this_design():
    rows = []
    for seed in range(1, 21):
        world, *_, expectancy, _ = draw(seed)
        rows.append(
            {
                "true range": np.ptp(true_life_expectancy(world)),
                "middle error": expectancy["standard_error"].median(),
                "widest error": expectancy["standard_error"].max(),
                "gap": largest_gap_nearby(world, expectancy),
                "could be lowest": could_be_lowest(expectancy),
            }
        )
    cities = pd.DataFrame(rows)
    assert cities["true range"].mean() == pytest.approx(16, abs=1.2)
    assert cities["middle error"].between(0.95, 1.15).all()
    assert (cities["widest error"] < 4.2).sum() >= 19
    assert (cities["gap"] >= 12).sum() >= 19
    assert cities["could be lowest"].median() == pytest.approx(4, abs=1)
    assert (cities["could be lowest"] > 1).sum() >= 19
