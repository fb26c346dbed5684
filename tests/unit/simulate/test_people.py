"""Who lives where: sums that agree, and a map that follows what was done to people."""

import numpy as np
import pytest

from playbook.measures.age_groups import AGE_GROUPS
from playbook.simulate.health import population_age
from playbook.simulate.people import GROUPS, people_tables
from playbook.simulate.places import neighborhoods
from playbook.simulate.world import RESIDENTS, SEED, make_world

SEEDS = (SEED, 1, 2, 3)


def made(seed):
    world = make_world(seed)
    before = {
        "neighborhoods": neighborhoods(world, seed),
        "population_age": population_age(world, seed),
    }
    return world, before, people_tables(world, before, seed)["population_age_race"]


def by_place(table):
    return table.groupby(["neighborhood_id", "race_ethnicity"])["population"].sum().unstack()


def apart(people, one, other):
    """Share of one group that would have to move to live as the other does."""
    shares = people[[one, other]] / people[[one, other]].sum()
    return 0.5 * (shares[one] - shares[other]).abs().sum()


@pytest.mark.parametrize("seed", SEEDS)
def test_groups_add_up_to_the_people_of_each_place_and_age(seed):
    _, before, table = made(seed)
    assert len(table) == 64 * 11 * 6
    assert not table.duplicated(["neighborhood_id", "age_group", "race_ethnicity"]).any()
    keys = ["neighborhood_id", "age_group"]
    summed = table.groupby(keys)["population"].sum()
    expected = before["population_age"].set_index(keys)["population"]
    assert (summed.loc[expected.index] == expected).all()
    assert table["population"].sum() == RESIDENTS
    assert table["population"].min() >= 0


@pytest.mark.parametrize("seed", SEEDS)
def test_the_city_has_its_shares_and_its_distances(seed):
    _, _, table = made(seed)
    people = by_place(table)
    shares = people.sum() / people.sum().sum()
    for group in GROUPS:
        assert shares[group.name] == pytest.approx(group.share, abs=0.002), group.name
    assert 0.50 <= apart(people, "Black", "White") <= 0.58
    assert apart(people, "Hispanic", "White") < apart(people, "Black", "White")


def test_the_distance_is_as_designed_on_average():
    found = [apart(by_place(made(seed)[2]), "Black", "White") for seed in range(1, 9)]
    assert 0.52 <= np.mean(found) <= 0.56


def test_places_graded_d_are_where_black_residents_live_today():
    world, before, table = made(SEED)
    people = by_place(table)
    share = people["Black"] / people.sum(axis=1)
    grade = before["neighborhoods"].set_index("neighborhood_id")["holc_grade"]
    averages = share.groupby(grade).mean()
    assert averages.is_monotonic_increasing
    assert averages["D"] > 2 * averages["A"]
    # Of two places alike in hardship, the one with the worse grade has more Black residents.
    number = grade.loc[world.neighborhood_id].map({"A": 0, "B": 1, "C": 2, "D": 3}).to_numpy()
    black = share.loc[world.neighborhood_id].to_numpy()
    design = np.column_stack([np.ones(64), world.hardship, number])
    by_grade = np.linalg.lstsq(design, np.log(black / (1 - black)), rcond=None)[0][2]
    assert by_grade > 0.05


def test_some_counts_are_so_small_that_they_must_be_hidden():
    _, _, table = made(SEED)
    few = table[table["race_ethnicity"] == "American Indian and Alaska Native"]["population"]
    assert (few.between(1, 10)).mean() > 0.5


def test_ages_differ_by_group_as_in_the_census():
    _, _, table = made(SEED)
    old = table["age_group"].isin(AGE_GROUPS[8:])
    share_old = table[old].groupby("race_ethnicity")["population"].sum()
    share_old /= table.groupby("race_ethnicity")["population"].sum()
    assert share_old["White"] > share_old["Black"] > share_old["Hispanic"]
