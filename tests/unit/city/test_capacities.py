"""The sheet itself: seven capacities, five plain statements each, and nothing that blames."""

import pytest

from playbook.author.reading import grade, sentences, words
from playbook.author.words import banned_in, british_in
from playbook.city.capacities import capacities, capacity_names, codes, planned_lessons, scale
from playbook.city.contract import load_contract
from playbook.home import data_folder
from playbook.learn.catalog import lessons

FOUNDATIONS = {
    "Civic Engagement",
    "Data",
    "Equity Lens",
    "Financing",
    "Multi-Sector and Inter-Disciplinary Collaboration",
    "Sustainability",
}
STATEMENTS = [statement for capacity in capacities() for statement in capacity.statements]


def test_seven_capacities_of_five_statements_on_one_scale() -> None:
    assert len(capacities()) == 7
    assert all(len(capacity.statements) == 5 for capacity in capacities())
    assert len(set(STATEMENTS)) == len(codes()) == 35
    assert len(scale()) == 5


def test_the_names_are_those_of_the_table() -> None:
    field = load_contract(data_folder())["capacity_responses"]["capacity"]
    assert field.enum == capacity_names()


@pytest.mark.parametrize("statement", STATEMENTS)
def test_a_statement_is_one_plain_sentence(statement: str) -> None:
    assert len(words(statement)) <= 20
    assert not banned_in(statement)
    assert not british_in(statement)
    assert "not" not in statement.lower().split()[:3]


def test_the_sheet_reads_at_grade_8() -> None:
    assert grade("\n\n".join(STATEMENTS)) <= 8
    assert all(len(sentences(statement)) <= 2 for statement in STATEMENTS)


def test_each_of_the_six_foundations_went_somewhere() -> None:
    assert {name for capacity in capacities() for name in capacity.foundations} == FOUNDATIONS


def test_each_lesson_of_the_rule_is_written_or_planned() -> None:
    named = {name for capacity in capacities() for name in capacity.lessons}
    assert named <= set(lessons()) | set(planned_lessons())
