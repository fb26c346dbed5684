"""Rows of a USALEEP file: the tract each is about, its numbers, and which rows can be kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

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
REASON = pd.CategoricalDtype(["", *REASONS])

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

_WHOLE_CODE = re.compile(r"[0-9]{11}")
_WITHOUT_ZERO = re.compile(r"[1-9][0-9]{9}")
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
    # Python's own strings are several times as fast here as columns of them, and a national file
    # has 65,000 codes.
    padded = [
        each_value(cells[role], partial(_padded, width=width)).tolist()
        for role, width in (("state", 2), ("county", 3), ("tract", 6))
    ]
    parts = ["".join(three) if all(three) else "" for three in zip(*padded, strict=True)]
    written = [
        cell.strip().removeprefix("'").removesuffix(".0")
        for cell in cells["neighborhood_id"].to_numpy()
    ]
    whole = [bool(_WHOLE_CODE.fullmatch(code)) for code in written]
    lost_zero = [bool(_WITHOUT_ZERO.fullmatch(code)) for code in written]
    codes = [
        code if is_whole else f"0{code}" if is_short else part
        for code, is_whole, is_short, part in zip(written, whole, lost_zero, parts, strict=True)
    ]
    index = cells.index
    from_parts = [
        bool(code) and not is_whole and not is_short
        for code, is_whole, is_short in zip(codes, whole, lost_zero, strict=True)
    ]
    disagree = [
        bool(part and code) and part != code for part, code in zip(parts, codes, strict=True)
    ]
    return Tracts(
        codes=pd.Series(codes, index=index, dtype="str"),
        lost_zero=pd.Series(lost_zero, index=index, dtype=bool),
        from_parts=pd.Series(from_parts, index=index, dtype=bool),
        disagree=pd.Series(disagree, index=index, dtype=bool),
    )


def _padded(text: str, width: int) -> str:
    """Part of a tract code with its zeros; ``""`` when it is none."""
    digits = text.strip().removesuffix(".0")
    sound = digits.isascii() and digits.isdigit() and len(digits) <= width
    return digits.zfill(width) if sound else ""


def each_value(cells: pd.Series, function: Callable[[str], str]) -> pd.Series:
    """Apply a function once to each different value.

    Examples
    --------
    >>> each_value(pd.Series(["a", "b", "a"], dtype="str"), str.upper).tolist()
    ['A', 'B', 'A']
    """
    return cells.map({value: function(value) for value in cells.unique()}).astype("str")


def read_ages(cells: pd.Series) -> pd.Series:
    """Read age groups by their label; ``""`` where the label is not known.

    Examples
    --------
    >>> read_ages(pd.Series(["Under 1", "1–4", "14-May", "85 AND OLDER"])).tolist()
    ['Under 1', '1-4', '5-14', '85 and older']
    """
    return each_value(cells, _age)


def _age(label: str) -> str:
    return _AGES.get(re.sub(r"\s", "", label.lower()).replace("–", "-"), "")


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
    texts = [cell.strip() for cell in cells.to_numpy()]
    read = pd.to_numeric(np.array(texts, dtype=object), errors="coerce")
    numbers = pd.Series(read, index=cells.index, dtype="float64")
    low, high = LIMITS[column]
    possible = numbers.between(low, high)
    if column == "life_expectancy":
        possible &= numbers.between(*AT_BIRTH) | ~at_birth
    if column in _ABOVE_ZERO:
        possible &= numbers.gt(0)
    # A number that can be is no code: 99999 may well be a count of survivors.
    odd = {text for text, sound in zip(texts, possible, strict=True) if not sound}
    kinds = {text: _fault(text) for text in odd}
    found = ["" if sound else kinds[text] for text, sound in zip(texts, possible, strict=True)]
    faults = pd.Series(found, index=cells.index, dtype=REASON)
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
    if not keys[usable].duplicated().any():
        return pd.Series("", index=keys.index, dtype=REASON)
    rows = pd.concat([keys, numbers], axis=1)[usable]
    names = list(keys.columns)
    equal = rows.duplicated()
    different = rows[~equal].duplicated(subset=names, keep=False)
    torn = rows.loc[different[different].index, names].drop_duplicates()
    conflict = pd.MultiIndex.from_frame(rows[names]).isin(pd.MultiIndex.from_frame(torn))
    reasons = np.where(conflict, CONFLICT, np.where(equal, REPEATED, ""))
    return pd.Series(reasons, index=rows.index, dtype=REASON).reindex(keys.index, fill_value="")
