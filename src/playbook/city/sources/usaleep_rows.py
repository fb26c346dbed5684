"""Rows of a USALEEP file: the tract each is about, its numbers, and which rows can be kept."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from playbook.city.labels import clean, is_blank

# Why a row is left out. The first reason that fits a row is the one it is counted under.
NO_FIT = "the row does not fit the header"
NO_TRACT = "no tract code of 11 digits"
CODES_DISAGREE = "two different tract codes in one row"
OTHER_COUNTY = "another county"
NO_AGE = "an age group that I don't know"
NO_NUMBER = "no number: empty, or a code for no answer"
NOT_A_NUMBER = "text where a number goes"
IMPOSSIBLE = "a number that can't be"
REPEATED = "the same numbers again"
CONFLICT = "two rows for one place with different numbers"
NOT_WHOLE = "a life table with an age group missing"
REASONS = (
    NO_FIT,
    NO_TRACT,
    CODES_DISAGREE,
    OTHER_COUNTY,
    NO_AGE,
    NO_NUMBER,
    NOT_A_NUMBER,
    IMPOSSIBLE,
    REPEATED,
    CONFLICT,
    NOT_WHOLE,
)

AGE_GROUPS = (
    "Under 1",
    "1-4",
    "5-14",
    "15-24",
    "25-34",
    "35-44",
    "45-54",
    "55-64",
    "65-74",
    "75-84",
    "85 and older",
)
# A spreadsheet takes "1-4" for the fourth of January and "5-14" for the fourteenth of May.
READ_AS_DATES = {"4-jan": "1-4", "14-may": "5-14"}
_AGES = {re.sub(r"\s", "", label.lower()): label for label in AGE_GROUPS} | READ_AS_DATES

BIRTHS = 100_000  # a life table follows that many
# Per column, the least and the greatest number that can be.
LIMITS: dict[str, tuple[float, float]] = {
    "life_expectancy": (0, 110),
    "standard_error": (0, 10),
    "life_expectancy_se": (0, 10),
    "probability_of_dying": (0, 1),
    # In the last age group it is published well above 1 where few deaths were seen.
    "probability_se": (0, 10),
    "survivors": (0, BIRTHS),
    "deaths": (0, BIRTHS),
    "person_years": (0, 110 * BIRTHS),
    "person_years_above": (0, 110 * BIRTHS),
}
AT_BIRTH = (40, 110)
_ABOVE_ZERO = ("standard_error", "life_expectancy_se")

_HIDDEN = re.compile(r"[<>≤]=?\s*\d+|\*+|[sS]|[sS]upp(ressed)?\.?|†")
_CODE = re.compile(r"-\d+(\.\d+)?|9{3,}(\.[09]+)?")


@dataclass(frozen=True)
class Tracts:
    """The tract each row is about. All series share one index.

    Parameters
    ----------
    codes
        Eleven digits: state, county and tract; ``""`` where they can't be told.
    lost_zero
        Which codes had ten digits and got their leading zero back.
    from_parts
        Which codes were put together from the columns for state, county and tract.
    disagree
        Which rows name one tract in the code and another one in those three columns.
    """

    codes: pd.Series
    lost_zero: pd.Series
    from_parts: pd.Series
    disagree: pd.Series


def read_tracts(cells: pd.DataFrame) -> Tracts:
    """Read tract codes, and mend those that a spreadsheet shortened.

    Parameters
    ----------
    cells
        Text: ``neighborhood_id``, and ``state``, ``county``, ``tract`` (``""`` where the file does
        not have them).

    Examples
    --------
    >>> cells = pd.DataFrame({
    ...     "neighborhood_id": ["29510101100", "1001020100", "2.951E+10", "29510101100"],
    ...     "state": ["29", "1", "29", "29"], "county": ["510", "1", "510", "510"],
    ...     "tract": ["101100", "20100", "118401", "101300"],
    ... }, dtype="str")
    >>> tracts = read_tracts(cells)
    >>> tracts.codes.tolist()
    ['29510101100', '01001020100', '29510118401', '29510101100']
    >>> tracts.lost_zero.tolist(), tracts.disagree.tolist()
    ([False, True, False, False], [False, False, False, True])
    """
    written = cells["neighborhood_id"].str.strip().str.removeprefix("'").str.removesuffix(".0")
    whole = written.str.fullmatch(r"[0-9]{11}")
    lost_zero = written.str.fullmatch(r"[1-9][0-9]{9}")
    parts = pd.Series("", index=cells.index, dtype="str")
    for role, width in (("state", 2), ("county", 3), ("tract", 6)):
        part = cells[role].str.strip().str.removesuffix(".0")
        readable = part.str.fullmatch(rf"[0-9]{{1,{width}}}")
        parts = parts + part.str.zfill(width).where(readable, " ")
    parts = parts.where(parts.str.fullmatch(r"[0-9]{11}"), "")
    codes = written.where(whole, ("0" + written).where(lost_zero, parts))
    return Tracts(
        codes=codes,
        lost_zero=lost_zero,
        from_parts=~whole & ~lost_zero & codes.ne(""),
        disagree=parts.ne("") & codes.ne("") & parts.ne(codes),
    )


def read_ages(cells: pd.Series) -> pd.Series:
    """Read age groups by their label; ``""`` where the label is not known.

    Examples
    --------
    >>> read_ages(pd.Series(["Under 1", "1–4", "14-May", "85 AND OLDER"])).tolist()
    ['Under 1', '1-4', '5-14', '85 and older']
    """
    keys = cells.str.lower().str.replace(r"\s", "", regex=True).str.replace("–", "-")
    return keys.map(lambda key: _AGES.get(key, "")).astype("str")


def read_numbers(cells: pd.Series, column: str, at_birth: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Read a column's numbers, and name what is the matter with the others.

    Parameters
    ----------
    cells
        Text.
    column
        The lesson's name of it, which decides what can be.
    at_birth
        Which rows are about a newborn's life.

    Returns
    -------
    numbers : pandas.Series
        Missing where there is a fault.
    faults : pandas.Series
        `NO_NUMBER`, `NOT_A_NUMBER`, `IMPOSSIBLE` or ``""``.

    Examples
    --------
    >>> numbers, faults = read_numbers(
    ...     pd.Series(["79", "-666666666", "about 79", "7.9"]), "life_expectancy",
    ...     pd.Series([True, True, True, True]))
    >>> faults.tolist()
    ['', 'no number: empty, or a code for no answer', 'text where a number goes',
     "a number that can't be"]
    """
    texts = cells.str.strip()
    numbers = pd.to_numeric(texts, errors="coerce").astype("float64")
    low, high = LIMITS[column]
    possible = numbers.between(low, high)
    if column == "life_expectancy":
        possible &= numbers.between(*AT_BIRTH) | ~at_birth
    if column in _ABOVE_ZERO:
        possible &= numbers.gt(0)
    # A number that can be is no code: 99999 may well be a count of survivors.
    kinds = {text: _fault(text) for text in texts[~possible].unique()}
    faults = texts.map(kinds).where(~possible, "").astype("str")
    return numbers.where(possible), faults


