"""Where a yearly figure goes if nothing changes, and whether the curve has turned."""

from __future__ import annotations

import math
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from playbook.errors import PlaybookError
from playbook.estimate import Estimate

Numbers = npt.NDArray[np.float64]
Turn = Literal["turned", "got worse", "can't tell"]

# Through fewer points a line fits too well to say how far the next one may lie from it.
FEWEST_YEARS = 4
LEVEL = 0.80
DRIFT_YEARS = 3
SHORTEST_LABEL = 1_000  # whoever writes 5 for a year means the position in a list


def forecast(values: pd.Series, year: int, level: float = LEVEL) -> Estimate:
    """Follow the straight line through all years, with the range a new year's figure may lie in.

    Parameters
    ----------
    values
        One figure a year; the index holds the years, in any order.
    year
        Year to look ahead to: after the last one.
    level
        How often the range holds a new year's figure, if the line goes on.

    Returns
    -------
    Estimate
        Not known from fewer than four years.

    Raises
    ------
    PlaybookError
        When a figure is missing, a year is there twice, or `year` is not after the last one.

    Notes
    -----
    Least squares with a prediction interval from Student's t: Draper NR, Smith H (1998), Applied
    Regression Analysis, 3rd ed. It takes each year's distance from the line to be
    chance; where bad years follow bad years, the true range is wider.

    Examples
    --------
    >>> deaths = pd.Series([300.0, 312, 318, 331, 339], index=range(2021, 2026))
    >>> forecast(deaths, 2028)
    368.5 (363.0 to 374.0)
    """
    row = forecast_years(values, [year], level).iloc[0]
    note = "" if len(values) >= FEWEST_YEARS else _too_few(len(values))
    return Estimate(row["forecast"], row["low"], row["high"], note=note, level=level)


def forecast_years(values: pd.Series, years: npt.ArrayLike, level: float = LEVEL) -> pd.DataFrame:
    """Give the same forecast for several years, as a chart needs it.

    Parameters
    ----------
    values
        One figure a year; the index holds the years, in any order.
    years
        Years to look ahead to: after the last one.
    level
        How often the range holds a new year's figure, if the line goes on.

    Returns
    -------
    pandas.DataFrame
        One row a year: ``year``, ``forecast``, ``low``, ``high``. Missing where too few years are
        known.

    Raises
    ------
    PlaybookError
        As `forecast`; or when the level is not between 0 and 1.

    Examples
    --------
    >>> deaths = pd.Series([300.0, 312, 318, 331, 339], index=range(2021, 2026))
    >>> forecast_years(deaths, [2026, 2028]).round(1)
       year  forecast    low   high
    0  2026     349.1  345.0  353.2
    1  2028     368.5  363.0  374.0
    """
    known, figures = _series(values)
    ahead = _ahead(years, known)
    if not 0 < level < 1:
        raise PlaybookError(
            f"A level of {level:g} is not between 0 and 1.",
            fix="Write 0.8 for a range that holds four years out of five.",
        )
    table = pd.DataFrame({"year": ahead.astype(np.int64)})
    if len(known) < FEWEST_YEARS:
        return table.assign(forecast=math.nan, low=math.nan, high=math.nan)
    middle = known.mean()
    spread = ((known - middle) ** 2).sum()
    slope = ((known - middle) * figures).sum() / spread
    line = figures.mean() + slope * (ahead - middle)
    off = figures - figures.mean() - slope * (known - middle)
    error = math.sqrt((off**2).sum() / (len(known) - 2))
    reach = error * np.sqrt(1 + 1 / len(known) + (ahead - middle) ** 2 / spread)
    reach = _student_quantile((1 + level) / 2, len(known) - 2) * reach
    return table.assign(forecast=line, low=line - reach, high=line + reach)


def recent_drift(values: pd.Series, year: int, years: int = DRIFT_YEARS) -> Estimate:
    """Carry on the change of the last few years. A trap: it follows their luck.

    Parameters
    ----------
    values
        One figure a year; the index holds the years, in any order.
    year
        Year to look ahead to: after the last one.
    years
        How many of the last years to look at: two or more.

    Returns
    -------
    Estimate
        Without a range: two or three years can't give one. Not known when there are fewer years.

    Raises
    ------
    PlaybookError
        As `forecast`; or when fewer than two years are asked for.

    Examples
    --------
    >>> deaths = pd.Series([300.0, 312, 318, 331, 339], index=range(2021, 2026))
    >>> recent_drift(deaths, 2028)
    370.5
    """
    known, figures = _series(values)
    ahead = _ahead([year], known)[0]
    if years < 2:
        raise PlaybookError(
            f"A change needs two years or more; I found {years}.", fix="Write years=3."
        )
    if len(known) < years:
        return Estimate(math.nan, math.nan, math.nan, note=_too_few(len(known)))
    change = (figures[-1] - figures[-years]) / (known[-1] - known[-years])
    carried = figures[-1] + change * (ahead - known[-1])
    note = f"the last {years} years only: one odd year bends it"
    return Estimate(float(carried), math.nan, math.nan, note=note)


