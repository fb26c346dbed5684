"""Places of Port Alder: names, sizes, layout, and the two hidden scores."""

import numpy as np
import pytest

from playbook.simulate.world import DISTRICTS, SEED, STREAMS, TINY, make_world, stream

SEEDS = (SEED, 1, 2, 3)


@pytest.fixture(params=SEEDS)
def world(request):
    return make_world(request.param)


def test_64_places_in_8_districts_with_names_of_their_own(world):
    assert len(set(world.name)) == len(set(world.neighborhood_id)) == 64
    districts, counts = np.unique(world.district, return_counts=True)
    assert set(districts) == set(DISTRICTS)
    assert set(counts) == {8}


def test_names_avoid_words_that_hurt_or_mislead(world):
    assert {"Millrace", "Signal Point"} <= set(world.name)
    assert not {"Race Street", "Slag Point"} & set(world.name)


def test_248_003_people_live_there_and_one_place_a_district_is_tiny(world):
    assert world.residents.sum() == 248_003
    tiny = world.residents < 1_200
    assert np.flatnonzero(tiny).tolist() == sorted(TINY)
    assert len(set(world.district[tiny])) == 8
    assert world.residents[tiny].min() >= 650
    assert world.residents.max() < 13_000


def test_households_hold_two_to_three_people(world):
    size = world.residents / world.households
    assert ((size > 2.4) & (size < 2.5)).all()


def test_hardship_is_standardized_and_falls_from_eastbank_to_highland(world):
    assert world.hardship.mean() == pytest.approx(0, abs=1e-12)
    assert world.hardship.std() == pytest.approx(1)
    average = [world.hardship[world.district == name].mean() for name in DISTRICTS]
    assert average[0] == max(average)
    assert average[-1] == min(average)


def test_tiny_places_are_not_places_of_hardship():
    tiny = np.array([make_world(seed).hardship[list(TINY)].mean() for seed in range(20)])
    assert abs(tiny.mean()) < 0.1


def test_voice_falls_with_hardship():
    worlds = [make_world(seed) for seed in range(20)]
    correlations = [np.corrcoef(world.hardship, world.voice)[0, 1] for world in worlds]
    assert np.mean(correlations) == pytest.approx(-0.8, abs=0.03)
    assert max(correlations) < -0.6


def test_every_tile_holds_one_place(world):
    tiles = set(zip(world.tile_row.tolist(), world.tile_column.tolist(), strict=True))
    assert tiles == {(row, column) for row in range(8) for column in range(8)}


def test_highland_and_eastbank_face_each_other_with_their_extremes_at_the_river(world):
    east, west = world.district == "Eastbank", world.district == "Highland"
    assert set(world.tile_row[east]) == set(world.tile_row[west]) == {0, 1}
    assert world.tile_column[east].min() == 4
    assert world.tile_column[west].max() == 3
    top_two = np.sort(world.hardship[east])[-2:]
    assert set(world.hardship[east & (world.tile_column == 4)]) == set(top_two)
    low_two = np.sort(world.hardship[west])[:2]
    assert set(world.hardship[west & (world.tile_column == 3)]) == set(low_two)


def test_no_two_tables_share_a_stream():
    assert len(set(STREAMS.values())) == len(STREAMS)
    first = {name: stream(SEED, name).integers(1 << 62) for name in STREAMS}
    assert len(set(first.values())) == len(STREAMS)
