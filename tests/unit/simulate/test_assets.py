"""What neighborhoods have: as many assets where hardship is high, each with a kind word."""

import numpy as np
import pytest

from playbook.author.words import banned_in, british_in
from playbook.simulate import assets as module
from playbook.simulate.asset_offers import KINDS, OFFERS
from playbook.simulate.assets import asset_tables
from playbook.simulate.world import SEED, make_world


def assets_of(seed):
    return asset_tables(make_world(seed), {}, seed)["assets"]


def rates(seed):
    """Assets per 1,000 residents in the fifths by hardship, lowest first."""
    world = make_world(seed)
    counts = assets_of(seed)["neighborhood_id"].value_counts()
    found = counts.reindex(world.neighborhood_id.tolist(), fill_value=0).to_numpy()
    groups = np.array_split(np.argsort(world.hardship), 5)
    return [1000 * found[one].sum() / world.residents[one].sum() for one in groups]


@pytest.mark.parametrize("seed", [SEED, 1, 2, 3])
def test_220_assets_of_five_kinds_each_named_once(seed):
    assets = assets_of(seed)
    assert assets["kind"].value_counts().to_dict() == KINDS
    assert sum(KINDS.values()) == len(assets) == 220
    assert assets["name"].is_unique
    assert assets["asset_id"].is_unique
    assert (np.diff(assets["neighborhood_id"].map(lambda one: int(one[1:]))) >= 0).all()


@pytest.mark.parametrize("seed", [SEED, *range(1, 6)])
def test_assets_per_resident_rise_with_hardship(seed):
    found = rates(seed)
    assert found[-1] > 1.2 * found[0]
    assert 0.7 < sum(found) / 5 < 1.1


def test_without_a_slope_every_fifth_has_as_many(monkeypatch):
    monkeypatch.setattr(module, "ASSET_SLOPE", 0.0)
    found = rates(SEED)
    assert max(found) < 1.15 * min(found)


def test_each_place_has_what_is_expected_within_one():
    world = make_world()
    expected = world.residents * np.exp(module.ASSET_SLOPE * world.hardship)
    expected = 220 * expected / expected.sum()
    counts = assets_of(SEED)["neighborhood_id"].value_counts()
    found = counts.reindex(world.neighborhood_id.tolist(), fill_value=0).to_numpy()
    assert np.abs(found - expected).max() <= 1.0001


def test_kinds_have_offers_enough_and_words_are_ours():
    assert set(OFFERS) == set(KINDS)
    for texts in OFFERS.values():
        assert len({name for name, _ in texts}) == len(texts)
        for name, offer in texts:
            assert name.count("{}") == 1
            assert not banned_in(f"{name} {offer}")
            assert not british_in(f"{name} {offer}")
