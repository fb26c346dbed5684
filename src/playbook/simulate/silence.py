"""Hazards found, hazards reported, and streets to pave: `hazard_audit`, `street_segments`."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from playbook.simulate.effects import Effect
from playbook.simulate.world import Floats, Integers, World, stream

# Hazards per resident at average hardship, and change of the logarithm per point of hardship.
HAZARDS_PER_RESIDENT, HAZARDS_SLOPE = 0.02, 0.37
# Reports per hazard at average voice, and change of the logarithm per point of voice.
REPORTS_PER_HAZARD, REPORTS_SLOPE = 0.42, 0.62
# What a walk costs an inspector: hours per segment of street, and hours per hazard written down.
HOURS_PER_SEGMENT, HOURS_PER_HAZARD = 0.35, 0.12

SEGMENTS = 1900
# A place with twice the residents has less than twice the streets.
STREETS_BY_SIZE = 0.8
FEWEST_SEGMENTS = 5
LENGTH_MIDDLE, LENGTH_SPREAD = 0.17, 0.40
LENGTH_LIMITS = (0.05, 0.60)
ROAD_CLASSES = {"Side street": 0.70, "Collector": 0.20, "Main street": 0.10}

# Pavement condition index: at average hardship, change per point of hardship, spread, limits.
CONDITION_MIDDLE, CONDITION_SLOPE, CONDITION_SPREAD = 64, -2.5, 12
CONDITION_LIMITS = (20, 98)
# Above this a street gives nobody a reason to call; each 20 points below add these requests.
GOOD_CONDITION, CONDITION_STEP = 80, 20
REQUESTS_ANYWAY, REQUESTS_PER_STEP = 0.25, 1.5
# A street loses about this many points a year from the day it is paved, and years differ.
POINTS_A_YEAR, YEARS_SPREAD = 2.2, 2.5
LAST_YEAR, FIRST_YEAR = 2025, 1985

EFFECTS = (
    Effect(
        "reports_slope",
        "hazard_audit",
        REPORTS_SLOPE,
        "change of the logarithm",
        "How much more often the same hazard is reported with each point of voice.",
    ),
    Effect(
        "hazards_slope",
        "hazard_audit",
        HAZARDS_SLOPE,
        "change of the logarithm",
        "How many more hazards there are per resident with each point of hardship.",
    ),
)


def silence_tables(
    world: World, made: Mapping[str, pd.DataFrame], seed: int
) -> dict[str, pd.DataFrame]:
    """Draw the tables of this theme.

    Parameters
    ----------
    world
        What is true of the places.
    made
        Tables made before; none is needed.
    seed
        Root seed.

    Examples
    --------
    >>> from playbook.simulate.world import make_world
    >>> made = silence_tables(make_world(7), {}, 7)
    >>> {name: len(table) for name, table in made.items()}
    {'hazard_audit': 64, 'street_segments': 1900}
    """
    return {
        "hazard_audit": hazard_audit(world, seed),
        "street_segments": street_segments(world, seed),
    }


def hazard_audit(world: World, seed: int) -> pd.DataFrame:
    """Draw the table `hazard_audit`: one row a place.

    Parameters
    ----------
    world
        What is true of the places.
    seed
        Root seed.

    Returns
    -------
    pandas.DataFrame
        Columns as the contract describes them.
    """
    random = stream(seed, "hazard_audit")
    hazards = random.poisson(
        world.residents * HAZARDS_PER_RESIDENT * np.exp(HAZARDS_SLOPE * world.hardship)
    )
    reports = random.poisson(hazards * REPORTS_PER_HAZARD * np.exp(REPORTS_SLOPE * world.voice))
    segments = _segments(world)
    hours = HOURS_PER_SEGMENT * segments + HOURS_PER_HAZARD * hazards
    return pd.DataFrame(
        {
            "neighborhood_id": world.neighborhood_id,
            "segments": segments,
            "hazards_found": hazards,
            "reports": reports,
            "inspector_hours": hours.round(1),
        }
    )


def street_segments(world: World, seed: int) -> pd.DataFrame:
    """Draw the table `street_segments`: one row a piece of street between two corners.

    Parameters
    ----------
    world
        What is true of the places.
    seed
        Root seed.

    Returns
    -------
    pandas.DataFrame
        Columns as the contract describes them.
    """
    random = stream(seed, "street_segments")
    place = np.repeat(np.arange(len(world.name)), _segments(world))
    length = np.exp(random.normal(np.log(LENGTH_MIDDLE), LENGTH_SPREAD, SEGMENTS))
    road = random.choice(list(ROAD_CLASSES), SEGMENTS, p=list(ROAD_CLASSES.values()))
    condition = random.normal(
        CONDITION_MIDDLE + CONDITION_SLOPE * world.hardship[place], CONDITION_SPREAD
    )
    condition = condition.clip(*CONDITION_LIMITS).round()
    age = (100 - condition) / POINTS_A_YEAR + random.normal(0, YEARS_SPREAD, SEGMENTS)
    paved = (LAST_YEAR - age.clip(0)).round().clip(FIRST_YEAR, LAST_YEAR)
    return pd.DataFrame(
        {
            "segment_id": [f"S{number:04}" for number in range(1, SEGMENTS + 1)],
            "neighborhood_id": world.neighborhood_id[place],
            "road_class": road,
            "length_km": length.clip(*LENGTH_LIMITS).round(2),
            "pci": condition.astype(np.int64),
            "last_paved": paved.astype(np.int64),
            "requests": random.poisson(_requests(condition, world.voice[place])),
        }
    )


def _segments(world: World) -> Integers:
    """Say how many segments each place has; together exactly `SEGMENTS`."""
    share = world.residents**STREETS_BY_SIZE
    upto = np.cumsum(share) / share.sum() * (SEGMENTS - FEWEST_SEGMENTS * len(world.name))
    return np.asarray(FEWEST_SEGMENTS + np.diff(upto.round().astype(np.int64), prepend=0))


def _requests(condition: Floats, voice: Floats) -> Floats:
    """Give the requests to expect: the same damage brings more of them where voice is high."""
    steps = ((GOOD_CONDITION - condition) / CONDITION_STEP).clip(0)
    return np.asarray(REQUESTS_ANYWAY + REQUESTS_PER_STEP * steps * np.exp(REPORTS_SLOPE * voice))
