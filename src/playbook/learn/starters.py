"""Which lessons a team starts with: a rule, so that two people read the same profile alike."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import pandas as pd

from playbook.city.capacities import capacities, planned_lessons
from playbook.city.tables import City
from playbook.insights.team_answers import agenda
from playbook.learn.catalog import lessons

HOW_MANY = 3
# This lesson is where the team stands already.
HERE = "0.2"


@dataclass(frozen=True)
class Starter:
    """A lesson to start with.

    Parameters
    ----------
    capacity
        What it builds.
    why
        What in the profile put it here.
    lesson
        Its id.
    planned
        Ids of lessons that fit better and are not written yet.
    """

    capacity: str
    why: str
    lesson: str
    planned: tuple[str, ...]


def starters(order: Sequence[tuple[str, str]], written: Collection[str]) -> list[Starter]:
    """Name the first three lessons for capacities in their order.

    Each capacity takes the lesson that fits it best among those that are written and that no
    capacity before it took. One that finds none is passed over.

    Parameters
    ----------
    order
        Capacities with their reasons, as `playbook.insights.team_answers.agenda` gives them.
    written
        Ids of the lessons that exist.

    Examples
    --------
    >>> order = [("Authentic Community Engagement", "1.9 points between two roles"),
    ...          ("Increased and Diversified Funding", "median 1.6 of 4")]
    >>> for starter in starters(order, {"0.1", "1.3", "2.2", "3.1"}):
    ...     print(starter.lesson, starter.planned)
    3.1 ('4.1', '4.2', '4.3')
    2.2 ('6.1', '6.2')
    """
    by_name = {capacity.name: capacity for capacity in capacities()}
    chosen: list[Starter] = []
    for name, why in order:
        taken = {starter.lesson for starter in chosen} | {HERE}
        fitting = by_name[name].lessons
        lesson = next((item for item in fitting if item in written and item not in taken), None)
        if lesson and len(chosen) < HOW_MANY:
            better = fitting[: fitting.index(lesson)]
            planned = tuple(item for item in better if item not in written)
            chosen.append(Starter(name, why, lesson, planned))
    return chosen


def starter_lessons(city: City) -> pd.DataFrame:
    """Name three lessons to start with, from what the team says of itself.

    The capacity that people disagree about most comes first, then those with the lowest medians
    (see `playbook.insights.team_answers.agenda`). Each takes its best lesson that is written.

    Parameters
    ----------
    city
        A city with the table `capacity_responses`.

    Returns
    -------
    DataFrame
        At most three rows: ``capacity``, ``why``, ``start_with`` (a lesson that exists),
        ``made_for_it`` (a lesson that fits better and is planned, or "this one").

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> starter_lessons(load_city())["capacity"].iloc[0]
    'Authentic Community Engagement'
    """
    rows = [
        (
            starter.capacity,
            starter.why,
            f"{starter.lesson} {lessons()[starter.lesson].title}",
            _planned_words(starter),
        )
        for starter in starters(agenda(city), lessons())
    ]
    return pd.DataFrame(rows, columns=["capacity", "why", "start_with", "made_for_it"])


def _planned_words(starter: Starter) -> str:
    if not starter.planned:
        return "this one"
    first = starter.planned[0]
    return f"{first} {planned_lessons()[first]} (planned)"
