"""The scorecard and the headline curve of lesson 1.1, as tables for charts."""

from __future__ import annotations

import math

import pandas as pd

from playbook.city.tables import City
from playbook.insights.curve_promise import rate_of_years
from playbook.insights.headline_curve import (
    PERIOD_YEARS,
    SCORES,
    TABLES,
    forecasts_a_year_apart,
    headline_curve,
    scorecard,
    screened_indicators,
)
from playbook.insights.stand_in import on_tables
from playbook.measures.forecast import forecast_years

QUESTIONS = {
    "how much": "How much did we do?",
    "how well": "How well did we do it?",
    "better off": "Is anyone better off?",
}
ALL_MEASURES = "All measures"
EACH_YEAR, THREE_YEARS = "Each year", "Three-year rate"
AHEAD = "So far, then if nothing changes"
ALL_YEARS, LAST_YEARS = "All years", "Last three years"


@on_tables(*TABLES, "indicators.target")
def scorecard_by_question(city: City) -> pd.DataFrame:
    """Count the performance measures, and the green ones, by the question that they answer.

    Parameters
    ----------
    city
        A city with the tables `indicators` and `indicator_series`.

    Returns
    -------
    pandas.DataFrame
        Four rows, the last one for all: ``question``, ``measures``, ``always_green`` (on target in
        each of the last four years) and ``not_green``.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> scorecard_by_question(load_city())[["question", "measures"]]
                     question  measures
    0     How much did we do?        16
    1  How well did we do it?        13
    2   Is anyone better off?         5
    3            All measures        34
    """
    table = scorecard(city)
    counts = table.groupby("kind")["green"].agg(["size", "sum"]).reindex(list(QUESTIONS))
    counts = counts.fillna(0).astype("int64")
    counts.loc["all"] = counts.sum()
    return pd.DataFrame(
        {
            "question": [*QUESTIONS.values(), ALL_MEASURES],
            "measures": counts["size"].to_numpy(),
            "always_green": counts["sum"].to_numpy(),
            "not_green": (counts["size"] - counts["sum"]).to_numpy(),
        }
    )


def curve_words(city: City) -> dict[str, str]:
    """Name the headline indicator and its unit, for a chart.

    Parameters
    ----------
    city
        A city with the tables `indicators` and `indicator_series`.

    Returns
    -------
    dict
        ``unit`` and ``note``; both empty where there is no headline to follow.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> curve_words(load_city())["unit"]
    'per 100,000'
    """
    curve = headline_curve(city)
    if curve is None:
        return {"unit": "", "note": ""}
    return {"unit": curve.unit, "note": f"{curve.name}."}


def curve_so_far(city: City) -> pd.DataFrame:
    """Put the headline's yearly rates beside those of three years together.

    Parameters
    ----------
    city
        A city with the tables `indicators` and `indicator_series`.

    Returns
    -------
    pandas.DataFrame
        ``year``, ``line`` (each year, or that year and the two before), ``rate``, and the range of
        three years, ``low`` to ``high``. Rates are missing where there is no headline to follow.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> curve_so_far(load_city()).round(1).tail(2)[["year", "line", "rate"]]
        year              line   rate
    16  2024  Three-year rate  351.6
    17  2025  Three-year rate  361.1
    """
    curve = headline_curve(city)
    if curve is None:
        return _unknown(city, EACH_YEAR, "rate")
    rows = [(year, EACH_YEAR, value, math.nan, math.nan) for year, value in curve.values.items()]
    years = curve.table["year"].tolist()
    for end in range(PERIOD_YEARS, len(years) + 1):
        one = rate_of_years(curve, end - PERIOD_YEARS, end)
        rows.append((years[end - 1], THREE_YEARS, one.value, one.low, one.high))
    return pd.DataFrame(rows, columns=["year", "line", "rate", "low", "high"])


def curve_ahead(city: City) -> pd.DataFrame:
    """Carry the line through all years of the headline on, with its range of four years in five.

    Parameters
    ----------
    city
        A city with the tables `indicators` and `indicator_series`.

    Returns
    -------
    pandas.DataFrame
        ``year``, ``line``, ``rate``, and for the years ahead ``low`` and ``high``: where the figure
        of a new year lies four times in five.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> curve_ahead(load_city()).round(0).tail(1)[["year", "rate", "low", "high"]]
        year   rate    low   high
    12  2028  419.0  367.0  472.0
    """
    curve = headline_curve(city)
    if curve is None:
        return _unknown(city, AHEAD, "rate")
    ahead = range(curve.last_year + 1, curve.target_year + 1)
    expected = forecast_years(curve.values, list(ahead)).rename(columns={"forecast": "rate"})
    known = curve.values.rename("rate").rename_axis("year").reset_index()
    both = pd.concat([known, expected], ignore_index=True).assign(line=AHEAD)
    return both[["year", "line", "rate", "low", "high"]]


@on_tables(*SCORES)
def headline_screen(city: City) -> pd.DataFrame:
    """Show the points of each indicator about the whole population, the most points first.

    Parameters
    ----------
    city
        A city with the table `indicators`.

    Returns
    -------
    pandas.DataFrame
        ``indicator``, ``communication``, ``proxy``, ``data``, ``points`` and ``use``; one row that
        says so where there is none.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> headline_screen(load_city())[["points", "use"]].head(2)
       points        use
    0       9   headline
    1       8  secondary
    """
    table = screened_indicators(city).rename(columns={"name": "indicator"}).reset_index(drop=True)
    if table.empty:
        return pd.DataFrame({"indicator": ["no number about residents yet"]})
    return table


def forecasts_compared(city: City) -> pd.DataFrame:
    """Set two forecasts of the same year side by side, made again with each new year's figure.

    Parameters
    ----------
    city
        A city with the tables `indicators` and `indicator_series`.

    Returns
    -------
    pandas.DataFrame
        ``known_until``, ``follows`` (all years, or the last three years) and ``forecast``.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> forecasts_compared(load_city()).round(0).tail(2)
       known_until           follows  forecast
    6         2024  Last three years     380.0
    7         2025  Last three years     548.0
    """
    curve = headline_curve(city)
    if curve is None:
        unknown = _unknown(city, ALL_YEARS, "forecast").drop(columns=["low", "high"])
        return unknown.rename(columns={"year": "known_until", "line": "follows"})
    made = forecasts_a_year_apart(curve).rename(columns={"line": ALL_YEARS, "drift": LAST_YEARS})
    return made.melt("known_until", var_name="follows", value_name="forecast")


def _unknown(city: City, line: str, value: str) -> pd.DataFrame:
    """Rows without a value, so that a chart can say so."""
    known = all(table in city for table in TABLES)
    years = sorted(set(city["indicator_series"]["year"])) if known else []
    rows = [(year, line, math.nan, math.nan, math.nan) for year in years]
    return pd.DataFrame(rows, columns=["year", "line", value, "low", "high"])
