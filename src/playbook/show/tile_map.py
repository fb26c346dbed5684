"""A map of equal tiles: every neighborhood counts the same, and carries its name and number."""

from __future__ import annotations

import math

import pandas as pd

from playbook.errors import PlaybookError
from playbook.show import inputs
from playbook.show.figure import Figure
from playbook.show.parts import sentences
from playbook.show.stand_in_note import says_stand_in
from playbook.show.table import Table
from playbook.show.tile_drawing import Tile, draw_tile_map
from playbook.show.words import (
    Mark,
    alt_text,
    checked_finding,
    label_of,
    main_numbers,
    value_words,
)


@says_stand_in
def tile_map(
    df: pd.DataFrame,
    *,
    value: str,
    finding: str,
    name: str = "name",
    row: str = "tile_row",
    col: str = "tile_col",
    district: str = "district",
    river_after: int | None = None,
    unit: str = "",
    decimals: int = 1,
    note: str = "",
) -> Figure:
    """Draw a value on a map of equal square tiles, the number printed in each.

    Parameters
    ----------
    df
        One row a neighborhood. It is not changed.
    value
        Column with the values, in `unit`. A missing one is hatched and reads "too few to tell".
    finding
        What the map shows, in one sentence of at most 140 characters: its title.
    name, row, col
        Columns with the names and the places of the tiles; row 0 is the north, column 0 the west.
    district
        Column with districts. Where there is none, no district is drawn.
    river_after
        Column of tiles after which a river runs from north to south.
    unit
        Unit of the values, such as ``"days"``, ``"%"`` or ``"$"``.
    decimals
        Digits after the point.
    note
        Source or caution, printed beneath.

    Returns
    -------
    Figure
        Words, table and picture, in up to five classes with round limits; darker is higher.

    Raises
    ------
    PlaybookError
        When a column is missing, a name appears twice, a value is infinite, or two tiles share
        a place.

    Examples
    --------
    >>> places = pd.DataFrame({
    ...     "name": ["Tidewell", "Drydock", "Summit", "Vista"],
    ...     "district": ["Eastbank", "Eastbank", "Highland", "Highland"],
    ...     "tile_row": [0, 0, 1, 1], "tile_col": [0, 1, 0, 1],
    ...     "wait": [14.8, 15.1, 9.2, float("nan")],
    ... })
    >>> print(tile_map(places, value="wait", unit="days", finding="Eastbank waits longest"))
    Tile map: Eastbank waits longest. Highest: Drydock 15.1 days; lowest: Summit 9.2 days. 1 of 4
    too few to tell.
    <BLANKLINE>
    Name      District      Wait (days)
    Tidewell  Eastbank             14.8
    Drydock   Eastbank             15.1
    Summit    Highland              9.2
    Vista     Highland  too few to tell
    <BLANKLINE>
    One tile a neighborhood, all of one size. Darker is higher.
    """
    finding = checked_finding(finding)
    marks = inputs.marks_of(df, row=(name, "name"), value=(value, "value"))
    tiles = tiles_of(df, marks, row, col, district)
    heading = label_of(value, unit)
    return Figure(
        finding,
        alt_text("Tile map", finding, main_numbers(marks, decimals, unit)),
        _numbers(finding, tiles, (label_of(name), label_of(district), heading), decimals),
        sentences("One tile a neighborhood, all of one size. Darker is higher.", note),
        lambda: draw_tile_map(finding, heading, tiles, river_after, unit, decimals),
    )


def tiles_of(
    df: pd.DataFrame, marks: list[Mark], row: str, col: str, district: str
) -> tuple[Tile, ...]:
    """Put each mark on its tile, or say which place or tile is wrong."""
    rows, columns = inputs.numbers(df, row, "row"), inputs.numbers(df, col, "col")
    districts = inputs.names(df, district, "district") if district in df.columns else [""] * len(df)
    taken: dict[tuple[float, float], str] = {}
    for mark, place in zip(marks, zip(rows, columns, strict=True), strict=True):
        if math.isinf(mark.value):
            raise PlaybookError(
                f"The value of {mark.row} has no end, so no class of the map can hold it.",
                fix="Use pb.dots, which draws an open range as an arrow, or leave this row out.",
            )
        if any(math.isnan(part) for part in place):
            raise PlaybookError(
                f"{mark.row} has no place on the tile map.",
                fix=f"Fill its {row} and {col}, or use pb.dots, which needs no places.",
            )
        if place in taken:
            raise PlaybookError(
                f"{taken[place]} and {mark.row} are on the same tile.",
                fix=f"Give each its own {row} and {col}, or use pb.dots, which needs no places.",
            )
        taken[place] = mark.row
    return tuple(
        Tile(mark, int(down), int(across), place)
        for mark, down, across, place in zip(marks, rows, columns, districts, strict=True)
    )


def _numbers(
    finding: str, tiles: tuple[Tile, ...], headings: tuple[str, str, str], decimals: int
) -> Table:
    columns = {headings[0]: [tile.mark.row for tile in tiles]}
    if any(tile.district for tile in tiles):
        columns[headings[1]] = [tile.district for tile in tiles]
    columns[headings[2]] = [value_words(tile.mark, decimals) for tile in tiles]
    return Table(finding, pd.DataFrame(columns, dtype="str"), frozenset({headings[2]}))
