"""A choice among options: which ones matter, and what the argument is about."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pandas as pd

from playbook.city.tables import City
from playbook.measures.acceptability import central_weights, rank_acceptability
from playbook.measures.choices import dominated, scale_scores

FEWEST_OPTIONS = 3


@dataclass(frozen=True)
class Argument:
    """What divides those who put one option first from those who put another first.

    Parameters
    ----------
    leader, rival
        The two options that come first most often.
    criteria
        What the rival is better at.
    leader_weight, rival_weight
        Weight of these criteria together, in percent: the average of all weightings in which the
        leader comes first, and of those in which the rival does.
    turns_at
        Their weight together, in percent, at which leader and rival change places when the
        criteria within each of the two groups weigh alike.
    """

    leader: str
    rival: str
    criteria: tuple[str, ...]
    leader_weight: float
    rival_weight: float
    turns_at: float


@cache
def scores(city: City) -> pd.DataFrame | None:
    """Give points, one row an option, one column a criterion. None when some are missing.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> scores(load_city()).shape
    (8, 7)
    """
    names = city["policy_options"].set_index("option_id")["option"]
    rows = city["option_scores"]
    table = rows.pivot_table(index="option_id", columns="criterion", values="score", sort=False)
    table = table.astype(float)
    if len(table) < FEWEST_OPTIONS or table.isna().any(axis=None):
        return None
    return table.set_axis(names.reindex(table.index).rename("option"))


@cache
def first_places(city: City) -> pd.Series | None:
    """Percent of all weightings in which each option comes first, the highest first."""
    table = scores(city)
    if table is None:
        return None
    return rank_acceptability(table)[1].sort_values(ascending=False, kind="stable")


def beaten(city: City) -> pd.DataFrame | None:
    """Options that another one beats whatever the weights. None when points are missing."""
    table = scores(city)
    return None if table is None else dominated(table)


@cache
def argument(city: City) -> Argument | None:
    """Say what the argument between the two leading options is about. None if there is none."""
    table, first = scores(city), first_places(city)
    if table is None or first is None or first.iloc[1] == 0:
        return None
    leader, rival = (str(name) for name in first.index[:2])
    scaled = scale_scores(table)
    apart = scaled.T[leader] - scaled.T[rival]
    better, others = apart.index[apart < 0], apart.index[apart >= 0]
    if better.empty or others.empty:
        return None
    weights = central_weights(table)[list(better)].sum(axis=1)
    ahead, behind = float(apart[others].mean()), float(apart[better].mean())
    return Argument(
        leader,
        rival,
        tuple(str(name) for name in better),
        float(weights[leader]),
        float(weights[rival]),
        100 * ahead / (ahead - behind),
    )
