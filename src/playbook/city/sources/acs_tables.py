"""Which census tables bring which of the lessons' columns, and how the numbers are put together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from playbook.city.sources.usaleep_rows import AGE_GROUPS

# S1701_C03_001E: table S1701, column 3, row 1, estimate. DP04_0047PM: a percent's margin.
# P12I_003N: a count of the census of 2020, which has no margin.
_VARIABLE = re.compile(r"([A-Z]{1,2}\d{2,5}[A-Z]{0,2})_(C\d{2}_)?\d{3,4}(P?[EM]|N)")


@dataclass(frozen=True)
class Recipe:
    """How a column of `acs_profile` is made from one census table.

    Parameters
    ----------
    column
        The estimate's column.
    parts
        Variables that are added up, without the letter at their end.
    whole
        Variable of the people, homes or households that they are a share of; ``""`` for a number
        that is taken as published.
    """

    column: str
    parts: tuple[str, ...]
    whole: str = ""

    @property
    def variables(self) -> tuple[str, ...]:
        """Every variable that it needs."""
        return (*self.parts, self.whole) if self.whole else self.parts


# The first recipe of a column goes before the others. All of them measure what the data card of
# acs_profile says: so no C16002, which counts households where the card counts people.
RECIPES = (
    Recipe("poverty_pct", ("S1701_C03_001",)),
    Recipe("poverty_pct", ("B17001_002",), "B17001_001"),
    Recipe("median_income", ("B19013_001",)),
    Recipe("median_income", ("S1901_C01_012",)),
    Recipe("renter_pct", ("B25003_003",), "B25003_001"),
    Recipe("renter_pct", ("DP04_0047P",)),
    Recipe("limited_english_pct", ("S1601_C06_001",)),
    Recipe("no_vehicle_pct", ("B25044_003", "B25044_010"), "B25044_001"),
    Recipe("no_vehicle_pct", ("B08201_002",), "B08201_001"),
    Recipe("built_before_1950_pct", ("B25034_010", "B25034_011"), "B25034_001"),
    Recipe("broadband_pct", ("B28002_004",), "B28002_001"),
)
COLUMNS = tuple(dict.fromkeys(recipe.column for recipe in RECIPES))
IN_WORDS = {
    "poverty_pct": "poverty",
    "median_income": "median income",
    "renter_pct": "renters",
    "limited_english_pct": "limited English",
    "no_vehicle_pct": "no vehicle",
    "built_before_1950_pct": "built before 1950",
    "broadband_pct": "broadband",
}
# Near to what a lesson needs, and not the same: what to take in its place, and why.
IN_PLACE_OF = {
    "C16002": ("S1601", "C16002 counts households, and the lessons count people"),
    "S1602": ("S1601", "S1602 counts households, and the lessons count people"),
    **{
        f"B01001{letter}": (
            "P12H to P12O of the census of 2020",
            f"B01001{letter} counts Hispanic residents in two groups, and the lessons count each "
            "person once",
        )
        for letter in "ABCDEFGHI"
    },
}
# Sex by age has the same 49 rows in the survey (B01001) and in the census (P12): men first. The
# first of 23 rows each is "Under 5 years", the last "85 years and over".
_ROWS_OF_AGES = (1, 2, 5, 2, 2, 2, 3, 3, 2, 1)
_FIRST_ROWS = (3, 27)
BY_AGE = ("B01001", "P12")
# Tables of the census of 2020 in which each person stands once.
BY_RACE = {
    "P12I": "White",
    "P12J": "Black",
    "P12H": "Hispanic",
    "P12L": "Asian",
    "P12K": "American Indian and Alaska Native",
    "P12M": "Other or several",
    "P12N": "Other or several",
    "P12O": "Other or several",
}
_OTHER_KNOWN = {*IN_PLACE_OF, *BY_AGE, *BY_RACE}
_CHILDREN_UNDER_1 = 0.2


def split_name(column: str) -> tuple[str, str]:
    """Tell a census variable's name without its last letter, and that letter; else two ``""``.

    Examples
    --------
    >>> split_name("S1701_C03_001M"), split_name("DP04_0047PE"), split_name("NAME")
    (('S1701_C03_001', 'M'), ('DP04_0047P', 'E'), ('', ''))
    """
    name = column.strip().upper()
    return (name[:-1], name[-1]) if _VARIABLE.fullmatch(name) else ("", "")


def table_of(variable: str) -> str:
    """Return the census table of a variable.

    Examples
    --------
    >>> table_of("B25044_010")
    'B25044'
    """
    return variable.split("_")[0]


def is_used(table: str) -> bool:
    """Whether a lesson's table may be made from a census table, or a near one told."""
    return table in _OTHER_KNOWN or any(table_of(r.parts[0]) == table for r in RECIPES)


