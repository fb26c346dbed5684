"""Counts of homeless services: figures by provider and quarter, hidden ones kept as hidden."""

from __future__ import annotations

import pytest

from playbook.city.check import check_against
from playbook.city.readers import read_files
from playbook.city.sources.homeless_services import read_homeless_counts
from playbook.city.sources.source import Choices
from playbook.city.tables import load_city
from playbook.city.templates import template
from playbook.errors import PlaybookError

HEADER = "provider,quarter,destination_group,people\n"
ROWS = (
    "Shelter A,2025-Q1,permanent,31\n"
    "Shelter A,2025-Q1,Homeless situation,<11\n"
    "shelter a,Q2 2025,Came in,\"1,040\"\n"
    "Shelter B,2025-Q1,other or unknown,12\n"
)  # fmt: skip


def read(rows: str, choices: Choices | None = None):
    return read_homeless_counts((HEADER + rows).encode(), "exits.csv", load_city(), choices)


def test_counts_become_figures_and_hidden_ones_stay_hidden():
    brought = read(ROWS)
    table = brought.tables["contract_quarters"]
    assert table["metric"].tolist() == [
        "Moves to permanent housing",
        "Exits to a homeless situation",
        "People who came in",
        "Exits elsewhere or unknown",
    ]
    assert table["value"].fillna(-1).tolist() == [31, -1, 1040, 12]
    assert table["quarter"].tolist() == ["2025-Q1", "2025-Q1", "2025-Q2", "2025-Q1"]
    assert table["provider_id"].nunique() == 2
    reasons = brought.reasons["contract_quarters"].to_numpy().tolist()
    assert reasons == [[3, "value", "suppressed"]]


def test_the_table_keeps_its_contract():
    contract = load_city().contract["contract_quarters"]
    table = read(ROWS).tables["contract_quarters"]
    assert check_against(table, contract, may_be_empty=["value"]).level != "stop"


def test_the_filled_template_is_read_by_its_header():
    content = template("homeless_services") + ROWS
    (brought,) = read_files([("exits.csv", content.encode())], load_city())
    assert list(brought.tables) == ["contract_quarters"]
    assert brought.report.rows_kept == 4


def test_figures_that_lessons_know_keep_their_names():
    known = set(load_city()["contract_quarters"]["metric"])
    made = set(read(ROWS).tables["contract_quarters"]["metric"])
    assert made & known == {"Moves to permanent housing", "People who came in"}


def test_a_group_of_the_citys_own_is_mapped_by_its_label_and_named_without_one():
    rows = "Shelter A,2025-Q1,Rapid rehousing,40\nShelter A,2025-Q1,temporary,50\n"
    brought = read(rows)
    assert brought.report.counts["left out: destination group not known"] == 1
    assert any("--label destination_group:" in f.fix for f in brought.report.findings)
    choices = Choices(labels={"destination_group": {"rapid REHOUSING": "permanent"}})
    assert len(read(rows, choices).tables["contract_quarters"]) == 2


def test_rows_left_out_are_counted_by_reason():
    rows = ROWS + (
        "Shelter A,2025-Q1,Total,80\n"
        "Total,2025-Q1,permanent,90\n"
        ",2025-Q1,permanent,9\n"
        "Shelter C,spring,permanent,12\n"
        "Shelter C,2025-Q3,permanent,about ten\n"
        "Shelter A,2025-Q1,permanent,31\n"
        "Shelter C,2025-Q4\n"
    )
    report = read(rows).report
    assert (report.rows_read, report.rows_kept) == (11, 4)
    assert report.counts["left out: total of other rows"] == 2
    assert report.counts["left out: no provider"] == 1
    assert report.counts["left out: no quarter"] == 1
    assert report.counts["left out: no count that I can read"] == 1
    assert report.counts["left out: the same row twice"] == 1
    assert report.counts["left out: wrong number of cells"] == 1


def test_small_counts_that_nobody_hid_are_pointed_out():
    brought = read("A,2025-Q1,permanent,4\nA,2025-Q2,permanent,0\n")
    assert any("1 to 10 that are not hidden: 1." in f.what for f in brought.report.findings)


def test_two_counts_for_one_figure_are_refused():
    with pytest.raises(PlaybookError, match="another count, first in row 3"):
        read("A,2025-Q1,permanent,14\nA,2025-Q1,permanent housing,15\n")


def test_providers_that_are_people_stop_the_import():
    with pytest.raises(PlaybookError, match="Nothing was saved"):
        read("ana@example.org,2025-Q1,permanent,14\ncem@example.org,2025-Q1,permanent,15\n")


def test_nothing_kept_names_the_most_frequent_reason():
    with pytest.raises(PlaybookError, match="destination group not known"):
        read("A,2025-Q1,elsewhere,14\n")
