"""The picture of lines over years: bands, lines, marks, and a name at each end."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playbook.show.plane import HEIGHT, Plane, apart, draw_plane
from playbook.show.scale import Scale
from playbook.show.sheet import marker_style, text_width, wrap, write_on
from playbook.show.style import BODY_SIZE, INK, QUIET_TEXT, Series
from playbook.show.words import Mark, label_words

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing

_NAME_WIDEST = 1.75
_GAP = 0.22  # inches from the last mark to its name
_LINE = 0.215  # inches a line of text
_MOST_TICKS = 6


@dataclass(frozen=True)
class Line:
    """One group: its name, its marks in the order of their years, and how it looks."""

    name: str
    marks: tuple[Mark, ...]
    series: Series
    strong: bool


def draw_lines(
    finding: str,
    headings: tuple[str, str],
    drawn: Sequence[Line],
    scale: Scale,
    unit: str,
    decimals: int,
) -> Drawing:
    """Draw the years from left to right, the values upwards, the names to the right."""
    years = sorted({float(mark.row) for line in drawn for mark in line.marks})
    ticks = year_ticks(years)
    # A single year still needs some width.
    end = years[-1] if years[-1] > years[0] else years[0] + 1
    across = Scale(years[0], end, ticks, end)
    labels = {line.name: _label(line, decimals, unit) for line in drawn}
    room = _GAP + max(
        text_width(words, BODY_SIZE, line.strong) for line in drawn for words in labels[line.name]
    )
    words = [f"{tick:.10g}" for tick in ticks]
    plane = draw_plane(finding, headings, (across, words), scale, unit, room)
    for line in sorted(drawn, key=lambda line: line.strong):
        _draw_line(plane, line)
    _write_names(plane, drawn, labels)
    return plane.sheet.figure


def year_ticks(years: Sequence[float]) -> tuple[float, ...]:
    """Choose up to seven years to print: both ends where equal steps allow it.

    Examples
    --------
    >>> year_ticks([2016, 2017, 2025])
    (2016, 2019, 2022, 2025)
    >>> year_ticks([2014, 2025])
    (2015, 2017, 2019, 2021, 2023, 2025)
    >>> year_ticks([2020.5, 2021])
    (2020.5, 2021)
    """
    first, last = years[0], years[-1]
    span = last - first
    if len(years) <= 2 and span < _MOST_TICKS:
        return tuple(years)
    least = max(1, math.ceil(span / _MOST_TICKS))
    step = next((step for step in range(least, least + 3) if span % step == 0), least)
    return tuple(last - step * back for back in range(int(span // step), -1, -1))


def _label(line: Line, decimals: int, unit: str) -> list[str]:
    """Write the name and, where it is known, the last value."""
    words = line.name
    known = [mark for mark in line.marks if mark.known]
    if known and known[-1] is line.marks[-1]:
        words = f"{words} {label_words(known[-1], decimals, unit)}"
    return wrap(words, _NAME_WIDEST, BODY_SIZE, bold=True)


def _draw_line(plane: Plane, line: Line) -> None:
    years = [float(mark.row) for mark in line.marks]
    thick = 2.6 if line.strong else 1.8
    if any(not math.isnan(end) for mark in line.marks for end in (mark.low, mark.high)):
        plane.area.fill_between(
            years,
            [mark.value if math.isnan(mark.low) else mark.low for mark in line.marks],
            [mark.value if math.isnan(mark.high) else mark.high for mark in line.marks],
            color=line.series.color,
            alpha=0.16,
            linewidth=0,
            label=f"band, {line.name}",
            zorder=1,
        )
    values = [mark.value for mark in line.marks]
    look = marker_style(line.series, 8.0)
    plane.area.plot(
        years,
        values,
        label=f"line, {line.name}",
        **{**look, "linestyle": "-", "linewidth": thick, "zorder": 4 if line.strong else 3},
    )


def _write_names(plane: Plane, drawn: Sequence[Line], labels: dict[str, list[str]]) -> None:
    """Write each name beside the end of its line, moved up or down where two would touch."""
    ends = []
    for line in drawn:
        known = [mark for mark in line.marks if mark.known]
        last = known[-1].value if known else plane.up.start
        ends.append(plane.place(plane.across.end, last)[1])
    heights = [len(labels[line.name]) * _LINE + 0.06 for line in drawn]
    for line, end, middle in zip(drawn, ends, apart(ends, heights, HEIGHT), strict=True):
        lines = labels[line.name]
        if abs(middle - end) > 0.08:
            _lead(plane, end, middle)
        for number, words in enumerate(lines):
            write_on(
                plane.area,
                plane.across.end,
                plane.up.start,
                words,
                bold=line.strong,
                color=INK,
                shift=72 * _GAP,
                rise=72 * (middle + ((len(lines) - 1) / 2 - number) * _LINE),
            )


def _lead(plane: Plane, end: float, middle: float) -> None:
    """Draw a thin line from the end of a line to its moved name."""
    per_inch = (plane.across.end - plane.across.start) / plane.width
    up = (plane.up.end - plane.up.start) / HEIGHT
    right = plane.across.end
    plane.area.plot(
        [right + 0.08 * per_inch, right + (_GAP - 0.03) * per_inch],
        [plane.up.start + end * up, plane.up.start + middle * up],
        color=QUIET_TEXT,
        linewidth=0.8,
        label="leader",
        clip_on=False,
        zorder=2,
    )
