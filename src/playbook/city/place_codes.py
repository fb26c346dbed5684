"""Find the state's and the county's code of a place that somebody names."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass

from playbook.city.labels import clean, fold_key, listed
from playbook.city.state_codes import LETTERS, NAMES, state_digits
from playbook.errors import PlaybookError

_KINDS = re.compile(
    r" (city|town|township|village|borough|cdp|municipality|county|parish|census area"
    r"|city and borough|(metro(politan)?|consolidated|unified) government)?( \(balance\))?$"
)
_CODE = re.compile(r"(\d{2})(\d{3})?")


@dataclass(frozen=True)
class PlaceCodes:
    """A state, or a county in it.

    Parameters
    ----------
    state
        Two digits.
    county
        Three digits; empty for the whole state.
    """

    state: str
    county: str = ""

    @property
    def letters(self) -> str:
        """The state's two letters."""
        return LETTERS[self.state]

    @property
    def code(self) -> str:
        """Two digits of a state, or five of a county."""
        return f"{self.state}{self.county}"


def by_code(place: str) -> PlaceCodes | None:
    """Read a place given as a code, or a whole state by its name or letters; else None.

    Examples
    --------
    >>> by_code("29510"), by_code("Missouri"), by_code("St. Louis, MO")
    (PlaceCodes(state='29', county='510'), PlaceCodes(state='29', county=''), None)
    """
    match = _CODE.fullmatch(place.strip())
    if match and match[1] in LETTERS:
        return PlaceCodes(match[1], match[2] or "")
    # A city may be called like a state, and nobody types a state's letters for it.
    state = state_digits(place)
    return PlaceCodes(state) if state else None


def split_name(place: str) -> tuple[str, str]:
    """Split a name such as ``"St. Louis, MO"`` into the place and the state's digits.

    Raises
    ------
    PlaybookError
        When there is no comma, or no such state.

    Examples
    --------
    >>> split_name("St. Louis, MO")
    ('St. Louis', '29')
    """
    name, comma, state = clean(place).rpartition(",")
    digits = state_digits(state) if comma else ""
    if not name.strip() or not digits:
        raise PlaybookError(
            f'I can\'t tell which place "{clean(place)[:60]}" is.',
            fix='Type a city or county with its state, such as "St. Louis, MO". Or type the five '
            "digits of the county, such as 29510.",
        )
    return name.strip(), digits


def by_name(place: str, code_list: bytes) -> PlaceCodes:
    r"""Find the county of a city or county by its name.

    Parameters
    ----------
    place
        Such as ``"St. Louis, MO"`` or ``"St. Louis County, MO"``.
    code_list
        The Census Bureau's list of places by county.

    Raises
    ------
    PlaybookError
        When the list has no such place, or the place lies in several counties.

    Examples
    --------
    >>> head = "STATE|STATEFP|COUNTYFP|COUNTYNAME|PLACEFP|PLACENS|PLACENAME|TYPE|CLASSFP|FUNCSTAT"
    >>> row = "MO|29|510|St. Louis city|65000|00767557|St. Louis city|INCORPORATED PLACE|C7|F"
    >>> by_name("St. Louis, MO", f"{head}\n{row}\n".encode()).code
    '29510'
    """
    name, state = split_name(place)
    rows = [row for row in _rows(code_list) if row["STATEFP"] == state]
    wanted = _key(name)
    # A full name goes before a short one, and a city before the county of the same name.
    for column, key in (
        ("COUNTYNAME", _key),
        ("PLACENAME", _key),
        ("PLACENAME", _short_key),
        ("COUNTYNAME", _short_key),
    ):
        counties = {r["COUNTYFP"]: r["COUNTYNAME"] for r in rows if key(r[column]) == wanted}
        if len(counties) == 1:
            return PlaceCodes(state, next(iter(counties)))
        if counties:
            found = [f"{state}{code} ({county})" for code, county in sorted(counties.items())]
            raise PlaybookError(
                f"{name} lies in {len(counties)} counties: {listed(found, most=8)}.",
                fix="Type the code of one of them, and fetch the others after it.",
            )
    raise PlaybookError(
        f"The census knows no place called {name[:60]} in {NAMES[state]}.",
        fix="Check the spelling. Or type the five digits of the county, such as 29510.",
    )


def _rows(code_list: bytes) -> list[dict[str, str]]:
    text = code_list.decode("utf-8", errors="replace")
    rows = list(csv.DictReader(io.StringIO(text), delimiter="|"))
    needed = {"STATEFP", "COUNTYFP", "COUNTYNAME", "PLACENAME"}
    if not rows or not needed <= set(rows[0]):
        raise PlaybookError(
            "The census's list of places is not as I know it, so I can't look up a name.",
            fix="Type the five digits of the county instead, such as 29510.",
        )
    return [{name: row[name] or "" for name in needed} for row in rows]


def _key(name: str) -> str:
    words = fold_key(name).replace(".", "").replace("saint ", "st ")
    return re.sub(r"\s+", " ", words)


def _short_key(name: str) -> str:
    return _KINDS.sub("", _key(name))
