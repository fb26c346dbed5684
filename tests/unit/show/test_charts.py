"""What is drawn is what the table says; every rule of a chart can be broken."""

import math

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from playbook.errors import PlaybookError
from playbook.show.charts import bar, dots, small_multiples
from playbook.show.figure import Figure
from playbook.show.style import PALE, SERIES

FINDING = "Eastbank waits longest"


@pytest.fixture
def waits() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "district": ["Eastbank", "Foundry", "Midtown", "Highland"],
            "wait": [14.3, 12.9, math.nan, 10.8],
            "low": [13.1, 12.0, math.nan, 10.1],
            "high": [15.8, math.inf, math.nan, 11.6],
        }
    )


@pytest.fixture
def pairs() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "request": ["Pothole", "Pothole", "Graffiti", "Graffiti"],
            "fifth": ["Highest-poverty fifth", "Lowest-poverty fifth"] * 2,
            "days": [11.2, 8.4, 4.0, 3.1],
        }
    )


def area(drawing: Drawing, label: str = "marks") -> Axes:
    return next(axes for axes in drawing.axes if axes.get_label() == label)


def points(axes: Axes, start: str) -> list[tuple[float, float]]:
    found = [line for line in axes.lines if str(line.get_label()).startswith(start)]
    return [
        (float(x), float(y))
        for line in found
        for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)
        if not math.isnan(x)
    ]


def words(axes: Axes) -> list[str]:
    return [text.get_text() for text in axes.texts]


def ranged(waits: pd.DataFrame) -> Figure:
    return dots(waits, y="district", x="wait", low="low", high="high", unit="days", finding=FINDING)


def test_dots_stand_at_the_values_of_the_table_in_its_order(waits: pd.DataFrame) -> None:
    axes = area(ranged(waits).draw())
    assert points(axes, "dots") == [(14.3, 0), (12.9, 1), (10.8, 3)]
    assert axes.yaxis_inverted()


def test_range_lines_end_where_the_table_says_and_open_ones_at_an_arrow(
    waits: pd.DataFrame,
) -> None:
    axes = area(ranged(waits).draw())
    ends = points(axes, "ranges")
    assert ends[:2] == [(13.1, 0), (15.8, 0)]
    assert ends[4:] == [(10.1, 3), (11.6, 3)]
    (arrow,) = points(axes, "open")
    assert ends[2:4] == [(12.0, 1), arrow]
    assert arrow[0] > 15.8


def test_every_value_is_written_beside_its_mark(waits: pd.DataFrame) -> None:
    said = words(area(ranged(waits).draw()))
    assert [said.count(word) for word in ("14.3", "12.9", "10.8", "too few to tell")] == [1] * 4


def test_words_and_table_say_open_ranges_and_missing_values(waits: pd.DataFrame) -> None:
    table = ranged(waits).table
    assert list(table["Wait (days)"]) == ["14.3", "12.9", "too few to tell", "10.8"]
    assert list(table["Range"]) == ["13.1 to 15.8", "12.0 or more", "", "10.1 to 11.6"]
    assert "1 of 4 too few to tell" in ranged(waits).alt


def test_value_not_reached_reads_at_least(waits: pd.DataFrame) -> None:
    waits.loc[0, ["wait", "low", "high"]] = [math.inf, 13.1, math.inf]
    figure = ranged(waits)
    assert figure.table["Wait (days)"][0] == "13.1 or more"
    assert "13.1 or more" in words(area(figure.draw()))
    assert "1 of 4 not reached yet" in figure.alt
    assert (14.3, 0.0) not in points(area(figure.draw()), "dots")


def test_no_mark_or_label_leaves_the_page(waits: pd.DataFrame) -> None:
    waits["district"] = [f"A very long name of a neighborhood number {place}" for place in range(4)]
    drawing = ranged(waits).draw()
    drawing.draw_without_rendering()
    width = drawing.get_figwidth() * drawing.dpi
    for axes in drawing.axes:
        for text in axes.texts:
            box = text.get_window_extent()
            assert box.x0 >= 0, text.get_text()
            assert box.x1 <= width, text.get_text()


