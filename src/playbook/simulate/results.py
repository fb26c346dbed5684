"""What the city aims for and what it holds: `indicators`, `indicator_series`, `data_inventory`."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from playbook.simulate.data_systems import data_inventory
from playbook.simulate.effects import Effect
from playbook.simulate.hospital import COUNTED_AT, GROWTH
from playbook.simulate.scorecard import (
    ACTIVITIES,
    AVOIDABLE_DEATHS,
    AVOIDABLE_VISITS,
    INDICATORS,
    Activity,
    Indicator,
)
from playbook.simulate.world import Floats, Integers, World, stream

YEARS = np.arange(2016, 2026)

# Avoidable deaths before 75 in the two eastern districts: per 100,000 people of that age in the
# first year, and how much more in each later one. They stay well below all deaths at these ages.
EASTERN = ("Eastbank", "Mill Flats")
OLD = ("75-84", "85 and older")
DEATHS_FIRST, DEATHS_GROWTH = 270.0, 0.037

# What a department reaches, as a multiple of its target, give or take `NOISE`. Those that meet
# it do so from `GREEN_FROM` on; before, they rise to it.
MET, MISSED, BEFORE = 1.08, 0.93, 0.97
NOISE = 0.045
GREEN_FROM = 2022
BASE_NOISE = 0.04

PER = {"percent": 100, "per 1,000": 1_000, "per 10,000": 10_000, "per 100,000": 100_000, "days": 1}

EFFECTS = (
    Effect(
        "avoidable_deaths_growth",
        "indicator_series",
        100 * DEATHS_GROWTH,
        "percent a year",
        "How much the true rate of avoidable deaths before 75 rises each year in the two eastern "
        "districts.",
    ),
)


def results_tables(
    world: World, made: Mapping[str, pd.DataFrame], seed: int
) -> dict[str, pd.DataFrame]:
    """Make `indicators`, `indicator_series` and `data_inventory`.

    Parameters
    ----------
    world
        What is true of the places.
    made
        Tables made before: `population_age` and `avoidable_hospital`.
    seed
        Root seed.
    """
    return {
        "indicators": indicators(seed),
        "indicator_series": indicator_series(world, made, seed),
        "data_inventory": data_inventory(seed),
    }


def indicators(seed: int) -> pd.DataFrame:
    """Draw the table `indicators`: 12 about the whole population, then 34 about departments.

    Parameters
    ----------
    seed
        Root seed.

    Examples
    --------
    >>> indicators(7).groupby("level", sort=False).size().to_dict()
    {'population': 12, 'performance': 34}
    """
    random = stream(seed, "indicators")
    # What a department does stands for the whole population poorly: at most two points as proxy.
    scores = random.integers(1, [4, 3, 4], size=(len(ACTIVITIES), 3))
    scores = np.concatenate([[one.scores for one in INDICATORS], scores])
    both = (*INDICATORS, *ACTIVITIES)
    return pd.DataFrame(
        {
            "indicator_id": [*(one.id for one in INDICATORS), *_activity_ids()],
            "name": [one.name for one in both],
            "level": np.repeat(["population", "performance"], [len(INDICATORS), len(ACTIVITIES)]),
            "kind": ["whole population"] * len(INDICATORS) + [one.kind for one in ACTIVITIES],
            "department": [np.nan] * len(INDICATORS) + [one.department for one in ACTIVITIES],
            "result": [one.result for one in both],
            "unit": [one.unit for one in both],
            "direction": [one.better for one in both],
            "target": [np.nan] * len(INDICATORS) + [float(one.target) for one in ACTIVITIES],
            "communication": scores[:, 0],
            "proxy": scores[:, 1],
            "data_power": scores[:, 2],
        }
    ).astype({"department": "str"})


def _activity_ids() -> list[str]:
    return [f"P{number:02}" for number in range(1, len(ACTIVITIES) + 1)]


def indicator_series(world: World, made: Mapping[str, pd.DataFrame], seed: int) -> pd.DataFrame:
    """Draw the table `indicator_series`: one row an indicator and year, from 2016 to 2025.

    Parameters
    ----------
    world
        What is true of the places.
    made
        Tables made before: `population_age` and `avoidable_hospital`.
    seed
        Root seed.

    Returns
    -------
    pandas.DataFrame
        Columns as the contract describes them. `value` is `numerator` over `denominator` in the
        indicator's unit; a plain count has no denominator.
    """
    random = stream(seed, "indicator_series")
    parts = []
    for one in INDICATORS:
        if one.id == AVOIDABLE_DEATHS:
            counts = _avoidable_deaths(world, made["population_age"], random)
        elif one.id == AVOIDABLE_VISITS:
            counts = _avoidable_visits(made["avoidable_hospital"])
        else:
            counts = _of_population(one, random)
        parts.append(_rows(one.id, one.unit, *counts))
    for activity_id, activity in zip(_activity_ids(), ACTIVITIES, strict=True):
        parts.append(_rows(activity_id, activity.unit, *_of_activity(activity, random)))
    return pd.concat(parts, ignore_index=True)


def _rows(indicator_id: str, unit: str, numerator: Floats, denominator: Floats) -> pd.DataFrame:
    value = numerator if unit == "number" else (PER[unit] * numerator / denominator).round(1)
    return pd.DataFrame(
        {
            "indicator_id": indicator_id,
            "year": YEARS,
            "value": value,
            "numerator": numerator,
            "denominator": denominator,
        }
    )


def _avoidable_deaths(
    world: World, population: pd.DataFrame, random: np.random.Generator
) -> tuple[Floats, Floats]:
    eastern = population["neighborhood_id"].isin(world.neighborhood_id[_eastern(world)])
    young = ~population["age_group"].isin(OLD)
    residents = population.loc[eastern & young, "population"].sum()
    people = np.round(residents * (1 + GROWTH) ** (YEARS - COUNTED_AT))
    rate = DEATHS_FIRST / 100_000 * (1 + DEATHS_GROWTH) ** (YEARS - YEARS[0])
    return random.poisson(people * rate).astype(float), people


def _eastern(world: World) -> Integers:
    return np.flatnonzero(np.isin(world.district, EASTERN))


def _avoidable_visits(visits: pd.DataFrame) -> tuple[Floats, Floats]:
    """Add up the whole city; residents stand beside each illness and are counted once."""
    places = visits.groupby(["year", "neighborhood_id"]).agg(
        visits=("visits", "sum"), people=("population", "first")
    )
    city = places.groupby("year").sum().loc[YEARS]
    return city["visits"].to_numpy(float), city["people"].to_numpy(float)


def _of_population(one: Indicator, random: np.random.Generator) -> tuple[Floats, Floats]:
    base = np.round(one.base * random.uniform(1 - BASE_NOISE, 1 + BASE_NOISE, len(YEARS)))
    share = (one.first + one.change * (YEARS - YEARS[0])) / PER[one.unit]
    return random.binomial(base.astype(np.int64), share).astype(float), base


def _of_activity(one: Activity, random: np.random.Generator) -> tuple[Floats, Floats]:
    if one.met:
        reached = np.interp(YEARS, [YEARS[0], GREEN_FROM], [BEFORE, MET])
    else:
        reached = np.full(len(YEARS), MISSED)
    reached = reached + random.uniform(-NOISE, NOISE, len(YEARS))
    value = one.target * reached if one.better == "higher" else one.target / reached
    if not one.base:
        return np.round(value), np.full(len(YEARS), np.nan)
    base = np.round(one.base * random.uniform(1 - BASE_NOISE, 1 + BASE_NOISE, len(YEARS)))
    return np.round(value * base / PER[one.unit]), base
