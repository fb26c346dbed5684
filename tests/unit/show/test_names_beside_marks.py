"""Names find a clear place beside their marks, and a line to them where they are far."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from playbook.errors import PlaybookError
from playbook.show.boxes import Box, along, around, beside, clear, clearest
from playbook.show.ends import EndName, Side, height_for, room_for, write_ends
from playbook.show.looks import LOOKS, at_most, looks_of
from playbook.show.names import Inches, distance_to, write_in
from playbook.show.scale import Scale
from playbook.show.ticks import even_places, spaced_words

UP = Scale(0.0, 10.0, (), 10.0)
PAGE: Box = (0.0, 0.0, 5.0, 5.0)


@pytest.fixture
def area() -> Axes:
    axes = Drawing(figsize=(6, 3)).add_axes((0.3, 0, 0.4, 1))
    axes.set(xlim=(0, 1), ylim=(0, 10))
    return axes


def test_names_stand_beside_a_point_without_touching_it() -> None:
    for left, low, right, high in beside((2.0, 2.0), (0.8, 0.2), 0.1):
        assert not (left < 2.0 < right and low < 2.0 < high)
        assert right - left == pytest.approx(0.8)
        assert high - low == pytest.approx(0.2)


def test_the_first_clear_place_is_taken_and_else_the_one_with_least_beneath() -> None:
    places: list[Box] = [(0, 0, 1, 1), (2, 2, 3, 3), (4, 4, 5, 5)]
    assert clearest(places, PAGE, []) == places[0]
    assert clearest(places, PAGE, around([(0.5, 0.5)], 0.1)) == places[1]
    crowd = around([(0.5, 0.5), (2.5, 2.5), (2.6, 2.6), (4.5, 4.5)], 0.1)
    assert clearest(places, PAGE, crowd) == places[0]
    # A name of another weighs more than any number of lines.
    assert clearest(places[:2], PAGE, around([(0.5, 0.5)], 0.1), crowd[1:3]) == places[1]


def test_places_outside_the_room_are_taken_only_when_there_is_no_other() -> None:
    outside, inside = (-1.0, 0.0, 0.5, 1.0), (2.0, 2.0, 3.0, 3.0)
    assert clearest([outside, inside], PAGE) == inside
    assert clearest([outside], PAGE) == outside


def test_boxes_that_only_touch_are_clear_of_each_other() -> None:
    assert clear([(0, 0, 1, 1)], [(1, 0, 2, 1)]) == [(0, 0, 1, 1)]
    assert clear([(0, 0, 1, 1)], [(0.99, 0, 2, 1)]) == []
    assert clear([], [(0, 0, 1, 1)]) == []


@given(st.floats(-3, 3), st.floats(-3, 3))
def test_a_walk_along_a_line_has_no_wide_steps(x: float, y: float) -> None:
    walk = [*along([(0.0, 0.0), (x, y)], 0.05), (x, y)]
    assert walk[0] == (0.0, 0.0)
    for (x1, y1), (x2, y2) in itertools.pairwise(walk):
        assert ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5 < 0.11


def test_a_far_name_is_tied_to_its_mark_and_a_near_one_only_if_asked(area: Axes) -> None:
    where = Inches(area)
    write_in(where, "Near", (0.1, 0.0, 0.5, 0.2), (0.0, 0.1))
    assert not area.lines
    write_in(where, "Far", (1.0, 0.0, 1.5, 0.2), (0.0, 0.1))
    assert area.lines[0].get_xydata().tolist() == [[0.0, 0.1], [1.0, 0.1]]
    write_in(where, "Asked", (0.1, 0.0, 0.5, 0.2), (0.0, 0.1), tied=True)
    assert len(area.lines) == 2
    assert distance_to((1, 1, 2, 2), [(0, 1.5), (9, 9)]) == 1


def test_end_names_keep_apart_stay_inside_and_are_tied_when_moved(area: Axes) -> None:
    ends = [EndName(f"Name {n}", 5.0 + n / 100, n == 1) for n in range(4)]
    write_ends(area, ends, Side(1.0, 0.4), UP, 3.0)
    levels = [text.xyann[1] for text in area.texts]
    assert levels == sorted(levels)
    assert min(b - a for a, b in itertools.pairwise(levels)) >= 13
    assert [line.get_label() for line in area.lines] == ["leader"] * 4
    alone = [EndName("Alone", 5.0)]
    write_ends(area, alone, Side(1.0, 0.4), UP, 3.0)
    assert len(area.lines) == 4


def test_end_names_to_the_left_end_at_the_area(area: Axes) -> None:
    write_ends(area, [EndName("Left", 5.0)], Side(0.0, 0.4, left=True), UP, 3.0)
    (text,) = area.texts
    assert text.get_horizontalalignment() == "right"
    assert text.xyann[0] < 0


def test_long_names_take_more_height_and_no_more_width() -> None:
    short, long = [EndName("Kiln", 0.0)], [EndName("A very long name of a neighborhood", 0.0)]
    assert height_for(long, 1.0) > 2 * height_for(short, 1.0)
    assert room_for(short, 1.0) < room_for(long, 1.0) <= 1.25


def test_eight_looks_differ_without_color() -> None:
    assert len({(series.marker, series.hollow) for series in LOOKS}) == 8
    assert len({series.shape for series in LOOKS}) == 8
    names = [f"Option {n}" for n in range(8)]
    assert len({series.shape for series in looks_of(names, {"Option 5"}).values()}) == 8


def test_the_limit_itself_is_allowed() -> None:
    at_most(["a", "b"], 2, "names", "Keep two.")
    with pytest.raises(PlaybookError, match=r"There are 3 names\. More than 2"):
        at_most(["a", "b", "c"], 2, "names", "Keep two.")


@given(st.lists(st.integers(0, 400), min_size=2, max_size=12, unique=True))
def test_the_last_word_stays_and_no_place_is_lost(days: list[int]) -> None:
    places = [float(day) for day in sorted(days)]
    words = spaced_words(places, [f"{place:g}" for place in places], places[-1] - places[0])
    assert len(words) == len(places)
    assert words[-1] == f"{places[-1]:g}"


@pytest.mark.parametrize("count", [1, 2, 12, 24, 36, 60, 120])
def test_words_of_periods_are_few_and_begin_with_the_first(count: int) -> None:
    places = even_places(count, 0.55)
    assert places[0] == 0
    assert len(places) <= 6
    assert len({b - a for a, b in itertools.pairwise(places)}) <= 1
