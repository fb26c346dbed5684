"""Providers compared at equal needs: who takes in people with high needs must not look slow."""

from __future__ import annotations

import math
from collections.abc import Hashable

import numpy as np
import pandas as pd

from playbook.errors import PlaybookError
from playbook.measures.curves import check_columns
from playbook.measures.incidence_curves import incidence_curve, log_log_limits
from playbook.measures.intervals import byar_limits, exact_poisson_limits, normal_quantile
from playbook.measures.places import numbers_of
from playbook.measures.ranks import rank_intervals
from playbook.measures.reliability import count_funnel_limits

# With fewer people than this in a stratum, its share is mostly luck.
FEWEST = 11
# Byar's limits are good from so many events on; below, the exact ones are used.
BYAR_FROM = 10


def shares_at_equal_mix(
    cases: pd.DataFrame,
    horizon: float,
    by: str = "provider",
    strata: str = "acuity",
    of: Hashable = True,
    fewest: int = FEWEST,
) -> pd.DataFrame:
    """Share of each group that reached one end within `horizon` days, as it is and at equal mix.

    Parameters
    ----------
    cases
        One row a case: `by`, `strata`, ``days`` and ``ended`` (missing while open).
    horizon
        Days within which it counts.
    by
        Column that makes the groups.
    strata
        Column with the needs. Every group is given the mix of all cases together.
    of
        Label of the end in question.
    fewest
        A group with fewer cases in a stratum of the mix has no share at equal mix.

    Returns
    -------
    pandas.DataFrame
        One row a group, sorted: `by`, ``cases``; in percent ``share``, ``low``, ``high`` as it is
        and ``equal_share``, ``equal_low``, ``equal_high``, ``equal_error`` (standard error) at
        equal mix; ``rank`` and ``equal_rank`` (1 has the highest share), each with the ranks it
        could well have: ``rank_low``, ``rank_high``, ``equal_rank_low``, ``equal_rank_high``.
        Missing where there is too little to tell; ranks are missing then for all groups.

    Raises
    ------
    PlaybookError
        When a column is missing, or as `incidence_by`.

    Notes
    -----
    Direct standardization of Aalen-Johansen shares; the weights are taken as known. Ranks as in
    `rank_intervals`.

    Examples
    --------
    >>> cases = pd.DataFrame({"provider": ["A"] * 40 + ["B"] * 40})
    >>> cases["acuity"] = (["Low"] * 30 + ["High"] * 10) + (["Low"] * 10 + ["High"] * 30)
    >>> cases["days"], cases["ended"] = 30, None
    >>> cases.loc[[*range(21), *range(30, 33), *range(40, 48), *range(50, 62)], "ended"] = "home"
    >>> cases.loc[cases["ended"].isna(), "ended"] = "other"
    >>> table = shares_at_equal_mix(cases, 90, of="home", fewest=5)
    >>> table[["provider", "share", "rank", "equal_share", "equal_rank"]].round(1)
      provider  share  rank  equal_share  equal_rank
    0        A   60.0   1.0         50.0         2.0
    1        B   50.0   2.0         60.0         1.0
    """
    check_columns(cases, [by, strata, "days", "ended"])
    known = cases.dropna(subset=[by, strata])
    mix = known[strata].value_counts(normalize=True).sort_index()
    rows = [
        (
            name,
            len(group),
            *_raw(group, horizon, of),
            *_equal(group, mix, strata, horizon, of, fewest),
        )
        for name, group in known.groupby(by, sort=True, observed=True)
    ]
    columns = [by, "cases", "share", "low", "high", "error", "equal_share", "equal_error"]
    table = pd.DataFrame(rows, columns=columns)
    reach = normal_quantile(0.95) * table["equal_error"]
    table["equal_low"] = (table["equal_share"] - reach).clip(lower=0)
    table["equal_high"] = (table["equal_share"] + reach).clip(upper=100)
    for stem, value, error in (("", "share", "error"), ("equal_", "equal_share", "equal_error")):
        _add_ranks(table, stem, value, error)
    return table.drop(columns="error")


def _raw(group: pd.DataFrame, horizon: float, of: Hashable) -> tuple[float, ...]:
    curve = incidence_curve(group["days"], group["ended"], of)
    if not curve.reaches(horizon):
        return (math.nan,) * 4
    share, error = curve.at(horizon)
    low, high = log_log_limits(share, error, curve.cases)
    return 100 * share, 100 * low, 100 * high, 100 * error


