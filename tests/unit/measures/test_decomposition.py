"""Kitagawa's split: its identities, and a second way to compute it."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.errors import PlaybookError
from playbook.measures.decomposition import Kitagawa, kitagawa


@st.composite
def groups(draw: st.DrawFn) -> tuple[pd.Series, pd.Series, pd.Series, pd.Series]:
    size = draw(st.integers(1, 8))
    kinds = [f"kind {i}" for i in range(size)]
    rates = st.lists(st.floats(0, 500), min_size=size, max_size=size)
    counts = st.lists(st.integers(1, 900), min_size=size, max_size=size)
    rate_a, rate_b = (pd.Series(draw(rates), kinds) for _ in range(2))
    share_a, share_b = (pd.Series(draw(counts), kinds, dtype=float) for _ in range(2))
    return rate_a, rate_b, share_a / share_a.sum(), share_b / share_b.sum()


def near(value: float) -> object:
    return pytest.approx(value, abs=1e-9)


@given(groups())
def test_the_parts_add_up_to_the_difference(parts: tuple[pd.Series, ...]) -> None:
    rate_a, rate_b, share_a, share_b = parts
    split = kitagawa(*parts)
    assert split.total == near((rate_a * share_a).sum() - (rate_b * share_b).sum())
    assert split.mix_effect + split.within_effect == near(split.total)
    assert split.table["mix_effect"].sum() == near(split.mix_effect)
    assert split.table["within_effect"].sum() == near(split.within_effect)


@given(groups())
def test_swapping_the_groups_flips_every_sign(parts: tuple[pd.Series, ...]) -> None:
    rate_a, rate_b, share_a, share_b = parts
    split, back = kitagawa(*parts), kitagawa(rate_b, rate_a, share_b, share_a)
    assert split.total == near(-back.total)
    assert split.mix_effect == near(-back.mix_effect)
    assert split.within_effect == near(-back.within_effect)


@given(groups())
def test_equal_rates_or_equal_shares_leave_one_part_only(parts: tuple[pd.Series, ...]) -> None:
    rate_a, rate_b, share_a, share_b = parts
    assert kitagawa(rate_a, rate_a, share_a, share_b).within_effect == 0
    assert kitagawa(rate_a, rate_b, share_a, share_a).mix_effect == 0


@given(groups())
def test_it_is_the_mean_of_the_two_orders_of_change(parts: tuple[pd.Series, ...]) -> None:
    # Shapley's way: change the mix first, or the rates first, and average.
    rate_a, rate_b, share_a, share_b = (part.to_numpy() for part in parts)
    mix_first = rate_b @ share_a - rate_b @ share_b
    mix_last = rate_a @ share_a - rate_a @ share_b
    assert kitagawa(*parts).mix_effect == near((mix_first + mix_last) / 2)


@given(groups(), st.floats(-100, 100))
def test_the_mix_effect_does_not_depend_on_where_zero_lies(
    parts: tuple[pd.Series, ...], shift: float
) -> None:
    rate_a, rate_b, share_a, share_b = parts
    moved = kitagawa(rate_a + shift, rate_b + shift, share_a, share_b)
    assert moved.mix_effect == near(kitagawa(*parts).mix_effect)


@given(groups(), st.randoms(use_true_random=False))
def test_strata_are_matched_by_name(parts: tuple[pd.Series, ...], random) -> None:
    rate_a, rate_b, share_a, share_b = parts
    order = list(rate_b.index)
    random.shuffle(order)
    mixed_up = kitagawa(rate_a, rate_b[order], share_a, share_b[order])
    assert mixed_up.within_effect == near(kitagawa(*parts).within_effect)


def series(**values: float) -> pd.Series:
    return pd.Series(values)


def test_a_rate_nobody_has_needs_no_value() -> None:
    split = kitagawa(
        series(a=4.0, b=math.nan), series(a=2.0, b=9.0), series(a=1.0, b=0.0), series(a=1.0, b=0.0)
    )
    assert (split.total, split.within_effect, split.mix_effect) == (2, 2, 0)


def test_a_missing_rate_that_matters_leaves_the_split_unknown() -> None:
    split = kitagawa(
        series(a=4.0, b=math.nan), series(a=2.0, b=9.0), series(a=0.9, b=0.1), series(a=1.0, b=0.0)
    )
    assert np.isnan([split.total, split.within_effect, split.mix_effect]).all()


def test_it_prints_itself() -> None:
    split = kitagawa(series(a=4.0), series(a=2.5), series(a=1.0), series(a=1.0))
    assert isinstance(split, Kitagawa)
    assert repr(split) == "difference 1.50 = mix 0.00 + within 1.50"


def test_refusals() -> None:
    one, two = series(a=0.5, b=0.5), series(a=0.5, c=0.5)
    with pytest.raises(PlaybookError, match="b, c"):
        kitagawa(one, one, two, one)
    twice = pd.Series([0.5, 0.5], index=["a", "a"])
    with pytest.raises(PlaybookError, match="twice"):
        kitagawa(twice, twice, twice, twice)
    with pytest.raises(PlaybookError, match="sum to 1"):
        kitagawa(one, one, one, series(a=5, b=5))
