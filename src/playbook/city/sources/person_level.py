"""Files with one row a person from human services: known by their layout, and refused.

Nothing of such a file is read but the names of its columns. What a lesson needs is a count, and a
count can be asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from playbook.city.labels import squash
from playbook.city.sources.source import Choices, File, Reading, Source
from playbook.city.tables import City
from playbook.city.text_files import read_header
from playbook.errors import PlaybookError


@dataclass(frozen=True)
class _System:
    """A kind of system that keeps one row a person, and whom to ask for counts from it.

    Parameters
    ----------
    what
        What a file of it is.
    persons
        Names of columns that stand for one person or one stay. One gives the file away.
    signs
        Further names: several of them give it away too.
    agreement, steward
        The agreement that rules its use, and who keeps it.
    template
        Name of the template of counts to ask for; empty where a lesson has none.
    """

    what: str
    persons: frozenset[str]
    signs: frozenset[str]
    agreement: str
    steward: str
    template: str = ""


def _names(text: str) -> frozenset[str]:
    return frozenset(squash(name) for name in text.split(", "))


# In every file of an export from a Homeless Management Information System (HMIS), also in those
# about beds, programs and money, together with one of the others.
_HMIS_MARK = squash("ExportID")
_BESIDE_THE_MARK = _names("project id, organization id, user id, source id, date deleted")
# From so many signs on they can't stand there by chance: "charge" is a word of other files too.
_ENOUGH_SIGNS = 3
_HMIS = _System(
    "an export from a homeless services system (HMIS)",
    _names(
        "personal id, enrollment id, client unique id, unique personal id, hmis id, "
        "hmis client id, relationship to hoh"
    ),
    _names(
        "destination, entry date, exit date, move in date, living situation, head of household, "
        "disabling condition, data collection stage, prior living situation, chronically homeless"
    ),
    "its data agreement",
    "your HMIS lead",
    "homeless_services",
)
_SYSTEMS = (
    _System(
        "a list of people in jail or on supervision",
        _names(
            "inmate id, inmate number, inmate no, booking id, booking number, booking no, "
            "arrestee id, defendant id, offender id, jacket number, detainee id, probationer id"
        ),
        _names("booking date, release date, charge, bail amount, bond amount, arrest date"),
        "your data agreement",
        "the jail's data steward",
    ),
    _System(
        "a list of students",
        _names(
            "student id, student number, student no, state student id, sasid, ssid, student local "
            "id, lasid, pupil id, unique student id"
        ),
        _names(
            "grade level, iep, lunch status, free reduced lunch, days absent, days enrolled, gpa, "
            "school id, suspension days"
        ),
        "a school privacy (FERPA) agreement",
        "the school district's data steward",
    ),
    _System(
        "a list of patients or health claims",
        _names(
            "patient id, patient number, member id, member number, mrn, medical record number, "
            "claim id, claim number, beneficiary id, bene id, subscriber id, encounter id, "
            "medicaid id, medicare id, decedent id"
        ),
        _names(
            "date of service, service from date, admission date, discharge date, diagnosis code, "
            "dx1, icd10, icd10 code, npi, procedure code, allowed amount, paid amount, drg"
        ),
        "a health privacy (HIPAA) agreement",
        "the health data steward",
    ),
    _System(
        "a list of people in a program",
        _names(
            "client id, participant id, case participant id, recipient id, customer case id, "
            "individual id, person id, applicant id, tenant id, child id, benefit case number"
        ),
        _names(
            "intake date, date of intake, case manager, caseworker, program entry date, "
            "program exit date, enrollment date, household income, referral date, case notes"
        ),
        "its data agreement",
        "the program's data steward",
    ),
)


def is_person_level(header: Sequence[str]) -> bool:
    """Tell from its columns whether a file has one row a person, or comes with such files.

    Parameters
    ----------
    header
        Names of the columns.

    Examples
    --------
    >>> is_person_level(["PersonalID", "EnrollmentID", "EntryDate"])
    True
    >>> is_person_level(["InventoryID", "ProjectID", "BedInventory", "ExportID"])
    True
    >>> is_person_level(["provider", "quarter", "destination_group", "people"])
    False
    """
    return _system_of(header) is not None


def known_names(cells: Sequence[str]) -> int:
    """Count the names of a row that stand for one person, or go with such names."""
    squashed = {squash(cell) for cell in cells}
    if _HMIS_MARK in squashed:
        return len(squashed)
    return max(len(squashed & (system.persons | system.signs)) for system in (_HMIS, *_SYSTEMS))


def _system_of(header: Sequence[str]) -> _System | None:
    squashed = {squash(cell) for cell in header}
    if _HMIS_MARK in squashed and squashed & (_HMIS.persons | _BESIDE_THE_MARK):
        return _HMIS
    for system in (_HMIS, *_SYSTEMS):
        if squashed & system.persons or len(squashed & system.signs) >= _ENOUGH_SIGNS:
            return system
    return None


def _refuse(files: Sequence[File], _: City, __: Choices) -> Reading:
    name, content = files[0]
    header = read_header(content, name, known_names)
    raise refusal(name, header)


def refusal(name: str, header: Sequence[str]) -> PlaybookError:
    """Word the refusal of a file, by its name and its columns.

    Examples
    --------
    >>> print(refusal("Client.csv", ["PersonalID", "EnrollmentID", "EntryDate"]).what)
    Client.csv looks like an export from a homeless services system (HMIS), with one row a person
    or stay. Nothing was saved.
    """
    system = _system_of(header) or _SYSTEMS[-1]
    squashed = {squash(cell) for cell in header}
    if system is _HMIS and not squashed & _HMIS.persons:
        rows = "which holds people's records"
    else:
        rows = "with one row a person or stay"
    counts = (
        f"counts; playbook city template {system.template} shows which"
        if system.template
        else "counts with small ones hidden"
    )
    return PlaybookError(
        f"{name} looks like {system.what}, {rows}. Nothing was saved.",
        fix=f"Ask {system.steward}, under {system.agreement}, for {counts}. "
        "Or use Port Alder for this step.",
    )


SOURCE = Source("", is_person_level, known_names, _refuse, joins=True)
