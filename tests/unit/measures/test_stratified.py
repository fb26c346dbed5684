"""Ratios within strata: what they must not depend on, when they are not known, and refusals."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.errors import PlaybookError
from playbook.measures.stratified import mantel_haenszel_ratio, share_explained


@st.composite
def strata(draw: st.DrawFn) -> tuple[np.ndarray, ...]:
    size = draw(st.integers(1, 5))
    people = st.lists(st.integers(50, 900), min_size=size, max_size=size)
    shares = st.lists(st.floats(0.1, 0.9), min_size=size, max_size=size)
    n_a, n_b = (np.array(draw(people)) for _ in range(2))
    a, b = (np.round(n * np.array(draw(shares))).astype(int) for n in (n_a, n_b))
    return a, n_a, b, n_b


@given(strata())
def test_swapping_the_groups_turns_the_ratio_over(parts: tuple[np.ndarray, ...]) -> None:
    a, n_a, b, n_b = parts
    one, other = mantel_haenszel_ratio(a, n_a, b, n_b), mantel_haenszel_ratio(b, n_b, a, n_a)
    assert one.value == pytest.approx(1 / other.value)
    assert one.low == pytest.approx(1 / other.high)
    assert one.low < one.value < one.high


@given(strata())
def test_it_lies_between_the_smallest_and_the_largest_ratio(parts: tuple[np.ndarray, ...]) -> None:
    a, n_a, b, n_b = parts
    ratios = (a / n_a) / (b / n_b)
    value = mantel_haenszel_ratio(a, n_a, b, n_b).value
    assert ratios.min() - 1e-9 <= value <= ratios.max() + 1e-9


@given(strata())
def test_one_stratum_gives_the_plain_ratio_and_nothing_is_explained(
    parts: tuple[np.ndarray, ...],
) -> None:
    a, n_a, b, n_b = (each[:1] for each in parts)
    plain = (a[0] / n_a[0]) / (b[0] / n_b[0])
    assert mantel_haenszel_ratio(a, n_a, b, n_b).value == pytest.approx(plain)
    explained = share_explained(a, n_a, b, n_b, draws=40)
    assert not explained.known or explained.value == pytest.approx(0, abs=1e-6)


def test_the_same_ratio_in_every_stratum_is_found_whatever_the_mix() -> None:
    b, n_b = np.array([72, 60, 50]), np.array([1000, 1000, 1000])
    a, n_a = np.array([720, 36, 10]), np.array([5000, 300, 100])
    assert mantel_haenszel_ratio(a, n_a, b, n_b).value == pytest.approx(2)


def test_a_gap_that_is_all_mix_is_explained_in_full() -> None:
    # In each stratum the groups are alike; group a has more people in the first.
    explained = share_explained([240, 10], [800, 100], [30, 80], [100, 800])
    assert explained.value == pytest.approx(100)


def test_income_that_hides_a_gap_explains_less_than_nothing() -> None:
    # Group a does worse in both strata, but most of it is in the better one.
    explained = share_explained([40, 180], [100, 900], [270, 15], [900, 100])
    assert explained.value > 100 or explained.value < 0


def test_the_range_covers_what_it_should_on_small_and_large_counts() -> None:
    a, n_a, b, n_b = [60, 30, 15], [400, 300, 200], [20, 24, 30], [260, 390, 600]
    small = share_explained(a, n_a, b, n_b)
    large = share_explained(*(np.array(each) * 25 for each in (a, n_a, b, n_b)))
    assert large.value == pytest.approx(small.value)
    assert (large.high - large.low) < (small.high - small.low) / 4
    assert small.low < small.value < small.high


@pytest.mark.gate
def test_the_interval_holds_the_true_ratio_19_times_of_20() -> None:
    random = np.random.default_rng(0)
    n_a, n_b = np.array([300, 150, 60]), np.array([150, 250, 500])
    share = np.array([0.072, 0.06, 0.05])
    held = 0
    for _ in range(2000):
        found = mantel_haenszel_ratio(
            random.binomial(n_a, 1.9 * share), n_a, random.binomial(n_b, share), n_b
        )
        held += found.low <= 1.9 <= found.high
    assert 0.94 <= held / 2000 <= 0.97


def test_a_stratum_with_one_group_only_adds_nothing() -> None:
    with_it = mantel_haenszel_ratio([30, 9], [100, 90], [20, 0], [200, 0])
    without = mantel_haenszel_ratio([30], [100], [20], [200])
    assert (with_it.value, with_it.low) == pytest.approx((without.value, without.low))


def test_an_empty_stratum_changes_nothing() -> None:
    parts = ([30, 20], [100, 200], [20, 30], [200, 400])
    empty = tuple([*each, 0] for each in parts)
    assert mantel_haenszel_ratio(*empty) == mantel_haenszel_ratio(*parts)
    assert share_explained(*empty).value == pytest.approx(share_explained(*parts).value)


def test_few_events_and_no_gap_are_too_few_to_tell() -> None:
    assert str(mantel_haenszel_ratio([4], [100], [40], [100])) == "too few to tell"
    assert not share_explained([4], [100], [40], [100]).known
    assert math.isnan(share_explained([40, 40], [100, 100], [40, 40], [100, 100]).value)


def test_the_same_seed_gives_the_same_range() -> None:
    parts = ([60, 30], [400, 300], [20, 24], [260, 390])
    assert share_explained(*parts) == share_explained(*parts)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (([5, 5], [9, 9], [5], [9]), "2, 2, 1, 1 rows"),
        (([], [], [], []), "at least one"),
        (([5], [4], [5], [9]), "5 events among only 4"),
        (([5], [9], [10], [9]), "10 events among only 9"),
        (([-1], [9], [5], [9]), "found -1"),
        (([1.5], [9], [5], [9]), "found 1.5"),
        (([None], [9], [5], [9]), "row 1"),
    ],
)
def test_counts_that_make_no_sense_are_refused(parts: tuple, expected: str) -> None:
    with pytest.raises(PlaybookError, match=expected):
        mantel_haenszel_ratio(*parts)
    with pytest.raises(PlaybookError, match=expected):
        share_explained(*parts)
