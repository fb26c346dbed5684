"""The logistic fit against statsmodels, and against the exact answer of a two-by-two table."""

import math

import numpy as np
import pytest
import statsmodels.api as sm
from sklearn.linear_model import LogisticRegression

from playbook.measures.logistic import logistic_fit, logistic_predict


def made_up(seed, rows, columns):
    """Columns on very different scales, and answers that depend on them."""
    random = np.random.default_rng(seed)
    scale, center = np.exp(random.normal(0, 3, columns)), random.normal(0, 1000, columns)
    x = center + scale * random.normal(size=(rows, columns))
    log_odds = ((x - center) / scale) @ random.normal(0, 0.8, columns) - 0.7
    return x, (random.random(rows) < 1 / (1 + np.exp(-log_odds))).astype(int), random


@pytest.mark.parametrize(("seed", "rows", "columns"), [(1, 60, 1), (2, 400, 3), (3, 3000, 6)])
def test_coefficients_and_errors_are_those_of_statsmodels(seed, rows, columns):
    x, y, _ = made_up(seed, rows, columns)
    # statsmodels gets lost on columns of such different scales; ours has to find its way.
    spread = x.std(axis=0)
    scaled = sm.add_constant((x - x.mean(axis=0)) / spread)
    theirs = sm.Logit(y, scaled).fit(disp=0, tol=1e-12, method="newton")
    ours = logistic_fit(x, y).iloc[1:]
    np.testing.assert_allclose(ours["coefficient"] * spread, theirs.params[1:], rtol=1e-6)
    np.testing.assert_allclose(ours["standard_error"] * spread, theirs.bse[1:], rtol=1e-6)
    limits = ours[["low", "high"]].mul(spread, axis=0)
    np.testing.assert_allclose(limits, theirs.conf_int()[1:], rtol=1e-6)
    np.testing.assert_allclose(
        logistic_predict(logistic_fit(x, y), x), theirs.predict(scaled), atol=1e-8
    )


def test_the_constant_is_that_of_statsmodels():
    x, y, random = made_up(6, 300, 2)
    x = random.normal(3, 2, (300, 2))
    theirs = sm.Logit(y, sm.add_constant(x)).fit(disp=0, tol=1e-12, method="newton")
    ours = logistic_fit(x, y)
    np.testing.assert_allclose(ours["coefficient"], theirs.params, rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(ours["standard_error"], theirs.bse, rtol=1e-6)


def test_weights_count_rows_as_statsmodels_does():
    x, y, random = made_up(4, 500, 2)
    counts = random.integers(0, 5, 500)
    family = sm.families.Binomial()
    theirs = sm.GLM(y, sm.add_constant(x), family=family, freq_weights=counts).fit(tol=1e-12)
    ours = logistic_fit(x, y, counts)
    np.testing.assert_allclose(ours["coefficient"], theirs.params, rtol=1e-6)
    np.testing.assert_allclose(ours["standard_error"], theirs.bse, rtol=1e-5)


def test_chances_are_those_of_scikit_learn_without_penalty():
    x, y, _ = made_up(5, 800, 2)
    scaled = (x - x.mean(axis=0)) / x.std(axis=0)
    theirs = LogisticRegression(C=1e12, tol=1e-10, max_iter=5000).fit(scaled, y)
    ours = logistic_predict(logistic_fit(scaled, y), scaled)
    np.testing.assert_allclose(ours, theirs.predict_proba(scaled)[:, 1], atol=1e-5)


def test_a_two_by_two_table_gives_its_log_odds_ratio():
    # Woolf B (1955), Annals of Human Genetics 19:251-253: the error is the root of summed inverses.
    yes_with, no_with, yes_without, no_without = 40, 60, 25, 175
    x = [[1]] * (yes_with + no_with) + [[0]] * (yes_without + no_without)
    y = [1] * yes_with + [0] * no_with + [1] * yes_without + [0] * no_without
    slope = logistic_fit(x, y).iloc[1]
    odds_ratio = yes_with * no_without / (no_with * yes_without)
    assert slope["coefficient"] == pytest.approx(math.log(odds_ratio))
    error = math.sqrt(1 / yes_with + 1 / no_with + 1 / yes_without + 1 / no_without)
    assert slope["standard_error"] == pytest.approx(error)
