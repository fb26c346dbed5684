"""Shrinkage and exact limits against statsmodels and published worked examples."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq
from statsmodels.stats.meta_analysis import combine_effects

from playbook.measures.presentation import korn_graubard_limits
from playbook.measures.reliability import count_funnel_limits, shrink

# Rubin DB (1981), Journal of Educational Statistics 6:377-400: coaching in eight schools.
SCHOOLS = ([28, 8, -3, 7, -1, 1, 18, 12], [15, 10, 16, 11, 9, 11, 10, 18])
# Colditz GA et al. (1994), Journal of the American Medical Association 271:698-702: tuberculosis
# among the vaccinated and the others (ill, well, ill, well) in thirteen trials.
TRIALS = [
    (4, 119, 11, 128),
    (6, 300, 29, 274),
    (3, 228, 11, 209),
    (62, 13536, 248, 12619),
    (33, 5036, 47, 5761),
    (180, 1361, 372, 1079),
    (8, 2537, 10, 619),
    (505, 87886, 499, 87892),
    (29, 7470, 45, 7232),
    (17, 1699, 65, 1600),
    (186, 50448, 141, 27197),
    (5, 2493, 3, 2338),
    (27, 16886, 29, 17825),
]
# Newcombe RG (1998), Statistics in Medicine 17:857-872, table I, method 5.
EXACT = [
    (81, 263, 0.2527, 0.3676),
    (15, 148, 0.0578, 0.1617),
    (0, 20, 0.0, 0.1684),
    (1, 29, 0.0009, 0.1776),
]
places = st.lists(
    st.tuples(st.floats(60, 90), st.floats(0.3, 4)), min_size=3, max_size=40, unique=True
)


def spread(table: pd.DataFrame) -> float:
    """Variance between places that the weights stand for."""
    weight, error = table["weight"].iloc[0], table["standard_error"].iloc[0]
    return float(weight * error**2 / (1 - weight))


def test_eight_schools_do_not_differ_more_than_luck() -> None:
    table = shrink(*SCHOOLS)
    assert (table["weight"] == 0).all()
    assert table["shrunken"].to_numpy() == pytest.approx(7.7, abs=0.05)
    reach = (table["high"] - table["low"]) / 2
    assert reach.to_numpy() / 1.96 == pytest.approx(4.1, abs=0.05)


def test_the_vaccine_trials_differ_as_published() -> None:
    ratios, errors = [], []
    for ill, well, ill_other, well_other in TRIALS:
        treated, others = ill + well, ill_other + well_other
        ratios.append(math.log(ill / treated * others / ill_other))
        errors.append(math.sqrt(1 / ill - 1 / treated + 1 / ill_other - 1 / others))
    # Viechtbauer W (2010), Journal of Statistical Software 36(3), package metafor: 0.3181.
    assert spread(shrink(ratios, errors)) == pytest.approx(0.3181, abs=5e-5)


@pytest.mark.parametrize("seed", range(5))
def test_shrinkage_is_statsmodels(seed: int) -> None:
    draw = np.random.default_rng(seed)
    errors = draw.uniform(0.5, 3.0, 30)
    values = draw.normal(77.0, np.hypot(2.0, errors))
    table = shrink(values, errors)
    # Their steps can overshoot, and then they say "no spread": so they start close by.
    start = {"tau2_start": 0.9 * spread(table)}
    options = {"method_re": "iterated", "atol": 1e-8, "maxiter": 500} | start
    theirs = combine_effects(values, errors**2, **options)
    assert spread(table) == pytest.approx(theirs.tau2, rel=1e-5)
    expected = theirs.mean_effect_re + table["weight"] * (values - theirs.mean_effect_re)
    np.testing.assert_allclose(table["shrunken"], expected, atol=1e-5)


@given(places)
def test_shrinkage_solves_the_equation_of_paule_and_mandel(
    rows: list[tuple[float, float]],
) -> None:
    # By scipy's root finder, which can't overshoot.
    values, errors = (np.array(column) for column in zip(*rows, strict=True))

    def surplus(between: float) -> float:
        trust = 1 / (between + errors**2)
        average = (trust * values).sum() / trust.sum()
        return float((trust * (values - average) ** 2).sum() - (len(values) - 1))

    widest = float(np.ptp(values) ** 2 + 1)
    between = brentq(surplus, 0.0, widest, xtol=1e-12) if surplus(0.0) > 0 else 0.0
    trust = 1 / (between + errors**2)
    average = (trust * values).sum() / trust.sum()
    table = shrink(values, errors)
    weight = between / (between + errors**2)
    np.testing.assert_allclose(table["weight"], weight, atol=1e-6)
    np.testing.assert_allclose(table["shrunken"], average + weight * (values - average), atol=1e-5)


@pytest.mark.parametrize(("successes", "trials", "low", "high"), EXACT)
def test_exact_limits_are_published(successes: int, trials: int, low: float, high: float) -> None:
    assert korn_graubard_limits(successes, trials) == pytest.approx((low, high), abs=6e-5)


@pytest.mark.parametrize("expected", [0.02, 0.7, 3.0, 8.0, 24.5])
def test_count_funnels_are_sums_of_the_poisson_series(expected: float) -> None:
    found = count_funnel_limits([expected]).iloc[0]
    up_to, total, count = [], 0.0, 0
    while total < 0.9999:
        total += math.exp(count * math.log(expected) - expected - math.lgamma(count + 1))
        up_to.append(total)
        count += 1
    for name, share in (
        ("low_998", 0.001),
        ("low_95", 0.025),
        ("high_95", 0.975),
        ("high_998", 0.999),
    ):
        assert found[name] == next(k for k, at_most in enumerate(up_to) if at_most >= share)
