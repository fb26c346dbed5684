"""Views of lesson 2.3: whose land carries the load, what stands beside it, who lives where.

Race stands for exposure to policy and to how people are treated. It is no trait of anyone.
"""

from __future__ import annotations

import math

import pandas as pd

from playbook.city.tables import City
from playbook.estimate import format_number
from playbook.insights.birth_gaps import COMPARED, EXPOSED, THIRDS, birth_rates
from playbook.insights.held_burdens import (
    ASSETS,
    GRADED,
    HELD,
    RED_GRADE,
    burden_shares,
    enough_places,
    holders_of_half,
)
from playbook.insights.stand_in import on_tables
from playbook.measures.concentration import concentration_curve, fewest_holding

# From the grade that the lending map called best to the one it drew in red.
GRADES = ("A", "B", "C", RED_GRADE)
RESIDENTS, BURDENS_SHARE, ASSETS_SHARE = "Residents", "Burdens", "Assets"
PER = 1000
TOO_FEW = "too few to tell"


@on_tables(*HELD)
def burden_map(city: City) -> pd.DataFrame:
    """Share of the city's counted burdens in each neighborhood, most first.

    Parameters
    ----------
    city
        A city with the tables `burdens` and `neighborhoods`.

    Returns
    -------
    pandas.DataFrame
        ``neighborhood`` and ``share_of_burdens``, in percent. The five burdens count the same.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> burden_map(load_city()).columns.tolist()
    ['neighborhood', 'share_of_burdens']
    """
    names = {"name": "neighborhood", "burden_percent": "share_of_burdens"}
    return burden_shares(city)[list(names)].rename(columns=names)


@on_tables("birth_outcomes")
def births_by_income(city: City) -> pd.DataFrame:
    """Give the share of babies of low birth weight by income third, for the two groups compared.

    Parameters
    ----------
    city
        A city with the table `birth_outcomes`.

    Returns
    -------
    pandas.DataFrame
        ``income_third``, ``mothers`` and ``low_birth_weight`` in percent, with its range ``low``
        and ``high``; NaN where fewer than 11 babies weighed too little.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> births_by_income(load_city())[["income_third", "mothers"]].head(2)
      income_third        mothers
    0       Lowest  Black mothers
    1       Lowest  White mothers
    """
    rates = birth_rates(city).set_index(["income_third", "race_ethnicity"])
    pairs = pd.MultiIndex.from_product([THIRDS, [EXPOSED, COMPARED]], names=rates.index.names)
    both = rates.reindex(pairs)[["percent", "low", "high"]].reset_index()
    both["race_ethnicity"] += " mothers"
    return both.rename(columns={"race_ethnicity": "mothers", "percent": "low_birth_weight"})


@on_tables(*GRADED)
def burdens_by_grade(city: City) -> pd.DataFrame:
    """Share of residents and of the counted burdens on land of each grade of 1937.

    Parameters
    ----------
    city
        A city with the tables `burdens` and `neighborhoods`.

    Returns
    -------
    pandas.DataFrame
        ``grade`` from A to D, ``share_of`` ("Residents" or "Burdens") and ``share``, in percent
        of the city's: two rows a grade. A grade that no place has holds 0.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> land = burdens_by_grade(load_city())
    >>> land["grade"].tolist()
    ['A', 'A', 'B', 'B', 'C', 'C', 'D', 'D']
    >>> land.groupby("share_of")["share"].sum().round(6).tolist()
    [100.0, 100.0]
    """
    load = _with_places(city)
    sums = load.groupby("holc_grade")[["people_percent", "burden_percent"]].sum(min_count=1)
    both = sums.reindex(list(GRADES), fill_value=0.0).set_axis(
        [RESIDENTS, BURDENS_SHARE], axis="columns"
    )
    return _long(both, "share_of")


@on_tables("population_age_race", "neighborhoods.holc_grade")
def homes_by_grade(city: City) -> pd.DataFrame:
    """Where residents of two groups live: percent of each group on land of each grade of 1937.

    Parameters
    ----------
    city
        A city with the tables `population_age_race` and `neighborhoods`.

    Returns
    -------
    pandas.DataFrame
        ``grade`` from A to D, ``who`` ("Black residents") and ``share``, in percent of that group:
        two rows a grade. NaN where a group has nobody in the city.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> homes = homes_by_grade(load_city())
    >>> homes.groupby("who")["share"].sum().round(6).to_dict()
    {'Black residents': 100.0, 'White residents': 100.0}
    """
    people = city["population_age_race"]
    grades = city["neighborhoods"].set_index("neighborhood_id")["holc_grade"]
    counts = (
        people.assign(grade=people["neighborhood_id"].map(grades))
        .groupby(["grade", "race_ethnicity"])["population"]
        .sum()
        .unstack(fill_value=0)
        .reindex(index=list(GRADES), columns=[EXPOSED, COMPARED], fill_value=0)
    )
    totals = counts.sum().where(lambda total: total > 0)
    shares = (100 * counts / totals).rename(columns=lambda group: f"{group} residents")
    return _long(shares, "who")