def test_groups_differ_by_color_and_shape_and_are_named(pairs: pd.DataFrame) -> None:
    figure = dots(pairs, y="request", x="days", group="fifth", unit="days", finding=FINDING)
    drawing = figure.draw()
    first, second = (line for line in area(drawing).lines if "dots" in str(line.get_label()))
    assert first.get_color() == SERIES[0].color != second.get_color()
    assert first.get_marker() != second.get_marker()
    assert [x for x, _ in points(area(drawing), f"dots, {SERIES[1].shape}")] == [8.4, 3.1]
    assert {"Highest-poverty fifth", "Lowest-poverty fifth"} <= set(words(area(drawing, "page")))
    assert "hollow diamond" in figure.caption
    assert "Higher in 2 of 2 rows: Highest-poverty fifth." in figure.alt
    assert "Widest gap: Pothole, 11.2 against 8.4 days." in figure.alt


def test_highlight_differs_without_color(waits: pd.DataFrame) -> None:
    figure = dots(waits, y="district", x="wait", finding=FINDING, highlight="Eastbank")
    found = [line for line in area(figure.draw()).lines if "dots" in str(line.get_label())]
    assert len({line.get_markerfacecolor() for line in found}) == 2
    assert {str(line.get_label()) for line in found} == {
        "dots, filled circle",
        "dots, hollow circle",
    }


def test_scale_far_from_zero_is_said(waits: pd.DataFrame) -> None:
    assert "does not start at zero" in ranged(waits).caption
    waits.loc[3, ["wait", "low", "high"]] = [1.0, 0.5, 2.0]
    assert "does not start at zero" not in ranged(waits).caption
    assert area(ranged(waits).draw()).get_xlim()[0] == 0


def ranking(rows: int) -> pd.DataFrame:
    return pd.DataFrame({"name": [f"Place {n}" for n in range(rows)], "wait": range(rows, 0, -1)})


@pytest.mark.parametrize("rows", [6, 20, 21, 64, 70])
def test_rows_of_any_number_stay_apart_at_their_type_size(rows: int) -> None:
    drawing = dots(ranking(rows), y="name", x="wait", finding=FINDING).draw()
    axes = area(drawing)
    height = axes.get_position().height * drawing.get_figheight() / rows
    size = max(text.get_fontsize() for text in area(drawing, "page").texts[1:])
    assert height * 72 >= 1.15 * size
    assert len(points(axes, "dots")) == rows


def test_long_ranking_labels_its_ends_and_highlights_only() -> None:
    figure = dots(ranking(64), y="name", x="wait", finding=FINDING, highlight="Place 9", decimals=0)
    said = words(area(figure.draw()))
    assert {"64", "55", "1"} <= set(said)
    assert "63" not in said
    assert len(figure.table) == 64


def test_bars_are_as_long_as_the_table_says_and_start_at_zero(waits: pd.DataFrame) -> None:
    figure = bar(waits, y="district", x="wait", finding=FINDING, highlight="Foundry")
    axes = area(figure.draw())
    bars = {patch.get_label(): patch for patch in axes.patches}
    assert {str(name): patch.get_width() for name, patch in bars.items()} == {
        "bar, Eastbank": 14.3,
        "bar, Foundry": 12.9,
        "bar, Highland": 10.8,
    }
    assert {patch.get_x() for patch in axes.patches} == {0}
    assert "too few to tell" in words(axes)
    assert axes.get_xlim()[0] == 0


def test_bars_stand_when_their_names_fit_beneath() -> None:
    years = pd.DataFrame({"year": [2022, 2023, 2024], "requests": [60200, 61000, 64012]})
    figure = bar(years, x="year", y="requests", finding="Requests grow", decimals=0)
    heights = [patch.get_height() for patch in area(figure.draw()).patches]
    assert heights == [60200, 61000, 64012]
    assert list(figure.table["Year"]) == ["2022", "2023", "2024"]
    long = years.assign(year=[f"The long name of year {year}" for year in years["year"]])
    lying = area(bar(long, x="year", y="requests", finding="Requests grow").draw())
    assert [patch.get_width() for patch in lying.patches] == [60200, 61000, 64012]


def test_other_bars_turn_pale_with_an_edge(waits: pd.DataFrame) -> None:
    import matplotlib.colors as colors

    axes = area(bar(waits, y="district", x="wait", finding=FINDING, highlight="Foundry").draw())
    pale = [patch for patch in axes.patches if colors.to_hex(patch.get_facecolor()) == PALE.lower()]
    assert [str(patch.get_label()) for patch in pale] == ["bar, Eastbank", "bar, Highland"]


def test_bars_refuse_a_value_without_end(waits: pd.DataFrame) -> None:
    waits.loc[1, "wait"] = math.inf
    with pytest.raises(PlaybookError, match=r"Foundry has no end[\s\S]*pb\.dots"):
        bar(waits, y="district", x="wait", finding=FINDING)