def _fault(text: str) -> str:
    if is_blank(text) or _HIDDEN.fullmatch(text) or _CODE.fullmatch(text):
        return NO_NUMBER
    try:
        float(text)
    except ValueError:
        return NOT_A_NUMBER
    return IMPOSSIBLE


def clean_county(county: str) -> str:
    """Return a county's code with its zeros: three digits, or five with the state's.

    Empty when the text is no county code.

    Examples
    --------
    >>> [clean_county(text) for text in ("510", "7", " 29510 ", "St. Louis")]
    ['510', '007', '29510', '']
    """
    digits = clean(county)
    if not re.fullmatch(r"[0-9]{1,5}", digits):
        return ""
    return digits.zfill(3 if len(digits) <= 3 else 5)


def in_county(codes: pd.Series, county: str) -> pd.Series:
    """Which tract codes lie in a county of `clean_county`; all of them when it is empty."""
    if not county:
        return pd.Series(True, index=codes.index)
    return codes.str[2:5].eq(county) if len(county) == 3 else codes.str[:5].eq(county)


def repeats(keys: pd.DataFrame, numbers: pd.DataFrame, usable: pd.Series) -> pd.Series:
    """Why a row that names the same place as another one is left out; ``""`` for the others.

    Equal rows are one row written twice: the first is kept. Rows with different numbers are all
    left out, because nobody here knows which is right.

    Parameters
    ----------
    keys
        What a row is about: tract, or tract and age group.
    numbers
        Its numbers.
    usable
        Rows without another reason. Only they can repeat each other.
    """
    rows = pd.concat([keys, numbers], axis=1)[usable]
    names = list(keys.columns)
    equal = rows.duplicated()
    different = rows[~equal].duplicated(subset=names, keep=False)
    torn = rows.loc[different[different].index, names].drop_duplicates()
    conflict = pd.MultiIndex.from_frame(rows[names]).isin(pd.MultiIndex.from_frame(torn))
    reasons = np.where(conflict, CONFLICT, np.where(equal, REPEATED, ""))
    return pd.Series(reasons, index=rows.index, dtype="str").reindex(keys.index, fill_value="")
