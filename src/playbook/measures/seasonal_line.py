"""A straight line with a wave of one year, and how sure its coefficients are."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from playbook.errors import PlaybookError
from playbook.measures.places import Numbers, numbers_of

Season = Literal["harmonic", "month", "none"]
YEAR = 12
LEVEL = 0.95
# Points needed on each side: to tell a line from chance, to see a wave of a year, to see each month
# of the year twice.
FEWEST = {"none": 8, "harmonic": YEAR, "month": 2 * YEAR}


def forecast_band(values: pd.Series, ahead: int, season: Season = "harmonic") -> pd.DataFrame:
    """Say what the coming months will be if trend and season go on as they are.

    Parameters
    ----------
    values
        One value a month, in order, none missing.
    ahead
        How many months to look ahead.
    season
        As in `interrupted_series`.

    Returns
    -------
    pandas.DataFrame
        One row a month to come, 1 is the next: ``expected``, ``low``, ``high``. 95 of 100 months
        fall within, as long as nothing changes; write that down before they come.

    Raises
    ------
    PlaybookError
        When a value is missing, there are too few months, or `ahead` is below 1.

    Notes
    -----
    Prediction range of a fitted line. It counts the luck of each month on its own.

    Examples
    --------
    >>> forecast_band(pd.Series([10.0, 13, 14, 17, 18, 21, 22, 25]), 2, season="none").round(1)
       expected   low  high
    1      26.7  25.0  28.5
    2      28.8  26.9  30.6
    """
    value = numbers_of(values, "a month")
    if ahead < 1:
        raise PlaybookError(f"I can't look {ahead} months ahead.", fix="Give 1 or more.")
    if len(value) < FEWEST[season]:
        raise PlaybookError(
            f"{len(value)} months are too few to see where they go.",
            fix=f"I need {FEWEST[season]}. Wait, or show the months without a forecast.",
        )
    columns = seasonal_design(len(value) + ahead, season)
    design, coming = columns[: len(value)], columns[len(value) :]
    inverse = np.linalg.inv(design.T @ design)
    coefficients = inverse @ design.T @ value
    freedom = len(value) - design.shape[1]
    spread = np.sqrt(((value - design @ coefficients) ** 2).sum() / freedom)
    reach = student_reach(freedom) * spread * np.sqrt(1 + ((coming @ inverse) * coming).sum(axis=1))
    expected = coming @ coefficients
    return pd.DataFrame(
        {"expected": expected, "low": expected - reach, "high": expected + reach},
        index=range(1, ahead + 1),
    )


def newey_west_variances(design: Numbers, residuals: Numbers, lags: int) -> Numbers:
    """Variances of fitted coefficients when the luck of one month carries on to the next.

    Parameters
    ----------
    design
        One row a month, one column a coefficient.
    residuals
        Value less fitted value of each month; one column a series where there are several.
    lags
        Months over which luck may carry on, 0 or more.

    Returns
    -------
    numpy.ndarray
        One row a coefficient (and one column a series), scaled by n / (n - k).

    Notes
    -----
    The diagonal of the covariance of Newey WK, West KD (1987), Econometrica 55:703-708, with
    Bartlett's weights.

    Examples
    --------
    >>> design = np.column_stack([np.ones(4), np.arange(4.0)])
    >>> newey_west_variances(design, np.array([1.0, -1.0, -1.0, 1.0]), lags=1).round(2).tolist()
    [0.96, 0.26]
    """
    months, columns = design.shape
    # A coefficient is a weighted sum of the months: what each month adds to it by luck.
    weights = np.linalg.inv(design.T @ design) @ design.T
    parts = weights.reshape(weights.shape + (1,) * (residuals.ndim - 1)) * residuals
    variances = (parts**2).sum(axis=1)
    for lag in range(1, lags + 1):
        together = (parts[:, lag:] * parts[:, :-lag]).sum(axis=1)
        variances += 2 * (1 - lag / (lags + 1)) * together
    scaled: Numbers = variances * months / (months - columns)
    return scaled


def seasonal_design(months: int, season: Season, first: int | None = None) -> Numbers:
    """Give one row a month: constant, time, the change of level and of trend, the season.

    Parameters
    ----------
    months
        How many months.
    season
        As in `interrupted_series`.
    first
        Position of the first month of the change. Without it, no columns for a change.

    Examples
    --------
    >>> seasonal_design(4, "none", first=2).tolist()
    [[1.0, 0.0, 0.0, 0.0], [1.0, 1.0, 0.0, 0.0], [1.0, 2.0, 1.0, 0.0], [1.0, 3.0, 1.0, 1.0]]
    """
    time = np.arange(months, dtype=float)
    columns = [np.ones(months), time]
    if first is not None:
        columns += [time >= first, np.where(time >= first, time - first, 0)]
    if season == "harmonic":
        angle = 2 * np.pi * time / YEAR
        columns += [np.cos(angle), np.sin(angle)]
    elif season == "month":
        columns += [time % YEAR == month for month in range(1, YEAR)]
    return np.column_stack(columns).astype(float)


def student_reach(freedom: int) -> float:
    """Return how many standard errors a 95 percent range reaches on each side.

    Examples
    --------
    >>> round(student_reach(8), 2), round(student_reach(1_000), 2)
    (2.31, 1.96)
    """
    from scipy.stats import t

    return float(t.ppf((1 + LEVEL) / 2, freedom))
