"""The dissimilarity index: its bounds, its invariances, and what luck alone does to it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.errors import PlaybookError
from playbook.measures.segregation import dissimilarity_index

counts = st.lists(
    st.tuples(st.integers(0, 900), st.integers(0, 900)), min_size=2, max_size=20
).filter(lambda rows: sum(a for a, _ in rows) > 0 and sum(b for _, b in rows) > 0)


@given(counts)
def test_it_lies_between_0_and_1_and_does_not_care_which_group_comes_first(
    rows: list[tuple[int, int]],
) -> None:
    first, second = zip(*rows, strict=True)
    index = dissimilarity_index(first, second)
    assert -1e-12 <= index <= 1 + 1e-12
    assert index == pytest.approx(dissimilarity_index(second, first))
    assert dissimilarity_index(np.array(first) * 7, second) == pytest.approx(index)


@given(counts)
def test_it_is_the_share_that_would_have_to_move(rows: list[tuple[int, int]]) -> None:
    first, second = (np.array(each, dtype=float) for each in zip(*rows, strict=True))
    share, aim = first / first.sum(), second / second.sum()
    # Those above their place's aim leave; nobody else has to.
    moved = (share - aim).clip(min=0).sum()
    assert dissimilarity_index(first, second) == pytest.approx(moved)


def test_alike_and_wholly_apart() -> None:
    assert dissimilarity_index([10, 20, 30], [1, 2, 3]) == pytest.approx(0)
    assert dissimilarity_index([10, 0, 5], [0, 8, 0]) == pytest.approx(1)


def test_joining_places_can_only_hide_distance() -> None:
    fine = dissimilarity_index([40, 10, 30, 20], [10, 40, 20, 30])
    coarse = dissimilarity_index([50, 50], [50, 50])
    assert coarse == 0
    assert fine == pytest.approx(0.4)


def test_with_few_people_luck_alone_sets_groups_apart() -> None:
    random = np.random.default_rng(1)
    few = dissimilarity_index(random.multinomial(60, [1 / 64] * 64), [100] * 64)
    many = dissimilarity_index(random.multinomial(60_000, [1 / 64] * 64), [100] * 64)
    assert few > 0.25
    assert many < 0.03


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ([1, 2], [1, 2, 3], "2 places, the other 3"),
        ([1], [1], "at least two"),
        ([1, -1], [1, 1], "found -1 in row 2"),
        ([0, 0], [1, 1], "nobody"),
        ([1, None], [1, 1], "row 2"),
    ],
)
def test_what_makes_no_sense_is_refused(first: list, second: list, expected: str) -> None:
    with pytest.raises(PlaybookError, match=expected):
        dissimilarity_index(first, second)
