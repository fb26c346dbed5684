"""Slope, relative and concentration index: their identities, and other ways to compute them."""

import math

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import assume, example, given
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.special import expit

from playbook.errors import PlaybookError
from playbook.measures.groups import divided, middles
from playbook.measures.slopes import concentration_index, relative_index, slope_index

Groups = tuple[np.ndarray, np.ndarray]

# Visits per 10,000 residents: more is worse, and the first group has the fewest resources.
BURDEN, PEOPLE = [40, 30, 30, 10], [500, 250, 1_000, 250]


@st.composite
def groups(draw: st.DrawFn, most: float = 500) -> Groups:
    size = draw(st.integers(2, 8))
    rates = st.lists(st.floats(0.1, most), min_size=size, max_size=size)
    people = st.lists(st.integers(1, 90_000), min_size=size, max_size=size)
    return np.array(draw(rates)), np.array(draw(people), dtype=float)


def near(value: float) -> object:
    return pytest.approx(value, rel=1e-7, abs=1e-7)


def split(values: np.ndarray, at: int, parts: float) -> np.ndarray:
    """Replace one group by two that have its rate, or half of its residents each."""
    return np.insert(values, at, values[at]) / np.where(
        np.isin(np.arange(len(values) + 1), [at, at + 1]), parts, 1
    )


def test_a_group_stands_where_its_middle_resident_stands() -> None:
    assert middles(np.array([0.25, 0.125, 0.5, 0.125])).tolist() == [0.125, 0.3125, 0.625, 0.9375]


def test_what_is_divided_by_nothing() -> None:
    assert divided(-2, 0) == -math.inf
    assert math.isnan(divided(0, 0))


@given(groups())
def test_slope_is_that_of_statsmodels(both: Groups) -> None:
    rates, people = both
    x = middles(people / people.sum())
    line = sm.WLS(rates, sm.add_constant(x), weights=people).fit()
    assert slope_index(rates, people) == near(line.params[1])


@given(st.lists(st.floats(2, 98), min_size=3, max_size=8), st.data())
def test_logistic_slope_is_that_of_statsmodels(rates: list[float], data: st.DataObject) -> None:
    size = len(rates)
    people = np.array(data.draw(st.lists(st.integers(20, 90), min_size=size, max_size=size)))
    # A perfect fit is an error to statsmodels.
    assume(np.ptp(rates) > 1)
    x = middles(people / people.sum())
    curve = sm.GLM(
        np.array(rates) / 100,
        sm.add_constant(x),
        family=sm.families.Binomial(),
        var_weights=people / people.mean(),
    ).fit(tol=1e-13)
    bottom, top = 100 * curve.predict(np.array([[1.0, 0.0], [1.0, 1.0]]))
    assert slope_index(rates, people, "logistic") == pytest.approx(top - bottom, abs=1e-5)
    times = relative_index(rates, people, "who", "logistic")
    assert times == pytest.approx(top / bottom, rel=1e-4)


@given(groups(most=99.9))
@example((np.array([89, 0.25, 0.5]), np.array([1.0, 683, 44])))
@example((np.array([0.25, 90]), np.array([45.0, 1])))
def test_the_logistic_curve_of_uneven_groups_is_that_of_scipy(both: Groups) -> None:
    # Newton's method alone runs away in some of these.
    rates, people = both
    p = people / people.sum()
    design = np.column_stack([np.ones(len(p)), middles(p)])

    def misfit(one: np.ndarray) -> float:
        return p @ (np.logaddexp(0, design @ one) - rates / 100 * (design @ one))

    def uphill(one: np.ndarray) -> np.ndarray:
        return design.T @ (p * (expit(design @ one) - rates / 100))

    def bend(one: np.ndarray) -> np.ndarray:
        fitted = expit(design @ one)
        return design.T @ (design * (p * fitted * (1 - fitted))[:, np.newaxis])

    found = minimize(
        misfit, [0, 0], method="trust-exact", jac=uphill, hess=bend, options={"gtol": 1e-13}
    )
    bottom, top = 100 * expit(np.cumsum(found.x))
    # Where one group holds nearly all residents, the slope is hardly known to either.
    assume(np.linalg.cond(bend(found.x)) < 1e8)
    assert slope_index(rates, people, "logistic") == pytest.approx(top - bottom, abs=1e-3)


