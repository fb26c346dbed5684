"""Curves of shares run where the table says; what is no running share is refused."""

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from playbook.errors import PlaybookError
from playbook.show.figure import Figure
from playbook.show.gain_chart import gain_chart
from playbook.show.lorenz_chart import lorenz_chart
from playbook.show.style import GRAY, SERIES

FINDING = "Half of the people have most of it"


@pytest.fixture
def shares() -> pd.DataFrame:
    """Two curves with corners: what they are worth at each tenth can be worked out by hand."""
    return pd.DataFrame(
        {
            "people": [0.5, 1.0, 0.25, 1.0],
            "has": [0.8, 1.0, 0.1, 1.0],
            "what": ["Visits", "Visits", "Waivers", "Waivers"],
        }
    )


def lorenz(df: pd.DataFrame, **settings: Any) -> Figure:
    return lorenz_chart(df, x="people", y="has", finding=FINDING, **settings)


def gain(df: pd.DataFrame, **settings: Any) -> Figure:
    settings = {"capacity": 0.2} | settings
    return gain_chart(df, x="people", y="has", group="what", finding=FINDING, **settings)


def area(figure: Figure) -> Axes:
    return next(axes for axes in figure.draw().axes if axes.get_label() == "marks")


def line_of(axes: Axes, label: str) -> Line2D:
    return next(line for line in axes.lines if line.get_label() == label)


def test_curves_run_from_zero_through_the_points_in_their_order(shares: pd.DataFrame) -> None:
    axes = area(lorenz(shares.iloc[::-1], group="what"))
    visits, waivers = (line_of(axes, f"curve, {name}") for name in ("Visits", "Waivers"))
    assert visits.get_xydata().tolist() == [[0, 0], [50, 80], [100, 100]]
    assert waivers.get_xydata().tolist() == [[0, 0], [25, 10], [100, 100]]
    assert line_of(axes, "even").get_xydata().tolist() == [[0, 0], [100, 100]]


def test_the_table_reads_curves_at_each_tenth(shares: pd.DataFrame) -> None:
    table = lorenz(shares, group="what").table
    assert list(table["People"]) == [f"{tenth}%" for tenth in range(0, 101, 10)]
    assert list(table["Visits"][:7]) == ["0%", "16%", "32%", "48%", "64%", "80%", "84%"]
    assert list(table["Waivers"][:4]) == ["0%", "4%", "8%", "16%"]


def test_marks_are_where_the_table_reads_the_curve(shares: pd.DataFrame) -> None:
    marks = line_of(area(lorenz(shares, group="what")), "marks, Visits")
    assert marks.get_xydata().tolist() == [[20, 32], [40, 64], [60, 84], [80, 92]]


def test_a_curve_that_bends_up_is_a_lorenz_curve_and_any_other_a_concentration_curve() -> None:
    own = pd.DataFrame({"people": [0.5, 0.9, 1.0], "has": [0.1, 0.5, 1.0]})
    assert lorenz(own).alt.startswith("Lorenz curve: ")
    assert lorenz(own.assign(has=[0.3, 0.4, 1.0])).alt.startswith("Concentration curve: ")


def test_many_points_are_thinned_and_stay_on_the_curve() -> None:
    people = np.linspace(0, 1, 4001)
    axes = area(lorenz(pd.DataFrame({"people": people, "has": people**2})))
    xs, ys = line_of(axes, "curve, Has").get_data()
    assert len(xs) < 300
    np.testing.assert_allclose(ys, np.asarray(xs) ** 2 / 100, atol=1e-3)


def test_curves_differ_without_color_and_each_is_named(shares: pd.DataFrame) -> None:
    figure = lorenz(shares, group="what")
    axes = area(figure)
    marks = [line_of(axes, f"marks, {name}") for name in ("Visits", "Waivers")]
    assert len({(mark.get_marker(), mark.get_markerfacecolor()) for mark in marks}) == 2
    said = [text.get_text() for text in axes.texts]
    assert {"Visits", "Waivers", "line of equality"} <= set(said)
    assert "Visits: filled circle; Waivers: hollow diamond." in figure.caption


