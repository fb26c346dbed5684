"""A funnel: places by size, and how far chance alone would carry places of that size."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from playbook.errors import PlaybookError
from playbook.estimate import format_number
from playbook.show import inputs
from playbook.show.figure import Figure
from playbook.show.funnel_drawing import Place, draw_funnel
from playbook.show.parts import sentences
from playbook.show.stand_in_note import says_stand_in
from playbook.show.table import Table
from playbook.show.words import (
    TOO_FEW,
    Mark,
    alt_text,
    checked_finding,
    label_of,
    main_numbers,
    range_words,
    value_words,
)

_READING = (
    "One dot a place. If all places were alike, about 95 in 100 dots would lie between the dashed "
    "curves by chance"
)
_READING_998 = "and nearly all between the dotted ones"


@says_stand_in
def funnel(
    df: pd.DataFrame,
    *,
    name: str,
    x: str,
    y: str,
    low: str,
    high: str,
    center: float,
    finding: str,
    low_998: str | None = None,
    high_998: str | None = None,
    unit: str = "",
    highlight: str | Sequence[str] | None = None,
    note: str = "",
    decimals: int = 1,
) -> Figure:
    """Set each place's value against its size, between the limits of chance.

    Parameters
    ----------
    df
        One row a place. It is not changed.
    name, x, y
        Columns with the names, with the sizes (residents, or the expected count) and with the
        values.
    low, high
        Columns with the 95 percent limits around the center for a place of that size.
    center
        The value that the limits are about, such as the whole city's rate.
    finding
        What the chart shows, in one sentence of at most 140 characters: its title.
    low_998, high_998
        Columns with the 99.8 percent limits.
    unit
        Unit of the values, such as ``"per 10,000"``.
    highlight
        Name or names to point out. Only these are written beside their dots.
    note
        Source or caution, printed beneath.
    decimals
        Digits after the point.

    Returns
    -------
    Figure
        Words, table and picture. A dot is filled when it lies outside the 95 percent limits.

    Raises
    ------
    PlaybookError
        When a column is missing, there are no rows, a name appears twice, or a size, a value or
        a limit has no end.

    Notes
    -----
    Source: Spiegelhalter, Statistics in Medicine 24 (2005) 1185, for the two pairs of limits.

    Examples
    --------
    >>> places = pd.DataFrame({
    ...     "place": ["Tidewell", "Drydock", "Summit", "Vista"],
    ...     "residents": [1200, 1500, 4000, 9000],
    ...     "rate": [14.0, 4.0, 16.0, 9.0],
    ...     "low": [3.0, 4.1, 6.9, 8.0], "high": [19.0, 17.2, 14.1, 12.6],
    ... })
    >>> print(funnel(places, name="place", x="residents", y="rate", low="low", high="high",
    ...              center=10.0, finding="Two places stand out", highlight="Summit"))
    Funnel chart: Two places stand out. 2 of 4 outside the 95 percent limits around 10.0.
    Highest: Summit 16.0; lowest: Drydock 4.0.
    <BLANKLINE>
    Place     Residents  Rate     95% limits  Where it lies
    Tidewell      1,200  14.0    3.0 to 19.0  inside
    Drydock       1,500   4.0    4.1 to 17.2  below 95%
    Summit        4,000  16.0    6.9 to 14.1  above 95%
    Vista         9,000   9.0    8.0 to 12.6  inside
    <BLANKLINE>
    One dot a place. If all places were alike, about 95 in 100 dots would lie between the dashed
    curves by chance. Filled dots lie outside. The line across is 10.0.
    """
    finding = checked_finding(finding)
    marks = inputs.marks_of(df, row=(name, "name"), value=(y, "y"), low=low, high=high)
    outer = [(math.nan, math.nan)] * len(df)
    if low_998 and high_998:
        outer = list(
            zip(
                inputs.numbers(df, low_998, "low_998"),
                inputs.numbers(df, high_998, "high_998"),
                strict=True,
            )
        )
    places = _places(marks, inputs.numbers(df, x, "x"), outer)
    chosen = inputs.checked_highlight(highlight, [mark.row for mark in marks])
    middle = value_words(Mark("", "", center), decimals, unit)
    headings = (label_of(x), label_of(y, unit))
    wide = any(place.outer_known for place in places)
    return Figure(
        finding,
        alt_text("Funnel chart", finding, _told(places, middle, wide, decimals, unit)),
        _numbers(finding, label_of(name), headings, places, decimals, wide=wide),
        sentences(
            f"{_READING}, {_READING_998}." if wide else f"{_READING}.",
            f"Filled dots lie outside. The line across is {middle}.",
            note,
        ),
        lambda: draw_funnel(finding, headings, places, center, chosen, unit),
    )


def _places(
    marks: Sequence[Mark], sizes: Sequence[float], outer: Sequence[tuple[float, float]]
) -> list[Place]:
    places = []
    for mark, size, ends in zip(marks, sizes, outer, strict=True):
        if any(math.isinf(part) for part in (size, mark.value, mark.high, *ends)):
            raise PlaybookError(
                f"A number of {mark.row} has no end, so the funnel can't place it.",
                fix="Use pb.dots, which draws an open range as an arrow, or leave this row out.",
            )
        if math.isnan(size):
            raise PlaybookError(
                f"{mark.row} has no size, so the funnel can't place it.",
                fix="Fill its number of residents, or leave this row out.",
            )
        places.append(Place(mark, size, *ends))
    return places


def _told(places: Sequence[Place], middle: str, wide: bool, decimals: int, unit: str) -> list[str]:
    count = len(places)
    beyond = sum(place.outside for place in places)
    far = sum(place.far_outside for place in places)
    said = [f"{beyond} of {count} outside the 95 percent limits around {middle}."]
    if wide:
        said.append(f"{far} outside the 99.8 percent limits.")
    return [*said, *main_numbers([place.mark for place in places], decimals, unit)]


def _numbers(
    finding: str,
    names: str,
    headings: tuple[str, str],
    places: Sequence[Place],
    decimals: int,
    *,
    wide: bool,
) -> Table:
    # People are counted; a standard error is not.
    digits = 0 if all(place.size.is_integer() for place in places) else 2
    columns = {
        names: [place.mark.row for place in places],
        headings[0]: [format_number(place.size, digits) for place in places],
        headings[1]: [value_words(place.mark, decimals) for place in places],
        "95% limits": [range_words(_limits(place.mark), decimals) for place in places],
    }
    if wide:
        columns["99.8% limits"] = [
            range_words(Mark("", "", 0.0, place.low_998, place.high_998), decimals)
            for place in places
        ]
    numeric = frozenset(columns) - {names}
    columns["Where it lies"] = [_where(place) for place in places]
    return Table(finding, pd.DataFrame(columns, dtype="str"), numeric)


def _limits(mark: Mark) -> Mark:
    """Take the limits of a place, which it has whether its value is known or not."""
    return Mark("", "", 0.0, mark.low, mark.high)


def _where(place: Place) -> str:
    if not place.mark.known:
        return TOO_FEW
    if not place.outside:
        return "inside"
    side = "above" if place.mark.value > place.mark.high else "below"
    return f"{side} {'99.8' if place.far_outside else '95'}%"
