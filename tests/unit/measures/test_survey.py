"""Who answered, what weights cost, and which lead is real."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.errors import PlaybookError
from playbook.measures.representativity import r_indicator
from playbook.measures.survey import representation, share_lead, weighted_shares
from playbook.measures.survey_weights import design_effect, effective_size, margin_of_error

MARGINS = pd.DataFrame(
    {"variable": "tenure", "category": ["Owner", "Renter", "Other"], "people": [460, 530, 10]}
)


def answers_of(**counts):
    return pd.DataFrame({"tenure": [name for name, n in counts.items() for _ in range(n)]})


def test_shares_and_differences_by_hand():
    table = representation(answers_of(Owner=300, Renter=80, Other=20), MARGINS, by="tenure")
    assert table["answers"].tolist() == [300, 80, 20]
    assert table["answers_share"].tolist() == pytest.approx([75, 20, 5])
    assert table["people_share"].tolist() == pytest.approx([46, 53, 1])
    assert table["difference"].tolist() == pytest.approx([29, -33, 4])
    assert (table["low"] < table["difference"]).all()
    assert (table["high"] > table["difference"]).all()


def test_the_answers_that_are_short_make_the_share_right_and_one_less_does_not():
    table = representation(answers_of(Owner=300, Renter=80, Other=20), MARGINS, by="tenure")
    more = table["answers_short"]["Renter"]
    assert (80 + more) / (400 + more) >= 0.53 > (80 + more - 1) / (400 + more - 1)
    assert table["answers_short"][["Owner", "Other"]].tolist() == [0, 0]


def test_a_small_count_is_hidden_and_can_not_be_worked_out():
    table = representation(answers_of(Owner=300, Renter=80, Other=4), MARGINS, by="tenure")
    hidden = table["answers"].isna()
    assert hidden["Other"]
    assert hidden.sum() == 2, "the total is known, so a second count goes too"
    assert table.loc[hidden, ["answers_share", "difference", "answers_short"]].isna().all(axis=None)
    assert table["people_share"].notna().all()


def test_a_trait_that_nobody_counted_is_refused():
    with pytest.raises(PlaybookError, match="don't count people by age"):
        representation(answers_of(Owner=3), MARGINS, by="age")


def test_design_effect_by_hand_and_its_size_and_margin():
    weights = [0.5, 0.5, 0.5, 2.5] * 100
    assert design_effect(weights).value == pytest.approx(4 * 7 / 16)
    assert effective_size(weights).value == pytest.approx(400 / 1.75)
    by_hand = 1.959964 * math.sqrt(0.3 * 0.7 / (400 / 1.75))
    assert margin_of_error(weights, 30).value == pytest.approx(100 * by_hand, rel=1e-6)


@given(st.lists(st.floats(0.01, 100), min_size=1, max_size=50), st.floats(0.1, 50))
def test_the_design_effect_is_at_least_one_and_has_no_unit(weights, factor):
    effect = design_effect(weights).value
    assert effect >= 1 - 1e-12
    assert design_effect(np.array(weights) * factor).value == pytest.approx(effect)
    assert effective_size(weights).value <= len(weights) * (1 + 1e-12)


@pytest.mark.parametrize("weights", [[], [1, 0], [1, -1], [1, float("nan")], [1, "x"]])
def test_a_weight_is_a_number_above_zero(weights):
    with pytest.raises(PlaybookError):
        design_effect(weights)


def test_a_share_beyond_a_hundred_percent_has_no_margin():
    with pytest.raises(PlaybookError, match="120 percent"):
        margin_of_error([1, 1], 120)


PRIORITY = pd.DataFrame({"priority": ["Streets"] * 60 + ["Rent"] * 30 + ["Parks"] * 10})


def test_without_weights_shares_are_counts_and_with_weights_they_are_sums():
    plain = weighted_shares(PRIORITY, of="priority")
    assert plain.index.tolist() == ["Streets", "Rent", "Parks"]
    assert plain["share"].tolist() == pytest.approx([60, 30, 10])
    weights = np.repeat([0.5, 2.0, 1.0], [60, 30, 10])
    table = weighted_shares(PRIORITY, of="priority", weights=weights)
    assert table.index.tolist() == ["Rent", "Streets", "Parks"]
    assert table["share"].tolist() == pytest.approx([60, 30, 10])
    assert table["answers"].tolist() == [30, 60, 10]


def test_unequal_weights_widen_the_range():
    weights = np.tile([0.2, 1.8], 50)
    wide = weighted_shares(PRIORITY, "priority", weights).loc["Parks"]
    narrow = weighted_shares(PRIORITY, "priority").loc["Parks"]
    assert wide["high"] - wide["low"] > narrow["high"] - narrow["low"]


def test_few_answers_are_too_few_to_tell():
    table = weighted_shares(PRIORITY.tail(20), of="priority")
    assert table[["share", "low", "high"]].isna().all(axis=None)
    assert table["answers"].sum() == 20
    assert str(share_lead(PRIORITY.tail(20), "priority", "Rent", "Parks")) == "too few to tell"


def test_a_few_heavy_answers_are_as_few_as_they_are():
    weights = np.r_[np.full(95, 0.001), np.full(5, 10.0)]
    assert weighted_shares(PRIORITY, "priority", weights)["share"].isna().all()


def test_the_lead_by_hand_and_the_other_way_round():
    ahead = share_lead(PRIORITY, "priority", "Streets", "Rent")
    reach = 1.959964 * math.sqrt((0.9 - 0.3**2) / 100)
    assert ahead.value == pytest.approx(30)
    assert [ahead.low, ahead.high] == pytest.approx([100 * (0.3 - reach), 100 * (0.3 + reach)])
    back = share_lead(PRIORITY, "priority", "Rent", "Streets")
    assert [back.value, back.low] == pytest.approx([-ahead.value, -ahead.high])


@pytest.mark.parametrize(
    ("answers", "of", "weights", "words"),
    [
        (PRIORITY, "choice", None, "no column called choice"),
        (PRIORITY.replace("Rent", None), "priority", None, "priority is empty in 30 of 100"),
        (PRIORITY[:0], "priority", None, "no answers"),
        (PRIORITY, "priority", [1.0] * 99, "100 answers and 99 weights"),
    ],
)
def test_answers_that_cannot_be_counted_are_refused(answers, of, weights, words):
    with pytest.raises(PlaybookError, match=words):
        weighted_shares(answers, of, weights)


def test_a_choice_that_nobody_made_has_no_lead():
    with pytest.raises(PlaybookError, match="Nobody chose 'Transit'"):
        share_lead(PRIORITY, "priority", "Transit", "Rent")


def test_equal_chances_have_an_indicator_of_one():
    answers = answers_of(Owner=46, Renter=54)
    found = r_indicator(answers, np.ones(100), ["tenure"], people=400)
    assert found.r_indicator == pytest.approx(1)
    assert found.rate == pytest.approx(25)
    assert found.variation == pytest.approx(0, abs=1e-5)


def test_unequal_chances_by_hand():
    # 40 of 50 owners answered and 10 of 50 renters: chances of .8 and .2, spread .3.
    answers = answers_of(Owner=40, Renter=10)
    weights = np.repeat([0.5 / 0.8, 0.5 / 0.2], [40, 10])
    found = r_indicator(answers, weights, ["tenure"], people=100)
    assert found.r_indicator == pytest.approx(1 - 2 * 0.3)
    assert found.variation == pytest.approx(100 * 0.3 / 0.5)


def test_two_traits_count_side_by_side():
    # Chances of .5 and .1 by age, the same for both kinds of homes: spread .2.
    answers = pd.DataFrame(
        {
            "tenure": ["Owner"] * 30 + ["Renter"] * 30,
            "age": (["old"] * 25 + ["young"] * 5) * 2,
        }
    )
    weights = np.where(answers["age"] == "old", 2.0, 10.0)
    found = r_indicator(answers, weights, ["tenure", "age"], people=200)
    assert found.r_indicator == pytest.approx(0.6)
    assert found.rate == pytest.approx(30)


def test_with_few_answers_the_indicator_looks_good_whoever_answered():
    # The trap: the same lopsided answers, once among few people and once among many.
    answers = answers_of(Owner=40, Renter=10)
    weights = np.repeat([0.5 / 0.8, 0.5 / 0.2], [40, 10])
    among_many = r_indicator(answers, weights, ["tenure"], people=10_000)
    assert among_many.r_indicator > 0.99
    assert among_many.variation == pytest.approx(60, rel=1e-6)
    assert "vary by 60 percent" in repr(among_many)


def test_people_are_more_than_answers():
    with pytest.raises(PlaybookError, match="100 answered, and people are 90"):
        r_indicator(answers_of(Owner=46, Renter=54), np.ones(100), ["tenure"], people=90)
