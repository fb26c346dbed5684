"""Which of the lessons' tables a plain file holds, and which of its columns is which."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from playbook.city.contract import Field, TableContract, load_contract
from playbook.city.labels import listed, squash
from playbook.city.sources.source import Choices
from playbook.errors import PlaybookError
from playbook.home import data_folder

# One row a person, a home or a word of a resident: an own city brings counts, or nothing.
ONE_ROW_A_PERSON = frozenset({
    "hmis_enrollments", "survey_responses", "comments", "pb_votes", "mobility_panel",
    "household_incidence", "address_contacts", "cdfi_loans", "alarm_survey", "installs",
    "sms_trial", "sms_pilot",
})  # fmt: skip
# Nobody has these but the makers of a fictional city.
_NOBODYS = frozenset({"truth_places", "truth_effects"})
# These have readers of their own, which know more about them.
READ_BY_MEANING = frozenset({"requests_311", "capacity_responses"})
_ALIASES = {
    "neighborhood_id": (
        "neighborhood, neighbourhood, tract, tract id, census tract, geoid, geo id, tract geoid, "
        "tract fips, area, area code"
    ),
}
# Columns that can be filled from another one of the same row.
FILLED_FROM = {("neighborhoods", "name"): "neighborhood_id"}
_YEARS_AS_COLUMNS = 3
_FEWEST_COLUMNS = 2
# A file that lacks more than this of a table's columns is some other table.
_FEW_MISSING = 2


@dataclass(frozen=True)
class ColumnMap:
    """Where the columns of one of the lessons' tables are in a file.

    Parameters
    ----------
    contract
        The table.
    columns
        Position in the file by the lessons' name of the column.
    header
        The file's own names.
    """

    contract: TableContract
    columns: Mapping[str, int]
    header: tuple[str, ...]

    def names(self) -> dict[str, str]:
        """Give the file's own name of each column."""
        return {name: self.header[at] for name, at in self.columns.items()}


def bringable(name: str) -> bool:
    """Tell whether a city of one's own may bring a table as a plain file.

    Examples
    --------
    >>> bringable("deaths"), bringable("hmis_enrollments"), bringable("truth_places")
    (True, False, False)
    """
    return name in _tables() and name not in READ_BY_MEANING


def known_names(cells: Sequence[str]) -> int:
    """Count the names of a row that one table of the lessons knows; the most of any table."""
    squashed = {squash(cell) for cell in cells}
    return max(
        sum(bool(names & squashed) for names in table.values()) for table in _names().values()
    )


def is_plain_table(header: Sequence[str]) -> bool:
    """Tell whether a header has the lessons' own names of a table, or nearly all of them.

    Examples
    --------
    >>> is_plain_table(["Neighborhood ID", "Age group", "Population"])
    True
    >>> is_plain_table(["Year", "LocationID", "MeasureId", "Data_Value"])
    False
    """
    return bool(_whole(header) or _nearly(header))


def map_columns(header: Sequence[str], choices: Choices, name: str) -> ColumnMap:
    """Tell which column is which.

    Parameters
    ----------
    header
        The file's names of its columns.
    choices
        The table and the columns that somebody has named; the rest goes by the lessons' own names.
    name
        The file's name, for messages.

    Raises
    ------
    PlaybookError
        When it can't be told which table it is, or which column is which.

    Examples
    --------
    >>> chosen = Choices(table="population_age", columns={"population": "POP20"})
    >>> map_columns(["GEOID", "age_group", "POP20"], chosen, "ages.csv").names()
    {'neighborhood_id': 'GEOID', 'age_group': 'age_group', 'population': 'POP20'}
    """
    contract = _contract_of(header, choices, name)
    left_out = {squash(column) for column in choices.leave_out}
    free = [squash(cell) not in left_out for cell in header]
    columns = _as_chosen(header, choices, contract, name)
    by_title = bool(choices.table)
    for field in contract.fields:
        if field.name in columns:
            continue
        for wanted in _in_order(field, by_title):
            fits = [at for at, cell in enumerate(header) if squash(cell) == wanted and free[at]]
            fits = [at for at in fits if at not in columns.values()]
            if len(fits) > 1:
                raise PlaybookError(
                    f"{len(fits)} columns of {name} are called {header[fits[0]]}.",
                    fix="Give each column of a copy a name of its own, and add the copy.",
                )
            if fits:
                columns[field.name] = fits[0]
                break
    missing = [f.name for f in contract.fields if f.name not in columns and _needed(contract, f)]
    if missing:
        raise _cannot_find(missing, header, contract, name)
    order = {field.name: columns[field.name] for field in contract.fields if field.name in columns}
    return ColumnMap(contract, order, tuple(header))


def _contract_of(header: Sequence[str], choices: Choices, name: str) -> TableContract:
    if choices.table:
        return _chosen_contract(choices.table)
    whole = _whole(header)
    if len(whole) > 1:
        raise PlaybookError(
            f"{name} could be {listed(whole)}: it has the columns of each.",
            fix=f"Say which one: playbook city add {name} --as {whole[0]}.",
        )
    return _tables()[whole[0] if whole else _nearly(header)]