@on_tables(*HELD)
def burden_curves(city: City) -> pd.DataFrame:
    """Add up burdens and assets, places lined up by burdens per resident.

    Parameters
    ----------
    city
        A city with the tables `burdens` and `neighborhoods`.

    Returns
    -------
    pandas.DataFrame
        ``residents``, ``total`` and ``what`` ("Burdens" or "Assets"): points of a concentration
        curve, with shares from 0 to 1, from the places with the most burdens per resident to those
        with the least. Only what the city has any of.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> curves = burden_curves(load_city())
    >>> curves["what"].unique().tolist()
    ['Burdens', 'Assets']
    """
    load = burden_shares(city).query("people_percent > 0")
    per_resident = load["burden_percent"] / load["people_percent"]
    held = {BURDENS_SHARE: load["burden_percent"], ASSETS_SHARE: load[_assets_in(load)].sum(axis=1)}
    curves = [
        _to_one(concentration_curve(amount, load["people_percent"], -per_resident), what)
        for what, amount in held.items()
        if amount.sum() > 0
    ]
    names = {"population_share": "residents", "value_share": "total"}
    nothing = pd.DataFrame(columns=[*names, "what"])
    both = pd.concat(curves, ignore_index=True) if curves else nothing
    return both.rename(columns=names)


@on_tables(*HELD)
def focus_area(city: City, percent: float) -> pd.DataFrame:
    """Say what a focus area is like that holds this much of the counted burdens.

    Parameters
    ----------
    city
        A city with the tables `burdens` and `neighborhoods`.
    percent
        How much of the burdens the fewest places shall hold together, above 0 and up to 100.

    Returns
    -------
    pandas.DataFrame
        ``what`` and ``how_much``, as text: how many places, their share of residents, how many were
        graded D where the city knows, assets per 1,000 residents, and the first place left out.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> focus_area(load_city(), 50)["what"].tolist()
    ['Places', 'Residents', 'Graded D', 'Assets per 1,000', 'First left out']
    """
    load = _with_places(city)
    if enough_places(city):
        number = fewest_holding(load["burden_percent"], percent / 100)
        inside, residents = load.head(number), load["residents"].head(number).sum()
        assets = inside[_assets_in(load)].to_numpy().sum()
        values = [
            f"{number} of {len(load)}",
            f"{format_number(inside['people_percent'].sum(), 0)}%",
            _number_graded(inside),
            format_number(PER * assets / residents if residents else math.nan),
            "nobody" if number == len(load) else str(load["name"].iloc[number]),
        ]
    else:
        values = [TOO_FEW] * 5
    names = ["Places", "Residents", "Graded D", f"Assets per {PER:,}", "First left out"]
    table = pd.DataFrame({"what": names, "how_much": values})
    return table[table["how_much"].ne("")].reset_index(drop=True)


def _number_graded(places: pd.DataFrame) -> str:
    """Count the places graded D; ``""`` in a city without grades."""
    if "holc_grade" not in places:
        return ""
    return str(int((places["holc_grade"] == RED_GRADE).sum()))


def _assets_in(load: pd.DataFrame) -> list[str]:
    return [name for name in ASSETS if name in load]


@on_tables(*HELD)
def focus_places(city: City) -> pd.DataFrame:
    """List the places that hold half of the counted burdens, each with what residents built there.

    Parameters
    ----------
    city
        A city with the tables `burdens` and `neighborhoods`.

    Returns
    -------
    pandas.DataFrame
        ``name``, ``burden_percent``, ``people_percent``, ``holc_grade``, ``expressway`` and the
        assets, as far as the city knows them, most burdens first; no rows where there are too few
        places to say.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> bool(focus_places(load_city())["burden_percent"].sum() >= 50)
    True
    """
    load = _with_places(city)
    listed = list(holders_of_half(city)) if enough_places(city) else []
    columns = ["name", "burden_percent", "people_percent", "holc_grade", "expressway", *ASSETS]
    chosen = load[load["neighborhood_id"].isin(listed)].reset_index(drop=True)
    return chosen[[name for name in columns if name in chosen]]


def _long(by_grade: pd.DataFrame, columns_are: str) -> pd.DataFrame:
    """Turn one row a grade into one row a grade and column."""
    table = by_grade.rename_axis("grade").reset_index()
    long = table.melt(id_vars="grade", var_name=columns_are, value_name="share")
    return long.sort_values("grade", kind="stable", ignore_index=True)


def _to_one(curve: pd.DataFrame, what: str) -> pd.DataFrame:
    """Let a curve end at exactly 1: adding up shares leaves it a hair below."""
    return (curve / curve.iloc[-1]).assign(what=what)


def _with_places(city: City) -> pd.DataFrame:
    """Give the burdens of each place, most first, with its residents and its grade if known."""
    places = city["neighborhoods"]
    names = ("neighborhood_id", "holc_grade", "population")
    places = places[[name for name in names if name in places]].rename(
        columns={"population": "residents"}
    )
    return burden_shares(city).merge(places, on="neighborhood_id", how="left")
