"""What to tell about a USALEEP file that was read."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from playbook.city.labels import clean, listed
from playbook.city.report import Finding
from playbook.city.sources import usaleep_rows as why
from playbook.city.sources.usaleep_columns import Layout
from playbook.city.sources.usaleep_rows import AT_BIRTH, LIMITS, Tracts
from playbook.city.text_files import TextTable

_ASK = "Ask whoever sent the file"
_AGAIN = (
    "Take the file from the National Center for Health Statistics again, or ask who changed it."
)
_LONGEST_EXAMPLE = 40
_LATER_STATES = {"23": "Maine", "55": "Wisconsin"}

# Faults of a whole row: what is said of the rows, and what to do.
_OF_ROWS = {
    why.NO_FIT: (
        "more or fewer cells than the header",
        "Look at these rows in the file. A stray quote mark or separator inside a cell does that.",
    ),
    why.NO_TRACT: (
        "no tract code of 11 digits in {column}",
        "A spreadsheet shortens such codes. Get the file again and don't open it in Excel.",
    ),
    why.CODES_DISAGREE: (
        "one tract in {column}, and another in the columns for state, county and tract",
        f"Somebody changed these rows. {_AGAIN}",
    ),
    why.NO_AGE: (
        "an age group in {column} that I don't know",
        "Write the labels as published: Under 1, 1-4, 5-14, and so on to 85 and older.",
    ),
    why.REPEATED: (
        "the same numbers as an earlier row",
        "Nothing: I kept the first. If they stand for two places, ask whoever sent the file.",
    ),
    why.CONFLICT: (
        "the tract of another row, with different numbers. I can't tell which is right",
        f"{_ASK} which rows are right, and keep those only.",
    ),
    why.NOT_WHOLE: (
        "a place in a life table that misses an age group. I kept whole tables only",
        f"Look for the missing rows in the file. {_AGAIN}",
    ),
}
# Faults of one cell: what is said of the cells, and what to do.
_OF_CELLS = {
    why.NO_NUMBER: (
        "no number in {column}: the cell is empty or holds a code for no answer",
        "Nothing: such a number was not published. Don't fill one in.",
    ),
    why.NOT_A_NUMBER: (
        "text in {column}, where a number goes",
        "Type only the number in a copy of the file, or leave the row out.",
    ),
    why.IMPOSSIBLE: ("a number in {column} outside {limits}", f"Check the unit. {_AGAIN}"),
}


def about_rows_left_out(
    table: TextTable,
    layout: Layout,
    cells: pd.DataFrame,
    faults: pd.DataFrame,
    reasons: pd.Series,
) -> Iterator[Finding]:
    """Say what was left out and why, with an example and the first rows.

    Parameters
    ----------
    table, layout, cells
        The file, its columns and its cells as text.
    faults
        Per number column, what is the matter with its cell; ``""`` for nothing.
    reasons
        Why each row is left out; ``""`` for rows kept.
    """
    names = layout.names()
    numbers = pd.Series(table.row_numbers, index=cells.index)
    if table.misfits:
        what, fix = _OF_ROWS[why.NO_FIT]
        yield _left_out(what, fix, table.misfits, "")
    about = {why.NO_TRACT: "neighborhood_id", why.CODES_DISAGREE: "neighborhood_id"}
    about[why.NO_AGE] = "age_group"
    for reason, (what, fix) in _OF_ROWS.items():
        at = reasons.index[reasons.eq(reason)]
        if len(at):
            role = about.get(reason, "")
            example = cells.loc[at[0], role] if role else ""
            said = what.format(column=names.get(role, ""))
            yield _left_out(said, fix, numbers[at].tolist(), example)
    for reason, (what, fix) in _OF_CELLS.items():
        for role in faults.columns:
            at = reasons.index[reasons.eq(reason) & _first_fault(faults).eq(role)]
            if len(at):
                said = what.format(column=names[role], limits=_limits(role, "age_group" in cells))
                yield _left_out(said, fix, numbers[at].tolist(), cells.loc[at[0], role])


def about_other_counties(codes: pd.Series, reasons: pd.Series, county: str) -> Iterator[Finding]:
    """Say how much of the file a choice of county left out."""
    count = int(reasons.eq(why.OTHER_COUNTY).sum())
    if count:
        tracts = codes[reasons.eq(why.OTHER_COUNTY)].nunique()
        yield Finding(
            "fine",
            f"I kept county {county}. {_n(tracts, 'tract')} in other counties stayed in the file.",
            count=count,
        )


def about_counties(codes: pd.Series, name: str) -> Iterator[Finding]:
    """Name the counties of the rows kept, when there is more than one.

    Parameters
    ----------
    codes
        Tract codes of the rows kept.
    name
        The file's name.
    """
    counties = count_by_county(codes)
    if len(counties) < 2:
        return
    file = f'"{name}"' if " " in name else name
    yield Finding(
        "look",
        f"The file covers {len(counties):,} counties: {listed(in_words(counties), most=8)}. "
        "I kept them all.",
        "If your city lies in one of them, add the file again with its code, such as: "
        f"playbook city add {file} --county {counties.index[0]}",
        count=len(counties),
    )


def about_tracts(tracts: Tracts, reasons: pd.Series, numbers: list[int]) -> Iterator[Finding]:
    """Say which tract codes were mended, among the rows kept."""
    rows = pd.Series(numbers, index=reasons.index, dtype="int64")
    kept = reasons.eq("")
    kinds = {
        "lost their leading zero, as Excel does to numbers. I put it back": tracts.lost_zero,
        "could not be read. I put the code together from the columns for state, county and "
        "tract": tracts.from_parts,
    }
    for what, which in kinds.items():
        at = rows[kept & which]
        if len(at):
            yield Finding(
                "look",
                f"The tract codes of {_n(len(at), 'row')} {what}, such as "
                f"{tracts.codes[at.index[0]]}.",
                "Compare one with a map of census tracts. Next time, add the file as downloaded.",
                tuple(at),
                len(at),
            )


def about_years(codes: pd.Series) -> Iterator[Finding]:
    """Say which years the numbers are for, and what the file can't hold."""
    yield Finding(
        "fine",
        "The numbers are for the years 2010 to 2015 taken together. They say nothing about a "
        "single year, or about today.",
    )
    later = [state for code, state in _LATER_STATES.items() if codes.str.startswith(code).any()]
    if later:
        sentence = f"For {' and '.join(later)} the years are 2011 to 2015: they were added later."
    else:
        sentence = "Maine and Wisconsin are not in the national file: they were added later."
    yield Finding("fine", f"{sentence} A tract without a row was not published.")


