"""How much better the average would be if all groups of residents had the rate of one."""

from __future__ import annotations

from typing import Literal

import numpy.typing as npt

from playbook.errors import PlaybookError
from playbook.measures.groups import Better, direction, divided, rates_and_shares


def attributable_risk(
    rates: npt.ArrayLike,
    populations: npt.ArrayLike,
    reference: Literal["last", "best"] = "last",
    better: Better = "lower",
) -> float:
    """Tell how much better the average would be at one group's rate (population attributable risk).

    Parameters
    ----------
    rates, populations
        As in `slope_index`; with ``reference="best"`` in any order.
    reference
        The group whose rate all would have: the ``"last"`` one, with the most resources, or the
        ``"best"`` one.
    better
        Whether a lower rate is better for residents (a burden) or a higher one (a service reached).

    Returns
    -------
    float
        In the unit of the rates, 0 or more. It is 0, too, when the reference group is worse off
        than the average. Agencies that subtract the average print a burden's number with a minus.

    Raises
    ------
    PlaybookError
        As `slope_index`.

    Notes
    -----
    World Health Organization (2013), Handbook on Health Inequality Monitoring.

    Examples
    --------
    >>> attributable_risk([40, 30, 30, 10], [500, 250, 1_000, 250])
    20.0
    """
    y, p = rates_and_shares(rates, populations)
    sign = direction(better)
    if reference == "best":
        one = sign * float((sign * y).max())
    elif reference == "last":
        one = float(y[-1])
    else:
        raise PlaybookError(
            f'I don\'t know a reference called "{reference}".',
            fix='Use "last" for the group with the most resources, or "best".',
        )
    return max(0.0, sign * (one - float(p @ y)))


def attributable_fraction(
    rates: npt.ArrayLike,
    populations: npt.ArrayLike,
    reference: Literal["last", "best"] = "last",
    better: Better = "lower",
) -> float:
    """Give `attributable_risk` in percent of the average rate (population attributable fraction).

    Parameters
    ----------
    rates, populations, reference, better
        As in `attributable_risk`.

    Returns
    -------
    float
        In percent, 0 or more. NaN when all rates are 0.

    Raises
    ------
    PlaybookError
        As `attributable_risk`.

    Examples
    --------
    >>> round(attributable_fraction([40, 30, 30, 10], [500, 250, 1_000, 250]), 1)
    66.7
    """
    y, p = rates_and_shares(rates, populations)
    return 100 * float(divided(attributable_risk(y, p, reference, better), p @ y))
