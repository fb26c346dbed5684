"""Waits for city services: one row a request, and the two groups of places compared."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
import pandas as pd

from playbook.city.tables import City
from playbook.insights.poverty_fifths import FIFTHS, poverty_fifths
from playbook.measures.standardized_waits import mix_of, standardized_waits

THIRDS = ("Fastest third", "Middle third", "Slowest third")
# More kinds of request than this can't be compared side by side; the rest are pooled.
MOST_TYPES = 8
OTHER = "Other requests"
# With fewer neighborhoods than this, a third is too small to stand for anything.
FEWEST_NEIGHBORHOODS = 6


@dataclass(frozen=True)
class Comparison:
    """The two groups of neighborhoods that the lesson compares.

    Parameters
    ----------
    kind
        ``"poverty"`` when the city has a poverty table, else ``"thirds"``.
    first
        The group asked about: the highest-poverty fifth, or the slowest third.
    second
        The group it is compared with: the lowest-poverty fifth, or the fastest third.
    """

    kind: Literal["poverty", "thirds"]
    first: str
    second: str


def comparison(city: City) -> Comparison:
    """Say which two groups are compared in this city."""
    if "acs_profile" in city:
        return Comparison("poverty", FIFTHS[-1], FIFTHS[0])
    return Comparison("thirds", THIRDS[-1], THIRDS[0])


def request_waits(city: City) -> pd.DataFrame:
    """Turn a city's service requests into waits.

    Parameters
    ----------
    city
        A city with the table `requests_311`.

    Returns
    -------
    pandas.DataFrame
        One row a request, repeat reports left out: ``request_id``, ``neighborhood``,
        ``request_type``, ``days`` (from report to closing, or to the date of the extract),
        ``closed``, and ``group``. With a poverty table, groups are fifths of the neighborhoods.
        Without one they are thirds, from fastest to slowest at the same mix of requests: sorted
        on every second request, and filled in for the others only, so that luck in the sorting
        can't pass as a difference.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> request_waits(load_city()).columns.tolist()
    ['request_id', 'neighborhood', 'request_type', 'days', 'closed', 'group']
    """
    return _waits(city).copy()


@cache
def _waits(city: City) -> pd.DataFrame:
    requests = city["requests_311"]
    as_of = city.as_of("requests_311")
    repeats = requests["duplicate_of"].notna() & (requests["duplicate_of"] != "")
    requests = requests.loc[~repeats].sort_values(["opened_at", "request_id"], ignore_index=True)
    end = requests["closed_at"].fillna(as_of)
    waits = pd.DataFrame(
        {
            "request_id": requests["request_id"],
            "neighborhood": _names(city, requests["neighborhood_id"]),
            "request_type": _pool_rare_types(requests["request_type"]),
            "days": (end - requests["opened_at"]).dt.total_seconds() / 86_400,
            "closed": requests["closed_at"].notna(),
        }
    )
    if comparison(city).kind == "poverty":
        waits["group"] = poverty_fifths(city, requests["neighborhood_id"])
    else:
        waits["group"] = by_thirds(waits)
    return waits


def _names(city: City, ids: pd.Series) -> pd.Series:
    if "neighborhoods" not in city:
        return ids.replace("", pd.NA)
    names = city["neighborhoods"].set_index("neighborhood_id")["name"]
    return ids.map(names)


def _pool_rare_types(types: pd.Series) -> pd.Series:
    common = types.value_counts()
    if len(common) <= MOST_TYPES:
        return types
    # Ties are broken by name, so that the choice never depends on the order of the file.
    ranked = common.reset_index().sort_values(["count", "request_type"], ascending=[False, True])
    return types.where(types.isin(ranked["request_type"].head(MOST_TYPES)), OTHER)


def by_thirds(waits: pd.DataFrame) -> pd.Series:
    """Sort neighborhoods into thirds by their wait at the same mix, and label half the requests.

    Every second request sorts the neighborhoods; only the others get a label. A neighborhood that
    was slow by luck in one half is not slow by luck in the other.

    Parameters
    ----------
    waits
        Rows of `request_waits`, in order of time.

    Returns
    -------
    pandas.Series
        One of `THIRDS`, or missing, for each row.
    """
    sorting = np.arange(len(waits)) % 2 == 0
    ranked = standardized_waits(
        waits[sorting & waits["neighborhood"].notna()], by="neighborhood", mix=mix_of(waits)
    )
    ranked = ranked.dropna(subset=["wait"]).sort_values(["wait", "neighborhood"])
    third = pd.Series(dtype=object)
    if len(ranked) >= FEWEST_NEIGHBORHOODS:
        cut = np.arange(len(ranked)) * 3 // len(ranked)
        third = pd.Series(np.array(THIRDS)[cut], index=ranked["neighborhood"])
    labels = waits["neighborhood"].map(third).where(~sorting)
    return pd.Series(pd.Categorical(labels, categories=THIRDS, ordered=True), index=waits.index)
