"""Groups of residents: their rates, the share of residents in each, and where each one stands."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from playbook.errors import PlaybookError

Numbers = npt.NDArray[np.float64]
Better = Literal["lower", "higher"]


def rates_and_shares(rates: npt.ArrayLike, populations: npt.ArrayLike) -> tuple[Numbers, Numbers]:
    """Give the rates, and the share of all residents in each group, or say what is wrong.

    Examples
    --------
    >>> rates, shares = rates_and_shares([40, 30, 30, 10], [500, 250, 1_000, 250])
    >>> shares.tolist()
    [0.25, 0.125, 0.5, 0.125]
    """
    y, people = checked(rates, "rates"), checked(populations, "populations")
    if len(y) != len(people):
        raise PlaybookError(
            f"There are {len(y)} rates but {len(people)} populations.",
            fix="Give one of each a group, in the same order.",
        )
    nobody = np.flatnonzero(people == 0)
    if len(nobody):
        raise PlaybookError(
            "I found a group of 0 people. A rate needs people behind it.",
            fix="Leave that group out, or join it with the one beside it.",
            where=f"group {nobody[0] + 1} of {len(people)}",
        )
    return y, people / people.sum()


def checked(numbers: npt.ArrayLike, name: str) -> Numbers:
    """Give at least two numbers from 0 up, or say what is wrong with them."""
    try:
        values = np.asarray(numbers, dtype=float).ravel()
    except (TypeError, ValueError):
        raise PlaybookError(
            f"I found something among the {name} that is not a number.",
            fix="Give numbers only, one a group. Names of groups stay out.",
        ) from None
    odd = np.flatnonzero(~(values >= 0) | np.isinf(values))
    if len(odd):
        raise PlaybookError(
            f"I need numbers from 0 up for {name}; I found {values[odd[0]]:g}.",
            fix="Check that group, or leave it out and say so.",
            where=f"group {odd[0] + 1} of {len(values)}",
        )
    if len(values) < 2:
        raise PlaybookError(
            f"A gap needs at least two groups; among the {name} I found {len(values)}.",
            fix="Split the residents into groups first, such as fifths by poverty.",
        )
    return values


def middles(shares: Numbers) -> Numbers:
    """Where the middle resident of each group stands, from 0 (first) to 1 (last).

    Examples
    --------
    >>> middles(np.array([0.25, 0.125, 0.5, 0.125])).tolist()
    [0.125, 0.3125, 0.625, 0.9375]
    """
    ends: Numbers = np.cumsum(shares)
    return ends - shares / 2


def divided(part: npt.ArrayLike, whole: npt.ArrayLike) -> Numbers:
    """Divide; infinite where only the second number is 0, NaN where both are.

    Examples
    --------
    >>> divided([3.0, 3.0, 0.0], [4.0, 0.0, 0.0]).tolist()
    [0.75, inf, nan]
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.true_divide(part, whole))


def direction(better: Better) -> int:
    """Give 1 when higher rates are better, -1 when lower ones are."""
    if better not in ("lower", "higher"):
        raise PlaybookError(
            f'"{better}" doesn\'t tell me which rates are better.',
            fix='Write "lower" for a burden, or "higher" for a service that should reach all.',
        )
    return 1 if better == "higher" else -1
