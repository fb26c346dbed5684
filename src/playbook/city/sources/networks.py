"""Read an edge list, two organizations a row, as ties between partners."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from playbook.city import identifying
from playbook.city.labels import fold, listed, squash
from playbook.city.report import LEFT_OUT, Finding, Report
from playbook.city.sources.source import Choices, File, Reading, Source, made_along_with, reading
from playbook.city.tables import City
from playbook.city.text_files import TextTable, read_table
from playbook.errors import PlaybookError

_PAIRS = tuple(
    tuple(map(squash, pair))
    for pair in (
        ("from", "to"), ("from org", "to org"), ("source", "target"), ("sender", "receiver"),
        ("ego", "alter"), ("node1", "node2"), ("org a", "org b"),
        ("organization 1", "organization 2"),
        ("partner 1", "partner 2"), ("from organization", "to organization"), ("from id", "to id"),
    )
)  # fmt: skip
_YEAR = frozenset(map(squash, ("year", "wave year", "survey year")))
_FREQUENCY = squash("frequency")
# More columns beside the two are a table of something else.
_MOST_OTHERS = 4
_SELF, _NOBODY, _TWICE, _NO_FIT, _NO_YEAR = (
    "a tie of an organization with itself",
    "no name on one side",
    "the same tie twice",
    "wrong number of cells",
    "no year that I can read",
)
_YEARS = range(1990, 2101)
_POINTS = range(1, 5)


@dataclass(frozen=True)
class _Layout:
    start: int
    end: int
    year: int | None
    frequency: int | None


def is_edge_list(header: Sequence[str]) -> bool:
    """Tell whether a header names two ends of a tie and little else.

    Examples
    --------
    >>> is_edge_list(["from", "to"]), is_edge_list(["source", "status", "opened"])
    (True, False)
    """
    return _layout(header) is not None and len(header) <= 2 + _MOST_OTHERS


def known_names(cells: Sequence[str]) -> int:
    """Count the names of a row that an edge list may have; none without both ends."""
    layout = _layout(cells)
    if layout is None:
        return 0
    return 2 + (layout.year is not None) + (layout.frequency is not None)


def _layout(header: Sequence[str]) -> _Layout | None:
    squashed = [squash(cell) for cell in header]
    found = [pair for pair in _PAIRS if all(squashed.count(end) == 1 for end in pair)]
    if len(found) != 1:
        return None
    years = [at for at, cell in enumerate(squashed) if cell in _YEAR]
    often = [at for at, cell in enumerate(squashed) if cell == _FREQUENCY]
    start, end = (squashed.index(end) for end in found[0])
    return _Layout(start, end, years[0] if years else None, often[0] if often else None)


def read_edges(content: bytes, name: str, city: City) -> Reading:
    r"""Read an edge list.

    Parameters
    ----------
    content, name
        The file.
    city
        The city that it is for. Organizations that it has already are kept as they are.

    Returns
    -------
    Reading
        Table `ties`; and `organizations` with codes as names, where the city has no such table. An
        edge list names only who has a tie, so partners without one are unknown.

    Raises
    ------
    PlaybookError
        When it is no edge list, an end may identify residents, or no tie could be kept.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> text = b'"from","to"\n"Clinic","School"\n"School","Clinic"\n"School","School"\n'
    >>> brought = read_edges(text, "ties.csv", load_city())
    >>> brought.tables["ties"]
      from_org  to_org
    0   Clinic  School
    1   School  Clinic
    """
    table = read_table(content, name, known_names)
    identifying.stop_for_people(table.header)
    layout = _layout(table.header)
    if layout is None:
        raise PlaybookError(
            f"I can't find the two ends of a tie in {name}.",
            fix="Name two columns from and to in a copy, one tie a row, and add the copy.",
        )
    ties, why, reasons = _ties(table, layout)
    kept = ties[why.eq("")].reset_index(drop=True)
    if not len(kept):
        raise PlaybookError(
            f"I read {len(ties) + len(table.misfits):,} rows of {name} and could keep no tie. "
            "Nothing was saved.",
            fix="Write one tie a row: who, and with whom. Or ask whoever sent it.",
        )
    tables = {"ties": kept}
    codes = sorted(set(kept["from_org"]) | set(kept["to_org"]))
    own = "organizations" in city and not city.fictional
    own = own and not made_along_with(city, "organizations", "ties")
    if not own:
        tables["organizations"] = pd.DataFrame({"org_id": codes, "name": codes})
    left_out = {reason: int(n) for reason, n in why[why.ne("")].value_counts().items()}
    if table.misfits:
        left_out[_NO_FIT] = len(table.misfits)
    report = Report(
        source=name,
        rows_read=len(ties) + len(table.misfits),
        rows_kept=len(kept),
        findings=(
            *_findings(table, layout, kept, why),
            *_about_partners(codes, set(city["organizations"]["org_id"]) if own else None),
        ),
        counts={
            "ties": len(kept),
            "organizations": len(codes),
            **{f"{LEFT_OUT}{reason}": count for reason, count in left_out.items()},
        },
        columns_used={
            "from": table.header[layout.start],
            "to": table.header[layout.end],
            **({} if layout.year is None else {"year": table.header[layout.year]}),
        },
    )
    return reading(tables, report, content, reasons={"ties": reasons} if len(reasons) else {})


def _ties(table: TextTable, layout: _Layout) -> tuple[pd.DataFrame, pd.Series, pd.DataFrame]:
    """Every row of the file, why it is left out, and the values that can't be used."""
    ends = [[row[at] for row in table.rows] for at in (layout.start, layout.end)]
    for at, cells in zip((layout.start, layout.end), ends, strict=True):
        found = identifying.by_values(table.header[at], cells)
        if found:
            raise identifying.stop_message([table.header[at]])
    # Both ends together, so that one organization has one spelling.
    folded = fold(pd.Series(ends[0] + ends[1], dtype="str")).values.to_numpy()
    ties = pd.DataFrame(
        {"from_org": folded[: len(ends[0])], "to_org": folded[len(ends[0]) :]}, dtype="str"
    )
    why = pd.Series("", index=ties.index, dtype="object")
    why = why.mask(ties["from_org"].eq("") | ties["to_org"].eq(""), _NOBODY)
    why = why.mask(why.eq("") & ties["from_org"].eq(ties["to_org"]), _SELF)
    unused = []
    if layout.year is not None:
        years = _whole(table, layout.year, _YEARS)
        ties.insert(0, "year", years)
        why = why.mask(why.eq("") & years.isna(), _NO_YEAR)
    if layout.frequency is not None:
        points = _whole(table, layout.frequency, _POINTS)
        written = pd.Series([bool(row[layout.frequency].strip()) for row in table.rows])
        unused = [(table.row_numbers[at], "frequency", "out of range")
                  for at in points.index[points.isna() & written]]  # fmt: skip
        ties["frequency"] = points
    key = [column for column in ("year", "from_org", "to_org") if column in ties]
    first = ties[why.eq("")]
    again = first.index[first.duplicated(subset=key)]
    why.loc[again] = _TWICE
    return ties, why, pd.DataFrame(unused, columns=["row", "column", "reason"])


