"""Observed over expected and payment rules: published limits, and examples worked by hand.

Byar's and exact limits: UK Health Security Agency, PHEindicatormethods (test sheets).
"""

import pandas as pd
import pytest

from playbook.measures.case_mix import observed_over_expected
from playbook.measures.contracts import cost_per_exit, provider_income
from playbook.measures.provider_response import expected_margin, indifferent_price


@pytest.mark.parametrize(
    ("events", "low", "high"),
    [(65, 50.163188, 82.849139), (1045, 982.593202, 1110.331213), (5, 1.623486, 11.668332)],
)
def test_the_ratio_has_the_published_limits_of_its_count(events, low, high):
    counts = pd.DataFrame(
        {"provider": ["A", "B"], "acuity": "one", "people": [9_000, 9_000], "events": [events, 400]}
    )
    row = observed_over_expected(counts).iloc[0]
    assert row["low"] * row["expected"] == pytest.approx(low, rel=1e-6)
    assert row["high"] * row["expected"] == pytest.approx(high, rel=1e-6)


def test_cost_per_exit_has_the_published_limits_of_its_count():
    cost = cost_per_exit(65_000, 65)
    assert cost.value == 1_000
    assert cost.low == pytest.approx(65_000 / 82.849139, rel=1e-6)
    assert cost.high == pytest.approx(65_000 / 50.163188, rel=1e-6)


def test_indirect_standardization_by_hand():
    # Two strata: 30 of 100 and 10 of 100 in all. A has 60 and 20 people: it expects 18 + 2.
    counts = pd.DataFrame(
        {
            "provider": ["A", "A", "B", "B"],
            "acuity": ["x", "y", "x", "y"],
            "people": [60, 20, 40, 80],
            "events": [21, 4, 9, 6],
        }
    )
    table = observed_over_expected(counts).set_index("provider")
    assert table.loc["A", "expected"] == pytest.approx(20)
    assert table.loc["A", "ratio"] == pytest.approx(25 / 20)
    assert table.loc["B", "expected"] == pytest.approx(12 + 8)
    assert table.loc["B", "ratio"] == pytest.approx(15 / 20)


def test_a_payment_rule_by_hand():
    placements = pd.DataFrame(
        {
            "provider": ["A", "A", "B"],
            "acuity": ["low", "high", "low"],
            "placed": [10, 4, 7],
            "housed_6_months": [9, 3, 5],
        }
    )
    income = provider_income(
        placements, {"low": 5_000, "high": 12_000}, base={"A": 1_000, "B": 2_000}, bonus=500
    ).set_index("provider")["income"]
    assert income["A"] == 1_000 + 10 * 5_000 + 4 * 12_000 + 12 * 500
    assert income["B"] == 2_000 + 7 * 5_000 + 5 * 500


def test_the_price_that_makes_a_provider_indifferent_by_hand():
    # Lower needs bring 20,000 x 0.7 - 120 x 100 = 2,000. So 200 nights at 100 dollars and a chance
    # of 0.4 need (2,000 + 20,000) / 0.4 = 55,000.
    assert expected_margin(20_000, 0.7, 120, 100) == pytest.approx(2_000)
    assert indifferent_price(20_000, (0.7, 0.4), (120, 200), 100) == pytest.approx(55_000)
