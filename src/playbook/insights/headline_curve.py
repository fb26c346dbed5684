"""What the scorecard says, and what the headline curve does meanwhile."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import pandas as pd

from playbook.city.tables import City
from playbook.estimate import Estimate
from playbook.insights.stand_in import lacks
from playbook.measures.forecast import forecast, gap_in_people, recent_drift
from playbook.measures.indicator_screen import screen_indicators
from playbook.measures.rates import difference, proportion, rate, ratio

TABLES = ("indicators", "indicator_series")
# Points by which indicators are screened; a city that has not given any follows its longest series.
SCORES = ("indicators.communication", "indicators.proxy", "indicators.data_power")
SERIES = ["indicator_id", "year", "value", "numerator", "denominator"]
GREEN_YEARS = 4
# One year jumps by chance; three together jump less.
PERIOD_YEARS = 3
# From fewer years there are no two periods to compare, and no line to follow.
FEWEST_YEARS = 2 * PERIOD_YEARS
YEARS_AHEAD = 3
# Forecasts made a year apart, that one year's luck may push about.
VINTAGES = 4
PER = {"percent": 100, "per 1,000": 1_000, "per 10,000": 10_000, "per 100,000": 100_000}


@dataclass(frozen=True, eq=False)
class Curve:
    """The headline indicator, year by year.

    Parameters
    ----------
    name, unit, direction
        As in the table `indicators`.
    table
        ``year``, ``value``, ``numerator`` and ``denominator``, oldest year first.
    """

    name: str
    unit: str
    direction: str
    table: pd.DataFrame

    @property
    def values(self) -> pd.Series:
        """The value of each year, by year."""
        return self.table.set_index("year")["value"]

    @property
    def last_year(self) -> int:
        """The last year of the series."""
        return int(self.table["year"].iloc[-1])

    @property
    def target_year(self) -> int:
        """The year that forecasts look to."""
        return self.last_year + YEARS_AHEAD


def scorecard(city: City) -> pd.DataFrame:
    """Say for each performance measure whether it met its target in the last four years.

    Parameters
    ----------
    city
        A city with the tables `indicators` and `indicator_series`.

    Returns
    -------
    pandas.DataFrame
        ``name``, ``department``, ``kind``, ``unit``, ``target``, ``value`` (of the last year),
        ``green_years`` (of the last four) and ``green`` (all of them).

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> scorecard(load_city()).columns.tolist()[-3:]
    ['value', 'green_years', 'green']
    """
    return _scorecard(city).copy()


@cache
def _scorecard(city: City) -> pd.DataFrame:
    measures = city["indicators"].query("level == 'performance'").dropna(subset="target")
    series = city["indicator_series"].merge(measures, on="indicator_id")
    series = series[series["year"] > series["year"].max() - GREEN_YEARS]
    higher = series["direction"] == "higher"
    series["met"] = (higher & (series["value"] >= series["target"])) | (
        ~higher & (series["value"] <= series["target"])
    )
    series = series.sort_values(["indicator_id", "year"])
    found = series.groupby("indicator_id").agg(
        value=("value", "last"), green_years=("met", "sum"), years=("met", "size")
    )
    table = measures.set_index("indicator_id").join(found, how="inner").reset_index(drop=True)
    table["green"] = (table["green_years"] == table["years"]) & (table["years"] == GREEN_YEARS)
    names = ["name", "department", "kind", "unit", "target", "value", "green_years", "green"]
    return table.reindex(columns=names)


def screened_indicators(city: City) -> pd.DataFrame:
    """Screen the indicators about the whole population, the most points first.

    Parameters
    ----------
    city
        A city with the table `indicators`.

    Returns
    -------
    pandas.DataFrame
        ``name``, ``communication``, ``proxy``, ``data``, ``points`` and ``use``, indexed by
        indicator code.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> screened_indicators(load_city()).columns.tolist()[-2:]
    ['points', 'use']
    """
    population = city["indicators"].query("level == 'population'").set_index("indicator_id")
    names = ["name", "communication", "proxy", "data_power"]
    return screen_indicators(population[names].rename(columns={"data_power": "data"}))


@cache
def headline_curve(city: City) -> Curve | None:
    """Return the indicator that the screen puts first; None where there is none to follow."""
    chosen = headline_indicator(city)
    if not chosen or "indicator_series.denominator" not in city:
        return None
    one = city["indicators"].set_index("indicator_id").loc[chosen]
    counted = _counted(city).query("indicator_id == @chosen").sort_values("year")
    if one["unit"] not in PER or len(counted) < FEWEST_YEARS:
        return None
    words = {name: str(one[name]) for name in ("name", "unit", "direction")}
    return Curve(**words, table=counted.reset_index(drop=True))


def headline_indicator(city: City) -> str:
    """Code of the indicator that the screen puts first; ``""`` where there is none.

    Where a city has given no points, the indicator about residents with the most years.
    """
    if lacks(city, TABLES):
        return ""
    if not lacks(city, SCORES):
        return str(next(iter(screened_indicators(city).index), ""))
    residents = city["indicators"].query("level == 'population'")
    rated = residents.loc[residents["unit"].isin(PER), "indicator_id"]
    years = _counted(city)["indicator_id"].value_counts().reindex(rated, fill_value=0)
    return str(years.idxmax()) if len(years) else ""


def _counted(city: City) -> pd.DataFrame:
    series = city["indicator_series"].reindex(columns=SERIES)
    return series.dropna(subset=["numerator", "denominator"])


def period_rates(curve: Curve) -> tuple[Estimate, Estimate]:
    """Rate of the first and of the last three years, each with its range."""
    first, last = curve.table.head(PERIOD_YEARS), curve.table.tail(PERIOD_YEARS)
    return _rate(curve, first), _rate(curve, last)


def _rate(curve: Curve, rows: pd.DataFrame) -> Estimate:
    events, people = (float(rows[name].sum()) for name in ("numerator", "denominator"))
    if curve.unit == "percent":
        return proportion(events, people)
    return rate(events, people, per=PER[curve.unit])


def period_words(curve: Curve) -> tuple[str, str]:
    """First and last three years, such as ``("2016 to 2018", "2023 to 2025")``."""
    years = curve.table["year"]
    return (
        f"{years.iloc[0]} to {years.iloc[PERIOD_YEARS - 1]}",
        f"{years.iloc[-PERIOD_YEARS]} to {years.iloc[-1]}",
    )


def change_in_percent(curve: Curve) -> Estimate:
    """How much more, in percent, the last three years have than the first three."""
    first, last = period_rates(curve)
    if first.value == 0:
        return Estimate(math.nan, math.nan, math.nan, unit="percent", measure="change", decimals=0)
    times = ratio(last, first)
    value, low, high = (100 * (one - 1) for one in (times.value, times.low, times.high))
    return Estimate(value, low, high, unit="percent", measure="change", decimals=0)


def people_to_baseline(curve: Curve) -> Estimate:
    """How many people a year lie between the last three years' rate and the first three's."""
    first, last = period_rates(curve)
    worse = difference(last, first) if curve.direction == "lower" else difference(first, last)
    people = float(curve.table["denominator"].tail(PERIOD_YEARS).mean())
    return gap_in_people(worse, target=0, people=people, per=PER[curve.unit])


def curve_forecast(curve: Curve) -> Estimate:
    """Where the line through all years leads, three years ahead."""
    found = forecast(curve.values, curve.target_year)
    return Estimate(
        found.value, found.low, found.high, curve.unit, "forecast", found.note, level=found.level
    )


def forecasts_a_year_apart(curve: Curve) -> pd.DataFrame:
    """Make the forecast for one and the same year again with each new year's figure.

    Returns
    -------
    pandas.DataFrame
        ``known_until``, ``line`` (through all years) and ``drift`` (the last three years carried
        on), for the last four years.
    """
    rows = []
    for end in range(curve.last_year - VINTAGES + 1, curve.last_year + 1):
        known = curve.values[curve.values.index <= end]
        line = forecast(known, curve.target_year).value
        rows.append((end, line, recent_drift(known, curve.target_year).value))
    return pd.DataFrame(rows, columns=["known_until", "line", "drift"])
