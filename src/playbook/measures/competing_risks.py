"""How many have reached one end by a given day, when other ends compete with it.

A stay in a shelter ends in a home, or in something else, or goes on. Who left for something else
will not move from here to a home any more. One minus the product-limit (Kaplan-Meier) curve treats
them as if they still might: its share is too high.
"""

from __future__ import annotations

import math
from collections.abc import Hashable

import numpy as np
import numpy.typing as npt
import pandas as pd

from playbook.errors import PlaybookError
from playbook.estimate import Estimate
from playbook.measures.curves import SAME, check_columns, check_percent, curve_of
from playbook.measures.incidence_curves import (
    Floats,
    IncidenceCurve,
    checked_ends,
    incidence_curve,
    log_log_bands,
    log_log_limits,
)

# With fewer cases than this, a share is mostly luck.
FEWEST = 11


def cumulative_incidence(
    days: npt.ArrayLike, ended: npt.ArrayLike, of: Hashable = True
) -> pd.DataFrame:
    """Share that has reached one end by each day, other ends and open cases counted.

    Parameters
    ----------
    days
        How long each case lasted, or has lasted so far. 0 or more.
    ended
        How each case ended: any labels, missing where it is still open. Same length.
    of
        The label of the end in question.

    Returns
    -------
    pandas.DataFrame
        One row a day on which any case ended: ``days``, ``at_risk`` (open before it), ``events``
        (ended on it in the way in question), ``share`` that has done so by then, and
        ``standard_error``.

    Raises
    ------
    PlaybookError
        When a duration is missing or negative, or the lengths differ.

    Notes
    -----
    Aalen OO, Johansen S (1978), Scandinavian Journal of Statistics 5:141-150. Standard error by
    the delta method: Marubini E, Valsecchi MG (1995), Analysing Survival Data from Clinical Trials
    and Observational Studies, chapter 10.

    Examples
    --------
    >>> cumulative_incidence([2, 3, 3, 8], ["home", "other", "home", None], of="home").round(3)
       days  at_risk  events  share  standard_error
    0   2.0        4       1   0.25           0.217
    1   3.0        3       1   0.50           0.250
    """
    curve = incidence_curve(days, ended, of)
    return pd.DataFrame(
        {
            "days": curve.days,
            "at_risk": curve.at_risk.astype(int),
            "events": curve.ends.astype(int),
            "share": curve.share,
            "standard_error": curve.error,
        }
    )


def incidence_by(
    days: npt.ArrayLike,
    ended: npt.ArrayLike,
    horizon: float,
    of: Hashable = True,
    fewest: int = FEWEST,
) -> Estimate:
    """Share that has reached one end within `horizon` days.

    Parameters
    ----------
    days, ended, of
        As in `cumulative_incidence`.
    horizon
        Days within which it counts. Above 0.
    fewest
        With fewer cases the answer is "too few to tell".

    Returns
    -------
    Estimate
        In percent. NaN with a note when there are too few cases, or none was watched that long
        and more than 5 percent are still open.

    Raises
    ------
    PlaybookError
        As `cumulative_incidence`, and when `horizon` is not above 0.

    Notes
    -----
    Interval on the log-log scale, so that it stays between 0 and 100: Choudhury JB (2002),
    Statistics in Medicine 21:1129-1144.

    Examples
    --------
    >>> ended = ["home", "other", "home", "home", None, "other"]
    >>> incidence_by([20, 40, 90, 200, 400, 300], ended, horizon=180, of="home", fewest=5)
    33.3 percent (4.6 to 67.6)
    """
    _check_horizon(horizon)
    name = f"share within {horizon:g} days"
    curve = incidence_curve(days, ended, of)
    note = _too_little(curve, horizon, fewest)
    if note:
        return Estimate(math.nan, math.nan, math.nan, "percent", name, note)
    share, error = curve.at(horizon)
    low, high = log_log_limits(share, error, curve.cases)
    return Estimate(100 * share, 100 * low, 100 * high, "percent", name)


def naive_incidence_by(
    days: npt.ArrayLike, ended: npt.ArrayLike, horizon: float, of: Hashable = True
) -> float:
    """Share that one minus the product-limit curve gives: too high where other ends compete.

    It is here to be compared with `incidence_by`, and never to be published.

    Parameters
    ----------
    days, ended, of, horizon
        As in `incidence_by`.

    Returns
    -------
    float
        In percent.

    Raises
    ------
    PlaybookError
        As `incidence_by`.

    Notes
    -----
    Counts those who left another way as if they were still waiting: Gooley TA, Leisenring W,
    Crowley J, Storer BE (1999), Statistics in Medicine 18:695-706.

    Examples
    --------
    >>> ended = ["home", "other", "home", "home", None, "other"]
    >>> round(naive_incidence_by([20, 40, 90, 200, 400, 300], ended, horizon=180, of="home"), 1)
    37.5
    """
    _check_horizon(horizon)
    waits, ends = checked_ends(days, ended)
    curve = curve_of(waits, np.asarray(ends == of, dtype=float))
    within = np.flatnonzero(curve.days <= horizon)
    return 100 * (1 - float(curve.survival[within[-1]])) if len(within) else 0.0


