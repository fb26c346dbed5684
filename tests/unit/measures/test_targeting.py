"""Which doors first: fair lots, honest gains, whom a score misses, and no race among its inputs."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.errors import PlaybookError
from playbook.measures.targeting import chosen_first, fit_score, gain_curve, score_places
from playbook.measures.targeting_checks import (
    calibration,
    doors_per_need,
    error_rates,
    reached_more,
    reached_share,
)

PLACES = st.lists(st.tuples(st.floats(0, 1), st.integers(1, 300)), min_size=2, max_size=40)


def homes(rows=400):
    random = np.random.default_rng(1)
    table = pd.DataFrame(
        {
            "old": random.choice(["yes", "no"], rows),
            "low": random.choice(["yes", "no"], rows),
            "race_ethnicity": random.choice(["Black", "White"], rows),
        }
    )
    chance = 0.1 + 0.3 * (table["old"] == "yes") + 0.3 * (table["low"] == "yes")
    return table, random.random(rows) < chance


def test_the_more_is_known_to_go_with_need_the_higher_the_score():
    table, needs = homes()
    fit = fit_score(table, ["old", "low"], needs)
    blocks = pd.DataFrame(
        {"homes": [100, 100, 50], "old_pct": [10, 90, 90], "low_pct": [10, 10, 90]}
    )
    scored = score_places(fit, blocks, {"old_pct": "old", "low_pct": "low"})
    assert scored["chance"].is_monotonic_increasing
    np.testing.assert_allclose(scored["expected_needs"], scored["homes"] * scored["chance"])
    np.testing.assert_allclose(scored["doors_per_need"] * scored["chance"], 1)
    assert list(blocks.columns) == ["homes", "old_pct", "low_pct"]


@pytest.mark.parametrize(
    "name", ["race_ethnicity", "race", "pct_black", "Hispanic_pct", "share_latino", "ethnicity"]
)
def test_trap_race_is_never_an_input_of_a_score(name):
    table, needs = homes()
    with pytest.raises(PlaybookError, match="never takes race"):
        fit_score(table.rename(columns={"race_ethnicity": name}), ["old", name], needs)


@pytest.mark.parametrize("name", ["blacktop", "trace", "nativity_hall", "built_before_1950"])
def test_names_that_only_sound_like_it_are_let_through(name):
    table, needs = homes()
    assert fit_score(table.rename(columns={"old": name}), [name], needs)["term"].iloc[1] == name


@settings(max_examples=60)
@given(PLACES, st.floats(0.05, 1))
def test_the_choice_fits_and_leaves_no_better_place_that_fits_before_it(places, capacity):
    score, doors = (np.array(each) for each in zip(*places, strict=True))
    chosen = chosen_first(score, doors, capacity)
    assert doors[chosen].sum() <= capacity * doors.sum() * (1 + 1e-6)
    if chosen.any() and not chosen.all():
        assert score[chosen].min() >= score[~chosen].max()


def test_trap_equal_scores_are_drawn_by_lot_and_not_by_the_order_of_the_table():
    score, doors = np.zeros(200), np.ones(200)
    chosen = chosen_first(score, doors, 0.2)
    assert chosen.sum() == 40
    # The first 40 of the table would have an average place of about 20.
    assert 60 < np.flatnonzero(chosen).mean() < 140
    assert (chosen_first(score, doors, 0.2) == chosen).all()
    assert (chosen_first(score, doors, 0.2, seed=1) != chosen).any()


@settings(max_examples=60)
@given(PLACES, st.integers(0, 1000))
def test_a_gain_curve_rises_from_nothing_to_everything(places, seed):
    score, doors = (np.array(each, dtype=float) for each in zip(*places, strict=True))
    needs = np.random.default_rng(seed).random(len(doors)) + 0.01
    curve = gain_curve(score, doors, needs)
    assert curve.iloc[0].tolist() == [0, 0]
    assert curve.iloc[-1].tolist() == pytest.approx([1, 1])
    assert (np.diff(curve["reached_share"]) > 0).all()


def test_a_perfect_score_is_above_the_diagonal_and_a_reversed_one_below():
    doors, needs = np.full(10, 50.0), np.arange(1, 11.0)
    best, worst = gain_curve(needs, doors, needs), gain_curve(-needs, doors, needs)
    middle = slice(1, -1)
    assert (best["reached_share"] > best["doors_share"])[middle].all()
    assert (worst["reached_share"] < worst["doors_share"])[middle].all()


def test_weights_widen_the_range_of_what_is_reached():
    chosen = np.arange(200) % 4 == 0
    plain = reached_share(chosen, np.ones(200))
    uneven = reached_share(chosen, np.where(np.arange(200) % 8 < 4, 0.1, 1.9))
    assert plain.value == pytest.approx(25)
    assert uneven.value == pytest.approx(25)
    assert uneven.high - uneven.low > plain.high - plain.low


def test_homes_that_both_choices_reach_cancel():
    one = np.array([True] * 30 + [False] * 70)
    other = np.array([True] * 20 + [False] * 80)
    more = reached_more(one, other, np.ones(100))
    assert more.value == pytest.approx(10)
    assert reached_more(other, one, np.ones(100)).value == pytest.approx(-10)
    # Had the two been counted as if on different homes, the range would reach below 0.
    assert more.low > 0
    same = reached_more(one, one, np.ones(100))
    assert (same.value, same.low, same.high) == (0, 0, 0)


def test_few_needs_are_too_few_to_tell():
    needs = [1] * 10 + [0] * 90
    for found in (
        reached_share([True] * 100, needs),
        reached_more([True] * 100, [False] * 100, needs),
        doors_per_need(np.array(needs) == 1),
    ):
        assert not found.known
        assert "10 homes that need it, at least 11" in found.note


def test_doors_for_each_need_is_one_over_the_share():
    found = doors_per_need([True] * 20 + [False] * 60)
    assert found.value == 4
    assert found.low < 4 < found.high


def test_a_true_chance_is_as_expected_and_a_doubled_one_is_not():
    random = np.random.default_rng(2)
    chance = random.uniform(0.05, 0.45, 20_000)
    needs = random.random(20_000) < chance
    good = calibration(chance, needs)
    assert (good["reads"] == "as expected").sum() >= 9
    assert good["homes"].sum() == 20_000
    assert (calibration(2 * chance, needs)["reads"] == "fewer than expected").all()
    assert (calibration(chance / 2, needs)["reads"] == "more than expected").all()
    assert (calibration([0.1, 0.3], [True, False], 2)["reads"] == "too few to tell").all()


def test_misses_are_counted_among_those_in_need_only():
    chosen = np.array([True] * 15 + [False] * 5 + [True] * 40)
    needs = np.array([True] * 20 + [False] * 40)
    row = error_rates(chosen, needs, ["A"] * 60).iloc[0]
    assert row["missed"] == 25
    assert row["visited_without_need"] == 100
    assert row["missed_low"] < 25 < row["missed_high"]


def test_small_groups_show_no_figures_at_all():
    chosen, needs = [True] * 30, [True] * 20 + [True] * 10
    table = error_rates(chosen, needs, ["A"] * 20 + ["B"] * 10).set_index("group")
    assert table.loc["B"].isna().all()
    assert table.loc["A", "missed"] == 0


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: chosen_first([1], [1], 0), "capacity of 0"),
        (lambda: chosen_first([1, 2], [1]), "2 scores and 1 counts"),
        (lambda: chosen_first([1, 2], [1, -1]), "0 or more"),
        (lambda: gain_curve([1, 2], [1, 1], [0, 0]), "some above 0"),
        (lambda: reached_share([True], [1, 0]), "1 marks for 2"),
        (lambda: reached_share([True], [-1]), "found -1"),
        (lambda: doors_per_need(["yes"]), "True or False"),
        (lambda: calibration([1.2], [True]), "between 0 and 1"),
        (lambda: error_rates([True], [True], ["A", "B"]), "2 marks for 1"),
        (
            lambda: fit_score(pd.DataFrame({"a": ["yes", "maybe"]}), ["a"], [True, False]),
            "I found maybe",
        ),
    ],
)
def test_what_is_wrong_is_said_in_plain_words(call, words):
    with pytest.raises(PlaybookError, match=words):
        call()


def test_a_percent_outside_its_range_is_refused():
    table, needs = homes()
    fit = fit_score(table, ["old"], needs)
    with pytest.raises(PlaybookError, match="percents from 0 to 100"):
        score_places(fit, pd.DataFrame({"homes": [1], "p": [120]}), {"p": "old"})
