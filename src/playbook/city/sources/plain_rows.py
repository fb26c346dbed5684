"""Rows of a plain table: in the contract's layout, which are left out and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from playbook.city.contract import TableContract
from playbook.city.labels import fold_key, listed
from playbook.city.row_faults import is_total
from playbook.city.sources.plain_cells import SUPPRESSED, Column
from playbook.city.sources.plain_columns import FILLED_FROM, is_needed
from playbook.city.tables import City
from playbook.errors import PlaybookError

AREAS = ("neighborhood_id", "tract_geoid")
TOTAL, TWICE = "total of other rows", "the same row twice"


def in_contract_layout(read: Mapping[str, Column], contract: TableContract) -> pd.DataFrame:
    """Put the columns in the contract's order. Optional ones that the file lacks are not there."""
    rows = pd.DataFrame({name: column.values for name, column in read.items()})
    for (table, name), source in FILLED_FROM.items():
        if table == contract.name and name in rows:
            rows[name] = rows[name].where(rows[name].notna(), rows[source])
        elif table == contract.name:
            rows[name] = rows[source]
    for field in contract.fields:
        if field.name not in rows and not field.optional:
            kind = "Int64" if field.type == "integer" else field.dtype
            rows[field.name] = pd.Series([None] * len(rows), dtype=kind)
    return rows[[name for name in contract.names if name in rows]]


def reasons_to_leave_out(
    rows: pd.DataFrame,
    read: Mapping[str, Column],
    cells: Mapping[str, pd.Series],
    contract: TableContract,
    city: City,
) -> pd.Series:
    """Say for each row why it is left out; ``""`` where it is kept.

    Parameters
    ----------
    rows, read, cells
        The rows in the contract's layout, and the columns as read and as written.
    contract
        What the table must hold.
    city
        Its own name among the places is a total.
    """
    why = pd.Series("", index=rows.index, dtype="object")
    for name in (*contract.primary_key, *AREAS):
        if name in cells and not contract[name].pattern:
            total = _is_total(cells[name], set(contract[name].categories), city.name)
            why = why.mask(why.eq("") & total, TOTAL)
    for field in contract.fields:
        if not is_needed(field) or field.name not in read:
            continue
        reasons = read[field.name].reasons
        lost = why.eq("") & rows[field.name].isna()
        if field.type == "integer":
            # The row of a hidden count stays: that there is a small count is worth knowing.
            lost &= reasons.ne(SUPPRESSED)
        words = (field.name + " " + reasons.where(reasons.ne(""), "empty")).astype("object")
        why = why.mask(lost, words)
    same = why.eq("") & rows.where(why.eq("")).duplicated() & bool(contract.primary_key)
    return why.mask(same, TWICE)


def _is_total(cells: pd.Series, labels: set[str], city: str) -> pd.Series:
    """Which rows sum up others. A column of totals alone is no sum of its own rows."""
    own = {fold_key(label) for label in labels}
    totals = {
        text: fold_key(text) not in own and (is_total(text) or fold_key(text) == fold_key(city))
        for text in cells.unique()
    }
    found = cells.map(totals).astype(bool)
    filled = cells.str.strip().ne("")
    return found & bool((~found & filled).any())


def stop_for_contradictions(
    rows: pd.DataFrame, numbers: Sequence[int], contract: TableContract, name: str
) -> None:
    """Refuse rows that say two things of one and the same.

    Raises
    ------
    PlaybookError
        Naming the key and the first such row.
    """
    uniques = [[field.name] for field in contract.fields if field.unique]
    for key in [list(contract.primary_key), *uniques]:
        if not key or not set(key) <= set(rows):
            continue
        twice = rows.duplicated(subset=key) & rows[key].notna().all(axis=1)
        if twice.any():
            first = [number for number, again in zip(numbers, twice, strict=True) if again][:3]
            raise PlaybookError(
                f"{int(twice.sum()):,} rows of {name} repeat the {listed(key)} of an earlier row "
                f"with something else in it, first in row {first[0]}.",
                fix="If the file is split by something more, such as sex, add the rows up in a "
                "copy. If not, keep the right one of each.",
            )
