"""PLACES files of the Centers for Disease Control and Prevention: their columns and measures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from playbook.city.labels import listed, squash
from playbook.errors import PlaybookError

# The lessons' name of each measure by the publisher's short one. The first eight are the measures
# that Port Alder has, under the same names.
MEASURES = {
    "CASTHMA": "Asthma",
    "DIABETES": "Diabetes",
    "GHLTH": "Fair or poor health",
    "MHLTH": "Frequent mental distress",
    "BPHIGH": "High blood pressure",
    "ACCESS2": "No health insurance",
    "OBESITY": "Obesity",
    "CSMOKING": "Smoking",
    "ARTHRITIS": "Arthritis",
    "BINGE": "Binge drinking",
    "BPMED": "Medicine for high blood pressure",
    "CANCER": "Cancer, not of the skin",
    "CERVICAL": "Cervical cancer screening",
    "CHD": "Coronary heart disease",
    "CHECKUP": "Yearly checkup",
    "CHOLSCREEN": "Cholesterol screening",
    "COLON_SCREEN": "Colorectal cancer screening",
    "COPD": "Chronic lung disease",
    "COREM": "Core preventive services, older men",
    "COREW": "Core preventive services, older women",
    "DENTAL": "Dental visit",
    "DEPRESSION": "Depression",
    "DISABILITY": "Any disability",
    "COGNITION": "Cognitive disability",
    "EMOTIONSPT": "Lack of social and emotional support",
    "FOODINSECU": "Food insecurity",
    "FOODSTAMP": "Food stamps",
    "HEARING": "Hearing disability",
    "HIGHCHOL": "High cholesterol",
    "HOUSINSECU": "Housing insecurity",
    "INDEPLIVE": "Independent living disability",
    "ISOLATION": "Feeling isolated",
    "KIDNEY": "Chronic kidney disease",
    "LACKTRPT": "No reliable transportation",
    "LPA": "No physical activity",
    "MAMMOUSE": "Mammogram",
    "MOBILITY": "Mobility disability",
    "PHLTH": "Frequent physical distress",
    "SELFCARE": "Self-care disability",
    "SHUTUTILITY": "Threat of shut-off utilities",
    "SLEEP": "Short sleep",
    "STROKE": "Stroke",
    "TEETHLOST": "All teeth lost",
    "VISION": "Vision disability",
}

# Names per meaning, squashed. A file with one row a place and measure ("long") needs the first
# four, and either both limits or the range that holds both.
_LONG = {
    "area": ("locationid", "tractfips", "countyfips"),
    "measure": ("measureid",),
    "value": ("datavalue",),
    "kind": ("datavaluetypeid", "datavaluetype"),
    "year": ("year",),
    "low": ("lowconfidencelimit",),
    "high": ("highconfidencelimit",),
    "range": ("confidencelimits", "confidenceinterval", "95ci", "crude95ci"),
    "state": ("stateabbr",),
    "adults": ("totalpop18plus",),
    "symbol": ("datavaluefootnotesymbol",),
    "footnote": ("datavaluefootnote",),
}
# Of these, as the CDC writes their names.
_NEEDED = {
    "area": "LocationID",
    "measure": "MeasureId",
    "value": "Data_Value",
    "kind": "DataValueTypeID",
    "year": "Year",
}
# A file with one row a place ("wide") has two columns a measure.
_WIDE = re.compile(r"([a-z_0-9]+?)_?crudeprev")
_WIDE_AREAS = ("tractfips", "placefips", "countyfips")
ZIP_AREAS = ("zcta5", "zcta")
_SIGNATURE = {"datavalue", "measureid", "locationid", "datavaluetypeid", "datavaluetype"}


def is_long(header: Sequence[str]) -> bool:
    """Tell whether a header is that of a file with one row a place and measure.

    Examples
    --------
    >>> is_long(["Year", "LocationID", "MeasureId", "Data_Value", "DataValueTypeID"])
    True
    """
    found = {squash(cell) for cell in header}
    return {"datavalue", "measureid"} <= found


def wide_measures(header: Sequence[str]) -> dict[str, tuple[int, int | None]]:
    """Give per measure where its number and its range stand in a file with one row a place.

    Examples
    --------
    >>> wide_measures(["TractFIPS", "CHD_CrudePrev", "CHD_Crude95CI", "CHD_AdjPrev"])
    {'CHD': (1, 2)}
    """
    places = {squash(cell): at for at, cell in reversed(list(enumerate(header)))}
    found: dict[str, tuple[int, int | None]] = {}
    for at, cell in enumerate(header):
        match = _WIDE.fullmatch(cell.strip().lower())
        if match:
            found[match[1].upper()] = (at, places.get(squash(f"{match[1]}crude95ci")))
    return found


def is_places(header: Sequence[str]) -> bool:
    """Tell whether a header is that of a PLACES file, long or wide."""
    return is_long(header) or bool(wide_measures(header))


def known_names(cells: Sequence[str]) -> int:
    """Count the columns of a PLACES file that a row of cells names."""
    squashed = {squash(cell) for cell in cells}
    if not (_SIGNATURE & squashed or wide_measures(cells)):
        return 0
    known = {name for names in _LONG.values() for name in names} | set(_WIDE_AREAS)
    return len(known & squashed) + len(wide_measures(cells))


def positions(header: Sequence[str], name: str) -> dict[str, int]:
    """Tell which column of a PLACES file means what, the two of each measure apart.

    Raises
    ------
    PlaybookError
        When a needed column is not there.
    """
    squashed = [squash(cell) for cell in header]
    found: dict[str, int] = {}
    for role, names in _LONG.items():
        if role == "area" and not is_long(header):
            names = _WIDE_AREAS
        at = next((squashed.index(known) for known in names if known in squashed), None)
        if at is not None:
            found[role] = at
    needed = _NEEDED if is_long(header) else {"area": "TractFIPS"}
    missing = [published for role, published in needed.items() if role not in found]
    if is_long(header) and not ({"low", "high"} <= set(found) or "range" in found):
        missing.append("the low and high confidence limit")
    if missing:
        raise PlaybookError(
            f"I can't find {listed(missing)} in {name}. Its columns are {listed(header, most=8)}.",
            fix="Add the file as the CDC publishes it, with all its columns.",
        )
    return found
