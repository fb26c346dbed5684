"""Read a vote on a budget in Pabulib's layout: its projects and its ballots, and no voter."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from playbook.city.dates import DAY_FIRST, read_dates
from playbook.city.encodings import decode
from playbook.city.labels import clean, fold, is_blank, listed, safe_cell
from playbook.city.pabulib import parts_of
from playbook.city.report import LEFT_OUT, Finding, Report
from playbook.city.sources.ballots_findings import (
    DISTRICTS,
    Notes,
    about_the_vote,
    compare_counts,
)
from playbook.city.sources.source import Choices, File, Reading, Source, reading
from playbook.city.tables import City
from playbook.errors import PlaybookError

_LARGEST_COST = 1e15

Row = tuple[int, dict[str, str]]


def is_ballots(header: Sequence[str]) -> bool:
    """Tell whether a header is the one that opens a `.pb` file.

    Examples
    --------
    >>> is_ballots(["key", "value"]), is_ballots(["key", "value", "year"])
    (True, False)
    """
    return [name.strip().casefold() for name in header] == ["key", "value"]


def known_names(cells: Sequence[str]) -> int:
    """Count the row that opens a `.pb` file for more than any row of projects or votes below it."""
    return 1_000 if is_ballots(cells) else 0


def read_ballots(content: bytes, name: str) -> Reading:
    r"""Read a `.pb` file: approval, cumulative, scoring or ordinal ballots.

    Parameters
    ----------
    content, name
        The file.

    Returns
    -------
    Reading
        Tables `pb_projects` and `pb_votes`. Voters are numbered in the order of the file; their
        own numbers, ages and all else about them stay in the file, as do the names of proposers.

    Raises
    ------
    PlaybookError
        When a part or a column is missing, or no project or no ballot could be kept.

    Examples
    --------
    >>> lines = ["META", "key;value", "budget;90", "vote_type;cumulative", "PROJECTS"]
    >>> lines += ["project_id;cost;name", "1;60;Park", "2;30;Pool", "VOTES"]
    >>> lines += ["voter_id;age;vote;points", "x7;34;1,2;3,0", "x9;51;2;1"]
    >>> brought = read_ballots("\n".join(lines).encode(), "vote.pb")
    >>> brought.tables["pb_votes"]
      voter_id project_ids
    0   V00001           1
    1   V00002           2
    """
    text, encoding = decode(content, name)
    parts = parts_of(text, name)
    meta = {row[0].strip().casefold(): ";".join(row[1:]).strip() for _, row in parts["META"][1:]}
    notes = Notes()
    projects = _projects(parts["PROJECTS"], meta, name, notes)
    votes = _votes(parts["VOTES"], set(projects["project_id"]), name, notes)
    compare_counts(projects, votes, notes)
    about_the_vote(meta, parts, encoding, notes)
    rows = sum(len(parts[part]) - 1 for part in ("PROJECTS", "VOTES"))
    budget = pd.to_numeric(pd.Series([meta.get("budget", "")]), errors="coerce").iloc[0]
    counts = {"projects": len(projects), "ballots": len(votes)}
    if pd.notna(budget) and 0 < budget < _LARGEST_COST:
        counts["budget"] = round(budget)
    report = Report(
        source=name,
        rows_read=rows,
        rows_kept=len(projects) + len(votes),
        findings=tuple(notes.findings),
        counts={**counts, **{f"{LEFT_OUT}{why}": n for why, n in notes.left_out.items()}},
        columns_used={"projects": "project_id, cost", "ballots": "vote"},
        as_of=_last_day(meta),
    )
    reasons = {
        table: pd.DataFrame(found, columns=["row", "column", "reason"])
        for table, found in notes.reasons.items()
        if found
    }
    tables = {"pb_projects": projects.drop(columns="votes"), "pb_votes": votes}
    return reading(tables, report, content, reasons=reasons)


def _rows(part: list[tuple[int, list[str]]], where: str, notes: Notes, what: str) -> list[Row]:
    """Rows by column name; those with too many cells are left out."""
    columns = [clean(cell).casefold() for cell in part[0][1]]
    for needed in ("project_id", "cost") if what == "projects" else ("vote",):
        if needed not in columns:
            raise PlaybookError(
                f"The {what} of {where} have no column {needed}. They have {listed(columns)}.",
                fix="Fetch the file again, or name its columns as Pabulib does.",
            )
    sound, broken = [], []
    for number, cells in part[1:]:
        if any(cell.strip() for cell in cells[len(columns) :]):
            broken.append(number)
            continue
        filled = [clean(cell) for cell in cells[: len(columns)]]
        filled += [""] * (len(columns) - len(filled))
        sound.append((number, dict(zip(columns, filled, strict=True))))
    notes.leave_out(broken, f"{what} with more cells than columns")
    return sound


def _projects(
    part: list[tuple[int, list[str]]], meta: dict[str, str], where: str, notes: Notes
) -> pd.DataFrame:
    rows = _rows(part, where, notes, "projects")
    kept: dict[str, dict[str, object]] = {}
    twice, unpriced, rounded = [], [], []
    district = next((meta[key] for key in DISTRICTS if meta.get(key)), "")
    for number, row in rows:
        key = row["project_id"]
        cost = pd.to_numeric(row["cost"].replace(",", "."), errors="coerce")
        if not key or key in kept or "," in key:
            twice.append(number)
        elif pd.isna(cost) or not 0.5 < cost < _LARGEST_COST:
            unpriced.append(number)
            reason = "unreadable" if pd.isna(cost) else "out of range"
            notes.reasons["pb_projects"].append((number, "cost", reason))
        else:
            if cost != round(cost):
                rounded.append(number)
            kept[key] = {
                "project_id": key,
                "name": row.get("name", ""),
                "district": next((row[one] for one in DISTRICTS if row.get(one)), district),
                "category": row.get("category", ""),
                "cost": round(float(cost)),
                "votes": row.get("votes", ""),
            }
    notes.leave_out(twice, "projects without a code of their own")
    notes.leave_out(unpriced, "projects without a cost that I can read")
    notes.look(rounded, "Costs that are not whole, and that I rounded: {count}.")
    if not kept:
        raise PlaybookError(
            f"I could keep no project of {where}: none has a code and a cost. Nothing was saved.",
            fix="Write each cost as a number, without a currency sign, and add the file again.",
        )
    projects = pd.DataFrame(list(kept.values()))
    return _tidy(projects, notes)


def _tidy(projects: pd.DataFrame, notes: Notes) -> pd.DataFrame:
    """Give each project a name of its own; leave out columns that say nothing."""
    unnamed = projects["name"].map(is_blank)
    if unnamed.any():
        notes.fine(f"Projects without a name: {int(unnamed.sum()):,}. I wrote their code there.")
    names = projects["name"].mask(unnamed, projects["project_id"])
    shared = names.duplicated(keep=False)
    if shared.any():
        notes.fine(f"Projects that share a name: {int(shared.sum()):,}. I added their code to it.")
    names = names.mask(shared, names + " (" + projects["project_id"] + ")")
    safe = names.map(safe_cell)
    # A name with a code added may be another one's name; codes are never shared.
    safe = safe.mask(safe.duplicated(keep=False), safe + " [" + projects["project_id"] + "]")
    ids = projects["project_id"].map(safe_cell)
    tidied = projects.assign(name=safe, project_id=ids)
    for column in ("district", "category"):
        tidied[column] = fold(tidied[column]).values
        tidied[column] = tidied[column].mask(tidied[column].eq(""))
    empty = [column for column in ("district", "category") if tidied[column].isna().all()]
    return tidied.drop(columns=empty)


def _votes(
    part: list[tuple[int, list[str]]], known: set[str], where: str, notes: Notes
) -> pd.DataFrame:
    ballots = []
    empty, unknown, pointless = [], [], []
    voters: dict[str, int] = {}
    for number, row in _rows(part, where, notes, "ballots"):
        named = [safe_cell(one.strip()) for one in row["vote"].split(",") if one.strip()]
        points = [one.strip() for one in row.get("points", "").split(",")]
        given = dict(zip(named, points, strict=False)) if len(points) == len(named) else {}
        without = [one for one in named if _is_nothing(given.get(one, ""))]
        strange = [one for one in named if one not in known]
        marked = [one for one in dict.fromkeys(named) if one in known and one not in without]
        voter = row.get("voter_id", "")
        voters[voter] = voters.get(voter, 0) + 1
        if without:
            pointless.append(number)
        if strange:
            unknown.append(number)
            notes.reasons["pb_votes"].append((number, "vote", "label not known"))
        if marked:
            ballots.append(",".join(marked))
        else:
            empty.append(number)
    notes.leave_out(empty, "ballots that mark no project")
    notes.look(
        unknown,
        "Ballots that name a project not in the list: {count}. I left out that mark.",
        "Ask whoever sent the file whether projects are missing.",
    )
    notes.look(
        pointless, "Ballots that give a project no points: {count}. I did not count it as marked."
    )
    again = sum(count - 1 for voter, count in voters.items() if voter)
    if again:
        what = f"Ballots with the number of an earlier voter: {again:,}. I kept them."
        notes.findings.append(Finding("look", what, "Ask whether one may vote twice.", count=again))
    if not ballots:
        raise PlaybookError(
            f"I could keep no ballot of {where}: none marks a project of its list. "
            "Nothing was saved.",
            fix="Compare the codes in the two parts of the file, or fetch it again.",
        )
    voter_ids = [f"V{number:05d}" for number in range(1, len(ballots) + 1)]
    return pd.DataFrame({"voter_id": voter_ids, "project_ids": ballots}, dtype="str")


def _is_nothing(points: str) -> bool:
    number = pd.to_numeric(points, errors="coerce") if points else float("nan")
    return bool(pd.notna(number) and number <= 0)


def _last_day(meta: dict[str, str]) -> str:
    """Give the last day of the vote; empty where the file gives no whole date."""
    day = read_dates(pd.Series([meta.get("date_end", "")]), DAY_FIRST).values.iloc[0]
    return "" if pd.isna(day) else str(day.strftime("%Y-%m-%d %H:%M"))


def _read(files: Sequence[File], _: City, __: Choices) -> Reading:
    ((name, content),) = files
    return read_ballots(content, name)


SOURCE = Source("a vote on a budget (Pabulib, .pb)", is_ballots, known_names, _read)
