"""The plays: what to do on Monday for each capacity, read from one file and checked."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any, TypeVar

from playbook.errors import PlaybookError
from playbook.publish.play_rules import problems
from playbook.publish.play_shapes import (
    Action,
    CapacityPage,
    Case,
    Cell,
    FurtherPage,
    Play,
    Plays,
    Source,
)

FILE_NAME = "plays.toml"
Shape = TypeVar("Shape")


def read_plays(path: Path) -> Plays:
    """Read the plays, and check that each action, capacity and cell is at home.

    Parameters
    ----------
    path
        The book's ``plays.toml``.

    Raises
    ------
    PlaybookError
        For the first thing that is wrong, with its entry and field, and what to do.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise PlaybookError(
            f"I can't read the plays: {problem}.",
            where=path.name,
            fix="Check the line it names for a missing quote or bracket.",
        ) from None
    found = Plays(
        actions={one.id: one for one in _entries(content, "action", Action)},
        pages={one.letter: one for one in _entries(content, "capacity", CapacityPage)},
        plays={one.id: one for one in _entries(content, "play", Play)},
        further=tuple(_entries(content, "page", FurtherPage)),
        grid={
            (area, letter): _make(Cell, cell, f"the grid, {area}, {letter}")
            for area, row in content.get("grid", {}).items()
            for letter, cell in row.items()
        },
    )
    for where, what, fix in problems(found):
        raise PlaybookError(what, where=f"{path.name}, {where}", fix=fix)
    return found


def _entries(content: Mapping[str, Any], kind: str, shape: type[Shape]) -> list[Shape]:
    """Make the entries of one kind; two with one name are a mistake, not a correction."""
    made: list[Shape] = []
    seen: set[str] = set()
    for entry in content.get(kind, ()):
        name = next((str(entry[key]) for key in ("id", "letter", "file") if key in entry), "?")
        if name in seen:
            raise _wrong(f"{kind} {name}", "It is there twice.", "Keep one of them.")
        seen.add(name)
        made.append(_make(shape, entry, f"{kind} {name}"))
    return made


def _make(shape: type[Shape], entry: Mapping[str, Any], where: str) -> Shape:
    """Make one entry of what the file holds: the fields of its kind, each of its type."""
    known = {one.name: one for one in fields(shape)}  # type: ignore[arg-type]
    needed = {name for name, one in known.items() if one.default is MISSING}
    for name in sorted(needed - set(entry)):
        raise _wrong(where, f"{name} is missing.", "Compare it with another entry of its kind.")
    for name in entry:
        if name not in known:
            fix = f"Its fields are: {', '.join(known)}."
            raise _wrong(where, f"{name} is not a field.", fix)
    return shape(**{name: _value(known[name], entry[name], where) for name in entry})


def _value(field: Any, value: Any, where: str) -> Any:
    """Check a value against the type of its field; lists become tuples."""
    where = f"{where}, {field.name}"
    match field.type:
        case "str" if isinstance(value, str) and value.strip():
            return value
        case "int" if type(value) is int and value > 0:
            return value
        case "Case" if isinstance(value, dict):
            return _make(Case, value, where)
        case "tuple[Source, ...]" if isinstance(value, list) and value:
            return tuple(_make(Source, one, where) for one in value)
        case "tuple[str, ...]" if _all_text(value):
            return tuple(value)
    expected = {"str": "a text in quotation marks", "int": "a number above 0"}
    fix = f"Write {expected.get(field.type, 'it as another entry of its kind does')}."
    raise _wrong(where, f"I can't use {str(value)[:40]!r} here.", fix)


def _all_text(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) and one.strip() for one in value)


def _wrong(where: str, what: str, fix: str) -> PlaybookError:
    return PlaybookError(what, where=f"{FILE_NAME}, {where}", fix=fix)
