"""Stays in shelter: who moved to a home, how soon, what the city paid, and who came back."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from playbook.city.tables import City
from playbook.measures.case_mix import shares_at_equal_mix
from playbook.measures.competing_risks import incidence_by
from playbook.measures.intervals import normal_quantile
from playbook.measures.product_limit import restricted_mean

HOME = "Permanent housing"
NIGHT = "Bed-night"
YEAR = 365
LOWER, HIGHER = "Lower", "Higher"


@dataclass(frozen=True)
class Need:
    """How people with one level of need fare within a year of coming.

    Parameters
    ----------
    people
        Their share of all who came.
    chance, chance_error
        Share that moved to a home, and its standard error.
    nights, nights_error
        Nights in shelter on average, and their standard error.
    """

    people: float
    chance: float
    chance_error: float
    nights: float
    nights_error: float


@cache
def stays(city: City) -> pd.DataFrame:
    """Give every stay with how long it lasted, or has lasted so far, and how it ended.

    Parameters
    ----------
    city
        A city with the tables `hmis_enrollments` and `contracts`.

    Returns
    -------
    pandas.DataFrame
        `hmis_enrollments` with ``provider`` (the name), ``days`` and ``ended`` (where to; missing
        while open).

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> from playbook.simulate.homeless_services import homeless_service_tables
    >>> city = load_city().with_tables(homeless_service_tables(None, {}, 7))
    >>> len(stays(city)), stays(city)["ended"].isna().sum() > 0
    (2230, np.True_)
    """
    table = city["hmis_enrollments"]
    names = city["contracts"].drop_duplicates("provider_id").set_index("provider_id")
    entry, left = pd.to_datetime(table["entry"]), pd.to_datetime(table["exit"])
    last = left.fillna(city.as_of("hmis_enrollments"))
    ended = table["destination"].fillna("Other or unknown").where(left.notna(), None)
    return table.assign(
        provider=table["provider_id"].map(names["provider_name"]).fillna(table["provider_id"]),
        days=(last - entry).dt.days,
        ended=ended.astype(object).where(left.notna(), None),
    )


@cache
def providers_at_equal_needs(city: City) -> pd.DataFrame:
    """Share of each provider's people who moved to a home within a year, as it is and at one mix.

    Parameters
    ----------
    city
        A city with the tables `hmis_enrollments` and `contracts`.

    Returns
    -------
    pandas.DataFrame
        As `shares_at_equal_mix`, with ``higher_share``: percent of its people with higher needs.
    """
    people = stays(city)
    table = shares_at_equal_mix(people, YEAR, by="provider", strata="acuity", of=HOME)
    higher = 100 * (people["acuity"] == HIGHER).groupby(people["provider"]).mean()
    return table.assign(higher_share=table["provider"].map(higher))


@cache
def needs(city: City) -> dict[str, Need]:
    """How people with each level of need fare within a year, all providers together.

    Parameters
    ----------
    city
        A city with the tables `hmis_enrollments` and `contracts`.
    """
    people = stays(city)
    return {
        str(level): _need(group, len(group) / len(people))
        for level, group in people.groupby("acuity", sort=True)
    }


def _need(group: pd.DataFrame, share: float) -> Need:
    home = incidence_by(group["days"], group["ended"], YEAR, HOME)
    nights = restricted_mean(group["days"], group["ended"].notna(), YEAR)
    width = 2 * normal_quantile(0.95)
    return Need(
        people=share,
        chance=home.value / 100,
        chance_error=(home.high - home.low) / 100 / width,
        nights=nights.value,
        nights_error=(nights.high - nights.low) / width,
    )


@cache
def night_price(city: City) -> float:
    """Dollars that the city pays for a night on average; missing when it pays for no nights."""
    contracts = city["contracts"]
    nightly = contracts[contracts["unit_paid"] == NIGHT]
    nights = nightly["units"].sum()
    return float(nightly["amount"].sum() / nights) if nights else math.nan


@cache
def paid_in_first_year(city: City) -> pd.DataFrame:
    """Dollars that each provider is paid for one person's first year, at equal needs.

    Parameters
    ----------
    city
        A city with the tables `hmis_enrollments` and `contracts`.

    Returns
    -------
    pandas.DataFrame
        One row a provider: ``provider``, ``dollars`` and ``error`` (standard error); missing
        where there is too little to tell.
    """
    people, price = stays(city), night_price(city)
    mix = people["acuity"].value_counts(normalize=True).sort_index()
    rows = []
    for provider, group in people.groupby("provider", sort=True):
        nights = variance = 0.0
        for level, weight in mix.items():
            cases = group[group["acuity"] == level]
            one = _need(cases, 1.0) if len(cases) else None
            nights += weight * (one.nights if one else math.nan)
            variance += (weight * (one.nights_error if one else math.nan)) ** 2
        rows.append((provider, price * nights, price * math.sqrt(variance)))
    return pd.DataFrame(rows, columns=["provider", "dollars", "error"])


def moved_in_contract_year(city: City) -> int:
    """Count the people who moved to a home while the contracts ran."""
    table, contracts = city["hmis_enrollments"], city["contracts"]
    first, last = contracts["start_day"].min(), contracts["end_day"].max()
    left = table["exit"].fillna("")
    return int(np.sum((left >= first) & (left <= last) & (table["destination"] == HOME)))
