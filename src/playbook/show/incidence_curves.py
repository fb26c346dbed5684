"""How many have left by each day, one curve an exit: steps, ranges, and a name at each end."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import pandas as pd

from playbook.errors import PlaybookError
from playbook.estimate import Estimate
from playbook.show import inputs
from playbook.show.curve_drawing import Curve, draw_curve
from playbook.show.ends import EndName, Side, room_for, write_ends
from playbook.show.figure import Figure
from playbook.show.looks import at_most, looks_of, shape_words
from playbook.show.parts import sentences
from playbook.show.plane import draw_plane
from playbook.show.scale import Scale, scale_over
from playbook.show.shares import CLOSE, percent_words, percents
from playbook.show.style import SERIES, Series
from playbook.show.table import Table
from playbook.show.ticks import spaced_words
from playbook.show.words import alt_text, checked_finding, label_of, with_unit

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing

_NAME_WIDEST = 1.75
_MONTHS = (30.0, 60.0, 90.0, 180.0, 365.0, 730.0, 1095.0)


def incidence_curves(
    df: pd.DataFrame,
    *,
    x: str,
    y: str,
    group: str,
    finding: str,
    low: str | None = None,
    high: str | None = None,
    unit: str = "days",
    highlight: str | Sequence[str] | None = None,
    note: str = "",
    decimals: int = 0,
) -> Figure:
    """Follow the share of people who have left by each of several exits, as time goes by.

    Parameters
    ----------
    df
        One row a time and exit, in any order. It is not changed.
    x, y
        Columns with the time since entry, and with the share from 0 to 1 who have left this way
        by then. A curve holds its value until the next time.
    group
        Column that tells up to four exits apart.
    finding
        What the chart shows, in one sentence of at most 140 characters: its title.
    low, high
        Columns with the ends of each range, drawn as a band.
    unit
        Unit of the time. In days the table reads the curves at 30, 90, 180 and 365 days.
    highlight
        Exit or exits to point out; the others turn gray.
    note
        Source or caution, printed beneath.
    decimals
        Digits after the point of a percentage.

    Returns
    -------
    Figure
        Words, table and picture. Rows without a share are left out; a curve ends at its last one.

    Raises
    ------
    PlaybookError
        When a column is missing, a share is not between 0 and 1, a time is missing, below zero
        or named twice for an exit, a curve falls, no share is known for an exit, or there are
        more than four exits.

    Examples
    --------
    >>> exits = pd.DataFrame({
    ...     "days": [0, 90, 180, 90, 180],
    ...     "exit": ["Housed", "Housed", "Housed", "Left", "Left"],
    ...     "share": [0.0, 0.2, 0.45, 0.1, 0.15],
    ... })
    >>> print(incidence_curves(exits, x="days", y="share", group="exit",
    ...                        finding="Almost half are housed in half a year"))
    Cumulative incidence curves: Almost half are housed in half a year. By 180 days: Housed 45%,
    Left 15%. By 90 days: Housed 20%, Left 10%.
    <BLANKLINE>
    Days  Housed (%)  Left (%)
      30           0         0
      60           0         0
      90          20        10
     180          45        15
    <BLANKLINE>
    Each step is the share who have left this way by then. Housed: filled circle; Left: hollow
    diamond.
    """
    finding = checked_finding(finding)
    curves = _curves(df, (x, y, group), (low, high), highlight)
    end = max(curve.xs[-1] for curve in curves)
    places = _reading_places(end, unit)
    scale = scale_over([0.0, *(value for curve in curves for value in (*curve.ys, *curve.highs))])
    clauses = [
        f"By {with_unit(f'{place:g}', unit)}: {_told(curves, place, decimals)}."
        for place in (places[-1], places[len(places) // 2])
    ]
    last = f"By {with_unit(f'{places[-1]:g}', unit)}: {_told(curves[:1], places[-1], decimals)}."
    return Figure(
        finding,
        alt_text("Cumulative incidence curves", finding, [*clauses, last]),
        _numbers(finding, label_of(x, unit), curves, places, decimals),
        sentences(
            "Each step is the share who have left this way by then.",
            "Bands are ranges." if low or high else "",
            shape_words({curve.name: curve.series for curve in curves}),
            note,
        ),
        lambda: _draw(finding, label_of(x, unit), curves, scale, places, decimals),
    )


def _curves(
    df: pd.DataFrame,
    columns: tuple[str, str, str],
    ends: tuple[str | None, str | None],
    highlight: str | Sequence[str] | None,
) -> list[Curve]:
    x, y, group = columns
    marks = inputs.marks_of(df, row=(x, "x"), value=(y, "y"), group=group)
    times = inputs.numbers(df, x, "x")
    if not all(math.isfinite(time) and time >= 0 for time in times):
        raise PlaybookError(
            f"The column {x} has rows without a time, or with a time below zero.",
            fix="Count the time from the day of entry, and leave out rows where it is not known.",
        )
    values = zip(
        times,
        percents(df, y, "y"),
        percents(df, ends[0], "low"),
        percents(df, ends[1], "high"),
        strict=True,
    )
    names = list(dict.fromkeys(mark.group for mark in marks))
    at_most(names, len(SERIES), "exits", "Keep those you want to compare, or put some together.")
    chosen = inputs.checked_highlight(highlight, names)
    looks = looks_of(names, chosen)
    rows: dict[str, list[tuple[float, float, float, float]]] = {name: [] for name in names}
    for mark, row in zip(marks, values, strict=True):
        if not math.isnan(row[1]):
            rows[mark.group].append(row)
    ranged = ends != (None, None)
    return [
        _curve(name, sorted(own), looks[name], ranged, name in chosen) for name, own in rows.items()
    ]


def _curve(
    name: str,
    rows: Sequence[tuple[float, float, float, float]],
    series: Series,
    ranged: bool,
    strong: bool,
) -> Curve:
    """Build a curve from its rows in order of time; it begins at zero."""
    if not rows:
        raise PlaybookError(
            f"No share is known for {name}, so there is no curve to draw.",
            fix=f"Leave {name} out. Too few people left this way to tell.",
        )
    if any(after[1] < before[1] - CLOSE for before, after in pairwise(rows)):
        raise PlaybookError(
            f"The curve of {name} falls, and a share who have left can only rise.",
            fix="Give the share who have left, not the share who are still there.",
        )
    whole = [*([] if rows[0][0] == 0 else [(0.0, 0.0, 0.0, 0.0)]), *rows]
    times, values, lows, highs = (tuple(part) for part in zip(*whole, strict=True))
    if not ranged:
        return Curve(name, times, values, series, strong, steps=True)
    # Where an end is not known the band has no width.
    lows = tuple(v if math.isnan(end) else end for v, end in zip(values, lows, strict=True))
    highs = tuple(v if math.isnan(end) else end for v, end in zip(values, highs, strict=True))
    return Curve(name, times, values, series, strong, steps=True, lows=lows, highs=highs)


def _reading_places(end: float, unit: str) -> list[float]:
    """Choose the times at which the table reads the curves."""
    months = [day for day in _MONTHS if day <= end]
    if unit == "days" and len(months) > 1:
        return months
    return [tick for tick in scale_over([0.0, end]).ticks if 0 < tick <= end] or [end]


def _told(curves: Sequence[Curve], place: float, decimals: int) -> str:
    return ", ".join(f"{c.name} {percent_words(c.at(place), decimals)}" for c in curves)


def _numbers(
    finding: str, heading: str, curves: Sequence[Curve], places: Sequence[float], decimals: int
) -> Table:
    columns = {heading: [f"{place:g}" for place in places]}
    for curve in curves:
        columns[label_of(curve.name, "%")] = [
            str(
                Estimate(
                    curve.at(place),
                    curve.at(place, curve.lows) if curve.lows else math.nan,
                    curve.at(place, curve.highs) if curve.highs else math.nan,
                    decimals=decimals,
                )
            )
            for place in places
        ]
    return Table(finding, pd.DataFrame(columns, dtype="str"), frozenset(columns))


def _draw(
    finding: str,
    heading: str,
    curves: Sequence[Curve],
    up: Scale,
    places: Sequence[float],
    decimals: int,
) -> Drawing:
    last = max(curve.xs[-1] for curve in curves)
    ends = [
        EndName(f"{curve.name} {percent_words(curve.ys[-1], decimals)}", curve.ys[-1], curve.strong)
        for curve in curves
    ]
    across = Scale(0.0, last, (0.0, *places), last)
    # Months stand close together at the start of a long time: those that would touch are left out.
    words = spaced_words([0.0, *places], [f"{place:g}" for place in (0.0, *places)], last)
    room = room_for(ends, _NAME_WIDEST)
    plane = draw_plane(finding, (heading, "Share who have left"), (across, words), up, "%", room)
    for curve in curves:
        draw_curve(plane, curve, places)
    side = Side(last, last / plane.width, widest=_NAME_WIDEST)
    write_ends(plane.area, ends, side, up)
    return plane.sheet.figure
