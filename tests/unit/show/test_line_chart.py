"""Lines run where the table says, are told apart without color, and carry their names."""

import math

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.lines import Line2D

from playbook.errors import PlaybookError
from playbook.show.figure import Figure
from playbook.show.line_chart import lines
from playbook.show.line_drawing import year_ticks
from playbook.show.plane import apart
from playbook.show.style import GRAY, SERIES

FINDING = "Every fifth went down, and the gap is still there"
FIFTHS = [
    "Highest-poverty fifth",
    "Second fifth",
    "Middle fifth",
    "Fourth fifth",
    "Lowest-poverty fifth",
]


@pytest.fixture
def visits() -> pd.DataFrame:
    rows = [
        (year, fifth, 60.0 - 9 * place - (year - 2016))
        for place, fifth in enumerate(FIFTHS)
        for year in range(2016, 2026)
    ]
    table = pd.DataFrame(rows, columns=["year", "fifth", "rate"])
    return table.assign(low=table["rate"] - 2, high=table["rate"] + 2)


def drawn(df: pd.DataFrame, **settings: object) -> Figure:
    settings = {"unit": "per 10,000", "finding": FINDING} | settings
    return lines(df, x="year", y="rate", group="fifth", **settings)


def area(drawing: Drawing) -> Axes:
    return next(axes for axes in drawing.axes if axes.get_label() == "marks")


def line_of(axes: Axes, name: str) -> Line2D:
    return next(line for line in axes.lines if line.get_label() == f"line, {name}")


def test_lines_run_through_the_values_of_the_table(visits: pd.DataFrame) -> None:
    figure = drawn(visits.sample(frac=1, random_state=2))
    axes = area(figure.draw())
    for fifth, own in visits.groupby("fifth"):
        line = line_of(axes, str(fifth))
        assert list(line.get_xdata()) == list(own["year"])
        assert list(line.get_ydata()) == list(own["rate"])
        assert list(figure.table[f"{fifth} (per 10,000)"]) == [f"{v:.1f}" for v in own["rate"]]
    assert list(figure.table["Year"]) == [str(year) for year in range(2016, 2026)]


def test_bands_reach_from_low_to_high(visits: pd.DataFrame) -> None:
    two = visits[visits["fifth"].isin([FIFTHS[0], FIFTHS[4]])]
    figure = drawn(two, low="low", high="high")
    bands = {str(band.get_label()): band for band in area(figure.draw()).collections}
    assert set(bands) == {f"band, {FIFTHS[0]}", f"band, {FIFTHS[4]}"}
    corners = {tuple(point) for point in bands[f"band, {FIFTHS[0]}"].get_paths()[0].vertices}
    assert {(2016, 58), (2016, 62), (2025, 49), (2025, 53)} <= corners
    assert figure.table.iloc[0, 1] == "60.0 (58.0 to 62.0)"
    assert "Bands are ranges." in figure.caption
    assert not area(drawn(two).draw()).collections


def test_five_lines_differ_without_color_and_each_is_named(visits: pd.DataFrame) -> None:
    figure = drawn(visits)
    axes = area(figure.draw())
    shown = [line_of(axes, fifth) for fifth in FIFTHS]
    looks = {(line.get_marker(), line.get_markerfacecolor() == "#FFFFFF") for line in shown}
    assert len(looks) == 5
    colors = [line.get_color() for line in shown]
    assert colors == [SERIES[0].color, GRAY, GRAY, GRAY, SERIES[1].color]
    said = " ".join(text.get_text() for text in axes.texts)
    for fifth in FIFTHS:
        assert fifth in said
    for last in ("51.0", "42.0", "33.0", "24.0", "15.0"):
        assert last in said


def test_highlighted_lines_take_the_first_looks_and_heavier_type(visits: pd.DataFrame) -> None:
    axes = area(drawn(visits, highlight=["Middle fifth", "Fourth fifth"]).draw())
    assert line_of(axes, "Middle fifth").get_color() == SERIES[0].color
    assert line_of(axes, "Fourth fifth").get_color() == SERIES[1].color
    gray = [line for line in axes.lines if line.get_color() == GRAY]
    assert {line.get_label() for line in gray} == {
        f"line, {fifth}" for fifth in (FIFTHS[0], FIFTHS[1], FIFTHS[4])
    }
    assert min(line_of(axes, name).get_linewidth() for name in ("Middle fifth", "Fourth fifth")) > (
        max(line.get_linewidth() for line in gray)
    )
    heavy = [t.get_text() for t in axes.texts if "Bold" in str(t.get_fontproperties().get_file())]
    assert " ".join(heavy) == "Middle fifth 33.0 Fourth fifth 24.0"


def test_up_to_four_lines_all_keep_their_colors(visits: pd.DataFrame) -> None:
    axes = area(drawn(visits[visits["fifth"] != "Middle fifth"]).draw())
    shown = [line for line in axes.lines if str(line.get_label()).startswith("line, ")]
    assert {line.get_color() for line in shown} == {series.color for series in SERIES}


