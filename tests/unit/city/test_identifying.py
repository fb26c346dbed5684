"""Columns that may identify residents are noticed, by name and by value."""

from __future__ import annotations

import pandas as pd
import pytest

from playbook.city.identifying import (
    by_header,
    by_values,
    identifying_columns,
    stop_for_people,
    stop_to_choose,
)
from playbook.errors import PlaybookError
from playbook.home import data_folder

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
    "Apellidos": "name",
    "Nombre del solicitante": "name",
    "Fecha de Nacimiento": "date of birth",
    "Teléfono": "phone",
    "Correo electrónico": "e-mail",
}
PLACE = ["location", "Incident Address", "location_street_name", "latitude", "LONGITUDE", "lat"]
PLACE += ["X Coordinate (State Plane)", "geom_4326", "Cross Street 1", "y", "Dirección"]
PLACE += ["Geolocation", "block_fips", "Census Block"]
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
    "nq(x)",
    "LocationName",
    "address_id",
    "comment_id",
    "Census Block Group",
    "nombre del barrio",
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
        (["+16175550134", "+16175550135"], "phone"),
        (["Ana Ruiz", "Cole, James", "MARY ANN POE", "Luis Vega", "Rosa Díaz-Soto"], "name"),
        (["Maria", "James", "Linda", "Jose", "Keisha", "Unknown"], "name"),
        ([f"19{y}-0{y % 9 + 1}-1{y % 10}" for y in range(40, 99, 7)], "date of birth"),
        ([f"{y % 9 + 1}/1{y % 10}/19{y}" for y in range(40, 99, 7)], "date of birth"),
        (
            ["(42.36012, -71.0589)", "POINT (-71.05 42.361)", "POINT (-71.0512 42.3612)"],
            "exact place",
        ),
        (["-71.05891", "-71.06012", "-71.1"], None),
        (["-71.05891", "-71.06012", "-71.10331"], "exact place"),
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
    found = by_values("other", cells)
    assert (found.kind if found else None) == kind


@pytest.mark.parametrize(
    "cells",
    [
        ["101002767909", "101002767946"],
        ["2011-07-01 01:32:33", "2011-07-02 01:32:33"],
        ["Dorchester", "Fenway / Kenmore / Audubon Circle / Longwood"],
        ["Street Light Outages", "12th Street Corridor"],
        ["a@b.org", *["Pothole"] * 20],
        ["Jackson", "Lincoln", "Madison", "Victoria", "Austin", "Charlotte"],
        ["James Park", "Martha Street", "Mary School", "John Hall", "Thomas Field", "Rosa Church"],
        [f"20{y}-01-15" for y in range(10, 26)],
        [f"{y}-01-01 00:00" for y in (1900, 2024, 2024, 2025, 2025, 2025)],
        ["33.12345", "45.55555", "61.20001"],
        ["123456789", "987654321"],
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


def test_latitudes_are_told_from_percents_by_the_longitudes_beside_them():
    degrees = {"a": ["42.36012", "42.35551"], "b": ["-71.05891", "-71.06012"]}
    assert [column.column for column in identifying_columns(degrees)] == ["a", "b"]
    assert identifying_columns({"a": degrees["a"]}) == []


def test_no_column_of_the_teaching_city_is_taken_for_one_about_residents():
    for path in sorted(data_folder().glob("*.csv")):
        table = pd.read_csv(path, dtype="str", keep_default_na=False)
        found = identifying_columns({name: table[name].tolist() for name in table})
        assert [one for one in found if one.about != "free text"] == [], path.name


def test_the_stop_says_how_to_go_on_with_less():
    found = identifying_columns({"DOB": [""], "Phone": [""], "census_block": [""]})
    stop = stop_to_choose(found)
    assert "Columns DOB, Phone and census_block may identify residents" in stop.what
    assert '--leave-out "DOB" --leave-out "Phone"' in stop.fix
    assert '--coarsen "DOB=month"' in stop.fix
    assert '--coarsen "census_block=tract"' in stop_to_choose(found[2:]).fix


def test_the_stop_names_every_column_about_persons_and_no_other():
    with pytest.raises(PlaybookError) as caught:
        stop_for_people(["type", "SSN", "latitude", "DOB"])
    assert "Columns SSN and DOB may identify residents. Nothing was saved." in caught.value.what
    assert "privacy officer" in caught.value.fix
    stop_for_people(["type", "latitude", "closure_reason"])
