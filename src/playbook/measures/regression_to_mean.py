"""Falling back to the average: what happens to the best and the worst when nobody does a thing."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import numpy.typing as npt
import pandas as pd

from playbook.errors import PlaybookError
from playbook.measures.places import numbers_of

FEWEST_PLACES = 3


def year_to_year(first: npt.ArrayLike, second: npt.ArrayLike) -> float:
    """How much of a place's distance from the average lasts until the next year (reliability).

    Parameters
    ----------
    first, second
        One figure a place in two years, in the same order.

    Returns
    -------
    float
        Correlation of the two years: 1 means that places keep their distance, 0 that it is luck.

    Raises
    ------
    PlaybookError
        When there are fewer than three places, figures are missing, or all are equal.

    Examples
    --------
    >>> round(year_to_year([10, 20, 30, 40], [14, 22, 21, 31]), 2)
    0.93
    """
    one, two = numbers_of(first, "a figure"), numbers_of(second, "a figure")
    if len(one) != len(two) or len(one) < FEWEST_PLACES:
        raise PlaybookError(
            f"I need the same three or more places in both years; I found {len(one)} and "
            f"{len(two)}.",
            fix="Keep places that have a figure in both.",
        )
    if np.ptp(one) == 0 or np.ptp(two) == 0:
        raise PlaybookError(
            "All places have the same figure: nothing can fall back.",
            fix="Check that you took the right column.",
        )
    return float(np.corrcoef(one, two)[0, 1])


def expected_next(values: pd.Series, reliability: float) -> pd.DataFrame:
    """Say where each place will stand next year if nobody does a thing.

    Parameters
    ----------
    values
        One figure a place this year, in any unit.
    reliability
        As `year_to_year` gives it, from 0 to 1.

    Returns
    -------
    pandas.DataFrame
        One row a place, in the unit of `values`: ``value``, ``expected`` and ``fall_back`` (the
        second less the first).

    Raises
    ------
    PlaybookError
        When a figure is missing or the reliability is not between 0 and 1.

    Notes
    -----
    Average plus reliability times the distance from it: Galton F (1886), Journal of the
    Anthropological Institute 15:246-263.

    Examples
    --------
    >>> expected_next(pd.Series([90.0, 70.0, 50.0, 30.0], list("ABCD")), reliability=0.25)
       value  expected  fall_back
    A   90.0      67.5      -22.5
    B   70.0      62.5       -7.5
    C   50.0      57.5        7.5
    D   30.0      52.5       22.5
    """
    _check_share(reliability)
    value = numbers_of(values, "a figure")
    expected = value.mean() + reliability * (value - value.mean())
    return pd.DataFrame(
        {"value": value, "expected": expected, "fall_back": expected - value}, index=values.index
    )


def expected_fall_back(spread: float, reliability: float, share: float) -> float:
    """How far a group that was chosen for its extreme figures falls back by luck alone.

    Parameters
    ----------
    spread
        Standard deviation of the figures of all places in one year.
    reliability
        As `year_to_year` gives it, from 0 to 1.
    share
        Share of places that was chosen: 0.1 for the most extreme tenth.

    Returns
    -------
    float
        In the unit of `spread`: how much nearer to the average the group will be next year. Call
        this much of any "improvement" luck, before you call the rest your work.

    Raises
    ------
    PlaybookError
        When the spread is below 0 or a share is not between 0 and 1.

    Notes
    -----
    For figures that follow the normal curve. Barnett AG, van der Pols JC, Dobson AJ (2005),
    International Journal of Epidemiology 34:215-220, equation 1.

    Examples
    --------
    >>> round(expected_fall_back(spread=15, reliability=0.5, share=0.1), 1)
    13.2
    """
    _check_share(reliability)
    if not spread >= 0 or not 0 < share < 1:
        raise PlaybookError(
            "I need a spread of 0 or more, and a share between 0 and 1.",
            fix="Write 0.1 for the most extreme tenth.",
        )
    curve = NormalDist()
    return (1 - reliability) * spread * curve.pdf(curve.inv_cdf(share)) / share


def _check_share(reliability: float) -> None:
    if not 0 <= reliability <= 1:
        raise PlaybookError(
            f"A reliability lies between 0 and 1; I found {reliability:g}.",
            fix="Below 0 means that luck rules: use 0.",
        )
