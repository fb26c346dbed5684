"""Burdens: counted, concentrated, heavier at the expressway; assets are not."""

import numpy as np
import pandas as pd
import pytest

from playbook.measures.concentration import fewest_holding
from playbook.simulate import burdens as module
from playbook.simulate.burdens import ASSETS, BURDENS, EXPRESSWAY, OF_HOMES, burdens
from playbook.simulate.world import SEED, make_world

SEEDS = [SEED, 1, 2, 3]


def shares(table):
    counted = table[list(BURDENS)]
    return (counted / counted.sum()).mean(axis=1)


@pytest.mark.parametrize("seed", SEEDS)
def test_shape_and_city_totals(seed):
    table = burdens(make_world(seed), seed)
    assert table["neighborhood_id"].is_unique
    assert len(table) == 64
    assert (table.drop(columns=["neighborhood_id", "expressway"]) >= 0).all().all()
    for name, total in BURDENS.items():
        # Homes can't have more than there are, so a little may be missing.
        assert table[name].sum() == pytest.approx(
            total, rel=0.12 if name in OF_HOMES else 0.02, abs=12
        )


@pytest.mark.parametrize("seed", SEEDS)
def test_no_place_has_more_burdened_homes_than_homes(seed):
    world = make_world(seed)
    table = burdens(world, seed)
    for name in OF_HOMES:
        assert (table[name] <= 0.61 * world.households).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_about_nine_places_hold_half(seed):
    assert 7 <= fewest_holding(shares(burdens(make_world(seed), seed))) <= 12


def test_the_expressway_crosses_seven_places_of_two_districts():
    world = make_world()
    table = burdens(world, SEED)
    crossed = table["expressway"] == "yes"
    assert crossed.sum() == 7
    assert set(world.district[crossed.to_numpy()]) == {"Mill Flats", "Foundry"}


def test_a_crossed_place_has_three_times_the_burden_it_would_have(monkeypatch):
    world = make_world()
    monkeypatch.setattr(module, "OF_HOMES", ())
    with_it = burdens(world, SEED)
    monkeypatch.setattr(module, "EXPRESSWAY_JUMP", 0.0)
    without = burdens(world, SEED)
    places = list(EXPRESSWAY)
    others = [place for place in range(64) if place not in EXPRESSWAY]
    for name in ("truck_route_m", "lead_service_lines"):
        change = with_it[name] / without[name]
        assert change[places].mean() / change[others].mean() == pytest.approx(np.exp(1.1), rel=0.05)


def test_assets_rise_where_burdens_do_and_parks_do_not():
    world = make_world()
    table = burdens(world, SEED)
    eastern, hills = world.hardship > 0.8, world.hardship < -0.8
    for name in ("resident_groups", "local_shops"):
        east, west = (
            table[name][each].sum() / world.residents[each].sum() for each in (eastern, hills)
        )
        assert east > 1.2 * west, name
    east, west = (
        table["park_ha"][each].sum() / world.residents[each].sum() for each in (eastern, hills)
    )
    assert east < west
    assert set(ASSETS) <= set(table.columns)


def test_the_same_seed_gives_the_same_burdens():
    pd.testing.assert_frame_equal(burdens(make_world(5), 5), burdens(make_world(5), 5))