@given(groups())
def test_turning_the_order_around_turns_the_signs(both: Groups) -> None:
    rates, people = both
    back = rates[::-1], people[::-1]
    assert slope_index(*back) == near(-slope_index(*both))
    assert concentration_index(*back) == near(-concentration_index(*both))
    assert relative_index(*back, "nci") == near(-relative_index(*both, "nci"))
    who, km = relative_index(*back, "who"), relative_index(*both, "kunst-mackenbach")
    assert who == pytest.approx(km, rel=1e-6, nan_ok=True)


def test_a_burden_on_those_with_fewer_resources_is_below_0() -> None:
    assert slope_index(BURDEN, PEOPLE) < 0
    assert concentration_index(BURDEN, PEOPLE) < 0
    assert concentration_index(BURDEN, PEOPLE, relative=False) < 0
    assert relative_index(BURDEN, PEOPLE, "nci") < 0
    assert (
        relative_index(BURDEN, PEOPLE, "who")
        < 1
        < relative_index(BURDEN, PEOPLE, "kunst-mackenbach")
    )


def test_the_three_relative_indices_differ_by_their_definitions() -> None:
    # Three equal groups on a straight line: 10, 20, 30 reach from 5 to 35.
    rates, people = [10, 20, 30], [7, 7, 7]
    assert slope_index(rates, people) == pytest.approx(30)
    assert relative_index(rates, people) == pytest.approx(7)
    assert relative_index(rates, people, "who") == pytest.approx(7)
    assert relative_index(rates, people, "kunst-mackenbach") == pytest.approx(1 / 7)
    assert relative_index(rates, people, "nci") == pytest.approx(1.5)


def test_a_line_that_comes_down_to_0_has_no_ratio() -> None:
    for factor in (1, 0.01):
        assert math.isnan(relative_index([1.5 * factor, 0.5 * factor], [1, 1]))
    steep = [300, 10, 5, 1, 0]
    for definition in ("who", "kunst-mackenbach"):
        assert math.isnan(relative_index(steep, [1] * 5, definition))
    assert relative_index(steep, [1] * 5, "nci") < -4
    # The logistic curve stays above 0.
    assert 0 < relative_index(np.array(steep) / 10, [1] * 5, "who", "logistic") < 1


@given(groups(), st.floats(0.01, 100))
def test_scaling_leaves_relative_measures(both: Groups, factor: float) -> None:
    rates, people = both
    for definition in ("who", "nci", "kunst-mackenbach"):
        before, after = (relative_index(y, people, definition) for y in (rates, factor * rates))
        # Of a line that ends close to 0, the ratio is all rounding.
        if definition == "nci" or 1e-4 < before < 1e4:
            assert after == pytest.approx(before, rel=1e-5, abs=1e-9)
    assert concentration_index(factor * rates, people) == near(concentration_index(rates, people))
    assert slope_index(factor * rates, people) == pytest.approx(
        factor * slope_index(rates, people), rel=1e-6, abs=1e-6
    )


@given(groups(), st.floats(0, 1000))
def test_adding_a_constant_leaves_absolute_measures(both: Groups, more: float) -> None:
    rates, people = both
    assert slope_index(rates + more, people) == near(slope_index(rates, people))
    absolute = (concentration_index(y, people, relative=False) for y in (rates, rates + more))
    assert next(absolute) == near(next(absolute))


@given(groups(most=99), st.floats(0.001, 1000))
def test_only_proportions_of_residents_matter(both: Groups, scale: float) -> None:
    rates, people = both
    for model in ("linear", "logistic"):
        assert slope_index(rates, scale * people, model) == near(slope_index(rates, people, model))
    assert concentration_index(rates, scale * people) == near(concentration_index(rates, people))


