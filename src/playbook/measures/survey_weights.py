"""What the weights of a survey cost: design effect, effective size, margin of error."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from playbook.errors import PlaybookError
from playbook.estimate import Estimate
from playbook.measures.intervals import normal_quantile
from playbook.measures.places import numbers_of

Numbers = npt.NDArray[np.float64]


def design_effect(weights: npt.ArrayLike) -> Estimate:
    """How many times as uncertain a share becomes because answers weigh unequally.

    Parameters
    ----------
    weights
        One weight an answer, above 0.

    Returns
    -------
    Estimate
        1 when all weigh the same. Without a range.

    Raises
    ------
    PlaybookError
        When a weight is missing or not above 0.

    Notes
    -----
    Kish L (1965), Survey Sampling: n times the sum of squares, over the square of
    the sum.

    Examples
    --------
    >>> design_effect([1, 1, 1, 1]), design_effect([0.5, 0.5, 0.5, 2.5])
    (1.0 times, 1.8 times)
    """
    weight = survey_weights(weights)
    effect = len(weight) * float((weight**2).sum() / weight.sum() ** 2)
    return Estimate(effect, math.nan, math.nan, "times", measure="design effect")


def effective_size(weights: npt.ArrayLike) -> Estimate:
    """How many equal answers would be as certain as these weighted ones.

    Parameters
    ----------
    weights
        One weight an answer, above 0.

    Returns
    -------
    Estimate
        Number of answers over the design effect. Without a range.

    Raises
    ------
    PlaybookError
        When a weight is missing or not above 0.

    Examples
    --------
    >>> effective_size([0.5, 0.5, 0.5, 2.5] * 100)
    229 answers
    """
    size = len(survey_weights(weights)) / design_effect(weights).value
    return Estimate(size, math.nan, math.nan, "answers", measure="effective size", decimals=0)


def margin_of_error(weights: npt.ArrayLike, percent: float = 50) -> Estimate:
    """How far a share may be off, up or down, by the luck of who answered.

    Parameters
    ----------
    weights
        One weight an answer, above 0. All 1 for a survey without weights.
    percent
        The share. 50 has the widest margin.

    Returns
    -------
    Estimate
        In percentage points (95 percent). Without a range.

    Raises
    ------
    PlaybookError
        When a weight is missing or not above 0, or `percent` is not between 0 and 100.

    Notes
    -----
    1.96 times the root of p (1 - p) over the effective size. It holds for people drawn by lot; for
    an open survey it is the least that the margin can be.

    Examples
    --------
    >>> margin_of_error([1] * 1800)
    2.3 percentage points
    """
    if not 0 <= percent <= 100:
        raise PlaybookError(
            f"A share of {percent:g} percent is not between 0 and 100.",
            fix="Write 29 for 29 percent.",
        )
    share = percent / 100
    reach = normal_quantile(0.95) * math.sqrt(share * (1 - share) / effective_size(weights).value)
    return Estimate(100 * reach, math.nan, math.nan, "percentage points", measure="margin of error")


def survey_weights(weights: npt.ArrayLike) -> Numbers:
    """Give weights as numbers, all above 0.

    Raises
    ------
    PlaybookError
        When a weight is missing or not above 0, or there is none.

    Examples
    --------
    >>> survey_weights([0.5, 1.5]).tolist()
    [0.5, 1.5]
    """
    weight = numbers_of(weights, "a weight")
    if not len(weight) or (weight <= 0).any():
        raise PlaybookError(
            f"A weight is above 0; I found {weight.min() if len(weight) else 'none'}.",
            fix="Take the weights from rake, or give 1 for each answer.",
        )
    return weight
