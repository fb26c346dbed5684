"""Claims of lesson 0.2, *How ready is our team?*: an average can hide that people disagree."""

from __future__ import annotations

import math

from playbook.city.tables import City
from playbook.estimate import Estimate, format_number
from playbook.insights.statements import Claim, Measured, sentence_start
from playbook.insights.team_answers import (
    ONE_STEP,
    TOO_FEW_PEOPLE,
    UNIT,
    agenda,
    profile_of,
    team_profile,
    widest_gap,
    widest_spread,
)

# Among this many capacities with the best averages, nobody looks for a problem.
LOOKS_GOOD = 3
LONGEST_ROLE = 20
_ROLE_WORDS = {"Leader": "leaders", "Manager": "managers", "Front line": "front-line staff"}


def role_words(role: str) -> str:
    """Name the people of a role in a sentence, whatever the role is called.

    Examples
    --------
    >>> role_words("Front line"), role_words("Planner")
    ('front-line staff', 'Planner staff')
    """
    short = role if len(role) <= LONGEST_ROLE else f"{role[: LONGEST_ROLE - 1].rstrip()}…"
    return _ROLE_WORDS.get(role, f"{short} staff")


def _average(city: City) -> Measured:
    averages = team_profile(city)["average"]
    name = agenda(city)[0][0]
    average = profile_of(city, name)["average"]
    if math.isnan(average):
        return _too_few(city)
    figure = Estimate(average, math.nan, math.nan, unit="of 4", better="higher")
    better = int((averages > average).sum())
    where = sentence_start(city)
    start = f"{where}, the average for {name} is {format_number(average)} of 4"
    if better < LOOKS_GOOD:
        headline = f"{where}, {name} is among the {LOOKS_GOOD} best: {format_number(average)} of 4"
        sentence = f"{start}. That is among the {LOOKS_GOOD} best of {len(averages)}."
        return Measured(figure, "appears", sentence, headline)
    sentence = (
        f"{start}. That is not among the {LOOKS_GOOD} best, so the average hides less here, "
        "and that is worth knowing."
    )
    return Measured(figure, "absent", sentence, start)


def _average_hides(city: City) -> Measured:
    widest = widest_gap(city)
    if widest is None:
        return _too_few(city)
    where = sentence_start(city)
    average = profile_of(city, widest.capacity)["average"]
    first, second = role_words(widest.first), role_words(widest.second)
    high, low = format_number(widest.high), format_number(widest.low)
    headline = f"{where}, {first} score {widest.capacity} {high}, {second} {low}"
    if widest.tells:
        sentence = (
            f"{where}, the average for {widest.capacity} is {format_number(average)} of 4. "
            f"{first[0].upper()}{first[1:]} score it {high}, {second} {low}: {widest.gap} apart. "
            "The average hides the widest disagreement."
        )
        return Measured(widest.gap, "appears", sentence, headline)
    figures = (
        f"The widest gap is {widest.gap}: {first} score {widest.capacity} {high}, {second} {low}"
    )
    if widest.gap.high < ONE_STEP:
        sentence = (
            f"{where}, the roles see the team much alike, and that is worth knowing. {figures}."
        )
        return Measured(widest.gap, "absent", sentence, headline)
    sentence = f"{where}, we can't tell the roles apart. {figures}."
    return Measured(widest.gap, "unclear", sentence, headline)


def _widest_spread(city: City) -> Measured:
    name = widest_spread(city)
    if not name:
        return _too_few(city)
    row = profile_of(city, name)
    spread = Estimate(row["spread"], math.nan, math.nan, unit=UNIT)
    where = sentence_start(city)
    middle = f"from {format_number(row['low'])} to {format_number(row['high'])}"
    if spread.value >= ONE_STEP:
        headline = f"{where}, people differ most about {name}: {spread}"
        sentence = f"{headline}. The middle half of the team scores it {middle}."
        return Measured(spread, "appears", sentence, headline)
    headline = f"{where}, the widest spread is {spread}: {name}"
    sentence = (
        f"{headline}. The middle half of the team scores it {middle}. People see it much alike, "
        "and that is worth knowing."
    )
    return Measured(spread, "absent", sentence, headline)


def _too_few(city: City) -> Measured:
    headline = f"{sentence_start(city)}, there is too little to tell"
    sentence = (
        f"{headline}: {TOO_FEW_PEOPLE}. Ask more colleagues, or join roles in a copy of the file."
    )
    return Measured(Estimate(math.nan, math.nan, math.nan, UNIT), "unclear", sentence, headline)


CLAIMS = (
    Claim(
        "0.2-average",
        "By average, the capacity that people disagree about most looks like one of the best.",
        "sampling",
        "method",
        _average,
    ),
    Claim(
        "0.2-average-hides",
        "Leaders and front-line staff see community engagement far apart; the average hides it.",
        "sampling",
        "method",
        _average_hides,
    ),
    Claim(
        "0.2-widest-spread",
        "Without roles, the spread points to the same capacity.",
        "sampling",
        "method",
        _widest_spread,
    ),
)
