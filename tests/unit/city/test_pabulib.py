"""The layout of Pabulib: read, written, and what is wrong with a file in plain words."""

import pandas as pd
import pytest

from playbook.city.pabulib import PbFile, read_pb, write_pb
from playbook.errors import PlaybookError

GOOD = """META
key;value
description;Vote; of two parts
budget;90
vote_type;approval
PROJECTS
project_id;cost;name;votes
1;60;"A park; with trees";2
x/2;30.5;Pool;1

VOTES
voter_id;age;vote
a;34;1,x/2
b;;1
c;51;
"""


def test_every_part_is_read() -> None:
    vote = read_pb(GOOD)
    assert vote.budget == 90
    assert vote.meta["description"] == "Vote; of two parts"
    assert vote.projects["name"].tolist() == ["A park; with trees", "Pool"]
    assert vote.projects["cost"].tolist() == [60, 30.5]
    assert vote.ballots["project_ids"].tolist() == ["1,x/2", "1", ""]
    assert vote.ballots["voter_id"].tolist() == ["a", "b", "c"]


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + GOOD,
        GOOD.replace("\n", "\r\n"),
        GOOD.replace("META", "meta").replace("VOTES", "Votes"),
    ],
)
def test_marks_of_other_systems_change_nothing(text: str) -> None:
    plain, other = read_pb(GOOD), read_pb(text)
    assert other.meta == plain.meta
    pd.testing.assert_frame_equal(other.projects, plain.projects)
    pd.testing.assert_frame_equal(other.votes, plain.votes)


def test_written_and_read_again_it_is_the_same() -> None:
    vote = read_pb(GOOD)
    text = write_pb(vote)
    again = read_pb(text)
    assert again.meta == vote.meta
    pd.testing.assert_frame_equal(again.projects, vote.projects)
    pd.testing.assert_frame_equal(again.votes, vote.votes)
    assert write_pb(again) == text


def test_missing_cells_are_written_empty() -> None:
    projects = pd.DataFrame({"project_id": ["1"], "cost": [5], "note": [None]})
    votes = pd.DataFrame({"voter_id": ["a"], "vote": ["1"]})
    assert "\n1;5;\n" in write_pb(PbFile({"budget": "5"}, projects, votes))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("VOTES\n", "", "can't find the part VOTES"),
        ("META", "HEAD", "can't find the part META"),
        ("budget;90", "budget;about 90", 'The budget is "about 90"'),
        ("budget;90\n", "", 'The budget is ""'),
        ("x/2;30.5", "x/2;30 dollars", 'Project x/2 costs "30 dollars"'),
        ("a;34;1,x/2", "a;34;1,7", 'voter a names project "7"'),
        ("project_id;cost", "id;cost", "no column project_id"),
        ("age;vote", "age;marks", "no column vote"),
        ("b;;1", "b;;1;2", "Row 2 of VOTES has 4 cells for 3 columns"),
    ],
)
def test_one_fault_is_told_in_plain_words(old: str, new: str, words: str) -> None:
    assert old in GOOD
    with pytest.raises(PlaybookError, match=words) as told:
        read_pb(GOOD.replace(old, new), where="vote.pb")
    assert told.value.where == "vote.pb"
    assert told.value.fix
