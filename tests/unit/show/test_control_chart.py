"""Limits, center and signals stand where the table says; signals differ by shape."""

import math
from typing import Any

import pandas as pd
import pytest
from matplotlib.axes import Axes

from playbook.errors import PlaybookError
from playbook.show.control_chart import control_chart
from playbook.show.figure import Figure

FINDING = "Only one month stands out"


@pytest.fixture
def calls() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "month": [f"2025-{month:02}" for month in range(1, 9)],
            "calls": [20.0, 22, 18, 33, 21, 7, 19, 20],
            "mean": [20.0] * 4 + [18.0] * 4,
            "low": [10.0] * 4 + [8.0] * 4,
            "high": [30.0] * 4 + [28.0] * 4,
        }
    )


def drawn(df: pd.DataFrame, **settings: Any) -> Figure:
    names = {"x": "month", "y": "calls", "center": "mean", "low": "low", "high": "high"}
    return control_chart(df, finding=FINDING, **names, **settings)


def area(figure: Figure) -> Axes:
    return next(axes for axes in figure.draw().axes if axes.get_label() == "marks")


def points(axes: Axes, label: str) -> list[tuple[float, float]]:
    (line,) = (line for line in axes.lines if line.get_label() == label)
    return [(float(x), float(y)) for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)]


def test_periods_beyond_a_limit_are_signals(calls: pd.DataFrame) -> None:
    figure = drawn(calls)
    assert points(area(figure), "signals") == [(3, 33), (5, 7)]
    assert len(points(area(figure), "usual")) == 6
    assert list(figure.table["Signal"]) == [
        *["none"] * 3,
        "above the upper limit",
        "none",
        "below the lower limit",
        *["none"] * 2,
    ]
    assert "2 of 8 periods are signals: 2025-04 33.0, 2025-06 7.0." in figure.alt


def test_a_value_on_a_limit_is_no_signal(calls: pd.DataFrame) -> None:
    assert set(drawn(calls.assign(calls=calls["high"])).table["Signal"]) == {"none"}


def test_signals_that_are_given_are_the_ones_marked(calls: pd.DataFrame) -> None:
    given = calls.assign(rule=["", None, "run of eight", math.nan, "no", "False", True, "yes"])
    figure = drawn(given, signal="rule")
    assert [x for x, _ in points(area(figure), "signals")] == [2, 6, 7]
    assert list(figure.table["Signal"][[2, 6]]) == ["run of eight", "signal"]
    yes = drawn(calls.assign(rule=[False] * 7 + [True]), signal="rule")
    assert [x for x, _ in points(area(yes), "signals")] == [7]


def test_signals_differ_by_shape_and_are_hollow(calls: pd.DataFrame) -> None:
    axes = area(drawn(calls))
    looks = {
        label: (line.get_marker(), line.get_markerfacecolor())
        for line in axes.lines
        if (label := str(line.get_label())) in ("signals", "usual")
    }
    assert looks["signals"][0] != looks["usual"][0]
    assert looks["signals"][1] != looks["usual"][1]


def test_limits_are_steps_that_change_with_the_period(calls: pd.DataFrame) -> None:
    axes = area(drawn(calls))
    for label, column in (("center", "mean"), ("limit, low", "low"), ("limit, high", "high")):
        drawn_at = points(axes, label)
        assert [y for _, y in drawn_at[:-1]] == list(calls[column])
        assert [x for x, _ in drawn_at] == [place - 0.5 for place in range(9)]
    said = " ".join(text.get_text() for text in axes.texts)
    assert "Upper limit 28.0" in said
    assert "Center 18.0" in said
    assert "Lower limit 8.0" in said


def test_a_limit_that_is_missing_is_neither_drawn_nor_named(calls: pd.DataFrame) -> None:
    figure = drawn(calls.assign(low=math.nan))
    axes = area(figure)
    assert "limit, low" not in {line.get_label() for line in axes.lines}
    assert not [text for text in axes.texts if "Lower" in text.get_text()]
    assert figure.table["Limits"][0] == "none to 30.0"


def test_a_missing_value_leaves_a_gap_and_is_no_signal(calls: pd.DataFrame) -> None:
    calls.loc[3, "calls"] = math.nan
    figure = drawn(calls.assign(rule=["", "", "", "run", "", "", "", ""]), signal="rule")
    assert math.isnan(points(area(figure), "series")[3][1])
    assert figure.table["Calls"][3] == "too few to tell"
    assert figure.table["Signal"][3] == "none"
    assert "A gap in the line" in figure.caption
    assert "None of 8 periods is a signal." in figure.alt


def test_only_the_first_of_a_run_of_signals_is_named(calls: pd.DataFrame) -> None:
    given = calls.assign(rule=[""] * 4 + ["run"] * 4)
    said = [text.get_text() for text in area(drawn(given, signal="rule")).texts]
    assert "2025-05: 21.0" in said
    assert not [words for words in said if words.startswith("2025-06: ")]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"mean": math.nan}, "2025-01 has no center line"),
        ({"high": math.inf}, "A number of 2025-01 has no end"),
        ({"month": "2025-02"}, "more than once"),
    ],
)
def test_series_that_can_not_be_drawn_are_told_plainly(
    calls: pd.DataFrame, change: dict[str, Any], said: str
) -> None:
    for column, value in change.items():
        calls.loc[0, column] = value
    with pytest.raises(PlaybookError, match=said):
        drawn(calls)


def test_a_121st_period_is_refused(calls: pd.DataFrame) -> None:
    long = pd.concat([calls] * 16, ignore_index=True).assign(month=lambda df: df.index)
    assert drawn(long[:120]).table.shape[0] == 120
    with pytest.raises(PlaybookError, match="There are 121 periods"):
        drawn(long[:121])
