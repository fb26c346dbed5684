"""What a score reaches, misses and promises, against scikit-learn."""

import numpy as np
import pytest
from sklearn.calibration import calibration_curve
from sklearn.metrics import confusion_matrix, precision_recall_curve, roc_auc_score

from playbook.measures.targeting import chosen_first, gain_curve
from playbook.measures.targeting_checks import calibration, doors_per_need, error_rates


def made_up(seed, homes=2_000):
    random = np.random.default_rng(seed)
    chance = random.beta(1.5, 6, homes)
    return chance, random.random(homes) < chance


@pytest.mark.parametrize("seed", range(3))
def test_the_gain_curve_is_the_recall_of_the_precision_recall_curve(seed):
    chance, needs = made_up(seed)
    curve = gain_curve(chance, np.ones(len(chance)), needs)
    precision, recall, _ = precision_recall_curve(needs, chance)
    # Theirs runs from everybody visited to nobody; scores are all different here.
    np.testing.assert_allclose(curve["reached_share"], recall[::-1])
    visited = np.arange(1, len(chance) + 1)
    hits = precision[::-1][1:] * visited
    np.testing.assert_allclose(curve["reached_share"][1:] * needs.sum(), hits)


@pytest.mark.parametrize("seed", range(3))
def test_the_area_under_the_gain_curve_is_that_of_the_roc_curve(seed):
    chance, needs = made_up(seed)
    curve = gain_curve(chance, np.ones(len(chance)), needs)
    area = np.trapezoid(curve["reached_share"], curve["doors_share"])
    prevalence = needs.mean()
    # Hits rise with doors: the area is that of the ROC curve for those without need, and half of
    # the square for those with.
    expected = prevalence / 2 + (1 - prevalence) * roc_auc_score(needs, chance)
    assert area == pytest.approx(expected, abs=1e-9)


def test_misses_and_needless_visits_are_those_of_the_confusion_matrix():
    chance, needs = made_up(5)
    chosen = chosen_first(chance, np.ones(len(chance)), capacity=0.3)
    group = np.where(np.arange(len(chance)) % 3 == 0, "A", "B")
    rates = error_rates(chosen, needs, group).set_index("group")
    for name in ("A", "B"):
        here = group == name
        (right_left, needless), (missed, right) = confusion_matrix(needs[here], chosen[here])
        row = rates.loc[name]
        assert row["missed"] == pytest.approx(100 * missed / (missed + right), abs=0.06)
        wasted = 100 * needless / (needless + right_left)
        assert row["visited_without_need"] == pytest.approx(wasted, abs=0.06)
        assert row["needs"] == missed + right
    # One over the precision.
    assert doors_per_need(needs[chosen]).value == pytest.approx(1 / needs[chosen].mean())


def test_calibration_by_tenth_is_that_of_scikit_learn():
    chance, needs = made_up(6)
    found, promised = calibration_curve(needs, chance, n_bins=10, strategy="quantile")
    table = calibration(chance, needs)
    np.testing.assert_allclose(table["found"], 100 * found, atol=0.06)
    np.testing.assert_allclose(table["expected"], 100 * promised, atol=0.06)
