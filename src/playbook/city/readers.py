"""Which files of a city can be read today, and the reader of each kind, told by its header."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from playbook.city import usaleep
from playbook.city.capacity_answers import parse_answers, recognize_answers
from playbook.city.identifying import by_header, stop_for_people
from playbook.city.labels import fold_key, listed
from playbook.city.report import Finding, Report
from playbook.city.request_columns import known_names as known_in_requests
from playbook.city.service_requests import is_service_requests, parse_service_requests
from playbook.city.tables import City
from playbook.city.text_files import read_header
from playbook.errors import PlaybookError

File = tuple[str, bytes]


@dataclass(frozen=True)
class Reading:
    """What one kind of file brought.

    Parameters
    ----------
    tables
        Rows to store, by table name.
    report
        What was read and kept. Its ``tables`` are those names.
    sha256
        Of the file; empty for a team's answers, of which no trace of a file is kept.
    """

    tables: Mapping[str, pd.DataFrame]
    report: Report
    sha256: str = ""


@dataclass(frozen=True)
class _Reader:
    """One kind of file.

    Parameters
    ----------
    what
        What it holds, for a sentence that begins "Today I read".
    is_one
        Tells from the names of the columns whether a file is of this kind.
    read
        Reads files of this kind, given as name and bytes, for a city and perhaps one county.
    joins
        Whether several files make one table.
    by_county
        Whether a county can be chosen.
    """

    what: str
    is_one: Callable[[Sequence[str]], bool]
    read: Callable[[Sequence[File], City, str], Reading]
    joins: bool = False
    by_county: bool = False


def read_files(files: Sequence[File], city: City, county: str = "") -> list[Reading]:
    """Read a city's files, each by the reader that its header asks for. Nothing is stored.

    Parameters
    ----------
    files
        Name and bytes of each.
    city
        The city that they are for.
    county
        A county's code, for the kinds of file that cover a state.

    Returns
    -------
    list of Reading
        One per kind of file.

    Raises
    ------
    PlaybookError
        When a file is of no kind that is read today, is about persons, or can't be used; or when
        two files would make one table.
    """
    by_kind: dict[int, list[File]] = {}
    for name, content in files:
        by_kind.setdefault(_READERS.index(_pick(name, content)), []).append((name, content))
    readings = []
    for kind, some in sorted(by_kind.items()):
        reader = _READERS[kind]
        if len(some) > 1 and not reader.joins:
            raise PlaybookError(
                f"{listed(name for name, _ in some)} are files of one kind: {reader.what}. "
                "A city has one table of each kind. Nothing was saved.",
                fix="Add one of them. Or copy the rows into one file, below one header, and add "
                "that.",
            )
        reading = reader.read(some, city, county if reader.by_county else "")
        if county and not reader.by_county:
            finding = Finding(
                "look",
                f"I did not use --county {county}: this kind of file has no county codes.",
                "Nothing, if the file is about your city only.",
            )
            report = reading.report
            reading = replace(reading, report=replace(report, findings=(*report.findings, finding)))
        readings.append(reading)
        city = city.with_tables(reading.tables)
    return readings


def _pick(name: str, content: bytes) -> _Reader:
    header = read_header(content, name, _known_words)
    for reader in _READERS:
        if reader.is_one(header):
            return reader
    stop_for_people(header)
    raise PlaybookError(
        f"I can't tell what {name} is. Its columns are {listed(header, most=6)}. "
        f"Today I read {READ_TODAY}.",
        fix="Add one of these, with the names of the columns as they were downloaded. "
        "Or go on with Port Alder, which has a table for every lesson.",
    )


def _known_words(cells: Sequence[str]) -> int:
    people = sum(bool(found and found.about == "person") for found in map(by_header, cells))
    answers = len(cells) if recognize_answers(cells) else 0
    return max(known_in_requests(cells) + people, usaleep.known_names(cells) + people, answers)


def _requests(files: Sequence[File], city: City, _: str) -> Reading:
    ((name, content),) = files
    requests, report = parse_service_requests(content, name)
    labels = requests["neighborhood_id"].fillna("")
    count = int(labels.map(fold_key).eq(fold_key(city.name)).sum())
    finding = Finding(
        "look",
        f"{count:,} requests name {city.name} itself as their neighborhood. I kept that label.",
        "Ask whether it stands for an unknown place. Then empty these cells in a copy, and add it.",
        count=count,
    )
    return _reading({"requests_311": requests}, report, content, [finding] if count else [])


def _life_expectancy(files: Sequence[File], city: City, county: str) -> Reading:
    ((name, content),) = files
    lives, report = usaleep.parse_life_expectancy(content, name, county)
    findings = _about_other_tracts(lives, city, "life_table", "life tables")
    return _reading({"life_expectancy": lives}, report, content, findings)


def _life_tables(files: Sequence[File], city: City, county: str) -> Reading:
    ((name, content),) = files
    table, report = usaleep.parse_life_tables(content, name, county)
    if _brought_by_itself(city, "life_expectancy"):
        findings = _about_other_tracts(table, city, "life_expectancy", "life expectancies")
        return _reading({"life_table": table}, report, content, findings)
    lives = usaleep.life_expectancy_of(table)
    finding = Finding(
        "fine",
        f"I took the life expectancy of {len(lives):,} tracts from the rows of newborns, since "
        f"{city.name} has no file of its own for it.",
    )
    return _reading({"life_table": table, "life_expectancy": lives}, report, content, [finding])


def _answers(files: Sequence[File], _: City, __: str) -> Reading:
    answers, report = parse_answers(files)
    # A file may be named after the person who filled it in, so no name of a file is kept.
    source = f"{len(files)} file{'' if len(files) == 1 else 's'} of answers"
    report = replace(report, source=source, tables=("capacity_responses",))
    return Reading({"capacity_responses": answers}, report)


def _reading(
    tables: dict[str, pd.DataFrame], report: Report, content: bytes, more: Sequence[Finding]
) -> Reading:
    report = replace(report, findings=(*report.findings, *more), tables=tuple(tables))
    return Reading(tables, report, hashlib.sha256(content).hexdigest())


def _about_other_tracts(
    rows: pd.DataFrame, city: City, table: str, in_words: str
) -> Sequence[Finding]:
    """Say when the city's other table is about other tracts, each and every one."""
    if table not in city:
        return []
    others = set(city[table]["neighborhood_id"])
    if others & set(rows["neighborhood_id"]):
        return []
    finding = Finding(
        "look",
        f"No tract of this file is among the {len(others):,} "
        f"tract{'' if len(others) == 1 else 's'} whose {in_words} {city.name} has. I kept both.",
        "If they should be about the same places, add both files with one --county. If not: the "
        "lesson ranks the one, and shows with the other how a life table works.",
    )
    return [finding]


def _brought_by_itself(city: City, table: str) -> bool:
    """Whether a city has a table that was not made along with another one."""
    if table in city.in_memory:
        return True
    note = city.folder / f"{table}.json"
    if table not in city or not note.is_file():
        return table in city
    stored = json.loads(note.read_text(encoding="utf-8"))
    return bool(stored["report"]["tables"] == [table])


# Life expectancies come before life tables: what a file of its own says goes before what is
# taken out of the tables.
_READERS = (
    _Reader("service requests (311)", is_service_requests, _requests),
    _Reader(
        "life expectancy (USALEEP, file A)",
        usaleep.is_life_expectancy,
        _life_expectancy,
        by_county=True,
    ),
    _Reader(
        "life tables (USALEEP, file B)",
        usaleep.is_life_tables,
        _life_tables,
        by_county=True,
    ),
    _Reader("a team's capacity answers", recognize_answers, _answers, joins=True),
)
READ_TODAY = "; ".join(reader.what for reader in _READERS)
