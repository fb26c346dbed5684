"""Claims of lesson 1.2, *What do we hold, and what may we publish?*: hidden is not protected."""

from __future__ import annotations

import math

import pandas as pd

from playbook.city.tables import City
from playbook.estimate import Estimate, format_number
from playbook.insights.held_data import (
    ENOUGH,
    INVENTORY,
    RAW,
    clean_requests,
    inventory_coverage,
    request_faults,
)
from playbook.insights.published_deaths import (
    TABLES,
    YEARS_PRINTED,
    deaths_alike,
    last_years,
    naive_leak,
    protected_leak,
    rolling_leak,
)
from playbook.insights.range_words import too_little
from playbook.insights.statements import Claim, Measured, sentence_start

FEWEST_SYSTEMS, FEWEST_ROWS, FEWEST_DEATHS = 10, 50, 50


def _coverage(city: City) -> Measured:
    unit = "departments"
    if "data_inventory" not in city or len(city["data_inventory"]) < FEWEST_SYSTEMS:
        return _too_little(city, unit, "It takes a list of all systems")
    table, where = inventory_coverage(city), sentence_start(city)
    count, listed, systems = (int(table[name].sum()) for name in ("enough", "listed", "systems"))
    estimate = Estimate(count, math.nan, math.nan, unit=unit, decimals=0)
    headline = (
        f"{where}, {count} of {len(table)} departments have listed {ENOUGH} percent of their "
        "systems or more"
    )
    sentence = f"{headline}. The inventory holds {listed} of {systems} systems."
    if count < len(table) / 2:
        return Measured(estimate, "appears", sentence, headline)
    return Measured(estimate, "absent", f"{sentence} That is most, and worth knowing.", headline)


def _faults(city: City) -> Measured:
    unit = "rows"
    if "requests_311_raw" not in city or "neighborhoods" not in city:
        return _too_little(city, unit, "It takes a raw export of requests")
    rows, faults = len(city["requests_311_raw"]), request_faults(city)
    if rows < FEWEST_ROWS:
        return _too_little(city, unit, f"The raw export has {rows} rows")
    sound, where = len(clean_requests(city)), sentence_start(city)
    wrong = rows - sound
    estimate = Estimate(wrong, math.nan, math.nan, unit=unit, decimals=0)
    headline = f"{where}, {wrong} of {rows:,} rows of the raw export can't be right"
    if wrong:
        each = "; ".join(
            f"{str(fault).lower()}, {count}" for fault, count in faults.to_numpy().tolist()
        )
        sentence = f"{headline}: {each}. After cleaning, {sound:,} rows are left."
        return Measured(estimate, "appears", sentence, headline)
    sentence = f"{where}, the raw export has none of these faults. That is worth knowing."
    return Measured(estimate, "absent", sentence, headline)


def _naive(city: City) -> Measured:
    if not _printable(city):
        return _too_little(city, "counts", "It takes deaths by place, year and age")
    leak, where = naive_leak(city), sentence_start(city)
    estimate = Estimate(leak.recovered, math.nan, math.nan, unit="counts", decimals=0)
    hidden = (
        f"{where}, {leak.hidden} of {leak.counts} counts of the table of deaths are 1 to "
        f"{city.small_counts.below - 1} and hidden"
    )
    if not leak.hidden:
        sentence = f"{where}, no count of that table is small. That is worth knowing."
        return Measured(estimate, "absent", sentence, sentence)
    headline = (
        f"{where}, the totals give back {leak.recovered} of {leak.hidden} hidden counts exactly"
    )
    if leak.recovered:
        sentence = f"{hidden}. The totals beside them give back {leak.recovered} exactly."
        return Measured(estimate, "appears", sentence, headline)
    sentence = f"{hidden}. The totals give none of them back, and that is worth knowing."
    return Measured(estimate, "absent", sentence, headline)


