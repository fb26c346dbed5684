"""One download from the Census Bureau, understood: its survey, its places and its numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from playbook.city.identifying import stop_for_people
from playbook.city.labels import listed, squash
from playbook.city.sources import acs_tables as made
from playbook.city.sources.acs_values import is_open_ended, read_values
from playbook.city.sources.areas import (
    Areas,
    known_county,
    read_areas,
    the_kind,
    why_left_out,
)
from playbook.city.sources.usaleep_rows import NO_FIT, repeats
from playbook.city.tables import City
from playbook.city.text_files import TextTable, read_table
from playbook.errors import PlaybookError

SECOND_HEADER = "a second row of column names"
_IDS = {"geoid", "geoidentifier", "id", "geoid2", "geoid10", "geoid20", "tractgeoid"}
_PARTS = ("state", "county", "tract")
_LABELS = {"geography", "id", "geographyid", "geographicareaname"}
# The table as data.census.gov shows it, with places across and measures down.
_AS_SHOWN = "labelgrouping"
_SURVEY = re.compile(r"ACS[A-Z]{2}([15])Y(20\d\d)", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_MOST = 1e9  # more people or dollars than any place has
_DOWNLOAD = (
    "At data.census.gov choose Download Table Data, unzip it, and add the file whose name ends in "
    "-Data.csv."
)


@dataclass(frozen=True)
class CensusFile:
    """A file of estimates by area. All tables and series share one index: the file's rows.

    Parameters
    ----------
    name, year, years
        The file's name; the survey's last year, 0 where the name does not say it; and how many
        years the survey covers.
    table
        Its cells.
    variables
        Position by census variable with its last letter, such as ``"S1701_C03_001E"``.
    areas, kind
        The place of each row, and the kind of area that is kept.
    reasons
        Why each row is left out; ``""`` for rows kept.
    """

    name: str
    year: int
    years: int
    table: TextTable
    variables: dict[str, int]
    areas: Areas
    kind: str
    reasons: pd.Series

    @property
    def kept(self) -> pd.Series:
        """Which rows are kept."""
        return self.reasons.eq("")

    @property
    def rows(self) -> pd.Series:
        """Number of each row, as a spreadsheet counts them."""
        return pd.Series(self.table.row_numbers, index=self.reasons.index, dtype="int64")

    @property
    def tables(self) -> tuple[str, ...]:
        """Census tables that it has variables of."""
        return tuple(dict.fromkeys(map(made.table_of, self.variables)))

    def has(self, variables: Sequence[str], letter: str = "E") -> bool:
        """Whether it has all of these variables."""
        return all(f"{variable}{letter}" in self.variables for variable in variables)

    def cells(self, variable: str) -> pd.Series:
        """Give the cells of the rows kept."""
        return _column(self.table, self.variables[variable], self.reasons.index)[self.kept]

    def values(self, variable: str, high: float = _MOST) -> tuple[pd.Series, pd.Series]:
        """Give numbers and reasons of the rows kept, as `read_values` does."""
        return read_values(self.cells(variable), high, margins=variable.endswith("M"))

    def open_ended(self, variable: str) -> int:
        """Count the rows kept whose number is an end of the scale."""
        return int(is_open_ended(self.cells(variable)).sum())


def is_census(header: Sequence[str]) -> bool:
    """Tell whether a header is that of a census download: variables, and a code of the area.

    Examples
    --------
    >>> is_census(["GEO_ID", "NAME", "S1701_C03_001E", "S1701_C03_001M"])
    True
    >>> is_census(["NAME", "B19013_001E", "state", "county", "tract"])
    True
    >>> is_census(["GEO_ID", "NAME", "life expectancy"])
    False
    """
    squashed = [squash(cell) for cell in header]
    if squashed and squashed[0] == _AS_SHOWN:
        return True
    has_area = bool(_IDS & set(squashed)) or {"state", "county"} <= set(squashed)
    return has_area and any(made.split_name(cell)[0] for cell in header)


def known_names(cells: Sequence[str]) -> int:
    """Count the columns of a census download that a row of cells names.

    Examples
    --------
    >>> known_names(["GEO_ID", "NAME", "S1701_C03_001E"]), known_names(["Geography", "Poverty"])
    (2, 0)
    """
    squashed = [squash(cell) for cell in cells]
    if not squashed:
        return 0
    if squashed[0] == _AS_SHOWN:
        return len(cells)
    variables = sum(bool(made.split_name(cell)[0]) for cell in cells)
    return variables + len((_IDS | set(_PARTS)) & set(squashed)) if variables else 0


def understand(content: bytes, name: str, city: City, county: str) -> CensusFile:
    """Read a census download.

    Raises
    ------
    PlaybookError
        When it is the table as a page shows it, no row is about a place, or nothing is kept.
    """
    table = read_table(content, name, known_names)
    stop_for_people(table.header)
    if squash(table.header[0]) == _AS_SHOWN:
        raise PlaybookError(
            f"{name} is the table as the page shows it, with one column a place. I need one row a "
            "place.",
            fix=_DOWNLOAD,
        )
    survey, index = _survey(name), pd.RangeIndex(len(table.rows))
    squashed = [squash(cell) for cell in table.header]
    ids = next((at for at, cell in enumerate(squashed) if cell in _IDS), None)
    codes = _column(table, ids, index)
    parts = pd.DataFrame(
        {
            part: _column(table, squashed.index(part) if part in squashed else None, index)
            for part in _PARTS
        }
    )
    areas = read_areas(codes, parts, pd.Series("", index=index))
    kind = the_kind(areas, name)
    county = known_county(county, areas, kind, name)
    reasons = why_left_out(areas, kind, city, county)
    if len(codes) and squash(str(codes.iloc[0])) in _LABELS:
        reasons.iloc[0] = SECOND_HEADER
    variables = {
        "".join(split): at
        for at, cell in reversed(list(enumerate(table.header)))
        if (split := made.split_name(cell))[0]
    }
    texts = pd.DataFrame({v: _column(table, at, index) for v, at in variables.items()}, index=index)
    again = repeats(areas.codes.to_frame("code"), texts, reasons.eq(""))
    reasons = reasons.where(reasons.ne(""), again)
    file = CensusFile(name, survey[0], survey[1], table, variables, areas, kind, reasons)
    _require_some(file)
    return file


def _survey(name: str) -> tuple[int, int]:
    """Last year of a survey, 0 where unknown, and how many years it covers, by the file's name."""
    match = _SURVEY.search(name)
    if match:
        return int(match[2]), int(match[1])
    years = set(_YEAR.findall(name))
    return (int(years.pop()) if len(years) == 1 else 0), 5


def _column(table: TextTable, at: int | None, index: pd.Index) -> pd.Series:
    cells = [""] * len(index) if at is None else [row[at] for row in table.rows]
    return pd.Series(cells, index=index, dtype="str")


def _require_some(file: CensusFile) -> None:
    if file.kept.any():
        return
    counts = file.reasons.value_counts()
    counts[NO_FIT] = len(file.table.misfits)
    counts = counts[counts.gt(0)].sort_values(ascending=False)
    raise PlaybookError(
        f"I could keep none of the {int(counts.sum()):,} rows of {file.name}: "
        f"{listed(f'{reason} ({count:,})' for reason, count in counts.items())}. Nothing was "
        "saved.",
        fix=f"Check that it is for your county. {_DOWNLOAD}",
    )
