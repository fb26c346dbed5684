"""Who stayed, who left and who came: the average income of a district taken apart."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import pandas as pd

from playbook.city.tables import City
from playbook.estimate import Estimate
from playbook.measures.intervals import normal_quantile
from playbook.measures.mobility import IncomeChange, income_change, leaving_compared
from playbook.measures.places import Numbers
from playbook.measures.rates import proportion

# The district in question; another city's own sample is the one that is not called Elsewhere.
DISTRICT, ELSEWHERE = "Foundry", "Elsewhere"
LOW_INCOME_RENTERS = "Low-income renters"
# With fewer households that stayed, left or came, an average says little.
FEWEST = 30
DRAWS = 500
TAIL = 0.025


@cache
def _households(city: City) -> pd.DataFrame:
    """One row a household: where it was and what it earned in the first and in the last year."""
    panel = city["mobility_panel"]
    first, last = panel["year"].min(), panel["year"].max()
    own = ["sample", "status", "tenure", "income_group"]
    before = panel[panel["year"] == first].set_index("household_id")
    after = panel[panel["year"] == last].set_index("household_id")
    moves = ["neighborhood_id", "income_real"]
    table = panel.drop_duplicates("household_id").set_index("household_id")[own].sort_index()
    return table.join(before[moves].add_suffix("_before")).join(after[moves].add_suffix("_after"))


def district(city: City) -> str:
    """Name the district that the panel follows."""
    samples = city["mobility_panel"]["sample"].unique().tolist()
    others = [name for name in samples if name != ELSEWHERE]
    return DISTRICT if DISTRICT in others or not others else str(others[0])


def years(city: City) -> tuple[int, int]:
    """First and last year of the panel."""
    found = city["mobility_panel"]["year"]
    return int(found.min()), int(found.max())


@cache
def _incomes(city: City) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Incomes in the district: stayers before and after, leavers before, entrants after."""
    table = _households(city)
    table = table[table["sample"] == district(city)]
    before, after = table["income_real_before"], table["income_real_after"]
    stayed = (table["status"] == "stay") & before.notna() & after.notna()
    left = (table["status"] == "leave") & before.notna()
    came = (table["status"] == "enter") & after.notna()
    return (
        before[stayed].to_numpy(dtype=float),
        after[stayed].to_numpy(dtype=float),
        before[left].to_numpy(dtype=float),
        after[came].to_numpy(dtype=float),
    )


def enough_households(city: City) -> bool:
    """Whether households enough stayed, left and came."""
    return min(len(one) for one in _incomes(city)) >= FEWEST


@cache
def change(city: City) -> IncomeChange:
    """Take the change of the district's average income apart."""
    return income_change(*_incomes(city))


@cache
def income_change_parts(city: City) -> pd.DataFrame:
    """Parts of the change, in percent of the average income before, with their ranges.

    Parameters
    ----------
    city
        A city with the table `mobility_panel`, and households enough.

    Returns
    -------
    pandas.DataFrame
        Rows ``total``, ``stayers``, ``replaced`` and ``size``; columns ``percent``, ``low`` and
        ``high``: the middle 95 percent when as many households are drawn anew from these.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> income_change_parts(load_city()).index.tolist()
    ['total', 'stayers', 'replaced', 'size']
    """
    stay_0, stay_1, left, came = _incomes(city)
    random = np.random.default_rng(0)
    found = []
    for _ in range(DRAWS):
        stayed = random.integers(len(stay_0), size=len(stay_0))
        gone = random.integers(len(left), size=len(left))
        new = random.integers(len(came), size=len(came))
        found.append(
            _percents(income_change(stay_0[stayed], stay_1[stayed], left[gone], came[new]))
        )
    low, high = np.quantile(found, [TAIL, 1 - TAIL], axis=0)
    value = _percents(change(city))
    names = ["total", "stayers", "replaced", "size"]
    return pd.DataFrame({"percent": value, "low": low, "high": high}, index=names)


def _percents(one: IncomeChange) -> list[float]:
    return [one.percent(part) for part in (one.total, one.stayers, one.replaced, one.size)]


