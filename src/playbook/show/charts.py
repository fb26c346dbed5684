"""Charts that say what they show: bars, dots with ranges, small multiples."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from playbook.errors import PlaybookError
from playbook.show import inputs, layout
from playbook.show.figure import Figure
from playbook.show.parts import look_for, numbers_behind, reading, sentences
from playbook.show.scale import scale_for
from playbook.show.stand_in_note import says_stand_in
from playbook.show.words import (
    Mark,
    alt_text,
    checked_finding,
    compared,
    label_of,
    main_numbers,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing


@says_stand_in
def bar(
    df: pd.DataFrame,
    *,
    x: str,
    y: str,
    finding: str,
    unit: str = "",
    highlight: str | Sequence[str] | None = None,
    note: str = "",
    decimals: int = 1,
) -> Figure:
    """Compare amounts from zero with bars.

    Parameters
    ----------
    df
        One row a bar, in the order to draw. It is not changed.
    x, y
        Columns with the names and with the values; either may hold the names. Bars stand when
        `x` has the names and they fit beneath the bars, and lie otherwise.
    finding
        What the chart shows, in one sentence of at most 140 characters: its title.
    unit
        Unit of the values, such as ``"days"``, ``"%"`` or ``"$"``.
    highlight
        Name or names to point out; the other bars turn gray.
    note
        Source or caution, printed beneath.
    decimals
        Digits after the point.

    Returns
    -------
    Figure
        Words, table and picture. A missing value reads "too few to tell".

    Raises
    ------
    PlaybookError
        When a column is missing, there are no rows, a name appears twice, or a value is infinite.

    Examples
    --------
    >>> waits = pd.DataFrame({
    ...     "district": ["Eastbank", "Foundry", "Midtown", "Highland"],
    ...     "wait": [14.3, 12.9, 11.6, 10.8],
    ... })
    >>> print(bar(waits, x="district", y="wait", finding="Eastbank waits longest", unit="days"))
    Bar chart: Eastbank waits longest. Highest: Eastbank 14.3 days; lowest: Highland 10.8 days.
    <BLANKLINE>
    District  Wait (days)
    Eastbank         14.3
    Foundry          12.9
    Midtown          11.6
    Highland         10.8
    <BLANKLINE>
    Bars start at zero.
    """
    finding = checked_finding(finding)
    names_in_x = not pd.api.types.is_numeric_dtype(
        inputs.column(df, x, "x")
    ) or pd.api.types.is_numeric_dtype(inputs.column(df, y, "y"))
    row, value = ((x, "x"), (y, "y")) if names_in_x else ((y, "y"), (x, "x"))
    marks = inputs.marks_of(df, row=row, value=value)
    endless = next((mark.row for mark in marks if math.isinf(mark.value)), None)
    if endless is not None:
        raise PlaybookError(
            f"The value of {endless} has no end, so no bar can show it.",
            fix="Use pb.dots, which draws an open range as an arrow, or leave this row out.",
        )
    look = look_for(marks, decimals, unit, highlight)
    headings = (label_of(row[0]), label_of(value[0], unit))

    def draw() -> Drawing:
        if names_in_x and layout.fits_beneath(marks, look):
            return layout.bar_columns(finding, headings, marks, look)
        return layout.bar_rows(finding, headings, marks, look)

    return Figure(
        finding,
        alt_text("Bar chart", finding, main_numbers(marks, decimals, unit)),
        numbers_behind(finding, headings, marks, decimals),
        sentences("Bars start at zero.", note),
        draw,
    )


@says_stand_in
def dots(
    df: pd.DataFrame,
    *,
    y: str,
    x: str,
    finding: str,
    low: str | None = None,
    high: str | None = None,
    group: str | None = None,
    unit: str = "",
    highlight: str | Sequence[str] | None = None,
    note: str = "",
    decimals: int = 1,
) -> Figure:
    """Compare values, each with its range, as dots in rows.

    Parameters
    ----------
    df
        One row a dot, in the order to draw (sort it first for a ranking). It is not changed.
    y, x
        Columns with the names of the rows and with the values.
    finding
        What the chart shows, in one sentence of at most 140 characters: its title.
    low, high
        Columns with the ends of each range. An infinite high is drawn as an arrow.
    group
        Column that tells two to four series apart within a row.
    unit
        Unit of the values, such as ``"days"``, ``"%"`` or ``"$"``.
    highlight
        Row or rows to point out; the other dots turn gray.
    note
        Source or caution, printed beneath.
    decimals
        Digits after the point.

    Returns
    -------
    Figure
        Words, table and picture. A missing value reads "too few to tell".

    Raises
    ------
    PlaybookError
        When a column is missing, there are no rows, a name appears twice, or there are more
        rows or groups than a reader can tell apart.

    Examples
    --------
    >>> waits = pd.DataFrame({
    ...     "district": ["Eastbank", "Foundry", "Midtown", "Highland"],
    ...     "wait": [14.3, 12.9, float("nan"), 10.8],
    ...     "low": [13.1, 12.0, float("nan"), 10.1],
    ...     "high": [15.8, float("inf"), float("nan"), 11.6],
    ... })
    >>> print(dots(waits, y="district", x="wait", low="low", high="high", unit="days",
    ...            finding="Eastbank waits longest"))
    Dot chart with ranges: Eastbank waits longest. Highest: Eastbank 14.3 days; lowest: Highland
    10.8 days. 1 of 4 too few to tell.
    <BLANKLINE>
    District      Wait (days)         Range
    Eastbank             14.3  13.1 to 15.8
    Foundry              12.9  12.0 or more
    Midtown   too few to tell
    Highland             10.8  10.1 to 11.6
    <BLANKLINE>
    Dots are values, lines are their ranges. An arrow marks a range without a known end. The
    scale does not start at zero.
    """
    finding = checked_finding(finding)
    marks = inputs.marks_of(df, row=(y, "y"), value=(x, "x"), group=group, low=low, high=high)
    groups = inputs.checked_groups(marks)
    look = look_for(marks, decimals, unit, highlight)
    headings = (label_of(y), label_of(x, unit))
    ranged = low is not None or high is not None
    scale = scale_for(marks, look, layout.plot_width(layout.rows_of(marks), headings[0], look))
    return Figure(
        finding,
        alt_text(
            "Dot chart with ranges" if ranged else "Dot chart",
            finding,
            [*compared(marks, decimals, unit), *main_numbers(marks, decimals, unit)],
        ),
        numbers_behind(finding, headings, marks, decimals, group=group, ranged=ranged),
        sentences(*reading(marks, scale, groups), note),
        lambda: layout.dot_rows(finding, headings, marks, groups, scale, look),
    )


@says_stand_in
def small_multiples(
    df: pd.DataFrame,
    *,
    facet: str,
    y: str,
    x: str,
    finding: str,
    low: str | None = None,
    high: str | None = None,
    unit: str = "",
    highlight: str | Sequence[str] | None = None,
    note: str = "",
    decimals: int = 1,
) -> Figure:
    """Draw the same small dot chart for each part of the data, all on one scale.

    Parameters
    ----------
    df
        One row a dot. Panels and rows come in the order of the table. It is not changed.
    facet
        Column that tells the panels apart.
    y, x, low, high, finding, unit, highlight, note, decimals
        As in `dots`.

    Returns
    -------
    Figure
        Words, table and picture.

    Raises
    ------
    PlaybookError
        As in `dots`.

    Examples
    --------
    >>> waits = pd.DataFrame({
    ...     "request": ["Pothole", "Pothole", "Graffiti", "Graffiti"],
    ...     "district": ["Eastbank", "Highland"] * 2,
    ...     "wait": [11.2, 8.4, 4.0, 3.1],
    ... })
    >>> print(small_multiples(waits, facet="request", y="district", x="wait", unit="days",
    ...                       finding="Eastbank waits longer for both"))
    Small dot charts, one for each of 2: Eastbank waits longer for both. Highest: Pothole,
    Eastbank 11.2 days; lowest: Graffiti, Highland 3.1 days.
    <BLANKLINE>
    Request   District  Wait (days)
    Pothole   Eastbank         11.2
    Pothole   Highland          8.4
    Graffiti  Eastbank          4.0
    Graffiti  Highland          3.1
    <BLANKLINE>
    Dots are values. All panels share one scale.
    """
    finding = checked_finding(finding)
    named = inputs.marks_of(df, row=(facet, "facet"), value=(x, "x"), group=y, low=low, high=high)
    panels: dict[str, list[Mark]] = {}
    for mark in named:
        panels.setdefault(mark.row, []).append(replace(mark, row=mark.group, group=""))
    every = [mark for marks in panels.values() for mark in marks]
    look = look_for(every, decimals, unit, highlight)
    ranged = low is not None or high is not None
    headings = (label_of(y), label_of(x, unit))
    width = layout.plot_width(layout.rows_of(every), headings[0], look, 2)
    scale = scale_for(every, look, width, ticks=4)
    return Figure(
        finding,
        alt_text(
            f"Small dot charts, one for each of {len(panels)}",
            finding,
            main_numbers(named, decimals, unit),
        ),
        numbers_behind(
            finding, (label_of(facet), headings[1]), named, decimals, group=y, ranged=ranged
        ),
        sentences(*reading(every, scale, [""]), "All panels share one scale.", note),
        lambda: layout.dot_panels(finding, headings, panels, scale, look),
    )
