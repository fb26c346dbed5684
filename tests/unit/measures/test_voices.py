"""Comments and people are not the same count."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.errors import PlaybookError
from playbook.measures.voices import heavy_voices, theme_shares

# One account writes ten times about parking, and once about heat; three people write once.
COMMENTS = pd.DataFrame(
    {
        "author_id": ["loud"] * 11 + ["a", "b", "c"],
        "theme": ["Parking"] * 10 + ["Heat"] + ["Rent", "Rent", "Heat"],
    }
)


def test_one_loud_account_is_first_by_comments_and_not_by_people():
    table = theme_shares(COMMENTS)
    assert table["comment_share"].idxmax() == "Parking"
    assert table.index[0] == "Rent"
    assert table["person_share"].to_dict() == pytest.approx(
        {"Rent": 50.0, "Heat": 100 * 1.5 / 4, "Parking": 100 * 0.5 / 4}
    )
    assert table["people"].to_dict() == {"Rent": 2, "Heat": 2, "Parking": 1}
    assert table["comments"].sum() == 14


@given(
    st.lists(
        st.tuples(st.sampled_from("abcdefg"), st.sampled_from(["Heat", "Rent", "Noise"])),
        min_size=1,
        max_size=40,
    )
)
def test_shares_add_up_and_saying_it_again_changes_nothing(rows):
    comments = pd.DataFrame(rows, columns=["author_id", "theme"])
    table = theme_shares(comments)
    assert table["person_share"].sum() == pytest.approx(100)
    assert table["comment_share"].sum() == pytest.approx(100)
    assert (table["low"] <= table["person_share"] + 1e-9).all()
    assert (table["high"] >= table["person_share"] - 1e-9).all()
    twice = theme_shares(pd.concat([comments, comments]))
    assert twice["person_share"].to_dict() == pytest.approx(table["person_share"].to_dict())


def test_other_names_of_columns_will_do():
    other = COMMENTS.rename(columns={"author_id": "who", "theme": "what"})
    assert theme_shares(other, theme="what", person="who").index[0] == "Rent"


def test_heavy_voices_are_those_above_the_mark():
    table = heavy_voices(COMMENTS, most=10)
    assert table["people"].tolist() == [1, 3]
    assert table["comments"].tolist() == [11, 3]
    assert heavy_voices(COMMENTS, most=11)["people"].tolist() == [0, 4]


@pytest.mark.parametrize(
    ("comments", "words"),
    [
        (COMMENTS.drop(columns="author_id"), "author_id"),
        (COMMENTS.replace("loud", None), "author_id is empty in 11 of 14"),
        (COMMENTS[:0], "no comments"),
    ],
)
def test_comments_without_people_are_refused(comments, words):
    with pytest.raises(PlaybookError, match=words):
        theme_shares(comments)
    with pytest.raises(PlaybookError):
        heavy_voices(comments, most=3)
