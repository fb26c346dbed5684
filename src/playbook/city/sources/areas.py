"""Which place each row of a public file is about, and which of these places are the city's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from playbook.city.contract import TableContract
from playbook.city.labels import clean, listed
from playbook.city.report import Finding
from playbook.city.sources.usaleep_findings import count_by_county, in_words
from playbook.city.sources.usaleep_rows import OTHER_COUNTY, clean_county, in_county
from playbook.city.state_codes import DIGITS, LETTERS
from playbook.city.tables import City
from playbook.errors import PlaybookError

# Why a row is left out because of its place.
NO_AREA = "no area code that I can read"
OTHER_LEVEL = "a larger or smaller area than the others"
WHOLE_COUNTRY = "the whole country"
WHOLE_STATE = "a whole state"
NOT_THE_CITYS = "a place that the city's table of neighborhoods does not have"

# A census code has as many digits as its kind of area asks for; in front of them may stand the
# kind itself, such as 1400000US for a tract.
_BY_WIDTH = {2: "state", 5: "county", 7: "place", 11: "tract", 12: "block group"}
_BY_PREFIX = {
    "010": "country",
    "040": "state",
    "050": "county",
    "140": "tract",
    "150": "block group",
    "160": "place",
}
# What is kept of a file that holds several kinds, the first before the others.
_PREFERRED = ("tract", "place", "county")
IN_WORDS = {"tract": "census tract", "place": "city or town", "county": "county"}
MANY = {"tract": "census tracts", "place": "cities and towns", "county": "counties"}
_SHORT = {1: 2, 4: 5, 6: 7, 10: 11}
_WIDTHS = {"state": 2, "county": 3, "tract": 6}


@dataclass(frozen=True)
class Areas:
    """The place of each row. All series share one index.

    Parameters
    ----------
    codes
        Digits of the census code; ``""`` where they can't be told.
    kinds
        ``"tract"``, ``"place"``, ``"county"``, ``"state"``, ``"country"``, ``"block group"``, or
        ``""``.
    mended
        Which codes had lost their leading zero and got it back.
    """

    codes: pd.Series
    kinds: pd.Series
    mended: pd.Series


def read_areas(ids: pd.Series, parts: pd.DataFrame, states: pd.Series) -> Areas:
    """Read census codes of any kind of area.

    A lost leading zero is put back only where nothing else is possible: with it, the code has the
    right number of digits and begins with a state, the row's own if the row names one.

    Parameters
    ----------
    ids
        Codes as text, with or without a prefix such as ``1400000US``; ``""`` where there is none.
    parts
        Columns ``state``, ``county``, ``tract`` as text, for rows without a code.
    states
        Two letters of the row's state, ``"US"`` for the country, or ``""``.

    Examples
    --------
    >>> ids = pd.Series(["1400000US29510101100", "1057", "59", "2057", "29510.0", ""])
    >>> parts = pd.DataFrame({"state": "01", "county": ["", "", "", "", "", "3"], "tract": ""})
    >>> areas = read_areas(ids, parts, pd.Series(["MO", "AL", "US", "AL", "", ""]))
    >>> areas.codes.tolist()
    ['29510101100', '01057', '', '', '29510', '01003']
    >>> areas.kinds.tolist(), areas.mended.tolist()[:2]
    (['tract', 'county', 'country', '', 'county', 'county'], [False, True])
    """
    written = ids.str.strip().str.removeprefix("'").str.removesuffix(".0")
    joined = _joined(parts)
    written = written.where(written.ne(""), joined)
    found = {pair: _one_area(*pair) for pair in set(zip(written, states.str.strip(), strict=True))}
    areas = [found[pair] for pair in zip(written, states.str.strip(), strict=True)]
    frame = pd.DataFrame(areas, index=ids.index, columns=["code", "kind", "mended"])
    return Areas(
        frame["code"].astype("str"), frame["kind"].astype("str"), frame["mended"].astype(bool)
    )


def _joined(parts: pd.DataFrame) -> pd.Series:
    """Put a code together from its parts, each with its zeros; ``""`` where one can't be read."""
    code = pd.Series("", index=parts.index, dtype="str")
    for name, width in _WIDTHS.items():
        part = parts[name].str.strip().str.removesuffix(".0")
        readable = part.str.fullmatch(rf"[0-9]{{1,{width}}}") | part.eq("")
        code = code + part.mask(part.ne(""), part.str.zfill(width)).where(readable, " ")
    wanted = parts["state"].str.strip().ne("") & ~code.str.contains(" ", regex=False)
    return code.where(wanted, "")


def _one_area(written: str, state: str) -> tuple[str, str, bool]:
    if state == "US":
        return "", "country", False
    match = re.fullmatch(r"(?:([0-9]{3})[0-9A-Z]{4}US)?([0-9]*)", written)
    if not match or not written:
        return "", "", False
    kind, digits = _BY_PREFIX.get(match[1] or "", ""), match[2]
    if kind == "country":
        return "", kind, False
    if match[1] and _BY_WIDTH.get(len(digits)) != kind:
        return "", "", False
    mended = len(digits) in _SHORT
    digits = f"0{digits}" if mended else digits
    kind = _BY_WIDTH.get(len(digits), "")
    if not kind or digits[:2] not in LETTERS or digits[:2] != DIGITS.get(state, digits[:2]):
        return "", "", False
    return digits, kind, mended


