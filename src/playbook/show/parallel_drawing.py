"""The picture of options on several criteria: scales, lines, names at the right."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playbook.estimate import format_number
from playbook.show.ends import EndName, Side, height_for, room_for, write_ends
from playbook.show.plane import HEIGHT
from playbook.show.scale import Scale
from playbook.show.sheet import MARGIN, WIDTH, Sheet, marker_style, text_width, wrap
from playbook.show.style import DENSE_SIZE, GRAY, QUIET_TEXT, SMALL_SIZE, Series
from playbook.show.words import with_unit

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

_UP = Scale(-0.05, 1.05, (0.0, 1.0), 1.0)
_HEAD_LINE = 0.165
_FOOT = 0.3
_NAME_WIDEST = 1.6
_MIDDLE = 0.5
_ROOMY = 5  # criteria whose names have room for larger type
_EDGE_WIDEST = 0.5  # inches to the left of the first scale


@dataclass(frozen=True)
class Criterion:
    """One criterion: its name, its unit, whether low is good, and a value an option."""

    name: str
    unit: str
    turned: bool
    values: tuple[float, ...]

    @property
    def known(self) -> list[float]:
        """The values that are there."""
        return [value for value in self.values if not math.isnan(value)]

    @property
    def best(self) -> float:
        """The value at the top."""
        return min(self.known) if self.turned else max(self.known)

    @property
    def worst(self) -> float:
        """The value at the bottom."""
        return max(self.known) if self.turned else min(self.known)

    @property
    def all_alike(self) -> bool:
        """Whether no option is better than another."""
        return self.best == self.worst

    def share(self, place: int) -> float:
        """Where an option stands between worst (0) and best (1); NaN without a value."""
        value = self.values[place]
        if math.isnan(value):
            return math.nan
        return _MIDDLE if self.all_alike else (value - self.worst) / (self.best - self.worst)


def draw_parallel(
    finding: str,
    lines: Sequence[Criterion],
    looks: Mapping[str, Series],
    chosen: Collection[str],
    decimals: int,
) -> Drawing:
    """Draw a scale for each criterion with its best value on top, then a line an option."""
    names = list(looks)
    ends = [
        EndName(name, share, name in chosen)
        for place, name in enumerate(names)
        if not math.isnan(share := lines[-1].share(place))
    ]
    room = room_for(ends, _NAME_WIDEST, DENSE_SIZE)
    size = DENSE_SIZE if len(lines) <= _ROOMY else SMALL_SIZE
    narrowest = (WIDTH - 2 * MARGIN - room - _EDGE_WIDEST) / (len(lines) - 1)
    wide = min(narrowest - 0.06, 2 * _EDGE_WIDEST)
    heads = [wrap(line.name, wide, size, bold=True)[:3] for line in lines]
    edge = max(text_width(words, size, True) for words in heads[0]) / 2
    width = WIDTH - 2 * MARGIN - room - edge
    step = width / (len(lines) - 1)
    head = max(len(parts) for parts in heads) * _HEAD_LINE + 0.34
    height = max(HEIGHT, height_for(ends, _NAME_WIDEST, DENSE_SIZE))
    sheet = Sheet(finding, head + height + _FOOT)
    left, top = MARGIN + edge, sheet.top + head
    area = sheet.plot(left, top, width, height, "marks")
    area.set(xlim=(0, len(lines) - 1), ylim=(_UP.start, _UP.end))
    for x, (line, parts) in enumerate(zip(lines, heads, strict=True)):
        area.plot([x, x], [0, 1], color=GRAY, linewidth=1.0, label="scale", zorder=0)
        _write_scale(sheet, left + x * step, (top, top + height), line, parts, (size, decimals))
    for place, name in enumerate(names):
        _draw_option(area, name, [line.share(place) for line in lines], looks[name], name in chosen)
    side = Side(len(lines) - 1, 1 / step, widest=_NAME_WIDEST, size=DENSE_SIZE)
    write_ends(area, ends, side, _UP, height)
    return sheet.figure


def _write_scale(
    sheet: Sheet,
    middle: float,
    ends: tuple[float, float],
    line: Criterion,
    parts: Sequence[str],
    written: tuple[float, int],
) -> None:
    """Write a criterion's name and its best value above its scale, the worst one beneath."""
    size, decimals = written
    for number, words in enumerate(reversed(parts)):
        y = ends[0] - 0.34 - number * _HEAD_LINE
        sheet.write(middle, y, words, size=size, bold=True, align="center")
    for y, value in ((ends[0] - 0.05, line.best), (ends[1] + 0.05, line.worst)):
        words = _end_words(line, value, decimals)
        sheet.write(middle, y, words, size=SMALL_SIZE, color=QUIET_TEXT, align="center")


def _draw_option(
    area: Axes, name: str, shares: Sequence[float], look: Series, strong: bool
) -> None:
    area.plot(
        range(len(shares)),
        shares,
        label=f"line, {name}",
        **{
            **marker_style(look, 8.0 if strong else 6.5),
            "linestyle": "-",
            "linewidth": 2.6 if strong else 1.4,
            "zorder": 4 if strong else 3,
        },
    )


def _end_words(line: Criterion, value: float, decimals: int) -> str:
    sign = line.unit if line.unit in ("%", "$") else ""
    return with_unit(format_number(value, decimals), sign)
