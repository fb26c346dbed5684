"""What charts have in common: how values are written, how to read them, the table behind them."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from playbook.errors import PlaybookError
from playbook.show import inputs, layout
from playbook.show.scale import Look, Scale
from playbook.show.style import DENSE_SIZE, SERIES
from playbook.show.table import Table
from playbook.show.words import Mark, label_of, range_words, value_words

_MOST_ROWS = 80


def look_for(
    marks: Sequence[Mark], decimals: int, unit: str, highlight: str | Sequence[str] | None
) -> Look:
    """Choose how values are written: in a long chart only highlights and ends are labelled."""
    rows = layout.rows_of(marks)
    if len(rows) > _MOST_ROWS:
        raise PlaybookError(
            f"There are {len(rows)} rows. More than {_MOST_ROWS} can't be read in one chart.",
            fix="Show the highest and the lowest ones, or group the rows first.",
        )
    chosen = frozenset(inputs.checked_highlight(highlight, rows))
    if len(rows) <= layout.FEW_ROWS:
        return Look(decimals, unit, chosen)
    known = layout.rows_of([mark for mark in marks if mark.known]) or rows
    return Look(decimals, unit, chosen, chosen | {known[0], known[-1]}, DENSE_SIZE)


def reading(marks: Sequence[Mark], scale: Scale, groups: Sequence[str]) -> list[str]:
    """Tell how to read dots, in the sentences that this chart needs."""
    ranged = any(not math.isnan(end) for mark in marks for end in (mark.low, mark.high))
    said = ["Dots are values, lines are their ranges." if ranged else "Dots are values."]
    if len(groups) > 1:
        shapes = (f"{name}: {series.shape}" for name, series in zip(groups, SERIES, strict=False))
        said.append(f"{'; '.join(shapes)}.")
    if any(math.isinf(end) for mark in marks for end in (mark.value, mark.high)):
        said.append("An arrow marks a range without a known end.")
    if not scale.from_zero:
        said.append("The scale does not start at zero.")
    return said


def numbers_behind(
    finding: str,
    headings: tuple[str, str],
    marks: Sequence[Mark],
    decimals: int,
    *,
    group: str | None = None,
    ranged: bool = False,
) -> Table:
    """Put the numbers behind a chart into a table, as printed."""
    columns = {headings[0]: [mark.row for mark in marks]}
    if group:
        columns[label_of(group)] = [mark.group for mark in marks]
    columns[headings[1]] = [value_words(mark, decimals) for mark in marks]
    if ranged:
        columns["Range"] = [range_words(mark, decimals) for mark in marks]
    numeric = frozenset(columns) - {headings[0], label_of(group or "")}
    return Table(finding, pd.DataFrame(columns, dtype="str"), numeric)


def sentences(*parts: str) -> str:
    """Join sentences, leaving out empty ones."""
    return " ".join(part.strip() for part in parts if part.strip())
