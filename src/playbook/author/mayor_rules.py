"""House rules on a lesson's page for the mayor: one chart, one sentence, few and plain words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from playbook.author.catalog_rules import Rule, Shelf, catalog_finding, word_problems
from playbook.author.findings import Finding
from playbook.author.html_parts import pictures
from playbook.author.pages import Cell, cells_of, read_notebook
from playbook.author.prose_rules import HIGHEST_GRADE, without_result
from playbook.author.reading import grade, words
from playbook.author.taught import figures_of
from playbook.learn.catalog import Lesson, Mayor
from playbook.learn.mayor_page import MayorPage, mayor_page

MOST_WORDS, QUESTIONS = 250, 3
_CAPTION = re.compile(r"<figcaption[^>]*>(.*?)</figcaption>", re.DOTALL)


def mayor_fields(shelf: Shelf) -> list[Finding]:
    """Fill every field, and ask three questions."""
    found = []
    for lesson in shelf.lessons.values():
        # `say` has a rule of its own.
        for name in set(Mayor.__dataclass_fields__) - {"say"}:
            if not getattr(lesson.mayor, name):
                what = f"mayor.{name} is empty"
                found.append(catalog_finding("mayor-fields", lesson, what, "Fill it in"))
        asked = [text for text in lesson.mayor.ask if text.endswith("?")]
        if lesson.mayor.ask and (len(asked), len(lesson.mayor.ask)) != (QUESTIONS, QUESTIONS):
            what = f"mayor.ask has {len(lesson.mayor.ask)} lines, {len(asked)} of them questions"
            fix = f"Write {QUESTIONS} questions that end with a question mark"
            found.append(catalog_finding("mayor-fields", lesson, what, fix))
    return found


def mayor_chart(shelf: Shelf) -> list[Finding]:
    """Show a chart that the lesson's core has."""
    found = []
    for lesson in shelf.lessons.values():
        cells = _cells(shelf, lesson)
        charts = [cell for cell in cells.values() if cell.part == "core" and _chart(cell)]
        if not cells or not lesson.mayor.show or cells.get(lesson.mayor.show) in charts:
            continue
        what = f"mayor.show is {lesson.mayor.show}, and no core cell of that name shows a chart"
        names = ", ".join(cell.id for cell in charts) or "a step that shows a chart"
        found.append(catalog_finding("mayor-chart", lesson, what, f"Use one of: {names}"))
    return found


def mayor_claim(shelf: Shelf) -> list[Finding]:
    """Say what a claim of this lesson says; a lesson that claims nothing yet says nothing."""
    found = []
    for lesson in shelf.lessons.values():
        own = [name for name, claim in shelf.claims.items() if claim["lesson"] == lesson.id]
        if lesson.mayor.say in (own or [""]):
            continue
        what = f"mayor.say is {lesson.mayor.say or 'empty'}, and that is no claim of this lesson"
        fix = f"Use one of: {', '.join(own)}" if own else "Leave it empty until it has a claim"
        found.append(catalog_finding("mayor-claim", lesson, what, fix))
    return found


def mayor_length(shelf: Shelf) -> list[Finding]:
    """Keep the page at 250 words, with the words beneath the chart."""
    found = []
    for lesson in shelf.lessons.values():
        shown = _cells(shelf, lesson).get(lesson.mayor.show)
        count = len(words(f"{_page(shelf, lesson).text}\n\n{_caption(shown)}"))
        if count > MOST_WORDS:
            what, fix = f"The mayor's page has {count} words", f"Keep {MOST_WORDS} or fewer"
            found.append(catalog_finding("mayor-length", lesson, what, fix))
    return found


def mayor_words(shelf: Shelf) -> list[Finding]:
    """Keep to the plain words of the lessons, at grade 8 or lower."""
    found = []
    for lesson in shelf.lessons.values():
        for text in _own_texts(lesson):
            for what, fix in word_problems(text):
                found.append(catalog_finding("mayor-words", lesson, what, fix))
        found_grade = grade(_page(shelf, lesson).text)
        if found_grade > HIGHEST_GRADE:
            what = f"The mayor's page reads at grade {found_grade:.1f}"
            fix = "Shorten sentences, take shorter words"
            found.append(catalog_finding("mayor-words", lesson, what, fix))
    return found


def mayor_numbers(shelf: Shelf) -> list[Finding]:
    """Quote only figures that the lesson's claims have measured."""
    found = []
    for lesson in shelf.lessons.values():
        claims = [claim for claim in shelf.claims.values() if claim["lesson"] == lesson.id]
        for text in _own_texts(lesson):
            for written in without_result(text, figures_of(claims)):
                what = f'The figure "{written}" on the mayor\'s page has no result behind it'
                fix = "Take it out; the sentence of the claim brings its own figures"
                found.append(catalog_finding("mayor-numbers", lesson, what, fix))
    return found


RULES: tuple[Rule, ...] = (
    mayor_fields,
    mayor_chart,
    mayor_claim,
    mayor_length,
    mayor_words,
    mayor_numbers,
)


def _page(shelf: Shelf, lesson: Lesson) -> MayorPage:
    return mayor_page(lesson, shelf.claims.get(lesson.mayor.say))


def _own_texts(lesson: Lesson) -> tuple[str, ...]:
    own = lesson.mayor
    return (own.decide, *own.ask, own.avoid, own.instead)


def _cells(shelf: Shelf, lesson: Lesson) -> Mapping[str, Cell]:
    """Return the lesson's cells by id; none where the notebook is missing or unreadable."""
    path = shelf.folder / lesson.path
    if not path.is_file():
        return {}
    try:
        return {cell.id: cell for cell in cells_of(read_notebook(path))}
    except ValueError:
        # Another rule tells that the file can't be read.
        return {}


def _chart(cell: Cell) -> bool:
    return any(pictures(html) for html in cell.shown("text/html"))


def _caption(cell: Cell | None) -> str:
    shown = cell.shown("text/html") if cell else ()
    return " ".join(text for html in shown for text in _CAPTION.findall(html))
