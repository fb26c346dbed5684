"""Competing ends: shares that add up, medians that wait, and a trap that is named."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.errors import PlaybookError
from playbook.measures.competing_risks import (
    cumulative_incidence,
    days_until_share,
    incidence_by,
    incidence_table,
    naive_incidence_by,
)
from playbook.measures.product_limit import product_limit

ENDS = st.sampled_from(["home", "other", None])
CASES = st.lists(st.tuples(st.integers(0, 40), ENDS), min_size=12, max_size=60)


def split(cases):
    return [days for days, _ in cases], [end for _, end in cases]


@settings(max_examples=60, deadline=None)
@given(CASES)
def test_all_ends_and_the_open_share_add_up_to_one(cases):
    days, ended = split(cases)
    open_curve = product_limit(days, [end is not None for end in ended])
    if not len(open_curve):
        return
    shares = [cumulative_incidence(days, ended, of) for of in ("home", "other")]
    assert shares[0]["days"].tolist() == open_curve["days"].tolist()
    total = shares[0]["share"] + shares[1]["share"] + open_curve["survival"]
    np.testing.assert_allclose(total, 1)
    assert (np.diff(shares[0]["share"]) >= 0).all()


@settings(max_examples=60, deadline=None)
@given(CASES, st.integers(1, 40))
def test_trap_one_minus_kaplan_meier_is_never_below_the_honest_share(cases, horizon):
    days, ended = split(cases)
    honest = cumulative_incidence(days, ended, "home").query("days <= @horizon")["share"].max()
    honest = 0 if math.isnan(honest) else honest
    assert naive_incidence_by(days, ended, horizon, "home") >= 100 * honest - 1e-9


def test_trap_the_naive_share_is_above_as_soon_as_another_end_comes_first():
    # Ten leave for elsewhere, then ten of the ten left go home: half went home, not all.
    days, ended = [10] * 10 + [20] * 10, ["other"] * 10 + ["home"] * 10
    assert incidence_by(days, ended, 30, "home").value == pytest.approx(50)
    assert naive_incidence_by(days, ended, 30, "home") == pytest.approx(100)


def test_without_another_end_both_agree():
    days, ended = [5, 9, 12, 20, 31] * 4, ["home", None, "home", "home", None] * 4
    for horizon in (6, 15, 25):
        honest = incidence_by(days, ended, horizon, "home").value
        assert honest == pytest.approx(naive_incidence_by(days, ended, horizon, "home"))


def test_an_interval_holds_the_share_and_stays_within_bounds():
    random = np.random.default_rng(1)
    for _ in range(50):
        days = random.integers(1, 60, 30)
        ended = random.choice(["home", "other", None], 30)
        found = incidence_by(days, ended, 30, "home")
        assert 0 <= found.low <= found.value <= found.high <= 100
    none = incidence_by(range(1, 31), ["other"] * 30, 20, "home")
    assert (none.value, none.low, none.high) == (0, 0, pytest.approx(10))


def test_too_few_or_not_watched_long_enough_is_too_few_to_tell():
    assert not incidence_by([5] * 10, ["home"] * 10, 3, "home").known
    late = incidence_by([5, 9] * 10, ["home", None] * 10, 30, "home")
    assert not late.known
    assert "watched for 30 days" in late.note
    # All stays are over: nothing is left to be watched.
    assert incidence_by([5, 9] * 10, ["home", "other"] * 10, 30, "home").value == 50
    # One open stay in forty moves the share by less than it is rounded.
    few_open = [*["home"] * 39, None]
    assert incidence_by([5] * 39 + [9], few_open, 30, "home").known


def test_the_median_counts_those_who_never_got_there():
    days, ended = list(range(1, 21)), ["home", "other"] * 10
    # Of those who went home half did within 9 days; of all who came, half only just did.
    assert days_until_share(days, ended, of="home").value == 19
    fewer = ["home", "other", "other"] * 6 + ["other", "other"]
    missing = days_until_share(days, fewer, of="home")
    assert not missing.known
    assert math.isinf(missing.high)
    assert "fewer than 50 percent" in missing.note
    assert "too few" in days_until_share([1, 2], ["home", None], of="home").note


def test_limits_of_the_median_enclose_it():
    random = np.random.default_rng(3)
    found = days_until_share(
        random.exponential(50, 200), random.choice(["home", "other"], 200, p=[0.8, 0.2]), of="home"
    )
    assert found.low < found.value < found.high < math.inf


def test_small_groups_show_neither_share_nor_count():
    cases = pd.DataFrame({"group": ["A"] * 20 + ["B"] * 10, "days": 5.0, "ended": "home"})
    table = incidence_table(cases, (3, 9), of="home").set_index("group")
    assert table.loc["A", "share"].tolist() == [0, 100]
    assert table.loc["A", "cases"].tolist() == [20, 20]
    assert table.loc["B", ["cases", "share", "low", "high"]].isna().all(axis=None)


def test_nothing_changes_in_what_was_handed_over():
    cases = pd.DataFrame({"group": "A", "days": range(20), "ended": ["home", None] * 10})
    before = cases.copy()
    incidence_table(cases, of="home")
    pd.testing.assert_frame_equal(cases, before)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: incidence_by([1, -2], ["home", None], 5, "home"), "below 0"),
        (lambda: incidence_by([1, 2], ["home"], 5, "home"), "2 waits but 1"),
        (lambda: incidence_by([1], ["home"], 0, "home"), "horizon of 0"),
        (lambda: naive_incidence_by([1], ["home"], -1, "home"), "horizon of -1"),
        (lambda: days_until_share([1], ["home"], 100, "home"), "not between 0 and 100"),
        (lambda: incidence_table(pd.DataFrame({"days": [1]})), "column called group"),
    ],
)
def test_what_is_wrong_is_said_in_plain_words(call, words):
    with pytest.raises(PlaybookError, match=words):
        call()
