"""Read counts of homeless services by provider, quarter and where people went."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from playbook.city import identifying
from playbook.city.labels import clean, fold, fold_key, squash
from playbook.city.report import LEFT_OUT, Finding, Report
from playbook.city.sources.plain_cells import SUPPRESSED, UNKNOWN_LABEL, read_column
from playbook.city.sources.source import Choices, File, Reading, Source, reading
from playbook.city.tables import City
from playbook.city.text_files import TextTable, read_table
from playbook.errors import PlaybookError

# A column's meaning by its names; the first is the template's.
_NAMES = {
    "provider": ("provider", "provider name", "provider id", "agency", "organization", "program"),
    "quarter": ("quarter", "reporting quarter", "period", "year and quarter"),
    "group": ("destination group", "destination", "exit destination", "exited to", "where to"),
    "people": ("people", "persons", "count", "exits", "people exited", "households", "number"),
}
# The figure that a group of destinations is in the lessons. Words of it, in small letters.
_FIGURES = {
    "People who came in": ("came in", "people who came in", "entries", "entered", "enrolled"),
    "Moves to permanent housing": ("permanent", "permanent housing", "housed"),
    "Moves to temporary housing": ("temporary", "temporary housing", "transitional housing"),
    "Exits to a homeless situation": ("homeless", "homeless situation", "homeless situations"),
    "Exits to an institution": ("institution", "institutional", "institutional situation"),
    "Exits elsewhere or unknown": ("other or unknown", "other", "unknown", "other and unknown"),
}  # fmt: skip
_SMALL = range(1, 11)
_GROUP, _QUARTER, _PROVIDER = "destination group not known", "no quarter", "no provider"
_COUNT, _TOTAL, _TWICE, _NO_FIT = (
    "no count that I can read",
    "total of other rows",
    "the same row twice",
    "wrong number of cells",
)
_TOTALS = ("total", "totals", "all", "grand total", "all destinations", "all exits")


def is_homeless_counts(header: Sequence[str]) -> bool:
    """Tell whether a header has a provider, a quarter, a group of destinations and a count.

    Examples
    --------
    >>> is_homeless_counts(["Provider", "Quarter", "Destination group", "People"])
    True
    >>> is_homeless_counts(["PersonalID", "ExitDate", "Destination"])
    False
    """
    return len(_columns(header)) == len(_NAMES)


def known_names(cells: Sequence[str]) -> int:
    """Count the meanings that a row of cells names."""
    return len(_columns(cells))


def _columns(header: Sequence[str]) -> dict[str, int]:
    """Position by meaning; a column may have one meaning only."""
    squashed = [squash(cell) for cell in header]
    found = {}
    for role, names in _NAMES.items():
        at = [squashed.index(squash(name)) for name in names if squash(name) in squashed]
        if at:
            found[role] = at[0]
    return found


def read_homeless_counts(
    content: bytes, name: str, city: City, choices: Choices | None = None
) -> Reading:
    r"""Read counts of people by provider, quarter and group of destinations.

    Parameters
    ----------
    content, name
        The file, in the layout of the template `homeless_services`.
    city
        The city that it is for.
    choices
        Labels of the city's own for the column ``destination_group``.

    Returns
    -------
    Reading
        Table `contract_quarters`: one figure a provider, quarter and group. A hidden count is an
        empty cell with its reason.

    Raises
    ------
    PlaybookError
        When a column is missing or about persons, rows contradict each other, or none is kept.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> text = b"provider,quarter,destination_group,people\nShelter A,2025-Q1,Permanent,31\n"
    >>> text += b"Shelter A,2025-Q1,Institution,<11\n"
    >>> brought = read_homeless_counts(text, "exits.csv", load_city())
    >>> brought.tables["contract_quarters"][["metric", "value"]]
                           metric  value
    0  Moves to permanent housing     31
    1     Exits to an institution   <NA>
    """
    table = read_table(content, name, known_names)
    identifying.stop_for_people(table.header)
    columns = _columns(table.header)
    if len(columns) < len(_NAMES):
        missing = next(role for role in _NAMES if role not in columns)
        raise PlaybookError(
            f"{name} has no column for the {missing}.",
            fix="playbook city template homeless_services prints the layout to fill in.",
        )
    cells = {
        role: pd.Series([row[at] for row in table.rows], dtype="str")
        for role, at in columns.items()
    }
    found = identifying.by_values(table.header[columns["provider"]], cells["provider"].tolist())
    if found:
        raise identifying.stop_message([table.header[columns["provider"]]])
    rows, why, reasons = _rows(cells, city, choices or Choices())
    same = why.eq("") & rows.where(why.eq("")).duplicated()
    why = why.mask(same, _TWICE)
    kept = rows[why.eq("")].reset_index(drop=True)
    numbers = pd.Series(table.row_numbers, dtype="int64")
    if not len(kept):
        raise PlaybookError(
            f"I read {len(why) + len(table.misfits):,} rows of {name} and could keep none. "
            f"The most frequent reason: {why.mode()[0] if len(why) else _NO_FIT}.",
            fix="Compare it with playbook city template homeless_services.",
        )
    _stop_for_contradictions(kept, numbers[why.eq("")].tolist(), name)
    reasons = reasons.assign(row=numbers[reasons["row"]].to_numpy())
    left_out = {reason: int(n) for reason, n in why[why.ne("")].value_counts().items()}
    if table.misfits:
        left_out[_NO_FIT] = len(table.misfits)
    report = Report(
        source=name,
        rows_read=len(why) + len(table.misfits),
        rows_kept=len(kept),
        findings=tuple(_findings(table, columns, kept, why, reasons)),
        counts={
            "hidden counts": int(kept["value"].isna().sum()),
            **{f"{LEFT_OUT}{reason}": count for reason, count in left_out.items()},
        },
        columns_used={role: table.header[at] for role, at in columns.items()},
    )
    unused = {"contract_quarters": reasons} if len(reasons) else {}
    return reading({"contract_quarters": kept}, report, content, reasons=unused)


def _stop_for_contradictions(kept: pd.DataFrame, numbers: Sequence[int], name: str) -> None:
    again = kept.duplicated(subset=["provider_id", "quarter", "metric"])
    if again.any():
        raise PlaybookError(
            f"{int(again.sum()):,} rows of {name} repeat provider, quarter and group with another "
            f"count, first in row {numbers[int(again.to_numpy().argmax())]}.",
            fix="If the file is split by something more, add the rows up in a copy. If not, keep "
            "the right one of each.",
        )


def _rows(
    cells: dict[str, pd.Series], city: City, choices: Choices
) -> tuple[pd.DataFrame, pd.Series, pd.DataFrame]:
    """Every row as a figure, why it is left out, and the values that can't be used."""
    contract = city.contract["contract_quarters"]
    labels = {
        fold_key(theirs): ours
        for column in ("destination_group", "destination", "metric")
        for theirs, ours in choices.labels.get(column, {}).items()
    }
    figure_of = {word: figure for figure, words in _FIGURES.items() for word in words}
    figure_of |= {fold_key(figure): figure for figure in _FIGURES}
    groups = cells["group"].map(fold_key)
    groups = groups.map(lambda group: fold_key(labels.get(str(group), str(group))))
    metrics = groups.map(lambda group: figure_of.get(group, "")).astype("str")
    quarters = read_column(cells["quarter"], contract["quarter"], {})
    counts = read_column(cells["people"], contract["value"], {})
    rows = pd.DataFrame(
        {
            "provider_id": fold(cells["provider"]).values,
            "quarter": quarters.values.fillna(""),
            "metric": metrics,
            "value": counts.values,
            "target": pd.Series([None] * len(metrics), dtype="float64"),
            "note": pd.Series([None] * len(metrics), dtype="str"),
        }
    )
    total = groups.isin(_TOTALS) | rows["provider_id"].map(fold_key).isin(_TOTALS)
    why = pd.Series("", index=rows.index, dtype="object").mask(total, _TOTAL)
    for lost, reason in (
        (rows["provider_id"].eq(""), _PROVIDER),
        (rows["quarter"].eq(""), _QUARTER),
        (metrics.eq(""), _GROUP),
        (rows["value"].isna() & counts.reasons.ne(SUPPRESSED), _COUNT),
    ):
        why = why.mask(why.eq("") & lost, reason)
    unknown = ~total & metrics.eq("") & cells["group"].map(clean).ne("")
    parts = [
        pd.DataFrame({"row": reasons.index[reasons.ne("")], "column": column,
                      "reason": reasons[reasons.ne("")].to_numpy()})
        for column, reasons in (
            ("quarter", quarters.reasons), ("value", counts.reasons),
            ("metric", unknown.map({True: UNKNOWN_LABEL, False: ""})),
        )
    ]  # fmt: skip
    return rows, why, pd.concat(parts, ignore_index=True)


