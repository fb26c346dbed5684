"""Gaps between groups: against every possible shuffle and every possible draw."""

from itertools import combinations, product
from statistics import fmean, median

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.measures.group_gaps import chance_of_gap, median_gap

scores = st.lists(st.integers(0, 20).map(lambda n: n / 5), min_size=1, max_size=15)


def test_the_range_is_that_of_all_possible_draws() -> None:
    first, second = [0.0, 1.0, 4.0], [0.5, 0.5, 0.5]
    every = sorted(median(draw) - 0.5 for draw in product(first, repeat=3))
    low, high = np.quantile(every, [0.025, 0.975], method="inverted_cdf")
    found = median_gap(first, second)
    assert (found.value, found.low, found.high) == (0.5, low, high)


def every_split(values: list[float], size: int) -> list[float]:
    """Gap of averages for each way to choose `size` of the values; missing ones left out."""
    gaps = []
    for chosen in combinations(range(len(values)), size):
        parts = [
            [value for n, value in enumerate(values) if (n in chosen) is side and value == value]
            for side in (True, False)
        ]
        gaps.append(abs(fmean(parts[0]) - fmean(parts[1])))
    return gaps


@pytest.mark.parametrize(
    "values", [[3.0, 4.0, 2.6, 1.0, 1.4, 3.4], [3.8, 3.6, 3.4, float("nan"), 1.6, 1.4, 1.2]]
)
def test_the_chance_is_that_of_all_possible_shuffles(values: list[float]) -> None:
    gaps = every_split(values, 3)
    expected = np.mean([gap >= gaps[0] - 1e-9 for gap in gaps])
    groups = ["a"] * 3 + ["b"] * (len(values) - 3)
    found = chance_of_gap(pd.DataFrame({"x": values}), groups, "x", draws=4000)
    assert found == pytest.approx(expected, abs=0.02)


def test_two_groups_that_do_not_touch_are_told_apart_from_five_people_on() -> None:
    table = pd.DataFrame({f"q{n}": [3.0] * 5 + [1.0 + (n > 0) * 2] * 5 for n in range(7)})
    assert chance_of_gap(table, ["a"] * 5 + ["b"] * 5, "q0") < 0.05


def test_looking_at_more_questions_makes_luck_more_likely() -> None:
    draw = np.random.default_rng(5)
    groups = ["a"] * 8 + ["b"] * 8
    # One gap, alone and then among ten questions that differ by luck.
    alone = pd.DataFrame({"real": [3.0] * 6 + [1.0] * 2 + [3.0] * 3 + [1.0] * 5})
    more = alone.assign(**{f"q{n}": draw.choice([0.0, 2.0, 4.0], 16) for n in range(10)})
    assert chance_of_gap(more, groups, "real") > chance_of_gap(alone, groups, "real")


def test_luck_alone_is_called_luck_about_nineteen_times_in_twenty() -> None:
    called = 0
    for seed in range(60):
        draw = np.random.default_rng(seed)
        table = pd.DataFrame(draw.integers(0, 21, (24, 7)) / 5)
        groups = ["a"] * 10 + ["b"] * 14
        widest = (table[:10].mean() - table[10:].mean()).abs().idxmax()
        called += chance_of_gap(table, groups, widest, draws=400) <= 0.05
    assert called <= 7


@given(scores, scores)
def test_the_gap_turns_with_the_groups_and_lies_in_its_range(
    first: list[float], second: list[float]
) -> None:
    found, turned = median_gap(first, second, draws=50), median_gap(second, first, draws=50)
    assert found.value == pytest.approx(-turned.value)
    assert min(first) - max(second) <= found.low <= found.high <= max(first) - min(second)


def test_nobody_gives_no_number() -> None:
    assert not median_gap([], [1.0]).known
    assert not median_gap([float("nan")], [1.0]).known


def test_missing_values_are_left_out() -> None:
    table = pd.DataFrame({"x": [4.0, 3.0, float("nan"), 1.0, 0.0], "y": [float("nan")] * 5})
    groups = ["a"] * 3 + ["b"] * 2
    assert chance_of_gap(table, groups, "x") == chance_of_gap(table[["x"]], groups, "x")
    assert chance_of_gap(table, groups, "y") == 1
    assert median_gap(table["x"][:3], table["x"][3:]).value == 3
