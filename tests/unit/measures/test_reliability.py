"""Ranks, shrinkage and funnels: invariants, refusals, and checks by other means."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from playbook.errors import PlaybookError
from playbook.measures import ranks
from playbook.measures.ranks import rank_intervals
from playbook.measures.reliability import count_funnel_limits, funnel_limits, shrink

places = st.lists(
    st.tuples(st.floats(60, 90).map(lambda years: round(years, 1)), st.floats(0.3, 4)),
    min_size=2,
    max_size=40,
)
NAMES = ["Northgate", "Eastbank", "Tidewell", "Highland"]
YEARS = pd.Series([78.0, 70.5, 74.0, 82.5], index=NAMES)
ERRORS = pd.Series([1.0, 1.5, 3.5, 1.0], index=NAMES)


def columns(rows: list[tuple[float, float]]) -> tuple[np.ndarray, np.ndarray]:
    values, errors = zip(*rows, strict=True)
    return np.array(values), np.array(errors)


@given(places)
def test_a_rank_interval_holds_the_bulk_of_the_ranks(rows: list[tuple[float, float]]) -> None:
    values, errors = columns(rows)
    table = rank_intervals(values, errors)
    # Other draws, another generator, another way of ranking.
    luck = np.random.Generator(np.random.MT19937(7)).normal(values, errors, (3_000, len(values)))
    drawn = stats.rankdata(luck, axis=1)
    low, high = table["rank_low"].to_numpy(), table["rank_high"].to_numpy()
    inside = ((drawn >= low) & (drawn <= high)).mean(axis=0)
    assert inside.min() > 0.9
    # And not by being too wide: one rank less at either end would lose too many.
    below, above = (drawn < low + 1).mean(axis=0), (drawn > high - 1).mean(axis=0)
    own = table["rank"].to_numpy()
    assert (below[low < own] > 0.005).all()
    assert (above[high > own] > 0.005).all()


@given(places)
def test_every_rank_lies_in_its_interval(rows: list[tuple[float, float]]) -> None:
    values, errors = columns(rows)
    table = rank_intervals(values, errors, draws=200)
    assert (table["rank_low"] <= table["rank"]).all()
    assert (table["rank"] <= table["rank_high"]).all()
    assert table[["rank_low", "rank_high"]].stack().between(1, len(values)).all()
    assert (table["rank_low"] == 1).any()
    assert (table["rank_high"] == len(values)).any() or values.max() in np.sort(values)[:-1]


@pytest.mark.parametrize(("apart", "sure"), [(1.85, False), (2.05, True)])
def test_two_places_change_ranks_when_luck_could_change_them(apart: float, sure: bool) -> None:
    # 2.5 percent of draws swap them at 1.96 standard errors of the difference.
    table = rank_intervals([70, 70 + apart * math.sqrt(2)], [1, 1], draws=100_000)
    assert (table["rank_high"].tolist() == [1, 2]) is sure


def test_certain_figures_keep_their_rank_and_uncertain_ones_lose_it() -> None:
    values = np.arange(60.0, 80.0)
    sure = rank_intervals(values, np.full(20, 0.01))
    assert sure["rank_low"].tolist() == sure["rank_high"].tolist() == list(range(1, 21))
    lost = rank_intervals(values, np.full(20, 1e6))
    assert (lost["rank_low"] <= 2).all()
    assert (lost["rank_high"] >= 19).all()


def test_the_lowest_of_many_alike_could_still_be_the_lowest() -> None:
    # Drawn anew, any of 64 alike is last but in 1 of 64 draws: fewer than 1 in 40.
    table = rank_intervals(np.linspace(78, 78.1, 64), np.full(64, 2.0))
    assert table["rank_low"].tolist()[:3] == [1, 2, 2]
    assert table["rank_high"].tolist()[-3:] == [63, 63, 64]


def test_rank_one_has_the_lowest_value_and_equal_values_share() -> None:
    table = rank_intervals([80.1, 75.0, 80.1, 90.0], [1, 1, 1, 1])
    assert table["rank"].tolist() == [2, 1, 2, 4]


def test_the_same_seed_gives_the_same_ranks() -> None:
    values, errors = np.linspace(70, 75, 30), np.full(30, 2.0)
    one, again = rank_intervals(values, errors, seed=3), rank_intervals(values, errors, seed=3)
    pd.testing.assert_frame_equal(one, again)
    assert not one.equals(rank_intervals(values, errors, seed=4))


def test_how_the_work_is_cut_up_changes_no_rank(monkeypatch: pytest.MonkeyPatch) -> None:
    values, errors = np.linspace(70, 75, 30), np.full(30, 2.0)
    whole = rank_intervals(values, errors, draws=301)
    monkeypatch.setattr(ranks, "_AT_ONCE", 64)
    pd.testing.assert_frame_equal(rank_intervals(values, errors, draws=301), whole)


@pytest.mark.parametrize("compute", [rank_intervals, shrink])
def test_names_are_kept_and_matched(compute) -> None:
    table = compute(YEARS, ERRORS)
    assert table.index.tolist() == NAMES
    assert table["value"].tolist() == YEARS.tolist()
    pd.testing.assert_frame_equal(compute(YEARS, ERRORS.sort_index()), table)
    assert compute(YEARS.to_numpy(), ERRORS.to_numpy()).index.tolist() == [0, 1, 2, 3]
    assert YEARS.tolist() == [78.0, 70.5, 74.0, 82.5]


@pytest.mark.parametrize("compute", [rank_intervals, shrink])
@pytest.mark.parametrize(
    ("values", "errors", "seen"),
    [
        ([78, math.nan, 74], [1, 1, 1], "nan in row 2"),
        ([78, None, 74], [1, 1, 1], "None in row 2"),
        ([78, "about 80", 74], [1, 1, 1], "about 80 in row 2"),
        ([78, 80, 74], [1, 1, math.inf], "inf in row 3"),
        ([78, 80, 74], [1, 0, 1], "0 in row 2"),
        ([78, 80, 74], [1, 1, -0.5], "-0.5 in row 3"),
        ([78, 80, 74], [1, 1], "3 figures and 2 standard errors"),
        ([78], [1], "1 place"),
        ([], [], "0 place"),
        (YEARS, ERRORS.rename({"Tidewell": "Tidewall"}), "different places"),
        (YEARS.rename({"Tidewell": "Eastbank"}), ERRORS, "different places"),
    ],
)
def test_refusals_name_what_was_seen(compute, values, errors, seen: str) -> None:
    with pytest.raises(PlaybookError) as caught:
        compute(values, errors)
    assert seen in caught.value.what
    assert caught.value.fix


def test_too_few_draws_are_refused() -> None:
    assert len(rank_intervals(YEARS, ERRORS, draws=200)) == 4
    with pytest.raises(PlaybookError, match="199 draws"):
        rank_intervals(YEARS, ERRORS, draws=199)


@given(places)
def test_shrinking_goes_toward_the_average_and_never_past_it(
    rows: list[tuple[float, float]],
) -> None:
    values, errors = columns(rows)
    table = shrink(values, errors)
    # Weights are trust times the spread; without a spread, trust is the errors' alone.
    trust = table["weight"] if table["weight"].sum() > 0 else 1 / errors**2
    average = float((trust * values).sum() / trust.sum())
    assert table["weight"].between(0, 1).all()
    moved = table["shrunken"] - average
    assert (moved * (values - average) >= -1e-6).all()
    assert (moved.abs() <= np.abs(values - average) + 1e-6).all()
    assert table["low"].le(table["shrunken"]).all()
    assert table["shrunken"].le(table["high"]).all()


@given(places)
def test_less_known_places_keep_less_of_their_own(rows: list[tuple[float, float]]) -> None:
    values, errors = columns(rows)
    weight = shrink(values, errors)["weight"].to_numpy()
    order = errors.argsort()
    assert (np.diff(weight[order]) <= 1e-12).all()


@given(places)
def test_a_shrunken_figure_is_no_less_certain_than_the_figure_alone(
    rows: list[tuple[float, float]],
) -> None:
    values, errors = columns(rows)
    table = shrink(values, errors)
    assert ((table["high"] - table["low"]) / 2 <= 1.96 * errors + 1e-9).all()


@given(places)
def test_limits_are_those_of_the_mixed_model_equations(rows: list[tuple[float, float]]) -> None:
    values, errors = columns(rows)
    table = shrink(values, errors)
    weight = table["weight"].to_numpy()
    if weight.min() < 1e-6:
        return
    spread = weight[0] / (1 - weight[0]) * errors[0] ** 2
    # Henderson's equations: the common average, and each place's own distance from it.
    count = len(values)
    design = np.hstack([np.ones((count, 1)), np.eye(count)])
    left = design.T @ np.diag(1 / errors**2) @ design
    left[1:, 1:] += np.eye(count) / spread
    inverse = np.linalg.inv(left)
    solved = inverse @ design.T @ (values / errors**2)
    np.testing.assert_allclose(table["shrunken"], design @ solved, rtol=1e-5)
    reach = 1.959964 * np.sqrt(np.diag(design @ inverse @ design.T))
    np.testing.assert_allclose((table["high"] - table["low"]) / 2, reach, rtol=1e-3)


def test_differences_that_luck_explains_shrink_to_nothing() -> None:
    table = shrink([78.0, 79.0, 80.0], [2.0, 2.0, 2.0])
    assert table["weight"].tolist() == [0, 0, 0]
    assert table["shrunken"].tolist() == pytest.approx([79, 79, 79])
    # The average is not known exactly either.
    assert (table["high"] - 79).tolist() == pytest.approx([1.959964 * 2 / math.sqrt(3)] * 3)


@pytest.mark.parametrize(("variance", "weight"), [(1.5, 1 / 3), (1.01, 0.01 / 1.01), (0.99, 0)])
def test_with_equal_errors_the_spread_is_what_the_errors_leave(
    variance: float, weight: float
) -> None:
    # Three figures whose variance is known, each with a standard error of 1.
    values = 78 + math.sqrt(variance) * np.array([-1, 0, 1])
    assert shrink(values, [1, 1, 1])["weight"].tolist() == pytest.approx([weight] * 3)


def test_certain_figures_hardly_shrink() -> None:
    table = shrink(YEARS, ERRORS / 100)
    assert table["shrunken"].to_numpy() == pytest.approx(YEARS.to_numpy(), abs=0.01)


def test_equal_figures_stay() -> None:
    assert shrink([78.0, 78.0], [1.0, 3.0])["shrunken"].tolist() == pytest.approx([78, 78])


@given(st.floats(-1e4, 1e4), st.lists(st.floats(0.01, 1e3), min_size=1, max_size=20))
def test_funnels_are_the_quantiles_of_the_normal(center: float, errors: list[float]) -> None:
    table = funnel_limits(center, errors)
    for level, name in ((0.95, "95"), (0.998, "998")):
        low, high = stats.norm.interval(level, center, np.array(errors))
        np.testing.assert_allclose(table[f"low_{name}"], low)
        np.testing.assert_allclose(table[f"high_{name}"], high)


@given(st.lists(st.floats(0, 3_000), min_size=1, max_size=30))
def test_count_funnels_are_the_quantiles_of_the_poisson(expected: list[float]) -> None:
    table = count_funnel_limits(expected)
    mean = np.array(expected)
    for name, share in (("95", 0.025), ("998", 0.001)):
        low, high = table[f"low_{name}"].to_numpy(), table[f"high_{name}"].to_numpy()
        # No more than the share lies outside, and one count less at either end would be too much.
        assert (stats.poisson.cdf(low - 1, mean) < share).all()
        assert (stats.poisson.cdf(low, mean) >= share).all()
        assert (stats.poisson.sf(high, mean) <= share + 1e-12).all()
        assert (stats.poisson.sf(high - 1, mean) > share - 1e-12)[high > 0].all()


def test_nothing_expected_is_nothing_within() -> None:
    assert count_funnel_limits([0.0, 1e-12]).to_numpy().tolist() == [[0] * 4, [0] * 4]


def test_funnels_keep_the_names() -> None:
    assert funnel_limits(78, ERRORS).index.tolist() == NAMES
    assert count_funnel_limits(YEARS).index.tolist() == NAMES


@pytest.mark.parametrize(
    ("compute", "seen"),
    [
        (lambda: funnel_limits(math.nan, [1, 2]), "the center; I found nan"),
        (lambda: funnel_limits(78, [1, 0]), "0 in row 2"),
        (lambda: funnel_limits(78, [1, math.nan]), "nan in row 2"),
        (lambda: count_funnel_limits([4, -2]), "-2"),
        (lambda: count_funnel_limits([4, math.nan]), "nan in row 2"),
    ],
)
def test_funnels_refuse_what_has_no_limits(compute, seen: str) -> None:
    with pytest.raises(PlaybookError) as caught:
        compute()
    assert seen in caught.value.what
    assert caught.value.fix
