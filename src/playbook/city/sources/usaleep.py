"""Read USALEEP's files of life expectancy and life tables into the lessons' layout.

USALEEP is the U.S. Small-area Life Expectancy Estimates Project of the National Center for Health
Statistics: one file A (life expectancy) and one file B (life tables) per state, by census tract.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from playbook.city.identifying import stop_for_people
from playbook.city.labels import clean, listed
from playbook.city.report import LEFT_OUT, Finding, Report
from playbook.city.sources import usaleep_findings as told
from playbook.city.sources import usaleep_rows as rows
from playbook.city.sources.row_reasons import first_reasons
from playbook.city.sources.usaleep_columns import (
    LIFE_EXPECTANCY_COLUMNS,
    LIFE_TABLE_COLUMNS,
    Layout,
    is_life_expectancy,
    is_life_tables,
    known_names,
    recognize,
)
from playbook.city.text_files import TextTable, read_table
from playbook.errors import PlaybookError

__all__ = [
    "is_life_expectancy",
    "is_life_tables",
    "known_names",
    "life_expectancy_of",
    "parse_life_expectancy",
    "parse_life_tables",
]

_KINDS = {"1": "observed", "2": "predicted", "3": "mixed"}
_PARTS = ("state", "county", "tract")
_COUNTS = ("survivors", "deaths", "person_years", "person_years_above")
# The last day of the years that the numbers are for.
_AS_OF = "2015-12-31 00:00"


@dataclass(frozen=True)
class _File:
    """A file's rows, understood; all tables and series share one index."""

    name: str
    table: TextTable
    layout: Layout
    cells: pd.DataFrame
    tracts: rows.Tracts
    ages: pd.Series
    numbers: pd.DataFrame
    faults: pd.DataFrame


def parse_life_expectancy(
    content: bytes, name: str, county: str = ""
) -> tuple[pd.DataFrame, Report]:
    r"""Read a USALEEP file A: one life expectancy per census tract.

    Parameters
    ----------
    content
        Bytes of a CSV file: UTF-8, Windows (cp1252) or UTF-16.
    name
        The file's name, for messages.
    county
        Three digits, such as ``"510"``, or five with the state's; empty keeps every county.

    Returns
    -------
    lives : pandas.DataFrame
        One row per tract kept, in the file's order: ``neighborhood_id`` (11 digits, text),
        ``life_expectancy`` and ``standard_error`` in years, ``table_kind`` (``"observed"``,
        ``"predicted"``, ``"mixed"``; missing when the file does not say).
    report : Report
        Rows read, kept, and left out by reason; they add up.

    Raises
    ------
    PlaybookError
        When the file can't be read, a needed column is not found or unclear, the county is not in
        it, or no row could be kept.

    Examples
    --------
    >>> text = (
    ...     b'"Tract ID","e(0)","se(e(0))","Abridged life table flag"\r\n'
    ...     b"29510101100,79,1.2,3\r\n29510101200,74.1,1.55,1\r\n"
    ...     b"29510101300,,,\r\n29189210100,81.2,1.4,2\r\n\r\n"
    ... )
    >>> lives, report = parse_life_expectancy(text, "MO_A.CSV", county="510")
    >>> lives
      neighborhood_id  life_expectancy  standard_error table_kind
    0     29510101100             79.0            1.20      mixed
    1     29510101200             74.1            1.55   observed
    >>> report.counts["tracts"], report.counts["left out: another county"]
    (2, 1)
    """
    file = _understand(content, name, LIFE_EXPECTANCY_COLUMNS[1:3])
    county = _known_county(county, file)
    keys = file.tracts.codes.to_frame("neighborhood_id")
    reasons = _reasons(file, keys, county)
    _require_some(file, reasons)
    kept = reasons.eq("")
    flags = file.cells["table_kind"]
    kinds = flags.map(
        {flag: _KINDS.get(flag.strip().removesuffix(".0")) for flag in flags.unique()}
    )
    kinds = kinds.astype("str")
    lives = keys.assign(**file.numbers, table_kind=kinds)[kept].reset_index(drop=True)
    odd = kept & kinds.isna() & ("table_kind" in file.layout.columns)
    extra = tuple(told.about_kinds(lives["table_kind"], _row_numbers(file)[odd].tolist()))
    counts = {kind: int(lives["table_kind"].eq(kind).sum()) for kind in _KINDS.values()}
    return lives, _report(file, reasons, county, extra, counts)


