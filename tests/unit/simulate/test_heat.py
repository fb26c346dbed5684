"""Heat: shade follows hardship, trees follow the phone."""

import numpy as np
import pytest

from playbook.simulate.heat import heat, heat_tables
from playbook.simulate.places import acs_profile
from playbook.simulate.world import make_world


def made(seed):
    world = make_world(seed)
    profile = acs_profile(world, seed)
    fifth = profile[profile["year"] == 2024]["poverty_fifth"].to_numpy()
    return world, heat(world, profile, seed), fifth, profile


def gaps(seed):
    _, table, fifth, _ = made(seed)
    low, high = table[fifth == 1], table[fifth == 5]
    trees = table["trees_planted"].sum()
    return (
        low["canopy_pct"].mean(),
        high["canopy_pct"].mean(),
        high["surface_temp_c"].mean() - low["surface_temp_c"].mean(),
        100 * low["trees_planted"].sum() / trees,
        100 * high["trees_planted"].sum() / trees,
    )


def test_one_row_a_place_and_every_share_is_one():
    world, table, _, profile = made(64)
    assert table["neighborhood_id"].tolist() == world.neighborhood_id.tolist()
    assert table["canopy_pct"].between(4, 60).all()
    assert (table["trees_planted"] <= table["tree_requests"]).all()
    latest = profile[profile["year"] == 2024]["air_conditioning_pct"]
    assert table["air_conditioning_pct"].tolist() == latest.tolist()


def test_fifths_are_as_designed_on_average():
    found = np.mean([gaps(seed) for seed in range(1, 21)], axis=0)
    assert found == pytest.approx([38, 17, 3.2, 35, 8], rel=0.12)


def test_a_hot_place_is_one_with_little_shade():
    world, table, _, _ = made(64)
    assert np.corrcoef(table["canopy_pct"], table["surface_temp_c"])[0, 1] < -0.9
    assert np.corrcoef(world.heat, table["surface_temp_c"])[0, 1] > 0.85


def test_who_speaks_up_gets_trees():
    world, table, _, _ = made(64)
    per_home = table["tree_requests"] / world.households
    assert np.corrcoef(world.voice, per_home)[0, 1] > 0.7


def test_the_seed_decides_and_the_profile_stays_as_it_was():
    world, table, _, profile = made(3)
    before = profile.copy()
    assert heat_tables(world, {"acs_profile": profile}, 3)["heat"].equals(table)
    assert profile.equals(before)
    assert not heat(world, profile, 4).equals(table)
