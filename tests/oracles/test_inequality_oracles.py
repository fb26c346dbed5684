"""Measures of gaps between groups against published worked examples."""

import numpy as np
import pytest
import statsmodels.api as sm

from playbook.measures.attributable import attributable_fraction, attributable_risk
from playbook.measures.disparity import (
    between_group_variance,
    between_group_variance_error,
    index_of_disparity,
    mean_difference,
    mean_log_deviation,
    theil,
)
from playbook.measures.slopes import concentration_index, relative_index, slope_index

# UK Health Security Agency, test sheets of PHEindicatormethods at commit 093fd288d8f8: ten groups.
UK_POPULATIONS = [7291, 7997, 6105, 7666, 5790, 6934, 5918, 5974, 7147, 7534]
UK_VALUES = [
    *(75.933459, 78.344238, 83.836063, 83.637540, 80.465503),
    *(81.115676, 81.693084, 84.190006, 80.595564, 86.289435),
]

# World Health Organization, tests of the R package healthequal at commit 3e7e0406a7ed. A service:
# more is better. Five groups in order, and 25 without one.
ORDERED_POPULATIONS, ORDERED = [78, 91, 162, 103, 105], [20, 30, 40, 50, 60]
POPULATIONS = [
    *(832, 931, 1468, 1021, 1039, 1515, 1138, 620, 794, 866, 1367, 1108, 1120),
    *(1033, 833, 1536, 1149, 410, 1210, 858, 680, 935, 692, 781, 812),
]
RATES = [
    *(61, 74, 58, 59, 72, 75, 74, 68, 75, 67, 73, 63, 66),
    *(62, 60, 66, 71, 73, 71, 61, 74, 84, 55, 69, 60),
]
ERRORS = [5, 3, 3, 3, 4, 9, 2, 2, 2, 5, 5, 7, 5, 6, 4, 5, 6, 6, 9, 4, 3, 4, 1, 3, 7]
BEST, FOURTEENTH = 84, 62


def test_slope_and_relative_index_of_england() -> None:
    # The values are known to six decimals, which moves the slope by a few millionths at most.
    slope = slope_index(UK_VALUES, UK_POPULATIONS)
    assert slope == pytest.approx(6.934616473669, abs=2e-6)
    assert relative_index(UK_VALUES, UK_POPULATIONS, "who") == pytest.approx(
        1.088818080445, abs=2e-8
    )


def test_ordered_groups() -> None:
    absolute = concentration_index(ORDERED, ORDERED_POPULATIONS, relative=False)
    assert absolute == pytest.approx(7.32842032073, rel=1e-11)
    assert concentration_index(ORDERED, ORDERED_POPULATIONS) == pytest.approx(
        0.17776861174, rel=1e-10
    )
    risk = attributable_risk(ORDERED, ORDERED_POPULATIONS, better="higher")
    assert risk == pytest.approx(18.7755102041, rel=1e-11)
    fraction = attributable_fraction(ORDERED, ORDERED_POPULATIONS, better="higher")
    assert fraction == pytest.approx(45.5445544555, rel=1e-11)


def test_slope_weighs_residents_once() -> None:
    # healthequal gives 44.44502 and 3.159506 here. It hands populations to a model of counts that
    # knows them already, so that they count squared. Weighted once, the numbers are these.
    assert slope_index(ORDERED, ORDERED_POPULATIONS) == pytest.approx(46.25381094, abs=5e-9)
    logistic = slope_index(ORDERED, ORDERED_POPULATIONS, "logistic")
    assert logistic == pytest.approx(44.89053359, abs=5e-9)
    times = relative_index(ORDERED, ORDERED_POPULATIONS, "who", "logistic")
    assert times == pytest.approx(3.236339737, abs=5e-10)


def test_healthequal_is_met_by_weighting_twice() -> None:
    # The deviation is what it is said to be: with populations squared, its numbers come out.
    x = np.cumsum(ORDERED_POPULATIONS) - np.array(ORDERED_POPULATIONS) / 2
    x = x / sum(ORDERED_POPULATIONS)
    people = np.array(ORDERED_POPULATIONS)
    share = np.round(np.array(ORDERED) / 100 * people) / people
    design = sm.add_constant(x)
    model = sm.GLM(share, design, family=sm.families.Binomial(), var_weights=people**2.0).fit(
        tol=1e-14
    )
    bottom, top = model.predict(np.array([[1.0, 0.0], [1.0, 1.0]]))
    assert 100 * (top - bottom) == pytest.approx(44.4450191, abs=1e-6)
    assert top / bottom == pytest.approx(3.159505716, abs=1e-6)


def published(value: float) -> object:
    """Compare with a figure of the sheet, which has five or six digits."""
    return pytest.approx(value, rel=2e-5)


def test_between_group_variance() -> None:
    variance = between_group_variance(RATES, POPULATIONS)
    assert variance == published(46.198326)
    assert np.sqrt(variance) == published(6.7969351)
    assert 100 * np.sqrt(variance) / np.average(RATES, weights=POPULATIONS) == published(10.0387708)
    error = between_group_variance_error(RATES, POPULATIONS, ERRORS)
    assert error == pytest.approx(17.134647, rel=1e-6)


def test_mean_differences() -> None:
    average = float(np.average(RATES, weights=POPULATIONS))
    assert average == pytest.approx(67.7068449976, rel=1e-11)
    assert mean_difference(RATES, average) == published(5.891726)
    assert mean_difference(RATES, average, POPULATIONS) == published(5.8348689)
    assert mean_difference(RATES, BEST) == published(16.36)
    assert mean_difference(RATES, BEST, POPULATIONS) == published(16.293156)
    assert mean_difference(RATES, FOURTEENTH) == published(7.24)
    assert mean_difference(RATES, FOURTEENTH, POPULATIONS) == published(7.2228465)


def test_index_of_disparity_from_the_average() -> None:
    assert index_of_disparity(RATES, POPULATIONS) == published(8.7018175)
    assert index_of_disparity(RATES, POPULATIONS, weighted=True) == published(8.6178417)


def test_best_group_as_reference() -> None:
    assert attributable_risk(RATES, POPULATIONS, "best", "higher") == published(16.293152)
    assert attributable_fraction(RATES, POPULATIONS, "best", "higher") == published(24.06426)


def test_theil_and_mean_log_deviation() -> None:
    assert 1000 * theil(RATES, POPULATIONS) == published(5.0359201)
    assert 1000 * mean_log_deviation(RATES, POPULATIONS) == published(5.0524006)
    # Recomputed from the published inputs with independent code, to more digits.
    assert 1000 * theil(RATES, POPULATIONS) == pytest.approx(5.0359803, abs=5e-8)
    assert 1000 * mean_log_deviation(RATES, POPULATIONS) == pytest.approx(5.0523552, abs=5e-8)
    assert index_of_disparity(RATES, POPULATIONS) == pytest.approx(8.7018177, abs=5e-8)


def test_gini_is_the_concentration_index_by_own_rank() -> None:
    # R package ineq, tests/Examples/ineq-Ex.Rout.save.
    incomes = [541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261]
    gini = concentration_index(incomes, [1] * len(incomes))
    assert gini == pytest.approx(0.4620911, abs=5e-8)
