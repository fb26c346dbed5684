"""Lines over years, each named at its end."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from playbook.errors import PlaybookError
from playbook.estimate import Estimate, format_number
from playbook.show import inputs
from playbook.show.figure import Figure
from playbook.show.line_drawing import Line, draw_lines
from playbook.show.parts import sentences
from playbook.show.scale import scale_over
from playbook.show.stand_in_note import says_stand_in
from playbook.show.style import GRAY, SERIES, Series
from playbook.show.table import Table
from playbook.show.words import (
    TOO_FEW,
    Mark,
    alt_text,
    checked_finding,
    label_of,
    main_numbers,
    value_words,
    with_unit,
)

# A fifth way to be told apart: by its shape and the name at its end, not by a color of its own.
_WAYS = (*SERIES, Series(GRAY, "v", False, "filled triangle pointing down"))
_GAP = "Where a line has a gap there is no value to show."


@says_stand_in
def lines(
    df: pd.DataFrame,
    *,
    x: str,
    y: str,
    group: str,
    finding: str,
    low: str | None = None,
    high: str | None = None,
    unit: str = "",
    highlight: str | Sequence[str] | None = None,
    note: str = "",
    decimals: int = 1,
) -> Figure:
    """Follow up to five groups over the years, each line named at its end.

    Parameters
    ----------
    df
        One row a year and group, in any order of years. It is not changed.
    x, y
        Columns with the years, as numbers, and with the values.
    group
        Column that tells the lines apart. They keep the order in which the table names them.
    finding
        What the chart shows, in one sentence of at most 140 characters: its title.
    low, high
        Columns with the ends of each range, drawn as a band.
    unit
        Unit of the values, such as ``"days"``, ``"%"`` or ``"$"``.
    highlight
        Group or groups to point out; the other lines turn gray. Of five groups, the first and
        the last are pointed out unless you say which.
    note
        Source or caution, printed beneath.
    decimals
        Digits after the point.

    Returns
    -------
    Figure
        Words, table and picture. A line has a gap where a value is missing. The scale starts
        at zero unless the values are far from it, and the caption says which.

    Raises
    ------
    PlaybookError
        When a column is missing, there are no rows, a group has a year twice, a year is not a
        number, a value has no end, or there are more than five groups.

    Examples
    --------
    >>> visits = pd.DataFrame({
    ...     "year": [2016, 2025] * 2,
    ...     "place": ["Eastbank", "Eastbank", "Highland", "Highland"],
    ...     "rate": [61.0, 44.0, 30.0, 21.0],
    ... })
    >>> print(lines(visits, x="year", y="rate", group="place", unit="per 10,000", decimals=0,
    ...             finding="Both went down"))
    Line chart: Both went down. Eastbank: 61 in 2016, 44 per 10,000 in 2025. Highland: 30 in 2016,
    21 per 10,000 in 2025.
    <BLANKLINE>
    Year  Eastbank (per 10,000)  Highland (per 10,000)
    2016                     61                     30
    2025                     44                     21
    <BLANKLINE>
    Eastbank: filled circle; Highland: hollow diamond.
    """
    finding = checked_finding(finding)
    marks = _marks(df, x, y, group, low, high)
    groups = _checked_groups(marks)
    chosen = inputs.checked_highlight(highlight, groups)
    drawn = _lines_of(marks, groups, chosen)
    ranged = low is not None or high is not None
    scale = scale_over([end for mark in marks for end in (mark.low, mark.value, mark.high)])
    told = main_numbers(marks, decimals, unit)
    return Figure(
        finding,
        alt_text(
            "Line chart with ranges" if ranged else "Line chart",
            finding,
            [
                *(
                    _from_first_to_last(line, decimals, unit)
                    for line in sorted(drawn, key=lambda line: not line.strong)
                ),
                *(told[1:] or told),
            ],
        ),
        _numbers(finding, label_of(x), drawn, decimals, unit, ranged=ranged),
        sentences(
            "; ".join(f"{line.name}: {line.series.shape}" for line in drawn) + ".",
            "Bands are ranges." if ranged else "",
            "" if all(mark.known for line in drawn for mark in line.marks) else _GAP,
            "" if scale.from_zero else "The scale does not start at zero.",
            note,
        ),
        lambda: draw_lines(finding, (label_of(x), label_of(y, unit)), drawn, scale, unit, decimals),
    )


def _marks(
    df: pd.DataFrame, x: str, y: str, group: str, low: str | None, high: str | None
) -> list[Mark]:
    years = inputs.numbers(df, x, "x")
    if not all(math.isfinite(year) for year in years):
        raise PlaybookError(
            f"The column {x} has rows without a year.",
            fix="Fill them, or leave these rows out.",
        )
    # 2025.0 reads as 2025.
    plain = df.assign(**{x: [f"{year:.10g}" for year in years]})
    marks = inputs.marks_of(plain, row=(x, "x"), value=(y, "y"), group=group, low=low, high=high)
    for mark in marks:
        if math.isinf(mark.value) or math.isinf(mark.high):
            raise PlaybookError(
                f"{mark.group} in {mark.row} has no known end, so no line can show it.",
                fix="Use pb.dots, which draws an open range as an arrow, or leave this row out.",
            )
    return marks


def _checked_groups(marks: Sequence[Mark]) -> list[str]:
    groups = list(dict.fromkeys(mark.group for mark in marks))
    if len(groups) > len(_WAYS):
        raise PlaybookError(
            f"There are {len(groups)} groups. More than {len(_WAYS)} lines in one chart can't be "
            "followed.",
            fix="Keep the groups you want to compare, or use pb.small_multiples for one year.",
        )
    return groups


def _lines_of(marks: Sequence[Mark], groups: Sequence[str], chosen: set[str]) -> list[Line]:
    if len(groups) == len(_WAYS) and not chosen:
        chosen = {groups[0], groups[-1]}
    # Those pointed out take the first looks, so that two are always blue and vermillion.
    order = sorted(groups, key=lambda name: name not in chosen)
    looks = dict(zip(order, _WAYS, strict=False))
    at = {(mark.group, mark.row): mark for mark in marks}
    years = sorted({mark.row for mark in marks}, key=float)
    made = []
    for name in groups:
        quiet = bool(chosen) and name not in chosen
        series = replace(looks[name], color=GRAY) if quiet else looks[name]
        # A year without a row leaves a gap, as a year without a value does.
        own = tuple(at.get((name, year), Mark(year, name, math.nan)) for year in years)
        made.append(Line(name, own, series, bool(chosen) and not quiet))
    return made


def _from_first_to_last(line: Line, decimals: int, unit: str) -> str:
    known = [mark for mark in line.marks if mark.known]
    if not known:
        return f"{line.name}: {TOO_FEW}."
    last = f"{value_words(known[-1], decimals, unit)} in {known[-1].row}"
    if len(known) == 1:
        return f"{line.name}: {last}."
    first = with_unit(format_number(known[0].value, decimals), unit if unit in ("%", "$") else "")
    return f"{line.name}: {first} in {known[0].row}, {last}."


def _numbers(
    finding: str, years: str, drawn: Sequence[Line], decimals: int, unit: str, *, ranged: bool
) -> Table:
    """Put a year in each row and a group in each column, as one looks a value up."""
    columns = {years: [mark.row for mark in drawn[0].marks]}
    for line in drawn:
        columns[label_of(line.name, unit)] = [
            str(Estimate(mark.value, mark.low, mark.high, decimals=decimals))
            if ranged
            else value_words(mark, decimals)
            for mark in line.marks
        ]
    return Table(finding, pd.DataFrame(columns, dtype="str"), frozenset(columns) - {years})
