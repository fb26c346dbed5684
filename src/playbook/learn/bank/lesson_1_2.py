"""Answers, known mistakes and hints of lesson 1.2, *Know it, fix it, publish it safely*."""

from __future__ import annotations

import math
from collections.abc import Callable

import pandas as pd

from playbook.city.small_count_rules import rule
from playbook.city.tables import City
from playbook.estimate import format_number
from playbook.insights.held_data import RAW, clean_requests
from playbook.insights.label_words import in_sentence
from playbook.insights.lesson_1_2 import FEWEST_ROWS
from playbook.insights.published_deaths import TABLES
from playbook.insights.table_attacks import PencilRow, deaths_under_rule, pencil_row
from playbook.learn.bank.exercise import Exercise, Mistake

LOOSE, STRICT = rule("maine").label, rule("cms").label
SMALL, BACK, SAFE = 0, 1, 2


def _of_row(city: City, number: Callable[[PencilRow], int]) -> float:
    row = pencil_row(city)
    return math.nan if row is None else float(number(row))


def _row_question(city: City) -> str:
    row = pencil_row(city)
    if row is None:
        return "A row hides one count and shows its total. What is the hidden count?"
    shown = ", ".join(f"{count} (age {in_sentence(age)})" for age, count in row.shown.items())
    return (
        f"In the draft for {row.year}, {row.district} has {format_number(row.total, 0)} deaths in "
        f"all. Shown are {shown}. The count for age {in_sentence(row.age)} is hidden. What is it?"
    )


def _row_explanation(city: City) -> str:
    row = pencil_row(city)
    if row is None:
        return ""
    shown = " less ".join(str(count) for count in row.shown.values())
    return (
        f"{row.total} less {shown} leaves {row.count}. One hidden count in a row with a total is "
        "no secret."
    )


def _raw(city: City) -> pd.DataFrame | None:
    if "requests_311_raw" not in city or "neighborhoods" not in city:
        return None
    raw = city["requests_311_raw"]
    return raw if len(raw) >= FEWEST_ROWS else None


def _left(city: City) -> float:
    return math.nan if _raw(city) is None else float(len(clean_requests(city)))


def _repeats_out_only(city: City) -> float:
    raw = _raw(city)
    return math.nan if raw is None else float(len(raw.drop_duplicates()))


def _both_copies_out(city: City) -> float:
    raw = _raw(city)
    return math.nan if raw is None else _left(city) - float(raw.duplicated().sum())


def _open_jobs_lost(city: City) -> float:
    if _raw(city) is None:
        return math.nan
    return float(clean_requests(city)["closed_at"].notna().sum())


def _under(city: City, rule: str, row: int) -> float:
    if not all(name in city for name in TABLES) or city["deaths"].empty:
        return math.nan
    return float(deaths_under_rule(city, rule)["number"].iloc[row])


def _rule_explanation(city: City) -> str:
    small, back = (format_number(_under(city, LOOSE, row), 0) for row in (SMALL, BACK))
    return (
        f"The totals give back {back} of {small}. A looser rule hides fewer counts, and fewer "
        "hidden counts have less cover. What protects a table is not the rule but the test."
    )


PENCIL = Exercise(
    id="1.2-a",
    kind="choose",
    question=_row_question,
    unit="deaths",
    decimals=0,
    tolerance=0.5,
    expected=lambda city: _of_row(city, lambda row: row.count),
    explanation=_row_explanation,
    practice="Nobody's small counts are an exercise.",
    hints=(
        "The row's total holds the hidden count, too.",
        "Add up the counts that are shown. Take the sum from the total.",
    ),
    mistakes=(
        Mistake(
            lambda city: float(city.small_counts.below - 1),
            lambda city: "That is the most that the rule allows. The total tells more.",
        ),
        Mistake(
            lambda city: _of_row(city, lambda row: row.count + min(row.shown.values())),
            lambda city: "One of the shown counts is still in it. Take all of them away.",
        ),
        Mistake(
            lambda city: _of_row(city, lambda row: row.total - max(row.shown.values())),
            lambda city: "You took away the largest count only. Take all shown counts away.",
        ),
    ),
)

CLEAN = Exercise(
    id="1.2-b",
    kind="number",
    question=lambda city: "How many rows of the raw export are left when all four faults are out?",
    unit="rows",
    decimals=0,
    tolerance=0.5,
    expected=_left,
    explanation=lambda city: (
        "One copy of each repeated row stays, and so do the open jobs. Print the number that you "
        "took out beside the number that is left."
    ),
    tables=RAW,
    hints=(
        "Four kinds of rows go. A job that is still open is none of them.",
        "Count the rows of pb.clean_requests(city) with len(...).",
    ),
    mistakes=(
        Mistake(
            _repeats_out_only,
            lambda city: "Only the repeats are out. Three more kinds can't be right.",
        ),
        Mistake(
            _both_copies_out,
            lambda city: "Both copies of the repeated rows are out. One of them was a real job.",
        ),
        Mistake(
            _open_jobs_lost,
            lambda city: "The open jobs are gone. A job without a closing day is no fault.",
        ),
    ),
)

LOOSER = Exercise(
    id="1.2-c",
    kind="choose",
    question=lambda city: (
        "Say we take Maine's limit, 1 to 5, and hide nothing else. How many hidden counts do the "
        "totals give back?"
    ),
    unit="counts",
    decimals=0,
    tolerance=0.5,
    expected=lambda city: _under(city, LOOSE, BACK),
    explanation=_rule_explanation,
    tables=TABLES,
    hints=(
        "Set the lever to the rule of Maine.",
        "Read what is given back before the table is protected.",
    ),
    mistakes=(
        Mistake(
            lambda city: _under(city, STRICT, BACK),
            lambda city: "That is the rule of Medicare and Medicaid. Read the one of Maine.",
        ),
        Mistake(
            lambda city: _under(city, LOOSE, SAFE),
            lambda city: "So many are hidden when the table is protected. Read what comes back.",
        ),
        Mistake(
            lambda city: 0.0,
            lambda city: "That holds for the protected table. The question is about the other one.",
        ),
    ),
)

EXERCISES = (PENCIL, CLEAN, LOOSER)
