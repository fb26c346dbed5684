"""Hazards, reports and streets: more hazards, fewer reports of each, and the network adds up."""

import numpy as np
import pandas as pd
import pytest

from playbook.simulate import silence as module
from playbook.simulate.silence import SEGMENTS, hazard_audit, silence_tables, street_segments
from playbook.simulate.world import SEED, make_world

SEEDS = [SEED, 1, 2, 3]


@pytest.mark.parametrize("seed", SEEDS)
def test_segments_of_the_audit_are_those_of_the_streets(seed):
    made = silence_tables(make_world(seed), {}, seed)
    audit, streets = made["hazard_audit"], made["street_segments"]
    assert len(streets) == SEGMENTS == audit["segments"].sum()
    counted = streets.groupby("neighborhood_id").size()
    assert counted.to_dict() == audit.set_index("neighborhood_id")["segments"].to_dict()
    assert audit["segments"].min() >= 5
    assert streets["segment_id"].is_unique


@pytest.mark.parametrize("seed", SEEDS)
def test_the_network_is_as_long_and_as_worn_as_designed(seed):
    streets = street_segments(make_world(seed), seed)
    assert streets["length_km"].sum() == pytest.approx(350, abs=12)
    assert streets["pci"].mean() == pytest.approx(64, abs=1.5)
    assert streets["pci"].between(20, 98).all()
    assert streets["last_paved"].between(1985, 2025).all()
    assert np.corrcoef(streets["pci"], streets["last_paved"])[0, 1] > 0.7


@pytest.mark.parametrize("seed", SEEDS)
def test_mill_flats_has_twice_the_hazards_and_a_third_of_the_reports_of_each(seed):
    world = make_world(seed)
    audit = hazard_audit(world, seed)
    mill = world.district == "Mill Flats"
    hills = np.isin(world.district, ["Lakeside", "Highland"])
    hazards, reports = audit["hazards_found"].to_numpy(), audit["reports"].to_numpy()
    found = [hazards[each].sum() / world.residents[each].sum() for each in (mill, hills)]
    told = [reports[each].sum() / hazards[each].sum() for each in (mill, hills)]
    assert 1.9 < found[0] / found[1] < 2.8
    assert 0.2 < told[0] / told[1] < 0.5


def test_reports_follow_voice_and_nothing_else(monkeypatch):
    world = make_world()
    monkeypatch.setattr(module, "REPORTS_SLOPE", 0.0)
    audit = hazard_audit(world, SEED)
    per_hazard = audit["reports"] / audit["hazards_found"]
    assert abs(np.corrcoef(per_hazard, world.hardship)[0, 1]) < 0.3
    assert per_hazard.mean() == pytest.approx(0.42, abs=0.03)


def test_the_same_damage_brings_more_requests_where_voice_is_high():
    world = make_world()
    streets = street_segments(world, SEED)
    voice = dict(zip(world.neighborhood_id, world.voice, strict=True))
    worn = streets[streets["pci"].between(50, 60)]
    loud = worn["neighborhood_id"].map(voice) > 0.5
    quiet = worn["neighborhood_id"].map(voice) < -0.5
    assert worn.loc[loud, "requests"].mean() > 1.8 * worn.loc[quiet, "requests"].mean()
    good = streets[streets["pci"] >= 80]
    assert good["requests"].mean() == pytest.approx(0.25, abs=0.1)


def test_the_same_seed_gives_the_same_streets():
    pd.testing.assert_frame_equal(
        street_segments(make_world(5), 5), street_segments(make_world(5), 5)
    )
