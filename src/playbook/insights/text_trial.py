"""The trial of text messages and the pilot before it: who was alike, who replied, who came."""

from __future__ import annotations

from functools import cache

import pandas as pd

from playbook.city.tables import City
from playbook.estimate import Estimate
from playbook.measures.trial_design import balance_table
from playbook.measures.trial_power import simulated_trials, trial_power, wrong_sign
from playbook.measures.trials import interaction, trial_effects

CONTROL = "control"
# With fewer people a message, a share of a few percent is mostly luck.
FEWEST_PEOPLE = 100
# Fewer replies in a group than this, and its effect is not shown.
FEWEST_REPLIES = 10
RUNS = 4_000


@cache
def effects(city: City, outcome: str, table: str = "sms_trial") -> pd.DataFrame | None:
    """Compare each message with the control text. None when there are too few people.

    Parameters
    ----------
    city
        A city with the trial or the pilot.
    outcome
        ``"replied"``, ``"booked"`` or ``"attended"``.
    table
        ``"sms_trial"`` or ``"sms_pilot"``.

    Returns
    -------
    pandas.DataFrame or None
        As `playbook.measures.trials.trial_effects`, with the message as index.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> effects(load_city(), "replied").index.tolist()
    ['community', 'selected', 'simple']
    """
    people = city[table]
    sizes = people["arm"].value_counts()
    if CONTROL not in sizes or len(sizes) < 2 or sizes.min() < FEWEST_PEOPLE:
        return None
    return trial_effects(people, "arm", outcome, CONTROL).set_index("arm")


def shares(city: City, table: str = "sms_trial") -> dict[str, float]:
    """Give the percent who replied to each message, the control first.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> list(shares(load_city()))
    ['control', 'community', 'selected', 'simple']
    """
    found = effects(city, "replied", table)
    if found is None:
        return {}
    texts = {str(arm): float(share) for arm, share in found["share"].items()}
    return {CONTROL: float(found["control_share"].iloc[0]), **texts}


def best(city: City, table: str = "sms_trial") -> str:
    """Name the message, other than the control, that most people replied to; empty if unknown."""
    found = effects(city, "replied", table)
    return "" if found is None else str(found["share"].idxmax())


def effect_of(city: City, arm: str, outcome: str, table: str = "sms_trial") -> Estimate:
    """Give the difference of one message from the control text, in percentage points.

    Raises
    ------
    KeyError
        When `effects` has no answer.
    """
    found = effects(city, outcome, table)
    if found is None:
        raise KeyError(arm)
    return points(found, arm, "difference")


def points(table: pd.DataFrame, row: str, value: str) -> Estimate:
    """Give one row of a table with the columns ``low`` and ``high`` as an estimate in points."""
    middle, low, high = (float(table[name][row]) for name in (value, "low", "high"))
    return Estimate(middle, low, high, "percentage points")


@cache
def largest_imbalance(city: City) -> float:
    """Give the largest standardized difference between a message's people and the control's."""
    people = city["sms_trial"]
    table = balance_table(people, "arm", ["block", "language"], CONTROL)
    return float(table["standardized_difference"].abs().max())


@cache
def by_language(city: City) -> pd.DataFrame | None:
    """Compare the best message with the control text in each language. None if it can't be said.

    Returns
    -------
    pandas.DataFrame or None
        As `playbook.measures.trials.interaction`, with the group as index.
    """
    people = city["sms_trial"]
    arm = best(city)
    both = people[people["arm"].isin([arm, CONTROL])]
    replies = both.groupby(["language", "arm"])["replied"].sum()
    if not arm or both["language"].nunique() != 2 or replies.min() < FEWEST_REPLIES:
        return None
    return interaction(people, "arm", "replied", "language", arm, CONTROL).set_index("group")


@cache
def pilot_chances(city: City) -> tuple[float, float, float]:
    """Say what a pilot of that size sees, if the trial's shares are the true ones.

    Returns
    -------
    tuple of float
        In percent: the chance to see the difference of the best message, the chance to point the
        wrong way, and the chance to put the best message first.
    """
    true, arm = shares(city), best(city)
    per_arm = int(city["sms_pilot"]["arm"].value_counts().min())
    control, treated = true[CONTROL], true[arm]
    runs = simulated_trials(true, CONTROL, per_arm, trials=RUNS)
    first = 100 * float((runs["first"] == arm).mean())
    return trial_power(control, treated, per_arm), wrong_sign(control, treated, per_arm), first
