"""What the file of plays holds: actions, capacities' pages, plays with their cases, the grid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Action:
    """One of the 18 city actions that the initiative lists, in our own words."""

    id: str
    foundation: str
    words: str


@dataclass(frozen=True)
class CapacityPage:
    """What stands first on a capacity's page: its question, and what to do on Monday."""

    letter: str
    file: str
    question: str
    monday: str

    @property
    def page(self) -> str:
        """Name of the page in the book."""
        return f"book/plays/{self.file}"


@dataclass(frozen=True)
class Source:
    """A page that prints the figures of a case."""

    name: str
    address: str


@dataclass(frozen=True)
class Case:
    """What a real place did, and what went wrong there."""

    place: str
    year: str
    story: str
    wrong: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Play:
    """One move: first step, people, words, dates, cost, signs, lesson and case."""

    id: str
    capacity: str
    title: str
    first: str
    who: str
    say: tuple[str, ...]
    day_30: str
    day_60: str
    day_90: str
    hours: int
    works: str
    stop: str
    lesson: str
    criteria: tuple[str, ...]
    cards: tuple[str, ...]
    case: Case
    action: str = ""
    """Id of the city action that it carries out; empty for a play of our own."""


@dataclass(frozen=True)
class FurtherPage:
    """A page beside the plays that helps with criteria too."""

    file: str
    title: str
    criteria: tuple[str, ...]


@dataclass(frozen=True)
class Cell:
    """One concrete step in the grid, and the play that it is an example of."""

    play: str
    step: str


@dataclass(frozen=True)
class Plays:
    """Everything that the file holds.

    Parameters
    ----------
    actions
        The 18 city actions, by id.
    pages
        The seven capacities' pages, by letter.
    plays
        All plays, by id, in the order of the file.
    further
        Pages beside the plays.
    grid
        Cells by issue area and letter; a missing one is an honest blank.
    """

    actions: Mapping[str, Action]
    pages: Mapping[str, CapacityPage]
    plays: Mapping[str, Play]
    further: tuple[FurtherPage, ...]
    grid: Mapping[tuple[str, str], Cell]

    def of_capacity(self, letter: str) -> tuple[Play, ...]:
        """Return the plays of one capacity."""
        return tuple(play for play in self.plays.values() if play.capacity == letter)

    def number(self, play: Play) -> int:
        """Return the play's number in the book, so that a printed table can point to it."""
        return [*self.plays].index(play.id) + 1
