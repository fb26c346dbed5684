"""Votes on a budget in the `.pb` layout of Pabulib, the public library of such votes.

A file has three parts: META (a word and its value), PROJECTS and VOTES, each with a line that names
its columns. Cells are split by semicolons, the projects of one ballot by commas.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

import pandas as pd

from playbook.errors import PlaybookError

_LONGEST_CELL = 130_000
PARTS = ("META", "PROJECTS", "VOTES")
_NEEDED = {"PROJECTS": ("project_id", "cost"), "VOTES": ("voter_id", "vote")}


@dataclass(frozen=True, eq=False)
class PbFile:
    """A vote as a `.pb` file holds it.

    Parameters
    ----------
    meta
        Such as ``{"budget": "1000000", "vote_type": "approval"}``.
    projects
        One row a project: ``project_id``, ``cost`` (a number), and what else the file says.
    votes
        One row a voter: ``voter_id``, ``vote`` (project ids joined by commas) and what else the
        file says. Of ballots with points or ranks it keeps which projects were named.
    """

    meta: dict[str, str]
    projects: pd.DataFrame
    votes: pd.DataFrame

    @property
    def budget(self) -> float:
        """The money there is."""
        return float(self.meta["budget"])

    @property
    def ballots(self) -> pd.DataFrame:
        """The votes under the names that the counting rules want."""
        return self.votes.rename(columns={"vote": "project_ids"})


def read_pb(text: str, where: str = "the .pb file") -> PbFile:
    r"""Read the text of a `.pb` file.

    Parameters
    ----------
    text
        Everything in the file.
    where
        Its name, for messages.

    Returns
    -------
    PbFile
        Every column but the cost as text. Votes that the file counts itself, in the projects'
        column ``votes``, stay as they are.

    Raises
    ------
    PlaybookError
        When a part or a column is missing, a row has more cells than its part has columns, the
        budget or a cost is no number, or a ballot names an unknown project.

    Notes
    -----
    Source: Faliszewski P and others (2023), Participatory Budgeting: Data, Tools, and Analysis,
    arXiv:2305.11035.

    Examples
    --------
    >>> lines = ["META", "key;value", "budget;90", "PROJECTS", "project_id;cost;name"]
    >>> lines += ["1;60;Park", "2;30;Pool", "VOTES", "voter_id;vote", "a;1,2", "b;2"]
    >>> vote = read_pb("\n".join(lines))
    >>> vote.budget, vote.projects["cost"].tolist(), vote.ballots["project_ids"].tolist()
    (90.0, [60, 30], ['1,2', '2'])
    """
    parts = {name: [row for _, row in rows] for name, rows in parts_of(text, where).items()}
    # Some files write a semicolon into a value without quoting it.
    meta = {row[0].strip(): ";".join(row[1:]).strip() for row in parts["META"][1:]}
    projects, votes = (_table(parts[name], name, where) for name in ("PROJECTS", "VOTES"))
    budget = pd.to_numeric(pd.Series([meta.get("budget", "")]), errors="coerce")
    if budget.isna().any():
        raise PlaybookError(
            f'The budget is "{meta.get("budget", "")}", which is no number.',
            fix="Write a line such as budget;1000000 into the part META.",
            where=where,
        )
    costs = pd.to_numeric(projects["cost"], errors="coerce")
    if costs.isna().any():
        row = int(costs.isna().to_numpy().argmax())
        raise PlaybookError(
            f'Project {projects["project_id"].iloc[row]} costs "{projects["cost"].iloc[row]}", '
            "which is no number.",
            fix="Write the cost as a number, without a currency sign.",
            where=where,
        )
    known = set(projects["project_id"])
    for voter, vote in zip(votes["voter_id"], votes["vote"], strict=True):
        unknown = [name for name in vote.split(",") if name and name not in known]
        if unknown:
            raise PlaybookError(
                f'The ballot of voter {voter} names project "{unknown[0]}", which is not listed.',
                fix="Add it to the part PROJECTS, or strike it from the ballot.",
                where=where,
            )
    return PbFile(meta, projects.assign(cost=costs), votes)


def write_pb(vote: PbFile) -> str:
    r"""Write a vote as the text of a `.pb` file.

    Parameters
    ----------
    vote
        With ``budget`` among the words of `meta`.

    Examples
    --------
    >>> projects = pd.DataFrame({"project_id": ["1", "2"], "cost": [60, 30]})
    >>> votes = pd.DataFrame({"voter_id": ["a", "b"], "vote": ["1,2", "2"]})
    >>> print(write_pb(PbFile({"budget": "90"}, projects, votes)).replace("\n", " | "))
    META | key;value | budget;90 | PROJECTS | project_id;cost | 1;60 | 2;30 | VOTES | ...
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerows([["META"], ["key", "value"], *vote.meta.items()])
    for name, table in (("PROJECTS", vote.projects), ("VOTES", vote.votes)):
        writer.writerows([[name], list(table.columns)])
        writer.writerows(table.fillna("").astype("str").to_numpy().tolist())
    return out.getvalue()


