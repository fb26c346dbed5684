"""How unevenly something is spread over places, people or accounts: who holds how much of it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from playbook.errors import PlaybookError
from playbook.measures.places import Numbers, numbers_of

# Adding up shares leaves a sum a hair beside the one meant: one half of 64 equal places is 32.
SAME = 1e-9


def lorenz_curve(values: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> pd.DataFrame:
    """Points of the Lorenz curve: what the units with the least hold together.

    Parameters
    ----------
    values
        How much each unit holds, 0 or more: such as the contacts of an address or the vacant lots
        of a place. In any unit.
    weights
        How many people (or homes) stand behind each unit, above 0. Units then line up by how much
        they hold for each of them. Left out, every unit counts the same.

    Returns
    -------
    pandas.DataFrame
        ``population_share`` and ``value_share``, both from 0 to 1, rising: one row more than there
        are units, because the curve starts at 0. On the diagonal all hold the same.

    Raises
    ------
    PlaybookError
        When a value is missing or below 0, all are 0, a weight is not above 0, or the numbers of
        values and weights differ.

    Notes
    -----
    Source: Lorenz MO (1905), Publications of the American Statistical Association 9:209-219.

    Examples
    --------
    >>> lorenz_curve([1, 5, 2, 2])
       population_share  value_share
    0              0.00          0.0
    1              0.25          0.1
    2              0.50          0.3
    3              0.75          0.5
    4              1.00          1.0
    """
    amount = _amounts(values)
    people = np.ones_like(amount) if weights is None else _people(weights, len(amount))
    return _points(amount, people, np.argsort(amount / people, kind="stable"))


def concentration_curve(
    values: npt.ArrayLike, population: npt.ArrayLike, order: npt.ArrayLike
) -> pd.DataFrame:
    """Points of the concentration curve: what places hold, lined up by something else.

    Parameters
    ----------
    values
        How much each place holds, 0 or more.
    population
        How many people live in each place, above 0.
    order
        What the places line up by, lowest first: such as poverty, negated when the highest-poverty
        places shall come first. Places with the same number join into one point.

    Returns
    -------
    pandas.DataFrame
        ``population_share`` and ``value_share``, both from 0 to 1, starting at 0. Above the
        diagonal, the first places hold more than their share.

    Raises
    ------
    PlaybookError
        As in `lorenz_curve`; or when a number to line up by is missing.

    Notes
    -----
    Source: Kakwani N, Wagstaff A, van Doorslaer E (1997), Journal of Econometrics 77:87-103.

    Examples
    --------
    >>> poverty = np.array([30, 10, 20, 10])
    >>> concentration_curve([6, 1, 2, 1], [100, 100, 200, 100], -poverty)
       population_share  value_share
    0               0.0          0.0
    1               0.2          0.6
    2               0.6          0.8
    3               1.0          1.0
    """
    amount = _amounts(values)
    people = _people(population, len(amount))
    rank = numbers_of(order, "the order")
    _check_same_length(rank, amount)
    by = np.argsort(rank, kind="stable")
    # Where ties stand in the table must not bend the curve.
    last_of_tie = np.append(np.diff(rank[by]) > 0, True)
    return _points(amount, people, by)[np.r_[True, last_of_tie]].reset_index(drop=True)


def gini(values: npt.ArrayLike) -> float:
    """Gini coefficient: 0 when all units hold the same, near 1 when one holds everything.

    Parameters
    ----------
    values
        How much each unit holds, 0 or more.

    Returns
    -------
    float
        Twice the area between the Lorenz curve and the diagonal. Among ``n`` units it can't exceed
        ``1 - 1 / n``: with few units, don't compare it to that of many. Some authors multiply by
        ``n / (n - 1)``; this is the plain form.

    Raises
    ------
    PlaybookError
        When a value is missing or below 0, or all are 0.

    Notes
    -----
    Source: Cowell FA (2000), Measurement of inequality, Handbook of Income
    Distribution 1:87-166.

    Examples
    --------
    >>> gini([5, 5, 5, 5]), gini([0, 0, 0, 20]), round(gini([1, 5, 2, 2]), 3)
    (0.0, 0.75, 0.3)
    """
    amount = np.sort(_amounts(values))
    units = len(amount)
    ranks = 2 * np.arange(1, units + 1) - units - 1
    return float((ranks * amount).sum() / (units * amount.sum()))


def herfindahl(values: npt.ArrayLike) -> float:
    """Herfindahl index: the chance that two dollars (or contacts) picked are held by one unit.

    Parameters
    ----------
    values
        How much each unit holds, 0 or more.

    Returns
    -------
    float
        Sum of the squared shares, from ``1 / n`` when all ``n`` units hold the same, to 1. One
        divided by it is how many equal units would be as concentrated.

    Raises
    ------
    PlaybookError
        When a value is missing or below 0, or all are 0.

    Notes
    -----
    Source: Hirschman AO (1964), American Economic Review 54:761-762.

    Examples
    --------
    >>> herfindahl([5, 5, 5, 5]), herfindahl([0, 0, 0, 20]), round(herfindahl([1, 5, 2, 2]), 2)
    (0.25, 1.0, 0.34)
    """
    amount = _amounts(values)
    return float(((amount / amount.sum()) ** 2).sum())


def top_share(values: npt.ArrayLike, share: float = 0.05) -> float:
    """Say how much of everything the units with the most hold.

    Parameters
    ----------
    values
        How much each unit holds, 0 or more.
    share
        Which part of the units counts as the top, above 0 and up to 1.

    Returns
    -------
    float
        From 0 to 1, read off the Lorenz curve: when the top would end within a unit, that unit
        counts in part.

    Raises
    ------
    PlaybookError
        When a value is missing or below 0, all are 0, or `share` is not a share.

    Examples
    --------
    >>> top_share([1, 5, 2, 2], share=0.25), top_share([1, 5, 2, 2], share=0.5)
    (0.5, 0.7)
    """
    amount = np.sort(_amounts(values))[::-1]
    _check_share(share)
    held = np.r_[0.0, np.cumsum(amount / amount.sum())]
    return float(np.interp(share * len(amount), np.arange(len(held)), held))


def fewest_holding(values: npt.ArrayLike, share: float = 0.5) -> int:
    """Count the fewest units that together hold at least this share of everything.

    Parameters
    ----------
    values
        How much each unit holds, 0 or more.
    share
        The share of the total, above 0 and up to 1.

    Returns
    -------
    int
        How many units, counted from the one with the most.

    Raises
    ------
    PlaybookError
        When a value is missing or below 0, all are 0, or `share` is not a share.

    Examples
    --------
    >>> fewest_holding([1, 5, 2, 2]), fewest_holding([1, 5, 2, 2], share=0.9)
    (1, 3)
    """
    amount = np.sort(_amounts(values))[::-1]
    _check_share(share)
    held = np.cumsum(amount / amount.sum())
    return int((held < share - SAME).sum()) + 1


def _points(amount: Numbers, people: Numbers, by: npt.NDArray[np.intp]) -> pd.DataFrame:
    """Add up people and amounts in this order, from 0 to 1."""
    shares = {}
    for name, each in {"population_share": people[by], "value_share": amount[by]}.items():
        upto = np.cumsum(each)
        # Divided by its own last sum, so that the curve ends at 1 and not a hair beside it.
        shares[name] = np.r_[0.0, upto / upto[-1]]
    return pd.DataFrame(shares)


def _amounts(values: npt.ArrayLike) -> Numbers:
    amount = numbers_of(values, "an amount")
    odd = np.flatnonzero(amount < 0)
    if len(odd):
        raise PlaybookError(
            f"What a unit holds is 0 or more; I found {amount[odd[0]]:g} in row {odd[0] + 1}.",
            fix="Check that row, or leave it out and say so.",
        )
    if not amount.sum() > 0:
        raise PlaybookError(
            "There is nothing to share out: I found no amount above 0.",
            fix="Check that you took the right column and that the table has rows.",
        )
    return amount


def _people(population: npt.ArrayLike, units: int) -> Numbers:
    people = numbers_of(population, "the number of people")
    odd = np.flatnonzero(people <= 0)
    if len(odd):
        raise PlaybookError(
            f"A place needs people in it; I found {people[odd[0]]:g} in row {odd[0] + 1}.",
            fix="Leave that place out, or join it with the one beside it.",
        )
    _check_same_length(people, np.empty(units))
    return people


def _check_same_length(numbers: Numbers, amounts: Numbers) -> None:
    if len(numbers) != len(amounts):
        raise PlaybookError(
            f"There are {len(amounts):,} amounts, but {len(numbers):,} numbers beside them.",
            fix="Take both from the same table, one row a place.",
        )


def _check_share(share: float) -> None:
    if not 0 < share <= 1:
        raise PlaybookError(
            f"A share of {share:g} is not between 0 and 1.",
            fix="Write 0.05 for 5 percent.",
        )
