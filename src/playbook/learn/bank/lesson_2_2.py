"""Answers, known mistakes and hints of lesson 2.2, *How big is the gap?*."""

from __future__ import annotations

import math
from typing import Literal

import numpy as np
import numpy.typing as npt

from playbook.city.tables import City
from playbook.estimate import format_number
from playbook.insights.avoidable_visits import (
    Period,
    avoided_share,
    enough_visits,
    gap_difference,
    gap_ratio,
    group_counts,
    periods,
)
from playbook.learn.bank.exercise import Exercise, Mistake
from playbook.measures.disparity import index_of_disparity
from playbook.measures.slopes import relative_index


def _known(city: City, value: float) -> float:
    return value if enough_visits(city) else math.nan


def _groups(city: City) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    counts = group_counts(city, -1)
    rates = counts["visits"] / counts["residents"]
    return rates.to_numpy(dtype=float), counts["residents"].to_numpy(dtype=float)


def _ratio(city: City, period: Period) -> float:
    return _known(city, gap_ratio(city, period).value)


def _share(city: City) -> float:
    return _known(city, avoided_share(city, -1).value)


def _share_of(city: City, *, over_best: bool) -> float:
    rates, people = _groups(city)
    mean, best = np.average(rates, weights=people), rates[-1]
    return _known(city, float(100 * (mean - best) / (best if over_best else rates[0])))


def _disparity(city: City, reference: Literal["mean", "best"]) -> float:
    rates, people = _groups(city)
    return _known(city, index_of_disparity(rates, people, reference=reference))


def _relative_index(city: City, definition: Literal["who", "nci", "kunst-mackenbach"]) -> float:
    rates, people = _groups(city)
    return _known(city, relative_index(rates, people, definition=definition))


TIMES = Exercise(
    id="2.2-a",
    kind="choose",
    question=lambda city: (
        f"In {periods(city)[1]}, how many times as high is the rate of the highest-poverty fifth "
        "as that of the lowest-poverty fifth?"
    ),
    unit="times",
    expected=lambda city: _ratio(city, -1),
    explanation=lambda city: (
        f"The ratio is {gap_ratio(city, -1)}. Beside it belongs the difference: "
        f"{format_number(gap_difference(city, -1).value, 0)} visits per 10,000. "
        "One without the other tells half."
    ),
    hints=(
        "Look at step 3. Read the dot of the last three years.",
        "Divide the higher rate by the lower one.",
    ),
    mistakes=(
        Mistake(
            lambda city: _ratio(city, 0),
            lambda city: "That was the ratio in the first years. Read the last ones.",
        ),
        Mistake(
            lambda city: 1 / _ratio(city, -1),
            lambda city: "You divided the lower rate by the higher one. Turn it around.",
        ),
        Mistake(
            lambda city: _known(city, gap_difference(city, -1).value),
            lambda city: "That is the difference, in visits. The question asks how many times.",
        ),
    ),
)

AVOIDED = Exercise(
    id="2.2-b",
    kind="number",
    question=lambda city: (
        "What percent of all visits would not be there, if every fifth had the rate of the "
        "lowest-poverty fifth?"
    ),
    unit="percent",
    expected=_share,
    explanation=lambda city: (
        f"The share is {avoided_share(city, -1)}. It says what is at stake, for the whole "
        "city. It does not say which service would bring it."
    ),
    hints=(
        "How far is the whole city above the lowest-poverty fifth?",
        "Divide that by the rate of the whole city, and multiply by 100.",
    ),
    mistakes=(
        Mistake(
            lambda city: _share(city) / 100,
            lambda city: "That is a share of one. Multiply by 100 for percent.",
        ),
        Mistake(
            lambda city: _share_of(city, over_best=True),
            lambda city: "You divided by the lowest rate. Divide by the rate of the whole city.",
        ),
        Mistake(
            lambda city: _share_of(city, over_best=False),
            lambda city: "You divided by the highest rate. Divide by the rate of the whole city.",
        ),
    ),
)

DISPARITY = Exercise(
    id="2.2-c",
    kind="choose",
    question=lambda city: (
        "The index of disparity has two official definitions. How large is it against the best "
        "group, as the US health agencies count it?"
    ),
    unit="percent",
    decimals=0,
    tolerance=0.5,
    expected=lambda city: _disparity(city, "best"),
    explanation=lambda city: (
        f"Against the best group it is {format_number(_disparity(city, 'best'), 0)} percent, "
        f"against the average {format_number(_disparity(city, 'mean'), 0)}. Same data, same name. "
        "So write which one you used."
    ),
    hints=(
        "Look for the two rows of the table that begin with Index of disparity.",
        "Take the one against the best group.",
    ),
    mistakes=(
        Mistake(
            lambda city: _disparity(city, "mean"),
            lambda city: "That is the World Health Organization's: it measures from the average.",
        ),
        Mistake(
            _share,
            lambda city: "That is the share of visits that would not be there. It is another row.",
        ),
    ),
)

RELATIVE = Exercise(
    id="2.2-d",
    kind="choose",
    question=lambda city: (
        "The relative index of inequality has three definitions. How large is it as the bottom of "
        "the ladder over its top (Kunst and Mackenbach)?"
    ),
    unit="times",
    expected=lambda city: _relative_index(city, "kunst-mackenbach"),
    explanation=lambda city: (
        "It reads a straight line through all five groups. Where the line comes near zero at the "
        "top, it grows very large. So say which definition it is, and print the rates beside it."
    ),
    hints=(
        "Three rows of the table begin with Relative index.",
        "A number above 1 says that the bottom has more visits.",
    ),
    mistakes=(
        Mistake(
            lambda city: _relative_index(city, "who"),
            lambda city: "That is the World Health Organization's: the top over the bottom.",
        ),
        Mistake(
            lambda city: _relative_index(city, "nci"),
            lambda city: "That is the US cancer institute's: the slope over the average.",
        ),
        Mistake(
            lambda city: _ratio(city, -1),
            lambda city: "That is the plain ratio of the two end groups. This one reads all five.",
        ),
    ),
)

EXERCISES = (TIMES, AVOIDED, DISPARITY, RELATIVE)
