"""Waits when some requests are still open: the product-limit (Kaplan-Meier) method.

A request that is still open has waited so many days and will wait longer. Leaving it out makes
service look faster than it is; counting it as closed today does too. The product-limit method
uses what is known: that it was open until now.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from playbook.errors import PlaybookError
from playbook.estimate import Estimate
from playbook.measures.curves import (
    SAME,
    check_columns,
    check_percent,
    checked_waits,
    curve_of,
    percentile_of,
    sorted_curve,
    split_by,
    with_every_category,
)
from playbook.measures.intervals import normal_quantile

# With fewer requests than this, a percentile is mostly luck.
FEWEST = 11


def product_limit(days: npt.ArrayLike, closed: npt.ArrayLike) -> pd.DataFrame:
    """Share of requests still open after each day, with the open requests counted.

    Parameters
    ----------
    days
        Wait of each request: until it was closed, or until the data end. 0 or more.
    closed
        Whether each request was closed. Same length.

    Returns
    -------
    pandas.DataFrame
        One row a day on which requests were closed: ``days``, ``at_risk`` (requests still open
        before it), ``events`` (closed on it), ``survival`` (share still open after it) and
        ``standard_error`` (Greenwood's; missing once nothing is open).

    Raises
    ------
    PlaybookError
        When a wait is missing or negative, `closed` is not yes or no, or the lengths differ.

    Notes
    -----
    Kaplan EL, Meier P (1958), Journal of the American Statistical Association 53:457-481. A
    request that is open as long as another took to close counts as open at that moment.

    Examples
    --------
    >>> product_limit([2, 3, 3, 8], [True, True, False, False])
       days  at_risk  events  survival  standard_error
    0   2.0        4       1      0.75        0.216506
    1   3.0        3       1      0.50        0.250000
    """
    curve = curve_of(*checked_waits(days, closed))
    return pd.DataFrame(
        {
            "days": curve.days,
            "at_risk": curve.at_risk.astype(int),
            "events": curve.events.astype(int),
            "survival": curve.survival,
            "standard_error": curve.standard_error,
        }
    )


def wait_percentile(
    days: npt.ArrayLike, closed: npt.ArrayLike, percent: float = 50, fewest: int = FEWEST
) -> Estimate:
    """Days within which `percent` percent of requests are closed, open requests counted.

    Parameters
    ----------
    days, closed
        As in `product_limit`.
    percent
        Between 0 and 100; 50 is the median.
    fewest
        With fewer requests the answer is "too few to tell".

    Returns
    -------
    Estimate
        In days. When fewer than `percent` percent of requests are known to be closed, the value is
        NaN, the upper limit ``inf``, the lower limit still says "at least", and `note` says why.

    Raises
    ------
    PlaybookError
        As `product_limit`, and when `percent` is not between 0 and 100.

    Notes
    -----
    The value is the first day on which the share still open falls below ``1 - percent / 100``
    (SAS and statsmodels use the same strict rule). Interval: Brookmeyer R, Crowley J (1982),
    Biometrics 38:29-41, on the log-log scale.

    Examples
    --------
    >>> wait_percentile([2, 3, 3, 8], [True, True, True, False], fewest=4)
    3.0 days (2.0 or more)
    >>> wait_percentile([2, 3, 3, 8], [True, True, False, False]).note
    'too few to tell: 4 requests, at least 11 are needed'
    >>> wait_percentile([2, 3, 3, 8], [True, False, False, False], fewest=4).note
    'half or more of the requests are still open'
    """
    check_percent(percent)
    curve_days, curve_closed = checked_waits(days, closed)
    name = percentile_name(percent)
    if len(curve_days) < max(fewest, 1):
        return too_few(len(curve_days), max(fewest, 1), name)
    value, low, high = percentile_of(curve_of(curve_days, curve_closed), percent)
    return Estimate(value, low, high, "days", name, still_open_note(value, percent), better="lower")


def restricted_mean(days: npt.ArrayLike, closed: npt.ArrayLike, horizon: float) -> Estimate:
    """Average wait when every wait is counted up to `horizon` days, open requests counted.

    Averages add up over kinds of request, percentiles don't: this is what `kitagawa` splits.

    Parameters
    ----------
    days, closed
        As in `product_limit`.
    horizon
        Longest wait counted, in days. Above 0.

    Returns
    -------
    Estimate
        In days. NaN with a note when there are no requests, or when some are open and none was
        watched for as long as `horizon`.

    Raises
    ------
    PlaybookError
        As `product_limit`, and when `horizon` is not above 0.

    Notes
    -----
    Area under the product-limit curve up to `horizon`; variance as in Klein JP, Moeschberger ML
    (2003), Survival Analysis, 2nd ed., section 4.5.

    Examples
    --------
    >>> restricted_mean([2, 3, 5, 8], [True, True, True, False], horizon=6)
    4.0 days (2.5 to 5.5)
    >>> restricted_mean([2, 3, 5, 8], [True, True, True, False], horizon=30).note
    'no request was watched for 30 days'
    """
    if not horizon > 0:
        raise PlaybookError(
            f"A horizon of {horizon:g} days leaves nothing to average.",
            fix="Use a number of days above 0, such as 90.",
        )
    name = f"average wait, counted up to {horizon:g} days"
    all_days, all_closed = checked_waits(days, closed)
    if not len(all_days):
        return too_few(0, 1, name)
    curve = curve_of(all_days, all_closed)
    # Rounding can leave a hair of survival after the last request is closed.
    some_left = not len(curve.days) or curve.survival[-1] > SAME
    if some_left and curve.longest < horizon:
        note = f"no request was watched for {horizon:g} days"
        return Estimate(math.nan, math.nan, math.nan, "days", name, note, better="lower")
    within = curve.days < horizon
    steps = np.r_[0.0, curve.days[within], horizon]
    areas = np.diff(steps) * np.r_[1.0, curve.survival[within]]
    mean = float(areas.sum())
    # Area still to come at each closing day; where nothing is left it is 0 and adds no variance.
    to_come = areas[::-1].cumsum()[::-1][1:]
    events, at_risk = curve.events[within], curve.at_risk[within]
    left = at_risk - events
    terms = np.divide(to_come**2 * events, at_risk * left, out=np.zeros_like(left), where=left > 0)
    reach = normal_quantile(0.95) * math.sqrt(terms.sum())
    low, high = max(mean - reach, 0.0), min(mean + reach, float(horizon))
    return Estimate(mean, low, high, "days", name, better="lower")


def wait_percentiles(
    waits: pd.DataFrame,
    by: str | Sequence[str] = "group",
    percents: Sequence[float] = (50, 90),
    fewest: int = FEWEST,
) -> pd.DataFrame:
    """Percentiles of the wait for each group, open requests counted.

    Parameters
    ----------
    waits
        One row a request, with ``days``, ``closed`` and the columns named in `by`. Rows without a
        group are left out.
    by
        Column, or columns, that make the groups.
    percents
        Percentiles wanted; 50 is the median.
    fewest
        Groups with fewer requests get missing values: too few to tell.

    Returns
    -------
    pandas.DataFrame
        One row a group, in the order of the categories (all of them) or else sorted: `by`,
        ``requests``, ``still_open``, and in days ``median``, ``median_low``, ``median_high``;
        for another percent ``p90``, ``p90_low``, ``p90_high``. A value that is missing with an
        upper limit of ``inf`` was not reached: too many requests are still open.

    Raises
    ------
    PlaybookError
        As `wait_percentile`, and when a column is missing.

    Examples
    --------
    >>> waits = pd.DataFrame({"group": ["A", "A", "B", "B"], "days": [1, 4, 2, 9]})
    >>> waits["closed"] = [True, True, True, False]
    >>> wait_percentiles(waits, percents=[50], fewest=2)
      group  requests  still_open  median  median_low  median_high
    0     A         2           0     4.0         1.0          4.0
    1     B         2           1     NaN         2.0          inf
    """
    for percent in percents:
        check_percent(percent)
    columns = [by] if isinstance(by, str) else list(by)
    check_columns(waits, [*columns, "days", "closed"])
    grouped = waits.groupby(columns, sort=True, observed=True)
    rows = grouped.size().reset_index(name="requests")
    found: list[list[float]] = []
    for days, closed in split_by(waits, grouped.ngroup().to_numpy(), len(rows)):
        row = [float(len(days) - closed.sum())]
        curve = sorted_curve(days, closed) if len(days) >= fewest else None
        for percent in percents:
            row.extend(percentile_of(curve, percent) if curve else [math.nan] * 3)
        found.append(row)
    stems = ["median" if percent == 50 else f"p{percent:g}" for percent in percents]
    names = [f"{stem}{end}" for stem in stems for end in ("", "_low", "_high")]
    results = pd.DataFrame(found, columns=["still_open", *names], dtype=float)
    results["still_open"] = results["still_open"].astype(int)
    table = pd.concat([rows, results], axis=1)
    return with_every_category(table, columns[0]) if len(columns) == 1 else table


def percentile_name(percent: float) -> str:
    """Name a percentile of the wait as a reader says it.

    Examples
    --------
    >>> percentile_name(50), percentile_name(90)
    ('median wait', '90th percentile of the wait')
    """
    if percent == 50:
        return "median wait"
    ending = {1: "st", 2: "nd", 3: "rd"}.get(int(percent) % 10, "th")
    if percent != int(percent) or 11 <= percent <= 13:
        ending = "th"
    return f"{percent:g}{ending} percentile of the wait"


def too_few(requests: int, fewest: int, measure: str) -> Estimate:
    """Give the estimate that says there are too few requests."""
    note = f"too few to tell: {requests} requests, at least {fewest} are needed"
    return Estimate(math.nan, math.nan, math.nan, "days", measure, note, better="lower")


def still_open_note(value: float, percent: float) -> str:
    """Explain a percentile that was not reached; empty when it was."""
    if not math.isnan(value):
        return ""
    share = "half" if percent == 50 else f"{100 - percent:g} percent"
    return f"{share} or more of the requests are still open"
