"""How long people live in each neighborhood, how sure that is, and what a ranking is worth."""

from __future__ import annotations

import math
from functools import cache

import pandas as pd

from playbook.city.tables import City
from playbook.estimate import Estimate
from playbook.insights.place_names import place_names
from playbook.insights.stand_in import on_tables
from playbook.measures.intervals import normal_quantile
from playbook.measures.ranks import rank_intervals
from playbook.measures.rates import difference
from playbook.measures.reliability import funnel_limits, shrink

# With fewer places than this, "a quarter of the list" stands for nothing.
FEWEST_PLACES = 8
RECORD_YEARS = 6  # both USALEEP and Port Alder pool six years of deaths
NOT_KNOWN = Estimate(math.nan, math.nan, math.nan, unit="years", better="higher")
SURE, LIKELY, CANNOT_TELL = (
    "Surely in the shortest quarter",
    "Probably in the shortest quarter",
    "Can't tell",
)


@on_tables("life_expectancy")
def life_expectancies(city: City) -> pd.DataFrame:
    """Life expectancy of each neighborhood with its range and its place in the ranking.

    Parameters
    ----------
    city
        A city with the table `life_expectancy`.

    Returns
    -------
    pandas.DataFrame
        One row a neighborhood, shortest life first: ``neighborhood``, ``life_expectancy``, ``low``,
        ``high`` and ``standard_error`` in years, and ``rank`` with ``rank_low`` and ``rank_high``
        (1 is the shortest). Ranges are for 95 percent.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> life_expectancies(load_city()).columns.tolist()
    ['neighborhood', 'life_expectancy', 'low', 'high', 'standard_error', 'rank', 'rank_low',
     'rank_high']
    """
    return _lives(city).copy()


@cache
def _lives(city: City) -> pd.DataFrame:
    table = city["life_expectancy"].dropna(subset=["life_expectancy", "standard_error"])
    lives = pd.DataFrame(
        {
            "neighborhood": place_names(city, table["neighborhood_id"]),
            "life_expectancy": table["life_expectancy"],
            "standard_error": table["standard_error"],
        }
    )
    lives = lives.sort_values(["life_expectancy", "neighborhood"], ignore_index=True)
    reach = normal_quantile(0.95) * lives["standard_error"]
    if len(lives) > 1:
        ranks = rank_intervals(lives["life_expectancy"], lives["standard_error"])
    else:
        ranks = pd.DataFrame(1, index=lives.index, columns=["rank", "rank_low", "rank_high"])
    return pd.DataFrame(
        {
            "neighborhood": lives["neighborhood"],
            "life_expectancy": lives["life_expectancy"],
            "low": lives["life_expectancy"] - reach,
            "high": lives["life_expectancy"] + reach,
            "standard_error": lives["standard_error"],
            "rank": ranks["rank"],
            "rank_low": ranks["rank_low"],
            "rank_high": ranks["rank_high"],
        }
    )


def enough_places(city: City) -> bool:
    """Whether there are neighborhoods enough to speak of a ranking."""
    return len(_lives(city)) >= FEWEST_PLACES


def place_life(city: City, place: int) -> Estimate:
    """Life expectancy at one place of the ranking; 0 is the shortest, -1 the longest."""
    row = _lives(city).iloc[place]
    return Estimate(
        float(row["life_expectancy"]),
        float(row["low"]),
        float(row["high"]),
        unit="years",
        measure="life expectancy",
        better="higher",
    )


def gap_of_extremes(city: City) -> Estimate:
    """Longest less shortest life, with the range of that difference."""
    return difference(place_life(city, -1), place_life(city, 0))


def shrunken_lives(city: City) -> pd.DataFrame:
    """Pull each neighborhood toward the city's average, the unsure ones most.

    Parameters
    ----------
    city
        A city with the table `life_expectancy`.

    Returns
    -------
    pandas.DataFrame
        In the order of `life_expectancies`: ``neighborhood``, ``on_the_list``,
        ``after_borrowing``, and the range of the latter, ``low`` and ``high``, in years.
    """
    return _shrunken(city).copy()


@cache
def _shrunken(city: City) -> pd.DataFrame:
    lives = _lives(city)
    if len(lives) < 2:
        # One place has nobody to borrow from.
        alone = lives[["neighborhood", "life_expectancy", "low", "high"]]
        alone = alone.rename(columns={"life_expectancy": "on_the_list"})
        return alone.assign(after_borrowing=alone["on_the_list"])
    pulled = shrink(lives["life_expectancy"], lives["standard_error"])
    return pd.DataFrame(
        {
            "neighborhood": lives["neighborhood"],
            "on_the_list": pulled["value"],
            "after_borrowing": pulled["shrunken"],
            "low": pulled["low"],
            "high": pulled["high"],
        }
    )


