"""Bars are as long as the table says, on one scale, the youngest at the foot."""

import math
from typing import Any

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex

from playbook.errors import PlaybookError
from playbook.show.figure import Figure
from playbook.show.population_pyramid import population_pyramid
from playbook.show.style import PAPER

FINDING = "Eastbank is younger than Highland"


@pytest.fixture
def ages() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "age": ["Under 18", "18 to 44", "45 to 64", "65 and over"],
            "east": [29.0, 41, 20, 10],
            "high": [17.0, 31, 29, 23],
        }
    )


def drawn(df: pd.DataFrame, **settings: Any) -> Figure:
    return population_pyramid(df, age="age", left="east", right="high", finding=FINDING, **settings)


def sides(figure: Figure) -> tuple[Axes, Axes]:
    by_label = {axes.get_label(): axes for axes in figure.draw().axes}
    return by_label["left"], by_label["right"]


def bars(axes: Axes) -> list[float]:
    return [bar.get_width() for bar in sorted(axes.patches, key=lambda bar: bar.get_y())]


def test_bars_are_the_values_from_the_foot_up(ages: pd.DataFrame) -> None:
    left, right = sides(drawn(ages))
    assert bars(left) == list(ages["east"])
    assert bars(right) == list(ages["high"])


def test_each_age_stands_beside_its_bars(ages: pd.DataFrame) -> None:
    drawing = drawn(ages).draw()
    drawing.draw_without_rendering()
    by_label = {axes.get_label(): axes for axes in drawing.axes}
    said = {text.get_text(): text.get_window_extent() for text in by_label["page"].texts}
    for place, age in enumerate(ages["age"]):
        _, middle = by_label["left"].transData.transform((0, place))
        assert said[age].y0 < middle < said[age].y1, age


def test_the_sides_mirror_each_other_on_one_scale(ages: pd.DataFrame) -> None:
    left, right = sides(drawn(ages))
    assert left.get_xlim() == right.get_xlim()[::-1]
    assert right.get_xlim()[0] == 0
    assert right.get_xlim()[1] > 41


def test_the_sides_differ_without_color_and_are_named(ages: pd.DataFrame) -> None:
    figure = drawn(ages)
    fills = [
        {to_hex(bar.get_facecolor()).upper() for bar in axes.patches} for axes in sides(figure)
    ]
    assert PAPER not in fills[0]
    assert fills[1] == {PAPER}
    assert "Filled bars to the left: East. Hollow bars to the right: High." in figure.caption


def test_every_bar_carries_its_number_and_the_table_has_it(ages: pd.DataFrame) -> None:
    figure = drawn(ages, unit="%")
    left, _ = sides(figure)
    assert {"29%", "41%", "20%", "10%"} <= {text.get_text() for text in left.texts}
    assert list(figure.table["East (%)"]) == ["29", "41", "20", "10"]
    assert "East: largest 18 to 44 41%, smallest 65 and over 10%." in figure.alt


def test_a_missing_value_has_no_bar_and_is_said(ages: pd.DataFrame) -> None:
    ages.loc[0, "east"] = math.nan
    figure = drawn(ages)
    left, _ = sides(figure)
    assert bars(left) == [41, 20, 10]
    assert "too few to tell" in [text.get_text() for text in left.texts]
    assert figure.table["East"][0] == "too few to tell"
    unknown = drawn(ages.assign(east=math.nan))
    assert "East: too few to tell." in unknown.alt


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("east", -1.0, "value of Under 18 is -1"),
        ("high", math.inf, "value of Under 18 is inf"),
        ("age", "18 to 44", "more than once"),
    ],
)
def test_tables_that_can_not_be_drawn_are_told_plainly(
    ages: pd.DataFrame, column: str, value: object, said: str
) -> None:
    ages.loc[0, column] = value
    with pytest.raises(PlaybookError, match=said):
        drawn(ages)


def test_a_21st_age_group_is_refused() -> None:
    many = pd.DataFrame({"age": [f"Age {n}" for n in range(21)], "east": 1, "high": 1})
    with pytest.raises(PlaybookError, match="There are 21 age groups"):
        drawn(many)
