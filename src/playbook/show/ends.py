"""Names beside the ends of lines and bars, moved apart where two would touch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playbook.show.plane import HEIGHT, apart
from playbook.show.scale import Scale
from playbook.show.sheet import text_width, wrap, write_on
from playbook.show.style import BODY_SIZE, INK, QUIET_TEXT

if TYPE_CHECKING:
    from matplotlib.axes import Axes

GAP = 0.2  # inches from an end to its name
_LEADER_FROM = 0.08  # inches a name is moved before a thin line ties it to its end
_LINE_HEIGHT = 0.0166  # inches a point of type
_AIR = 0.06  # inches between two names


@dataclass(frozen=True)
class EndName:
    """Words beside an end, and where that end is on the scale that runs upwards."""

    words: str
    at: float
    strong: bool = False
    color: str = INK


@dataclass(frozen=True)
class Side:
    """One side of an area: its place on the scale across, and which way names run from it.

    Parameters
    ----------
    at
        Where the ends are, in the area's own units.
    per_inch
        Units of the area across in one inch.
    left
        Whether names stand to the left of the ends.
    widest
        Inches that a line of a name may take.
    size
        Points of the type.
    """

    at: float
    per_inch: float
    left: bool = False
    widest: float = 1.75
    size: float = BODY_SIZE


def room_for(ends: Sequence[EndName], widest: float, size: float = BODY_SIZE) -> float:
    """Inches that names and the gap before them take beside an area."""
    return GAP + max(
        text_width(line, size, end.strong)
        for end in ends
        for line in wrap(end.words, widest, size, bold=True)
    )


def height_for(ends: Sequence[EndName], widest: float, size: float = BODY_SIZE) -> float:
    """Inches that names need to stand one above the other."""
    lines = [wrap(end.words, widest, size, bold=True) for end in ends]
    return sum(_height(parts, size) for parts in lines)


def _height(lines: Sequence[str], size: float) -> float:
    return len(lines) * size * _LINE_HEIGHT + _AIR


def write_ends(
    area: Axes, ends: Sequence[EndName], side: Side, up: Scale, height: float = HEIGHT
) -> None:
    """Write each name beside its end; a moved name is tied to its end by a thin line.

    `up` is the scale of the area from its bottom to its top, which are `height` inches apart.
    """
    step = side.size * _LINE_HEIGHT
    lines = [wrap(end.words, side.widest, side.size, bold=True) for end in ends]
    wanted = [(end.at - up.start) / (up.end - up.start) * height for end in ends]
    heights = [_height(parts, side.size) for parts in lines]
    away = -1 if side.left else 1
    for end, parts, was, middle in zip(
        ends, lines, wanted, apart(wanted, heights, height), strict=True
    ):
        if abs(middle - was) > _LEADER_FROM:
            per_inch = (up.end - up.start) / height
            area.plot(
                [side.at + away * inch * side.per_inch for inch in (0.07, GAP - 0.03)],
                [end.at, up.start + middle * per_inch],
                color=QUIET_TEXT,
                linewidth=0.8,
                label="leader",
                clip_on=False,
                zorder=2,
            )
        for number, words in enumerate(parts):
            write_on(
                area,
                side.at,
                up.start,
                words,
                size=side.size,
                bold=end.strong,
                color=end.color,
                align="right" if side.left else "left",
                shift=away * 72 * GAP,
                rise=72 * (middle + ((len(parts) - 1) / 2 - number) * step),
            )
