"""A name written where it is clear of marks, tied to its own mark where that is not plain."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playbook.show.boxes import Box, Point
from playbook.show.plane import HEIGHT, Plane
from playbook.show.sheet import write_on
from playbook.show.style import DENSE_SIZE, INK, QUIET_TEXT

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_NEAR = 0.13  # inches at which a name needs no line to its mark


@dataclass(frozen=True)
class Inches:
    """An area measured in inches from its lower left corner.

    Parameters
    ----------
    area
        The area.
    corner
        Its lower left corner in its own units.
    per_inch
        Its own units in an inch, across and upwards.
    """

    area: Axes
    corner: Point = (0.0, 0.0)
    per_inch: Point = (1.0, 1.0)

    @classmethod
    def of(cls, plane: Plane) -> Inches:
        """Measure a plane."""
        across, up = plane.across, plane.up
        per_inch = ((across.end - across.start) / plane.width, (up.end - up.start) / HEIGHT)
        return cls(plane.area, (across.start, up.start), per_inch)

    def units(self, point: Point) -> Point:
        """Turn a point in inches into the area's own units."""
        return (
            self.corner[0] + point[0] * self.per_inch[0],
            self.corner[1] + point[1] * self.per_inch[1],
        )


def write_in(
    where: Inches,
    words: str,
    box: Box,
    anchor: Point,
    *,
    strong: bool = False,
    size: float = DENSE_SIZE,
    color: str = INK,
    tied: bool = False,
) -> None:
    """Write a name into its box; a thin line leads to its mark when that is far, or if asked.

    `box` and `anchor` are in inches.
    """
    near = nearest_in(box, anchor)
    if tied or math.dist(near, anchor) > _NEAR:
        ends = [where.units(anchor), where.units(near)]
        where.area.plot(
            [x for x, _ in ends],
            [y for _, y in ends],
            color=QUIET_TEXT,
            linewidth=0.8,
            label="leader",
            zorder=2,
            clip_on=False,
        )
    left, middle = where.units((box[0] + 0.02, (box[1] + box[3]) / 2))
    write_on(where.area, left, middle, words, size=size, bold=strong, color=color)


def nearest_in(box: Box, point: Point) -> Point:
    """Find the point of a box that is nearest to a point.

    Examples
    --------
    >>> nearest_in((0.0, 0.0, 2.0, 1.0), (3.0, 0.5))
    (2.0, 0.5)
    """
    return (min(max(point[0], box[0]), box[2]), min(max(point[1], box[1]), box[3]))


def distance_to(box: Box, points: Sequence[Point]) -> float:
    """Measure how near the nearest of several points is to a box."""
    return min((math.dist(nearest_in(box, point), point) for point in points), default=math.inf)
