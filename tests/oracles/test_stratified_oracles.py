"""The Mantel-Haenszel ratio against published figures and against statsmodels.

The University Group Diabetes Program: deaths by treatment in two age groups (Rothman KJ,
Epidemiology: An Introduction, chapter 10). Stata's manual prints for it, in the entry epitab: crude
1.435574, within ages 1.325555 (0.797907 to 2.202132).
"""

import numpy as np
import pytest
from statsmodels.stats.contingency_tables import StratifiedTable, Table2x2

from playbook.measures.stratified import mantel_haenszel_ratio, share_explained

DEATHS_A, PEOPLE_A = [8, 22], [106, 98]
DEATHS_B, PEOPLE_B = [5, 16], [120, 85]


def test_deaths_of_the_diabetes_program() -> None:
    found = mantel_haenszel_ratio(DEATHS_A, PEOPLE_A, DEATHS_B, PEOPLE_B)
    assert (found.value, found.low, found.high) == pytest.approx(
        (1.325555, 0.797907, 2.202132), abs=5e-7
    )
    # The share that age explains, from the two published ratios.
    explained = share_explained(DEATHS_A, PEOPLE_A, DEATHS_B, PEOPLE_B)
    assert explained.value == pytest.approx(100 * (1.435574 - 1.325555) / 0.435574, abs=5e-4)


def tables(seed: int) -> tuple[list[np.ndarray], list[np.ndarray]]:
    random = np.random.default_rng(seed)
    size = random.integers(1, 7)
    n = [random.integers(30, 900, size) for _ in range(2)]
    events = [random.binomial(each, random.uniform(0.1, 0.6, size)) for each in n]
    return events, n


@pytest.mark.parametrize("seed", range(20))
def test_the_pooled_ratio_of_statsmodels(seed: int) -> None:
    (a, b), (n_a, n_b) = tables(seed)
    two_by_two = [np.array(cell) for cell in _cells(a, n_a, b, n_b)]
    found = mantel_haenszel_ratio(a, n_a, b, n_b)
    assert found.value == pytest.approx(StratifiedTable(two_by_two).riskratio_pooled)


@pytest.mark.parametrize("seed", range(20))
def test_the_interval_of_one_stratum_is_that_of_statsmodels(seed: int) -> None:
    (a, b), (n_a, n_b) = (tuple(each[:1] for each in part) for part in tables(seed))
    found = mantel_haenszel_ratio(a, n_a, b, n_b)
    table = Table2x2(np.array(_cells(a, n_a, b, n_b)[0]))
    assert (found.low, found.high) == pytest.approx(table.riskratio_confint())


def _cells(a: np.ndarray, n_a: np.ndarray, b: np.ndarray, n_b: np.ndarray) -> list[list]:
    return [[[a[i], n_a[i] - a[i]], [b[i], n_b[i] - b[i]]] for i in range(len(a))]
