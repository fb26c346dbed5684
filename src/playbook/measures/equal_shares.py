"""The Method of Equal Shares: every voter holds the same part of the budget.

A project is funded when those who want it can pay for it together, each the same price, or all
they have left. The project with the lowest price comes first. So a group that is a tenth of the
voters decides on about a tenth of the money, however the others vote.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from playbook.errors import PlaybookError
from playbook.measures.election import (
    SAME,
    Election,
    Floats,
    Integers,
    check_budget,
    election_of,
    fill,
)

Utility = Literal["cost", "cardinality"]


@dataclass(frozen=True)
class _Step:
    """One project paid for: its place in the list, and the most that one voter pays."""

    project: int
    price: float


def equal_shares(
    projects: pd.DataFrame,
    ballots: pd.DataFrame,
    budget: float,
    utility: Utility = "cost",
    step: float = 1,
) -> pd.DataFrame:
    """Fund projects by the Method of Equal Shares.

    First every voter holds the budget divided by the number of voters. Money that nobody could
    spend is put to use in two ways. Everyone is given `step` more, on paper, and the count starts
    anew, as long as the funded projects stay within the budget (the completion called Add1). What
    is left then goes to the projects with the most votes that fit (the utilitarian fill).

    Parameters
    ----------
    projects
        One row a project: ``project_id`` and ``cost`` (above 0).
    ballots
        One row a voter: ``voter_id``, and ``project_ids`` joined by commas, in any order. An empty
        cell is a voter who wants none of the projects; they count as a voter all the same.
    budget
        The money there is, in the unit of the costs. Above 0.
    utility
        What a project is worth to those who want it. ``"cost"``, as cities that use the method do:
        as much as it costs, so the project with the most paying voters comes first.
        ``"cardinality"``: every project the same, so the one with the lowest price for a voter
        comes first, which helps small projects.
    step
        How much more everyone holds in each round of Add1. Above 0.

    Returns
    -------
    pandas.DataFrame
        One row a funded project, in the order of funding: ``project_id``, ``cost``, ``votes``,
        ``price`` (the most that one voter paid; missing for the fill) and ``paid_from``
        (``"shares"`` or ``"left over"``). Of equal projects the id that comes first from A to Z
        wins.

    Raises
    ------
    PlaybookError
        When a column is missing, an id stands twice, a cost, the budget or the step is not above 0,
        there is no ballot, or a ballot names a project that is not in the list.

    Notes
    -----
    Source: Peters D, Pierczyński G, Skowron P (2021), Proportional Participatory Budgeting with
    Additive Utilities, NeurIPS 34:12726-12737; completions as in Faliszewski P and others (2023),
    arXiv:2305.11035. Ties as in the library pabutools. Prices that differ by less than one part in
    a billion are equal.

    Examples
    --------
    Two of three voters want a park at 40, one wants benches at 30; the budget is 90, so each holds
    30. The two pay 20 each for the park, the third pays for the benches alone.

    >>> projects = pd.DataFrame(
    ...     {"project_id": ["Benches", "Park", "Pool", "Trees"], "cost": [30, 40, 90, 20]}
    ... )
    >>> ballots = pd.DataFrame(
    ...     {"voter_id": [1, 2, 3], "project_ids": ["Park,Pool", "Park,Pool,Trees", "Benches"]}
    ... )
    >>> equal_shares(projects, ballots, budget=90)
      project_id  cost  votes  price  paid_from
    0       Park    40      2   20.0     shares
    1    Benches    30      1   30.0     shares
    2      Trees    20      1   20.0     shares
    """
    election, money = election_of(projects, ballots), check_budget(budget)
    if not step > 0:
        raise PlaybookError(
            f"A step of {step:g} never ends.",
            fix="Use a step above 0, such as 1, or leave it out.",
        )
    steps = _with_add1(election, money, utility, float(step))
    paid = [one.project for one in steps]
    votes = election.votes
    unpaid = votes.astype(float)
    unpaid[paid] = -np.inf
    left = money - election.cost[paid].sum()
    extra = [one for one in fill(election, left, unpaid) if one not in paid]
    order = paid + extra
    return pd.DataFrame(
        {
            "project_id": [election.ids[one] for one in order],
            "cost": election.cost[order],
            "votes": votes[order],
            "price": [one.price for one in steps] + [np.nan] * len(extra),
            "paid_from": ["shares"] * len(paid) + ["left over"] * len(extra),
        }
    ).astype({"project_id": "str", "paid_from": "str", "cost": projects["cost"].dtype})


def _with_add1(election: Election, budget: float, utility: Utility, step: float) -> list[_Step]:
    """Give everyone a little more, until the next project would break the budget."""
    each = budget / election.voters.sum()
    groups = [np.flatnonzero(column) for column in election.wanted.T]
    wanted = np.array([len(one) > 0 for one in groups])
    best = _shares(election, groups, each, utility)
    while True:
        funded = np.zeros(len(election.ids), dtype=bool)
        funded[[one.project for one in best]] = True
        left = budget - election.cost[funded].sum()
        if not (wanted & ~funded & (election.cost <= left * (1 + SAME))).any():
            return best
        each += step
        more = _shares(election, groups, each, utility)
        if sum(election.cost[one.project] for one in more) > budget * (1 + SAME):
            return best
        best = more


def _shares(
    election: Election, groups: list[Integers], each: float, utility: Utility
) -> list[_Step]:
    """Run the method once, with `each` in every voter's hand."""
    money = np.full(len(election.voters), each)
    worth = election.cost if utility == "cost" else np.ones(len(election.cost))
    votes = election.votes
    # Money only shrinks, so a price never falls: an old price is a bound on the new one.
    bound = {
        one: election.cost[one] / votes[one] / worth[one] for one in np.flatnonzero(votes).tolist()
    }
    steps: list[_Step] = []
    while True:
        lowest, offers = np.inf, []
        for one in sorted(bound, key=bound.__getitem__):
            if bound[one] > lowest * (1 + SAME):
                break
            who = groups[one]
            price = _price(election.cost[one], money[who], election.voters[who])
            if price is None:
                del bound[one]
                continue
            bound[one] = price / worth[one]
            lowest = min(lowest, bound[one])
            offers.append((one, price))
        if not offers:
            return steps
        # Projects are numbered from A to Z, so the lowest number breaks a tie.
        chosen, price = min(offer for offer in offers if bound[offer[0]] <= lowest * (1 + SAME))
        who = groups[chosen]
        money[who] -= np.minimum(money[who], price)
        del bound[chosen]
        steps.append(_Step(chosen, price))


def _price(cost: float, money: Floats, voters: Integers) -> float | None:
    """Find the price at which these voters pay a cost together; None when they can't.

    Who holds less than the price pays all they hold.
    """
    if money @ voters < cost * (1 - SAME):
        return None
    left, most = cost, float(money.max())
    while True:
        price = float(left / voters.sum())
        poor = money < price * (1 - SAME)
        if not poor.any():
            # All they have together may lack a hair of the cost.
            return min(price, most)
        left -= float(money[poor] @ voters[poor])
        money, voters = money[~poor], voters[~poor]
        if not len(money):
            return most
