"""Figures of places with their standard errors: matched by name, and checked."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from playbook.errors import PlaybookError

Numbers = npt.NDArray[np.float64]


def paired(
    values: npt.ArrayLike, standard_errors: npt.ArrayLike
) -> tuple[pd.Index | None, Numbers, Numbers]:
    """Give the places' names, figures and standard errors, in the order of the figures."""
    index = index_of(values)
    if isinstance(values, pd.Series) and isinstance(standard_errors, pd.Series):
        standard_errors = _matched(standard_errors, values.index)
    value, error = numbers_of(values, "a figure"), numbers_of(standard_errors, "a standard error")
    if len(value) != len(error):
        raise PlaybookError(
            f"There are {len(value):,} figures and {len(error):,} standard errors.",
            fix="Take both from the same table, one row a place.",
        )
    if len(value) < 2:
        raise PlaybookError(
            f"I found {len(value)} place to compare.",
            fix="Give at least two, or look at the one with its own range.",
        )
    check_above_zero(error)
    return index, value, error


def _matched(standard_errors: pd.Series, names: pd.Index) -> pd.Series:
    if standard_errors.index.equals(names):
        return standard_errors
    both = [names, standard_errors.index]
    if not all(one.is_unique for one in both) or set(names) != set(standard_errors.index):
        raise PlaybookError(
            "The figures and the standard errors belong to different places.",
            fix="Take both from the same table, or hand over .to_numpy() of each.",
        )
    return standard_errors.loc[names]


def index_of(numbers: npt.ArrayLike) -> pd.Index | None:
    """Give the names of the places, where there are any."""
    return numbers.index if isinstance(numbers, pd.Series) else None


def numbers_of(given: npt.ArrayLike, name: str) -> Numbers:
    """Give numbers, none missing.

    Examples
    --------
    >>> numbers_of([78.1, 80.4], "a figure").tolist()
    [78.1, 80.4]
    """
    seen = np.asarray(given, dtype=object).ravel()
    values = pd.to_numeric(pd.Series(seen), errors="coerce").to_numpy(dtype=float)
    odd = np.flatnonzero(~np.isfinite(values))
    if len(odd):
        raise PlaybookError(
            f"I need a number for {name}; I found {seen[odd[0]]} in row {odd[0] + 1}.",
            fix="Leave places without a figure out, with .dropna(), and say how many they are.",
        )
    return values


def check_above_zero(error: Numbers) -> None:
    """Refuse a standard error of 0 or less."""
    odd = np.flatnonzero(error <= 0)
    if len(odd):
        raise PlaybookError(
            f"A standard error is above 0; I found {error[odd[0]]:g} in row {odd[0] + 1}.",
            fix="Check that row: nothing counted is that certain. Or leave the place out.",
        )
