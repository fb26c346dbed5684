"""Check a table against its contract, and say in plain words what to mend."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

import numpy as np
import pandas as pd

from playbook.city.cell_faults import FAULTS, HIDDEN, as_text, fault_of, nearest_label
from playbook.city.column_faults import about_columns
from playbook.city.contract import Field, TableContract
from playbook.city.dates import is_written
from playbook.city.labels import clean, fold, fold_key, listed
from playbook.city.report import Finding, Report
from playbook.city.row_faults import about_rows, about_swap, swapped_with_year

__all__ = ["Finding", "Report", "check_against"]

Labels = Mapping[str, Mapping[str, str]]
_LONGEST_EXAMPLE = 40


def check_against(
    df: pd.DataFrame,
    contract: TableContract,
    *,
    labels: Labels | None = None,
    row_numbers: Sequence[int] | None = None,
    may_be_empty: Collection[str] = (),
) -> Report:
    """Compare a table with its contract.

    Parameters
    ----------
    df
        The table, as read (all text) or with its types. It is not changed.
    contract
        What the table must hold.
    labels
        The contract's label by the city's own one, by column.
    row_numbers
        Row of each in its file, as a spreadsheet counts them. Left out, the header is row 1.
    may_be_empty
        Columns in which the city's file hides small counts.

    Returns
    -------
    Report
        ``level`` is ``"stop"`` when a lesson can't use the table.

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
    >>> for finding in check_against(table, contract).findings:
    ...     print(finding)
    1 of 4 rows repeat a value of request_id that may stand once only, such as "2". Row 4.
    1 of 4 rows are dates written another way in opened_at, such as "3/2/2025". Row 4.
    Labels in request_type come in spellings that differ only by capital letters or spaces,
    such as "Pothole" and "pothole".
    """
    numbers = np.arange(2, len(df) + 2) if row_numbers is None else np.array(row_numbers)
    findings = [*about_columns(df, contract)]
    # Of two columns with one name the first is looked at.
    columns = {
        field.name: as_text(df.iloc[:, list(df.columns).index(field.name)], field)
        for field in contract.fields
        if field.name in df.columns
    }
    for name, theirs in (labels or {}).items():
        if name in columns:
            columns[name], said = _with_labels(columns[name], theirs, name)
            findings += said
    swapped = swapped_with_year(columns, contract)
    findings += [about_swap(swapped)] if swapped else []
    for name, cells in columns.items():
        if name not in swapped:
            empty_is_fine = name in may_be_empty
            findings += _about_cells(cells, contract[name], numbers, empty_is_fine=empty_is_fine)
    findings += about_rows(columns, contract, numbers)
    findings += _about_key(columns, contract, numbers)
    if not findings:
        findings = [
            Finding("fine", "Nothing to mend: every cell fits the data card of this table.")
        ]
    present = {name: name for name in contract.names if name in df.columns}
    return Report(contract.name, len(df), len(df), tuple(findings), {}, present)


def _with_labels(
    cells: pd.Series, theirs: Mapping[str, str], name: str
) -> tuple[pd.Series, list[Finding]]:
    """Read the city's own labels as the lessons' ones, and say how many."""
    known = {fold_key(label): ours for label, ours in theirs.items()}
    read = cells.map(lambda label: known.get(fold_key(label), label))
    changed = read.ne(cells)
    if not changed.any():
        return read, []
    pairs = dict.fromkeys(zip(cells[changed], read[changed], strict=True))
    said = listed(f'"{label}" as {ours}' for label, ours in pairs)
    rows = f"{changed.sum():,} row{'' if changed.sum() == 1 else 's'}"
    what = f"I read your own labels in {rows} of {name}: {said}."
    return read, [Finding("fine", what, count=int(changed.sum()), column=name)]


def _about_cells(
    cells: pd.Series, field: Field, numbers: np.ndarray, *, empty_is_fine: bool
) -> Iterator[Finding]:
    values = pd.Series(cells.unique(), dtype="str")
    if field.is_date:
        # Nearly all of 100,000 dates are sound; one look at all of them at once says so.
        values = values[~is_written(values, field.format or "%Y-%m-%d")]
    faults = {value: fault for value in values if (fault := fault_of(value, field))}
    if empty_is_fine:
        faults.pop("", None)
    found = np.array([faults.get(value, "") for value in cells.to_numpy()], dtype=object)
    if field.unique:
        again = cells.ne("") & cells.duplicated()
        found[(found == "") & again.to_numpy()] = "repeated"
    for fault in FAULTS:
        at = np.flatnonzero(found == fault)
        if len(at):
            yield _finding(fault, cells, at, field, numbers)
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
                column=field.name,
            )


def _finding(
    fault: str, cells: pd.Series, at: np.ndarray, field: Field, numbers: np.ndarray
) -> Finding:
    what, fix = FAULTS[fault]
    example = clean(str(cells.iloc[at[0]]))
    short = example if len(example) <= _LONGEST_EXAMPLE else f"{example[:_LONGEST_EXAMPLE]}…"
    words = {
        "column": field.name,
        "example": f'"{short}"',
        "bare": short,
        "nearest": nearest_label(example, field),
        "low": field.minimum,
        "high": field.maximum,
        "layout": datetime(2026, 1, 15, 13, 5).strftime(field.format or "%Y-%m-%d"),
    }
    return Finding(
        "look" if fault == HIDDEN else "stop",
        f"{len(at):,} of {len(cells):,} rows {what.format(**words)}.",
        fix.format(**words),
        tuple(numbers[at]),
        len(at),
        field.name,
    )


def _about_key(
    columns: Mapping[str, pd.Series], contract: TableContract, numbers: np.ndarray
) -> Iterator[Finding]:
    key = list(contract.primary_key)
    if not key or not set(key) <= set(columns):
        return
    cells = pd.DataFrame({name: columns[name] for name in key})
    at = np.flatnonzero(cells.duplicated() & (cells != "").all(axis=1))
    unique_anyway = len(key) == 1 and contract[key[0]].unique
    if len(at) and not unique_anyway:
        yield Finding(
            "stop",
            f"{len(at):,} of {len(cells):,} rows repeat the {listed(key)} of an earlier row.",
            "Keep one of each, or ask whoever sent the file which is right.",
            tuple(numbers[at]),
            len(at),
        )
