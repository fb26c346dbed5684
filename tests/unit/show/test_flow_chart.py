"""Bands are as wide as their amounts, and begin and end at the bars they belong to."""

import itertools
import math
from typing import Any

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex

from playbook.errors import PlaybookError
from playbook.show.figure import Figure
from playbook.show.flow_chart import flow
from playbook.show.style import BLUE

FINDING = "The state pays most of rent help"


@pytest.fixture
def paid() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "source": ["State", "State", "City", "City"],
            "use": ["Rent help", "Shelter", "Rent help", "Outreach"],
            "paid": [3.0, 2.0, 0.5, 1.0],
        }
    )


def drawn(df: pd.DataFrame, **settings: Any) -> Figure:
    return flow(df, source="source", use="use", amount="paid", finding=FINDING, **settings)


def area(figure: Figure) -> Axes:
    return next(axes for axes in figure.draw().axes if axes.get_label() == "marks")


def patches(axes: Axes, kind: str) -> dict[str, Any]:
    return {
        str(patch.get_label()).removeprefix(f"{kind}, "): patch
        for patch in axes.patches
        if str(patch.get_label()).startswith(kind)
    }


def sides(patch: Any) -> tuple[float, float, float, float]:
    """Top and bottom of a band, at its left and at its right end."""
    points = patch.get_path().vertices
    return points[0][1], points[7][1], points[3][1], points[4][1]


def test_bands_are_as_wide_as_their_amounts_at_both_ends(paid: pd.DataFrame) -> None:
    bands = patches(area(drawn(paid)), "band")
    wide = {}
    for name, band in bands.items():
        top, bottom, to_top, to_bottom = sides(band)
        assert top - bottom == pytest.approx(to_top - to_bottom)
        wide[name] = top - bottom
    unit = wide["City, Outreach"]
    assert {name: round(width / unit, 6) for name, width in wide.items()} == {
        "State, Rent help": 3.0,
        "State, Shelter": 2.0,
        "City, Rent help": 0.5,
        "City, Outreach": 1.0,
    }


def test_bands_fill_the_bars_they_leave_and_reach(paid: pd.DataFrame) -> None:
    axes = area(drawn(paid))
    bars, bands = patches(axes, "bar"), patches(axes, "band")
    for name, bar in bars.items():
        left = [sides(band)[:2] for key, band in bands.items() if key.startswith(f"{name}, ")]
        right = [sides(band)[2:] for key, band in bands.items() if key.endswith(f", {name}")]
        pieces = sorted(left or right)
        assert max(top for top, _ in pieces) == pytest.approx(bar.get_y() + bar.get_height())
        assert min(bottom for _, bottom in pieces) == pytest.approx(bar.get_y())
        for (top, _), (_, bottom) in itertools.pairwise(pieces):
            assert top == pytest.approx(bottom)


def test_every_source_and_use_is_named_with_its_total(paid: pd.DataFrame) -> None:
    said = " ".join(text.get_text() for text in area(drawn(paid, unit="$")).texts)
    for words in ("State $5.0", "City $1.5", "Rent help $3.5", "Shelter $2.0", "Outreach $1.0"):
        assert words in said


def test_words_and_table_are_those_of_the_amounts(paid: pd.DataFrame) -> None:
    figure = drawn(paid, unit="million dollars")
    assert "6.5 million dollars in all." in figure.alt
    assert "Largest flow: State to Rent help, 3.0 million dollars." in figure.alt
    assert list(figure.table["Paid (million dollars)"]) == ["3.0", "2.0", "0.5", "1.0"]


def test_pointed_out_bands_are_dark_and_their_names_heavy(paid: pd.DataFrame) -> None:
    axes = area(drawn(paid, highlight="Rent help"))
    dark = {
        name
        for name, band in patches(axes, "band").items()
        if to_hex(band.get_facecolor()).upper() == BLUE
    }
    assert dark == {"State, Rent help", "City, Rent help"}
    heavy = [t.get_text() for t in axes.texts if "Bold" in str(t.get_fontproperties().get_file())]
    assert heavy == ["Rent help 3.5"]


def test_missing_and_zero_amounts_are_told_and_not_drawn(paid: pd.DataFrame) -> None:
    figure = drawn(paid.assign(paid=[3.0, math.nan, 0.0, 1.0]))
    assert set(patches(area(figure), "band")) == {"State, Rent help", "City, Outreach"}
    assert list(figure.table["Paid"]) == ["3.0", "too few to tell", "0.0", "1.0"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"paid": [-1.0, 2, 0.5, 1]}, "from State to Rent help is -1"),
        ({"paid": [math.inf, 2, 0.5, 1]}, "from State to Rent help is inf"),
        ({"paid": [0.0, 0, 0, 0]}, "Nothing flows"),
        ({"use": ["Rent help"] * 4}, "more than once"),
    ],
)
def test_amounts_that_can_not_flow_are_told_plainly(
    paid: pd.DataFrame, change: dict[str, Any], said: str
) -> None:
    with pytest.raises(PlaybookError, match=said):
        drawn(paid.assign(**change))


@pytest.mark.parametrize(("column", "said"), [("source", "9 sources"), ("use", "9 uses")])
def test_a_ninth_name_is_refused(column: str, said: str) -> None:
    nine = pd.DataFrame({"source": "One", "use": "All", "paid": 1.0}, index=range(9))
    nine[column] = [f"Name {number}" for number in range(9)]
    with pytest.raises(PlaybookError, match=said):
        drawn(nine)
