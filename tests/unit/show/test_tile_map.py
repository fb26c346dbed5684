"""Tiles stand where the table says, in the class of their value, with the value on them."""

import math
from typing import Any

import matplotlib.colors as colors
import pandas as pd
import pytest
from matplotlib.axes import Axes

from playbook.errors import PlaybookError
from playbook.show.style import NO_VALUE, contrast_ratio, shades
from playbook.show.tile_drawing import class_limits, class_of
from playbook.show.tile_map import tile_map

FINDING = "Waits are longest in the east"


@pytest.fixture
def places() -> pd.DataFrame:
    grid = [(row, column) for row in range(8) for column in range(8)]
    return pd.DataFrame(
        {
            "name": [f"Place {row}{column}" for row, column in grid],
            "district": [f"{'West' if column < 4 else 'East'} {row // 2}" for row, column in grid],
            "tile_row": [row for row, _ in grid],
            "tile_col": [column for _, column in grid],
            "wait": [8.0 + column + row / 10 for row, column in grid],
        }
    )


def drawn(df: pd.DataFrame, **settings: Any) -> Axes:
    figure = tile_map(df, value="wait", finding=FINDING, unit="days", **settings)
    return next(axes for axes in figure.draw().axes if axes.get_label() == "tiles")


def tiles(axes: Axes) -> dict[str, Any]:
    return {
        str(patch.get_label()).removeprefix("tile, "): patch
        for patch in axes.patches
        if str(patch.get_label()).startswith("tile")
    }


def test_every_row_has_its_tile_in_its_place(places: pd.DataFrame) -> None:
    found = tiles(drawn(places, river_after=3))
    assert set(found) == set(places["name"])
    lefts = [found[f"Place 0{column}"].get_x() for column in range(8)]
    tops = [found[f"Place {row}0"].get_y() for row in range(8)]
    assert lefts == sorted(lefts)
    assert tops == sorted(tops)
    assert drawn(places).yaxis_inverted()


def test_shade_and_number_are_those_of_the_value(places: pd.DataFrame) -> None:
    axes = drawn(places)
    limits = class_limits(list(places["wait"]))
    assert 3 <= len(limits) - 1 <= 5
    ramp = [shade.fill.lower() for shade in shades(len(limits) - 1)]
    found = tiles(axes)
    for name, value in zip(places["name"], places["wait"], strict=True):
        rank = ramp.index(colors.to_hex(found[name].get_facecolor()))
        top = limits[rank + 1]
        assert limits[rank] <= value < top or value == top == limits[-1]
    said = [text.get_text() for text in axes.texts]
    for value in places["wait"]:
        assert f"{value:.1f}" in said


def test_words_on_every_tile_reach_four_and_a_half(places: pd.DataFrame) -> None:
    axes = drawn(places)
    found = tiles(axes)
    for name, value in zip(places["name"], places["wait"], strict=True):
        fill = colors.to_hex(found[name].get_facecolor())
        (number,) = (t for t in axes.texts if t.get_text() == f"{value:.1f}")
        assert contrast_ratio(fill.upper(), str(number.get_color())) >= 4.5


def test_a_limit_belongs_to_the_class_above_it() -> None:
    limits = [8.0, 10.0, 12.0]
    assert [class_of(value, limits) for value in (8.0, 9.9, 10.0, 12.0)] == [0, 0, 1, 1]


@pytest.mark.parametrize("values", [[0.0, 1.0], [3.0, 97.0], [28000.0, 128000.0], [-4.0, 7.0]])
def test_limits_hold_all_values_in_at_most_five_classes(values: list[float]) -> None:
    limits = class_limits(values)
    assert limits[0] <= values[0]
    assert limits[-1] >= values[1]
    assert 1 <= len(limits) - 1 <= 5


def test_missing_value_is_hatched_and_said(places: pd.DataFrame) -> None:
    places.loc[5, "wait"] = math.nan
    axes = drawn(places)
    tile = tiles(axes)["Place 05"]
    assert tile.get_hatch()
    assert colors.to_hex(tile.get_facecolor()) == NO_VALUE.fill.lower()
    assert "too few" in [text.get_text() for text in axes.texts]
    figure = tile_map(places, value="wait", finding=FINDING)
    assert figure.table["Wait"][5] == "too few to tell"
    assert "1 of 64 too few to tell" in figure.alt


def test_all_missing_is_still_a_map(places: pd.DataFrame) -> None:
    axes = drawn(places.assign(wait=math.nan))
    assert all(patch.get_hatch() for patch in tiles(axes).values())


def test_legend_shows_the_class_limits(places: pd.DataFrame) -> None:
    figure = tile_map(places, value="wait", finding=FINDING, unit="days")
    page = next(axes for axes in figure.draw().axes if axes.get_label() == "page")
    said = [text.get_text() for text in page.texts]
    assert "Wait (days)" in said
    assert {f"{limit:.0f}" for limit in class_limits(list(places["wait"]))} <= set(said)


def test_districts_are_named_once_and_a_river_runs_where_it_is_told(places: pd.DataFrame) -> None:
    axes = drawn(places, river_after=3)
    said = [text.get_text() for text in axes.texts]
    assert [said.count(name) for name in sorted(set(places["district"]))] == [1] * 8
    (river,) = (line for line in axes.lines if line.get_label() == "river")
    found = tiles(axes)
    west = found["Place 03"].get_x() + found["Place 03"].get_width()
    assert west < min(river.get_xdata())
    assert max(river.get_xdata()) < found["Place 04"].get_x()
    assert not [line for line in drawn(places).lines if line.get_label() == "river"]


def test_line_is_drawn_where_two_districts_touch(places: pd.DataFrame) -> None:
    borders = [line for line in drawn(places).lines if line.get_label() == "border"]
    assert len(borders) == 8  # between columns 3 and 4; names stand between the rows
    assert not [line for line in drawn(places, river_after=3).lines if line.get_label() == "border"]


def test_map_without_districts_is_drawn(places: pd.DataFrame) -> None:
    assert len(tiles(drawn(places.drop(columns="district")))) == 64


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"tile_row": math.nan}, "Place 00 has no place on the tile map"),
        ({"tile_row": 0.0, "tile_col": 1.0}, "are on the same tile"),
        ({"wait": math.inf}, "Place 00 has no end"),
        ({"name": "Place 01"}, "more than once"),
    ],
)
def test_maps_that_can_not_be_drawn_are_told_plainly(
    places: pd.DataFrame, change: dict[str, Any], said: str
) -> None:
    broken = places.astype({"tile_row": float, "tile_col": float})
    for column, value in change.items():
        broken.loc[0, column] = value
    with pytest.raises(PlaybookError, match=said):
        tile_map(broken, value="wait", finding=FINDING)


def test_city_without_a_layout_is_sent_to_dots(places: pd.DataFrame) -> None:
    with pytest.raises(PlaybookError, match="can't find a column called tile_row"):
        tile_map(places.drop(columns="tile_row"), value="wait", finding=FINDING)
