"""The seven capacities: what the team's self-assessment asks, and how it is answered."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

# A role with fewer people is never shown on its own: its answers would point at someone.
FEWEST_PEOPLE = 5
NO_ROLE = "Not given"
ROLES = ("Leader", "Manager", "Front line")


@dataclass(frozen=True)
class Capacity:
    """One of the seven capacities.

    Parameters
    ----------
    letter
        ``"A"`` to ``"G"``, as on the printed sheet.
    name
        As the initiative calls it.
    statements
        Five practices, in our own words.
    foundations
        Which of the six older foundational capacities went into it.
    lessons
        Ids of the lessons to start with, the best fit first, written or planned.
    """

    letter: str
    name: str
    statements: tuple[str, ...]
    foundations: tuple[str, ...]
    lessons: tuple[str, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of its statements on the sheet: ``("A1", ..., "A5")``."""
        return tuple(f"{self.letter}{number}" for number in range(1, len(self.statements) + 1))


@cache
def capacities() -> tuple[Capacity, ...]:
    """Return the seven capacities in their order.

    Examples
    --------
    >>> [capacity.letter for capacity in capacities()]
    ['A', 'B', 'C', 'D', 'E', 'F', 'G']
    >>> capacities()[5].name, capacities()[5].codes[0]
    ('Authentic Community Engagement', 'F1')
    """
    return tuple(
        Capacity(
            letter=entry["letter"],
            name=entry["name"],
            statements=tuple(entry["statements"]),
            foundations=tuple(entry["foundations"]),
            lessons=tuple(entry["lessons"]),
        )
        for entry in _file()["capacity"]
    )


def capacity_names() -> tuple[str, ...]:
    """Return the names of the seven capacities."""
    return tuple(capacity.name for capacity in capacities())


def codes() -> tuple[str, ...]:
    """Return the codes of all statements, ``"A1"`` to ``"G5"``.

    Examples
    --------
    >>> len(codes()), codes()[0], codes()[-1]
    (35, 'A1', 'G5')
    """
    return tuple(code for capacity in capacities() for code in capacity.codes)


def scale() -> tuple[str, ...]:
    """Return what the scores 0 to 4 mean.

    Examples
    --------
    >>> scale()[0], scale()[4]
    ('Not yet', 'Routine and reviewed with residents')
    """
    return tuple(_file()["scale"])


def planned_lessons() -> Mapping[str, str]:
    """Return titles of lessons that are planned, by id. Some of them may be written by now."""
    planned: dict[str, str] = _file()["planned"]
    return planned


@cache
def _file() -> dict[str, Any]:
    text = resources.files(__package__).joinpath("capacities.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
