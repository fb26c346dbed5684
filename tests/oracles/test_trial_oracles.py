"""Trials against published figures and against statsmodels."""

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportions_ztest

from playbook.measures.trial_design import balance_table
from playbook.measures.trial_power import sample_size, trial_power
from playbook.measures.trials import holm, trial_effects, two_shares_p_value

COUNTS = [
    ((189, 3_000), (135, 3_000)),
    ((11, 150), (7, 150)),
    ((56, 70), (48, 80)),
    ((9, 10), (3, 10)),
]

# Levine DM, Kakani P, Mehrotra A (2021), npj Digital Medicine, doi 10.1038/s41746-021-00389-5.
# 4,201 people got texts, 4,231 none: a primary care visit 44.9 and 45.2 percent (difference -0.27,
# p 0.802), emergency room in a year 32.7 and 30.2 (2.5, p 0.014). The counts are those that give
# these rounded percents.
LEVINE = [
    ((1_888, 4_201), (1_913, 4_231), -0.27, 0.802),
    ((1_374, 4_201), (1_278, 4_231), 2.5, 0.014),
]


def people_of(treated: tuple[int, int], control: tuple[int, int]) -> pd.DataFrame:
    rows = [
        (arm, int(number < events))
        for arm, (events, total) in (("new", treated), ("old", control))
        for number in range(total)
    ]
    return pd.DataFrame(rows, columns=["arm", "did"])


@pytest.mark.parametrize(("treated", "control"), COUNTS)
def test_newcombe_and_p_value_are_those_of_statsmodels(
    treated: tuple[int, int], control: tuple[int, int]
) -> None:
    row = trial_effects(people_of(treated, control), "arm", "did", "old").iloc[0]
    low, high = confint_proportions_2indep(*treated, *control, compare="diff", method="newcomb")
    assert (row["low"], row["high"]) == pytest.approx((100 * low, 100 * high), abs=1e-9)
    _, p_value = proportions_ztest([treated[0], control[0]], [treated[1], control[1]])
    assert row["p_value"] == pytest.approx(p_value, abs=1e-12)


@pytest.mark.parametrize(("treated", "control", "difference", "p_value"), LEVINE)
def test_levine_2021(
    treated: tuple[int, int], control: tuple[int, int], difference: float, p_value: float
) -> None:
    row = trial_effects(people_of(treated, control), "arm", "did", "old").iloc[0]
    assert row["difference"] == pytest.approx(difference, abs=0.05)
    # The paper's p-values come from counts that it rounds.
    assert two_shares_p_value(*treated, *control) == pytest.approx(p_value, abs=0.004)


def test_holm_is_that_of_statsmodels() -> None:
    random = np.random.default_rng(4)
    for size in (1, 2, 3, 7, 20):
        values = random.random(size) ** 2
        expected = multipletests(values, method="holm")[1]
        assert holm(values) == pytest.approx(expected, abs=1e-12)


def test_published_sample_sizes() -> None:
    """Chow S, Shao J, Wang H (2008), Sample Size Calculations in Clinical Research, p. 89."""
    assert sample_size(65, 85) == 70
    assert trial_power(65, 85, 70) == pytest.approx(80, abs=0.4)
    # The same page with a one-sided 5 percent.
    assert sample_size(65, 85, level=0.90) == 55


def test_balance_is_the_difference_over_the_pooled_spread() -> None:
    """With one column of 0 and 1 the measure for numbers and that for categories are Austin's."""
    people = people_of((60, 200), (40, 200))
    category = balance_table(people.astype({"did": "str"}), "arm", ["did"], "old").iloc[1]
    number = balance_table(people, "arm", ["did"], "old").iloc[0]
    expected = 0.1 / np.sqrt((0.3 * 0.7 + 0.2 * 0.8) / 2)
    assert category["standardized_difference"] == pytest.approx(expected)
    # Variances of numbers divide by n - 1.
    assert number["standardized_difference"] == pytest.approx(expected, rel=0.003)
