"""Two districts side by side: who lives there, who dies at which age, and at whose ages."""

from __future__ import annotations

import math
from collections.abc import Callable

import pandas as pd

from playbook.city.tables import City
from playbook.errors import PlaybookError
from playbook.estimate import Estimate
from playbook.insights.district_deaths import (
    AGE_BANDS,
    PER,
    UNIT,
    Pair,
    crude_rate,
    deaths_by_age,
    district_cells,
    district_pair,
    district_rates,
    split_by_age,
)
from playbook.insights.small_counts import hidden_counts, is_small
from playbook.measures.rates import difference

AS_COUNTED, SAME_AGES = "As counted", "At the same ages"
# A slope chart can hold so many lines apart.
MOST_DISTRICTS = 12
# Few people die under 25: joined with the next stretch, there are enough to show.
THREE_STRETCHES = {
    "Under 55": AGE_BANDS["Under 25"] + AGE_BANDS["25 to 54"],
    "55 to 74": AGE_BANDS["55 to 74"],
    "75 and older": AGE_BANDS["75 and older"],
}


def compared_districts(city: City) -> list[str]:
    """Name the two districts that are compared.

    Parameters
    ----------
    city
        A city with the tables `deaths`, `population_age`, `neighborhoods` and `acs_profile`.

    Returns
    -------
    list of str
        The district with the highest poverty, then the one with the lowest. Where these can't be
        compared, the two with the most deaths by the crude rate.

    Raises
    ------
    PlaybookError
        When the city has only one district.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> compared_districts(load_city())
    ['Eastbank', 'Highland']
    """
    pair = district_pair(city)
    if pair is not None:
        return [pair.first, pair.second]
    names = district_rates(city)["district"].tolist()
    if len(names) < 2:
        raise PlaybookError(
            f"It takes two districts to compare; I found {len(names)}.",
            fix="Add the district of each neighborhood to your table, or work with Port Alder.",
        )
    return [str(name) for name in names[:2]]


def rates_both_ways(city: City) -> pd.DataFrame:
    """Give each district's death rate twice: as counted, and at the same ages.

    Parameters
    ----------
    city
        A city with the tables `deaths`, `population_age`, `neighborhoods` and `acs_profile`.

    Returns
    -------
    pandas.DataFrame
        Two rows a district: ``district``, ``rates`` ("As counted" or "At the same ages") and
        ``deaths``, per 100,000 a year. Where there are more than twelve districts, the two that
        are compared and those that move furthest on the list.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> rates_both_ways(load_city()).query("district == 'Eastbank'").round()
        district             rates  deaths
    12  Eastbank        As counted   862.0
    13  Eastbank  At the same ages  1060.0
    """
    table = district_rates(city)
    if len(table) > MOST_DISTRICTS:
        moved = (table["adjusted_place"] - table["crude_place"]).abs()
        moved = moved.mask(table["district"].isin(compared_districts(city)), math.inf)
        table = table.loc[moved.nlargest(MOST_DISTRICTS).index.sort_values()]
    rows = [
        (row["district"], rates, row[name])
        for row in table.to_dict("records")
        for rates, name in ((AS_COUNTED, "crude"), (SAME_AGES, "adjusted"))
    ]
    return pd.DataFrame(rows, columns=["district", "rates", "deaths"])


def people_by_age(city: City, stretches: int = 4) -> pd.DataFrame:
    """Give the percent of residents in each stretch of life, in the two compared districts.

    Parameters
    ----------
    city
        A city with the tables `deaths`, `population_age`, `neighborhoods` and `acs_profile`.
    stretches
        4 stretches of life, or 3: the two youngest joined.

    Returns
    -------
    pandas.DataFrame
        ``ages``, youngest first, and a column for each of the two districts, by its name.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> people_by_age(load_city(), stretches=3).round()
               ages  Eastbank  Highland
    0      Under 55      83.0      53.0
    1      55 to 74      13.0      33.0
    2  75 and older       4.0      14.0
    """
    return _by_age(city, stretches, lambda part, whole: 100 * part["population"] / whole)


def rates_by_age(city: City, stretches: int = 4) -> pd.DataFrame:
    """Give the death rate in each stretch of life, in the two compared districts.

    Parameters
    ----------
    city, stretches
        As in `people_by_age`.

    Returns
    -------
    pandas.DataFrame
        ``ages``, youngest first, and a column for each of the two districts, by its name: deaths
        per 100,000 residents of that age a year. NaN where so few died that nobody may know, and
        where the rate of all ages would give them away.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> rates_by_age(load_city(), stretches=3).round()
               ages  Eastbank  Highland
    0      Under 55     294.0      92.0
    1      55 to 74    2069.0     728.0
    2  75 and older    8845.0    5851.0
    """

    def rate_of(part: pd.Series, _: float) -> float:
        return PER * part["deaths"] / part["population"] if part["population"] else math.nan

    rates = _by_age(city, stretches, rate_of).set_index("ages")
    died = _by_age(city, stretches, lambda part, _: part["deaths"]).set_index("ages")
    return rates.mask(hidden_counts(city, died, totals="columns")).reset_index()


