"""Death rates by district: as counted, and at one mix of ages."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from playbook.city.tables import City
from playbook.estimate import Estimate
from playbook.insights.hidden_cells import hidden_cells, mostly_guessed
from playbook.insights.small_counts import is_small
from playbook.measures.age_groups import AGE_GROUPS
from playbook.measures.decomposition import kitagawa
from playbook.measures.intervals import normal_quantile
from playbook.measures.rates import rate, ratio
from playbook.measures.standardize import age_adjusted_rate

TABLES = ("deaths", "population_age", "neighborhoods", "acs_profile")
# What no step of the lesson can do without.
NEEDED = ("deaths", "population_age", "neighborhoods.district")
PER = 100_000
UNIT = f"per {PER:,}"
# Below this many deaths in a district, its rate is mostly luck.
FEWEST_DEATHS = 100
# Four stretches of life; the second is where a working life is lost.
AGE_BANDS = {"Under 25": AGE_GROUPS[:4], "25 to 54": AGE_GROUPS[4:7]}
AGE_BANDS |= {"55 to 74": AGE_GROUPS[7:9], "75 and older": AGE_GROUPS[9:]}
WORKING_AGE, OLDEST = "25 to 54", "75 and older"


@dataclass(frozen=True)
class Pair:
    """The two districts that are compared.

    Parameters
    ----------
    first
        The district with the highest poverty.
    second
        The district with the lowest.
    """

    first: str
    second: str


@cache
def _cells(city: City) -> pd.DataFrame:
    """Deaths and person-years by district and age group, in the order of age."""
    district = city["neighborhoods"].set_index("neighborhood_id")["district"]
    deaths, people = city["deaths"], city["population_age"]
    died = deaths.groupby([deaths["neighborhood_id"].map(district), "age_group"])["deaths"].sum()
    lived = people.groupby([people["neighborhood_id"].map(district), "age_group"])
    years = lived["population"].sum() * deaths["year"].nunique()
    cells = pd.DataFrame({"population": years, "deaths": died}).fillna(0).astype("int64")
    return cells.reindex(AGE_GROUPS, level="age_group").rename_axis(["district", "age_group"])


@cache
def guessed_districts(city: City) -> frozenset[str]:
    """Name the districts of which the city's file hides too many deaths to go on."""
    places = city["neighborhoods"].set_index("neighborhood_id")["district"]
    deaths = city["deaths"]
    deaths["hidden"] = hidden_cells(city, "deaths", "deaths")
    sums = deaths.groupby(deaths["neighborhood_id"].map(places))[["deaths", "hidden"]].sum()
    return frozenset(
        str(district)
        for district, died, hidden in sums.itertuples()
        if mostly_guessed(city, died, hidden)
    )


@cache
def district_pair(city: City) -> Pair | None:
    """Find the districts with the highest and the lowest poverty; None without enough deaths."""
    if any(table not in city or city[table].empty for table in TABLES):
        return None
    totals = _cells(city)["deaths"].groupby("district").sum()
    places = city["neighborhoods"].set_index("neighborhood_id")
    profile = city["acs_profile"]
    latest = profile[profile["year"] == profile["year"].max()].set_index("neighborhood_id")
    places = places.join(latest["poverty_pct"], how="inner")
    people = city["population_age"].groupby("neighborhood_id")["population"].sum()
    people = people.reindex(places.index).fillna(0)
    sums = pd.DataFrame({"poor": people * places["poverty_pct"], "people": people})
    sums = sums.groupby(places["district"]).sum()
    poverty = (sums["poor"] / sums["people"]).sort_index()
    pair = Pair(str(poverty.idxmax()), str(poverty.idxmin()))
    enough = totals.reindex([pair.first, pair.second], fill_value=0).min() >= FEWEST_DEATHS
    enough = enough and not {pair.first, pair.second} & guessed_districts(city)
    return pair if enough and pair.first != pair.second else None


def district_cells(city: City, district: str) -> pd.DataFrame:
    """Deaths and person-years of one district: ``age_group``, ``population``, ``deaths``."""
    return _cells(city).loc[district].reset_index()


def crude_rate(city: City, district: str) -> Estimate:
    """Deaths per 100,000 residents a year, as counted."""
    cells = district_cells(city, district)
    return rate(float(cells["deaths"].sum()), float(cells["population"].sum()), per=PER)


@cache
def adjusted_rate(city: City, district: str) -> Estimate:
    """Rate of a district if it had the ages of the United States in 2000."""
    cells = district_cells(city, district)
    if is_small(city, cells[["deaths"]].sum()).all():
        return Estimate(math.nan, math.nan, math.nan, UNIT)
    return age_adjusted_rate(cells, per=PER)


def adjusted_with(city: City, district: str, people: str | pd.Series) -> Estimate:
    """Rate of a district if it had the ages of another population."""
    return age_adjusted_rate(district_cells(city, district), people, per=PER)


