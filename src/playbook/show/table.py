"""A table for readers: aligned text, and HTML that a screen reader can walk through."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any, Protocol, runtime_checkable

import pandas as pd

from playbook.errors import PlaybookError
from playbook.estimate import Estimate, format_number
from playbook.insights.stand_in import STAND_IN
from playbook.show.words import TOO_FEW, label_of

_CELL = "padding:.3em .8em;vertical-align:top"
_HEAD = "padding:.3em .8em;vertical-align:bottom;border-bottom:1px solid #8a94a0"
NOT_RECORDED = "not recorded"
NOT_REACHED = "not reached"


@runtime_checkable
class _ForReaders(Protocol):
    """A table with hidden cells that knows how to show itself (see measures.suppression)."""

    def for_readers(self) -> pd.DataFrame: ...


@dataclass(frozen=True)
class Table:
    """A table as printed.

    Parameters
    ----------
    caption
        What the table shows, in one line.
    frame
        Text, one column a heading, as readers see it. The first column names the rows.
    numeric
        Headings of the columns that hold numbers; they are set flush right.
    note
        Why the numbers are about another city than the one that is open; mostly empty. The caption
        says it too.
    """

    caption: str
    frame: pd.DataFrame
    numeric: frozenset[str] = field(default=frozenset())
    note: str = ""

    def __str__(self) -> str:
        return f"{self.caption}\n{self.rows()}"

    __repr__ = __str__

    def rows(self) -> str:
        """Headings and rows as aligned plain text, without the caption."""
        columns = []
        for place, heading in enumerate(self.frame.columns):
            cells = [heading, *self.frame.iloc[:, place]]
            width = max(len(cell) for cell in cells)
            align = str.rjust if heading in self.numeric else str.ljust
            columns.append([align(cell, width) for cell in cells])
        return "\n".join("  ".join(line).rstrip() for line in zip(*columns, strict=True))

    def html(self) -> str:
        """Build an accessible table in a scroll region that the keyboard can reach."""
        caption = escape(self.caption)
        heads = "".join(
            f'<th scope="col" style="{_HEAD};text-align:{self._side(heading)}">'
            f"{escape(heading)}</th>"
            for heading in self.frame.columns
        )
        body = "".join(f"<tr>{self._cells(row)}</tr>" for row in self.frame.itertuples(index=False))
        return (
            f'<div class="pb-table" tabindex="0" role="region" aria-label="{caption}" '
            'style="overflow-x:auto;max-width:100%">'
            '<table style="border-collapse:collapse;table-layout:auto;width:auto;margin:0;'
            'text-align:right;font-size:1em;font-variant-numeric:tabular-nums">'
            '<caption style="caption-side:top;text-align:left;font-weight:600;padding:.3em 0">'
            f"{caption}</caption><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
        )

    def _cells(self, row: tuple[str, ...]) -> str:
        first = (
            f'<th scope="row" style="{_CELL};text-align:left;font-weight:400">{escape(row[0])}</th>'
        )
        return first + "".join(
            f'<td style="{_CELL};text-align:{self._side(heading)}">{escape(cell)}</td>'
            for heading, cell in zip(self.frame.columns[1:], row[1:], strict=True)
        )

    def _side(self, heading: str) -> str:
        return "right" if heading in self.numeric else "left"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/plain": str(self), "text/html": self.html()}


def table(
    df: pd.DataFrame | _ForReaders,
    caption: str,
    *,
    units: Mapping[str, str] | None = None,
    decimals: int | Mapping[str, int] | None = None,
) -> Table:
    """Show a table with a caption, headings in plain words and numbers that line up.

    Parameters
    ----------
    df
        The table, or a table with hidden small counts (what ``pb.suppress`` returns). An index
        with a name or with labels becomes the first column. It is not changed.
    caption
        What the table shows, in one line.
    units
        Unit of each column that has one: ``{"wait": "days"}``. It goes into the heading.
    decimals
        Digits after the point, for all columns or for each one. Without it whole numbers
        have none and other numbers have one.

    Returns
    -------
    Table
        Prints as aligned text; in a notebook it is an HTML table.

    Raises
    ------
    PlaybookError
        When there are no rows, no caption, or a unit is given for a column that is not there.

    Examples
    --------
    >>> waits = pd.DataFrame({
    ...     "district": ["Eastbank", "Foundry", "Midtown", "Highland"],
    ...     "requests": [12034, 8121, 7009, 3520],
    ...     "median_wait": [4.52, 5.1, float("nan"), 8.44],
    ... })
    >>> table(waits, "Waits by district, 2025", units={"median_wait": "days"})
    Waits by district, 2025
    District  Requests  Median wait (days)
    Eastbank    12,034                 4.5
    Foundry      8,121                 5.1
    Midtown      7,009     too few to tell
    Highland     3,520                 8.4
    """
    counts = isinstance(df, _ForReaders)
    frame = df.for_readers() if isinstance(df, _ForReaders) else df
    if not isinstance(frame.index, pd.RangeIndex):
        frame = frame.reset_index(names=None if any(frame.index.names) else "name")
    _check(frame, caption, units)
    texts: list[list[str]] = []
    headings: list[str] = []
    numeric: set[str] = set()
    for place, column in enumerate(frame.columns):
        values = frame.iloc[:, place]
        heading = label_of(str(column), (units or {}).get(str(column), ""))
        digits = decimals.get(str(column)) if isinstance(decimals, Mapping) else decimals
        headings.append(heading)
        measured = any(_is_number(value) and not pd.isna(value) for value in values) or bool(
            pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)
        )
        missing = TOO_FEW if measured else NOT_RECORDED
        texts.append([_cell_text(value, str(column), digits, missing) for value in values])
        if counts or (measured and all(_is_number(value) or pd.isna(value) for value in values)):
            numeric.add(heading)
    printed = pd.DataFrame(dict(enumerate(texts)), dtype="str")
    printed.columns = pd.Index(headings)
    note = str(frame.attrs.get(STAND_IN, ""))
    words = f"{caption}. {note}" if note else str(caption)
    return Table(words, printed, frozenset(numeric - {headings[0]}), note)


def _cell_text(value: Any, column: str, decimals: int | None, missing: str) -> str:
    """Write one cell for readers: dates without midnight, yes and no, years without a comma."""
    if isinstance(value, Estimate):
        return str(value)
    if isinstance(value, float) and math.isinf(value):
        return NOT_REACHED
    if pd.isna(value):
        return missing
    if pd.api.types.is_bool(value):
        return "yes" if value else "no"
    if _is_number(value):
        if column.lower().replace("_", " ").split()[-1:] == ["year"]:
            return str(int(value))
        default = 0 if pd.api.types.is_integer(value) else 1
        return format_number(float(value), default if decimals is None else decimals)
    if isinstance(value, pd.Timestamp):
        return value.strftime("%Y-%m-%d" if value == value.normalize() else "%Y-%m-%d %H:%M")
    return " ".join(str(value).split())


def _is_number(value: Any) -> bool:
    return bool(pd.api.types.is_number(value)) and not pd.api.types.is_bool(value)


def _check(frame: pd.DataFrame, caption: str, units: Mapping[str, str] | None) -> None:
    if not str(caption).strip():
        raise PlaybookError(
            "This table has no caption, so nobody can tell what it shows.",
            fix='Add one line, such as pb.table(df, "Waits by district, 2025").',
        )
    if frame.empty:
        raise PlaybookError(
            "There are no rows to show in this table.",
            fix="Look at the step that made the table. A filter may have left nothing.",
        )
    missing = [name for name in (units or {}) if name not in frame.columns]
    if missing:
        names = ", ".join(str(name) for name in frame.columns)
        raise PlaybookError(
            f"I can't find a column called {missing[0]} to give a unit to.",
            fix=f"Use one of the columns there are: {names}. Or leave units out.",
        )
