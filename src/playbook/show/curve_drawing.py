"""Curves on an area: a line or steps, a few marks on it, a band, and a name beside it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from playbook.show.boxes import (
    Box,
    Point,
    along,
    around,
    beside,
    clear,
    clearest,
    is_inside,
)
from playbook.show.names import Inches, distance_to, nearest_in, write_in
from playbook.show.plane import HEIGHT, Plane, draw_plane
from playbook.show.scale import Scale, tick_words
from playbook.show.shares import percent_words
from playbook.show.sheet import marker_style, text_width, write_on
from playbook.show.style import DENSE_SIZE, INK, QUIET_TEXT, Series

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing

# More points than this are not seen, and would make the picture heavy.
MOST_POINTS = 200
_NAME_SIZE = 12.0
_NAME_HEIGHT = 0.19
_GAPS = (0.09, 0.22, 0.45, 0.75, 1.1)  # inches from a curve to its name, the nearest first
_ANCHORS = 25
_LIST_LINE = 0.2
_ALL = Scale(0.0, 100.0, (0.0, 20.0, 40.0, 60.0, 80.0, 100.0), 100.0)
EVEN = Series(QUIET_TEXT, "", False, "dashed line")


@dataclass(frozen=True)
class Curve:
    """One curve: its name, its points from left to right, how it looks, and its range."""

    name: str
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    series: Series
    strong: bool = False
    steps: bool = False
    lows: tuple[float, ...] = field(default=())
    highs: tuple[float, ...] = field(default=())

    def at(self, x: float, ys: Sequence[float] = ()) -> float:
        """Read the curve, or other values at its points; NaN beyond its ends."""
        values = ys or self.ys
        if not self.xs or not self.xs[0] <= x <= self.xs[-1]:
            return math.nan
        if self.steps:
            return values[int(np.searchsorted(self.xs, x, side="right")) - 1]
        return float(np.interp(x, self.xs, values))


def thinned(xs: Sequence[float], ys: Sequence[float]) -> tuple[list[float], list[float]]:
    """Read a line with very many points at even steps instead."""
    if len(xs) <= MOST_POINTS:
        return list(xs), list(ys)
    even = np.linspace(xs[0], xs[-1], MOST_POINTS + 1)
    return even.tolist(), np.interp(even, xs, ys).tolist()


def draw_curve(plane: Plane, curve: Curve, marked: Sequence[float]) -> None:
    """Draw a curve with its band, and marks where the table reads it."""
    style = "steps-post" if curve.steps else "default"
    if curve.lows:
        plane.area.fill_between(
            curve.xs,
            curve.lows,
            curve.highs,
            step="post" if curve.steps else None,
            color=curve.series.color,
            alpha=0.16,
            linewidth=0,
            label=f"band, {curve.name}",
            zorder=1,
        )
    xs, ys = (curve.xs, curve.ys) if curve.steps else thinned(curve.xs, curve.ys)
    plane.area.plot(
        xs,
        ys,
        color=curve.series.color,
        linewidth=2.6 if curve.strong else 1.9,
        drawstyle=style,
        label=f"curve, {curve.name}",
        zorder=4 if curve.strong else 3,
        clip_on=False,
    )
    inner = [x for x in marked if plane.across.start < x < plane.across.end]
    plane.area.plot(
        inner,
        [curve.at(x) for x in inner],
        label=f"marks, {curve.name}",
        **{**marker_style(curve.series, 7.5), "zorder": 5},
    )


def draw_share_curves(
    finding: str,
    headings: tuple[str, str],
    curves: Sequence[Curve],
    even: str,
    at: float,
    capacity: tuple[float, int] | None = None,
) -> Drawing:
    """Draw curves of shares against shares with a dashed line where the two are equal.

    `even` names that line. Names stand beside the curves, best near `at`. A `capacity`,
    with the digits after the point, is drawn as a line from bottom to top; each curve is marked
    where it crosses that line, and a list at the lower right says how far it has come there.
    """
    plane = draw_plane(finding, headings, (_ALL, tick_words(_ALL, "%")), _ALL, "%", 0.22)
    area = plane.area
    area.plot(
        [0, 100],
        [0, 100],
        color=QUIET_TEXT,
        linewidth=1.4,
        linestyle=(0, (6, 3)),
        label="even",
        zorder=2,
    )
    for curve in curves:
        draw_curve(plane, curve, (20.0, 40.0, 60.0, 80.0) if capacity is None else capacity[:1])
    taken = _draw_capacity(plane, curves, *capacity) if capacity else []
    line = Curve(even, (0.0, 100.0), (0.0, 100.0), EVEN)
    name_curves(plane, [*curves, line], at, taken)
    return plane.sheet.figure


def _draw_capacity(
    plane: Plane, curves: Sequence[Curve], capacity: float, decimals: int
) -> list[Box]:
    """Draw the line of the capacity and the list of what is reached there; returns what it takes.

    Rules that are better than chance leave the lower right corner free.
    """
    area = plane.area
    area.plot([capacity] * 2, [0, 100], color=INK, linewidth=1.2, label="capacity", zorder=2)
    order = sorted(curves, key=lambda curve: -curve.at(capacity))
    words = [f"{curve.name} {percent_words(curve.at(capacity), decimals)}" for curve in order]
    head = f"At the capacity of {capacity:.3g}%"
    wide = max(text_width(line, DENSE_SIZE, True) for line in (head, *words)) + 0.22
    left, top = plane.width - wide, 0.08 + (len(words) + 1) * _LIST_LINE
    where = Inches.of(plane)
    for place, line in enumerate([head, *words]):
        x, y = where.units((left + (0.22 if place else 0.04), top - (place + 0.5) * _LIST_LINE))
        write_on(area, x, y, line, size=DENSE_SIZE, color=INK if place else QUIET_TEXT)
    for place, curve in enumerate(order, start=1):
        x, y = where.units((left + 0.1, top - (place + 0.5) * _LIST_LINE))
        look = {**marker_style(curve.series, 7.0), "zorder": 6}
        area.plot([x], [y], label=f"list, {curve.name}", **look)
    upright = [plane.place(capacity, 0), plane.place(capacity, 100)]
    return [(left, 0.0, plane.width, top), *around(list(along(upright)), 0.04)]


def name_curves(
    plane: Plane, curves: Sequence[Curve], at: float, taken: Sequence[Box] = ()
) -> None:
    """Write each name beside its curve where nothing else is, as near to `at` as can be."""
    paths = {
        curve.name: [plane.place(x, y) for x, y in zip(curve.xs, curve.ys, strict=True)]
        for curve in curves
    }
    lines = {name: around(list(along(path)), 0.04) for name, path in paths.items()}
    names: list[Box] = list(taken)
    for curve in curves:
        others = [box for name, own in lines.items() if name != curve.name for box in own]
        box, anchor = _place_of(plane, curve, at, names, lines[curve.name], others)
        names.append(box)
        apart = {name: distance_to(box, list(along(path))) for name, path in paths.items()}
        write_in(
            Inches.of(plane),
            curve.name,
            box,
            anchor,
            strong=curve.strong,
            size=_NAME_SIZE,
            color=QUIET_TEXT if curve.series is EVEN else INK,
            # Beside another curve a name would be taken for that curve's.
            tied=min(apart, key=lambda name: apart[name]) != curve.name,
        )


def _place_of(
    plane: Plane,
    curve: Curve,
    at: float,
    names: Sequence[Box],
    own: Sequence[Box],
    others: Sequence[Box],
) -> tuple[Box, Point]:
    """Find a box for a name, and the point of its curve that it is nearest to.

    The box is next to the curve if that is free, else so far off that the line between them
    crosses no other curve, if there is such a place.
    """
    low, reach = plane.across.start, plane.across.end - plane.across.start
    xs = [low + reach * (part + 0.5) / _ANCHORS for part in range(_ANCHORS)]
    anchors = [
        plane.place(x, curve.at(x))
        for x in sorted([*xs, at], key=lambda x: abs(x - at))
        if not math.isnan(curve.at(x))
    ]
    size = (text_width(curve.name, _NAME_SIZE, curve.strong) + 0.04, _NAME_HEIGHT)
    room = (0.05, 0.05, plane.width, HEIGHT + 0.05)
    every = [*names, *own, *others]
    fallback: tuple[Box, Point] | None = None
    for gap in _GAPS:
        tried = {box: anchor for anchor in anchors for box in beside(anchor, size, gap)}
        free = clear([box for box in tried if is_inside(box, room)], every)
        for box in free:
            way = along([nearest_in(box, tried[box]), tried[box]], 0.03)
            steps = [(x, y, x, y) for x, y in way]
            if len(clear(steps, others)) == len(steps):
                return box, tried[box]
        fallback = fallback or ((free[0], tried[free[0]]) if free else None)
    if fallback:
        return fallback
    box = clearest(list(tried), room, names, every)
    return box, tried[box]
