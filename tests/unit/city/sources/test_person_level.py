"""Files with one row a person are refused by their columns alone, and nothing else is."""

from __future__ import annotations

import pytest

from playbook.city.readers import read_files
from playbook.city.sources.person_level import is_person_level, refusal
from playbook.city.tables import load_city
from playbook.errors import PlaybookError
from playbook.home import data_folder

# Headers in the published layouts, shortened.
HMIS = {
    "Client.csv": "PersonalID,FirstName,SSN,DOB,DateCreated,UserID,ExportID",
    "Enrollment.csv": '"EnrollmentID","PersonalID","ProjectID","EntryDate","ExportID"',
    "Services.csv": "ServicesID,EnrollmentID,PersonalID,DateProvided,RecordType,ExportID",
    "Exit.csv": "ExitID,EnrollmentID,PersonalID,ExitDate,Destination,ExportID",
    "Export.csv": "ExportID,SourceType,SourceID,SourceName,ExportDate",
    "Inventory.csv": "InventoryID,ProjectID,CoCCode,HouseholdType,BedInventory,UserID,ExportID",
    "Organization.csv": "OrganizationID,OrganizationName,DateUpdated,UserID,ExportID",
    "User.csv": "UserID,UserFirstName,UserLastName,UserPhone,ExportID",
}
OTHERS = {
    "jail.csv": "Booking Number,Charge,Booking Date",
    "school.csv": "StudentID,Grade Level,Days Absent",
    "claims.csv": "member_id,ICD10_code,paid_amount",
    "cases.csv": "Client ID,Intake Date,Case Manager",
    "no_id.csv": "Race,Entry Date,Exit Date,Destination,Living Situation",
}


@pytest.mark.parametrize(("name", "header"), [*HMIS.items(), *OTHERS.items()])
@pytest.mark.parametrize("rows", ["", "\r\n" + ",".join(["Zyxw"] * 7) + "\r\n"])
def test_the_file_is_refused_with_whom_to_ask_and_nothing_of_its_rows(name, header, rows):
    with pytest.raises(PlaybookError) as caught:
        read_files([(name, (header + rows).encode("utf-8-sig"))], load_city())
    words = str(caught.value)
    assert "Nothing was saved" in words
    assert "agreement" in words
    assert "steward" in words or "HMIS lead" in words
    assert "Zyxw" not in words
    assert len(words.replace("What to do now:", "").split()) <= 45


@pytest.mark.parametrize("name", HMIS)
def test_an_export_from_homeless_services_points_to_the_template_of_counts(name):
    fix = refusal(name, HMIS[name].replace('"', "").split(",")).fix
    assert "playbook city template homeless_services" in fix


def test_a_part_of_the_export_about_beds_is_not_called_a_list_of_people():
    beds = refusal("Inventory.csv", HMIS["Inventory.csv"].split(","))
    people = refusal("Client.csv", HMIS["Client.csv"].split(","))
    assert "one row a person" not in beds.what
    assert "one row a person" in people.what


def test_one_refused_file_keeps_the_others_of_its_folder_out():
    counts = b"neighborhood_id,age_group,population\n29510990100,1-4,120\n"
    files = [("ages.csv", counts), ("Client.csv", HMIS["Client.csv"].encode())]
    with pytest.raises(PlaybookError, match="HMIS"):
        read_files(files, load_city())


# These tables of the fictional city have one row a person, so that lessons can show how.
PERSONS = {"hmis_enrollments", "sms_trial", "sms_pilot"}


@pytest.mark.parametrize("path", sorted(data_folder().glob("*.csv")), ids=lambda path: path.stem)
def test_no_other_table_is_taken_for_a_list_of_persons(path):
    header = path.read_text(encoding="utf-8").split("\n", 1)[0].split(",")
    assert is_person_level(header) == (path.stem in PERSONS)


@pytest.mark.parametrize(
    "header",
    [
        ["case_enquiry_id", "open_dt", "closed_dt", "case_status", "type", "neighborhood"],
        ["Unique Key", "Created Date", "Closed Date", "Agency", "Complaint Type", "Borough"],
        ["provider", "quarter", "destination", "people"],
        ["Booking Date", "Venue", "Charge"],
        ["Tract ID", "STATE2KX", "e(0)", "se(e(0))"],
    ],
)
def test_a_word_or_two_of_such_systems_refuse_nothing(header):
    assert not is_person_level(header)
