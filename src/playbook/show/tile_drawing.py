"""The picture of a tile map: legend, tiles, districts, river."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from playbook.estimate import format_number
from playbook.show.scale import step_decimals
from playbook.show.sheet import MARGIN, WIDTH, Sheet, cut, text_width, wrap, write_on
from playbook.show.style import (
    DENSE_SIZE,
    INK,
    NO_VALUE,
    PALE,
    QUIET_TEXT,
    SMALL_SIZE,
    WATER,
    Shade,
    shades,
)
from playbook.show.words import TOO_FEW, Mark, label_words, with_unit

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

_MOST_CLASSES = 5
BETWEEN = 0.035  # inches between tiles
_DISTRICT = 0.27  # inches for the name of a district above its first row
RIVER_SPACE = 0.22
_LEGEND = 0.72
WIDEST_TILE = 0.95


@dataclass(frozen=True)
class Tile:
    """One neighborhood: its value, its place and its district (may be empty)."""

    mark: Mark
    row: int
    column: int
    district: str


def class_limits(values: list[float]) -> list[float]:
    """Choose round limits that part values into at most five classes of equal width.

    Examples
    --------
    >>> class_limits([8.1, 12.0, 17.9])
    [8.0, 10.0, 12.0, 14.0, 16.0, 18.0]
    """
    from matplotlib.ticker import MaxNLocator

    least, most = min(values), max(values)
    if least == most:
        return [least, most]
    for classes in range(_MOST_CLASSES, 0, -1):
        locator = MaxNLocator(nbins=classes, steps=[1, 2, 2.5, 5, 10])
        limits = [float(limit) for limit in locator.tick_values(least, most)]
        if len(limits) - 1 <= _MOST_CLASSES:
            return limits
    return [least, most]


def class_of(value: float, limits: list[float]) -> int:
    """Find the class a value is in, counted from 0; a limit belongs to the class above it."""
    inner = limits[1:-1]
    return sum(value >= limit for limit in inner)


def draw_tile_map(
    finding: str,
    heading: str,
    tiles: tuple[Tile, ...],
    river_after: int | None,
    unit: str,
    decimals: int,
) -> Drawing:
    """Draw title, legend and tiles."""
    columns = sorted({tile.column for tile in tiles})
    count = columns[-1] - columns[0] + 1
    river = RIVER_SPACE if river_after in columns[:-1] else 0.0
    side = min((WIDTH - 2 * MARGIN - river) / count - BETWEEN, WIDEST_TILE)
    tops, height = tops_of(tiles, side)
    sheet = Sheet(finding, _LEGEND + height + (0.25 if river else 0.0) + MARGIN)
    known = [tile.mark.value for tile in tiles if tile.mark.known]
    limits = class_limits(known) if known else [0.0, 0.0]
    _draw_legend(sheet, heading, limits, unit, missing=len(known) < len(tiles))
    area = sheet.plot(0, sheet.top + _LEGEND, WIDTH, height, "tiles")
    area.set(xlim=(0, WIDTH), ylim=(height, 0))
    lefts = {
        column: MARGIN
        + (column - columns[0]) * (side + BETWEEN)
        + (river if river and river_after is not None and column > river_after else 0.0)
        for column in range(columns[0], columns[-1] + 1)
    }
    if river and river_after is not None:
        middle = lefts[river_after] + side + (river + BETWEEN) / 2
        draw_river(area, middle, height)
        bottom = sheet.top + _LEGEND + height + 0.12
        sheet.write(middle, bottom, "River", size=SMALL_SIZE, color=QUIET_TEXT, align="center")
    for tile in tiles:
        shade = shades(len(limits) - 1)[class_of(tile.mark.value, limits)]
        place = (lefts[tile.column], tops[tile.row])
        _draw_tile(area, tile, place, side, shade if tile.mark.known else NO_VALUE, unit, decimals)
    draw_districts(area, tiles, lefts, tops, side)
    return sheet.figure


def tops_of(tiles: tuple[Tile, ...], side: float) -> tuple[dict[int, float], float]:
    """Find where each row of tiles begins, with room for the districts that begin there."""
    first = {tile.district: tile.row for tile in sorted(tiles, key=lambda tile: -tile.row)}
    named = {row for district, row in first.items() if district}
    tops, y = {}, 0.0
    for row in range(min(tile.row for tile in tiles), max(tile.row for tile in tiles) + 1):
        y += _DISTRICT if row in named else 0.0
        tops[row] = y
        y += side + BETWEEN
    return tops, y


def _draw_tile(
    area: Axes,
    tile: Tile,
    place: tuple[float, float],
    side: float,
    shade: Shade,
    unit: str,
    decimals: int,
) -> None:
    known = tile.mark.known
    box(area, place, (side, side), shade, f"tile, {tile.mark.row}")
    words = label_words(tile.mark, decimals, unit) if known else "too few"
    names = wrap(tile.mark.row, side - 0.02, SMALL_SIZE)[:2]
    middle = place[0] + side / 2
    top = place[1] + (side - 0.165 * len(names) - 0.2) / 2
    color = shade.text if known else INK
    for number, line in enumerate(names):
        y = top + 0.165 * (number + 0.5)
        write_on(area, middle, y, line, size=SMALL_SIZE, color=color, align="center")
    y = top + 0.165 * len(names) + 0.12
    size = next(
        size
        for size in (13.0, 11.0, SMALL_SIZE)
        if size == SMALL_SIZE or text_width(words, size, known) <= side - 0.06
    )
    write_on(area, middle, y, words, size=size, color=color, bold=known, align="center")


def draw_districts(
    area: Axes,
    tiles: tuple[Tile, ...],
    lefts: dict[int, float],
    tops: dict[int, float],
    side: float,
) -> None:
    """Name each district above its first row; draw a line where two of them touch."""
    at = {(tile.row, tile.column): tile.district for tile in tiles}
    named = {""}
    for (row, column), district in sorted(at.items()):
        x, y = lefts[column], tops[row]
        if district not in named:
            named.add(district)
            run = sum(place == district for (other, _), place in at.items() if other == row)
            words = cut(district, run * (side + BETWEEN), DENSE_SIZE, bold=True)
            write_on(area, x, y - 0.115, words, size=DENSE_SIZE, bold=True)
        half = side + BETWEEN / 2
        touches = BETWEEN * 1.5 + side  # where there is a river or a name between, no line
        if at.get((row, column + 1), district) != district and lefts[column + 1] - x < touches:
            area.plot([x + half] * 2, [y, y + side], color=INK, linewidth=1.6, label="border")
        if at.get((row + 1, column), district) != district and tops[row + 1] - y < touches:
            area.plot([x, x + side], [y + half] * 2, color=INK, linewidth=1.6, label="border")


def draw_river(area: Axes, x: float, height: float) -> None:
    """Draw the river between two columns of tiles, from top to bottom."""
    import numpy as np

    y = np.linspace(0, height, 60)
    area.plot(x + 0.03 * np.sin(y * 2.2), y, color=WATER, linewidth=10, label="river", zorder=0)


def _draw_legend(
    sheet: Sheet, heading: str, limits: list[float], unit: str, *, missing: bool
) -> None:
    """Show the classes in one strip with their limits beneath, then what hatching means."""
    x, top, high = MARGIN, sheet.top + 0.24, 0.2
    sheet.write(MARGIN, sheet.top + 0.1, heading, size=DENSE_SIZE, color=QUIET_TEXT)
    if limits[0] < limits[-1]:
        digits, sign = step_decimals(limits), unit if unit in ("%", "$") else ""
        words = [with_unit(format_number(limit, digits), sign) for limit in limits]
        wide = max(0.62, max(text_width(word, SMALL_SIZE) for word in words) + 0.16)
        x += text_width(words[0], SMALL_SIZE) / 2
        for number, word in enumerate(words):
            edge = x + number * wide
            sheet.write(edge, top + 0.32, word, size=SMALL_SIZE, color=QUIET_TEXT, align="center")
        for number, shade in enumerate(shades(len(limits) - 1)):
            box(sheet.page, (x + number * wide, top), (wide, high), shade, f"class {number}")
        x += (len(limits) - 1) * wide + 0.3
    if missing:
        box(sheet.page, (x, top), (0.37, high), NO_VALUE, "no value")
        sheet.write(x + 0.45, top + high / 2, TOO_FEW, size=SMALL_SIZE, color=QUIET_TEXT)


def box(
    area: Axes, place: tuple[float, float], size: tuple[float, float], shade: Shade, label: str
) -> None:
    """Fill one box, hatched where there is no value; `label` tells tests what it is."""
    from matplotlib.patches import Rectangle

    hatched = shade is NO_VALUE
    area.add_patch(
        Rectangle(
            place,
            *size,
            facecolor=shade.fill,
            edgecolor=PALE if hatched else "none",
            linewidth=0,
            hatch="///" if hatched else None,
            label=label,
        )
    )
