"""Kappa against scikit-learn and statsmodels; the R-indicator against a fit of every person."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from sklearn.metrics import cohen_kappa_score, precision_score, recall_score
from statsmodels.stats.inter_rater import cohens_kappa as other_kappa

from playbook.measures.coding import cohens_kappa, keyword_check
from playbook.measures.representativity import r_indicator
from playbook.measures.survey_weights import design_effect

# Good agreement on uneven themes, two themes, four themes, and less agreement than chance.
TABLES = (
    [[75, 1, 4], [5, 4, 1], [0, 0, 10]],
    [[20, 5], [10, 15]],
    [[11, 3, 1, 0], [1, 9, 0, 2], [0, 3, 10, 0], [1, 2, 0, 7]],
    [[5, 9, 8], [9, 4, 7], [6, 8, 5]],
)


@pytest.mark.parametrize("table", TABLES)
def test_kappa_and_its_range(table) -> None:
    counts = np.array(table)
    first, second = (
        pd.Series(np.repeat([cell[side] for cell in np.ndindex(counts.shape)], counts.ravel()))
        for side in (0, 1)
    )
    found, other = cohens_kappa(first, second), other_kappa(counts)
    assert found.value == pytest.approx(cohen_kappa_score(first, second), abs=1e-12)
    assert found.value == pytest.approx(other.kappa, abs=1e-12)
    assert [found.low, found.high] == pytest.approx([other.kappa_low, other.kappa_upp], abs=1e-9)


def test_precision_and_recall() -> None:
    random = np.random.default_rng(4)
    words = np.array(["rent is due", "a leak", "the lease", "hot", "too hot, and the rent"])
    texts = pd.Series(words[random.integers(0, 5, 200)])
    themes = pd.Series(np.array(["Rent", "Heat"])[random.integers(0, 2, 200)])
    row = keyword_check(texts, themes, {"Rent": ["rent", "lease"]}).loc["Rent"]
    found = texts.str.contains("rent|lease")
    assert row["precision"] == pytest.approx(100 * precision_score(themes == "Rent", found))
    assert row["recall"] == pytest.approx(100 * recall_score(themes == "Rent", found))


def test_the_indicator_of_two_traits() -> None:
    # Everybody in the city as a row of their own: who answered, age and home.
    random = np.random.default_rng(8)
    people = pd.DataFrame(
        {"old": random.integers(0, 2, 6000), "renter": random.integers(0, 2, 6000)}
    )
    chance = 1 / (1 + np.exp(1.5 - 1.2 * people["old"] + 0.9 * people["renter"]))
    people["answered"] = (random.random(6000) < chance).astype(int)
    fit = sm.Logit(people["answered"], sm.add_constant(people[["old", "renter"]])).fit(disp=0)
    expected = 1 - 2 * fit.predict().std()
    answers = people[people["answered"] == 1]
    size = people.groupby(["old", "renter"]).size()
    heard = answers.groupby(["old", "renter"]).size()
    weights = [(size / heard)[key] for key in zip(answers["old"], answers["renter"], strict=True)]
    found = r_indicator(answers, weights, ["old", "renter"], people=6000)
    assert found.r_indicator == pytest.approx(expected, abs=1e-7)
    assert found.rate == pytest.approx(100 * people["answered"].mean(), abs=1e-7)


def test_the_design_effect_is_one_plus_the_squared_variation_of_weights() -> None:
    # Kish's other form.
    weights = np.random.default_rng(2).gamma(2, size=500)
    variation = weights.std() / weights.mean()
    assert design_effect(weights).value == pytest.approx(1 + variation**2)
