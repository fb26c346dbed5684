"""How far to trust a figure and an odd one out."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from playbook.errors import PlaybookError
from playbook.measures.intervals import normal_quantile
from playbook.measures.places import Numbers, check_above_zero, index_of, numbers_of, paired

LEVEL = 0.95
# Each step halves the interval the answer lies in: more don't change a digit.
HALVINGS = 100


def shrink(values: npt.ArrayLike, standard_errors: npt.ArrayLike) -> pd.DataFrame:
    """Move each figure toward the average, the more the less is known about it.

    Parameters
    ----------
    values, standard_errors
        As in `rank_intervals`.

    Returns
    -------
    pandas.DataFrame
        One row a place, in the unit of `values`: ``value``, ``standard_error``, ``weight`` (how
        much of its own distance from the average it keeps, 0 to 1), ``shrunken``, and ``low`` and
        ``high`` (95 percent). Weights are all 0 when luck alone explains the differences.

    Raises
    ------
    PlaybookError
        When there are fewer than two places, a figure is missing, a standard error is not above 0,
        or the names differ.

    Notes
    -----
    Empirical Bayes. How much the places truly differ is estimated as in Paule RC, Mandel J (1982),
    Journal of Research of the National Bureau of Standards 87:377-385. The limits count that the
    average is estimated (best linear unbiased prediction), but take the spread as known.

    Examples
    --------
    >>> years = pd.Series([70.0, 75.0, 78.0, 82.0], index=["A", "B", "C", "D"])
    >>> shrink(years, [1.0, 1.0, 1.0, 4.0]).round(2)
       value  standard_error  weight  shrunken    low   high
    A   70.0             1.0    0.95     70.27  68.35  72.20
    B   75.0             1.0    0.95     75.03  73.10  76.95
    C   78.0             1.0    0.95     77.88  75.96  79.81
    D   82.0             4.0    0.55     79.09  72.91  85.26
    """
    index, value, error = paired(values, standard_errors)
    spread = _spread_between(value, error)
    trust = 1 / (spread + error**2)
    average = (trust * value).sum() / trust.sum()
    weight = spread * trust
    shrunken = average + weight * (value - average)
    variance = weight * error**2 + (1 - weight) ** 2 / trust.sum()
    reach = normal_quantile(LEVEL) * np.sqrt(variance)
    return pd.DataFrame(
        {
            "value": value,
            "standard_error": error,
            "weight": weight,
            "shrunken": shrunken,
            "low": shrunken - reach,
            "high": shrunken + reach,
        },
        index=index,
    )


def funnel_limits(center: float, standard_errors: npt.ArrayLike) -> pd.DataFrame:
    """Limits that places stay within when they differ from the center by luck only.

    Parameters
    ----------
    center
        What every place would have, such as the city's figure.
    standard_errors
        Standard error of each place's figure, above 0, in the unit of `center`.

    Returns
    -------
    pandas.DataFrame
        One row a place, in the unit of `center`: ``low_95`` and ``high_95`` (1 in 20 places lies
        outside by luck), ``low_998`` and ``high_998`` (1 in 500).

    Raises
    ------
    PlaybookError
        When the center is missing or a standard error is not above 0.

    Notes
    -----
    Spiegelhalter DJ (2005), Statistics in Medicine 24:1185-1202.

    Examples
    --------
    >>> funnel_limits(78.0, [0.5, 1.0, 2.0, 3.5]).round(1)
       low_95  high_95  low_998  high_998
    0    77.0     79.0     76.5      79.5
    1    76.0     80.0     74.9      81.1
    2    74.1     81.9     71.8      84.2
    3    71.1     84.9     67.2      88.8
    """
    error = numbers_of(standard_errors, "a standard error")
    check_above_zero(error)
    middle = float(numbers_of([center], "the center")[0])
    near, far = normal_quantile(0.95) * error, normal_quantile(0.998) * error
    return pd.DataFrame(
        {
            "low_95": middle - near,
            "high_95": middle + near,
            "low_998": middle - far,
            "high_998": middle + far,
        },
        index=index_of(standard_errors),
    )


def count_funnel_limits(expected: npt.ArrayLike) -> pd.DataFrame:
    """Limits that counts stay within when they differ from the expected count by luck only.

    Parameters
    ----------
    expected
        Count to expect in each place, 0 or more: its residents times the city's rate.

    Returns
    -------
    pandas.DataFrame
        One row a place, in whole counts: ``low_95``, ``high_95``, ``low_998``, ``high_998``. The
        limits themselves are within: at most 1 in 40 counts lies below ``low_95`` by luck, at most
        1 in 40 above ``high_95``; at most 1 in 1,000 for the outer ones.

    Raises
    ------
    PlaybookError
        When an expected count is missing or below 0.

    Notes
    -----
    Quantiles of the Poisson distribution. Spiegelhalter DJ (2005), Statistics in Medicine
    24:1185-1202.

    Examples
    --------
    >>> count_funnel_limits([0.5, 2, 8, 40])
       low_95  high_95  low_998  high_998
    0       0        2        0         4
    1       0        5        0         8
    2       3       14        1        18
    3      28       53       22        61
    """
    mean = numbers_of(expected, "an expected count")
    if (mean < 0).any():
        raise PlaybookError(
            f"An expected count is 0 or more; I found {mean[mean < 0][0]:g}.",
            fix="Multiply each place's residents by the city's rate per resident.",
        )
    limits = {
        name: _poisson_quantile(mean, share)
        for name, share in (
            ("low_95", 0.025),
            ("high_95", 0.975),
            ("low_998", 0.001),
            ("high_998", 0.999),
        )
    }
    return pd.DataFrame(limits, index=index_of(expected))


def _poisson_quantile(mean: Numbers, share: float) -> npt.NDArray[np.int64]:
    """Find the smallest count that at least this share of counts does not exceed."""
    from scipy.special import pdtrik

    return np.asarray(np.ceil(pdtrik(share, mean)), dtype=np.int64)


def _spread_between(value: Numbers, error: Numbers) -> float:
    """Variance of the true figures: the one that makes the distances as large as luck would."""
    low, high = 0.0, float(value.var(ddof=1))
    if _distances(value, error, low) <= len(value) - 1:
        return 0.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if _distances(value, error, middle) > len(value) - 1:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _distances(value: Numbers, error: Numbers, spread: float) -> float:
    trust = 1 / (spread + error**2)
    average = (trust * value).sum() / trust.sum()
    return float((trust * (value - average) ** 2).sum())
