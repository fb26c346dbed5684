"""Check a table against its contract, and say in plain words what to mend."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Iterator
from datetime import datetime

import numpy as np
import pandas as pd

from playbook.city.contract import Field, TableContract
from playbook.city.dates import read_dates
from playbook.city.identifying import by_header
from playbook.city.labels import fold, fold_key, listed, squash
from playbook.city.report import Finding, Report

__all__ = ["Finding", "Report", "check_table"]

_HIDDEN = re.compile(r"[<≤]=?\s*\d+|\*+|[sS]|[sS]upp(ressed)?\.?|†")
_DRESSED = re.compile(r"[$€£]?\s*-?[\d,  ]*\d(\.\d+)?\s*%?")
_SHORTENED = re.compile(r"\d(\.\d+)?[eE]\+?\d+")

# Per fault: what is said of the cells, and what to do. The names in braces are filled in.
_FAULTS = {
    "empty": ("are empty in {column}", "Fill them in, or leave these rows out."),
    "lost zeros": (
        "lost a leading zero in {column}, such as {example}",
        "Excel does that. Make the column text before you type, or export the file again.",
    ),
    "decimals": (
        'end in ".0" in {column}, such as {example}',
        "A program read this column as a number. Remove the .0, or export the file again.",
    ),
    "lost digits": (
        "lost digits in {column}, such as {example}",
        "Excel does that to long numbers. Export the file again and don't open it in Excel.",
    ),
    "pattern": (
        "are not written like the other values of {column}, such as {example}",
        "Compare them with the data card of this table, or ask whoever sent the file.",
    ),
    "other case": (
        "differ from the usual label in {column} by capital letters or spaces, such as {example}",
        "Write {nearest}.",
    ),
    "not a label": (
        "hold a label in {column} that I don't know, such as {example}",
        "The nearest I know is {nearest}. Write that, or leave these rows out.",
    ),
    "hidden count": (
        "hide a small count in {column}, such as {example}",
        "Good: somebody protects residents. Leave these cells empty; don't fill in a number.",
    ),
    "number as text": (
        "hold a number dressed as text in {column}, such as {example}",
        "Take out commas, currency and percent signs, or format the column as a number.",
    ),
    "not a number": (
        "are not numbers in {column}, such as {example}",
        "Type the number, or leave the cell empty.",
    ),
    "not whole": (
        "are not whole numbers in {column}, such as {example}",
        "Check whether a rate or a share stands where a count goes.",
    ),
    "too low": (
        "are lower than {low} in {column}, such as {example}",
        "Check the unit. A large negative number is often a code for no answer: leave it empty.",
    ),
    "too high": (
        "are higher than {high} in {column}, such as {example}",
        "Check the unit, and whether a total stands among the rows.",
    ),
    "other date": (
        "are dates written another way in {column}, such as {example}",
        "Write them like {layout}.",
    ),
    "not a date": (
        "are not dates in {column}, such as {example}",
        "Write a date like {layout}, or leave the cell empty.",
    ),
    "repeated": (
        "repeat a value of {column} that may stand once only, such as {example}",
        "Keep one of each, or ask whoever sent the file which is right.",
    ),
}


def check_table(df: pd.DataFrame, contract: TableContract) -> Report:
    """Compare a table with its contract.

    Parameters
    ----------
    df
        The table, as read (all text) or with its types. It is not changed.
    contract
        What the table must hold.

    Returns
    -------
    Report
        ``level`` is ``"stop"`` when a lesson can't use the table. Row numbers are those of the file
        in a spreadsheet: the header is row 1.

    Examples
    --------
    >>> from playbook.city.contract import Field, TableContract
    >>> from playbook.city.contract import load_contract
    >>> from playbook.home import data_folder
    >>> contract = load_contract(data_folder())["requests_311"]
    >>> table = pd.DataFrame({
    ...     "request_id": ["1", "2", "2", "3"], "neighborhood_id": ["N01", "N02", "N02", "N03"],
    ...     "request_type": ["Pothole", "pothole", "Graffiti", "Graffiti"],
    ...     "opened_at": ["2025-03-01 08:00", "2025-03-01 09:30", "3/2/2025", "2025-03-02 10:00"],
    ...     "closed_at": "", "channel": "phone", "duplicate_of": "",
    ... })
    >>> for finding in check_table(table, contract).findings:
    ...     print(finding)
    1 of 4 rows repeat a value of request_id that may stand once only, such as "2". Row 4.
    1 of 4 rows are dates written another way in opened_at, such as "3/2/2025". Row 4.
    Labels in request_type come in spellings that differ only by capital letters or spaces,
    such as "Pothole" and "pothole".
    """
    findings = [*_about_columns(df, contract)]
    for field in contract.fields:
        if field.name in df.columns:
            findings += _about_cells(_as_text(df[field.name], field), field)
    findings += _about_key(df, contract)
    if not findings:
        findings = [
            Finding("fine", "Nothing to mend: every cell fits the data card of this table.")
        ]
    present = {name: name for name in contract.names if name in df.columns}
    return Report(contract.name, len(df), len(df), tuple(findings), {}, present)


def _about_columns(df: pd.DataFrame, contract: TableContract) -> Iterator[Finding]:
    columns = [str(column) for column in df.columns]
    others = [column for column in columns if column not in contract.names]
    by_squashed = {squash(column): column for column in reversed(others)}
    for name in contract.names:
        if name in columns:
            continue
        near = difflib.get_close_matches(squash(name), list(by_squashed), n=1, cutoff=0.6)
        hint = (
            f"If {by_squashed[near[0]]} is the one, rename it to {name}."
            if near
            else f"Add it: {contract[name].description}"
        )
        yield Finding(
            "stop",
            f"I can't find a column called {name}. The table has {listed(columns, most=12)}.",
            hint,
        )
    people = [c for c in others if (found := by_header(c)) and found.about == "person"]
    if people:
        yield Finding(
            "stop",
            f"{listed(people)} may identify residents.",
            "Remove it from the file, or ask your privacy officer.",
        )
    elif others:
        yield Finding("fine", f"No lesson needs {listed(others, most=12)}.")


def _about_cells(cells: pd.Series, field: Field) -> Iterator[Finding]:
    faults = {value: fault for value in cells.unique() if (fault := _fault(value, field))}
    found = cells.map(lambda value: faults.get(value, ""))
    if field.unique:
        found = found.mask(found.eq("") & cells.ne("") & cells.duplicated(), "repeated")
    for fault in _FAULTS:
        at = np.flatnonzero(found.eq(fault))
        if len(at):
            yield _finding(fault, cells, at, field)
    if field.type == "string" and not (field.enum or field.pattern or field.unique):
        spellings = fold(cells).spellings
        if spellings:
            label, others = next(iter(spellings.items()))
            yield Finding(
                "look",
                f"Labels in {field.name} come in spellings that differ only by "
                f'capital letters or spaces, such as "{label}" and "{others[0]}".',
                "Give each label one spelling.",
                count=len(spellings),
            )


def _finding(fault: str, cells: pd.Series, at: np.ndarray, field: Field) -> Finding:
    what, fix = _FAULTS[fault]
    example = str(cells.iloc[at[0]])
    words = {
        "column": field.name,
        "example": f'"{example}"',
        "nearest": _nearest(example, field),
        "low": field.minimum,
        "high": field.maximum,
        "layout": datetime(2026, 1, 15, 13, 5).strftime(field.format or "%Y-%m-%d"),
    }
    return Finding(
        "stop",
        f"{len(at):,} of {len(cells):,} rows {what.format(**words)}.",
        fix.format(**words),
        tuple(at + 2),
        len(at),
    )


def _about_key(df: pd.DataFrame, contract: TableContract) -> Iterator[Finding]:
    key = list(contract.primary_key)
    if not key or not set(key) <= set(df.columns):
        return
    at = np.flatnonzero(df.duplicated(subset=key) & df[key].notna().all(axis=1))
    unique_anyway = len(key) == 1 and contract[key[0]].unique
    if len(at) and not unique_anyway:
        yield Finding(
            "stop",
            f"{len(at):,} of {len(df):,} rows repeat the {listed(key)} of an earlier row.",
            "Keep one of each, or ask whoever sent the file which is right.",
            tuple(at + 2),
            len(at),
        )


def _as_text(cells: pd.Series, field: Field) -> pd.Series:
    """Write a column as its file does; ``""`` where nothing stands."""
    if field.is_date and pd.api.types.is_datetime64_any_dtype(cells):
        text = cells.dt.strftime(field.format)
    elif pd.api.types.is_float_dtype(cells) and field.type == "integer":
        whole = cells.dropna().mod(1).eq(0).all()
        text = cells.astype("Int64").astype("str") if whole else cells.astype("str")
    else:
        text = cells.astype("str")
    written: pd.Series = text.where(cells.notna(), "").str.strip().reset_index(drop=True)
    return written


def _fault(value: str, field: Field) -> str:
    """Name what is the matter with a cell, or ``""``."""
    if not value:
        return "empty" if field.required else ""
    if field.is_date:
        return _date_fault(value, field)
    return _text_fault(value, field) if field.type == "string" else _number_fault(value, field)


def _text_fault(value: str, field: Field) -> str:
    if field.enum and value not in field.enum:
        alike = fold_key(value) in {fold_key(str(label)) for label in field.enum}
        return "other case" if alike else "not a label"
    if not field.pattern or re.fullmatch(field.pattern, value):
        return ""
    bare = value.removesuffix(".0")
    if _SHORTENED.fullmatch(value):
        return "lost digits"
    if bare.isdigit() and any(
        re.fullmatch(field.pattern, bare.zfill(len(bare) + zeros)) for zeros in range(1, 5)
    ):
        return "lost zeros"
    return "decimals" if re.fullmatch(field.pattern, bare) else "pattern"


def _number_fault(value: str, field: Field) -> str:
    try:
        number = float(value)
    except ValueError:
        if _HIDDEN.fullmatch(value):
            return "hidden count"
        return "number as text" if _DRESSED.fullmatch(value) else "not a number"
    if not math.isfinite(number):
        return "not a number"
    if field.type == "integer" and number != int(number):
        return "not whole"
    if field.minimum is not None and number < field.minimum:
        return "too low"
    if field.maximum is not None and number > field.maximum:
        return "too high"
    return "not a label" if field.enum and number not in field.enum else ""


def _date_fault(value: str, field: Field) -> str:
    layout = field.format or "%Y-%m-%d"
    try:
        # Python's reader takes 2026-1-5 for %Y-%m-%d; the layout asks for 2026-01-05.
        if datetime.strptime(value, layout).strftime(layout) == value:
            return ""
    except ValueError:
        pass
    return "not a date" if read_dates(pd.Series([value])).values.isna().all() else "other date"


def _nearest(value: str, field: Field) -> str:
    labels = [str(label) for label in field.enum]
    folded = {fold_key(label): label for label in labels}
    near = difflib.get_close_matches(fold_key(value), list(folded), n=1, cutoff=0.0)
    return f'"{folded[near[0]]}"' if near else ""
