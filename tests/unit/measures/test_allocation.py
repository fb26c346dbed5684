"""Sharing out by score: the budget is met, ties are fair, and race is no reason."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.errors import PlaybookError
from playbook.measures.allocation import allocate_by_score, weighted_score

streets = st.lists(st.tuples(st.integers(0, 5), st.floats(0.05, 0.6)), min_size=1, max_size=40)


@given(streets, st.floats(0, 12))
def test_the_budget_is_spent_and_not_more(rows: list[tuple[int, float]], budget: float) -> None:
    scores, sizes = zip(*rows, strict=True)
    given_ = allocate_by_score(scores, sizes, budget)
    assert given_.sum() == pytest.approx(min(budget, sum(sizes)))
    assert (given_ >= 0).all()
    assert (given_ <= np.array(sizes) + 1e-12).all()


@given(streets, st.floats(0.1, 5), st.permutations(range(40)))
def test_the_order_of_rows_decides_nothing(
    rows: list[tuple[int, float]], budget: float, order: list[int]
) -> None:
    table = pd.DataFrame(rows, columns=["score", "km"])
    other = table.iloc[[i for i in order if i < len(table)]]
    one = allocate_by_score(table["score"], table["km"], budget)
    pd.testing.assert_series_equal(
        one, allocate_by_score(other["score"], other["km"], budget).sort_index()
    )


@given(streets, st.floats(0.1, 5))
def test_nobody_gets_anything_before_a_higher_score_is_served(
    rows: list[tuple[int, float]], budget: float
) -> None:
    score, size = (np.array(each, dtype=float) for each in zip(*rows, strict=True))
    got = allocate_by_score(score, size, budget).to_numpy() / size
    for one in np.flatnonzero(got > 1e-9):
        assert got[score > score[one]] == pytest.approx(1)


def test_ties_share_the_last_kilometers_by_size() -> None:
    got = allocate_by_score([3, 1, 1, 1], [1.0, 2.0, 1.0, 1.0], budget=3)
    assert got.tolist() == pytest.approx([1, 1, 0.5, 0.5])


def test_weights_are_shares_and_columns_come_to_one_scale() -> None:
    table = pd.DataFrame({"wear": [0, 10, 20], "poverty": [0.3, 0.1, 0.2]}, index=list("abc"))
    score = weighted_score(table, {"wear": 8, "poverty": 2})
    same = weighted_score(table * [1000, 1], {"wear": 0.8, "poverty": 0.2})
    pd.testing.assert_series_equal(score, same)
    assert score.index.tolist() == ["a", "b", "c"]
    standard = (table - table.mean()) / table.std(ddof=0)
    assert score.tolist() == pytest.approx(
        (0.8 * standard["wear"] + 0.2 * standard["poverty"]).tolist()
    )


def test_a_column_that_is_the_same_everywhere_adds_nothing() -> None:
    table = pd.DataFrame({"wear": [1, 2, 3], "same": [7, 7, 7]})
    both = weighted_score(table, {"wear": 0.5, "same": 0.5})
    assert both.to_numpy() == pytest.approx(weighted_score(table, {"wear": 1}).to_numpy() / 2)


@pytest.mark.parametrize(
    "name", ["race", "Race_Ethnicity", "pct_black", "share white", "ethnicity", "latino_pct"]
)
def test_race_never_decides_who_gets_a_service(name: str) -> None:
    table = pd.DataFrame({"wear": [1, 2, 3], name: [1, 2, 3]})
    with pytest.raises(PlaybookError, match="can't be part of a score"):
        weighted_score(table, {"wear": 1, name: 0})


@pytest.mark.parametrize("name", ["terrace_homes", "traces_of_lead", "blackout_hours", "Indiana"])
def test_words_that_only_look_like_race_are_fine(name: str) -> None:
    table = pd.DataFrame({name: [1, 2, 3]})
    assert weighted_score(table, {name: 1}).is_monotonic_increasing


def test_refusals() -> None:
    table = pd.DataFrame({"wear": [1, 2], "need": [None, 3]})
    with pytest.raises(PlaybookError, match="can't find a column called noise"):
        weighted_score(table, {"noise": 1})
    with pytest.raises(PlaybookError, match="number for need"):
        weighted_score(table, {"need": 1})
    for weights in ({"wear": -1}, {"wear": 0}, {}, {"wear": float("nan")}):
        with pytest.raises(PlaybookError, match="Weights are 0 or more"):
            weighted_score(table, weights)
    with pytest.raises(PlaybookError, match="2 scores and 1 sizes"):
        allocate_by_score([1, 2], [1], 3)
    with pytest.raises(PlaybookError, match="found 0 in row 2"):
        allocate_by_score([1, 2], [1, 0], 3)
    with pytest.raises(PlaybookError, match="found -1"):
        allocate_by_score([1, 2], [1, 1], -1)