def turned(observed: float, expected: Estimate, better: Literal["lower", "higher"]) -> Turn:
    """Say whether a new figure lies outside what one had to expect if nothing changed.

    Parameters
    ----------
    observed
        The new year's figure.
    expected
        The forecast for that year, with its range.
    better
        Whether a lower or a higher figure is better for residents.

    Returns
    -------
    str
        ``"turned"`` when it lies beyond the range on the good side, ``"got worse"`` when on the
        bad side, ``"can't tell"`` when inside, or when nothing was known.

    Raises
    ------
    PlaybookError
        When `better` is another word, or the figure is missing.

    Examples
    --------
    >>> expected = Estimate(368.5, 363.0, 374.0)
    >>> [turned(deaths, expected, "lower") for deaths in (350, 364, 390)]
    ['turned', "can't tell", 'got worse']
    """
    if better not in ("lower", "higher"):
        raise PlaybookError(
            f'I don\'t know which way is better: "{better}".', fix='Write "lower" or "higher".'
        )
    if not math.isfinite(observed):
        raise PlaybookError(
            f"The new figure is {observed}.", fix="Wait for the figure, or take an earlier year."
        )
    below, above = observed < expected.low, observed > expected.high
    if not (below or above):
        return "can't tell"
    return "turned" if below == (better == "lower") else "got worse"


def gap_in_people(now: Estimate, target: float, people: float, per: float = 100_000) -> Estimate:
    """How many people a year lie between a rate and a target.

    Parameters
    ----------
    now
        The rate, with its range.
    target
        The rate to reach, in the same unit.
    people
        How many people the rate is for. Above 0.
    per
        Number of people that the rate is given for; 100 for a percent.

    Returns
    -------
    Estimate
        In people a year. Negative when the target is above.

    Raises
    ------
    PlaybookError
        When a number is missing, or `people` or `per` is not above 0.

    Examples
    --------
    >>> gap_in_people(Estimate(370.0, 330.0, 412.0), target=300, people=60_000)
    42 people a year (18 to 67)
    """
    for name, number in {"target": target, "people": people, "per": per}.items():
        if not math.isfinite(number) or (name != "target" and number <= 0):
            raise PlaybookError(
                f"I need a number for {name}{'' if name == 'target' else ' above 0'}; I found "
                f"{number:g}.",
                fix="Give the target in the rate's unit, and the people it is for.",
            )
    value, low, high = ((one - target) * people / per for one in (now.value, now.low, now.high))
    return Estimate(
        value, low, high, "people a year", measure="gap to the target", note=now.note, decimals=0
    )


def _series(values: pd.Series) -> tuple[Numbers, Numbers]:
    """Give years and figures, oldest first, checked."""
    years = pd.to_numeric(pd.Series(values.index), errors="coerce").to_numpy(dtype=float)
    figures = pd.to_numeric(values, errors="coerce").to_numpy(dtype=float)
    if not (years >= SHORTEST_LABEL).all():
        raise PlaybookError(
            "The index of a series holds its years; here it holds something else.",
            fix='Set it: table.set_index("year")["value"].',
        )
    if len(np.unique(years)) < len(years):
        twice = pd.Series(years)[pd.Series(years).duplicated()].iloc[0]
        raise PlaybookError(
            f"The year {twice:.0f} is there twice.",
            fix="Keep one indicator, and one figure a year.",
        )
    if not np.isfinite(figures).all():
        empty = years[~np.isfinite(figures)][0]
        raise PlaybookError(
            f"There is no figure for {empty:.0f}.", fix="Leave that year out, and say so."
        )
    order = np.argsort(years)
    return years[order], figures[order]


def _ahead(years: npt.ArrayLike, known: Numbers) -> Numbers:
    ahead = np.atleast_1d(np.asarray(years, dtype=float))
    if len(known) and (ahead <= known[-1]).any():
        raise PlaybookError(
            f"A forecast looks ahead: {ahead.min():.0f} is not after {known[-1]:.0f}.",
            fix="Take a later year, or leave later years out of the series.",
        )
    return ahead


def _too_few(years: int) -> str:
    return f"too few to tell: {years} years, at least {FEWEST_YEARS} are needed"


def _student_quantile(share: float, freedom: int) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(freedom, share))
