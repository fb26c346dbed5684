"""Small counts of people in what a lesson shows: hidden by the rule that the city follows.

The line: deaths, births, visits and the like count people who could be recognized. Requests about
potholes, hazards on a street and neighborhoods don't, nor do residents, whom the census publishes.
A rate of people gives its count away to whoever knows how many live there, so it goes with it.
"""

from __future__ import annotations

import pandas as pd

from playbook.city.tables import City
from playbook.measures.count_network import Totals
from playbook.measures.suppression import TOTAL, Suppressed, suppress


def safe_counts(city: City, table: pd.DataFrame, totals: Totals = "both") -> Suppressed:
    """Protect a table of counts of people by the rule that the city follows.

    Parameters
    ----------
    city
        The city that is open.
    table, totals
        As in `suppress`: counts, and which totals readers will have, here or beside it.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> visits = pd.DataFrame({"2024": [4, 30], "2025": [25, 60]}, index=["Hill", "Mill"])
    >>> safe_counts(load_city(), visits, totals="none").for_readers()
                   2024 2025
    Hill  fewer than 11   25
    Mill             30   60
    """
    return suppress(table, city.small_counts.below, totals)


def hidden_counts(city: City, table: pd.DataFrame, totals: Totals = "both") -> pd.DataFrame:
    """Say which counts of people, and so which rates, the city's rule keeps back.

    Parameters
    ----------
    city, table, totals
        As in `safe_counts`. Totals that are not small are taken to be told elsewhere.

    Returns
    -------
    pandas.DataFrame
        True where hidden; rows and columns as in the table, without totals.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> visits = pd.DataFrame({"2024": [4, 30], "2025": [25, 60]}, index=["Hill", "Mill"])
    >>> hidden_counts(load_city(), visits, totals="rows")
          2024   2025
    Hill  True   True
    Mill  False  False
    """
    found = safe_counts(city, table, totals)
    hidden = found.table.isna()
    inner = hidden.drop(index=TOTAL, columns=TOTAL, errors="ignore")
    # The total is told elsewhere, so it can't be what is hidden: its counts go in its place.
    if TOTAL in hidden.columns:
        rows = hidden[TOTAL].drop(TOTAL, errors="ignore")
        inner = inner | (table > 0).mul(rows, axis=0)
    if TOTAL in hidden.index:
        columns = hidden.loc[TOTAL].drop(TOTAL, errors="ignore")
        inner = inner | (table > 0).mul(columns, axis=1)
    return inner


def is_small(city: City, counts: pd.Series) -> pd.Series:
    """Say which counts of people are too small to show, one by one and without totals."""
    return counts.between(1, city.small_counts.below - 1)
