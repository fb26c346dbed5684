"""The picture of two values on one tile map: a square of nine classes, then the tiles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playbook.show.sheet import MARGIN, WIDTH, Sheet, wrap, write_on
from playbook.show.style import (
    DENSE_SIZE,
    INK,
    NO_VALUE,
    PAPER,
    QUIET_TEXT,
    SMALL_SIZE,
    Shade,
)
from playbook.show.tile_drawing import (
    BETWEEN,
    RIVER_SPACE,
    WIDEST_TILE,
    Tile,
    box,
    draw_districts,
    draw_river,
    tops_of,
)
from playbook.show.words import TOO_FEW

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

LETTERS = "LMH"
# First letter: the first value turns purple as it rises. Second: the second value turns blue-green.
# The comment is the contrast of the text with the fill; a unit test recomputes each.
NINE = {
    "LL": Shade("#E8E8E8", INK),
    "LM": Shade("#ACE4E4", INK),
    "LH": Shade("#5AC8C8", INK),
    "ML": Shade("#DFB0D6", INK),
    "MM": Shade("#A5ADD3", INK),
    "MH": Shade("#5698B9", INK),
    "HL": Shade("#C76DB5", INK),
    "HM": Shade("#84589F", PAPER),
    "HH": Shade("#3B4994", PAPER),
}
_CELL = (0.46, 0.25)  # inches
_LEGEND = 1.22
_LINE = 0.165


@dataclass(frozen=True)
class TwoTile:
    """One neighborhood and the letters of its thirds; empty where a value is missing."""

    tile: Tile
    letters: str


def draw_tile_map_two(
    finding: str, names: tuple[str, str], tiles: Sequence[TwoTile], river_after: int | None
) -> Drawing:
    """Draw title, legend and tiles."""
    plain = tuple(one.tile for one in tiles)
    columns = range(min(tile.column for tile in plain), max(tile.column for tile in plain) + 1)
    river = RIVER_SPACE if river_after in columns[:-1] else 0.0
    side = min((WIDTH - 2 * MARGIN - river) / len(columns) - BETWEEN, WIDEST_TILE)
    tops, height = tops_of(plain, side)
    sheet = Sheet(finding, _LEGEND + height + (0.25 if river else 0.0) + MARGIN)
    _draw_legend(sheet, names, missing=any(not one.letters for one in tiles))
    area = sheet.plot(0, sheet.top + _LEGEND, WIDTH, height, "tiles")
    area.set(xlim=(0, WIDTH), ylim=(height, 0))
    lefts = {
        column: MARGIN
        + place * (side + BETWEEN)
        + (river if river_after is not None and column > river_after else 0.0)
        for place, column in enumerate(columns)
    }
    if river and river_after is not None:
        middle, bottom = lefts[river_after] + side + (river + BETWEEN) / 2, sheet.top + _LEGEND
        draw_river(area, middle, height)
        bottom += height + 0.12
        sheet.write(middle, bottom, "River", size=SMALL_SIZE, color=QUIET_TEXT, align="center")
    for one in tiles:
        _draw_tile(area, one, (lefts[one.tile.column], tops[one.tile.row]), side)
    draw_districts(area, plain, lefts, tops, side)
    return sheet.figure


def _draw_tile(area: Axes, one: TwoTile, place: tuple[float, float], side: float) -> None:
    shade = NINE.get(one.letters, NO_VALUE)
    name = one.tile.mark.row
    box(area, place, (side, side), shade, f"tile, {name}")
    color = shade.text if one.letters else INK
    lines = wrap(name, side - 0.02, SMALL_SIZE)[:2]
    middle, y = place[0] + side / 2, place[1] + (side - _LINE * len(lines) - 0.2) / 2 + _LINE / 2
    for line in lines:
        write_on(area, middle, y, line, size=SMALL_SIZE, color=color, align="center")
        y += _LINE
    words, strong = (one.letters, True) if one.letters else ("too few", False)
    size = DENSE_SIZE if strong else SMALL_SIZE
    write_on(area, middle, y + 0.03, words, size=size, color=color, bold=strong, align="center")


def _draw_legend(sheet: Sheet, names: tuple[str, str], *, missing: bool) -> None:
    """Show the nine classes as a square, and say what its corners mean."""
    first, second = names
    top = sheet.top + 0.26
    said = f"{first}: higher upwards. {second}: higher to the right."
    sheet.write(MARGIN, sheet.top + 0.1, said, size=DENSE_SIZE, color=QUIET_TEXT)
    for down, one in enumerate(reversed(LETTERS)):
        for across, other in enumerate(LETTERS):
            corner = (MARGIN + across * _CELL[0], top + down * _CELL[1])
            shade = NINE[one + other]
            box(
                sheet.page, corner, (_CELL[0] - 0.02, _CELL[1] - 0.02), shade, f"class {one}{other}"
            )
            sheet.write(
                corner[0] + _CELL[0] / 2 - 0.01,
                corner[1] + _CELL[1] / 2 - 0.01,
                one + other,
                size=SMALL_SIZE,
                color=shade.text,
                align="center",
            )
    x = MARGIN + 3 * _CELL[0] + 0.15
    corners = [
        ("HL", f"high {first.lower()}, low {second.lower()}"),
        ("HH", "high on both"),
        ("LL", "low on both"),
        ("LH", f"low {first.lower()}, high {second.lower()}"),
    ]
    for place, (letters, words) in enumerate(corners):
        y = top + (place + 0.5) * 3 * _CELL[1] / 4
        sheet.write(x, y, letters, size=SMALL_SIZE, bold=True)
        sheet.write(x + 0.3, y, words, size=SMALL_SIZE, color=QUIET_TEXT)
    if missing:
        box(sheet.page, (WIDTH - 1.6, top), (0.37, 0.2), NO_VALUE, "no value")
        sheet.write(WIDTH - 1.15, top + 0.1, TOO_FEW, size=SMALL_SIZE, color=QUIET_TEXT)
