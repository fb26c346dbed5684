"""Read a team's answers to the self-assessment: who said what is never kept, only what was said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from playbook.city import identifying
from playbook.city.capacities import FEWEST_PEOPLE, NO_ROLE, codes
from playbook.city.capacity_sheets import (
    Layout,
    Read,
    Sheet,
    known_words,
    layout_of,
    read_sheets,
    require_each_once,
    rows_of,
)
from playbook.city.labels import fold_key, listed
from playbook.city.report import LEFT_OUT, Finding, Report
from playbook.city.sources.source import Choices, File, Reading, Source
from playbook.city.tables import City
from playbook.city.text_files import TextTable, read_table
from playbook.errors import PlaybookError

# A neighborhood has a name too, so these words say nothing in other files. Here they name a person.
_PERSON = re.compile(
    r"\b(names?|e ?mails?|employee|staff|initials|user(name)?|login|badge|signature|signed|who)\b"
)
# From this many kinds of role on, and more kinds than half the people, a role is a name or a title.
_MANY_ROLES = 8
# Two people with this many answers, all the same, are most likely one sheet that was added twice.
_ENOUGH_TO_COMPARE = 20


def recognize_answers(header: Sequence[str]) -> bool:
    """Tell whether a file's columns are those of the team's self-assessment.

    Parameters
    ----------
    header
        Names of the columns.

    Examples
    --------
    >>> recognize_answers(["role", *codes()])
    True
    >>> recognize_answers(["Created Date", "Closed Date", "Type", "Ward"])
    False
    """
    return layout_of(header) is not None


def parse_answers(files: Sequence[tuple[str, bytes]]) -> tuple[pd.DataFrame, Report]:
    r"""Read the answers of one team from one or more files.

    Parameters
    ----------
    files
        Name and bytes of each CSV file. A row is a person (``role, A1, ..., G5``) or an answer
        (``response_id, role, capacity, statement, score``). All files together are one team.

    Returns
    -------
    answers : pandas.DataFrame
        One row an answer: ``response_id``, ``role``, ``capacity``, ``statement`` (1 to 5),
        ``score`` (0 to 4). Response ids are new, and follow the answers, so that the place of a
        sheet in a file or a folder says nothing.
    report : Report
        Rows read, kept, and left out by reason. It names no row, so that it points at nobody.

    Raises
    ------
    PlaybookError
        When a file can't be read or holds something else, a column may name people, or there is
        no answer in any file.

    Examples
    --------
    >>> header = "Role," + ",".join(codes())
    >>> sheets = [f"Front line{',1' * 35}", f"Leader{',3' * 34},9"]
    >>> answers, report = parse_answers([("team.csv", "\n".join([header, *sheets]).encode())])
    >>> answers.groupby(["response_id", "role"])["score"].agg(["count", "mean"]).reset_index()
      response_id        role  count  mean
    0         R01  Front line     35   1.0
    1         R02      Leader     34   3.0
    >>> report.counts["people"], report.counts["scores outside 0 to 4"]
    (2, 1)
    """
    if not files:
        raise PlaybookError(
            "There is no file to read.",
            fix="Name the folder with your team's answers, such as my-work/team, or its files.",
        )
    read = [_read_file(name, content) for name, content in files]
    sheets = [sheet for part in read for sheet in part.sheets]
    source = files[0][0] if len(files) == 1 else f"{len(files)} files"
    if not sheets:
        raise PlaybookError(
            f"I found no answer in {source}. Nothing was saved.",
            fix="Type a score from 0 to 4 for each statement, from A1 to G5, and add the file "
            "again. Or answer on the page of lesson 0.2.",
        )
    _stop_for_varied_roles(sheets)
    sheets = _with_one_spelling(sheets)
    names = ["response_id", "role", "capacity", "statement", "score"]
    answers = pd.DataFrame(list(rows_of(sheets)), columns=names)
    return answers, _report(source, read, sheets)


def _read_file(name: str, content: bytes) -> Read:
    table = read_table(content, name, _header_words)
    layout = layout_of(table.header)
    _stop_for_people(table, layout)
    if layout is None:
        raise PlaybookError(
            f"{name} is not a sheet of the self-assessment. Its columns are "
            f"{listed(table.header, most=8)}.",
            fix="Name the columns role and A1 to G5, one row a person. Or leave this file out.",
        )
    require_each_once(table.header, name)
    return read_sheets(table, layout)


def _header_words(cells: Sequence[str]) -> int:
    # Words about persons count too: a file with names must be refused by its own header.
    return known_words(cells) + sum(_is_about_people(cell) for cell in cells)


def _is_about_people(column: str) -> bool:
    found = identifying.by_header(column)
    words = re.sub(r"[\W_]+", " ", column.casefold())
    return (found is not None and found.about == "person") or bool(_PERSON.search(words))


def _stop_for_people(table: TextTable, layout: Layout | None) -> None:
    """Refuse a file with a column that may name people, used or not."""
    answers = set(layout.answers.values()) if layout else set()
    stopped = []
    for at, name in enumerate(table.header):
        if at in answers:
            continue
        cells = [row[at] for row in table.rows]
        found = identifying.by_values(name, cells)
        if (found and found.about == "person") or _is_about_people(name):
            stopped.append(name or f"column {at + 1}")
    if stopped:
        many = len(stopped) > 1
        raise PlaybookError(
            f"Stop. {'Columns' if many else 'Column'} {listed(stopped)} may name people. Answers "
            "are given without names. Nothing was saved.",
            fix=f"Remove {'these columns' if many else 'this column'} in a copy of the file and "
            "add the copy, or ask your privacy officer.",
        )


def _stop_for_varied_roles(sheets: Sequence[Sheet]) -> None:
    kinds = {fold_key(sheet.role) for sheet in sheets}
    if len(kinds) > _MANY_ROLES and len(kinds) > len(sheets) / 2:
        raise PlaybookError(
            f"Stop. The roles of {len(sheets)} people are {len(kinds)} different ones, so a role "
            "may name a person. Nothing was saved.",
            fix="In a copy of the file, write Leader, Manager or Front line as the role, and add "
            "the copy. Or leave the role empty.",
        )


def _with_one_spelling(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Give each role the spelling that most people used; of equals, the first in A to Z."""
    spellings: dict[str, Counter[str]] = {}
    for sheet in sheets:
        spellings.setdefault(fold_key(sheet.role), Counter())[sheet.role] += 1
    kept = {
        key: min(counts, key=lambda role: (-counts[role], role))
        for key, counts in spellings.items()
    }
    return [Sheet(kept[fold_key(sheet.role)], sheet.scores) for sheet in sheets]


