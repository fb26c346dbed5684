"""Tables of lesson 3.2 for its charts: found and reported, place by place, and paving by rule."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import pandas as pd

from playbook.city.tables import City
from playbook.estimate import Estimate
from playbook.insights.poverty_fifths import FIFTHS, poverty_fifths
from playbook.insights.silent_streets import (
    ALL_STREETS,
    BUDGET_KM,
    FEWEST,
    PAVED,
    RULES,
    TIMED,
    WALKED,
    call_rates,
    enough_hazards,
    enough_streets,
    hazard_rates,
    paving_by_rule,
    report_rates,
    sides,
    streets_of,
)
from playbook.insights.stand_in import on_tables
from playbook.measures.allocation import allocate_by_score, weighted_score
from playbook.measures.reporting import reporting_propensity

FOUND, REPORTED = "Hazards found", "Reports"
WHOLE_CITY = "Whole city"
_OUTCOMES = ("top_fifth", "condition")


@on_tables(*WALKED)
def side_names(city: City) -> tuple[str, str]:
    """Return the two groups of places that are compared, as the rows of a chart name them.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> side_names(load_city())
    ('Mill Flats', 'Lakeside and Highland')
    """
    pair = sides(city)
    return pair.first[:1].upper() + pair.first[1:], pair.second[:1].upper() + pair.second[1:]


@on_tables(*WALKED)
def found_and_reported(city: City) -> pd.DataFrame:
    """Set what inspectors found beside what residents reported, on the two sides.

    Parameters
    ----------
    city
        A city with the tables `hazard_audit`, `neighborhoods` and `acs_profile`.

    Returns
    -------
    pandas.DataFrame
        One row a side and kind: ``place``, ``kind`` (hazards found, or reports), and ``rate`` for
        each 1,000 residents with its range ``low`` and ``high``; NaN where there are too few.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> found_and_reported(load_city())["kind"].tolist()
    ['Hazards found', 'Reports', 'Hazards found', 'Reports']
    """
    rates = [(_nothing(), _nothing())] * 2
    if enough_hazards(city):
        rates = list(zip(hazard_rates(city), call_rates(city), strict=True))
    rows = [
        (place, kind, one.value, one.low, one.high)
        for place, both in zip(side_names(city), rates, strict=True)
        for kind, one in zip((FOUND, REPORTED), both, strict=True)
    ]
    return pd.DataFrame(rows, columns=["place", "kind", "rate", "low", "high"])


@on_tables(*WALKED)
def reporting_rates(city: City) -> pd.DataFrame:
    """Give the reports for every 100 hazards, on the two sides.

    Parameters
    ----------
    city
        A city with the tables `hazard_audit`, `neighborhoods` and `acs_profile`.

    Returns
    -------
    pandas.DataFrame
        ``place``, ``reports`` for every 100 hazards, and the range ``low`` and ``high``; NaN where
        there are too few.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> reporting_rates(load_city())["place"].tolist()
    ['Mill Flats', 'Lakeside and Highland']
    """
    rates = report_rates(city) if enough_hazards(city) else (_nothing(), _nothing())
    rows = [
        (place, one.value, one.low, one.high)
        for place, one in zip(side_names(city), rates, strict=True)
    ]
    return pd.DataFrame(rows, columns=["place", "reports", "low", "high"])


@on_tables("hazard_audit", "neighborhoods")
def reporting_by_place(city: City) -> pd.DataFrame:
    """Give the reports for every 100 hazards in each neighborhood.

    Parameters
    ----------
    city
        A city with the tables `hazard_audit` and `neighborhoods`.

    Returns
    -------
    pandas.DataFrame
        ``neighborhood``, ``reports`` for every 100 hazards, and the range ``low`` and ``high``;
        NaN where inspectors found too few hazards to tell.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> reporting_by_place(load_city()).shape
    (64, 4)
    """
    names = city["neighborhoods"].set_index("neighborhood_id")["name"]
    audit = city["hazard_audit"]
    audit = audit.assign(neighborhood=audit["neighborhood_id"].map(names))
    rates = reporting_propensity(audit.dropna(subset=["neighborhood"]), by="neighborhood")
    few = rates["hazards_found"] < FEWEST
    values = ["per_100", "low", "high"]
    rates[values] = rates[values].mask(few)
    return rates[["neighborhood", *values]].rename(columns={"per_100": "reports"})


@on_tables(*TIMED)
def walk_costs(city: City) -> pd.DataFrame:
    """Say what the walk cost, and what an hour of it found, on the two sides and in the city.

    Parameters
    ----------
    city
        A city with the tables `hazard_audit`, `neighborhoods` and `acs_profile`.

    Returns
    -------
    pandas.DataFrame
        ``place``, ``hours`` of inspectors, ``hazards`` they found, and ``hazards_per_hour``.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> walk_costs(load_city())["place"].tolist()
    ['Mill Flats', 'Lakeside and Highland', 'Whole city']
    """
    audit, pair = city["hazard_audit"], sides(city)
    everyone = pd.Series(data=True, index=audit.index)
    sums = [
        audit.loc[rows, ["inspector_hours", "hazards_found"]].sum()
        for rows in (pair.is_first, pair.is_second, everyone)
    ]
    hours = np.array([one["inspector_hours"] for one in sums], dtype=float)
    hazards = np.array([one["hazards_found"] for one in sums], dtype=float)
    per_hour = np.divide(hazards, hours, out=np.full(len(hours), math.nan), where=hours > 0)
    return pd.DataFrame(
        {
            "place": [*side_names(city), WHOLE_CITY],
            "hours": hours,
            "hazards": hazards,
            "hazards_per_hour": per_hour,
        }
    )


@on_tables(*PAVED)
def paving_shares(city: City) -> pd.DataFrame:
    """Say whom the paving reaches by each rule, and how worn the chosen streets are.

    Parameters
    ----------
    city
        A city with the tables `street_segments` and `acs_profile`.

    Returns
    -------
    pandas.DataFrame
        One row a rule and one for all streets: ``rule``, ``share`` (percent of the kilometers in
        the highest-poverty fifth of neighborhoods) and ``condition`` (index of the streets, in
        points), each with the range ``_low`` and ``_high``; NaN where there are too few streets.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> paving_shares(load_city())["rule"].tolist()
    ['By requests', 'By condition', 'By condition and need', 'All streets']
    """
    columns = [f"{name}{end}" for name in _OUTCOMES for end in ("", "_low", "_high")]
    if enough_streets(city):
        shares = paving_by_rule(city)[columns]
    else:
        shares = pd.DataFrame(math.nan, index=[*RULES, ALL_STREETS], columns=columns)
    shares.columns = shares.columns.str.replace("top_fifth", "share")
    return shares.rename_axis("rule").reset_index()


@on_tables(*PAVED)
def paving_at_weights(city: City, requests: float, condition: float, need: float) -> pd.DataFrame:
    """Pave the same kilometers by a rule of your own.

    Parameters
    ----------
    city
        A city with the tables `street_segments` and `acs_profile`.
    requests, condition, need
        How many parts each counts in the score of a street; at least one above 0.

    Returns
    -------
    pandas.DataFrame
        Two columns: ``result`` and ``value``. Percent of the kilometers in the highest- and in the
        lowest-poverty fifth, and the condition of what is paved; NaN with too few streets.

    Raises
    ------
    PlaybookError
        When no weight is above 0.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> paving_at_weights(load_city(), 0, 8, 2).shape
    (3, 2)
    """
    values = _at_weights(city, requests, condition, need)
    names = ["Most poverty, percent", "Least poverty, percent", "Index of paved streets"]
    return pd.DataFrame({"result": names, "value": values})


@cache
def _at_weights(city: City, requests: float, condition: float, need: float) -> tuple[float, ...]:
    streets = streets_of(city)
    score = weighted_score(streets, {"requests": requests, "wear": condition, "need": need})
    if not enough_streets(city):
        return (math.nan,) * 3
    paved = allocate_by_score(score, streets["length_km"], BUDGET_KM)
    fifth = poverty_fifths(city, streets["neighborhood_id"])
    ends = (paved[fifth == FIFTHS[-1]].sum(), paved[fifth == FIFTHS[0]].sum())
    shares = [float(100 * end / paved.sum()) for end in ends]
    return (*shares, float((paved * streets["pci"]).sum() / paved.sum()))


def _nothing() -> Estimate:
    return Estimate(math.nan, math.nan, math.nan)
