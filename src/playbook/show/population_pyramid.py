"""Two populations by age, back to back, the youngest at the foot."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from playbook.errors import PlaybookError
from playbook.show import inputs
from playbook.show.figure import Figure
from playbook.show.looks import at_most
from playbook.show.parts import sentences
from playbook.show.scale import Scale, scale_over, tick_words
from playbook.show.sheet import MARGIN, WIDTH, Sheet, text_width, write_on
from playbook.show.stand_in_note import says_stand_in
from playbook.show.style import (
    BLUE,
    DENSE_SIZE,
    HAIRLINE,
    INK,
    PAPER,
    QUIET_TEXT,
    SMALL_SIZE,
    VERMILLION,
)
from playbook.show.table import Table
from playbook.show.words import (
    Mark,
    alt_text,
    checked_finding,
    label_of,
    label_words,
    main_numbers,
    value_words,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

_MOST_AGES = 20
_ROW = 0.235  # inches
_HEAD, _FOOT = 0.62, 0.36
_BAR = 0.78  # of a row


@says_stand_in
def population_pyramid(
    df: pd.DataFrame,
    *,
    age: str,
    left: str,
    right: str,
    finding: str,
    unit: str = "",
    note: str = "",
    decimals: int = 0,
) -> Figure:
    """Set two populations side by side, a pair of bars for each age group.

    Parameters
    ----------
    df
        One row an age group, the youngest first, at most 20. It is not changed.
    age
        Column with the age groups.
    left, right
        Columns with the two populations. To compare places of different size, use percentages.
    finding
        What the chart shows, in one sentence of at most 140 characters: its title.
    unit
        Unit of the values, such as ``"%"``.
    note
        Source or caution, printed beneath.
    decimals
        Digits after the point.

    Returns
    -------
    Figure
        Words, table and picture. Both sides share one scale from zero. A missing value reads
        "too few to tell".

    Raises
    ------
    PlaybookError
        When a column is missing, there are no rows, an age group appears twice, a value is below
        zero or has no end, or there are more than 20 age groups.

    Examples
    --------
    >>> ages = pd.DataFrame({
    ...     "age": ["Under 18", "18 to 44", "45 to 64", "65 and over"],
    ...     "Eastbank": [29, 41, 20, 10], "Highland": [17, 31, 29, 23],
    ... })
    >>> print(population_pyramid(ages, age="age", left="Eastbank", right="Highland", unit="%",
    ...                          finding="Eastbank is younger"))
    Population pyramid: Eastbank is younger. Eastbank: largest 18 to 44 41%, smallest 65 and over
    10%. Highland: largest 18 to 44 31%, smallest Under 18 17%.
    <BLANKLINE>
    Age          Eastbank (%)  Highland (%)
    Under 18               29            17
    18 to 44               41            31
    45 to 64               20            29
    65 and over            10            23
    <BLANKLINE>
    Filled bars to the left: Eastbank. Hollow bars to the right: Highland. The youngest are at the
    foot. Both sides share one scale.
    """
    finding = checked_finding(finding)
    sides = tuple(
        inputs.marks_of(df, row=(age, "age"), value=(column, argument))
        for column, argument in ((left, "left"), (right, "right"))
    )
    fix = "Put neighboring age groups together."
    at_most([mark.row for mark in sides[0]], _MOST_AGES, "age groups", fix)
    for mark in (*sides[0], *sides[1]):
        if math.isinf(mark.value) or mark.value < 0:
            raise PlaybookError(
                f"The value of {mark.row} is {mark.value:g}, and no bar can show that.",
                fix="Count people, or take percentages of all people.",
            )
    names = (label_of(left), label_of(right))
    return Figure(
        finding,
        alt_text(
            "Population pyramid",
            finding,
            [
                *(
                    _told(name, marks, decimals, unit)
                    for name, marks in zip(names, sides, strict=True)
                ),
                main_numbers([*sides[0], *sides[1]], decimals, unit)[-1],
            ],
        ),
        _numbers(
            finding, label_of(age), (label_of(left, unit), label_of(right, unit)), sides, decimals
        ),
        sentences(
            f"Filled bars to the left: {names[0]}. Hollow bars to the right: {names[1]}.",
            "The youngest are at the foot. Both sides share one scale.",
            note,
        ),
        lambda: _draw(finding, label_of(age), names, sides, unit, decimals),
    )


def _told(name: str, marks: Sequence[Mark], decimals: int, unit: str) -> str:
    known = [mark for mark in marks if mark.known]
    if not known:
        return f"{name}: too few to tell."
    top = max(known, key=lambda mark: mark.value)
    low = min(known, key=lambda mark: mark.value)
    said = [f"{mark.row} {value_words(mark, decimals, unit)}" for mark in (top, low)]
    return f"{name}: largest {said[0]}, smallest {said[1]}."


def _numbers(
    finding: str,
    heading: str,
    names: tuple[str, str],
    sides: tuple[Sequence[Mark], ...],
    decimals: int,
) -> Table:
    columns = {heading: [mark.row for mark in sides[0]]}
    for name, marks in zip(names, sides, strict=True):
        columns[name] = [value_words(mark, decimals) for mark in marks]
    return Table(finding, pd.DataFrame(columns, dtype="str"), frozenset(columns) - {heading})


def _draw(
    finding: str,
    heading: str,
    names: tuple[str, str],
    sides: tuple[Sequence[Mark], ...],
    unit: str,
    decimals: int,
) -> Drawing:
    ages = [mark.row for mark in sides[0]]
    height = len(ages) * _ROW
    gutter = max(text_width(words, DENSE_SIZE) for words in (heading, *ages)) + 0.24
    width = (WIDTH - 2 * MARGIN - gutter) / 2
    sheet = Sheet(finding, _HEAD + height + _FOOT)
    top, middle = sheet.top + _HEAD, WIDTH / 2
    sheet.write(middle, top - 0.14, heading, size=DENSE_SIZE, color=QUIET_TEXT, align="center")
    for place, words in enumerate(ages):
        y = top + height - (place + 0.5) * _ROW
        sheet.write(middle, y, words, size=DENSE_SIZE, align="center")
    scale = _scale(sides, width, decimals, unit)
    for number, (name, marks) in enumerate(zip(names, sides, strict=True)):
        on_left = number == 0
        start = MARGIN if on_left else MARGIN + width + gutter
        x = start + width if on_left else start
        sheet.write(x, top - 0.38, name, bold=True, align="right" if on_left else "left")
        area = sheet.plot(start, top, width, height, "left" if on_left else "right")
        area.set(xlim=(scale.end, 0) if on_left else (0, scale.end), ylim=(-0.5, len(ages) - 0.5))
        _draw_side(area, marks, scale, unit, decimals, on_left=on_left)
    return sheet.figure


def _draw_side(
    area: Axes,
    marks: Sequence[Mark],
    scale: Scale,
    unit: str,
    decimals: int,
    *,
    on_left: bool,
) -> None:
    """Draw guides, bars and the number at the end of each bar."""
    for tick, words in zip(scale.ticks, tick_words(scale, unit), strict=True):
        area.plot(
            [tick, tick],
            [-0.5, len(marks) - 0.5],
            color=QUIET_TEXT if tick == 0 else HAIRLINE,
            linewidth=0.8,
            label="guides",
            zorder=0,
        )
        write_on(
            area, tick, -0.5, words, size=SMALL_SIZE, color=QUIET_TEXT, align="center", rise=-11
        )
    for place, mark in enumerate(marks):
        if mark.known:
            area.barh(
                [place],
                [mark.value],
                height=_BAR,
                facecolor=BLUE if on_left else PAPER,
                edgecolor=BLUE if on_left else VERMILLION,
                linewidth=1.2,
                label=[f"bar, {mark.row}"],
            )
        write_on(
            area,
            mark.value if mark.known else 0.0,
            place,
            label_words(mark, decimals, unit),
            size=SMALL_SIZE,
            color=INK if mark.known else QUIET_TEXT,
            align="right" if on_left else "left",
            shift=-4 if on_left else 4,
        )


def _scale(sides: tuple[Sequence[Mark], ...], width: float, decimals: int, unit: str) -> Scale:
    """Choose one scale for both sides, with room for the number at the end of the longest bar."""
    marks = [mark for marks in sides for mark in marks]
    most = max((mark.value for mark in marks if mark.known), default=1.0) or 1.0
    room = max(text_width(label_words(mark, decimals, unit), SMALL_SIZE) for mark in marks) + 0.1
    end = most * width / (width - room)
    scale = scale_over([0.0, most], ticks=3)
    ticks = tuple(tick for tick in scale.ticks if tick <= end)
    return Scale(0.0, end, ticks, end)