def _findings(
    table: TextTable,
    columns: dict[str, int],
    kept: pd.DataFrame,
    why: pd.Series,
    reasons: pd.DataFrame,
) -> list[Finding]:
    found = []
    hidden = reasons[reasons["reason"].eq(SUPPRESSED)]
    if len(hidden):
        what = f"Counts that the file hides: {len(hidden):,}. I kept them as hidden."
        fix = "Good: somebody protects residents. Don't fill in a number."
        found.append(Finding("look", what, fix, tuple(hidden["row"][:5]), len(hidden)))
    small = int(kept["value"].isin(list(_SMALL)).sum())
    if small:
        what = f"Counts of 1 to 10 that are not hidden: {small:,}. They may point at people."
        fix = "Ask the agency that keeps the records whether you may have them. Never show them."
        found.append(Finding("look", what, fix, count=small))
    groups = ", ".join(words[0] for words in _FIGURES.values())
    fixes = {
        _GROUP: f"Say which group it is: --label destination_group:THEIRS=OURS. I know {groups}.",
        _QUARTER: "Write a quarter of the calendar year like 2025-Q1.",
        _COUNT: "Write a whole number, or <11 for a hidden count.",
    }
    numbers = pd.Series(table.row_numbers, dtype="int64")
    for reason in dict.fromkeys(map(str, why[why.ne("")])):
        at = numbers[why.eq(reason)]
        what = f"I left out {len(at):,} of {len(why):,} rows: {reason}."
        found.append(Finding("look", what, fixes.get(reason, ""), tuple(at[:5]), len(at)))
    if table.misfits:
        what = f"Rows with more or fewer cells than the header: {len(table.misfits):,}."
        rows = tuple(table.misfits[:5])
        found.append(Finding("look", what, "Correct them in a copy.", rows, len(table.misfits)))
    found.append(Finding("fine", "Each count is stored as a figure of contract_quarters."))
    return found + identifying.not_copied([], len(table.header) - len(columns))


def _read(files: Sequence[File], city: City, choices: Choices) -> Reading:
    ((name, content),) = files
    return read_homeless_counts(content, name, city, choices)


SOURCE = Source(
    "counts of homeless services (provider, quarter, destination group)",
    is_homeless_counts,
    known_names,
    _read,
)
