"""Set up a trial: deal people to arms by chance, and check the deal before anything is sent."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from playbook.errors import PlaybookError

# Below this in size, two arms are commonly called alike.
ALIKE = 0.1


def randomize(people: pd.DataFrame, arms: Sequence[str], block: str, seed: int) -> pd.Series:
    """Deal people to the arms of a trial by chance, evenly within each block.

    Parameters
    ----------
    people
        One row a person, in any order.
    arms
        Names of the arms: two or more.
    block
        Column of `people`, such as the district. The deal is even within each of its values.
    seed
        Start of the random numbers. Write it into the protocol: the same seed and the same rows
        give the same deal, so that anyone can check it.

    Returns
    -------
    pandas.Series
        The arm of each row, with the index of `people`. In each block, and in all, the arms differ
        by at most one person.

    Raises
    ------
    PlaybookError
        When there are fewer than two arms, or a person has no block.

    Notes
    -----
    Permuted blocks: Friedman LM, Furberg CD, DeMets DL (2010), Fundamentals of Clinical Trials.

    Examples
    --------
    >>> people = pd.DataFrame({"district": ["Hill", "Hill", "Mill", "Mill"]})
    >>> randomize(people, ["letter", "none"], block="district", seed=3).tolist()
    ['none', 'letter', 'none', 'letter']
    """
    if len(set(arms)) < 2:
        raise PlaybookError(
            f"A trial compares at least two arms; I found {len(set(arms))}.",
            fix='Name them, such as ["control", "new letter"]. Today\'s letter can be one.',
        )
    blocks = people[block]
    if blocks.isna().any():
        raise PlaybookError(
            f"{blocks.isna().sum():,} people have no {block}.",
            fix='Fill the column first, or write a value such as "unknown" there.',
        )
    random = np.random.default_rng(seed)
    dealt = np.empty(len(people), dtype=object)
    # The deal goes on from block to block, so that leftovers even out over the city.
    deck = random.permutation(np.array(arms, dtype=object))
    start = 0
    for name in sorted(blocks.unique(), key=str):
        rows = np.flatnonzero((blocks == name).to_numpy())
        cards = deck[(start + np.arange(len(rows))) % len(deck)]
        dealt[rows] = random.permutation(cards)
        start += len(rows)
    return pd.Series(dealt, index=people.index, dtype="str", name="arm")


def balance_table(
    people: pd.DataFrame, arm: str, columns: Sequence[str], control: str
) -> pd.DataFrame:
    """Compare the arms before anything was sent, to see whether they are alike.

    Parameters
    ----------
    people
        One row a person.
    arm
        Column with the arm of each person.
    columns
        What to compare: columns with categories (each category gets a row) or with numbers.
    control
        The arm that the others are compared with.

    Returns
    -------
    pandas.DataFrame
        One row for each arm, column and category: ``arm``, ``column``, ``category`` (empty for a
        number), ``control`` and ``treated`` (percent of people, or the average), and
        ``standardized_difference``. Below `ALIKE` (0.1) in size, arms are commonly called alike.

    Raises
    ------
    PlaybookError
        When nobody is in the control arm, or there is no other arm.

    Notes
    -----
    Austin PC (2009), Statistics in Medicine 28:3083-3107. A test would answer another question:
    by luck, one of twenty columns differs "beyond chance" in a perfect deal.

    Examples
    --------
    >>> people = pd.DataFrame({"arm": ["new", "new", "old", "old"], "age": [30, 50, 40, 44]})
    >>> balance_table(people, "arm", ["age"], control="old").round(2)
       arm column category  control  treated  standardized_difference
    0  new    age              42.0     40.0                     -0.2
    """
    others = arms_of(people, arm, control)
    base = people[people[arm] == control]
    rows = [
        {"arm": name, "column": column, **row}
        for name in others
        for column in columns
        for row in _compared(base[column], people.loc[people[arm] == name, column])
    ]
    return pd.DataFrame(rows)


def _compared(control: pd.Series, treated: pd.Series) -> list[dict[str, object]]:
    if pd.api.types.is_numeric_dtype(control):
        first, second = float(control.mean()), float(treated.mean())
        spread = math.sqrt((float(control.var()) + float(treated.var())) / 2)
        return [_balance("", first, second, spread)]
    rows = []
    for category in sorted(set(control) | set(treated), key=str):
        first, second = float((control == category).mean()), float((treated == category).mean())
        spread = math.sqrt((first * (1 - first) + second * (1 - second)) / 2)
        rows.append(_balance(category, 100 * first, 100 * second, 100 * spread))
    return rows


def _balance(category: object, control: float, treated: float, spread: float) -> dict[str, object]:
    apart = treated - control
    size = apart / spread if spread > 0 else (0.0 if apart == 0 else math.inf)
    return {
        "category": category,
        "control": control,
        "treated": treated,
        "standardized_difference": size,
    }


def arms_of(people: pd.DataFrame, arm: str, control: str) -> list[str]:
    """Give the arms other than the control, in the order of the alphabet.

    Examples
    --------
    >>> arms_of(pd.DataFrame({"arm": ["new", "old", "card", "old"]}), "arm", control="old")
    ['card', 'new']
    """
    names = list(dict.fromkeys(people[arm].dropna().sort_values()))
    if control not in names or len(names) < 2:
        raise PlaybookError(
            f'I need the arm "{control}" and at least one other; I found: '
            f"{', '.join(map(str, names)) or 'none'}.",
            fix="Use one of the names in that column as the control.",
        )
    return [name for name in names if name != control]
