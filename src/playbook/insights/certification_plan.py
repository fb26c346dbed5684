"""The certification worksheet of a city: what is met, what lessons build, and the road ahead."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pandas as pd

from playbook.city.tables import City
from playbook.errors import PlaybookError
from playbook.estimate import Estimate
from playbook.measures.readiness import LEVELS, cheapest_first, criteria_met, road_map

OWN_VIEW, WITH_PROOF = "self_report", "evidenced"
ALL_CRITERIA = 43


@dataclass(frozen=True)
class Standing:
    """Where a city stands.

    Parameters
    ----------
    own_view, with_proof
        Criteria met by its own view, and with evidence.
    next_level
        The level it has not reached with evidence. Empty when it has the highest.
    short
        How many criteria are missing to that level.
    """

    own_view: Estimate
    with_proof: Estimate
    next_level: str
    short: int


@cache
def standing(city: City) -> Standing | None:
    """Count what a city meets; None when its worksheet does not hold all 43 criteria.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> standing(load_city()).with_proof
    19 of 43 criteria (19 to 26)
    """
    sheet = _worksheet(city)
    if sheet is None:
        return None
    try:
        own, proven = (criteria_met(sheet, status) for status in (OWN_VIEW, WITH_PROOF))
    except PlaybookError:
        return None
    ahead = [name for name, least in LEVELS.items() if proven.value < least]
    short = LEVELS[ahead[0]] - int(proven.value) if ahead else 0
    return Standing(own, proven, ahead[0] if ahead else "", short)


@cache
def open_criteria(city: City) -> pd.DataFrame:
    """Give the criteria that are not met with evidence."""
    sheet = city["certification_worksheet"]
    return sheet[sheet[WITH_PROOF] != "yes"]


@dataclass(frozen=True)
class Roads:
    """Two ways to a level, in points of effort.

    Parameters
    ----------
    level
        Name of the level.
    least
        The least effort that leads there.
    cheapest_first
        Effort when the cheapest criterion comes first, again and again.
    criteria
        The criteria on the way with the least effort, in order.
    """

    level: str
    least: int
    cheapest_first: int
    criteria: tuple[str, ...]


@cache
def roads_to(city: City, level: str) -> Roads | None:
    """Compare the two ways to a level; None when there is no way to tell, or no way to go."""
    now = standing(city)
    if now is None or now.with_proof.value >= LEVELS[level]:
        return None
    sheet = city["certification_worksheet"]
    try:
        best = road_map(sheet, LEVELS[level])
        simple = cheapest_first(sheet, LEVELS[level])
    except PlaybookError:
        return None
    return Roads(
        level,
        int(best["points_of_effort"].sum()),
        int(simple["points_of_effort"].sum()),
        tuple(best["criterion"]),
    )


def _worksheet(city: City) -> pd.DataFrame | None:
    sheet = city["certification_worksheet"]
    return sheet if sheet["criterion"].nunique() == ALL_CRITERIA else None
