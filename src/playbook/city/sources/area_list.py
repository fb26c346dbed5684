"""Read a city's list of places: census tracts and the neighborhoods that residents know."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from playbook.city.labels import fold, listed, safe_cell, squash
from playbook.city.report import LEFT_OUT, Finding, Report
from playbook.city.sources.source import Choices, File, Reading, Source, reading
from playbook.city.tables import City
from playbook.city.text_files import TextTable, read_table
from playbook.errors import PlaybookError

# What a column holds, by the ways to write its name (small letters, no spaces or signs).
_NAMES = {
    "tract": "tract geoid geoid10 geoid20 tractid tractgeoid tractfips tractcode censustract",
    "neighborhood": "neighborhood neighbourhood neighborhoodname nhood community communityarea",
    "district": "district councildistrict ward",
    "population": "population residents people totalpopulation",
    "households": "households occupiedhomes",
    "area_km2": "areakm2",
    "holc_grade": "holcgrade",
}
_MEANING = {word: name for name, words in _NAMES.items() for word in words.split()}
_COUNTS = ("population", "households")
# Why a row is left out.
_NO_TRACT = "no tract of 11 digits"
_NO_NAME = "no neighborhood"
_TWICE = "a tract that an earlier row names"


def is_area_list(header: Sequence[str]) -> bool:
    """Tell whether a file says which neighborhood each census tract belongs to.

    Examples
    --------
    >>> is_area_list(["GEOID", "Neighborhood", "Ward"]), is_area_list(["Ward", "Days"])
    (True, False)
    """
    found = [_MEANING.get(squash(name), "") for name in header]
    # A file of something else may name a tract and a neighborhood beside what it is about.
    return {"tract", "neighborhood"} <= set(found) and found.count("") <= 2


def known_names(cells: Sequence[str]) -> int:
    """Count the names that a list of places may have."""
    return sum(squash(cell) in _MEANING for cell in cells)


def parse_area_list(
    content: bytes, name: str, areas: str = "tracts"
) -> tuple[pd.DataFrame, pd.DataFrame, Report]:
    r"""Read a list of census tracts and neighborhoods from its bytes.

    Parameters
    ----------
    content, name
        The file.
    areas
        ``"tracts"``: one place a tract. ``"neighborhoods"``: tracts of one neighborhood are joined.

    Returns
    -------
    places : pandas.DataFrame
        The table `neighborhoods`, with the columns that the file has.
    tracts : pandas.DataFrame
        ``tract``, ``neighborhood`` and, where the file has it, ``population``.
    report : Report
        Rows read, kept, and left out by reason; they add up.

    Raises
    ------
    PlaybookError
        When no row could be kept.

    Examples
    --------
    >>> text = b"GEOID,Neighborhood\n29510101100,Kiln\n29510101200,Kiln\n29510101300,Quarry\n"
    >>> parse_area_list(text, "areas.csv")[0]
      neighborhood_id  tract_geoid               name
    0     29510101100  29510101100  Kiln (tract 1011)
    1     29510101200  29510101200  Kiln (tract 1012)
    2     29510101300  29510101300             Quarry
    >>> parse_area_list(text, "areas.csv", "neighborhoods")[0]
      neighborhood_id    name
    0            Kiln    Kiln
    1          Quarry  Quarry
    """
    table = read_table(content, name, known_names)
    tracts, reasons = _tracts(table)
    kept = tracts[reasons.eq("")].reset_index(drop=True)
    if not len(kept):
        raise PlaybookError(
            f"I read {len(tracts) + len(table.misfits):,} rows of {name} and could keep none. "
            f"The most frequent reason: {reasons.mode().get(0, 'too many or too few cells')}.",
            fix="Write the tract as 11 digits, as in 29510101100, and add the list again.",
        )
    places = kept.rename(columns={"tract": "tract_geoid", "neighborhood": "name"})
    places = _joined(places) if areas == "neighborhoods" else _by_tract(places)
    left_out = {reason: int(reasons.eq(reason).sum()) for reason in (_NO_TRACT, _NO_NAME, _TWICE)}
    left_out["too many or too few cells"] = len(table.misfits)
    report = Report(
        source=name,
        rows_read=len(reasons) + len(table.misfits),
        rows_kept=len(kept),
        findings=tuple(_findings(places, kept, left_out)),
        counts={
            "places": len(places),
            **{f"{LEFT_OUT}{reason}": count for reason, count in left_out.items() if count},
        },
        columns_used=_columns(table),
    )
    return places, kept.reindex(columns=["tract", "neighborhood", "population"]), report


def _columns(table: TextTable) -> dict[str, str]:
    """Name of the file's column for each thing it holds; of two, the first."""
    found: dict[str, str] = {}
    for name in table.header:
        found.setdefault(_MEANING.get(squash(name), ""), name)
    found.pop("", None)
    return found


