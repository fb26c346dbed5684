"""Waits with open requests counted, held against statsmodels and against exact fractions."""

import math
import warnings
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.duration.survfunc import SurvfuncRight

from playbook.errors import PlaybookError
from playbook.measures.product_limit import (
    product_limit,
    restricted_mean,
    wait_percentile,
    wait_percentiles,
)

Rows = list[tuple[float, bool]]
# Halves of days make ties, and open requests that tie with closed ones.
rows_of_waits = st.lists(
    st.tuples(st.integers(0, 40).map(lambda half_days: half_days / 2), st.booleans()),
    min_size=1,
    max_size=60,
)
percents = st.sampled_from([10, 25, 50, 75, 90, 95])


def columns(rows: Rows) -> tuple[list[float], list[bool]]:
    days, closed = zip(*rows, strict=True)
    return list(days), list(closed)


def by_statsmodels(days: list[float], closed: list[bool]) -> SurvfuncRight:
    # It divides by 0 on the way to the empty end of the curve.
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        return SurvfuncRight(np.array(days), np.array(closed, dtype=float))


def limits_by_statsmodels(curve: SurvfuncRight, percent: float) -> tuple[float, float]:
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        low, high = curve.quantile_ci(percent / 100)
    return float(low), float(high)


def exact_curve(days: list[float], closed: list[bool]) -> list[tuple[float, Fraction]]:
    survival, steps = Fraction(1), []
    for day in sorted(set(days)):
        done = sum(c for d, c in zip(days, closed, strict=True) if d == day)
        left = sum(d >= day for d in days)
        survival *= 1 - Fraction(done, left)
        if done:
            steps.append((day, survival))
    return steps


def exact_percentile(days: list[float], closed: list[bool], percent: int) -> float:
    level = 1 - Fraction(percent, 100)
    return next((day for day, s in exact_curve(days, closed) if s < level), math.nan)


def touches_level(days: list[float], closed: list[bool], percent: int) -> bool:
    level = 1 - Fraction(percent, 100)
    return any(survival == level for _, survival in exact_curve(days, closed))


@given(rows_of_waits)
def test_the_curve_is_statsmodels(rows: Rows) -> None:
    days, closed = columns(rows)
    ours, theirs = product_limit(days, closed), by_statsmodels(days, closed)
    assert ours["days"].tolist() == theirs.surv_times.tolist()
    assert ours["at_risk"].tolist() == theirs.n_risk.tolist()
    assert ours["events"].tolist() == theirs.n_events.tolist()
    np.testing.assert_allclose(ours["survival"], theirs.surv_prob, atol=1e-12)
    np.testing.assert_allclose(ours["standard_error"], theirs.surv_prob_se, atol=1e-12)


@given(rows_of_waits, percents)
def test_percentiles_are_exact_and_statsmodels(rows: Rows, percent: int) -> None:
    days, closed = columns(rows)
    found = wait_percentile(days, closed, percent, fewest=1).value
    assert found == pytest.approx(exact_percentile(days, closed, percent), nan_ok=True)
    # Where the curve meets the level exactly, statsmodels' answer hangs on rounding.
    if not touches_level(days, closed, percent):
        theirs = by_statsmodels(days, closed).quantile(percent / 100)
        assert found == pytest.approx(theirs, nan_ok=True)


@given(rows_of_waits, percents)
def test_limits_are_statsmodels(rows: Rows, percent: int) -> None:
    days, closed = columns(rows)
    ours = wait_percentile(days, closed, percent, fewest=1)
    low, high = limits_by_statsmodels(by_statsmodels(days, closed), percent)
    if math.isnan(low):
        # Its empty interval: our own rules, tested below.
        return
    if math.isnan(ours.value):
        assert (ours.low, ours.high) == (low, math.inf)
    else:
        assert (ours.low, ours.high) == (min(low, ours.value), max(high, ours.value))


@given(rows_of_waits, percents)
def test_the_interval_holds_the_value(rows: Rows, percent: int) -> None:
    found = wait_percentile(*columns(rows), percent, fewest=1)
    if found.known:
        assert found.low <= found.value <= found.high
        assert found.note == ""
    else:
        assert found.note


