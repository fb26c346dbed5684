"""Two periods, a line from the one to the other for each place, named at both ends."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from playbook.errors import PlaybookError
from playbook.estimate import format_number
from playbook.show import inputs
from playbook.show.ends import EndName, Side, height_for, room_for, write_ends
from playbook.show.figure import Figure
from playbook.show.looks import at_most
from playbook.show.parts import sentences
from playbook.show.plane import HEIGHT
from playbook.show.scale import Scale
from playbook.show.sheet import MARGIN, WIDTH, Sheet, marker_style
from playbook.show.stand_in_note import says_stand_in
from playbook.show.style import BLUE, BODY_SIZE, DENSE_SIZE, GRAY, HAIRLINE, QUIET_TEXT, Series
from playbook.show.table import Table
from playbook.show.words import (
    TOO_FEW,
    Mark,
    alt_text,
    checked_finding,
    label_of,
    label_words,
    main_numbers,
    value_words,
    with_unit,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

_MOST = 12
_ROOMY = 8  # places whose names have room for larger type
_HEAD = 0.78
_EDGE = 0.15  # inches above the highest and below the lowest value
_NAME_WIDEST = 1.75


@says_stand_in
def slope_chart(
    df: pd.DataFrame,
    *,
    x: str,
    y: str,
    group: str,
    finding: str,
    unit: str = "",
    highlight: str | Sequence[str] | None = None,
    note: str = "",
    decimals: int = 1,
) -> Figure:
    """Compare two periods: how far each of up to twelve places went up or down.

    Parameters
    ----------
    df
        One row a place and period. It is not changed.
    x, y
        Columns with the two periods, the earlier one first unless they are numbers, and with the
        values.
    group
        Column with the places.
    finding
        What the chart shows, in one sentence of at most 140 characters: its title.
    unit
        Unit of the values, such as ``"days"``, ``"%"`` or ``"$"``.
    highlight
        Place or places to point out; the other lines turn gray.
    note
        Source or caution, printed beneath.
    decimals
        Digits after the point.

    Returns
    -------
    Figure
        Words, table and picture. A place with one value has a dot and no line.

    Raises
    ------
    PlaybookError
        When a column is missing, there are not exactly two periods, a place has a period twice,
        a value has no end, no value is known, or there are more than twelve places.

    Examples
    --------
    >>> waits = pd.DataFrame({
    ...     "year": [2020, 2025] * 2,
    ...     "district": ["Eastbank", "Eastbank", "Highland", "Highland"],
    ...     "wait": [14.3, 12.9, 9.8, 10.8],
    ... })
    >>> print(slope_chart(waits, x="year", y="wait", group="district", unit="days",
    ...                   finding="The two came closer"))
    Slope chart: The two came closer. From 2020 to 2025 1 of 2 went up, 1 down. Largest change:
    Eastbank 14.3 to 12.9 days.
    <BLANKLINE>
    District  2020 (days)  2025 (days)  Change
    Eastbank         14.3         12.9    -1.4
    Highland          9.8         10.8    +1.0
    <BLANKLINE>
    One line a place, from 2020 on the left to 2025 on the right.
    """
    finding = checked_finding(finding)
    marks = inputs.marks_of(df, row=(x, "x"), value=(y, "y"), group=group)
    periods = _periods(df, x, marks)
    names = list(dict.fromkeys(mark.group for mark in marks))
    at_most(names, _MOST, "places", "Keep the ones that changed most, or use pb.dots.")
    chosen = inputs.checked_highlight(highlight, names)
    _check(marks)
    pairs = _pairs(marks, names, periods)
    return Figure(
        finding,
        alt_text("Slope chart", finding, _told(pairs, periods, decimals, unit)),
        _numbers(finding, label_of(group), periods, pairs, decimals, unit),
        sentences(
            f"One line a place, from {periods[0]} on the left to {periods[1]} on the right.",
            "A dot without a line has one value only."
            if any(first.known != last.known for first, last in pairs.values())
            else "",
            note,
        ),
        lambda: _draw(finding, label_of(y, unit), periods, pairs, chosen, (decimals, unit)),
    )


_Pair = tuple[Mark, Mark]


def _periods(df: pd.DataFrame, x: str, marks: Sequence[Mark]) -> tuple[str, str]:
    found = list(dict.fromkeys(mark.row for mark in marks))
    if len(found) != 2:
        raise PlaybookError(
            f"A slope chart has two periods, and {len(found)} were given.",
            fix="Keep the first and the last, or use pb.lines, which draws them all.",
        )
    if pd.api.types.is_numeric_dtype(df[x]):
        found.sort(key=float)
    return found[0], found[1]


def _check(marks: Sequence[Mark]) -> None:
    for mark in marks:
        if math.isinf(mark.value):
            raise PlaybookError(
                f"{mark.group} in {mark.row} has no known end, so no line can show it.",
                fix="Use pb.dots, which draws an open range as an arrow, or leave this row out.",
            )
    if not any(mark.known for mark in marks):
        raise PlaybookError(
            "No value is known, so there is no line to draw.",
            fix="Show the table with pb.table: it says too few to tell.",
        )


def _pairs(
    marks: Sequence[Mark], names: Sequence[str], periods: tuple[str, str]
) -> dict[str, _Pair]:
    at = {(mark.group, mark.row): mark for mark in marks}
    first, last = periods
    return {
        name: (
            at.get((name, first), Mark(first, name, math.nan)),
            at.get((name, last), Mark(last, name, math.nan)),
        )
        for name in names
    }


def _told(pairs: dict[str, _Pair], periods: tuple[str, str], decimals: int, unit: str) -> list[str]:
    changes = {
        name: round(last.value - first.value, decimals)
        for name, (first, last) in pairs.items()
        if first.known and last.known
    }
    every = [mark for pair in pairs.values() for mark in pair]
    if not changes:
        return main_numbers(every, decimals, unit)
    up = sum(change > 0 for change in changes.values())
    down = sum(change < 0 for change in changes.values())
    top = max(changes, key=lambda name: abs(changes[name]))
    first, last = (format_number(mark.value, decimals) for mark in pairs[top])
    span = f"From {periods[0]} to {periods[1]}"
    said = [
        f"{span} {up} of {len(changes)} went up, {down} down.",
        f"Largest change: {top} {first} to {with_unit(last, unit)}.",
    ]
    lost = len(pairs) - len(changes)
    if lost:
        said.append(f"{lost} of {len(pairs)} {TOO_FEW}.")
    return [*said, f"{up} of {len(changes)} went up."]


def _numbers(
    finding: str,
    names: str,
    periods: tuple[str, str],
    pairs: dict[str, _Pair],
    decimals: int,
    unit: str,
) -> Table:
    columns = {names: list(pairs)}
    for place, period in enumerate(periods):
        columns[label_of(period, unit)] = [
            value_words(pair[place], decimals) for pair in pairs.values()
        ]
    columns["Change"] = [_change(pair, decimals) for pair in pairs.values()]
    return Table(finding, pd.DataFrame(columns, dtype="str"), frozenset(columns) - {names})


def _change(pair: _Pair, decimals: int) -> str:
    if not (pair[0].known and pair[1].known):
        return TOO_FEW
    change = format_number(pair[1].value - pair[0].value, decimals)
    return change if change.startswith("-") or not change.strip("0.") else f"+{change}"


def _draw(
    finding: str,
    heading: str,
    periods: tuple[str, str],
    pairs: dict[str, _Pair],
    chosen: set[str],
    written: tuple[int, str],
) -> Drawing:
    values = [mark.value for pair in pairs.values() for mark in pair if mark.known]
    spread = (max(values) - min(values)) or 1.0
    edge = spread * _EDGE / (HEIGHT - 2 * _EDGE)
    up = Scale(min(values) - edge, max(values) + edge, (), max(values))
    ends = [
        [
            EndName(_words(pair[side], side, written), pair[side].value, name in chosen)
            for name, pair in pairs.items()
            if pair[side].known
        ]
        for side in (0, 1)
    ]
    size = BODY_SIZE if len(pairs) <= _ROOMY else DENSE_SIZE
    left, right = (room_for(side, _NAME_WIDEST, size) if side else 0.3 for side in ends)
    height = max(HEIGHT, *(height_for(side, _NAME_WIDEST, size) for side in ends))
    sheet = Sheet(finding, _HEAD + height + MARGIN)
    width = WIDTH - 2 * MARGIN - left - right
    top = sheet.top + _HEAD
    sheet.write(MARGIN, sheet.top + 0.1, heading, size=DENSE_SIZE, color=QUIET_TEXT)
    area = sheet.plot(MARGIN + left, top, width, height, "marks")
    area.set(xlim=(0, 1), ylim=(up.start, up.end))
    for x, period in enumerate(periods):
        area.plot([x, x], [up.start, up.end], color=HAIRLINE, linewidth=1, label="guides", zorder=0)
        sheet.write(MARGIN + left + x * width, top - 0.24, period, bold=True, align="center")
    for name, pair in sorted(pairs.items(), key=lambda item: item[0] in chosen):
        _draw_line(area, name, pair, strong=name in chosen, quiet=bool(chosen - {name}))
    for place, side in enumerate(ends):
        write_ends(area, side, Side(place, 1 / width, place == 0, _NAME_WIDEST, size), up, height)
    return sheet.figure


def _draw_line(area: Axes, name: str, pair: _Pair, *, strong: bool, quiet: bool) -> None:
    gray = Series(GRAY, "o", True, "hollow circle")
    look = gray if quiet and not strong else Series(BLUE, "o", False, "filled circle")
    known = [(x, mark.value) for x, mark in enumerate(pair) if mark.known]
    area.plot(
        [x for x, _ in known],
        [value for _, value in known],
        label=f"line, {name}",
        **{
            **marker_style(look, 8.0 if strong else 6.5),
            "linestyle": "-",
            "linewidth": 2.6 if strong else 1.5,
            "zorder": 4 if strong else 3,
        },
    )


def _words(mark: Mark, side: int, written: tuple[int, str]) -> str:
    value = label_words(mark, *written)
    return f"{mark.group} {value}" if side == 0 else f"{value} {mark.group}"
