"""The choice about heat: written down once, the same in every city of this design."""

import pytest

from playbook.author.words import banned_in, british_in
from playbook.measures.choices import dominated
from playbook.simulate.policy import (
    option_scores,
    policy_options,
    policy_scan,
    policy_tables,
    stakeholders,
)
from playbook.simulate.policy_texts import CITIES, CRITERIA
from playbook.simulate.world import make_world


def test_the_scan_names_forty_cities_once_each():
    scan = policy_scan(64)
    assert len(scan) == len(set(CITIES)) == 40
    assert scan["policy"].value_counts().between(3, 4).all()
    assert scan["equity_clause"].value_counts().to_dict() == {"no": 26, "yes": 14}
    assert scan["evidence"].value_counts().to_dict() == {
        "None published": 22,
        "Before and after": 11,
        "Compared with others": 5,
        "Trial": 2,
    }


def test_a_policy_has_one_lever_whoever_took_it_up():
    scan = policy_scan(3)
    assert (scan.groupby("policy")["lever"].nunique() == 1).all()


def test_points_are_complete_and_the_panel_lies_around_them():
    scores = option_scores(64)
    assert len(scores) == 8 * 7
    assert not scores.duplicated(["option_id", "criterion"]).any()
    assert set(scores["criterion"]) == set(CRITERIA)
    assert set(scores["option_id"]) == set(policy_options()["option_id"])
    assert (scores["low"] <= scores["score"]).all()
    assert (scores["score"] <= scores["high"]).all()
    assert scores[["low", "high"]].stack().between(1, 10).all()


def test_points_do_not_depend_on_the_seed_and_one_option_is_beaten():
    one, other = option_scores(1), option_scores(2)
    assert one["score"].equals(other["score"])
    assert not one["low"].equals(other["low"])
    table = one.pivot_table(index="option_id", columns="criterion", values="score")
    assert set(dominated(table)["option"]) == {"O7"}


def test_eighteen_have_a_say_and_power_stays_within_its_scale():
    table = stakeholders(64)
    assert len(table) == 18
    assert table["name"].is_unique
    assert table["power"].between(1, 5).all()
    assert table["position"].between(-2, 2).all()
    assert stakeholders(1)["position"].equals(table["position"])


def test_every_text_keeps_to_our_words():
    for table in policy_tables(make_world(1), {}, 1).values():
        for text in table.select_dtypes("str").to_numpy().ravel():
            assert banned_in(text) == []
            assert british_in(text) == []


@pytest.mark.parametrize("make", [policy_scan, option_scores, stakeholders])
def test_the_same_seed_makes_the_same_table(make):
    assert make(7).equals(make(7))
    assert not make(7).equals(make(8))
