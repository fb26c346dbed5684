"""Read PLACES, the modeled health of adults by place that the CDC publishes.

PLACES comes long (one row a place and measure) and wide (one row a place). CDC stands for the
Centers for Disease Control and Prevention.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from playbook.city.identifying import stop_for_people
from playbook.city.labels import clean, is_blank, squash
from playbook.city.report import LEFT_OUT, Report
from playbook.city.sources import places_columns as columns
from playbook.city.sources import places_findings as told
from playbook.city.sources.areas import (
    MANY,
    Areas,
    known_county,
    lacks_needed,
    read_areas,
    the_kind,
    to_ids,
    why_left_out,
)
from playbook.city.sources.source import Choices, File, Reading, Source, reading
from playbook.city.sources.usaleep_rows import NO_FIT, repeats
from playbook.city.tables import City
from playbook.city.text_files import TextTable, read_table
from playbook.errors import PlaybookError

# A number may lie outside its range by rounding, both to one decimal.
_ROUNDING = 0.11
_MOST_ADULTS = 1e9
_RANGE = re.compile(r"\(?\s*(\d+(?:\.\d+)?)\s*(?:[,;–-]|to)\s*(\d+(?:\.\d+)?)\s*\)?")
_HIDDEN = re.compile(r"[<>≤*†#^~]+\s*\d*|[sS]upp(ressed)?\.?")
_RELEASE = re.compile(r"(20\d\d)[_ -]*release", re.IGNORECASE)
# A release models the survey of two years before. Some questions are asked every second year.
_YEARS_BEFORE = 2
_IN_ODD_YEARS = ("BPHIGH", "BPMED", "CHOLSCREEN", "HIGHCHOL")
_IN_EVEN_YEARS = (
    "CERVICAL",
    "COLON_SCREEN",
    "COREM",
    "COREW",
    "DENTAL",
    "MAMMOUSE",
    "SLEEP",
    "TEETHLOST",
)


@dataclass(frozen=True)
class _Cells:
    """A file's cells, one row a place and measure; ``line`` is its row in the file."""

    frame: pd.DataFrame
    year_from_name: int


def read_places(files: Sequence[File], city: City, choices: Choices) -> Reading:
    """Read a PLACES file into the table `places_estimates`.

    Raises
    ------
    PlaybookError
        When the file can't be read, says no year, is about ZIP code areas, or nothing is kept.
    """
    ((name, content),) = files
    table = read_table(content, name, columns.known_names)
    stop_for_people(table.header)
    at = columns.positions(table.header, name)
    cells = _long(table, at) if columns.is_long(table.header) else _wide(table, at, name)
    frame = cells.frame
    _stop_for_zip_areas(table.header, frame, name)
    no_parts = pd.DataFrame("", index=frame.index, columns=["state", "county", "tract"])
    areas = read_areas(frame["area"], no_parts, frame["state"])
    kind = the_kind(areas, name)
    county = known_county(choices.county, areas, kind, name)
    estimates, faults = _estimates(frame)
    reasons = why_left_out(areas, kind, city, county)
    reasons = reasons.mask(reasons.eq("") & _is_age_adjusted(frame["kind"]), told.AGE_ADJUSTED)
    unknown = estimates["measure"].isna()
    reasons = reasons.mask(reasons.eq("") & unknown, told.NOT_A_MEASURE)
    reasons = reasons.where(reasons.ne(""), faults)
    estimates = estimates.assign(neighborhood_id=to_ids(areas.codes, city))
    key = estimates[["year", "neighborhood_id", "measure"]]
    again = repeats(key, estimates[["value", "low", "high"]], reasons.eq(""))
    reasons = reasons.where(reasons.ne(""), again)
    no_adults = lacks_needed(estimates, city.contract["places_estimates"])
    reasons = reasons.mask(reasons.eq("") & no_adults, told.NO_ADULTS)
    kept = estimates[reasons.eq("")]
    if kept.empty:
        raise told.nothing_kept(name, reasons)
    names = list(city.contract["places_estimates"].names)
    kept = kept[names].sort_values(names[:3], kind="stable", ignore_index=True)
    report = _report(name, table, frame, areas, kind, reasons, cells, city, at)
    no_number = faults.ne("") & reasons.eq(faults)
    unused = pd.DataFrame(
        {"row": frame.loc[no_number, "line"], "column": "value", "reason": faults[no_number]}
    )
    return reading(
        {"places_estimates": kept}, report, content, reasons={"places_estimates": unused}
    )


def _stop_for_zip_areas(header: Sequence[str], frame: pd.DataFrame, name: str) -> None:
    named = bool(set(columns.ZIP_AREAS) & {squash(cell) for cell in header})
    # Five digits are a county's too, but the CDC names the state beside a county.
    digits = frame["state"].eq("").all() and frame["area"].str.fullmatch(r"[0-9]{4,5}").any()
    if named or digits:
        raise PlaybookError(
            f"{name} is about ZIP code areas. They cross the borders of neighborhoods.",
            fix="Take the file of PLACES for census tracts.",
        )


def _long(table: TextTable, at: dict[str, int]) -> _Cells:
    roles = ("area", "measure", "value", "kind", "year", "low", "high", "range", "state", "adults")
    frame = pd.DataFrame(
        {
            role: [row[at[role]] for row in table.rows] if role in at else ""
            for role in (*roles, "symbol", "footnote")
        },
        index=pd.RangeIndex(len(table.rows)),
        dtype="str",
    )
    return _Cells(_stripped(frame).assign(line=table.row_numbers), 0)