def the_kind(areas: Areas, name: str) -> str:
    """Tell which kind of area a file is about: of several, the one nearest to a neighborhood.

    Raises
    ------
    PlaybookError
        When no row is about a tract, a place or a county.
    """
    kinds = set(areas.kinds)
    for kind in _PREFERRED:
        if kind in kinds:
            return kind
    seen = listed(sorted(k for k in kinds if k)) or "no census code at all"
    raise PlaybookError(
        f"No row of {name} is about a census tract, a city or a county. I found {seen}. "
        "Nothing was saved.",
        fix="Take the file for census tracts. If a spreadsheet changed the codes, download it "
        "again and don't open it there.",
    )


def why_left_out(areas: Areas, kind: str, city: City, county: str) -> pd.Series:
    """Say why a row's place is not kept; ``""`` where it is.

    Parameters
    ----------
    areas, kind
        The places, and the kind that is kept.
    city
        Places that its table of neighborhoods does not have are left out, if it has any of them.
    county
        Code of the county to keep, as `known_county` returns it; empty for all.
    """
    reasons = pd.Series("", index=areas.codes.index, dtype="str")
    rules = {
        WHOLE_COUNTRY: areas.kinds.eq("country"),
        WHOLE_STATE: areas.kinds.eq("state"),
        NO_AREA: areas.codes.eq(""),
        OTHER_LEVEL: areas.kinds.ne(kind),
    }
    if kind != "place":
        rules[OTHER_COUNTY] = ~in_county(areas.codes, county)
    mine = set(_ids_by_tract(city))
    if mine & set(areas.codes):
        rules[NOT_THE_CITYS] = ~areas.codes.isin(mine)
    for reason, applies in rules.items():
        reasons = reasons.mask(applies & reasons.eq(""), reason)
    return reasons


def to_ids(codes: pd.Series, city: City) -> pd.Series:
    """Return the city's own id of each place: the census code where it has no other."""
    return codes.replace(_ids_by_tract(city)).astype("str")


def _ids_by_tract(city: City) -> dict[str, str]:
    """Id of each neighborhood by its census code; empty while the city has no such table."""
    # A city of its own neighborhoods is read by tract, and joined when it is stored.
    if "neighborhoods" not in city or city.profile.areas == "neighborhoods":
        return {}
    places = city["neighborhoods"]
    has_codes = "neighborhoods.tract_geoid" in city and places["tract_geoid"].notna().all()
    column = "tract_geoid" if has_codes else "neighborhood_id"
    return dict(zip(places[column], places["neighborhood_id"], strict=True))


def known_county(county: str, areas: Areas, kind: str, name: str) -> str:
    """Return the county's code as the file writes it; it must be there, in one state only.

    Raises
    ------
    PlaybookError
        When it is not, with the counties that are.
    """
    codes = areas.codes[areas.kinds.eq(kind)]
    if not county.strip() or kind == "place" or codes.empty:
        return ""
    code = clean_county(county)
    counties = count_by_county(codes[in_county(codes, code) & bool(code)])
    if len(counties) == 1:
        return code
    keep_all = "Or leave --county out to keep every county."
    if len(counties) > 1:
        raise PlaybookError(
            f"County {code} of {name} is in several states: {listed(counties.index)}.",
            fix=f"Type the state's digits too, such as --county {counties.index[0]}. {keep_all}",
        )
    every = listed(in_words(count_by_county(codes)), most=6)
    raise PlaybookError(
        f"{name} has nothing on county {clean(county)}. It has {every}.",
        fix=f"Type the digits of one of these after --county. {keep_all}",
    )


def about_areas(areas: Areas, kind: str, reasons: pd.Series, rows: pd.Series) -> Iterator[Finding]:
    """Say what places the rows kept are, which codes were mended, and how far the file goes.

    Parameters
    ----------
    areas, kind
        The places, and the kind that is kept.
    reasons
        Why each row is left out; ``""`` for rows kept.
    rows
        Number of each row, as a spreadsheet counts them.
    """
    kept = reasons.eq("")
    codes = areas.codes[kept]
    if kind != "tract":
        yield Finding(
            "look",
            f"The numbers are for whole {MANY[kind]}, not for neighborhoods.",
            "Take the file for census tracts to see differences inside your city.",
        )
    mended = rows[kept & areas.mended]
    if len(mended):
        yield Finding(
            "look",
            f"{len(mended):,} code{' has' if len(mended) == 1 else 's have'} lost a leading zero, "
            f"as Excel does to numbers. I put it back, such as {areas.codes[mended.index[0]]}.",
            "Compare one with a map. Next time, add the file as downloaded.",
            tuple(mended.unique()),
            len(mended),
        )
    counties = count_by_county(codes) if kind != "place" else pd.Series(dtype="int64")
    if len(counties) > 1 and kind == "tract":
        yield Finding(
            "look",
            f"The file covers {len(counties):,} counties: {listed(in_words(counties), most=6)}. "
            "I kept them all.",
            "If your city lies in one of them, add the file again with its code, such as: "
            f"--county {counties.index[0]}",
            count=len(counties),
        )


def lacks_needed(table: pd.DataFrame, contract: TableContract) -> pd.Series:
    """Which rows have an empty cell where the lessons' table must have a value."""
    needed = [f.name for f in contract.fields if f.required and not f.optional]
    return table[needed].isna().any(axis=1)


def about_other_places(ids: pd.Series, city: City) -> Iterator[Finding]:
    """Say when some of the city's neighborhoods are not in a file."""
    if "neighborhoods" not in city or city.profile.areas == "neighborhoods":
        return
    missing = set(city["neighborhoods"]["neighborhood_id"]) - set(ids)
    if missing:
        yield Finding(
            "look",
            f"{len(missing):,} of the city's {len(city['neighborhoods']):,} neighborhoods are not "
            f"in this file, such as {min(missing)}.",
            "Tracts were drawn anew in 2010 and 2020. Check that both tables use the same ones.",
            count=len(missing),
        )
