"""Parts of a bar are as long as the shares of the table, and can be read on their shade."""

import math
from typing import Any

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex

from playbook.errors import PlaybookError
from playbook.show.acceptability_bars import acceptability_bars
from playbook.show.figure import Figure
from playbook.show.style import contrast_ratio

FINDING = "Two options share the first places"


@pytest.fixture
def ranks() -> pd.DataFrame:
    shares = {"Rule": [0.6, 0.3, 0.1], "Centers": [0.38, 0.52, 0.1], "Trees": [0.02, 0.18, 0.8]}
    rows = [(name, at + 1, part) for name, parts in shares.items() for at, part in enumerate(parts)]
    return pd.DataFrame(rows, columns=["option", "rank", "share"])


def drawn(df: pd.DataFrame, **settings: Any) -> Figure:
    names = {"option": "option", "rank": "rank", "share": "share"}
    return acceptability_bars(df, finding=FINDING, **names, **settings)


def area(figure: Figure) -> Axes:
    return next(axes for axes in figure.draw().axes if axes.get_label() == "marks")


def by_label(axes: Axes) -> dict[str, Any]:
    return {str(p.get_label()): p for p in axes.patches if "," in str(p.get_label())}


def test_parts_are_as_long_as_the_shares_and_follow_one_another(ranks: pd.DataFrame) -> None:
    found = by_label(area(drawn(ranks)))
    starts = {name: round(bar.get_x(), 6) for name, bar in found.items()}
    longs = {name: round(bar.get_width(), 6) for name, bar in found.items()}
    assert [longs[f"Rule, {place}"] for place in ("1st", "2nd", "3rd")] == [60, 30, 10]
    assert [starts[f"Rule, {place}"] for place in ("1st", "2nd", "3rd")] == [0, 60, 90]
    assert longs["Trees, 1st"] == 2


def test_options_stand_in_the_order_of_the_table_from_the_top(ranks: pd.DataFrame) -> None:
    found = by_label(area(drawn(ranks)))
    heights = [found[f"{name}, 1st"].get_y() for name in ("Rule", "Centers", "Trees")]
    assert heights == sorted(heights, reverse=True)


def test_numbers_stand_on_parts_that_have_room_and_can_be_read(ranks: pd.DataFrame) -> None:
    axes = area(drawn(ranks))
    said = [text.get_text() for text in axes.texts]
    assert {"60%", "38%", "80%"} <= set(said)
    assert "2%" not in said
    for text in axes.texts:
        if not text.get_text().endswith("%"):
            continue
        x, y = text.xy
        (on,) = [
            patch
            for patch in by_label(axes).values()
            if patch.get_x() < x < patch.get_x() + patch.get_width()
            and patch.get_y() < y < patch.get_y() + patch.get_height()
        ]
        fill = to_hex(on.get_facecolor()).upper()
        assert contrast_ratio(fill, str(text.get_color())) >= 4.5


def test_better_ranks_are_darker(ranks: pd.DataFrame) -> None:
    found = by_label(area(drawn(ranks)))
    fills = [to_hex(found[f"Rule, {p}"].get_facecolor()).upper() for p in ("1st", "2nd", "3rd")]
    dark = [contrast_ratio(fill, "#FFFFFF") for fill in fills]
    assert dark == sorted(set(dark), reverse=True)


def test_ranks_from_the_fifth_on_are_drawn_as_one_and_stay_apart_in_the_table() -> None:
    rows = [("Rule", rank, 0.125) for rank in range(1, 9)]
    figure = drawn(pd.DataFrame(rows, columns=["option", "rank", "share"]))
    found = by_label(area(figure))
    assert set(found) == {f"Rule, {place}" for place in ("1st", "2nd", "3rd", "4th", "5th")}
    assert found["Rule, 5th"].get_width() == pytest.approx(50)
    assert figure.table.shape == (1, 9)
    page = next(axes for axes in figure.draw().axes if axes.get_label() == "page")
    assert "5th to 8th" in [text.get_text() for text in page.texts]


def test_a_rank_left_out_is_zero_and_rounded_shares_are_taken(ranks: pd.DataFrame) -> None:
    rounded = ranks.drop(index=6).assign(share=lambda df: df["share"].replace({0.8: 0.82}))
    table = drawn(rounded).table
    assert list(table.iloc[2]) == ["Trees", "0", "18", "82"]


def test_the_first_places_are_told_the_most_often_first(ranks: pd.DataFrame) -> None:
    assert "First: Rule 60%, Centers 38%. Trees 2%." in drawn(ranks.iloc[::-1]).alt


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("share", 0.4, "shares of Rule add up to 80.0%"),
        ("share", math.nan, "shares of Rule add up to too few"),
        ("share", 60.0, "between 0 and 1"),
        ("rank", 1.5, "values that are no ranks"),
        ("rank", 0.0, "values that are no ranks"),
        ("rank", 2.0, "more than once"),
    ],
)
def test_what_are_no_shares_of_ranks_is_refused(
    ranks: pd.DataFrame, column: str, value: float, said: str
) -> None:
    broken = ranks.astype({"rank": float})
    broken.loc[0, column] = value
    with pytest.raises(PlaybookError, match=said):
        drawn(broken)


def test_a_ninth_option_is_refused() -> None:
    nine = pd.DataFrame({"option": [f"Option {n}" for n in range(9)], "rank": 1, "share": 1.0})
    with pytest.raises(PlaybookError, match="There are 9 options"):
        drawn(nine)
