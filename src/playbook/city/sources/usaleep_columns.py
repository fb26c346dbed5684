"""Which column of a USALEEP file means what: by the header's words, never by position.

USALEEP is the National Center for Health Statistics' small-area life expectancy project. Its file A
has one row a census tract, its file B one row a tract and age group (a life table each).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from playbook.city.labels import listed, squash
from playbook.errors import PlaybookError

# Names per meaning, the published one first. Case, spaces and signs do not count: "se(e(0))" and
# "SE E0" are one name. Columns that a lesson uses have the name of the lesson's column.
_IDS = {
    "neighborhood_id": "Tract ID, geoid, geoid10, tract geoid, census tract id",
    "state": "STATE2KX",
    "county": "CNTY2KX",
    "tract": "TRACT2KX",
}
_OF_FILE_A = {
    "life_expectancy": "e(0), life expectancy, life expectancy at birth",
    "standard_error": "se(e(0)), standard error, life expectancy standard error",
    "table_kind": "Abridged life table flag",
}
_OF_FILE_B = {
    "age_group": "Age Group",
    "probability_of_dying": "nq(x)",
    "survivors": "l(x)",
    "deaths": "nd(x)",
    "person_years": "nL(x)",
    "person_years_above": "T(x)",
    "life_expectancy": "e(x)",
    "probability_se": "se(nq(x))",
    "life_expectancy_se": "se(e(x))",
}
LIFE_EXPECTANCY_COLUMNS = ("neighborhood_id", *_OF_FILE_A)
LIFE_TABLE_COLUMNS = ("neighborhood_id", *_OF_FILE_B)
# File A tells the same without its flag.
_MAY_LACK = ("state", "county", "tract", "table_kind")
_IN_WORDS = {
    "neighborhood_id": "the 11-digit tract code (Tract ID)",
    "life_expectancy": "the life expectancy",
    "standard_error": "the standard error of the life expectancy",
    "age_group": "the age group",
    "probability_of_dying": "the probability of dying",
    "survivors": "the survivors",
    "deaths": "the deaths",
    "person_years": "the years lived in the age group",
    "person_years_above": "the years lived from that age on",
    "probability_se": "the standard error of the probability of dying",
    "life_expectancy_se": "the standard error of the life expectancy",
}


@dataclass(frozen=True)
class Layout:
    """Where each meaning is in a header.

    Parameters
    ----------
    columns
        Position per meaning: the lesson's column names, and where the file has them ``"state"``,
        ``"county"`` and ``"tract"``, the three parts of the tract code.
    header
        The file's own column names.
    """

    columns: dict[str, int]
    header: tuple[str, ...]

    def names(self) -> dict[str, str]:
        """Give the file's own column name per meaning."""
        return {role: self.header[at] for role, at in self.columns.items()}


def known_names(cells: Sequence[str]) -> int:
    """Count the columns of either file that a row of cells names.

    Examples
    --------
    >>> known_names(["Tract ID", "e(0)", "se(e(0))", "Notes"])
    3
    """
    return max(len(_positions(cells, names)) for names in (_OF_FILE_A, _OF_FILE_B))


def is_life_expectancy(header: Sequence[str]) -> bool:
    """Tell whether a header is that of file A: a tract code and a life expectancy, no age groups.

    Examples
    --------
    >>> is_life_expectancy(["Tract ID", "e(0)", "se(e(0))"])
    True
    >>> is_life_expectancy(["Tract ID", "Age Group", "nq(x)", "e(x)"])
    False
    """
    found = _positions(header, _OF_FILE_A)
    return {"neighborhood_id", "life_expectancy"} <= set(found) and not is_life_tables(header)


def is_life_tables(header: Sequence[str]) -> bool:
    """Tell whether a header is that of file B: tract code, age group and probability of dying."""
    found = _positions(header, _OF_FILE_B)
    return {"neighborhood_id", "age_group", "probability_of_dying"} <= set(found)


def recognize(header: Sequence[str], name: str) -> Layout:
    """Tell by its words which column of a USALEEP file is which.

    Parameters
    ----------
    header
        Column names in any order, case and spelling of spaces, of file A or of file B.
    name
        The file's name, for messages.

    Raises
    ------
    PlaybookError
        When a needed column is not there, or two columns could be it.

    Examples
    --------
    >>> recognize(["se(e(0))", "e(0)", "Tract ID", "Notes"], "MO_A.CSV").names()
    {'neighborhood_id': 'Tract ID', 'life_expectancy': 'e(0)', 'standard_error': 'se(e(0))'}
    """
    wanted = _OF_FILE_B if is_life_tables(header) else _OF_FILE_A
    found = _positions(header, wanted)
    for role in (*_IDS, *wanted):
        if len(found.get(role, [])) == 1 or (role in _MAY_LACK and role not in found):
            continue
        raise _cannot_tell(header, role, found.get(role, []), {**_IDS, **wanted}[role], name)
    return Layout({role: at[0] for role, at in found.items()}, tuple(header))


def _positions(header: Sequence[str], names: dict[str, str]) -> dict[str, list[int]]:
    """Positions per meaning; meanings without a column are left out."""
    squashed = [squash(cell) for cell in header]
    found = {}
    for role, known in {**_IDS, **names}.items():
        wanted = {squash(name) for name in known.split(", ")}
        at = [position for position, cell in enumerate(squashed) if cell in wanted]
        if at:
            found[role] = at
    return found


def _cannot_tell(
    header: Sequence[str], role: str, at: list[int], known: str, name: str
) -> PlaybookError:
    published = known.split(", ")[0]
    meaning = _IN_WORDS.get(role, f"the column {published}")
    way_out = (
        f"In a copy of the file, name the right column {published} and add the copy. "
        "Or add the file as the National Center for Health Statistics publishes it."
    )
    if at:
        both = listed(header[position] for position in at)
        return PlaybookError(f"Two columns of {name} could be {meaning}: {both}.", fix=way_out)
    return PlaybookError(
        f"I can't find the column with {meaning} in {name}. "
        f"Its columns are {listed(header, most=12)}.",
        fix=way_out,
    )
