"""What a team says of its own capacities: averages, medians by role, and where people disagree."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from itertools import combinations

import pandas as pd

from playbook.city.capacities import FEWEST_PEOPLE, NO_ROLE, ROLES, capacity_names
from playbook.city.tables import City
from playbook.estimate import Estimate, format_number
from playbook.measures.group_gaps import chance_of_gap, median_gap

EVERYONE = "Everyone"
TOO_FEW_PEOPLE = "too few to show without pointing at people"
UNIT = "points"
# Two steps of one scale are apart when they differ by one point.
ONE_STEP = 1.0
# Who answered fewer statements of a capacity than this has no score for it.
FEWEST_ANSWERS = 3
LIKELY_LUCK = 0.05


@dataclass(frozen=True)
class WidestGap:
    """The capacity that two roles see most differently.

    Parameters
    ----------
    capacity
        Its name.
    first, second
        The role with the higher and the role with the lower median.
    gap
        The first role's median less the second's, in points.
    high, low
        The two medians.
    chance
        How often shuffled roles lie as far apart, in any capacity: a share from 0 to 1.
    """

    capacity: str
    first: str
    second: str
    gap: Estimate
    high: float
    low: float
    chance: float

    @property
    def tells(self) -> bool:
        """Whether the gap is one step of the scale or more, and larger than luck makes it."""
        return self.gap.value >= ONE_STEP and self.chance <= LIKELY_LUCK


@cache
def _scores(city: City) -> pd.DataFrame:
    answers = city["capacity_responses"]
    by_person = answers.groupby(["response_id", "role", "capacity"])["score"]
    scores = by_person.mean().where(by_person.count() >= FEWEST_ANSWERS).unstack("capacity")
    return scores.reindex(columns=list(capacity_names())).reset_index("role")


def person_scores(city: City) -> pd.DataFrame:
    """Score of each person in each capacity: the average of the statements they answered.

    One row a person, indexed by `response_id`, with the role and one column a capacity. Missing
    where a person answered fewer than three of the five statements. Not for showing.
    """
    return _scores(city).copy()


def team_profile(city: City) -> pd.DataFrame:
    """Return each capacity as the whole team scores it.

    Parameters
    ----------
    city
        A city with the table `capacity_responses`.

    Returns
    -------
    DataFrame
        One row a capacity, in the order of the sheet: ``capacity``, ``average``, ``median``,
        ``low`` and ``high`` (a quarter of the people is below, a quarter above), ``spread``
        (high less low), ``people``. Scores go from 0 to 4. Missing when fewer than five people
        answered.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> profile = team_profile(load_city())
    >>> list(profile.columns)
    ['capacity', 'average', 'median', 'low', 'high', 'spread', 'people']
    >>> profile["capacity"].iloc[5]
    'Authentic Community Engagement'
    """
    scores = _scores(city).drop(columns="role")
    people = scores.notna().sum()
    profile = pd.DataFrame(
        {
            "average": scores.mean(),
            "median": scores.median(),
            "low": scores.quantile(0.25),
            "high": scores.quantile(0.75),
        }
    ).where(people >= FEWEST_PEOPLE)
    # Rounded, so that equal spreads are equal in any order of adding up.
    profile["spread"] = (profile["high"] - profile["low"]).round(9)
    return profile.assign(people=people).rename_axis("capacity").reset_index()


def profile_of(city: City, capacity: str) -> dict[str, float]:
    """Return one row of `team_profile` as numbers by name."""
    profile = team_profile(city)
    row = profile[profile["capacity"] == capacity].drop(columns="capacity").iloc[0]
    return {str(name): float(value) for name, value in row.items()}


def team_roles(city: City) -> list[str]:
    """Return ``"Everyone"`` and the roles, those with too few people too.

    Leader, manager and front line come first, then the others from A to Z.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> team_roles(load_city())
    ['Everyone', 'Leader', 'Manager', 'Front line']
    """
    given = sorted(city["capacity_responses"]["role"].unique())
    known = [role for role in ROLES if role in given]
    return [EVERYONE, *known, *(role for role in given if role not in ROLES)]


def role_profile(city: City) -> pd.DataFrame:
    """Return each capacity as the two roles score it that see one most differently.

    A role with fewer than five people is never shown on its own. Where no two roles have five,
    everyone stands in one group.

    Parameters
    ----------
    city
        A city with the table `capacity_responses`.

    Returns
    -------
    DataFrame
        One row a capacity and role, the higher role first: ``capacity``, ``role``, ``median``.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> role_profile(load_city())["role"].unique().tolist()
    ['Leader', 'Front line']
    """
    pair = widest_gap(city)
    if pair is None:
        whole = team_profile(city)[["capacity", "median"]]
        return whole.assign(role=EVERYONE)[["capacity", "role", "median"]]
    medians = _medians(city)
    rows = [
        (name, role, medians[role][name])
        for name in capacity_names()
        for role in (pair.first, pair.second)
    ]
    return pd.DataFrame(rows, columns=["capacity", "role", "median"])


def role_view(city: City, role: str) -> str:
    """Say in one sentence what one role scores highest and lowest.

    Parameters
    ----------
    city
        A city with the table `capacity_responses`.
    role
        One of `team_roles`.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> role_view(load_city(), "Front line").partition(";")[0]
    'Highest: ... of 4'
    """
    profile = team_profile(city)
    everyone = dict(zip(profile["capacity"], profile["median"], strict=True))
    scores = {EVERYONE: everyone, **_medians(city)}.get(role, {})
    known = {name: score for name, score in scores.items() if not math.isnan(score)}
    if not known:
        return f"{TOO_FEW_PEOPLE.capitalize()}."
    top, bottom = max(known, key=known.__getitem__), min(known, key=known.__getitem__)
    return (
        f"Highest: {top}, {format_number(known[top])} of 4; "
        f"lowest: {bottom}, {format_number(known[bottom])} of 4."
    )


@cache
def widest_gap(city: City) -> WidestGap | None:
    """Find the widest gap between two roles of five or more people; None without such a pair."""
    medians = {role: scores for role, scores in _medians(city).items() if role != NO_ROLE}
    # Only what every one of these roles can be asked about is compared.
    asked = [
        name
        for name in capacity_names()
        if not any(math.isnan(scores[name]) for scores in medians.values())
    ]
    gaps = [
        (round(abs(medians[a][name] - medians[b][name]), 9), name, a, b)
        for name in asked
        for a, b in combinations(medians, 2)
    ]
    if not gaps:
        return None
    _, name, a, b = max(gaps, key=lambda gap: gap[0])
    first, second = (a, b) if medians[a][name] >= medians[b][name] else (b, a)
    scores = _scores(city)
    shown = scores[scores["role"].isin(list(medians))]
    by_role = [shown.loc[shown["role"] == role, name] for role in (first, second)]
    return WidestGap(
        capacity=name,
        first=first,
        second=second,
        gap=median_gap(*by_role, unit=UNIT),
        high=medians[first][name],
        low=medians[second][name],
        chance=chance_of_gap(shown[asked], shown["role"], name),
    )


def widest_spread(city: City) -> str:
    """Name the capacity with the widest spread; empty with too few people to tell."""
    known = team_profile(city).dropna()
    spreads = dict(zip(known["capacity"], known["spread"], strict=True))
    return str(max(spreads, key=spreads.__getitem__)) if spreads else ""


def agenda(city: City) -> list[tuple[str, str]]:
    """Put the capacities in the order in which a team should talk about them, each with its reason.

    First the one that people disagree about most: the widest gap between two roles, if it is a
    step of the scale and larger than luck makes it; else the widest spread, if it is a step. Then
    the others, the lowest median first; of equals, the wider spread first. With too few people to
    show, the order of the sheet.
    """
    ranked = team_profile(city).sort_values(
        ["median", "spread"], ascending=[True, False], kind="stable"
    )
    order = {
        str(name): "too few people to tell"
        if math.isnan(median)
        else f"median {format_number(median)} of 4"
        for name, median in zip(ranked["capacity"], ranked["median"], strict=True)
    }
    first, why = _disagreement(city)
    if first:
        del order[first]
        order = {first: why, **order}
    return list(order.items())


def _disagreement(city: City) -> tuple[str, str]:
    gap, name = widest_gap(city), widest_spread(city)
    if gap and gap.tells:
        return gap.capacity, f"{format_number(gap.gap.value)} points between two roles"
    if name and profile_of(city, name)["spread"] >= ONE_STEP:
        spread = format_number(profile_of(city, name)["spread"])
        return name, f"the middle half of the team lies {spread} points apart"
    return "", ""


def _medians(city: City) -> dict[str, dict[str, float]]:
    """Medians by role and capacity; no role of fewer than five people, no capacity either."""
    by_role = _scores(city).groupby("role")
    medians = by_role.median().where(by_role.count() >= FEWEST_PEOPLE).dropna(how="all")
    return {
        role: dict(zip(capacity_names(), medians.T[role].tolist(), strict=True))
        for role in team_roles(city)
        if role in medians.index
    }
