"""Braided money: each broken rule is found, and no other."""

import pandas as pd
import pytest

from playbook.errors import PlaybookError
from playbook.measures.braiding import braid_problems

SOURCES = pd.DataFrame(
    {
        "source_id": ["Grant", "Block", "Levy", "Federal"],
        "amount_usd": [80, 30, 40, 50],
        "match_rate": [0.25, 0.0, 0.0, 0.0],
        "can_be_match": ["no", "ask", "yes", "no"],
    }
)
USES = pd.DataFrame({"use_id": ["Homes", "Trees"], "need_usd": [100, 30]})
ALLOWED = pd.DataFrame(
    {"Homes": [True, True, True, True], "Trees": [False, True, True, False]},
    index=SOURCES["source_id"],
)
SOUND = [("Grant", "Homes", 80, None), ("Levy", "Homes", 20, "Grant"), ("Block", "Trees", 30, None)]


def problems(rows):
    plan = pd.DataFrame(rows, columns=["source_id", "use_id", "amount_usd", "match_for"])
    return braid_problems(plan, SOURCES, USES, ALLOWED)


def test_a_sound_plan_has_no_problem():
    assert problems(SOUND).empty


@pytest.mark.parametrize(
    ("rows", "rule", "words"),
    [
        ([*SOUND[:2], ("Pot", "Trees", 30, None)], "traceable", "Pot is no source"),
        ([*SOUND[:2], ("Levy", "Trees", 25, None)], "traceable", "has $40; the plan spends $45"),
        ([*SOUND[:2], ("Federal", "Trees", 30, None)], "allowed", "Federal may not pay for Trees"),
        ([*SOUND, ("Levy", "Trees", 5, None)], "paid once", "Trees gets $5 more"),
        ([SOUND[0], ("Levy", "Homes", 19, "Grant")], "match", "needs $20 of match and has $19"),
        ([SOUND[0], ("Federal", "Homes", 20, "Grant")], "match", "Federal may not count"),
        ([SOUND[0], ("Block", "Homes", 20, "Grant")], "match", "Ask first"),
        ([*SOUND[:2], ("Levy", "Trees", 5, "Gift")], "match", "match for Gift, which is no source"),
    ],
)
def test_one_broken_rule_is_found_and_no_other(rows, rule, words):
    found = problems(rows)
    assert found["rule"].unique().tolist() == [rule], found["problem"].tolist()
    assert found["problem"].str.contains(words, regex=False).any()


def test_match_for_another_use_does_not_count():
    rows = [("Grant", "Homes", 80, None), ("Levy", "Trees", 20, "Grant")]
    assert problems(rows)["problem"].tolist() == ["Grant needs $20 of match and has $0."]


def test_match_in_two_payments_adds_up():
    rows = [SOUND[0], ("Levy", "Homes", 12, "Grant"), ("Levy", "Homes", 8, "Grant")]
    assert problems(rows).empty


def test_money_is_not_its_own_match():
    rows = [("Grant", "Homes", 60, None), ("Grant", "Homes", 20, "Grant")]
    assert problems(rows)["problem"].tolist() == ["Grant can't be its own match."]


def test_more_than_the_need_is_found_even_from_many_small_payments():
    rows = [("Levy", "Trees", 8, None)] * 4
    assert problems(rows)["rule"].tolist() == ["paid once"]


def test_dollars_spent_twice_over_two_uses_are_found():
    rows = [("Block", "Homes", 20, None), ("Block", "Trees", 20, None)]
    assert problems(rows)["rule"].tolist() == ["traceable"]


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ([("Levy", "Trees", 0, None)], "above 0 dollars"),
        ([("Levy", "Bridges", 5, None)], "Bridges, which is not on the list"),
    ],
)
def test_a_plan_that_can_not_be_read_is_refused(rows, what):
    with pytest.raises(PlaybookError, match=what):
        problems(rows)


def test_a_missing_column_is_named():
    with pytest.raises(PlaybookError, match="match_for"):
        braid_problems(
            pd.DataFrame({"source_id": []}).assign(use_id="", amount_usd=0), SOURCES, USES, ALLOWED
        )