def _report(source: str, read: Sequence[Read], sheets: Sequence[Sheet]) -> Report:
    rows = sum(part.rows for part in read)
    left_out: Counter[str] = Counter()
    for part in read:
        left_out.update(part.left_out)
    outside = [example for part in read for example in part.outside]
    answers = sum(len(sheet.scores) for sheet in sheets)
    blank = len(sheets) * len(codes()) - answers
    return Report(
        source=source,
        rows_read=rows,
        rows_kept=rows - sum(left_out.values()),
        findings=tuple(_findings(read, sheets, outside, blank)),
        counts={
            "people": len(sheets),
            "answers": answers,
            "blank answers": blank,
            "scores outside 0 to 4": len(outside),
            **{f"{LEFT_OUT}{reason}": count for reason, count in left_out.items()},
        },
        columns_used=_columns_used(read[0]),
    )


def _columns_used(part: Read) -> dict[str, str]:
    used = {meaning: part.header[at] for meaning, at in part.layout.columns.items()}
    places = part.layout.answers.values()
    if places:
        used["answers"] = f"{part.header[min(places)]} to {part.header[max(places)]}"
    return used


def _findings(
    read: Sequence[Read],
    sheets: Sequence[Sheet],
    outside: Sequence[str],
    blank: int,
) -> list[Finding]:
    found = []
    if outside:
        many = f"{len(outside):,} scores are" if len(outside) > 1 else "1 score is"
        left = "them" if len(outside) > 1 else "it"
        what = f"{many} not 0 to 4, such as {outside[0]}. I left {left} out."
        fix = "Look at the printed sheet, correct the file, and add it again."
        found.append(Finding("look", what, fix, count=len(outside)))
    same = _same_sheets(sheets)
    if same:
        what = f"{same} sheets agree with another one in every answer. I kept them."
        fix = "If a sheet is in your files twice, take one out and add the rest again."
        found.append(Finding("look", what, fix, count=same))
    missing = sorted(
        {code for part in read if part.layout.answers for code in codes()}
        - {code for part in read for code in part.layout.answers}
    )
    if missing:
        what = f"I found no column for {listed(missing)}."
        fix = "Name each column by its code on the sheet, A1 to G5, and add the file again."
        found.append(Finding("look", what, fix, count=len(missing)))
    return found + _about_people(read, sheets, blank)


def _about_people(read: Sequence[Read], sheets: Sequence[Sheet], blank: int) -> list[Finding]:
    found = []
    if len(sheets) < FEWEST_PEOPLE:
        what = (
            f"{len(sheets)} {'person' if len(sheets) == 1 else 'people'} answered. That is too few "
            "to show without pointing at people."
        )
        fix = f"Ask more colleagues. Results show from {FEWEST_PEOPLE} people on."
        found.append(Finding("look", what, fix))
    roles = Counter(sheet.role for sheet in sheets)
    small = sorted(role for role, people in roles.items() if people < FEWEST_PEOPLE)
    if small and len(sheets) >= FEWEST_PEOPLE:
        what = (
            f"Fewer than {FEWEST_PEOPLE} people gave this role: {listed(small, most=12)}. "
            "No lesson shows it on its own."
        )
        found.append(Finding("fine", what))
    if roles[NO_ROLE]:
        what = f'{roles[NO_ROLE]} gave no role. They count as "{NO_ROLE}".'
        found.append(Finding("fine", what, count=roles[NO_ROLE]))
    if blank:
        what = (
            f"{blank:,} of {len(sheets) * len(codes()):,} answers are blank. A blank is no score."
        )
        found.append(Finding("fine", what, count=blank))
    others = sum(len(part.header) - len(part.layout.used) for part in read)
    return found + identifying.not_copied([], others)


def _same_sheets(sheets: Sequence[Sheet]) -> int:
    """Count the sheets that are like an earlier one, answer for answer."""
    full = [sheet for sheet in sheets if len(sheet.scores) >= _ENOUGH_TO_COMPARE]
    kinds = {(sheet.role, *sorted(sheet.scores.items())) for sheet in full}
    return len(full) - len(kinds)


def _read(files: Sequence[File], _: City, __: Choices) -> Reading:
    answers, report = parse_answers(files)
    # A file may be named after the person who filled it in, so no name of a file is kept.
    source = f"{len(files)} file{'' if len(files) == 1 else 's'} of answers"
    report = replace(report, source=source, tables=("capacity_responses",))
    return Reading({"capacity_responses": answers}, report)


def _known_names(cells: Sequence[str]) -> int:
    return len(cells) if recognize_answers(cells) else 0


SOURCE = Source("a team's capacity answers", recognize_answers, _known_names, _read, joins=True)
