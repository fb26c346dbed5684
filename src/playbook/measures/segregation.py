"""How far apart two groups of residents live."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from playbook.errors import PlaybookError
from playbook.measures.places import Numbers, numbers_of


def dissimilarity_index(first: npt.ArrayLike, second: npt.ArrayLike) -> float:
    """Dissimilarity index: the share of one group that would have to move to live as the other.

    Parameters
    ----------
    first, second
        How many residents of each group live in each place, in the same order, 0 or more.

    Returns
    -------
    float
        From 0 (spread alike) to 1 (no place has both). It describes places, and the rules that
        made them, never a wish of the people. With few residents a place, luck alone lifts it
        above 0.

    Raises
    ------
    PlaybookError
        When there are fewer than two places, a count is missing or below 0, a group has nobody, or
        the numbers of places differ.

    Notes
    -----
    Half the sum over places of ``|a / A - b / B|``. Source: Duncan OD, Duncan B (1955), American
    Sociological Review 20:210-217.

    Examples
    --------
    >>> dissimilarity_index([10, 20, 30, 40], [40, 30, 20, 10])
    0.4
    """
    shares = [_shares(group) for group in (first, second)]
    if len(shares[0]) != len(shares[1]):
        raise PlaybookError(
            f"One group has {len(shares[0])} places, the other {len(shares[1])}.",
            fix="Take both columns from the same table, one row a place.",
        )
    return float(np.abs(shares[0] - shares[1]).sum() / 2)


def _shares(group: npt.ArrayLike) -> Numbers:
    count = numbers_of(group, "a count of residents")
    if len(count) < 2:
        raise PlaybookError(
            f"I found {len(count)} place. Living apart needs at least two.",
            fix="Give the counts of smaller places, such as neighborhoods.",
        )
    odd = np.flatnonzero(count < 0)
    if len(odd):
        raise PlaybookError(
            f"A count of residents is 0 or more; I found {count[odd[0]]:g} in row {odd[0] + 1}.",
            fix="Check that row, or leave it out and say so.",
        )
    if count.sum() == 0:
        raise PlaybookError(
            "One of the two groups has nobody in any place.",
            fix="Check the name of the group, or choose another one.",
        )
    return np.asarray(count / count.sum())
