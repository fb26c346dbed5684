"""Does a score deliver? What it reaches, how well it is calibrated, and whom it misses."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pandas as pd

from playbook.errors import PlaybookError
from playbook.estimate import Estimate
from playbook.measures.intervals import normal_quantile, wilson_limits
from playbook.measures.places import numbers_of

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

# With fewer cases than this, a share is mostly luck, and a count could point at someone.
FEWEST = 11


def reached_share(chosen: npt.ArrayLike, needs: npt.ArrayLike) -> Estimate:
    """Share of the need that lies behind the chosen doors, from homes that were looked at.

    Parameters
    ----------
    chosen
        Whether each home lies in a chosen place. The homes are a fair sample of all doors.
    needs
        How much each home counts: 1 for a need and 0 for none, or a weight.

    Returns
    -------
    Estimate
        In percent; "too few to tell" with fewer than 11 homes that need it.

    Raises
    ------
    PlaybookError
        When the lengths differ or a need is negative.

    Notes
    -----
    Wilson's limits; with weights, at Kish's effective number of homes.

    Examples
    --------
    >>> reached_share([True] * 30 + [False] * 70, [1] * 12 + [0] * 50 + [1] * 38)
    24.0 percent (14.3 to 37.4)
    """
    flags, need = _paired(chosen, needs)
    name = "share of the need reached"
    if (need > 0).sum() < FEWEST:
        return _too_few(int((need > 0).sum()), "homes that need it", "percent", name)
    share = float(need[flags].sum() / need.sum())
    cases = need.sum() ** 2 / (need**2).sum()
    low, high = wilson_limits(share * cases, cases)
    return Estimate(
        100 * share, 100 * float(low), 100 * float(high), "percent", name, better="higher"
    )


def reached_more(
    chosen: npt.ArrayLike, other_chosen: npt.ArrayLike, needs: npt.ArrayLike
) -> Estimate:
    """How much more of the need one choice of doors reaches than another, on the same homes.

    Parameters
    ----------
    chosen, other_chosen, needs
        As in `reached_share`, for both choices.

    Returns
    -------
    Estimate
        In percentage points; "too few to tell" with fewer than 11 homes that need it.

    Raises
    ------
    PlaybookError
        As `reached_share`.

    Notes
    -----
    Homes that both choices reach, or neither, tell nothing: the standard error is that of a paired
    ratio (Taylor linearization).

    Examples
    --------
    >>> one = [True] * 20 + [False] * 20
    >>> other = [True] * 10 + [False] * 10 + [True] * 2 + [False] * 18
    >>> reached_more(one, other, [1] * 40)
    20.0 points (4.2 to 35.8)
    """
    first, need = _paired(chosen, needs)
    second, _ = _paired(other_chosen, needs)
    name = "more of the need reached"
    if (need > 0).sum() < FEWEST:
        return _too_few(int((need > 0).sum()), "homes that need it", "points", name)
    gained = first.astype(float) - second.astype(float)
    value = float(need @ gained / need.sum())
    error = math.sqrt(float((need**2) @ (gained - value) ** 2)) / need.sum()
    reach = normal_quantile(0.95) * error
    return Estimate(100 * value, 100 * (value - reach), 100 * (value + reach), "points", name)


def doors_per_need(needs: npt.ArrayLike) -> Estimate:
    """Doors to knock on for each home that needs the service, from homes that were looked at.

    Parameters
    ----------
    needs
        Whether each home needs it.

    Returns
    -------
    Estimate
        In doors; "too few to tell" with fewer than 11 homes that need it.

    Raises
    ------
    PlaybookError
        When a mark is neither yes nor no.

    Notes
    -----
    One over the share of homes that need it, and over Wilson's limits of that share.

    Examples
    --------
    >>> doors_per_need([True] * 25 + [False] * 75)
    4.0 doors (2.9 to 5.7)
    """
    need = _flags(needs)
    name = "doors for each need"
    if need.sum() < FEWEST:
        return _too_few(int(need.sum()), "homes that need it", "doors", name)
    low, high = (float(limit) for limit in wilson_limits(need.sum(), len(need)))
    return Estimate(len(need) / need.sum(), 1 / high, 1 / low, "doors", name, better="lower")


def calibration(chance: npt.ArrayLike, needs: npt.ArrayLike, groups: int = 10) -> pd.DataFrame:
    """Compare the chance that a score promised with what was found, by tenth of the chance.

    Parameters
    ----------
    chance
        Chance that the score gave each home, from 0 to 1.
    needs
        Whether the home needed the service.
    groups
        How many groups of about the same size; at least 2.

    Returns
    -------
    pandas.DataFrame
        One row a group, lowest chance first: ``group``, ``homes``, and in percent ``expected``,
        ``found``, ``low`` and ``high`` (95 percent). ``reads`` says "as expected", "more than
        expected", "fewer than expected" or "too few to tell".

    Raises
    ------
    PlaybookError
        When a chance is not between 0 and 1, a mark is neither yes nor no, the lengths differ, or
        there are too few groups.

    Notes
    -----
    Homes of the same chance stay together, so groups can differ in size. Wilson's limits.

    Examples
    --------
    >>> chance = [0.1] * 40 + [0.4] * 40
    >>> calibration(chance, [True] * 4 + [False] * 36 + [True] * 26 + [False] * 14, groups=2)
       group  homes  expected  found   low  high               reads
    0      1     40      10.0   10.0   4.0  23.1         as expected
    1      2     40      40.0   65.0  49.5  77.9  more than expected
    """
    promised, need = numbers_of(chance, "a chance"), _flags(needs)
    _check_lengths(len(promised), len(need))
    if ((promised < 0) | (promised > 1)).any() or groups < 2:
        raise PlaybookError(
            "A chance lies between 0 and 1, and there are at least 2 groups.",
            fix="Hand over what logistic_predict returned, and leave groups out for tenths.",
        )
    edges = np.quantile(promised, np.arange(1, groups) / groups)
    code = np.searchsorted(np.unique(edges), promised, side="left")
    table = (
        pd.DataFrame({"code": code, "expected": promised, "found": need.astype(float)})
        .groupby("code")
        .agg(homes=("found", "size"), expected=("expected", "mean"), found=("found", "mean"))
        .reset_index(drop=True)
    )
    low, high = wilson_limits(table["found"] * table["homes"], table["homes"])
    reads = np.where(table["expected"] < low, "more than expected", "as expected")
    reads = np.where(table["expected"] > high, "fewer than expected", reads)
    reads = np.where(table["homes"] < FEWEST, "too few to tell", reads)
    percents = pd.DataFrame(
        {"expected": table["expected"], "found": table["found"], "low": low, "high": high}
    )
    shown = (100 * percents).round(1)
    shown.insert(0, "group", np.arange(1, len(table) + 1))
    shown.insert(1, "homes", table["homes"])
    return shown.assign(reads=reads)


def error_rates(chosen: npt.ArrayLike, needs: npt.ArrayLike, group: npt.ArrayLike) -> pd.DataFrame:
    """Whom a choice of doors misses, by group.

    Parameters
    ----------
    chosen
        Whether each home is visited.
    needs
        Whether it needs the service.
    group
        Group of each home. A group is used here to check, never to choose.

    Returns
    -------
    pandas.DataFrame
        One row a group, sorted: ``group``, ``needs`` (homes that need it), and in percent
        ``missed`` (of those, not visited: the false-negative rate) with ``missed_low`` and
        ``missed_high``, and ``visited_without_need`` (of homes without need, visited: the
        false-positive rate). Groups with fewer than 11 homes that need it have no figures.

    Raises
    ------
    PlaybookError
        When the lengths differ or a mark is neither yes nor no.

    Notes
    -----
    Equal rates of misses are one idea of fairness among several that can't all hold at once:
    Chouldechova A (2017), Big Data 5:153-163. Wilson's limits.

    Examples
    --------
    >>> chosen = [True] * 12 + [False] * 8 + [True] * 3 + [False] * 17
    >>> error_rates(chosen, [True] * 15 + [False] * 5 + [True] * 20, ["A"] * 20 + ["B"] * 20)
      group  needs  missed  missed_low  missed_high  visited_without_need
    0     A   15.0    20.0         7.0         45.2                   NaN
    1     B   20.0    85.0        64.0         94.8                   NaN
    """
    visited, need = _flags(chosen), _flags(needs)
    groups = pd.Series(np.asarray(group, dtype=object))
    _check_lengths(len(visited), len(need))
    _check_lengths(len(groups), len(need))
    rows = []
    for name in sorted(groups.dropna().unique()):
        here = (groups == name).to_numpy()
        cases, missed = int((here & need).sum()), int((here & need & ~visited).sum())
        others = here & ~need
        if cases < FEWEST:
            rows.append((name, *[math.nan] * 5))
            continue
        low, high = (100 * float(limit) for limit in wilson_limits(missed, cases))
        wasted = 100 * float(visited[others].mean()) if others.sum() >= FEWEST else math.nan
        rows.append((name, float(cases), 100 * missed / cases, low, high, wasted))
    columns = ["group", "needs", "missed", "missed_low", "missed_high", "visited_without_need"]
    return pd.DataFrame(rows, columns=columns).round(1)


def _paired(chosen: npt.ArrayLike, needs: npt.ArrayLike) -> tuple[Flags, Numbers]:
    flags, need = _flags(chosen), numbers_of(needs, "a need")
    _check_lengths(len(flags), len(need))
    if (need < 0).any():
        raise PlaybookError(
            f"A need is 0 or more; I found {need[need < 0][0]:g}.",
            fix="Write 1 for a home that needs it and 0 for one that doesn't.",
        )
    return flags, need


def _flags(marks: npt.ArrayLike) -> Flags:
    """Give marks as True and False."""
    values = pd.Series(np.asarray(marks))
    if not values.isin([True, False]).all():
        raise PlaybookError(
            "A mark is True or False; I found something else.",
            fix='Write (table["column"] == "yes") to make it so.',
        )
    return values.to_numpy(dtype=bool)


def _check_lengths(found: int, wanted: int) -> None:
    if found != wanted:
        raise PlaybookError(
            f"There are {found:,} marks for {wanted:,} homes.",
            fix="Take both columns from the same table.",
        )


def _too_few(cases: int, what: str, unit: str, measure: str) -> Estimate:
    note = f"too few to tell: {cases} {what}, at least {FEWEST} are needed"
    return Estimate(math.nan, math.nan, math.nan, unit, measure, note)
