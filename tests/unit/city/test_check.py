"""Each fault in a table gives its own finding, and a sound table none."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from playbook.city.check import Finding, Report, check_against
from playbook.city.contract import Field, TableContract

FIELDS = (
    Field("tract", "string", "Tract", "Census tract.", required=True, pattern="[0-9]{5}"),
    Field("year", "integer", "Year", "Year.", required=True, minimum=2010, maximum=2025),
    Field("level", "string", "Level", "Low or high.", enum=("Low", "High")),
    Field("name", "string", "Name", "Name of the place."),
    Field("rate", "number", "Rate", "Share of homes.", unit="percent", minimum=0, maximum=100),
    Field("seen_on", "date", "Seen", "Day of the visit.", format="%Y-%m-%d"),
)
CONTRACT = TableContract(
    "homes", "Homes", "", "homes.csv", FIELDS, ("tract", "year"), (), None, "", "", (), ""
)
SOUND = pd.DataFrame(
    {
        "tract": ["01057", "01058", "01057", "01060"],
        "year": ["2019", "2019", "2024", "2024"],
        "level": ["Low", "High", "", "High"],
        "name": ["Mill Flats", "Kiln", "Mill Flats", "Quarry"],
        "rate": ["0", "12.5", "", "100"],
        "seen_on": ["2024-01-05", "", "2024-11-30", "2024-02-29"],
    }
)

# column, row, what is written there, and the words that only this fault gives.
FAULTS = [
    ("tract", 1, "1058", "lost a leading zero"),
    ("tract", 1, "1058.0", "lost a leading zero"),
    ("tract", 3, "12060.0", 'end in ".0"'),
    ("tract", 1, "1.06E+03", "lost digits"),
    ("tract", 1, "tract 7", "not written like"),
    ("tract", 1, "", "are empty"),
    ("year", 1, "19", "lower than 2010"),
    ("year", 1, "2919", "higher than 2025"),
    ("year", 1, "2019.5", "not whole"),
    ("year", 1, "two thousand", "are not numbers"),
    ("level", 1, "high ", "differ from the usual label"),
    ("level", 1, "Hihg", "a label in level that I don't know"),
    ("rate", 1, "<11", "hide a small count"),
    ("rate", 1, "*", "hide a small count"),
    ("rate", 1, "12.5%", "number dressed as text"),
    ("rate", 1, "$1,200", "number dressed as text"),
    ("rate", 1, "n/a", "are not numbers"),
    ("rate", 1, "nan", "are not numbers"),
    ("rate", 1, "-666666666", "lower than 0"),
    ("seen_on", 1, "1/5/2024", "written another way"),
    ("seen_on", 1, "2024-1-5", "written another way"),
    ("seen_on", 1, "last week", "are not dates"),
    ("name", 1, "mill  flats", "spellings that differ only"),
]


def test_a_sound_table_has_nothing_to_mend():
    report = check_against(SOUND, CONTRACT)
    assert (report.level, len(report.findings)) == ("fine", 1)
    assert report.rows_read == report.rows_kept == 4


@pytest.mark.parametrize(("column", "row", "cell", "said"), FAULTS)
def test_one_fault_gives_that_finding_and_no_other(column, row, cell, said):
    broken = SOUND.copy()
    broken.loc[row, column] = cell
    before = broken.copy()
    report = check_against(broken, CONTRACT)
    assert [said in finding.what for finding in report.findings] == [True]
    assert column in report.findings[0].what
    pd.testing.assert_frame_equal(broken, before)
    if column != "name":
        assert report.findings[0].rows == (row + 2,)
        assert report.level == ("look" if "hide a small" in said else "stop")
        assert report.findings[0].column == column


def test_a_repeated_key():
    report = check_against(pd.concat([SOUND, SOUND.tail(1)]), CONTRACT)
    assert [finding.rows for finding in report.findings] == [(6,)]
    assert "repeat the tract and year" in report.findings[0].what


def test_a_missing_column_names_the_nearest():
    report = check_against(SOUND.rename(columns={"rate": "RATES"}), CONTRACT)
    first = report.findings[0]
    assert (first.level, "called rate" in first.what) == ("stop", True)
    assert "If RATES is the one, rename it to rate." in first.fix


def test_a_further_column_is_harmless_unless_it_may_identify_residents():
    assert check_against(SOUND.assign(note="x"), CONTRACT).level == "fine"
    for extra in ("SSN", "latitude"):
        report = check_against(SOUND.assign(**{extra: "x"}), CONTRACT)
        assert report.level == "stop"
        assert f'--leave-out "{extra}"' in report.findings[0].fix
    assert check_against(SOUND.assign(reached=["a@b.org", "c@d.org", "", ""]), CONTRACT).level == (
        "stop"
    )


def test_a_table_with_its_types_is_checked_like_its_text():
    typed = SOUND.replace("", None).astype({"year": "int64", "rate": "float64"})
    typed["seen_on"] = pd.to_datetime(typed["seen_on"])
    assert check_against(typed, CONTRACT).level == "fine"
    typed.loc[1, "rate"] = 120.0
    assert "higher than 100" in check_against(typed, CONTRACT).findings[0].what


def test_a_report_that_does_not_add_up_can_not_be_made():
    with pytest.raises(AssertionError, match="do not add up"):
        Report("x.csv", 5, 3, counts={"left out: no opening date": 1, "open": 1})


def test_the_report_reads_top_down_in_short_lines_and_is_stable_as_json():
    findings = (
        Finding("fine", "All dates were read. " * 8),
        Finding("look", "Some rows are odd.", "Look at them.", (3, 5, 8, 13, 21, 34), 9),
        Finding("stop", "A column is missing.", "Add it."),
    )
    report = Report("x.csv", 5, 4, findings, {"left out: no opening date": 1})
    text = str(report)
    assert text.index("A column is missing") < text.index("Some rows") < text.index("All dates")
    assert max(map(len, text.splitlines())) <= 88
    assert "Rows 3, 5, 8, 13, 21 and 4 more." in text
    assert "1 row is left out" in text
    assert json.loads(json.dumps(report.to_dict())) == report.to_dict()
