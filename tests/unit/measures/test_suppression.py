"""Small counts: what is hidden, what is shown, and an attacker who tries to work them out."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_numpy
from scipy.optimize import linprog

from playbook.errors import PlaybookError
from playbook.measures.suppression import Suppressed, suppress

TOTALS = ["both", "rows", "columns", "none"]


@st.composite
def tables(draw: st.DrawFn) -> pd.DataFrame:
    shape = draw(st.tuples(st.integers(1, 4), st.integers(1, 4)))
    # Many small counts, zeros and counts right at the thresholds: where tables give way.
    cell = st.one_of(st.sampled_from([0, 1, 2, 4, 5, 10, 11, 12]), st.integers(0, 40))
    counts = draw(st_numpy.arrays(np.int64, shape, elements=cell))
    return pd.DataFrame(
        counts,
        index=[f"row {i}" for i in range(shape[0])],
        columns=[f"column {j}" for j in range(shape[1])],
    )


def with_totals(table: pd.DataFrame, like: pd.DataFrame) -> pd.DataFrame:
    full = table.astype("int64")
    if "Total" in like.columns:
        full["Total"] = full.sum(axis=1)
    if "Total" in like.index:
        full.loc["Total"] = full.sum()
    return full


def ranges_an_attacker_finds(
    found: Suppressed, shape: tuple[int, int]
) -> dict[tuple[int, int], tuple[float, float]]:
    """Smallest and largest value that each hidden count could have, by linear programming.

    The attacker knows everything shown, that totals are totals, and how the rule works: a hidden
    count is never 0, a small one lies under the threshold and any other at or above it.
    """
    rows, columns = shape
    shown, reasons = found.table, found.reasons
    places = [(i, j) for i in range(shown.shape[0]) for j in range(shown.shape[1])]
    number = {place: k for k, place in enumerate(places)}
    bounds: list[tuple[float, float | None]] = []
    for place in places:
        reason = reasons.iloc[place]
        if not reason:
            bounds.append((int(shown.iloc[place]),) * 2)
        elif not found.marks:
            bounds.append((1, None))
        else:
            bounds.append((1, found.below - 1) if reason == "small" else (found.below, None))
    equations = []
    if shown.shape[1] > columns:
        for i in range(shown.shape[0]):
            line = np.zeros(len(places))
            line[[number[i, j] for j in range(columns)]] = 1
            line[number[i, columns]] = -1
            equations.append(line)
    if shown.shape[0] > rows:
        for j in range(shown.shape[1]):
            line = np.zeros(len(places))
            line[[number[i, j] for i in range(rows)]] = 1
            line[number[rows, j]] = -1
            equations.append(line)
    limits = {}
    for place in places:
        if not reasons.iloc[place]:
            continue
        ends = []
        for sign in (1, -1):
            aim = np.zeros(len(places))
            aim[number[place]] = sign
            solved = linprog(
                aim,
                A_eq=np.array(equations) if equations else None,
                b_eq=np.zeros(len(equations)) if equations else None,
                bounds=bounds,
            )
            assert solved.status in (0, 3), solved.message
            ends.append(sign * solved.fun if solved.status == 0 else np.inf)
        limits[place] = (ends[0], ends[1])
    return limits


@given(tables(), st.sampled_from([3, 5, 11]), st.sampled_from(TOTALS))
@example(pd.DataFrame([[1] * 10, [20] * 10]), 11, "both")
@example(pd.DataFrame([[1, 11], [11, 11]]), 11, "both")
@example(pd.DataFrame([[5, 0, 0], [100, 50, 60]]), 11, "both")
@example(pd.DataFrame([[10, 1], [1, 10]]), 11, "both")
@example(pd.DataFrame([[2, 0], [0, 30]]), 3, "rows")
def test_an_attacker_learns_no_more_than_that_a_small_count_is_small(
    table: pd.DataFrame, below: int, totals: str
) -> None:
    found = suppress(table, below=below, totals=totals)
    filled = with_totals(table > 0, found.table)
    for place, (low, high) in ranges_an_attacker_finds(found, table.shape).items():
        assert high - low > 0.5, (place, found.table, found.reasons)
        if found.reasons.iloc[place] == "small":
            # A small total can't be less than the number of its counts: zeros are shown.
            assert low < filled.iloc[place] + 0.5, (place, found.table, found.reasons)
            assert high > below - 1.5, (place, found.table, found.reasons)


@given(tables(), st.sampled_from([3, 5, 11]), st.sampled_from(TOTALS))
def test_small_is_hidden_and_what_is_shown_is_true(
    table: pd.DataFrame, below: int, totals: str
) -> None:
    before = table.copy()
    found = suppress(table, below=below, totals=totals)
    pd.testing.assert_frame_equal(table, before)
    full = with_totals(table, found.table)
    small = (full > 0) & (full < below)
    assert found.reasons.eq("small").equals(small)
    hidden = found.reasons != ""
    assert found.table.isna().equals(hidden)
    assert not hidden[full == 0].any(axis=None)
    assert (found.table.fillna(full).astype(int) == full).all(axis=None)
    if not small.any(axis=None):
        assert not hidden.any(axis=None)


@given(tables())
def test_no_line_with_a_total_hides_one_count_only(table: pd.DataFrame) -> None:
    hidden = suppress(table).table.isna()
    for lines in (hidden, hidden.T):
        if "Total" not in lines.columns:
            continue
        for _, line in lines.iterrows():
            assert line.sum() != 1


def test_the_attacker_beats_hiding_the_small_counts_alone() -> None:
    table = pd.DataFrame([[4, 30, 25], [20, 60, 30], [50, 20, 15]])
    found = suppress(table)
    naive = found.reasons.replace("complementary", "")
    full = table.copy()
    full["Total"] = full.sum(axis=1)
    full.loc["Total"] = full.sum()
    alone = Suppressed(full.astype("Int64").mask(naive == "small"), naive, 11, marks=True)
    assert ranges_an_attacker_finds(alone, table.shape) == {(0, 0): (4, 4)}
    assert ranges_an_attacker_finds(found, table.shape)[0, 0] == pytest.approx((1, 10))


def test_the_smallest_counts_that_will_do_are_hidden() -> None:
    table = pd.DataFrame([[4, 30, 25], [20, 60, 30], [50, 20, 15]])
    reasons = suppress(table).reasons
    # Loops through the 4: 25 + 20 + 30 hides 75, fewest people of all.
    hidden = {(i, j) for i in range(3) for j in range(3) if reasons.iloc[i, j] == "complementary"}
    assert hidden == {(0, 2), (1, 0), (1, 2)}
    assert not (reasons["Total"] != "").any()


def test_a_lone_small_count_takes_totals_with_it() -> None:
    # Nothing else in the row to hide behind: its total is the count.
    table = pd.DataFrame({"a": [5, 100], "b": [0, 50], "c": [0, 60]}, index=["Hill", "Mill"])
    reasons = suppress(table).reasons
    assert reasons.loc["Hill"].tolist() == ["small", "", "", "small"]
    assert reasons.loc["Mill", "Total"] == "complementary"


def test_without_totals_small_counts_are_enough() -> None:
    table = pd.DataFrame([[4, 30], [20, 60]])
    assert (suppress(table, totals="none").reasons == "complementary").sum().sum() == 0
    assert suppress(table, totals="none").table.shape == (2, 2)
    assert suppress(table, totals="rows").table.shape == (2, 3)
    assert suppress(table, totals="columns").table.shape == (3, 2)
    assert suppress(table).table.shape == (3, 3)


def test_one_column_gets_no_column_of_totals() -> None:
    table = pd.DataFrame({"Requests": [4, 30, 50]}, index=["Hill", "Mill", "Quay"])
    found = suppress(table)
    assert found.table.index.tolist() == ["Hill", "Mill", "Quay", "Total"]
    assert found.table.columns.tolist() == ["Requests"]
    assert found.reasons["Requests"].tolist() == ["small", "complementary", "", ""]


def test_the_threshold_is_the_citys_own() -> None:
    table = pd.DataFrame({"a": [9, 10, 11], "b": [99, 99, 99]})
    for below, small in ((10, [True, False, False]), (11, [True, True, False])):
        reasons = suppress(table, below=below, totals="none").reasons
        assert (reasons["a"] == "small").tolist() == small


def test_words_for_readers() -> None:
    table = pd.DataFrame({"a": [4, 1200], "b": [30, 60]}, index=["Hill", "Mill"])
    text = suppress(table, below=5).for_readers()
    assert text.loc["Hill"].tolist() == ["fewer than 5", "hidden", "34"]
    assert text.loc["Total"].tolist() == ["1,204", "90", "1,294"]
    assert text.loc["Mill"].tolist() == ["hidden", "hidden", "1,260"]


def test_the_words_themselves_give_nothing_away() -> None:
    # Ten counts that are each at least 1, in a row whose total is "fewer than 11": all are 1.
    table = pd.DataFrame([[1] * 10, [20] * 10])
    found = suppress(table)
    assert not found.marks
    text = found.for_readers()
    assert set(text.to_numpy().ravel()) & {"fewer than 11", "1", "10"} == set()
    assert found.reasons.iloc[0].eq("small").all()


def test_labels_may_be_categories() -> None:
    table = pd.DataFrame([[30, 4], [20, 60]], index=["Hill", "Mill"])
    table.columns = pd.CategoricalIndex(["Closed", "Open"])
    assert suppress(table).table.columns.tolist() == ["Closed", "Open", "Total"]


def test_a_large_table_is_quick_and_safe() -> None:
    rng = np.random.default_rng(64)
    table = pd.DataFrame(rng.poisson(rng.gamma(1, 30, (64, 6))))
    found = suppress(table)
    assert (found.reasons == "small").sum().sum() > 50
    hidden = found.table.isna()
    assert (hidden.sum(axis=1) != 1).all()
    assert (hidden.sum() != 1).all()


@pytest.mark.parametrize(
    ("table", "seen"),
    [
        (pd.DataFrame({"a": [3, -1]}), "-1"),
        (pd.DataFrame({"a": [3, 2.5]}), "2.5"),
        (pd.DataFrame({"a": [3, np.nan]}), "nan"),
        (pd.DataFrame({"a": [3, np.inf]}), "inf"),
        (pd.DataFrame({"a": ["Hill", "Mill"]}), "not a number"),
        (pd.DataFrame({"a": [3], "Total": [3]}), "called Total"),
        (pd.DataFrame({"a": [3, 3]}, index=["Hill", "Total"]), "called Total"),
    ],
)
def test_refusals(table: pd.DataFrame, seen: str) -> None:
    with pytest.raises(PlaybookError, match=seen):
        suppress(table)


def test_a_threshold_that_hides_nothing_is_refused() -> None:
    with pytest.raises(PlaybookError, match="below 2"):
        suppress(pd.DataFrame({"a": [1, 20]}), below=2)
