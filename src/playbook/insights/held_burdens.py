"""Where counted burdens sit, and what residents built in the same places."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from playbook.city.labels import listed
from playbook.city.tables import City
from playbook.estimate import Estimate
from playbook.insights.place_names import place_names
from playbook.measures.concentration import fewest_holding
from playbook.measures.intervals import normal_quantile
from playbook.measures.rates import rate, ratio

# What can be counted and added up. Each counts the same.
BURDENS = (
    "truck_route_m",
    "lead_service_lines",
    "vacant_lots",
    "permitted_emitters",
    "flood_prone_homes",
)
ASSETS = {
    "community_gardens": "gardens",
    "resident_groups": "groups",
    "local_shops": "local shops",
}
# What can be said of burdens with these tables alone, of the old map, and of the expressway.
HELD = ("burdens", "neighborhoods.population")
GRADED = (*HELD, "neighborhoods.holc_grade")
CROSSED = (*HELD, "burdens.expressway", "neighborhoods.district")
RED_GRADE = "D"
HALF = 0.5
# With fewer places, half of anything sits in a few of them. With fewer burdens, none can be left
# out to see how much the list depends on it.
FEWEST_PLACES, FEWEST_BURDENS = 20, 3
FEWEST_ASSETS = 20
# With fewer crossed places, or fewer others beside them, their average says little.
FEWEST_CROSSED = 3


@cache
def _shares(city: City) -> pd.DataFrame:
    """Percent of each burden in each place; burdens that the city has none of are left out."""
    table = city["burdens"].set_index("neighborhood_id")
    table = table[[name for name in BURDENS if name in table]]
    table = table.loc[:, table.sum() > 0]
    return 100 * table / table.sum()


@cache
def _people(city: City) -> pd.Series:
    """Residents of each place, in the order of the burdens."""
    residents = city["neighborhoods"].set_index("neighborhood_id")["population"]
    return residents.reindex(_shares(city).index).fillna(0)


def enough_places(city: City) -> bool:
    """Whether there are places and burdens enough to say where half of them sit."""
    places, burdens = _shares(city).shape
    return places >= FEWEST_PLACES and burdens >= FEWEST_BURDENS and _people(city).sum() > 0


def burden_shares(city: City) -> pd.DataFrame:
    """Percent of the city's counted burdens in each place, most first, with its assets.

    Parameters
    ----------
    city
        A city with the tables `burdens` and `neighborhoods`.

    Returns
    -------
    pandas.DataFrame
        ``neighborhood_id``, ``name``, ``burden_percent`` (average of the five), ``people_percent``,
        ``expressway``, ``park_ha``, and the assets.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> burden_shares(load_city())["burden_percent"].is_monotonic_decreasing
    True
    """
    table = city["burdens"]
    ids = table["neighborhood_id"]
    shown = pd.DataFrame(
        {
            "neighborhood_id": ids,
            "name": place_names(city, ids),
            "burden_percent": _shares(city).mean(axis=1).to_numpy(),
            "people_percent": (100 * _people(city) / _people(city).sum()).to_numpy(),
            **{name: table[name] for name in ("expressway", "park_ha", *ASSETS) if name in table},
        }
    )
    return shown.sort_values(
        ["burden_percent", "neighborhood_id"], ascending=[False, True]
    ).reset_index(drop=True)


def _variants(city: City) -> list[pd.Series]:
    """Burden of each place in percent: all burdens first, then with one of them left out."""
    shares = _shares(city)
    return [shares.mean(axis=1), *(shares.drop(columns=name).mean(axis=1) for name in shares)]


def _over_variants(city: City, values: list[float], unit: str, decimals: int) -> Estimate:
    return Estimate(values[0], min(values), max(values), unit, decimals=decimals)


def holders_of_half(city: City) -> pd.Index:
    """Give the fewest places that together hold half of the counted burdens."""
    return _holders(_variants(city)[0])


def _holders(burden: pd.Series) -> pd.Index:
    return burden.nlargest(fewest_holding(burden, HALF)).index


def places_for_half(city: City) -> Estimate:
    """How many places hold half; the range is over leaving one burden out."""
    values = [float(len(_holders(one))) for one in _variants(city)]
    return _over_variants(city, values, "places", 0)


def people_of_half(city: City) -> Estimate:
    """Percent of residents who live in the places that hold half, with the same range."""
    people = _people(city)
    values = [float(100 * people[_holders(one)].sum() / people.sum()) for one in _variants(city)]
    return _over_variants(city, values, "percent", 0)


def red_places(city: City) -> pd.Index:
    """Give the places graded D in 1937."""
    grades = city["neighborhoods"].set_index("neighborhood_id")["holc_grade"]
    known = grades.reindex(_shares(city).index)
    return known[known == RED_GRADE].index


def burden_on_red_land(city: City) -> Estimate:
    """Percent of the counted burdens in places graded D, with the range over burdens."""
    values = [float(one[red_places(city)].sum()) for one in _variants(city)]
    return _over_variants(city, values, "percent", 0)


def people_on_red_land(city: City) -> float:
    """Percent of residents who live in places graded D."""
    people = _people(city)
    return float(100 * people[red_places(city)].sum() / people.sum())


def crossed_and_beside(city: City) -> tuple[pd.Index, pd.Index]:
    """Give the places that the expressway crosses, and the others of the same districts."""
    crossed = city["burdens"].set_index("neighborhood_id")["expressway"] == "yes"
    district = city["neighborhoods"].set_index("neighborhood_id")["district"]
    district = district.reindex(crossed.index)
    beside = ~crossed & district.isin(district[crossed])
    return crossed.index[crossed], beside.index[beside]


def expressway_ratio(city: City) -> Estimate:
    """How many times the burden of the places beside it a crossed place has, on average.

    The ratio of geometric means, with the range of Welch's t on the logarithm. Not known where
    fewer than three places are crossed, or stand beside them.
    """
    groups = crossed_and_beside(city)
    burden = _variants(city)[0]
    logs = [np.log(burden[ids][burden[ids] > 0].to_numpy()) for ids in groups]
    if min(len(one) for one in logs) < FEWEST_CROSSED:
        return Estimate(math.nan, math.nan, math.nan, "times")
    gap, reach = _welch(*logs)
    low, value, high = (math.exp(gap + side * reach) for side in (-1, 0, 1))
    return Estimate(value, low, high, "times")


def _welch(first: npt.NDArray[np.float64], second: npt.NDArray[np.float64]) -> tuple[float, float]:
    """Difference of two averages, and how far its 95 percent range reaches."""
    from scipy.special import stdtrit

    parts = [one.var(ddof=1) / len(one) for one in (first, second)]
    total = sum(parts)
    freedom = total**2 / sum(
        part**2 / (len(one) - 1) for part, one in zip(parts, (first, second), strict=True)
    )
    tail = (1 + 0.95) / 2
    quantile = float(stdtrit(freedom, tail)) if total > 0 else normal_quantile(0.95)
    return float(first.mean() - second.mean()), quantile * math.sqrt(total)


def assets_of_half(city: City) -> tuple[Estimate, Estimate]:
    """Assets per 1,000 residents: in the places that hold half of the burdens, and elsewhere."""
    counts = assets_counted(city).set_axis(city["burdens"]["neighborhood_id"]).sum(axis=1)
    inside = counts.index.isin(holders_of_half(city))
    people = _people(city)
    return (
        rate(float(counts[inside].sum()), float(people[inside].sum()), per=1000),
        rate(float(counts[~inside].sum()), float(people[~inside].sum()), per=1000),
    )


def assets_known(city: City) -> bool:
    """Whether there are assets enough to compare."""
    return bool(assets_counted(city).to_numpy().sum() >= FEWEST_ASSETS)


def assets_counted(city: City) -> pd.DataFrame:
    """Give what residents built in each place, as far as the city has counted it."""
    table = city["burdens"]
    return table[[name for name in ASSETS if name in table]]


def asset_words(city: City) -> str:
    """Name what the city has counted.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> asset_words(load_city())
    'gardens, groups and local shops'
    """
    return listed(ASSETS[str(name)] for name in assets_counted(city))


def assets_ratio(city: City) -> Estimate:
    """Assets per resident where half of the burdens are, over those elsewhere."""
    return ratio(*assets_of_half(city))
