"""Counts that a city's own file hides: where they are, and when they are too many to go on."""

from __future__ import annotations

import pandas as pd

from playbook.city.tables import City

# In a sum, the middle of what a hidden count can be stands for it. Where these make up more than a
# tenth of a sum, the sum says more of the guess than of the city.
MOST_GUESSED = 0.1


def hidden_cells(city: City, table: str, column: str) -> pd.Series:
    """Say which counts of a table the city's file hides.

    Parameters
    ----------
    city
        The city that is open.
    table, column
        A table that the city has, and one of its counts.

    Returns
    -------
    pandas.Series
        True where hidden, one value a row of the table.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> bool(hidden_cells(load_city(), "deaths", "deaths").any())
    False
    """
    rows = city[table]
    nowhere = pd.Series(data=False, index=rows.index)
    if table in city.in_memory or column not in set(city.hidden_counts(table)["column"]):
        return nowhere
    stored = pd.read_csv(city.folder / city.contract[table].path, usecols=[column], dtype="str")
    return stored[column].isna()


def mostly_guessed(city: City, count: float, hidden: float) -> bool:
    """Tell whether more than a tenth of a sum stands for counts that are hidden.

    Parameters
    ----------
    city
        The city that is open: its rule says what stands for a hidden count.
    count, hidden
        The sum, and how many of the counts in it are hidden.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> mostly_guessed(load_city(), 100, 2), mostly_guessed(load_city(), 100, 3)
    (False, True)
    """
    return hidden * city.small_counts.middle > MOST_GUESSED * count