def test_a_level_that_is_met_exactly_is_not_passed() -> None:
    # After day 2 exactly half are open: not yet "less than half".
    assert product_limit([1, 2, 3, 4], [True] * 4)["survival"][1] == pytest.approx(0.5)
    assert wait_percentile([1, 2, 3, 4], [True] * 4, fewest=1).value == 3
    assert by_statsmodels([1, 2, 3, 4], [True] * 4).quantile(0.5) == 3


def test_by_hand() -> None:
    curve = product_limit([8, 3, 2, 3], [False, False, True, True])
    assert curve["survival"].tolist() == pytest.approx([3 / 4, 3 / 4 * 2 / 3])
    # Greenwood: S squared times the sum of d / (n (n - d)).
    assert curve["standard_error"].tolist() == pytest.approx(
        [3 / 4 * math.sqrt(1 / 12), 1 / 2 * math.sqrt(1 / 12 + 1 / 6)]
    )


def test_one_step_past_the_level_pins_the_limits() -> None:
    # 400 requests, all closed on day 2: the median is day 2 and nothing else.
    found = wait_percentile([2] * 400, [True] * 400)
    assert (found.value, found.low, found.high) == (2, 2, 2)


def test_not_reached() -> None:
    days, closed = [5.0] * 30 + [9.0] * 70, [True] * 30 + [False] * 70
    found = wait_percentile(days, closed)
    assert math.isnan(found.value)
    # 70 of 100 open is more than half for certain, so the median is beyond all that was seen.
    assert (found.low, found.high) == (9, math.inf)
    assert found.note == "half or more of the requests are still open"
    ninetieth = wait_percentile(days, closed, 90)
    assert ninetieth.note == "10 percent or more of the requests are still open"
    assert ninetieth.measure == "90th percentile of the wait"


def test_nothing_closed_says_nothing() -> None:
    found = wait_percentile([3.0] * 20, [False] * 20)
    assert not found.known
    assert math.isnan(found.low)


def test_open_requests_lengthen_the_wait() -> None:
    days = list(range(1, 41))
    closed = [day % 4 != 0 for day in days]
    with_open = wait_percentile(days, closed).value
    dropped = [day for day, done in zip(days, closed, strict=True) if done]
    assert with_open > wait_percentile(dropped, [True] * len(dropped)).value


def test_too_few() -> None:
    assert wait_percentile([1.0] * 11, [True] * 11).known
    found = wait_percentile([1.0] * 10, [True] * 10)
    assert not found.known
    assert found.note.startswith("too few to tell")
    assert wait_percentile([], [], fewest=0).note.startswith("too few to tell")


@pytest.mark.parametrize(
    ("days", "closed", "seen"),
    [
        ([1, -2], [True, True], "-2"),
        ([1, math.nan], [True, True], "1 of 2"),
        ([1, math.inf], [True, True], "inf"),
        ([1, 2], [True], "2 waits"),
        ([1, 2], [True, None], "True and False"),
        ([1, 2], ["yes", "no"], "True and False"),
    ],
)
def test_refusals(days, closed, seen: str) -> None:
    for compute in (product_limit, wait_percentile, lambda d, c: restricted_mean(d, c, 9)):
        with pytest.raises(PlaybookError, match=seen):
            compute(days, closed)


@pytest.mark.parametrize("percent", [0, 100, -5, 150, math.nan])
def test_percentiles_lie_between_none_and_all(percent: float) -> None:
    with pytest.raises(PlaybookError, match="between 0 and 100"):
        wait_percentile([1, 2], [True, True], percent)


@given(rows_of_waits, st.integers(1, 30))
def test_restricted_mean_of_closed_requests_is_the_mean(rows: Rows, horizon: int) -> None:
    days = np.minimum([day for day, _ in rows], horizon)
    found = restricted_mean([day for day, _ in rows], [True] * len(rows), horizon)
    assert found.value == pytest.approx(days.mean())
    reach = 1.959964 * days.std() / math.sqrt(len(rows))
    assert found.high == pytest.approx(min(days.mean() + reach, horizon), abs=1e-5)
    assert found.low == pytest.approx(max(days.mean() - reach, 0), abs=1e-5)