def _chosen_contract(table: str) -> TableContract:
    if table in _tables():
        return _tables()[table]
    if table in ONE_ROW_A_PERSON:
        raise PlaybookError(
            f"In Port Alder, {table} has one row a person or home. No city brings that. "
            "Nothing was saved.",
            fix=f"{load_contract(data_folder())[table].bring} Or use Port Alder for this step.",
        )
    near = difflib.get_close_matches(table, _tables(), n=1, cutoff=0)
    raise PlaybookError(
        f'No city can bring a table called "{table}".',
        fix=f"The nearest that one can bring is {near[0]}. The data cards list all of them.",
    )


def _as_chosen(
    header: Sequence[str], choices: Choices, contract: TableContract, name: str
) -> dict[str, int]:
    columns: dict[str, int] = {}
    for ours, theirs in choices.columns.items():
        if ours not in contract.names:
            near = difflib.get_close_matches(ours, contract.names, n=1, cutoff=0)
            raise PlaybookError(
                f"The table {contract.name} has no column {ours}.",
                fix=f"The nearest is {near[0]}. It has {listed(contract.names, most=12)}.",
            )
        fits = [at for at, cell in enumerate(header) if cell.strip() == theirs.strip()]
        fits = fits or [at for at, cell in enumerate(header) if squash(cell) == squash(theirs)]
        if len(fits) != 1:
            raise PlaybookError(
                f'{name} has {len(fits) or "no"} column{"s" if fits else ""} called "{theirs}".',
                fix=f"Its columns are {listed(header, most=12)}. Name one of these.",
            )
        columns[ours] = fits[0]
    return columns


def _cannot_find(
    missing: Sequence[str], header: Sequence[str], contract: TableContract, name: str
) -> PlaybookError:
    years = [cell for cell in header if cell.strip().isdigit() and len(cell.strip()) == 4]
    if "year" in missing and len(years) >= _YEARS_AS_COLUMNS:
        return PlaybookError(
            f"In {name} the years {years[0]} to {years[-1]} stand side by side. The table "
            f"{contract.name} has one row a year.",
            fix="In a copy, put the years below each other: one column year, one column for the "
            "number. Or ask whoever sent it.",
        )
    field = contract[missing[0]]
    more = f" and {len(missing) - 1:,} more" if len(missing) > 1 else ""
    return PlaybookError(
        f"I took {name} for {contract.name}, and can't find {field.name}{more}. "
        f"Its columns are {listed(header, most=6)}.",
        fix=f"If one of them is {field.name}, add: --as {contract.name} --column "
        f'{field.name}="ITS NAME". Or ask whoever sent the file.',
    )


def is_needed(field: Field) -> bool:
    """Tell whether a city's own table must have a column, and a value in each cell of it."""
    return field.required and not field.optional


def _needed(contract: TableContract, field: Field) -> bool:
    return is_needed(field) and (contract.name, field.name) not in FILLED_FROM


def _whole(header: Sequence[str]) -> list[str]:
    """Tables of which a header has every needed column: those with the most columns of it."""
    squashed = {squash(cell) for cell in header}
    found = {
        name: sum(bool(known & squashed) for known in names.values())
        for name, names in _names().items()
        if all(
            names[field.name] & squashed
            for field in _tables()[name].fields
            if _needed(_tables()[name], field)
        )
    }
    most = max(found.values(), default=0)
    # One column, a code of places say, is in many tables.
    return [name for name, count in found.items() if count == most >= _FEWEST_COLUMNS]


def _nearly(header: Sequence[str]) -> str:
    """Give the one table that a header comes nearest to, of which it lacks little; else ""."""
    squashed = {squash(cell) for cell in header}
    lacking = {}
    for name, names in _names().items():
        needed = [f.name for f in _tables()[name].fields if _needed(_tables()[name], f)]
        there = {one for one in needed if names[one] & squashed}
        missing = len(needed) - len(there)
        telling = there - {"neighborhood_id", "year", "name", "value", "district"}
        if len(telling) >= 2 and missing <= _FEW_MISSING:
            lacking[name] = (missing, -len(there))
    least = [name for name, rank in lacking.items() if rank == min(lacking.values())]
    return least[0] if len(least) == 1 else ""


def _in_order(field: Field, by_title: bool) -> list[str]:
    """Names that a column may have, the surest first."""
    others = _ALIASES.get(field.name, "").split(", ")
    names = [field.name, *([field.title] if by_title else []), *others]
    return [squash(name) for name in names if name]


@cache
def _tables() -> Mapping[str, TableContract]:
    never = ONE_ROW_A_PERSON | _NOBODYS
    contracts = load_contract(data_folder())
    return {name: contract for name, contract in contracts.items() if name not in never}


@cache
def _names() -> Mapping[str, Mapping[str, frozenset[str]]]:
    """Squashed names of each column of each table that is told by its header alone."""
    return {
        name: {field.name: frozenset(_in_order(field, False)) for field in contract.fields}
        for name, contract in _tables().items()
        if name not in READ_BY_MEANING
    }