def test_negative_bars_run_left_of_zero() -> None:
    change = pd.DataFrame({"district": ["Eastbank", "Highland"], "change": [-2.0, 3.0]})
    axes = area(bar(change, y="district", x="change", finding=FINDING).draw())
    assert [patch.get_width() for patch in axes.patches] == [-2, 3]
    assert axes.get_xlim()[0] <= -2


def test_panels_share_one_scale_and_hold_their_own_rows(pairs: pd.DataFrame) -> None:
    figure = small_multiples(
        pairs, facet="request", y="fifth", x="days", unit="days", finding=FINDING
    )
    drawing = figure.draw()
    potholes, graffiti = area(drawing, "marks, Pothole"), area(drawing, "marks, Graffiti")
    assert potholes.get_xlim() == graffiti.get_xlim()
    assert points(potholes, "dots") == [(11.2, 0), (8.4, 1)]
    assert points(graffiti, "dots") == [(4.0, 0), (3.1, 1)]
    assert list(figure.table.columns) == ["Request", "Fifth", "Days"]
    assert {"Pothole", "Graffiti"} <= set(words(area(drawing, "page")))


def test_nothing_given_is_changed(waits: pd.DataFrame) -> None:
    before = waits.copy()
    ranged(waits).html()
    pd.testing.assert_frame_equal(waits, before)


def test_missing_column_names_the_columns_and_the_nearest(waits: pd.DataFrame) -> None:
    with pytest.raises(PlaybookError) as problem:
        dots(waits, y="District", x="wait", finding=FINDING)
    assert "I can't find a column called District." in str(problem.value)
    assert "district, wait, low, high" in str(problem.value)
    assert 'write y="district"' in str(problem.value)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"wait": ["about 14", 1, 2, 3]}, 'words where numbers go, such as "about 14"'),
        ({"district": ["Eastbank"] * 4}, "Eastbank is in this table more than once"),
    ],
)
def test_tables_that_can_not_be_drawn_are_told_plainly(
    waits: pd.DataFrame, change: dict[str, list[object]], said: str
) -> None:
    with pytest.raises(PlaybookError, match=said):
        dots(waits.assign(**change), y="district", x="wait", finding=FINDING)


def test_blank_pictures_are_refused(waits: pd.DataFrame) -> None:
    with pytest.raises(PlaybookError, match="no rows to draw"):
        dots(waits.iloc[:0], y="district", x="wait", finding=FINDING)


def test_all_unknown_still_says_so(waits: pd.DataFrame) -> None:
    figure = ranged(waits.assign(wait=math.nan))
    assert "No value can be told in any of 4 rows." in figure.alt
    assert words(area(figure.draw())).count("too few to tell") == 4


def test_more_rows_or_groups_than_can_be_told_apart_are_refused() -> None:
    with pytest.raises(PlaybookError, match="81 rows"):
        dots(ranking(81), y="name", x="wait", finding=FINDING)
    with pytest.raises(PlaybookError, match="5 groups"):
        dots(
            ranking(5).assign(kind=list("abcde")), y="name", x="wait", group="kind", finding=FINDING
        )


def test_unknown_highlight_offers_the_nearest(waits: pd.DataFrame) -> None:
    with pytest.raises(PlaybookError, match='highlight="Eastbank"'):
        dots(waits, y="district", x="wait", finding=FINDING, highlight="Eastbnk")


@pytest.mark.parametrize("finding", ["", "   ", "x" * 141])
def test_finding_must_be_a_title(waits: pd.DataFrame, finding: str) -> None:
    with pytest.raises(PlaybookError, match="finding"):
        dots(waits, y="district", x="wait", finding=finding)


def test_dollar_signs_and_unknown_letters_are_drawn_as_they_are(waits: pd.DataFrame) -> None:
    waits["district"] = ["$5 to $10", "Rue d'Été", "東町", "<script>"]
    figure = dots(waits, y="district", x="wait", unit="$", finding="Costs $5, not $10")
    assert b"<svg" in figure.svg
    assert "東町" in str(figure)
    assert "$14.3" in words(area(figure.draw()))


def test_headings_above_rows_and_marks_are_whole(pairs: pd.DataFrame) -> None:
    short = pairs.rename(columns={"request": "request_type"}).replace({"Pothole": "A"})
    figure = dots(short, y="request_type", x="days", group="fifth", finding=FINDING, unit="hours")
    assert {"Request type", "Days (hours)"} <= set(words(area(figure.draw(), "page")))
