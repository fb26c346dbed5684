"""Raking: the sums fit, or a plain sentence says why not."""

import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.errors import PlaybookError
from playbook.measures.raking import MOST_ROUNDS, rake

ANSWERS = pd.DataFrame(
    {
        "tenure": ["Owner"] * 70 + ["Renter"] * 30,
        "age": (["old"] * 5 + ["young"] * 2) * 10 + (["old", "young", "young"] * 10),
    }
)


def sums(**groups):
    rows = [(name, group, count) for name, of in groups.items() for group, count in of.items()]
    return pd.DataFrame(rows, columns=["variable", "category", "people"])


MARGINS = sums(tenure={"Owner": 460, "Renter": 540}, age={"old": 300, "young": 700})


def test_all_sums_fit_and_the_average_weight_is_one():
    raked = rake(ANSWERS, MARGINS)
    weights = raked.weights
    assert weights.mean() == pytest.approx(1)
    for row in MARGINS.itertuples():
        share = weights[ANSWERS[row.variable] == row.category].sum() / weights.sum()
        assert share == pytest.approx(row.people / 1000, abs=1e-9)
    assert raked.fits
    assert raked.largest_miss < 1e-7
    assert "All sums fit" in repr(raked)


def test_weights_of_one_variable_by_hand():
    weights = rake(ANSWERS, MARGINS[MARGINS["variable"] == "tenure"]).weights
    assert weights[0] == pytest.approx(0.46 / 0.70)
    assert weights[99] == pytest.approx(0.54 / 0.30)


def test_weights_are_a_product_of_one_factor_a_variable():
    # What sets raking apart from other weights with these sums: odds ratios stay as they were.
    raked = ANSWERS.assign(weight=rake(ANSWERS, MARGINS).weights)
    cell = raked.groupby(["tenure", "age"])["weight"].first().unstack()
    assert cell.loc["Owner", "old"] * cell.loc["Renter", "young"] == pytest.approx(
        cell.loc["Owner", "young"] * cell.loc["Renter", "old"]
    )


def test_the_index_stays_and_nothing_is_changed():
    answers = ANSWERS.set_axis([f"r{i}" for i in range(100)])
    before, sums_before = answers.copy(), MARGINS.copy()
    assert rake(answers, MARGINS).weights.index.equals(answers.index)
    pd.testing.assert_frame_equal(answers, before)
    pd.testing.assert_frame_equal(MARGINS, sums_before)


def test_a_cap_cuts_the_largest_weights_and_says_what_it_costs():
    free, held = rake(ANSWERS, MARGINS), rake(ANSWERS, MARGINS, cap=2)
    median = free.weights.median()
    assert free.weights.max() > 2 * median
    assert held.weights.max() <= 2 * held.weights.median() * (1 + 1e-12)
    assert held.cut == (free.weights > 2 * median).sum() > 0
    assert held.weights.mean() == pytest.approx(1)
    assert held.largest_miss > 1
    assert f"{held.cut} weights were cut" in held.message
    assert held.fits, "a cap does not mean that raking failed"


def test_a_wide_cap_cuts_nothing():
    held = rake(ANSWERS, MARGINS, cap=100)
    assert held.cut == 0
    pd.testing.assert_series_equal(held.weights, rake(ANSWERS, MARGINS).weights)


def test_sums_that_contradict_each_other_end_in_a_plain_message():
    # Each renter is young and each owner old, so the two sums can't both hold.
    answers = pd.DataFrame({"tenure": ["Owner", "Renter"] * 5, "age": ["old", "young"] * 5})
    raked = rake(answers, MARGINS)
    assert not raked.fits
    assert raked.rounds == MOST_ROUNDS
    assert "did not come to an end" in raked.message
    assert "contradict" in raked.message
    assert raked.largest_miss > 5


@pytest.mark.parametrize(
    ("answers", "margins", "cap", "words"),
    [
        (ANSWERS.drop(columns="age"), MARGINS, None, "no such column"),
        (
            ANSWERS.assign(age=[None, *ANSWERS["age"][1:]]),
            MARGINS,
            None,
            "age is empty in 1 of 100",
        ),
        (ANSWERS.replace("Renter", "Boat"), MARGINS, None, "'Boat' in tenure"),
        (ANSWERS[:70], MARGINS, None, "Nobody who answered is Renter"),
        (ANSWERS, MARGINS.replace(540, 0), None, "above 0"),
        (ANSWERS, MARGINS.replace(540, -3), None, "above 0"),
        (ANSWERS, MARGINS.assign(people=[460, np.nan, 300, 700]), None, "above 0"),
        (ANSWERS, MARGINS.assign(people=["460", "many", "300", "700"]), None, "above 0"),
        (ANSWERS, pd.concat([MARGINS, MARGINS[:1]]), None, "twice"),
        (ANSWERS, MARGINS.drop(columns="people"), None, "no column called people"),
        (ANSWERS, MARGINS[:0], None, "empty"),
        (ANSWERS, MARGINS, 0.5, "cap is 0.5"),
        (ANSWERS, MARGINS, float("nan"), "cap is nan"),
    ],
)
def test_what_cannot_be_weighed_is_refused_in_plain_words(answers, margins, cap, words):
    with pytest.raises(PlaybookError, match=words) as caught:
        rake(answers, margins, cap=cap)
    assert caught.value.fix


@settings(max_examples=60, deadline=None)
@given(
    counts=st.lists(st.integers(1, 60), min_size=12, max_size=12),
    rows=st.lists(st.integers(1, 1000), min_size=4, max_size=4),
    columns=st.lists(st.integers(1, 1000), min_size=3, max_size=3),
)
def test_any_sums_are_met_when_every_cell_has_answers(counts, rows, columns):
    cells = [(f"r{i}", f"c{j}") for i in range(4) for j in range(3)]
    answers = pd.DataFrame(
        [cell for cell, count in zip(cells, counts, strict=True) for _ in range(count)],
        columns=["row", "column"],
    )
    margins = sums(
        row={f"r{i}": count for i, count in enumerate(rows)},
        column={f"c{j}": count for j, count in enumerate(columns)},
    )
    raked = rake(answers, margins)
    assert raked.fits
    assert raked.largest_miss < 1e-6
    assert (raked.weights > 0).all()
    assert raked.weights.mean() == pytest.approx(1)


def test_a_hundred_thousand_answers_on_five_sums_take_less_than_a_second():
    random = np.random.default_rng(1)
    sizes = (3, 2, 5, 8, 6)
    answers = pd.DataFrame(
        {f"v{k}": random.integers(0, size, 100_000).astype(str) for k, size in enumerate(sizes)}
    )
    margins = sums(
        **{
            f"v{k}": {str(j): int(count) for j, count in enumerate(random.integers(20, 99, size))}
            for k, size in enumerate(sizes)
        }
    )
    start = time.process_time()
    raked = rake(answers, margins)
    assert raked.largest_miss / 100 < 1e-8
    assert time.process_time() - start < 1
