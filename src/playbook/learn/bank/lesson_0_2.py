"""Answers, known mistakes and hints of lesson 0.2, *How ready is our team?*."""

from __future__ import annotations

import math

import pandas as pd

from playbook.city.tables import City
from playbook.estimate import format_number
from playbook.insights.lesson_0_2 import role_words
from playbook.insights.team_answers import (
    ONE_STEP,
    profile_of,
    role_profile,
    team_profile,
    widest_gap,
)
from playbook.learn.bank.exercise import Exercise, Mistake

# A gap of half a point is what two people of one role may well differ by.
SMALL_GAP = 0.5


def _gap(city: City) -> float:
    widest = widest_gap(city)
    return widest.gap.value if widest else math.nan


def _words(city: City, sentence: str) -> str:
    widest = widest_gap(city)
    if widest is None:
        return sentence.format(first="one role", second="another", capacity="a capacity")
    return sentence.format(
        first=role_words(widest.first), second=role_words(widest.second), capacity=widest.capacity
    )


def _team_average(city: City) -> float:
    widest = widest_gap(city)
    return profile_of(city, widest.capacity)["average"] if widest else math.nan


def _higher_median(city: City) -> float:
    widest = widest_gap(city)
    return widest.high if widest else math.nan


def _best_less_lowest(city: City) -> float:
    averages = team_profile(city)["average"]
    return float(averages.max() - averages.min())


def _profile(city: City, column: str) -> pd.Series:
    return team_profile(city)[column].dropna()


def _widest_spread(city: City) -> float:
    return float(_profile(city, "spread").max())


def _role_gaps(city: City) -> pd.Series:
    widest = widest_gap(city)
    if widest is None:
        return pd.Series(dtype=float)
    wide = role_profile(city).pivot(index="capacity", columns="role", values="median")
    # Rounded, so that 2.4 less 1.4 is one step in any order of adding up.
    return (wide[widest.first] - wide[widest.second]).dropna().abs().round(6)


def _gaps_of(city: City, points: float) -> float:
    gaps = _role_gaps(city)
    return float((gaps >= points).sum()) if len(gaps) else math.nan


def _capacities(city: City) -> float:
    return float(len(_role_gaps(city))) or math.nan


GAP = Exercise(
    id="0.2-a",
    kind="choose",
    question=lambda city: _words(
        city,
        "How many points lie between {first} and {second} on {capacity}, median against median?",
    ),
    unit="points",
    # Who subtracts the two rounded numbers of the chart may be a tenth away.
    tolerance=0.1,
    expected=_gap,
    explanation=lambda city: _words(
        city,
        "That distance is what to talk about first. Both {first} and {second} may be right: they "
        "see different parts of the same work.",
    ),
    hints=(
        "Look at step 2. Find the row where the two marks lie farthest apart.",
        "Take the higher mark of that row less the lower one.",
    ),
    mistakes=(
        Mistake(
            _team_average,
            lambda city: (
                "That is the average of everyone, from step 1. The question asks how far apart "
                "two roles are."
            ),
        ),
        Mistake(
            _higher_median,
            lambda city: _words(
                city, "That is the median of {first} alone. Take away that of {second}."
            ),
        ),
        Mistake(
            _best_less_lowest,
            lambda city: (
                "That is how far the best average is from the lowest one. Stay with one capacity, "
                "and compare two roles."
            ),
        ),
    ),
)

SPREAD = Exercise(
    id="0.2-b",
    kind="number",
    question=lambda city: (
        "How wide is the spread of the capacity that people differ about most, all roles together?"
    ),
    unit="points",
    expected=_widest_spread,
    explanation=lambda city: (
        f"The widest spread is {format_number(_widest_spread(city))} points. It needs no roles, "
        "so a team too small to split can use it too."
    ),
    hints=(
        "`profile` has a column called spread.",
        'The largest number of a column: profile["spread"].max()',
    ),
    mistakes=(
        Mistake(
            lambda city: float(_profile(city, "spread").min()),
            lambda city: (
                "That is the narrowest spread: where people agree most. Look at the other end."
            ),
        ),
        Mistake(
            lambda city: float(_profile(city, "average").max()),
            lambda city: "That is the best average. The question asks how far apart people are.",
        ),
        Mistake(
            lambda city: float(_profile(city, "high").max()),
            lambda city: (
                "That is where the top quarter begins. The spread is that number less `low`."
            ),
        ),
    ),
)

STEPS_APART = Exercise(
    id="0.2-c",
    kind="choose",
    question=lambda city: _words(
        city, "In how many rows of step 2 are {first} and {second} one point apart, or more?"
    ),
    unit="rows",
    decimals=0,
    expected=lambda city: _gaps_of(city, ONE_STEP),
    explanation=lambda city: (
        "One point is one step of the scale, such as from piloted to routine. Fewer than that may "
        "be the way people use the scale."
    ),
    hints=(
        "Look at step 2. One point is one step of the scale.",
        "Count the rows where the marks are a full point apart.",
    ),
    mistakes=(
        Mistake(
            lambda city: _gaps_of(city, SMALL_GAP),
            lambda city: "You counted gaps of half a point too. Count only those of a full step.",
        ),
        Mistake(
            _capacities,
            lambda city: (
                "That is the number of rows. In most of them the marks lie close together."
            ),
        ),
        Mistake(
            lambda city: 2 * _capacities(city),
            lambda city: "You counted the marks. Each row has two of them.",
        ),
    ),
)

EXERCISES = (GAP, SPREAD, STEPS_APART)
