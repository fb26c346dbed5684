"""How far the waits of two groups of neighborhoods lie apart, plainly and like for like."""

from __future__ import annotations

import math
from functools import cache

import pandas as pd

from playbook.city.tables import City
from playbook.estimate import Estimate
from playbook.insights.service_waits import OTHER, THIRDS, by_thirds, comparison, request_waits
from playbook.insights.statements import sentence_start
from playbook.measures.decomposition import Kitagawa, kitagawa
from playbook.measures.product_limit import restricted_mean, wait_percentile, wait_percentiles
from playbook.measures.rates import difference
from playbook.measures.standardized_waits import mix_of, standardized_wait

# Average days are counted up to this many: a job open for a year would otherwise decide alone.
HORIZON_DAYS = 90
TOO_FEW = Estimate(math.nan, math.nan, math.nan, unit="days", better="lower")


def group_rows(city: City, name: str) -> pd.DataFrame:
    """Return the requests of one of the compared groups."""
    waits = request_waits(city)
    return waits[waits["group"] == name]


def plain_wait(city: City, name: str) -> Estimate:
    """Median wait of a group, whatever its residents ask for."""
    rows = group_rows(city, name)
    return wait_percentile(rows["days"], rows["closed"]) if len(rows) else TOO_FEW


def same_mix_wait(city: City, name: str) -> Estimate:
    """Median wait of a group, had its residents asked for what the whole city asks for."""
    rows = group_rows(city, name)
    return standardized_wait(rows, mix_of(request_waits(city))) if len(rows) else TOO_FEW


def average_difference(city: City) -> Estimate:
    """Difference of the plain medians: the group asked about less the other."""
    pair = comparison(city)
    return difference(plain_wait(city, pair.first), plain_wait(city, pair.second))


def same_mix_difference(city: City) -> Estimate:
    """Difference of the medians at the city's mix of requests."""
    pair = comparison(city)
    return difference(same_mix_wait(city, pair.first), same_mix_wait(city, pair.second))


@cache
def _waits_by_type(city: City) -> pd.DataFrame:
    pair = comparison(city)
    waits = request_waits(city)
    # Pooled kinds are a mix of their own: comparing them would not be like with like.
    waits = waits[waits["request_type"] != OTHER]
    kinds = waits["request_type"].drop_duplicates()
    waits = waits[waits["group"].isin([pair.first, pair.second])].astype({"group": str})
    both = wait_percentiles(waits, by=["request_type", "group"])
    grid = pd.MultiIndex.from_product(
        [kinds, [pair.first, pair.second]], names=["request_type", "group"]
    )
    both = both.set_index(["request_type", "group"]).reindex(grid)
    both[["requests", "still_open"]] = both[["requests", "still_open"]].fillna(0).astype(int)
    return both.reset_index()


def waits_by_type(city: City) -> pd.DataFrame:
    """Median and 90th percentile by kind of request in both groups, fastest kind first.

    One row a kind and group, with the columns of `wait_percentiles`. A group with too few requests
    of a kind has missing values.
    """
    both = _waits_by_type(city).copy()
    both["speed"] = both.groupby("request_type")["median"].transform("min")
    both["is_second"] = both["group"] == comparison(city).second
    both = both.sort_values(["speed", "request_type", "is_second"], ignore_index=True)
    return both.drop(columns=["speed", "is_second"])


def type_ratios(city: City) -> pd.Series:
    """Median wait of the first group over the second's, for kinds that both have enough of."""
    pair = comparison(city)
    wide = waits_by_type(city).pivot(index="request_type", columns="group", values="median")
    return (wide[pair.first] / wide[pair.second]).dropna()


def average_days(city: City, name: str) -> tuple[pd.Series, pd.Series]:
    """Average days by kind of request (counted up to `HORIZON_DAYS`), and each kind's share."""
    rows = group_rows(city, name)
    kinds = [
        kind for kind in mix_of(request_waits(city)).index if (rows.request_type == kind).any()
    ]
    means = {}
    for kind in kinds:
        one = rows[rows["request_type"] == kind]
        means[kind] = restricted_mean(one["days"], one["closed"], horizon=HORIZON_DAYS).value
    return pd.Series(means, dtype=float), mix_of(rows)


@cache
def split_of_gap(city: City) -> Kitagawa:
    """Split the difference of the average days into mix and service (Kitagawa 1955).

    Only kinds of request that both groups have are compared. NaN where there are none.
    """
    pair = comparison(city)
    nothing = Kitagawa(math.nan, math.nan, math.nan, pd.DataFrame())
    if group_rows(city, pair.first).empty or group_rows(city, pair.second).empty:
        return nothing
    days_first, share_first = average_days(city, pair.first)
    days_second, share_second = average_days(city, pair.second)
    shared = days_first.dropna().index.intersection(days_second.dropna().index)
    if shared.empty:
        return nothing
    return kitagawa(
        days_first[shared],
        days_second[shared],
        share_first[shared] / share_first[shared].sum(),
        share_second[shared] / share_second[shared].sum(),
    )


def slow_days(city: City, *, count_open: bool = True) -> Estimate:
    """90th percentile of the wait in the whole city, with the open requests or without them."""
    waits = request_waits(city)
    if not count_open:
        waits = waits[waits["closed"]]
    return wait_percentile(waits["days"], waits["closed"], percent=90)


def medians_at_mix(city: City, percent: float) -> str:
    """Say what both groups' medians would be at a mix between the two groups' own mixes.

    The service stays as it is; only what residents ask for changes.

    Parameters
    ----------
    city
        The city that is open.
    percent
        Share of the first group's mix, 0 to 100; the rest is the second group's mix.
    """
    pair = comparison(city)
    rows = {name: group_rows(city, name) for name in (pair.first, pair.second)}
    if any(group.empty for group in rows.values()):
        return f"{sentence_start(city)}, there is too little to tell."
    weight = percent / 100
    mix = (mix_of(rows[pair.first]) * weight).add(
        mix_of(rows[pair.second]) * (1 - weight), fill_value=0
    )
    waits = {name: standardized_wait(group, mix) for name, group in rows.items()}
    return "; ".join(f"{name.lower()} {wait}" for name, wait in waits.items())


@cache
def thirds_difference(city: City) -> Estimate:
    """Slowest less fastest third of neighborhoods, at the same mix.

    Sorted on one half of the requests and measured on the other half.
    """
    waits = request_waits(city)
    waits["group"] = by_thirds(waits)
    mix = mix_of(waits)
    slow, fast = (waits[waits["group"] == name] for name in (THIRDS[-1], THIRDS[0]))
    if slow.empty or fast.empty:
        return TOO_FEW
    return difference(standardized_wait(slow, mix), standardized_wait(fast, mix))