@given(groups(), st.floats(0, 100))
def test_equal_rates_are_no_inequality(both: Groups, one: float) -> None:
    people = both[1]
    rates = np.full(len(people), one)
    for model in ("linear", "logistic"):
        assert slope_index(rates, people, model) == near(0)
    assert concentration_index(rates, people, relative=False) == near(0)
    if one > 0.001:
        assert concentration_index(rates, people) == near(0)
        assert relative_index(rates, people, "nci") == near(0)
        for definition in ("who", "kunst-mackenbach"):
            assert relative_index(rates, people, definition) == near(1)


def test_where_all_rates_are_0_nothing_relative_can_be_told() -> None:
    zeros = [0, 0, 0]
    assert slope_index(zeros, [1, 2, 3]) == 0
    assert concentration_index(zeros, [1, 2, 3], relative=False) == 0
    assert math.isnan(concentration_index(zeros, [1, 2, 3]))
    for definition in ("who", "nci", "kunst-mackenbach"):
        assert math.isnan(relative_index(zeros, [1, 2, 3], definition))


@given(groups(), st.data())
def test_splitting_a_group_in_two_equal_ones_leaves_the_concentration(
    both: Groups, data: st.DataObject
) -> None:
    rates, people = both
    at = data.draw(st.integers(0, len(rates) - 1))
    finer = split(rates, at, 1), split(people, at, 2)
    for relative in (True, False):
        before, after = (concentration_index(*one, relative) for one in (both, finer))
        assert after == near(before)


@given(groups())
def test_the_slope_is_the_concentration_times_what_the_groups_decide(both: Groups) -> None:
    # Splitting a group does move the slope, but only by this factor, which is 6 for many groups.
    rates, people = both
    p = people / people.sum()
    absolute = concentration_index(rates, people, relative=False)
    assert slope_index(rates, people) == pytest.approx(
        6 * absolute / (1 - (p**3).sum()), rel=1e-5, abs=1e-5
    )


@given(groups())
def test_the_concentration_is_that_of_every_pair(both: Groups) -> None:
    # The curve's area by trapezoids, the textbook's other way.
    rates, people = both
    people_so_far = np.r_[0, np.cumsum(people)] / people.sum()
    burden_so_far = np.r_[0, np.cumsum(rates * people)] / (rates @ people)
    area = np.trapezoid(burden_so_far, people_so_far)
    assert concentration_index(rates, people) == near(1 - 2 * area)


@pytest.mark.parametrize("measure", [slope_index, relative_index, concentration_index])
@pytest.mark.parametrize(
    ("rates", "people", "seen", "where"),
    [
        ([4], [100], "I found 1", ""),
        ([], [], "I found 0", ""),
        ([4, 5], [100, 0], "0 people", "group 2 of 2"),
        ([4, -5, 6], [1, 2, 3], "-5", "group 2 of 3"),
        ([math.nan, 5], [1, 2], "nan", "group 1 of 2"),
        ([math.inf, 5], [1, 2], "inf", "group 1 of 2"),
        ([4, 5], [1, -2], "-2", "group 2 of 2"),
        ([4, 5, 6], [1, 2], "3 rates but 2 populations", ""),
        (["a", "b"], [1, 2], "not a number", ""),
    ],
)
def test_refusals_name_the_group(measure, rates, people, seen: str, where: str) -> None:
    with pytest.raises(PlaybookError, match=seen) as caught:
        measure(rates, people)
    assert caught.value.where == where
    assert caught.value.fix


def test_the_logistic_curve_is_for_percents() -> None:
    with pytest.raises(PlaybookError, match="194"):
        slope_index([194, 90], [1, 1], "logistic")
    with pytest.raises(PlaybookError, match="jump from 0 to 100"):
        slope_index([0, 0, 100, 100], [1, 1, 1, 1], "logistic")
    assert 0 < slope_index([0, 50, 99], [1, 1, 1], "logistic") < 100


def test_unknown_words_are_refused() -> None:
    with pytest.raises(PlaybookError, match='"probit"'):
        slope_index(BURDEN, PEOPLE, "probit")
    with pytest.raises(PlaybookError, match='"rii"'):
        relative_index(BURDEN, PEOPLE, "rii")
