"""House rules on the catalog and on what must stand beside each lesson."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from playbook.author.criteria import CRITERIA
from playbook.author.findings import Finding
from playbook.author.pages import headings_of
from playbook.author.reading import sentences, without_markup, words
from playbook.author.words import banned_in, british_in
from playbook.learn.catalog import CATALOG_NAME, Lesson

FACILITATOR_HEADINGS = (
    "Before you start",
    "Where people get stuck",
    "Hard conversations",
    "If there are no laptops",
    "Afterwards",
)
_LESSON_PATH = re.compile(r"\d\d-[a-z0-9-]+/\d+-[a-z0-9-]+\.ipynb")
_MAY_BE_EMPTY = {"issue_areas", "prerequisites", "next_lesson", "without"}


@dataclass(frozen=True)
class Shelf:
    """The catalog with the folder and the tables it speaks of.

    Parameters
    ----------
    folder
        Folder with the catalog and one folder per module.
    lessons
        Entries by id.
    tables
        Names of the city's tables.
    claims
        What is measured for each claim, by id, as `data/insights.yaml` keeps it.
    """

    folder: Path
    lessons: Mapping[str, Lesson]
    tables: frozenset[str]
    claims: Mapping[str, Mapping[str, Any]]


Rule = Callable[[Shelf], list[Finding]]


def catalog_fields(shelf: Shelf) -> list[Finding]:
    """Every field is filled, with its right form."""
    found = []
    for lesson in shelf.lessons.values():
        for name in Lesson.__dataclass_fields__:
            if name not in _MAY_BE_EMPTY and not getattr(lesson, name):
                found.append(
                    catalog_finding("catalog-fields", lesson, f"{name} is empty", "Fill it in")
                )
        if lesson.path and not _LESSON_PATH.fullmatch(lesson.path):
            fix = "Name it NN-module/N-lesson-name.ipynb"
            found.append(
                catalog_finding("catalog-fields", lesson, f"The path is {lesson.path}", fix)
            )
        if lesson.reviewed_on and not _is_date(lesson.reviewed_on):
            what = f"reviewed_on is {lesson.reviewed_on}"
            found.append(catalog_finding("catalog-fields", lesson, what, "Write it as 2026-03-31"))
    return found


def catalog_minutes(shelf: Shelf) -> list[Finding]:
    """Each step takes at least a minute and is core or deeper."""
    found = []
    for lesson in shelf.lessons.values():
        for step in lesson.steps:
            if step.minutes < 1:
                what = f'"{step.name}" takes {step.minutes} minutes'
                found.append(catalog_finding("catalog-minutes", lesson, what, "Give it 1 or more"))
            if step.level not in ("core", "deeper"):
                what = f'"{step.name}" has the level {step.level}'
                found.append(catalog_finding("catalog-minutes", lesson, what, "Use core or deeper"))
    return found


def catalog_links(shelf: Shelf) -> list[Finding]:
    """Lessons and tables that an entry names exist."""
    found = []
    for lesson in shelf.lessons.values():
        named = [*lesson.prerequisites, *filter(None, [lesson.next_lesson])]
        for name in named:
            if name not in shelf.lessons or name == lesson.id:
                what, fix = f"There is no lesson {name} to go to", "Name a lesson of the catalog"
                found.append(catalog_finding("catalog-links", lesson, what, fix))
        for name in lesson.tables:
            if name not in shelf.tables:
                fix = f"Use one of: {', '.join(sorted(shelf.tables))}"
                found.append(
                    catalog_finding("catalog-links", lesson, f"There is no table {name}", fix)
                )
        for name in lesson.without:
            # A column of one of the tables may be missing, too: "neighborhoods.district".
            if name.partition(".")[0] not in lesson.tables:
                what = f"It says what it does without {name}, and names no such table"
                fix = "Add the table to tables, or take the sentence out"
                found.append(catalog_finding("catalog-links", lesson, what, fix))
    return found


def catalog_criteria(shelf: Shelf) -> list[Finding]:
    """Criteria are among the 43 codes of the standard."""
    return [
        catalog_finding(
            "catalog-criteria", lesson, f"{code} is no criterion", "Use a code such as PA2"
        )
        for lesson in shelf.lessons.values()
        for code in lesson.criteria
        if code not in CRITERIA
    ]


def catalog_files(shelf: Shelf) -> list[Finding]:
    """Each entry has its notebook and its facilitator page, each notebook has its entry."""
    found = []
    for lesson in shelf.lessons.values():
        for path in (shelf.folder / lesson.path, facilitator_page(shelf.folder, lesson)):
            if not path.is_file():
                what, fix = f"{path.name} is missing", "Add the file, or take the entry out"
                found.append(catalog_finding("catalog-files", lesson, what, fix))
    listed = {shelf.folder / lesson.path for lesson in shelf.lessons.values()}
    for path in notebooks_in(shelf.folder):
        if path not in listed:
            file = path.relative_to(shelf.folder).as_posix()
            what, fix = "The catalog has no entry for it", f"Add one to {CATALOG_NAME}"
            found.append(Finding("catalog-files", file, "", what, fix))
    return found


def catalog_words(shelf: Shelf) -> list[Finding]:
    """Texts of an entry keep to the plain words of the lessons."""
    found = []
    for lesson in shelf.lessons.values():
        texts = [lesson.question, lesson.why, lesson.you_leave_with, lesson.you_need]
        texts += [lesson.title, *lesson.cold_start, *lesson.terms, *lesson.without.values()]
        for text in texts:
            for what, fix in word_problems(text):
                found.append(catalog_finding("catalog-words", lesson, what, fix))
    return found


def facilitator_headings(shelf: Shelf) -> list[Finding]:
    """Give each facilitator page its five headings, in order, each with text."""
    found = []
    for file, text in _facilitator_texts(shelf):
        seen = tuple(heading.text for heading in headings_of(text) if heading.level == 2)
        if seen != FACILITATOR_HEADINGS:
            what = f"The headings are: {'; '.join(seen) or 'none'}"
            fix = f"Use these: {'; '.join(FACILITATOR_HEADINGS)}"
            found.append(Finding("facilitator-headings", file, "", what, fix))
            continue
        for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
            heading, _, rest = part.partition("\n")
            if not rest.strip():
                what, fix = f'Nothing stands under "{heading}"', "Write two or three lines"
                found.append(Finding("facilitator-headings", file, "", what, fix))
    return found


def facilitator_words(shelf: Shelf) -> list[Finding]:
    """Keep facilitator pages to the plain words of the lessons."""
    return [
        Finding("facilitator-words", file, "", what, fix)
        for file, text in _facilitator_texts(shelf)
        for what, fix in word_problems(text)
    ]


RULES: tuple[Rule, ...] = (
    catalog_fields,
    catalog_minutes,
    catalog_links,
    catalog_criteria,
    catalog_files,
    catalog_words,
    facilitator_headings,
    facilitator_words,
)


def facilitator_page(folder: Path, lesson: Lesson) -> Path:
    """Return where a lesson's facilitator page stands in a folder of lessons."""
    path = folder / lesson.path
    return path.with_name(f"{path.stem}.facilitator.md")


