"""A printed table under attack: what a reader works out of it, and under whose rule."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from playbook.city.small_count_rules import RULES as AGENCIES
from playbook.city.tables import City
from playbook.estimate import format_number
from playbook.insights.label_words import in_sentence
from playbook.insights.published_deaths import (
    TABLES,
    come_back,
    deaths_by_district_and_age,
    last_years,
)
from playbook.insights.stand_in import on_tables
from playbook.measures.disclosure import hide_small, recover
from playbook.measures.suppression import TOTAL, Suppressed, suppress

# Whose rule hides which counts: everything below the number. Sources stand in the book.
RULES = {
    AGENCIES[key].label: AGENCIES[key].below for key in ("wisconsin", "maine", "washington", "cms")
}
FIRST, SECOND = "Small counts hidden", "Protected"
MOST_ROWS = 16


@on_tables(*TABLES)
def worked_out(city: City) -> pd.DataFrame:
    """Say which hidden counts of last year's deaths the totals give back, and by which sum.

    Parameters
    ----------
    city
        A city with the tables `deaths` and `neighborhoods`.

    Returns
    -------
    pandas.DataFrame
        ``district``, ``age``, ``sum`` and ``hidden_count``, one row a count. The count itself is
        and the sum are printed for a fictional city only. Where none comes back, one row says so.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> worked_out(load_city())
        district       age                     sum hidden_count
    0    Foundry  Under 25  257 less 24, 54 and 173            6
    1  Southgate  Under 25  249 less 12, 52 and 180            5
    """
    published = hide_small(deaths_by_district_and_age(city), city.small_counts.below)
    found = recover(published)
    rows = [
        (
            row,
            column,
            _sum_words(published, row, column) if city.fictional else "One total less the others",
            format_number(count, 0) if city.fictional else "a reader has it",
        )
        for row, column, count in found.loc[
            found["recovered"], ["row", "column", "low"]
        ].itertuples(index=False)
    ]
    nothing = ("None", "None", "No total gives one back", "None")
    return pd.DataFrame(rows or [nothing], columns=["district", "age", "sum", "hidden_count"])


def _sum_words(published: Suppressed, row: str, column: str) -> str:
    """Write the subtraction in one row or one column; other counts take several totals."""
    for line, name in ((published.table.T[row], column), (published.table[column], row)):
        others = line.drop(name)
        if TOTAL in others.index and not others.isna().any():
            total, *shown = (format_number(count, 0) for count in _total_first(others))
            return f"{total} less {_in_a_row(shown)}"
    return "Several totals together"


def _total_first(counts: pd.Series) -> list[float]:
    return [*counts[[TOTAL]].tolist(), *counts.drop(TOTAL).tolist()]


def _in_a_row(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


@on_tables(*TABLES)
def numbers_that_fit(city: City) -> pd.DataFrame:
    """Count how many numbers each small count could be, in the eyes of a reader.

    Parameters
    ----------
    city
        A city with the tables `deaths` and `neighborhoods`.

    Returns
    -------
    pandas.DataFrame
        ``count`` (district and age), ``table`` ("Small counts hidden" or "Protected") and
        ``numbers_that_fit``: 1 is given away, 10 is all that the rule allows. At most 16 counts,
        those nearest to being given away first. Where none is hidden, one row says so.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> numbers_that_fit(load_city()).head(2)
                   count                table  numbers_that_fit
    0  Foundry, under 25  Small counts hidden               1.0
    1  Foundry, under 25            Protected              10.0
    """
    deaths, below = deaths_by_district_and_age(city), city.small_counts.below
    pairs = {FIRST: recover(hide_small(deaths, below)), SECOND: recover(suppress(deaths, below))}
    if pairs[FIRST].empty:
        empty = {"count": ["No count is hidden"], "table": [FIRST], "numbers_that_fit": [math.nan]}
        return pd.DataFrame(empty)
    wide = pd.DataFrame({name: _fits(found, below) for name, found in pairs.items()})
    wide = wide.dropna(subset=FIRST).sort_values(FIRST, kind="stable").head(MOST_ROWS)
    names = [f"{row}, {in_sentence(column)}" for row, column in wide.index]
    rows = [
        (name, table, fits[table])
        for name, fits in zip(names, wide.to_dict("records"), strict=True)
        for table in pairs
    ]
    return pd.DataFrame(rows, columns=["count", "table", "numbers_that_fit"])


def _fits(found: pd.DataFrame, below: int) -> pd.Series:
    """Count the whole numbers from low to high; a small count is one of `below` - 1 at most."""
    numbers = np.minimum((found["high"] - found["low"] + 1).to_numpy(dtype=float), below - 1)
    return pd.Series(numbers, index=pd.MultiIndex.from_frame(found[["row", "column"]]))


@on_tables(*TABLES)
def come_back_by_year(city: City) -> pd.DataFrame:
    """Count what comes back of protected yearly tables, read beside tables that add up years.

    Parameters
    ----------
    city
        A city with the tables `deaths` and `neighborhoods`.

    Returns
    -------
    pandas.DataFrame
        ``year`` as text, ``hidden`` and ``come_back``, one row a yearly table.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> come_back_by_year(load_city())["come_back"].tolist()
    [2, 2, 6, 4]
    """
    rows = [
        (str(span[0]), len(found), int(found["recovered"].sum()))
        for span, found in come_back(city).items()
    ]
    return pd.DataFrame(rows, columns=["year", "hidden", "come_back"])


def small_count_rules() -> list[str]:
    """Name four rules on small counts: whose, of which year, and what they hide.

    Examples
    --------
    >>> small_count_rules()[0]
    'Wisconsin, 2018: 1 to 4'
    """
    return list(RULES)


@on_tables(*TABLES)
def deaths_under_rule(city: City, rule: str) -> pd.DataFrame:
    """Try a rule on last year's deaths: what it hides, and what the totals give back.

    Parameters
    ----------
    city
        A city with the tables `deaths` and `neighborhoods`.
    rule
        One of `small_count_rules`.

    Returns
    -------
    pandas.DataFrame
        Names and numbers of counts: hidden for being small, given back by the totals, hidden
        when the table is protected, given back then.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> deaths_under_rule(load_city(), "Maine, 2018: 1 to 5")
                      counts  number
    0       Small and hidden       7
    1             Given back       7
    2  Hidden when protected      12
    3        Given back then       0
    """
    deaths, below = deaths_by_district_and_age(city), RULES[rule]
    small, safe = recover(hide_small(deaths, below)), recover(suppress(deaths, below))
    numbers = {
        "Small and hidden": len(small),
        "Given back": int(small["recovered"].sum()),
        "Hidden when protected": len(safe),
        "Given back then": int(safe["recovered"].sum()),
    }
    return pd.DataFrame({"counts": list(numbers), "number": list(numbers.values())})


@dataclass(frozen=True)
class PencilRow:
    """A row of a printed table in which one count is hidden.

    Parameters
    ----------
    year, district, age
        Where the hidden count stands.
    total
        Total of the row.
    shown
        The other counts, by age.
    """

    year: int
    district: str
    age: str
    total: int
    shown: dict[str, int]

    @property
    def count(self) -> int:
        """The hidden count."""
        return self.total - sum(self.shown.values())


def pencil_row(city: City) -> PencilRow | None:
    """Find a row that a pencil breaks, in the newest table of deaths before the last one.

    Parameters
    ----------
    city
        A city. In a real one nothing is looked for: nobody's small counts are an exercise.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> row = pencil_row(load_city())
    >>> row.year, row.district, row.total, row.shown
    (2024, 'Foundry', 280, {'25 to 44': 17, '45 to 64': 64, '65 and older': 190})
    """
    if not city.fictional or not all(name in city for name in TABLES) or city["deaths"].empty:
        return None
    for year in reversed(last_years(city)[:-1]):
        published = hide_small(deaths_by_district_and_age(city, (year,))).table
        for district, line in published.iterrows():
            if district == TOTAL or TOTAL not in line.index or line.isna().sum() != 1:
                continue
            age = str(line.index[line.isna()][0])
            if age != TOTAL:
                shown = {str(name): int(n) for name, n in line.drop([age, TOTAL]).items()}
                return PencilRow(year, str(district), age, int(line[TOTAL]), shown)
    return None
