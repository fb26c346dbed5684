"""A ratio of sums and how far other rows would have moved it."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.errors import PlaybookError
from playbook.measures.dollar_ratios import ratio_of_sums

rows = st.lists(st.tuples(st.floats(0, 1_000), st.floats(1, 1_000)), min_size=11, max_size=40).map(
    lambda pairs: np.array(pairs).T
)


@given(rows, st.floats(0.1, 10))
def test_the_unit_of_the_dollars_plays_no_part(pair, factor):
    part, whole = pair
    one, other = ratio_of_sums(part, whole), ratio_of_sums(factor * part, factor * whole)
    assert one.value == pytest.approx(other.value)
    assert one.low == pytest.approx(other.low)
    assert one.low <= one.value <= one.high


@given(rows)
def test_parts_that_are_the_same_share_of_each_row_leave_no_doubt(pair):
    _, whole = pair
    share = ratio_of_sums(0.3 * whole, whole)
    assert (share.value, share.low, share.high) == pytest.approx((0.3, 0.3, 0.3), abs=1e-6)


def test_it_is_not_the_average_of_each_rows_own_ratio():
    part, whole = [1] * 10 + [0], [1] * 10 + [990]
    assert ratio_of_sums(part, whole).value == pytest.approx(0.01)
    assert np.mean(np.divide(part, whole)) > 0.9


def draws(strata: bool):
    """Ranges of 300 samples of a skewed amount; and how many hold the truth."""
    random = np.random.default_rng(3)
    group = np.repeat([0, 1], 100)
    truth = 3 * 2 / (1 + 3)
    held, width = 0, 0.0
    for _ in range(300):
        whole = np.where(group == 0, 1.0, 3.0) * random.lognormal(0, 0.5, 200) / np.exp(0.125)
        part = np.where(group == 0, 0.0, 2.0) * whole
        found = ratio_of_sums(part, whole, group if strata else None)
        held += found.low <= truth <= found.high
        width += found.high - found.low
    return held, width


def test_strata_make_the_range_honest_and_narrow():
    held, width = draws(strata=True)
    assert 272 <= held <= 298
    _, wide = draws(strata=False)
    assert width < 0.9 * wide


def test_too_few_rows_have_a_value_and_no_range():
    found = ratio_of_sums([1] * 10, [2] * 10)
    assert found.value == 0.5
    assert math.isnan(found.low)
    assert math.isnan(found.high)
    assert "too few" in found.note
    # One row in a group says nothing about how much its rows differ.
    assert math.isnan(ratio_of_sums([1] * 12, [2] * 12, [0] * 11 + [1]).low)


@pytest.mark.parametrize(
    ("part", "whole", "strata", "what"),
    [
        ([1, 2], [1], None, "2 parts and 1 wholes"),
        ([1, 2], [0, 0], None, "adds up to 0"),
        ([1, float("nan")], [1, 2], None, "I need a number for a part"),
        ([1] * 11, [2] * 11, [0] * 10, "11 rows but 10 groups"),
    ],
)
def test_what_can_not_be_divided_is_refused(part, whole, strata, what):
    with pytest.raises(PlaybookError, match=what):
        ratio_of_sums(part, whole, strata)
