"""The logistic fit: what it promises for any data, and what it refuses in plain words."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.errors import PlaybookError
from playbook.measures.logistic import logistic_fit, logistic_predict


def answers(seed, rows=200, columns=2):
    random = np.random.default_rng(seed)
    x = random.normal(size=(rows, columns))
    return x, (random.random(rows) < 1 / (1 + np.exp(-x.sum(axis=1)))).astype(int)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_expected_answers_add_up_to_those_found_in_all_and_by_column(seed):
    x, y = answers(seed)
    chance = logistic_predict(logistic_fit(x, y), x)
    assert chance.sum() == pytest.approx(y.sum())
    np.testing.assert_allclose(x.T @ chance, x.T @ y, atol=1e-6)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.floats(-1e4, 1e4), st.floats(1e-3, 1e4))
def test_other_units_of_a_column_change_no_chance(seed, shift, stretch):
    x, y = answers(seed)
    moved = x * [stretch, 1] + [shift, 0]
    one, other = (logistic_predict(logistic_fit(each, y), each) for each in (x, moved))
    np.testing.assert_allclose(one, other, atol=1e-6)


def test_a_weight_of_two_is_the_row_twice():
    x, y = answers(1)
    weights = np.random.default_rng(2).integers(0, 4, len(y))
    pd.testing.assert_frame_equal(
        logistic_fit(x, y, weights), logistic_fit(np.repeat(x, weights, axis=0), y.repeat(weights))
    )


def test_yes_and_no_swapped_turns_the_signs():
    x, y = answers(3)
    one, other = logistic_fit(x, y), logistic_fit(x, 1 - y)
    np.testing.assert_allclose(one["coefficient"], -other["coefficient"], atol=1e-8)
    np.testing.assert_allclose(one["low"], -other["high"], atol=1e-8)


def test_terms_are_named_and_columns_found_by_name():
    x, y = answers(4)
    table = pd.DataFrame(x, columns=["old", "income"])
    before = table.copy()
    fit = logistic_fit(table, y)
    assert fit["term"].tolist() == ["constant", "old", "income"]
    swapped = table[["income", "old"]].assign(other="text")
    np.testing.assert_array_equal(logistic_predict(fit, swapped), logistic_predict(fit, table))
    pd.testing.assert_frame_equal(table, before)
    assert logistic_fit(x, y)["term"].tolist() == ["constant", "x1", "x2"]


def test_chances_stay_between_0_and_1_far_outside_the_data():
    x, y = answers(5, columns=1)
    chance = logistic_predict(logistic_fit(x, y), [[-1e9], [1e9]])
    assert chance.tolist() == [0.0, 1.0]


@pytest.mark.parametrize(
    ("x", "y", "words"),
    [
        ([[0], [1], [2], [3]], [0, 0, 1, 1], "without a miss"),
        ([[0], [0], [1], [1]], [0, 1, 1, 1], "without a miss"),
        ([[0], [1], [2], [3]], [1, 1, 1, 1], "All 4 answers are the same"),
        ([[5], [5], [5], [5]], [0, 1, 0, 1], "one value in all rows"),
        ([[0, 0], [1, 2], [2, 4], [1, 2]], [0, 1, 0, 1], "follows from the others"),
        ([[0], [1], [None], [3]], [0, 1, 0, 1], "I found None in row 3"),
        ([[0], [1], [2], [3]], [0, 1, 2, 1], "I found 2"),
        ([[0], [1], [2]], [0, 1, 0, 1], "3 rows and 4 answers"),
        (np.zeros((0, 1)), [], "nothing to fit"),
    ],
)
def test_what_cannot_be_fitted_is_said_in_plain_words(x, y, words):
    with pytest.raises(PlaybookError, match=words):
        logistic_fit(x, y)


def test_a_hidden_separation_of_two_columns_is_found_too():
    x, _ = answers(6)
    with pytest.raises(PlaybookError, match="without a miss"):
        logistic_fit(x, x.sum(axis=1) > 0.3)


def test_many_rows_converge_in_spite_of_rounding():
    x, y = answers(7, rows=50_000, columns=4)
    fit = logistic_fit(x + 1e6, y)
    np.testing.assert_allclose(fit["coefficient"][1:], 1, atol=0.06)


def test_weights_and_columns_of_a_prediction_are_checked():
    x, y = answers(8)
    with pytest.raises(PlaybookError, match="weight is 0 or more"):
        logistic_fit(x, y, -np.ones(len(y)))
    fit = logistic_fit(pd.DataFrame(x, columns=["a", "b"]), y)
    with pytest.raises(PlaybookError, match="2 columns, and I got 1"):
        logistic_predict(fit, x[:, :1])
    with pytest.raises(PlaybookError, match="column called b"):
        logistic_predict(fit, pd.DataFrame({"a": [1.0]}))