def about_kinds(kinds: pd.Series, unknown: list[int]) -> Iterator[Finding]:
    """Say how the life tables behind the numbers were made."""
    counts = kinds.value_counts()
    if len(counts):
        said = listed(f"{count:,} {kind}" for kind, count in counts.items())
        yield Finding(
            "fine",
            f"The death rates behind each number were observed, predicted by a model, or a mix. "
            f"Here: {said}.",
        )
    if unknown:
        yield Finding(
            "look",
            f"{_n(len(unknown), 'row')} with a flag other than 1, 2 or 3. I kept the numbers, and "
            "left the flag empty.",
            f"{_ASK} what it stands for.",
            tuple(unknown),
            len(unknown),
        )


def about_ages(tracts: int, dates: list[int]) -> Iterator[Finding]:
    """Say how many life tables were kept, and which age groups were mended.

    Parameters
    ----------
    tracts
        Number of life tables kept.
    dates
        Row numbers of age groups that a spreadsheet had turned into dates.
    """
    yield Finding("fine", f"I kept the life tables of {_n(tracts, 'tract')}, 11 age groups each.")
    if dates:
        yield Finding(
            "look",
            f"{_n(len(dates), 'age group')} written as dates, such as 4-Jan: Excel does that to "
            "1-4. I read them back.",
            "Nothing, if no cell was changed by hand. Next time, add the file as downloaded.",
            tuple(dates),
            len(dates),
        )


def about_columns(layout: Layout) -> Iterator[Finding]:
    """Say which column was taken for what, and what stayed in the file."""
    names = layout.names()
    yield Finding("fine", f"I told the columns by their names: {listed(names.values(), most=13)}.")
    others = len(layout.header) - len(names)
    if others:
        yield Finding(
            "fine", f"Not needed by any lesson, and not copied: {_n(others, 'other column')}."
        )


def count_by_county(codes: pd.Series) -> pd.Series:
    """Count tracts per county, the most first; five digits when there are several states."""
    tracts = pd.Series(codes.unique(), dtype="str")
    states = tracts.str[:2].nunique()
    counties = tracts.str[:5] if states > 1 else tracts.str[2:5]
    # Ties are broken by code, so that the order never depends on the file's.
    return counties.value_counts().sort_index().sort_values(ascending=False, kind="stable")


def in_words(counties: pd.Series) -> list[str]:
    """Write counties with their number of tracts: ``"510 (97 tracts)"``."""
    return [f"{county} ({_n(count, 'tract')})" for county, count in counties.items()]


def first_fault_of(faults: pd.DataFrame) -> pd.Series:
    """Return the first fault of each row, in the order of the columns; ``""`` for none."""
    first = pd.Series("", index=faults.index, dtype=why.REASON)
    for role in faults.columns:
        first = first.mask(first.eq(""), faults[role])
    return first


def _first_fault(faults: pd.DataFrame) -> pd.Series:
    """Name the first column with a fault in each row."""
    found: pd.Series = (faults != "").idxmax(axis=1)
    return found


def _limits(role: str, by_age: bool) -> str:
    low, high = LIMITS[role]
    if role == "life_expectancy":
        at_birth = f"{AT_BIRTH[0]} to {AT_BIRTH[1]}"
        return f"{low:,} to {high:,} ({at_birth} for a newborn)" if by_age else at_birth
    return f"{low:,} to {high:,}"


def _left_out(what: str, fix: str, rows: list[int], example: str) -> Finding:
    verb = "has" if len(rows) == 1 else "have"
    seen = clean(example)[:_LONGEST_EXAMPLE]
    shown = f', such as "{seen}"' if seen else ""
    return Finding(
        "look",
        f"Left out: {_n(len(rows), 'row')} {verb} {what}{shown}.",
        fix,
        tuple(rows),
        len(rows),
    )


def _n(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
