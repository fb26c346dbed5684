"""Limits of counts and shares. Formulas only: numbers in, numbers out."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from playbook.errors import PlaybookError

Limits = tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]


def normal_quantile(level: float) -> float:
    """Return how many standard errors an interval of this level reaches on each side.

    Examples
    --------
    >>> round(normal_quantile(0.95), 3), round(normal_quantile(0.998), 2)
    (1.96, 3.09)
    """
    if not 0 < level < 1:
        raise PlaybookError(
            f"A level of {level:g} is not between 0 and 1.",
            fix="Write 0.95 for a 95 percent range, or leave level out.",
        )
    return NormalDist().inv_cdf((1 + level) / 2)


def byar_limits(events: npt.ArrayLike, level: float = 0.95) -> Limits:
    """Limits of a count by Byar's approximation. Good from 10 events on.

    Parameters
    ----------
    events
        Counts: one number or an array, 0 or more.
    level
        Confidence level.

    Returns
    -------
    low, high : numpy.ndarray
        Limits in the unit of `events`, in its shape. Divide by the population for a rate.

    Notes
    -----
    Breslow NE, Day NE (1987), Statistical Methods in Cancer Research II, p. 69, as used by the
    UK's public health agencies.

    Examples
    --------
    >>> low, high = byar_limits([10, 25, 65, 1045])
    >>> low.round(1).tolist(), high.round(1).tolist()
    ([4.8, 16.2, 50.2, 982.6], [18.4, 36.9, 82.8, 1110.3])
    """
    count = np.asarray(events, dtype=float)
    z = normal_quantile(level)
    # The formula divides by the count; the lower limit of none is none.
    safe = np.where(count > 0, count, 1.0)
    low = np.where(count > 0, safe * (1 - 1 / (9 * safe) - z / (3 * np.sqrt(safe))) ** 3, 0.0)
    more = count + 1
    high = more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3
    return low, high


def exact_poisson_limits(events: npt.ArrayLike, level: float = 0.95) -> Limits:
    """Limits of a count from the Poisson distribution itself. For few events.

    Parameters
    ----------
    events
        Counts: one number or an array, 0 or more.
    level
        Confidence level.

    Returns
    -------
    low, high : numpy.ndarray
        Limits in the unit of `events`, in its shape.

    Notes
    -----
    Garwood F (1936), Biometrika 28:437-442. The quantiles of chi-square that the textbook formula
    names are twice those of the gamma distribution used here.

    Examples
    --------
    >>> low, high = exact_poisson_limits([0, 1, 5, 9])
    >>> low.round(2).tolist(), high.round(2).tolist()
    ([0.0, 0.03, 1.62, 4.12], [3.69, 5.57, 11.67, 17.08])
    """
    from scipy.special import gammaincinv

    count = np.asarray(events, dtype=float)
    tail = (1 - level) / 2
    normal_quantile(level)
    low = np.where(count > 0, gammaincinv(np.where(count > 0, count, 1.0), tail), 0.0)
    high = np.asarray(gammaincinv(count + 1, 1 - tail), dtype=float)
    return low, high


def wilson_limits(successes: npt.ArrayLike, trials: npt.ArrayLike, level: float = 0.95) -> Limits:
    """Limits of a share by Wilson's score method. Never below 0 or above 1.

    Parameters
    ----------
    successes, trials
        Counts: numbers or arrays; `trials` above 0.
    level
        Confidence level.

    Returns
    -------
    low, high : numpy.ndarray
        Limits as shares from 0 to 1.

    Notes
    -----
    Wilson EB (1927), Journal of the American Statistical Association 22:209-212.

    Examples
    --------
    >>> low, high = wilson_limits([0, 5, 20, 65], 100)
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.0, 0.022, 0.133, 0.553], [0.037, 0.112, 0.289, 0.736])
    """
    hits = np.asarray(successes, dtype=float)
    total = np.asarray(trials, dtype=float)
    z = normal_quantile(level)
    middle = hits + z**2 / 2
    reach = z * np.sqrt(hits * (total - hits) / total + z**2 / 4)
    # At 0 and at all, rounding would leave a limit a hair outside.
    low = np.where(hits == 0, 0.0, (middle - reach) / (total + z**2))
    high = np.where(hits == total, 1.0, (middle + reach) / (total + z**2))
    return low, high
