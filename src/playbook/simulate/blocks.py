"""Blocks of homes, six a place: what is true of them, and the table `blocks`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from playbook.simulate.world import PLACES, Floats, Integers, World, stream

BLOCKS_PER_PLACE = 6
# Blocks of one place differ: by size, and by how much their residents carry.
SIZE_SPREAD, HARDSHIP_SPREAD = 0.2, 0.5

# Share of homes on the log-odds scale: at average hardship, per point of hardship, own noise.
OLD_HOMES = (0.1, 0.7, 0.7)
LOW_INCOME = (-1.0, 1.0, 0.3)
LONG_STAY = (-0.9, 0.15, 0.5)
# Share of homes with a child under 5 or someone over 65: average, per point, own noise.
YOUNG_OR_OLD = (0.28, 0.03, 0.05)


@dataclass(frozen=True, eq=False)
class Block:
    """What is true of the blocks. Every array has one entry a block.

    Parameters
    ----------
    place
        Row of its place in the world.
    homes
        Homes with people in them.
    hardship
        Score of the block: that of its place, and some of its own.
    old, low_income, long_stay
        Chance that a home was built before 1950, has a low income, has the same household for 20
        years.
    young_or_old
        Chance that someone under 5 or over 65 lives in a home.
    """

    place: Integers
    homes: Integers
    hardship: Floats
    old: Floats
    low_income: Floats
    long_stay: Floats
    young_or_old: Floats


def true_blocks(world: World, seed: int) -> Block:
    """Draw what is true of each block.

    Parameters
    ----------
    world
        What is true of the places.
    seed
        Root seed.

    Examples
    --------
    >>> from playbook.simulate.world import make_world
    >>> world = make_world(7)
    >>> bool(true_blocks(world, 7).homes.sum() == world.households.sum())
    True
    """
    random = stream(seed, "blocks")
    place = np.repeat(np.arange(PLACES), BLOCKS_PER_PLACE)
    size = np.exp(random.normal(0, SIZE_SPREAD, len(place)))
    hardship = world.hardship[place] + random.normal(0, HARDSHIP_SPREAD, len(place))
    old, low_income, long_stay = (
        chance_of(level + slope * hardship + random.normal(0, spread, len(place)))
        for level, slope, spread in (OLD_HOMES, LOW_INCOME, LONG_STAY)
    )
    level, slope, spread = YOUNG_OR_OLD
    young_or_old = level + slope * hardship + random.normal(0, spread, len(place))
    return Block(
        place=place,
        homes=_homes(world.households, size),
        hardship=hardship,
        old=old,
        low_income=low_income,
        long_stay=long_stay,
        young_or_old=np.clip(young_or_old, 0.05, 0.60),
    )


def blocks(world: World, truth: Block) -> pd.DataFrame:
    """Make the table `blocks`: one row a block.

    Parameters
    ----------
    world
        What is true of the places.
    truth
        What `true_blocks` drew.

    Examples
    --------
    >>> from playbook.simulate.world import make_world
    >>> world = make_world(7)
    >>> len(blocks(world, true_blocks(world, 7)))
    384
    """
    return pd.DataFrame(
        {
            "block_id": block_ids(np.arange(len(truth.homes))),
            "neighborhood_id": world.neighborhood_id[truth.place],
            "homes": truth.homes,
            "pre1950_pct": (100 * truth.old).round(1),
            "low_income_pct": (100 * truth.low_income).round(1),
            "tenure20_pct": (100 * truth.long_stay).round(1),
            "under5_65plus_pct": (100 * truth.young_or_old).round(1),
        }
    )


def _homes(households: Integers, size: Floats) -> Integers:
    """Split each place's homes over its blocks by size, so that they add up exactly."""
    share = size.reshape(PLACES, BLOCKS_PER_PLACE)
    exact = households[:, None] * share / share.sum(axis=1, keepdims=True)
    homes = np.floor(exact).astype(np.int64)
    rank = np.argsort(np.argsort(homes - exact, axis=1, kind="stable"), axis=1, kind="stable")
    homes += rank < (households - homes.sum(axis=1))[:, None]
    return np.asarray(homes.ravel())


def block_ids(numbers: Integers) -> list[str]:
    """Give the codes of blocks, by their place in the list."""
    return [f"B{number + 1:03}" for number in numbers]


def chance_of(log_odds: Floats) -> Floats:
    """Turn log-odds into a chance."""
    return np.asarray(1 / (1 + np.exp(-log_odds)))
