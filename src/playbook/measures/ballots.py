"""What residents voted for, and who gets something: participatory budgets with approval ballots.

A ballot names the projects that a voter wants. The greedy rules fund the projects with the most
votes until the money is gone. Who wins under a rule is another question than which project wins:
`voters_served` answers it.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

import numpy as np
import pandas as pd

from playbook.errors import PlaybookError
from playbook.measures.election import check_budget, election_of, fill
from playbook.measures.overlap import require_columns

# What fewer voters got could be told from their ballots.
FEWEST_VOTERS = 11
EVERYONE = "All voters"


def greedy_winners(
    projects: pd.DataFrame,
    ballots: pd.DataFrame,
    budget: float,
    by: Literal["votes", "votes per cost"] = "votes",
) -> pd.DataFrame:
    """Fund projects in the order of their votes, as long as the money lasts.

    Parameters
    ----------
    projects, ballots
        As in `equal_shares`.
    budget
        The money there is, in the unit of the costs. Above 0.
    by
        ``"votes"``, as most cities do, or ``"votes per cost"``, which helps small projects. A
        project that no longer fits is passed over, and the next one gets its chance.

    Returns
    -------
    pandas.DataFrame
        One row a funded project, in the order of funding: ``project_id``, ``cost``, ``votes``. Of
        equal projects the id that comes first from A to Z wins. A project without a vote is never
        funded.

    Raises
    ------
    PlaybookError
        As in `equal_shares`.

    Notes
    -----
    Source: Rey S, Maly J (2023), The (Computational) Social Choice Take on Indivisible
    Participatory Budgeting, arXiv:2303.00621, on greedy rules.

    Examples
    --------
    >>> projects = pd.DataFrame(
    ...     {"project_id": ["A", "B", "C", "D"], "cost": [60, 30, 20, 10]}
    ... )
    >>> ballots = pd.DataFrame(
    ...     {"voter_id": [1, 2, 3, 4, 5], "project_ids": ["A", "A,B", "A", "C,D", "B,C"]}
    ... )
    >>> greedy_winners(projects, ballots, budget=90)
      project_id  cost  votes
    0          A    60      3
    1          B    30      2
    """
    election = election_of(projects, ballots)
    votes = election.votes
    score = votes if by == "votes" else votes / election.cost
    chosen = fill(election, check_budget(budget), score)
    return pd.DataFrame(
        {
            "project_id": [election.ids[one] for one in chosen],
            "cost": election.cost[chosen],
            "votes": votes[chosen],
        }
    ).astype({"project_id": "str", "cost": projects["cost"].dtype})


def voters_served(
    projects: pd.DataFrame,
    ballots: pd.DataFrame,
    funded: Collection[str],
    by: str | None = None,
) -> pd.DataFrame:
    """Who gets something of what they voted for, and how much money goes their way.

    Parameters
    ----------
    projects, ballots
        As in `equal_shares`.
    funded
        Ids of the funded projects, such as the column ``project_id`` of a result.
    by
        Column of `ballots` that makes groups, such as ``"district"``. Left out: everyone.

    Returns
    -------
    pandas.DataFrame
        One row a group, in the order of the categories or else sorted: the group, ``voters``,
        ``with_win`` (percent of voters with one funded project or more on their ballot),
        ``exclusion`` (the exclusion ratio: percent with none), ``wins`` (funded projects on a
        ballot, on average), ``spend`` (a funded project's cost split evenly over the voters who
        want it, added up over the group) and ``spend_per_voter``. A group of fewer than 11 voters
        keeps its name and number only: what they got would show how they voted.

    Raises
    ------
    PlaybookError
        As in `equal_shares`, and when a funded project is not in the list or the column is missing.

    Notes
    -----
    Source: the exclusion ratio and the spending of voters as in Faliszewski P and others (2023),
    Participatory Budgeting: Data, Tools, and Analysis, arXiv:2305.11035.

    Examples
    --------
    >>> projects = pd.DataFrame({"project_id": ["A", "B"], "cost": [60, 30]})
    >>> ballots = pd.DataFrame({"voter_id": range(24), "project_ids": ["A", "B"] * 12})
    >>> voters_served(projects, ballots, ["A"]).T
                               0
    group             All voters
    voters                    24
    with_win                50.0
    exclusion               50.0
    wins                     0.5
    spend                   60.0
    spend_per_voter          2.5
    """
    election = election_of(projects, ballots)
    place = {name: column for column, name in enumerate(election.ids)}
    unknown = [name for name in funded if name not in place]
    if unknown:
        raise PlaybookError(
            f'The funded project "{unknown[0]}" is not in the list of projects.',
            fix="Take projects and results from the same vote.",
        )
    chosen = sorted({place[name] for name in funded})
    wins = election.wanted[:, chosen]
    votes = election.votes[chosen]
    price = np.divide(election.cost[chosen], votes, out=np.zeros(len(chosen)), where=votes > 0)
    voter = pd.DataFrame({"wins": wins.sum(axis=1), "spend": wins @ price}).iloc[election.group_of]
    table = (
        voter.reset_index(drop=True)
        .assign(group=_groups(ballots, by), win=lambda one: one["wins"] > 0)
        .groupby("group", observed=False)
        .agg(
            voters=("wins", "size"),
            with_win=("win", "mean"),
            wins=("wins", "mean"),
            spend=("spend", "sum"),
        )
        .reset_index(names=by or "group")
    )
    table["with_win"] = 100 * table["with_win"]
    table.insert(3, "exclusion", 100 - table["with_win"])
    table["spend_per_voter"] = table["spend"] / table["voters"]
    figures = ["with_win", "exclusion", "wins", "spend", "spend_per_voter"]
    table[figures] = table[figures].where(table["voters"] >= FEWEST_VOTERS)
    return table


def _groups(ballots: pd.DataFrame, by: str | None) -> pd.Series:
    if by is None:
        return pd.Series(EVERYONE, index=range(len(ballots)))
    require_columns(ballots, (by,))
    return ballots[by].reset_index(drop=True)
