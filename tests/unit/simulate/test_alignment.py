"""Contacts pile up at few addresses, and strategies at three ideas."""

import numpy as np
import pytest

from playbook.author.words import banned_in, british_in
from playbook.measures.concentration import top_share
from playbook.simulate import alignment as module
from playbook.simulate.alignment import (
    ADDRESSES,
    CONTACTS,
    DEPARTMENTS,
    OUTCOMES,
    alignment_tables,
    contacts_by_address,
)
from playbook.simulate.build import as_csv
from playbook.simulate.plan_titles import COPIES, OTHERS, PRIORITIES
from playbook.simulate.world import SEED, make_world, stream


def made(seed):
    return alignment_tables(make_world(seed), {}, seed)


@pytest.mark.parametrize("seed", [SEED, 1, 2, 3])
def test_contacts_add_up_and_few_addresses_hold_most(seed):
    contacts = made(seed)["address_contacts"]
    per_address = contacts.groupby("address_id").size()
    assert len(contacts) == CONTACTS == 38_000
    assert len(per_address) == ADDRESSES == 16_000
    assert 0.35 < top_share(per_address) < 0.41
    top = per_address.nlargest(800).index
    at_top = contacts[contacts["address_id"].isin(top)]
    departments = at_top.groupby("address_id")["department"].nunique().mean()
    assert 4.0 < departments < 4.6


def test_the_file_stays_small_and_sorted():
    contacts = made(SEED)["address_contacts"]
    assert len(as_csv(contacts)) < 1_400_000
    assert contacts["address_id"].is_monotonic_increasing


def test_departments_and_outcomes_come_as_often_as_set():
    contacts = made(SEED)["address_contacts"]
    shares = contacts["department"].value_counts(normalize=True)
    for name, (share, programs) in DEPARTMENTS.items():
        assert shares[name] == pytest.approx(share, abs=0.02)
        one = contacts[contacts["department"] == name]
        assert set(one["program"]) == set(programs)
    assert sum(share for share, _ in DEPARTMENTS.values()) == pytest.approx(1)
    outcome = contacts["outcome"].value_counts(normalize=True)
    assert outcome.to_dict() == pytest.approx(OUTCOMES, abs=0.01)


def test_no_single_address_runs_away_with_the_contacts():
    most = [contacts_by_address(stream(seed, "address_contacts")).max() for seed in range(1, 41)]
    assert max(most) < 130


def test_a_strong_focus_means_fewer_departments(monkeypatch):
    def departments():
        contacts = made(SEED)["address_contacts"].groupby("address_id")["department"]
        return contacts.nunique()[contacts.size() >= 12].mean()

    spread = departments()
    monkeypatch.setattr(module, "FOCUS", 0.5)
    assert departments() < spread - 1


@pytest.mark.parametrize("seed", [SEED, 1])
def test_ninety_strategies_each_once_and_none_for_home_repair(seed):
    strategies = made(seed)["plan_strategies"]
    assert len(strategies) == 90
    assert strategies["title"].is_unique
    assert strategies["strategy_id"].tolist() == sorted(strategies["strategy_id"])
    tags = strategies["priority_tags"].str.split(",")
    assert set().union(*tags) == set(PRIORITIES) - {"home repair"}
    assert (strategies["end"] > strategies["start"]).all()
    windows = (strategies["end"] - strategies["start"]).groupby(strategies["plan"]).first()
    # Law and accreditation: hospitals every three years, the county every five.
    assert (windows["CHNA"], windows["CHA/CHIP"]) == (3, 5)


def test_copies_are_near_and_all_others_are_far():
    sizes = [len(titles) for _, titles in COPIES]
    assert sizes == [16, 14, 11]
    assert sum(sizes) + len(OTHERS) == 90
    others = [frozenset(tags) for tags in OTHERS.values()]
    assert len(set(others)) == len(others), "two others for the same priorities are copies too"
    for tags in others:
        assert 2 <= len(tags) <= 3
        for shared, _ in COPIES:
            assert len(tags & set(shared)) < 2, tags
    for shared, titles in COPIES:
        assert list(titles.values()).count("") > len(titles) / 2
        assert not {*titles.values()} & {*shared}


def test_titles_are_in_our_words():
    titles = [*OTHERS, *(title for _, some in COPIES for title in some)]
    assert len(set(titles)) == 90
    for title in titles:
        assert not banned_in(title), title
        assert not british_in(title), title


def test_plans_take_up_what_they_are_about():
    rows = [made(seed)["plan_strategies"] for seed in range(1, 9)]
    heat = [
        (one["plan"] == "Climate")[one["priority_tags"].str.contains("heat")].mean() for one in rows
    ]
    rest = [
        (one["plan"] == "Climate")[~one["priority_tags"].str.contains("heat")].mean()
        for one in rows
    ]
    assert np.mean(heat) > 2 * np.mean(rest)
