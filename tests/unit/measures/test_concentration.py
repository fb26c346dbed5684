"""Concentration: curves and indices agree with each other and with counts by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.errors import PlaybookError
from playbook.measures.concentration import (
    concentration_curve,
    fewest_holding,
    gini,
    herfindahl,
    lorenz_curve,
    top_share,
)

amounts = st.lists(st.integers(0, 500), min_size=2, max_size=30).filter(lambda list_: sum(list_))


def area_under(curve: pd.DataFrame) -> float:
    return float(np.trapezoid(curve["value_share"], curve["population_share"]))


@given(amounts)
def test_gini_is_twice_the_area_between_the_curve_and_the_diagonal(values: list[int]) -> None:
    assert gini(values) == pytest.approx(1 - 2 * area_under(lorenz_curve(values)), abs=1e-9)


@given(amounts, st.integers(2, 7))
def test_counting_everyone_several_times_changes_no_curve(values: list[int], times: int) -> None:
    assert gini(values * times) == pytest.approx(gini(values), abs=1e-9)
    assert herfindahl(values * times) == pytest.approx(herfindahl(values) / times)
    assert top_share(values * times) == pytest.approx(top_share(values), abs=1e-9)


@given(amounts)
def test_the_order_of_the_rows_changes_nothing(values: list[int]) -> None:
    shuffled = sorted(values)
    assert gini(shuffled) == pytest.approx(gini(values))
    assert fewest_holding(shuffled) == fewest_holding(values)
    assert top_share(shuffled, 0.3) == pytest.approx(top_share(values, 0.3))
    pd.testing.assert_frame_equal(lorenz_curve(shuffled), lorenz_curve(values))


@given(amounts, st.floats(0.05, 1))
def test_the_fewest_hold_enough_and_one_less_does_not(values: list[int], share: float) -> None:
    count = fewest_holding(values, share)
    held = np.sort(values)[::-1].cumsum() / sum(values)
    assert held[count - 1] >= share - 1e-8
    if count > 1:
        assert held[count - 2] < share


@given(amounts)
def test_bounds_of_the_indices(values: list[int]) -> None:
    units = len(values)
    assert -1e-12 <= gini(values) <= 1 - 1 / units + 1e-12
    assert 1 / units - 1e-12 <= herfindahl(values) <= 1 + 1e-12


def test_all_alike_and_one_with_everything() -> None:
    assert gini([3, 3, 3]) == pytest.approx(0)
    assert gini([0, 0, 9]) == pytest.approx(1 - 1 / 3)
    assert fewest_holding([3, 3, 3, 3]) == 2
    # 0.1 + 0.2 is a hair more than 0.3, and ten tenths a hair less than 1.
    assert fewest_holding([1] * 10, share=1) == 10
    assert top_share([0, 0, 9], share=1 / 3) == pytest.approx(1)


def test_the_top_ends_within_a_unit() -> None:
    # A tenth of four units is four tenths of the largest.
    assert top_share([1, 5, 2, 2], share=0.1) == pytest.approx(0.4 * 0.5)


def test_weights_line_units_up_by_what_each_person_has() -> None:
    # 60 in a place of 100 is less for each than 30 in a place of 10.
    curve = lorenz_curve([60, 30, 10], weights=[100, 10, 90])
    assert curve["population_share"].tolist() == pytest.approx([0, 0.45, 0.95, 1])
    assert curve["value_share"].tolist() == pytest.approx([0, 0.1, 0.7, 1])


def test_tied_places_join_whatever_their_order() -> None:
    one = concentration_curve([9, 1, 0], [100, 100, 100], [1, 1, 2])
    other = concentration_curve([1, 9, 0], [100, 100, 100], [1, 1, 2])
    pd.testing.assert_frame_equal(one, other)
    assert one["value_share"].tolist() == [0, 1, 1]


def test_the_curve_follows_the_order_given_not_the_values() -> None:
    first = concentration_curve([6, 2, 2], [100, 100, 100], [1, 2, 3])
    last = concentration_curve([6, 2, 2], [100, 100, 100], [3, 2, 1])
    assert area_under(first) > 0.5 > area_under(last)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, -2, 3], "found -2 in row 2"),
        ([1, float("nan")], "row 2"),
        ([0, 0], "nothing to share out"),
        ([], "nothing to share out"),
        (["many", 1], "found many"),
    ],
)
def test_amounts_that_make_no_sense_are_refused(values: list[object], expected: str) -> None:
    for measure in (gini, herfindahl, top_share, fewest_holding, lorenz_curve):
        with pytest.raises(PlaybookError, match=expected):
            measure(values)  # type: ignore[operator]


def test_other_refusals() -> None:
    with pytest.raises(PlaybookError, match="not between 0 and 1"):
        fewest_holding([1, 2], share=50)
    with pytest.raises(PlaybookError, match="not between 0 and 1"):
        top_share([1, 2], share=0)
    with pytest.raises(PlaybookError, match="found 0 in row 2"):
        lorenz_curve([1, 2], weights=[5, 0])
    with pytest.raises(PlaybookError, match="2 amounts, but 3"):
        concentration_curve([1, 2], [5, 5, 5], [1, 2])
    with pytest.raises(PlaybookError, match="2 amounts, but 1"):
        concentration_curve([1, 2], [5, 5], [1])
