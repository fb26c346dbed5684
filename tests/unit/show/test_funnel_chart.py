"""Dots and curves of a funnel stand where the table says; what lies outside is told."""

import math

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from playbook.errors import PlaybookError
from playbook.show.figure import Figure
from playbook.show.funnel_chart import funnel
from playbook.show.style import BLUE, GRAY, PAPER

FINDING = "Most places differ by no more than chance"


@pytest.fixture
def places() -> pd.DataFrame:
    """64 places, alike but for three: one just outside, two far outside."""
    size = 900 + 173 * np.random.default_rng(1).permutation(64)
    error = 400 / np.sqrt(size)
    value = 72 + error * np.linspace(-1.5, 1.5, 64)
    value[:3] = 72 + error[:3] * [2.5, 4.0, -4.0]
    return pd.DataFrame(
        {
            "place": [f"Place {number:02}" for number in range(64)],
            "residents": size,
            "life": value,
            "low": 72 - 1.96 * error,
            "high": 72 + 1.96 * error,
            "low_998": 72 - 3.09 * error,
            "high_998": 72 + 3.09 * error,
        }
    )


def drawn(df: pd.DataFrame, *, wide: bool = True, **settings: object) -> Figure:
    outer = {"low_998": "low_998", "high_998": "high_998"} if wide else {}
    settings = {"unit": "years", "finding": FINDING, "center": 72.0} | outer | settings
    names = {"name": "place", "x": "residents", "y": "life", "low": "low", "high": "high"}
    return funnel(df, **names, **settings)


def area(drawing: Drawing) -> Axes:
    return next(axes for axes in drawing.axes if axes.get_label() == "marks")


def of_label(axes: Axes, label: str) -> list[tuple[float, float]]:
    found = [line for line in axes.lines if line.get_label() == label]
    return [
        (float(x), float(y))
        for line in found
        for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)
    ]


def test_dots_stand_at_the_values_of_the_table(places: pd.DataFrame) -> None:
    axes = area(drawn(places).draw())
    for row in places.itertuples():
        assert of_label(axes, f"dot, {row.place}") == [(row.residents, row.life)]


def test_curves_run_through_the_limits_in_order_of_size(places: pd.DataFrame) -> None:
    axes = area(drawn(places).draw())
    order = places.sort_values("residents")
    for limit in ("low", "high", "low_998", "high_998"):
        expected = list(zip(order["residents"].astype(float), order[limit], strict=True))
        assert of_label(axes, f"curve, {limit}") == expected
    assert {y for _, y in of_label(axes, "center")} == {72.0}


def test_outer_curves_are_drawn_only_when_given(places: pd.DataFrame) -> None:
    figure = drawn(places, wide=False)
    assert not of_label(area(figure.draw()), "curve, low_998")
    assert "99.8% limits" not in figure.table.columns
    assert "dotted" not in figure.caption
    assert "dotted" in drawn(places).caption


def test_dots_outside_are_filled_and_counted(places: pd.DataFrame) -> None:
    figure = drawn(places)
    axes = area(figure.draw())
    filled = {
        str(line.get_label())
        for line in axes.lines
        if str(line.get_label()).startswith("dot") and line.get_markerfacecolor() != PAPER
    }
    assert filled == {"dot, Place 00", "dot, Place 01", "dot, Place 02"}
    assert list(figure.table["Where it lies"][:4]) == [
        "above 95%",
        "above 99.8%",
        "below 99.8%",
        "inside",
    ]
    assert "3 of 64 outside the 95 percent limits around 72.0 years." in figure.alt
    assert "2 outside the 99.8 percent limits." in figure.alt
    assert 40 <= len(figure.alt) <= 220


def test_curves_differ_without_color(places: pd.DataFrame) -> None:
    axes = area(drawn(places).draw())
    styles = {
        str(line.get_label()): line.get_linestyle()
        for line in axes.lines
        if "curve" in str(line.get_label()) or line.get_label() == "center"
    }
    assert styles["center"] == "-"
    dashes = {
        str(line.get_label()): line._unscaled_dash_pattern
        for line in axes.lines
        if "curve" in str(line.get_label())
    }
    assert dashes["curve, low"] == dashes["curve, high"]
    assert dashes["curve, low"] != dashes["curve, low_998"]


def test_only_highlighted_places_are_named(places: pd.DataFrame) -> None:
    chosen = ["Place 01", "Place 30"]
    axes = area(drawn(places, highlight=chosen).draw())
    said = {text.get_text() for text in axes.texts if text.get_text().startswith("Place")}
    assert said == set(chosen)
    colors = {str(line.get_label()): line.get_color() for line in axes.lines}
    assert colors["dot, Place 01"] == colors["dot, Place 30"] == BLUE
    assert colors["dot, Place 02"] == GRAY


def test_names_leave_neither_page_nor_each_other_unread(places: pd.DataFrame) -> None:
    largest = places.sort_values("residents")["place"]
    chosen = [*largest.iloc[[0, 1, -2, -1]], "Place 01", "Place 02"]
    drawing = drawn(places, highlight=chosen).draw()
    drawing.draw_without_rendering()
    names = [text for text in area(drawing).texts if text.get_text() in chosen]
    boxes = [text.get_window_extent() for text in names]
    width = drawing.get_figwidth() * drawing.dpi
    assert len(boxes) == len(set(chosen))
    for place, box in enumerate(boxes):
        assert box.x0 >= 0
        assert box.x1 <= width
        assert not any(box.overlaps(other) for other in boxes[place + 1 :])


def test_missing_value_is_said_and_not_drawn(places: pd.DataFrame) -> None:
    places.loc[5, "life"] = math.nan
    figure = drawn(places)
    assert not of_label(area(figure.draw()), "dot, Place 05")
    assert figure.table["Life (years)"][5] == "too few to tell"
    assert figure.table["Where it lies"][5] == "too few to tell"
    assert figure.table["95% limits"][5] != ""


def test_sizes_are_written_for_readers(places: pd.DataFrame) -> None:
    figure = drawn(places)
    assert figure.table["Residents"][0] == f"{places['residents'][0]:,}"
    said = [text.get_text() for text in area(figure.draw()).texts]
    assert "0" in said
    assert any("," in word for word in said)
    errors = drawn(places.assign(residents=400 / np.sqrt(places["residents"])))
    assert errors.table["Residents"][0] == f"{400 / math.sqrt(places['residents'][0]):.2f}"


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("residents", math.nan, "Place 00 has no size"),
        ("residents", math.inf, "Place 00 has no end"),
        ("life", math.inf, "A number of Place 00 has no end"),
        ("place", "Place 01", "more than once"),
    ],
)
def test_tables_that_can_not_be_drawn_are_told_plainly(
    places: pd.DataFrame, column: str, value: object, said: str
) -> None:
    broken = places.astype({"residents": float})
    broken.loc[0, column] = value
    with pytest.raises(PlaybookError, match=said):
        drawn(broken)


def test_nothing_given_is_changed(places: pd.DataFrame) -> None:
    before = places.copy()
    drawn(places).html()
    pd.testing.assert_frame_equal(places, before)
