"""Where values lie and how they look, the same for all marks of a chart."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from playbook.estimate import format_number
from playbook.show.sheet import text_width
from playbook.show.style import BLUE, BODY_SIZE, GRAY, SERIES, Series
from playbook.show.words import Mark, label_words, with_unit

LABEL_GAP = 0.13  # inches between the end of a mark and its label
_ARROW = 0.07  # share of the data's span by which an open range runs on


@dataclass(frozen=True)
class Scale:
    """Where values lie: the ends of the area, the ticks, and where open ranges are cut."""

    start: float
    end: float
    ticks: tuple[float, ...]
    cut: float

    @property
    def from_zero(self) -> bool:
        """Whether zero is on the scale."""
        return self.start <= 0 <= self.end


@dataclass(frozen=True)
class Look:
    """How values are written, and which rows are pointed out."""

    decimals: int
    unit: str
    highlight: frozenset[str] = frozenset()
    labelled: frozenset[str] | None = None  # None: every row carries its number
    size: float = BODY_SIZE

    @property
    def dot_size(self) -> float:
        """Diameter of a dot in points."""
        return 8.5 if self.size >= BODY_SIZE else 6.5

    def label(self, mark: Mark) -> str:
        """Write the number beside a mark; empty in a dense chart where the table has it."""
        if self.labelled is not None and mark.known and mark.row not in self.labelled:
            return ""
        return label_words(mark, self.decimals, self.unit)

    def series(self, mark: Mark, groups: Sequence[str]) -> Series:
        """Choose color and shape: by group, else the accent for what is highlighted."""
        if len(groups) > 1:
            return SERIES[groups.index(mark.group)]
        if self.highlight and mark.row not in self.highlight:
            return Series(GRAY, "o", True, "hollow circle")
        return Series(BLUE, "o", False, "filled circle")


def scale_for(
    marks: Sequence[Mark], look: Look, width: float, *, zero: bool = False, ticks: int = 5
) -> Scale:
    """Choose a scale on which every mark and its label fit into `width` inches.

    It begins at zero when `zero` asks for it, or when that costs little room. Values far from
    zero get a scale of their own, and so does a long ranking, which is about overlapping ranges.
    """
    ends = [value for mark in marks for value in (mark.low, mark.value, mark.high)]
    share = 0.6 if look.labelled is None else 0.3
    least, most, places = _steps(ends, share, ticks, zero=zero)
    start = 0.0 if least == 0 else places[0]
    cut = most + _ARROW * (most - start)
    per_inch = max(
        (right_end(mark, cut, start) - start)
        / (width - LABEL_GAP - text_width(look.label(mark), look.size) - 0.03)
        for mark in marks
    )
    end = max(start + per_inch * width, most)
    return Scale(start, end, tuple(place for place in places if start <= place <= most), cut)


def scale_over(values: Sequence[float], *, ticks: int = 5) -> Scale:
    """Choose a scale of round steps that holds all values, with no room for labels.

    It begins at zero when that costs little room.

    Examples
    --------
    >>> scale_over([3.0, 14.2]).ticks, scale_over([71.3, 82.9]).ticks
    ((0.0, 5.0, 10.0, 15.0), (70.0, 72.5, 75.0, 77.5, 80.0, 82.5, 85.0))
    """
    _, _, places = _steps(values, 0.6, ticks)
    return Scale(places[0], places[-1], tuple(places), places[-1])


def _steps(
    values: Sequence[float], share: float, ticks: int, *, zero: bool = False
) -> tuple[float, float, list[float]]:
    """Find the least and the most to show, and round places from one to the other.

    Zero is the least when the values begin at no more than `share` of their highest.
    """
    from matplotlib.ticker import MaxNLocator

    ends = [value for value in values if math.isfinite(value)] or [0.0]
    least, most = min(ends), max(ends)
    if zero or 0 <= least <= share * most:
        least, most = min(least, 0.0), max(most, 0.0)
    if least == most:
        most = least + 1.0
    locator = MaxNLocator(nbins=ticks, steps=[1, 2, 2.5, 5, 10])
    return least, most, [float(place) for place in locator.tick_values(least, most)]


def right_end(mark: Mark, cut: float, start: float) -> float:
    """Find where a mark ends and its label begins; a missing value's words stand at the start."""
    if not mark.known:
        return start
    return max(
        cut if math.isinf(end) else end for end in (mark.value, mark.high) if not math.isnan(end)
    )


def step_decimals(places: Sequence[float]) -> int:
    """Count the digits that evenly spaced places need to be told apart."""
    step = min((after - before for before, after in pairwise(places)), default=1.0)
    return next((digits for digits in range(6) if math.isclose(round(step, digits), step)), 6)


def tick_words(scale: Scale, unit: str) -> list[str]:
    """Write the ticks with as many digits as their step needs."""
    decimals = step_decimals(scale.ticks)
    sign = unit if unit in ("%", "$") else ""
    return [with_unit(format_number(tick, decimals), sign) for tick in scale.ticks]
