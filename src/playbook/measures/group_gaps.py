"""How far apart groups of people score, and how often luck alone puts them as far apart."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from playbook.estimate import Estimate

DRAWS = 2000
# Shuffles held in memory together.
_AT_ONCE = 200


def median_gap(
    first: Sequence[float] | pd.Series,
    second: Sequence[float] | pd.Series,
    *,
    draws: int = DRAWS,
    seed: int = 0,
    unit: str = "",
    decimals: int = 1,
) -> Estimate:
    """Difference of two medians: the first less the second, with a bootstrap range.

    Parameters
    ----------
    first, second
        One value a person. Missing values are left out.
    draws
        How often each group is drawn anew from its own members (Efron and Tibshirani 1993,
        percentile range).
    seed
        Where the draws begin. The same seed gives the same range.
    unit, decimals
        How the result is printed.

    Returns
    -------
    Estimate
        Missing when a group has nobody.

    Examples
    --------
    >>> median_gap([3, 3, 4, 4], [1, 1, 2, 2], unit="points")
    2.0 points (1.0 to 3.0)
    """
    groups = [np.asarray(group, dtype=float) for group in (first, second)]
    known = [group[~np.isnan(group)] for group in groups]
    if any(group.size == 0 for group in known):
        return Estimate(math.nan, math.nan, math.nan, unit=unit, decimals=decimals)
    random = np.random.default_rng(seed)
    drawn = [
        np.median(group[random.integers(0, group.size, (draws, group.size))], axis=1)
        for group in known
    ]
    low, high = np.quantile(drawn[0] - drawn[1], [0.025, 0.975])
    value = float(np.median(known[0]) - np.median(known[1]))
    return Estimate(
        value, float(low), float(high), unit, "difference of medians", decimals=decimals
    )


def chance_of_gap(
    scores: pd.DataFrame,
    groups: Sequence[str] | pd.Series,
    column: str,
    *,
    draws: int = DRAWS,
    seed: int = 0,
) -> float:
    """How often shuffled groups lie as far apart, in any column, as the real ones do in one.

    Who looks for the widest of many gaps will find a wide one by luck. So each shuffle is judged by
    its own widest gap (the permutation test of Westfall and Young 1993). Averages are compared,
    because medians of small groups jump from one score to the next.

    Parameters
    ----------
    scores
        One row a person, one column a question. Missing values are left out.
    groups
        The group of each row.
    column
        The question asked about.
    draws
        Number of shuffles.
    seed
        Where the shuffles begin.

    Returns
    -------
    float
        Share from 0 to 1; the real order counts as one of the shuffles.

    Examples
    --------
    >>> table = pd.DataFrame({"F1": [4, 4, 3, 3, 3, 1, 1, 1, 0, 0], "F2": [1, 2] * 5})
    >>> roles = ["Leader"] * 5 + ["Front line"] * 5
    >>> chance_of_gap(table, roles, "F1") < 0.05, chance_of_gap(table, roles, "F2") > 0.5
    (True, True)
    """
    labels = pd.Series(np.asarray(groups))
    # Sorted by group, so that a group is a run of rows.
    order = np.argsort(pd.factorize(labels)[0], kind="stable")
    starts = np.cumsum(labels.value_counts(sort=False).to_numpy())[:-1].tolist()
    values = scores.to_numpy(dtype=float)[order]
    seen = _gaps(values[np.newaxis], starts)[0, scores.columns.get_loc(column)]
    random = np.random.default_rng(seed)
    hits = 0
    for done in range(0, draws, _AT_ONCE):
        keys = random.random((min(_AT_ONCE, draws - done), len(values)))
        widest = _gaps(values[np.argsort(keys, axis=1)], starts).max(axis=1)
        # Averages of the same numbers may differ in the last digit of a float.
        hits += int((widest >= seen - 1e-9).sum())
    return (hits + 1) / (draws + 1)


def _gaps(shuffles: npt.NDArray[np.float64], starts: list[int]) -> npt.NDArray[np.float64]:
    """Highest less lowest group average: one row a shuffle, one column a question."""
    averages = np.array([_averages(group) for group in np.split(shuffles, starts, axis=1)])
    gaps = averages.max(axis=0) - averages.min(axis=0)
    # A group without any answer to a question makes no gap there.
    return np.where(np.isnan(gaps), 0.0, gaps)


def _averages(group: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    known = ~np.isnan(group)
    total, count = np.where(known, group, 0.0).sum(axis=1), known.sum(axis=1)
    averages = np.full(total.shape, math.nan)
    np.divide(total, count, out=averages, where=count > 0)
    return averages
