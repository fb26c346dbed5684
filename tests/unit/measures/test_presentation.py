"""Rules for what may be shown: each threshold from both sides, intervals by other means."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from playbook.errors import PlaybookError
from playbook.estimate import Estimate
from playbook.measures.presentation import (
    Reading,
    korn_graubard_limits,
    reliable_proportion,
    reliable_rate,
    wonder_reading,
)


def width(successes: int, trials: int) -> float:
    found = stats.binomtest(successes, trials).proportion_ci(method="exact")
    return float(found.high - found.low)


@pytest.mark.parametrize(("events", "show"), [(0, False), (9, False), (10, True), (2_000, True)])
def test_rates_need_ten_events(events: int, show: bool) -> None:
    found = reliable_rate(events, 60_000)
    assert (found.show, found.flag) == (show, "" if show else "hide")
    assert "National Center for Health Statistics" in found.reason
    assert f"{events} events" in found.reason


@pytest.mark.parametrize(("residents", "show"), [(9, False), (10, True)])
def test_rates_need_ten_residents(residents: int, show: bool) -> None:
    found = reliable_rate(12, residents)
    assert found.show is show
    assert ("9 residents" in found.reason) is not show


@pytest.mark.parametrize(
    ("high", "show"), [(139.9, True), (140.0, True), (140.1, False), (math.inf, False)]
)
def test_rates_need_a_range_of_at_most_160_percent(high: float, show: bool) -> None:
    # 75 per 100,000 with a lower limit of 20: 160 percent of it is 120.
    adjusted = Estimate(75, 20, high, "per 100,000")
    found = reliable_rate(24, 60_000, adjusted)
    assert found.show is show
    assert ("160 % of the rate" in found.reason) is not show


def test_an_interval_of_its_own_does_not_lift_the_other_rules() -> None:
    narrow = Estimate(75, 74, 76, "per 100,000")
    assert not reliable_rate(9, 60_000, narrow).show
    assert not reliable_rate(24, 9, narrow).show


def test_a_rate_that_is_not_known_is_not_shown() -> None:
    assert not reliable_rate(24, 60_000, Estimate(math.nan, math.nan, math.nan)).show


@pytest.mark.parametrize(
    ("trials", "effective", "reason"),
    [
        (29, None, "29 answers, at least 30"),
        (30, None, ""),
        (90, 29.9, "29.9 effective answers, at least 30"),
        (90, 30, ""),
        (29, 60, "29 answers, at least 30"),
    ],
)
def test_shares_need_thirty_answers(trials: int, effective: float | None, reason: str) -> None:
    found = reliable_proportion(0.9 * trials, trials, effective_trials=effective)
    assert found.show is (reason == "")
    assert reason in found.reason


def test_shares_need_a_range_of_less_than_30_points() -> None:
    # Halves: the wider range belongs to fewer answers.
    enough = next(n for n in range(30, 200, 2) if width(n // 2, n) < 0.30)
    assert width(enough // 2 - 1, enough - 2) >= 0.30
    assert reliable_proportion(enough // 2, enough).flag == ""
    found = reliable_proportion(enough // 2 - 1, enough - 2)
    assert found.flag == "hide"
    assert "30 are too many" in found.reason


def test_a_range_of_130_percent_of_the_share_is_the_most() -> None:
    enough = next(x for x in range(1, 50) if width(x, 100) <= 1.3 * x / 100)
    assert reliable_proportion(enough, 100).flag == ""
    found = reliable_proportion(enough - 1, 100)
    assert found.flag == "hide"
    assert "130 % of the share" in found.reason


def test_a_range_of_5_points_may_be_wider_than_130_percent() -> None:
    enough = next(n for n in range(30, 400) if width(4, n) <= 0.05)
    assert width(4, enough) > 1.3 * 4 / enough
    assert reliable_proportion(4, enough).flag == ""
    assert reliable_proportion(4, enough - 1).flag == "hide"


def test_the_share_of_the_others_only_brings_a_footnote() -> None:
    enough = next(x for x in range(1, 50) if width(x, 100) <= 1.3 * x / 100)
    assert reliable_proportion(100 - enough, 100).flag == ""
    found = reliable_proportion(100 - enough + 1, 100)
    assert (found.show, found.flag) == (True, "footnote")
    # Where the range is narrow, nothing is compared with it.
    assert reliable_proportion(1_998, 2_000).flag == ""


@pytest.mark.parametrize(
    ("successes", "reason"), [(0, "nobody has it"), (60, "everyone has it"), (30, "")]
)
def test_nobody_and_everyone_are_reviewed(successes: int, reason: str) -> None:
    found = reliable_proportion(successes, 60)
    assert (found.show, found.flag) == (True, "review" if reason else "")
    assert reason in found.reason


def test_one_answer_of_many_is_not_reviewed() -> None:
    assert reliable_proportion(1, 2_000).flag == ""
    assert reliable_proportion(0, 2_000).flag == "review"


@pytest.mark.parametrize(("degrees", "flag"), [(7, "review"), (8, "")])
def test_few_clusters_are_reviewed(degrees: int, flag: str) -> None:
    found = reliable_proportion(200, 400, effective_trials=300, degrees_of_freedom=degrees)
    assert (found.show, found.flag) == (True, flag)
    assert ("7 degrees of freedom, fewer than 8" in found.reason) is (flag == "review")


def test_hiding_comes_before_review_and_review_before_a_footnote() -> None:
    assert reliable_proportion(0, 20, degrees_of_freedom=3).flag == "hide"
    both = reliable_proportion(95, 100, degrees_of_freedom=7.5)
    assert both.flag == "review"
    assert reliable_proportion(95, 100).flag == "footnote"


def test_few_clusters_widen_the_range() -> None:
    sure = korn_graubard_limits(200, 400, effective_trials=300)
    few = korn_graubard_limits(200, 400, effective_trials=300, degrees_of_freedom=4)
    assert few[0] < sure[0] < 0.5 < sure[1] < few[1]


@given(st.integers(1, 3_000), st.floats(0, 1))
def test_all_answers_of_a_random_sample_give_the_exact_limits(trials: int, share: float) -> None:
    successes = round(share * trials)
    found = korn_graubard_limits(successes, trials)
    expected = proportion_confint(successes, trials, method="beta")
    np.testing.assert_allclose(found, np.nan_to_num(expected, nan=0.0), atol=1e-9)


@given(
    st.integers(2, 3_000),
    st.floats(0.01, 0.99),
    st.floats(0.02, 1.5),
    st.integers(1, 60) | st.none(),
)
def test_other_samples_count_for_as_many_answers_as_they_tell(
    trials: int, share: float, told: float, degrees: int | None
) -> None:
    found = korn_graubard_limits(share * trials, trials, told * trials, degrees)
    effective = told * trials
    if degrees:
        effective *= (stats.t.ppf(0.975, trials - 1) / stats.t.ppf(0.975, degrees)) ** 2
    effective = min(effective, trials)
    low = stats.beta.ppf(0.025, effective * share, effective * (1 - share) + 1)
    high = stats.beta.ppf(0.975, effective * share + 1, effective * (1 - share))
    np.testing.assert_allclose(found, (low, high), rtol=1e-6, atol=1e-12)
    alone = korn_graubard_limits(share * trials, trials)
    assert found[0] <= alone[0] + 1e-9
    assert found[1] >= alone[1] - 1e-9


@pytest.mark.parametrize(
    ("events", "flag"),
    [(0, "hide"), (9, "hide"), (10, "unreliable"), (19, "unreliable"), (20, "")],
)
def test_wonder_hides_below_10_and_marks_below_20(events: int, flag: str) -> None:
    found = wonder_reading(events)
    assert (found.show, found.flag) == (flag != "hide", flag)
    assert "CDC WONDER" in found.reason
    assert str(events) in found.reason


@pytest.mark.parametrize(
    ("compute", "seen"),
    [
        (lambda: reliable_rate(-1, 100), "-1"),
        (lambda: reliable_rate(12.5, 100), "12.5"),
        (lambda: reliable_rate(12, 0), "0"),
        (lambda: reliable_rate(12, math.nan, Estimate(3, 2, 4)), "nan"),
        (lambda: reliable_proportion(61, 60), "61"),
        (lambda: reliable_proportion(-1, 60), "-1"),
        (lambda: reliable_proportion(math.nan, 60), "nan"),
        (lambda: reliable_proportion(0, 0), "0"),
        (lambda: reliable_proportion(30, 60, effective_trials=0), "effective trials"),
        (lambda: reliable_proportion(30, 60, degrees_of_freedom=0), "degrees of freedom"),
        (lambda: wonder_reading(-3), "-3"),
        (lambda: wonder_reading(12.5), "12.5"),
        (lambda: wonder_reading(math.nan), "nan"),
    ],
)
def test_refusals_name_what_was_seen(compute, seen: str) -> None:
    with pytest.raises(PlaybookError) as caught:
        compute()
    assert seen in caught.value.what
    assert caught.value.fix


def test_readings_print_as_a_sentence_part() -> None:
    assert repr(Reading(True, "", "enough")) == "show (enough)"
    assert str(Reading(True, "review", "look")) == "show, marked review (look)"
    assert str(Reading(False, "hide", "few")) == "hide (few)"
