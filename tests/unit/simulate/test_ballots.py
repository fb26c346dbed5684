"""The vote of 2025: who came, what they marked, and what it leads to."""

import numpy as np
import pandas as pd
import pytest

from playbook.city.pabulib import read_pb
from playbook.measures.ballots import greedy_winners, voters_served
from playbook.measures.equal_shares import equal_shares
from playbook.simulate import ballots as module
from playbook.simulate.ballot_projects import CITYWIDE, FLAGSHIPS, PROJECTS
from playbook.simulate.ballots import (
    BUDGET,
    MOST_CHOICES,
    TOO_YOUNG,
    VOTERS,
    ballot_tables,
    pb_file,
    voters_by_district,
)
from playbook.simulate.health import population_age
from playbook.simulate.world import DISTRICTS, SEED, make_world


def made(seed):
    world = make_world(seed)
    return ballot_tables(world, {"population_age": population_age(world, seed)}, seed)


def turnout(seed):
    """Percent of each district's residents of 15 and over who voted, highest hardship first."""
    world = make_world(seed)
    population = population_age(world, seed)
    old = population[~population["age_group"].isin(TOO_YOUNG)]
    people = old.groupby("neighborhood_id")["population"].sum().to_numpy()
    return 100 * voters_by_district(world, population) / people.reshape(8, 8).sum(axis=1)


def test_four_projects_a_district_and_three_for_the_whole_city():
    projects = made(SEED)["pb_projects"]
    assert len(projects) == 35
    counts = projects["district"].value_counts()
    assert counts.drop(CITYWIDE).to_dict() == dict.fromkeys(DISTRICTS, 4)
    assert counts[CITYWIDE] == 3
    assert projects["project_id"].is_unique
    assert projects["name"].is_unique
    # More than twice as many good ideas as money, or there is nothing to decide.
    assert projects["cost"].sum() > 2 * BUDGET
    large = projects.loc[projects["district"] == CITYWIDE, "cost"]
    assert large.sum() == 1000 * sum(one.thousands for one in FLAGSHIPS) == 680_000
    assert (projects["cost"] % 1000 == 0).all()


def test_every_voter_marks_one_to_eight_projects_once_each():
    tables = made(SEED)
    marks = tables["pb_votes"]["project_ids"].str.split(",")
    assert len(marks) == VOTERS
    assert tables["pb_votes"]["voter_id"].is_unique
    assert marks.map(len).between(1, MOST_CHOICES).all()
    assert (marks.map(len) == MOST_CHOICES).any()
    assert (marks.map(set).map(len) == marks.map(len)).all()
    assert set().union(*marks) <= set(tables["pb_projects"]["project_id"])


def test_the_number_of_a_ballot_tells_nothing_about_its_district():
    votes = made(SEED)["pb_votes"]
    place = votes["district"].map(list(DISTRICTS).index)
    assert abs(np.corrcoef(np.arange(len(votes)), place)[0, 1]) < 0.04


def test_a_voter_marks_first_what_more_of_their_neighbors_want():
    votes = made(SEED)["pb_votes"]
    first = votes["project_ids"].str.split(",").str[0]
    marks = votes.assign(project=votes["project_ids"].str.split(",")).explode("project")
    popular = marks.groupby(["district", "project"]).size()
    last = votes["project_ids"].str.split(",").str[-1]
    of_first = [popular[pair] for pair in zip(votes["district"], first, strict=True)]
    of_last = [popular[pair] for pair in zip(votes["district"], last, strict=True)]
    assert np.mean(of_first) > 1.1 * np.mean(of_last)


@pytest.mark.parametrize("seed", [SEED, 1, 2, 3])
def test_turnout_is_low_and_lowest_where_hardship_is_highest(seed):
    rates = turnout(seed)
    assert 1.2 < rates.min() < 2.6
    assert 6 < rates.max() < 12
    assert rates[0] < 0.45 * rates[-1]
    assert np.corrcoef(np.arange(8), rates)[0, 1] > 0.75


def test_without_a_slope_turnout_is_the_same_everywhere(monkeypatch):
    monkeypatch.setattr(module, "TURNOUT_SLOPE", 0.0)
    rates = turnout(SEED)
    assert np.ptp(rates) < 0.02
    assert voters_by_district(make_world(), population_age(make_world(), SEED)).sum() == VOTERS


@pytest.mark.parametrize("seed", [SEED, 1, 2, 3])
def test_votes_fund_the_large_projects_and_equal_shares_many_small_ones(seed):
    tables = made(seed)
    projects, votes = tables["pb_projects"], tables["pb_votes"]
    by_votes = greedy_winners(projects, votes, BUDGET)
    by_shares = equal_shares(projects, votes, BUDGET, utility="cardinality")
    assert set(projects.loc[projects["district"] == CITYWIDE, "project_id"]) <= set(
        by_votes["project_id"]
    )
    assert 6 <= len(by_votes) <= 10
    assert 16 <= len(by_shares) <= 21
    wins = [
        voters_served(projects, votes, one["project_id"])["with_win"].iloc[0]
        for one in (by_votes, by_shares)
    ]
    assert 70 < wins[0] < 83
    assert 88 < wins[1] < 96


def test_names_stand_for_themselves_and_lie_where_they_say():
    world = make_world()
    home = dict(zip(world.name.tolist(), world.district.tolist(), strict=True))
    for project in PROJECTS:
        places = [name for name in home if name in project.name]
        if project.district != CITYWIDE:
            assert any(home[name] == project.district for name in places) or not places, project


def test_the_vote_can_be_written_in_the_public_layout():
    tables = made(SEED)
    vote = read_pb(pb_file(tables))
    assert vote.budget == BUDGET
    assert vote.meta["num_votes"] == str(VOTERS)
    pd.testing.assert_series_equal(vote.projects["cost"], tables["pb_projects"]["cost"])
    assert vote.ballots["project_ids"].tolist() == tables["pb_votes"]["project_ids"].tolist()
