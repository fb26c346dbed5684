"""Trials: dealing, balance, effects, groups, cost, and what a trial of some size sees."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.errors import PlaybookError
from playbook.estimate import Estimate
from playbook.measures.rates import difference, proportion
from playbook.measures.trial_design import ALIKE, balance_table, randomize
from playbook.measures.trial_power import sample_size, simulated_trials, trial_power, wrong_sign
from playbook.measures.trials import (
    cost_per_extra,
    holm,
    interaction,
    trial_effects,
    two_shares_p_value,
)


def people_of(counts: dict[str, tuple[int, int]]) -> pd.DataFrame:
    """Build one row a person from events and people of each arm."""
    rows = [
        (arm, int(number < events))
        for arm, (events, total) in counts.items()
        for number in range(total)
    ]
    return pd.DataFrame(rows, columns=["arm", "paid"])


@given(
    st.lists(st.sampled_from("abcde"), min_size=1, max_size=60),
    st.integers(2, 5),
    st.integers(0, 1_000),
)
def test_arms_are_even_in_every_block_and_in_all(blocks: list[str], arms: int, seed: int) -> None:
    people = pd.DataFrame({"block": blocks}, index=np.arange(len(blocks)) * 7)
    names = [f"arm {number}" for number in range(arms)]
    dealt = randomize(people, names, "block", seed)
    assert dealt.index.equals(people.index)
    every = dealt.value_counts().reindex(names, fill_value=0)
    assert every.max() - every.min() <= 1
    for _, rows in people.groupby("block"):
        within = dealt[rows.index].value_counts().reindex(names, fill_value=0)
        assert within.max() - within.min() <= 1
    assert dealt.equals(randomize(people, names, "block", seed))


def test_the_deal_is_by_chance_and_not_by_the_order_of_rows() -> None:
    people = pd.DataFrame({"block": ["a"] * 2_000})
    dealt = randomize(people, ["x", "y"], "block", seed=1)
    assert not dealt.equals(randomize(people, ["x", "y"], "block", seed=2))
    first_half = (dealt[:1_000] == "x").mean()
    assert 0.45 < first_half < 0.55
    runs = (dealt != dealt.shift()).sum()
    assert 900 < runs < 1_100, "neighbors in the list are dealt apart"


def test_nobody_is_left_without_a_block_and_one_arm_is_no_trial() -> None:
    people = pd.DataFrame({"block": ["a", None]})
    with pytest.raises(PlaybookError, match="1 people have no block"):
        randomize(people, ["x", "y"], "block", seed=1)
    with pytest.raises(PlaybookError, match="at least two arms"):
        randomize(people, ["x", "x"], "block", seed=1)


def test_balance_by_hand() -> None:
    people = pd.DataFrame(
        {
            "arm": ["new"] * 4 + ["old"] * 4,
            "language": ["en", "en", "es", "es", "en", "en", "en", "es"],
            "age": [20.0, 30, 40, 50, 30, 40, 50, 60],
        }
    )
    table = balance_table(people, "arm", ["language", "age"], control="old")
    english, spanish, age = table.to_dict("records")
    assert (english["control"], english["treated"]) == (75, 50)
    apart = -0.25 / math.sqrt((0.75 * 0.25 + 0.5 * 0.5) / 2)
    assert english["standardized_difference"] == pytest.approx(apart)
    assert spanish["standardized_difference"] == pytest.approx(-apart)
    assert age["standardized_difference"] == pytest.approx(-10 / np.std([0, 10, 20, 30], ddof=1))
    assert abs(apart) > ALIKE


def test_equal_arms_have_no_imbalance_and_a_split_column_has_no_measure() -> None:
    people = pd.DataFrame({"arm": ["new", "old"], "side": ["left", "left"]})
    same = balance_table(people, "arm", ["side"], control="old")
    assert same["standardized_difference"].tolist() == [0]
    people["side"] = ["left", "right"]
    split = balance_table(people, "arm", ["side"], control="old")
    assert np.isinf(split["standardized_difference"]).all()


def test_effects_are_newcombes_and_stricter_with_more_arms() -> None:
    people = people_of({"old": (135, 3_000), "a": (189, 3_000), "b": (150, 3_000)})
    table = trial_effects(people, "arm", "paid", "old").set_index("arm")
    expected = difference(proportion(189, 3_000), proportion(135, 3_000))
    assert table.loc["a", ["difference", "low", "high"]].tolist() == pytest.approx(
        [expected.value, expected.low, expected.high]
    )
    alone = trial_effects(people[people["arm"] != "b"], "arm", "paid", "old")
    assert table.loc["a", "p_holm"] == pytest.approx(2 * table.loc["a", "p_value"])
    assert alone["p_holm"].tolist() == pytest.approx(alone["p_value"].tolist())


def test_everyone_counts_in_the_arm_they_were_dealt_to() -> None:
    people = people_of({"old": (5, 50), "new": (10, 50)})
    people.loc[people.index[-1], "paid"] = None
    with pytest.raises(PlaybookError, match="1 people have no outcome"):
        trial_effects(people, "arm", "paid", "old")
    assert trial_effects(people.fillna({"paid": 0}), "arm", "paid", "old")["people"].tolist() == [
        50
    ]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"paid": 2}, "An outcome is 0 or 1"),
        ({"arm": "new"}, 'I need the arm "old"'),
    ],
)
def test_refusals_say_what_was_seen(change: dict[str, object], words: str) -> None:
    people = people_of({"old": (5, 50), "new": (10, 50)}).assign(**change)
    with pytest.raises(PlaybookError, match=words):
        trial_effects(people, "arm", "paid", "old")


def test_nobody_and_everybody_are_no_evidence_of_a_difference() -> None:
    assert two_shares_p_value(0, 40, 0, 50) == 1
    assert two_shares_p_value(40, 40, 50, 50) == 1


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_holm_never_makes_a_p_value_smaller_and_keeps_the_order(values: list[float]) -> None:
    adjusted = holm(values)
    assert (adjusted >= np.array(values)).all()
    assert (adjusted <= 1).all()
    order = np.argsort(values, kind="stable")
    assert (np.diff(adjusted[order]) >= 0).all()
    assert adjusted[order[0]] == pytest.approx(min(1, len(values) * min(values)))


def test_holm_refuses_what_is_no_p_value() -> None:
    for odd in ([0.2, math.nan], [1.2], [-0.1]):
        with pytest.raises(PlaybookError, match="between 0 and 1"):
            holm(odd)


def test_interaction_compares_the_two_effects_and_not_their_verdicts() -> None:
    english = people_of({"old": (110, 2_400), "new": (160, 2_400)}).assign(language="English")
    spanish = people_of({"old": (24, 600), "new": (29, 600)}).assign(language="Spanish")
    people = pd.concat([english, spanish], ignore_index=True)
    table = interaction(people, "arm", "paid", "language", "new", "old").set_index("group")
    assert table.loc["English", "low"] > 0
    assert table.loc["Spanish", "low"] < 0
    assert table.loc["difference", "low"] < 0 < table.loc["difference", "high"]
    effect = table["effect"]
    assert effect["difference"] == pytest.approx(effect["English"] - effect["Spanish"])
    assert table.loc["difference", "people"] == 6_000


def test_interaction_needs_two_groups() -> None:
    people = people_of({"old": (5, 50), "new": (9, 50)}).assign(language="English")
    with pytest.raises(PlaybookError, match="has 1 groups"):
        interaction(people, "arm", "paid", "language", "new", "old")


def test_cost_has_no_upper_end_where_the_effect_may_be_nothing() -> None:
    sure = cost_per_extra(Estimate(2, 1, 4, "percentage points"), 0.5)
    assert (sure.value, sure.low, sure.high) == pytest.approx((25, 12.5, 50))
    unsure = cost_per_extra(Estimate(2, -1, 4, "percentage points"), 0.5)
    assert (unsure.low, unsure.high) == (12.5, math.inf)
    assert str(unsure) == "25.00 dollars (12.50 or more)"
    assert str(cost_per_extra(Estimate(-1, -3, 1, "percentage points"), 0.5)) == "too few to tell"


@pytest.mark.parametrize(
    ("effect", "cost", "words"),
    [
        (Estimate(2, 1, 3, "percent"), 1.0, "percentage points"),
        (Estimate(2, 1, 3, "percentage points"), 0.0, "above 0"),
    ],
)
def test_cost_refuses(effect: Estimate, cost: float, words: str) -> None:
    with pytest.raises(PlaybookError, match=words):
        cost_per_extra(effect, cost)


@given(st.floats(1, 90), st.floats(0.5, 9), st.integers(50, 5_000))
def test_more_people_see_more_and_err_less(base: float, lift: float, people: int) -> None:
    small, large = (trial_power(base, base + lift, n) for n in (people, 2 * people))
    assert 2.5 < small <= large
    assert wrong_sign(base, base + lift, people) >= wrong_sign(base, base + lift, 2 * people)
    assert trial_power(base, base + lift, people) == trial_power(base + lift, base, people)


@given(st.floats(1, 90), st.floats(0.5, 9), st.floats(0.5, 0.95))
def test_the_sample_size_is_the_smallest_that_does(base: float, lift: float, power: float) -> None:
    need = sample_size(base, base + lift, power)
    assert trial_power(base, base + lift, need) >= 100 * power - 1e-6
    if need > 2:
        assert trial_power(base, base + lift, need - 1) < 100 * power


def test_without_a_difference_half_of_the_false_alarms_point_up() -> None:
    assert trial_power(5, 5, 800) == pytest.approx(2.5)
    assert wrong_sign(5, 5, 800) == pytest.approx(50)


@pytest.mark.parametrize(
    "compute",
    [
        lambda: sample_size(5, 5),
        lambda: sample_size(0, 5),
        lambda: sample_size(5, 100),
        lambda: sample_size(4, 5, power=1),
        lambda: trial_power(4, 5, 1),
        lambda: simulated_trials({"new": 4}, "new", 100),
        lambda: simulated_trials({"new": 4, "old": 5}, "none", 100),
    ],
)
def test_power_refuses_what_has_no_answer(compute: object) -> None:
    with pytest.raises(PlaybookError):
        compute()  # type: ignore[operator]


def test_simulated_trials_agree_with_the_formulas() -> None:
    runs = simulated_trials({"old": 4.5, "new": 6.3}, "old", per_arm=1_500, trials=20_000)
    assert 100 * runs["wins"].mean() == pytest.approx(trial_power(4.5, 6.3, 1_500), abs=1.5)
    assert 100 * (runs["difference"] < 0).mean() == pytest.approx(
        wrong_sign(4.5, 6.3, 1_500), abs=0.5
    )
    assert (runs.loc[runs["wins"], "first"] == "new").all()


def test_a_pilot_of_150_an_arm_is_nearly_blind() -> None:
    shares = {"control": 4.5, "simple": 4.6, "selected": 6.3, "community": 5.0}
    runs = simulated_trials(shares, "control", per_arm=150, trials=20_000)
    assert 100 * (runs["first"] == "selected").mean() == pytest.approx(49, abs=2)
    assert trial_power(4.5, 6.3, 150) == pytest.approx(10.2, abs=0.1)
    assert wrong_sign(4.5, 6.3, 150) == pytest.approx(24.5, abs=0.1)
    again = simulated_trials(shares, "control", per_arm=150, trials=20_000)
    pd.testing.assert_frame_equal(runs, again)
