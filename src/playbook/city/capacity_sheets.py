"""Answers to the self-assessment as files hold them: one row a person, or one row an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from playbook.city.capacities import NO_ROLE, ROLES, capacities, codes, scale
from playbook.city.labels import clean, fold_key, is_blank, safe_cell, squash
from playbook.city.text_files import TextTable
from playbook.errors import PlaybookError

NO_ANSWER = "no answer in the row"
BLANK = "blank score"
OUTSIDE = "score outside 0 to 4"
NO_STATEMENT = "no such statement"
TWICE = "same statement twice in one sheet"
NO_FIT = "the row does not fit the header"
REASONS = (NO_ANSWER, BLANK, OUTSIDE, NO_STATEMENT, TWICE, NO_FIT)

# A file with half of the statements is a sheet of answers; one with a few such names is not.
_ENOUGH_CODES = len(codes()) // 2
_CODE = re.compile(r"([A-G])[ _.-]?([1-5])(?![\w])", re.IGNORECASE)
_NUMBER = re.compile(r"(-?\d{1,3})(?:[.,]0+)?(?:\s*[-–:=.)]?\s*\D*)?")
_NAMES = {
    "response": "responseid response sheet sheetid respondent respondentid person personid id",
    "role": "role yourrole myrole jobrole roleinthecity position level",
    "capacity": "capacity capacityname",
    "statement": "statement statementnumber question item",
    "score": "score answer rating value",
}
_ROLE_WORDS = {
    "Leader": "leader leaders leadership",
    "Manager": "manager managers management",
    "Front line": "frontline frontlinestaff frontlineworker frontlineworkers",
}


@dataclass
class Sheet:
    """What one person answered.

    Parameters
    ----------
    role
        As the file gives it; ``"Not given"`` where it gives none.
    scores
        0 to 4, by the statement's code.
    """

    role: str
    scores: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Layout:
    """Which column of a file means what, by position.

    Parameters
    ----------
    answers
        By code, where a row is a person; empty where a row is an answer.
    columns
        By meaning: ``"role"``, and for one row an answer the other four.
    """

    answers: dict[str, int]
    columns: dict[str, int]

    @property
    def used(self) -> set[int]:
        """Positions of the columns that have a meaning."""
        return {*self.answers.values(), *self.columns.values()}


@dataclass
class Read:
    """What one file held: its sheets, and how many rows and scores could not be kept.

    Parameters
    ----------
    header, layout
        Names of its columns, and which one means what.
    sheets
        One a person.
    rows
        Rows read.
    left_out
        Rows that were not kept, by reason.
    outside
        Scores that are not 0 to 4, as written, with the statement's code.
    """

    header: tuple[str, ...]
    layout: Layout
    sheets: list[Sheet]
    rows: int
    left_out: dict[str, int]
    outside: list[str]


def layout_of(header: Sequence[str]) -> Layout | None:
    """Find the columns of a file of answers by their names; None when it is something else.

    Examples
    --------
    >>> layout_of(["response_id", "Role", "capacity", "statement", "score"]).columns["role"]
    1
    >>> layout_of(["Role", *codes()]).answers["G5"]
    35
    >>> layout_of(["opened_at", "closed_at", "request_type"]) is None
    True
    """
    answers: dict[str, int] = {}
    columns: dict[str, int] = {}
    for at, name in enumerate(header):
        code = _CODE.match(name.strip())
        if code:
            answers.setdefault(f"{code[1].upper()}{code[2]}", at)
            continue
        for meaning, names in _NAMES.items():
            if squash(name) in names.split():
                columns.setdefault(meaning, at)
    if len(answers) >= _ENOUGH_CODES:
        return Layout(answers, {k: v for k, v in columns.items() if k == "role"})
    if {"response", "capacity", "statement", "score"} <= set(columns):
        return Layout({}, columns)
    return None


def known_words(row: Sequence[str]) -> int:
    """Count the names in a row that a file of answers has in its header."""
    words = {word for names in _NAMES.values() for word in names.split()}
    return sum(bool(_CODE.match(cell.strip())) or squash(cell) in words for cell in row)


def require_each_once(header: Sequence[str], name: str) -> None:
    """Refuse a file that has two columns for one statement.

    Raises
    ------
    PlaybookError
        Naming the statement.
    """
    found = [f"{m[1]}{m[2]}".upper() for cell in header if (m := _CODE.match(cell.strip()))]
    twice = sorted({code for code in found if found.count(code) > 1})
    if twice:
        raise PlaybookError(
            f"{name} has two columns for {twice[0]}. I can't tell which one holds the answers.",
            fix="Keep one of them in a copy of the file, and add the copy.",
        )


def read_sheets(table: TextTable, layout: Layout) -> Read:
    """Read the answers of one file, whichever layout it has."""
    rows = len(table.rows) + len(table.misfits)
    read = Read(table.header, layout, [], rows, dict.fromkeys(REASONS, 0), [])
    read.left_out[NO_FIT] = len(table.misfits)
    if layout.answers:
        _read_people(table, layout, read)
    else:
        _read_answers(table, layout, read)
    return read


def _read_people(table: TextTable, layout: Layout, read: Read) -> None:
    for row in table.rows:
        sheet = Sheet(_role(_cell(row, layout, "role")))
        for code, at in layout.answers.items():
            if is_blank(row[at]):
                continue
            score = read_score(row[at])
            if score is None:
                read.outside.append(f'"{clean(row[at])[:20]}" in {code}')
            else:
                sheet.scores[code] = score
        if sheet.scores:
            read.sheets.append(sheet)
        else:
            read.left_out[NO_ANSWER] += 1


def _read_answers(table: TextTable, layout: Layout, read: Read) -> None:
    by_person: dict[str, Sheet] = {}
    for row in table.rows:
        cell = _cell(row, layout, "score")
        code = _code(_cell(row, layout, "capacity"), _cell(row, layout, "statement"))
        score = None if is_blank(cell) else read_score(cell)
        person = clean(_cell(row, layout, "response"))
        role = _role(_cell(row, layout, "role"))
        reason = _why_not(by_person.get(person), cell, code, score)
        if reason == OUTSIDE:
            read.outside.append(f'"{clean(cell)[:20]}" in {code}')
        if reason or score is None:
            read.left_out[reason or BLANK] += 1
            continue
        sheet = by_person.setdefault(person, Sheet(role))
        sheet.scores[code] = score
    read.sheets.extend(by_person.values())


def _why_not(sheet: Sheet | None, cell: str, code: str, score: int | None) -> str:
    if not code:
        return NO_STATEMENT
    if is_blank(cell):
        return BLANK
    if score is None:
        return OUTSIDE
    return TWICE if sheet and code in sheet.scores else ""


def read_score(cell: str) -> int | None:
    """Read a score: a number from 0 to 4, or a word of the scale; None when it is neither.

    Examples
    --------
    >>> [read_score(cell) for cell in ("3", "2.0", "Routine", "1 - Talked about", "7", "often")]
    [3, 2, 3, 1, None, None]
    """
    text = clean(cell)
    words = [fold_key(word) for word in scale()]
    if fold_key(text) in words:
        return words.index(fold_key(text))
    match = _NUMBER.fullmatch(text)
    score = int(match[1]) if match else -1
    return score if 0 <= score < len(words) else None


def rows_of(sheets: Sequence[Sheet]) -> Iterator[tuple[str, str, str, int, int]]:
    """Yield the rows of the table: response, role, capacity, statement, score.

    Sheets are put in an order that their content alone decides, so that no number tells which
    file or row somebody's answers came from.
    """
    order = sorted(
        sheets, key=lambda sheet: (sheet.role, [sheet.scores.get(c, -1) for c in codes()])
    )
    width = max(2, len(str(len(order))))
    for number, sheet in enumerate(order, start=1):
        for capacity in capacities():
            for statement, code in enumerate(capacity.codes, start=1):
                if code in sheet.scores:
                    response = f"R{number:0{width}}"
                    yield response, sheet.role, capacity.name, statement, sheet.scores[code]


def _cell(row: Sequence[str], layout: Layout, meaning: str) -> str:
    return row[layout.columns[meaning]] if meaning in layout.columns else ""


def _role(cell: str) -> str:
    if is_blank(cell):
        return NO_ROLE
    words = squash(cell)
    for role in ROLES:
        if words in _ROLE_WORDS[role].split():
            return role
    return safe_cell(clean(cell))


def _code(capacity: str, statement: str) -> str:
    for item in capacities():
        if fold_key(capacity) in (fold_key(item.name), item.letter.casefold()):
            number = clean(statement).upper().removeprefix(item.letter)
            code = f"{item.letter}{number.removesuffix('.0')}"
            return code if code in item.codes else ""
    return ""