def _tracts(table: TextTable) -> tuple[pd.DataFrame, pd.Series]:
    cells = pd.DataFrame(table.rows, columns=list(table.header), dtype="str")
    tracts = pd.DataFrame({ours: cells[theirs] for ours, theirs in _columns(table).items()})
    tracts["tract"] = tracts["tract"].str.strip().str.removesuffix(".0")
    tracts["tract"] = tracts["tract"].str.replace(r"^1400000US", "", regex=True)
    tracts["neighborhood"] = fold(tracts["neighborhood"]).values.map(safe_cell)
    for name in (*_COUNTS, "area_km2"):
        if name in tracts:
            numbers = pd.to_numeric(tracts[name].str.replace(",", ""), errors="coerce")
            tracts[name] = numbers.where(numbers.between(0, 1e9))
    reasons = pd.Series("", index=tracts.index)
    reasons = reasons.mask(~tracts["tract"].str.fullmatch(r"[0-9]{11}"), _NO_TRACT)
    reasons = reasons.mask(reasons.eq("") & tracts["neighborhood"].eq(""), _NO_NAME)
    return tracts, reasons.mask(reasons.eq("") & tracts["tract"].duplicated(), _TWICE)


def _by_tract(places: pd.DataFrame) -> pd.DataFrame:
    shared = places["name"].duplicated(keep=False)
    number = places["tract_geoid"].map(tract_number)
    names = places["name"].mask(shared, places["name"] + " (tract " + number + ")")
    places = places.assign(name=names)
    places.insert(0, "neighborhood_id", places["tract_geoid"])
    return _whole(places)


def tract_number(code: str) -> str:
    """Write a tract as the Census Bureau prints it.

    Examples
    --------
    >>> tract_number("29510101100"), tract_number("29510105198")
    ('1011', '1051.98')
    """
    number = f"{int(code[5:9])}.{code[9:]}"
    return number.removesuffix(".00")


def _joined(places: pd.DataFrame) -> pd.DataFrame:
    """Join the tracts of each neighborhood; what they don't share stays out."""
    groups = places.groupby("name", sort=False)
    joined = pd.DataFrame({"name": groups["name"].first()})
    for name in places.columns.drop(["name", "tract_geoid"]):
        if name in (*_COUNTS, "area_km2"):
            joined[name] = groups[name].sum(min_count=1)
        else:
            joined[name] = groups[name].agg(
                lambda some: some.iloc[0] if some.nunique() == 1 else ""
            )
    if places["name"].is_unique:
        joined["tract_geoid"] = groups["tract_geoid"].first()
    joined.insert(0, "neighborhood_id", joined["name"])
    return _whole(joined.reset_index(drop=True))


def _whole(places: pd.DataFrame) -> pd.DataFrame:
    """Leave out columns that say nothing or are not there for every place."""
    places = places.replace("", np.nan).dropna(axis="columns")
    counts = [name for name in _COUNTS if name in places]
    return places.astype(dict.fromkeys(counts, "int64"))


def _findings(
    places: pd.DataFrame, kept: pd.DataFrame, left_out: dict[str, int]
) -> Sequence[Finding]:
    found = [
        Finding("look", f"{count:,} rows have {reason}. I left them out.", count=count)
        for reason, count in left_out.items()
        if count
    ]
    found.append(
        Finding("fine", f"{len(kept):,} census tracts make {len(places):,} places for the lessons.")
    )
    lost = [name for name in kept.columns.drop(["tract", "neighborhood"]) if name not in places]
    if lost:
        found.append(
            Finding(
                "look",
                f"I left out {listed(lost)}: not every place has one value there.",
                "Fill the gaps in a copy of the list, and add it again.",
            )
        )
    return found


def _read(files: Sequence[File], city: City, _: Choices) -> Reading:
    ((name, content),) = files
    places, tracts, report = parse_area_list(content, name, city.profile.areas)
    joined = tracts if city.profile.areas == "neighborhoods" else None
    brought = reading({"neighborhoods": places}, report, content)
    return Reading(brought.tables, brought.report, brought.sha256, tracts=joined)


SOURCE = Source("a list of tracts and neighborhoods", is_area_list, known_names, _read)
