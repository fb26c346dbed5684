"""What a report says of a plain table: values not used, what was changed, what stayed behind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from playbook.city import identifying
from playbook.city.contract import Field
from playbook.city.labels import listed
from playbook.city.report import Finding, Level
from playbook.city.sources.plain_cells import (
    NOT_APPLICABLE,
    NOT_WHOLE,
    OUT_OF_RANGE,
    SENTINEL,
    SUPPRESSED,
    UNKNOWN_LABEL,
    UNREADABLE,
    Column,
)
from playbook.city.sources.plain_columns import FILLED_FROM, ColumnMap
from playbook.city.sources.plain_rows import TOTAL, TWICE
from playbook.city.sources.source import Choices
from playbook.city.text_files import TextTable

_REASONS = {
    SUPPRESSED: (
        "hide a small count in {column}, such as {example}. I kept them as hidden",
        "Good: somebody protects residents. Don't fill in a number.",
    ),
    SENTINEL: (
        "hold a code for no answer in {column}, such as {example}. I took it for no number",
        "Nothing, if that code means no answer.",
    ),
    OUT_OF_RANGE: (
        "are out of range in {column}, such as {example}. I did not use them",
        "Check the unit, and whether two columns changed places.",
    ),
    NOT_APPLICABLE: (
        "say that {column} does not apply, such as {example}. I kept no value for them",
        "Nothing, if that is right.",
    ),
    UNREADABLE: (
        "can't be read in {column}, such as {example}. I did not use them",
        "Correct them in a copy, and add the copy. Or ask whoever sent the file.",
    ),
    NOT_WHOLE: (
        "are not whole numbers in {column}, such as {example}. I did not use them",
        "Check whether a rate or a share stands where a count goes.",
    ),
    UNKNOWN_LABEL: (
        "hold a label in {column} that the lessons don't know, such as {example}",
        "Say what it is: --label {column}:THEIRS=OURS. The lessons know {known}.",
    ),
}
_CHANGES = {
    "thousands": "Numbers of {column} read without their thousands separators: {count}, such as "
    "{example}.",
    "signs": "Numbers of {column} read without the sign beside them: {count}, such as {example}.",
    "spelling": "Labels of {column} that got the usual spelling: {count}, such as {example}.",
    "label": "Labels of {column} that got the names you chose: {count}, such as {example}.",
    "codes": "Tract codes of {column} taken out of longer ones: {count}, such as {example}.",
    "zeros": "Tract codes of {column} that got back the zero in front: {count}, such as {example}.",
    "dates": "Dates of {column} written another way: {count}. I read them: {example}.",
    "month first": "Dates of {column} read month first, and nothing proves it: {count}. {example}.",
    "formula": "Texts of {column} that a spreadsheet would run, with an apostrophe in front now: "
    "{count}, such as {example}.",
    "excel dates": "Dates in {column} that Excel had made of age groups, and that I read as these: "
    "{count}, such as {example}.",
}
# Somebody should look at these; the others are good to know.
_LOOK = frozenset({"zeros", "month first", "excel dates"})
_ENOUGH_FOR_SHARES = 5


def about_values(
    cells: Mapping[str, pd.Series],
    read: Mapping[str, Column],
    fields: Mapping[str, Field],
    row_numbers: pd.Series,
) -> Iterator[Finding]:
    """Say per column which values were not used, and what was changed in those that were.

    Parameters
    ----------
    cells, read, fields
        The texts, what was read from them, and the contract, each by the lessons' name of a column.
    row_numbers
        Rows of the file, as a spreadsheet counts them.
    """
    total = len(row_numbers)
    for name, column in read.items():
        for reason, (what, fix) in _REASONS.items():
            at = np.flatnonzero(column.reasons.eq(reason))
            if not len(at):
                continue
            known = ", ".join(str(label) for label in fields[name].enum[:12])
            words = {"column": name, "example": _quoted(cells[name].iloc[at[0]]), "known": known}
            yield Finding(
                "look",
                f"{len(at):,} of {total:,} rows {what.format(**words)}.",
                fix.format(**words),
                tuple(row_numbers.iloc[at[:5]]),
                len(at),
            )
        for change, (count, example) in column.changes.items():
            words = {"column": name, "count": f"{count:,}", "example": _quoted(example)}
            fix = "Look at a few, and correct the file if this is wrong." if change in _LOOK else ""
            level: Level = "look" if change in _LOOK else "fine"
            yield Finding(level, _CHANGES[change].format(**words), fix, count=count)
        if _looks_like_shares(column.values, fields[name]):
            yield Finding(
                "look",
                f"All numbers of {name} are between 0 and 1. It should be in percent. I did not "
                "multiply them.",
                "If they are shares, multiply them by 100 in a copy, and add the copy.",
                count=int(column.values.notna().sum()),
            )


def about_rows(why: pd.Series, numbers: pd.Series, table: TextTable) -> list[Finding]:
    """Say which rows are left out, and which the file itself breaks."""
    said = {
        TOTAL: ("sum up other rows. I left them out", ""),
        TWICE: ("stand in the file twice. I kept one of each", ""),
    }
    found = []
    for reason, (what, fix) in said.items():
        at = numbers[why.eq(reason)]
        if len(at):
            what = f"{len(at):,} of {len(why):,} rows {what}."
            found.append(Finding("look", what, fix, tuple(at[:5]), len(at)))
    empty = why[why.str.endswith(" empty")]
    for reason in dict.fromkeys(map(str, empty)):
        column = reason.removesuffix(" empty")
        at = numbers[why.eq(reason)]
        what = f"{len(at):,} of {len(why):,} rows have nothing in {column}. I left them out."
        found.append(Finding("look", what, "Fill them in, if you know.", tuple(at[:5]), len(at)))
    if table.misfits:
        what = f"Rows with more or fewer cells than the header: {len(table.misfits):,}."
        fix = "Look at these rows in a copy, and correct them."
        found.append(Finding("look", what, fix, tuple(table.misfits[:5]), len(table.misfits)))
    if table.swallowed:
        what = (
            f"Rows with whole rows in one cell: {len(table.swallowed):,}. A stray quote does that."
        )
        fix = "Look for the quote mark there, and take it out."
        found.append(Finding("look", what, fix, tuple(table.swallowed[:5]), len(table.swallowed)))
    return found


def about_columns(table: TextTable, mapping: ColumnMap, choices: Choices) -> list[Finding]:
    """Say how the file was read, and which columns stayed behind."""
    contract = mapping.contract
    found = [Finding("fine", f"I read it as {contract.name}: {contract.title}.")]
    absent = [name for name in contract.names if name not in mapping.columns]
    empty = [name for name in absent if (contract.name, name) not in FILLED_FROM]
    for name in absent:
        if name not in empty:
            source = FILLED_FROM[contract.name, name]
            found.append(Finding("fine", f"It has no {name}, so I wrote {source} there."))
    if empty:
        found.append(Finding("fine", f"It has no {listed(empty, most=12)}. Lessons go without."))
    others = len(table.header) - len(mapping.columns)
    coarser = [f"{column} to its {how}" for column, how in choices.coarsen.items()]
    if coarser:
        found.append(Finding("fine", f"I made coarser: {listed(coarser)}."))
    if table.odd_characters:
        what = f"{table.odd_characters:,} characters can't be read, and show as a question mark."
        found.append(Finding("look", what, "Save the file as CSV UTF-8, and add it again."))
    found.append(Finding("fine", f"The file is {table.encoding} text, split by {table.separator}."))
    return found + identifying.not_copied([], others)


def _looks_like_shares(values: pd.Series, field: Field) -> bool:
    if field.type != "number" or not field.unit.startswith("percent of"):
        return False
    filled = values.dropna()
    few = len(filled) < _ENOUGH_FOR_SHARES
    return not few and bool(filled.max() <= 1 and filled.gt(0).any())


def _quoted(example: object) -> str:
    text = str(example).strip()
    return f'"{text[:40]}…"' if len(text) > 40 else f'"{text}"'
