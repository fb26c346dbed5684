"""What a chart is given, checked in plain words before anything is drawn."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Sequence

import pandas as pd

from playbook.errors import PlaybookError
from playbook.show.style import SERIES
from playbook.show.words import Mark

NO_NAME = "not recorded"


def column(df: pd.DataFrame, name: str, argument: str) -> pd.Series:
    """Return a column, or say which columns there are and which one is nearest."""
    if name in df.columns:
        return df[name]
    there = [str(other) for other in df.columns]
    fix = f"The columns are: {', '.join(there)}."
    near = nearest(name, there)
    if near:
        fix += f' If you meant {near}, write {argument}="{near}".'
    raise PlaybookError(f"I can't find a column called {name}.", fix=fix)


def nearest(name: object, there: Iterable[str]) -> str:
    """Find the name most like the one given, whatever its capitals; empty when none is near."""
    plain = {other.lower(): other for other in there}
    found = difflib.get_close_matches(str(name).lower(), plain, n=1, cutoff=0.6)
    return plain[found[0]] if found else ""


def numbers(df: pd.DataFrame, name: str | None, argument: str) -> list[float]:
    """Return a column as floats, missing as NaN; all NaN when no column is named."""
    if name is None:
        return [math.nan] * len(df)
    values = column(df, name, argument)
    as_numbers = pd.to_numeric(values, errors="coerce")
    text = values[as_numbers.isna() & values.notna()]
    if len(text):
        raise PlaybookError(
            f'The column {name} has words where numbers go, such as "{text.iloc[0]}".',
            fix=f"Choose a column of numbers for {argument}, or turn these cells into numbers or "
            "leave them empty.",
        )
    return [math.nan if pd.isna(number) else float(number) for number in as_numbers]


def names(df: pd.DataFrame, name: str, argument: str) -> list[str]:
    """Return a column as names for readers."""
    return [
        NO_NAME if pd.isna(value) else " ".join(str(value).split())
        for value in column(df, name, argument)
    ]


def marks_of(
    df: pd.DataFrame,
    *,
    row: tuple[str, str],
    value: tuple[str, str],
    group: str | None = None,
    low: str | None = None,
    high: str | None = None,
) -> list[Mark]:
    """Turn a table into the marks to draw, in the table's order.

    `row` and `value` are a column and the argument that named it, for the message if it is
    missing. Rows, or pairs of row and group, may appear once.
    """
    if df.empty:
        raise PlaybookError(
            "There are no rows to draw.",
            fix="Look at the step that made this table. A filter may have left nothing.",
        )
    rows = names(df, *row)
    groups = names(df, group, "group") if group else [""] * len(df)
    seen: set[tuple[str, str]] = set()
    for pair in zip(rows, groups, strict=True):
        if pair in seen:
            name = ", ".join(part for part in pair if part)
            raise PlaybookError(
                f"{name} is in this table more than once.",
                fix="Work out one value for each name first, or name the column that tells the "
                "rows apart with group.",
            )
        seen.add(pair)
    lows = numbers(df, low, "low")
    return [
        Mark(*parts)
        for parts in zip(
            rows,
            groups,
            numbers(df, *value),
            # A range without a lower end is a range we don't know.
            [math.nan if math.isinf(end) else end for end in lows],
            numbers(df, high, "high"),
            strict=True,
        )
    ]


def checked_groups(marks: Sequence[Mark]) -> list[str]:
    """List the groups in order of appearance: no more than there are ways to tell them apart."""
    groups = list(dict.fromkeys(mark.group for mark in marks))
    if len(groups) > len(SERIES):
        raise PlaybookError(
            f"There are {len(groups)} groups. More than {len(SERIES)} in one chart can't be told "
            "apart.",
            fix="Keep the groups you want to compare, or use pb.small_multiples.",
        )
    return groups


def checked_highlight(highlight: str | Sequence[str] | None, there: Sequence[str]) -> set[str]:
    """List the rows to point out, each of which must be in the chart."""
    wanted = [highlight] if isinstance(highlight, str) else list(highlight or [])
    for name in wanted:
        if str(name) not in there:
            near = nearest(name, there)
            hint = f'If you meant {near}, write highlight="{near}".' if near else ""
            raise PlaybookError(
                f"I can't find {name} in this chart, so I can't highlight it.",
                fix=f"{hint} The rows begin with: {', '.join(list(there)[:5])}.".strip(),
            )
    return {str(name) for name in wanted}