def parts_of(text: str, where: str) -> dict[str, list[tuple[int, list[str]]]]:
    r"""Cut the text of a `.pb` file into its three parts.

    Parameters
    ----------
    text
        Everything in the file.
    where
        Its name, for messages.

    Returns
    -------
    dict
        For META, PROJECTS and VOTES the rows with anything in them: number in the file, and cells.

    Raises
    ------
    PlaybookError
        When a part is missing or empty, or a quote mark never closes.

    Examples
    --------
    >>> parts = parts_of("META\nkey;value\nbudget;9\n"
    ...                  "PROJECTS\nproject_id;cost\n1;6\nVOTES\nvoter_id;vote\na;1", "x.pb")
    >>> parts["VOTES"]
    [(8, ['voter_id', 'vote']), (9, ['a', '1'])]
    """
    parts: dict[str, list[tuple[int, list[str]]]] = {}
    current: list[tuple[int, list[str]]] = []
    rows = csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=";")
    try:
        for number, row in enumerate(rows, start=1):
            # The csv module has such a limit too, but any other library may have moved it.
            if max(map(len, row), default=0) > _LONGEST_CELL:
                raise csv.Error
            heading = row[0].strip().upper() if len(row) == 1 else ""
            if heading in PARTS:
                current = parts.setdefault(heading, [])
            elif any(cell.strip() for cell in row):
                current.append((number, row))
    except csv.Error:
        raise PlaybookError(
            f"A cell near line {rows.line_num:,} never ends. A stray quote mark does that.",
            fix="Take the quote mark out, or fetch the file again.",
            where=where,
        ) from None
    for name in PARTS:
        if len(parts.get(name, [])) < 2:
            raise PlaybookError(
                f"I can't find the part {name}, or nothing stands in it.",
                fix=f"A .pb file has a line {name}, then the names of its columns, then its rows. "
                "Fetch the file again.",
                where=where,
            )
    return parts


def _table(rows: list[list[str]], part: str, where: str) -> pd.DataFrame:
    columns, *cells = [[cell.strip() for cell in row] for row in rows]
    missing = [name for name in _NEEDED[part] if name not in columns]
    if missing:
        raise PlaybookError(
            f"The part {part} has no column {missing[0]}. It has: {', '.join(columns)}.",
            fix="Fetch the file again, or name its columns as Pabulib does.",
            where=where,
        )
    for number, row in enumerate(cells, start=1):
        if len(row) > len(columns):
            raise PlaybookError(
                f"Row {number} of {part} has {len(row)} cells for {len(columns)} columns.",
                fix="Put a cell that holds a semicolon in double quotes.",
                where=where,
            )
    filled = [row + [""] * (len(columns) - len(row)) for row in cells]
    return pd.DataFrame(filled, columns=columns, dtype="str")
