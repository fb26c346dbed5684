"""The picture of flows: a bar for each source and use, bands between them, names outside."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from playbook.show.ends import EndName, Side, height_for, room_for, write_ends
from playbook.show.scale import Scale
from playbook.show.sheet import MARGIN, WIDTH, Sheet
from playbook.show.style import BLUE, DENSE_SIZE, GRAY, INK, PALE, QUIET_TEXT
from playbook.show.words import Mark

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

_LOWEST = 3.9
_BETWEEN = 0.14  # inches between two bars of a side
_BAR = 0.13
_HEAD = 0.36
_NAME_WIDEST = 1.6


def sums_by(marks: Sequence[Mark], side: Literal["row", "group"]) -> dict[str, float]:
    """Add up amounts by source (the row of a mark) or by use (its group)."""
    found: dict[str, float] = {}
    for mark in marks:
        name = mark.row if side == "row" else mark.group
        found[name] = found.get(name, 0.0) + mark.value
    return found


def draw_flow(
    finding: str,
    headings: tuple[str, str, str],
    marks: Sequence[Mark],
    strong: Collection[str],
    chosen: Collection[str],
    words: Callable[[float], str],
) -> Drawing:
    """Draw sources to the left, uses to the right, and a band for each amount."""
    sides = (sums_by(marks, "row"), sums_by(marks, "group"))
    most = max(len(side) for side in sides)
    labels = [[EndName(f"{name} {words(side[name])}", 0.0) for name in side] for side in sides]
    height = max(_LOWEST, *(height_for(side, _NAME_WIDEST, DENSE_SIZE) for side in labels))
    per_inch = sum(sides[0].values()) / (height - (most - 1) * _BETWEEN)
    tops = [_tops(side, per_inch, height) for side in sides]
    ends = [
        [
            replace(label, at=top - side[name] / per_inch / 2, strong=name in chosen)
            for label, (name, top) in zip(names, places.items(), strict=True)
        ]
        for names, side, places in zip(labels, sides, tops, strict=True)
    ]
    left, right = (room_for(side, _NAME_WIDEST, DENSE_SIZE) for side in ends)
    sheet = Sheet(finding, _HEAD + height + MARGIN)
    top, width = sheet.top + _HEAD, WIDTH - 2 * MARGIN - left - right
    area = sheet.plot(MARGIN + left, top, width, height, "marks")
    area.set(xlim=(0, width), ylim=(0, height))
    for x, heading, align in _headings(headings):
        sheet.write(x, sheet.top + 0.1, heading, size=DENSE_SIZE, color=QUIET_TEXT, align=align)
    _draw_bands(area, marks, tops, per_inch, width, strong)
    up = Scale(0.0, height, (), height)
    for number, (side, places) in enumerate(zip(sides, tops, strict=True)):
        x = 0.0 if number == 0 else width - _BAR
        for name, high in places.items():
            _draw_bar(area, name, (x, high - side[name] / per_inch), side[name] / per_inch)
        edge = Side(0.0 if number == 0 else width, 1.0, number == 0, _NAME_WIDEST, DENSE_SIZE)
        write_ends(area, ends[number], edge, up, height)
    return sheet.figure


def _headings(
    headings: tuple[str, str, str],
) -> list[tuple[float, str, Literal["left", "center", "right"]]]:
    return [
        (MARGIN, headings[0], "left"),
        (WIDTH / 2, headings[2], "center"),
        (WIDTH - MARGIN, headings[1], "right"),
    ]


def _tops(side: Mapping[str, float], per_inch: float, height: float) -> dict[str, float]:
    """Find where the bars of a side begin, from the top, the whole side in the middle."""
    high = sum(side.values()) / per_inch + (len(side) - 1) * _BETWEEN
    at = height - (height - high) / 2
    tops = {}
    for name, total in side.items():
        tops[name] = at
        at -= total / per_inch + _BETWEEN
    return tops


def _draw_bar(area: Axes, name: str, corner: tuple[float, float], height: float) -> None:
    from matplotlib.patches import Rectangle

    area.add_patch(
        Rectangle(corner, _BAR, height, facecolor=INK, linewidth=0, label=f"bar, {name}", zorder=3)
    )


def _draw_bands(
    area: Axes,
    marks: Sequence[Mark],
    tops: Sequence[Mapping[str, float]],
    per_inch: float,
    width: float,
    strong: Collection[str],
) -> None:
    """Draw bands in the order of both sides, so that few of them cross; the strong ones on top."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    starts, ends = dict(tops[0]), dict(tops[1])
    order = {name: place for place, name in enumerate([*tops[0], *tops[1]])}
    begin: dict[str, float] = {}
    for mark in sorted(marks, key=lambda mark: (order[mark.row], order[mark.group])):
        begin[mark.name] = starts[mark.row]
        starts[mark.row] -= mark.value / per_inch
    codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    x, to_x, middle = _BAR, width - _BAR, width / 2
    for mark in sorted(marks, key=lambda mark: (order[mark.group], order[mark.row])):
        thick = mark.value / per_inch
        y, to_y = begin[mark.name], ends[mark.group]
        ends[mark.group] -= thick
        corners = [(x, y), (middle, y), (middle, to_y), (to_x, to_y), (to_x, to_y - thick)]
        corners += [(middle, to_y - thick), (middle, y - thick), (x, y - thick), (x, y)]
        pointed = mark.name in strong
        area.add_patch(
            PathPatch(
                Path(corners, codes),
                facecolor=BLUE if pointed else PALE,
                edgecolor=INK if pointed else GRAY,
                linewidth=0.8,
                alpha=0.9 if pointed else 0.75,
                label=f"band, {mark.name}",
                zorder=2 if pointed else 1,
            )
        )
