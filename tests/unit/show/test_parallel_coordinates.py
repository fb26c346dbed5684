"""Up is better on every scale; lines go where the values are, and differ without color."""

import math
from typing import Any

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from playbook.errors import PlaybookError
from playbook.show.figure import Figure
from playbook.show.parallel_coordinates import parallel_coordinates
from playbook.show.style import GRAY, SERIES

FINDING = "The rule saves most lives and is not the slowest"


@pytest.fixture
def options() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "option": ["Rule", "Centers", "Trees"],
            "lives": [9.0, 4.0, 1.0],
            "cost": [30.0, 10.0, 50.0],
            "support": [60.0, 60.0, 60.0],
        }
    )


def drawn(df: pd.DataFrame, **settings: Any) -> Figure:
    settings = {"criteria": ["lives", "cost", "support"], "lower_is_better": ["cost"]} | settings
    return parallel_coordinates(df, name="option", finding=FINDING, **settings)


def area(figure: Figure) -> Axes:
    return next(axes for axes in figure.draw().axes if axes.get_label() == "marks")


def line_of(axes: Axes, name: str) -> Line2D:
    return next(line for line in axes.lines if line.get_label() == f"line, {name}")


def test_the_best_is_on_top_also_where_lower_is_better(options: pd.DataFrame) -> None:
    axes = area(drawn(options))
    assert list(line_of(axes, "Rule").get_ydata()) == [1, 0.5, 0.5]
    assert list(line_of(axes, "Centers").get_ydata()) == [3 / 8, 1, 0.5]
    assert list(line_of(axes, "Trees").get_ydata()) == [0, 0, 0.5]


def test_each_scale_says_its_ends_the_best_one_above(options: pd.DataFrame) -> None:
    figure = drawn(options, units={"cost": "$"})
    page = next(axes for axes in figure.draw().axes if axes.get_label() == "page")
    heights = {text.get_text(): text.xy[1] for text in page.texts}
    assert heights["9"] < heights["1"]
    assert heights["$10"] < heights["$50"]
    assert "turned over: cost." in figure.caption
    assert list(figure.table["Cost ($)"]) == ["30", "10", "50"]


def test_best_and_worst_are_counted_where_options_differ(options: pd.DataFrame) -> None:
    alt = drawn(options, highlight="Trees").alt
    assert "Trees is best of 3 on 0 of 3 criteria, worst on 2." in alt
    assert "Rule is best on 1, worst on 0." in alt


def test_missing_values_leave_a_gap_and_are_said(options: pd.DataFrame) -> None:
    options.loc[0, "cost"] = math.nan
    figure = drawn(options)
    assert math.isnan(line_of(area(figure), "Rule").get_ydata()[1])
    assert figure.table["Cost"][0] == "too few to tell"
    assert "gap" in figure.caption
    assert "gap" not in drawn(options.fillna(20.0)).caption


def test_eight_options_differ_by_shape_and_the_first_is_pointed_out() -> None:
    eight = pd.DataFrame(
        {"option": [f"Option {n}" for n in range(8)], "lives": range(8), "cost": range(8)}
    )
    axes = area(drawn(eight, criteria=["lives", "cost"]))
    shown = [line_of(axes, f"Option {n}") for n in range(8)]
    assert len({(line.get_marker(), line.get_markerfacecolor()) for line in shown}) == 8
    assert [line.get_color() for line in shown] == [SERIES[0].color, *[GRAY] * 7]
    assert {f"Option {n}" for n in range(8)} <= {text.get_text() for text in axes.texts}


def test_up_to_four_options_keep_their_colors(options: pd.DataFrame) -> None:
    axes = area(drawn(options))
    colors = [line_of(axes, name).get_color() for name in options["option"]]
    assert colors == [series.color for series in SERIES[:3]]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"cost": [math.inf, 1, 2]}, "Rule has no known end for cost"),
        ({"cost": [math.nan] * 3}, "No option has a value for cost"),
        ({"option": ["Rule", "Rule", "Trees"]}, "more than once"),
        ({"cost": ["much", 1, 2]}, "words where numbers go"),
    ],
)
def test_tables_that_can_not_be_drawn_are_told_plainly(
    options: pd.DataFrame, change: dict[str, Any], said: str
) -> None:
    with pytest.raises(PlaybookError, match=said):
        drawn(options.assign(**change))


def test_too_few_and_too_many_are_refused(options: pd.DataFrame) -> None:
    for criteria in ([], ["lives"], ["lives"] * 8):
        with pytest.raises(PlaybookError, match=f"criteria, and {len(criteria)} were given"):
            drawn(options, criteria=criteria, lower_is_better=[])
    with pytest.raises(PlaybookError, match="equity is named in lower_is_better"):
        drawn(options, lower_is_better=["equity"])
    nine = pd.concat([options] * 3).assign(option=[f"Option {n}" for n in range(9)])
    with pytest.raises(PlaybookError, match="There are 9 options"):
        drawn(nine)
