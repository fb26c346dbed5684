"""Raking against published weights and against other people's programs.

California schools: R package survey, tests/rakecheck.Rout.save (183 schools of the sample apiclus1,
raked to school type and to the school-wide target). Its weights and sums fix how many schools are
in each cell.
Three by three: Ardilly P, Tillé Y (2006), Sampling Methods, as in the R package TeachingSampling,
which prints the input only; the result was recomputed.
Four by four: the example of the article "Iterative proportional fitting" in Wikipedia.
Weights of twelve answers: tests of the Python package balance (test_rake.py).
"""

import numpy as np
import pandas as pd
import pytest

from playbook.errors import PlaybookError
from playbook.measures.raking import rake


def answers_of(cells):
    """Give one row an answer, from counts by row and column."""
    return pd.DataFrame(
        [
            (str(row), str(column))
            for (row, column), count in np.ndenumerate(cells)
            for _ in range(int(count))
        ],
        columns=["row", "column"],
    )


def margins_of(rows, columns):
    parts = [
        pd.DataFrame({"variable": name, "category": map(str, range(len(of))), "people": of})
        for name, of in (("row", rows), ("column", columns))
    ]
    return pd.concat(parts, ignore_index=True)


def fitted(cells, rows, columns):
    """Rake, and give what each cell then counts."""
    answers = answers_of(cells)
    weights = rake(answers, margins_of(rows, columns)).weights * sum(rows) / len(answers)
    table = answers.assign(weight=weights).pivot_table(
        index="row", columns="column", values="weight", aggfunc="sum"
    )
    return table.to_numpy()


def test_california_schools() -> None:
    # Rows: elementary, high, middle. Columns: target not met, met.
    schools = [[12, 132], [3, 11], [8, 17]]
    published = [
        [39.83923625, 29.87067549],
        [67.12552924, 50.32940112],
        [49.06907216, 36.79102486],
    ]
    found = fitted(schools, [4421, 755, 1018], [1072, 5122])
    np.testing.assert_allclose(found / schools, published, rtol=1e-8)


def test_three_by_three() -> None:
    found = fitted([[80, 170, 150], [90, 80, 210], [10, 80, 130]], [430, 360, 210], [150, 300, 550])
    expected = [
        [73.0082, 167.6406, 189.3512],
        [69.3904, 66.6493, 223.9603],
        [7.6014, 65.7101, 136.6885],
    ]
    np.testing.assert_allclose(found, expected, atol=5.1e-5)


FOUR = [[40, 30, 20, 10], [35, 50, 100, 75], [30, 80, 70, 120], [20, 30, 40, 50]]
FOUR_ROWS, FOUR_COLUMNS = [150, 300, 400, 150], [200, 300, 400, 100]


def test_four_by_four() -> None:
    expected = [
        [64.5585, 46.2325, 35.3843, 3.8247],
        [49.9679, 68.1594, 156.4985, 25.3742],
        [56.7219, 144.4282, 145.0825, 53.7673],
        [28.7516, 41.1800, 63.0347, 17.0337],
    ]
    np.testing.assert_allclose(fitted(FOUR, FOUR_ROWS, FOUR_COLUMNS), expected, atol=5.1e-5)


def test_another_program() -> None:
    ipfn = pytest.importorskip("ipfn.ipfn")
    start = np.array(FOUR, dtype=float)
    other = ipfn.ipfn(
        start,
        [np.array(FOUR_ROWS, float), np.array(FOUR_COLUMNS, float)],
        [[0], [1]],
        convergence_rate=1e-12,
    ).iteration()
    np.testing.assert_allclose(fitted(FOUR, FOUR_ROWS, FOUR_COLUMNS), other, rtol=1e-6)


TWELVE = pd.DataFrame({"a": ["1", "2"] * 6, "b": ["a"] * 6 + ["b"] * 6})


def sums(**groups):
    rows = [(name, group, count) for name, of in groups.items() for group, count in of.items()]
    return pd.DataFrame(rows, columns=["variable", "category", "people"])


def test_twelve_answers() -> None:
    margins = sums(a={"1": 10, "2": 2}, b={"a": 6, "b": 6})
    weights = rake(TWELVE, margins).weights
    assert weights.tolist() == pytest.approx([10 / 6, 2 / 6] * 6)
    assert weights.round(2).tolist() == [1.67, 0.33] * 6


def test_twelve_answers_with_weighted_people() -> None:
    margins = sums(a={"1": 7.5, "2": 1.5}, b={"a": 4.5, "b": 4.5})
    weights = rake(TWELVE, margins).weights * 9 / 12
    assert weights.tolist() == pytest.approx([1.25, 0.25] * 6)


def test_a_missing_answer_is_a_group_of_its_own_or_is_refused() -> None:
    # The package's own choice "add_indicator" makes it a group; we ask the reader to say so.
    three = pd.DataFrame({"a": ["1"] * 4 + ["2"] * 4 + [None] * 4})
    margins = sums(a={"1": 5, "2": 1, "Not given": 3})
    with pytest.raises(PlaybookError, match="a is empty in 4 of 12"):
        rake(three, margins)
    weights = rake(three.fillna("Not given"), margins).weights
    assert weights.round(2).tolist() == [1.67] * 4 + [0.33] * 4 + [1.0] * 4