def notebooks_in(folder: Path) -> list[Path]:
    """Return the notebooks of a folder of lessons; a Jupyter server's own copies are none."""
    return sorted(
        path for path in folder.glob("*/*.ipynb") if ".ipynb_checkpoints" not in path.parts
    )


def catalog_finding(rule: str, lesson: Lesson, what: str, fix: str) -> Finding:
    """Make a finding about a lesson's entry."""
    return Finding(rule, CATALOG_NAME, "", f"Lesson {lesson.id}: {what}", fix)


def _facilitator_texts(shelf: Shelf) -> Iterable[tuple[str, str]]:
    for lesson in shelf.lessons.values():
        path = facilitator_page(shelf.folder, lesson)
        if path.is_file():
            yield path.relative_to(shelf.folder).as_posix(), path.read_text(encoding="utf-8")


def word_problems(text: str) -> Iterable[tuple[str, str]]:
    """Yield what is not plain in a text, and what to write instead."""
    plain = without_markup(text)
    for word, instead in banned_in(plain):
        yield f'The word "{word}"', f"Instead: {instead}"
    for word in british_in(plain):
        yield f'The spelling "{word}"', "Write it the US way"
    if re.search(r"\w[\"'”’)*_]*!", plain):
        yield "An exclamation mark", "End with a period"
    for sentence in sentences(plain):
        count = len(words(sentence))
        if count > 30:
            yield f'A sentence of {count} words: "{sentence[:50]}"', "Make two of it"


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
