"""Projects and approval ballots in the form that counting needs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from playbook.errors import PlaybookError
from playbook.measures.overlap import require_columns

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

SEPARATOR = ","
# Two prices or sums this close are the same: computing leaves a hair between them.
SAME = 1e-9


@dataclass(frozen=True, eq=False)
class Election:
    """Ballots in the form that counting needs: voters who want the same stand in one group.

    Parameters
    ----------
    ids
        Ids of the projects, from A to Z: the order that breaks ties.
    cost
        What each project costs.
    wanted
        One row a group, one column a project: whether the group wants it.
    voters
        How many voters each group has.
    group_of
        Group of each voter, in the order of the ballots.
    """

    ids: tuple[str, ...]
    cost: Floats
    wanted: npt.NDArray[np.bool_]
    voters: Integers
    group_of: Integers

    @cached_property
    def votes(self) -> Integers:
        """How many voters want each project."""
        return np.asarray(self.voters @ self.wanted, dtype=np.int64)


def election_of(projects: pd.DataFrame, ballots: pd.DataFrame) -> Election:
    """Read projects and ballots, check them, and group equal ballots.

    Parameters
    ----------
    projects
        One row a project: ``project_id`` and ``cost`` (above 0).
    ballots
        One row a voter: ``voter_id``, and ``project_ids`` joined by commas. An empty cell is a
        voter who wants none of the projects. A project named twice on one ballot counts once.

    Raises
    ------
    PlaybookError
        When a column is missing, an id stands twice, a cost is not above 0, there is no ballot, or
        a ballot names a project that is not in the list.
    """
    require_columns(projects, ("project_id", "cost"))
    require_columns(ballots, ("voter_id", "project_ids"))
    _once(projects["project_id"], "project")
    _once(ballots["voter_id"], "voter")
    if ballots.empty:
        raise PlaybookError("There are no ballots to count.", fix="Check that the file was read.")
    listed = projects.assign(
        project_id=projects["project_id"].astype("str"),
        cost=pd.to_numeric(projects["cost"], errors="coerce"),
    ).sort_values("project_id")
    odd = listed[~(listed["cost"] > 0) | np.isinf(listed["cost"])]
    if len(odd):
        raise PlaybookError(
            f"Project {odd['project_id'].iloc[0]} has no cost above 0.",
            fix="Write what it costs as a number, or take the project out of the list.",
        )
    ids = tuple(listed["project_id"])
    text_of, texts = pd.factorize(ballots["project_ids"].astype("str").fillna(""))
    wanted = _wanted(texts, ids, ballots["voter_id"].to_numpy(), text_of)
    # Ballots that name the same projects in another order are equal.
    keys = pd.Series([row.tobytes() for row in np.packbits(wanted, axis=1)])
    group_of_text = keys.factorize()[0]
    rows = wanted[~keys.duplicated()]
    group_of = group_of_text[text_of]
    voters = np.bincount(group_of, minlength=len(rows)).astype(np.int64)
    cost = listed["cost"].to_numpy(dtype=float)
    return Election(ids, cost, rows, voters, group_of.astype(np.int64))


def _wanted(
    texts: pd.Index, ids: tuple[str, ...], voter_ids: npt.NDArray[np.object_], text_of: Integers
) -> npt.NDArray[np.bool_]:
    column = {name: place for place, name in enumerate(ids)}
    wanted = np.zeros((len(texts), len(ids)), dtype=bool)
    for row, text in enumerate(texts):
        for part in text.split(SEPARATOR):
            name = part.strip()
            if name in column:
                wanted[row, column[name]] = True
            elif name:
                voter = voter_ids[int((text_of == row).argmax())]
                raise PlaybookError(
                    f'The ballot of voter {voter} names "{name}", which is not in the list of '
                    "projects.",
                    fix="Add that project to the list, or strike it from the ballots.",
                )
    return wanted


def check_budget(budget: float) -> float:
    """Give the budget as a number above 0."""
    money = float(budget)
    if not money > 0 or math.isinf(money):
        raise PlaybookError(
            f"A budget of {money:g} funds nothing.",
            fix="Write the money there is as a number above 0, such as 1_000_000.",
        )
    return money


def fill(election: Election, money: float, score: npt.ArrayLike) -> list[int]:
    """Give the places of the projects that fit, highest score first; equal ones from A to Z."""
    votes = election.votes
    chosen = []
    for one in np.argsort(-np.asarray(score, dtype=float), kind="stable"):
        if votes[one] and election.cost[one] <= money * (1 + SAME):
            chosen.append(int(one))
            money -= election.cost[one]
    return chosen


def _once(ids: pd.Series, name: str) -> None:
    if ids.isna().any():
        raise PlaybookError(
            f"A {name} has no id in row {int(ids.isna().to_numpy().argmax()) + 1}.",
            fix="Give every row an id of its own.",
        )
    twice = ids[ids.astype("str").duplicated()]
    if len(twice):
        raise PlaybookError(
            f"The {name} {twice.iloc[0]} stands in two rows.",
            fix=f"Keep one row a {name}.",
        )
