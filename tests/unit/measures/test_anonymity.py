"""Rows without names: how many people look alike."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.errors import PlaybookError
from playbook.measures.anonymity import k_anonymity, people_alike

ROWS = pd.DataFrame(
    {
        "place": ["Hill", "Hill", "Hill", "Mill", "Mill", "Quay"],
        "age": [30, 30, 41, 30, 30, 30],
    }
)

rows_of_people = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from("xy"), st.integers(0, 3)),
    min_size=1,
    max_size=60,
).map(lambda rows: pd.DataFrame(rows, columns=["place", "kind", "age"]))


def test_by_hand() -> None:
    assert k_anonymity(ROWS, ["age"]) == 1
    assert k_anonymity(ROWS[ROWS["age"] == 30], ["age"]) == 5
    table = people_alike(ROWS, ["place", "age"])
    assert table["people"].tolist() == [2, 4, 0, 0]
    assert table["percent"].tolist() == [33.3, 66.7, 0.0, 0.0]


@given(rows_of_people)
def test_telling_more_never_hides_people_better(rows: pd.DataFrame) -> None:
    few, more = ["place"], ["place", "kind", "age"]
    assert k_anonymity(rows, more) <= k_anonymity(rows, few)
    alone = [people_alike(rows, columns)["people"].iloc[0] for columns in (few, more)]
    assert alone[0] <= alone[1]
    assert people_alike(rows, more)["people"].sum() == len(rows)


@given(rows_of_people)
def test_counts_say_the_same_as_rows(rows: pd.DataFrame) -> None:
    columns = ["place", "kind", "age"]
    counts = rows.value_counts(columns).reset_index(name="people")
    assert k_anonymity(counts, columns, counts="people") == k_anonymity(rows, columns)
    pd.testing.assert_frame_equal(
        people_alike(counts, columns, counts="people"), people_alike(rows, columns)
    )


def test_the_ends_of_the_bands() -> None:
    counts = pd.DataFrame({"place": list("abcdefg"), "people": [1, 2, 4, 5, 10, 11, 0]})
    table = people_alike(counts, ["place"], counts="people")
    assert table["people"].tolist() == [1, 6, 15, 11]


def test_an_empty_cell_is_a_group_too() -> None:
    rows = pd.DataFrame({"place": ["Hill", "Hill", None]})
    assert k_anonymity(rows, ["place"]) == 1


@pytest.mark.parametrize(
    ("call", "seen"),
    [
        (lambda: k_anonymity(ROWS, ["street"]), "street"),
        (lambda: k_anonymity(ROWS, []), "a column or more"),
        (lambda: k_anonymity(ROWS.head(0), ["place"]), "nobody"),
        (lambda: people_alike(ROWS.assign(n=-1), ["place"], counts="n"), "whole numbers"),
        (lambda: people_alike(ROWS.assign(n=1.5), ["place"], counts="n"), "whole numbers"),
        (lambda: people_alike(ROWS.assign(n=0), ["place"], counts="n"), "nobody"),
    ],
)
def test_refusals(call, seen) -> None:
    with pytest.raises(PlaybookError, match=seen):
        call()
