"""Control charts: which points are news, and which are the usual up and down.

A point outside the limits, or a run too long for luck, is a signal. All else is noise: reacting to
it adds work and changes nothing.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from playbook.errors import PlaybookError
from playbook.measures.places import Numbers, numbers_of

# 3 divided by the average range of two normal values, 1.128.
XMR_LIMITS = 2.66
STANDARD_ERRORS = 3
# With fewer points the limits themselves jump too much.
FEWEST_POINTS = 8
RUN, TREND = 8, 6
OUTSIDE_WORDS = "outside the limits"
RUN_WORDS = f"{RUN} or more on one side"
TREND_WORDS = f"{TREND} or more rising or falling"


def xmr_chart(values: pd.Series, baseline: int | None = None) -> pd.DataFrame:
    """Limits of single values from how much they move from one to the next (XmR chart).

    Parameters
    ----------
    values
        One value a month, or any other step, in order, none missing.
    baseline
        Draw the center and the limits from so many first values; from all when left out.

    Returns
    -------
    pandas.DataFrame
        One row a value: ``value``, ``center``, ``low``, ``high`` (in its unit), ``moving_range``
        (NaN for the first) and ``signal``: empty, or why the point is news.

    Raises
    ------
    PlaybookError
        When a value is missing, or there are fewer than eight to draw the limits from.

    Notes
    -----
    Average plus and minus 2.66 times the average moving range: Wheeler DJ, Chambers DS (1992),
    Understanding Statistical Process Control. The limits expect values that have no season and no
    trend: take those out first, or every season is a signal.

    Examples
    --------
    >>> chart = xmr_chart(pd.Series([10.0, 12, 11, 13, 12, 11, 10, 12, 25]), baseline=8)
    >>> chart.iloc[[7, 8]].round(2)[["value", "low", "center", "high"]]
       value   low  center   high
    7   12.0  7.57   11.38  15.18
    8   25.0  7.57   11.38  15.18
    >>> chart.loc[8, "signal"]
    'outside the limits'
    """
    value = numbers_of(values, "a value")
    first = len(value) if baseline is None else baseline
    _check_enough(min(first, len(value)))
    ranges = np.abs(np.diff(value))
    center = value[:first].mean()
    reach = XMR_LIMITS * ranges[: first - 1].mean()
    low, high = np.full(len(value), center - reach), np.full(len(value), center + reach)
    return pd.DataFrame(
        {
            "value": value,
            "center": center,
            "low": low,
            "high": high,
            "moving_range": np.concatenate([[np.nan], ranges]),
            "signal": signals(value, np.full(len(value), center), low, high),
        },
        index=values.index,
    )


def p_chart(events: pd.Series, totals: pd.Series) -> pd.DataFrame:
    """Limits of a share that is counted anew each month (p chart).

    Parameters
    ----------
    events
        How many had it, in order.
    totals
        Out of how many, in the same order. Above 0.

    Returns
    -------
    pandas.DataFrame
        One row a month, in percent: ``value``, ``center``, ``low``, ``high`` (from 0 to 100) and
        ``signal``: empty, or why the point is news.

    Raises
    ------
    PlaybookError
        When a count is missing, a month has more events than chances or none, or there are fewer
        than eight months.

    Notes
    -----
    Average share plus and minus three standard errors: Montgomery DC (2009), Introduction to
    Statistical Quality Control, chapter 7. With many thousands of chances a month the limits are
    too narrow for real life: use `xmr_chart` of the shares.

    Examples
    --------
    >>> late = pd.Series([12, 15, 8, 10, 4, 7, 16, 22])
    >>> p_chart(late, pd.Series([50] * 8)).iloc[[0, 7]].round(1)[["value", "low", "high", "signal"]]
       value  low  high              signal
    0   24.0  5.5  41.5
    7   44.0  5.5  41.5  outside the limits
    """
    hits, total = numbers_of(events, "a count"), numbers_of(totals, "a total")
    if len(hits) != len(total):
        raise PlaybookError(
            f"There are {len(hits):,} counts and {len(total):,} totals.",
            fix="Take both from the same table, one row a month.",
        )
    _check_enough(len(hits))
    if (total <= 0).any() or (hits < 0).any() or (hits > total).any():
        raise PlaybookError(
            "A month has more events than chances, or no chances at all.",
            fix="Put the part first and the whole second, and leave empty months out.",
        )
    center = hits.sum() / total.sum()
    reach = STANDARD_ERRORS * np.sqrt(center * (1 - center) / total)
    value, middle = 100 * hits / total, np.full(len(hits), 100 * center)
    low, high = 100 * (center - reach).clip(0), 100 * (center + reach).clip(max=1)
    return pd.DataFrame(
        {
            "value": value,
            "center": middle,
            "low": low,
            "high": high,
            "signal": signals(value, middle, low, high),
        },
        index=events.index,
    )


def signals(value: Numbers, center: Numbers, low: Numbers, high: Numbers) -> list[str]:
    """Say of each point whether it is news, and why.

    Parameters
    ----------
    value, center, low, high
        One number a point, in the same unit and order.

    Returns
    -------
    list of str
        For each point an empty text, ``"outside the limits"``, ``"8 or more on one side"`` (of the
        center) or ``"6 or more rising or falling"``; the first that holds. All points of a run
        carry it.

    Notes
    -----
    Nelson LS (1984), Journal of Quality Technology 16:237-239, tests 1 and 3; and eight on one
    side, as in the rules of Western Electric (1956).

    Examples
    --------
    >>> rising = np.array([1.0, 2, 3, 4, 5, 6, 2])
    >>> found = signals(rising, np.full(7, 3.5), np.full(7, -9.0), np.full(7, 9.0))
    >>> found[5:]
    ['6 or more rising or falling', '']
    """
    outside = (value < low) | (value > high)
    side = np.sign(value - center)
    one_side = _in_runs(np.append(True, side[1:] != side[:-1]), RUN) & (side != 0)
    # Steps between points: a run of five in one direction joins six points.
    step = np.sign(np.diff(value))
    turned = np.append(True, step[1:] != step[:-1])[: len(step)]
    long_steps = _in_runs(turned, TREND - 1) & (step != 0)
    moving = np.zeros(len(value), dtype=bool)
    moving[:-1] |= long_steps
    moving[1:] |= long_steps
    choices = [OUTSIDE_WORDS, RUN_WORDS, TREND_WORDS]
    return [
        next((word for word, holds in zip(choices, point, strict=True) if holds), "")
        for point in zip(outside, one_side, moving, strict=True)
    ]


def _in_runs(starts: npt.NDArray[np.bool_], length: int) -> npt.NDArray[np.bool_]:
    """Say of each point whether its run, which begins where `starts` is true, is long enough."""
    if not len(starts):
        return starts
    run = np.cumsum(starts) - 1
    return np.asarray(np.bincount(run)[run] >= length)


def _check_enough(points: int) -> None:
    if points < FEWEST_POINTS:
        raise PlaybookError(
            f"{points} points are too few to tell usual from unusual.",
            fix=f"Wait for {FEWEST_POINTS}, better 20. Until then show the points only.",
        )
