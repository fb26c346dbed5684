"""The line through groups of residents that stand in the order of their resources.

The groups come **from the fewest resources to the most**, such as fifths of neighborhoods from the
highest poverty to the lowest. With the order turned around, signs flip.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from playbook.errors import PlaybookError
from playbook.measures import gap_formulas
from playbook.measures.groups import Numbers, divided, middles, rates_and_shares

Model = Literal["linear", "logistic"]
Definition = Literal["who", "nci", "kunst-mackenbach"]

MOST_STEPS = 100


def slope_index(rates: npt.ArrayLike, populations: npt.ArrayLike, model: Model = "linear") -> float:
    """Slope index of inequality: how much the rate changes from the bottom to the top.

    Parameters
    ----------
    rates
        Rate of each group, 0 or more, from the group with the fewest resources to the one with
        the most.
    populations
        Residents of each group, in the same order. Only their proportions matter.
    model
        ``"linear"`` fits a straight line through the groups, weighted by residents.
        ``"logistic"`` fits a curve that stays between 0 and 100; the rates must be percents.

    Returns
    -------
    float
        In the unit of the rates: the fitted rate of the resident with the most resources less that
        of the one with the fewest. Below 0 when the rate is higher where resources are fewer.

    Raises
    ------
    PlaybookError
        When there are fewer than two groups, a rate is negative or missing, or a group is empty.

    Notes
    -----
    Mackenbach JP, Kunst AE (1997), Social Science & Medicine 44:757-771. A group stands where its
    middle resident stands. The slope depends a little on how many groups there are: compare years
    and places with the same groups only. The World Health Organization's package `healthequal`
    gives another number for ``"logistic"``, because it weights by residents twice.

    Examples
    --------
    >>> round(slope_index([40, 30, 30, 10], [500, 250, 1_000, 250]), 2)
    -28.49
    """
    bottom, top = _ends(*rates_and_shares(rates, populations), model)
    return top - bottom


def relative_index(
    rates: npt.ArrayLike,
    populations: npt.ArrayLike,
    definition: Definition = "who",
    model: Model = "linear",
) -> float:
    """Relative index of inequality, in one of its three definitions. Name the one you use.

    Parameters
    ----------
    rates, populations, model
        As in `slope_index`.
    definition
        ``"who"`` (World Health Organization): the fitted rate at the top divided by that at the
        bottom. ``"kunst-mackenbach"``: the bottom divided by the top. ``"nci"`` (National Cancer
        Institute): `slope_index` divided by the average rate.

    Returns
    -------
    float
        In times. Without inequality 1, or 0 by the definition ``"nci"``. NaN when the straight
        line leaves the possible numbers (an end of it is 0 or below), or all rates are 0.

    Raises
    ------
    PlaybookError
        As `slope_index`, and for a definition that I don't know.

    Notes
    -----
    World Health Organization (2024), healthequal 1.0.1; National Cancer Institute, Health
    Disparities Calculator; Mackenbach JP, Kunst AE (1997), Social Science & Medicine 44:757-771.

    Examples
    --------
    >>> rates, populations = [40, 30, 30, 10], [500, 250, 1_000, 250]
    >>> for definition in ("who", "kunst-mackenbach", "nci"):
    ...     print(definition, round(relative_index(rates, populations, definition), 3))
    who 0.356
    kunst-mackenbach 2.809
    nci -0.95
    """
    y, p = rates_and_shares(rates, populations)
    bottom, top = _ends(y, p, model)
    if definition == "nci":
        return float(divided(top - bottom, p @ y))
    if definition not in ("who", "kunst-mackenbach"):
        raise PlaybookError(
            f'I don\'t know a relative index called "{definition}".',
            fix='Use "who", "kunst-mackenbach" or "nci". Or leave definition out for the first.',
        )
    low, high = np.asarray(bottom), np.asarray(top)
    who = definition == "who"
    return float(gap_formulas.end_ratio(*((high, low) if who else (low, high))))


def concentration_index(
    rates: npt.ArrayLike, populations: npt.ArrayLike, relative: bool = True
) -> float:
    """Concentration index: whether a burden sits with those who have more, or fewer, resources.

    Parameters
    ----------
    rates, populations
        As in `slope_index`.
    relative
        Whether to divide by the average rate.

    Returns
    -------
    float
        Relative: between -1 and 1, NaN when all rates are 0. Absolute: in the unit of the rates.
        Below 0 when residents with fewer resources carry more than their share. Some agencies
        print the relative one times 100.

    Raises
    ------
    PlaybookError
        As `slope_index`.

    Notes
    -----
    Kakwani N, Wagstaff A, van Doorslaer E (1997), Journal of Econometrics 77:87-103. With the
    groups in the order of their own rates, the relative index is the Gini coefficient.

    Examples
    --------
    >>> rates, populations = [40, 30, 30, 10], [500, 250, 1_000, 250]
    >>> round(concentration_index(rates, populations), 3)
    -0.135
    >>> round(concentration_index(rates, populations, relative=False), 2)
    -4.06
    """
    y, p = rates_and_shares(rates, populations)
    if relative:
        return float(gap_formulas.relative_concentration(y, p))
    return float(gap_formulas.absolute_concentration(y, p))


def _ends(y: Numbers, p: Numbers, model: Model) -> tuple[float, float]:
    """Fitted rate of the resident with the fewest resources, and of the one with the most."""
    if model == "linear":
        bottom, top = gap_formulas.ends(y, p)
        return float(bottom), float(top)
    if model != "logistic":
        raise PlaybookError(
            f'I don\'t know a model called "{model}".',
            fix='Use "linear" for a straight line, or "logistic" for percents.',
        )
    if y.max() > 100:
        raise PlaybookError(
            f"The logistic curve is for percents; I found a rate of {y.max():g}.",
            fix='Give percents from 0 to 100, or use model="linear".',
        )
    return _logistic_ends(middles(p), y / 100, p)


def _logistic_ends(x: Numbers, y: Numbers, p: Numbers) -> tuple[float, float]:
    from scipy.special import expit, logit

    if (y == y[0]).all():
        return 100 * float(y[0]), 100 * float(y[0])
    design = np.column_stack([np.ones_like(x), x])
    coefficients = np.array([logit(p @ y), 0.0])
    for _ in range(MOST_STEPS):
        fitted = expit(design @ coefficients)
        information = design.T @ (design * (p * fitted * (1 - fitted))[:, np.newaxis])
        try:
            step = np.linalg.solve(information, design.T @ (p * (y - fitted)))
        except np.linalg.LinAlgError:
            break
        if np.abs(step).max() < gap_formulas.SAME * (1 + np.abs(coefficients).max()):
            bottom, top = 100 * expit(np.cumsum(coefficients))
            return float(bottom), float(top)
        # Far from the curve, a whole step of Newton's can lead further away.
        coefficients += step / max(1.0, np.abs(design @ step).max())
    raise PlaybookError(
        "No logistic curve fits these rates: at some point they jump from 0 to 100.",
        fix='Use model="linear", or larger groups.',
    )
