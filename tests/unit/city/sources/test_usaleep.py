"""Reading USALEEP's files: by meaning, codes mended, nothing guessed, nothing dropped."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.city.sources.usaleep import (
    life_expectancy_of,
    parse_life_expectancy,
    parse_life_tables,
)
from playbook.city.sources.usaleep_rows import AGE_GROUPS
from playbook.errors import PlaybookError
from playbook.measures import age_groups

HEADER_A = [
    "Tract ID",
    "STATE2KX",
    "CNTY2KX",
    "TRACT2KX",
    "e(0)",
    "se(e(0))",
    "Abridged life table flag",
]
HEADER_B = [
    *HEADER_A[:4],
    "Age Group",
    "nq(x)",
    "l(x)",
    "nd(x)",
    "nL(x)",
    "T(x)",
    "e(x)",
    "se(nq(x))",
    "se(e(x))",
]
# Made-up tracts and numbers. Row 2 of the spreadsheet is the first.
ROWS_A = [
    ["29510990100", "29", "510", "990100", "79", "1.2", "3"],
    ["29510990200", "29", "510", "990200", "74.1", "1.5504", "1"],
    ["29510990301", "29", "510", "990301", "68.5", "2", "2"],
    ["29189990100", "29", "189", "990100", "82.3", "0.7", "3"],
]
PROBABILITIES = (0.006, 0.001, 0.001, 0.008, 0.012, 0.017, 0.041, 0.09, 0.18, 0.36, 1)


def rows_b(*tracts: str) -> list[list[str]]:
    """Write a made-up life table for each tract."""
    rows = []
    for tract in tracts:
        survivors = 100_000.0
        for age, label in enumerate(AGE_GROUPS):
            deaths = round(survivors * PROBABILITIES[age])
            numbers = [PROBABILITIES[age], round(survivors), deaths, 90_000, 900_000 - age]
            cells = [f"{number:g}" for number in numbers]
            codes = [tract, tract[:2], tract[2:5], tract[5:]]
            rows.append([*codes, label, *cells, f"{79.5 - 7 * age:g}", "0.004", "1.31"])
            survivors -= deaths
    return rows


def as_csv(header: list[str], rows: list[list[str]], end: str = "\r\n") -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator=end).writerows([header, *rows])
    return buffer.getvalue()


def read_a(rows: list[list[str]], county: str = "", header: list[str] = HEADER_A):
    return parse_life_expectancy(as_csv(header, rows).encode(), "A.CSV", county)


def read_b(rows: list[list[str]], county: str = ""):
    return parse_life_tables(as_csv(HEADER_B, rows).encode(), "B.CSV", county)


def changed(rows: list[list[str]], at: int, column: str, value: str) -> list[list[str]]:
    header = HEADER_B if len(rows[0]) == len(HEADER_B) else HEADER_A
    copy = [list(row) for row in rows]
    copy[at][header.index(column)] = value
    return copy


def left_out(report) -> dict[str, int]:
    return {
        name.removeprefix("left out: "): count
        for name, count in report.counts.items()
        if name.startswith("left out: ")
    }


def test_a_file_of_life_expectancy():
    lives, report = read_a(ROWS_A)
    expected = pd.DataFrame(
        {
            "neighborhood_id": [row[0] for row in ROWS_A],
            "life_expectancy": [79.0, 74.1, 68.5, 82.3],
            "standard_error": [1.2, 1.5504, 2.0, 0.7],
            "table_kind": ["mixed", "observed", "predicted", "mixed"],
        }
    )
    pd.testing.assert_frame_equal(lives, expected, check_dtype=False)
    assert lives["neighborhood_id"].dtype == "str"
    assert (report.rows_read, report.rows_kept) == (4, 4)
    assert report.counts["tracts"] == 4
    assert report.as_of == "2015-12-31 00:00"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("quoted", [True, False])
def test_quotes_line_ends_and_encodings_make_no_difference(encoding, end, quoted):
    title = "Espérance of life, by tract" + end
    text = as_csv(HEADER_A, ROWS_A, end) + end
    if quoted:
        text = text.replace(",".join(HEADER_A), ",".join(f'"{name}"' for name in HEADER_A))
    lives, _ = parse_life_expectancy((title + text).encode(encoding), "A.CSV")
    pd.testing.assert_frame_equal(lives, read_a(ROWS_A)[0])


def test_columns_are_told_by_their_names_not_by_their_place():
    order = [6, 5, 4, 0, 3, 2, 1]
    header = [HEADER_A[at] for at in order]
    rows = [[row[at] for at in order] for row in ROWS_A]
    pd.testing.assert_frame_equal(read_a(rows, header=header)[0], read_a(ROWS_A)[0])
    few = [[row[0], row[4], row[5]] for row in ROWS_A]
    lives, report = read_a(few, header=["geoid", "Life expectancy", "Standard_Error"])
    assert lives["life_expectancy"].tolist() == [79.0, 74.1, 68.5, 82.3]
    assert lives["table_kind"].isna().all()
    assert not [f for f in report.findings if "flag" in f.what]


# column, what is written there, and the reason that only this fault gives.
FAULTS_A = [
    ("e(0)", "", "no number: empty, or a code for no answer"),
    ("e(0)", "-666666666", "no number: empty, or a code for no answer"),
    ("e(0)", "999", "no number: empty, or a code for no answer"),
    ("e(0)", "*", "no number: empty, or a code for no answer"),
    ("e(0)", "N/A", "no number: empty, or a code for no answer"),
    ("e(0)", "about 74", "text where a number goes"),
    ("e(0)", "74,1", "text where a number goes"),
    ("e(0)", "39.9", "a number that can't be"),
    ("e(0)", "110.1", "a number that can't be"),
    ("e(0)", "inf", "a number that can't be"),
    ("se(e(0))", "0", "a number that can't be"),
    ("se(e(0))", "10.1", "a number that can't be"),
    ("se(e(0))", "-1.5", "no number: empty, or a code for no answer"),
    ("se(e(0))", "small", "text where a number goes"),
    ("TRACT2KX", "990201", "two different tract codes in one row"),
    ("STATE2KX", "17", "two different tract codes in one row"),
    ("Tract ID", "29510990100", "two different tract codes in one row"),
]


@pytest.mark.parametrize(("column", "value", "reason"), FAULTS_A)
def test_each_fault_of_file_a_is_counted_and_its_row_is_named(column, value, reason):
    lives, report = read_a(changed(ROWS_A, 1, column, value))
    assert left_out(report) == {reason: 1}
    (finding,) = [f for f in report.findings if f.what.startswith("Left out")]
    assert (finding.level, finding.rows, finding.count) == ("look", (3,), 1)
    assert column in finding.what or reason.startswith("two different")
    assert f'"{value}"' in finding.what or value == "" or reason.startswith("two different")
    pd.testing.assert_frame_equal(lives, read_a(ROWS_A[:1] + ROWS_A[2:])[0], check_index_type=False)


@pytest.mark.parametrize(("value", "kept"), [("40", True), ("110", True), ("39.99", False)])
def test_what_can_be_reaches_up_to_its_limits(value, kept):
    assert (read_a(changed(ROWS_A, 1, "e(0)", value))[1].rows_kept == 4) == kept


def test_a_row_of_another_width_is_counted():
    _, report = read_a([*ROWS_A, ["29510990400", "79"]])
    assert left_out(report) == {"the row does not fit the header": 1}
    assert any(f.rows == (6,) for f in report.findings if f.what.startswith("Left out"))


def test_a_code_that_nobody_can_tell_is_left_out():
    rows = [[row[0], *row[4:]] for row in ROWS_A]
    rows[2][0] = "2.951E+10"
    _, report = read_a(rows, header=[HEADER_A[0], *HEADER_A[4:]])
    assert left_out(report) == {"no tract code of 11 digits": 1}
    assert any('such as "2.951E+10"' in f.what and f.rows == (4,) for f in report.findings)


@pytest.mark.parametrize(
    ("state", "county", "tract"), [("06", "001", "990100"), ("6", "1", "990100"), ("", "", "")]
)
def test_a_lost_zero_is_put_back_and_said(state, county, tract):
    rows = [*ROWS_A, ["6001990100", state, county, tract, "80.1", "1.1", "3"]]
    lives, report = read_a(rows)
    assert lives["neighborhood_id"].iloc[-1] == "06001990100"
    (finding,) = [f for f in report.findings if "leading zero" in f.what]
    assert (finding.level, finding.rows) == ("look", (6,))
    assert "06001990100" in finding.what


def test_ten_digits_that_disagree_with_the_other_columns_are_not_mended():
    rows = [*ROWS_A, ["2951099040", "29", "510", "990400", "80.1", "1.1", "3"]]
    lives, report = read_a(rows)
    assert len(lives) == 4
    assert left_out(report) == {"two different tract codes in one row": 1}


def test_a_shortened_code_is_put_together_from_the_other_columns_and_said():
    lives, report = read_a(changed(ROWS_A, 1, "Tract ID", "2.951E+10"))
    assert lives["neighborhood_id"].iloc[1] == "29510990200"
    assert any("put the code together" in f.what and f.rows == (3,) for f in report.findings)


def test_the_same_row_again_is_kept_once():
    lives, report = read_a([*ROWS_A, ROWS_A[1]])
    assert len(lives) == 4
    assert left_out(report) == {"the same numbers again": 1}


def test_of_two_rows_that_contradict_each_other_none_is_kept():
    rows = [*ROWS_A, [*ROWS_A[1][:4], "75.9", *ROWS_A[1][5:]], ROWS_A[1]]
    lives, report = read_a(rows)
    assert "29510990200" not in set(lives["neighborhood_id"])
    assert left_out(report) == {"two rows for one place with different numbers": 3}
    assert any(f.rows == (3, 6, 7) for f in report.findings)


def test_an_unknown_flag_keeps_the_number_and_is_named():
    lives, report = read_a(changed(ROWS_A, 1, "Abridged life table flag", "7"))
    assert lives["table_kind"].isna().tolist() == [False, True, False, False]
    assert any("flag other than 1, 2 or 3" in f.what and f.rows == (3,) for f in report.findings)


@pytest.mark.parametrize("county", ["510", "29510", " 510 "])
def test_a_county_narrows_the_file(county):
    lives, report = read_a(ROWS_A, county)
    assert lives["neighborhood_id"].str[2:5].unique().tolist() == ["510"]
    assert left_out(report) == {"another county": 1}
    assert not [f for f in report.findings if f.level == "look"]


def test_faults_outside_the_county_are_of_no_concern():
    _, report = read_a(changed(ROWS_A, 3, "e(0)", "none"), "510")
    assert left_out(report) == {"another county": 1}


def test_a_county_code_may_lack_its_zeros():
    rows = [*ROWS_A, ["29007990100", "29", "7", "990100", "80.1", "1.1", "3"]]
    assert read_a(rows, "7")[0]["neighborhood_id"].tolist() == ["29007990100"]


@pytest.mark.parametrize("county", ["511", "St. Louis", "17510", "123456"])
def test_a_county_that_is_not_there_is_told_with_those_that_are(county):
    with pytest.raises(PlaybookError) as caught:
        read_a(ROWS_A, county)
    assert county in caught.value.what
    assert "510 (3 tracts) and 189 (1 tract)" in caught.value.what


def test_a_county_code_of_several_states_asks_for_the_state():
    rows = [*ROWS_A, ["06189990100", "06", "189", "990100", "80.1", "1.1", "3"]]
    with pytest.raises(PlaybookError, match="is in several states: 06189") as caught:
        read_a(rows, "189")
    assert "--county 06189" in caught.value.fix
    assert read_a(rows, "06189")[0]["neighborhood_id"].tolist() == ["06189990100"]


def test_several_counties_are_named_with_the_command():
    _, report = read_a(ROWS_A)
    (finding,) = [f for f in report.findings if "counties" in f.what]
    assert finding.level == "look"
    assert "2 counties: 510 (3 tracts) and 189 (1 tract)" in finding.what
    assert finding.fix.endswith("playbook city add A.CSV --county 510")


def test_the_years_are_told_and_two_states_have_other_ones():
    def said(report):
        return " ".join(f.what for f in report.findings if f.level == "fine")

    assert "2010 to 2015" in said(read_a(ROWS_A)[1])
    assert "Maine and Wisconsin are not in" in said(read_a(ROWS_A)[1])
    assert "tract without a row was not published" in said(read_a(ROWS_A)[1])
    later = [*ROWS_A, ["55079990100", "55", "079", "990100", "80.1", "1.1", "3"]]
    assert "For Wisconsin the years are 2011 to 2015" in said(read_a(later)[1])


def test_a_missing_column_is_named_with_a_way_out():
    rows = [row[:5] + row[6:] for row in ROWS_A]
    with pytest.raises(PlaybookError, match="standard error of the life expectancy") as caught:
        read_a(rows, header=HEADER_A[:5] + HEADER_A[6:])
    assert "name the right column se(e(0))" in caught.value.fix


def test_two_columns_for_one_meaning_are_named():
    rows = [[*row, row[0]] for row in ROWS_A]
    with pytest.raises(PlaybookError, match="Tract ID and GEOID"):
        read_a(rows, header=[*HEADER_A, "GEOID"])


def test_a_column_about_persons_stops_everything():
    rows = [[*row, "Ana"] for row in ROWS_A]
    with pytest.raises(PlaybookError, match=r"Stop\. Column First Name"):
        read_a(rows, header=[*HEADER_A, "First Name"])


def test_when_no_row_can_be_kept_nothing_is_handed_out():
    rows = [[*row[:4], "NA", *row[5:]] for row in ROWS_A]
    with pytest.raises(PlaybookError, match=r"could keep none.*no number.*\(4\)"):
        read_a(rows)


def test_a_file_of_life_tables():
    table, report = read_b(rows_b("44007990200", "44007990100"))
    assert list(table.columns) == [
        "neighborhood_id",
        "age_group",
        "probability_of_dying",
        "survivors",
        "deaths",
        "person_years",
        "person_years_above",
        "life_expectancy",
        "probability_se",
        "life_expectancy_se",
    ]
    assert table["neighborhood_id"].unique().tolist() == ["44007990100", "44007990200"]
    assert table["age_group"].tolist() == [*AGE_GROUPS, *AGE_GROUPS]
    assert table["probability_of_dying"].tolist() == [*PROBABILITIES, *PROBABILITIES]
    assert table["survivors"].dtype == "int64"
    assert (report.rows_read, report.rows_kept, report.counts["tracts"]) == (22, 22, 2)


def test_the_order_of_the_rows_makes_no_difference():
    rows = rows_b("44007990100", "44007990200")
    pd.testing.assert_frame_equal(read_b(rows[::-1])[0], read_b(rows)[0])


FAULTS_B = [
    ("nq(x)", "1.01", "a number that can't be"),
    ("nq(x)", "", "no number: empty, or a code for no answer"),
    ("nq(x)", "low", "text where a number goes"),
    ("l(x)", "100001", "a number that can't be"),
    ("nd(x)", "100001", "a number that can't be"),
    ("nL(x)", "1e9", "a number that can't be"),
    ("T(x)", "1e9", "a number that can't be"),
    ("e(x)", "111", "a number that can't be"),
    ("se(nq(x))", "11", "a number that can't be"),
    ("se(e(x))", "0", "a number that can't be"),
    ("Age Group", "1 to 4", "an age group that I don't know"),
    ("Age Group", "Under 1", "two rows for one place with different numbers"),
    ("CNTY2KX", "009", "two different tract codes in one row"),
]


@pytest.mark.parametrize(("column", "value", "reason"), FAULTS_B)
def test_each_fault_of_file_b_takes_out_the_whole_table_of_that_tract(column, value, reason):
    rows = rows_b("44007990100", "44007990200")
    table, report = read_b(changed(rows, 1, column, value))
    assert table["neighborhood_id"].unique().tolist() == ["44007990200"]
    first = 2 if reason.startswith("two rows") else 1
    missing = "a life table with an age group missing"
    assert left_out(report) == {reason: first, missing: 11 - first}
    assert any(f.what.startswith("Left out") and 3 in f.rows for f in report.findings)


def test_a_missing_age_group_is_named_by_the_rows_that_are_left():
    rows = rows_b("44007990100", "44007990200")
    table, report = read_b(rows[:3] + rows[4:])
    assert len(table) == 11
    assert left_out(report) == {"a life table with an age group missing": 10}
    (finding,) = [f for f in report.findings if f.what.startswith("Left out")]
    assert (finding.rows[0], finding.count) == (2, 10)


def test_a_short_life_at_birth_can_not_be_and_at_old_age_it_can():
    rows = rows_b("44007990100", "44007990200")
    at_birth = read_b(changed(rows, 0, "e(x)", "39.9"))[1]
    assert left_out(at_birth)["a number that can't be"] == 1
    assert read_b(changed(rows, 10, "e(x)", "1.1"))[1].rows_kept == 22


def test_the_last_age_group_may_have_a_standard_error_above_one():
    rows = rows_b("44007990100")
    assert read_b(changed(rows, 10, "se(nq(x))", "5.2"))[1].rows_kept == 11


def test_99999_survivors_are_survivors():
    rows = rows_b("44007990100")
    assert read_b(changed(rows, 1, "l(x)", "99999"))[0]["survivors"].iloc[1] == 99_999


def test_age_groups_that_excel_took_for_dates_are_read_back_and_said():
    rows = changed(rows_b("44007990100"), 1, "Age Group", "4-Jan")
    table, report = read_b(changed(rows, 2, "Age Group", "14-May"))
    pd.testing.assert_frame_equal(table, read_b(rows_b("44007990100"))[0])
    (finding,) = [f for f in report.findings if "as dates" in f.what]
    assert (finding.level, finding.rows) == ("look", (3, 4))


def test_life_expectancy_comes_from_the_rows_of_newborns():
    table, _ = read_b(rows_b("44007990100", "44009990200"))
    lives = life_expectancy_of(table)
    assert lives["neighborhood_id"].tolist() == ["44007990100", "44009990200"]
    assert lives["life_expectancy"].tolist() == [79.5, 79.5]
    assert lives["standard_error"].tolist() == [1.31, 1.31]
    assert lives["table_kind"].isna().all()
    assert list(lives.columns) == list(read_a(ROWS_A)[0].columns)


def test_the_age_groups_are_those_of_the_measures():
    assert AGE_GROUPS == age_groups.AGE_GROUPS


CODE = st.sampled_from(["29510990100", "29189990100", "6001990100", "2.95E+10", "", "0", "x"])
NUMBER = st.one_of(
    st.sampled_from(["79", "79.0", "", "NA", "-666666666", "1e400", "1.5", "3", "0x1F", "١٢"]),
    st.text(max_size=6),
)


@settings(max_examples=100, deadline=None)
@given(
    rows=st.lists(
        st.tuples(CODE, st.sampled_from(["29", "6", "", "x"]), st.text(max_size=3), NUMBER)
        .flatmap(lambda row: st.tuples(st.just(row), NUMBER, NUMBER, NUMBER))
        .map(lambda parts: [*parts[0], *parts[1:]]),
        max_size=12,
    )
)
def test_whatever_the_cells_hold_the_rows_add_up_and_only_sound_numbers_are_kept(rows):
    try:
        lives, report = read_a([*rows, ROWS_A[0]])
    except PlaybookError:
        return
    assert report.rows_read == report.rows_kept + sum(left_out(report).values())
    assert len(lives) == report.rows_kept == report.counts["tracts"]
    assert lives["neighborhood_id"].is_unique
    assert lives["neighborhood_id"].str.fullmatch(r"[0-9]{11}").all()
    assert lives["life_expectancy"].between(40, 110).all()
    assert lives["standard_error"].between(0, 10, inclusive="right").all()
