"""Whether something changed in a month, beyond the trend and the season there were before.

A series was going somewhere before anybody acted. What counts is where it went, compared with
where it was going.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from playbook.errors import PlaybookError
from playbook.estimate import Estimate
from playbook.measures.places import Numbers, numbers_of
from playbook.measures.seasonal_line import (
    FEWEST,
    LEVEL,
    Season,
    newey_west_variances,
    seasonal_design,
    student_reach,
)

MODELED = (
    "These are estimates from a model, not counts. The model expects each place to be like others "
    "with the same mix of people, so it can't see what a program did there. The CDC says not to "
    "use its PLACES estimates to evaluate programs or policies."
)


@dataclass(frozen=True, eq=False, repr=False)
class Interruption:
    """What changed at one month of a series.

    Parameters
    ----------
    level_change
        Jump in that month, beyond trend and season.
    trend_before
        Change from one month to the next, before.
    trend_change
        How much that monthly change differs afterwards.
    table
        One row a month: ``value``, ``fitted`` and ``without`` (what trend and season of before
        lead one to expect; NaN before that month).
    """

    level_change: Estimate
    trend_before: Estimate
    trend_change: Estimate
    table: pd.DataFrame = field(repr=False)

    def __repr__(self) -> str:
        return f"level change {self.level_change}; trend change {self.trend_change}"


def interrupted_series(
    values: pd.Series,
    start: str,
    season: Season = "harmonic",
    unit: str = "",
    lags: int | None = None,
    modeled: bool = False,
) -> Interruption:
    """Measure a change of level and of trend at one month, apart from trend and season.

    Parameters
    ----------
    values
        One value a month, in order, none missing. The index holds the months: ``"2022-05"``.
    start
        First month that the change could show in. Choose it from the calendar, never from the data.
    season
        ``"harmonic"``: one wave a year. ``"month"``: each month its own level. ``"none"``.
    unit
        Unit of the values, for the sentence.
    lags
        Months over which luck may carry on. By default four times the ninth root of (n / 100)
        squared, rounded down.
    modeled
        Whether the values come from a model such as CDC PLACES. Then the answer is no.

    Returns
    -------
    Interruption
        Changes with their 95 percent ranges. They are no proof of a cause: something else may have
        happened in the same month. Look at a place where nothing was done.

    Raises
    ------
    PlaybookError
        When the values are modeled, a value is missing, the month is not in the index, or there
        are too few months before or after it.

    Notes
    -----
    ``Y = b0 + b1 T + b2 X + b3 (T - T0) X + season``. With T in place of (T - T0) the change of
    level would be that at the first month of all: Xiao H, Augusto O, Wagenaar BH (2021),
    International Journal of Epidemiology 50:1011-1015. Standard errors: Newey WK, West KD (1987),
    Econometrica 55:703-708, scaled by n / (n - k), with Student's t. In short series they are often
    too small: of 72 months in which nothing changed, one in seven would show a change. So the plain
    standard errors are taken where they are larger, as Angrist JD, Pischke JS (2009), Mostly
    Harmless Econometrics, chapter 8, advise.

    Examples
    --------
    >>> months = [f"{year}-{month:02}" for year in (2024, 2025) for month in range(1, 13)]
    >>> calls = pd.Series([60.0 - n + n % 2 - (10 if n >= 12 else 0) for n in range(24)], months)
    >>> interrupted_series(calls, "2025-01", season="none", unit="calls")
    level change -10.3 calls (-11.2 to -9.3); trend change 0.0 calls a month (-0.1 to 0.1)
    """
    if modeled:
        raise PlaybookError(
            MODELED,
            fix="Use counts: visits, calls or cases, month by month. Or ask people before and "
            "after, here and where nothing was done.",
        )
    value = numbers_of(values, "a month")
    first = _position(values, start)
    _check_enough(first, len(value) - first, season)
    design = seasonal_design(len(value), season, first)
    coefficients, errors = _fit(design, value, lags)
    after = np.arange(len(value)) >= first
    expected = design.copy()
    expected[:, 2:4] = 0
    table = pd.DataFrame(
        {
            "value": value,
            "fitted": design @ coefficients,
            "without": np.where(after, expected @ coefficients, np.nan),
        },
        index=values.index,
    )
    reach = student_reach(len(value) - design.shape[1]) * errors
    a_month = f"{unit} a month".strip()
    level, before, change = (
        Estimate(
            float(coefficients[one]),
            float(coefficients[one] - reach[one]),
            float(coefficients[one] + reach[one]),
            one_unit,
            measure,
        )
        for one, one_unit, measure in (
            (2, unit, "change of level"),
            (1, a_month, "trend before"),
            (3, a_month, "change of trend"),
        )
    )
    return Interruption(level, before, change, table)


def level_changes(
    table: pd.DataFrame, start: str, season: Season = "harmonic", lags: int | None = None
) -> pd.DataFrame:
    """Measure the change of level of many series at once, to see how many change by luck.

    Parameters
    ----------
    table
        One row a month, in order, one column a series, none missing.
    start, season, lags
        As in `interrupted_series`.

    Returns
    -------
    pandas.DataFrame
        One row a series: ``change``, ``low``, ``high`` (95 percent) and ``alarm`` (the range leaves
        out 0). Of series in which nothing changed, about 5 in 100 sound an alarm.

    Raises
    ------
    PlaybookError
        As `interrupted_series`.

    Examples
    --------
    >>> months = [f"{year}-{month:02}" for year in (2024, 2025) for month in range(1, 13)]
    >>> calls = {name: [60.0 - n + n % 2 - jump * (n >= 12) for n in range(24)]
    ...          for name, jump in {"Hill": 0, "Mill": 10}.items()}
    >>> level_changes(pd.DataFrame(calls, months), "2025-01", season="none").round(1)
          change   low  high  alarm
    Hill    -0.3  -1.2   0.7  False
    Mill   -10.3 -11.2  -9.3   True
    """
    value = numbers_of(table.to_numpy(), "a month").reshape(table.shape)
    first = _position(table, start)
    _check_enough(first, len(value) - first, season)
    design = seasonal_design(len(value), season, first)
    coefficients, errors = _fit(design, value, lags)
    reach = student_reach(len(value) - design.shape[1]) * errors[2]
    low, high = coefficients[2] - reach, coefficients[2] + reach
    return pd.DataFrame(
        {"change": coefficients[2], "low": low, "high": high, "alarm": (low > 0) | (high < 0)},
        index=table.columns,
    )


def before_after(values: pd.Series, start: str, unit: str = "") -> Estimate:
    """Average after less average before: the figure on most slides. It ignores trend and season.

    Parameters
    ----------
    values, start, unit
        As in `interrupted_series`.

    Returns
    -------
    Estimate
        In the unit of the values, with the range of two unlike samples (Welch). Set it beside the
        answer of `interrupted_series`, never alone.

    Raises
    ------
    PlaybookError
        When a value is missing, the month is not in the index, or fewer than eight months lie
        before or after it.

    Examples
    --------
    >>> months = [f"{year}-{month:02}" for year in (2024, 2025) for month in range(1, 13)]
    >>> calls = pd.Series([60.0 - n for n in range(24)], months)
    >>> before_after(calls, "2025-01", unit="calls")
    -12.0 calls (-15.1 to -8.9)
    """
    from scipy.stats import t

    value = numbers_of(values, "a month")
    first = _position(values, start)
    _check_enough(first, len(value) - first, "none")
    parts = value[:first], value[first:]
    variances = [part.var(ddof=1) / len(part) for part in parts]
    total = sum(variances)
    apart = float(parts[1].mean() - parts[0].mean())
    if total == 0:
        return Estimate(apart, apart, apart, unit, "average after less average before")
    freedom = total**2 / sum(
        one**2 / (len(part) - 1) for one, part in zip(variances, parts, strict=True)
    )
    reach = float(t.ppf((1 + LEVEL) / 2, freedom)) * float(np.sqrt(total))
    return Estimate(apart, apart - reach, apart + reach, unit, "average after less average before")


def _fit(design: Numbers, value: Numbers, lags: int | None) -> tuple[Numbers, Numbers]:
    """Fit one series, or one a column: coefficients and their standard errors, one row each."""
    months, columns = design.shape
    inverse = np.linalg.inv(design.T @ design)
    coefficients = inverse @ design.T @ value
    residuals = value - design @ coefficients
    if lags is None:
        lags = int(4 * (months / 100) ** (2 / 9))
    robust = newey_west_variances(design, residuals, lags)
    plain = np.multiply.outer(np.diag(inverse), (residuals**2).sum(axis=0) / (months - columns))
    return coefficients, np.sqrt(np.maximum(robust, plain))


def _position(values: pd.Series | pd.DataFrame, start: str) -> int:
    if values.empty:
        raise PlaybookError(
            "There are no months in this series.",
            fix="Check the name of the count and of the district, letter by letter.",
        )
    if start not in values.index:
        raise PlaybookError(
            f"The month {start} is not in this series. It runs from {values.index[0]} to "
            f"{values.index[-1]}.",
            fix='Write the month as the table does, such as "2022-05".',
        )
    return int(np.flatnonzero(values.index == start)[0])


def _check_enough(before: int, after: int, season: Season) -> None:
    need = FEWEST[season]
    if min(before, after) < need:
        raise PlaybookError(
            f"There are {before} months before and {after} after: too few to tell.",
            fix=f"I need {need} on each side. Wait, or show the months and claim nothing.",
        )
