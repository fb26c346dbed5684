"""Check a file of one's own before it is brought, whatever layout it has."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd

from playbook.city.check import Labels, check_against
from playbook.city.check_words import TableCheck
from playbook.city.contract import TableContract, load_contract
from playbook.city.labels import clean, listed, squash
from playbook.city.readers import PLAIN, read_files, source_of
from playbook.city.report import Finding, Report
from playbook.city.sources.source import Choices
from playbook.city.tables import nowhere
from playbook.city.text_files import TextTable, read_file, read_table
from playbook.errors import PlaybookError
from playbook.home import data_folder


def check_table(
    file: str | Path | pd.DataFrame, table: str, *, labels: Labels | None = None
) -> TableCheck:
    """Check a table of your own before you bring it: what is wrong, where, and what to do.

    Nothing is changed and nothing is stored.

    Parameters
    ----------
    file
        A public file as it was downloaded, a file (CSV or Excel) whose columns have the lessons'
        names, or a DataFrame with these names.
    table
        The lessons' table that it shall be, such as ``"deaths"``.
    labels
        The lessons' label by the city's own one, by column: ``{"age_group": {"0": "Under 1"}}``.

    Returns
    -------
    TableCheck
        Prints as at most ten findings, grouped by column; `TableCheck.every` prints them all. Its
        `report` has them as data.

    Raises
    ------
    PlaybookError
        When there is no such table, or the file can't be read.

    Examples
    --------
    >>> table = pd.DataFrame({
    ...     "neighborhood_id": ["29510101100", "29510101200", "29510101300", "Total"],
    ...     "life_expectancy": ["76.1", "71,9", "81.0", "76.0"],
    ...     "standard_error": ["1.2", "1.4", "1.3", "0.2"],
    ...     "table_kind": ["observed", "observed", "observed", ""],
    ... })
    >>> check_table(table, "life_expectancy")
    life_expectancy: 4 rows checked, 2 things to mend.
    <BLANKLINE>
    neighborhood_id
    * 1 of 4 rows sum up others: neighborhood_id is "Total". Row 5.
      What to do: Take these rows out in a copy. Everybody in them would be counted twice.
    <BLANKLINE>
    life_expectancy
    * 1 of 4 rows hold a number dressed as text in life_expectancy, such as "71,9". Row 3.
      What to do: Take out commas, currency and percent signs, or format the column as a
      number.
    """
    contracts = load_contract(data_folder())
    if table not in contracts:
        near = difflib.get_close_matches(table, list(contracts), n=3, cutoff=0.4)
        raise PlaybookError(
            f'I don\'t know a table called "{clean(table)[:40]}".',
            fix=f"Use one of these: {listed(near or list(contracts), most=12)}.",
        )
    contract = contracts[table]
    if isinstance(file, pd.DataFrame):
        return TableCheck(check_against(file, contract, labels=labels))
    path = Path(file)
    content = read_file(path)
    source = source_of(path.name, content)
    if source is None or source is PLAIN:
        return _check_plain(path.name, content, contract, labels)
    (reading,) = read_files([(path.name, content)], nowhere(), Choices(labels=labels or {}))
    report = reading.report
    if table not in reading.tables:
        finding = Finding(
            "stop",
            f"{path.name} brings {listed(reading.tables)}, not {table}.",
            f'Check it as that: check_table(file, "{next(iter(reading.tables))}").',
        )
        report = replace(report, findings=(finding, *report.findings))
    return TableCheck(report)


def _check_plain(
    name: str, content: bytes, contract: TableContract, labels: Labels | None
) -> TableCheck:
    """Check a file whose columns have the lessons' names."""
    names = {squash(column) for column in contract.names}
    read = read_table(content, name, lambda row: sum(squash(cell) in names for cell in row))
    rows = pd.DataFrame(read.rows, columns=list(read.header), dtype="str")
    found = check_against(rows, contract, labels=labels, row_numbers=read.row_numbers)
    findings = (*found.findings, *_about_file(read))
    return TableCheck(Report(name, len(rows), len(rows), findings, {}, found.columns_used))


def _about_file(read: TextTable) -> Iterator[Finding]:
    """Say which rows of a file could not be cut into cells, and how the file was read."""
    yield from read.findings
    for rows, what, fix in (
        (
            read.misfits,
            "rows have more or fewer cells than the header. I did not check them",
            "Look at these rows, and correct them.",
        ),
        (
            read.swallowed,
            "cells hold whole rows. A stray quote mark does that",
            "Look for the quote mark there, and take it out.",
        ),
    ):
        if rows:
            yield Finding("stop", f"{len(rows):,} {what}.", fix, tuple(rows[:5]), len(rows))
    if read.odd_characters:
        what = f"{read.odd_characters:,} characters can't be read, and show as a question mark."
        yield Finding("look", what, "Save the file as CSV UTF-8.")
    yield Finding("fine", f"The file is {read.encoding} text, split by {read.separator}.")
