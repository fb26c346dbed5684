"""The city as a drawing: one square a neighborhood, its size the people who live there."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape

STEP = 58.0  # from one tile to the next
PLOT = 52.0  # the ground under a tile
LARGEST = 46.0  # side of the square of the largest neighborhood
RIVER_GAP = 80.0  # between the two halves of the city
SWING = 28.0  # how far the river bends to each side
LABEL = 30.0  # room above a district for its name
MARGIN = 12.0

Row = Mapping[str, str]


def figure(rows: Sequence[Row]) -> str:
    """Draw the city.

    Parameters
    ----------
    rows
        The table `neighborhoods`, as text.

    Returns
    -------
    str
        A figure as HTML: inline SVG with a name and a description, and a caption.
    """
    tiles = [_tile(row) for row in rows]
    west = 1 + max(column for _, column, _, _ in tiles) // 2
    blocks = 1 + max(row for row, _, _, _ in tiles) // 2
    height = 2 * MARGIN + blocks * (2 * STEP + LABEL)
    width = 2 * (MARGIN + SWING) + 2 * west * STEP + RIVER_GAP
    largest = max(people for _, _, people, _ in tiles)
    shapes, names = [], {}
    for row, column, people, district in tiles:
        left, top = _place(row, column, west, height)
        names.setdefault(district, []).append((left, top))
        side = LARGEST * math.sqrt(people / largest)
        inset = (STEP - side) / 2
        ground = (STEP - PLOT) / 2
        number = list(names).index(district)
        shapes.append(
            f'<rect class="plot" x="{left + ground:.0f}" y="{top + ground:.0f}" '
            f'width="{PLOT:.0f}" height="{PLOT:.0f}" rx="8"/>'
            f'<rect class="home d{number}" x="{left + inset:.1f}" y="{top + inset:.1f}" '
            f'width="{side:.1f}" height="{side:.1f}" rx="5"/>'
        )
    labels = [_label(district, places, west) for district, places in names.items()]
    words = (
        f"{len(tiles)} squares, one a neighborhood, in {len(names)} districts: "
        f"{', '.join(names)}. A river runs from north to south through the middle."
    )
    return (
        f'<figure class="map"><svg viewBox="0 0 {width:.0f} {height:.0f}" role="img" '
        'aria-labelledby="map-name map-words"><title id="map-name">Port Alder</title>'
        f'<desc id="map-words">{escape(words)}</desc>{_river(west, height)}'
        f"{''.join(shapes)}{''.join(labels)}</svg>"
        f"<figcaption>Port Alder, a fictional city. Each square is a neighborhood. "
        "The larger the square, the more people live there.</figcaption></figure>"
    )


def _tile(row: Row) -> tuple[int, int, float, str]:
    place = int(row["tile_row"]), int(row["tile_col"])
    return *place, float(row["population"]), row["district"]


def _bend(y: float, height: float) -> float:
    """Shift of the river at a height: it bends west, then east."""
    return -SWING * math.sin(2 * math.pi * y / height)


def _place(row: int, column: int, west: int, height: float) -> tuple[float, float]:
    top = MARGIN + LABEL + (row // 2) * (2 * STEP + LABEL) + (row % 2) * STEP
    left = MARGIN + SWING + column * STEP + (RIVER_GAP if column >= west else 0)
    # The rows of a district move together, so that it stays a block.
    middle = MARGIN + LABEL + (row // 2) * (2 * STEP + LABEL) + STEP
    return left + _bend(middle, height), top


def _label(district: str, places: Sequence[tuple[float, float]], west: int) -> str:
    left = min(x for x, _ in places) + (STEP - PLOT) / 2
    top = min(y for _, y in places)
    first_row = min(x for x, y in places if y == top) + (STEP - PLOT) / 2
    return f'<text x="{max(left, first_row):.0f}" y="{top - 7:.0f}">{escape(district)}</text>'


def _river(west: int, height: float) -> str:
    middle = MARGIN + SWING + west * STEP + RIVER_GAP / 2
    heights = [height * step / 24 for step in range(25)]
    points = [(middle + _bend(y, height), y) for y in heights]
    path = f"M{points[0][0]:.0f} {points[0][1]:.0f}" + "".join(
        f"L{x:.1f} {y:.1f}" for x, y in points[1:]
    )
    return f'<path class="water" d="{path}"/>'
