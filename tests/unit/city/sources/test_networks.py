"""Edge lists: ties as they are, partners only by their codes, everything else told."""

from __future__ import annotations

import pytest

from playbook.city.own import city_folder, new_city
from playbook.city.readers import read_files
from playbook.city.sources.networks import is_edge_list, read_edges
from playbook.city.store import store_reading
from playbook.city.tables import load_city
from playbook.errors import PlaybookError
from playbook.measures.networks import network_density

EDGES = b'"from","to"\r\n"ACME","Clinic"\r\n"Clinic","ACME"\r\n"ACME","School"\r\n'


def said(brought) -> str:
    return " ".join(f.what for f in brought.report.findings)


def test_quoted_codes_and_both_directions_are_kept_and_told():
    (brought,) = read_files([("ties.csv", EDGES)], load_city())
    ties = brought.tables["ties"]
    assert ties.to_numpy().tolist() == [["ACME", "Clinic"], ["Clinic", "ACME"], ["ACME", "School"]]
    assert "Pairs in both directions: 1." in said(brought)
    assert brought.tables["organizations"]["org_id"].tolist() == ["ACME", "Clinic", "School"]
    assert "partners without a tie" in said(brought)


def test_what_is_stored_is_a_network_of_as_many_pairs():
    ties = read_edges(EDGES, "ties.csv", load_city()).tables["ties"]
    assert network_density(ties) == pytest.approx(2 / 3)


def test_ties_told_twice_self_ties_and_nameless_ends_are_left_out_with_their_count():
    more = b"ACME , Clinic\nacme,School\nSchool,School\n,Clinic\nClinic\n"
    brought = read_edges(EDGES.replace(b'"', b"") + more, "ties.csv", load_city())
    counts = brought.report.counts
    assert (brought.report.rows_read, brought.report.rows_kept) == (8, 3)
    assert counts["left out: the same tie twice"] == 2
    assert counts["left out: a tie of an organization with itself"] == 1
    assert counts["left out: no name on one side"] == 1
    assert counts["left out: wrong number of cells"] == 1


def test_a_year_and_points_are_taken_over_where_the_file_has_them():
    text = b"source,target,year,frequency,color\nA,B,2024,3,red\nA,B,2025,9,red\nA,C,soon,1,red\n"
    brought = read_edges(text, "ties.csv", load_city())
    ties = brought.tables["ties"]
    assert ties["year"].tolist() == [2024, 2025]
    assert ties["frequency"].isna().tolist() == [False, True]
    assert brought.reasons["ties"]["reason"].tolist() == ["out of range"]
    assert brought.report.counts["left out: no year that I can read"] == 1
    assert "1 other column" in said(brought)


@pytest.mark.parametrize(
    "header",
    [
        ["source", "opened", "closed"],
        ["from", "to", "year", "a", "b", "c", "d"],
        ["from", "to", "source", "target"],
        ["from", "from", "to"],
    ],
)
def test_other_headers_are_no_edge_list(header):
    assert not is_edge_list(header)


def test_ends_that_are_people_stop_the_import():
    text = b"from,to\nana@example.org,cem@example.org\neve@example.org,ana@example.org\n"
    with pytest.raises(PlaybookError, match=r"Stop.*Nothing was saved"):
        read_edges(text, "ties.csv", load_city())


def test_no_tie_at_all_is_said_in_plain_words():
    with pytest.raises(PlaybookError, match="could keep no tie"):
        read_edges(b"from,to\nA,A\n", "ties.csv", load_city())


def test_organizations_of_the_city_stay_and_strange_codes_are_named(tmp_path, monkeypatch):
    monkeypatch.setenv("PLAYBOOK_WORK", str(tmp_path))
    new_city("Elsewhere")
    city = load_city("elsewhere")
    own = load_city()["organizations"].head(2)
    partners = own.assign(org_id=["ACME", "Clinic"])
    brought = read_edges(EDGES, "ties.csv", city.with_tables({"organizations": partners}))
    assert list(brought.tables) == ["ties"]
    assert "not in the city's table: School." in said(brought)


def test_organizations_that_an_edge_list_made_follow_the_next_one(tmp_path, monkeypatch):
    monkeypatch.setenv("PLAYBOOK_WORK", str(tmp_path))
    new_city("Elsewhere")
    store_reading(read_edges(EDGES, "a.csv", load_city("elsewhere")), city_folder("elsewhere"))
    brought = read_edges(b"from,to\nP,Q\n", "b.csv", load_city("elsewhere"))
    assert brought.tables["organizations"]["org_id"].tolist() == ["P", "Q"]
