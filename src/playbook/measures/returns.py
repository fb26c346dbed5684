"""Does it last? How many of those who moved to a home were back within 6, 12 and 24 months."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from playbook.errors import PlaybookError
from playbook.measures.curves import check_columns
from playbook.measures.intervals import wilson_limits

# Days that 6, 12 and 24 months stand for, as in HUD's system performance measure 2.
DAYS = {6: 180, 12: 365, 24: 730}
# With fewer people than this, a share is mostly luck.
FEWEST = 11


def returns_within(
    stays: pd.DataFrame,
    as_of: str | pd.Timestamp,
    destination: str = "Permanent housing",
    months: Sequence[int] = (6, 12, 24),
) -> pd.DataFrame:
    """Share of people who were back in a shelter within some months of moving to a home.

    Parameters
    ----------
    stays
        One row a stay, with ``exit`` (a day; missing while open), ``destination`` and
        ``return_days`` (days from the exit to coming back; missing for those who did not).
    as_of
        Day on which the data were taken.
    destination
        The destination that counts as a home.
    months
        6, 12 or 24.

    Returns
    -------
    pandas.DataFrame
        One row a span: ``months``, ``exits`` (people who moved two to three years before `as_of`:
        all of them were watched for the whole span), ``returned``, and in percent ``share`` with
        ``low`` and ``high``. With fewer than 11 people the share is missing: too few to tell.

    Raises
    ------
    PlaybookError
        When a column is missing, there is another number of months, or a return lies before its
        exit.

    Notes
    -----
    US Department of Housing and Urban Development, System Performance Measure 2: exits to
    permanent housing two years earlier. HUD counts a return to a permanent program only after a gap
    of 14 days; here ``return_days`` says what a return is. Wilson's limits.

    Examples
    --------
    >>> stays = pd.DataFrame({"exit": ["2023-03-01"] * 40, "destination": "Permanent housing"})
    >>> stays["return_days"] = [30.0] * 4 + [400.0] * 4 + [None] * 32
    >>> returns_within(stays, "2026-01-15").round(1)
       months  exits  returned  share  low  high
    0       6     40         4   10.0  4.0  23.1
    1      12     40         4   10.0  4.0  23.1
    2      24     40         8   20.0 10.5  34.8
    """
    check_columns(stays, ["exit", "destination", "return_days"])
    odd = [span for span in months if span not in DAYS]
    if odd:
        raise PlaybookError(
            f"I know returns within 6, 12 and 24 months, not {odd[0]}.",
            fix="Use one of these, as the federal measure does.",
        )
    if (stays["return_days"] < 0).any():
        raise PlaybookError(
            "Someone came back before leaving: a return lies before its exit.",
            fix="Check the dates of those stays, or leave the rows out and say so.",
        )
    cohort = exit_cohort(stays, as_of, destination)
    back = cohort["return_days"].to_numpy(dtype=float)
    rows = []
    for span in months:
        exits, returned = len(back), int((back <= DAYS[span]).sum())
        share = low = high = math.nan
        if exits >= FEWEST:
            share = 100 * returned / exits
            low, high = (100 * float(limit) for limit in wilson_limits(returned, exits))
        rows.append((span, exits, returned, share, low, high))
    return pd.DataFrame(rows, columns=["months", "exits", "returned", "share", "low", "high"])


def exit_cohort(
    stays: pd.DataFrame, as_of: str | pd.Timestamp, destination: str = "Permanent housing"
) -> pd.DataFrame:
    """Give the stays that ended in a home two to three years before a day.

    Parameters
    ----------
    stays, as_of, destination
        As in `returns_within`.

    Examples
    --------
    >>> stays = pd.DataFrame({"exit": ["2023-03-01", "2025-03-01"], "destination": "Home"})
    >>> exit_cohort(stays, "2026-01-15", "Home")["exit"].tolist()
    ['2023-03-01']
    """
    last = pd.Timestamp(as_of) - pd.Timedelta(days=max(DAYS.values()))
    left = pd.to_datetime(stays["exit"])
    chosen = (left <= last) & (left > last - pd.Timedelta(days=365))
    return stays[chosen & (stays["destination"] == destination)]
