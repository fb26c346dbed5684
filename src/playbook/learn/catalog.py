"""The catalog of lessons: `notebooks/lessons.toml`, the source of every card and schedule."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from playbook import home
from playbook.errors import PlaybookError

CATALOG_NAME = "lessons.toml"


@dataclass(frozen=True)
class Step:
    """One part of a lesson that takes time."""

    name: str
    minutes: int
    level: Literal["core", "deeper"]


@dataclass(frozen=True)
class Mayor:
    """What a lesson says to a mayor on one page, beside the chart and its sentence."""

    show: str
    """Id of the cell whose chart is shown."""
    say: str
    """Id of the claim whose sentence is printed; empty while the lesson claims nothing yet."""
    decide: str
    """The decision that lies on the desk, with its options."""
    ask: tuple[str, ...]
    """Three questions for the staff."""
    avoid: str
    """What not to say at the microphone, without quotation marks."""
    instead: str
    """What to say instead."""


@dataclass(frozen=True)
class Lesson:
    """A lesson's entry in the catalog."""

    id: str
    title: str
    question: str
    why: str
    module: str
    path: str
    version: str
    reviewed_on: str
    you_leave_with: str
    you_need: str
    cold_start: tuple[str, ...]
    capacities: tuple[str, ...]
    issue_areas: tuple[str, ...]
    criteria: tuple[str, ...]
    terms: tuple[str, ...]
    tables: tuple[str, ...]
    prerequisites: tuple[str, ...]
    next_lesson: str
    steps: tuple[Step, ...]
    mayor: Mayor
    without: Mapping[str, str] = field(default_factory=dict)
    """What the lesson does in a city that has no such table, by table name. May be left out."""

    @property
    def core_minutes(self) -> int:
        """Minutes alone to the insight and the reader's own next step."""
        return sum(step.minutes for step in self.steps if step.level == "core")

    @property
    def deeper_minutes(self) -> int:
        """Minutes of the parts that can be skipped."""
        return sum(step.minutes for step in self.steps if step.level == "deeper")

    @property
    def notebook(self) -> Path:
        """The lesson's notebook as shipped."""
        return home.notebooks_folder() / self.path

    @property
    def facilitator_page(self) -> Path:
        """The facilitator's own words, beside the notebook."""
        return self.notebook.with_name(self.notebook.stem + ".facilitator.md")


def read_catalog(path: Path) -> dict[str, Lesson]:
    """Read a catalog file; lessons in the order of the file, by id.

    Raises
    ------
    PlaybookError
        If the file can't be read or an entry lacks a field or has an unknown one.
    """
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as problem:
        raise PlaybookError(
            f"I can't read the catalog: {problem}.",
            where=path.name,
            fix="Check the line it names for a missing quote or bracket.",
        ) from None
    return {key: _lesson(key, entry, path) for key, entry in entries.items()}


def _lesson(key: str, entry: Mapping[str, Any], path: Path) -> Lesson:
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) and name != "steps" else value
        for name, value in entry.items()
    }
    _check_fields(key, Lesson, values, path, optional={"without"})
    steps = tuple(Step(**step) for step in values.pop("steps"))
    mayor = _mayor(key, values.pop("mayor"), path)
    return Lesson(id=key, steps=steps, mayor=mayor, **values)


def _mayor(key: str, entry: Mapping[str, Any], path: Path) -> Mayor:
    _check_fields(key, Mayor, entry, path, before="mayor.")
    return Mayor(**{**entry, "ask": tuple(entry["ask"])})


def _check_fields(
    key: str,
    kind: type[Lesson] | type[Mayor],
    entry: Mapping[str, Any],
    path: Path,
    *,
    optional: Collection[str] = (),
    before: str = "",
) -> None:
    """Ask that an entry has the fields of its kind, and no others."""
    expected = set(kind.__dataclass_fields__) - {"id"}
    words = [f"{before}{name} is missing" for name in sorted(expected - set(entry) - set(optional))]
    words += [
        f"{before}{name} is not a field of the catalog" for name in sorted(set(entry) - expected)
    ]
    if words:
        raise PlaybookError(
            f"Lesson {key}: {'; '.join(words)}.",
            where=path.name,
            fix="Compare it with the entry of lesson 3.1.",
        )


@cache
def lessons() -> dict[str, Lesson]:
    """All lessons of the catalog, by id."""
    return read_catalog(home.notebooks_folder() / CATALOG_NAME)


def lesson(lesson_id: str) -> Lesson:
    """One lesson.

    Raises
    ------
    PlaybookError
        If there is no such lesson.
    """
    try:
        return lessons()[lesson_id]
    except KeyError:
        raise PlaybookError(
            f"I know no lesson {lesson_id!r}.",
            fix=f"Use one of: {', '.join(lessons())}. Or run `playbook list` to see them all.",
        ) from None
