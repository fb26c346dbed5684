"""The age groups of a life table, and numbers in their order."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from playbook.errors import PlaybookError

Numbers = npt.NDArray[np.float64]

STARTS = (0, 1, 5, 15, 25, 35, 45, 55, 65, 75, 85)
AGE_GROUPS = (
    "Under 1",
    "1-4",
    "5-14",
    "15-24",
    "25-34",
    "35-44",
    "45-54",
    "55-64",
    "65-74",
    "75-84",
    "85 and older",
)


def first_ages_of(starts: Sequence[int]) -> Numbers:
    """Check the first age of each group, and give them as numbers."""
    first_ages = np.asarray(starts, dtype=float)
    if len(first_ages) < 2 or first_ages[0] != 0 or not (np.diff(first_ages) > 0).all():
        raise PlaybookError(
            f"The age groups start at {', '.join(f'{age:g}' for age in first_ages)}.",
            fix="Give the first age of each group, upward from 0, such as 0, 1, 5, 15. "
            "Or leave starts out for the usual groups.",
        )
    return first_ages


def deaths_and_population(
    deaths: npt.ArrayLike, population: npt.ArrayLike, starts: Sequence[int]
) -> tuple[Numbers, Numbers, Numbers]:
    """Give first ages, whole deaths and person-years, in the order of age and checked."""
    first_ages = first_ages_of(starts)
    died = by_age(deaths, first_ages, "deaths")
    people = by_age(population, first_ages, "population")
    parts = np.flatnonzero(died % 1 != 0)
    if len(parts):
        raise PlaybookError(
            f"I need whole deaths; I found {died[parts[0]]:g}.",
            fix="Add up the deaths of all years instead of averaging, and the residents too.",
            where=group_name(first_ages, int(parts[0])),
        )
    more = np.flatnonzero(died > people)
    if len(more):
        at = int(more[0])
        raise PlaybookError(
            f"There are {died[at]:,.0f} deaths among only {people[at]:,.0f} person-years.",
            fix="Put deaths first and population second. For deaths of six years, multiply one "
            "year's residents by 6.",
            where=group_name(first_ages, at),
        )
    return first_ages, died, people


def by_age(numbers: npt.ArrayLike, first_ages: Numbers, name: str) -> Numbers:
    """Give the numbers in the order of age, one a group, none missing or below 0.

    Examples
    --------
    >>> by_age([5, 0, 12], first_ages_of([0, 1, 65]), "deaths").tolist()
    [5.0, 0.0, 12.0]
    """
    if isinstance(numbers, pd.Series):
        numbers = _in_order(numbers, first_ages, name)
    seen = np.asarray(numbers, dtype=object).ravel()
    if len(seen) != len(first_ages):
        raise PlaybookError(
            f"I found {len(seen)} numbers for {len(first_ages)} age groups in {name}.",
            fix="Give one number an age group, in the order of age; write 0 where nobody died.",
        )
    values = pd.to_numeric(pd.Series(seen), errors="coerce").to_numpy(dtype=float)
    odd = np.flatnonzero(~(values >= 0) | np.isinf(values))
    if len(odd):
        raise PlaybookError(
            f"I need numbers from 0 up for {name}; I found {seen[odd[0]]}.",
            fix="Check that row, or leave the place out and say so.",
            where=group_name(first_ages, int(odd[0])),
        )
    return values


def _in_order(numbers: pd.Series, first_ages: Numbers, name: str) -> pd.Series:
    """Sort by age where the labels tell the age; else the order stays."""
    if set(numbers.index) == set(first_ages):
        return numbers.loc[list(first_ages)]
    if pd.api.types.is_numeric_dtype(numbers.index):
        return numbers
    return _by_label(numbers, first_ages, name)


def _by_label(numbers: pd.Series, first_ages: Numbers, name: str) -> pd.Series:
    # Sorted as text, "15-24" comes before "5-14": the labels decide, never the order.
    if not np.array_equal(first_ages, STARTS):
        raise PlaybookError(
            f"I know the labels of the usual {len(STARTS)} age groups only; these are others.",
            fix=f"Put {name} in the order of age and hand over .to_numpy().",
        )
    labels = list(numbers.index)
    faults = [f'"{group}" is missing' for group in AGE_GROUPS if group not in labels]
    faults += [f'"{label}" is not one of them' for label in labels if label not in AGE_GROUPS]
    faults += [f'"{group}" is there twice' for group in AGE_GROUPS if labels.count(group) > 1]
    if faults:
        raise PlaybookError(
            f"{name.capitalize()} should come once for each age group: {faults[0]}.",
            fix="Add up the rows of each group. For groups that were left out because nobody died "
            "in them, use .reindex(AGE_GROUPS, fill_value=0).",
        )
    return numbers.loc[list(AGE_GROUPS)]


def group_name(first_ages: Numbers, at: int) -> str:
    """Name an age group as a reader says it.

    Examples
    --------
    >>> group_name(first_ages_of(STARTS), 1), group_name(first_ages_of([0, 1, 65]), 1)
    ('the age group "1-4"', 'the age group from 1 to 65')
    """
    if np.array_equal(first_ages, STARTS):
        return f'the age group "{AGE_GROUPS[at]}"'
    if at == len(first_ages) - 1:
        return f"the age group from {first_ages[at]:g} up"
    return f"the age group from {first_ages[at]:g} to {first_ages[at + 1]:g}"
