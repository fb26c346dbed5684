"""What the cells of a column give away of people: contacts, names, days of birth, exact places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

# About one cell in five is enough for a contact; names and birth days look like other things, too.
_ENOUGH, _MOST = 0.2, 0.8
_ENOUGH_NAMES, _FEWEST_NAMES = 0.4, 5
_CONTACTS = {
    "Social Security number": re.compile(r"\d{3}-\d{2}-\d{4}"),
    "e-mail": re.compile(r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}"),
    "phone": re.compile(r"(\+?1[-. ]?)?(\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4}|\+1\d{10}"),
    "address": re.compile(
        r"\d+[A-Za-z]?(-\d+)? +(\S+ +){1,4}"
        r"(st|street|ave|avenue|rd|road|dr|drive|ln|lane|blvd|ct|court|pl|place|ter|way)\b.*",
        flags=re.IGNORECASE,
    ),
    "exact place": re.compile(
        r"(point ?)?\(? ?-?\d{1,3}\.\d{3,}[, ]+-?\d{1,3}\.\d{3,} ?\)?", flags=re.IGNORECASE
    ),
}
# First names that many people in the US have and few places.
_FIRST_NAMES = frozenset(
    re.findall(
        r"\w+",
        """
    aaliyah abdul adriana ahmed alejandro alexis alicia amanda amy ana andrea andrew angela ann
    anna anthony antonio ashley barbara benjamin betty brandon brenda brian brittany carlos carol
    carolyn catherine christina christine christopher cynthia daniel darnell david deborah debra
    denise dennis diana diane donald donna dorothy ebony edward elena elizabeth emily eric fatima
    francisco gary george gloria gregory guadalupe hannah heather helen hector jacob jamal james
    jasmine jason javier jeffrey jennifer jeremy jessica jesus jose john jonathan joseph joshua
    joyce juan juana judith julia julie karen katherine kathleen keisha keith kelly kenneth kevin
    kimberly lakisha larry latoya laura lauren linda lisa lucia luis luz manuel margaret maria
    marie marilyn marisol mark martha mary matthew megan melissa michael michelle miguel mohamed
    mohammed monica nancy nguyen nicholas nicole nicolas olivia pamela patricia patrick paul pedro
    peter rachel ramon raymond rebecca ricardo richard robert roberto ronald rosa ruth ryan
    samantha samuel sandra sara sarah scott sharon shanice shirley sofia sophia stephanie stephen
    steven susan teresa theresa thomas tiffany timothy tyrone veronica victoria virginia william
    xavier yolanda yvonne
    """,
    )
)
_PLACE_WORDS = re.compile(
    r"\b(st|street|ave|avenue|rd|road|blvd|park|school|academy|elementary|high|college|university"
    r"|center|centre|hall|church|hospital|clinic|library|hill|heights|square|city|county|district"
    r"|bridge|field|garden|gardens|homes|house|housing|village|inc|llc|co|company|foundation)\b",
    flags=re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_][\w'’.-]*(,? [^\W\d_][\w'’.-]*){0,3}")
_DAY = re.compile(r"(?P<y>(19|20)\d\d)-\d\d?-\d\d?|\d\d?[/-]\d\d?[/-](?P<z>(19|20)\d\d)")
_LONGITUDE, _LATITUDE = (-180.0, -64.0), (17.0, 72.0)
_EXACT = re.compile(r"-?\d{1,3}\.\d{4,}")


def kind_of_values(filled: Sequence[str]) -> str:
    """Tell what a sample of filled cells gives away, in a reader's words; "" when nothing.

    Examples
    --------
    >>> kind_of_values(["617-555-0134", "617 555 0171", "none"])
    'phone'
    >>> kind_of_values(["Ana Ruiz", "Cole, James", "Mary Ann Poe", "Luis Vega", "Rosa Diaz"])
    'name'
    """
    for kind, pattern in _CONTACTS.items():
        hits = sum(bool(pattern.fullmatch(cell)) for cell in filled)
        if hits >= 2 and hits / len(filled) >= _ENOUGH:
            return kind
    if is_longitude(filled):
        return "exact place"
    if _holds_names(filled):
        return "name"
    return "date of birth" if _holds_births(filled) else ""


def is_longitude(filled: Sequence[str]) -> bool:
    """Tell whether cells are exact degrees of longitude in the US."""
    return _holds_degrees(filled, _LONGITUDE)


def is_latitude(filled: Sequence[str]) -> bool:
    """Tell whether cells could be exact degrees of latitude in the US; percents could be, too."""
    return _holds_degrees(filled, _LATITUDE)


def _holds_names(filled: Sequence[str]) -> bool:
    names = {cell for cell in filled if _is_name(cell)}
    hits = sum(cell in names for cell in filled)
    return len(names) >= _FEWEST_NAMES and hits / len(filled) >= _ENOUGH_NAMES


def _is_name(cell: str) -> bool:
    if not _NAME.fullmatch(cell) or _PLACE_WORDS.search(cell):
        return False
    words = re.split(r"[ ,]+", cell.casefold())
    return bool(_FIRST_NAMES & set(words[:1] if "," not in cell else words[1:2]))


def _holds_births(filled: Sequence[str]) -> bool:
    """Days that lie decades apart, most of them a generation ago, nearly each another one."""
    found = [match for cell in filled if (match := _DAY.match(cell))]
    if len(found) < _FEWEST_NAMES or len(found) / len(filled) < _MOST:
        return False
    years = sorted(int(match["y"] or match["z"]) for match in found)
    middle, spread = years[len(years) // 2], years[-len(years) // 10] - years[len(years) // 10]
    different = len({match[0] for match in found}) / len(found)
    return middle <= date.today().year - 18 and spread >= 25 and different > _ENOUGH_NAMES


def _holds_degrees(filled: Sequence[str], ends: tuple[float, float]) -> bool:
    exact = [float(cell) for cell in filled if _EXACT.fullmatch(cell)]
    if len(exact) < 2 or len(exact) / len(filled) < _MOST:
        return False
    inside = [number for number in exact if ends[0] <= number <= ends[1]]
    # A city is not wider than this.
    return len(inside) / len(exact) >= _MOST and max(inside) - min(inside) < 3
