"""Reading exports of service requests: by meaning, nothing dropped silently."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.city.sources.service_requests import parse_service_requests, read_service_requests
from playbook.errors import PlaybookError

FIXTURES = Path(__file__).parent / "fixtures"
TODAY = pd.Timestamp("2012-01-01")

# What was put into the fixture, row by row of the spreadsheet.
PLANTED = {
    "the row does not fit the header": (15, 16),
    "no opening date": (18,),
    "opening date can't be read": (11,),
    "opening date out of range": (9,),
    "closing date can't be read": (19,),
    "closing date out of range": (10,),
    "closed before it was opened": (7,),
    "no request type": (13,),
    "says closed, without a closing date": (8,),
    "same request id as another row": (12,),
}


def _parse(text: str, **options: pd.Timestamp):
    return parse_service_requests(text.encode(), "export.csv", **({"today": TODAY} | options))


def _text(rows: list[str], header: str = "id,opened,closed,status,type,neighborhood") -> str:
    return "\n".join([header, *rows])


def test_a_file_in_the_layout_of_a_big_city():
    requests, report = read_service_requests(FIXTURES / "requests_2011_layout.csv", today=TODAY)
    assert requests["request_id"].tolist() == [
        "7001",
        "7002",
        "7003",
        "7004",
        "7005",
        "7013",
        "7016",
    ]
    assert requests["request_type"].tolist() == [
        "Bulk Item Pickup",
        "Graffiti Removal",
        "Bulk Item Pickup",
        "Graffiti Removal",
        "Bulk Item Pickup",
        "'=2+3",
        "Graffiti Removal",
    ]
    assert requests["neighborhood_id"].isna().tolist() == [False, False, True, True] + [False] * 3
    assert requests["opened_at"].iloc[0] == pd.Timestamp("2011-07-01 08:00")
    assert requests["closed_at"].iloc[0] == pd.Timestamp("2011-07-03 08:00")
    assert requests["closed_at"].isna().tolist() == [False, True] + [False] * 5
    assert requests["channel"].iloc[1] == "Constituent Call"
    assert list(requests.columns) == [
        "request_id",
        "neighborhood_id",
        "request_type",
        "opened_at",
        "closed_at",
        "channel",
        "duplicate_of",
    ]
    assert (report.rows_read, report.rows_kept) == (18, 7)
    assert report.counts["open"] == 1
    assert report.counts["without neighborhood"] == 2
    assert report.as_of == "2011-07-10 09:30"


@pytest.mark.parametrize(("reason", "rows"), PLANTED.items())
def test_each_planted_fault_is_counted_once_and_its_rows_are_named(reason, rows):
    _, report = read_service_requests(FIXTURES / "requests_2011_layout.csv", today=TODAY)
    assert report.counts[f"left out: {reason}"] == len(rows)
    assert rows in [f.rows for f in report.findings if f.what.startswith("Left out")]


def test_identifying_columns_stay_behind_and_the_report_says_so():
    requests, report = read_service_requests(FIXTURES / "requests_2011_layout.csv", today=TODAY)
    said = next(f.what for f in report.findings if "did not copy" in f.what)
    for column in ("closure_reason", "case_title", "location", "latitude", "longitude"):
        assert column in said
    stored = requests.to_csv()
    for private in ("Nowhere Rd", "42.1", "thanked"):
        assert private not in stored


def test_folded_spellings_are_told():
    _, report = read_service_requests(FIXTURES / "requests_2011_layout.csv", today=TODAY)
    assert any("Bulk Item Pickup" in f.what and "spellings" in f.what for f in report.findings)


def test_columns_are_found_by_meaning_not_by_position():
    wide = (FIXTURES / "requests_2011_layout.csv").read_text(encoding="utf-8")
    rows = [r for r in csv.reader(io.StringIO(wide)) if len(r) == 19]
    buffer = io.StringIO()
    csv.writer(buffer).writerows(row[::-1] for row in rows)
    straight, _ = _parse("\n".join(",".join(f'"{c}"' for c in row) for row in rows))
    turned, _ = _parse(buffer.getvalue())
    pd.testing.assert_frame_equal(straight, turned)


@pytest.mark.parametrize(
    ("encoding", "separator", "line_end", "before", "after"),
    [
        ("utf-8", ",", "\n", "", ""),
        ("utf-8-sig", ";", "\r\n", "", "\r\n\r\n"),
        ("cp1252", "\t", "\n", "Requests of the city\nExported by hand\n\n", "\n"),
        ("utf-16", ",", "\r\n", "Requests\r\n", ""),
        ("utf-16-le", ";", "\n", "", "\n\n"),
        ("utf-16-be", "\t", "\r", "", "\r"),
    ],
)
def test_encodings_separators_and_titles_make_no_difference(
    encoding, separator, line_end, before, after
):
    cells = [
        ["Unique Key", "Created Date", "Closed Date", "Complaint Type", "Borough"],
        ["1", "07/14/2011 11:30:00 PM", "07/15/2011 12:05:00 AM", "Noise", "Peñasco"],
        ["2", "07/14/2011 12:30:00 PM", "", "Noise", "Quarry Hill"],
    ]
    text = before + line_end.join(separator.join(row) for row in cells) + after
    requests, report = parse_service_requests(text.encode(encoding), "x.csv", today=TODAY)
    assert requests["neighborhood_id"].tolist() == ["Peñasco", "Quarry Hill"]
    assert requests["opened_at"].tolist() == [
        pd.Timestamp("2011-07-14 23:30"),
        pd.Timestamp("2011-07-14 12:30"),
    ]
    assert requests["closed_at"].iloc[0] == pd.Timestamp("2011-07-15 00:05")
    assert report.rows_read == 2
    odd = [f.what for f in report.findings if "may look odd: Peñasco" in f.what]
    assert bool(odd) == (encoding == "cp1252")


def test_dates_that_could_be_either_way_round_are_told():
    _, report = _parse(_text(["1,7/4/2011,7/5/2011,Closed,Noise,A", "2,1/2/2011,,Open,Noise,A"]))
    said = [f.what for f in report.findings if "month first or day first" in f.what]
    assert len(said) == 2
    assert "7/4/2011 is July 4, 2011" in said[0]


def test_one_column_settles_the_order_of_the_other():
    requests, report = _parse(_text(["1,4/7/2011,25/7/2011,Closed,Noise,A"]))
    assert requests["opened_at"].iloc[0] == pd.Timestamp("2011-07-04")
    assert not [f for f in report.findings if "month first or day first" in f.what]


def test_a_closing_day_without_a_clock_is_not_before_a_morning():
    requests, report = _parse(_text(["1,2011-07-04 10:00,2011-07-04,Closed,Noise,A"]))
    assert report.rows_kept == 1
    assert requests["opened_at"].iloc[0] == requests["closed_at"].iloc[0]
    assert any("whole days" in f.what for f in report.findings)


def test_of_two_rows_with_one_id_the_closed_one_stays():
    rows = [
        "5,2011-07-04 10:00,,Open,Noise,A",
        "5,2011-07-04 10:00,2011-07-06 11:00,Closed,Noise,A",
    ]
    requests, report = _parse(_text(rows))
    assert requests["closed_at"].tolist() == [pd.Timestamp("2011-07-06 11:00")]
    assert report.counts["left out: same request id as another row"] == 1


def test_ids_that_excel_shortened_drop_no_request():
    rows = [f"1.01E+11,2011-07-0{day} 10:00,,Open,Noise,A" for day in (1, 2, 3)]
    requests, report = _parse(_text(rows))
    assert requests["request_id"].tolist() == ["row 2", "row 3", "row 4"]
    assert any("lost digits" in f.what for f in report.findings)


def test_requests_without_an_id_are_named_after_their_row():
    requests, _ = _parse(_text([",2011-07-01,,Open,Noise,A", "row 2,2011-07-02,,Open,Noise,A"]))
    assert requests["request_id"].tolist() == ["file row 2", "row 2"]


def test_a_status_word_decides_only_where_no_closing_date_stands():
    rows = [
        "1,2011-07-01,,Resolved,Noise,A",
        "2,2011-07-01,,In Progress,Noise,A",
        "3,2011-07-01,2011-07-02,Open,Noise,A",
        "4,2011-07-01,NULL,,Noise,A",
    ]
    requests, report = _parse(_text(rows))
    assert requests["request_id"].tolist() == ["2", "3", "4"]
    assert report.counts["open"] == 2
    assert any("does not say closed" in f.what for f in report.findings)


def test_the_future_starts_the_day_after_tomorrow():
    rows = ["1,2012-01-02 23:00,,Open,Noise,A", "2,2012-01-03 00:00,,Open,Noise,A"]
    requests, report = _parse(_text(rows))
    assert requests["request_id"].tolist() == ["1"]
    assert report.counts["left out: opening date out of range"] == 1


def test_a_quote_mark_that_never_closes_is_told():
    rows = [f"{n},2011-07-01,,Open,Noise,A" for n in range(2, 8)]
    text = _text(["1,2011-07-01,,Open,Noise,A", '9,2011-07-01,,Open,Noise,"A', *rows])
    _, report = _parse(text)
    assert any("hold whole rows" in f.what and f.rows == (3,) for f in report.findings)


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("id,opened,status,type,neighborhood", "the date it was closed"),
        ("id,opened,closed,status,neighborhood", "the type of request"),
        ("id,opened,closed,status,type", "the neighborhood"),
        ("id,opened,closed,type,ward,council_district", "ward and council_district"),
        ("opened,Closed,closed_date,type,neighborhood", "Closed and closed_date"),
    ],
)
def test_a_missing_or_unclear_column_is_named_with_a_way_out(header, said):
    row = ",".join("x" for _ in header.split(","))
    with pytest.raises(PlaybookError) as caught:
        _parse(_text([row], header))
    assert said in caught.value.what
    assert "rename" in caught.value.fix


def test_another_kind_of_file_is_told_what_is_read_today():
    with pytest.raises(PlaybookError, match=r"service requests \(311\)"):
        _parse("geoid,life_expectancy\n25025000100,79.0\n")


@pytest.mark.parametrize("column", ["SSN_last4", "DateOfBirth", "first_name", "Caller E-mail"])
def test_a_column_about_persons_stops_everything(column):
    row = "2011-07-01,,Noise,A,x"
    with pytest.raises(PlaybookError, match=f"Stop. Column {column} may identify residents"):
        _parse(_text([row], f"opened,closed,type,neighborhood,{column}"))


def test_a_file_of_residents_is_refused_and_none_of_its_cells_is_shown():
    text = "ClientID,FirstName,LastName,Exit\n1,Ana,Baker,Closed\n"
    with pytest.raises(PlaybookError) as caught:
        _parse(text)
    assert "FirstName" in str(caught.value)
    assert "Baker" not in str(caught.value)


def test_addresses_in_a_column_to_be_stored_stop_everything():
    rows = [f"{n},2011-07-01,,Open,Noise,{n} Nowhere Street" for n in range(1, 9)]
    with pytest.raises(PlaybookError, match="Column neighborhood may identify residents"):
        _parse(_text(rows))


def test_free_text_in_place_of_a_type_stops_everything():
    rows = [f"{n},2011-07-01,,Open,neighbor {n} is loud,A" for n in range(1, 205)]
    with pytest.raises(PlaybookError, match="reads like free text"):
        _parse(_text(rows))


def test_when_no_row_can_be_kept_nothing_is_handed_out():
    with pytest.raises(PlaybookError, match=r"could keep none.*no opening date \(2\)"):
        _parse(_text(["1,,,Open,Noise,A", "2,,,Open,Noise,A"]))


CELL = st.one_of(
    st.sampled_from(
        ["", " ", "Open", "Closed", "2011-07-01", "7/4/2011 1:05 PM", "31.12.99", "=1+1"]
    ),
    st.sampled_from(["2011-02-30", "0000-01-01", "9999-12-31 23:59", "1E+11", "N/A", "row 2"]),
    st.text(max_size=12),
)


@settings(max_examples=100, deadline=None)
@given(
    rows=st.lists(st.lists(CELL, min_size=4, max_size=8), min_size=1, max_size=12),
    sound=st.booleans(),
    raw=st.booleans(),
)
def test_whatever_the_cells_hold_the_rows_add_up(rows, sound, raw):
    header = ["id", "opened", "closed", "status", "type", "neighborhood", "source"]
    if sound:
        rows = [*rows, ["1", "2011-07-01", "", "Open", "Noise", "A", "app"]]
    if raw:  # unquoted: stray quotes, separators and line ends do what they like
        text = "\n".join(",".join(row) for row in [header, *rows])
    else:
        buffer = io.StringIO()
        csv.writer(buffer).writerows([header, *rows])
        text = buffer.getvalue()
    try:
        requests, report = parse_service_requests(
            text.encode("utf-8", "surrogatepass"), "x.csv", today=TODAY
        )
    except PlaybookError:
        return
    left_out = sum(n for name, n in report.counts.items() if name.startswith("left out: "))
    assert report.rows_read == report.rows_kept + left_out
    assert report.rows_kept == len(requests) == report.counts["open"] + report.counts["closed"]
    assert requests["request_id"].is_unique
    assert not (requests["closed_at"] < requests["opened_at"]).any()
    assert requests[["opened_at", "request_type"]].notna().all(axis=None)
    assert requests["opened_at"].between(pd.Timestamp("2000-01-01"), "2012-01-02 23:59").all()
    labels = requests[["request_id", "neighborhood_id", "request_type", "channel"]].stack()
    assert not labels.str.startswith(("=", "+", "-", "@")).any()
    if not raw:
        written = sum(any(cell.strip() for cell in row) for row in rows)
        assert report.rows_read == written
