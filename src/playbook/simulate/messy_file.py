"""One file of the messy city, and how a table is written the way that city writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

Encoding = Literal["utf-8", "utf-8-sig", "cp1252", "utf-16"]
Tables = Mapping[str, pd.DataFrame]

# Counts from 1 to 10 leave the health agencies as this.
HIDDEN = "<11"
LEAST_SHOWN = 11


@dataclass(frozen=True)
class MessyFile:
    """One file of the messy city, and what the person who brings it decides.

    Parameters
    ----------
    name, content
        The file.
    table
        The lessons' table that it becomes; empty where its header tells.
    county
        County to keep; empty keeps all.
    columns
        The file's own name of a column by the lessons' name of it.
    labels
        The lessons' label by the city's own one, by the lessons' name of the column.
    leave_out
        Columns that must not be read.
    """

    name: str
    content: bytes
    table: str = ""
    county: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    leave_out: tuple[str, ...] = ()


def as_text(
    table: pd.DataFrame,
    *,
    comma: str = ",",
    encoding: Encoding = "utf-8",
    title: str = "",
    line: str = "\r\n",
) -> bytes:
    """Write a table as this city's systems do."""
    text = table.to_csv(index=False, sep=comma, lineterminator=line)
    return f"{title}{line if title else ''}{text}{line}".encode(encoding)


def as_here(table: pd.DataFrame, columns: Mapping[str, str]) -> pd.DataFrame:
    """Take columns, and give them the names that they have in this city."""
    return table[list(columns)].rename(columns=dict(columns))


def said_here(values: pd.Series, labels: Mapping[str, str]) -> pd.Series:
    """Say labels as this city does."""
    return values.replace(dict(labels))


def back(labels: Mapping[str, str]) -> dict[str, str]:
    """Give the lessons' label by this city's own."""
    return {theirs: ours for ours, theirs in labels.items()}


def hidden(counts: pd.Series) -> pd.Series:
    """Hide small counts as the health agencies do."""
    return counts.astype("str").mask(counts.between(1, LEAST_SHOWN - 1), HIDDEN)
