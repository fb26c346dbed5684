"""What a report says of a vote on a budget: its kind, its money, and what does not add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from playbook.city.labels import clean, listed
from playbook.city.report import Finding

_KINDS = {
    "approval": "A ballot marks projects.",
    "choose-1": "A ballot marks one project.",
    "cumulative": "A ballot gives points. I kept which projects got any, and not how many.",
    "scoring": "A ballot gives points. I kept which projects got any, and not how many.",
    "ordinal": "A ballot ranks projects. I kept which ones it names, and not their order.",
}
DISTRICTS = ("district", "subunit", "neighborhood")
_OF_PROJECTS = {"project_id", "cost", "name", "category", "votes", *DISTRICTS}
_OF_BALLOTS = {"voter_id", "vote", "points"}
_HOME = ("usa", "us", "united states", "united states of america")


@dataclass
class Notes:
    """What is found while rows are read."""

    left_out: dict[str, int] = field(default_factory=dict)
    reasons: dict[str, list[tuple[int, str, str]]] = field(
        default_factory=lambda: {"pb_projects": [], "pb_votes": []}
    )
    findings: list[Finding] = field(default_factory=list)

    def leave_out(self, rows: Sequence[int], reason: str) -> None:
        """Count rows that are left out."""
        if rows:
            self.left_out[reason] = len(rows)
            what = f"Left out, {reason}: {len(rows):,}."
            self.findings.append(Finding("look", what, "", tuple(rows[:5]), len(rows)))

    def look(self, rows: Sequence[int], what: str, fix: str = "") -> None:
        """Point to rows, if there are any; ``{count}`` is how many."""
        if rows:
            words = what.format(count=f"{len(rows):,}")
            self.findings.append(Finding("look", words, fix, tuple(rows[:5]), len(rows)))

    def fine(self, what: str) -> None:
        """Say something that is good to know."""
        self.findings.append(Finding("fine", what))


def compare_counts(projects: pd.DataFrame, votes: pd.DataFrame, notes: Notes) -> None:
    """Hold the ballots against the votes that the file counts itself."""
    counted = pd.to_numeric(projects["votes"], errors="coerce")
    if counted.isna().all():
        return
    marks = votes["project_ids"].str.split(",").explode().value_counts()
    found = projects["project_id"].map(marks).fillna(0)
    differ = projects["project_id"][counted.notna() & counted.ne(found)]
    if len(differ):
        notes.findings.append(
            Finding(
                "look",
                f"Projects with another number of ballots than the file says: {listed(differ)}.",
                "Ask whoever sent the file which is right.",
                count=len(differ),
            )
        )
    else:
        notes.fine("The ballots add up to the votes that the file gives for each project.")


def about_the_vote(
    meta: dict[str, str],
    parts: dict[str, list[tuple[int, list[str]]]],
    encoding: str,
    notes: Notes,
) -> None:
    """Say what kind of vote it was, in which money, and what stays in the file."""
    kind = meta.get("vote_type", "").casefold()
    if kind in _KINDS:
        notes.fine(_KINDS[kind])
    else:
        what = f'The file says "{clean(kind)[:40]}" of its ballots. I read them as marks.'
        notes.findings.append(Finding("look", what, "Compare a few ballots with the paper form."))
    country, currency = meta.get("country", ""), meta.get("currency", "")
    abroad = country and country.casefold() not in _HOME
    if abroad or currency.casefold() not in ("", "usd"):
        what = f"Costs are in the money of {clean(currency or country)[:40]}. Lessons say dollars."
        notes.findings.append(Finding("look", what, "Say so wherever you show them."))
    of_projects = {clean(cell).casefold() for cell in parts["PROJECTS"][0][1]}
    of_voters = {clean(cell).casefold() for cell in parts["VOTES"][0][1]}
    others = (of_projects - _OF_PROJECTS) | (of_voters - _OF_BALLOTS)
    left = "Voters' own numbers stay in your file"
    more = f", and so do {listed(sorted(others), most=12)}" if others else ""
    notes.fine(f"{left}{more}.")
    notes.fine(f"The file is {encoding} text.")
