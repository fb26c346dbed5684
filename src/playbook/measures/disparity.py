"""How far apart groups of residents lie, whatever their order.

None of these tells who is worse off, only how uneven the rates are. The measures of `inequality`
tell that too.
"""

from __future__ import annotations

import math
from typing import Literal

import numpy as np
import numpy.typing as npt

from playbook.errors import PlaybookError
from playbook.measures import gap_formulas
from playbook.measures.groups import (
    Better,
    checked,
    direction,
    divided,
    rates_and_shares,
)


def mean_difference(
    rates: npt.ArrayLike, reference: float, populations: npt.ArrayLike | None = None
) -> float:
    """Average distance of the groups from one rate.

    Parameters
    ----------
    rates
        Rate of each group, 0 or more, in any order.
    reference
        The rate to measure from: the average of all residents, the best group's, a target.
    populations
        Residents of each group. Left out, each group counts the same.

    Returns
    -------
    float
        In the unit of the rates, 0 or more.

    Raises
    ------
    PlaybookError
        When there are fewer than two groups, a rate is negative or missing, or a group is empty.

    Examples
    --------
    >>> mean_difference([40, 30, 30, 10], 10)
    17.5
    >>> mean_difference([40, 30, 30, 10], 10, [500, 250, 1_000, 250])
    20.0
    """
    y = checked(rates, "rates")
    if not math.isfinite(reference):
        raise PlaybookError(
            f"I need a number for the reference; I found {reference:g}.",
            fix="Give the rate to measure from, such as the city's.",
        )
    distances = np.abs(y - reference)
    if populations is None:
        return float(distances.mean())
    return float(rates_and_shares(y, populations)[1] @ distances)


def index_of_disparity(
    rates: npt.ArrayLike,
    populations: npt.ArrayLike | None = None,
    reference: Literal["mean", "best"] = "mean",
    weighted: bool = False,
    better: Better = "lower",
) -> float:
    """Index of disparity, in one of its two official definitions. Name the one you use.

    Parameters
    ----------
    rates
        Rate of each group, 0 or more, in any order.
    populations
        Residents of each group. Left out, the average is that of the groups, not of the residents.
    reference
        ``"mean"`` (World Health Organization): average distance of all groups from the average of
        all residents. ``"best"`` (National Cancer Institute, National Center for Health
        Statistics): average distance of the other groups from the best one.
    weighted
        Whether larger groups count for more in the average distance. With ``"mean"`` only.
    better
        Whether a lower or a higher rate is better for residents. With ``"best"`` only.

    Returns
    -------
    float
        In percent of the reference. Infinite when that is 0 and a rate is not, NaN when all are 0.

    Raises
    ------
    PlaybookError
        When there are fewer than two groups, a rate is negative or missing, or a group is empty.

    Notes
    -----
    Pearcy JN, Keppel KG (2002), Public Health Reports 117:273-280; World Health Organization
    (2024), healthequal 1.0.1.

    Examples
    --------
    >>> rates, populations = [40, 30, 30, 10], [500, 250, 1_000, 250]
    >>> round(index_of_disparity(rates, populations), 1)
    25.0
    >>> round(index_of_disparity(rates, populations, weighted=True), 1)
    16.7
    >>> round(index_of_disparity(rates, reference="best"), 1)
    233.3
    """
    y = checked(rates, "rates")
    if populations is None:
        populations = np.ones_like(y)
    y, p = rates_and_shares(y, populations)
    if reference == "mean":
        if not weighted:
            return float(gap_formulas.disparity_from_average(y, p))
        average = float(p @ y)
        return 100 * float(divided(mean_difference(y, average, p), average))
    if reference != "best" or weighted:
        raise PlaybookError(
            f'There is no index of disparity from "{reference}"{" with weights" * weighted}.',
            fix='Use reference="mean", with or without weighted=True, or reference="best" without.',
        )
    if direction(better) < 0:
        return float(gap_formulas.disparity_from_best(y, p))
    best = float(y.max())
    # The best group's own distance is 0 and doesn't count.
    return 100 * float(divided((best - y).sum() / (len(y) - 1), best))


