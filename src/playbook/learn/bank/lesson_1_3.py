"""Answers, known mistakes and hints of lesson 1.3, *Where you live*."""

from __future__ import annotations

import math

from playbook.city.tables import City
from playbook.estimate import format_number
from playbook.insights.life_tables import life_table_of, life_table_place
from playbook.insights.overdose_lists import LONGEST_LIST, overdose_lists
from playbook.insights.place_lives import (
    could_be_shortest,
    enough_places,
    life_expectancies,
    shrunken_lives,
)
from playbook.learn.bank.exercise import Exercise, Mistake

SHOWN = 12


def _known(city: City, value: float) -> float:
    return float(value) if enough_places(city) else math.nan


def _quarter(city: City) -> float:
    return float(len(life_expectancies(city)) // 4)


def _born(city: City, place: int) -> float:
    """Life expectancy from one of the age groups on, in the table of the exercise."""
    return float(life_table_of(city)["life_expectancy"].iloc[place])


def _years_lived(city: City, births: float = 100_000) -> float:
    return float(life_table_of(city)["person_years"].sum() / births)


def _lists(city: City, name: str) -> float:
    lists = overdose_lists(city)
    return math.nan if lists is None else float(getattr(lists, name))


def _pulled(city: City, column: str) -> float:
    return _known(city, shrunken_lives(city)[column].iloc[0]) if enough_places(city) else math.nan


def _average(city: City) -> float:
    return _known(city, life_expectancies(city)["life_expectancy"].mean())


SHORTEST = Exercise(
    id="1.3-a",
    kind="choose",
    question=lambda city: "How many neighborhoods could have the shortest life of all?",
    unit="neighborhoods",
    decimals=0,
    tolerance=0.5,
    expected=lambda city: _known(city, could_be_shortest(city)),
    explanation=lambda city: (
        "Count each row of step 3 whose line reaches place 1. The list names one of them. "
        "The data can't."
    ),
    hints=(
        "Look at step 3. Place 1 is the shortest life.",
        "Count the rows whose line touches place 1.",
    ),
    mistakes=(
        Mistake(
            lambda city: 1.0,
            lambda city: "That is the top of the list. Ask which other lines reach place 1.",
        ),
        Mistake(
            lambda city: float(min(SHOWN, len(life_expectancies(city)))),
            lambda city: "Those are all the rows of the chart. Count the lines that reach place 1.",
        ),
        Mistake(
            lambda city: _quarter(city),
            lambda city: "That is a quarter of the list. The question asks for the first place.",
        ),
    ),
)

LIFE_TABLE = Exercise(
    id="1.3-b",
    kind="number",
    question=lambda city: (
        f"How many years would a baby live on average in {life_table_place(city)}, at the death "
        "rates of this table?"
    ),
    unit="years",
    tolerance=0.06,
    expected=lambda city: _years_lived(city),
    explanation=lambda city: (
        f"All the years that 100,000 babies would live, shared among them: "
        f"{format_number(_years_lived(city))} years each. It is the first number of the last "
        "column, made by hand."
    ),
    hints=(
        "The column `person_years` holds the years lived in each age group.",
        "Add up the column, then divide by the 100,000 babies it began with.",
    ),
    mistakes=(
        Mistake(
            lambda city: _years_lived(city, births=1),
            lambda city: "Those are the years of all the babies together. Share them: divide.",
        ),
        Mistake(
            lambda city: _born(city, 1),
            lambda city: "That is for a child of one year. Begin at birth.",
        ),
        Mistake(
            lambda city: _born(city, -1),
            lambda city: "That is what people of 85 still have before them. Begin at birth.",
        ),
    ),
)

OVERDOSE = Exercise(
    id="1.3-c",
    kind="choose",
    question=lambda city: (
        "Ten neighborhoods had the highest overdose death rates in the first three years. How "
        "many of them are on the next three years' list?"
    ),
    unit="neighborhoods",
    decimals=0,
    tolerance=0.5,
    expected=lambda city: _lists(city, "repeats"),
    explanation=lambda city: (
        "The others fell off the list, and new names came on. With so few deaths in a place, a "
        "list of the highest is mostly a list of bad luck."
    ),
    hints=(
        "Read the sentence above. It names both periods.",
        "The first number is how many are on both lists.",
    ),
    mistakes=(
        Mistake(
            lambda city: LONGEST_LIST - _lists(city, "repeats"),
            lambda city: "That many fell off the list. The question asks how many stayed.",
        ),
        Mistake(
            lambda city: _lists(city, "few"),
            lambda city: "That many places count too few deaths for a rate.",
        ),
        Mistake(
            lambda city: float(LONGEST_LIST),
            lambda city: "That would be the whole list. Some names are new.",
        ),
    ),
)

SHRUNKEN = Exercise(
    id="1.3-d",
    kind="number",
    question=lambda city: (
        "The first place of the list borrows from the city's average. What is its life expectancy "
        "then?"
    ),
    unit="years",
    expected=lambda city: _pulled(city, "after_borrowing"),
    explanation=lambda city: (
        f"It moves from {format_number(_pulled(city, 'on_the_list'))} to "
        f"{format_number(_pulled(city, 'after_borrowing'))} years. The surer a number is, the "
        "less it borrows."
    ),
    hints=(
        "Look at the first row of the table above.",
        "Read the column that says after borrowing.",
    ),
    mistakes=(
        Mistake(
            lambda city: _pulled(city, "on_the_list"),
            lambda city: "That is the number before it borrows.",
        ),
        Mistake(
            _average,
            lambda city: "That is the average of all places. A place goes only part of the way.",
        ),
        Mistake(
            lambda city: 2 * _pulled(city, "on_the_list") - _pulled(city, "after_borrowing"),
            lambda city: "You went away from the average. Borrowing brings a place nearer to it.",
        ),
    ),
)

EXERCISES = (SHORTEST, LIFE_TABLE, OVERDOSE, SHRUNKEN)
