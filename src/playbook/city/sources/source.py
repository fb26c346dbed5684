"""What a reader of one kind of file is, what it is told, and what it brings."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from playbook.city.report import Finding, Report
from playbook.city.tables import City

File = tuple[str, bytes]


@dataclass(frozen=True)
class Choices:
    """What the person who brings a file has decided about it.

    Parameters
    ----------
    county
        Code of the county to keep, for files that cover a state: three digits, or five with the
        state's. Empty keeps every county.
    table
        The lessons' table that a plain table shall become; empty where the header tells.
    columns
        The file's own name of a column, by the lessons' name of it.
    leave_out
        Columns of the file that are not read at all.
    coarsen
        Columns that may identify residents, each with what is kept of it: ``"month"`` of a date,
        ``"tract"`` of a census block.
    labels
        The lessons' label by the city's own one, by the lessons' name of the column.
    """

    county: str = ""
    table: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    leave_out: tuple[str, ...] = ()
    coarsen: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """What one kind of file brought.

    Parameters
    ----------
    tables
        Rows to store, by table name.
    report
        What was read and kept. Its ``tables`` are those names.
    sha256
        Of the file; empty for files of which no trace is kept.
    reasons
        Values that could not be used, by table: ``row`` of the file as a spreadsheet counts them,
        ``column``, ``reason`` (such as ``"suppressed"`` or ``"not applicable"``).
    tracts
        Which of the city's own neighborhoods each census tract belongs to, where the file says so.
    """

    tables: Mapping[str, pd.DataFrame]
    report: Report
    sha256: str = ""
    reasons: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    tracts: pd.DataFrame | None = None


@dataclass(frozen=True)
class Source:
    """One kind of file that cities have.

    Parameters
    ----------
    what
        What it holds, for a sentence that begins "Today I read".
    is_one
        Tells from the names of the columns whether a file is of this kind.
    known_names
        Says how many names of a row it knows: the row with the most is the header of a file.
    read
        Reads files of this kind for a city.
    joins
        Whether several files make one table.
    by_county
        Whether a county can be chosen.
    apart
        Whether each file of this kind is a table of its own.
    """

    what: str
    is_one: Callable[[Sequence[str]], bool]
    known_names: Callable[[Sequence[str]], int]
    read: Callable[[Sequence[File], City, Choices], Reading]
    joins: bool = False
    by_county: bool = False
    apart: bool = False


def made_along_with(city: City, table: str, other: str) -> bool:
    """Tell whether a city's table was made from the file that brought another one."""
    note = city.folder / f"{table}.json"
    if table in city.in_memory or table not in city or not note.is_file():
        return False
    stored = json.loads(note.read_text(encoding="utf-8"))
    return other in stored["report"]["tables"]


def reading(
    tables: Mapping[str, pd.DataFrame],
    report: Report,
    content: bytes,
    more: Sequence[Finding] = (),
    reasons: Mapping[str, pd.DataFrame] | None = None,
) -> Reading:
    """Put together what one file brought, with further findings about it."""
    report = replace(report, findings=(*report.findings, *more), tables=tuple(tables))
    return Reading(tables, report, hashlib.sha256(content).hexdigest(), reasons or {})
