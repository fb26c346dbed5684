"""Each place goes from its first to its second value, and is named at both ends."""

import math
from typing import Any

import pandas as pd
import pytest
from matplotlib.axes import Axes

from playbook.errors import PlaybookError
from playbook.show.figure import Figure
from playbook.show.slope_chart import slope_chart
from playbook.show.style import BLUE, GRAY

FINDING = "Two went down and one went up"


@pytest.fixture
def waits() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "year": [2025, 2020] * 3,
            "place": ["Eastbank", "Eastbank", "Foundry", "Foundry", "Highland", "Highland"],
            "wait": [12.9, 14.3, 12.0, 12.6, 10.8, 9.8],
        }
    )


def drawn(df: pd.DataFrame, **settings: Any) -> Figure:
    return slope_chart(df, x="year", y="wait", group="place", finding=FINDING, **settings)


def area(figure: Figure) -> Axes:
    return next(axes for axes in figure.draw().axes if axes.get_label() == "marks")


def lines_of(axes: Axes) -> dict[str, Any]:
    return {
        str(line.get_label()).removeprefix("line, "): line
        for line in axes.lines
        if str(line.get_label()).startswith("line, ")
    }


def test_lines_go_from_the_earlier_to_the_later_value(waits: pd.DataFrame) -> None:
    found = lines_of(area(drawn(waits)))
    assert {name: line.get_xydata().tolist() for name, line in found.items()} == {
        "Eastbank": [[0, 14.3], [1, 12.9]],
        "Foundry": [[0, 12.6], [1, 12.0]],
        "Highland": [[0, 9.8], [1, 10.8]],
    }


def test_periods_in_words_keep_the_order_of_the_table(waits: pd.DataFrame) -> None:
    worded = waits.assign(year=["now", "before"] * 3)
    assert list(drawn(worded).table.columns) == ["Place", "Now", "Before", "Change"]


def test_both_ends_carry_name_and_value(waits: pd.DataFrame) -> None:
    said = {text.get_text() for text in area(drawn(waits)).texts}
    assert {"Eastbank 14.3", "12.9 Eastbank", "Highland 9.8", "10.8 Highland"} <= said


def test_changes_are_signed_and_counted(waits: pd.DataFrame) -> None:
    figure = drawn(waits, unit="days")
    assert list(figure.table["Change"]) == ["-1.4", "-0.6", "+1.0"]
    assert "From 2020 to 2025 1 of 3 went up, 2 down." in figure.alt
    assert "Largest change: Eastbank 14.3 to 12.9 days." in figure.alt
    same = drawn(waits.assign(wait=[12.94, 12.93] + [10.0] * 4))
    assert list(same.table["Change"]) == ["0.0"] * 3
    assert "0 of 3 went up, 0 down" in same.alt


def test_highlighted_places_are_blue_filled_and_heavy(waits: pd.DataFrame) -> None:
    axes = area(drawn(waits, highlight="Highland"))
    found = lines_of(axes)
    assert found["Highland"].get_color() == BLUE
    assert found["Foundry"].get_color() == GRAY
    assert found["Highland"].get_linewidth() > found["Foundry"].get_linewidth()
    assert found["Highland"].get_markerfacecolor() != found["Foundry"].get_markerfacecolor()
    heavy = [t.get_text() for t in axes.texts if "Bold" in str(t.get_fontproperties().get_file())]
    assert heavy == ["Highland 9.8", "10.8 Highland"]


@pytest.mark.parametrize("whole", [True, False])
def test_a_place_with_one_value_has_a_dot_and_no_line(waits: pd.DataFrame, whole: bool) -> None:
    lost = waits.index == 1
    broken = waits[~lost] if whole else waits.assign(wait=waits["wait"].mask(lost))
    figure = drawn(broken)
    assert lines_of(area(figure))["Eastbank"].get_xydata().tolist() == [[1, 12.9]]
    row = figure.table.set_index("Place").loc["Eastbank"]
    assert list(row) == ["too few to tell", "12.9", "too few to tell"]
    assert "one value only" in figure.caption
    assert "1 of 3 too few to tell." in figure.alt


def test_all_values_alike_are_drawn(waits: pd.DataFrame) -> None:
    low, high = area(drawn(waits.assign(wait=7.0))).get_ylim()
    assert low < 7 < high


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"year": [2020] * 6}, "more than once"),
        ({"year": [2020, 2025, 2020, 2025, 2020, 2021]}, "3 were given"),
        ({"wait": [math.inf] * 6}, "Eastbank in 2025 has no known end"),
        ({"wait": [math.nan] * 6}, "No value is known"),
    ],
)
def test_tables_that_can_not_be_drawn_are_told_plainly(
    waits: pd.DataFrame, change: dict[str, Any], said: str
) -> None:
    with pytest.raises(PlaybookError, match=said):
        drawn(waits.assign(**change))


def test_one_period_and_a_thirteenth_place_are_refused(waits: pd.DataFrame) -> None:
    with pytest.raises(PlaybookError, match="1 were given"):
        drawn(waits[waits["year"] == 2020])
    rows = [(year, f"Place {n}", 1.0) for n in range(13) for year in (2020, 2025)]
    with pytest.raises(PlaybookError, match="There are 13 places"):
        drawn(pd.DataFrame(rows, columns=["year", "place", "wait"]))
