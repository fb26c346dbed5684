"""What plays, lessons and certification say about each other; nothing is typed twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from playbook.city.capacities import Capacity, capacities, planned_lessons
from playbook.learn.catalog import Lesson
from playbook.publish.certification import Criterion, criteria
from playbook.publish.exchange import Card
from playbook.publish.exchange_rules import ISSUE_AREAS
from playbook.publish.play_shapes import Action, Cell, FurtherPage, Play, Plays

HOW_MANY_CARDS = 2


@dataclass(frozen=True)
class LessonLink:
    """A lesson by number and title: one to open, or one that is planned.

    Parameters
    ----------
    id, title
        As the catalog, or the list of planned lessons, has them.
    lesson
        Its entry in the catalog; None while it is planned.
    """

    id: str
    title: str
    lesson: Lesson | None


@dataclass(frozen=True)
class FoundationRow:
    """One of the six older foundational capacities: its actions, and where they are now."""

    foundation: str
    capacities: tuple[Capacity, ...]
    moves: tuple[tuple[Action, Play], ...]


@dataclass(frozen=True)
class CapacityRow:
    """One of the seven capacities: what it came from, what it builds, and with which lessons."""

    capacity: Capacity
    criteria: tuple[str, ...]
    lessons: tuple[LessonLink, ...]


@dataclass(frozen=True)
class Builders:
    """What helps with one criterion."""

    criterion: Criterion
    plays: tuple[Play, ...]
    pages: tuple[FurtherPage, ...]
    lessons: tuple[LessonLink, ...]


def lesson_link(lesson_id: str, catalog: Mapping[str, Lesson]) -> LessonLink:
    """Tell whether a lesson is written or planned.

    Raises
    ------
    KeyError
        If it is neither.

    Examples
    --------
    >>> lesson_link("10.3", {})
    LessonLink(id='10.3', title='After the election', lesson=None)
    """
    lesson = catalog.get(lesson_id)
    title = lesson.title if lesson else planned_lessons()[lesson_id]
    return LessonLink(lesson_id, title, lesson)


def foundation_rows(plays: Plays) -> list[FoundationRow]:
    """Return the six foundations in their order, each with its three actions and their plays."""
    homes = {play.action: play for play in plays.plays.values() if play.action}
    names = dict.fromkeys(action.foundation for action in plays.actions.values())
    return [
        FoundationRow(
            name,
            tuple(one for one in capacities() if name in one.foundations),
            tuple(
                (action, homes[action.id])
                for action in plays.actions.values()
                if action.foundation == name
            ),
        )
        for name in names
    ]


def capacity_rows(plays: Plays, catalog: Mapping[str, Lesson]) -> list[CapacityRow]:
    """Return the seven capacities, each with the criteria and lessons of plays and catalog."""
    return [_capacity_row(capacity, plays, catalog) for capacity in capacities()]


def _capacity_row(capacity: Capacity, plays: Plays, catalog: Mapping[str, Lesson]) -> CapacityRow:
    own = plays.of_capacity(capacity.letter)
    written = [one for one in catalog.values() if capacity.name in one.capacities]
    codes = {code for play in own for code in play.criteria}
    codes |= {code for lesson in written for code in lesson.criteria}
    ids = {play.lesson for play in own} | {lesson.id for lesson in written}
    return CapacityRow(
        capacity,
        tuple(code for code in criteria() if code in codes),
        tuple(lesson_link(one, catalog) for one in sorted(ids, key=_by_number)),
    )


def _by_number(lesson_id: str) -> tuple[int, ...]:
    return tuple(int(part) for part in lesson_id.split("."))


def grid_rows(plays: Plays) -> dict[str, list[tuple[Capacity, Cell | None]]]:
    """Return each issue area with a cell a capacity; None is an honest blank."""
    return {
        area: [(one, plays.grid.get((area, one.letter))) for one in capacities()]
        for area in ISSUE_AREAS
    }


def criterion_rows(plays: Plays, catalog: Mapping[str, Lesson]) -> list[Builders]:
    """Return the 43 criteria, each with the plays, pages and lessons that help to build it.

    A lesson that is planned counts where the worksheet names it; one that is written counts where
    its own entry in the catalog does.
    """
    rows = []
    for code, criterion in criteria().items():
        ids = {lesson.id for lesson in catalog.values() if code in lesson.criteria}
        if criterion.lesson and criterion.lesson not in catalog:
            ids.add(criterion.lesson)
        rows.append(
            Builders(
                criterion,
                tuple(play for play in plays.plays.values() if code in play.criteria),
                tuple(page for page in plays.further if code in page.criteria),
                tuple(lesson_link(one, catalog) for one in sorted(ids, key=_by_number)),
            )
        )
    return rows


def cards_of(play: Play, among: Iterable[Card], capacity: str) -> Sequence[Card]:
    """Choose two cards for a play: those that it names, then others of its capacity.

    Parameters
    ----------
    play
        The play; it may name cards that nobody has written yet.
    among
        The cards there are.
    capacity
        Name of the play's capacity.
    """
    known = {card.id: card for card in among}
    named = [known[one] for one in play.cards if one in known]
    others = [card for card in known.values() if capacity in card.capacities and card not in named]
    return [*named, *others][:HOW_MANY_CARDS]
