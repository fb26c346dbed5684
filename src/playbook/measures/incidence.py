"""Who gets the dollars of a measure, who pays, and who falls out on the way to it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd

from playbook.errors import PlaybookError
from playbook.measures.curves import check_columns
from playbook.measures.dollar_ratios import ratio_of_sums
from playbook.measures.intervals import wilson_limits
from playbook.measures.suppression import suppress

EVERYONE = "Everyone"


def benefit_incidence(households: pd.DataFrame, dollars: str, by: str) -> pd.DataFrame:
    """Share out the dollars of a measure: how much goes to each group.

    Parameters
    ----------
    households
        One row a household. Groups of fewer than 11 households are hidden, and one more where
        they could be worked out.
    dollars
        Column with the dollars that each household gets or pays, 0 or more.
    by
        Column with the group, such as the fifth by income.

    Returns
    -------
    pandas.DataFrame
        One row a group, in rising order: the group, ``households``, ``household_percent``,
        ``dollars``, ``percent`` (of all dollars) with ``low`` and ``high`` (95 percent), and
        ``per_household``. NaN where hidden; no range below 11 households in all, or when nobody
        gets anything.

    Raises
    ------
    PlaybookError
        When a column is missing, or a dollar amount is missing or below 0.

    Notes
    -----
    The range says how far other households of the same groups would have moved the share; the
    number of households in each group is taken as given.

    Examples
    --------
    >>> homes = pd.DataFrame({"fifth": [1] * 20 + [5] * 20, "saved": [9, 11] * 10 + [29, 31] * 10})
    >>> benefit_incidence(homes, "saved", by="fifth").round(1).iloc[:, :5]
       fifth  households  household_percent  dollars  percent
    0      1        20.0               50.0    200.0     25.0
    1      5        20.0               50.0    600.0     75.0
    """
    check_columns(households, [dollars, by])
    amount = _amounts(households, dollars)
    group, names = pd.factorize(households[by], sort=True)
    total = float(amount.sum())
    rows = []
    for number, name in enumerate(names):
        inside = group == number
        paid = float(amount[inside].sum())
        share = (
            ratio_of_sums(amount * inside, amount, group, times=100, unit="percent")
            if total > 0
            else None
        )
        ends = (share.value, share.low, share.high) if share else (np.nan,) * 3
        people = int(inside.sum())
        rows.append((name, people, 100 * people / len(amount), paid, *ends, paid / people))
    columns = [by, "households", "household_percent", "dollars", "percent", "low", "high"]
    table = pd.DataFrame(rows, columns=[*columns, "per_household"])
    counts = table.set_index(by)[["households"]]
    shown = suppress(counts, totals="columns").table["households"].iloc[: len(table)]
    numbers = table.columns.drop(by)
    shares = table[numbers].astype("float64")
    shares.loc[shown.isna().to_numpy()] = np.nan
    return pd.concat([table[[by]], shares], axis=1)


def fee_burden(households: pd.DataFrame, fee: str, income: str, by: str) -> pd.DataFrame:
    """Fee as a percent of income in each group.

    Parameters
    ----------
    households
        One row a household.
    fee, income
        Columns with dollars a year; `fee` 0 or more.
    by
        Column with the group.

    Returns
    -------
    pandas.DataFrame
        One row a group, in rising order: the group, ``percent``, ``low`` and ``high`` (95 percent):
        all fees of the group divided by all its income. NaN below 11 households.

    Raises
    ------
    PlaybookError
        When a column is missing, a number is missing, or a group has no income.

    Examples
    --------
    >>> homes = pd.DataFrame({"fifth": [1] * 20 + [5] * 20,
    ...                       "fee": [190, 210] * 10 + [290, 310] * 10,
    ...                       "income": [14_000, 16_000] * 10 + [140_000, 160_000] * 10})
    >>> fee_burden(homes, "fee", "income", by="fifth").round(2)
       fifth  percent   low  high
    0      1     1.33  1.32  1.34
    1      5     0.20  0.20  0.20
    """
    check_columns(households, [fee, income, by])
    _amounts(households, fee)
    rows = []
    for name, group in households.groupby(by, sort=True):
        share = ratio_of_sums(group[fee], group[income], times=100, unit="percent of income")
        known = not np.isnan(share.low)
        rows.append((name, share.value if known else np.nan, share.low, share.high))
    return pd.DataFrame(rows, columns=[by, "percent", "low", "high"])


def takeup_funnel(
    households: pd.DataFrame, steps: Sequence[str], by: str | None = None
) -> pd.DataFrame:
    """Follow households from the first step to the last: how many are left at each.

    Parameters
    ----------
    households
        One row a household.
    steps
        Columns with yes or no, in their order, such as eligible, reached, applied, approved. Who
        takes a step must have taken the one before.
    by
        Column with groups. Left out, everyone is one group.

    Returns
    -------
    pandas.DataFrame
        One row a group and step: ``group``, ``step``, ``households``, ``of_first`` (percent of the
        first step) with ``low`` and ``high`` (95 percent, Wilson), and ``of_before`` (percent of
        the step before). Counts of 1 to 10 are hidden (NaN), and others from which they could be
        worked out.

    Raises
    ------
    PlaybookError
        When a column is missing, holds something besides yes and no, or a household takes a step
        without the one before.

    Examples
    --------
    >>> homes = pd.DataFrame({"eligible": ["yes"] * 80 + ["no"] * 20,
    ...                       "applied": ["yes"] * 20 + ["no"] * 80})
    >>> takeup_funnel(homes, ["eligible", "applied"]).round(1)
          group      step  households  of_first   low   high  of_before
    0  Everyone  eligible        80.0     100.0  95.4  100.0      100.0
    1  Everyone   applied        20.0      25.0  16.8   35.5       25.0
    """
    taken = _steps(households, steps)
    group = pd.Series(EVERYONE, households.index) if by is None else households[by]
    counts = taken.groupby(group.to_numpy(), sort=True).sum()
    wide = counts.set_axis([f"step {number}" for number in range(len(steps))], axis=1)
    shown = suppress(wide, totals="columns").table.iloc[: len(counts), : len(steps)]
    safe = shown.astype("float64").to_numpy(na_value=np.nan)
    first = safe[:, :1]
    before = np.concatenate([first, safe[:, :-1]], axis=1)
    some = first > 0
    low, high = wilson_limits(np.where(some, safe, 0), np.where(some, first, 1))
    with np.errstate(invalid="ignore", divide="ignore"):
        of_first, of_before = 100 * safe / first, 100 * safe / before
    return pd.DataFrame(
        {
            "group": np.repeat(counts.index.to_numpy(), len(steps)),
            "step": list(steps) * len(counts),
            "households": safe.ravel(),
            "of_first": of_first.ravel(),
            "low": np.where(some, 100 * low, np.nan).ravel(),
            "high": np.where(some, 100 * high, np.nan).ravel(),
            "of_before": of_before.ravel(),
        }
    )


def cost_per_household(dollars: float, served: int, running_usd: float) -> float:
    """Dollars that a measure costs for each household that it serves.

    Parameters
    ----------
    dollars
        Dollars that households get or no longer pay, in all.
    served
        How many households get them.
    running_usd
        Dollars that running it costs for each household served.

    Returns
    -------
    float
        Dollars a household. NaN when nobody is served.

    Raises
    ------
    PlaybookError
        When a number is missing or below 0.

    Notes
    -----
    A measure that serves few can cost little for each of them. Read the cost beside the reach.

    Examples
    --------
    >>> cost_per_household(20_000, 100, 34)
    234.0
    """
    if not (dollars >= 0 and served >= 0 and running_usd >= 0):
        raise PlaybookError(
            f"I need numbers from 0 up; I found {dollars:g}, {served:g} and {running_usd:g}.",
            fix="Check the sums, or write 0 where running it costs nothing.",
        )
    return dollars / served + running_usd if served else float("nan")


def _amounts(households: pd.DataFrame, column: str) -> npt.NDArray[np.float64]:
    amount = households[column].to_numpy(dtype=float)
    odd = np.flatnonzero(~(amount >= 0) | np.isinf(amount))
    if len(odd):
        raise PlaybookError(
            f"Dollars are numbers from 0 up; I found {amount[odd[0]]:g} in the column {column}.",
            fix="Write 0 where a household gets or pays nothing.",
        )
    return amount


def _steps(households: pd.DataFrame, steps: Sequence[str]) -> pd.DataFrame:
    check_columns(households, steps)
    odd = ~households[list(steps)].isin(["yes", "no"])
    if odd.to_numpy().any():
        name = odd.any().idxmax()
        raise PlaybookError(
            f"The column {name} holds something besides yes and no.",
            fix="Write no where a household did not take the step, or nobody knows.",
        )
    taken = pd.DataFrame({step: households[step].eq("yes") for step in steps})
    for before, after in pairwise(steps):
        jumped = int((taken[after] & ~taken[before]).sum())
        if jumped:
            raise PlaybookError(
                f"{jumped:,} households took the step {after} without {before}.",
                fix="Put the steps in their order, or check those rows.",
            )
    return taken
