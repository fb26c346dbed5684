"""Votes in Pabulib's layout: four kinds of ballots, no voter, and every mark accounted for."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.city.readers import read_files
from playbook.city.sources.ballots_pb import read_ballots
from playbook.city.tables import load_city
from playbook.errors import PlaybookError
from playbook.measures.equal_shares import equal_shares

# Made-up projects, voters and numbers.
PROJECTS = "project_id;cost;name;category;proposer;votes"
ROWS = "1;60000;Park;parks;Ana B.;2\nA/2;30000;Pool; ;Cem D.;2\n3;5000.5;=Bench;parks;;1"


def pb(ballots: str, kind: str = "approval", *, projects: str = ROWS, meta: str = "") -> bytes:
    top = f"META\nkey;value\ndescription;A; vote\nbudget;90000\nvote_type;{kind}\n{meta}"
    text = f"{top}PROJECTS\n{PROJECTS}\n{projects}\nVOTES\nvoter_id;age;sex;vote;points\n{ballots}"
    return text.encode()


APPROVAL = "901;34;F;1,A/2;\n902;51;M;1;\n905;19;F;A/2,3;\n"


def said(brought) -> str:
    return " ".join(f.what for f in brought.report.findings)


def test_projects_and_ballots_come_without_voters_and_proposers():
    brought = read_ballots(pb(APPROVAL), "v.pb")
    assert list(brought.tables["pb_votes"]) == ["voter_id", "project_ids"]
    assert brought.tables["pb_votes"]["voter_id"].tolist() == ["V00001", "V00002", "V00003"]
    assert brought.tables["pb_votes"]["project_ids"].tolist() == ["1,A/2", "1", "A/2,3"]
    stored = "".join(table.to_csv() for table in brought.tables.values())
    for trace in ("901", "34", "Ana", "Cem", "F"):
        assert trace not in stored.replace("V00001", "")
    assert "age, proposer and sex" in said(brought)


def test_a_name_that_a_spreadsheet_would_run_and_a_cost_with_cents_are_told_apart():
    projects = read_ballots(pb(APPROVAL), "v.pb").tables["pb_projects"]
    assert projects["name"].tolist() == ["Park", "Pool", "'=Bench"]
    assert projects["cost"].tolist() == [60000, 30000, 5000]
    assert projects["category"].fillna("none").tolist() == ["parks", "none", "parks"]


@pytest.mark.parametrize(
    ("kind", "ballot", "points", "marked"),
    [
        ("cumulative", "1,A/2,3", "3,0,1", "1,3"),
        ("scoring", "1,A/2", "-1,5", "A/2"),
        ("ordinal", "3,1", "3,2", "3,1"),
        ("approval", "1,1,3", "", "1,3"),
        ("cumulative", "1,3", "2", "1,3"),
    ],
)
def test_points_and_ranks_become_marks_and_the_report_says_so(kind, ballot, points, marked):
    brought = read_ballots(pb(f"7;;;{ballot};{points}\n", kind), "v.pb")
    assert brought.tables["pb_votes"]["project_ids"].tolist() == [marked]
    kept = {"cumulative": "not how many", "scoring": "not how many", "ordinal": "not their order"}
    assert kept.get(kind, "marks projects") in said(brought)
    without = bool({"0", "-1"} & set(points.split(",")))
    assert ("give a project no points: 1" in said(brought)) == without


def test_an_unknown_kind_of_ballot_is_read_as_marks_and_told():
    assert '"lottery"' in said(read_ballots(pb(APPROVAL, "lottery"), "v.pb"))


def test_rows_read_are_rows_kept_and_left_out_by_reason():
    ballots = APPROVAL + "906;20;M;;\n907;20;M;99;\n908;20;M;1,99;\n909;20;M;3;;extra\n"
    projects = ROWS + "\n4;free;Swing;;;\n5;0;Slide;;;\n1;9;Again;;;"
    brought = read_ballots(pb(ballots, projects=projects), "v.pb")
    report = brought.report
    assert (report.rows_read, report.rows_kept) == (13, 7)
    assert report.counts["left out: ballots that mark no project"] == 2
    assert report.counts["left out: ballots with more cells than columns"] == 1
    assert report.counts["left out: projects without a cost that I can read"] == 2
    assert report.counts["left out: projects without a code of their own"] == 1
    assert brought.tables["pb_votes"]["project_ids"].tolist()[-1] == "1"
    projects_lost = brought.reasons["pb_projects"]
    assert projects_lost["reason"].tolist() == ["unreadable", "out of range"]
    assert brought.reasons["pb_votes"]["reason"].tolist() == ["label not known"] * 2


def test_ballots_are_held_against_the_votes_that_the_file_counts():
    assert "add up to the votes" in said(read_ballots(pb(APPROVAL), "v.pb"))
    wrong = ROWS.replace("Cem D.;2", "Cem D.;7")
    assert "another number of ballots than the file says: A/2" in said(
        read_ballots(pb(APPROVAL, projects=wrong), "v.pb")
    )


def test_a_voter_number_that_comes_twice_and_another_money_are_told():
    brought = read_ballots(pb(APPROVAL + "901;34;F;3;\n", meta="country;Poland\n"), "v.pb")
    assert "the number of an earlier voter: 1." in said(brought)
    assert "money of Poland" in said(brought)
    assert "money" not in said(read_ballots(pb(APPROVAL, meta="country;USA\n"), "v.pb"))


def test_the_last_day_of_the_vote_is_known_where_the_file_has_it():
    assert read_ballots(pb(APPROVAL, meta="date_end;07.10.2019\n"), "v.pb").report.as_of.startswith(
        "2019-10-07"
    )
    assert read_ballots(pb(APPROVAL, meta="date_end;2019\n"), "v.pb").report.as_of == ""


def test_projects_with_one_name_get_their_code_and_none_gets_its_code_as_name():
    rows = "1;5;Park;;;\n2;5;Park;;;\n3;5;;;;\n4;5;Park (1);;;"
    names = read_ballots(pb("1;;;1;\n", projects=rows), "v.pb").tables["pb_projects"]["name"]
    assert names.is_unique
    assert names.tolist()[1:3] == ["Park (2)", "3"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (pb("1;;;99;\n"), "no ballot"),
        (pb("1;;;1;\n", projects="1;free;Park;;;"), "no project"),
        (pb("").replace(b"VOTES", b"V"), "part VOTES"),
        (pb("1;;;1;\n").replace(b";vote;", b";mark;"), "no column vote"),
        (pb(APPROVAL) + b'"' + b"x" * 200_000, "never ends"),
    ],
)
def test_what_is_no_vote_is_refused_in_plain_words(content, words):
    with pytest.raises(PlaybookError, match=words):
        read_ballots(content, "v.pb")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_header_that_opens_a_file_is_found_in_any_encoding(encoding):
    content = pb(APPROVAL, projects=ROWS.replace("Park", "Peñasco")).decode().encode(encoding)
    (brought,) = read_files([("v.pb", content)], load_city())
    assert brought.tables["pb_projects"]["name"][0] == "Peñasco"


def test_stored_tables_can_be_counted_by_equal_shares():
    tables = read_ballots(pb(APPROVAL), "v.pb").tables
    funded = equal_shares(tables["pb_projects"], tables["pb_votes"], 90_000)
    assert funded is not None


@settings(deadline=None, max_examples=40)
@given(st.lists(st.lists(st.sampled_from(["1", "A/2", "3", "9", ""]), max_size=5), min_size=1))
def test_whatever_is_marked_rows_add_up_and_marks_are_of_known_projects(ballots):
    lines = "".join(f"{n};;;{','.join(ballot)};\n" for n, ballot in enumerate(ballots))
    try:
        brought = read_ballots(pb(lines), "v.pb")
    except PlaybookError:
        assert all(not set(ballot) & {"1", "A/2", "3"} for ballot in ballots)
        return
    votes = brought.tables["pb_votes"]
    known = set(brought.tables["pb_projects"]["project_id"])
    assert {one for marks in votes["project_ids"] for one in marks.split(",")} <= known
    assert len(votes) == sum(bool(set(ballot) & known) for ballot in ballots)
    assert isinstance(votes, pd.DataFrame)
