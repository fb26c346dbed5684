"""Answers, known mistakes and hints of lesson 3.2, *Silence is not satisfaction*."""

from __future__ import annotations

import math

from playbook.city.tables import City
from playbook.estimate import Estimate, format_number
from playbook.insights.silence_views import walk_costs
from playbook.insights.silent_streets import (
    BUDGET_KM,
    NEED_WEIGHT,
    PAVED,
    PER_RESIDENTS,
    RULES,
    TIMED,
    WALKED,
    call_rates,
    enough_hazards,
    enough_streets,
    hazard_rates,
    paving_figure,
    report_rates,
    sides,
)
from playbook.learn.bank.exercise import Exercise, Mistake
from playbook.measures.reporting import PER

BY_REQUESTS, BY_CONDITION, BY_NEED = RULES


def _found(city: City) -> float:
    """Give the hazards found on the first side."""
    return float(city["hazard_audit"].loc[sides(city).is_first, "hazards_found"].sum())


def _hazards(city: City) -> float:
    return _found(city) if enough_hazards(city) else math.nan


def _reports(city: City) -> float:
    """Give the reports that came from the first side."""
    return _hazards(city) * _rate(city, 0) / PER


def _rate(city: City, side: int) -> float:
    return report_rates(city)[side].value if enough_hazards(city) else math.nan


def _as_often(city: City) -> float:
    return _hazards(city) * _rate(city, 1) / PER


def _same_per_resident(city: City) -> float:
    """Give the first side the reports per resident of the second."""
    if not enough_hazards(city):
        return math.nan
    residents = PER_RESIDENTS * _hazards(city) / hazard_rates(city)[0].value
    return residents * call_rates(city)[1].value / PER_RESIDENTS


def _figure(city: City, rule: str, name: str) -> Estimate:
    if enough_streets(city):
        return paving_figure(city, rule, name)
    return Estimate(math.nan, math.nan, math.nan)


def _points_apart(city: City, first: str, second: str, name: str) -> float:
    return _figure(city, first, name).value - _figure(city, second, name).value


def _kilometers(city: City, rule: str, other: str) -> float:
    return BUDGET_KM * _points_apart(city, rule, other, "top_fifth") / 100


def _per_hour(city: City, row: int) -> float:
    found = float(walk_costs(city)["hazards_per_hour"].iloc[row])
    return found if enough_hazards(city) else math.nan


AS_OFTEN = Exercise(
    id="3.2-a",
    kind="choose",
    question=lambda city: (
        f"Inspectors found {format_number(_found(city), 0)} hazards in {sides(city).first}. "
        f"How many reports would there be, if they were reported as often as in "
        f"{sides(city).second}?"
    ),
    unit="reports",
    decimals=0,
    tolerance=0.5,
    expected=_as_often,
    explanation=lambda city: (
        f"Only {format_number(_reports(city), 0)} came. Heard as {sides(city).second} is heard, "
        f"the same streets would have sent {format_number(_as_often(city) - _reports(city), 0)} "
        "more."
    ),
    tables=WALKED,
    hints=(
        "Step 2 gives the reports for every 100 hazards. Read the second row.",
        "Take that many for each 100 of the hazards that inspectors found.",
    ),
    mistakes=(
        Mistake(
            _reports,
            lambda city: "That is how many reports came. Use the reporting rate of the other row.",
        ),
        Mistake(
            _same_per_resident,
            lambda city: (
                "That gives both places the same reports for each resident. Compare them by "
                "hazard: what is there to report?"
            ),
        ),
        Mistake(
            _hazards,
            lambda city: "That is one report for each hazard. Use the rate of step 2.",
        ),
    ),
)

KILOMETERS = Exercise(
    id="3.2-b",
    kind="number",
    question=lambda city: (
        f"Of {BUDGET_KM} kilometers, how many more does the highest-poverty fifth get by condition "
        "and need than by requests?"
    ),
    unit="kilometers",
    expected=lambda city: _kilometers(city, BY_NEED, BY_REQUESTS),
    explanation=lambda city: (
        f"It is {format_number(_kilometers(city, BY_NEED, BY_REQUESTS))} kilometers. They "
        "come from streets that go lower on the list. Say which ones before the vote."
    ),
    tables=PAVED,
    hints=(
        "Take the percent by condition and need less the percent by requests.",
        f"That many percent of {BUDGET_KM} kilometers: multiply, and divide by 100.",
    ),
    mistakes=(
        Mistake(
            lambda city: _points_apart(city, BY_NEED, BY_REQUESTS, "top_fifth"),
            lambda city: f"Those are percentage points. Take that many percent of {BUDGET_KM}.",
        ),
        Mistake(
            lambda city: BUDGET_KM * _figure(city, BY_NEED, "top_fifth").value / 100,
            lambda city: "That is all it gets by that rule. The question asks how many more.",
        ),
        Mistake(
            lambda city: _kilometers(city, BY_CONDITION, BY_REQUESTS),
            lambda city: "That is for condition alone. Take the rule with need.",
        ),
    ),
)

PER_HOUR = Exercise(
    id="3.2-c",
    kind="choose",
    question=lambda city: (
        f"How many more hazards does an hour of walking find in {sides(city).first} than in "
        f"{sides(city).second}?"
    ),
    unit="hazards",
    # Who subtracts the two rounded numbers of the table may be a tenth away.
    tolerance=0.1,
    expected=lambda city: _per_hour(city, 0) - _per_hour(city, 1),
    explanation=lambda city: (
        f"To walk all of {sides(city).first} took "
        f"{format_number(walk_costs(city)['hours'].iloc[0], 0)} hours. Set that beside the price "
        "of paving the wrong street."
    ),
    tables=TIMED,
    hints=(
        "The table in step 4 has a column for it.",
        "Take the first row of that column less the second.",
    ),
    mistakes=(
        Mistake(
            lambda city: _per_hour(city, 0),
            lambda city: "That is all that an hour finds there. The question asks how many more.",
        ),
        Mistake(
            lambda city: _per_hour(city, 1),
            lambda city: "That is the second row alone. Take the first row less the second.",
        ),
        Mistake(
            lambda city: _per_hour(city, 0) - _per_hour(city, 2),
            lambda city: "That compares with the whole city. Compare with the second row.",
        ),
    ),
)

PRICE_OF_NEED = Exercise(
    id="3.2-d",
    kind="choose",
    question=lambda city: (
        "By how many points is the average street paved by condition and need better than the one "
        "paved by condition alone?"
    ),
    unit="points",
    expected=lambda city: _points_apart(city, BY_NEED, BY_CONDITION, "condition"),
    explanation=lambda city: (
        "That is the price of this much need: the streets it picks are that much less worn. "
        "A price you can print can be defended."
    ),
    tables=PAVED,
    hints=(
        "Step 5 shows the condition of the streets by rule.",
        "Take the third row less the second.",
    ),
    mistakes=(
        Mistake(
            lambda city: _points_apart(city, BY_REQUESTS, BY_NEED, "condition"),
            lambda city: "That compares with requests. Compare with condition alone.",
        ),
        Mistake(
            lambda city: _points_apart(city, BY_NEED, BY_CONDITION, "top_fifth"),
            lambda city: "That is the share of the kilometers, from step 3. Read step 5.",
        ),
        Mistake(
            lambda city: 100 * NEED_WEIGHT if enough_streets(city) else math.nan,
            lambda city: "That is how much need counts in the rule, in percent. Read step 5.",
        ),
    ),
)

EXERCISES = (AS_OFTEN, KILOMETERS, PER_HOUR, PRICE_OF_NEED)
