"""Answers, known mistakes and hints of lesson 3.1, *Fast for whom?*."""

from __future__ import annotations

import math

from playbook.city.tables import City
from playbook.estimate import format_number
from playbook.insights.service_waits import comparison, request_waits
from playbook.insights.wait_gaps import (
    HORIZON_DAYS,
    average_difference,
    same_mix_difference,
    same_mix_wait,
    slow_days,
    split_of_gap,
    type_ratios,
    waits_by_type,
)
from playbook.learn.bank.exercise import Exercise, Mistake
from playbook.measures.product_limit import restricted_mean, wait_percentile


def _groups(city: City, sentence: str) -> str:
    pair = comparison(city)
    return sentence.format(
        first=pair.first.lower(), second=pair.second.lower(), city=city.name, days=HORIZON_DAYS
    )


def _part(city: City, part: str) -> float:
    return float(getattr(split_of_gap(city), part))


def _same_mix_first(city: City) -> float:
    return same_mix_wait(city, comparison(city).first).value


def _longer_types(city: City) -> float:
    ratios = type_ratios(city)
    return math.nan if ratios.empty else float((ratios > 1).sum())


def _shorter_types(city: City) -> float:
    ratios = type_ratios(city)
    return math.nan if ratios.empty else float((ratios <= 1).sum())


def _gaps_of_two_days(city: City) -> float:
    waits = waits_by_type(city)
    if waits.empty:
        return math.nan
    pair = comparison(city)
    wide = waits.pivot(index="request_type", columns="group", values="median")
    return float((wide[pair.first] - wide[pair.second] >= 2).sum())


def _marks(city: City) -> float:
    return float(2 * len(type_ratios(city)) or math.nan)


def _average_days_all(city: City) -> float:
    waits = request_waits(city)
    return restricted_mean(waits["days"], waits["closed"], horizon=HORIZON_DAYS).value


def _median_all(city: City) -> float:
    waits = request_waits(city)
    return wait_percentile(waits["days"], waits["closed"]).value


SAME_MIX = Exercise(
    id="3.1-a",
    kind="choose",
    question=lambda city: _groups(
        city,
        "Give both groups the same mix of requests. How much longer does the {first} wait than "
        "the {second}?",
    ),
    unit="days",
    # Who subtracts the two rounded numbers of the chart may be a tenth away.
    tolerance=0.1,
    expected=lambda city: same_mix_difference(city).value,
    explanation=lambda city: (
        f"At the same mix the difference is {same_mix_difference(city)}. "
        "This is the number that compares like with like."
    ),
    hints=(
        "Step 3 gives both groups the city's mix. Read its two dots.",
        "Take the wait of the first group less the wait of the second.",
    ),
    mistakes=(
        Mistake(
            lambda city: average_difference(city).value,
            lambda city: (
                "That is the difference from step 1. There, each group asks for "
                "different things. Use step 3, where both ask for the same."
            ),
        ),
        Mistake(
            _same_mix_first,
            lambda city: _groups(
                city, "That is how long the {first} waits. The question asks how much longer."
            ),
        ),
        Mistake(
            lambda city: -same_mix_difference(city).value,
            lambda city: (
                "You took the difference the other way round. Take the first group less the second."
            ),
        ),
    ),
)

SERVICE_PART = Exercise(
    id="3.1-b",
    kind="number",
    question=lambda city: _groups(
        city,
        "How many days of the difference come from the service: the same job done later for the "
        "{first}? Count average days, up to {days} a request.",
    ),
    unit="days",
    expected=lambda city: _part(city, "within_effect"),
    explanation=lambda city: (
        f"The service part is {format_number(_part(city, 'within_effect'))} days. The mix part is "
        f"{format_number(_part(city, 'mix_effect'))}. Together they make the plain difference of "
        f"{format_number(_part(city, 'total'))}."
    ),
    hints=(
        "`split` has three numbers: total, mix_effect and within_effect.",
        "Within means: inside one kind of request. That is the service.",
    ),
    mistakes=(
        Mistake(
            lambda city: _part(city, "total"),
            lambda city: (
                "That is the plain difference, mix and service together. "
                "Take only the part inside each kind of request."
            ),
        ),
        Mistake(
            lambda city: _part(city, "mix_effect"),
            lambda city: (
                "That is what the mix does: residents ask for different things. "
                "The question asks about the service."
            ),
        ),
        Mistake(
            lambda city: -_part(city, "within_effect"),
            lambda city: (
                "The size is there, the sign is not. A longer wait for the first group "
                "is a positive number."
            ),
        ),
    ),
)

NINE_IN_TEN = Exercise(
    id="3.1-c",
    kind="number",
    question=lambda city: (
        "Nine requests in ten are closed within how many days in the whole city? "
        "Count the open requests too."
    ),
    unit="days",
    expected=lambda city: slow_days(city).value,
    explanation=lambda city: (
        f"With the open requests, nine in ten are closed within {slow_days(city)}. "
        f"Without them it would look like {slow_days(city, count_open=False)}."
    ),
    hints=(
        "Step 4 prints two rows. Which one counts the requests that are still open?",
        "Read the column for 90 percent in the row with the open requests.",
    ),
    mistakes=(
        Mistake(
            lambda city: slow_days(city, count_open=False).value,
            lambda city: (
                "You left out the open requests. They are the slow ones: count how long "
                "they have waited so far."
            ),
        ),
        Mistake(
            _median_all,
            lambda city: (
                "That is the median: half of the requests. The question asks for nine in ten."
            ),
        ),
        Mistake(
            _average_days_all,
            lambda city: "That is the average. The question asks by when nine in ten are closed.",
        ),
    ),
)

KINDS = Exercise(
    id="3.1-d",
    kind="choose",
    question=lambda city: _groups(
        city,
        "For how many kinds of request does the {first} wait longer, median against median?",
    ),
    unit="kinds",
    decimals=0,
    expected=_longer_types,
    explanation=lambda city: (
        f"The {comparison(city).first.lower()} waits longer for "
        f"{format_number(_longer_types(city), 0)} of {len(type_ratios(city))} kinds."
    ),
    hints=(
        "Look at step 2. Each row is one kind of request.",
        "Count the rows where the first group's mark stands to the right.",
    ),
    mistakes=(
        Mistake(
            _shorter_types,
            lambda city: (
                "You counted the kinds where the first group waits less or the same. "
                "Count the others."
            ),
        ),
        Mistake(
            _gaps_of_two_days,
            lambda city: (
                "You counted only gaps of two days or more. A shorter gap on a quick job "
                "counts too."
            ),
        ),
        Mistake(
            _marks,
            lambda city: "You counted the marks. Each row has two of them: count the rows.",
        ),
    ),
)

EXERCISES = (SAME_MIX, SERVICE_PART, NINE_IN_TEN, KINDS)
