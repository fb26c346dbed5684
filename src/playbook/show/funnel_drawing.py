"""The picture of a funnel: the center, curves on either side, dots, and a few names."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playbook.show.plane import HEIGHT, Plane, draw_plane
from playbook.show.scale import Scale, scale_over, tick_words
from playbook.show.sheet import marker_style, text_width, write_on
from playbook.show.style import BLUE, BODY_SIZE, GRAY, INK, QUIET_TEXT, Series
from playbook.show.words import Mark

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing

_NAME_HEIGHT = 0.19
_BESIDE = 0.1  # inches between a dot and its name
_DASHED, _DOTTED = (0, (6, 3)), (0, (1.2, 2.2))


@dataclass(frozen=True)
class Place:
    """One place: its value with the 95 percent limits, its size, the 99.8 percent limits."""

    mark: Mark
    size: float
    low_998: float
    high_998: float

    @property
    def outer_known(self) -> bool:
        """Whether there are 99.8 percent limits."""
        return not math.isnan(self.low_998 + self.high_998)

    @property
    def outside(self) -> bool:
        """Whether the value is known and beyond a 95 percent limit."""
        return self.mark.value < self.mark.low or self.mark.value > self.mark.high

    @property
    def far_outside(self) -> bool:
        """Whether the value is known and beyond a 99.8 percent limit."""
        return self.mark.value < self.low_998 or self.mark.value > self.high_998


def draw_funnel(
    finding: str,
    headings: tuple[str, str],
    places: Sequence[Place],
    center: float,
    chosen: Collection[str],
    unit: str,
) -> Drawing:
    """Draw sizes from left to right, values upwards."""
    ends = [
        end
        for place in places
        for end in (place.mark.value, place.mark.low, place.mark.high, place.low_998)
    ]
    up = scale_over([center, *ends, *(place.high_998 for place in places)])
    most = max(place.size for place in places)
    steps = scale_over([0.0, most])
    across = Scale(0.0, most * 1.03, tuple(tick for tick in steps.ticks if tick <= most), most)
    plane = draw_plane(finding, headings, (across, tick_words(across, "")), up, unit, 0.3)
    _draw_curves(plane, places, center)
    for place in places:
        if place.mark.known:
            plane.area.plot(
                [place.size],
                [place.mark.value],
                label=f"dot, {place.mark.row}",
                **marker_style(_series(place, place.mark.row in chosen), 6.5),
            )
    _write_names(plane, places, chosen)
    return plane.sheet.figure


def _series(place: Place, pointed: bool) -> Series:
    filled = place.outside
    return Series(
        BLUE if pointed else GRAY,
        "o",
        not filled,
        f"{'filled' if filled else 'hollow'} circle",
    )


def _draw_curves(plane: Plane, places: Sequence[Place], center: float) -> None:
    order = sorted(places, key=lambda place: place.size)
    sizes = [place.size for place in order]
    across = [plane.across.start, plane.across.end]
    plane.area.plot(across, [center, center], color=INK, linewidth=1.2, label="center", zorder=1)
    for label, dashes, values in (
        ("low", _DASHED, [place.mark.low for place in order]),
        ("high", _DASHED, [place.mark.high for place in order]),
        ("low_998", _DOTTED, [place.low_998 for place in order]),
        ("high_998", _DOTTED, [place.high_998 for place in order]),
    ):
        if not all(math.isnan(value) for value in values):
            plane.area.plot(
                sizes,
                values,
                color=QUIET_TEXT,
                linewidth=1.4,
                linestyle=dashes,
                label=f"curve, {label}",
                zorder=1,
            )


def _write_names(plane: Plane, places: Sequence[Place], chosen: Collection[str]) -> None:
    """Write the chosen names beside their dots, clear of each other and of dots if possible."""
    dots = [plane.place(place.size, place.mark.value) for place in places if place.mark.known]
    round_dots = [(x - 0.06, y - 0.06, x + 0.06, y + 0.06) for x, y in dots]
    written: list[_Box] = []
    for place in places:
        if place.mark.row not in chosen or not place.mark.known:
            continue
        dot = plane.place(place.size, place.mark.value)
        boxes = _boxes_beside(plane, dot, text_width(place.mark.row, BODY_SIZE, True))
        box = min(boxes, key=lambda box: (_covered(box, written), _covered(box, round_dots)))
        written.append(box)
        write_on(
            plane.area,
            plane.across.start,
            plane.up.start,
            place.mark.row,
            bold=True,
            shift=72 * box[0],
            rise=72 * (box[1] + box[3]) / 2,
        )


_Box = tuple[float, float, float, float]


def _boxes_beside(plane: Plane, dot: tuple[float, float], width: float) -> list[_Box]:
    """List the places for a name, the best first: right, left, above, below, then corners."""
    x, y = dot
    right, left = x + _BESIDE, x - _BESIDE - width
    middle = min(max(x - width / 2, 0.0), plane.width - width)
    above, below = y + _BESIDE, y - _BESIDE - _NAME_HEIGHT
    corners = [(right, y - _NAME_HEIGHT / 2), (left, y - _NAME_HEIGHT / 2)]
    corners += [(middle, above), (middle, below)]
    corners += [(side, level) for side in (x, x - width) for level in (above, below)]
    boxes = [(a, b, a + width, b + _NAME_HEIGHT) for a, b in corners]
    inside = [
        box
        for box in boxes
        if box[0] >= 0 and box[2] <= plane.width + 0.25 and box[1] >= 0 and box[3] <= HEIGHT + 0.1
    ]
    return inside or boxes


def _covered(box: _Box, others: Sequence[_Box]) -> int:
    """Count the boxes that this one would lie on."""
    return sum(
        box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
        for other in others
    )