@pytest.mark.parametrize("spread", [9.0, 1.0, 0.0])
def test_names_neither_touch_nor_leave_the_page(visits: pd.DataFrame, spread: float) -> None:
    close = visits.assign(rate=[1.0 + spread * FIFTHS.index(fifth) for fifth in visits["fifth"]])
    drawing = drawn(close).draw()
    drawing.draw_without_rendering()
    texts = [text for axes in drawing.axes for text in axes.texts]
    boxes = [text.get_window_extent() for text in texts]
    width, height = drawing.get_figwidth() * drawing.dpi, drawing.get_figheight() * drawing.dpi
    for text, box in zip(texts, boxes, strict=True):
        assert box.x0 >= 0, text.get_text()
        assert box.x1 <= width, text.get_text()
        assert box.y0 >= 0, text.get_text()
        assert box.y1 <= height, text.get_text()
    for place, box in enumerate(boxes):
        for other in boxes[place + 1 :]:
            assert not box.overlaps(other)


def test_type_can_be_read_at_320_pixels(visits: pd.DataFrame) -> None:
    drawing = drawn(visits).draw()
    shrunk = 320 / (drawing.get_figwidth() * 96)
    names = [text.get_fontsize() for text in area(drawing).texts if "fifth" in text.get_text()]
    assert min(names) * 96 / 72 * shrunk >= 8
    assert min(text.get_fontsize() for axes in drawing.axes for text in axes.texts) >= 10


@pytest.mark.parametrize("whole", [True, False])
def test_missing_value_or_year_leaves_a_gap_and_is_said(visits: pd.DataFrame, whole: bool) -> None:
    lost = (visits["fifth"] == FIFTHS[0]) & (visits["year"] == 2020)
    broken = visits[~lost] if whole else visits.assign(rate=visits["rate"].mask(lost))
    figure = drawn(broken)
    values = line_of(area(figure.draw()), FIFTHS[0]).get_ydata()
    assert [math.isnan(value) for value in values].index(True) == 4
    assert figure.table.iloc[4, 1] == "too few to tell"
    assert "Where a line has a gap" in figure.caption


def test_words_follow_the_pointed_out_lines_from_first_to_last(visits: pd.DataFrame) -> None:
    alt = drawn(visits, highlight=FIFTHS[4]).alt
    assert alt.startswith(f"Line chart: {FINDING}. Lowest-poverty fifth: 24.0 in 2016, 15.0 per ")
    assert 40 <= len(alt) <= 220
    nothing = drawn(visits.assign(rate=math.nan)).alt
    assert "too few to tell" in nothing


def test_scale_starts_at_zero_unless_values_are_far_from_it(visits: pd.DataFrame) -> None:
    assert area(drawn(visits).draw()).get_ylim()[0] == 0
    assert "does not start at zero" not in drawn(visits).caption
    far = drawn(visits.assign(rate=visits["rate"] / 100 + 70))
    assert area(far.draw()).get_ylim()[0] > 0
    assert "does not start at zero" in far.caption


def test_years_read_as_years(visits: pd.DataFrame) -> None:
    figure = drawn(visits.astype({"year": float}))
    assert next(iter(figure.table["Year"])) == "2016"
    said = [text.get_text() for text in area(figure.draw()).texts]
    assert {"2016", "2025"} <= set(said)


@pytest.mark.parametrize("years", [range(2016, 2026), range(2020, 2026), [2014, 2025], [2025]])
def test_year_ticks_are_few_and_end_with_the_last(years: list[int]) -> None:
    ticks = year_ticks(list(years))
    assert 1 <= len(ticks) <= 7
    assert ticks[-1] == years[-1]
    assert ticks[0] >= years[0]


@pytest.mark.parametrize(
    ("wanted", "room"), [([0.0, 0.0, 0.0], 3.0), ([3, 3, 3], 3.0), ([0, 1.5, 3], 3.0)]
)
def test_labels_moved_apart_stay_in_order_and_in_their_room(
    wanted: list[float], room: float
) -> None:
    moved = apart(wanted, [0.5, 0.7, 0.5], room)
    assert moved == sorted(moved)
    assert moved[0] >= 0.25
    assert moved[-1] <= room - 0.25
    assert moved[1] - moved[0] >= 0.6 - 1e-4
    assert moved[2] - moved[1] >= 0.6 - 1e-4


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"year": ["last year"] * 50}, "words where numbers go"),
        ({"year": [math.nan] * 50}, "rows without a year"),
        ({"year": [2016] * 50}, "more than once"),
        ({"rate": [math.inf] * 50}, "Highest-poverty fifth in 2016 has no known end"),
        ({"fifth": [f"Group {n % 6}" for n in range(50)], "year": range(50)}, "6 groups"),
    ],
)
def test_tables_that_can_not_be_drawn_are_told_plainly(
    visits: pd.DataFrame, change: dict[str, list[object]], said: str
) -> None:
    with pytest.raises(PlaybookError, match=said):
        drawn(visits.assign(**change))


def test_nothing_given_is_changed(visits: pd.DataFrame) -> None:
    before = visits.copy()
    drawn(visits, low="low", high="high").html()
    pd.testing.assert_frame_equal(visits, before)
