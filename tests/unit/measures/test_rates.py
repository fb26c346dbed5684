"""Rates, shares, differences and ratios: edges, refusals, and checks by other means."""

import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from playbook.errors import PlaybookError
from playbook.estimate import Estimate
from playbook.measures.rates import (
    byar_limits,
    difference,
    exact_poisson_limits,
    proportion,
    rate,
    ratio,
    wilson_limits,
)


@st.composite
def estimates(draw: st.DrawFn) -> Estimate:
    value = draw(st.floats(0.1, 1e4))
    below, above = draw(st.floats(0, 1)), draw(st.floats(1e-6, 2))
    return Estimate(value, value * (1 - below), value * (1 + above), "days")


def test_exact_below_ten_events_and_byar_from_ten() -> None:
    for events, limits in ((9, exact_poisson_limits), (10, byar_limits)):
        low, high = limits(events)
        found = rate(events, 50_000)
        assert (found.low, found.high) == pytest.approx((2 * float(low), 2 * float(high)))


def test_exact_limits_leave_half_of_the_error_on_each_side() -> None:
    events = np.array([1, 4, 9, 40])
    low, high = exact_poisson_limits(events, level=0.9)
    assert stats.poisson.sf(events - 1, low) == pytest.approx(0.05)
    assert stats.poisson.cdf(events, high) == pytest.approx(0.05)


def test_no_events_have_no_lower_limit() -> None:
    found = rate(0, 1_000, per=1_000)
    assert (found.value, found.low) == (0, 0)
    assert found.high == pytest.approx(-math.log(0.025))
    assert byar_limits(0)[0] == 0


def test_rate_may_exceed_the_population() -> None:
    assert rate(250, 100, per=100).value == 250


def test_rate_says_its_unit() -> None:
    assert rate(12, 4_000).unit == "per 100,000"
    assert rate(12, 4_000, per=1_000).unit == "per 1,000"


def test_wilson_solves_the_score_equation() -> None:
    for limit in wilson_limits(7, 40):
        z = (7 / 40 - limit) / math.sqrt(limit * (1 - limit) / 40)
        assert abs(z) == pytest.approx(stats.norm.ppf(0.975))


def test_shares_of_none_and_all_stay_within_bounds() -> None:
    assert proportion(0, 30).low == 0
    assert proportion(30, 30).high == 100


@pytest.mark.parametrize(
    ("compute", "seen"),
    [
        (lambda: rate(-1, 100), "-1"),
        (lambda: rate(math.nan, 100), "nan"),
        (lambda: rate(4.5, 100), "4.5"),
        (lambda: rate(4, 0), "0"),
        (lambda: rate(4, -10), "-10"),
        (lambda: rate(4, math.nan), "nan"),
        (lambda: rate(4, math.inf), "inf"),
        (lambda: proportion(5, 4), "5"),
        (lambda: proportion(0, 0), "0"),
        (lambda: proportion(-2, 4), "-2"),
        (lambda: byar_limits(5, level=95), "95"),
        (lambda: exact_poisson_limits(5, level=95), "95"),
    ],
)
def test_refusals_name_the_value_seen(compute, seen: str) -> None:
    with pytest.raises(PlaybookError) as caught:
        compute()
    assert re.search(rf"(?<![\d.]){re.escape(seen)}(?![\d])", caught.value.what)
    assert caught.value.fix


def test_difference_of_symmetric_intervals_is_the_usual_one() -> None:
    gap = difference(Estimate(10, 7, 13, "days"), Estimate(6, 2, 10, "days"))
    assert (gap.value, gap.low, gap.high) == pytest.approx((4, -1, 9))


@given(estimates(), estimates())
def test_swapping_a_difference_changes_its_sign(a: Estimate, b: Estimate) -> None:
    gap, back = difference(a, b), difference(b, a)
    assert (gap.value, gap.low, gap.high) == pytest.approx((-back.value, -back.high, -back.low))
    assert gap.low <= gap.value <= gap.high


@given(estimates(), estimates())
def test_a_ratio_is_the_number_for_which_the_difference_could_be_nothing(
    a: Estimate, b: Estimate
) -> None:
    times = ratio(a, b)
    assert times.low <= times.value <= times.high
    for end in (times.low, times.high):
        if not 0 < end < 1e8:
            continue
        scaled = Estimate(b.value * end, b.low * end, b.high * end, "days")
        gap = difference(a, scaled)
        touching = gap.low if end == times.low else gap.high
        # The lower end of the ratio is where the difference stops being above nothing.
        assert touching == pytest.approx(0, abs=1e-6 * max(a.value, scaled.value))


def test_a_ratio_to_something_that_could_be_nothing_has_no_upper_end() -> None:
    assert ratio(Estimate(4, 3, 5), Estimate(2, 0, 3)).high == math.inf


def test_open_ends_stay_open() -> None:
    slow, fast = Estimate(20, 15, math.inf, "days"), Estimate(5, 4, 6, "days")
    gap = difference(slow, fast)
    assert gap.low == pytest.approx(15 - math.hypot(5, 1))
    assert gap.high == math.inf
    assert difference(fast, slow).low == -math.inf
    assert ratio(slow, fast).high == math.inf
    assert ratio(fast, slow).low == 0


def test_what_is_not_known_stays_unknown_and_says_why() -> None:
    unknown = Estimate(math.nan, math.nan, math.nan, "days", note="too few to tell")
    for compare in (difference, ratio):
        found = compare(unknown, Estimate(5, 4, 6, "days"))
        assert not found.known
        assert math.isnan(found.low)
        assert found.note == "too few to tell"


def test_words_are_carried_over() -> None:
    one = Estimate(9, 8, 10, "days", "median wait", better="lower", decimals=0)
    gap = difference(one, one)
    assert (gap.unit, gap.measure, gap.better) == ("days", "difference in median wait", "lower")
    assert difference(proportion(1, 4), proportion(1, 5)).unit == "percentage points"
    assert ratio(one, one).unit == "times"


@pytest.mark.parametrize("compare", [difference, ratio])
def test_different_units_or_levels_are_not_compared(compare) -> None:
    days = Estimate(9, 8, 10, "days")
    with pytest.raises(PlaybookError, match="days"):
        compare(days, Estimate(9, 8, 10, "hours"))
    with pytest.raises(PlaybookError, match="90"):
        compare(days, Estimate(9, 8, 10, "days", level=0.9))


def test_ratios_of_impossible_numbers_are_refused() -> None:
    with pytest.raises(PlaybookError, match="-1"):
        ratio(Estimate(2, -1, 3), Estimate(2, 1, 3))
    with pytest.raises(PlaybookError, match="0"):
        ratio(Estimate(2, 1, 3), Estimate(0, 0, 3))
