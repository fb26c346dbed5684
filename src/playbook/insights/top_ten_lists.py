"""Last year's best and worst cities, and where they stand a year later."""

from __future__ import annotations

import math
from functools import cache
from itertools import pairwise

import numpy as np
import pandas as pd

from playbook.city.tables import City
from playbook.estimate import Estimate
from playbook.measures.intervals import normal_quantile
from playbook.measures.rates import proportion

TABLE = "peer_cities"
LIST = 10
# Two lists of ten leave some cities in between only when there are more than this.
FEWEST_CITIES = 2 * LIST + 1


def top_ten_moves(city: City) -> pd.DataFrame:
    """Follow the ten best and the ten last cities of each figure into the next year.

    Parameters
    ----------
    city
        A city with the table `peer_cities`.

    Returns
    -------
    pandas.DataFrame
        One row a figure: ``metric``, ``best_fell`` and ``last_rose`` (of ten), ``still_best`` (how
        many of the ten are on the next year's list), ``lead_before`` and ``lead_after`` (average
        of the ten less that of all cities, in percentage points).

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> top_ten_moves(load_city()).columns.tolist()[:3]
    ['metric', 'best_fell', 'last_rose']
    """
    year = all_years(city)[-2]
    best, last = (
        table[table["year"] == year]
        for table in (_listed(city, best=True), _listed(city, best=False))
    )
    fell = (best["after"] < best["before"]).groupby(best["metric"]).sum()
    rose = (last["after"] > last["before"]).groupby(last["metric"]).sum()
    leads = best.groupby("metric")[["lead_before", "lead_after"]].mean()
    return pd.DataFrame(
        {
            "best_fell": fell,
            "last_rose": rose,
            "still_best": best.groupby("metric")["on_next_list"].sum(),
            **leads,
        }
    ).reset_index()


@cache
def _listed(city: City, *, best: bool) -> pd.DataFrame:
    """List the ten best, or the ten last, of each figure and year but the last one."""
    pairs = pairwise(all_years(city))
    return pd.concat([_followed(city, before, after, best=best) for before, after in pairs])


def _followed(city: City, before: int, after: int, *, best: bool) -> pd.DataFrame:
    """One row a listed city and figure: its value on the list, and a year later."""
    parts = []
    for metric, rows in city[TABLE].groupby("metric", sort=True):
        values = rows.pivot(index="city", columns="year", values="value")[[before, after]].dropna()
        values.columns = pd.Index(["before", "after"])
        # Equal values keep the order of names.
        first, second = (
            values.sort_index().sort_values(name, ascending=not best, kind="stable").index[:LIST]
            for name in ("before", "after")
        )
        leads = (values - values.mean()).add_prefix("lead_")
        table = values.join(leads).loc[first]
        parts.append(
            table.assign(
                metric=metric,
                year=before,
                on_next_list=first.isin(second),
                spread=values["before"].std(),
            )
        )
    return pd.concat(parts).reset_index()


def all_years(city: City) -> tuple[int, ...]:
    """Return the years of the table, oldest first."""
    return tuple(sorted(int(year) for year in city[TABLE]["year"].unique()))


def enough_cities(city: City) -> bool:
    """Whether there are two years, and cities enough for two lists of ten in each figure."""
    if TABLE not in city or city[TABLE]["year"].nunique() < 2:
        return False
    table = city[TABLE]
    complete = table.groupby(["metric", "city"])["year"].nunique() == table["year"].nunique()
    return bool(complete.groupby("metric").sum().min() >= FEWEST_CITIES)


def moved_to_the_middle(city: City) -> Estimate:
    """Share of both lists, all figures and years together, that moved toward the middle."""
    best, last = _listed(city, best=True), _listed(city, best=False)
    moved = (best["after"] < best["before"]).sum() + (last["after"] > last["before"]).sum()
    return proportion(float(moved), len(best) + len(last))


def lead_kept(city: City) -> Estimate:
    """How much of their lead over all cities the best ten keep, in percent.

    A ratio of sums over all figures and years, each in standard deviations of its own; the range
    from how far single cities lie from that ratio.
    """
    best = _listed(city, best=True)
    before = (best["lead_before"] / best["spread"]).to_numpy()
    after = (best["lead_after"] / best["spread"]).to_numpy()
    kept = after.sum() / before.sum()
    off = after - kept * before
    error = math.sqrt(len(off) / (len(off) - 1) * float((off**2).sum())) / before.sum()
    reach = normal_quantile(0.95) * error
    low, high = 100 * (kept - reach), 100 * (kept + reach)
    return Estimate(100 * kept, low, high, unit="percent", decimals=0)


def rise_of_the_last(city: City) -> Estimate:
    """How far the last ten rose on average in a year, in percentage points."""
    last = _listed(city, best=False)
    rise = (last["after"] - last["before"]).to_numpy()
    reach = normal_quantile(0.95) * float(rise.std(ddof=1)) / math.sqrt(len(rise))
    value = float(np.mean(rise))
    return Estimate(value, value - reach, value + reach, unit="percentage points")
