"""Real votes in the layout of Pabulib hold their own answers: votes counted, projects funded."""

import os
from pathlib import Path

import pandas as pd
import pytest

from playbook.city.pabulib import PbFile, read_pb, write_pb
from playbook.measures.election import election_of, fill

FOLDER = os.environ.get("PLAYBOOK_PB", "")
FILES = sorted(Path(FOLDER).glob("*.pb")) if FOLDER else []
needed = pytest.mark.skipif(
    not FOLDER, reason="set PLAYBOOK_PB to a folder with .pb files of Pabulib to check them"
)


def read(path: Path) -> PbFile:
    return read_pb(path.read_text(encoding="utf-8"), path.name)


@needed
def test_the_folder_holds_votes() -> None:
    assert FILES, f"no file that ends in .pb in {FOLDER}"


@needed
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_recount_gives_the_published_votes(path: Path) -> None:
    vote = read(path)
    election = election_of(vote.projects, vote.ballots)
    published = vote.projects.set_index("project_id")["votes"].astype(int)
    assert dict(zip(election.ids, election.votes.tolist(), strict=True)) == published.to_dict()
    assert len(vote.votes) == int(vote.meta["num_votes"])
    assert len(vote.projects) == int(vote.meta["num_projects"])


@needed
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_highest_scores_that_fit_are_what_was_funded(path: Path) -> None:
    vote = read(path)
    if "selected" not in vote.projects or vote.meta["rule"] != "greedy":
        pytest.skip("the file does not say what was funded")
    election = election_of(vote.projects, vote.ballots)
    listed = vote.projects.set_index("project_id").loc[list(election.ids)]
    score = pd.to_numeric(listed["score" if "score" in listed else "votes"]).to_numpy()
    funded = {election.ids[one] for one in fill(election, vote.budget, score)}
    assert funded == set(listed.index[listed["selected"] == "1"])


@needed
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_written_and_read_again_it_is_the_same(path: Path) -> None:
    vote = read(path)
    again = read_pb(write_pb(vote))
    assert again.meta == vote.meta
    pd.testing.assert_frame_equal(again.projects, vote.projects)
    pd.testing.assert_frame_equal(again.votes, vote.votes)
