"""Counting a vote: greedy rules by hand, who gets something, and what the ballots may not hold."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.errors import PlaybookError
from playbook.measures.ballots import greedy_winners, voters_served
from playbook.measures.election import election_of
from playbook.measures.equal_shares import equal_shares


def projects(costs: dict[str, float]) -> pd.DataFrame:
    return pd.DataFrame({"project_id": list(costs), "cost": list(costs.values())})


def ballots(*marks: str) -> pd.DataFrame:
    return pd.DataFrame({"voter_id": range(1, len(marks) + 1), "project_ids": list(marks)})


def votes_for(counts: dict[str, int]) -> pd.DataFrame:
    """One ballot a vote: so many voters want only this."""
    return ballots(*(name for name, count in counts.items() for _ in range(count)))


# Six projects, counted by hand. With 100 to spend, votes fund A (60) and B (40), and nothing is
# left. Votes per cost: E .30, then D and F with .20 each, C .17, B .15, A .12. E, D and F take 40;
# C fits (70), B and A no longer do.
SIX = projects({"A": 60, "B": 40, "C": 30, "D": 20, "E": 10, "F": 10})
SIX_VOTES = votes_for({"A": 7, "B": 6, "C": 5, "D": 4, "E": 3, "F": 2})


def test_six_projects_by_hand() -> None:
    by_votes = greedy_winners(SIX, SIX_VOTES, 100)
    assert by_votes["project_id"].tolist() == ["A", "B"]
    assert by_votes["votes"].tolist() == [7, 6]
    by_cost = greedy_winners(SIX, SIX_VOTES, 100, by="votes per cost")
    assert by_cost["project_id"].tolist() == ["E", "D", "F", "C"]


def test_a_project_that_no_longer_fits_is_passed_over() -> None:
    funded = greedy_winners(SIX, SIX_VOTES, 75)
    assert funded["project_id"].tolist() == ["A", "E"], "A, then only E and F fit, and E has more"


def test_equal_projects_come_from_a_to_z_whatever_their_order() -> None:
    costs, votes = {"b": 5, "a": 5, "c": 5}, ballots("b,a,c", "c,b,a")
    assert greedy_winners(projects(costs), votes, 10)["project_id"].tolist() == ["a", "b"]
    assert equal_shares(projects(costs), votes, 10)["project_id"].tolist() == ["a", "b"]


def test_spaces_and_repeats_on_a_ballot_count_for_nothing() -> None:
    votes = ballots(" A , B", "B,B", "")
    assert election_of(projects({"A": 1, "B": 1}), votes).votes.tolist() == [1, 2]


def test_nobody_s_project_is_never_funded() -> None:
    table = projects({"wanted": 50, "unwanted": 1})
    for funded in (
        greedy_winners(table, ballots("wanted"), 100),
        equal_shares(table, ballots("wanted"), 100),
    ):
        assert funded["project_id"].tolist() == ["wanted"]


def test_spending_adds_up_to_what_was_spent() -> None:
    table = projects({"A": 60, "B": 30, "C": 10})
    votes = ballots(*["A"] * 12, *["A,B"] * 12, *["B,C"] * 12, *[""] * 12)
    votes["district"] = [name for name in ("n", "e", "s", "w") for _ in range(12)]
    served = voters_served(table, votes, ["A", "B"], by="district").set_index("district")
    assert served.index.tolist() == ["e", "n", "s", "w"]
    # A splits over 24 voters at 2.50, B over 24 at 1.25.
    assert served["spend"].to_dict() == {"n": 30.0, "e": 45.0, "s": 15.0, "w": 0.0}
    assert served["with_win"].to_dict() == {"n": 100, "e": 100, "s": 100, "w": 0}
    assert served["exclusion"].to_dict() == {"n": 0, "e": 0, "s": 0, "w": 100}
    assert served["wins"].to_dict() == {"n": 1, "e": 2, "s": 1, "w": 0}
    everyone = voters_served(table, votes, ["A", "B"]).iloc[0]
    assert everyone["spend"] == 90
    assert everyone["with_win"] == 75
    assert everyone["spend_per_voter"] == pytest.approx(90 / 48)


def test_groups_keep_the_order_of_their_categories() -> None:
    votes = ballots(*["A"] * 22)
    votes["district"] = pd.Categorical(["z", "a"] * 11, categories=["z", "a"])
    served = voters_served(projects({"A": 1}), votes, ["A"], by="district")
    assert served["district"].tolist() == ["z", "a"]


def test_few_voters_are_not_shown() -> None:
    votes = ballots(*["A"] * 10, *["A"] * 11)
    votes["district"] = ["small"] * 10 + ["large"] * 11
    served = voters_served(projects({"A": 1}), votes, ["A"], by="district").set_index("district")
    assert served["voters"].to_dict() == {"large": 11, "small": 10}
    assert served.loc["small"].drop("voters").isna().all()
    assert served.loc["large"].notna().all()


@pytest.mark.parametrize(
    ("table", "votes", "words"),
    [
        (projects({"A": 0}), ballots("A"), "no cost above 0"),
        (projects({"A": float("nan")}), ballots("A"), "no cost above 0"),
        (pd.concat([SIX, SIX]), SIX_VOTES, "A stands in two rows"),
        (SIX, pd.concat([SIX_VOTES, SIX_VOTES]), "1 stands in two rows"),
        (SIX, ballots("A", "A,G"), 'voter 2 names "G"'),
        (SIX, ballots()[:0], "no ballots"),
        (SIX.drop(columns="cost"), SIX_VOTES, "no column cost"),
        (SIX, SIX_VOTES.drop(columns="project_ids"), "no column project_ids"),
        (SIX.assign(project_id=[None, *"BCDEF"]), SIX_VOTES, "has no id in row 1"),
    ],
)
def test_what_can_not_be_counted_is_told(
    table: pd.DataFrame, votes: pd.DataFrame, words: str
) -> None:
    for count in (greedy_winners, equal_shares):
        with pytest.raises(PlaybookError, match=words):
            count(table, votes, 100)


@pytest.mark.parametrize("budget", [0, -5, float("nan"), float("inf")])
def test_a_budget_is_above_zero(budget: float) -> None:
    with pytest.raises(PlaybookError, match="funds nothing"):
        greedy_winners(SIX, SIX_VOTES, budget)


def test_a_result_of_another_vote_is_told() -> None:
    with pytest.raises(PlaybookError, match='funded project "Z"'):
        voters_served(SIX, SIX_VOTES, ["Z"])
    with pytest.raises(PlaybookError, match="no column ward"):
        voters_served(SIX, SIX_VOTES, ["A"], by="ward")


@given(
    st.lists(st.integers(1, 9), min_size=1, max_size=6),
    st.lists(st.sets(st.integers(0, 5)), min_size=1, max_size=20),
    st.integers(1, 30),
)
def test_grouping_ballots_loses_nobody(
    costs: list[int], marks: list[set[int]], budget: int
) -> None:
    names = [f"p{place}" for place in range(len(costs))]
    votes = ballots(
        *(",".join(names[one] for one in sorted(mark) if one < len(names)) for mark in marks)
    )
    table = projects(dict(zip(names, costs, strict=True)))
    election = election_of(table, votes)
    assert election.voters.sum() == len(marks)
    expected = [sum(place in mark for mark in marks) for place in range(len(names))]
    assert election.votes.tolist() == expected
    for voter, mark in enumerate(marks):
        wanted = set(np.flatnonzero(election.wanted[election.group_of[voter]]).tolist())
        assert wanted == {one for one in mark if one < len(names)}
    funded = greedy_winners(table, votes, budget)
    assert funded["cost"].sum() <= budget
    served = voters_served(table, votes, funded["project_id"])
    if len(marks) >= 11:
        assert served["spend"].iloc[0] == pytest.approx(funded["cost"].sum())
