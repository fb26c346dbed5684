from collections.abc import Callable
from dataclasses import replace

import pytest

from playbook.author.bank_rules import check_bank, check_exercise
from playbook.city.tables import load_city
from playbook.learn.bank.exercise import Exercise, Mistake

SOUND = Exercise(
    id="9.9-a",
    kind="number",
    question=lambda city: "How long?",
    unit="days",
    expected=lambda city: 3.0,
    explanation=lambda city: "Three.",
    hints=("Look at the chart.", "Read the first row."),
    mistakes=(
        Mistake(lambda city: 5.0, lambda city: "That is the other group."),
        Mistake(lambda city: -3.0, lambda city: "That is the other way round."),
    ),
)


def test_the_bank_keeps_its_rules() -> None:
    assert check_bank() == []


def test_a_sound_exercise_has_no_finding() -> None:
    assert check_exercise(SOUND, load_city()) == []


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        (
            lambda item: replace(
                item,
                mistakes=(*item.mistakes, Mistake(lambda city: 5.0, lambda city: "Another.")),
            ),
            "mistake-sentence",
        ),
        (
            lambda item: replace(
                item,
                mistakes=(*item.mistakes, Mistake(lambda city: 3.0, lambda city: "It is right.")),
            ),
            "mistake-value",
        ),
        (
            lambda item: replace(item, hints=("Look.", "It is 3.0 days.")),
            "answer-told",
        ),
        (lambda item: replace(item, hints=("Look.",)), "hints"),
    ],
)
def test_one_fault_gives_that_finding_alone(
    fault: Callable[[Exercise], Exercise], rule: str
) -> None:
    findings = check_exercise(fault(SOUND), load_city())
    assert [item.rule for item in findings] == [rule]
    assert "9.9-a" in str(findings[0])
