"""Two values on one map of tiles: which places are high on both, low on both, or mixed."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from playbook.errors import PlaybookError
from playbook.estimate import format_number
from playbook.show import inputs
from playbook.show.figure import Figure
from playbook.show.parts import sentences
from playbook.show.table import Table
from playbook.show.tile_drawing import Tile
from playbook.show.tile_map import tiles_of
from playbook.show.tile_two_drawing import LETTERS, TwoTile, draw_tile_map_two
from playbook.show.words import (
    TOO_FEW,
    alt_text,
    checked_finding,
    label_of,
    value_words,
)

_FEWEST = 3


def tile_map_two(
    df: pd.DataFrame,
    *,
    first: str,
    second: str,
    finding: str,
    name: str = "name",
    row: str = "tile_row",
    col: str = "tile_col",
    district: str = "district",
    river_after: int | None = None,
    units: tuple[str, str] = ("", ""),
    decimals: int = 1,
    note: str = "",
) -> Figure:
    """Draw two values on one map of equal square tiles, in three classes each.

    Parameters
    ----------
    df
        One row a neighborhood. It is not changed.
    first, second
        Columns with the two values. Each is parted into its lowest, middle and highest third.
    finding
        What the map shows, in one sentence of at most 140 characters: its title.
    name, row, col
        Columns with the names and the places of the tiles; row 0 is the north, column 0 the west.
    district
        Column with districts. Where there is none, no district is drawn.
    river_after
        Column of tiles after which a river runs from north to south.
    units
        Units of the first and of the second value.
    decimals
        Digits after the point.
    note
        Source or caution, printed beneath.

    Returns
    -------
    Figure
        Words, table and picture. Two letters on each tile say its thirds: L, M or H for the
        first value, then for the second. A tile that misses a value is hatched.

    Raises
    ------
    PlaybookError
        When a column is missing, a name appears twice, a value is infinite, two tiles share a
        place, or fewer than three places have both values.

    Examples
    --------
    >>> places = pd.DataFrame({
    ...     "name": ["Tidewell", "Drydock", "Summit", "Vista"],
    ...     "tile_row": [0, 0, 1, 1], "tile_col": [0, 1, 0, 1],
    ...     "heat": [31.0, 30.0, 27.0, 28.5], "trees": [9.0, 12.0, 38.0, float("nan")],
    ... })
    >>> print(tile_map_two(places, first="heat", second="trees", units=("°C", "%"),
    ...                    finding="Where it is hot there are few trees"))
    Tile map of two values: Where it is hot there are few trees. High on both: 0 of 3; low on
    both: 0. High heat with low trees: 1. Low heat with high trees: 1. 1 of 4 too few to tell.
    <BLANKLINE>
    Name      Heat (°C)        Trees (%)  Thirds
    Tidewell       31.0              9.0  HL
    Drydock        30.0             12.0  MM
    Summit         27.0             38.0  LH
    Vista          28.5  too few to tell  too few to tell
    <BLANKLINE>
    Letters on a tile: its third for heat, then for trees; L low, M middle, H high. Limits: heat
    29.0 and 30.3; trees 11.0 and 20.7.
    """
    finding = checked_finding(finding)
    pairs = [
        inputs.marks_of(df, row=(name, "name"), value=(column, argument))
        for column, argument in ((first, "first"), (second, "second"))
    ]
    tiles = tiles_of(df, pairs[0], row, col, district)
    # The same checks for the second value; its tiles are the same.
    tiles_of(df, pairs[1], row, col, district)
    both = [one.known and other.known for one, other in zip(*pairs, strict=True)]
    names = (label_of(first).removesuffix(" (%)"), label_of(second).removesuffix(" (%)"))
    limits = [
        _thirds([mark.value for mark, known in zip(marks, both, strict=True) if known], label)
        for marks, label in zip(pairs, names, strict=True)
    ]
    classes = [
        _letter(one.value, limits[0]) + _letter(other.value, limits[1]) if known else ""
        for one, other, known in zip(*pairs, both, strict=True)
    ]
    headings = [label_of(column, unit) for column, unit in zip((first, second), units, strict=True)]
    numbers = {
        heading: [value_words(mark, decimals) for mark in marks]
        for heading, marks in zip(headings, pairs, strict=True)
    }
    said = [_limit_words(*pair, decimals) for pair in zip(names, limits, strict=True)]
    return Figure(
        finding,
        alt_text("Tile map of two values", finding, _told(names, classes)),
        _table(finding, (label_of(name), label_of(district)), tiles, numbers, classes),
        sentences(
            f"Letters on a tile: its third for {names[0].lower()}, then for {names[1].lower()}; "
            "L low, M middle, H high.",
            f"Limits: {'; '.join(said)}.",
            note,
        ),
        lambda: draw_tile_map_two(
            finding,
            names,
            [TwoTile(tile, letters) for tile, letters in zip(tiles, classes, strict=True)],
            river_after,
        ),
    )


def _thirds(values: Sequence[float], what: str) -> tuple[float, float]:
    """Find the two limits that part values into thirds."""
    import numpy as np

    if len(values) < _FEWEST:
        raise PlaybookError(
            f"{len(values)} places have both values, too few to part them into thirds.",
            fix="Show one value with pb.tile_map.",
        )
    low, high = (float(limit) for limit in np.quantile(values, [1 / 3, 2 / 3]))
    if low == high or low == min(values):
        raise PlaybookError(
            f"So many places share one value of {what} that they can't be parted into thirds.",
            fix="Show this value with pb.tile_map, whose classes have even limits.",
        )
    return low, high


def _letter(value: float, limits: tuple[float, float]) -> str:
    """Name the third of a value; a limit belongs to the third above it."""
    return LETTERS[sum(value >= limit for limit in limits)]


def _told(names: tuple[str, str], classes: Sequence[str]) -> list[str]:
    known = [letters for letters in classes if letters]
    one, other = (name.lower() for name in names)
    both = f"High on both: {known.count('HH')} of {len(known)}; low on both: {known.count('LL')}."
    said = [
        both,
        f"High {one} with low {other}: {known.count('HL')}.",
        f"Low {one} with high {other}: {known.count('LH')}.",
    ]
    lost = len(classes) - len(known)
    if lost:
        said.append(f"{lost} of {len(classes)} {TOO_FEW}.")
    return [*said, both]


def _table(
    finding: str,
    names: tuple[str, str],
    tiles: Sequence[Tile],
    numbers: dict[str, list[str]],
    classes: Sequence[str],
) -> Table:
    columns = {names[0]: [tile.mark.row for tile in tiles]}
    if any(tile.district for tile in tiles):
        columns[names[1]] = [tile.district for tile in tiles]
    columns |= numbers
    columns["Thirds"] = [letters or TOO_FEW for letters in classes]
    return Table(finding, pd.DataFrame(columns, dtype="str"), frozenset(numbers))


def _limit_words(label: str, ends: tuple[float, float], decimals: int) -> str:
    low, high = (format_number(end, decimals) for end in ends)
    return f"{label.lower()} {low} and {high}"
