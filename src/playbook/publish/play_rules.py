"""Whether the plays fit together: each action, capacity, lesson and cell has its home."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from playbook.city.capacities import capacities, planned_lessons
from playbook.learn.catalog import lessons
from playbook.publish.certification import criteria
from playbook.publish.exchange_rules import ISSUE_AREAS
from playbook.publish.play_shapes import Play, Plays

SENTENCES, ACTIONS_EACH = 3, 3
_SLUG = re.compile(r"[a-z]+(?:-[a-z]+)*")
# Every case says when; a page without a date says so, with the day we read it.
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")

Problem = tuple[str, str, str]


def problems(found: Plays) -> Iterator[Problem]:
    """Yield what does not fit together.

    Parameters
    ----------
    found
        All that the file holds, each entry sound by itself.

    Yields
    ------
    tuple of str
        Where, what, and what to do.
    """
    known = {capacity.letter: capacity for capacity in capacities()}
    yield from _unknown("the pages", "capacity", found.pages, known)
    for letter in known:
        if letter not in found.pages:
            yield f"capacity {letter}", "It has no page.", "Add a [[capacity]] with this letter."
        if not found.of_capacity(letter):
            yield f"capacity {letter}", "It has no play.", "Add a [[play]] with this letter."
    yield from _action_problems(found)
    for play in found.plays.values():
        yield from _play_problems(play, found)
    for page in found.further:
        yield from _unknown(f"page {page.file}", "criterion", page.criteria, criteria())
    for (area, letter), cell in found.grid.items():
        where = f"the grid, {area}, {letter}"
        yield from _unknown(where, "issue area", [area], ISSUE_AREAS)
        yield from _unknown(where, "play", [cell.play], found.plays)
        if cell.play in found.plays and found.plays[cell.play].capacity != letter:
            what = f"The play {cell.play} belongs to capacity {found.plays[cell.play].capacity}."
            yield where, what, f"Choose a play of capacity {letter}, or move the step."


def _action_problems(found: Plays) -> Iterator[Problem]:
    homes = [play.action for play in found.plays.values() if play.action]
    foundations = [action.foundation for action in found.actions.values()]
    known = dict.fromkeys(name for capacity in capacities() for name in capacity.foundations)
    for name in known:
        if foundations.count(name) != ACTIONS_EACH:
            what = f"{name} has {foundations.count(name)} actions."
            yield "the actions", what, f"Each foundation has {ACTIONS_EACH}."
    for action in found.actions.values():
        yield from _unknown(f"action {action.id}", "foundation", [action.foundation], known)
        if homes.count(action.id) != 1:
            what = f"{homes.count(action.id)} plays carry it out."
            yield f"action {action.id}", what, "Name it in exactly one play."


def _play_problems(play: Play, found: Plays) -> Iterator[Problem]:
    where = f"play {play.id}"
    by_letter = {capacity.letter: capacity for capacity in capacities()}
    if not _SLUG.fullmatch(play.id):
        yield where, "Its id can't be an address.", "Use small letters and hyphens."
    yield from _unknown(where, "capacity", [play.capacity], by_letter)
    yield from _unknown(where, "lesson", [play.lesson], {*lessons(), *planned_lessons()})
    yield from _unknown(where, "criterion", play.criteria, criteria())
    if play.action:
        yield from _unknown(where, "action", [play.action], found.actions)
        foundation = found.actions[play.action].foundation
        if foundation not in by_letter[play.capacity].foundations:
            what = f"{foundation} did not go into capacity {play.capacity}."
            yield where, what, "See foundations in capacities.toml, and choose another capacity."
    if len(play.say) != SENTENCES:
        what = f"Its script has {len(play.say)} sentences."
        yield where, what, f"Write {SENTENCES}: people remember no more."
    if not _YEAR.search(play.case.year):
        yield where, f"The case is of {play.case.year!r}.", "Write its year, such as 2019."
    for source in play.case.sources:
        if not re.fullmatch(r"https?://\S+", source.address):
            what = f"{source.address!r} is no address."
            yield where, what, "Copy it from the browser: https://..."


def _unknown(
    where: str, kind: str, values: Collection[str], known: Collection[str]
) -> Iterator[Problem]:
    for value in values:
        if value not in known:
            yield where, f"I know no {kind} {value!r}.", f"Use one of: {_listed([*known])}."


def _listed(names: Sequence[str], most: int = 8) -> str:
    shown = ", ".join(names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most} more"
