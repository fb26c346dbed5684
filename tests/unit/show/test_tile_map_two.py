"""Every tile has the letters and the color of its thirds, and both can be read."""

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex

from playbook.errors import PlaybookError
from playbook.show.figure import Figure
from playbook.show.style import NO_VALUE, contrast_ratio
from playbook.show.tile_map_two import tile_map_two
from playbook.show.tile_two_drawing import NINE

FINDING = "Where it is hot there are few trees"


@pytest.fixture
def places() -> pd.DataFrame:
    grid = [(row, column) for row in range(6) for column in range(6)]
    return pd.DataFrame(
        {
            "name": [f"Place {row}{column}" for row, column in grid],
            "tile_row": [row for row, _ in grid],
            "tile_col": [column for _, column in grid],
            "heat": [30.0 + row for row, _ in grid],
            "trees": [10.0 + column for _, column in grid],
        }
    )


def drawn(df: pd.DataFrame, **settings: Any) -> Figure:
    return tile_map_two(df, first="heat", second="trees", finding=FINDING, **settings)


def area(figure: Figure, label: str = "tiles") -> Axes:
    return next(axes for axes in figure.draw().axes if axes.get_label() == label)


def fills(axes: Axes) -> dict[str, str]:
    return {
        str(patch.get_label()).removeprefix("tile, "): to_hex(patch.get_facecolor()).upper()
        for patch in axes.patches
        if str(patch.get_label()).startswith("tile, ")
    }


def test_letters_are_the_thirds_of_both_values(places: pd.DataFrame) -> None:
    table = drawn(places).table.set_index("Name")
    # Two rows and two columns of the grid are a third each.
    for row in range(6):
        for column in range(6):
            letters = "LMH"[row // 2] + "LMH"[column // 2]
            assert table.loc[f"Place {row}{column}", "Thirds"] == letters


def test_every_tile_has_the_color_and_the_letters_of_its_class(places: pd.DataFrame) -> None:
    figure = drawn(places)
    axes = area(figure)
    letters = dict(zip(places["name"], figure.table["Thirds"], strict=True))
    found = fills(axes)
    assert {name: NINE[letters[name]].fill for name in found} == found
    said = [text.get_text() for text in axes.texts]
    assert [said.count(code) for code in NINE] == [4] * 9


def test_a_value_on_a_limit_belongs_to_the_third_above(places: pd.DataFrame) -> None:
    values = pd.DataFrame({"name": list("abcd"), "tile_row": 0, "tile_col": range(4)})
    table = drawn(values.assign(heat=[0.0, 1, 2, 3], trees=[0.0, 1, 2, 3])).table
    assert list(table["Thirds"]) == ["LL", "MM", "HH", "HH"]


def test_all_nine_colors_differ_and_carry_readable_text() -> None:
    assert len({shade.fill for shade in NINE.values()}) == 9
    for shade in NINE.values():
        assert contrast_ratio(shade.fill, shade.text) >= 4.5
    darkness = [contrast_ratio(NINE[code].fill, "#FFFFFF") for code in ("LL", "MM", "HH")]
    assert darkness == sorted(darkness)


def test_the_legend_shows_the_nine_classes_and_says_their_corners(places: pd.DataFrame) -> None:
    page = area(drawn(places), "page")
    classes = [p.get_label() for p in page.patches if str(p.get_label()).startswith("class")]
    assert sorted(classes) == sorted(f"class {code}" for code in NINE)
    at = {str(patch.get_label())[-2:]: patch.get_xy() for patch in page.patches}
    # The page is measured from its top: higher upwards means a smaller number.
    assert at["HL"][1] < at["ML"][1] < at["LL"][1]
    assert at["LL"][0] < at["LM"][0] < at["LH"][0]
    said = [text.get_text() for text in page.texts]
    for code in NINE:
        (words,) = [text for text in page.texts if text.get_text() == code and text.xy[0] < 1.4]
        left, top = at[code]
        assert left < words.xy[0] < left + 0.46
        assert top < words.xy[1] < top + 0.25
    assert "high heat, low trees" in said
    assert "Heat: higher upwards. Trees: higher to the right." in said


def test_counts_and_limits_are_told(places: pd.DataFrame) -> None:
    figure = drawn(places)
    assert "High on both: 4 of 36; low on both: 4." in figure.alt
    assert "High heat with low trees: 4." in figure.alt
    low, high = np.quantile(places["heat"], [1 / 3, 2 / 3])
    assert f"Limits: heat {low:.1f} and {high:.1f};" in figure.caption


@pytest.mark.parametrize("column", ["heat", "trees"])
def test_a_missing_value_is_hatched_and_said(places: pd.DataFrame, column: str) -> None:
    places.loc[7, column] = math.nan
    figure = drawn(places)
    assert fills(area(figure))["Place 11"] == NO_VALUE.fill
    assert figure.table["Thirds"][7] == "too few to tell"
    assert "too few" in [text.get_text() for text in area(figure).texts]
    assert "too few to tell" in [text.get_text() for text in area(figure, "page").texts]
    assert "1 of 36 too few to tell." in figure.alt


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"heat": [math.inf] * 36}, "Place 00 has no end"),
        ({"trees": [math.inf] * 36}, "Place 00 has no end"),
        ({"trees": [1.0] * 30 + [2.0] * 6}, "share one value of Trees"),
        ({"trees": [1.0, 2.0] + [math.nan] * 34}, "2 places have both values"),
        ({"tile_row": [0] * 36, "tile_col": [0] * 36}, "are on the same tile"),
    ],
)
def test_maps_that_can_not_be_drawn_are_told_plainly(
    places: pd.DataFrame, change: dict[str, Any], said: str
) -> None:
    with pytest.raises(PlaybookError, match=said):
        drawn(places.assign(**change))
