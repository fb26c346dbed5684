"""Measures without an order of groups, and what could be avoided: identities and edges."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.errors import PlaybookError
from playbook.measures.attributable import attributable_fraction, attributable_risk
from playbook.measures.disparity import (
    between_group_variance,
    between_group_variance_error,
    index_of_disparity,
    mean_difference,
    mean_log_deviation,
    theil,
)

Groups = tuple[np.ndarray, np.ndarray]

BURDEN, PEOPLE = [40, 30, 30, 10], [500, 250, 1_000, 250]
RELATIVE = [
    theil,
    mean_log_deviation,
    index_of_disparity,
    lambda y, n: index_of_disparity(y, n, weighted=True),
    lambda y, n: index_of_disparity(y, n, "best"),
    lambda y, n: index_of_disparity(y, n, "best", better="higher"),
    attributable_fraction,
    lambda y, n: attributable_fraction(y, n, "best", "higher"),
]
ABSOLUTE = [
    between_group_variance,
    attributable_risk,
    lambda y, n: attributable_risk(y, n, "best", "higher"),
    lambda y, n: mean_difference(y, float(np.average(y, weights=n)), n),
]


@st.composite
def groups(draw: st.DrawFn) -> Groups:
    size = draw(st.integers(2, 8))
    rates = st.lists(st.floats(0.1, 500), min_size=size, max_size=size)
    people = st.lists(st.integers(1, 90_000), min_size=size, max_size=size)
    return np.array(draw(rates)), np.array(draw(people), dtype=float)


def near(value: float) -> object:
    return pytest.approx(value, rel=1e-6, abs=1e-6)


@given(groups(), st.floats(0.01, 100))
def test_scaling_leaves_relative_measures(both: Groups, factor: float) -> None:
    rates, people = both
    for measure in RELATIVE:
        assert measure(factor * rates, people) == near(measure(rates, people))
    variance = between_group_variance(rates, people)
    assert between_group_variance(factor * rates, people) == near(factor**2 * variance)


@given(groups(), st.floats(0, 1000))
def test_adding_a_constant_leaves_absolute_measures(both: Groups, more: float) -> None:
    rates, people = both
    for measure in ABSOLUTE:
        assert measure(rates + more, people) == near(measure(rates, people))


@given(groups(), st.floats(0.001, 1000))
def test_only_proportions_of_residents_matter(both: Groups, scale: float) -> None:
    rates, people = both
    for measure in (*RELATIVE, *ABSOLUTE):
        assert measure(rates, scale * people) == near(measure(rates, people))


@given(groups(), st.floats(0.01, 500))
def test_equal_rates_are_no_inequality(both: Groups, one: float) -> None:
    rates = np.full(len(both[1]), one)
    for measure in (*RELATIVE, *ABSOLUTE):
        assert measure(rates, both[1]) == near(0)


@given(groups())
def test_nothing_is_below_0(both: Groups) -> None:
    for measure in (*RELATIVE, *ABSOLUTE):
        assert measure(*both) >= 0


@given(groups(), st.randoms(use_true_random=False))
def test_the_order_of_groups_does_not_matter(both: Groups, random) -> None:
    rates, people = both
    order = list(range(len(rates)))
    random.shuffle(order)
    ordered = (attributable_fraction, attributable_risk)
    for measure in (*RELATIVE, *ABSOLUTE):
        if measure not in ordered:
            assert measure(rates[order], people[order]) == near(measure(rates, people))


@given(groups(), st.data())
def test_splitting_a_group_in_two_equal_ones_changes_nothing(
    both: Groups, data: st.DataObject
) -> None:
    rates, people = both
    at = data.draw(st.integers(0, len(rates) - 1))
    finer_people = np.insert(people, at, people[at] / 2)
    finer_people[at + 1] /= 2
    finer = np.insert(rates, at, rates[at]), finer_people
    for measure in (theil, mean_log_deviation, between_group_variance, RELATIVE[3]):
        assert measure(*finer) == near(measure(*both))


@given(groups())
def test_theil_and_mean_log_deviation_turn_into_each_other(both: Groups) -> None:
    # Seen from the cases instead of the residents, one is the other.
    rates, people = both
    assert theil(rates, people) == near(mean_log_deviation(1 / rates, rates * people))


def test_by_hand() -> None:
    # Overall (20 + 7.5 + 30 + 2.5) / 2 = 30 per 10,000.
    assert mean_difference(BURDEN, 30) == pytest.approx(7.5)
    assert mean_difference(BURDEN, 30, PEOPLE) == pytest.approx(0.25 * 10 + 0.125 * 20)
    assert between_group_variance(BURDEN, PEOPLE) == pytest.approx(0.25 * 100 + 0.125 * 400)
    logs = 0.25 * 4 / 3 * math.log(4 / 3) + 0.125 / 3 * math.log(1 / 3)
    assert theil(BURDEN, PEOPLE) == pytest.approx(logs)
    logs = 0.25 * math.log(4 / 3) + 0.125 * math.log(1 / 3)
    assert mean_log_deviation(BURDEN, PEOPLE) == pytest.approx(-logs)


def test_the_two_official_indices_of_disparity_differ() -> None:
    assert index_of_disparity(BURDEN, PEOPLE) == pytest.approx(25)
    assert index_of_disparity(BURDEN, PEOPLE, weighted=True) == pytest.approx(100 / 6)
    # The best group doesn't count: (30 + 20 + 20) / 3 beside 10, not / 4.
    assert index_of_disparity(BURDEN, PEOPLE, "best") == pytest.approx(700 / 3)
    assert index_of_disparity(BURDEN, reference="best") == pytest.approx(700 / 3)
    # Where more is better, the best is 40.
    reached = index_of_disparity(BURDEN, PEOPLE, "best", better="higher")
    assert reached == pytest.approx(100 * 50 / 3 / 40)
    # Without residents each group counts the same in the average too: 27.5.
    assert index_of_disparity(BURDEN) == pytest.approx(100 * (12.5 + 2.5 + 2.5 + 17.5) / 4 / 27.5)


def test_a_rate_of_0() -> None:
    rates, people = [40, 20, 0], [1, 1, 2]
    # The group adds nothing to Theil's sum; the logarithm of 0 has no end.
    both = 0.25 * 40 / 15 * math.log(40 / 15) + 0.25 * 20 / 15 * math.log(20 / 15)
    assert theil(rates, people) == pytest.approx(both)
    assert mean_log_deviation(rates, people) == math.inf
    assert index_of_disparity(rates, people, "best") == math.inf
    assert index_of_disparity(rates, people) > 0
    assert attributable_fraction(rates, people) == 100


def test_all_rates_0() -> None:
    for measure in RELATIVE:
        assert math.isnan(measure([0, 0], [1, 2]))
    for measure in ABSOLUTE:
        assert measure([0, 0], [1, 2]) == 0


def test_what_could_be_avoided() -> None:
    assert attributable_risk(BURDEN, PEOPLE) == pytest.approx(20)
    assert attributable_fraction(BURDEN, PEOPLE) == pytest.approx(100 * 20 / 30)
    # A service that should reach all: 30 of 100 are reached, 40 in the best group.
    assert attributable_risk(BURDEN, PEOPLE, "best", "higher") == pytest.approx(10)
    assert attributable_fraction(BURDEN, PEOPLE, "best", "higher") == pytest.approx(100 / 3)


def test_with_a_reference_worse_than_the_average_nothing_could_be_avoided() -> None:
    back = BURDEN[::-1], PEOPLE[::-1]
    assert attributable_risk(*back) == 0
    assert attributable_fraction(*back) == 0
    # The best group is still better.
    assert attributable_risk(*back, reference="best") == pytest.approx(20)
    assert attributable_risk(BURDEN, PEOPLE, better="higher") == 0


def test_the_standard_error_is_the_spread_of_repeated_draws() -> None:
    rng = np.random.default_rng(93)
    rates, people = np.array([61.0, 74, 58, 84]), np.array([800.0, 900, 1_500, 400])
    errors = np.array([3.0, 4, 2, 5])
    drawn = rng.normal(rates, errors, (40_000, 4))
    spread = np.std([between_group_variance(one, people) for one in drawn])
    assert between_group_variance_error(rates, people, errors) == pytest.approx(spread, rel=0.02)
    assert between_group_variance_error(rates, people, [0, 0, 0, 0]) == 0


@pytest.mark.parametrize("measure", [*RELATIVE, *ABSOLUTE[:3]])
@pytest.mark.parametrize(
    ("rates", "people", "seen"),
    [
        ([4], [100], "I found 1"),
        ([4, 5], [100, 0], "0 people"),
        ([4, -5], [1, 2], "-5"),
        ([math.nan, 5], [1, 2], "nan"),
        ([4, 5, 6], [1, 2], "3 rates but 2 populations"),
    ],
)
def test_refusals(measure, rates, people, seen: str) -> None:
    with pytest.raises(PlaybookError, match=seen):
        measure(rates, people)


@pytest.mark.parametrize(
    ("compute", "seen"),
    [
        (lambda: mean_difference([1, 2], math.nan), "nan"),
        (lambda: mean_difference([1, -2], 1), "-2"),
        (lambda: mean_difference([1, 2], 1, [1, 2, 3]), "2 rates but 3"),
        (lambda: between_group_variance_error([1, 2], [1, 2], [1, -0.5]), "-0.5"),
        (lambda: index_of_disparity([1, 2], [1, 2], "median"), "median"),
        (lambda: index_of_disparity([1, 2], [1, 2], "best", weighted=True), "with weights"),
        (lambda: index_of_disparity([1, 2], [1, 2], "best", better="more"), "more"),
        (lambda: attributable_risk([1, 2], [1, 2], "first"), "first"),
        (lambda: attributable_risk([1, 2], [1, 2], better=""), '""'),
    ],
)
def test_unknown_words_and_numbers(compute, seen: str) -> None:
    with pytest.raises(PlaybookError, match=seen) as caught:
        compute()
    assert caught.value.fix