def ages_of(city: City, district: str = "") -> pd.Series:
    """How many people of each age live in a district, or in the whole city."""
    cells = _cells(city)["population"]
    return cells.groupby("age_group").sum() if not district else cells.loc[district]


@cache
def _district_rates(city: City) -> pd.DataFrame:
    rows = []
    for district in _cells(city).index.unique("district"):
        crude, adjusted = crude_rate(city, district), adjusted_rate(city, district)
        rows.append(
            {
                "district": district,
                "crude": crude.value,
                "crude_low": crude.low,
                "crude_high": crude.high,
                "adjusted": adjusted.value,
                "adjusted_low": adjusted.low,
                "adjusted_high": adjusted.high,
            }
        )
    table = pd.DataFrame(rows)
    deaths = table["district"].map(_cells(city)["deaths"].groupby("district").sum())
    rates = list(table.columns[1:])
    guessed = table["district"].isin(guessed_districts(city))
    table[rates] = table[rates].mask(is_small(city, deaths) | guessed)
    for name in ("crude", "adjusted"):
        places = table[name].rank(ascending=False, method="min", na_option="bottom")
        table[f"{name}_place"] = places.astype("int64")
    return table.sort_values("crude", ascending=False, ignore_index=True)


def district_rates(city: City) -> pd.DataFrame:
    """Compare crude and age-adjusted death rates of all districts.

    Parameters
    ----------
    city
        A city with the tables `deaths`, `population_age` and `neighborhoods`.

    Returns
    -------
    pandas.DataFrame
        One row a district, the highest crude rate first: ``district``, ``crude`` and ``adjusted``
        (deaths per 100,000 residents a year, each with ``_low`` and ``_high``), ``crude_place`` and
        ``adjusted_place`` (1 is the highest). NaN and last where so few died that nobody may know,
        or where the city's file hides too many of its counts.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> district_rates(load_city())[["district", "crude_place", "adjusted_place"]].head(2)
       district  crude_place  adjusted_place
    0  Highland            1               8
    1  Lakeside            2               7
    """
    return _district_rates(city).copy()


def place_on_list(city: City, district: str, rates: str) -> int:
    """Place of a district on the list of ``"crude"`` or ``"adjusted"`` rates; 1 is the highest."""
    table = _district_rates(city).set_index("district")
    return int(table[f"{rates}_place"][district])


def split_by_age(city: City, pair: Pair) -> tuple[Estimate, Estimate]:
    """Split the crude difference: what ages make of it, and what is left at the same ages.

    Each with a 95 percent range: both are sums of counts, so their variance is a weighted sum too.
    """
    first, second = (
        district_cells(city, name).set_index("age_group") for name in (pair.first, pair.second)
    )
    rates = [PER * cells["deaths"] / cells["population"] for cells in (first, second)]
    shares = [cells["population"] / cells["population"].sum() for cells in (first, second)]
    parts = kitagawa(*rates, *shares)
    variance = sum(PER**2 * cells["deaths"] / cells["population"] ** 2 for cells in (first, second))
    found = []
    for value, weight in (
        (parts.mix_effect, (shares[0] - shares[1]) / 2),
        (parts.within_effect, (shares[0] + shares[1]) / 2),
    ):
        reach = normal_quantile(0.95) * math.sqrt(float((weight**2 * variance).sum()))
        found.append(Estimate(value, value - reach, value + reach, UNIT, decimals=0))
    return found[0], found[1]


def deaths_by_age(city: City, pair: Pair) -> pd.DataFrame:
    """Compare two districts in four stretches of life.

    Parameters
    ----------
    city
        A city with the tables `deaths`, `population_age` and `neighborhoods`.
    pair
        The districts.

    Returns
    -------
    pandas.DataFrame
        ``ages``, ``first`` and ``second`` (deaths per 100,000 residents of that age a year),
        ``times`` with its range ``low`` and ``high``, and ``excess``: deaths of the first district
        beyond those at the second one's rates, all years together. NaN where nobody died.
    """
    both = [district_cells(city, name).set_index("age_group") for name in (pair.first, pair.second)]
    rows = []
    for band, groups in AGE_BANDS.items():
        one, other = (cells.loc[list(groups)].sum() for cells in both)
        row: dict[str, object] = {"ages": band}
        if min(one["population"], other["population"]) > 0:
            rates = [rate(float(x["deaths"]), float(x["population"])) for x in (one, other)]
            row |= {"first": rates[0].value, "second": rates[1].value}
            if rates[1].value > 0:
                times = ratio(*rates)
                row |= {"times": times.value, "low": times.low, "high": times.high}
            row["excess"] = one["deaths"] - rates[1].value / PER * one["population"]
        rows.append(row)
    columns = ["ages", "first", "second", "times", "low", "high", "excess"]
    table = pd.DataFrame(rows, columns=columns)
    return table.astype(dict.fromkeys(columns[1:], np.float64))
