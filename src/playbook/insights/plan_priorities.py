"""The strategies of all plans together: which say the same, and what none of them is for."""

from __future__ import annotations

from functools import cache

import pandas as pd

from playbook.city.tables import City
from playbook.measures.plan_overlap import near_copies, priority_owners, tag_matrix

FEWEST_STRATEGIES = 20
# Two alike can be chance; three or more are a habit.
FEWEST_COPIES = 3
# What residents and plans name.
PRIORITIES = (
    "home repair", "jobs", "training", "youth", "child care", "food", "exercise",
    "chronic illness", "eviction", "homelessness", "benefits", "heat", "transit", "safety",
)  # fmt: skip


@cache
def _matrix(city: City) -> pd.DataFrame:
    return tag_matrix(city["plan_strategies"])


def strategy_count(city: City) -> int:
    """How many strategies the plans hold."""
    return len(city["plan_strategies"])


def enough_strategies(city: City) -> bool:
    """Whether there are strategies enough to look for copies."""
    return strategy_count(city) >= FEWEST_STRATEGIES


@cache
def _copies(city: City) -> pd.DataFrame:
    groups = near_copies(_matrix(city))
    return groups[groups["strategies"] >= FEWEST_COPIES].reset_index(drop=True)


def copied_strategies(city: City) -> pd.DataFrame:
    """List groups of three or more strategies that are for nearly the same priorities.

    Parameters
    ----------
    city
        A city with the table `plan_strategies`.

    Returns
    -------
    pandas.DataFrame
        One row a group, largest first: ``group``, ``strategies``, ``shared``, ``members``.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> copied_strategies(load_city())["strategies"].tolist()
    [16, 14, 11]
    """
    return _copies(city).copy()


def strategies_by_priority(city: City) -> pd.DataFrame:
    """Count the strategies for each priority, the fewest first.

    Parameters
    ----------
    city
        A city with the table `plan_strategies`.

    Returns
    -------
    pandas.DataFrame
        ``priority`` and ``strategies``.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> strategies_by_priority(load_city())["priority"].iloc[0]
    'home repair'
    """
    counts = priority_owners(_matrix(city), PRIORITIES)
    return counts.sort_values("strategies", kind="stable", ignore_index=True)