def theil(rates: npt.ArrayLike, populations: npt.ArrayLike) -> float:
    """Theil index: how unevenly a burden is spread, most watchful where rates are high.

    Parameters
    ----------
    rates, populations
        Rate, 0 or more, and residents of each group, in any order.

    Returns
    -------
    float
        0 when all rates are the same, else above 0, without unit. NaN when all rates are 0. Some
        agencies print it times 1,000.

    Raises
    ------
    PlaybookError
        When there are fewer than two groups, a rate is negative or missing, or a group is empty.

    Notes
    -----
    Theil H (1967), Economics and Information Theory. A rate of 0 adds nothing.

    Examples
    --------
    >>> round(theil([40, 30, 30, 10], [500, 250, 1_000, 250]), 4)
    0.0501
    """
    return float(gap_formulas.theil(*rates_and_shares(rates, populations)))


def mean_log_deviation(rates: npt.ArrayLike, populations: npt.ArrayLike) -> float:
    """Mean log deviation: how unevenly a burden is spread, most watchful where rates are low.

    Parameters
    ----------
    rates, populations
        Rate, 0 or more, and residents of each group, in any order.

    Returns
    -------
    float
        0 when all rates are the same, else above 0, without unit. Infinite when a rate is 0, NaN
        when all are. Some agencies print it times 1,000.

    Raises
    ------
    PlaybookError
        When there are fewer than two groups, a rate is negative or missing, or a group is empty.

    Notes
    -----
    Theil H (1967), Economics and Information Theory.

    Examples
    --------
    >>> round(mean_log_deviation([40, 30, 30, 10], [500, 250, 1_000, 250]), 4)
    0.0654
    """
    return float(gap_formulas.mean_log_deviation(*rates_and_shares(rates, populations)))


def between_group_variance(rates: npt.ArrayLike, populations: npt.ArrayLike) -> float:
    """Between-group variance: average squared distance of the groups from the average rate.

    Parameters
    ----------
    rates, populations
        Rate, 0 or more, and residents of each group, in any order.

    Returns
    -------
    float
        In the unit of the rates, squared. Its square root is in the unit of the rates.

    Raises
    ------
    PlaybookError
        When there are fewer than two groups, a rate is negative or missing, or a group is empty.

    Examples
    --------
    >>> between_group_variance([40, 30, 30, 10], [500, 250, 1_000, 250])
    75.0
    """
    return float(gap_formulas.variance(*rates_and_shares(rates, populations)))


def between_group_variance_error(
    rates: npt.ArrayLike, populations: npt.ArrayLike, standard_errors: npt.ArrayLike
) -> float:
    """Give the standard error of `between_group_variance`.

    Parameters
    ----------
    rates, populations
        As in `between_group_variance`.
    standard_errors
        Standard error of each group's rate, in the unit of the rates.

    Returns
    -------
    float
        In the unit of the variance.

    Raises
    ------
    PlaybookError
        As `between_group_variance`, and when a standard error is negative or missing.

    Notes
    -----
    National Cancer Institute, Health Disparities Calculator (HD*Calc). The rates of the groups
    must be independent of each other.

    Examples
    --------
    >>> populations = [500, 250, 1_000, 250]
    >>> round(between_group_variance_error([40, 30, 30, 10], populations, [4, 5, 3, 4]), 1)
    29.4
    """
    y, p = rates_and_shares(rates, populations)
    variances = rates_and_shares(standard_errors, populations)[0] ** 2
    moved = 4 * (p * (y - p @ y)) ** 2 @ variances
    rest = (p**2 @ variances) ** 2 + (1 - 2 * p) * p**2 @ variances**2
    return math.sqrt(moved + 2 * rest)
