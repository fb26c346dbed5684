"""Odds, shares by feature, and whether a score tells what lasts."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.errors import PlaybookError
from playbook.measures.retention import area_under_curve, odds_ratio, survival_by_feature

counts = st.integers(0, 60)


@given(counts, counts, counts, counts)
def test_turning_the_table_around_turns_the_odds_around(a, b, c, d):
    one, other = odds_ratio(a, b, c, d), odds_ratio(c, d, a, b)
    if not one.known:
        assert a + b == 0 or c + d == 0
        return
    assert one.value * other.value == pytest.approx(1)
    assert one.low * other.high == pytest.approx(1)
    assert 0 < one.low < one.value < one.high


def test_a_count_of_0_still_has_odds_and_says_so():
    found = odds_ratio(10, 0, 5, 5)
    assert math.isfinite(found.high)
    assert "one half" in found.note
    assert found.value == pytest.approx(10.5 * 5.5 / (0.5 * 5.5))


def test_a_count_that_is_none_is_refused():
    for table in ((-1, 2, 3, 4), (1.5, 2, 3, 4)):
        with pytest.raises(PlaybookError, match="whole number from 0 up"):
            odds_ratio(*table)


def test_each_feature_is_counted_by_hand():
    lasted = [True, True, False, False, True, False]
    table = survival_by_feature(lasted, {"law": [True, True, True, False, False, False]}).iloc[0]
    assert (table["with"], table["without"]) == (3, 3)
    assert table["with_percent"] == pytest.approx(200 / 3)
    assert table["without_percent"] == pytest.approx(100 / 3)
    assert table["odds_ratio"] == pytest.approx(4)


def test_a_feature_that_all_have_tells_nothing():
    table = survival_by_feature([True] * 5 + [False] * 5, {"all": [True] * 10}).iloc[0]
    assert table["without"] == 0
    assert math.isnan(table["without_percent"])
    assert math.isnan(table["odds_ratio"])


def test_marks_that_do_not_fit_are_refused():
    with pytest.raises(PlaybookError, match="2 rows but 3 marks for law"):
        survival_by_feature([True, False], {"law": [True, False, True]})
    with pytest.raises(PlaybookError, match="True or False"):
        survival_by_feature([True, None], {"law": [True, False]})


scores = st.lists(st.tuples(st.integers(0, 20), st.booleans()), min_size=10, max_size=60)


@given(scores)
def test_the_area_turns_with_the_score_and_keeps_its_order(pairs):
    score, had = np.array([pair[0] for pair in pairs]), np.array([pair[1] for pair in pairs])
    one = area_under_curve(score, had)
    if not one.known:
        assert had.all() or not had.any()
        return
    assert area_under_curve(-score, had).value == pytest.approx(1 - one.value)
    assert area_under_curve(3 * score + 7, had).value == pytest.approx(one.value)
    if not math.isnan(one.low):
        assert 0 <= one.low <= one.value <= one.high <= 1


def test_the_range_holds_the_truth_about_95_times_in_100():
    random = np.random.default_rng(5)
    truth = 0.7602  # of two normal scores one standard deviation apart
    held = 0
    for _ in range(400):
        had = np.repeat([True, False], [37, 35])
        found = area_under_curve(random.normal(had * 1.0, 1), had)
        held += found.low <= truth <= found.high
    assert 364 <= held <= 394


def test_a_score_that_is_the_same_for_all_is_a_coin():
    assert area_under_curve([3] * 12, [True] * 6 + [False] * 6).value == 0.5


def test_too_few_and_perfect_orders_have_no_range():
    few = area_under_curve([1, 2, 3, 4, 5, 6], [False, False, True, True, True, True])
    assert few.value == 1
    assert math.isnan(few.low)
    assert "too few" in few.note
    perfect = area_under_curve(range(20), [False] * 10 + [True] * 10)
    assert math.isnan(perfect.high)
    assert "perfect" in perfect.note
    assert not area_under_curve([1, 2], [True, True]).known


def test_scores_and_outcomes_belong_together():
    with pytest.raises(PlaybookError, match="3 scores but 2 outcomes"):
        area_under_curve([1, 2, 3], [True, False])