def rate_with_ages_of(city: City, district: str, other: str) -> float:
    """Work out the rate a district would have with another one's people, in three stretches."""
    people, rates = people_by_age(city, 3)[other], rates_by_age(city, 3)[district]
    return float((people / 100 * rates).sum(skipna=False))


def gap_by_age(city: City) -> pd.DataFrame:
    """Say how many times as often people die in the first district, in each stretch of life.

    Parameters
    ----------
    city
        A city with the tables `deaths`, `population_age`, `neighborhoods` and `acs_profile`.

    Returns
    -------
    pandas.DataFrame
        ``ages``, youngest first, ``times`` and its range ``low`` and ``high``. NaN where few people
        died in one of the two districts: fewer than the city's rule on small counts lets show.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> gap_by_age(load_city()).round(1)
               ages  times  low  high
    0      Under 25    NaN  NaN   NaN
    1      25 to 54    3.3  2.7   4.2
    2      55 to 74    2.8  2.5   3.2
    3  75 and older    1.5  1.4   1.6
    """
    first, second = compared_districts(city)
    table = deaths_by_age(city, Pair(first, second))[["ages", "times", "low", "high"]]
    cells = [
        district_cells(city, name).set_index("age_group")["deaths"] for name in (first, second)
    ]
    fewest = [min(one.loc[list(groups)].sum() for one in cells) for groups in AGE_BANDS.values()]
    few = pd.Series(fewest, index=table.index) < city.small_counts.below
    table[["times", "low", "high"]] = table[["times", "low", "high"]].mask(few)
    return table


def parts_of_gap(city: City) -> pd.DataFrame:
    """Split the difference of the two crude rates: what ages make of it, and what is left.

    Parameters
    ----------
    city
        A city with the tables `deaths`, `population_age`, `neighborhoods` and `acs_profile`.

    Returns
    -------
    pandas.DataFrame
        Three rows: ``part``, ``deaths`` per 100,000 a year, ``low`` and ``high``. The first two add
        up to the third.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> parts_of_gap(load_city())[["part", "deaths"]].round()
                           part  deaths
    0               Other ages  -986.0
    1  Deaths at the same ages   718.0
    2     Together, as counted  -268.0
    """
    first, second = compared_districts(city)
    mix, within = split_by_age(city, Pair(first, second))
    together = difference(crude_rate(city, first), crude_rate(city, second))
    known = district_rates(city).set_index("district").loc[[first, second], "crude"].notna().all()
    if not known:
        mix = within = together = Estimate(math.nan, math.nan, math.nan, UNIT)
    rows = [
        (part, one.value, one.low, one.high)
        for part, one in (
            ("Other ages", mix),
            ("Deaths at the same ages", within),
            ("Together, as counted", together),
        )
    ]
    return pd.DataFrame(rows, columns=["part", "deaths", "low", "high"])


def deaths_a_year(city: City) -> pd.DataFrame:
    """Count the deaths a year in each district: the number to plan beds and care with.

    Parameters
    ----------
    city
        A city with the tables `deaths`, `population_age` and `neighborhoods`.

    Returns
    -------
    pandas.DataFrame
        One row a district, the most deaths first: ``district``, ``residents``, ``deaths_a_year``.
        NaN, and last, where so few died that nobody may know.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> deaths_a_year(load_city()).head(2)
         district  residents  deaths_a_year
    0    Highland      34220            387
    1  University      30677            317
    """
    years = city["deaths"]["year"].nunique()
    rows = []
    for district in district_rates(city)["district"]:
        total = district_cells(city, district)[["population", "deaths"]].sum() / max(years, 1)
        rows.append((district, round(total["population"]), round(total["deaths"])))
    table = pd.DataFrame(rows, columns=["district", "residents", "deaths_a_year"])
    table["deaths_a_year"] = table["deaths_a_year"].mask(is_small(city, table["deaths_a_year"]))
    return table.sort_values("deaths_a_year", ascending=False, kind="stable", ignore_index=True)


def _by_age(city: City, stretches: int, value: Callable[[pd.Series, float], float]) -> pd.DataFrame:
    bands = THREE_STRETCHES if stretches == len(THREE_STRETCHES) else AGE_BANDS
    table = pd.DataFrame({"ages": list(bands)})
    for district in compared_districts(city):
        cells = district_cells(city, district).set_index("age_group")
        whole = float(cells["population"].sum())
        parts = [cells.loc[list(groups)].sum() for groups in bands.values()]
        table[district] = [value(part, whole) for part in parts]
    return table
