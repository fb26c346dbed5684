"""Tables of deaths by district and age, and what a reader can work out of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import pandas as pd

from playbook.city.tables import City
from playbook.insights.small_counts import hidden_counts
from playbook.insights.stand_in import on_tables
from playbook.measures.anonymity import k_anonymity, people_alike
from playbook.measures.disclosure import Years, hide_small, recover, recover_from_years
from playbook.measures.suppression import Suppressed, suppress

TABLES = ("deaths", "neighborhoods", "neighborhoods.district")
# Four wide age groups, as a city would print them.
AGE_BANDS = {
    "Under 1": "Under 25",
    "1-4": "Under 25",
    "5-14": "Under 25",
    "15-24": "Under 25",
    "25-34": "25 to 44",
    "35-44": "25 to 44",
    "45-54": "45 to 64",
    "55-64": "45 to 64",
    "65-74": "65 and older",
    "75-84": "65 and older",
    "85 and older": "65 and older",
}
ROLLING_YEARS = 3
# Two rolling tables that overlap take one year more than one.
YEARS_PRINTED = ROLLING_YEARS + 1
# What a row without a name would still tell.
ROW_TELLS = ("neighborhood_id", "year", "age_group", "cause")


@dataclass(frozen=True)
class Leak:
    """How much of a table can be worked out.

    Parameters
    ----------
    counts
        Counts that the tables print, totals left out.
    hidden
        How many of them are hidden.
    recovered
        How many of the hidden ones can be worked out exactly.
    """

    counts: int
    hidden: int
    recovered: int


@cache
def _banded(city: City) -> pd.DataFrame:
    deaths = city["deaths"]
    district = city["neighborhoods"].set_index("neighborhood_id")["district"]
    return deaths.assign(
        district=deaths["neighborhood_id"].map(district),
        age=deaths["age_group"].map(AGE_BANDS),
    )


def last_years(city: City) -> tuple[int, ...]:
    """Return the last four years of deaths, or as many as there are."""
    years = sorted(int(year) for year in city["deaths"]["year"].unique())
    return tuple(years[-YEARS_PRINTED:])


@on_tables(*TABLES)
def deaths_by_district_and_age(city: City, years: Years = ()) -> pd.DataFrame:
    """Count deaths by district and four age groups.

    Parameters
    ----------
    city
        A city with the tables `deaths` and `neighborhoods`.
    years
        Years to add up; the last one when left out.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> deaths_by_district_and_age(load_city()).shape
    (8, 4)
    """
    chosen = years or last_years(city)[-1:]
    rows = _banded(city)
    rows = rows[rows["year"].isin(chosen)]
    table = rows.pivot_table(
        index="district", columns="age", values="deaths", aggfunc="sum", fill_value=0
    )
    bands = [band for band in dict.fromkeys(AGE_BANDS.values()) if band in table.columns]
    return table[bands].rename_axis(index=None, columns=None)


def rolling_tables(
    city: City, hide: Callable[[pd.DataFrame, int], Suppressed] = suppress
) -> dict[Years, Suppressed]:
    """Print four yearly tables and the two three-year tables that they belong to.

    Parameters
    ----------
    city
        A city with the tables `deaths` and `neighborhoods`.
    hide
        How each table is protected, on its own.
    """
    years = last_years(city)
    spans = [(year,) for year in years] + [years[:ROLLING_YEARS], years[-ROLLING_YEARS:]]
    below = city.small_counts.below
    return {
        span: hide(deaths_by_district_and_age(city, span), below) for span in dict.fromkeys(spans)
    }


@cache
def naive_leak(city: City) -> Leak:
    """Last year's table with the small counts hidden and nothing else."""
    table = deaths_by_district_and_age(city)
    return _leak(table.size, recover(hide_small(table, city.small_counts.below)))


@cache
def protected_leak(city: City) -> Leak:
    """Last year's table with further counts hidden, so that none can be worked out."""
    table = deaths_by_district_and_age(city)
    return _leak(table.size, recover(suppress(table, city.small_counts.below)))


@cache
def come_back(city: City) -> dict[Years, pd.DataFrame]:
    """Attack each protected yearly table with the help of all the others, as `recover` does."""
    published = rolling_tables(city)
    return {span: recover_from_years(published, span) for span in published if len(span) == 1}


@cache
def rolling_leak(city: City) -> Leak:
    """Four yearly tables, each protected, read side by side with two three-year tables."""
    parts = [
        _leak(deaths_by_district_and_age(city, span).size, found)
        for span, found in come_back(city).items()
    ]
    return Leak(*(sum(getattr(part, name) for part in parts) for name in Leak.__annotations__))


def _leak(counts: int, found: pd.DataFrame) -> Leak:
    return Leak(counts, len(found), int(found["recovered"].sum()))


def smallest_group(city: City) -> int:
    """How many deaths the least common mix of place, year, age and cause has."""
    return k_anonymity(city["deaths"], ROW_TELLS, counts="deaths")


@on_tables("deaths")
def deaths_alike(city: City) -> pd.DataFrame:
    """Count deaths by how many others a row without a name would describe.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> deaths_alike(load_city()).columns.tolist()
    ['alike', 'people', 'percent']
    """
    table = people_alike(city["deaths"], ROW_TELLS, counts="deaths")
    if city.fictional:
        return table
    hidden = hidden_counts(city, table[["people"]], totals="columns")["people"].to_numpy()
    return table.assign(people=table["people"].mask(hidden), percent=table["percent"].mask(hidden))


@on_tables(*TABLES)
def deaths_draft(city: City) -> Suppressed:
    """Give the draft of lesson 1.2: the small counts of last year's deaths hidden, and no others.

    Parameters
    ----------
    city
        A city with the tables `deaths` and `neighborhoods`. In a real one the draft has no totals:
        they would give real counts of real people back.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> deaths_draft(load_city()).table.shape
    (9, 5)
    """
    table, below = deaths_by_district_and_age(city), city.small_counts.below
    return hide_small(table, below) if city.fictional else suppress(table, below, totals="none")