def _equal(
    group: pd.DataFrame, mix: pd.Series, strata: str, horizon: float, of: Hashable, fewest: int
) -> tuple[float, float]:
    """Share at the mix of all cases, and its standard error."""
    share = variance = 0.0
    for stratum, weight in mix.items():
        cases = group[group[strata] == stratum]
        curve = incidence_curve(cases["days"], cases["ended"], of)
        if curve.cases < fewest or not curve.reaches(horizon):
            return math.nan, math.nan
        part, error = curve.at(horizon)
        share += weight * part
        variance += (weight * error) ** 2
    return 100 * share, 100 * math.sqrt(variance)


def _add_ranks(table: pd.DataFrame, stem: str, value: str, error: str) -> None:
    """Add ranks with their ranges, the highest share first."""
    names = [f"{stem}rank", f"{stem}rank_low", f"{stem}rank_high"]
    enough = len(table) > 1 and table[value].notna().all() and (table[error] > 0).all()
    if not enough:
        table[names] = math.nan
        return
    ranks = rank_intervals(-table[value], table[error])
    table[names] = ranks[["rank", "rank_low", "rank_high"]].to_numpy(dtype=float)


def observed_over_expected(
    counts: pd.DataFrame,
    by: str = "provider",
    strata: str = "acuity",
    people: str = "people",
    events: str = "events",
) -> pd.DataFrame:
    """Events in each group against those to expect from its mix.

    Parameters
    ----------
    counts
        One row a group and stratum: how many people, and how many of them had the event.
    by, strata, people, events
        Its columns.

    Returns
    -------
    pandas.DataFrame
        One row a group, sorted: `by`, ``observed``, ``expected`` (had each stratum the share of
        all groups together), ``ratio`` with ``low`` and ``high`` (95 percent), the counts between
        which luck alone would leave it (``low_95`` to ``high_95``, ``low_998`` to ``high_998``),
        and what it ``reads``: "more than expected", "fewer than expected" or "as luck would have
        it", by the outer limits. A group that expects nothing has no ratio.

    Raises
    ------
    PlaybookError
        When a column is missing, a count is not a whole number from 0 up, or there are more events
        than people.

    Notes
    -----
    Indirect standardization. Byar's limits from 10 events on and exact ones below, as the UK's
    public health agencies publish; funnel limits as in `count_funnel_limits`. Both take events to
    be rare. Where more than one person in ten has the event they are wider than need be.

    Examples
    --------
    >>> counts = pd.DataFrame({"provider": ["A", "A", "B", "B"], "acuity": ["Low", "High"] * 2})
    >>> counts = counts.assign(people=[300, 100, 100, 300], events=[60, 10, 20, 90])
    >>> table = observed_over_expected(counts)
    >>> table[["provider", "observed", "expected", "ratio", "low", "high"]].round(2)
      provider  observed  expected  ratio   low  high
    0        A        70      85.0   0.82  0.64  1.04
    1        B       110      95.0   1.16  0.95  1.40
    """
    check_columns(counts, [by, strata, people, events])
    table = counts[[by, strata]].assign(
        people=_whole(counts[people], people), events=_whole(counts[events], events)
    )
    if (table["events"] > table["people"]).any():
        raise PlaybookError(
            "Somewhere there are more events than people.",
            fix="Check that the two columns are not swapped.",
        )
    stratum = table.groupby(strata)[["people", "events"]].transform("sum")
    share = (stratum["events"] / stratum["people"].where(stratum["people"] > 0)).fillna(0.0)
    table["expected"] = table["people"] * share
    sums = table.groupby(by, sort=True, observed=True)[["events", "expected"]].sum().reset_index()
    observed, expected = sums["events"].to_numpy(), sums["expected"].to_numpy()
    few = observed < BYAR_FROM
    byar, exact = byar_limits(observed), exact_poisson_limits(observed)
    low, high = (np.where(few, e, b) for b, e in zip(byar, exact, strict=True))
    funnel = count_funnel_limits(expected)
    reads = np.where(observed > funnel["high_998"], "more than expected", "as luck would have it")
    reads = np.where(observed < funnel["low_998"], "fewer than expected", reads)
    some = np.where(expected > 0, expected, math.nan)
    result = pd.DataFrame({by: sums[by], "observed": observed.astype(int), "expected": expected})
    result = result.assign(ratio=observed / some, low=low / some, high=high / some)
    return pd.concat([result, funnel], axis=1).assign(reads=reads)


def _whole(column: pd.Series, name: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    values = numbers_of(column, f"the column {name}")
    odd = values[(values < 0) | (values % 1 != 0)]
    if len(odd):
        raise PlaybookError(
            f"A count is a whole number from 0 up; I found {odd[0]:g}.",
            fix="Check that row. Hidden small counts need a number, or leave the group out.",
            where=f"column {name}",
        )
    return values
