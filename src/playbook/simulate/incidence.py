"""Who pays the trash fee and who would be let off: `household_incidence` and `impact_reviews`."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from playbook.simulate.effects import Effect
from playbook.simulate.impact_reviews import impact_reviews
from playbook.simulate.world import Floats, World, stream

# A sample of households with as many from each fifth by income, lowest income first.
HOUSEHOLDS_PER_FIFTH = 800
MEAN_FEE = np.array([196.0, 212.0, 228.0, 252.0, 292.0])  # larger homes, more bins
FEE_SPREAD = 0.28
MEDIAN_INCOME = np.array([15_000.0, 33_000.0, 55_000.0, 88_000.0, 170_000.0])
INCOME_SPREAD = 0.25
# Share of households with an income of about twice the poverty line or less.
ELIGIBLE = np.array([0.96, 0.62, 0.06, 0.0, 0.0])
RENTERS = np.array([0.80, 0.66, 0.52, 0.38, 0.22])

# How hard the form is for a household: its share, the chance that it heard of the waiver, and the
# chance that it applied then. Together 40, 26 and 13 in 100 eligible households apply.
BURDENS = {"none": (0.27, 0.70, 0.571), "some": (0.46, 0.60, 0.433), "high": (0.27, 0.45, 0.289)}
APPROVED = 0.95
# Share of eligible households that stand on a list of another program already.
MATCHED = 0.78
HOURS = {"none": 1.5, "some": 3.0, "high": 6.0}
HOURS_SPREAD = 0.4

# Share of households, and how it changes from one income fifth to the next (log scale). Old lending
# maps and pay gaps put groups on different rungs; the waiver does not ask for race.
GROUPS = {
    "White": (0.41, 0.22),
    "Black": (0.27, -0.24),
    "Hispanic": (0.20, -0.16),
    "Asian": (0.06, 0.12),
    "American Indian or Alaska Native": (0.007, -0.15),
    "Other or several": (0.053, -0.02),
}

EFFECTS = (
    Effect(
        "waiver_matched_share",
        "household_incidence",
        100 * MATCHED,
        "percent of eligible households",
        "Share of eligible households that a match with other lists would find.",
    ),
    *(
        Effect(
            f"waiver_form_reach_{burden}_burden",
            "household_incidence",
            round(100 * reached * applied * APPROVED, 1),
            "percent of eligible households",
            f"Share of eligible households that the form reaches, burden: {burden}.",
        )
        for burden, (_, reached, applied) in BURDENS.items()
    ),
)


def incidence_tables(
    world: World, made: Mapping[str, pd.DataFrame], seed: int
) -> dict[str, pd.DataFrame]:
    """Make the tables of households and of the city's impact reviews.

    Parameters
    ----------
    world, made
        Not used: households are sampled by income, not by place.
    seed
        Root seed.

    Examples
    --------
    >>> from playbook.simulate.world import make_world
    >>> {name: len(table) for name, table in incidence_tables(make_world(7), {}, 7).items()}
    {'household_incidence': 4000, 'impact_reviews': 6}
    """
    return {
        "household_incidence": household_incidence(seed),
        "impact_reviews": impact_reviews(),
    }


def household_incidence(seed: int) -> pd.DataFrame:
    """Draw the table `household_incidence`: one row a household.

    Parameters
    ----------
    seed
        Root seed.

    Returns
    -------
    pandas.DataFrame
        Columns as the contract describes them. Who applied had heard of the waiver, and who was
        approved had applied.

    Examples
    --------
    >>> households = household_incidence(7)
    >>> households["income_fifth"].value_counts().tolist()
    [800, 800, 800, 800, 800]
    """
    random = stream(seed, "household_incidence")
    fifth = np.repeat(np.arange(len(MEAN_FEE)), HOUSEHOLDS_PER_FIFTH)
    count = len(fifth)
    fee = MEAN_FEE[fifth] * np.exp(random.normal(0, FEE_SPREAD, count) - FEE_SPREAD**2 / 2)
    income = MEDIAN_INCOME[fifth] * np.exp(random.normal(0, INCOME_SPREAD, count))
    group = _groups(fifth, random.random(count))
    shares, hears, tries = (np.array(column) for column in zip(*BURDENS.values(), strict=True))
    burden = random.choice(len(BURDENS), count, p=shares)
    eligible = random.random(count) < ELIGIBLE[fifth]
    reached = eligible & (random.random(count) < hears[burden])
    applied = reached & (random.random(count) < tries[burden])
    approved = applied & (random.random(count) < APPROVED)
    matched = eligible & (random.random(count) < MATCHED)
    hours = np.array(list(HOURS.values()))[burden] * np.exp(random.normal(0, HOURS_SPREAD, count))
    renter = random.random(count) < RENTERS[fifth]
    table = pd.DataFrame(
        {
            "household_id": [f"H{number:04}" for number in range(1, count + 1)],
            "income_fifth": fifth + 1,
            "race_ethnicity": np.array(list(GROUPS))[group],
            "tenure": np.where(renter, "rent", "own"),
            "income_usd": np.round(income, -2).astype(np.int64),
            "fee_usd": np.round(fee).astype(np.int64),
            "burden": np.array(list(BURDENS))[burden],
            "hours_spent": np.where(applied, hours, 0).round(1),
        }
    )
    steps = {
        "eligible": eligible,
        "reached": reached,
        "applied": applied,
        "approved": approved,
        "matched": matched,
    }
    for name, flag in steps.items():
        table[name] = np.where(flag, "yes", "no")
    return table.astype(dict.fromkeys(["race_ethnicity", "tenure", "burden", *steps], "str"))


def _groups(fifth: np.ndarray, draw: Floats) -> np.ndarray:
    """Draw the group of each household, with chances that differ by income fifth."""
    shares, slopes = (np.array(column) for column in zip(*GROUPS.values(), strict=True))
    weight = shares * np.exp(np.outer(np.arange(len(MEAN_FEE)) - 2, slopes))
    edges = (weight / weight.sum(axis=1, keepdims=True)).cumsum(axis=1)[:, :-1]
    return np.asarray((draw[:, np.newaxis] >= edges[fifth]).sum(axis=1))
