"""Columns that may identify residents are noticed, by name and by value."""

from __future__ import annotations

import pytest

from playbook.city.identifying import (
    by_header,
    by_values,
    identifying_columns,
    stop_for_people,
)
from playbook.errors import PlaybookError

PERSON = {
    "SSN": "Social Security number",
    "ssn_last4": "Social Security number",
    "Social Security No": "Social Security number",
    "DOB": "date of birth",
    "BirthDate": "date of birth",
    "First Name": "name",
    "last_name": "name",
    "Constituent Name": "name",
    "FNAME": "name",
    "Email": "e-mail",
    "contactEMail": "e-mail",
    "E-mail Address": "e-mail",
    "Phone": "phone",
    "caller_phone_number": "phone",
    "Cell Number": "phone",
}
PLACE = ["location", "Incident Address", "location_street_name", "latitude", "LONGITUDE", "lat"]
PLACE += ["X Coordinate (State Plane)", "geom_4326", "Cross Street 1", "y"]
FREE_TEXT = [
    "closure_reason",
    "case_title",
    "Resolution Description",
    "Status Notes",
    "submittedphoto",
]
HARMLESS = [
    "case_enquiry_id",
    "open_dt",
    "closed_dt",
    "ontime",
    "case_status",
    "reason",
    "type",
    "queue",
    "department",
    "fire_district",
    "neighborhood",
    "ward",
    "precinct",
    "Agency Name",
    "Park Facility Name",
    "Community Board",
    "Open Data Channel Type",
    "Latest update",
    "Longest wait",
]


@pytest.mark.parametrize(("column", "kind"), PERSON.items())
def test_columns_about_persons(column, kind):
    found = by_header(column)
    assert found is not None
    assert (found.about, found.kind) == ("person", kind)


@pytest.mark.parametrize("column", PLACE)
def test_columns_about_exact_places(column):
    assert by_header(column).about == "place"


@pytest.mark.parametrize("column", FREE_TEXT)
def test_columns_of_free_text_and_pictures(column):
    assert by_header(column).about == "free text"


@pytest.mark.parametrize("column", HARMLESS)
def test_other_columns_pass(column):
    assert by_header(column) is None


def test_the_phone_of_a_school_is_no_residents():
    found = by_header("School Phone Number")
    assert found is None or found.about != "person"


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["123-45-6789", "987-65-4321"], "Social Security number"),
        (["ana@example.org", "b.c@example.gov", ""], "e-mail"),
        (["(617) 555-0134", "617-555-0135", "none given"], "phone"),
        (["12 Weir Street", "7-9 Race Ave  Boston  MA", "Eastbank"], "address"),
        (
            [
                f"The lamp in front of the house at the corner has been out for {n} days"
                for n in range(4)
            ],
            "free text",
        ),
    ],
)
def test_values_tell_what_a_harmless_header_hides(cells, kind):
    assert by_values("other", cells).kind == kind


@pytest.mark.parametrize(
    "cells",
    [
        ["101002767909", "101002767946"],
        ["2011-07-01 01:32:33", "2011-07-02 01:32:33"],
        ["Dorchester", "Fenway / Kenmore / Audubon Circle / Longwood"],
        ["Street Light Outages", "12th Street Corridor"],
        ["a@b.org", *["Pothole"] * 20],
        [],
        ["", " "],
    ],
)
def test_ordinary_values_pass(cells):
    assert by_values("other", cells) is None


def test_columns_come_in_the_order_of_the_table():
    table = {"type": ["Pothole"], "longitude": ["-71"], "reach": ["a@b.org", "c@d.org"]}
    found = identifying_columns(table)
    assert [(column.column, column.by) for column in found] == [
        ("longitude", "header"),
        ("reach", "values"),
    ]


def test_the_stop_names_every_column_about_persons_and_no_other():
    with pytest.raises(PlaybookError) as caught:
        stop_for_people(["type", "SSN", "latitude", "DOB"])
    assert "Columns SSN and DOB may identify residents. Nothing was saved." in caught.value.what
    assert "privacy officer" in caught.value.fix
    stop_for_people(["type", "latitude", "closure_reason"])
