"""Where departments meet at one address: overlap, and which of them come together."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import numpy as np
import pandas as pd

from playbook.errors import PlaybookError
from playbook.measures.intervals import wilson_limits

# A mix that fewer addresses have could lead to one of them.
FEWEST_SHOWN = 11
OTHER_MIXES = "Other mixes"
JOIN = " + "


def jaccard(records: pd.DataFrame, unit: str, group: str) -> pd.DataFrame:
    """How far two groups deal with the same units: those both know, of all that either knows.

    Parameters
    ----------
    records
        One row a contact. Repeats count once.
    unit
        Column of what is dealt with, such as ``"address_id"``.
    group
        Column of who deals with it, such as ``"department"``.

    Returns
    -------
    pandas.DataFrame
        Groups by groups, sorted, from 0 (nothing in common) to 1 (the very same units).

    Raises
    ------
    PlaybookError
        When a column is missing, or there are no records.

    Notes
    -----
    Source: Jaccard P (1901), Bulletin de la Société Vaudoise des Sciences Naturelles 37:547-579.

    Examples
    --------
    >>> contacts = pd.DataFrame(
    ...     {"address": ["x", "y", "y", "z", "z"], "by": ["Fire", "Fire", "Code", "Code", "Code"]}
    ... )
    >>> jaccard(contacts, unit="address", group="by").round(2)
    by    Code  Fire
    by
    Code  1.00  0.33
    Fire  0.33  1.00
    """
    known = _known(records, unit, group).astype(float)
    both = known.T @ known
    counts = known.sum()
    either = counts.to_numpy()[:, np.newaxis] + counts.to_numpy() - both
    shares: pd.DataFrame = both / either
    return shares


def combination_counts(
    records: pd.DataFrame, unit: str, group: str, fewest: int = FEWEST_SHOWN
) -> pd.DataFrame:
    """Count units by the exact mix of groups that deal with them, as an UpSet chart shows.

    Parameters
    ----------
    records, unit, group
        As in `jaccard`.
    fewest
        Mixes of fewer units are joined into one last row, so that none can be recognized. If that
        row is as small, the smallest mix shown joins it.

    Returns
    -------
    pandas.DataFrame
        One row a mix, most units first: ``mix`` (names joined by " + "), ``groups`` (how many; 0
        for the joined row), ``units`` and ``share`` (percent of all units).

    Raises
    ------
    PlaybookError
        As in `jaccard`.

    Notes
    -----
    Source: Lex A and others (2014), UpSet: Visualization of Intersecting Sets, IEEE Transactions
    on Visualization and Computer Graphics 20:1983-1992.

    Examples
    --------
    >>> contacts = pd.DataFrame(
    ...     {"address": ["x", "y", "y", "z", "z"], "by": ["Fire", "Fire", "Code", "Code", "Fire"]}
    ... )
    >>> combination_counts(contacts, unit="address", group="by", fewest=1).round(1)
               mix  groups  units  share
    0  Code + Fire       2      2   66.7
    1         Fire       1      1   33.3
    """
    known = _known(records, unit, group)
    rows, counts = np.unique(known.to_numpy(), axis=0, return_counts=True)
    names = known.columns.to_numpy()
    table = pd.DataFrame(
        {
            "mix": [JOIN.join(map(str, names[row])) for row in rows],
            "groups": rows.sum(axis=1),
            "units": counts,
        }
    ).sort_values(["units", "mix"], ascending=[False, True], ignore_index=True)
    shown = int((table["units"] >= fewest).sum())
    # One small row left beside a known total is as good as shown.
    while shown and 0 < table["units"].iloc[shown:].sum() < fewest:
        shown -= 1
    rest = int(table["units"].iloc[shown:].sum())
    table = table.iloc[:shown]
    if rest:
        joined = pd.DataFrame({"mix": [OTHER_MIXES], "groups": [0], "units": [rest]})
        table = pd.concat([table, joined])
    return table.assign(share=100 * table["units"] / len(known)).reset_index(drop=True)


def common_combinations(
    records: pd.DataFrame, unit: str, group: str, size: int = 3
) -> pd.DataFrame:
    """Which groups meet at the same units most often, whoever else comes there too.

    Parameters
    ----------
    records, unit, group
        As in `jaccard`.
    size
        How many groups meet; 2 or more.

    Returns
    -------
    pandas.DataFrame
        One row a combination that meets at 11 units or more, most first: ``groups`` (names joined
        by " + "), ``units``, ``share`` (percent of all units) and its range ``low`` and ``high``.

    Raises
    ------
    PlaybookError
        As in `jaccard`, and when `size` is below 2.

    Notes
    -----
    Range: Wilson EB (1927), Journal of the American Statistical Association 22:209-212.

    Examples
    --------
    >>> contacts = pd.DataFrame({"address": [*range(20)] * 2, "by": ["Fire"] * 20 + ["Code"] * 20})
    >>> common_combinations(contacts, unit="address", group="by", size=2).round(1)
            groups  units  share   low   high
    0  Code + Fire     20  100.0  83.9  100.0
    """
    if size < 2:
        raise PlaybookError(
            f"It takes two to meet; the size is {size}.", fix="Use a size of 2 or more."
        )
    known = _known(records, unit, group)
    names = np.array([str(name) for name in known.columns])
    met: Counter[tuple[str, ...]] = Counter()
    rows, counts = np.unique(known.to_numpy(), axis=0, return_counts=True)
    for row, count in zip(rows, counts.tolist(), strict=True):
        for some in combinations(names[row].tolist(), size):
            met[some] += count
    found = sorted(met.items(), key=lambda one: (-one[1], one[0]))
    shown = [(JOIN.join(some), count) for some, count in found if count >= FEWEST_SHOWN]
    table = pd.DataFrame(shown, columns=["groups", "units"])
    low, high = wilson_limits(table["units"].to_numpy(), len(known))
    share = 100 * table["units"] / len(known)
    return table.assign(share=share, low=100 * low, high=100 * high)


def _known(records: pd.DataFrame, unit: str, group: str) -> pd.DataFrame:
    """Units by groups: whether the group deals with the unit."""
    require_columns(records, (unit, group))
    known = records[[unit, group]].dropna()
    if known.empty:
        raise PlaybookError(
            "There are no records to compare.", fix="Check the filter that made this table."
        )
    units, unit_names = pd.factorize(known[unit])
    groups, group_names = pd.factorize(known[group], sort=True)
    table = np.zeros((len(unit_names), len(group_names)), dtype=bool)
    table[units, groups] = True
    return pd.DataFrame(table, columns=pd.Index(group_names, name=group))


def require_columns(table: pd.DataFrame, columns: tuple[str, ...]) -> None:
    """Say in plain words which column is missing."""
    missing = [name for name in columns if name not in table.columns]
    if missing:
        raise PlaybookError(
            f"The table has no column {missing[0]}. It has: {', '.join(map(str, table.columns))}.",
            fix="Use one of its columns, or rename one.",
        )
