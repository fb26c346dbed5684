"""Pathways: reading orders for programs and roles, computed from the catalog of lessons."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any

from playbook.errors import PlaybookError
from playbook.learn.catalog import Lesson

FILE_NAME = "pathways.toml"
PERIODS = {"week": "weeks", "month": "months"}
MOST_IN_SPRINT = 10


@dataclass(frozen=True)
class Pathway:
    """A reading order as it is written down.

    Parameters
    ----------
    id
        What the page calls it.
    name
        The program or the role.
    words
        What the program says of itself, told in our words, or what a role comes for.
    lessons
        Ids in the order of reading, written or planned.
    per
        Lessons in a period.
    period
        ``"week"`` or ``"month"``.
    year
        When the program described itself so; empty for a role.
    source
        Name of the page where it does.
    address
        Where that page is.
    closes_gaps
        Whether lessons follow that build the most criteria not built yet.
    """

    id: str
    name: str
    words: str
    lessons: tuple[str, ...]
    per: int
    period: str
    year: str = ""
    source: str = ""
    address: str = ""
    closes_gaps: bool = False


@dataclass(frozen=True)
class Stop:
    """One lesson on a way: in which week or month, its number and title, and it if written."""

    period: int
    id: str
    title: str
    lesson: Lesson | None


@dataclass(frozen=True)
class Plan:
    """A pathway, computed.

    Parameters
    ----------
    pathway
        What it was computed from.
    stops
        Its lessons in order.
    """

    pathway: Pathway
    stops: tuple[Stop, ...]

    @property
    def written(self) -> tuple[Lesson, ...]:
        """The lessons that can be read today."""
        return tuple(stop.lesson for stop in self.stops if stop.lesson)

    @property
    def minutes(self) -> int:
        """Minutes alone for the core of the written lessons."""
        return sum(lesson.core_minutes for lesson in self.written)

    @property
    def criteria(self) -> tuple[str, ...]:
        """Codes of the criteria that the written lessons help to build, each once."""
        return tuple(dict.fromkeys(code for lesson in self.written for code in lesson.criteria))

    @property
    def length(self) -> str:
        """How long it takes, in words.

        Examples
        --------
        >>> stops = tuple(Stop(1, str(n), "", None) for n in range(5))
        >>> Plan(Pathway("x", "X", "", (), per=2, period="month"), stops).length
        '3 months, 2 lessons a month'
        """
        count = -(-len(self.stops) // self.pathway.per)
        period = self.pathway.period
        unit = period if count == 1 else PERIODS[period]
        lessons = "1 lesson" if self.pathway.per == 1 else f"{self.pathway.per} lessons"
        return f"{count} {unit}, {lessons} a {period}"


def read_pathways(path: Path) -> dict[str, Pathway]:
    """Read the pathways, by id.

    Parameters
    ----------
    path
        The book's ``pathways.toml``.

    Raises
    ------
    PlaybookError
        If the file can't be read, or a pathway lacks a field, has an unknown one, or one of
        another type.
    """
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("pathway", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise PlaybookError(
            f"I can't read the pathways: {problem}.",
            where=path.name,
            fix="Check the line it names for a missing quote or bracket.",
        ) from None
    found: dict[str, Pathway] = {}
    for entry in entries:
        made = _pathway(entry)
        if made.id in found:
            raise _wrong(made.id, "it is there twice", "Keep one of them")
        found[made.id] = made
    return found


def _pathway(entry: Mapping[str, Any]) -> Pathway:
    name = str(entry.get("id", "without an id"))
    known = {one.name: one for one in fields(Pathway)}
    for field in known:
        if field not in entry and known[field].default is MISSING:
            raise _wrong(name, f"{field} is missing", "Compare it with another pathway")
    for field, value in entry.items():
        if field not in known:
            fix = f"Its fields are: {', '.join(known)}"
            raise _wrong(name, f"{field} is not a field", fix)
        expected = {"lessons": list, "per": int, "closes_gaps": bool}.get(field, str)
        if type(value) is not expected:
            fix = "Write it as another pathway does"
            raise _wrong(name, f"I can't use {str(value)[:40]!r} as its {field}", fix)
    if entry["period"] not in PERIODS or entry["per"] < 1:
        raise _wrong(name, "it has no rhythm", 'Write per = 1 and period = "week" or "month"')
    return Pathway(**{**entry, "lessons": tuple(map(str, entry["lessons"]))})


def _wrong(name: str, what: str, fix: str) -> PlaybookError:
    return PlaybookError(f"Pathway {name}: {what}.", where=FILE_NAME, fix=f"{fix}.")


def plan(pathway: Pathway, written: Mapping[str, Lesson], planned: Mapping[str, str]) -> Plan:
    """Compute a pathway from the catalog.

    Parameters
    ----------
    pathway
        The pathway.
    written
        The lessons of the catalog, by id.
    planned
        Titles of lessons to come, by id.

    Raises
    ------
    PlaybookError
        If a lesson is neither written nor planned, stands twice, or comes before one that it
        builds on.
    """
    ids = list(pathway.lessons)
    if pathway.closes_gaps:
        ids += _gap_closers(ids, written)
    for place, one in enumerate(ids):
        if one not in written and one not in planned:
            fix = f"Use one of: {', '.join([*written, *(p for p in planned if p not in written)])}"
            raise _wrong(pathway.id, f"I know no lesson {one!r}", fix)
        if one in ids[:place]:
            raise _wrong(pathway.id, f"lesson {one} is there twice", "Keep one of them")
        needs = written[one].prerequisites if one in written else ()
        late = next((need for need in needs if need in ids[place:]), "")
        if late:
            what = f"lesson {one} comes before {late}, on which it builds"
            raise _wrong(pathway.id, what, f"Put {late} first")
    return Plan(pathway, tuple(_stops(pathway, ids, written, planned)))


def _stops(
    pathway: Pathway, ids: Sequence[str], written: Mapping[str, Lesson], planned: Mapping[str, str]
) -> Iterator[Stop]:
    for place, one in enumerate(ids):
        lesson = written.get(one)
        yield Stop(place // pathway.per + 1, one, lesson.title if lesson else planned[one], lesson)


def _gap_closers(first: Sequence[str], written: Mapping[str, Lesson]) -> list[str]:
    """Choose lessons one by one: each adds the most criteria that none before it builds.

    What a chosen lesson builds on comes before it in the catalog, and needs no place of its own:
    each lesson says in three sentences what is needed from earlier ones.
    """
    covered = {code for one in first if one in written for code in written[one].criteria}
    chosen: list[str] = []
    left = [lesson for one, lesson in written.items() if one not in first]
    while left and len(first) + len(chosen) < MOST_IN_SPRINT:
        best = max(left, key=lambda lesson: len(set(lesson.criteria) - covered))
        if not set(best.criteria) - covered:
            break
        covered |= set(best.criteria)
        chosen.append(best.id)
        left.remove(best)
    order = list(written)
    # In the order of the catalog, so that none comes before a lesson on which it builds.
    return sorted(chosen, key=order.index)
