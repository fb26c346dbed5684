"""How old residents are and how many die: `population_age` and `deaths`."""

from __future__ import annotations

import numpy as np
import pandas as pd

from playbook.measures.lifetable import AGE_GROUPS
from playbook.simulate.effects import Effect
from playbook.simulate.world import Floats, Integers, World, stream

YEARS = range(2020, 2026)
CAUSES = ("Overdose", "All other causes")

# Residents in each age group at average hardship, in shares, and how the share's logarithm changes
# per point of hardship: places with high hardship have many children, others many old residents.
AGES = np.array([
    0.012, 0.048, 0.125, 0.135, 0.145, 0.130, 0.120, 0.125, 0.090, 0.050, 0.025,
])  # fmt: skip
AGES_SLOPE = np.array([
    0.31, 0.33, 0.25, 0.25, 0.21, 0.07, -0.06, -0.23, -0.43, -0.50, -0.38,
])  # fmt: skip
AGES_NOISE = 0.10  # places differ in age for other reasons too, as much as this much hardship does

# Deaths per resident and year at average hardship, and how steeply each group's rate rises with
# hardship: most between 25 and 54, hardly after 85.
DEATH_RATES = np.array([
    0.0058, 0.00025, 0.00014, 0.0007, 0.0013, 0.0019, 0.0040, 0.0088, 0.0180, 0.0450, 0.1350,
])  # fmt: skip
DEATH_SLOPE = 0.36
SLOPE_BY_AGE = np.array([1, 1, 1, 1.3, 1.6, 1.6, 1.5, 1.3, 0.9, 0.5, 0.2])

# Overdose deaths per 100,000 residents and year at average hardship. They are part of all deaths.
# Nothing changes over the years: what differs between two lists of so few deaths is chance.
OVERDOSE_RATES = np.array([0, 0, 0, 17, 42, 68, 72, 66, 20, 8, 5])
OVERDOSE_SLOPE = 0.38

EFFECTS = (
    Effect(
        "death_slope",
        "deaths",
        DEATH_SLOPE,
        "change of the logarithm",
        "How steeply death rates rise with each point of hardship, at most ages.",
    ),
    Effect(
        "overdose_change",
        "deaths",
        0,
        "percent a year",
        "How much the risk of an overdose death changed in any place from 2020 to 2025.",
    ),
)


def population_age(world: World, seed: int) -> pd.DataFrame:
    """Draw the table `population_age`: one row a place and age group.

    Parameters
    ----------
    world
        What is true of the places.
    seed
        Root seed.

    Returns
    -------
    pandas.DataFrame
        Columns as the contract describes them. The people of a place add up to its residents.

    Examples
    --------
    >>> from playbook.simulate.world import make_world
    >>> population_age(make_world(7), 7).groupby("neighborhood_id")["population"].sum().sum()
    np.int64(248003)
    """
    noise = stream(seed, "population_age").normal(0, AGES_NOISE, len(world.name))
    shares = AGES * np.exp(AGES_SLOPE * (world.hardship + noise)[:, np.newaxis])
    rows = pd.MultiIndex.from_product(
        [world.neighborhood_id, AGE_GROUPS], names=["neighborhood_id", "age_group"]
    )
    return rows.to_frame(index=False).assign(population=_people(shares, world.residents).ravel())


def _people(shares: Floats, residents: Integers) -> Integers:
    """Split residents by shares into whole people: one row a place, which adds up exactly."""
    upto = shares.cumsum(axis=1) / shares.sum(axis=1, keepdims=True)
    heads = np.round(upto * residents[:, np.newaxis]).astype(np.int64)
    return np.asarray(np.diff(heads, axis=1, prepend=0))


def death_rates(world: World) -> Floats:
    """Give the true deaths per resident and year, the same in every year.

    Parameters
    ----------
    world
        What is true of the places.

    Returns
    -------
    numpy.ndarray
        Places by age groups by `CAUSES`. The causes add up to all deaths.

    Examples
    --------
    >>> from playbook.simulate.world import make_world
    >>> death_rates(make_world(7)).shape
    (64, 11, 2)
    """
    hardship = world.hardship[:, np.newaxis]
    all_causes = DEATH_RATES * np.exp(DEATH_SLOPE * SLOPE_BY_AGE * hardship)
    overdose = OVERDOSE_RATES / 100_000 * np.exp(OVERDOSE_SLOPE * hardship)
    return np.stack([overdose, all_causes - overdose], axis=2)


def deaths(world: World, population: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Draw the table `deaths`: one row a place, year, age group and cause.

    Parameters
    ----------
    world
        What is true of the places.
    population
        The table `population_age`.
    seed
        Root seed.

    Returns
    -------
    pandas.DataFrame
        Columns as the contract describes them. Rows without deaths are there too.

    Examples
    --------
    >>> from playbook.simulate.world import make_world
    >>> world = make_world(7)
    >>> table = deaths(world, population_age(world, 7), 7)
    >>> len(table), table.columns.tolist()
    (8448, ['neighborhood_id', 'year', 'age_group', 'cause', 'deaths'])
    """
    people = population["population"].to_numpy().reshape(len(world.name), 1, len(AGE_GROUPS), 1)
    expected = people * death_rates(world)[:, np.newaxis]
    every_year = np.repeat(expected, len(YEARS), axis=1)
    rows = pd.MultiIndex.from_product(
        [world.neighborhood_id, YEARS, AGE_GROUPS, CAUSES],
        names=["neighborhood_id", "year", "age_group", "cause"],
    )
    drawn = stream(seed, "deaths").poisson(every_year)
    return rows.to_frame(index=False).assign(deaths=drawn.ravel())
