"""The codebook of a resident survey: which column is which question, and what its codes mean."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

import pandas as pd

from playbook.city.contract import Field
from playbook.city.encodings import decode
from playbook.city.labels import clean, fold_key, listed, safe_cell, squash
from playbook.city.sources.plain_cells import read_column
from playbook.city.text_files import read_table
from playbook.errors import PlaybookError

Use = Literal["weigh", "question", "weight"]
Kind = Literal["single", "several", "scale"]
_COLUMNS = ("question", "column", "use", "kind", "code", "label", "missing", "people")
_YES = ("yes", "y", "true", "1", "x")
_FIX = "playbook city template survey_codebook prints the layout to fill in."


@dataclass(frozen=True)
class Question:
    """One question of a survey, or one trait of those who answered.

    Parameters
    ----------
    name
        Short name, such as ``"first_choice"``.
    use
        ``"question"``; ``"weigh"`` for a trait that answers are weighed by, such as age;
        ``"weight"`` for a column of weights that came with the file.
    kind
        ``"single"``: one answer; ``"several"``: any number; ``"scale"``: points in order.
    columns
        Columns of the file. More than one for a question of which each answer has its own column.
    labels
        Answer by column and code, in the codebook's order. Empty when the cells are the answers.
    missing
        Codes, by column, that mean no answer, with what the codebook calls them.
    people
        How many people of the city are in each group; for a trait to weigh by.
    """

    name: str
    use: Use
    kind: Kind
    columns: tuple[str, ...]
    labels: Mapping[tuple[str, str], str] = field(default_factory=dict)
    missing: Mapping[tuple[str, str], str] = field(default_factory=dict)
    people: Mapping[str, int] = field(default_factory=dict)


def is_codebook(header: tuple[str, ...]) -> bool:
    """Tell whether a header is that of a codebook.

    Examples
    --------
    >>> is_codebook(("Question", "Column", "Use", "Code", "Label"))
    True
    """
    return {"question", "column", "use"} <= {squash(name) for name in header}


def read_codebook(content: bytes, name: str) -> tuple[Question, ...]:
    r"""Read a codebook: CSV, one line an answer, or TOML, one part a question.

    Parameters
    ----------
    content, name
        The file.

    Raises
    ------
    PlaybookError
        When it can't be read, names no question, or says two things of one code.

    Examples
    --------
    >>> text = b"question,column,use,kind,code,label,missing,people\n"
    >>> text += b"tenure,Q1,weigh,single,1,Owner,,46000\ntenure,Q1,weigh,single,2,Renter,,54000\n"
    >>> text += b"first,Q2,question,single,1,Streets,,\nfirst,Q2,question,single,9,No answer,yes,\n"
    >>> tenure, first = read_codebook(text, "codes.csv")
    >>> tenure.people, first.missing
    ({'Owner': 46000, 'Renter': 54000}, {('Q2', '9'): 'No answer'})
    """
    lines = (
        _from_toml(content, name) if name.lower().endswith(".toml") else _from_csv(content, name)
    )
    grouped: dict[str, list[dict[str, str]]] = {}
    for line in lines:
        if not line["question"] or not line["column"]:
            raise PlaybookError(f"A line of {name} names no question or no column.", fix=_FIX)
        grouped.setdefault(line["question"], []).append(line)
    found = tuple(_question(question, some, name) for question, some in grouped.items())
    if not any(question.use == "question" for question in found):
        raise PlaybookError(f"{name} has no line with use = question.", fix=_FIX)
    if sum(question.use == "weight" for question in found) > 1:
        raise PlaybookError(
            f"{name} names two columns of weights.", fix="Keep one, and add both files again."
        )
    return found


def _from_csv(content: bytes, name: str) -> list[dict[str, str]]:
    table = read_table(
        content, name, lambda row: len({squash(cell) for cell in row} & set(_COLUMNS))
    )
    if not is_codebook(table.header):
        raise PlaybookError(
            f"{name} is no codebook. Its columns are {listed(table.header, most=8)}.", fix=_FIX
        )
    if table.misfits:
        raise PlaybookError(
            f"Line {table.misfits[0]} of {name} has more or fewer cells than the header.",
            fix="Put a text with a comma in double quotes, and add both files again.",
        )
    at = {squash(cell): number for number, cell in enumerate(table.header)}
    return [
        {column: clean(row[at[column]]) if column in at else "" for column in _COLUMNS}
        for row in table.rows
    ]


def _from_toml(content: bytes, name: str) -> list[dict[str, str]]:
    try:
        parts = tomllib.loads(decode(content, name)[0])
    except tomllib.TOMLDecodeError as error:
        raise PlaybookError(
            f"{name} can't be read: {error}.", fix="Correct that line, or write it as CSV. " + _FIX
        ) from None
    lines = []
    for question, part in parts.items():
        if not isinstance(part, dict):
            raise PlaybookError(f'"{question}" of {name} is no part with a column.', fix=_FIX)
        labels, people = _texts(part, "labels"), _texts(part, "people")
        missing = [clean(str(code)) for code in _list(part.get("missing", []))]
        start = {
            "question": clean(question),
            "column": clean(str(part.get("column", ""))),
            "use": clean(str(part.get("use", ""))),
            "kind": clean(str(part.get("kind", ""))),
        }
        codes = dict.fromkeys([*labels, *missing])
        lines += [
            {
                **start,
                "code": code,
                "label": labels.get(code, code),
                "missing": "yes" if code in missing else "",
                "people": people.get(labels.get(code, code), ""),
            }
            for code in codes
        ] or [{**start, "code": "", "label": "", "missing": "", "people": ""}]
    return lines


def _texts(part: Mapping[str, Any], key: str) -> dict[str, str]:
    found = part.get(key, {})
    if not isinstance(found, dict):
        return {}
    return {clean(str(one)): clean(str(other)) for one, other in found.items()}


def _list(found: object) -> list[object]:
    return found if isinstance(found, list) else [found]


def _question(name: str, lines: list[dict[str, str]], where: str) -> Question:
    first = lines[0]
    use = fold_key(first["use"]) or "question"
    kind = fold_key(first["kind"]) or "single"
    if use not in get_args(Use) or kind not in get_args(Kind):
        odd, known = (use, get_args(Use)) if use not in get_args(Use) else (kind, get_args(Kind))
        raise PlaybookError(
            f'{where} says "{odd}" of {name}.', fix=f"Write one of {listed(known)}."
        )
    labels: dict[tuple[str, str], str] = {}
    missing: dict[tuple[str, str], str] = {}
    people: dict[str, int] = {}
    for line in lines:
        place = (line["column"], line["code"])
        if not line["code"] and len(lines) == 1:
            break
        if place in labels or place in missing:
            raise PlaybookError(
                f"{where} gives the code {line['code']} of {name} twice.",
                fix="Keep one line for each code, and add both files again.",
            )
        label = safe_cell(line["label"] or line["code"])
        if fold_key(line["missing"]) in _YES:
            missing[place] = label
            continue
        labels[place] = label
        if use == "weigh":
            people[label] = people.get(label, 0) + _people(line["people"], name, label, where)
    columns = tuple(dict.fromkeys(line["column"] for line in lines))
    if len(columns) > 1 and kind != "several":
        raise PlaybookError(
            f"{where} names {len(columns)} columns for {name}, which has one answer.",
            fix="Write several as its kind, or keep one column.",
        )
    if not any(people.values()):
        people = {}
    return Question(safe_cell(name), use, kind, columns, labels, missing, people)  # type: ignore[arg-type]


def _people(text: str, name: str, label: str, where: str) -> int:
    if not text:
        return 0
    asked = Field("people", "integer", "People", "In a group.", minimum=1)
    number = read_column(pd.Series([text]), asked, {}).values.iloc[0]
    if pd.isna(number):
        raise PlaybookError(
            f'{where} gives "{text}" people for {label} ({name}), which is no count above 0.',
            fix="Write a whole number such as 58266, or leave the column people empty.",
        )
    return int(number)
