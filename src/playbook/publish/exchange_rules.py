"""What a solution card must hold: its fields, their words, and what is wrong with an entry."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

from playbook.city.capacities import capacity_names, planned_lessons
from playbook.learn.catalog import lessons

OUTCOMES = {"worked": "Worked", "did not": "Did not work", "too soon": "Too soon to tell"}
# From what can tell cause from chance to what can't.
EVIDENCE = {
    "randomized": "Randomized trial",
    "comparison": "Comparison of groups",
    "before-after": "Before and after",
    "count": "A count",
    "story": "A story",
}
ISSUE_AREAS = (
    "Housing",
    "Jobs, training and child care",
    "Transit and streets",
    "Health",
    "Education",
    "Climate",
)
# A card prints on one sheet.
MOST_LETTERS, MOST_IN_A_TITLE = 450, 70
FIRST_YEAR = 1950
NO_DATE = "no date"
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
_ADDRESS = re.compile(r"https?://[^\s<>\"']+")
_CRITERION = re.compile(r"(?:DM|LC|OD|PA|BF|RDC|CI|EVAL)[1-9]")
# Whom to ask is a role: people leave, and a card stays.
_PERSON = re.compile(r"\S+@\S+\.\w+|(?:\d[ ().-]*){7,}")


@dataclass(frozen=True)
class Question:
    """One text of a card: its name in the file, its heading, and how the form asks for it."""

    name: str
    heading: str
    ask: str


QUESTIONS = (
    Question("problem", "The problem", "What was wrong, for whom, where? One number if you can."),
    Question("what_was_done", "What was done", "What did people do differently? Name the step."),
    Question("who_had_to_agree", "Who had to agree", "Whose yes did it take? Name roles."),
    Question(
        "cost_and_staff",
        "Cost and staff",
        "Money and people. If you don't know, write: not published.",
    ),
    Question("what_moved", "What moved", "The figure before and after, or with and without it."),
    Question("what_failed", "What failed", "What went wrong, or did not move. Never empty."),
    Question(
        "must_be_true_elsewhere",
        "What must be true elsewhere",
        "What does another city need to have for this to work there?",
    ),
    Question("first_step", "First step to borrow", "What can a reader do this week?"),
    Question("contact", "Whom to ask", "A role and a department. No names, no e-mail addresses."),
)
_SHORT = ("title", "place")
_LISTS = ("capacities", "issue_areas", "criteria", "lessons")
_FIELDS = {*_SHORT, *_LISTS, *(one.name for one in QUESTIONS), "year", "outcome", "evidence"}


@dataclass(frozen=True)
class Problem:
    """What is wrong with one field of a card, and what to do about it."""

    field: str
    what: str
    fix: str


def id_problems(card_id: str) -> list[Problem]:
    """Check a card's id, which is the name of its file and the end of its address."""
    if _ID.fullmatch(card_id):
        return []
    what = f"The name {card_id!r} can't be an address."
    fix = "Use small letters, digits and hyphens, two words at least: oakland-paving."
    return [Problem("file name", what, fix)]


def problems(entry: Mapping[str, Any]) -> list[Problem]:
    """List what is wrong with an entry, in the order of a card; empty when it is sound.

    Examples
    --------
    >>> problems({"title": "Ask first"})[0].what
    'place is missing.'
    """
    expected = [*_SHORT, "year", "outcome", "evidence", *(q.name for q in QUESTIONS), *_LISTS]
    found = [
        Problem(name, f"{name} is missing.", "Add it. For a list, [] is enough.")
        for name in [*expected, "sources"]
        if name not in entry
    ]
    known = _FIELDS | {"sources", "tried"}
    found += [
        Problem(name, f"{name} is not a field of a card.", _nearest(name, known))
        for name in entry
        if name not in known
    ]
    return found or list(_all_problems(entry))


def _all_problems(entry: Mapping[str, Any]) -> Iterator[Problem]:
    for name in _SHORT:
        yield from text_problems(name, entry[name], MOST_IN_A_TITLE)
    yield from _year_problems("year", entry["year"])
    yield from _one_of("outcome", entry["outcome"], OUTCOMES)
    yield from _one_of("evidence", entry["evidence"], EVIDENCE)
    for question in QUESTIONS:
        yield from text_problems(question.name, entry[question.name])
    if isinstance(entry["contact"], str) and _PERSON.search(entry["contact"]):
        what = "contact holds what looks like an e-mail address or a telephone number."
        yield Problem("contact", what, "Name a role and a department. People leave, cards stay.")
    yield from _list_problems("capacities", entry["capacities"], capacity_names(), needed=True)
    yield from _list_problems("issue_areas", entry["issue_areas"], ISSUE_AREAS)
    yield from _list_problems("lessons", entry["lessons"], {*lessons(), *planned_lessons()})
    yield from _criteria_problems(entry["criteria"])
    yield from _parts("sources", entry["sources"], ("title", "year", "address"))
    if entry["sources"] == []:
        fix = "Add a page that a reader can open. For your own city, the page of your report."
        yield Problem("sources", "There is no source.", fix)
    tried = entry.get("tried", [])
    yield from _parts("tried", tried, ("place", "year", "outcome", "changed", "result"))


