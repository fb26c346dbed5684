"""Which lessons a city can run, and which file would bring the next one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from playbook.city.tables import City
from playbook.insights.stand_in import title_of
from playbook.learn.catalog import lessons
from playbook.learn.lesson import lacking, lacking_columns, runs_in_part

Runs = Literal["fully", "partly", "not yet"]


@dataclass(frozen=True)
class LessonStatus:
    """How far a lesson runs on a city's own tables.

    Parameters
    ----------
    lesson_id, title
        The lesson.
    runs
        ``"partly"``: a table is missing; the steps that need it have a way around it or show Port
        Alder, and say so. ``"not yet"``: then the whole lesson shows Port Alder.
    missing
        Tables that the city does not have; those that the lesson can't do without come first.
    columns
        Columns that its tables lack, such as ``"neighborhoods.district"``.
    """

    lesson_id: str
    title: str
    runs: Runs
    missing: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


def city_status(city: City) -> list[LessonStatus]:
    """Say for each lesson how far it runs on a city's own tables.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> {one.runs for one in city_status(load_city())}
    {'fully'}
    """
    found = []
    for entry in lessons().values():
        needed = lacking(entry, city)
        others = [name for name in entry.tables if name not in city and name not in needed]
        runs: Runs = "partly" if runs_in_part(entry, city) else "not yet"
        columns = lacking_columns(entry, city)
        if not needed and not others and not columns:
            runs = "fully"
        missing = (*needed, *others)
        found.append(LessonStatus(entry.id, entry.title, runs, missing, tuple(columns)))
    return found


def next_table(status: Sequence[LessonStatus]) -> str:
    """Name the table that brings a city the most: lessons it opens first, then lessons it fills.

    Returns
    -------
    str
        A table's name; ``""`` when every lesson runs fully.
    """
    gains: dict[str, tuple[int, int, int]] = {}
    for one in status:
        entry = lessons()[one.lesson_id]
        needed = [name for name in one.missing if name not in entry.without]
        for name in one.missing:
            opens, nearer, fills = gains.get(name, (0, 0, 0))
            opens += needed == [name]
            nearer += name in needed
            fills += name not in needed
            gains[name] = (opens, nearer, fills)
    return max(gains, key=lambda name: gains[name], default="")


def lesson_for(city: City, tables: Sequence[str]) -> str:
    """Name the lesson to open after tables came in: one that runs, and is mostly about them.

    Returns
    -------
    str
        A lesson's id; ``""`` when none of them runs yet.
    """
    ready = [one.lesson_id for one in city_status(city) if one.runs != "not yet"]
    places = {
        lesson_id: min(lessons()[lesson_id].tables.index(name) for name in among)
        for lesson_id in ready
        if (among := [name for name in tables if name in lessons()[lesson_id].tables])
    }
    return min(places, key=lambda lesson_id: places[lesson_id], default="")


def status_text(city: City) -> str:
    """Write a city's lessons as lines of text, with the next file to ask for."""
    status = city_status(city)
    words = {"fully": "runs on your files", "partly": "runs in part", "not yet": "not yet"}
    lines = [f"{city.name} has {len(city.tables)} of the lessons' tables."]
    for one in status:
        titles = [title_of(city, name) for name in (*one.missing, *one.columns)]
        lacks = f"; missing: {', '.join(titles)}" if titles else ""
        lines.append(f"{one.lesson_id}  {one.title}: {words[one.runs]}{lacks}")
    table = next_table(status)
    if table:
        contract = city.contract[table]
        lines += ["", f"The file that brings you the most now: {title_of(city, table)}."]
        lines.append(contract.bring)
    return "\n".join(lines)
