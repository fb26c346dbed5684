"""The tables of a city as they are stored: read in the types of their contract."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pandas as pd

from playbook.city.contract import Field, TableContract
from playbook.errors import PlaybookError

# Why a value of a city's file is not there: somebody hid a small count to protect residents.
SUPPRESSED = "suppressed"


@dataclass(frozen=True)
class Own:
    """What is different in a table of a city's own, which may lack what is optional.

    Parameters
    ----------
    hidden
        Columns of counts in which the city's file hides small ones.
    hidden_as
        What a hidden count is taken for, so that totals stay near the truth. The report of the
        file and the lesson's card say so.
    """

    hidden: tuple[str, ...]
    hidden_as: int


def stamp(path: Path) -> tuple[int, int]:
    """Tell one state of a file from another."""
    status = path.stat()
    return status.st_size, status.st_mtime_ns


@lru_cache(maxsize=16)
def read_stored(
    path: Path,
    contract: TableContract,
    state: tuple[int, int],
    advice: str,
    own: Own | None = None,
) -> pd.DataFrame:
    """Read one table in the types of its contract.

    Parameters
    ----------
    path, contract
        The file, and what it must hold.
    state
        Of the file, as `stamp` tells it: a changed file is read again.
    advice
        What to do when the file can't be used.
    own
        For a table of a city's own. None for Port Alder, which lacks nothing.

    Raises
    ------
    PlaybookError
        When the file is no table, lacks a column, or a cell does not fit.
    """
    try:
        texts = pd.read_csv(
            path, dtype="str", keep_default_na=False, na_values=[""], encoding="utf-8-sig"
        )
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise PlaybookError(
            f"This file can't be read as a table: {error}.", fix=advice, where=path.name
        ) from None
    fields = [item for item in contract.fields if item.name in texts or not (own and item.optional)]
    missing = [item.name for item in fields if item.name not in texts.columns]
    if missing:
        raise PlaybookError(
            f"I can't find the column {missing[0]}. The columns there are: "
            f"{', '.join(texts.columns)}.",
            fix=advice,
            where=path.name,
        )
    columns = {}
    kinds = {}
    for item in fields:
        cells = texts[item.name]
        if own and item.required and item.name in own.hidden:
            cells = cells.fillna(str(own.hidden_as))
        column = _convert(cells, item)
        may_be_empty = own is not None and item.optional
        _require_readable(column, cells, item, path, advice, may_be_empty)
        columns[item.name] = column
        # A column of whole numbers with empty cells can't stay one.
        kinds[item.name] = (
            "float64" if item.dtype == "int64" and column.isna().any() else item.dtype
        )
    return pd.DataFrame(columns).astype(kinds)


def _convert(texts: pd.Series[str], item: Field) -> pd.Series:
    """Turn texts into what the column holds; what can't be read becomes missing."""
    if item.is_date:
        return pd.to_datetime(texts, format=item.format, errors="coerce")
    if item.type in ("integer", "number"):
        numbers = pd.to_numeric(texts, errors="coerce")
        return numbers.where(numbers % 1 == 0) if item.type == "integer" else numbers
    return texts


def _require_readable(
    column: pd.Series,
    texts: pd.Series[str],
    item: Field,
    path: Path,
    advice: str,
    may_be_empty: bool,
) -> None:
    """Name the first cell that does not fit the contract."""
    needed = (item.required or item.type == "integer") and not may_be_empty
    lost = column.isna() & (texts.notna() | needed)
    if not lost.any():
        return
    row = int(lost.to_numpy().argmax())
    cell = texts.iloc[row]
    seen = "an empty cell" if pd.isna(cell) else f'"{cell}"'
    wanted = {"integer": "a whole number", "number": "a number", "string": "a text"}
    date = f"a date like {pd.Timestamp(2025, 3, 31, 14, 5).strftime(item.format or '%Y-%m-%d')}"
    raise PlaybookError(
        f"The column {item.name} has {seen} in row {row + 2}, where {wanted.get(item.type, date)} "
        "goes.",
        fix=advice,
        where=path.name,
    )
