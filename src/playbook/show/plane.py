"""A chart with numbers on both sides: an area, its guides, and labels that stay apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playbook.show.scale import Scale, tick_words
from playbook.show.sheet import MARGIN, WIDTH, Sheet, text_width, write_on
from playbook.show.style import DENSE_SIZE, HAIRLINE, QUIET_TEXT

if TYPE_CHECKING:
    from matplotlib.axes import Axes

HEIGHT = 3.3
_HEAD = 0.36  # the heading of the values above the area
_FOOT = 0.62  # the numbers beneath it, and their heading


@dataclass(frozen=True)
class Plane:
    """An area whose width is `across` and whose height is `up`, and the sheet it is on."""

    sheet: Sheet
    area: Axes
    width: float
    across: Scale
    up: Scale

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Find a point in inches from the area's lower left corner."""
        return (
            (x - self.across.start) / (self.across.end - self.across.start) * self.width,
            (y - self.up.start) / (self.up.end - self.up.start) * HEIGHT,
        )


def draw_plane(
    finding: str,
    headings: tuple[str, str],
    across: tuple[Scale, Sequence[str]],
    up: Scale,
    unit: str,
    room_right: float,
) -> Plane:
    """Draw title, headings, guides and the numbers beside them.

    `headings` name what runs across and what runs up; `across` brings the words of its ticks;
    `room_right` is left free for labels, in inches.
    """
    scale, words = across
    sheet = Sheet(finding, _HEAD + HEIGHT + _FOOT)
    up_words = tick_words(up, unit)
    left = MARGIN + max(text_width(word, DENSE_SIZE) for word in up_words) + 0.12
    width = WIDTH - MARGIN - room_right - left
    top = sheet.top + _HEAD
    sheet.write(MARGIN, sheet.top + 0.1, headings[1], size=DENSE_SIZE, color=QUIET_TEXT)
    area = sheet.plot(left, top, width, HEIGHT, "marks")
    area.set(xlim=(scale.start, scale.end), ylim=(up.start, up.end))
    for tick, word in zip(up.ticks, up_words, strict=True):
        color, thick = (QUIET_TEXT, 1.0) if tick == 0 else (HAIRLINE, 0.8)
        area.plot(
            [scale.start, scale.end],
            [tick, tick],
            color=color,
            linewidth=thick,
            label="guides",
            zorder=0,
            clip_on=False,
        )
        y = top + HEIGHT * (up.end - tick) / (up.end - up.start)
        sheet.write(left - 0.09, y, word, size=DENSE_SIZE, color=QUIET_TEXT, align="right")
    for tick, word in zip(scale.ticks, words, strict=True):
        write_on(
            area,
            tick,
            up.start,
            word,
            size=DENSE_SIZE,
            color=QUIET_TEXT,
            align="center",
            rise=-14,
        )
    sheet.write(
        left + width / 2,
        top + HEIGHT + 0.47,
        headings[0],
        size=DENSE_SIZE,
        color=QUIET_TEXT,
        align="center",
    )
    return Plane(sheet, area, width, scale, up)


def apart(wanted: Sequence[float], heights: Sequence[float], room: float) -> list[float]:
    """Move the middles of labels so that each has its height to itself, between 0 and `room`.

    Examples
    --------
    >>> apart([1.0, 1.1, 3.0], [0.5, 0.5, 0.5], 4.0)
    [0.8, 1.3, 3.0]
    >>> apart([0.0, 0.1, 4.0], [0.5, 0.5, 0.5], 4.0)
    [0.25, 0.75, 3.75]
    """
    heaps: list[list[int]] = []

    def middles(heap: Sequence[int]) -> list[float]:
        total = sum(heights[place] for place in heap)
        low = sum(wanted[place] for place in heap) / len(heap) - total / 2
        low = max(min(low, room - total), 0.0)
        found = []
        for place in heap:
            found.append(low + heights[place] / 2)
            low += heights[place]
        return found

    def touch(lower: Sequence[int], upper: Sequence[int]) -> bool:
        gap = middles(upper)[0] - middles(lower)[-1]
        return gap < (heights[lower[-1]] + heights[upper[0]]) / 2 - 1e-9

    for place in sorted(range(len(wanted)), key=lambda place: wanted[place]):
        heaps.append([place])
        while len(heaps) > 1 and touch(heaps[-2], heaps[-1]):
            heaps[-2:] = [heaps[-2] + heaps[-1]]
    moved = {place: at for heap in heaps for place, at in zip(heap, middles(heap), strict=True)}
    return [round(moved[place], 4) for place in range(len(wanted))]
