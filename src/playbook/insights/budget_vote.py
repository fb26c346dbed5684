"""The vote on a part of the budget: which projects win under which rule, and who gets something."""

from __future__ import annotations

from functools import cache
from typing import Literal

import pandas as pd

from playbook.city.tables import City
from playbook.errors import PlaybookError
from playbook.estimate import Estimate
from playbook.measures.ballots import greedy_winners, voters_served
from playbook.measures.equal_shares import equal_shares
from playbook.measures.rates import proportion

Rule = Literal["votes", "equal shares", "equal shares by cost"]
RULES: tuple[Rule, Rule, Rule] = ("votes", "equal shares", "equal shares by cost")

# What the council set aside in 2025, in dollars.
BUDGET = 1_000_000
# Who is younger has no vote.
TOO_YOUNG = ("Under 1", "1-4", "5-14")
# With fewer ballots, one family can decide a project.
FEWEST_BALLOTS = 100
FEWEST_PROJECTS = 6
# So many of the costliest funded projects are looked at together.
LARGEST = 3
HIGHEST_POVERTY = 3


def enough_ballots(city: City) -> bool:
    """Whether the vote is large enough to say anything about its rule."""
    return len(city["pb_votes"]) >= FEWEST_BALLOTS and len(city["pb_projects"]) >= FEWEST_PROJECTS


@cache
def _winners(city: City, rule: Rule, budget: float) -> pd.DataFrame:
    projects, ballots = city["pb_projects"], city["pb_votes"]
    if rule == "votes":
        return greedy_winners(projects, ballots, budget)
    if rule == "equal shares":
        return equal_shares(projects, ballots, budget, utility="cardinality")
    return equal_shares(projects, ballots, budget, utility="cost")


def funded_projects(city: City, rule: Rule = "votes", budget: float = BUDGET) -> pd.DataFrame:
    """List the projects that a rule funds, in the order of funding.

    Parameters
    ----------
    city
        A city with the tables `pb_projects` and `pb_votes`.
    rule
        ``"votes"``: most votes first. ``"equal shares"``: every voter holds the same part of the
        money, and every project counts the same. ``"equal shares by cost"``: a project counts for
        as much as it costs.
    budget
        The money there is, in dollars.

    Returns
    -------
    pandas.DataFrame
        One row a funded project: ``project_id``, ``name``, ``district``, ``cost`` and ``votes``.

    Raises
    ------
    PlaybookError
        When there is no such rule.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> funded_projects(load_city(), "votes").columns.tolist()
    ['project_id', 'name', 'district', 'cost', 'votes']
    """
    if rule not in RULES:
        raise PlaybookError(f'I know no rule "{rule}".', fix=f"Use one of: {', '.join(RULES)}.")
    projects = city["pb_projects"].set_index("project_id")
    winners = _winners(city, rule, float(budget))
    return pd.DataFrame(
        {
            "project_id": winners["project_id"],
            "name": winners["project_id"].map(projects["name"]),
            "district": winners["project_id"].map(projects["district"]),
            "cost": winners["cost"],
            "votes": winners["votes"],
        }
    )


@cache
def districts_by_poverty(city: City) -> tuple[str, ...]:
    """Sort the districts of the ballots by poverty, the highest first."""
    profile = city["acs_profile"]
    latest = profile[profile["year"] == profile["year"].max()].set_index("neighborhood_id")
    places = city["neighborhoods"].set_index("neighborhood_id")
    people = places["population"].groupby(places["district"]).sum()
    in_poverty = (places["population"] * latest["poverty_pct"]).groupby(places["district"]).sum()
    voting = set(city["pb_votes"]["district"])
    order = (in_poverty / people).sort_values(ascending=False, kind="stable").index
    return tuple(str(name) for name in order if name in voting)


@cache
def _served(city: City, rule: Rule, budget: float) -> pd.DataFrame:
    ballots = city["pb_votes"]
    funded = _winners(city, rule, budget)["project_id"]
    tables = [voters_served(city["pb_projects"], ballots, funded)]
    tables.append(voters_served(city["pb_projects"], ballots, funded, by="district"))
    both = pd.concat([one.set_axis(["group", *one.columns[1:]], axis=1) for one in tables])
    return both.set_index("group")


def district_wins(city: City, rule: Rule = "votes", budget: float = BUDGET) -> pd.DataFrame:
    """Say for each district how many voted, and who of them won something under a rule.

    Parameters
    ----------
    city
        A city with the tables of the vote, `neighborhoods`, `acs_profile` and `population_age`.
    rule, budget
        As in `funded_projects`.

    Returns
    -------
    pandas.DataFrame
        One row a district, highest poverty first: ``district``, ``residents`` (old enough to vote),
        ``voters``, ``turnout`` (percent), ``with_win`` (percent of voters with a funded project on
        their ballot) and ``spend_per_resident`` (dollars; a project's cost is split evenly over
        those who wanted it).

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> district_wins(load_city(), "votes")["district"].iloc[0]
    'Eastbank'
    """
    order = list(districts_by_poverty(city))
    served = _served(city, rule, float(budget)).loc[order]
    residents = _old_enough(city).loc[order]
    return pd.DataFrame(
        {
            "district": order,
            "residents": residents.to_numpy(),
            "voters": served["voters"].to_numpy(),
            "turnout": 100 * served["voters"].to_numpy() / residents.to_numpy(),
            "with_win": served["with_win"].to_numpy(),
            "spend_per_resident": served["spend"].to_numpy() / residents.to_numpy(),
        }
    )


@cache
def _old_enough(city: City) -> pd.Series:
    ages = city["population_age"]
    old = ages[~ages["age_group"].isin(TOO_YOUNG)]
    district = city["neighborhoods"].set_index("neighborhood_id")["district"]
    people: pd.Series = old["population"].groupby(old["neighborhood_id"].map(district)).sum()
    return people


def voters_with_win(city: City, rule: Rule) -> float:
    """Percent of all voters with a funded project on their ballot."""
    return float(_served(city, rule, float(BUDGET)).iloc[0]["with_win"])


def wins_where_poverty_is_highest(city: City, rule: Rule) -> float:
    """Percent of voters with a win, in the three districts with the highest poverty together."""
    served = _served(city, rule, float(BUDGET)).loc[
        list(districts_by_poverty(city)[:HIGHEST_POVERTY])
    ]
    return float((served["with_win"] * served["voters"]).sum() / served["voters"].sum())


def share_of_largest(city: City, rule: Rule) -> float:
    """Percent of the money that goes to the costliest three funded projects."""
    cost = _winners(city, rule, float(BUDGET))["cost"]
    return float(100 * cost.nlargest(LARGEST).sum() / cost.sum())


def turnout(city: City, district: str) -> Estimate:
    """Percent of a district's residents who voted, of those old enough."""
    voters = int((city["pb_votes"]["district"] == district).sum())
    return proportion(voters, int(_old_enough(city)[district]))
