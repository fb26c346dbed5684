"""Marks on an area: guides, dots with their ranges, bars. No checks, no words of its own."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from playbook.show.scale import LABEL_GAP, Look, Scale, right_end, tick_words
from playbook.show.sheet import marker_style, write_on
from playbook.show.style import DENSE_SIZE, HAIRLINE, INK, PALE, QUIET_TEXT, Series
from playbook.show.words import Mark

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def draw_scale(area: Axes, scale: Scale, rows: int, unit: str, *, both_ends: bool = False) -> None:
    """Draw quiet guides with their numbers beneath, and above too where the chart is long."""
    area.set(xlim=(scale.start, scale.end), ylim=(rows - 0.5, -0.5))
    _segments(area, [(tick, -0.5, tick, rows - 0.5) for tick in scale.ticks], HAIRLINE, 0.8)
    if scale.from_zero:
        _segments(area, [(0, -0.5, 0, rows - 0.5)], QUIET_TEXT, 1.0)
    for tick, words in zip(scale.ticks, tick_words(scale, unit), strict=True):
        for place, rise in [(rows - 0.5, -11), (-0.5, 10)][: 2 if both_ends else 1]:
            write_on(
                area,
                tick,
                place,
                words,
                size=DENSE_SIZE,
                color=QUIET_TEXT,
                align="center",
                rise=rise,
            )


def _segments(
    area: Axes,
    segments: Sequence[tuple[float, float, float, float]],
    color: str,
    width: float,
    label: str = "guides",
    layer: float = 0,
) -> None:
    """Draw lines from (x, y) to (x, y) as one path: a tenth of the bytes of one path each."""
    xs = [x for start, _, end, _ in segments for x in (start, end, math.nan)]
    ys = [y for _, start, _, end in segments for y in (start, end, math.nan)]
    area.plot(
        xs,
        ys,
        color=color,
        linewidth=width,
        solid_capstyle="butt",
        label=label,
        zorder=layer,
        clip_on=False,
    )


def draw_dots(
    area: Axes,
    rows: Sequence[str],
    groups: Sequence[str],
    marks: Sequence[Mark],
    scale: Scale,
    look: Look,
) -> None:
    """Draw each mark as a dot on the line of its range, with its number to the right."""
    places: dict[Series, list[tuple[Mark, float]]] = {}
    for mark in marks:
        y = rows.index(mark.row) + (groups.index(mark.group) - (len(groups) - 1) / 2) * (
            0.8 / len(groups)
        )
        places.setdefault(look.series(mark, groups), []).append((mark, y))
    _draw_row_guides(area, len(rows), groups, places, scale)
    for series, placed in places.items():
        _draw_ranges(area, placed, series, scale)
        finite = [(mark.value, y) for mark, y in placed if math.isfinite(mark.value)]
        area.plot(
            [x for x, _ in finite],
            [y for _, y in finite],
            label=f"dots, {series.shape}",
            **marker_style(series, look.dot_size),
        )
        for mark, y in placed:
            _draw_label(area, mark, y, scale, look)


def _draw_row_guides(
    area: Axes,
    rows: int,
    groups: Sequence[str],
    places: Mapping[Series, Sequence[tuple[Mark, float]]],
    scale: Scale,
) -> None:
    """Lead the eye: from a name to its dot, or between rows where a row has several dots."""
    if len(groups) > 1:
        lines = [(scale.start, row - 0.5, scale.end, row - 0.5) for row in range(1, rows)]
    else:
        lines = [
            (scale.start, y, mark.value, y)
            for placed in places.values()
            for mark, y in placed
            if math.isfinite(mark.value)
        ]
    if lines:
        _segments(area, lines, HAIRLINE, 0.8)


def _draw_ranges(
    area: Axes, placed: Sequence[tuple[Mark, float]], series: Series, scale: Scale
) -> None:
    ranges = []
    for mark, y in placed:
        low = mark.value if math.isnan(mark.low) else mark.low
        high = mark.value if math.isnan(mark.high) else mark.high
        if mark.known and math.isfinite(low) and low != high:
            ranges.append((low, y, min(high, scale.cut), y))
    if ranges:
        _segments(area, ranges, series.color, 2.2, f"ranges, {series.shape}", 1)
    cut = [y for _, y, end, _ in ranges if end == scale.cut]
    if cut:
        arrow = Series(series.color, ">", False, "arrow")
        area.plot(
            [scale.cut] * len(cut),
            cut,
            label=f"open, {series.shape}",
            **marker_style(arrow, 7.0),
        )


def _draw_label(area: Axes, mark: Mark, y: float, scale: Scale, look: Look) -> None:
    write_on(
        area,
        right_end(mark, scale.cut, scale.start),
        y,
        look.label(mark),
        size=look.size,
        bold=mark.row in look.highlight and mark.known,
        color=INK if mark.known else QUIET_TEXT,
        shift=LABEL_GAP * 72,
        masked=True,
    )


def _bar_style(mark: Mark, look: Look) -> dict[str, Any]:
    # Filled against pale with an edge: they differ without color too.
    series = look.series(mark, [""])
    fill = PALE if series.hollow else series.color
    return {"facecolor": fill, "edgecolor": series.color, "linewidth": 1.0}


def draw_lying_bars(area: Axes, marks: Sequence[Mark], look: Look) -> None:
    """Draw bars from zero to the right, the number at each end."""
    for place, mark in enumerate(marks):
        if mark.known:
            area.barh(
                [place],
                [mark.value],
                height=0.64,
                label=[f"bar, {mark.name}"],
                **_bar_style(mark, look),
            )
        write_on(
            area,
            max(mark.value, 0.0) if mark.known else 0.0,
            place,
            look.label(mark),
            size=look.size,
            bold=mark.row in look.highlight,
            color=INK if mark.known else QUIET_TEXT,
            shift=6,
        )


def draw_standing_bars(area: Axes, marks: Sequence[Mark], look: Look) -> None:
    """Draw bars from zero upwards, the number on top of each."""
    for place, mark in enumerate(marks):
        if mark.known:
            area.bar(
                [place],
                [mark.value],
                width=0.66,
                label=[f"bar, {mark.name}"],
                **_bar_style(mark, look),
            )
        write_on(
            area,
            place,
            max(mark.value, 0.0) if mark.known else 0.0,
            look.label(mark),
            size=look.size,
            bold=mark.row in look.highlight,
            color=INK if mark.known else QUIET_TEXT,
            align="center",
            rise=10,
        )
