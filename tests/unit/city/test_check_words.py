"""What a check prints: grouped by column, ten findings and no more, nothing that runs."""

from __future__ import annotations

import pandas as pd
import pytest

import playbook as pb
from playbook.city.check_words import MOST, TableCheck, check_html, check_text
from playbook.city.report import Finding, Report
from playbook.errors import PlaybookError


def report_of(count: int) -> Report:
    findings = [
        Finding("look", f"fault {n}.", "Mend it.", (n + 2,), 1, f"column {n % 4}")
        for n in range(count)
    ]
    columns = {f"column {n}": "" for n in range(4)}
    return Report("few.csv", 9, 9, (*findings, Finding("stop", "no year.", "Add it.")), {}, columns)


def test_a_columns_findings_stand_together_and_the_most_urgent_first():
    lines = check_text(report_of(8)).splitlines()
    heads = [line for line in lines if line.startswith(("column", "The whole"))]
    assert heads == ["The whole table", "column 0", "column 1", "column 2", "column 3"]
    assert lines[lines.index("column 1") + 1].startswith("* fault 1.")
    assert lines[0] == "few.csv: 9 rows checked, 1 thing to mend and 8 to look at."


@pytest.mark.parametrize(("count", "folded"), [(9, 0), (10, 1), (21, 12)])
def test_ten_findings_are_shown_and_the_rest_is_one_line(count, folded):
    text = check_text(report_of(count), more="playbook city check --all")
    assert sum(line.startswith("* ") for line in text.splitlines()) == min(count + 1, MOST)
    last = text.splitlines()[-1]
    assert (last == f"… and {folded} more: playbook city check --all") == bool(folded)
    html = check_html(report_of(count))
    assert html.count("<li>") == count + 1
    assert ("<details>" in html) == bool(folded)


def test_every_finding_can_be_unfolded():
    every = str(TableCheck(report_of(30)).every)
    assert sum(line.startswith("* ") for line in every.splitlines()) == 31


def test_a_files_own_words_never_become_html():
    report = Report("<b>.csv", 1, 1, (Finding("stop", "<script>", "<i>", column="<u>"),))
    assert not {"<b>", "<script>", "<i>", "<u>"} & set(
        check_html(report).replace(">", "> ").split()
    )
    assert "&lt;script&gt;" in check_html(report)


def test_a_file_is_checked_with_the_rows_that_a_spreadsheet_shows(tmp_path):
    file = tmp_path / "lives.csv"
    text = "County list\n\nneighborhood_id,life_expectancy,standard_error\n"
    file.write_bytes((text + "01101000100,76,1\n\n01101000200,many,1\n").encode("utf-16"))
    check = pb.check_table(file, "life_expectancy")
    (stop,) = [one for one in check.report.findings if one.level == "stop"]
    assert stop.rows == (6,)
    assert "Row 6." in str(check)
    assert str(check) == repr(pb.check_table(str(file), "life_expectancy"))


def test_a_dataframe_is_checked_and_stays_as_it_is():
    table = pd.DataFrame({"neighborhood_id": ["x"], "life_expectancy": [76.5]})
    before = table.copy()
    assert "called standard_error" in str(pb.check_table(table, "life_expectancy"))
    pd.testing.assert_frame_equal(table, before)


def test_a_table_nobody_knows_names_the_nearest():
    with pytest.raises(PlaybookError) as caught:
        pb.check_table(pd.DataFrame({"a": [1]}), "life_expectancies")
    assert "life_expectancy" in caught.value.fix