def _protected(city: City) -> Measured:
    if not _printable(city):
        return _too_little(city, "counts", "It takes deaths by place, year and age")
    naive, leak, where = naive_leak(city), protected_leak(city), sentence_start(city)
    more = leak.hidden - naive.hidden
    estimate = Estimate(more, math.nan, math.nan, unit="counts", decimals=0)
    if not more:
        sentence = f"{where}, no further count has to be hidden. That is worth knowing."
        return Measured(estimate, "absent", sentence, sentence)
    headline = f"{where}, {more} more hidden counts protect the {naive.hidden} small ones"
    sentence = (
        f"{headline}. Then the totals of that table give back {leak.recovered or 'none'} of "
        f"{leak.hidden} exactly."
    )
    return Measured(estimate, "appears", sentence, headline)


def _rolling(city: City) -> Measured:
    if not _printable(city) or len(last_years(city)) < YEARS_PRINTED:
        return _too_little(city, "counts", f"It takes {YEARS_PRINTED} years of deaths by age")
    leak, where = rolling_leak(city), sentence_start(city)
    estimate = Estimate(leak.recovered, math.nan, math.nan, unit="counts", decimals=0)
    years = last_years(city)
    start = (
        f"{where}, the tables of {years[0]} to {years[-1]} hide {leak.hidden} counts, and no one "
        "table gives a count back"
    )
    headline = (
        f"{where}, protected tables side by side give back {leak.recovered} of {leak.hidden} "
        "hidden counts"
    )
    if leak.recovered:
        sentence = (
            f"{start}. Beside two tables that add up three years, {leak.recovered} come back "
            "exactly."
        )
        return Measured(estimate, "appears", sentence, headline)
    sentence = (
        f"{start}. Two tables that add up three years give none back, and that is worth knowing."
    )
    return Measured(estimate, "absent", sentence, headline)


def _alone(city: City) -> Measured:
    deaths = int(city["deaths"]["deaths"].sum()) if "deaths" in city else 0
    if deaths < FEWEST_DEATHS:
        return _too_little(city, "percent", "It takes 50 deaths or more, by place, year and age")
    alike, where = deaths_alike(city), sentence_start(city)
    alone = alike.iloc[0]
    if pd.isna(alone["people"]):
        return _too_little(city, "percent", "So few stand alone that nobody may know how many")
    estimate = Estimate(float(alone["percent"]), math.nan, math.nan, unit="percent", decimals=0)
    headline = (
        f"{where}, {format_number(alone['percent'], 0)} percent of deaths are the only one of "
        "their kind"
    )
    if alone["people"]:
        sentence = (
            f"{headline}, when a row without a name tells place, year, age and cause: "
            f"{alone['people']:,} of {deaths:,}."
        )
        return Measured(estimate, "appears", sentence, headline)
    sentence = (
        f"{where}, no death is the only one of its place, year, age and cause. That is worth "
        "knowing."
    )
    return Measured(estimate, "absent", sentence, headline)


def _printable(city: City) -> bool:
    return all(table in city for table in TABLES) and not city["deaths"].empty


def _too_little(city: City, unit: str, why: str) -> Measured:
    return too_little(city, unit, f"{why}.")


CLAIMS = (
    Claim(
        "1.2-coverage",
        "Most departments have not listed what they hold.",
        "planted",
        "port-alder-only",
        _coverage,
        INVENTORY,
    ),
    Claim(
        "1.2-faults",
        "A raw export has rows that can't be right, of four kinds.",
        "planted",
        "port-alder-only",
        _faults,
        RAW,
    ),
    Claim(
        "1.2-naive",
        "When only the small counts are hidden, the totals give some back exactly.",
        "sampling",
        "method",
        _naive,
        TABLES,
    ),
    Claim(
        "1.2-protected",
        "Hiding some further counts keeps the totals from giving any count back.",
        "sampling",
        "method",
        _protected,
        TABLES,
    ),
    Claim(
        "1.2-rolling",
        "Tables that give nothing back one by one do so when they overlap in time.",
        "sampling",
        "method",
        _rolling,
        TABLES,
    ),
    Claim(
        "1.2-alone",
        "Many deaths are the only one of their kind, even in rows without names.",
        "sampling",
        "method",
        _alone,
        ("deaths",),
    ),
)
