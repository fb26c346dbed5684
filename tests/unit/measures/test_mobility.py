"""Rose or replaced: parts that add up, places in line, and leaving compared with elsewhere."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.errors import PlaybookError
from playbook.measures.decomposition import kitagawa
from playbook.measures.mobility import income_change, leaving_compared, transition_matrix

incomes = st.lists(st.integers(5, 200), min_size=10, max_size=30)


@st.composite
def panels(draw: st.DrawFn) -> tuple[list[int], list[int], list[int], list[int]]:
    before = draw(incomes)
    after = draw(st.lists(st.integers(5, 200), min_size=len(before), max_size=len(before)))
    return before, after, draw(incomes), draw(incomes)


@given(panels())
def test_the_parts_add_up_to_the_change_of_the_average(panel: tuple[list[int], ...]) -> None:
    before, after, left, came = panel
    found = income_change(*panel)
    assert found.before == pytest.approx(np.mean(before + left))
    assert found.after == pytest.approx(np.mean(after + came))
    assert found.total == pytest.approx(found.after - found.before)
    parts = found.stayers + found.replaced + found.size
    assert parts == pytest.approx(found.total, abs=1e-9)


@given(panels())
def test_it_is_kitagawas_split_with_two_strata(panel: tuple[list[int], ...]) -> None:
    before, after, left, came = (np.array(each, dtype=float) for each in panel)
    names = ["stayed", "others"]
    share_1, share_0 = (len(before) / (len(before) + len(each)) for each in (came, left))
    split = kitagawa(
        pd.Series([after.mean(), came.mean()], names),
        pd.Series([before.mean(), left.mean()], names),
        pd.Series([share_1, 1 - share_1], names),
        pd.Series([share_0, 1 - share_0], names),
    )
    found = income_change(*panel)
    assert found.size == pytest.approx(split.mix_effect, abs=1e-9)
    within = split.table["within_effect"]
    assert (found.stayers, found.replaced) == pytest.approx(tuple(within), abs=1e-9)


@given(panels())
def test_running_time_backward_turns_every_sign(panel: tuple[list[int], ...]) -> None:
    before, after, left, came = panel
    one, back = income_change(*panel), income_change(after, before, came, left)
    assert (one.total, one.stayers, one.replaced, one.size) == pytest.approx(
        (-back.total, -back.stayers, -back.replaced, -back.size), abs=1e-9
    )


def test_one_cause_at_a_time() -> None:
    stay, left = [50] * 20, [30] * 20
    rose = income_change(stay, [60] * 20, left, left)
    assert (rose.stayers, rose.replaced, rose.size) == (5, 0, 0)
    replaced = income_change(stay, stay, left, [70] * 20)
    assert (replaced.stayers, replaced.replaced, replaced.size) == (0, 20, 0)
    fewer = income_change(stay, stay, left, [30] * 10)
    assert (fewer.stayers, fewer.replaced) == (0, 0)
    assert fewer.size > 0


def test_medians_can_not_be_split_and_the_average_is_not_fooled() -> None:
    # The median jumps although every household that stayed earns less than before.
    found = income_change([50] * 12, [49] * 12, [20] * 20, [90] * 20)
    assert found.total > 0 > found.stayers
    assert found.percent(found.total) == pytest.approx(100 * found.total / found.before)


def test_few_households_are_too_few_to_tell() -> None:
    found = income_change([50] * 9, [60] * 9, [30] * 20, [70] * 20)
    assert math.isnan(found.total)
    assert repr(found) == "too few to tell"


@given(incomes, st.integers(2, 5))
def test_the_matrix_counts_everyone_once(before: list[int], groups: int) -> None:
    counts = transition_matrix(before, before[::-1], groups)
    assert counts.shape == (groups, groups)
    assert counts.to_numpy().sum() == len(before)
    assert transition_matrix(before, before, groups).to_numpy().trace() == len(before)


def test_a_place_in_line_is_compared_not_dollars() -> None:
    before = list(range(100))
    counts = transition_matrix(before, [3 * one + 7 for one in before])
    assert np.diag(counts).tolist() == [20] * 5
    upside_down = transition_matrix(before, [-one for one in before])
    assert np.diag(upside_down.to_numpy()[::-1]).tolist() == [20] * 5


def test_equal_incomes_stay_together() -> None:
    counts = transition_matrix([1, 2, 2, 2, 2, 3], [1, 1, 1, 2, 2, 2], groups=3)
    assert counts.loc[2].sum() == 4


def households(here: tuple[int, int], elsewhere: tuple[int, int], kind: str) -> pd.DataFrame:
    rows = [
        (place, kind, number < gone)
        for place, (gone, of) in (("Mill", here), ("Hill", elsewhere))
        for number in range(of)
    ]
    return pd.DataFrame(rows, columns=["sample", "kind", "left"])


def test_kinds_are_compared_with_their_own_kind() -> None:
    # Renters leave alike in both; owners too. There are more renters here: the plain rates differ.
    table = pd.concat([
        households((160, 200), (40, 50), "Renter"), households((10, 50), (40, 200), "Owner"),
    ])  # fmt: skip
    found = leaving_compared(table, by="kind", here="Mill").set_index("kind")
    assert found["difference"].tolist() == pytest.approx([0, 0], abs=1e-9)
    assert (found["low"] < 0).all()
    assert (found["high"] > 0).all()
    assert found.loc["Renter", "here"] == 80


def test_newcombes_interval_is_used() -> None:
    # Newcombe RG (1998), Statistics in Medicine 17:873-890, example a: 56/70 and 48/80.
    found = leaving_compared(households((56, 70), (48, 80), "All"), by="kind", here="Mill")
    assert found.loc[0, ["low", "high"]].tolist() == pytest.approx([5.24, 33.39], abs=0.005)


def test_few_households_of_a_kind_have_no_difference() -> None:
    table = pd.concat([
        households((9, 29), (40, 80), "Owner"), households((30, 60), (40, 80), "Renter"),
    ])  # fmt: skip
    found = leaving_compared(table, by="kind", here="Mill").set_index("kind")
    assert found.loc["Owner"].isna().all()
    assert found.loc["Renter"].notna().all()


def test_refusals() -> None:
    with pytest.raises(PlaybookError, match="10 households stayed by the first year"):
        income_change([1] * 10, [1] * 9, [1] * 10, [1] * 10)
    with pytest.raises(PlaybookError, match="number for an income"):
        income_change([None] * 10, [1] * 10, [1] * 10, [1] * 10)
    with pytest.raises(PlaybookError, match="3 incomes before and 2 after"):
        transition_matrix([1, 2, 3], [1, 2])
    with pytest.raises(PlaybookError, match="can't be cut into 5"):
        transition_matrix([1, 2, 3], [1, 2, 3])
    table = households((9, 40), (40, 80), "Owner")
    with pytest.raises(PlaybookError, match="only one of the two"):
        leaving_compared(table, by="kind", here="Quay")
    with pytest.raises(PlaybookError, match="can't find a column called tenure"):
        leaving_compared(table, by="tenure", here="Mill")
