"""Concentration against figures that others published or that other measures give.

The ten values are the example of R's package ineq (Zeileis A, CRAN), with the figures of its own
reference output: Gini 0.4620911, Herfindahl 0.1840812, Rosenbluth 0.1859051.
"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.measures.concentration import concentration_curve, gini, herfindahl
from playbook.measures.slopes import concentration_index

VALUES = [541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261]


def test_gini_herfindahl_and_rosenbluth_of_ineq() -> None:
    assert gini(VALUES) == pytest.approx(0.4620911, abs=5e-8)
    assert herfindahl(VALUES) == pytest.approx(0.1840812, abs=5e-8)
    # Rosenbluth's index is 1 / (n (1 - Gini)).
    assert 1 / (len(VALUES) * (1 - gini(VALUES))) == pytest.approx(0.1859051, abs=5e-8)


groups = st.lists(st.tuples(st.integers(1, 90), st.integers(1, 900)), min_size=2, max_size=12)


@given(groups)
def test_the_area_beside_the_curve_is_the_concentration_index(
    places: list[tuple[int, int]],
) -> None:
    counts, people = (np.array(each, dtype=float) for each in zip(*places, strict=True))
    curve = concentration_curve(counts, people, np.arange(len(people)))
    area = np.trapezoid(curve["value_share"], curve["population_share"])
    assert 1 - 2 * area == pytest.approx(concentration_index(counts / people, people), abs=1e-9)
