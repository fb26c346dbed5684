"""Exercises: asked on the page or answered in code, with feedback that helps and never scores."""

from __future__ import annotations

import json
from functools import cache
from html import escape

from playbook import home
from playbook.city.tables import City, load_city
from playbook.errors import PlaybookError
from playbook.files import keep_dated_copy, write_atomically
from playbook.insights.stand_in import SHOWN_INSTEAD, city_or_stand_in, stand_in_note
from playbook.learn.answers import Answer, read_answer
from playbook.learn.bank.exercise import Exercise
from playbook.learn.lesson import opened_city
from playbook.learn.output import Shown
from playbook.lesson_modules import lesson_modules

ANSWERS_FILE = "answers.json"
_COLORS = {"Not tried yet.": "#5F6B7A", "Not yet.": "#B26A00", "That's it.": "#0072B2"}


@cache
def bank() -> dict[str, Exercise]:
    """Return every exercise, by id."""
    from playbook.learn import bank as package

    modules = lesson_modules(package).values()
    return {item.id: item for module in modules for item in module.EXERCISES}


def exercise(exercise_id: str) -> Exercise:
    """Return one exercise.

    Raises
    ------
    PlaybookError
        If there is no such exercise.
    """
    try:
        return bank()[exercise_id]
    except KeyError:
        raise PlaybookError(
            f"I know no exercise {exercise_id!r}.", fix=f"Use one of: {', '.join(bank())}."
        ) from None


def exercise_city(item: Exercise) -> City:
    """Return the city that an exercise is asked about: the one that is open, where it can be."""
    if item.practice:
        return load_city()
    return city_or_stand_in(opened_city(item.lesson), item.tables)


def city_note(item: Exercise) -> str:
    """Say why an exercise is asked about Port Alder in another city; ``""`` where it is not."""
    city = opened_city(item.lesson)
    if item.practice and not city.fictional:
        return f"{item.practice} {SHOWN_INSTEAD}"
    return stand_in_note(city, item.tables)


def check(exercise_id: str, answer: object) -> Shown:
    """Say what an answer shows: not tried yet, not yet (and why), or that's it.

    Parameters
    ----------
    exercise_id
        Such as ``"3.1-b"``.
    answer
        A number, an `Estimate`, or text such as ``"8.4 days"``. ``...`` means not tried.

    Returns
    -------
    Shown
        The feedback. It never raises, never scores, and never tells the expected value.
    """
    item = exercise(exercise_id)
    return feedback(item, exercise_city(item), answer)


def feedback(item: Exercise, city: City, given: object) -> Shown:
    """Judge one answer in one city, and remember it in `my-work`."""
    if not item.known(city):
        return _told("Not tried yet.", f"{city.name} has too little data for this exercise.")
    answer = read_answer(given, item.unit)
    if answer.state == "empty":
        return _told("Not tried yet.", "Replace the ... and run this cell again.")
    if answer.state == "unreadable":
        return _told("Not yet.", answer.why)
    _remember(item.id, answer)
    if item.is_right(city, answer.value):
        return _told("That's it.", item.explanation(city))
    mistake = item.mistake(city, answer.value)
    if mistake:
        return _told("Not yet.", f"You have {item.label(answer.value)}. {mistake.reason(city)}")
    return _told("Not yet.", _unknown(item, city, answer.value))


def _unknown(item: Exercise, city: City, value: float) -> str:
    if item.unit == "days" and item.is_right(city, value * 7):
        return f"You have {item.label(value)}. It looks like weeks. The question asks for days."
    return (
        f"You have {item.label(value)}. I can't tell how you got there. "
        f'For help, type pb.hint("{item.id}") in a new cell.'
    )


def hint(exercise_id: str, number: int = 1) -> Shown:
    """Give a hint: the first, or a later one that helps more.

    Parameters
    ----------
    exercise_id
        Such as ``"3.1-b"``.
    number
        1 for the first hint, 2 for the next.
    """
    item = exercise(exercise_id)
    index = min(max(int(number), 1), len(item.hints))
    return _told(f"Hint {index} of {len(item.hints)}.", item.hints[index - 1])


def solution(exercise_id: str, answer: object) -> Shown:
    """Explain the answer of a solution cell, which must agree with the bank.

    Raises
    ------
    PlaybookError
        If the solution's value is not what the bank expects in this city.
    """
    item = exercise(exercise_id)
    city, note = exercise_city(item), city_note(item)
    if not item.known(city):
        return _told("Solution.", f"{city.name} has too little data for this exercise.")
    read = read_answer(answer, item.unit)
    if read.state != "number" or not item.is_right(city, read.value):
        raise PlaybookError(
            f"The solution of {exercise_id} gives {answer}, and the answer bank does not agree.",
            fix="Run all cells from the top. If you changed nothing, tell the lesson's authors.",
            where=f"exercise {exercise_id}",
        )
    return _folded(f"{note} {item.explanation(city)}".strip())


def saved_answers() -> dict[str, list[float]]:
    """Return every answer given so far, by exercise, as kept in `my-work`."""
    path = home.work_folder() / ANSWERS_FILE
    if not path.is_file():
        return {}
    try:
        saved = json.loads(path.read_text(encoding="utf-8"))
        return {key: [float(value) for value in values] for key, values in saved.items()}
    except (ValueError, TypeError, AttributeError):
        # Somebody edited the file: keep what is there, start a new one.
        keep_dated_copy(path)
        return {}


def _remember(exercise_id: str, answer: Answer) -> None:
    answers = saved_answers()
    given = answers.setdefault(exercise_id, [])
    if given[-1:] != [answer.value]:
        given.append(answer.value)
        text = json.dumps(answers, indent=1, sort_keys=True) + "\n"
        write_atomically(home.work_folder() / ANSWERS_FILE, text)


def _folded(message: str) -> Shown:
    """Show a solution closed: JupyterLab opens a folded cell's output when all cells are run."""
    html = (
        "<details class='pb-solution' style='margin:.4em 0'><summary style='padding:.4em 0'>"
        f"<strong>Solution.</strong> Open the explanation</summary><p>{escape(message)}</p>"
        "</details>"
    )
    return Shown(f"Solution. {message}", html)


def _told(status: str, message: str) -> Shown:
    color = _COLORS.get(status, "#5F6B7A")
    html = (
        f"<div class='pb-feedback' role='status' style='border-left:4px solid {color};"
        f"padding:.4em .8em;margin:.4em 0'><strong>{escape(status)}</strong> {escape(message)}"
        "</div>"
    )
    return Shown(f"{status} {message}", html)