@given(rows_of_waits, st.integers(1, 20))
def test_restricted_mean_is_the_area_under_statsmodels_curve(rows: Rows, horizon: int) -> None:
    days, closed = columns(rows)
    found = restricted_mean(days, closed, horizon)
    steps = exact_curve(days, closed)
    gone = steps and steps[-1][1] == 0
    if max(days) < horizon and not gone:
        assert not found.known
        assert found.note == f"no request was watched for {horizon} days"
        return
    curve = by_statsmodels(days, closed)
    grid = np.arange(0, horizon, 0.5)  # every wait is a multiple of half a day
    step = np.searchsorted(curve.surv_times, grid, side="right")
    survival = np.r_[1, curve.surv_prob][step]
    assert found.value == pytest.approx(survival.sum() / 2)
    # Variance of an area: the double integral of the covariance of the curve at two times.
    with np.errstate(all="ignore"):
        terms = curve.n_events / (curve.n_risk * (curve.n_risk - curve.n_events))
    summed = np.r_[0, np.cumsum(np.where(np.isfinite(terms), terms, 0))][step]
    covariance = np.outer(survival, survival) * np.minimum.outer(summed, summed)
    reach = 1.959964 * math.sqrt(covariance.sum() / 4)
    assert found.high == pytest.approx(min(found.value + reach, horizon), abs=1e-5)


def test_horizons_need_room() -> None:
    with pytest.raises(PlaybookError, match="0 days"):
        restricted_mean([1, 2], [True, True], 0)
    assert not restricted_mean([], [], 30).known


def many_waits(groups: int, rows: int) -> pd.DataFrame:
    rng = np.random.default_rng(311)
    return pd.DataFrame(
        {
            "group": rng.integers(0, groups, rows),
            "kind": rng.choice(["Pothole", "Graffiti"], rows),
            "days": np.round(rng.exponential(9, rows) * 1440) / 1440,
            "closed": rng.random(rows) < 0.8,
        }
    )


def test_percentiles_of_groups_are_those_of_their_rows() -> None:
    waits = many_waits(9, 600)
    table = wait_percentiles(waits, by=["group", "kind"], percents=(50, 90))
    assert len(table) == 18
    for row in table.itertuples():
        own = waits[(waits["group"] == row.group) & (waits["kind"] == row.kind)]
        assert row.requests == len(own)
        assert row.still_open == (~own["closed"]).sum()
        for percent, found in (
            (50, (row.median, row.median_low, row.median_high)),
            (90, row[8:11]),
        ):
            alone = wait_percentile(own["days"], own["closed"], percent)
            assert found == pytest.approx((alone.value, alone.low, alone.high), nan_ok=True)


def test_groups_keep_the_order_of_their_categories() -> None:
    waits = many_waits(3, 90)
    names = np.array(["Slow", "Middle", "Fast"])
    waits["group"] = pd.Categorical(names[waits["group"]], categories=[*names, "Nobody"])
    assert wait_percentiles(waits)["group"].tolist() == ["Slow", "Middle", "Fast", "Nobody"]
    waits["group"] = waits["group"].astype(str)
    assert wait_percentiles(waits)["group"].tolist() == ["Fast", "Middle", "Slow"]


def test_small_groups_and_rows_without_a_group() -> None:
    waits = many_waits(2, 60)
    waits["group"] = ["A"] * 10 + [None] * 20 + ["B"] * 30
    before = waits.copy()
    table = wait_percentiles(waits, percents=[50]).set_index("group")
    assert table["requests"].to_dict() == {"A": 10, "B": 30}
    assert table.loc["A", ["median", "median_low", "median_high"]].isna().all()
    assert table.loc["B", "median"] > 0
    pd.testing.assert_frame_equal(waits, before)


def test_a_missing_column_is_named() -> None:
    with pytest.raises(PlaybookError, match=r"called ward\. The table has group, kind"):
        wait_percentiles(many_waits(2, 30), by="ward")


def test_the_order_of_rows_does_not_matter() -> None:
    waits = many_waits(5, 400)
    shuffled = waits.sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(wait_percentiles(waits), wait_percentiles(shuffled))


def test_a_category_without_requests_stands_as_too_few_and_is_not_left_out():
    kinds = pd.CategoricalDtype(["slow", "none", "fast"], ordered=True)
    group = pd.Series(["slow", "fast"] * 12, dtype=kinds)
    waits = pd.DataFrame({"group": group, "days": range(24), "closed": True})
    table = wait_percentiles(waits)
    assert table["group"].tolist() == ["slow", "none", "fast"]
    assert table["requests"].tolist() == [12, 0, 12]
    assert table["median"].isna().tolist() == [False, True, False]
