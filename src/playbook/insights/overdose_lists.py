"""Two lists of the neighborhoods with the most overdose deaths, three years apart."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pandas as pd

from playbook.city.tables import City
from playbook.insights.place_names import place_names
from playbook.measures.presentation import reliable_rate

LONGEST_LIST = 10
PERIOD_YEARS = 3


@dataclass(frozen=True)
class OverdoseLists:
    """What two periods say of the same neighborhoods.

    Parameters
    ----------
    places
        Neighborhoods counted.
    repeats
        How many of the first period's highest rates are on the second period's list.
    few
        Neighborhoods whose rate of the second period the national rule would not show.
    first, second
        Names on the two lists, highest rate first.
    periods
        The years of each, such as ``"2020 to 2022"``.
    """

    places: int
    repeats: int
    few: int
    first: tuple[str, ...]
    second: tuple[str, ...]
    periods: tuple[str, str]


@cache
def overdose_lists(city: City) -> OverdoseLists | None:
    """Compare the ten highest rates of two periods; None when the city lacks the tables.

    Parameters
    ----------
    city
        The city that is open. It needs `deaths` over six years and `population_age`.
    """
    if "deaths" not in city or "population_age" not in city:
        return None
    deaths = city["deaths"]
    deaths = deaths[deaths["cause"] == "Overdose"]
    people = city["population_age"].groupby("neighborhood_id")["population"].sum()
    people = people[people > 0]
    last = int(deaths["year"].max()) if len(deaths) else 0
    if not last or len(people) < 2 * LONGEST_LIST:
        return None
    ends = (last - PERIOD_YEARS, last)
    counts = [_deaths_until(deaths, end).reindex(people.index, fill_value=0) for end in ends]
    lists = [_highest(city, count / people) for count in counts]
    return OverdoseLists(
        places=len(people),
        repeats=len(set(lists[0]) & set(lists[1])),
        few=sum(
            not reliable_rate(count, PERIOD_YEARS * residents).show
            for count, residents in zip(counts[1], people, strict=True)
        ),
        first=lists[0],
        second=lists[1],
        periods=(_years(ends[0]), _years(ends[1])),
    )


def _deaths_until(deaths: pd.DataFrame, end: int) -> pd.Series:
    period = deaths[deaths["year"].between(end - PERIOD_YEARS + 1, end)]
    counts: pd.Series = period.groupby("neighborhood_id")["deaths"].sum()
    return counts


def _highest(city: City, rates: pd.Series) -> tuple[str, ...]:
    ranked = rates.rename("rate").reset_index()
    ranked = ranked.sort_values(["rate", "neighborhood_id"], ascending=[False, True])
    ids = ranked["neighborhood_id"].head(LONGEST_LIST).reset_index(drop=True)
    return tuple(place_names(city, ids))


def _years(end: int) -> str:
    return f"{end - PERIOD_YEARS + 1} to {end}"
