"""Health as a national model guesses it: `places_estimates`.

The model sees who lives in a place, never what happens there. So no local program can show in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from playbook.simulate.effects import Effect
from playbook.simulate.world import Floats, World

YEAR = 2023
PROFILE_YEAR = 2024
# Adults are 18 and older: this share of the group from 15 to 24, and everyone above it.
ADULT_SHARE = {"15-24": 0.7}
CHILDREN = ("Under 1", "1-4", "5-14")
# Middle age of each group, for the average age of adults.
MIDDLES = {
    "15-24": 21, "25-34": 30, "35-44": 40, "45-54": 50, "55-64": 60, "65-74": 70, "75-84": 80,
    "85 and older": 89,
}  # fmt: skip
USUAL_AGE, USUAL_POVERTY = 46.0, 16.0
# Standard error on the log-odds scale: of the model itself, and of a place with 1,000 adults.
MODEL_ERROR, PLACE_ERROR = 0.05, 0.04
STANDARD_ERRORS_95 = 1.96

EFFECTS = (
    Effect(
        "modeled_health_pilot",
        "places_estimates",
        0.0,
        "percentage points",
        "How much the home-repair pilot moves the modeled estimates: not at all, for the model "
        "can't see it.",
    ),
)


@dataclass(frozen=True)
class Measure:
    """One measure of the model.

    Parameters
    ----------
    name
        As stored in the table.
    percent
        Share of adults at the usual age and poverty.
    by_age
        Change of the log-odds per ten years of average age.
    by_poverty
        Change of the log-odds each time that poverty doubles.
    """

    name: str
    percent: float
    by_age: float
    by_poverty: float


MEASURES = (
    Measure("Asthma", 10.4, -0.06, 0.14),
    Measure("Diabetes", 11.0, 0.45, 0.32),
    Measure("Fair or poor health", 17.5, 0.22, 0.42),
    Measure("Frequent mental distress", 16.2, -0.22, 0.20),
    Measure("High blood pressure", 32.0, 0.42, 0.18),
    Measure("No health insurance", 9.2, -0.25, 0.45),
    Measure("Obesity", 33.0, 0.02, 0.17),
    Measure("Smoking", 14.0, -0.08, 0.38),
)


def modeled_health_tables(
    world: World, made: Mapping[str, pd.DataFrame], seed: int
) -> dict[str, pd.DataFrame]:
    """Make `places_estimates`.

    Parameters
    ----------
    world
        Not used: the model knows the published tables only.
    made
        Tables made before: `population_age` and `acs_profile`.
    seed
        Not used: nothing is drawn.
    """
    return {"places_estimates": places_estimates(made["population_age"], made["acs_profile"])}


def places_estimates(population: pd.DataFrame, profile: pd.DataFrame) -> pd.DataFrame:
    """Make the table `places_estimates`: one row a place and measure.

    Parameters
    ----------
    population
        The table `population_age`.
    profile
        The table `acs_profile`.

    Returns
    -------
    pandas.DataFrame
        Columns as the contract describes them. Values follow from ages and poverty alone.

    Examples
    --------
    >>> from playbook.simulate.health import population_age
    >>> from playbook.simulate.places import acs_profile
    >>> from playbook.simulate.world import make_world
    >>> world = make_world(7)
    >>> table = places_estimates(population_age(world, 7), acs_profile(world, 7))
    >>> len(table), table["measure"].unique()[:2].tolist()
    (512, ['Asthma', 'Diabetes'])
    """
    adults = _adults(population)
    age = (adults * adults.columns.map(MIDDLES)).sum(axis=1) / adults.sum(axis=1)
    poverty = profile[profile["year"] == PROFILE_YEAR].set_index("neighborhood_id")["poverty_pct"]
    older = (age.to_numpy(float) - USUAL_AGE) / 10
    poorer = np.log2(poverty.loc[age.index].to_numpy(float) / USUAL_POVERTY)
    people = adults.sum(axis=1).to_numpy(float)
    parts = []
    for measure in MEASURES:
        odds = _log_odds(measure.percent) + measure.by_age * older + measure.by_poverty * poorer
        error = np.hypot(MODEL_ERROR, PLACE_ERROR * np.sqrt(1_000 / people))
        reach = STANDARD_ERRORS_95 * error
        parts.append(
            pd.DataFrame(
                {
                    "year": YEAR,
                    "neighborhood_id": age.index,
                    "measure": measure.name,
                    "value": _percent(odds),
                    "low": _percent(odds - reach),
                    "high": _percent(odds + reach),
                    "adults": np.round(people).astype(np.int64),
                }
            )
        )
    table = pd.concat(parts).sort_values(["neighborhood_id", "measure"], ignore_index=True)
    return table.astype({"neighborhood_id": "str", "measure": "str"})


def _adults(population: pd.DataFrame) -> pd.DataFrame:
    people = population.set_index(["neighborhood_id", "age_group"])["population"].unstack()
    adults = people.drop(columns=list(CHILDREN)).astype(float)
    for group, share in ADULT_SHARE.items():
        adults[group] *= share
    return adults


def _log_odds(percent: float) -> float:
    return float(np.log(percent / (100 - percent)))


def _percent(odds: Floats) -> Floats:
    return np.asarray((100 / (1 + np.exp(-odds))).round(1))
