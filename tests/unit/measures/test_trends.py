"""Control charts, interrupted series, forecasts, and falling back to the average."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.errors import PlaybookError
from playbook.measures.control_charts import p_chart, signals, xmr_chart
from playbook.measures.interrupted_series import (
    before_after,
    interrupted_series,
    level_changes,
)
from playbook.measures.regression_to_mean import (
    expected_fall_back,
    expected_next,
    year_to_year,
)
from playbook.measures.seasonal_line import (
    forecast_band,
    newey_west_variances,
    seasonal_design,
    student_reach,
)

MONTHS = [f"{year}-{month:02}" for year in range(2020, 2026) for month in range(1, 13)]
START = 28


def series(noise: float = 0.0, jump: float = 0.0, turn: float = 0.0, seed: int = 0) -> pd.Series:
    """Build six years with a trend, a season, and a change of level and of trend at month 28."""
    t = np.arange(len(MONTHS))
    value = 200 - 1.3 * t + 18 * np.cos(2 * np.pi * (t - 1) / 12)
    value = value + np.where(t >= START, jump + turn * (t - START), 0)
    return pd.Series(value + np.random.default_rng(seed).normal(0, noise, len(t)), MONTHS)


def marks(values: list[float], center: float = 0.0) -> list[str]:
    points = np.array(values, dtype=float)
    return signals(points, np.full(len(points), center), points - 1e9, points + 1e9)


def test_xmr_limits_by_hand() -> None:
    chart = xmr_chart(pd.Series([10.0, 50, 40, 30] * 2))
    ranges = [40, 10, 10, 20, 40, 10, 10]
    assert chart["moving_range"].tolist()[1:] == ranges
    reach = 2.66 * np.mean(ranges)
    assert chart["center"].unique().tolist() == [32.5]
    assert (chart["low"][0], chart["high"][0]) == pytest.approx((32.5 - reach, 32.5 + reach))


def test_a_baseline_keeps_later_points_out_of_the_limits() -> None:
    quiet = [10.0, 11, 9, 10, 11, 9, 10, 11]
    chart = xmr_chart(pd.Series([*quiet, 30.0]), baseline=8)
    pd.testing.assert_frame_equal(
        chart.iloc[:8][["center", "low", "high"]],
        xmr_chart(pd.Series(quiet))[["center", "low", "high"]],
    )
    assert chart["signal"].tolist()[-1] == "outside the limits"


def test_eight_on_one_side_are_news_and_seven_are_not() -> None:
    assert set(marks([-1, *[1, 2] * 3, 1, -1])) == {""}
    found = marks([-1, *[1, 2] * 4, -1])
    assert found == ["", *["8 or more on one side"] * 8, ""]


def test_a_point_on_the_center_ends_a_run() -> None:
    assert set(marks([1, 2, 1, 2, 0, 1, 2, 1, 2])) == {""}
    assert set(marks([0.0] * 12)) == {""}


def test_six_rising_or_falling_points_are_news_and_five_are_not() -> None:
    assert set(marks([5, 1, 2, 3, 4, 5, 0], center=2.5)) == {""}
    rising = marks([5, 1, 2, 3, 4, 5, 6, 0], center=3.5)
    assert rising == ["", *["6 or more rising or falling"] * 6, ""]
    falling = marks([0, 6, 5, 4, 3, 2, 1, 7], center=3.5)
    assert falling == ["", *["6 or more rising or falling"] * 6, ""]
    assert set(marks([1, 2, 3, 3, 4, 5, 6], center=3.5)) == {""}, "equal points break a trend"


@given(st.lists(st.floats(-50, 50), min_size=8, max_size=40), st.floats(-9, 9))
def test_moving_all_points_moves_the_limits_and_no_signal(values: list[float], by: float) -> None:
    here, there = (xmr_chart(pd.Series(values) + move) for move in (0.0, by))
    assert there["low"].to_numpy() == pytest.approx(here["low"].to_numpy() + by, abs=1e-6)
    ranges = here["moving_range"].to_numpy()[1:]
    width = here["high"][0] - here["low"][0]
    assert width == pytest.approx(2 * 2.66 * ranges.mean(), abs=1e-9)


def test_p_chart_limits_follow_the_size_of_each_month() -> None:
    totals = pd.Series([100] * 7 + [400])
    chart = p_chart(pd.Series([10] * 7 + [40]), totals)
    assert chart["center"].tolist() == pytest.approx([10] * 8)
    reach = 100 * 3 * np.sqrt(0.1 * 0.9 / totals)
    assert chart["low"].tolist() == pytest.approx((10 - reach).clip(lower=0).tolist())
    assert chart["high"].tolist() == pytest.approx((10 + reach).tolist())
    assert set(p_chart(pd.Series([0] * 8), pd.Series([5] * 8))["low"]) == {0}


@pytest.mark.parametrize(
    ("compute", "words"),
    [
        (lambda: xmr_chart(pd.Series([1.0] * 7)), "7 points are too few"),
        (lambda: xmr_chart(pd.Series([1.0] * 20), baseline=4), "4 points are too few"),
        (lambda: xmr_chart(pd.Series([1.0, None] * 5)), "in row 2"),
        (lambda: p_chart(pd.Series([1] * 8), pd.Series([2] * 9)), "8 counts and 9 totals"),
        (lambda: p_chart(pd.Series([3] * 8), pd.Series([2] * 8)), "more events than chances"),
        (lambda: p_chart(pd.Series([0] * 8), pd.Series([0] * 8)), "no chances"),
    ],
)
def test_charts_refuse_in_plain_words(compute: object, words: str) -> None:
    with pytest.raises(PlaybookError, match=words):
        compute()  # type: ignore[operator]


@pytest.mark.parametrize("season", ["harmonic", "month"])
def test_without_luck_the_changes_are_exact(season: str) -> None:
    found = interrupted_series(series(jump=-12, turn=0.7), MONTHS[START], season)  # type: ignore[arg-type]
    assert found.level_change.value == pytest.approx(-12)
    assert found.trend_change.value == pytest.approx(0.7)
    assert found.trend_before.value == pytest.approx(-1.3)
    without = found.table["without"]
    assert without[:START].isna().all()
    assert without[START:].to_numpy() == pytest.approx(series()[START:].to_numpy())
    assert found.table["fitted"].to_numpy() == pytest.approx(series(jump=-12, turn=0.7).to_numpy())


def test_time_since_the_change_and_not_since_the_start() -> None:
    """With T in place of (T - T0) the change of level is off by the change of trend times T0."""
    values = series(jump=-12, turn=0.7)
    design = seasonal_design(len(values), "harmonic", START)
    time = np.arange(len(values))
    design[:, 3] = np.where(time >= START, time, 0)
    trap = np.linalg.lstsq(design, values.to_numpy())[0][2]
    assert trap == pytest.approx(-12 - 0.7 * START)
    assert interrupted_series(values, MONTHS[START]).level_change.value == pytest.approx(-12)


def test_a_trend_alone_fools_the_slide_and_not_the_series() -> None:
    values = series(noise=8, seed=3)
    slide = before_after(values, MONTHS[START])
    assert slide.high < -30
    level = interrupted_series(values, MONTHS[START]).level_change
    assert level.low < 0 < level.high


def test_modeled_estimates_are_refused_with_the_reason() -> None:
    with pytest.raises(PlaybookError) as refused:
        interrupted_series(series(), MONTHS[START], modeled=True)
    assert "can't see what a program did" in refused.value.what
    assert "CDC" in refused.value.what
    assert "Use counts" in refused.value.fix


@pytest.mark.parametrize(
    ("season", "before", "after"),
    [
        ("none", 7, 20),
        ("none", 20, 7),
        ("harmonic", 11, 30),
        ("harmonic", 30, 11),
        ("month", 23, 40),
    ],
)
def test_too_few_months_is_an_answer(season: str, before: int, after: int) -> None:
    values = series()[: before + after]
    with pytest.raises(PlaybookError, match=f"{before} months before and {after} after"):
        interrupted_series(values, MONTHS[before], season)  # type: ignore[arg-type]


def test_enough_months_are_enough() -> None:
    for season, need in (("none", 8), ("harmonic", 12), ("month", 24)):
        values = series(noise=1)[: 2 * need]
        found = interrupted_series(values, MONTHS[need], season)  # type: ignore[arg-type]
        assert found.level_change.low < found.level_change.high


def test_a_month_that_is_not_there_is_named() -> None:
    with pytest.raises(PlaybookError, match="2031-01 is not in this series"):
        interrupted_series(series(), "2031-01")
    with pytest.raises(PlaybookError, match="no months in this series"):
        interrupted_series(series()[:0], MONTHS[START])
    with pytest.raises(PlaybookError, match="in row 3"):
        interrupted_series(series().mask(series().index == MONTHS[2]), MONTHS[START])


def test_ranges_widen_where_luck_carries_on() -> None:
    random = np.random.default_rng(5)
    steps = random.normal(0, 5, 72)
    carried = steps.copy()
    for month in range(1, 72):
        carried[month] += 0.7 * carried[month - 1]
    values = series() + carried
    widths = []
    for lags in (0, 6):
        level = interrupted_series(values, MONTHS[START], lags=lags).level_change
        widths.append(level.high - level.low)
    assert widths[1] > widths[0]


def test_false_alarms_are_no_more_than_promised() -> None:
    """The standard errors of Newey and West alone would call one series in seven a change."""
    many = pd.DataFrame({seed: series(noise=8, seed=seed) for seed in range(2_000)})
    found = level_changes(many, MONTHS[START])
    assert 0.03 < found["alarm"].mean() < 0.055
    design = seasonal_design(len(many), "harmonic", START)
    left = many.to_numpy() - design @ np.linalg.lstsq(design, many.to_numpy())[0]
    bare = np.sqrt(newey_west_variances(design, left, 3)[2])
    assert (found["change"].abs() > student_reach(66) * bare).mean() > 0.10


def test_many_at_once_are_the_same_as_one_by_one() -> None:
    many = pd.DataFrame({"a": series(8, jump=-20, seed=1), "b": series(8, seed=2)})
    found = level_changes(many, MONTHS[START])
    for name in many:
        one = interrupted_series(many[name], MONTHS[START]).level_change
        row = found.loc[name]
        assert (row["change"], row["low"], row["high"]) == pytest.approx(
            (one.value, one.low, one.high)
        )
    assert found["alarm"].tolist() == [True, False]
    with pytest.raises(PlaybookError, match="too few"):
        level_changes(many, MONTHS[3])


def test_a_forecast_goes_on_with_trend_and_season() -> None:
    whole = series()
    band = forecast_band(whole[:60], 12)
    assert band["expected"].to_numpy() == pytest.approx(whole[60:].to_numpy())
    assert (band["high"] - band["low"]).abs().max() < 1e-6


def test_a_forecast_holds_in_95_of_100_months() -> None:
    inside = total = 0
    for seed in range(200):
        values = series(noise=8, seed=seed)
        band, truth = forecast_band(values[:48], 12), values[48:60].to_numpy()
        inside += int(((band["low"] <= truth) & (truth <= band["high"])).sum())
        total += 12
    assert 0.93 < inside / total < 0.97


@pytest.mark.parametrize("ahead", [0, -3])
def test_a_forecast_looks_ahead(ahead: int) -> None:
    with pytest.raises(PlaybookError, match="months ahead"):
        forecast_band(series(), ahead)
    with pytest.raises(PlaybookError, match="11 months are too few"):
        forecast_band(series()[:11], 1)


def test_the_chosen_fall_back_as_far_as_the_formula_says() -> None:
    random = np.random.default_rng(2)
    spread, reliability, share = 15.0, 0.6, 0.1
    true = random.normal(0, spread * np.sqrt(reliability), 400_000)
    luck = spread * np.sqrt(1 - reliability)
    first, second = (true + random.normal(0, luck, len(true)) for _ in range(2))
    top = first >= np.quantile(first, 1 - share)
    fell = first[top].mean() - second[top].mean()
    assert fell == pytest.approx(expected_fall_back(spread, reliability, share), rel=0.02)
    assert year_to_year(first, second) == pytest.approx(reliability, abs=0.01)
    expected = expected_next(pd.Series(first), reliability)
    assert expected["expected"][top].mean() == pytest.approx(second[top].mean(), rel=0.02)


@given(st.lists(st.floats(-1e3, 1e3), min_size=2, max_size=30), st.floats(0, 1))
def test_the_average_stays_where_it_is(values: list[float], reliability: float) -> None:
    table = expected_next(pd.Series(values), reliability)
    assert table["expected"].mean() == pytest.approx(np.mean(values), abs=1e-6)
    assert table["fall_back"].sum() == pytest.approx(0, abs=1e-6)


def test_no_luck_no_fall_back() -> None:
    assert expected_fall_back(10, 1.0, 0.1) == 0
    assert expected_next(pd.Series([1.0, 9.0]), 1.0)["fall_back"].tolist() == [0, 0]


@pytest.mark.parametrize(
    "compute",
    [
        lambda: year_to_year([1, 2], [2, 1]),
        lambda: year_to_year([1, 2, 3], [2, 1]),
        lambda: year_to_year([1, 1, 1], [1, 2, 3]),
        lambda: expected_next(pd.Series([1.0, 2.0]), 1.2),
        lambda: expected_fall_back(10, 0.5, 0),
        lambda: expected_fall_back(-1, 0.5, 0.1),
    ],
)
def test_falling_back_refuses(compute: object) -> None:
    with pytest.raises(PlaybookError):
        compute()  # type: ignore[operator]
