"""Places that differ are told from places that don't, as an independent implementation does."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.meta_analysis import combine_effects

from playbook.errors import PlaybookError
from playbook.measures.heterogeneity import chance_of_no_difference


@pytest.mark.parametrize("spread", [0.0, 1.0, 5.0])
def test_it_is_cochrans_q_as_statsmodels_has_it(spread: float) -> None:
    draw = np.random.default_rng(3)
    errors = draw.uniform(0.8, 2.5, 20)
    values = draw.normal(77, np.hypot(spread, errors))
    theirs = combine_effects(values, errors**2).test_homogeneity().pvalue
    assert chance_of_no_difference(values, errors) == pytest.approx(theirs, rel=1e-9)


def test_places_that_are_alike_are_called_different_as_often_as_agreed() -> None:
    draw = np.random.default_rng(5)
    errors = draw.uniform(0.8, 2.5, 64)
    found = [chance_of_no_difference(draw.normal(77, errors), errors) < 0.05 for _ in range(400)]
    assert 0.02 < np.mean(found) < 0.08


@given(st.lists(st.floats(60, 90), min_size=2, max_size=12), st.floats(-20, 20))
def test_the_level_does_not_matter(values: list[float], shift: float) -> None:
    errors = np.linspace(1, 2, len(values))
    moved = chance_of_no_difference(np.array(values) + shift, errors)
    assert moved == pytest.approx(chance_of_no_difference(values, errors), abs=1e-6)


def test_equal_places_differ_by_nothing() -> None:
    assert chance_of_no_difference([77.0, 77.0, 77.0], [1.0, 2.0, 0.5]) == 1.0


def test_one_place_can_not_differ() -> None:
    with pytest.raises(PlaybookError, match="1 place"):
        chance_of_no_difference([77.0], [1.0])
