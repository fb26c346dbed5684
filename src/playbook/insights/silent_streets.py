"""Hazards that are there, hazards that are reported, and who gets the paving by which rule."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from playbook.city.tables import City
from playbook.estimate import Estimate
from playbook.insights.poverty_fifths import FIFTHS, poverty_fifths
from playbook.measures.allocation import allocate_by_score, weighted_score
from playbook.measures.places import Numbers
from playbook.measures.rates import rate, ratio
from playbook.measures.reporting import PER

QUIET, HILLS = "Mill Flats", ("Lakeside", "Highland")
PER_RESIDENTS = 1000
# What the two sides of a city take, what an hour of walking takes, and what paving takes.
WALKED = ("hazard_audit", "neighborhoods.population", "acs_profile")
TIMED = (*WALKED, "hazard_audit.inspector_hours")
PAVED = ("street_segments", "acs_profile")
# Fewer hazards or reports than this on one side, and a ratio says little.
FEWEST = 20

BUDGET_KM = 60
# The third rule: how much need counts beside the state of the street.
NEED_WEIGHT = 0.2
RULES = ("By requests", "By condition", "By condition and need")
ALL_STREETS = "All streets"
# What `_outcome` reads of a street: its size, what is counted, and the score of each rule.
_STREET_COLUMNS = ("length_km", "top", "pci", "requests", "wear", "both")
# Fewer streets than this can't be drawn anew to see how far luck reaches.
FEWEST_STREETS = 100
DRAWS = 200
TAIL = 0.025


@dataclass(frozen=True)
class Sides:
    """The two groups of places that are compared.

    Parameters
    ----------
    first, second
        What a reader calls them.
    is_first, is_second
        For each place of `hazard_audit`, whether it belongs to the group.
    """

    first: str
    second: str
    is_first: pd.Series
    is_second: pd.Series


@cache
def sides(city: City) -> Sides:
    """Choose whom to compare: Mill Flats and the hills, or the outer poverty fifths elsewhere."""
    ids = city["hazard_audit"]["neighborhood_id"]
    if "neighborhoods.district" in city:
        district = ids.map(city["neighborhoods"].set_index("neighborhood_id")["district"])
        if {QUIET, *HILLS} <= set(district):
            hills = " and ".join(HILLS)
            return Sides(QUIET, hills, district == QUIET, district.isin(HILLS))
    fifth = poverty_fifths(city, ids)
    high, low = FIFTHS[-1], FIFTHS[0]
    return Sides(f"the {high.lower()}", f"the {low.lower()}", fifth == high, fifth == low)


@cache
def _sums(city: City) -> pd.DataFrame:
    """Hazards, reports and residents of the two sides: one row each."""
    table = city["hazard_audit"]
    residents = city["neighborhoods"].set_index("neighborhood_id")["population"]
    table = table.assign(residents=table["neighborhood_id"].map(residents).fillna(0))
    pair = sides(city)
    columns = ["hazards_found", "reports", "residents"]
    return pd.DataFrame(
        [table.loc[rows, columns].sum() for rows in (pair.is_first, pair.is_second)]
    )


def enough_hazards(city: City) -> bool:
    """Whether both sides have hazards, reports and residents enough to compare."""
    sums = _sums(city)
    return bool(sums[["hazards_found", "reports"]].min().min() >= FEWEST) and bool(
        sums["residents"].min() > 0
    )


def _rates(city: City, events: str, among: str, per: float) -> tuple[Estimate, Estimate]:
    first, second = (
        rate(float(row[events]), float(row[among]), per=per) for _, row in _sums(city).iterrows()
    )
    return first, second


def hazard_rates(city: City) -> tuple[Estimate, Estimate]:
    """Hazards per 1,000 residents on the two sides."""
    return _rates(city, "hazards_found", "residents", PER_RESIDENTS)


def report_rates(city: City) -> tuple[Estimate, Estimate]:
    """Give the reports per 100 hazards on the two sides."""
    return _rates(city, "reports", "hazards_found", PER)


def call_rates(city: City) -> tuple[Estimate, Estimate]:
    """Give the reports per 1,000 residents on the two sides: all that city hall hears."""
    return _rates(city, "reports", "residents", PER_RESIDENTS)


def ratio_of(rates: tuple[Estimate, Estimate]) -> Estimate:
    """How many times the second side's rate the first side has."""
    return ratio(*rates)


