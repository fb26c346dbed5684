"""What ends, what match brings, and what lent money becomes."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.errors import PlaybookError
from playbook.measures.funding_over_time import (
    funding_cliff,
    loan_leverage,
    match_leverage,
    revolving_capital,
    staff_at_risk,
    yearly_loss_rate,
)

SOURCES = pd.DataFrame(
    {
        "source_id": ["A", "B", "C", "D"],
        "amount_usd": [50, 20, 20, 10],
        "recurring": ["yes", "no", "no", "no"],
        "spend_by": [None, "2026-04-30", "2027-01-01", "2027-12-31"],
    }
)


def test_money_counts_in_the_year_of_its_last_day_and_not_after():
    table = funding_cliff(SOURCES, [2026, 2027, 2028]).set_index("year")
    assert table["one_time_usd"].tolist() == [50, 30, 0]
    assert table["total_usd"].tolist() == [100, 80, 50]
    assert table["one_time_percent"].tolist() == pytest.approx([50, 37.5, 0])
    assert table["gone_percent"].tolist() == pytest.approx([0, 20, 50])


def test_a_last_day_on_new_year_is_a_day_of_the_new_year():
    # A source that ends on January 1 is there in that year, however short.
    assert funding_cliff(SOURCES[2:3], [2027])["total_usd"].tolist() == [20]


def test_one_time_money_without_a_last_day_is_refused():
    with pytest.raises(PlaybookError, match="1 one-time sources have no last day"):
        funding_cliff(SOURCES.assign(spend_by=[None, None, "2027-01-01", "2027-12-31"]), [2026])
    with pytest.raises(PlaybookError, match="no year"):
        funding_cliff(SOURCES, [])


def test_staff_is_at_risk_in_proportion_to_what_ends():
    plan = pd.DataFrame({"X": [30.0, 10.0, 0, 0], "Y": [0.0, 0, 0, 10], "Z": 0.0}, list("ABCD"))
    uses = pd.DataFrame({"use_id": ["Z", "Y", "X"], "staff_usd": [5, 8, 20]})
    table = staff_at_risk(plan, SOURCES.iloc[::-1], uses, 2027)
    assert table["ending_percent"].tolist()[:2] == [25, 0]
    assert table["at_risk_usd"].tolist()[:2] == [5, 0]
    assert table["staff_usd"].tolist() == [20, 8, 5]
    assert math.isnan(table.at["Z", "at_risk_usd"])
    with pytest.raises(PlaybookError, match="names X"):
        staff_at_risk(plan, SOURCES, uses[uses["use_id"] != "X"], 2027)


@given(st.floats(1, 1e9), st.floats(0, 1), st.integers(0, 30))
def test_capital_and_losses_add_up_to_what_was_there(capital, rate, years):
    table = revolving_capital(capital, rate, years)
    assert len(table) == years + 1
    lost = rate * table["lent"].iloc[-1]
    assert table["capital"].iloc[-1] + lost == pytest.approx(capital)
    assert table["capital"].is_monotonic_decreasing
    assert table["lent"].is_monotonic_increasing


def test_without_losses_money_lends_itself_again_every_year():
    table = revolving_capital(100, 0, 5)
    assert table["capital"].tolist() == [100] * 6
    assert table["lent"].tolist() == [0, 100, 200, 300, 400, 500]


@pytest.mark.parametrize(
    ("capital", "rate", "years"), [(0, 0.1, 1), (100, 2, 1), (100, -0.1, 1), (100, 0.1, -1)]
)
def test_numbers_out_of_range_are_refused(capital, rate, years):
    with pytest.raises(PlaybookError, match="loss from 0 to 1"):
        revolving_capital(capital, rate, years)


def test_match_leverage_is_dollars_for_each_dollar():
    assert match_leverage(300, 75) == 4
    for grants, match in ((100, 0), (-1, 10), (float("nan"), 10)):
        with pytest.raises(PlaybookError, match="match above 0"):
            match_leverage(grants, match)


def loans(rate: float, seed: int) -> pd.DataFrame:
    """Draw loans with a chance of being lost in each of five years, seen at five points in time."""
    random = np.random.default_rng(seed)
    count = 4_000
    fails_after = random.geometric(rate, count)
    seen = random.integers(1, 6, count)
    lost = fails_after <= seen
    amount = random.uniform(50, 150, count)
    return pd.DataFrame(
        {
            "amount_usd": amount,
            "years_out": np.where(lost, fails_after, seen),
            "written_off_usd": np.where(lost, amount, 0.0),
            "public_subsidy_usd": amount / 5,
        }
    )


def test_loans_still_being_paid_are_counted_in_the_yearly_loss():
    found = [yearly_loss_rate(loans(0.04, seed)) for seed in range(20)]
    assert np.mean([one.value for one in found]) == pytest.approx(4, abs=0.15)
    assert sum(one.low <= 4 <= one.high for one in found) >= 17
    # Only loans that have ended, as if they were all: the trap.
    table = loans(0.04, 0)
    ended = table[(table["written_off_usd"] > 0) | (table["years_out"] == 5)]
    assert yearly_loss_rate(ended).low > 4


def test_losses_lower_the_leverage():
    table = loans(0.04, 1)
    without = loan_leverage(table.assign(written_off_usd=0.0))
    assert without.value == pytest.approx(5)
    kept = 1 - table["written_off_usd"].sum() / table["amount_usd"].sum()
    assert loan_leverage(table).value == pytest.approx(5 * kept)


def test_no_loan_lost_gives_a_rate_of_0_and_not_below():
    rate = yearly_loss_rate(loans(0.04, 1).assign(written_off_usd=0.0))
    assert (rate.value, rate.low) == (0, 0)
