"""Steps hold their value until the next time; ranges and ends are those of the table."""

import math
from typing import Any

import pandas as pd
import pytest
from matplotlib.axes import Axes

from playbook.errors import PlaybookError
from playbook.show.figure import Figure
from playbook.show.incidence_curves import incidence_curves

FINDING = "Half are housed within a year"


@pytest.fixture
def exits() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "days": [20, 100, 365, 50, 200],
            "exit": ["Housed"] * 3 + ["Left"] * 2,
            "share": [0.1, 0.3, 0.5, 0.05, 0.2],
            "low": [0.05, 0.2, 0.4, 0.01, 0.1],
            "high": [0.15, 0.4, 0.6, 0.09, 0.3],
        }
    )


def drawn(df: pd.DataFrame, **settings: Any) -> Figure:
    return incidence_curves(df, x="days", y="share", group="exit", finding=FINDING, **settings)


def area(figure: Figure) -> Axes:
    return next(axes for axes in figure.draw().axes if axes.get_label() == "marks")


def test_steps_begin_at_zero_and_hold_until_the_next_time(exits: pd.DataFrame) -> None:
    axes = area(drawn(exits.iloc[::-1]))
    (housed,) = (line for line in axes.lines if line.get_label() == "curve, Housed")
    assert housed.get_drawstyle() == "steps-post"
    assert [[round(v, 6) for v in point] for point in housed.get_xydata().tolist()] == [
        [0, 0],
        [20, 10],
        [100, 30],
        [365, 50],
    ]


def test_the_table_reads_the_step_before_and_not_the_one_to_come(exits: pd.DataFrame) -> None:
    table = drawn(exits).table
    assert list(table["Days"]) == ["30", "60", "90", "180", "365"]
    assert list(table["Housed (%)"]) == ["10", "10", "10", "30", "50"]
    # The last time known for those who left is day 200.
    assert list(table["Left (%)"]) == ["0", "5", "5", "5", "too few to tell"]


def test_ranges_are_bands_and_stand_in_the_table(exits: pd.DataFrame) -> None:
    figure = drawn(exits, low="low", high="high")
    bands = {str(band.get_label()): band for band in area(figure).collections}
    assert set(bands) == {"band, Housed", "band, Left"}
    corners = {
        tuple(round(float(v), 6) for v in p) for p in bands["band, Housed"].get_paths()[0].vertices
    }
    assert {(100, 20), (100, 40), (365, 40), (365, 60)} <= corners
    assert figure.table["Housed (%)"][4] == "50 (40 to 60)"
    assert "Bands are ranges." in figure.caption
    assert not area(drawn(exits)).collections


def test_marks_are_at_the_times_of_the_table(exits: pd.DataFrame) -> None:
    (marks,) = (line for line in area(drawn(exits)).lines if line.get_label() == "marks, Housed")
    points = [[round(v, 6) for v in point] for point in marks.get_xydata().tolist()]
    assert points == [[30, 10], [60, 10], [90, 10], [180, 30]]


def test_each_curve_is_named_with_its_last_share(exits: pd.DataFrame) -> None:
    figure = drawn(exits, highlight="Left")
    said = {text.get_text(): text for text in area(figure).texts}
    assert {"Housed 50%", "Left 20%"} <= set(said)
    assert "Bold" in str(said["Left 20%"].get_fontproperties().get_file())
    assert "By 365 days: Housed 50%" in figure.alt


def test_rows_without_a_share_are_left_out(exits: pd.DataFrame) -> None:
    exits.loc[1, "share"] = math.nan
    assert drawn(exits).table["Housed (%)"][3] == "10"


def test_other_units_are_read_at_even_times(exits: pd.DataFrame) -> None:
    table = drawn(exits.assign(days=[1, 2, 8, 1, 4]), unit="months").table
    assert list(table.iloc[:, 0]) == ["2", "4", "6", "8"]


def test_a_short_follow_up_in_days_still_has_a_table(exits: pd.DataFrame) -> None:
    assert len(drawn(exits.assign(days=[1, 2, 8, 1, 4])).table) >= 3


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"days": [math.nan, 1, 2, 3, 4]}, "without a time"),
        ({"days": [-1, 1, 2, 3, 4]}, "below zero"),
        ({"days": [20, 20, 365, 50, 200]}, "more than once"),
        ({"share": [0.5, 0.4, 0.6, 0.1, 0.2]}, "curve of Housed falls"),
        ({"share": [0.1, 0.3, 0.5, math.nan, math.nan]}, "No share is known for Left"),
        ({"share": [10, 30, 50, 5, 20]}, "between 0 and 1"),
        ({"exit": list("abcde")}, "There are 5 exits"),
    ],
)
def test_curves_that_can_not_be_drawn_are_told_plainly(
    exits: pd.DataFrame, change: dict[str, Any], said: str
) -> None:
    with pytest.raises(PlaybookError, match=said):
        drawn(exits.assign(**change))
