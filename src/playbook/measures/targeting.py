"""Which doors first: a score for places, what it reaches at a given capacity, and whom it misses.

A score decides who is visited first, so it is held to more than being right on average: it shows
what it reaches against a draw by lot, whom it misses, and it never takes race as an input.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from playbook.errors import PlaybookError
from playbook.measures.curves import check_columns
from playbook.measures.logistic import logistic_fit, logistic_predict
from playbook.measures.places import numbers_of

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]

# Race helps to see and to check. It is never an input that decides who gets a service.
_RACE = re.compile(
    r"(?:^|_)(?:race|racial|ethnic\w*|black|white|hispanic|latin[oax]|asian|native|indigenous)(?:_|$)"
)
# Words that mean one thing in a column of yes and no.
_YES_NO: Mapping[Any, float] = {"yes": 1.0, "no": 0.0, True: 1.0, False: 0.0}


def fit_score(cases: pd.DataFrame, inputs: Sequence[str], needs: npt.ArrayLike) -> pd.DataFrame:
    """Fit the chance that a case needs the service to what is known of it.

    Parameters
    ----------
    cases
        One row a case, such as a home that was surveyed.
    inputs
        Columns to use: numbers, or "yes" and "no". No column about race.
    needs
        Whether each case needs the service.

    Returns
    -------
    pandas.DataFrame
        As `logistic_fit`: one row a term.

    Raises
    ------
    PlaybookError
        When a column is about race, is missing or holds other words, or as `logistic_fit`.

    Notes
    -----
    Logistic regression, see `logistic_fit`.

    Examples
    --------
    >>> homes = pd.DataFrame({"pre1950": ["no", "no", "no", "no", "yes", "yes", "yes", "yes"]})
    >>> no_alarm = [False, False, False, True, False, True, True, True]
    >>> fit_score(homes, ["pre1950"], no_alarm)["coefficient"].round(1).tolist()
    [-1.1, 2.2]
    """
    check_columns(cases, inputs)
    for column in inputs:
        if _RACE.search(column.lower()):
            raise PlaybookError(
                f"The column {column} is about race. A score that decides who is served first "
                "never takes race as an input.",
                fix="Leave it out here. Use it afterward, in error_rates, to check whom the score "
                "misses.",
            )
    columns = pd.DataFrame({column: _as_numbers(cases[column], column) for column in inputs})
    return logistic_fit(columns, np.asarray(needs, dtype=float))


def score_places(
    fit: pd.DataFrame, places: pd.DataFrame, shares: Mapping[str, str], doors: str = "homes"
) -> pd.DataFrame:
    """Score places by the share of their homes that need the service.

    Parameters
    ----------
    fit
        What `fit_score` returned.
    places
        One row a place, with its number of homes and the percent of them that have each thing.
    shares
        Input of the fit by the column of `places` that holds its percent.
    doors
        Column with the number of homes.

    Returns
    -------
    pandas.DataFrame
        `places` with ``chance`` (share of homes expected to need it), ``expected_needs`` (how many
        homes that is) and ``doors_per_need`` (doors to knock on for one of them).

    Raises
    ------
    PlaybookError
        When a column is missing, or holds a number that is not a percent.

    Notes
    -----
    The fit, made for homes, is read at the shares of a place. Homes differ within a place, so the
    level is a little off; the order of places hardly is. Check both with `calibration`.

    Examples
    --------
    >>> homes = pd.DataFrame({"pre1950": [0, 0, 0, 0, 1, 1, 1, 1]})
    >>> fit = fit_score(homes, ["pre1950"], [0, 0, 0, 1, 0, 1, 1, 1])
    >>> blocks = pd.DataFrame({"block": ["A", "B"], "homes": [200, 100], "old_pct": [0, 100]})
    >>> score_places(fit, blocks, {"old_pct": "pre1950"}).round(2)
      block  homes  old_pct  chance  expected_needs  doors_per_need
    0     A    200        0    0.25            50.0            4.00
    1     B    100      100    0.75            75.0            1.33
    """
    check_columns(places, [*shares, doors])
    for column in shares:
        percent = numbers_of(places[column], f"the column {column}")
        if ((percent < 0) | (percent > 100)).any():
            raise PlaybookError(
                f"The column {column} should hold percents from 0 to 100.",
                fix="Multiply shares by 100, or check the rows outside that range.",
            )
    inputs = places[list(shares)].rename(columns=dict(shares)) / 100
    chance = logistic_predict(fit, inputs)
    homes = numbers_of(places[doors], f"the column {doors}")
    return places.assign(
        chance=chance, expected_needs=homes * chance, doors_per_need=_inverse(chance)
    )


def chosen_first(
    score: npt.ArrayLike, doors: npt.ArrayLike, capacity: float = 0.2, seed: int = 0
) -> Flags:
    """Choose the places with the highest scores, as many as the capacity allows.

    Parameters
    ----------
    score
        One number a place; higher comes first.
    doors
        Doors of each place.
    capacity
        Share of all doors that can be reached, above 0 and at most 1.
    seed
        Start of the lot that decides between places of the same score. Were the table's order to
        decide, places would win by their name.

    Returns
    -------
    numpy.ndarray
        True for the places chosen. The first place that no longer fits ends the list.

    Raises
    ------
    PlaybookError
        When a number is missing, a count of doors is negative, or the capacity is out of range.

    Examples
    --------
    >>> chosen_first([0.3, 0.1, 0.5, 0.2], [100, 100, 100, 100], capacity=0.5).tolist()
    [True, False, True, False]
    """
    if not 0 < capacity <= 1:
        raise PlaybookError(
            f"A capacity of {capacity:g} is not a share of all doors.",
            fix="Write 0.2 for one door in five.",
        )
    order, homes = _order(score, doors, seed)
    chosen = np.zeros(len(homes), dtype=bool)
    # A hair more, or one door in five of five doors would not be reached.
    chosen[order] = homes[order].cumsum() <= capacity * homes.sum() * (1 + 1e-9)
    return chosen


def gain_curve(
    score: npt.ArrayLike, doors: npt.ArrayLike, needs: npt.ArrayLike, seed: int = 0
) -> pd.DataFrame:
    """Share of all need that is reached after each share of doors, highest scores first.

    Parameters
    ----------
    score, doors, seed
        As in `chosen_first`.
    needs
        What is to be reached in each place, such as homes without an alarm. 0 or more.

    Returns
    -------
    pandas.DataFrame
        ``doors_share`` and ``reached_share``, both from 0 to 1, one row a place after a first row
        of zeros. A draw by lot would reach the share of doors itself.

    Raises
    ------
    PlaybookError
        As `chosen_first`, and when there is no need at all.

    Notes
    -----
    Known as a cumulative gain curve: with one door a place, its height is the recall of the places
    chosen so far.

    Examples
    --------
    >>> gain_curve([0.3, 0.1, 0.5], [100, 200, 100], [30, 10, 60])
       doors_share  reached_share
    0         0.00            0.0
    1         0.25            0.6
    2         0.50            0.9
    3         1.00            1.0
    """
    order, homes = _order(score, doors, seed)
    need = _needs(needs, len(homes))
    return pd.DataFrame(
        {
            "doors_share": np.r_[0.0, homes[order].cumsum() / homes.sum()],
            "reached_share": np.r_[0.0, need[order].cumsum() / need.sum()],
        }
    )


def _as_numbers(column: pd.Series, name: str) -> Numbers:
    """Read yes and no as 1 and 0; leave numbers as they are."""
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        return numbers_of(column, f"the column {name}")
    numbers = column.map(_YES_NO)
    if numbers.isna().any():
        odd = column[numbers.isna()].iloc[0]
        raise PlaybookError(
            f"The column {name} should hold yes and no, or numbers; I found {odd}.",
            fix="Make one column of yes and no for each kind, or leave those rows out.",
        )
    return numbers.to_numpy(dtype=float)


def _order(score: npt.ArrayLike, doors: npt.ArrayLike, seed: int) -> tuple[Places, Numbers]:
    """Give the places from the highest score to the lowest, and the doors of each."""
    points, homes = numbers_of(score, "a score"), numbers_of(doors, "a count of doors")
    if len(points) != len(homes):
        raise PlaybookError(
            f"There are {len(points):,} scores and {len(homes):,} counts of doors.",
            fix="Take both from the same table.",
        )
    if (homes < 0).any() or not homes.sum() > 0:
        raise PlaybookError(
            "A count of doors is 0 or more, and some place has doors.",
            fix="Check the column with the number of homes.",
        )
    lot = np.random.default_rng(seed).random(len(points))
    return np.lexsort((lot, -points)), homes


def _needs(needs: npt.ArrayLike, places: int) -> Numbers:
    need = numbers_of(needs, "a need")
    if len(need) != places or (need < 0).any() or not need.sum() > 0:
        raise PlaybookError(
            f"I need one need a place, 0 or more, and some above 0; I found {len(need):,} for "
            f"{places:,} places, {need.sum():g} in all.",
            fix="Take the needs from the same table as the scores.",
        )
    return need


def _inverse(chance: Numbers) -> Numbers:
    inverse = np.full(len(chance), np.inf)
    np.divide(1.0, chance, out=inverse, where=chance > 0)
    return inverse
