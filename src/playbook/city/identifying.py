"""Columns of a file that may identify residents: by the header's words and by the values."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from playbook.city.labels import listed
from playbook.city.person_values import is_latitude, is_longitude, kind_of_values
from playbook.city.report import Finding
from playbook.errors import PlaybookError

About = Literal["person", "place", "free text"]

# Looked for in the words of a header, joined by single spaces: "SSN_last4" is " ssn last 4 ".
_PERSON = {
    "Social Security number": r" ssn | social security | sin number | seguro social ",
    "date of birth": r" dob | date of birth | birth ?date | birthday | fecha (de )?nacimiento ",
    "name": (
        r" (first|last|middle|full|given|family|maiden) ?name | [fl] ?name | surname "
        r"| (request[eo]r|customer|caller|constituent|resident|complainant|contact|applicant|owner"
        r"|tenant|client|citizen|person|patient|student|submitter|reporter|user)( full)? ?name "
        r"| apellidos? | (primer|segundo) nombre | nombre (completo|y apellidos?"
        r"|del? (la )?(residente|solicitante|cliente|contacto|paciente|inquilin[oa])) "
    ),
    "e-mail": r" e ?mail ?(address|addr)? | correo( electronico)? ",
    "phone": (
        r" (tele)?phone | cell ?(phone|number|no) | mobile ?(phone|number|no) "
        r"| telefono | (numero )?celular "
    ),
}
_PLACE = {
    "census block": r" block (fips|geoid) | (fips|geoid) block | census block (?!group )",
    "address": (
        r" address (?!id )| street | location (?!name |id )| intersection | cross street"
        r"| house (number|no) | parcel | apn | bbl | direccion | domicilio | calle "
    ),
    "exact place": (
        r" lat | latitude | lon | lng | long | longitude |^ [xy] $| [xy] coord(inate)?( |s )"
        r"| geom | geometry | coordinates? | point | shape | geom \d+ | geocode | geo ?location "
        r"| latitud | longitud | coordenadas? "
    ),
}
_FREE_TEXT = {
    "free text": (
        r" descriptions? | comments? (?!id )| notes? | details? | resolution | closure reason "
        r"| title | narrative | remarks? | message | summary | answer "
        r"| comentarios? | descripcion | notas | observaciones "
    ),
    "picture": r" photo | image | media | submitted ?photo | closed ?photo ",
}
# A school's or an agency's phone is no resident's.
_OFFICES = re.compile(r" (school|agency|department|dept|office|facility|park|vendor) ")
# What may be kept of a column instead of all of it.
_COARSER = {"date of birth": "month", "census block": "tract"}
_NAMED = 3
SAMPLE = 1000
_LONG_TEXT = 60


@dataclass(frozen=True)
class IdentifyingColumn:
    """A column that may identify residents.

    Parameters
    ----------
    column
        The file's own name of it.
    kind
        What it seems to hold, in a reader's words, such as ``"phone"``.
    about
        ``"person"``, ``"place"`` or ``"free text"``.
    by
        Whether the header or the values say so.
    """

    column: str
    kind: str
    about: About
    by: Literal["header", "values"]


def by_header(column: str) -> IdentifyingColumn | None:
    """Tell from a column's name what it says about residents; None when nothing.

    Examples
    --------
    >>> by_header("SSN_last4").kind, by_header("CustomerPhone").kind, by_header("closed_dt")
    ('Social Security number', 'phone', None)
    """
    words = _words(column)
    groups: list[tuple[About, dict[str, str]]] = [
        ("person", _PERSON),
        ("place", _PLACE),
        ("free text", _FREE_TEXT),
    ]
    for about, kinds in groups:
        if about == "person" and _OFFICES.search(words):
            continue
        for kind, pattern in kinds.items():
            if re.search(pattern, words):
                return IdentifyingColumn(column, kind, about, "header")
    return None


def by_values(column: str, cells: Sequence[str]) -> IdentifyingColumn | None:
    """Tell from about 1,000 of a column's cells what they say about residents; None when nothing.

    Examples
    --------
    >>> by_values("reached at", ["617-555-0134", "", "617 555 0171", "none"]).kind
    'phone'
    """
    filled = _sample(cells)
    if not filled:
        return None
    kind = kind_of_values(filled)
    if kind:
        about: About = "place" if kind in _PLACE else "person"
        return IdentifyingColumn(column, kind, about, "values")
    if _reads_like_prose(filled):
        return IdentifyingColumn(column, "free text", "free text", "values")
    return None


def identifying_columns(table: Mapping[str, Sequence[str]]) -> list[IdentifyingColumn]:
    """Columns of a table that may identify residents, in the table's order.

    Parameters
    ----------
    table
        Cells as text, per column name.

    Examples
    --------
    >>> table = {"type": ["Pothole"], "latitude": ["42.27"], "e-mail": [""], "closed_dt": [""]}
    >>> [(found.column, found.kind) for found in identifying_columns(table)]
    [('latitude', 'exact place'), ('e-mail', 'e-mail')]
    """
    beside = _latitudes(table)
    found = [
        by_header(column) or by_values(column, cells) or beside.get(column)
        for column, cells in table.items()
    ]
    return [column for column in found if column]


def _sample(cells: Sequence[str]) -> list[str]:
    return [cell.strip() for cell in cells[:: max(1, len(cells) // SAMPLE)] if cell.strip()]


def _latitudes(table: Mapping[str, Sequence[str]]) -> dict[str, IdentifyingColumn]:
    """Find degrees of latitude, which look like percents: only beside degrees of longitude."""
    samples = {column: _sample(cells) for column, cells in table.items()}
    if not any(is_longitude(filled) for filled in samples.values()):
        return {}
    return {
        column: IdentifyingColumn(column, "exact place", "place", "values")
        for column, filled in samples.items()
        if is_latitude(filled)
    }


def stop_for_people(header: Sequence[str]) -> None:
    """Refuse a file whose header is about persons: nothing of it may be stored.

    Raises
    ------
    PlaybookError
        Naming the columns.
    """
    found = [column for name in header if (column := by_header(name)) and column.about == "person"]
    if found:
        raise stop_message([column.column for column in found])


def stop_message(columns: Sequence[str]) -> PlaybookError:
    """Word the one refusal for columns that may identify residents."""
    many = len(columns) > 1
    return PlaybookError(
        f"Stop. {'Columns' if many else 'Column'} {listed(columns)} may identify residents. "
        "Nothing was saved.",
        fix=f"Remove {'them' if many else 'it'} in a copy of the file and add the copy, "
        "or ask your privacy officer.",
    )


def stop_to_choose(found: Sequence[IdentifyingColumn]) -> PlaybookError:
    """Word the refusal where the person may leave a column out, or keep less of it.

    Examples
    --------
    >>> born = IdentifyingColumn("DOB", "date of birth", "person", "header")
    >>> stop_to_choose([born]).fix.split(". ")[:2]
    ['Leave it out: --leave-out "DOB"', 'Or keep less: --coarsen "DOB=month"']
    """
    names = [one.column for one in found]
    many = len(names) > 1
    leave_out = " ".join(f'--leave-out "{name}"' for name in names[:_NAMED])
    less = next((one for one in found if one.kind in _COARSER), None)
    also = f' Or keep less: --coarsen "{less.column}={_COARSER[less.kind]}".' if less else ""
    return PlaybookError(
        f"Stop. {'Columns' if many else 'Column'} {listed(names)} may identify residents. "
        "Nothing was saved.",
        fix=f"Leave {'them' if many else 'it'} out: {leave_out}.{also} "
        "Or ask your privacy officer.",
    )


def not_copied(found: Sequence[IdentifyingColumn], others: int) -> list[Finding]:
    """Say which columns stay in the file.

    Parameters
    ----------
    found
        Columns that may identify residents.
    others
        Number of further columns that no lesson needs.

    Examples
    --------
    >>> print(not_copied([IdentifyingColumn("latitude", "exact place", "place", "header")], 0)[0])
    May identify residents: latitude. These columns stay in your file; I did not copy them.
    """
    findings = []
    if found:
        names = listed((column.column for column in found), most=40)
        stay = "These columns stay in your file; I did not copy them."
        findings.append(Finding("fine", f"May identify residents: {names}. {stay}"))
    if others:
        number = f"{others:,} {'other column' if others == 1 else 'other columns'}"
        findings.append(Finding("fine", f"Not needed by any lesson, and not copied: {number}."))
    return findings


def _words(column: str) -> str:
    """Words of a header in lower case, each between spaces: ``"CustomerPhone"`` is two words."""
    # Accents go first: dirección is direccion.
    plain = unicodedata.normalize("NFKD", column).encode("ascii", "ignore").decode()
    split = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=\d)|[\W_]+", " ", plain)
    return f" {' '.join(split.lower().split())} "


def _reads_like_prose(cells: Sequence[str]) -> bool:
    """Long cells with spaces, nearly each one different."""
    spaced = [cell for cell in cells if " " in cell]
    return (
        len(spaced) >= len(cells) / 2
        and sum(map(len, cells)) / len(cells) > _LONG_TEXT
        and len(set(cells)) > len(cells) / 2
    )