def change_part(city: City, name: str) -> Estimate:
    """One part of the change with its range."""
    percent, low, high = income_change_parts(city).T[name].to_list()
    return Estimate(percent, low, high, "percent of the average before")


def stayers_growth(city: City) -> Estimate:
    """By how many percent the average income of those who stayed rose."""
    before, after, _, _ = _incomes(city)
    rise = after - before
    reach = normal_quantile(0.95) * rise.std(ddof=1) / math.sqrt(len(rise))
    low, value, high = (
        float(100 * (rise.mean() + side * reach) / before.mean()) for side in (-1, 0, 1)
    )
    return Estimate(value, low, high, "percent")


def _kinds(table: pd.DataFrame) -> pd.Series:
    """Say what kind of household each is."""
    renters = np.where(table["income_group"] == "Low", LOW_INCOME_RENTERS, "Other renters")
    return pd.Series(np.where(table["tenure"] == "Owner", "Owners", renters), index=table.index)


@cache
def leaving_rates(city: City) -> pd.DataFrame:
    """Percent who left, in the district and elsewhere, by kind of household.

    Parameters
    ----------
    city
        A city with the table `mobility_panel`.

    Returns
    -------
    pandas.DataFrame
        As `leaving_compared` gives it, with the column ``kind``: owners, low-income renters and
        other renters.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> leaving_rates(load_city())["kind"].tolist()
    ['Low-income renters', 'Other renters', 'Owners']
    """
    table = _households(city)
    table = table[table["status"] != "enter"]
    table = table.assign(kind=_kinds(table), left=table["status"] == "leave")
    return leaving_compared(table, by="kind", here=district(city))


def both_samples(city: City) -> bool:
    """Whether the panel has households of the district and of elsewhere."""
    samples = set(city["mobility_panel"]["sample"])
    return district(city) in samples and len(samples) > 1


@cache
def _moves(city: City) -> pd.DataFrame:
    """Low-income renters who left the district and stayed in the city: rank there, and here."""
    table = _households(city)
    moved = table[
        (table["sample"] == district(city))
        & (table["status"] == "leave")
        & (_kinds(table) == LOW_INCOME_RENTERS)
    ].dropna(subset=["neighborhood_id_before", "neighborhood_id_after"])
    ranks = city["opportunity"].set_index("neighborhood_id")
    here, there = (
        ranks.reindex(moved[f"neighborhood_id_{when}"]).reset_index(drop=True)
        for when in ("before", "after")
    )
    error = np.hypot(here["kfr_p25_se"], there["kfr_p25_se"])
    gap = there["kfr_p25"] - here["kfr_p25"]
    places = moved["neighborhood_id_before"].reset_index(drop=True)
    return pd.DataFrame({"home": places, "gap": gap, "error": error}).dropna()


def enough_moves(city: City) -> bool:
    """Whether enough low-income renters moved within the city."""
    return len(_moves(city)) >= FEWEST


def to_lower_rank(city: City) -> Estimate:
    """Percent of movers whose new neighborhood has a lower opportunity rank."""
    moves = _moves(city)
    return proportion(int((moves["gap"] < 0).sum()), len(moves))


def to_lower_for_sure(city: City) -> Estimate:
    """Percent of movers whose new rank is lower by more than the two standard errors allow."""
    moves = _moves(city)
    sure = moves["gap"] < -normal_quantile(0.95) * moves["error"]
    return proportion(int(sure.sum()), len(moves))


def to_lower_by_chance(city: City) -> float:
    """Percent who would get a lower rank if they moved to any home outside their district."""
    places = city["neighborhoods"].set_index("neighborhood_id")
    places = places.join(city["opportunity"].set_index("neighborhood_id"), how="inner")
    shares = {}
    for home, place in places.loc[places.index.isin(_moves(city)["home"].unique())].iterrows():
        others = places[places["district"] != place["district"]]
        lower = others["kfr_p25"] < place["kfr_p25"]
        shares[home] = 100 * others.loc[lower, "households"].sum() / others["households"].sum()
    return float(_moves(city)["home"].map(shares).mean())
