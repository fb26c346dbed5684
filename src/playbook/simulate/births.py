"""Births of six years by place, mother's race and household income: `birth_outcomes`.

Race is in this table because policy followed it: where a lender, a school board or an expressway
put people, and how they are treated. It is no trait of anyone.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from playbook.simulate.effects import Effect
from playbook.simulate.world import Floats, Integers, World, stream

YEARS = "2020-2025"
YEARS_POOLED = 6
BIRTHS_PER_RESIDENT = 0.0125
INCOME_THIRDS = ("Lowest", "Middle", "Highest")

# By mother's race: births per resident, against the city's; change of the log-odds of a lower
# income third, at the same hardship; low birth weight, against White mothers of the same third.
RACES = {
    "White": (0.85, -0.15, 1.00),
    "Black": (1.15, 0.35, 2.00),
    "Hispanic": (1.12, 0.20, 1.10),
    "Asian": (1.00, -0.10, 1.15),
    "American Indian and Alaska Native": (1.00, 0.30, 1.20),
    "Other or several": (1.00, 0.00, 1.30),
}
# Log-odds of the lowest income third, less those of the middle one, per point of hardship.
INCOME_SLOPE = 0.9
# Share of babies of White mothers that weigh too little, by income third.
LOW_WEIGHT = (0.072, 0.060, 0.050)

EFFECTS = (
    Effect(
        "birth_weight_ratio",
        "birth_outcomes",
        RACES["Black"][2],
        "times",
        "Low birth weight of babies of Black mothers against White mothers of the same income "
        "third, in each third.",
    ),
)


def birth_tables(
    world: World, made: Mapping[str, pd.DataFrame], seed: int
) -> dict[str, pd.DataFrame]:
    """Draw the table of this theme.

    Parameters
    ----------
    world
        What is true of the places.
    made
        Tables made before; `population_age_race` is needed.
    seed
        Root seed.
    """
    return {"birth_outcomes": birth_outcomes(world, made["population_age_race"], seed)}


def birth_outcomes(world: World, population: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Draw the table `birth_outcomes`: one row a place, race of the mother and income third.

    Parameters
    ----------
    world
        What is true of the places.
    population
        The table `population_age_race`.
    seed
        Root seed.

    Returns
    -------
    pandas.DataFrame
        Columns as the contract describes them. Six years are joined in each row.

    Examples
    --------
    >>> from playbook.simulate.world import make_world
    >>> world = make_world(7)
    >>> people = pd.MultiIndex.from_product(
    ...     [world.neighborhood_id, list(RACES)], names=["neighborhood_id", "race_ethnicity"]
    ... )
    >>> births = birth_outcomes(world, people.to_frame(index=False).assign(population=600), 7)
    >>> len(births), births["income_third"].unique().tolist()
    (1152, ['Lowest', 'Middle', 'Highest'])
    """
    random = stream(seed, "birth_outcomes")
    births_each, _, ratio = np.array(list(RACES.values())).T
    expected = YEARS_POOLED * BIRTHS_PER_RESIDENT * births_each * _residents(world, population)
    births = random.multinomial(random.poisson(expected), _income_shares(world))
    low_weight = _low_weight(births, ratio[:, np.newaxis] * np.array(LOW_WEIGHT), random)
    rows = pd.MultiIndex.from_product(
        [[YEARS], world.neighborhood_id, list(RACES), INCOME_THIRDS],
        names=["years", "neighborhood_id", "race_ethnicity", "income_third"],
    )
    return rows.to_frame(index=False).assign(
        births=births.ravel(), low_birth_weight=low_weight.ravel()
    )


def _low_weight(births: Integers, shares: Floats, random: np.random.Generator) -> Integers:
    """Draw which babies weigh too little: chance decides where, the city's shares are met.

    Chance alone would now and then hide, in a whole city, what this table is there to show.
    """
    low_weight = np.zeros_like(births)
    for race, third in np.ndindex(shares.shape):
        babies = births[:, race, third]
        quota = round(babies.sum() * shares[race, third])
        low_weight[:, race, third] = random.multivariate_hypergeometric(
            babies, quota, method="marginals"
        )
    return low_weight


def _residents(world: World, population: pd.DataFrame) -> Floats:
    """Count the residents of each race in each place: places by `RACES`."""
    people = population.pivot_table(
        "population", "neighborhood_id", "race_ethnicity", aggfunc="sum", fill_value=0
    )
    return people.reindex(index=world.neighborhood_id, columns=list(RACES)).to_numpy(dtype=float)


def _income_shares(world: World) -> Floats:
    """Give the share of mothers in each income third: places by races by thirds."""
    own = np.array([lower for _, lower, _ in RACES.values()])
    lower = INCOME_SLOPE * world.hardship[:, np.newaxis] + own
    odds = np.exp(np.stack([lower, np.zeros_like(lower), -lower], axis=2))
    return np.asarray(odds / odds.sum(axis=2, keepdims=True))