def _wide(table: TextTable, at: dict[str, int], name: str) -> _Cells:
    release = _RELEASE.search(name)
    if not release:
        raise PlaybookError(
            f"{name} has one row a place, and such files of PLACES hold no year. Nothing was "
            "saved.",
            fix="Put the release into the file's name, as the CDC does, such as "
            "PLACES_Census_Tract_2024_release.csv, and add it again.",
        )
    year = int(release[1]) - _YEARS_BEFORE
    shared = {
        role: [row[at[role]] for row in table.rows] if role in at else ""
        for role in ("area", "state", "adults")
    }
    index = pd.RangeIndex(len(table.rows))
    parts = []
    for measure, (number, interval) in columns.wide_measures(table.header).items():
        asked = year - (measure in (_IN_EVEN_YEARS if year % 2 else _IN_ODD_YEARS))
        part = {
            **shared,
            "measure": measure,
            "value": [row[number] for row in table.rows],
            "range": "" if interval is None else [row[interval] for row in table.rows],
            "year": str(asked),
            "kind": "CrdPrv",
            **dict.fromkeys(("low", "high", "symbol", "footnote"), ""),
        }
        cells = _stripped(pd.DataFrame(part, index=index, dtype="str"))
        parts.append(cells.assign(line=table.row_numbers))
    return _Cells(pd.concat(parts, ignore_index=True), year)


def _stripped(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(**{str(name): frame[name].str.strip() for name in frame})


def _is_age_adjusted(kinds: pd.Series) -> pd.Series:
    squashed = kinds.map({kind: squash(kind) for kind in kinds.unique()})
    return squashed.str.startswith("ageadj")


def _estimates(frame: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series]:
    """Read the numbers of each row, and name what is the matter with the others."""
    value = _number(frame["value"])
    low, high = _limits(frame)
    year = _number(frame["year"])
    marked = ~frame["symbol"].map(_says_nothing(frame["symbol"])) | ~frame["footnote"].map(
        _says_nothing(frame["footnote"])
    )
    hidden = frame["value"].str.fullmatch(_HIDDEN)
    blank = frame["value"].map(_says_nothing(frame["value"]))
    rules = {
        told.SUPPRESSED: value.isna() & (hidden | (blank & marked)),
        told.EMPTY: value.isna() & blank,
        told.UNREADABLE: value.isna(),
        told.OUT_OF_RANGE: ~value.between(0, 100),
        told.NO_RANGE: low.isna() | high.isna() | ~low.between(0, 100) | ~high.between(0, 100),
        told.NOT_WITHIN: ~value.between(low - _ROUNDING, high + _ROUNDING),
        told.NO_YEAR: ~year.between(1990, 2100) | year.mod(1).ne(0),
    }
    faults = pd.Series("", index=frame.index, dtype="str")
    for reason, applies in rules.items():
        faults = faults.mask(applies & faults.eq(""), reason)
    adults = _number(frame["adults"].str.replace(",", "", regex=False))
    estimates = pd.DataFrame(
        {
            "year": year.where(faults.eq("")).astype("Int64"),
            "measure": frame["measure"].str.upper().map(columns.MEASURES).astype("str"),
            "value": value,
            "low": low,
            "high": high,
            "adults": adults.where(adults.between(0, _MOST_ADULTS) & adults.mod(1).eq(0)).astype(
                "Int64"
            ),
        }
    )
    return estimates, faults


def _says_nothing(cells: pd.Series) -> dict[str, bool]:
    return {cell: is_blank(cell) for cell in cells.unique()}


def _number(cells: pd.Series) -> pd.Series:
    numbers = pd.to_numeric(cells.str.removesuffix("%"), errors="coerce").astype("float64")
    return numbers.where(np.isfinite(numbers))


def _limits(frame: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    if frame["range"].eq("").all():
        return _number(frame["low"]), _number(frame["high"])
    found = {text: _RANGE.fullmatch(clean(text)) for text in frame["range"].unique()}
    ends = {text: match.groups() if match else (np.nan, np.nan) for text, match in found.items()}
    low, high = (
        frame["range"].map({t: float(e[side]) for t, e in ends.items()}) for side in (0, 1)
    )
    return low.astype("float64"), high.astype("float64")


def _report(
    name: str,
    table: TextTable,
    frame: pd.DataFrame,
    areas: Areas,
    kind: str,
    reasons: pd.Series,
    cells: _Cells,
    city: City,
    at: dict[str, int],
) -> Report:
    kept = reasons.eq("")
    wide = bool(cells.year_from_name)
    left_out = {str(r): int(n) for r, n in reasons[~kept].value_counts().items()}
    # Of a wide file the cells are counted, so a row that does not fit counts once a measure.
    per_row = len(columns.wide_measures(table.header)) if wide else 1
    left_out[NO_FIT] = len(table.misfits) * per_row
    rows = frame["line"]
    return Report(
        source=name,
        rows_read=len(frame) + left_out[NO_FIT],
        rows_kept=int(kept.sum()),
        findings=(
            *told.about_left_out(reasons, rows, frame, table.misfits),
            *told.about_places(areas, kind, reasons, rows, city),
            *told.about_release(cells.year_from_name, per_row),
            *told.about_measures(frame[kept]),
            *told.about_limits_on_use(),
        ),
        counts={
            MANY[kind]: areas.codes[kept].nunique(),
            "measures": frame.loc[kept, "measure"].str.upper().nunique(),
            **{f"{LEFT_OUT}{reason}": count for reason, count in left_out.items() if count},
        },
        columns_used={role: table.header[position] for role, position in at.items()},
        as_of="",
    )


SOURCE = Source(
    "health estimates (PLACES of the CDC)",
    columns.is_places,
    columns.known_names,
    read_places,
    by_county=True,
)
