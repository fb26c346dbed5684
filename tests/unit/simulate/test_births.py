"""Births: the ratio is there in every income third, follows no place, and places add up."""

import numpy as np
import pandas as pd
import pytest

from playbook.measures.segregation import dissimilarity_index
from playbook.simulate import births as module
from playbook.simulate.births import INCOME_THIRDS, LOW_WEIGHT, RACES, birth_tables
from playbook.simulate.health import population_age
from playbook.simulate.people import people_tables
from playbook.simulate.places import neighborhoods
from playbook.simulate.world import SEED, make_world


def made_of(seed):
    world = make_world(seed)
    made = {"neighborhoods": neighborhoods(world, seed)}
    made["population_age"] = population_age(world, seed)
    return world, people_tables(world, made, seed)


def births_of(seed):
    world, made = made_of(seed)
    return birth_tables(world, made, seed)["birth_outcomes"]


def cells(table):
    return table.groupby(["race_ethnicity", "income_third"])[["births", "low_birth_weight"]].sum()


@pytest.mark.parametrize("seed", [SEED, 1, 2])
def test_each_place_race_and_third_stands_there_once(seed):
    table = births_of(seed)
    assert len(table) == 64 * len(RACES) * len(INCOME_THIRDS)
    assert not table.duplicated(["neighborhood_id", "race_ethnicity", "income_third"]).any()
    assert (table["low_birth_weight"] <= table["births"]).all()
    assert table["births"].sum() == pytest.approx(18_700, rel=0.05)


@pytest.mark.parametrize("seed", [SEED, 1, 2, 3])
def test_the_city_has_the_shares_that_were_built_in(seed):
    sums = cells(births_of(seed))
    for race, (*_, ratio) in RACES.items():
        for third, share in zip(INCOME_THIRDS, LOW_WEIGHT, strict=True):
            births, light = sums.loc[(race, third)]
            # Whole babies: at most half a one beside.
            assert abs(light - births * ratio * share) <= 0.5


def test_chance_still_decides_in_which_places():
    table = births_of(SEED).query("race_ethnicity == 'Black' and income_third == 'Lowest'")
    big = table[table["births"] > 40]
    spread = (big["low_birth_weight"] / big["births"]).std()
    assert 0.02 < spread < 0.09


def test_births_follow_residents_and_income_follows_hardship():
    world, made = made_of(SEED)
    table = birth_tables(world, made, SEED)["birth_outcomes"]
    people = made["population_age_race"].groupby(["neighborhood_id", "race_ethnicity"])
    people = people["population"].sum()
    births = table.groupby(["neighborhood_id", "race_ethnicity"])["births"].sum()
    both = pd.concat([people, births], axis=1)
    assert np.corrcoef(both.to_numpy().T)[0, 1] > 0.97
    lowest = table[table["income_third"] == "Lowest"].groupby("neighborhood_id")["births"].sum()
    share = (lowest / table.groupby("neighborhood_id")["births"].sum()).loc[world.neighborhood_id]
    assert np.corrcoef(share, world.hardship)[0, 1] > 0.9


def test_mothers_live_as_far_apart_as_residents_do():
    table = births_of(SEED).groupby(["neighborhood_id", "race_ethnicity"])["births"].sum()
    groups = table.unstack()
    assert 0.45 < dissimilarity_index(groups["Black"], groups["White"]) < 0.62


def test_without_a_built_in_ratio_there_is_none(monkeypatch):
    flat = {name: (births, lower, 1.0) for name, (births, lower, _) in RACES.items()}
    monkeypatch.setattr(module, "RACES", flat)
    sums = cells(births_of(SEED))
    shares = sums["low_birth_weight"] / sums["births"]
    assert shares["Black"].to_numpy() == pytest.approx(shares["White"].to_numpy(), abs=0.002)


def test_the_same_seed_gives_the_same_births():
    pd.testing.assert_frame_equal(births_of(5), births_of(5))
    assert not births_of(5).equals(births_of(6))
