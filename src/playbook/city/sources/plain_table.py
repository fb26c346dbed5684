"""Read any table that the lessons know from a plain file: their names of columns, or a map."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from playbook.city import identifying
from playbook.city.dates import read_dates
from playbook.city.labels import squash
from playbook.city.report import LEFT_OUT, Report
from playbook.city.sources.plain_cells import Column, read_column
from playbook.city.sources.plain_columns import (
    READ_BY_MEANING,
    ColumnMap,
    is_plain_table,
    known_names,
    map_columns,
)
from playbook.city.sources.plain_findings import about_columns, about_rows, about_values
from playbook.city.sources.plain_rows import (
    AREAS,
    in_contract_layout,
    reasons_to_leave_out,
    stop_for_contradictions,
)
from playbook.city.sources.source import Choices, File, Reading, Source, reading
from playbook.city.tables import City
from playbook.city.text_files import TextTable, read_table
from playbook.errors import PlaybookError

# Written by staff about their own work, so long texts are what these tables are for.
_STAFF_TEXTS = frozenset({
    "assets", "certification_worksheet", "commitments", "funding_sources", "impact_reviews",
    "plan_strategies", "policy_options",
})  # fmt: skip
_NO_FIT = "wrong number of cells"
_BLOCK = re.compile(r"(\d{11})\d{1,4}")


def is_asked_for(choices: Choices) -> bool:
    """Tell whether somebody named a table that this reader makes, or that nobody may bring.

    Examples
    --------
    >>> is_asked_for(Choices(table="deaths")), is_asked_for(Choices(table="requests_311"))
    (True, False)
    """
    return bool(choices.table) and choices.table not in READ_BY_MEANING


def read_plain(
    content: bytes, name: str, city: City, choices: Choices | None = None
) -> tuple[str, pd.DataFrame, pd.DataFrame, Report]:
    r"""Read one of the lessons' tables from a plain file.

    Parameters
    ----------
    content, name
        The file.
    city
        The city that it is for.
    choices
        Which table it is, which column is which, what to leave out, labels of the city's own.

    Returns
    -------
    table : str
        Name of the table.
    rows : pandas.DataFrame
        In the layout of the contract, without optional columns that the file does not have. A
        hidden count is an empty cell.
    reasons : pandas.DataFrame
        ``row``, ``column``, ``reason`` of each value that could not be used.
    report : Report
        Rows read, kept, and left out by reason; they add up.

    Raises
    ------
    PlaybookError
        When the table or a column can't be told, a column may identify residents, rows contradict
        each other, or no row could be kept.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> text = b"tract,year,condition,visits,population\n29510990100,2021,Asthma,<11,\"1,900\"\n"
    >>> text += b"29510990200,2021,asthma,23,2100\n29510990200,2022,Asthma,31,2100\n"
    >>> table, rows, reasons, report = read_plain(text, "visits.csv", load_city())
    >>> table, rows["visits"].tolist(), reasons["reason"].tolist()
    ('avoidable_hospital', [<NA>, 23, 31], ['suppressed'])
    """
    chosen = choices or Choices()
    table = read_table(content, name, lambda cells: _known(cells, chosen))
    mapping = map_columns(table.header, chosen, name)
    contract = mapping.contract
    _stop_for_identifying(table, mapping, chosen)
    numbers = pd.Series(table.row_numbers, dtype="int64")
    cells = {
        ours: _coarsened(pd.Series([row[at] for row in table.rows], dtype="str"), at, table, chosen)
        for ours, at in mapping.columns.items()
    }
    fields = {field.name: field for field in contract.fields}
    read = {
        ours: read_column(texts, fields[ours], chosen.labels.get(ours, {}), areas=ours in AREAS)
        for ours, texts in cells.items()
    }
    rows = in_contract_layout(read, contract)
    why = reasons_to_leave_out(rows, read, cells, contract, city)
    kept = why.eq("")
    if not kept.any():
        raise _nothing_kept(name, table, why)
    rows = rows[kept].reset_index(drop=True)
    stop_for_contradictions(rows, numbers[kept].tolist(), contract, name)
    report = Report(
        source=name,
        rows_read=len(table.rows) + len(table.misfits),
        rows_kept=len(rows),
        findings=(
            *about_rows(why, numbers, table),
            *about_values(cells, read, fields, numbers),
            *about_columns(table, mapping, chosen),
        ),
        counts=_counts(why, read, table),
        columns_used=mapping.names(),
    )
    return contract.name, rows, _not_used(read, numbers), report


def _known(cells: Sequence[str], choices: Choices) -> int:
    theirs = {squash(column) for column in choices.columns.values()}
    return known_names(cells) + sum(squash(cell) in theirs for cell in cells)


def _stop_for_identifying(table: TextTable, mapping: ColumnMap, choices: Choices) -> None:
    """Stop at columns about persons and exact places that nobody left out or made coarser."""
    spared = {squash(column) for column in (*choices.leave_out, *choices.coarsen)}
    used = {at: ours for ours, at in mapping.columns.items()}
    sample = table.rows[:: max(1, len(table.rows) // identifying.SAMPLE)]
    stopped = []
    for at, column in enumerate(table.header):
        if squash(column) in spared:
            continue
        own_name = squash(used.get(at, "")) == squash(column)
        cells = [row[at] for row in sample]
        found = None if own_name else identifying.by_header(column)
        found = found or identifying.by_values(column, cells)
        if found and found.about == "free text":
            if at in used and found.by == "values" and mapping.contract.name not in _STAFF_TEXTS:
                raise PlaybookError(
                    f"{column}, which you use for {used[at]}, reads like free text. Free text may "
                    "identify residents. Nothing was saved.",
                    fix=f"Add the file with another column for {used[at]}: a short label.",
                )
        elif found:
            stopped.append(found)
    if stopped:
        raise identifying.stop_to_choose(stopped)


def _coarsened(cells: pd.Series, at: int, table: TextTable, choices: Choices) -> pd.Series:
    ways = {squash(column): how for column, how in choices.coarsen.items()}
    how = ways.get(squash(table.header[at]), "")
    if how == "tract":
        return cells.map(lambda cell: _BLOCK.sub(r"\1", cell.strip())).astype("str")
    if how == "month":
        months = read_dates(cells).values.dt.strftime("%Y-%m")
        return pd.Series(months.fillna(""), dtype="str")
    if how:
        raise PlaybookError(
            f'I can\'t make {table.header[at]} coarser by "{how}".',
            fix="Write month for a date, or tract for a census block. Or leave the column out.",
        )
    return cells


def _counts(why: pd.Series, read: Mapping[str, Column], table: TextTable) -> dict[str, int]:
    counts = {
        f"{name}: {reason}": int(count)
        for name, column in read.items()
        for reason, count in column.reasons[column.reasons.ne("")].value_counts().items()
    }
    for reason, count in why[why.ne("")].value_counts().items():
        counts[f"{LEFT_OUT}{reason}"] = int(count)
    if table.misfits:
        counts[f"{LEFT_OUT}{_NO_FIT}"] = len(table.misfits)
    return counts


def _not_used(read: Mapping[str, Column], numbers: pd.Series) -> pd.DataFrame:
    parts = [
        pd.DataFrame({"row": numbers[lost], "column": name, "reason": column.reasons[lost]})
        for name, column in read.items()
        if (lost := column.reasons.ne("")).any()
    ]
    if not parts:
        return pd.DataFrame(columns=["row", "column", "reason"])
    return pd.concat(parts).sort_values(["row", "column"]).reset_index(drop=True)


def _nothing_kept(name: str, table: TextTable, why: pd.Series) -> PlaybookError:
    if len(why):
        most, count = str(why.value_counts().index[0]), int(why.value_counts().iloc[0])
    else:
        most, count = _NO_FIT, len(table.misfits)
    return PlaybookError(
        f"I read {len(table.rows) + len(table.misfits):,} rows of {name} and could keep none. "
        f"The most frequent reason: {most} ({count:,}). Nothing was saved.",
        fix="Look at the first rows of the file, correct what they share, and add it again. "
        "Or ask whoever sent it for a new export.",
    )


def _read(files: Sequence[File], city: City, choices: Choices) -> Reading:
    ((name, content),) = files
    table, rows, reasons, report = read_plain(content, name, city, choices)
    return reading({table: rows}, report, content, reasons={table: reasons})


SOURCE = Source(
    "plain tables with the lessons' own columns, such as deaths or indicators",
    is_plain_table,
    known_names,
    _read,
    apart=True,
)