def parse_life_tables(content: bytes, name: str, county: str = "") -> tuple[pd.DataFrame, Report]:
    """Read a USALEEP file B: one life table of 11 age groups per census tract.

    Parameters are those of `parse_life_expectancy`.

    Returns
    -------
    table : pandas.DataFrame
        Eleven rows per tract kept, tracts by code and ages upward: ``neighborhood_id``,
        ``age_group``, ``probability_of_dying`` (0 to 1), ``survivors``, ``deaths``,
        ``person_years`` and ``person_years_above`` (per 100,000 births, whole),
        ``life_expectancy`` (years still to live), ``probability_se``, ``life_expectancy_se``. A
        tract whose table lacks an age group is left out whole.
    report : Report
        Rows read, kept, and left out by reason; they add up.

    Raises
    ------
    PlaybookError
        As for `parse_life_expectancy`.
    """
    file = _understand(content, name, LIFE_TABLE_COLUMNS[2:])
    county = _known_county(county, file)
    keys = file.tracts.codes.to_frame("neighborhood_id").assign(age_group=file.ages)
    reasons = _reasons(file, keys, county)
    found = keys[reasons.eq("")].groupby("neighborhood_id").size()
    whole = keys["neighborhood_id"].map(found).eq(len(rows.AGE_GROUPS))
    reasons = reasons.mask(reasons.eq("") & ~whole, rows.NOT_WHOLE)
    _require_some(file, reasons)
    table = keys.assign(**file.numbers)[reasons.eq("")]
    order = dict(zip(rows.AGE_GROUPS, range(len(rows.AGE_GROUPS)), strict=True))
    upward = table["age_group"].map(order).sort_values(kind="stable").index
    table = table.loc[upward].sort_values("neighborhood_id", kind="stable", ignore_index=True)
    table = table.assign(**{name: table[name].round().astype("int64") for name in _COUNTS})
    dates = file.cells["age_group"].str.strip().str.lower().isin(rows.READ_AS_DATES)
    mended = _row_numbers(file)[dates & reasons.eq("")].tolist()
    ages = told.about_ages(len(table) // len(rows.AGE_GROUPS), mended)
    return table, _report(file, reasons, county, tuple(ages), {})


def life_expectancy_of(life_tables: pd.DataFrame) -> pd.DataFrame:
    """Take life expectancy at birth out of life tables: their rows "Under 1".

    Parameters
    ----------
    life_tables
        As `parse_life_tables` returns them.

    Returns
    -------
    pandas.DataFrame
        The columns of `parse_life_expectancy`; ``table_kind`` is missing, since file B has no flag.

    Examples
    --------
    >>> table = pd.DataFrame({
    ...     "neighborhood_id": ["44007000100"] * 2 + ["44007000200"] * 2,
    ...     "age_group": ["Under 1", "1-4"] * 2, "life_expectancy": [78.1, 77.6, 80.0, 79.3],
    ...     "life_expectancy_se": [1.2, 1.1, 1.6, 1.5],
    ... })
    >>> life_expectancy_of(table)[["neighborhood_id", "life_expectancy", "standard_error"]]
      neighborhood_id  life_expectancy  standard_error
    0     44007000100             78.1             1.2
    1     44007000200             80.0             1.6
    """
    births = life_tables[life_tables["age_group"].eq(rows.AGE_GROUPS[0])].reset_index(drop=True)
    births = births.rename(columns={"life_expectancy_se": "standard_error"})
    kinds = pd.Series(pd.NA, index=births.index, dtype="str")
    return births[["neighborhood_id", "life_expectancy", "standard_error"]].assign(table_kind=kinds)


def _understand(content: bytes, name: str, measures: tuple[str, ...]) -> _File:
    table = read_table(content, name, known_names)
    stop_for_people(table.header)
    layout = recognize(table.header, name)
    roles = dict.fromkeys((*layout.columns, *_PARTS, "table_kind"))
    columns = {
        role: [row[layout.columns[role]] for row in table.rows]
        if role in layout.columns
        else [""] * len(table.rows)
        for role in roles
    }
    cells = pd.DataFrame(columns, dtype="str")
    by_age = "age_group" in layout.columns
    ages = rows.read_ages(cells["age_group"]) if by_age else pd.Series("", index=cells.index)
    at_birth = ages.eq(rows.AGE_GROUPS[0]) if by_age else ages.eq("")
    read = {role: rows.read_numbers(cells[role], role, at_birth) for role in measures}
    numbers = pd.DataFrame({role: values for role, (values, _) in read.items()})
    faults = pd.DataFrame({role: found for role, (_, found) in read.items()})
    return _File(name, table, layout, cells, rows.read_tracts(cells), ages, numbers, faults)


def _reasons(file: _File, keys: pd.DataFrame, county: str) -> pd.Series:
    """Why each row is left out; ``""`` for a row that is kept."""
    codes = file.tracts.codes
    rules = {
        rows.NO_TRACT: codes.eq(""),
        rows.CODES_DISAGREE: file.tracts.disagree,
        rows.OTHER_COUNTY: ~rows.in_county(codes, county),
        rows.NO_AGE: file.ages.eq("") & ("age_group" in file.layout.columns),
    }
    reasons = first_reasons(rules, codes.index, rows.REASONS)
    reasons = reasons.where(reasons.ne(""), told.first_fault_of(file.faults))
    again = rows.repeats(keys, file.numbers, reasons.eq(""))
    return reasons.where(reasons.ne(""), again)


def _known_county(county: str, file: _File) -> str:
    """Return the county's code as the file writes it; it must be there, in one state only."""
    codes = file.tracts.codes[file.tracts.codes.ne("") & ~file.tracts.disagree]
    if not county.strip() or codes.empty:
        return ""
    code = rows.clean_county(county)
    counties = told.count_by_county(codes[rows.in_county(codes, code) & bool(code)])
    if len(counties) == 1:
        return code
    keep_all = "Or leave --county out to keep every county."
    if len(counties) > 1:
        raise PlaybookError(
            f"County {code} of {file.name} is in several states: "
            f"{listed(told.in_words(counties))}.",
            fix=f"Type the state's digits too, such as --county {counties.index[0]}. {keep_all}",
        )
    every = listed(told.in_words(told.count_by_county(codes)), most=8)
    raise PlaybookError(
        f"{file.name} has no tract in county {clean(county)}. It has {every}.",
        fix=f"Type the three digits of a county after --county, such as 510. {keep_all}",
    )


def _require_some(file: _File, reasons: pd.Series) -> None:
    if reasons.eq("").any():
        return
    counts = reasons.value_counts()
    counts[rows.NO_FIT] = len(file.table.misfits)
    most, count = str(counts.idxmax()), int(counts.max())
    raise PlaybookError(
        f"I read {len(reasons) + len(file.table.misfits):,} rows of {file.name} and could keep "
        f"none. The most frequent reason: {most} ({count:,}). Nothing was saved.",
        fix="Look at the first rows of the file, mend what they share, and add it again. "
        "Or take the file from the National Center for Health Statistics again.",
    )


def _report(
    file: _File,
    reasons: pd.Series,
    county: str,
    extra: tuple[Finding, ...],
    counts: dict[str, int],
) -> Report:
    codes = file.tracts.codes
    kept = codes[reasons.eq("")]
    left_out = {reason: int(reasons.eq(reason).sum()) for reason in rows.REASONS}
    left_out[rows.NO_FIT] = len(file.table.misfits)
    return Report(
        source=file.name,
        rows_read=len(reasons) + len(file.table.misfits),
        rows_kept=len(kept),
        findings=(
            *told.about_rows_left_out(file.table, file.layout, file.cells, file.faults, reasons),
            *told.about_counties(kept, file.name),
            *told.about_tracts(file.tracts, reasons, file.table.row_numbers),
            *told.about_other_counties(codes, reasons, county),
            *extra,
            *told.about_years(kept),
            *told.about_columns(file.layout),
        ),
        counts={
            "tracts": kept.nunique(),
            **counts,
            **{f"{LEFT_OUT}{reason}": count for reason, count in left_out.items() if count},
        },
        columns_used=file.layout.names(),
        as_of=_AS_OF,
    )


def _row_numbers(file: _File) -> pd.Series:
    return pd.Series(file.table.row_numbers, index=file.cells.index, dtype="int64")
