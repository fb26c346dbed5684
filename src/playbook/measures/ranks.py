"""How far to trust a ranking.

A list of places sorted by a figure looks certain and is not: with a little other luck, another
place would be last.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pandas as pd

from playbook.errors import PlaybookError
from playbook.measures.places import Numbers, paired

LEVEL = 0.95
# Fewer draws than this leave hardly any outside the middle 95 percent.
FEWEST_DRAWS = 200
# Numbers worked on together: as many as stay in a processor's own memory.
_AT_ONCE = 262_144


def rank_intervals(
    values: npt.ArrayLike, standard_errors: npt.ArrayLike, draws: int = 2000, seed: int = 0
) -> pd.DataFrame:
    """Rank of each place, and the ranks it could well have with other luck.

    Parameters
    ----------
    values
        One figure a place, in any unit. An array, or a Series with the names of the places.
    standard_errors
        Its standard error, above 0, in the same unit. A Series is matched by name.
    draws
        How many times the luck is drawn anew. At least 200.
    seed
        Start of the random numbers: the same seed gives the same ranks.

    Returns
    -------
    pandas.DataFrame
        One row a place: ``value``, ``rank`` (1 has the lowest value; equal values share a rank),
        ``rank_low`` and ``rank_high`` (95 percent of the draws lie between them, and its own rank
        does). A place with ``rank_low`` 1 could be the lowest.

    Raises
    ------
    PlaybookError
        When there are fewer than two places, a figure is missing, a standard error is not above 0,
        the names differ, or there are too few draws.

    Notes
    -----
    Each draw is normal around the figure. Goldstein H, Spiegelhalter DJ (1996), Journal of the
    Royal Statistical Society A 159:385-443.

    Examples
    --------
    >>> years = pd.Series([70.0, 75.0, 75.8, 82.0], index=["A", "B", "C", "D"])
    >>> rank_intervals(years, [1.0, 1.5, 1.5, 1.0])
       value  rank  rank_low  rank_high
    A   70.0     1         1          1
    B   75.0     2         2          3
    C   75.8     3         2          3
    D   82.0     4         4          4
    """
    index, value, error = paired(values, standard_errors)
    if draws < FEWEST_DRAWS:
        raise PlaybookError(
            f"{draws:,} draws are too few for a 95 percent range.",
            fix=f"Use at least {FEWEST_DRAWS}, or leave draws out for 2,000.",
        )
    low, high = _drawn_ranks(value, error, draws, seed)
    rank = pd.Series(value).rank(method="min").to_numpy(dtype=np.int64)
    # Drawing adds luck to luck: the extremes move inward, and would lose their own rank.
    return pd.DataFrame(
        {
            "value": value,
            "rank": rank,
            "rank_low": np.minimum(low, rank),
            "rank_high": np.maximum(high, rank),
        },
        index=index,
    )


def _drawn_ranks(
    value: Numbers, error: Numbers, draws: int, seed: int
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Give the ends of the middle 95 percent of each place's ranks over the draws.

    The ranks of a country's tracts over thousands of draws fill half a gigabyte, so only they are
    kept: luck is drawn for a few draws at a time, the ends are looked up for a few places.
    """
    places = len(value)
    random, counted = np.random.default_rng(seed), np.arange(1, places + 1, dtype=np.int32)
    ranks = np.empty((draws, places), dtype=np.int32)
    few = min(draws, max(1, _AT_ONCE // places))
    for start in range(0, draws, few):
        luck = random.standard_normal((min(few, draws - start), places))
        order = (value + luck * error).argsort(axis=1)
        for draw, placed in enumerate(order, start):
            ranks[draw, placed] = counted
    tail = (1 - LEVEL) / 2 * (draws - 1)
    ends = math.floor(tail), math.ceil(draws - 1 - tail)
    found = np.empty((places, 2), dtype=np.int32)
    some = max(1, _AT_ONCE // draws)
    for start in range(0, places, some):
        own = np.ascontiguousarray(ranks[:, start : start + some].T)
        own.partition(ends, axis=1)
        found[start : start + some] = own[:, ends]
    return found[:, 0], found[:, 1]
