"""Who lives where: `population_age_race`.

Lenders and planners, not nature, decided where Black families could live. So the table follows
the lending map of 1937 and today's hardship. Race stands for what was done to people, never for a
trait.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from playbook.measures.lifetable import AGE_GROUPS
from playbook.simulate.world import Floats, Integers, World, stream


@dataclass(frozen=True)
class Group:
    """One group as the Census counts it.

    Parameters
    ----------
    name
        As stored in the table.
    share
        Share of the city's residents.
    by_hardship, by_grade
        Change of the share's logarithm per point of hardship, and per grade on the lending map.
    by_age
        Change of the share's logarithm per age group, from the youngest to the oldest.
    spread
        How much places differ for other reasons, on the log scale.
    """

    name: str
    share: float
    by_hardship: float
    by_grade: float
    by_age: float
    spread: float


GROUPS = (
    Group("White", 0.410, -0.55, -0.15, 0.07, 0.15),
    Group("Black", 0.270, 0.69, 0.28, -0.01, 0.20),
    Group("Hispanic", 0.200, 0.40, 0.10, -0.08, 0.30),
    Group("Asian", 0.063, -0.10, 0.00, -0.02, 0.35),
    Group("American Indian and Alaska Native", 0.007, 0.20, 0.05, -0.03, 0.20),
    Group("Other or several", 0.050, 0.00, 0.00, -0.10, 0.15),
)
GRADES = "ABCD"
# Two margins are met in turn; this many rounds leave less than a person.
ROUNDS = 60


def people_tables(
    world: World, made: Mapping[str, pd.DataFrame], seed: int
) -> dict[str, pd.DataFrame]:
    """Make `population_age_race`.

    Parameters
    ----------
    world
        What is true of the places.
    made
        Tables made before: `neighborhoods` and `population_age`.
    seed
        Root seed.
    """
    table = population_age_race(world, made["neighborhoods"], made["population_age"], seed)
    return {"population_age_race": table}


def population_age_race(
    world: World, neighborhoods: pd.DataFrame, population: pd.DataFrame, seed: int
) -> pd.DataFrame:
    """Draw the table `population_age_race`: one row a place, age group and race or ethnicity.

    Parameters
    ----------
    world
        What is true of the places.
    neighborhoods
        The table `neighborhoods`, with the grades of 1937.
    population
        The table `population_age`.
    seed
        Root seed.

    Returns
    -------
    pandas.DataFrame
        Columns as the contract describes them. Over the groups, people add up to `population_age`.

    Examples
    --------
    >>> from playbook.simulate.health import population_age
    >>> from playbook.simulate.places import neighborhoods
    >>> from playbook.simulate.world import make_world
    >>> world = make_world(7)
    >>> ages = population_age(world, 7)
    >>> table = population_age_race(world, neighborhoods(world, 7), ages, 7)
    >>> len(table), int(table["population"].sum())
    (4224, 248003)
    """
    people = population["population"].to_numpy()
    weights = _weights(world, neighborhoods, seed)
    shares = np.array([group.share for group in GROUPS])
    for _ in range(ROUNDS):
        weights *= (shares * people.sum() / weights.sum(axis=0))[np.newaxis, :]
        weights *= (people / weights.sum(axis=1))[:, np.newaxis]
    names = [group.name for group in GROUPS]
    rows = pd.MultiIndex.from_product(
        [world.neighborhood_id, AGE_GROUPS, names],
        names=["neighborhood_id", "age_group", "race_ethnicity"],
    )
    return rows.to_frame(index=False).assign(population=_whole(weights, people).ravel())


def _weights(world: World, neighborhoods: pd.DataFrame, seed: int) -> Floats:
    """Weight of each group before the sums are met: places times ages by groups."""
    random = stream(seed, "population_age_race")
    hardship = world.hardship[:, np.newaxis]
    grade = neighborhoods["holc_grade"].map({name: i for i, name in enumerate(GRADES)})
    graded = grade.to_numpy(float)[:, np.newaxis] - len(GRADES) / 2
    age = np.arange(len(AGE_GROUPS)) - len(AGE_GROUPS) / 2
    log_share = np.array([np.log(group.share) for group in GROUPS])
    by_hardship = np.array([group.by_hardship for group in GROUPS])
    by_grade = np.array([group.by_grade for group in GROUPS])
    spread = np.array([group.spread for group in GROUPS])
    place = log_share + hardship * by_hardship + graded * by_grade
    place = place + random.normal(0, spread, (len(world.name), len(GROUPS)))
    by_age = age[:, np.newaxis] * np.array([group.by_age for group in GROUPS])
    cells = place[:, np.newaxis, :] + by_age[np.newaxis, :, :]
    return np.asarray(np.exp(cells).reshape(-1, len(GROUPS)))


def _whole(weights: Floats, people: Integers) -> Integers:
    """Round to whole people, so that each row still adds up to its people."""
    down = np.floor(weights).astype(np.int64)
    missing = people - down.sum(axis=1)
    # Who is left over goes to the groups with the largest remainders.
    order = np.argsort(-(weights - down), axis=1, kind="stable")
    place = np.empty_like(order)
    np.put_along_axis(place, order, np.arange(len(GROUPS))[np.newaxis, :], axis=1)
    return np.asarray(down + (place < missing[:, np.newaxis]))
