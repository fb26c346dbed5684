"""What the page *Your own city* asks about a file before it is checked: which table, which column.

Nothing here stores anything.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from playbook.city.contract import Field, load_contract
from playbook.city.labels import clean, fold_key, listed, squash
from playbook.city.readers import SOURCES, read_files
from playbook.city.report import Report
from playbook.city.sources.plain_columns import bringable, is_needed
from playbook.city.sources.request_guesses import guess_columns
from playbook.city.sources.source import Choices
from playbook.city.tables import load_city
from playbook.city.text_files import TextTable, read_table
from playbook.home import data_folder
from playbook.learn.catalog import lessons

REQUESTS = "requests_311"
# A guess from rows needs no more of them.
_ROWS = 200
# More labels than this are no groups.
_MOST_LABELS = 20


@dataclass(frozen=True)
class ColumnQuestion:
    """Which column of a file holds what a lesson needs.

    Parameters
    ----------
    column
        The lessons' name of it.
    words
        The same in a reader's words.
    guess
        The file's own column that it seems to be; ``""`` when nobody can tell.
    needed
        Whether the file can't be read without it.
    """

    column: str
    words: str
    guess: str
    needed: bool


@dataclass(frozen=True)
class LabelQuestion:
    """What a city's own label means in the lessons.

    Parameters
    ----------
    column
        The lessons' name of the column.
    theirs
        The city's label, as written.
    ours
        The labels that lessons know.
    guess
        The one that says the same in other signs, such as ``"85 and older"`` for ``"85+"``.
    """

    column: str
    theirs: str
    ours: tuple[str, ...]
    guess: str = ""


def kinds_of_tables() -> list[tuple[str, str]]:
    """Title and name of each table that somebody may say a file is; lessons' own tables only.

    Examples
    --------
    >>> kinds_of_tables()[:2]
    [('Tell by its columns', ''), ('Service requests', 'requests_311')]
    """
    contracts = load_contract(data_folder())
    used = dict.fromkeys(name for one in lessons().values() for name in one.tables)
    plain = sorted((contracts[name].title, name) for name in used if bringable(name))
    return [("Tell by its columns", ""), (contracts[REQUESTS].title, REQUESTS), *plain]


def files_to_ask_for() -> list[tuple[str, str]]:
    """List the tables of all lessons: which lessons each one brings, and whom to ask for it.

    Examples
    --------
    >>> files_to_ask_for()[1][0]
    'Life expectancy (lessons 0.1 and 1.3)'
    """
    contracts = load_contract(data_folder())
    used: dict[str, list[str]] = {}
    for one in lessons().values():
        for name in one.tables:
            used.setdefault(name, []).append(one.id)
    return [
        (
            f"{contracts[name].title} (lesson{'s' if len(ids) > 1 else ''} "
            f"{listed(ids, most=len(ids))})",
            contracts[name].bring,
        )
        for name, ids in used.items()
    ]


def header_of(name: str, content: bytes) -> tuple[str, ...]:
    """Return the names of a file's columns.

    Raises
    ------
    PlaybookError
        When the file is no table.
    """
    return _table(name, content).header


def column_questions(name: str, content: bytes, table: str) -> list[ColumnQuestion]:
    r"""Guess which column of a file is which, for somebody to confirm.

    Parameters
    ----------
    name, content
        The file.
    table
        The lessons' table that it shall become. ``""`` asks nothing: its header tells.

    Raises
    ------
    PlaybookError
        When the file is no table.

    Examples
    --------
    >>> text = b"Tract,Year of death,Age,Cause,Deaths\n29510101100,2024,85+,Other,3\n"
    >>> [(one.column, one.guess) for one in column_questions("d.csv", text, "deaths")][:3]
    [('neighborhood_id', 'Tract'), ('year', 'Year of death'), ('age_group', 'Age')]
    """
    if not table:
        return []
    read = _table(name, content)
    if table == REQUESTS:
        return [
            ColumnQuestion(guess.role, guess.meaning, guess.column, guess.needed)
            for guess in guess_columns(read.header, read.rows[:_ROWS])
        ]
    fields = load_contract(data_folder())[table].fields
    free = list(read.header)
    guesses: dict[str, str] = {}
    for field in fields:
        guess = _guess(field, free)
        if guess:
            free.remove(guess)
            guesses[field.name] = guess
    guesses |= _by_elimination([f for f in fields if f.name not in guesses], free, read)
    return [
        ColumnQuestion(
            field.name,
            field.title if is_needed(field) else f"{field.title} (may be left out)",
            guesses.get(field.name, ""),
            is_needed(field),
        )
        for field in fields
    ]


def label_questions(
    name: str, content: bytes, table: str, columns: Mapping[str, str]
) -> list[LabelQuestion]:
    r"""Find the labels of a file that lessons don't know.

    Parameters
    ----------
    name, content, table
        As in `column_questions`.
    columns
        The file's own column by the lessons' name of it.

    Examples
    --------
    >>> text = b"Tract,Age\n29510101100,85+\n29510101100,1-4\n"
    >>> label_questions("d.csv", text, "population_age", {"age_group": "Age"})[0].theirs
    '85+'
    """
    if not table or table == REQUESTS:
        return []
    read = _table(name, content)
    questions = []
    for field in load_contract(data_folder())[table].fields:
        ours = tuple(map(str, field.enum or field.categories))
        if not ours or field.name not in columns or field.name == "district":
            continue
        at = read.header.index(columns[field.name])
        known = {fold_key(label) for label in ours}
        seen = dict.fromkeys(clean(row[at]) for row in read.rows)
        unknown = [label for label in seen if label and fold_key(label) not in known]
        if len(unknown) <= _MOST_LABELS and not set(ours) <= {"yes", "no"}:
            questions += [
                LabelQuestion(field.name, label, ours, _same_numbers(label, ours))
                for label in unknown
            ]
    return questions


def check_upload(name: str, content: bytes, key: str, choices: Choices) -> Report:
    """Read a file for a city and say what was found. Nothing is stored.

    Raises
    ------
    PlaybookError
        When it can't be used, or may identify residents.
    """
    return read_files([(name, content)], load_city(key), choices)[0].report


def _table(name: str, content: bytes) -> TextTable:
    return read_table(content, name, _known_names)


def _known_names(cells: Sequence[str]) -> int:
    return max(source.known_names(cells) for source in SOURCES)


def _same_numbers(label: str, ours: Sequence[str]) -> str:
    """Find the one label with the same numbers in it."""
    numbers = re.findall(r"\d+", label)
    fits = [one for one in ours if numbers and re.findall(r"\d+", one) == numbers]
    return fits[0] if len(fits) == 1 else ""


def _by_elimination(
    fields: Sequence[Field], free: Sequence[str], read: TextTable
) -> dict[str, str]:
    """Pair what is needed and what is left, where only one of each kind is."""
    found = {}
    for numbers in (True, False):
        needed = [f for f in fields if is_needed(f) and (f.type != "string") == numbers]
        left = [name for name in free if _mostly_numbers(name, read) == numbers]
        if len(needed) == len(left) == 1:
            found[needed[0].name] = left[0]
    return found


def _mostly_numbers(name: str, read: TextTable) -> bool:
    at = read.header.index(name)
    cells = [row[at].strip() for row in read.rows[:_ROWS] if row[at].strip()]
    return sum(cell[:1].isdigit() for cell in cells) > len(cells) / 2


def _guess(field: Field, header: Sequence[str]) -> str:
    """Find the column whose name is most like the lessons' name of it."""
    squashed = {squash(cell): cell for cell in header}
    wanted = [squash(field.name), squash(field.title)]
    if field.name == "neighborhood_id":
        wanted += ["tract", "geoid", "censustract", "neighborhood"]
    for one in wanted:
        if one in squashed:
            return squashed[one]
    for one in wanted:
        inside = [
            cell for key, cell in squashed.items() if len(key) > 2 and (key in one or one in key)
        ]
        near = get_close_matches(one, squashed, n=1, cutoff=0.75)
        if inside or near:
            return inside[0] if inside else squashed[near[0]]
    return ""