def _whole(table: TextTable, at: int, allowed: range) -> pd.Series:
    numbers = pd.to_numeric(pd.Series([row[at] for row in table.rows]), errors="coerce")
    return numbers.where(numbers.isin(list(allowed))).astype("Int64")


def _findings(
    table: TextTable, layout: _Layout, kept: pd.DataFrame, why: pd.Series
) -> list[Finding]:
    numbers = pd.Series(table.row_numbers, dtype="int64")
    words = {
        _TWICE: "stand in the file again. I kept one of each",
        _SELF: "tie an organization to itself. I left them out",
        _NOBODY: "have no name on one side. I left them out",
        _NO_YEAR: "have no year that I can read. I left them out",
    }
    found = []
    for reason, what in words.items():
        at = numbers[why.eq(reason)]
        if len(at):
            text = f"{len(at):,} of {len(why):,} ties {what}."
            found.append(Finding("look", text, rows=tuple(at[:5]), count=len(at)))
    if table.misfits:
        text = f"Rows with more or fewer cells than the header: {len(table.misfits):,}."
        rows = tuple(table.misfits[:5])
        found.append(Finding("look", text, "Correct them in a copy.", rows, len(table.misfits)))
    pairs = set(zip(kept["from_org"], kept["to_org"], strict=True))
    both = sum((end, start) in pairs for start, end in pairs) // 2
    if both:
        text = f"Pairs in both directions: {both:,}. In the lessons such a pair is one tie."
        found.append(Finding("fine", text, count=both))
    if layout.year is None:
        found.append(Finding("fine", "The file has no year, so all ties are taken for one year's."))
    used = sum(at is not None for at in (layout.start, layout.end, layout.year, layout.frequency))
    return found + identifying.not_copied([], len(table.header) - used)


def _about_partners(codes: Sequence[str], known: set[str] | None) -> list[Finding]:
    alone = "An edge list can't name partners without a tie."
    if known is None:
        what = f"I took {len(codes):,} organizations from the ties, with codes as names. {alone}"
        fix = "Add a table of organizations, those without a tie too. Name no person in it."
        return [Finding("look", what, fix)]
    strange = [code for code in codes if code not in known]
    if not strange:
        return []
    what = f"Organizations that are not in the city's table: {listed(strange)}."
    return [Finding("look", what, "Add them to that table, or correct their codes.")]


def _read(files: Sequence[File], city: City, _: Choices) -> Reading:
    ((name, content),) = files
    return read_edges(content, name, city)


SOURCE = Source("ties between organizations (an edge list)", is_edge_list, known_names, _read)
