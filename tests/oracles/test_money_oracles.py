"""Plans, ratios, odds and areas against other programs and published figures."""

import numpy as np
import pandas as pd
import pytest
from networkx import DiGraph, maximum_flow_value
from scipy import stats
from sklearn.metrics import roc_auc_score
from statsmodels.stats.contingency_tables import Table2x2

from playbook.measures.dollar_ratios import ratio_of_sums
from playbook.measures.funding import allocate_dollars, best_allocation
from playbook.measures.retention import area_under_curve, odds_ratio


def random_town(seed: int) -> tuple[pd.Series, pd.Series, pd.DataFrame]:
    random = np.random.default_rng(seed)
    sources, uses = random.integers(3, 30), random.integers(2, 15)
    allowed = pd.DataFrame(random.random((sources, uses)) < random.uniform(0.05, 0.8))
    amounts = pd.Series(random.integers(0, 500, sources))
    return amounts, pd.Series(random.integers(0, 800, uses)), allowed


def flow(amounts: pd.Series, needs: pd.Series, allowed: pd.DataFrame) -> int:
    """Find the most dollars that can flow from sources to uses: another method for the same."""
    graph = DiGraph()
    graph.add_nodes_from(["start", "end"])
    for source, dollars in amounts.items():
        graph.add_edge("start", ("source", source), capacity=int(dollars))
        for use in allowed.columns[allowed.loc[source]]:
            graph.add_edge(("source", source), ("use", use))
    for use, dollars in needs.items():
        graph.add_edge(("use", use), "end", capacity=int(dollars))
    return int(maximum_flow_value(graph, "start", "end"))


@pytest.mark.parametrize("seed", range(25))
def test_the_best_plan_is_the_largest_flow(seed: int) -> None:
    town = random_town(seed)
    most = flow(*town)
    assert best_allocation(*town).to_numpy().sum() == pytest.approx(most)
    assert allocate_dollars(*town).to_numpy().sum() <= most + 1e-6


@pytest.mark.gate
def test_the_simple_rule_is_rarely_far_from_the_best_plan() -> None:
    # What the claims of lesson 6.1 say of it: as good on most lists, not on all.
    same = worse = 0
    for seed in range(300):
        town = random_town(1_000 + seed)
        best = best_allocation(*town).to_numpy().sum()
        first = allocate_dollars(*town).to_numpy().sum()
        flexible = allocate_dollars(*town, order="flexible-first").to_numpy().sum()
        same += first >= best - 1e-6
        worse += first < flexible - 1e-6
    assert 150 < same < 300
    assert worse <= 15


@pytest.mark.parametrize("seed", range(10))
def test_the_range_of_a_ratio_is_that_of_the_jackknife(seed: int) -> None:
    random = np.random.default_rng(seed)
    whole = random.lognormal(3, 0.5, 400)
    part = whole * random.beta(2, 5, 400)
    found = ratio_of_sums(part, whole)
    left_out = (part.sum() - part) / (whole.sum() - whole)
    error = np.sqrt(399 / 400 * ((left_out - left_out.mean()) ** 2).sum())
    assert (found.high - found.low) / 2 == pytest.approx(1.959964 * error, rel=0.01)


def test_eczema_and_hay_fever() -> None:
    # Bland JM, Altman DG (2000), The odds ratio, BMJ 320:1468: 4.89, from 4.00 to 5.99.
    found = odds_ratio(141, 420, 928, 13_525)
    assert (found.value, found.low, found.high) == pytest.approx((4.89, 4.00, 5.99), abs=0.005)


@pytest.mark.parametrize("table", [(12, 4, 6, 12), (3, 17, 9, 5), (40, 2, 31, 30)])
def test_odds_are_those_of_statsmodels(table: tuple[int, int, int, int]) -> None:
    other = Table2x2([table[:2], table[2:]])
    found = odds_ratio(*table)
    assert found.value == pytest.approx(other.oddsratio)
    assert (found.low, found.high) == pytest.approx(other.oddsratio_confint())


def test_tomography_images() -> None:
    # Hanley JA, McNeil BJ (1982), Radiology 143:29-36: 109 images rated from 1 to 5, area 0.893.
    # The range is the one that DeLong's formula gives in Stata's manual: 0.83295 to 0.95339.
    normal, abnormal = (33, 6, 6, 11, 2), (3, 2, 2, 11, 33)
    ratings = np.concatenate([np.repeat(np.arange(1, 6), each) for each in (normal, abnormal)])
    found = area_under_curve(ratings, np.repeat([False, True], [58, 51]))
    assert found.value == pytest.approx(0.8932, abs=5e-5)
    assert (found.low, found.high) == pytest.approx((0.83295, 0.95339), abs=1e-5)


@pytest.mark.parametrize("seed", range(10))
def test_the_area_is_that_of_scikit_learn_and_of_mann_and_whitney(seed: int) -> None:
    random = np.random.default_rng(seed)
    had = random.random(72) < 0.5
    scores = np.round(random.normal(had * 0.5, 1), 1)
    found = area_under_curve(scores, had).value
    assert found == pytest.approx(roc_auc_score(had, scores))
    wins = stats.mannwhitneyu(scores[had], scores[~had]).statistic
    assert found == pytest.approx(wins / (had.sum() * (~had).sum()))