@cache
def streets_of(city: City) -> pd.DataFrame:
    """Streets with wear, requests, the need of their place, and whether it is in the top fifth."""
    streets = city["street_segments"]
    profile = city["acs_profile"]
    latest = profile[profile["year"] == profile["year"].max()].set_index("neighborhood_id")
    fifth = poverty_fifths(city, streets["neighborhood_id"])
    known = streets.assign(
        wear=100 - streets["pci"],
        need=streets["neighborhood_id"].map(latest["poverty_pct"]),
        top=(fifth == FIFTHS[-1]).astype(float),
    )
    return known.dropna(subset=["need"]).reset_index(drop=True)


def enough_streets(city: City) -> bool:
    """Whether there are streets enough, more than the budget paves, and some in the top fifth."""
    streets = streets_of(city)
    long_enough = streets["length_km"].sum() > BUDGET_KM
    return len(streets) >= FEWEST_STREETS and bool(long_enough) and bool(streets["top"].any())


def _outcome(streets: Numbers) -> Numbers:
    """Share of the paved kilometers in the top fifth, and the condition of what is paved.

    `streets` has the columns of `_STREET_COLUMNS`. One row a rule, and one for all streets.
    """
    length, top, condition, *scores = streets.T
    paved = [allocate_by_score(score, length, BUDGET_KM).to_numpy() for score in scores]
    return np.array(
        [(100 * km @ top / km.sum(), km @ condition / km.sum()) for km in (*paved, length)]
    )


@cache
def paving_by_rule(city: City) -> pd.DataFrame:
    """Pave the same budget of kilometers by each rule.

    Parameters
    ----------
    city
        A city with the tables `street_segments` and `acs_profile`, and streets enough.

    Returns
    -------
    pandas.DataFrame
        One row a rule, and one for all streets: ``top_fifth`` (percent of the kilometers in the
        highest-poverty fifth of places) and ``condition`` (average index of what is paved), each
        with ``_low`` and ``_high``: the middle 95 percent when as many streets are drawn anew from
        these.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> paving_by_rule(load_city()).index.tolist()
    ['By requests', 'By condition', 'By condition and need', 'All streets']
    """
    streets = streets_of(city)
    # Wear and need are brought to one scale on the city's streets, not anew in each draw.
    both = weighted_score(streets, {"wear": 1 - NEED_WEIGHT, "need": NEED_WEIGHT})
    columns = streets.assign(both=both)[list(_STREET_COLUMNS)].to_numpy(dtype=float)
    picks = np.random.default_rng(0).integers(len(columns), size=(DRAWS, len(columns)))
    low, high = np.quantile([_outcome(columns[pick]) for pick in picks], [TAIL, 1 - TAIL], axis=0)
    shown = {}
    for column, name in enumerate(("top_fifth", "condition")):
        shown[name] = _outcome(columns)[:, column]
        shown[f"{name}_low"], shown[f"{name}_high"] = low[:, column], high[:, column]
    return pd.DataFrame(shown, index=[*RULES, ALL_STREETS])


def paving_figure(city: City, rule: str, name: str) -> Estimate:
    """One figure of `paving_by_rule` with its range."""
    columns = [name, f"{name}_low", f"{name}_high"]
    value, low, high = paving_by_rule(city)[columns].T[rule].to_list()
    unit = "percent" if name == "top_fifth" else "points"
    return Estimate(value, low, high, unit, decimals=0)
