"""A file is checked in its own layout: a public one by its reader, others by the contract."""

import pytest

import playbook as pb
from playbook.errors import PlaybookError


def usaleep(tmp_path, old="", new=""):
    lives = (
        "Tract ID,STATE2KX,CNTY2KX,TRACT2KX,e(0),se(e(0)),Abridged life table flag\n"
        "29999000100,29,999,000100,79,1.2,3\n29999000200,29,999,000200,74.1,1.5,1\n"
    )
    path = tmp_path / "MO_A.CSV"
    path.write_text(lives.replace(old, new) if old else lives, encoding="utf-8")
    return path


def test_a_public_file_is_checked_as_it_was_downloaded(tmp_path):
    check = pb.check_table(usaleep(tmp_path), "life_expectancy")
    assert check.report.level != "stop"
    assert check.report.rows_kept == 2


def test_what_a_reader_leaves_out_is_told(tmp_path):
    check = pb.check_table(usaleep(tmp_path, "74.1", "741"), "life_expectancy")
    assert check.report.rows_kept == 1
    assert "741" in str(check)


def test_a_file_of_something_else_is_told_with_what_it_brings(tmp_path):
    check = pb.check_table(usaleep(tmp_path), "deaths")
    assert check.report.level == "stop"
    assert "brings life_expectancy, not deaths" in str(check)


def test_a_file_about_persons_is_refused(tmp_path):
    path = tmp_path / "Client.csv"
    path.write_text("PersonalID,EnrollmentID,ExportID\n1,2,3\n", encoding="utf-8")
    with pytest.raises(PlaybookError, match="one row a person"):
        pb.check_table(path, "hmis_enrollments")


def test_nothing_is_stored(tmp_path, monkeypatch):
    monkeypatch.setenv("PLAYBOOK_WORK", str(tmp_path / "my-work"))
    pb.check_table(usaleep(tmp_path), "life_expectancy")
    assert not (tmp_path / "my-work").exists()
