"""Answers, known mistakes and hints of lesson 2.1, on crude and age-adjusted death rates."""

from __future__ import annotations

import math
from collections.abc import Callable

from playbook.city.tables import City
from playbook.estimate import format_number
from playbook.insights.ages_compared import (
    compared_districts,
    deaths_a_year,
    gap_by_age,
    parts_of_gap,
    rate_with_ages_of,
)
from playbook.insights.district_deaths import (
    WORKING_AGE,
    adjusted_rate,
    crude_rate,
    district_pair,
)
from playbook.insights.standard_ages import gap_as_counted, gap_at_same_ages
from playbook.learn.bank.exercise import Exercise, Mistake, Number


def _known(value: Number) -> Number:
    """Answer only where two districts can be compared."""
    return lambda city: value(city) if district_pair(city) is not None else math.nan


def _of_two(value: Callable[[City, str, str], float]) -> Number:
    """Work with the two districts that are compared: highest poverty first."""
    return _known(lambda city: value(city, *compared_districts(city)))


def _part(place: int) -> Number:
    return _known(lambda city: abs(float(parts_of_gap(city)["deaths"].iloc[place])))


def _working_age(city: City) -> float:
    return float(gap_by_age(city).set_index("ages")["times"][WORKING_AGE])


def _a_year(city: City, district: str) -> float:
    return float(deaths_a_year(city).set_index("district")["deaths_a_year"][district])


def _names(city: City) -> tuple[str, str]:
    first, second = compared_districts(city)
    return first, second


def _question(text: str) -> Callable[[City], str]:
    """Write the names of the two districts into a text."""
    return lambda city: text.format(first=_names(city)[0], second=_names(city)[1])


TIMES = Exercise(
    id="2.1-a",
    kind="choose",
    question=_question(
        "At the same ages, how many times as high is the death rate of {first} as that of "
        "{second}? Step 3 has both rates."
    ),
    unit="times",
    expected=_known(lambda city: gap_at_same_ages(city).value),
    explanation=lambda city: (
        f"At the same ages it is {gap_at_same_ages(city)}. As counted it was "
        f"{format_number(gap_as_counted(city).value)} times. Same deaths, another comparison."
    ),
    hints=(
        "Open the numbers beneath the chart of step 3. Take the column for the same ages.",
        "Divide the rate of the first district by that of the second.",
    ),
    mistakes=(
        Mistake(
            _known(lambda city: gap_as_counted(city).value),
            lambda city: "You divided the crude rates. Take the column for the same ages.",
        ),
        Mistake(
            _known(lambda city: 1 / gap_at_same_ages(city).value),
            lambda city: "You divided the other way round. Turn it over.",
        ),
        Mistake(
            _known(_working_age),
            lambda city: f"That is for people from {WORKING_AGE} only. Take all ages together.",
        ),
    ),
)

OTHER_AGES = Exercise(
    id="2.1-b",
    kind="number",
    question=_question(
        "How many deaths per 100,000 a year would {second} have with the people of {first}?"
    ),
    unit="deaths",
    decimals=0,
    tolerance=1,
    expected=_of_two(lambda city, first, second: rate_with_ages_of(city, second, first)),
    explanation=lambda city: (
        f"It would be about {format_number(rate_with_ages_of(city, *_names(city)[::-1]), 0)}, and "
        f"with its own people it is {format_number(crude_rate(city, _names(city)[1]).value, 0)}. "
        "You made an age-adjusted rate by hand. More age groups make it more exact."
    ),
    hints=(
        "Take the people of the first district and the rates of the second.",
        "Multiply them row by row, add up the rows, and divide by 100.",
    ),
    mistakes=(
        Mistake(
            _of_two(lambda city, first, second: 100 * rate_with_ages_of(city, second, first)),
            lambda city: "The shares are percent. Divide the sum by 100.",
        ),
        Mistake(
            _of_two(lambda city, first, second: rate_with_ages_of(city, first, second)),
            lambda city: "You swapped the two: whose people, and whose rates?",
        ),
        Mistake(
            _of_two(lambda city, first, second: crude_rate(city, second).value),
            lambda city: "That is its crude rate, with its own people.",
        ),
        Mistake(
            _of_two(lambda city, first, second: crude_rate(city, first).value),
            lambda city: "That is the crude rate of the other district: its people and its rates.",
        ),
    ),
)

BEDS = Exercise(
    id="2.1-c",
    kind="choose",
    question=_question("A hospice plans its beds. How many residents of {second} die in a year?"),
    unit="deaths",
    decimals=0,
    tolerance=0.5,
    expected=_of_two(lambda city, first, second: _a_year(city, second)),
    explanation=lambda city: (
        "To plan, count the people who will be there. For this question the crude number is "
        "the right one, and no adjustment helps."
    ),
    hints=(
        "Which table counts people, and not people per 100,000?",
        "Look at the table of deaths a year.",
    ),
    mistakes=(
        Mistake(
            _of_two(lambda city, first, second: adjusted_rate(city, second).value),
            lambda city: "That is the age-adjusted rate. It compares districts and counts nobody.",
        ),
        Mistake(
            _of_two(lambda city, first, second: crude_rate(city, second).value),
            lambda city: "That is a rate per 100,000, not a count of the people who live there.",
        ),
        Mistake(
            _of_two(lambda city, first, second: _a_year(city, first)),
            lambda city: "That is the other district.",
        ),
    ),
)

HIDDEN = Exercise(
    id="2.1-d",
    kind="choose",
    question=_question(
        "By how many deaths per 100,000 do other ages alone move the crude rate of {first}?"
    ),
    unit="deaths",
    decimals=0,
    tolerance=0.5,
    expected=_part(0),
    explanation=lambda city: (
        "That part is about who lives there. The part that is left is about who dies at the same "
        "age. The two have to be read apart."
    ),
    hints=(
        "Look at the chart of step 5. It has three rows.",
        "Take the row for other ages, whichever way it points.",
    ),
    mistakes=(
        Mistake(
            _part(2),
            lambda city: "That is the whole difference, with both parts in it.",
        ),
        Mistake(
            _part(1),
            lambda city: "That is the part at the same ages. The question asks for the other one.",
        ),
    ),
)

EXERCISES = (TIMES, OTHER_AGES, BEDS, HIDDEN)