def text_problems(name: str, text: object, most: int = MOST_LETTERS) -> Iterator[Problem]:
    """Check one text: there, not too long, on one line, printable."""
    if not isinstance(text, str):
        yield Problem(name, f"{name} is no text.", "Put it in quotation marks.")
    elif not text.strip():
        yield Problem(name, f"{name} is empty.", 'Write one sentence, or "not published".')
    elif len(text) > most:
        what = f"{name} has {len(text):,} letters and signs."
        yield Problem(name, what, f"Keep it under {most}: a card prints on one sheet.")
    elif not _is_clean(text):
        what = f"{name} holds a line break or a sign that can't be printed."
        yield Problem(name, what, "Type it anew on one line.")


def _is_clean(text: str) -> bool:
    return text.isprintable() and unicodedata.normalize("NFC", text) == text


def _year_problems(name: str, year: object) -> Iterator[Problem]:
    if type(year) is not int or not FIRST_YEAR <= year <= date.today().year:
        what = f"{name} is {str(year)[:20]!r}." if year != "" else f"{name} is empty."
        yield Problem(name, what, f"Use a year from {FIRST_YEAR} to now, such as 2019.")


def _one_of(name: str, value: object, known: Iterable[str]) -> Iterator[Problem]:
    if value == "":
        yield Problem(name, f"{name} is empty.", f"Choose one: {'; '.join(known)}.")
    elif not isinstance(value, str) or value not in known:
        what = f"{name} is {str(value)[:40]!r}, which I don't know."
        yield Problem(name, what, _nearest(str(value), known))


def _list_problems(
    name: str, values: object, known: Iterable[str], *, needed: bool = False
) -> Iterator[Problem]:
    known = [*known]
    if not isinstance(values, list):
        yield Problem(name, f"{name} is no list.", f'Put it in brackets: ["{known[0]}"].')
        return
    if needed and not values:
        yield Problem(name, f"{name} is empty.", f"Choose at least one: {'; '.join(known)}.")
    for value in values:
        yield from _one_of(name, value, known)
    if len({str(value) for value in values}) < len(values):
        yield Problem(name, f"{name} names one thing twice.", "Keep one of them.")


def _criteria_problems(values: object) -> Iterator[Problem]:
    codes = values if isinstance(values, list) else [values]
    for code in codes:
        if not isinstance(code, str) or not _CRITERION.fullmatch(code):
            what = f"criteria has {str(code)[:20]!r}, which is no criterion."
            yield Problem("criteria", what, 'Use codes such as "RDC2", in brackets.')


def _parts(name: str, parts: object, fields: Sequence[str]) -> Iterator[Problem]:
    example = f"Begin each one with a line [[{name}]], then {', '.join(fields)}."
    if not isinstance(parts, list) or not all(isinstance(part, dict) for part in parts):
        yield Problem(name, f"{name} is written in a way I can't read.", example)
        return
    for number, part in enumerate(parts, start=1):
        if set(part) != set(fields):
            yield Problem(name, f"Number {number} of {name} has other fields.", example)
            continue
        for field in fields:
            yield from _part_problems(f"{name} {number}, {field}", field, part[field])


def _part_problems(where: str, field: str, value: object) -> Iterator[Problem]:
    if field == "year":
        if not (where.startswith("sources") and value == NO_DATE):
            yield from _year_problems(where, value)
    elif field == "outcome":
        yield from _one_of(where, value, OUTCOMES)
    elif field == "address" and not _ADDRESS.fullmatch(str(value)):
        what = f"{where} is {str(value)[:40]!r}."
        yield Problem(where, what, "Copy the address from the browser: https://...")
    else:
        yield from text_problems(where, value)


def _nearest(value: str, known: Iterable[str]) -> str:
    known = sorted(known)
    close = get_close_matches(value, known, n=1, cutoff=0.5)
    return f'Did you mean "{close[0]}"?' if close else f"Use one of: {'; '.join(known)}."
