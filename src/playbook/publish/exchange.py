"""The solutions exchange: one file a card, read and checked, and which cards suit a lesson."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playbook import home
from playbook.errors import PlaybookError
from playbook.learn.catalog import Lesson
from playbook.publish.exchange_rules import Problem, id_problems, problems

_NOT_NAMED = 99


@dataclass(frozen=True)
class Source:
    """Where a card's figures were read. A page without a date has ``"no date"`` for its year."""

    title: str
    year: int | str
    address: str


@dataclass(frozen=True)
class Tried:
    """What another city found when it borrowed the card."""

    place: str
    year: int
    outcome: str
    changed: str
    result: str


@dataclass(frozen=True)
class Card:
    """One solution card, checked."""

    id: str
    title: str
    place: str
    year: int
    outcome: str
    evidence: str
    problem: str
    what_was_done: str
    who_had_to_agree: str
    cost_and_staff: str
    what_moved: str
    what_failed: str
    must_be_true_elsewhere: str
    first_step: str
    contact: str
    capacities: tuple[str, ...]
    issue_areas: tuple[str, ...]
    criteria: tuple[str, ...]
    lessons: tuple[str, ...]
    sources: tuple[Source, ...]
    tried: tuple[Tried, ...] = ()

    @property
    def page(self) -> str:
        """Name of the card's page in the book."""
        return f"book/exchange/{self.id}"


def exchange_folder() -> Path:
    """Return the folder with the cards.

    Raises
    ------
    PlaybookError
        If this is not the repository.
    """
    root = home.checkout()
    if root is None:
        raise PlaybookError(
            "The cards are in the repository. This is an installed copy, which has none.",
            fix="Work in the repository, or read the cards in the published book.",
        )
    return root / "book" / "exchange"


def cards(folder: Path | None = None) -> tuple[Card, ...]:
    """Read all cards, in the order of their ids.

    Parameters
    ----------
    folder
        Folder with one file a card; the book's own if left out.

    Raises
    ------
    PlaybookError
        For the first card that has something wrong, with its file and field.

    Examples
    --------
    >>> next(card.place for card in cards() if card.id == "oakland-paving")
    'Oakland, California'
    """
    files = sorted((folder or exchange_folder()).glob("*.toml"))
    return tuple(read_card(path) for path in files)


def read_card(path: Path) -> Card:
    """Read one card.

    Raises
    ------
    PlaybookError
        If the file can't be read or a field is wrong: the first one, and how many more.
    """
    found = card_problems(path)
    if found:
        first, more = found[0], len(found) - 1
        rest = f" {more} more: `playbook card check` lists them." if more else ""
        where = f"{path.name}, {first.field}"
        raise PlaybookError(first.what, fix=f"{first.fix}{rest}", where=where)
    return make_card(path.stem, read_entry(path))


def card_problems(path: Path) -> list[Problem]:
    """List what is wrong with a card; empty when it is sound.

    Raises
    ------
    PlaybookError
        If the file is no TOML.
    """
    return [*id_problems(path.stem), *problems(read_entry(path))]


def read_entry(path: Path) -> dict[str, Any]:
    """Read what a card's file holds, before it is checked.

    Raises
    ------
    PlaybookError
        If the file is no TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise PlaybookError(
            f"I can't open {path.name}.",
            fix="Check the name. The cards are in book/exchange, one file each.",
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise PlaybookError(
            f"I can't read this card: {problem}.",
            where=path.name,
            fix="Look there for a missing quotation mark, or compare it with another card.",
        ) from None


def make_card(card_id: str, entry: Mapping[str, Any]) -> Card:
    """Make a card of an entry in which `problems` finds none."""
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()
    }
    values["sources"] = tuple(Source(**source) for source in entry["sources"])
    values["tried"] = tuple(Tried(**tried) for tried in entry.get("tried", ()))
    return Card(id=card_id, **values)


def cards_for(lesson: Lesson, among: Iterable[Card], count: int = 2) -> list[Card]:
    """Choose the cards that suit a lesson: those that name it, then those that share most with it.

    Parameters
    ----------
    lesson
        The lesson.
    among
        Cards to choose from.
    count
        How many.

    Examples
    --------
    >>> from playbook.learn.catalog import lesson
    >>> len(cards_for(lesson("3.1"), cards()))
    2
    """

    def rank(card: Card) -> tuple[int, int, str]:
        shared = {*card.capacities, *card.issue_areas}
        shared &= {*lesson.capacities, *lesson.issue_areas}
        # A card names its lessons with the best fit first.
        place = card.lessons.index(lesson.id) if lesson.id in card.lessons else _NOT_NAMED
        return place, -len(shared), card.id

    return sorted(among, key=rank)[:count]


def card_toml(entry: Mapping[str, Any]) -> str:
    r"""Write an entry, or a part of one, as the text of a card's file.

    Examples
    --------
    >>> print(card_toml({"title": 'Say "no"', "tried": [{"place": "Lima", "year": 2019}]}), end="")
    title = "Say \"no\""
    <BLANKLINE>
    [[tried]]
    place = "Lima"
    year = 2019
    """
    import tomlkit

    return tomlkit.dumps(entry)
