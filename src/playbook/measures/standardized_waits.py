"""Waits at one mix of requests.

Two groups of places can ask for different things. Comparing them at the same mix takes that away.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from playbook.errors import PlaybookError
from playbook.estimate import Estimate
from playbook.measures.curves import (
    SAME,
    Curve,
    check_columns,
    check_percent,
    percentile_of,
    sorted_curve,
    split_by,
    with_every_category,
)
from playbook.measures.decomposition import check_mix
from playbook.measures.product_limit import FEWEST, percentile_name, still_open_note, too_few

# A kind of request with fewer rows in a group says nothing about that group's service.
FEWEST_IN_STRATUM = 5
# With less of the mix left than this, the answer would be about a different mix.
LEAST_COVERED = 0.9


def mix_of(waits: pd.DataFrame, strata: str = "request_type") -> pd.Series:
    """Share of each kind of request.

    Parameters
    ----------
    waits
        One row a request. Rows without a kind are left out.
    strata
        Column that holds the kind of request.

    Returns
    -------
    pandas.Series
        Shares that sum to 1, by kind, largest first.

    Raises
    ------
    PlaybookError
        When the column is missing or empty.

    Examples
    --------
    >>> mix_of(pd.DataFrame({"request_type": ["Pothole", "Graffiti", "Pothole", "Pothole"]}))
    request_type
    Pothole     0.75
    Graffiti    0.25
    Name: share, dtype: float64
    """
    check_columns(waits, [strata])
    counts = waits[strata].dropna().astype(object).value_counts()
    if counts.empty:
        raise PlaybookError(
            f"The column {strata} is empty, so there is no mix.",
            fix="Use rows that name the kind of request, or another column as strata.",
        )
    counts = counts.sort_index().sort_values(ascending=False, kind="stable")
    return (counts / counts.sum()).rename("share").rename_axis(strata)


def standardized_curve(
    waits: pd.DataFrame, mix: pd.Series, strata: str = "request_type"
) -> pd.DataFrame:
    """Share of requests still open after each day, at a given mix of requests.

    Parameters
    ----------
    waits
        Rows of one group, one a request, with ``days``, ``closed`` and the column in `strata`.
    mix
        Share of each kind, as `mix_of` gives it. Kinds with fewer than 5 rows in `waits` are left
        out, and the other shares enlarged to sum to 1.
    strata
        Column that holds the kind of request.

    Returns
    -------
    pandas.DataFrame
        One row a day on which requests were closed: ``days``, ``survival``, ``standard_error``.

    Raises
    ------
    PlaybookError
        When a column is missing, or the mix is not shares that sum to 1.

    Notes
    -----
    Direct adjusted survival curve: the weighted average of the kinds' product-limit curves, with
    variance the sum of squared weights times Greenwood's variances. Makuch RW (1982), Journal of
    Chronic Diseases 35:437-443; Zhang X, Loberiza FR, Klein JP, Zhang MJ (2007), Computer Methods
    and Programs in Biomedicine 88:95-101. After its longest time seen, a kind's curve stays flat.

    Examples
    --------
    >>> waits = pd.DataFrame({"request_type": ["Pothole"] * 5, "days": [1, 2, 4, 6, 9]})
    >>> waits["closed"] = [True, True, True, False, False]
    >>> standardized_curve(waits, pd.Series({"Pothole": 1.0})).round(3)
       days  survival  standard_error
    0   1.0       0.8           0.179
    1   2.0       0.6           0.219
    2   4.0       0.4           0.219
    """
    check_mix(mix)
    check_columns(waits, [strata, "days", "closed"])
    curve = _mixed(_curves(waits, mix, strata), mix).curve
    return pd.DataFrame(
        {
            "days": curve.days,
            "survival": curve.survival,
            "standard_error": curve.standard_error,
        }
    )


def standardized_wait(
    waits: pd.DataFrame, mix: pd.Series, strata: str = "request_type", percent: float = 50
) -> Estimate:
    """Wait of a group, had its residents asked for a given mix of things.

    Parameters
    ----------
    waits, mix, strata
        As in `standardized_curve`.
    percent
        Between 0 and 100; 50 is the median.

    Returns
    -------
    Estimate
        In days. NaN with a note when fewer than 11 requests are left, the kinds that are left make
        up less than 90 percent of the mix, or too many requests are still open. The note also
        names kinds that were left out.

    Raises
    ------
    PlaybookError
        As `standardized_curve`, and when `percent` is not between 0 and 100.

    Notes
    -----
    The percentile is read from the standardized curve, its interval by inverting the curve's
    limits on the log-log scale, as in `wait_percentile`.

    Examples
    --------
    >>> waits = pd.DataFrame({"request_type": ["Pothole"] * 6 + ["Graffiti"] * 6})
    >>> waits["days"] = [9, 9, 10, 10, 11, 12, 1, 1, 2, 2, 3, 3]
    >>> waits["closed"] = True
    >>> standardized_wait(waits, pd.Series({"Pothole": 0.8, "Graffiti": 0.2}))
    10.0 days (9.0 to 11.0)
    >>> standardized_wait(waits, pd.Series({"Pothole": 0.2, "Graffiti": 0.8}))
    2.0 days (1.0 to 3.0)
    """
    check_mix(mix)
    check_percent(percent)
    check_columns(waits, [strata, "days", "closed"])
    return _estimate(_mixed(_curves(waits, mix, strata), mix), percent)


def standardized_waits(
    waits: pd.DataFrame,
    by: str,
    mix: pd.Series | None = None,
    strata: str = "request_type",
    percent: float = 50,
) -> pd.DataFrame:
    """Wait of every group at the same mix of requests.

    Parameters
    ----------
    waits
        One row a request, with ``days``, ``closed``, and the columns in `by` and `strata`. Rows
        without a group are left out of the groups.
    by
        Column that makes the groups, such as ``"neighborhood"``.
    mix
        Share of each kind; the mix of all rows when left out.
    strata
        Column that holds the kind of request.
    percent
        Between 0 and 100; 50 is the median.

    Returns
    -------
    pandas.DataFrame
        One row a group, in the order of the categories (all of them) or else sorted: `by`,
        ``requests``, ``wait``, ``low``, ``high`` (days, as `standardized_wait`) and ``covered``,
        the share of the mix that the group has enough requests for.

    Raises
    ------
    PlaybookError
        As `standardized_wait`.

    Examples
    --------
    >>> waits = pd.DataFrame({"area": ["Hill", "Mill"] * 11, "request_type": "Pothole"})
    >>> waits["days"], waits["closed"] = range(22), True
    >>> standardized_waits(waits, by="area")
       area  requests  wait  low  high  covered
    0  Hill        11  10.0  2.0  16.0      1.0
    1  Mill        11  11.0  3.0  17.0      1.0
    """
    mix = mix_of(waits, strata) if mix is None else mix
    check_mix(mix)
    check_percent(percent)
    check_columns(waits, [by, strata, "days", "closed"])
    grouped = waits.groupby(by, sort=True, observed=True)
    rows = grouped.size().reset_index(name="requests")
    curves = _curves(waits, mix, strata, grouped.ngroup().to_numpy(), len(rows))
    found = []
    for group in range(len(rows)):
        mixed = _mixed(curves[group * len(mix) : (group + 1) * len(mix)], mix)
        wait = _estimate(mixed, percent)
        found.append((wait.value, wait.low, wait.high, mixed.covered))
    results = pd.DataFrame(found, columns=["wait", "low", "high", "covered"], dtype=float)
    return with_every_category(pd.concat([rows, results], axis=1), by)


@dataclass(frozen=True)
class _Mixed:
    """A curve at the mix, how much of the mix it covers, and which kinds it leaves out."""

    curve: Curve
    covered: float
    left_out: tuple[str, ...]


def _curves(
    waits: pd.DataFrame,
    mix: pd.Series,
    strata: str,
    groups: np.ndarray | None = None,
    count: int = 1,
) -> list[Curve | None]:
    """Give the curve of each kind in the mix, group after group; None where rows are too few."""
    kinds = pd.Index(mix.index.astype(object))
    kind = kinds.get_indexer(waits[strata].astype(object))
    group = np.zeros(len(waits), dtype=int) if groups is None else groups
    codes = np.where((kind < 0) | (group < 0), -1, group * len(kinds) + kind)
    pieces = split_by(waits, codes, count * len(kinds))
    return [
        sorted_curve(days, closed) if len(days) >= FEWEST_IN_STRATUM else None
        for days, closed in pieces
    ]


def _mixed(curves: Sequence[Curve | None], mix: pd.Series) -> _Mixed:
    shares = mix.to_numpy(dtype=float)
    kept = [
        (curve, share)
        for curve, share in zip(curves, shares, strict=True)
        if curve is not None and share > 0
    ]
    left_out = tuple(
        str(kind)
        for kind, curve, share in zip(mix.index, curves, shares, strict=True)
        if curve is None and share > 0
    )
    covered = min(sum(share for _, share in kept), 1.0)
    days = np.unique(np.concatenate([np.array([]), *(curve.days for curve, _ in kept)]))
    survival, variance = np.zeros(len(days)), np.zeros(len(days))
    for curve, share in kept:
        weight = share / covered
        step = np.searchsorted(curve.days, days, side="right")
        survival += weight * np.r_[1.0, curve.survival][step]
        # A kind with nothing left to close adds no error.
        variance += (weight * np.nan_to_num(np.r_[0.0, curve.standard_error])[step]) ** 2
    unknown = [c.longest for c, _ in kept if not len(c.survival) or c.survival[-1] > SAME]
    longest = min(unknown, default=max((c.longest for c, _ in kept), default=math.nan))
    requests = sum(curve.requests for curve, _ in kept)
    return _Mixed(Curve(days, survival, np.sqrt(variance), longest, requests), covered, left_out)


def _estimate(mixed: _Mixed, percent: float) -> Estimate:
    measure = f"{percentile_name(percent)} at the same mix"
    if mixed.curve.requests < FEWEST:
        return too_few(mixed.curve.requests, FEWEST, measure)
    notes = []
    if mixed.left_out:
        few = f"fewer than {FEWEST_IN_STRATUM} requests"
        notes.append(f"left out, with {few} each: {', '.join(mixed.left_out)}")
    value, low, high = percentile_of(mixed.curve, percent)
    if mixed.covered < LEAST_COVERED:
        value = low = high = math.nan
        notes.insert(0, f"too few to tell: only {100 * mixed.covered:.0f} percent of the mix")
    elif math.isnan(value):
        notes.insert(0, still_open_note(value, percent))
    return Estimate(value, low, high, "days", measure, "; ".join(notes), better="lower")
