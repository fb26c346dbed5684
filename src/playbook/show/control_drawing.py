"""The picture of a control chart: limits, center, the series, and diamonds for its signals."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playbook.estimate import format_number
from playbook.show.boxes import Box, along, around, beside, clearest
from playbook.show.ends import EndName, Side, room_for, write_ends
from playbook.show.names import Inches, write_in
from playbook.show.plane import HEIGHT, Plane, draw_plane
from playbook.show.scale import Scale
from playbook.show.sheet import marker_style, text_width
from playbook.show.style import BLUE, DENSE_SIZE, GRAY, INK, QUIET_TEXT, VERMILLION, Series
from playbook.show.ticks import even_places
from playbook.show.words import Mark, label_words, with_unit

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing

_NAME_WIDEST = 1.3
_MOST_NAMES = 4
_SIGNAL = Series(VERMILLION, "D", True, "hollow diamond")
_USUAL = Series(BLUE, "o", False, "small dot")
_DASHED = (0, (6, 3))


@dataclass(frozen=True)
class Period:
    """One period: its value, its center and limits, and the rule it is a signal by, if any."""

    mark: Mark
    center: float
    low: float
    high: float
    signal: str


def draw_control_chart(
    finding: str,
    headings: tuple[str, str],
    periods: Sequence[Period],
    up: Scale,
    unit: str,
    decimals: int,
) -> Drawing:
    """Draw the periods from left to right, the values upwards, the lines named at the right."""
    count = len(periods)
    words = [period.mark.row for period in periods]
    places = even_places(count, max(text_width(word, DENSE_SIZE) for word in words))
    across = Scale(-0.5, count - 0.5, tuple(float(place) for place in places), count - 0.5)
    ends = _line_names(periods[-1], unit, decimals)
    plane = draw_plane(
        finding,
        headings,
        (across, [words[place] for place in places]),
        up,
        unit,
        room_for(ends, _NAME_WIDEST, DENSE_SIZE),
    )
    _draw_lines(plane, periods)
    _draw_series(plane, periods)
    side = Side(across.end, count / plane.width, widest=_NAME_WIDEST, size=DENSE_SIZE)
    write_ends(plane.area, ends, side, up)
    _name_signals(plane, periods, unit, decimals)
    return plane.sheet.figure


def _line_names(last: Period, unit: str, decimals: int) -> list[EndName]:
    sign = unit if unit in ("%", "$") else ""
    named = [("Upper limit", last.high), ("Center", last.center), ("Lower limit", last.low)]
    return [
        EndName(f"{name} {with_unit(format_number(at, decimals), sign)}", at)
        for name, at in named
        if not math.isnan(at)
    ]


def _draw_lines(plane: Plane, periods: Sequence[Period]) -> None:
    """Draw center and limits as steps: each period has its own."""
    edges = [place - 0.5 for place in range(len(periods) + 1)]
    for label, values, dashes, color in (
        ("center", [period.center for period in periods], "-", INK),
        ("limit, low", [period.low for period in periods], _DASHED, QUIET_TEXT),
        ("limit, high", [period.high for period in periods], _DASHED, QUIET_TEXT),
    ):
        if not all(math.isnan(value) for value in values):
            plane.area.plot(
                edges,
                [*values, values[-1]],
                color=color,
                linewidth=1.3,
                linestyle=dashes,
                drawstyle="steps-post",
                label=label,
                zorder=1,
            )


def _draw_series(plane: Plane, periods: Sequence[Period]) -> None:
    values = [period.mark.value for period in periods]
    plane.area.plot(
        range(len(periods)), values, color=GRAY, linewidth=1.2, label="series", zorder=2
    )
    small = 5.0 if len(periods) <= 40 else 3.5
    for label, series, size, wanted in (
        ("usual", _USUAL, small, False),
        ("signals", _SIGNAL, 8.5, True),
    ):
        chosen = [n for n, p in enumerate(periods) if p.mark.known and bool(p.signal) is wanted]
        plane.area.plot(
            chosen,
            [values[place] for place in chosen],
            label=label,
            **marker_style(series, size),
        )


def _name_signals(plane: Plane, periods: Sequence[Period], unit: str, decimals: int) -> None:
    """Write period and value beside the first signal of each run, up to four of them."""
    first = [
        place
        for place, period in enumerate(periods)
        if period.signal and not (place and periods[place - 1].signal)
    ]
    known = [n for n, period in enumerate(periods) if period.mark.known]
    points = [plane.place(n, periods[n].mark.value) for n in known]
    lines = around(list(along(points)), 0.03)
    last = periods[-1]
    for level in (last.low, last.center, last.high):
        if not math.isnan(level):
            across = [plane.place(n, level) for n in (plane.across.start, plane.across.end)]
            lines += around(list(along(across)), 0.02)
    written: list[Box] = around([plane.place(n, periods[n].mark.value) for n in first], 0.07)
    room = (0.0, 0.0, plane.width, HEIGHT + 0.1)
    for place in first[:_MOST_NAMES]:
        mark = periods[place].mark
        words = f"{mark.row}: {label_words(mark, decimals, unit)}"
        size = (text_width(words, DENSE_SIZE, True), 0.18)
        spots = [
            box
            for gap in (0.1, 0.2, 0.35)
            for box in beside(plane.place(place, mark.value), size, gap)
        ]
        box = clearest(spots, room, written, lines)
        written.append(box)
        write_in(Inches.of(plane), words, box, plane.place(place, mark.value), strong=True)
