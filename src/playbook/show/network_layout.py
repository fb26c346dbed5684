"""Where the members of a network stand: those near in the network stand near on the page."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

_ROUNDS = 300
_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
# Rounded, so that the last bits of another machine's arithmetic move nothing.
_DECIMALS = 4


def places_of(
    names: Sequence[str], steps: Mapping[str, Mapping[str, int]]
) -> dict[str, list[float]]:
    """Place each name in a square from 0 to 1 so that distances follow the steps between them.

    Parameters
    ----------
    names
        The members, in an order that decides where they begin.
    steps
        For each name, how many ties away it is from each name that it can reach.

    Returns
    -------
    dict
        From name to ``[across, up]``. The same on every machine: nothing is drawn by lot.

    Notes
    -----
    Source: stress majorization; Gansner, Koren and North, Graph Drawing (2004) 239.

    Examples
    --------
    >>> line = {"a": {"a": 0, "b": 1, "c": 2}, "b": {"a": 1, "b": 0, "c": 1},
    ...         "c": {"a": 2, "b": 1, "c": 0}}
    >>> found = places_of(["a", "b", "c"], line)
    >>> ab, ac = math.dist(found["a"], found["b"]), math.dist(found["a"], found["c"])
    >>> ac > ab
    True
    """
    count = len(names)
    if count == 1:
        return {names[0]: [0.5, 0.5]}
    wanted = _distances(names, steps)
    weights = np.divide(1.0, wanted**2, out=np.zeros_like(wanted), where=wanted > 0)
    # A spiral has no symmetry on which a tie could be decided by chance.
    turn = _GOLDEN_ANGLE * np.arange(count)
    at = np.sqrt(np.arange(count) + 0.5)[:, None] * np.column_stack([np.cos(turn), np.sin(turn)])
    at *= wanted.max() / (2 * np.abs(at).max())
    for _ in range(_ROUNDS):
        away = at[:, None, :] - at[None, :, :]
        now = np.sqrt((away**2).sum(axis=2))
        pull = np.divide(wanted, now, out=np.zeros_like(now), where=now > 1e-9)
        moved = (weights[:, :, None] * (at[None, :, :] + pull[:, :, None] * away)).sum(axis=1)
        at = moved / weights.sum(axis=1)[:, None]
    span = at.max(axis=0) - at.min(axis=0)
    share = (at - at.min(axis=0)) / np.where(span > 1e-9, span, 1.0)
    share = np.where(span > 1e-9, share, 0.5)
    return {
        name: [round(float(part), _DECIMALS) for part in place]
        for name, place in zip(names, share, strict=True)
    }


def _distances(
    names: Sequence[str], steps: Mapping[str, Mapping[str, int]]
) -> npt.NDArray[np.float64]:
    """Turn steps into distances; parts of a network stand a little way apart."""
    longest = max((step for row in steps.values() for step in row.values()), default=0)
    apart = longest / 2 + 1.5
    return np.array(
        [[float(steps[one].get(other, apart)) for other in names] for one in names], dtype=float
    )
