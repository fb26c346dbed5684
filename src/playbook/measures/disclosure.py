"""What a reader can still work out from tables with hidden counts.

Hiding a count is not the same as protecting it. The tests here are those that someone who wants to
know would make: subtract what is shown from the totals, and compare with last year's table.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from playbook.errors import PlaybookError
from playbook.measures.suppression import TOTAL, Suppressed, suppress

Numbers = npt.NDArray[np.float64]
Years = tuple[int, ...]

# Ends of whole numbers come out of the solver a hair off.
HAIR = 1e-6


def hide_small(table: pd.DataFrame, below: int = 11) -> Suppressed:
    """Hide the small counts and nothing else. A trap: the totals may give them back.

    Parameters
    ----------
    table
        Counts: whole numbers from 0 up, rows by columns, without totals.
    below
        Counts from 1 to ``below - 1`` are hidden; 0 is shown.

    Returns
    -------
    Suppressed
        With a total for each row and column. To publish, use `suppress`.

    Raises
    ------
    PlaybookError
        As `suppress`.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {"Pothole": [4, 25, 40], "Graffiti": [30, 60, 20]}, index=["Hill", "Mill", "Quay"]
    ... )
    >>> hide_small(table).table
           Pothole  Graffiti  Total
    Hill      <NA>        30     34
    Mill        25        60     85
    Quay        40        20     60
    Total       69       110    179
    """
    checked = suppress(table, below=below)
    counts = table.astype("int64")
    if TOTAL in checked.table.columns:
        counts = counts.assign(**{TOTAL: counts.sum(axis=1)})
    if TOTAL in checked.table.index:
        counts = pd.concat([counts, counts.sum().to_frame(TOTAL).T])
    small = checked.reasons == "small"
    shown = counts.astype("Int64").mask(small)
    return Suppressed(shown, checked.reasons.where(small, ""), below, marks=True)


def recover(published: Suppressed) -> pd.DataFrame:
    """Work out hidden counts from one published table.

    Parameters
    ----------
    published
        What `suppress` or `hide_small` gave.

    Returns
    -------
    pandas.DataFrame
        One row a hidden count, totals left out: ``row``, ``column``, ``low`` and ``high`` (the
        smallest and largest count that fit all that is shown; ``inf`` without an end), and
        ``recovered``, whether the two are one and the same.

    Notes
    -----
    The reader knows the rule, and which counts are hidden for being small, where the table marks
    them. Ranges by linear programming; for a table with its totals they are exact: Willenborg L,
    de Waal T (2001), Elements of Statistical Disclosure Control.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {"Pothole": [4, 25, 40], "Graffiti": [30, 60, 20]}, index=["Hill", "Mill", "Quay"]
    ... )
    >>> recover(hide_small(table))
        row   column  low  high  recovered
    0  Hill  Pothole  4.0   4.0       True
    >>> recover(suppress(table))["recovered"].any()
    np.False_
    """
    return recover_from_years({(0,): published}, (0,))


def recover_from_years(published: Mapping[Years, Suppressed], wanted: Years) -> pd.DataFrame:
    """Work out the hidden counts of one table with the help of others that overlap in time.

    Parameters
    ----------
    published
        Tables with the same rows and columns, by the years that each adds up: ``(2024,)`` for a
        single year, ``(2022, 2023, 2024)`` for three years together.
    wanted
        The years of the table that is attacked: one of the keys.

    Returns
    -------
    pandas.DataFrame
        As `recover`.

    Raises
    ------
    PlaybookError
        When the wanted table is not there, or the tables have other rows or columns.

    Examples
    --------
    >>> names = ["Hill", "Mill"]
    >>> first = pd.DataFrame({"Falls": [12, 30], "Burns": [14, 21]}, index=names)
    >>> second = pd.DataFrame({"Falls": [7, 40], "Burns": [5, 16]}, index=names)
    >>> alone = {(2025,): hide_small(second)}
    >>> recover_from_years(alone, (2025,))["recovered"].tolist()
    [True, True]
    >>> both = {(2025,): suppress(second), (2024,): suppress(first)}
    >>> recover_from_years(both, (2025,))["recovered"].tolist()
    [False, False, False, False]
    >>> both[(2024, 2025)] = suppress(first + second)
    >>> recover_from_years(both, (2025,))["recovered"].tolist()
    [True, True, True, True]
    """
    if wanted not in published:
        raise PlaybookError(
            f"There is no table for {_words(wanted)}.",
            fix=f"Use one of these: {'; '.join(_words(years) for years in published)}.",
        )
    target = published[wanted]
    rows, columns = _labels(target)
    for years, one in published.items():
        if _labels(one) != (rows, columns):
            raise PlaybookError(
                f"The table for {_words(years)} has other rows or columns.",
                fix="Compare tables that split the same places in the same way.",
            )
    every_year = sorted({year for years in published for year in years})
    matrix, low, high = _known(published, every_year, len(rows), len(columns))
    found = []
    for i, row in enumerate(rows):
        for j, column in enumerate(columns):
            if target.reasons.iloc[i, j]:
                aim = _sum_of([i], [j], wanted, every_year, len(rows), len(columns))
                found.append((row, column, *_range(aim, matrix, low, high)))
    table = pd.DataFrame(found, columns=["row", "column", "low", "high"])
    table = table.astype({"low": "float64", "high": "float64"})
    return table.assign(recovered=table["low"] == table["high"])


def _labels(published: Suppressed) -> tuple[list[object], list[object]]:
    table = published.table
    return [x for x in table.index if x != TOTAL], [x for x in table.columns if x != TOTAL]


def _words(years: Years) -> str:
    return ", ".join(map(str, years))


def _sum_of(
    rows: Sequence[int],
    columns: Sequence[int],
    years: Years,
    every_year: list[int],
    height: int,
    width: int,
) -> Numbers:
    """Mark, among the counts of all years, those that a published number adds up."""
    marked = np.zeros((len(every_year), height, width))
    marked[np.ix_([every_year.index(year) for year in years], rows, columns)] = 1
    return marked.ravel()


def _known(
    published: Mapping[Years, Suppressed], every_year: list[int], height: int, width: int
) -> tuple[Numbers, Numbers, Numbers]:
    """Give what a reader knows: which sums lie between which ends."""
    sums, low, high = [], [], []
    for years, one in published.items():
        shown = one.table.to_numpy(dtype=float, na_value=math.nan)
        for i, name in enumerate(one.table.index):
            rows = range(height) if name == TOTAL else [i]
            for j, label in enumerate(one.table.columns):
                columns = range(width) if label == TOTAL else [j]
                sums.append(_sum_of(list(rows), list(columns), years, every_year, height, width))
                reason = one.reasons.iloc[i, j]
                least, most = (1.0, math.inf)
                if not reason:
                    least = most = float(shown[i, j])
                elif one.marks:
                    small = reason == "small"
                    least, most = (1.0, one.below - 1.0) if small else (one.below, math.inf)
                low.append(least)
                high.append(most)
    return np.array(sums), np.array(low), np.array(high)


def _range(aim: Numbers, matrix: Numbers, low: Numbers, high: Numbers) -> tuple[float, float]:
    """Smallest and largest whole number that one sum can be."""
    from scipy.optimize import linprog

    shown = low == high
    capped = np.isfinite(high) & ~shown
    limits = {
        "A_eq": matrix[shown],
        "b_eq": low[shown],
        "A_ub": np.vstack([matrix[capped], -matrix[~shown]]),
        "b_ub": np.concatenate([high[capped], -low[~shown]]),
    }
    least = linprog(aim, bounds=(0, None), **limits)
    most = linprog(-aim, bounds=(0, None), **limits)
    top = math.floor(-most.fun + HAIR) if most.status == 0 else math.inf
    return math.ceil(least.fun - HAIR), top
