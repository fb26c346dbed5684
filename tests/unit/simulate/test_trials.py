"""The trial of text messages: dealt evenly, its luck fixed, its visits flat."""

import pytest

from playbook.measures.trials import trial_effects
from playbook.simulate.trials import (
    ARMS,
    EFFECTS,
    PILOT_REPLIES,
    SPANISH_SHARE,
    sms_pilot,
    sms_trial,
    trial_tables,
)
from playbook.simulate.world import DISTRICTS, make_world

SEEDS = (1, 2, 3, 64)
# Percent who reply, as designed.
REPLIED = {"control": 4.5, "simple": 4.6, "selected": 6.3, "community": 5.0}


@pytest.fixture(scope="module", params=SEEDS)
def trial(request):
    return sms_trial(make_world(request.param), request.param)


def test_each_person_stands_there_once_and_the_arms_are_even(trial):
    assert len(trial) == 12_000
    assert trial["person_id"].is_unique
    assert set(trial["block"]) == set(DISTRICTS)
    assert trial["arm"].value_counts().to_dict() == dict.fromkeys(ARMS, 3_000)
    within = trial.groupby(["block", "arm"]).size().unstack()
    assert (within.max(axis=1) - within.min(axis=1)).max() <= 1


def test_shares_are_those_of_the_design_in_every_city(trial):
    for arm, share in REPLIED.items():
        rows = trial[trial["arm"] == arm]
        assert 100 * rows["replied"].mean() == pytest.approx(share, abs=0.1), arm
        assert 100 * rows["attended"].mean() == pytest.approx(8.25, abs=0.2), arm
    assert (trial["language"] == "Spanish").mean() == pytest.approx(SPANISH_SHARE, abs=0.001)


def test_who_comes_has_booked_and_more_book_than_come(trial):
    assert (trial["booked"] >= trial["attended"]).all()
    booked = trial.groupby("arm")["booked"].mean()
    assert (booked > trial.groupby("arm")["attended"].mean()).all()


def test_more_people_are_invited_where_hardship_is_high_and_more_read_spanish(trial):
    counts = trial["block"].value_counts()
    assert counts["Eastbank"] > 1.5 * counts["Highland"]
    spanish = (trial["language"] == "Spanish").groupby(trial["block"]).mean()
    assert spanish["Eastbank"] > 2 * spanish["Highland"]


def test_luck_within_an_arm_does_not_follow_the_order_of_the_rows(trial):
    halves = trial["replied"].groupby(trial.index < len(trial) // 2).mean()
    assert halves.max() / halves.min() < 1.25


def test_the_pilot_puts_another_message_first():
    for seed in SEEDS:
        pilot = sms_pilot(make_world(seed), seed)
        assert pilot["arm"].value_counts().to_dict() == dict.fromkeys(ARMS, 150)
        assert pilot.groupby("arm")["replied"].sum().to_dict() == PILOT_REPLIES
        effects = trial_effects(pilot, "arm", "replied", "control")
        assert (effects["low"] < 0).all()
        assert (effects["high"] > 0).all()


def test_revealed_effects_are_those_of_the_table(trial):
    true = {effect.name: effect.value for effect in EFFECTS}
    effects = trial_effects(trial, "arm", "replied", "control").set_index("arm")
    for arm in ("simple", "selected", "community"):
        seen = effects.loc[arm, "difference"]
        assert seen == pytest.approx(true[f"texts_replies_{arm}"], abs=0.15)


def test_the_theme_makes_both_tables_and_changes_nothing_it_was_given():
    world = make_world(3)
    made = trial_tables(world, {}, 3)
    assert list(made) == ["sms_trial", "sms_pilot"]
    assert made["sms_trial"].equals(trial_tables(world, {}, 3)["sms_trial"])
    assert not made["sms_trial"].equals(sms_trial(world, 4))
