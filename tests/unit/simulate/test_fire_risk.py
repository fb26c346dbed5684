"""Homes and fires: blocks that add up, surveys drawn by lot, targets of the design."""

import numpy as np
import pandas as pd
import pytest

from playbook.measures.targeting import chosen_first
from playbook.simulate import fire_risk as module
from playbook.simulate.blocks import true_blocks
from playbook.simulate.fire_risk import (
    EFFECTS,
    SURVEYED,
    VISITED,
    fire_risk_tables,
    no_alarm_chance,
)
from playbook.simulate.world import SEED, make_world

SEEDS = (SEED, 1, 2, 3)


@pytest.fixture(scope="module", params=SEEDS)
def drawn(request):
    world = make_world(request.param)
    return world, fire_risk_tables(world, {}, request.param), true_blocks(world, request.param)


def need_of(truth):
    """Homes without an alarm expected in each block, from what is true of it."""
    shares = (truth.old, truth.low_income, truth.long_stay)
    expected = np.zeros(len(truth.homes))
    for kind in np.ndindex(2, 2, 2):
        part = np.prod([s if k else 1 - s for s, k in zip(shares, kind, strict=True)], axis=0)
        expected += part * no_alarm_chance(*(np.array(float(k)) for k in kind))
    return truth.homes * expected


def test_the_same_seed_gives_the_same_tables():
    world = make_world(7)
    one, other = fire_risk_tables(world, {}, 7), fire_risk_tables(world, {}, 7)
    for name in one:
        pd.testing.assert_frame_equal(one[name], other[name])


def test_homes_of_the_blocks_add_up_to_the_households_of_each_place(drawn):
    world, tables, _ = drawn
    blocks = tables["blocks"]
    assert len(blocks) == 384
    sums = blocks.groupby("neighborhood_id")["homes"].sum()
    assert sums.to_dict() == dict(zip(world.neighborhood_id, world.households, strict=True))
    assert blocks["homes"].min() > 0
    shares = blocks.filter(like="_pct")
    assert shares.min(axis=None) >= 0
    assert shares.max(axis=None) <= 100


def test_keys_lead_from_every_table_to_the_blocks(drawn):
    _, tables, _ = drawn
    known = set(tables["blocks"]["block_id"])
    for name, key in (
        ("alarm_survey", "home_id"),
        ("fires", "fire_id"),
        ("installs", "install_id"),
    ):
        assert tables[name][key].is_unique
        assert set(tables[name]["block_id"]) <= known
    assert len(tables["alarm_survey"]) == SURVEYED
    assert len(tables["installs"]) == VISITED
    assert tables["fires"]["day"].between("2021-01-01", "2025-12-31").all()
    assert tables["fires"]["day"].is_monotonic_increasing
    assert tables["installs"]["day"].str.startswith("2023").all()


def test_homes_drawn_by_lot_lie_where_homes_are(drawn):
    _, tables, _ = drawn
    blocks = tables["blocks"].set_index("block_id")
    for name in ("alarm_survey", "installs"):
        drawn_homes = tables[name]["block_id"].map(blocks["neighborhood_id"]).value_counts()
        expected = blocks.groupby("neighborhood_id")["homes"].sum() * len(tables[name])
        expected /= blocks["homes"].sum()
        assert (drawn_homes.reindex(expected.index, fill_value=0) - expected).abs().max() <= 1


def test_a_lot_that_draws_every_home_draws_each_once(monkeypatch):
    world = make_world(1)
    truth = true_blocks(world, 1)
    monkeypatch.setattr(module, "VISITED", int(truth.homes.sum()))
    counts = module.installs(truth, 1)["block_id"].value_counts().sort_index()
    assert counts.tolist() == truth.homes.tolist()


def test_targets_of_the_design_are_met(drawn):
    _, tables, truth = drawn
    homes, need = truth.homes, need_of(truth)
    assert 100 * need.sum() / homes.sum() == pytest.approx(18, abs=1)
    for name, column in (("alarm_survey", "has_alarm"), ("installs", "had_alarm")):
        assert 100 * (tables[name][column] == "no").mean() == pytest.approx(18, abs=1.6)
    assert len(tables["fires"]) == pytest.approx(2_321, rel=0.06)
    assert 3 <= tables["fires"]["deaths"].sum() <= 27
    tested = tables["installs"].query("working_at_24m != 'not tested'")
    assert 100 * (tested["working_at_24m"] == "yes").mean() == pytest.approx(80, abs=2.5)
    vulnerable = need * truth.young_or_old
    fires = tables["fires"].groupby("block_id").size()
    past = fires.reindex(tables["blocks"]["block_id"], fill_value=0)
    reached = {
        name: 100 * vulnerable[chosen_first(score, homes)].sum() / vulnerable.sum()
        for name, score in (
            ("score", need / homes * truth.young_or_old),
            ("fires", past),
            ("lot", np.random.default_rng(0).random(384)),
        )
    }
    assert 33 <= reached["score"] <= 39
    assert 22 <= reached["fires"] <= 31
    assert 15 <= reached["lot"] <= 25
    hit = need[chosen_first(need / homes * truth.young_or_old, homes)].sum()
    assert 100 * hit / (0.2 * homes.sum()) == pytest.approx(27.5, abs=2)


def test_a_fire_finds_more_homes_without_an_alarm_than_a_visit_does(drawn):
    _, tables, _ = drawn
    in_fires = (tables["fires"]["alarm_present"] == "no").mean()
    assert in_fires > (tables["installs"]["had_alarm"] == "no").mean() + 0.08


def test_what_is_known_of_a_home_raises_the_chance_as_designed():
    # Ten cities together: the odds ratios of the survey are those that were built in.
    rows = []
    for seed in range(1, 11):
        world = make_world(seed)
        rows.append(fire_risk_tables(world, {}, seed)["alarm_survey"])
    survey = pd.concat(rows)
    named = {effect.name: effect.value for effect in EFFECTS}
    for column, name in (
        ("pre1950", "alarms_old_home"),
        ("low_income", "alarms_low_income"),
        ("tenure20", "alarms_long_stay"),
    ):
        others = [c for c in ("pre1950", "low_income", "tenure20") if c != column]
        top = bottom = 0.0
        # Mantel-Haenszel over the other two: it needs no model.
        for _, group in survey.groupby(others):
            hit = (group["has_alarm"] == "no").to_numpy()
            yes = (group[column] == "yes").to_numpy()
            top += (yes & hit).sum() * (~yes & ~hit).sum() / len(group)
            bottom += (yes & ~hit).sum() * (~yes & hit).sum() / len(group)
        assert top / bottom == pytest.approx(named[name], rel=0.12), name
