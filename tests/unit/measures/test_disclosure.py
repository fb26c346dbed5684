"""The attack on published tables: what totals and last year's table give back."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.errors import PlaybookError
from playbook.measures.disclosure import hide_small, recover, recover_from_years
from playbook.measures.suppression import suppress


def table_of(rows: list[list[int]]) -> pd.DataFrame:
    table = pd.DataFrame(rows)
    table.index = [f"row {i}" for i in range(len(table))]
    table.columns = [f"column {j}" for j in range(table.shape[1])]
    return table


@st.composite
def tables(draw: st.DrawFn) -> pd.DataFrame:
    height, width = draw(st.integers(2, 4)), draw(st.integers(2, 4))
    cell = st.one_of(st.sampled_from([0, 1, 4, 10, 11]), st.integers(0, 40))
    row = st.lists(cell, min_size=width, max_size=width)
    return table_of(draw(st.lists(row, min_size=height, max_size=height)))


def test_a_lone_hidden_count_is_what_is_left_of_its_total() -> None:
    found = recover(hide_small(table_of([[4, 30, 25], [20, 60, 30]])))
    assert found.to_dict("records") == [
        {"row": "row 0", "column": "column 0", "low": 4, "high": 4, "recovered": True}
    ]


def test_two_hidden_in_each_line_shield_each_other() -> None:
    found = recover(hide_small(table_of([[4, 3, 25], [2, 6, 30], [50, 20, 15]])))
    assert len(found) == 4
    assert not found["recovered"].any()
    # The 4 and the 3 make 7, the 4 and the 2 make 6: each lies between 1 and 5 or 6.
    first = found.iloc[0]
    assert (first["low"], first["high"]) == (1, 5)


def test_a_chain_of_subtractions_goes_through_the_whole_table() -> None:
    # Only the second row's total settles its 5; then columns settle the others.
    rows = [[3, 2, 30], [5, 40, 50], [60, 20, 70]]
    found = recover(hide_small(table_of(rows))).set_index(["row", "column"])
    assert found["recovered"].all()
    assert found["low"].tolist() == [3, 2, 5]


@given(tables())
@settings(deadline=None, max_examples=30)
def test_the_truth_always_lies_in_the_range(table: pd.DataFrame) -> None:
    before = table.copy()
    for published in (hide_small(table), suppress(table)):
        for one in recover(published).itertuples():
            truth = table.loc[one.row, one.column]
            assert one.low <= truth <= one.high
            assert one.recovered == (one.low == one.high)
    pd.testing.assert_frame_equal(table, before)


@given(tables())
@settings(deadline=None, max_examples=30)
def test_hiding_further_counts_gives_none_back(table: pd.DataFrame) -> None:
    assert not recover(suppress(table))["recovered"].any()


@given(tables())
@settings(deadline=None, max_examples=30)
def test_the_trap_hides_the_small_counts_and_no_other(table: pd.DataFrame) -> None:
    published = hide_small(table)
    full = table.assign(Total=table.sum(axis=1))
    full.loc["Total"] = full.sum()
    small = (full > 0) & (full < 11)
    assert published.table.isna().equals(small)
    assert (published.table.fillna(full).astype(int) == full).all(axis=None)
    assert published.reasons.eq("small").equals(small)


def test_a_table_of_one_row_or_column_has_no_total_there() -> None:
    assert hide_small(table_of([[4, 30]])).table.index.tolist() == ["row 0"]
    assert hide_small(table_of([[4], [30]])).table.columns.tolist() == ["column 0"]
    assert recover(hide_small(table_of([[4], [30]])))["recovered"].all()


def test_without_totals_only_the_rule_is_known() -> None:
    table = table_of([[4, 30], [20, 60]])
    found = recover(suppress(table, totals="none"))
    assert found[["low", "high"]].to_numpy().tolist() == [[1, 10]]


def test_a_count_without_an_upper_end_says_so() -> None:
    # Total of the row hidden too: nothing but the rule holds the hidden total's neighbors.
    table = pd.DataFrame([[1] * 10, [20] * 10])
    found = recover(suppress(table))
    assert found["high"].gt(10).all()
    assert not found["recovered"].any()


OLD, NEW = table_of([[12, 30], [14, 21]]), table_of([[7, 40], [5, 16]])


def test_a_table_of_two_years_gives_back_what_each_year_hides() -> None:
    alone = {(2025,): suppress(NEW), (2024,): suppress(OLD)}
    assert not recover_from_years(alone, (2025,))["recovered"].any()
    both = alone | {(2024, 2025): suppress(OLD + NEW)}
    found = recover_from_years(both, (2025,)).set_index(["row", "column"])
    assert found["recovered"].all()
    assert found.loc[("row 0", "column 0"), "low"] == 7


@given(st.lists(tables(), min_size=3, max_size=3))
@settings(deadline=None, max_examples=15)
def test_more_tables_never_make_a_range_wider(years: list[pd.DataFrame]) -> None:
    years = [table_of(one.iloc[:2, :2].to_numpy().tolist()) for one in years]
    published = {(2023 + i,): hide_small(one) for i, one in enumerate(years)}
    alone = recover(published[2025,])
    rolling = {
        (2023, 2024): hide_small(years[0] + years[1]),
        (2024, 2025): hide_small(years[1] + years[2]),
    }
    together = recover_from_years(published | rolling, (2025,))
    assert together[["row", "column"]].equals(alone[["row", "column"]])
    assert (together["low"] >= alone["low"]).all()
    assert (together["high"] <= alone["high"]).all()
    for one in together.itertuples():
        assert one.low <= years[2].loc[one.row, one.column] <= one.high


@pytest.mark.parametrize("seed", range(8))
def test_ranges_are_those_of_trying_every_table(seed: int) -> None:
    draw = np.random.default_rng(seed)
    counts = draw.integers(11, 40, (3, 3))
    places = [divmod(int(cell), 3) for cell in draw.choice(9, 3, replace=False)]
    for place in places:
        counts[place] = draw.integers(1, 11)
    published = hide_small(table_of(counts.tolist()))
    fitting = []
    for values in itertools.product(range(1, 11), repeat=len(places)):
        guess = counts.copy()
        for place, value in zip(places, values, strict=True):
            guess[place] = value
        same = (guess.sum(axis=0) == counts.sum(axis=0)).all()
        if same and (guess.sum(axis=1) == counts.sum(axis=1)).all():
            fitting.append(guess)
    found = recover(published)
    assert len(found) == len(places)
    for one in found.itertuples():
        place = int(one.row[-1]), int(one.column[-1])
        tried = [guess[place] for guess in fitting]
        assert (one.low, one.high) == (min(tried), max(tried))


def test_refusals() -> None:
    published = {(2025,): hide_small(NEW)}
    with pytest.raises(PlaybookError, match=r"no table for 2024\."):
        recover_from_years(published, (2024,))
    wider = {(2024,): hide_small(NEW.rename(columns={"column 0": "other"}))}
    with pytest.raises(PlaybookError, match="2024 has other rows or columns"):
        recover_from_years(published | wider, (2025,))
    with pytest.raises(PlaybookError, match="whole number"):
        hide_small(table_of([[1, -2]]))
