"""Points that stand for no place, requests that repeat earlier ones, and rows that are none."""

from __future__ import annotations

import pytest

from playbook.city.sources.service_requests import parse_service_requests

HEADER = "id,opened,closed,status,type,neighborhood,latitude,longitude"


def read(rows, header=HEADER):
    return parse_service_requests("\n".join([header, *rows]).encode(), "x.csv")


def rows(count, point, neighborhoods=("Kiln", "Weir"), start=0):
    return [
        f"{start + at},2025-03-01 08:00,,Open,Noise,{neighborhoods[at % len(neighborhoods)]},"
        + (point or f"42.{start + at:05},-71.{start + at:05}")
        for at in range(count)
    ]


def finding(report, words):
    return next((one for one in report.findings if words in one.what), None)


def test_a_point_shared_by_many_requests_of_several_neighborhoods_is_noticed_and_not_told():
    _, report = read(rows(230, "") + rows(20, "42.3594,-71.0587", start=230))
    found = finding(report, "share one point")
    assert (found.level, found.count) == ("look", 20)
    assert found.rows[0] == 232
    assert "20 of 250" in found.what
    assert "42.3594" not in str(report)


@pytest.mark.parametrize(
    ("shared", "others", "neighborhoods"),
    [(19, 100, ("Kiln", "Weir")), (20, 1000, ("Kiln", "Weir")), (50, 100, ("Kiln",))],
    ids=["few", "small share", "one neighborhood"],
)
def test_a_busy_address_is_no_filler(shared, others, neighborhoods):
    _, report = read(rows(others, "") + rows(shared, "42.3,-71.1", neighborhoods, others))
    assert finding(report, "share one point") is None


def test_rows_without_a_point_are_no_shared_point():
    _, report = read(rows(60, ",") + rows(40, "", start=60))
    assert finding(report, "share one point") is None


def test_requests_that_name_an_earlier_one_are_counted_and_a_request_that_names_itself_is_none():
    header = "id,opened,closed,status,type,neighborhood,parent_id"
    lines = [
        "1,2025-03-01,,Open,Noise,Kiln,",
        "2,2025-03-01,,Open,Noise,Kiln,1",
        "3,2025-03-01,,Open,Noise,Kiln,99",
        "4,2025-03-01,,Open,Noise,Kiln,4",
    ]
    requests, report = read(lines, header)
    assert requests["duplicate_of"].fillna("").tolist() == ["", "1", "99", ""]
    assert "1 of those are not in this file" in finding(report, "name an earlier request").what
    assert finding(report, "name themselves").count == 1


def test_marks_of_a_repeat_without_the_number_of_the_first_are_told_and_kept():
    header = "id,opened,closed,status,type,neighborhood,Is Duplicate"
    lines = [
        "1,2025-03-01,,Open,Noise,Kiln,false",
        "2,2025-03-01,,Open,Noise,Kiln,TRUE",
        "3,2025-03-01,2025-03-02,Duplicate (Closed),Noise,Kiln,",
    ]
    requests, report = read(lines, header)
    found = finding(report, "marked as repeats")
    assert (len(requests), found.count, found.rows) == (3, 2, (3, 4))


def test_tract_codes_get_their_lost_zero_back_and_it_is_told():
    requests, report = read(rows(2, "", ("1001020100", "29510101100")))
    assert requests["neighborhood_id"].tolist() == ["01001020100", "29510101100"]
    assert finding(report, "leading zero").rows == (2,)


def test_a_row_that_sums_up_others_is_no_request_unless_all_rows_say_so():
    requests, report = read(rows(3, "", ("Kiln", "Total", "Weir")))
    assert requests["neighborhood_id"].tolist() == ["Kiln", "Weir"]
    assert finding(report, "a sum of others").rows == (3,)
    assert report.counts["left out: a total, no request"] == 1
    assert len(read(rows(3, "", ("All",)))[0]) == 3
