"""Spending in order: nothing is made up, nothing lost, and the best plan is never beaten."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.errors import PlaybookError
from playbook.measures.funding import (
    allocate_dollars,
    best_allocation,
    eligibility_matrix,
    needs_met,
    single_use_share,
)


@st.composite
def towns(draw):
    """Draw dollars of sources, needs of uses, and what may pay for what."""
    sources, uses = draw(st.integers(1, 8)), draw(st.integers(1, 6))
    dollars = st.integers(0, 100)
    amounts = draw(st.lists(dollars, min_size=sources, max_size=sources))
    needs = draw(st.lists(dollars, min_size=uses, max_size=uses))
    cells = draw(st.lists(st.booleans(), min_size=sources * uses, max_size=sources * uses))
    names, kinds = [f"S{n}" for n in range(sources)], [f"U{n}" for n in range(uses)]
    allowed = pd.DataFrame(np.reshape(cells, (sources, uses)), names, kinds)
    return pd.Series(amounts, names), pd.Series(needs, kinds), allowed


PLANS = (
    lambda *town: allocate_dollars(*town),
    lambda *town: allocate_dollars(*town, order="flexible-first"),
    best_allocation,
)


@given(towns())
@settings(max_examples=60, deadline=None)
def test_a_plan_spends_no_more_than_there_is_and_nothing_that_is_not_allowed(town):
    amounts, needs, allowed = town
    for plan in (make(*town) for make in PLANS):
        assert plan.index.equals(allowed.index)
        assert plan.columns.equals(allowed.columns)
        assert (plan >= 0).all().all()
        assert (plan.sum(axis=1) <= amounts + 1e-6).all()
        assert (plan.sum() <= needs + 1e-6).all()
        assert (plan.to_numpy()[~allowed.to_numpy()] == 0).all()


@given(towns())
@settings(max_examples=200, deadline=None)
def test_no_order_beats_the_best_plan(town):
    first, flexible, best = (make(*town).to_numpy().sum() for make in PLANS)
    assert best >= max(first, flexible) - 1e-6
    # And no order leaves a dollar beside a use that it may pay for: half the best at the least.
    assert min(first, flexible) >= best / 2 - 1e-6


@given(towns())
@settings(max_examples=40, deadline=None)
def test_money_for_one_use_and_money_for_any_use_make_the_simple_rule_the_best(town):
    amounts, needs, allowed = town
    single = np.zeros(allowed.shape, bool)
    single[np.arange(len(amounts)), np.arange(len(amounts)) % len(needs)] = True
    any_use = allowed.iloc[:, :1].to_numpy()
    nested = pd.DataFrame(single | any_use, allowed.index, allowed.columns)
    first, _, best = (make(amounts, needs, nested).to_numpy().sum() for make in PLANS)
    assert first == pytest.approx(best)


def test_by_hand_the_order_decides():
    amounts = pd.Series({"Grant": 60, "Gift": 40, "Levy": 50})
    needs = pd.Series({"Streets": 60, "Trees": 60, "Meals": 30})
    rows = [[True, False, False], [True, True, True], [False, True, False]]
    allowed = pd.DataFrame(rows, list(amounts.index), list(needs.index))
    first = needs_met(allocate_dollars(amounts, needs, allowed), needs)
    assert first["paid"].tolist() == [60, 60, 30]
    assert first["met"].all()
    flexible = needs_met(allocate_dollars(amounts, needs, allowed, "flexible-first"), needs)
    assert flexible["paid"].tolist() == [60, 50, 0]
    assert flexible["percent"].tolist() == pytest.approx([100, 500 / 6, 0])


def test_the_simple_rule_can_miss_what_the_best_plan_finds():
    # Both sources have two uses: the first takes the use that the second needs.
    amounts, needs = pd.Series({"A": 10, "B": 10}), pd.Series({"X": 10, "Y": 10, "Z": 0})
    rows = [[True, True, False], [True, False, True]]
    allowed = pd.DataFrame(rows, ["A", "B"], ["X", "Y", "Z"])
    assert allocate_dollars(amounts, needs, allowed).to_numpy().sum() == 10
    assert best_allocation(amounts, needs, allowed).to_numpy().sum() == pytest.approx(20)


def test_names_decide_and_not_the_order_of_rows():
    amounts, needs = pd.Series({"A": 5, "B": 7}), pd.Series({"X": 6, "Y": 9})
    allowed = pd.DataFrame([[True, False], [True, True]], ["A", "B"], ["X", "Y"])
    plan = allocate_dollars(amounts[::-1], needs[::-1], allowed)
    pd.testing.assert_frame_equal(plan, allocate_dollars(amounts, needs, allowed))
    assert plan.loc["A", "X"] == 5


def test_nothing_given_is_changed():
    amounts, needs = pd.Series({"A": 5.0, "B": 7.0}), pd.Series({"X": 6.0, "Y": 9.0})
    allowed = pd.DataFrame([[True, False], [True, True]], ["A", "B"], ["X", "Y"])
    before = amounts.copy(), needs.copy(), allowed.copy()
    for make in PLANS:
        make(amounts, needs, allowed)
    pd.testing.assert_series_equal(amounts, before[0])
    pd.testing.assert_series_equal(needs, before[1])
    pd.testing.assert_frame_equal(allowed, before[2])


def test_dollars_without_any_use_are_not_stuck_in_one():
    allowed = pd.DataFrame([[True, False], [True, True], [False, False]], list("ABC"), ["X", "Y"])
    assert single_use_share(pd.Series({"A": 30, "B": 50, "C": 20}), allowed) == pytest.approx(30)


def test_a_use_that_needs_nothing_is_met():
    plan = pd.DataFrame([[0.0]], ["A"], ["X"])
    row = needs_met(plan, pd.Series({"X": 0})).iloc[0]
    assert row["met"]
    assert row["percent"] == 100


def test_pairs_that_are_missing_are_not_allowed():
    rows = [("A", "X", "yes"), ("B", "Y", "yes")]
    matrix = eligibility_matrix(pd.DataFrame(rows, columns=["source_id", "use_id", "allowed"]))
    assert matrix.to_numpy().tolist() == [[True, False], [False, True]]


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ([("A", "X", "maybe")], "yes or no; I found 'maybe'"),
        ([("A", "X", "yes"), ("A", "X", "no")], "A and X stands there twice"),
    ],
)
def test_a_list_that_is_not_clear_is_refused(rows, what):
    with pytest.raises(PlaybookError, match=what):
        eligibility_matrix(pd.DataFrame(rows, columns=["source_id", "use_id", "allowed"]))


ALLOWED = pd.DataFrame([[True]], ["A"], ["X"])


@pytest.mark.parametrize(
    ("amounts", "needs", "what"),
    [
        ({"B": 1}, {"X": 1}, "don't list the same sources"),
        ({"A": 1}, {"Y": 1}, "don't list the same uses"),
        ({"A": -1}, {"X": 1}, "from 0 up; I found -1"),
        ({"A": 1}, {"X": float("nan")}, "from 0 up; I found nan"),
    ],
)
def test_dollars_that_do_not_fit_are_refused(amounts, needs, what):
    for make in PLANS:
        with pytest.raises(PlaybookError, match=what):
            make(pd.Series(amounts), pd.Series(needs), ALLOWED)


def test_an_order_that_nobody_knows_is_refused():
    with pytest.raises(PlaybookError, match='no order "first-come"'):
        allocate_dollars(pd.Series({"A": 1}), pd.Series({"X": 1}), ALLOWED, order="first-come")
