"""Prices of homes, payment rules, and whom a price makes a provider turn away."""

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.errors import PlaybookError
from playbook.measures.contracts import cost_per_exit, cost_per_lasting_exit, provider_income
from playbook.measures.provider_response import (
    accepted_share,
    expected_margin,
    indifferent_price,
)

PLACED = pd.DataFrame(
    {
        "provider": ["A", "A", "B"],
        "acuity": ["Lower", "Higher", "Higher"],
        "placed": [30, 5, 40],
        "housed_6_months": [27, 4, 34],
    }
)


def test_a_home_that_lasts_costs_more_by_the_share_that_stayed():
    each = cost_per_exit(1_000_000, 200)
    lasting = cost_per_lasting_exit(1_000_000, 200, returned=50, watched=250)
    assert lasting.value == pytest.approx(each.value / 0.8)
    assert lasting.low < lasting.value < lasting.high
    # Not knowing who stays adds to not knowing how many leave.
    assert lasting.high / lasting.low > each.high / each.low


def test_when_nobody_came_back_both_prices_are_the_same():
    assert cost_per_lasting_exit(90_000, 30, 0, 40).value == cost_per_exit(90_000, 30).value


def test_few_exits_are_too_few_to_tell():
    assert "too few" in cost_per_exit(1_000, 10).note
    assert math.isnan(cost_per_lasting_exit(1_000, 100, 2, 10).value)
    assert not cost_per_lasting_exit(1_000, 100, 50, 50).known


def test_income_adds_up_and_a_flat_price_is_one_price():
    prices = {"Lower": 9_000, "Higher": 9_000}
    table = provider_income(PLACED, prices, base=50_000, bonus=100)
    parts = table[["base", "placements", "bonus"]].sum(axis=1)
    assert table["income"].tolist() == parts.tolist()
    assert table["placements"].tolist() == [35 * 9_000, 40 * 9_000]
    assert table["bonus"].tolist() == [3_100, 3_400]


chances = st.floats(0.05, 1)
nights = st.floats(1, 300)


@given(st.floats(0, 1e5), chances, chances, nights, nights, st.floats(1, 300))
def test_at_the_indifferent_price_both_bring_the_same(price, lower, higher, stay, longer, cost):
    other = indifferent_price(price, (lower, higher), (stay, longer), cost)
    if other < 0:
        return
    one = expected_margin(price, lower, stay, cost)
    assert expected_margin(other, higher, longer, cost) == pytest.approx(one, abs=1e-4)


def test_a_rehearsed_answer_follows_the_money_as_far_as_assumed():
    assert accepted_share(0.4, 0, 0.3) == pytest.approx(0.4)
    assert accepted_share(0.4, 8_000, 0) == pytest.approx(0.4)
    shares = [accepted_share(0.4, gap, 0.1) for gap in (-5_000, 0, 5_000, 50_000, 1e9)]
    assert shares == sorted(shares, reverse=True)
    assert all(0 <= share <= 1 for share in shares)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: cost_per_exit(-1, 20), "of dollars from 0 up"),
        (lambda: cost_per_lasting_exit(1, 20, 30, 20), "30 people came back, of 20"),
        (lambda: provider_income(PLACED, {"Lower": 1}), "no price for Higher"),
        (lambda: provider_income(PLACED, {"Lower": 1, "Higher": 2}, {"A": 1}), "no base for B"),
        (
            lambda: provider_income(PLACED.assign(placed=0), {"Lower": 1, "Higher": 2}),
            "still housed than were placed",
        ),
        (lambda: expected_margin(1, 1.2, 3, 4), "found 1.2"),
        (lambda: expected_margin(1, 0.5, -3, 4), "of nights"),
        (lambda: indifferent_price(1, (0.5, 0), (1, 2), 3), "Nobody with higher needs"),
        (lambda: accepted_share(40, 0, 1), "between 0 and 1; I found 40"),
        (lambda: accepted_share(0.4, 0, -1), "for the response"),
    ],
)
def test_what_is_wrong_is_said_in_plain_words(call, words):
    with pytest.raises(PlaybookError, match=words):
        call()
