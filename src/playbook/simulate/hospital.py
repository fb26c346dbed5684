"""Hospital visits that good care outside the hospital can prevent: `avoidable_hospital`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from playbook.simulate.effects import Effect
from playbook.simulate.world import Floats, Integers, World, stream

YEARS = np.arange(2016, 2026)
# The city grows a little. Its residents are those of 2020 to 2025 on average.
GROWTH = 0.004
COUNTED_AT = 2022.5


@dataclass(frozen=True)
class Condition:
    """One illness.

    Parameters
    ----------
    name
        As stored in the table.
    first_rate, last_rate
        Visits per 10,000 residents at average hardship, in the first and in the last year.
    first_slope, last_slope
        Change of the rate's logarithm per point of hardship, in the same two years.
    """

    name: str
    first_rate: float
    last_rate: float
    first_slope: float
    last_slope: float


# Rates fall everywhere. They fall more steeply where hardship is low: so the gap narrows as a
# difference and widens as a ratio.
CONDITIONS = (
    Condition("Asthma", 78, 49, 0.53, 0.635),
    Condition("Diabetes", 57, 39, 0.47, 0.565),
    Condition("High blood pressure", 37, 24, 0.40, 0.49),
)


EFFECTS = tuple(
    Effect(
        f"visits_slope_{which}",
        "avoidable_hospital",
        slope,
        "change of the logarithm",
        f"How steeply asthma visits rose with each point of hardship in {year}.",
    )
    for which, year, slope in (
        ("first", YEARS[0], CONDITIONS[0].first_slope),
        ("last", YEARS[-1], CONDITIONS[0].last_slope),
    )
)


def avoidable_hospital(world: World, seed: int) -> pd.DataFrame:
    """Draw the table `avoidable_hospital`: one row a year, place and condition.

    Parameters
    ----------
    world
        What is true of the places.
    seed
        Root seed.

    Returns
    -------
    pandas.DataFrame
        Columns as the contract describes them. The people of a place and year stand in each of its
        three rows.

    Examples
    --------
    >>> from playbook.simulate.world import make_world
    >>> visits = avoidable_hospital(make_world(7), 7)
    >>> len(visits), visits["year"].min(), visits["condition"].unique().tolist()
    (1920, np.int64(2016), ['Asthma', 'Diabetes', 'High blood pressure'])
    """
    people = _people(world)
    rows = pd.MultiIndex.from_product(
        [YEARS, world.neighborhood_id, [condition.name for condition in CONDITIONS]],
        names=["year", "neighborhood_id", "condition"],
    )
    expected = people[:, :, np.newaxis] * visit_rates(world)
    visits = stream(seed, "avoidable_hospital").poisson(expected)
    return rows.to_frame(index=False).assign(
        visits=visits.ravel(), population=np.repeat(people, len(CONDITIONS))
    )


def visit_rates(world: World) -> Floats:
    """Give the true visits per resident: years by places by `CONDITIONS`.

    Parameters
    ----------
    world
        What is true of the places.

    Examples
    --------
    >>> from playbook.simulate.world import make_world
    >>> visit_rates(make_world(7)).shape
    (10, 64, 3)
    """
    passed = ((YEARS - YEARS[0]) / (YEARS[-1] - YEARS[0]))[:, np.newaxis]
    rates = []
    for condition in CONDITIONS:
        first, last = (
            np.log(rate / 10_000) + slope * world.hardship
            for rate, slope in (
                (condition.first_rate, condition.first_slope),
                (condition.last_rate, condition.last_slope),
            )
        )
        rates.append(np.exp(first * (1 - passed) + last * passed))
    return np.stack(rates, axis=2)


def _people(world: World) -> Integers:
    """Count the people of each year in each place: one row a year."""
    change = np.exp(GROWTH * (YEARS - COUNTED_AT))
    return np.asarray(np.round(np.outer(change, world.residents)).astype(np.int64))
