"""Whether residents rose or were replaced: averages of a place taken apart by who stayed."""

from __future__ import annotations

import math
from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from playbook.errors import PlaybookError
from playbook.estimate import format_number
from playbook.measures.curves import check_columns
from playbook.measures.places import Numbers, numbers_of
from playbook.measures.rates import difference, proportion

# With fewer households in a part, one of them moves its average too far.
FEWEST = 10
# Fewer households than this say too little about how many leave.
FEWEST_TO_COMPARE = 30


@dataclass(frozen=True, repr=False)
class IncomeChange:
    """The change of a place's average income, taken apart. The three parts add up to `total`.

    Parameters
    ----------
    before, after
        Average income in the first and in the last year.
    total
        ``after - before``.
    stayers
        The part from households that stayed and earn more, or less, than before.
    replaced
        The part from households that came and earn more, or less, than those that left.
    size
        The part from a larger, or smaller, share of households that stayed. 0 when as many came as
        left.
    """

    before: float
    after: float
    total: float
    stayers: float
    replaced: float
    size: float

    def percent(self, part: float) -> float:
        """Give a part in percent of the average income before."""
        return 100 * part / self.before

    def __repr__(self) -> str:
        if math.isnan(self.total):
            return "too few to tell"
        total, stayers, replaced, size = (
            format_number(self.percent(part))
            for part in (self.total, self.stayers, self.replaced, self.size)
        )
        return f"change {total} percent = stayers {stayers} + replaced {replaced} + size {size}"


def income_change(
    stayers_before: npt.ArrayLike,
    stayers_after: npt.ArrayLike,
    leavers_before: npt.ArrayLike,
    entrants_after: npt.ArrayLike,
) -> IncomeChange:
    """Take the change of an average apart: who stayed, and who left and came.

    Parameters
    ----------
    stayers_before, stayers_after
        Income of each household that stayed, in the first and in the last year, in the same order
        and in dollars of one year.
    leavers_before
        Income in the first year of each household that left.
    entrants_after
        Income in the last year of each household that came.

    Returns
    -------
    IncomeChange
        The average before and after, and three parts that add up to their difference. NaN when
        fewer than 10 households stayed, left or came.

    Raises
    ------
    PlaybookError
        When an income is missing, or the stayers of the two years are not as many.

    Notes
    -----
    The split of Kitagawa EM (1955), Journal of the American Statistical Association 50:1168-1194,
    with stayers and others as its two strata. It holds for averages: a median can't be split.

    Examples
    --------
    >>> income_change([40, 60] * 10, [42, 62] * 10, [20] * 20, [50] * 20)
    change 45.7 percent = stayers 2.9 + replaced 42.9 + size 0.0
    """
    stay_0, stay_1 = (numbers_of(one, "an income") for one in (stayers_before, stayers_after))
    left = numbers_of(leavers_before, "an income")
    came = numbers_of(entrants_after, "an income")
    if len(stay_0) != len(stay_1):
        raise PlaybookError(
            f"{len(stay_0):,} households stayed by the first year, {len(stay_1):,} by the last.",
            fix="Give each household that stayed once in both, in the same order.",
        )
    if min(len(stay_0), len(left), len(came)) < FEWEST:
        return IncomeChange(*[math.nan] * 6)
    share_0, share_1 = (len(stay_0) / (len(stay_0) + len(one)) for one in (left, came))
    share = (share_0 + share_1) / 2
    others = (left.mean() + came.mean()) / 2
    before, after = np.r_[stay_0, left].mean(), np.r_[stay_1, came].mean()
    return IncomeChange(
        before=float(before),
        after=float(after),
        total=float(after - before),
        stayers=float(share * (stay_1.mean() - stay_0.mean())),
        replaced=float((1 - share) * (came.mean() - left.mean())),
        size=float((share_1 - share_0) * ((stay_0.mean() + stay_1.mean()) / 2 - others)),
    )


