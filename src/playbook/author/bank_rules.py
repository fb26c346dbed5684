"""Rules for the answer bank: right is right, and each known mistake gets its own sentence."""

from __future__ import annotations

import math

from playbook.author.findings import Finding
from playbook.city.tables import City, load_city
from playbook.learn.bank.exercise import Exercise
from playbook.learn.exercises import bank

FEWEST_HINTS, MOST_HINTS = 2, 3


def check_bank() -> list[Finding]:
    """Check every exercise on Port Alder."""
    city = load_city()
    return [finding for item in bank().values() for finding in check_exercise(item, city)]


def check_exercise(item: Exercise, city: City) -> list[Finding]:
    """Check one exercise in one city.

    Parameters
    ----------
    item
        The exercise.
    city
        A city that has the data for it.

    Returns
    -------
    list of Finding
        Empty when the exercise is sound.
    """
    return [*_mistakes(item, city), *_told(item, city), *_hints(item)]


def _finding(item: Exercise, rule: str, what: str, fix: str) -> Finding:
    module = f"bank/lesson_{item.lesson.replace('.', '_')}.py"
    return Finding(rule, module, item.id, what, fix)


def _mistakes(item: Exercise, city: City) -> list[Finding]:
    findings = []
    for number, mistake in enumerate(item.mistakes, start=1):
        value = mistake.value(city)
        if math.isnan(value) or item.is_right(city, value):
            what = f"Known mistake {number} leads to the right value, or to none"
            findings.append(_finding(item, "mistake-value", what, "Use another mistake"))
        elif item.mistake(city, value) is not mistake:
            what = f"Known mistake {number} gets the sentence of another one"
            fix = "Leave one of the two out, or tell them apart"
            findings.append(_finding(item, "mistake-sentence", what, fix))
    return findings


def _told(item: Exercise, city: City) -> list[Finding]:
    answer = item.label(item.expected(city))
    sentences = [*item.hints, *(mistake.reason(city) for mistake in item.mistakes)]
    if not any(answer in sentence for sentence in sentences):
        return []
    what = f'A hint or a reason tells the answer, "{answer}"'
    return [_finding(item, "answer-told", what, "Say what to look at instead")]


def _hints(item: Exercise) -> list[Finding]:
    if FEWEST_HINTS <= len(item.hints) <= MOST_HINTS:
        return []
    what = f"There are {len(item.hints)} hints, where two or three go"
    return [_finding(item, "hints", what, "Let each help a little more than the one before")]
