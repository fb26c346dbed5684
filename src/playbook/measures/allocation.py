"""Sharing out a budget by a score: what each rule would do first, and with the same money."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from playbook.errors import PlaybookError
from playbook.measures.curves import check_columns
from playbook.measures.places import index_of, numbers_of

# Race is used to see and to check. It never decides who gets a service.
_RACE = re.compile(
    r"(?<![a-z])(?:races?|racial|ethnic\w*|black|white|hispanic|latin[aox]|asian|indian)(?![a-z])",
    re.IGNORECASE,
)


def weighted_score(table: pd.DataFrame, weights: Mapping[str, float]) -> pd.Series:
    """Join several columns into one score, each brought to the same scale first.

    Parameters
    ----------
    table
        One row a street, block or place; higher values mean a stronger reason.
    weights
        Weight of each column, 0 or more; they are divided by their sum. Turn a column round first
        where low values are the reason, such as ``100 - condition``.

    Returns
    -------
    pandas.Series
        Weighted average of standard scores (each column less its average, divided by its standard
        deviation), with the index of `table`. A column that is the same everywhere adds nothing.

    Raises
    ------
    PlaybookError
        When a column is missing or has an empty cell, weights are below 0 or all 0, or a column is
        about race: race shows who is reached, and never decides who gets a service.

    Examples
    --------
    >>> streets = pd.DataFrame({"wear": [20, 40, 60, 80], "poverty": [30, 10, 20, 20]})
    >>> weighted_score(streets, {"wear": 0.8, "poverty": 0.2}).round(2).tolist()
    [-0.79, -0.64, 0.36, 1.07]
    """
    check_columns(table, list(weights))
    for name in weights:
        if _RACE.search(name):
            raise PlaybookError(
                f"{name} can't be part of a score that decides who gets a service.",
                fix="Score by need, such as poverty. Use race to check who is reached.",
            )
    low = [name for name, weight in weights.items() if not weight >= 0]
    if low or not sum(weights.values()) > 0:
        raise PlaybookError(
            f"Weights are 0 or more, and one is above 0; I found {dict(weights)}.",
            fix="Write how much each column counts, such as 0.8 and 0.2.",
        )
    total = sum(weights.values())
    score = np.zeros(len(table))
    for name, weight in weights.items():
        values = numbers_of(table[name], name)
        spread = values.std()
        if spread > 0:
            score += weight / total * (values - values.mean()) / spread
    return pd.Series(score, index=table.index, name="score")


def allocate_by_score(scores: npt.ArrayLike, sizes: npt.ArrayLike, budget: float) -> pd.Series:
    """Give a budget to the highest scores first, until it is used up.

    Parameters
    ----------
    scores
        One score a street, block or place.
    sizes
        How much of the budget each would take, such as its kilometers; above 0.
    budget
        How much there is, in the unit of `sizes`; 0 or more.

    Returns
    -------
    pandas.Series
        How much each one gets, in the unit of `sizes`, with the index of `scores`. They add up to
        the budget, or to all sizes when there is enough. Where several tie for the last of it, each
        gets the same part of its size, so that the order of the rows decides nothing.

    Raises
    ------
    PlaybookError
        When a number is missing, a size is not above 0, the budget is below 0, or there are not as
        many sizes as scores.

    Examples
    --------
    >>> allocate_by_score([9, 2, 5, 5], [1.0, 1.0, 2.0, 1.0], budget=2.5).tolist()
    [1.0, 0.0, 1.0, 0.5]
    """
    score, size = numbers_of(scores, "a score"), numbers_of(sizes, "a size")
    if len(score) != len(size):
        raise PlaybookError(
            f"There are {len(score):,} scores and {len(size):,} sizes.",
            fix="Take both from the same table.",
        )
    odd = np.flatnonzero(size <= 0)
    if len(odd):
        raise PlaybookError(
            f"A size is above 0; I found {size[odd[0]]:g} in row {odd[0] + 1}.",
            fix="Check that row, or leave it out and say so.",
        )
    if not budget >= 0:
        raise PlaybookError(
            f"A budget is 0 or more; I found {budget:g}.", fix="Write how much there is to give."
        )
    # Everyone with the same score forms one step, which is paid in full, in part or not at all.
    _, step = np.unique(-score, return_inverse=True)
    needed = np.bincount(step, weights=size)
    before = np.cumsum(needed) - needed
    paid = ((budget - before) / needed).clip(0, 1)
    return pd.Series(size * paid[step], index=index_of(scores), name="allocated")