def age_variables(table: str) -> dict[str, list[str]]:
    """Variables of a sex-by-age table, by the ten age groups that it can tell apart.

    Examples
    --------
    >>> age_variables("B01001")["5-14"]
    ['B01001_004', 'B01001_005', 'B01001_028', 'B01001_029']
    """
    groups: dict[str, list[str]] = {}
    for first in _FIRST_ROWS:
        row = first
        for label, count in zip(("Under 5", *AGE_GROUPS[2:]), _ROWS_OF_AGES, strict=True):
            names = [f"{table}_{number:03d}" for number in range(row, row + count)]
            groups.setdefault(label, []).extend(names)
            row += count
    return groups


def share(
    parts: Sequence[tuple[pd.Series, pd.Series]], whole: tuple[pd.Series, pd.Series]
) -> tuple[pd.Series, pd.Series]:
    """Give a share in percent and its margin of error, as the Census Bureau tells users to.

    Parameters
    ----------
    parts
        Estimate and margin of each group; they are added up.
    whole
        Estimate and margin of all together.

    Returns
    -------
    percent, margin : pandas.Series
        Missing where nobody is in the whole, or a number is missing.

    Notes
    -----
    The margin of a sum is the root of the squared margins; of several groups with nobody in them,
    only the largest margin counts. The margin of a share takes the whole's off under the root, or
    adds it where that would leave less than nothing (U.S. Census Bureau, *Understanding and Using
    American Community Survey Data: What All Data Users Need to Know*, 2020, chapter 8).

    Examples
    --------
    >>> def number(value): return pd.Series([float(value)])
    >>> percent, margin = share([(number(50), number(20))], (number(200), number(30)))
    >>> float(percent[0]), float(margin[0].round(2))
    (25.0, 9.27)
    """
    estimates = pd.concat([estimate for estimate, _ in parts], axis=1)
    margins = pd.concat([margin for _, margin in parts], axis=1)
    squared = (margins**2).to_numpy()
    nobody = estimates.eq(0).to_numpy()
    largest_nobody = np.where(nobody, squared, 0).max(axis=1)
    of_sum = np.where(nobody, 0, squared).sum(axis=1) + largest_nobody
    of_sum = np.where(margins.isna().any(axis=1), np.nan, of_sum)
    total, of_total = whole[0].where(whole[0].gt(0)), whole[1]
    part = estimates.sum(axis=1, skipna=False) / total
    off = (part * of_total) ** 2
    rest = pd.Series(of_sum, index=total.index) - off
    root = np.sqrt(rest.where(rest.ge(0), rest + 2 * off))
    return 100 * part, 100 * root / total


def people_by_age(numbers: pd.DataFrame, table: str) -> pd.DataFrame:
    """Add up a sex-by-age table to the lessons' eleven age groups, one column each.

    Children under 5 are one group there. A fifth of them is counted as under 1.

    Parameters
    ----------
    numbers
        Estimates, one column a variable of `age_variables`.
    table
        Such as ``"B01001"``.
    """
    sums = {
        label: numbers[names].sum(axis=1, skipna=False)
        for label, names in age_variables(table).items()
    }
    children = sums.pop("Under 5")
    youngest = (_CHILDREN_UNDER_1 * children).round()
    return pd.DataFrame({"Under 1": youngest, "1-4": children - youngest, **sums})


def poverty_fifths(poverty: pd.Series, ids: pd.Series) -> pd.Series:
    """Sort places into five groups of equal number by poverty: 1 has the lowest rates, 5 the most.

    Of equal rates, the first in the order of the ids comes first. Fewer than five places make no
    fifths, and a place without a rate is in none.

    Examples
    --------
    >>> rates = pd.Series([30.0, 4.0, 12.0, None, 12.0, 21.0])
    >>> poverty_fifths(rates, pd.Series(list("ABCDEF"))).tolist()
    [5, 1, 2, <NA>, 3, 4]
    """
    known = poverty.notna()
    order = pd.DataFrame({"rate": poverty, "id": ids})[known].sort_values(["rate", "id"])
    count = len(order)
    fifths = pd.Series(pd.NA, index=poverty.index, dtype="Int64")
    if count >= 5:
        fifths[order.index] = np.arange(count) * 5 // count + 1
    return fifths