def shrunken_gap(city: City) -> float:
    """Longest less shortest life after the pull toward the average, in years."""
    pulled = _shrunken(city)["after_borrowing"]
    return float(pulled.max() - pulled.min())


def three_places(city: City) -> pd.DataFrame:
    """Show the shortest life, the least sure place that could be shortest too, and the longest.

    Returns
    -------
    pandas.DataFrame
        Three rows of `life_expectancies`. Where no other place could be the shortest, the second
        row is the least sure one of the shortest quarter.
    """
    lives = _lives(city)
    if len(lives) < 3:
        return lives.copy()
    others = lives.iloc[1 : max(2, len(lives) // 4)]
    rivals = others[others["rank_low"] == 1]
    unsure = (others if rivals.empty else rivals).sort_values("standard_error").tail(1)
    return pd.concat([lives.head(1), unsure, lives.tail(1)], ignore_index=True)


def shortest_lives(city: City, count: int = 12) -> pd.DataFrame:
    """Rows of `life_expectancies` for the places with the shortest lives.

    Parameters
    ----------
    city
        A city with the table `life_expectancy`.
    count
        How many, from the shortest up.
    """
    return _lives(city).head(count).copy()


def could_be_shortest(city: City) -> int:
    """Count the neighborhoods whose rank range reaches the first place."""
    return int((_lives(city)["rank_low"] == 1).sum())


def typical_rank_range(city: City) -> Estimate:
    """Places of the ranking at which the typical (median) neighborhood could stand."""
    lives = _lives(city)
    width = (lives["rank_high"] - lives["rank_low"] + 1).median()
    return Estimate(float(width), math.nan, math.nan, unit="places", decimals=0)


def priority_groups(city: City) -> pd.DataFrame:
    """Sort neighborhoods by how surely they belong to the quarter with the shortest lives.

    Returns
    -------
    pandas.DataFrame
        ``group``, ``places`` and ``neighborhoods``: sure when the whole rank range lies in the
        shortest quarter, probable when the rank does, can't tell when only the range reaches it.
    """
    lives = _lives(city)
    quarter = len(lives) // 4
    group = pd.Series("", index=lives.index)
    group[lives["rank_low"] <= quarter] = CANNOT_TELL
    group[lives["rank"] <= quarter] = LIKELY
    group[lives["rank_high"] <= quarter] = SURE
    names = {one: lives.loc[group == one, "neighborhood"].tolist() for one in _GROUPS}
    return pd.DataFrame(
        {
            "group": _GROUPS,
            "places": [len(names[one]) for one in _GROUPS],
            "neighborhoods": [", ".join(names[one]) or "none" for one in _GROUPS],
        }
    )


_GROUPS = (SURE, LIKELY, CANNOT_TELL)


def life_funnel(city: City) -> pd.DataFrame:
    """Each neighborhood beside what chance alone would allow around the city's average.

    Returns
    -------
    pandas.DataFrame
        ``neighborhood``, ``life_expectancy``, ``standard_error``, the limits of `funnel_limits`
        around the precision-weighted average, and ``outside`` (of the 95 percent limits).
    """
    lives = _lives(city)
    weights = 1 / lives["standard_error"] ** 2
    center = float((weights * lives["life_expectancy"]).sum() / weights.sum())
    limits = funnel_limits(center, lives["standard_error"])
    value = lives["life_expectancy"]
    outside = (value < limits["low_95"]) | (value > limits["high_95"])
    columns = ["neighborhood", "life_expectancy", "standard_error"]
    return pd.concat([lives[columns], limits], axis=1).assign(center=center, outside=outside)


def ranking_with_years(city: City, years: float) -> str:
    """Say what the ranking would be worth with more or fewer years of records.

    The lives stay as they are; only how sure they are changes.

    Parameters
    ----------
    city
        A city with the table `life_expectancy`.
    years
        Years of death records pooled. The table itself pools six.
    """
    if not enough_places(city):
        return "There are too few neighborhoods to rank."
    lives = _lives(city)
    errors = lives["standard_error"] * math.sqrt(RECORD_YEARS / years)
    ranks = rank_intervals(lives["life_expectancy"], errors)
    width = int((ranks["rank_high"] - ranks["rank_low"] + 1).median())
    first = int((ranks["rank_low"] == 1).sum())
    return (
        f"{first} of {len(lives)} could be the shortest; a typical one could stand at any of "
        f"{width} places"
    )