def transition_matrix(before: npt.ArrayLike, after: npt.ArrayLike, groups: int = 5) -> pd.DataFrame:
    """Count households by where they stood before and where they stand after.

    Parameters
    ----------
    before, after
        Income of each household in the first and in the last year, in the same order.
    groups
        How many groups of the same size, from 2 to 10: 5 for fifths.

    Returns
    -------
    pandas.DataFrame
        Counts of households: one row a group before, one column a group after, both from 1 (lowest
        incomes) up. Each year is cut into groups of its own, so that a place in line is compared,
        not dollars. Hide small counts with `suppress` before you publish it.

    Raises
    ------
    PlaybookError
        When an income is missing, the two differ in length, or there are fewer households than
        groups.

    Examples
    --------
    >>> transition_matrix([10, 20, 30, 40], [15, 50, 28, 33], groups=2)
    after   1  2
    before
    1       1  1
    2       1  1
    """
    first, last = numbers_of(before, "an income"), numbers_of(after, "an income")
    if len(first) != len(last):
        raise PlaybookError(
            f"There are {len(first):,} incomes before and {len(last):,} after.",
            fix="Keep the households that have both, in the same order.",
        )
    if not 2 <= groups <= 10 or len(first) < groups:
        raise PlaybookError(
            f"{len(first):,} households can't be cut into {groups} groups.",
            fix="Use 2 to 10 groups, and at least one household for each.",
        )
    numbers = range(1, groups + 1)
    counts = pd.crosstab(
        pd.Series(_group(first, groups), name="before"),
        pd.Series(_group(last, groups), name="after"),
    )
    return counts.reindex(index=numbers, columns=numbers, fill_value=0).rename_axis(
        index="before", columns="after"
    )


def _group(income: Numbers, groups: int) -> npt.NDArray[np.int64]:
    """Cut into groups of the same size. Equal incomes stay together."""
    rank = pd.Series(income).rank().to_numpy() - 0.5
    return np.asarray(np.floor(rank / len(income) * groups).astype(np.int64) + 1)


def leaving_compared(
    households: pd.DataFrame, by: str, here: Hashable, sample: str = "sample", left: str = "left"
) -> pd.DataFrame:
    """Compare how many left a place with how many of the same kind left elsewhere.

    Parameters
    ----------
    households
        One row a household of the first year.
    by
        Column that says what kind of household it is, such as tenure with income group.
    here
        Value of the column `sample` for the place in question; all others are elsewhere.
    sample, left
        Column that says where a household was drawn, and the one that is true when it left.

    Returns
    -------
    pandas.DataFrame
        One row a kind: its name in the column `by`; ``here`` and ``elsewhere``, the share that left
        in percent; ``difference`` in percentage points with its 95 percent range ``low`` and
        ``high``. NaN where either has fewer than 30 households.

    Raises
    ------
    PlaybookError
        When a column is missing, or no household is here, or none elsewhere.

    Notes
    -----
    Households move everywhere. Only the difference says something about the place. Newcombe's
    interval, as in `difference`.

    Examples
    --------
    >>> rows = [("Mill", 1, 70), ("Mill", 0, 30), ("Other", 1, 50), ("Other", 0, 50)]
    >>> table = pd.concat([pd.DataFrame({"sample": s, "left": [v] * n}) for s, v, n in rows])
    >>> leaving_compared(table.assign(kind="Renter"), by="kind", here="Mill").round(1)
         kind  here  elsewhere  difference  low  high
    0  Renter  70.0       50.0        20.0  6.4  32.6
    """
    check_columns(households, [by, sample, left])
    households = households.reset_index(drop=True)
    is_here = households[sample] == here
    if is_here.all() or not is_here.any():
        raise PlaybookError(
            f"I need households of {here} and of elsewhere; I found only one of the two.",
            fix=f"Check the values of the column {sample}, and the spelling of {here}.",
        )
    rows = []
    for kind, group in households.groupby(by, observed=True):
        gone, near = group[left].astype(bool), is_here.loc[group.index]
        rows.append({by: kind, **_compared(gone[near], gone[~near])})
    return pd.DataFrame(rows)


def _compared(here: pd.Series, elsewhere: pd.Series) -> dict[str, float]:
    """Compare one kind of household, by whether each of them left."""
    names = ("here", "elsewhere", "difference", "low", "high")
    if min(len(here), len(elsewhere)) < FEWEST_TO_COMPARE:
        return dict.fromkeys(names, math.nan)
    first, second = (proportion(float(one.sum()), len(one)) for one in (here, elsewhere))
    gap = difference(first, second)
    return dict(zip(names, (first.value, second.value, gap.value, gap.low, gap.high), strict=True))
