"""Forecasts of a yearly figure: the line, its range, the trap of the last years, and the turn."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.errors import PlaybookError
from playbook.estimate import Estimate
from playbook.measures.forecast import (
    forecast,
    forecast_years,
    gap_in_people,
    recent_drift,
    turned,
)

DEATHS = pd.Series([300.0, 312, 318, 331, 339], index=range(2021, 2026))


def test_the_line_and_its_range_by_hand() -> None:
    # Middle 2023 and 320; slope (-2 * 300 - 312 + 331 + 2 * 339) / 10 = 9.7.
    misses = DEATHS - (320 + 9.7 * (DEATHS.index - 2023))
    error = np.sqrt((misses**2).sum() / 3)
    reach = 1.637744 * error * np.sqrt(1 + 1 / 5 + 25 / 10)  # t with 3 degrees, 80 percent
    found = forecast(DEATHS, 2028)
    assert (found.value, found.low, found.high) == pytest.approx(
        (368.5, 368.5 - reach, 368.5 + reach), abs=1e-4
    )
    assert found.level == 0.8


series = st.lists(st.floats(-1e4, 1e4), min_size=4, max_size=15).map(
    lambda values: pd.Series(values, index=range(2026 - len(values), 2026))
)


@given(series, st.integers(1, 10), st.randoms())
def test_order_unit_and_start_change_nothing(values: pd.Series, ahead: int, random) -> None:
    found = forecast(values, 2025 + ahead)
    years = list(values.index)
    random.shuffle(years)
    shuffled = forecast(values.loc[years], 2025 + ahead)
    scaled = forecast(3 * values + 70, 2025 + ahead)
    moved = forecast(values.set_axis(values.index + 100), 2125 + ahead)
    scale = 1 + abs(found.high) + abs(found.low)
    for name in ("value", "low", "high"):
        one = getattr(found, name)
        assert getattr(shuffled, name) == pytest.approx(one, abs=1e-6 * scale)
        assert getattr(scaled, name) == pytest.approx(3 * one + 70, abs=1e-6 * scale)
        assert getattr(moved, name) == pytest.approx(one, abs=1e-6 * scale)


@given(series)
def test_the_further_ahead_the_wider_and_a_higher_level_is_wider(values: pd.Series) -> None:
    table = forecast_years(values, [2026, 2028, 2035])
    width = (table["high"] - table["low"]).to_numpy()
    assert (np.diff(width) >= -1e-9).all()
    wider = forecast_years(values, [2026, 2028, 2035], level=0.95)
    assert (wider["high"] - wider["low"] >= width - 1e-9).all()
    assert np.allclose(wider["forecast"], table["forecast"])


def test_points_on_a_line_leave_no_doubt() -> None:
    line = pd.Series([10.0, 12, 14, 16], index=range(2022, 2026))
    found = forecast(line, 2030)
    assert (found.value, found.low, found.high) == pytest.approx((26, 26, 26))


def test_eight_of_ten_new_years_fall_into_the_range() -> None:
    draw = np.random.default_rng(5)
    inside = 0
    for _ in range(1_000):
        values = 50 + 3 * np.arange(13) + draw.normal(0, 4, 13)
        known = pd.Series(values[:10], index=range(2016, 2026))
        found = forecast(known, 2028)
        inside += found.low <= values[12] <= found.high
    assert inside == pytest.approx(800, abs=45)


def test_too_few_years_are_a_normal_answer() -> None:
    found = forecast(DEATHS.tail(3), 2028)
    assert not found.known
    assert "too few to tell: 3 years" in found.note
    assert str(found) == "too few to tell"
    assert forecast_years(DEATHS.tail(3), [2026])["forecast"].isna().all()
    assert not recent_drift(DEATHS.tail(2), 2028).known
    assert forecast(DEATHS.tail(4), 2028).known


def test_the_last_years_alone_follow_one_odd_year() -> None:
    steady = pd.Series([100.0] * 10, index=range(2016, 2026))
    odd = steady.copy()
    odd[2025] = 130
    assert recent_drift(odd, 2028).value == pytest.approx(175)
    assert forecast(odd, 2028).value < 125
    assert recent_drift(odd, 2028).range == ""
    assert "one odd year" in recent_drift(odd, 2028).note
    # It looks at the first and the last of them, and at nothing before.
    assert recent_drift(odd, 2028, years=2).value == pytest.approx(220)


@pytest.mark.parametrize(
    ("observed", "better", "said"),
    [
        (360, "lower", "turned"),
        (380, "lower", "got worse"),
        (360, "higher", "got worse"),
        (380, "higher", "turned"),
        (363, "lower", "can't tell"),
        (374, "higher", "can't tell"),
    ],
)
def test_the_curve_turned_only_outside_the_range(observed, better, said) -> None:
    assert turned(observed, Estimate(368.5, 363.0, 374.0), better) == said


def test_nothing_known_beforehand_means_nobody_can_tell() -> None:
    assert turned(5.0, forecast(DEATHS.tail(2), 2026), "lower") == "can't tell"


def test_people_between_a_rate_and_its_target() -> None:
    found = gap_in_people(Estimate(370.0, 330.0, 412.0), target=300, people=60_000)
    assert (found.value, found.low, found.high) == pytest.approx((42, 18, 67.2))
    percent = gap_in_people(Estimate(12.0, 10.0, 15.0), target=10, people=5_000, per=100)
    assert (percent.value, percent.low, percent.high) == pytest.approx((100, 0, 250))
    assert gap_in_people(Estimate(250.0, 240.0, 260.0), 300, 1e5).value == pytest.approx(-50)


def test_nothing_is_changed() -> None:
    before = DEATHS.copy()
    forecast(DEATHS, 2028)
    recent_drift(DEATHS, 2028)
    pd.testing.assert_series_equal(DEATHS, before)


@pytest.mark.parametrize(
    ("call", "seen"),
    [
        (lambda: forecast(DEATHS, 2025), "2025 is not after 2025"),
        (lambda: recent_drift(DEATHS, 2020), "2020 is not after 2025"),
        (lambda: forecast(DEATHS.reset_index(drop=True), 2028), "index of a series"),
        (lambda: forecast(DEATHS.set_axis(["a", "b", "c", "d", "e"]), 2028), "index of a series"),
        (lambda: forecast(pd.concat([DEATHS, DEATHS.tail(1)]), 2028), "2025 is there twice"),
        (lambda: forecast(DEATHS.where(DEATHS.index != 2022), 2028), "no figure for 2022"),
        (lambda: forecast(DEATHS, 2028, level=80), "80 is not between 0 and 1"),
        (lambda: recent_drift(DEATHS, 2028, years=1), "two years or more"),
        (lambda: turned(float("nan"), Estimate(1, 0, 2), "lower"), "figure is nan"),
        (lambda: turned(1.0, Estimate(1, 0, 2), "less"), '"less"'),
        (lambda: gap_in_people(Estimate(1, 0, 2), 1, 0), "people above 0"),
        (lambda: gap_in_people(Estimate(1, 0, 2), float("nan"), 5), "for target; I found nan"),
        (lambda: gap_in_people(Estimate(1, 0, 2), 1, 5, per=0), "per above 0"),
    ],
)
def test_refusals_say_what_was_seen(call, seen) -> None:
    with pytest.raises(PlaybookError, match=seen):
        call()
