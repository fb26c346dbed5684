"""Heat, shade and trees: how the fifths of neighborhoods differ, and who gets the trees."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import pandas as pd

from playbook.city.tables import City
from playbook.estimate import Estimate
from playbook.insights.poverty_fifths import FIFTHS, poverty_fifths
from playbook.measures.heat_scores import canopy_goal, heat_vulnerability
from playbook.measures.rates import difference, proportion, rate, ratio

LOWEST, HIGHEST = FIFTHS[0], FIFTHS[-1]
# An average of fewer neighborhoods says more about one of them than about the fifth.
FEWEST_PLACES = 5
FEWEST_TREES = 50
FEWEST_CALLS = 10
PER = 10_000
MOST_DANGER, LEAST_DANGER = 5, 1


@cache
def places(city: City) -> pd.DataFrame:
    """Give one row a neighborhood: heat, trees, residents, income and poverty fifth.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> len(places(load_city()))
    64
    """
    profile = city["acs_profile"]
    latest = profile[profile["year"] == profile["year"].max()]
    table = city["heat"].merge(
        city["neighborhoods"][["neighborhood_id", "population", "area_km2"]], on="neighborhood_id"
    )
    table = table.merge(latest[["neighborhood_id", "median_income"]], on="neighborhood_id")
    table["group"] = poverty_fifths(city, table["neighborhood_id"])
    return table.set_index("neighborhood_id")


def enough_places(city: City) -> bool:
    """Say whether both outer fifths have enough neighborhoods for an average."""
    sizes = places(city)["group"].value_counts()
    return bool(min(sizes[LOWEST], sizes[HIGHEST]) >= FEWEST_PLACES)


def fifth_average(city: City, column: str, group: str, unit: str) -> Estimate:
    """Average of the neighborhoods of one fifth, with a 95 percent range.

    Parameters
    ----------
    city
        A city with the table `heat`.
    column
        Column of `places`.
    group
        One of the fifths.
    unit
        Unit of the column.

    Returns
    -------
    Estimate
        The range says how far another dozen neighborhoods of such a kind might differ.
    """
    from scipy.stats import t

    table = places(city)
    values = table.loc[table["group"] == group, column].to_numpy(dtype=float)
    middle = float(values.mean())
    error = float(values.std(ddof=1)) / math.sqrt(len(values))
    reach = float(t.ppf(0.975, len(values) - 1)) * error
    return Estimate(middle, middle - reach, middle + reach, unit)


def fifths_apart(city: City, column: str, unit: str) -> Estimate:
    """Average of the highest-poverty fifth less that of the lowest-poverty fifth."""
    return difference(
        fifth_average(city, column, HIGHEST, unit), fifth_average(city, column, LOWEST, unit)
    )


def share_of_trees(city: City, group: str) -> Estimate | None:
    """Share of the trees planted on request that stand in one fifth. None with too few trees."""
    table = places(city)
    total = int(table["trees_planted"].sum())
    if total < FEWEST_TREES:
        return None
    return proportion(int(table.loc[table["group"] == group, "trees_planted"].sum()), total)


def share_of_missing_shade(city: City, group: str) -> float:
    """Share of the city's missing canopy that is missing in one fifth, in percent.

    The goal is that of a city in a forest region, by how densely people live (edition of 2021 of
    the Tree Equity Score). NaN when no canopy is missing.
    """
    table = places(city)
    goal = canopy_goal(table["population"] / table["area_km2"])
    missing = (goal - table["canopy_pct"]).clip(lower=0) * table["area_km2"]
    if missing.sum() == 0:
        return math.nan
    return 100 * float(missing[table["group"] == group].sum() / missing.sum())


@cache
def danger(city: City) -> pd.DataFrame:
    """Sort the neighborhoods by how dangerous a hot day is: score and fifth."""
    table = places(city)
    return heat_vulnerability(
        table["surface_temp_c"],
        table["canopy_pct"],
        table["air_conditioning_pct"],
        table["median_income"],
    )


def calls_ratio(city: City) -> Estimate | None:
    """Heat calls per resident: the most dangerous fifth over the least. None with too few."""
    table, fifth = places(city), danger(city)["fifth"]
    rates = []
    for one in (MOST_DANGER, LEAST_DANGER):
        rows = table[np.asarray(fifth == one)]
        calls, people = int(rows["ems_heat_calls"].sum()), int(rows["population"].sum())
        if calls < FEWEST_CALLS:
            return None
        rates.append(rate(calls, people, per=PER))
    return ratio(*rates)
