"""Homes and fires: `blocks`, `alarm_survey`, `fires` and `installs`."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from playbook.simulate.blocks import Block, block_ids, blocks, chance_of, true_blocks
from playbook.simulate.effects import Effect
from playbook.simulate.world import Floats, Integers, World, stream

Flags = npt.NDArray[np.bool_]

# Chance, on the log-odds scale, that a home has no working alarm: the constant, and what is added
# for a home built before 1950, with a low income, with the same household for 20 years.
NO_ALARM = (-2.84, 0.95, 1.4, 0.45)

SURVEYED, VISITED = 2_000, 3_200
# Luck is spread evenly over so many homes in blocks alike: the pattern then shows in few homes.
ALIKE = 20
FIRE_YEARS = np.arange(2021, 2026)
FIRES_PER_HOME, FIRE_SLOPE, FIRE_OLD = 0.0044, 0.18, 0.25
# Among fires that the brigade is called to, more homes have no alarm than among all homes.
FIRE_NO_ALARM = 1.6
DEATHS_PER_FIRE, INJURIES_PER_FIRE = 0.006, 0.055
DEATHS_WITHOUT_ALARM = 2.0

# Alarms that were put up in 2023 and tested two years later, at homes where someone opened.
INSTALL_YEAR = 2023
WORKING, WORKING_SLOPE = 1.45, -0.25
OPENED = 0.9

EFFECTS = (
    *(
        Effect(
            f"alarms_{name}",
            "alarm_survey",
            round(float(np.exp(value)), 2),
            "times",
            f"How many times the odds that a home has no working alarm are, {words}.",
        )
        for name, value, words in (
            ("old_home", NO_ALARM[1], "when it was built before 1950"),
            ("low_income", NO_ALARM[2], "when its household has a low income"),
            ("long_stay", NO_ALARM[3], "when its household has lived there for 20 years"),
        )
    ),
    Effect(
        "fires_deaths",
        "fires",
        DEATHS_PER_FIRE * 1_000,
        "deaths per 1,000 fires",
        "How many people die in 1,000 home fires, whatever the neighborhood.",
    ),
)


def fire_risk_tables(
    world: World, made: Mapping[str, pd.DataFrame], seed: int
) -> dict[str, pd.DataFrame]:
    """Make the tables about homes and fires.

    Parameters
    ----------
    world
        What is true of the places.
    made
        Not used.
    seed
        Root seed.

    Returns
    -------
    dict
        `blocks`, `alarm_survey`, `fires` and `installs`.
    """
    truth = true_blocks(world, seed)
    return {
        "blocks": blocks(world, truth),
        "alarm_survey": alarm_survey(truth, seed),
        "fires": fires(truth, seed),
        "installs": installs(truth, seed),
    }


def no_alarm_chance(old: Floats, low_income: Floats, long_stay: Floats) -> Floats:
    """Give the chance that a home has no working alarm.

    Parameters
    ----------
    old, low_income, long_stay
        1 or 0 a home: built before 1950, low income, same household for 20 years.

    Examples
    --------
    >>> no_alarm_chance(np.array([0.0, 1.0]), np.array([0.0, 1.0]), np.array([0.0, 0.0])).round(2)
    array([0.06, 0.38])
    """
    constant, of_old, of_income, of_stay = NO_ALARM
    return chance_of(constant + of_old * old + of_income * low_income + of_stay * long_stay)


def alarm_survey(truth: Block, seed: int) -> pd.DataFrame:
    """Draw the table `alarm_survey`: one row a home, drawn by lot from all homes.

    Parameters
    ----------
    truth
        What `true_blocks` drew.
    seed
        Root seed.
    """
    random = stream(seed, "alarm_survey")
    block, things, none = _homes_by_lot(truth, SURVEYED, random)
    words = np.array(["no", "yes"])
    table = pd.DataFrame({"home_id": "", "block_id": block_ids(block)})
    for name, thing in zip(("pre1950", "low_income", "tenure20"), things.T, strict=True):
        table[name] = words[thing.astype(int)]
    table["has_alarm"] = words[1 - none.astype(int)]
    table = table.sort_values("block_id", kind="stable", ignore_index=True)
    table["home_id"] = [f"S{number:04}" for number in range(1, len(table) + 1)]
    return table


def fires(truth: Block, seed: int) -> pd.DataFrame:
    """Draw the table `fires`: one row a home fire that the fire department was called to.

    Parameters
    ----------
    truth
        What `true_blocks` drew.
    seed
        Root seed.
    """
    random = stream(seed, "fires")
    rate = FIRES_PER_HOME * np.exp(FIRE_SLOPE * truth.hardship + FIRE_OLD * (truth.old - 0.5))
    counts = random.poisson(truth.homes * rate * len(FIRE_YEARS))
    block = np.repeat(np.arange(len(counts)), counts)
    days = (np.datetime64("2026-01-01") - np.datetime64("2021-01-01")).astype(int)
    day = np.datetime64("2021-01-01") + random.integers(0, int(days), len(block))
    _, _, none = _things(truth, block, random, more=FIRE_NO_ALARM)
    # So that the city's rate stays as designed whatever the share without an alarm.
    deadlier = np.where(none, DEATHS_WITHOUT_ALARM, 1.0)
    deaths = random.poisson(DEATHS_PER_FIRE * deadlier / deadlier.mean())
    injuries = random.poisson(INJURIES_PER_FIRE, len(block))
    table = pd.DataFrame(
        {
            "block_id": block_ids(block),
            "day": day.astype(str),
            "alarm_present": np.where(none, "no", "yes"),
            "injuries": injuries,
            "deaths": deaths,
        }
    )
    table = table.sort_values(["day", "block_id"], kind="stable", ignore_index=True)
    table.insert(0, "fire_id", [f"F{number:04}" for number in range(1, len(table) + 1)])
    return table


def installs(truth: Block, seed: int) -> pd.DataFrame:
    """Draw the table `installs`: one row a home visited in 2023, drawn by lot from all homes.

    Parameters
    ----------
    truth
        What `true_blocks` drew.
    seed
        Root seed.
    """
    random = stream(seed, "installs")
    block, _, none = _homes_by_lot(truth, VISITED, random)
    day = np.datetime64(f"{INSTALL_YEAR}-01-01") + random.integers(0, 365, len(block))
    works = random.random(len(block)) < chance_of(WORKING + WORKING_SLOPE * truth.hardship[block])
    opened = random.random(len(block)) < OPENED
    table = pd.DataFrame(
        {
            "block_id": block_ids(block),
            "day": day.astype(str),
            "had_alarm": np.where(none, "no", "yes"),
            "working_at_24m": np.where(opened, np.where(works, "yes", "no"), "not tested"),
        }
    )
    table = table.sort_values(["day", "block_id"], kind="stable", ignore_index=True)
    table.insert(0, "install_id", [f"V{number:04}" for number in range(1, len(table) + 1)])
    return table


def _homes_by_lot(
    truth: Block, homes: int, random: np.random.Generator
) -> tuple[Integers, Floats, Flags]:
    """Draw homes by lot; each with its block, what is known of it, and whether it has no alarm."""
    ends = np.cumsum(truth.homes)
    # Every so-many-th home of the list, from a start by lot: so all blocks have their share.
    ticket = np.floor((np.arange(homes) + random.random()) * ends[-1] / homes)
    return _things(truth, np.searchsorted(ends, ticket, side="right"), random)


def _things(
    truth: Block, block: Integers, random: np.random.Generator, more: float = 1.0
) -> tuple[Integers, Floats, Flags]:
    """Draw for each home what is known of it, and whether it has no alarm."""
    shares = np.column_stack([truth.old, truth.low_income, truth.long_stay])[block]
    things = (random.random(shares.shape) < shares).astype(float)
    chance = np.minimum(more * no_alarm_chance(*things.T), 0.95)
    return block, things, _even_luck(random, truth.hardship[block]) < chance


def _even_luck(random: np.random.Generator, order: Floats) -> Floats:
    """Draw numbers between 0 and 1, evenly spread among any homes that lie near in `order`."""
    homes = len(order)
    among = np.arange(homes) // ALIKE
    # Within each handful, sorted by lot, the draws are the steps of a ladder.
    shuffled = np.lexsort((random.random(homes), among))
    step = np.empty(homes)
    step[shuffled] = np.arange(homes) % ALIKE
    drawn = np.empty(homes)
    handful = np.bincount(among)[among]
    drawn[np.argsort(order, kind="stable")] = (step + random.random(homes)) / handful
    return drawn
