"""Monthly counts: what changed in a month, what is noise, and what the calendar says."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from playbook.city.tables import City
from playbook.errors import PlaybookError
from playbook.estimate import Estimate
from playbook.measures.control_charts import OUTSIDE_WORDS, p_chart
from playbook.measures.interrupted_series import before_after, interrupted_series, level_changes

WHOLE_CITY = "Whole city"


@dataclass(frozen=True)
class Change:
    """What a count did at one month.

    Parameters
    ----------
    month, district
        Which month, and where.
    naive
        Average after less average before.
    level
        Change of level beyond trend and season.
    before
        Average before, in events a month.
    months_before
        How many months there are before it.
    trend
        Change from one month to the next, before.
    """

    month: str
    district: str
    naive: Estimate
    level: Estimate
    before: float
    months_before: int
    trend: Estimate


@cache
def _counts(city: City) -> pd.DataFrame:
    table = city["monthly_metrics"]
    return table.sort_values("month", kind="stable")


def monthly(city: City, metric: str, district: str = WHOLE_CITY) -> pd.DataFrame:
    """Give one count month by month.

    Parameters
    ----------
    city
        A city with the table `monthly_metrics`.
    metric
        Which count.
    district
        A district, or ``"Whole city"``.

    Returns
    -------
    pandas.DataFrame
        ``value`` and ``n``, with the month as index. Empty when there is no such count.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> monthly(load_city(), "missed_collections").index[[0, -1]].tolist()
    ['2020-01', '2025-12']
    """
    rows = _counts(city)
    rows = rows[rows["metric_id"] == metric]
    if district != WHOLE_CITY:
        rows = rows[rows["district"] == district]
    return rows.groupby("month")[["value", "n"]].sum()


def event_of(city: City, metric: str) -> tuple[str, str]:
    """Give month and district of the first event that was to move a count; empty texts if none."""
    events = city["events"]
    rows = events[events["metric_id"] == metric].sort_values("month", kind="stable")
    return ("", "") if rows.empty else (str(rows["month"].iloc[0]), str(rows["district"].iloc[0]))


@cache
def change(city: City, metric: str, district: str = "") -> Change | None:
    """Measure what a count did at the month of its event. None when that can't be said.

    Parameters
    ----------
    city
        A city with monthly counts and events.
    metric
        Which count.
    district
        A district, or ``"Whole city"``. Where the event was, when left out.
    """
    month, where = event_of(city, metric)
    district = district or where
    values = monthly(city, metric, district)["value"].astype(float)
    try:
        found = interrupted_series(values, month, unit="a month")
        naive = before_after(values, month, unit="a month")
    except PlaybookError:
        return None
    before = values[values.index < month]
    return Change(
        month,
        district,
        naive,
        found.level_change,
        float(before.mean()),
        len(before),
        found.trend_before,
    )


@cache
def false_alarms(city: City) -> tuple[int, int, int]:
    """Count jumps in the months of events that were not about a count.

    Counts that some event was about are left out: they may have changed in truth.

    Returns
    -------
    tuple of int
        Series whose range leaves out 0, over all these months; series; months looked at.
    """
    events, table = city["events"], _counts(city)
    others = table[~table["metric_id"].isin(events["metric_id"].dropna())]
    series = others.pivot_table(
        index="month", columns=["metric_id", "district"], values="value", aggfunc="sum"
    ).dropna(axis="columns")
    alarms = months = 0
    for month in sorted(events.loc[events["metric_id"].isna(), "month"].unique()):
        try:
            found = level_changes(series, month)
        except PlaybookError:
            continue
        alarms += int(found["alarm"].sum())
        months += 1
    return alarms, series.shape[1], months


@cache
def shares_chart(city: City, metric: str) -> pd.DataFrame | None:
    """Draw up the control chart of a share in the whole city. None when that can't be done."""
    counts = monthly(city, metric)
    try:
        return p_chart(counts["value"], counts["n"])
    except PlaybookError:
        return None


def outside(chart: pd.DataFrame) -> list[str]:
    """Name the months that lie outside the limits of a chart."""
    return [str(month) for month in chart.index[chart["signal"] == OUTSIDE_WORDS]]


def months_up(chart: pd.DataFrame) -> tuple[int, int]:
    """Count months that were higher than the one before, and months compared."""
    steps = np.diff(chart["value"].to_numpy())
    return int((steps > 0).sum()), len(steps)
