"""How many dollars of one kind there are for each dollar of another, with a range.

Dollars are lumpy: one large loan or one large fee moves the whole figure. So the range comes from
how much the loans or households differ, not from how many dollars there are.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pandas as pd

from playbook.errors import PlaybookError
from playbook.estimate import Estimate
from playbook.measures.intervals import normal_quantile
from playbook.measures.places import numbers_of

# With fewer rows than this, how much they differ is anybody's guess.
FEWEST_ROWS = 11


def ratio_of_sums(
    part: npt.ArrayLike,
    whole: npt.ArrayLike,
    strata: npt.ArrayLike | None = None,
    *,
    times: float = 1,
    unit: str = "dollars for each dollar",
) -> Estimate:
    """Sum of one column divided by the sum of another, with a 95 percent range.

    Parameters
    ----------
    part, whole
        One number a row, such as the dollars lost and the dollars lent of each loan. The sum of
        `whole` is above 0.
    strata
        The group that each row was sampled from, where the number of rows of each group was
        decided beforehand. Left out, the rows are one simple sample.
    times
        100 for percent.
    unit
        As a reader says it.

    Returns
    -------
    Estimate
        Without ends, and with a note, when there are fewer than 11 rows, or only one in a group.

    Raises
    ------
    PlaybookError
        When a number is missing, the lengths differ, or the sum of `whole` is not above 0.

    Notes
    -----
    Ratio estimate with its linearized variance: Cochran WG (1977), Sampling Techniques, 3rd
    edition, chapter 6. It is not the average of each row's own ratio, which small rows sway.

    Examples
    --------
    >>> lent = [50, 20, 90, 30, 60, 40, 50, 70, 20, 30, 20, 20]
    >>> public = [10, 5, 15, 5, 15, 10, 5, 15, 5, 5, 5, 5]
    >>> ratio_of_sums(lent, public)
    5.0 dollars for each dollar (4.2 to 5.8)
    """
    top, bottom = numbers_of(part, "a part"), numbers_of(whole, "a whole")
    if len(top) != len(bottom):
        raise PlaybookError(
            f"There are {len(top):,} parts and {len(bottom):,} wholes.",
            fix="Take both columns from the same table.",
        )
    total = float(bottom.sum())
    if not total > 0:
        raise PlaybookError(
            f"The whole adds up to {total:g}; I can't divide by that.",
            fix="Check that column, or put the two columns the other way around.",
        )
    value = float(top.sum()) / total
    error = _standard_error(top - value * bottom, strata) / total
    reach = normal_quantile(0.95) * error
    note = "" if not math.isnan(error) else f"too few to give a range: {len(top)} rows"
    low, high = times * (value - reach), times * (value + reach)
    return Estimate(times * value, low, high, unit, "ratio of sums", note)


def _standard_error(rest: npt.NDArray[np.float64], strata: npt.ArrayLike | None) -> float:
    """Give the standard error of the sum of what is left of each row; NaN with too few rows."""
    if len(rest) < FEWEST_ROWS:
        return math.nan
    group = np.zeros(len(rest)) if strata is None else np.asarray(strata)
    if len(group) != len(rest):
        raise PlaybookError(
            f"There are {len(rest):,} rows but {len(group):,} groups.",
            fix="Take the group from the same table.",
        )
    by_group = pd.Series(rest).groupby(group)
    return float(np.sqrt((by_group.size() * by_group.var(ddof=1)).sum(skipna=False)))
