"""Whether rows without names can be led back to one person: how many people look alike."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from playbook.errors import PlaybookError
from playbook.measures.curves import check_columns

# How many people alike are few: up to these, and more.
FEW = {"1": 1, "2 to 4": 4, "5 to 10": 10}
MANY = "11 or more"


def k_anonymity(rows: pd.DataFrame, columns: Sequence[str], counts: str = "") -> int:
    """Size of the smallest group of people whom the columns describe alike.

    Parameters
    ----------
    rows
        One row a person, or a table of counts. At least one person.
    columns
        What a neighbor could know of a person: place, age, day.
    counts
        Column with the number of people in a row; empty when each row is one person.

    Returns
    -------
    int
        1 means that someone is the only one of their kind, and can be found.

    Raises
    ------
    PlaybookError
        When a column is missing, a count is negative or not whole, or nobody is there.

    Notes
    -----
    Sweeney L (2002), International Journal of Uncertainty, Fuzziness and Knowledge-Based Systems
    10:557-570.

    Examples
    --------
    >>> rows = pd.DataFrame({"place": ["Hill", "Hill", "Mill", "Mill"], "age": [30, 30, 30, 41]})
    >>> k_anonymity(rows, ["place"]), k_anonymity(rows, ["place", "age"])
    (2, 1)
    """
    return int(_group_sizes(rows, columns, counts).min())


def people_alike(rows: pd.DataFrame, columns: Sequence[str], counts: str = "") -> pd.DataFrame:
    """Count people by how many others the same columns describe.

    Parameters
    ----------
    rows, columns, counts
        As `k_anonymity`.

    Returns
    -------
    pandas.DataFrame
        ``alike`` ("1" is the only one of their kind), ``people`` and ``percent``.

    Raises
    ------
    PlaybookError
        As `k_anonymity`.

    Examples
    --------
    >>> rows = pd.DataFrame({"place": ["Hill", "Hill", "Mill", "Quay"], "deaths": [3, 9, 1, 0]})
    >>> people_alike(rows, ["place"], counts="deaths")
            alike  people  percent
    0           1       1      7.7
    1      2 to 4       0      0.0
    2     5 to 10       0      0.0
    3  11 or more      12     92.3
    """
    sizes = _group_sizes(rows, columns, counts)
    bands = pd.cut(sizes, [0, *FEW.values(), np.inf], labels=[*FEW, MANY])
    people = sizes.groupby(bands, observed=False).sum().astype("int64")
    table = pd.DataFrame({"alike": [*FEW, MANY], "people": people.to_numpy()})
    return table.assign(percent=(100 * table["people"] / table["people"].sum()).round(1))


def _group_sizes(rows: pd.DataFrame, columns: Sequence[str], counts: str) -> pd.Series:
    check_columns(rows, [*columns, *([counts] if counts else [])])
    if not columns:
        raise PlaybookError(
            "I need a column or more that describes people.", fix="Name those a neighbor knows."
        )
    people = pd.to_numeric(rows[counts], errors="coerce") if counts else pd.Series(1, rows.index)
    if not ((people >= 0) & (people % 1 == 0)).all():
        raise PlaybookError(
            f"The column {counts} should hold whole numbers from 0 up.",
            fix="Write 0 where nobody was counted, or leave that row out.",
        )
    sizes = people.groupby([rows[name] for name in columns], dropna=False, observed=True).sum()
    sizes = sizes[sizes > 0]
    if sizes.empty:
        raise PlaybookError("There is nobody in these rows.", fix="Check the filter before it.")
    return sizes