def test_the_highlighted_curve_is_blue_and_heavy_and_the_others_gray(shares: pd.DataFrame) -> None:
    axes = area(lorenz(shares, group="what", highlight="Waivers"))
    assert line_of(axes, "curve, Waivers").get_color() == SERIES[0].color
    assert line_of(axes, "curve, Visits").get_color() == GRAY
    (name,) = (text for text in axes.texts if text.get_text() == "Waivers")
    assert "Bold" in str(name.get_fontproperties().get_file())


def test_capacity_is_a_line_with_marks_a_row_and_a_list(shares: pd.DataFrame) -> None:
    figure = gain(shares, capacity=0.25)
    axes = area(figure)
    assert line_of(axes, "capacity").get_xydata().tolist() == [[25, 0], [25, 100]]
    assert line_of(axes, "marks, Visits").get_xydata().tolist() == [[25, 40]]
    row = figure.table[figure.table["People"] == "25%"].iloc[0]
    assert list(row) == ["25%", "40%", "10%"]
    said = [text.get_text() for text in axes.texts]
    assert said.index("Visits 40%") == said.index("At the capacity of 25%") + 1
    assert "Waivers 10%" in said
    assert "At 25% of people: Visits 40%, Waivers 10%." in figure.alt


def test_without_a_capacity_there_is_no_line_and_no_list(shares: pd.DataFrame) -> None:
    figure = gain(shares, capacity=None)
    axes = area(figure)
    assert not [line for line in axes.lines if line.get_label() == "capacity"]
    assert not [text for text in axes.texts if "capacity" in text.get_text()]
    assert "At 50% of people: Visits 80%, Waivers 40%." in figure.alt
    assert "doors" not in figure.caption


def test_no_name_lies_on_a_curve() -> None:
    people = np.linspace(0.02, 1, 50)
    parts = [("Lower", 2.5), ("Low", 1.6), ("High", 0.5)]
    table = pd.concat(
        [pd.DataFrame({"people": people, "has": people**k, "what": name}) for name, k in parts]
    )
    drawing = lorenz(table, group="what").draw()
    drawing.draw_without_rendering()
    axes = next(axes for axes in drawing.axes if axes.get_label() == "marks")
    dense = np.linspace(0, 100, 400)
    for text in axes.texts:
        if text.get_text() not in {"Lower", "Low", "High"}:
            continue
        box = text.get_window_extent()
        for name, _ in parts:
            line = line_of(axes, f"curve, {name}")
            ys = np.interp(dense, line.get_xdata(), line.get_ydata())
            places = axes.transData.transform(np.column_stack([dense, ys]))
            assert not any(box.contains(x, y) for x, y in places)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"has": [80.0, 100.0, 10.0, 100.0]}, "divide it by 100"),
        ({"has": [-0.2, 1.0, 0.1, 1.0]}, "value -0.2"),
        ({"has": [math.nan, 1.0, 0.1, 1.0]}, "curve of Visits has rows without a share"),
        ({"has": [0.8, 0.7, 0.1, 1.0]}, "curve of Visits falls"),
        ({"has": [0.8, 0.9, 0.1, 1.0]}, "curve of Visits ends at 100.0% and 90.0%"),
        ({"has": ["most", 1.0, 0.1, 1.0]}, "words where numbers go"),
    ],
)
def test_what_is_no_running_share_is_refused(
    shares: pd.DataFrame, change: dict[str, Any], said: str
) -> None:
    with pytest.raises(PlaybookError, match=said):
        lorenz(shares.assign(**change), group="what")


def test_a_fifth_curve_and_a_capacity_in_percent_are_refused(shares: pd.DataFrame) -> None:
    five = pd.concat([shares[:2].assign(what=f"Rule {number}") for number in range(5)])
    with pytest.raises(PlaybookError, match="There are 5 curves"):
        gain(five)
    with pytest.raises(PlaybookError, match=r"capacity=0\.2"):
        gain(shares, capacity=20)
    with pytest.raises(PlaybookError, match="If you meant Visits"):
        gain(shares, highlight="visit")
