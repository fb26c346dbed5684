"""Where a name can stand beside its mark without lying on other marks or names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Box = tuple[float, float, float, float]  # left, bottom, right, top, in inches
Point = tuple[float, float]


def beside(point: Point, size: Point, gap: float) -> list[Box]:
    """List the places for a name of `size` beside a point: right, left, above, below, corners.

    Examples
    --------
    >>> beside((1.0, 1.0), (0.5, 0.2), 0.1)[:2]
    [(1.1, 0.9, 1.6, 1.1), (0.4, 0.9, 0.9, 1.1)]
    """
    (x, y), (width, height) = point, size
    slant = 0.7 * gap
    lower_left = [
        (x + gap, y - height / 2),
        (x - gap - width, y - height / 2),
        (x - width / 2, y + gap),
        (x - width / 2, y - gap - height),
        (x + slant, y + slant),
        (x + slant, y - slant - height),
        (x - slant - width, y + slant),
        (x - slant - width, y - slant - height),
    ]
    return [
        (round(left, 4), round(low, 4), round(left + width, 4), round(low + height, 4))
        for left, low in lower_left
    ]


def around(points: Sequence[Point], reach: float) -> list[Box]:
    """Give each point a square that reaches `reach` inches to every side."""
    return [(x - reach, y - reach, x + reach, y + reach) for x, y in points]


def along(points: Sequence[Point], step: float = 0.06) -> Iterator[Point]:
    """Walk a line from point to point, `step` inches at a time."""
    for (x, y), (to_x, to_y) in pairwise(points):
        count = max(1, int(np.hypot(to_x - x, to_y - y) / step))
        for part in range(count):
            yield x + (to_x - x) * part / count, y + (to_y - y) * part / count


def clearest(places: Sequence[Box], room: Box, *taken: Sequence[Box]) -> Box:
    """Choose the place in `room` that lies on the fewest of what is taken, the first of equals.

    Parameters
    ----------
    places
        Where the name may stand, the best first.
    room
        Where names may be at all. If no place is inside it, all of them count.
    taken
        Boxes to keep clear of. One box of the first list weighs more than all of the second.

    Examples
    --------
    >>> page = (0.0, 0.0, 4.0, 4.0)
    >>> clearest([(1.0, 1.0, 2.0, 2.0), (3.0, 3.0, 4.0, 4.0)], page, [(1.5, 1.5, 1.6, 1.6)])
    (3.0, 3.0, 4.0, 4.0)
    """
    chosen = [box for box in places if is_inside(box, room)] or list(places)
    counts = [_covered(chosen, boxes) for boxes in taken]
    best = min(range(len(chosen)), key=lambda place: tuple(count[place] for count in counts))
    return chosen[best]


def is_inside(box: Box, room: Box) -> bool:
    """Whether all of a box is in a room."""
    return room[0] <= box[0] and room[1] <= box[1] and box[2] <= room[2] and box[3] <= room[3]


def clear(places: Sequence[Box], taken: Sequence[Box]) -> list[Box]:
    """Keep the places that lie on nothing taken, in their order.

    Examples
    --------
    >>> clear([(0.0, 0.0, 1.0, 1.0), (3.0, 3.0, 4.0, 4.0)], [(0.5, 0.5, 0.6, 0.6)])
    [(3.0, 3.0, 4.0, 4.0)]
    """
    counts = _covered(places, taken)
    return [box for box, count in zip(places, counts, strict=True) if count == 0]


def _covered(places: Sequence[Box], taken: Sequence[Box]) -> npt.NDArray[np.int64]:
    """Count for each place the boxes it would lie on."""
    if not taken or not places:
        return np.zeros(len(places), dtype=np.int64)
    ours = np.asarray(places, dtype=float)[:, None, :]
    theirs = np.asarray(taken, dtype=float)[None, :, :]
    lies_on = (
        (ours[..., 0] < theirs[..., 2])
        & (theirs[..., 0] < ours[..., 2])
        & (ours[..., 1] < theirs[..., 3])
        & (theirs[..., 1] < ours[..., 3])
    )
    return np.asarray(lies_on.sum(axis=1), dtype=np.int64)