def days_until_share(
    days: npt.ArrayLike,
    ended: npt.ArrayLike,
    percent: float = 50,
    of: Hashable = True,
    fewest: int = FEWEST,
) -> Estimate:
    """Days until `percent` percent of all cases have reached one end, open cases counted.

    Parameters
    ----------
    days, ended, of, fewest
        As in `incidence_by`.
    percent
        Between 0 and 100; 50 is the median of all who came, not only of those who got there.

    Returns
    -------
    Estimate
        In days. When it was not reached, the value is NaN, the upper limit ``inf`` and `note` says
        why.

    Raises
    ------
    PlaybookError
        As `cumulative_incidence`, and when `percent` is not between 0 and 100.

    Notes
    -----
    The limits are the days at which the limits of the curve, on the log-log scale, cross the level.

    Examples
    --------
    >>> ended = ["home", "other", "home", "home", None, "home"]
    >>> days_until_share([20, 40, 90, 200, 400, 300], ended, of="home", fewest=5)
    200.0 days (20.0 or more)
    """
    check_percent(percent)
    name = f"days until {percent:g} percent"
    curve = incidence_curve(days, ended, of)
    if curve.cases < max(fewest, 1):
        return _unknown_days(name, f"too few to tell: {curve.cases} cases", math.nan)
    low, high = log_log_bands(curve)
    level = percent / 100 - SAME
    first, value, last = (_first_at(curve.days, line, level) for line in (high, curve.share, low))
    if math.isinf(value):
        least = curve.longest if math.isinf(first) else first
        note = f"fewer than {percent:g} percent are known to have got there"
        return _unknown_days(name, note, least)
    return Estimate(value, min(first, value), last, "days", name, better="lower")


def incidence_table(
    cases: pd.DataFrame,
    horizons: tuple[float, ...] = (90, 180, 365),
    by: str = "group",
    of: Hashable = True,
    fewest: int = FEWEST,
) -> pd.DataFrame:
    """Share of each group that has reached one end within several horizons.

    Parameters
    ----------
    cases
        One row a case, with ``days``, ``ended`` (missing while open) and the column `by`.
    horizons
        Days, rising.
    by
        Column that makes the groups.
    of, fewest
        As in `incidence_by`.

    Returns
    -------
    pandas.DataFrame
        One row a group and horizon: `by`, ``cases``, ``horizon``, and in percent ``share``,
        ``low``, ``high``; missing where there is too little to tell. ``cases`` is missing too
        where the group has fewer than `fewest`, but at least one: such a count is not published.

    Raises
    ------
    PlaybookError
        As `incidence_by`, and when a column is missing.

    Examples
    --------
    >>> cases = pd.DataFrame({"group": ["A"] * 12 + ["B"] * 3, "days": range(10, 160, 10)})
    >>> cases["ended"] = ["home", "other", None] * 5
    >>> incidence_table(cases, (90,), of="home").round(1)
      group  cases  horizon  share  low  high
    0     A   12.0       90   28.4  6.6  55.8
    1     B    NaN       90    NaN  NaN   NaN
    """
    check_columns(cases, [by, "days", "ended"])
    rows = []
    for name, group in cases.groupby(by, sort=True, observed=True):
        enough = len(group) >= fewest
        for horizon in horizons:
            share = incidence_by(group["days"], group["ended"], horizon, of, fewest)
            count = float(len(group)) if enough else math.nan
            rows.append((name, count, horizon, share.value, share.low, share.high))
    return pd.DataFrame(rows, columns=[by, "cases", "horizon", "share", "low", "high"])


def _first_at(days: Floats, line: Floats, level: float) -> float:
    reached = line >= level
    return float(days[np.argmax(reached)]) if reached.any() else math.inf


def _unknown_days(name: str, note: str, least: float) -> Estimate:
    most = math.nan if math.isnan(least) else math.inf
    return Estimate(math.nan, least, most, "days", name, note, better="lower")


def _too_little(curve: IncidenceCurve, horizon: float, fewest: int) -> str:
    """Say why the share can't be told; empty when it can."""
    if curve.cases < max(fewest, 1):
        return f"too few to tell: {curve.cases} cases, at least {max(fewest, 1)} are needed"
    if not curve.reaches(horizon):
        return f"no case was watched for {horizon:g} days"
    return ""


def _check_horizon(horizon: float) -> None:
    if not horizon > 0:
        raise PlaybookError(
            f"A horizon of {horizon:g} days leaves nothing to count.",
            fix="Use a number of days above 0, such as 180.",
        )
