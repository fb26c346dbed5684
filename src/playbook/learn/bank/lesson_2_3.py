"""Answers, known mistakes and hints of lesson 2.3, *Whose neighborhoods carry the load?*."""

from __future__ import annotations

import math

from playbook.city.tables import City
from playbook.estimate import format_number
from playbook.insights.birth_gaps import (
    COMPARED,
    EXPOSED,
    THIRDS,
    enough_births,
    plain_ratio,
    third_ratio,
    third_share,
)
from playbook.insights.burden_views import burdens_by_grade
from playbook.insights.held_burdens import (
    GRADED,
    HELD,
    RED_GRADE,
    asset_words,
    assets_counted,
    assets_known,
    assets_of_half,
    enough_places,
    people_of_half,
)
from playbook.insights.statements import finding
from playbook.learn.bank.exercise import Exercise, Mistake
from playbook.measures.rates import rate

BEST_GRADES = ("A", "B")


def _part(city: City, share_of: str, *grades: str) -> float:
    """Percent of the city's residents or burdens on land of these grades."""
    if not enough_places(city):
        return math.nan
    land = burdens_by_grade(city)
    wanted = land["grade"].isin(grades) & (land["share_of"] == share_of)
    return float(land.loc[wanted, "share"].sum())


def _over(city: City, *, numerator: str, denominator: str) -> float:
    """Divide one share of the land graded D by the other."""
    below = _part(city, denominator, RED_GRADE)
    return _part(city, numerator, RED_GRADE) / below if below else math.nan


def _same_third(city: City) -> float:
    return third_ratio(city, THIRDS[-1]).value if enough_births(city) else math.nan


def _highest_share(city: City) -> float:
    return third_share(city, EXPOSED, THIRDS[-1]).value if enough_births(city) else math.nan


def _assets(city: City, *, inside: bool) -> float:
    if not enough_places(city) or not assets_known(city):
        return math.nan
    return assets_of_half(city)[0 if inside else 1].value


def _assets_everywhere(city: City) -> float:
    if not enough_places(city) or not assets_known(city):
        return math.nan
    counts = assets_counted(city).to_numpy().sum()
    return rate(float(counts), float(city["neighborhoods"]["population"].sum()), per=1000).value


OTHER_SIDE = Exercise(
    id="2.3-a",
    kind="choose",
    question=lambda city: (
        "What percent of the counted burdens sits on land that was graded A or B in 1937?"
    ),
    unit="percent",
    decimals=0,
    tolerance=0.5,
    expected=lambda city: _part(city, "Burdens", *BEST_GRADES),
    explanation=lambda city: (
        f"That land is home to {format_number(_part(city, 'Residents', *BEST_GRADES), 0)} percent "
        f"of residents and carries {format_number(_part(city, 'Burdens', *BEST_GRADES), 0)} "
        "percent of the burdens. A map that marks some places leaves others free. Ask about both."
    ),
    tables=GRADED,
    hints=(
        "Look at step 2. Read the rows A and B.",
        "Diamonds are burdens. Add two of them.",
    ),
    mistakes=(
        Mistake(
            lambda city: _part(city, "Residents", *BEST_GRADES),
            lambda city: "That is its share of residents. Read the diamonds.",
        ),
        Mistake(
            lambda city: _part(city, "Burdens", RED_GRADE),
            lambda city: "That is the land graded D. The question asks about the other side.",
        ),
        Mistake(
            lambda city: _part(city, "Burdens", "A"),
            lambda city: "That is grade A alone. Add grade B.",
        ),
    ),
)

TIMES_AVERAGE = Exercise(
    id="2.3-b",
    kind="number",
    question=lambda city: (
        "For each resident, how many times the city's average load does land graded D carry?"
    ),
    unit="times",
    expected=lambda city: _over(city, numerator="Burdens", denominator="Residents"),
    explanation=lambda city: (
        f"{format_number(_part(city, 'Burdens', RED_GRADE), 0)} percent of the burdens for "
        f"{format_number(_part(city, 'Residents', RED_GRADE), 0)} percent of the residents. At 1, "
        "each resident there would carry as much as the city's average."
    ),
    tables=GRADED,
    hints=(
        "If burdens and residents had the same share, the answer would be 1.",
        "Divide the share of burdens by the share of residents.",
    ),
    mistakes=(
        Mistake(
            lambda city: _over(city, numerator="Residents", denominator="Burdens"),
            lambda city: "You divided residents by burdens. Turn it around.",
        ),
        Mistake(
            lambda city: _part(city, "Burdens", RED_GRADE) - _part(city, "Residents", RED_GRADE),
            lambda city: "That is the difference, in points. The question asks how many times.",
        ),
        Mistake(
            lambda city: _part(city, "Burdens", RED_GRADE) / 100,
            lambda city: "That is a share of one. Divide by the share of residents instead.",
        ),
    ),
)

SAME_THIRD = Exercise(
    id="2.3-c",
    kind="choose",
    question=lambda city: (
        "Among mothers of the highest income third, how many times as often do babies of "
        f"{EXPOSED} mothers weigh too little as babies of {COMPARED} mothers?"
    ),
    unit="times",
    expected=_same_third,
    explanation=lambda city: (
        f"Within that third the ratio is {third_ratio(city, THIRDS[-1])}. "
        f"{finding(city, '2.3-adjusted')}"
    ),
    tables=("birth_outcomes",),
    hints=(
        "Read the lowest row of the chart of step 3.",
        "Divide the larger percent by the smaller one.",
    ),
    mistakes=(
        Mistake(
            lambda city: plain_ratio(city).value if enough_births(city) else math.nan,
            lambda city: "That compares all incomes at once. Stay within the highest third.",
        ),
        Mistake(
            lambda city: 1 / _same_third(city),
            lambda city: "You divided the lower share by the higher one. Turn it around.",
        ),
        Mistake(
            _highest_share,
            lambda city: f"That is the percent for {EXPOSED} mothers. Compare it with the other.",
        ),
    ),
)

TO_BUILD_ON = Exercise(
    id="2.3-d",
    kind="choose",
    question=lambda city: (
        f"In the places that hold half of the load, how many {asset_words(city)} are there for "
        "every 1,000 residents?"
    ),
    unit="assets",
    expected=lambda city: _assets(city, inside=True),
    explanation=lambda city: (
        f"Elsewhere there are {format_number(_assets(city, inside=False))}. A plan for these "
        "places can start from what is there. Ask who runs it before you count on it."
    ),
    tables=HELD,
    hints=(
        "Read the sentence below the map of step 1.",
        "It gives two figures. Take the one for the places with most burdens.",
    ),
    mistakes=(
        Mistake(
            lambda city: _assets(city, inside=False),
            lambda city: "That is the figure for everywhere else.",
        ),
        Mistake(
            _assets_everywhere,
            lambda city: "That is the whole city. Read the places with most burdens.",
        ),
        Mistake(
            lambda city: people_of_half(city).value if enough_places(city) else math.nan,
            lambda city: "That is the percent of residents who live there.",
        ),
    ),
)

EXERCISES = (OTHER_SIDE, TIMES_AVERAGE, SAME_THIRD, TO_BUILD_ON)
