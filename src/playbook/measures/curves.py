"""The curve of the share still open, which every measure of waits is read from."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from playbook.errors import PlaybookError
from playbook.measures.intervals import normal_quantile

Floats = npt.NDArray[np.float64]

# Survival is a product of fractions: a step that is exactly one half comes out a hair beside it.
SAME = 1e-12


@dataclass(frozen=True, eq=False)
class Curve:
    """A curve of the share still open, at the days when requests were closed.

    Parameters
    ----------
    days, survival, standard_error
        One entry a closing day, rising: the share still open after it, and the standard error of
        that share.
    longest
        The longest time seen, closed or open. Nothing is known beyond it.
    requests
        How many requests the curve is made from.
    """

    days: Floats
    survival: Floats
    standard_error: Floats
    longest: float
    requests: int


@dataclass(frozen=True, eq=False)
class ProductLimitCurve(Curve):
    """The curve of one group of requests, with the counts behind it.

    Parameters
    ----------
    at_risk, events
        One entry a closing day: requests still open before it, and closed on it.
    """

    at_risk: Floats
    events: Floats


def sorted_curve(days: Floats, closed: Floats) -> ProductLimitCurve:
    """Build the curve from checked waits that are sorted by days.

    Examples
    --------
    >>> curve = sorted_curve(np.array([2.0, 3.0, 3.0, 8.0]), np.array([1.0, 1.0, 0.0, 0.0]))
    >>> curve.survival.tolist(), curve.longest
    ([0.75, 0.5], 8.0)
    """
    starts = np.flatnonzero(np.r_[True, days[1:] != days[:-1]])
    events = np.add.reduceat(closed, starts)
    at_risk = (len(days) - starts).astype(float)
    kept = events > 0
    times, events, at_risk = days[starts[kept]], events[kept], at_risk[kept]
    survival = np.cumprod(1 - events / at_risk)
    left = at_risk - events
    # Where nothing is left Greenwood's formula divides by 0: the error there is not defined.
    terms = np.divide(events, at_risk * left, out=np.full_like(events, math.nan), where=left > 0)
    error = survival * np.sqrt(np.cumsum(terms))
    return ProductLimitCurve(times, survival, error, float(days[-1]), len(days), at_risk, events)


def curve_of(days: Floats, closed: Floats) -> ProductLimitCurve:
    """Build the curve from checked waits in any order; an empty one from none."""
    if not len(days):
        nothing = np.array([])
        return ProductLimitCurve(nothing, nothing, nothing, math.nan, 0, nothing, nothing)
    order = np.argsort(days, kind="stable")
    return sorted_curve(days[order], closed[order])


def percentile_of(curve: Curve, percent: float) -> tuple[float, float, float]:
    """Percentile of a curve and its 95 percent limits.

    The value is the first day after which less than ``100 - percent`` percent are still open. The
    limits are the days at which the curve can't be told apart from that level on the log-log
    scale. NaN value and infinite upper limit when the curve doesn't get that far.

    Examples
    --------
    >>> percentile_of(sorted_curve(np.arange(1.0, 10.0), np.ones(9)), 50)
    (5.0, 1.0, 8.0)
    """
    if not len(curve.days):
        return math.nan, math.nan, math.nan
    level = 1 - percent / 100
    survival = curve.survival
    below = survival < level - SAME
    value = float(curve.days[np.argmax(below)]) if below.any() else math.nan
    with np.errstate(divide="ignore", invalid="ignore"):
        gap = np.log(-np.log(survival)) - math.log(-math.log(level))
        distance = np.abs(gap * survival * np.log(survival)) / curve.standard_error
    inside = np.flatnonzero(
        (distance <= normal_quantile(0.95)) | (np.abs(survival - level) <= SAME)
    )
    if math.isnan(value):
        return value, float(curve.days[inside[0]]) if len(inside) else curve.longest, math.inf
    if not len(inside):
        # One step leads from clearly above the level to clearly below it.
        return value, value, value
    after = inside[-1] + 1
    high = float(curve.days[after]) if after < len(curve.days) else math.inf
    return value, min(value, float(curve.days[inside[0]])), max(value, high)


def split_by(
    waits: pd.DataFrame, codes: npt.NDArray[np.integer[Any]], groups: int
) -> Iterator[tuple[Floats, Floats]]:
    """Give days, sorted, and closed for each group code from 0 up; codes below 0 are left out."""
    days, closed = checked_waits(waits["days"], waits["closed"])
    order = np.lexsort((days, codes))
    edges = np.searchsorted(codes[order], np.arange(groups + 1))
    for start, end in pairwise(edges):
        chosen = order[start:end]
        yield days[chosen], closed[chosen]


def with_every_category(rows: pd.DataFrame, by: str) -> pd.DataFrame:
    """Add a row for each category of `by` that has no request: too few to tell, not left out."""
    kind = rows[by].dtype
    if not isinstance(kind, pd.CategoricalDtype):
        return rows
    every = rows.set_index(by).reindex(pd.CategoricalIndex(kind.categories, dtype=kind, name=by))
    counts = [name for name in ("requests", "still_open") if name in every.columns]
    return every.fillna(dict.fromkeys(counts, 0)).astype(dict.fromkeys(counts, int)).reset_index()


def checked_waits(days: npt.ArrayLike, closed: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Give days and closed as numbers, or say in plain words what is wrong with them."""
    waits = np.asarray(days, dtype=float)
    done = pd.Series(np.asarray(closed))
    if len(waits) != len(done):
        raise PlaybookError(
            f"There are {len(waits):,} waits but {len(done):,} marks for closed.",
            fix="Take both columns from the same table.",
        )
    bad = ~(waits >= 0) | np.isinf(waits)
    if bad.any():
        raise PlaybookError(
            f"{bad.sum():,} of {len(waits):,} waits are empty or below 0: {waits[bad][0]:g}.",
            fix="Check the dates of those requests, or leave the rows out and say so.",
        )
    if not done.isin([True, False]).all():
        raise PlaybookError(
            "The column closed holds something besides True and False.",
            fix='Write waits["closed"] = waits["closed_at"].notna().',
        )
    return waits, np.asarray(done, dtype=float)


def check_columns(table: pd.DataFrame, columns: Sequence[str]) -> None:
    """Say in plain words which column is missing."""
    for column in columns:
        if column not in table.columns:
            has = ", ".join(str(name) for name in table.columns)
            raise PlaybookError(
                f"I can't find a column called {column}. The table has {has}.",
                fix="Check the spelling, or rename the column that holds it.",
            )


def check_percent(percent: float) -> None:
    """Say in plain words that a percentile lies between 0 and 100."""
    if not 0 < percent < 100:
        raise PlaybookError(
            f"A percentile of {percent:g} is not between 0 and 100.",
            fix="Use 50 for the median or 90 for the slow tail.",
        )
