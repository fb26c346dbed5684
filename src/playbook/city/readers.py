"""Find the reader of each file of a city by what its header means, and read it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from playbook.city.as_csv import as_csv
from playbook.city.identifying import by_header, stop_for_people
from playbook.city.labels import listed
from playbook.city.report import Finding
from playbook.city.sources import (
    acs_source,
    area_list,
    ballots_pb,
    capacity_answers,
    homeless_services,
    networks,
    person_level,
    places,
    plain_table,
    service_requests,
    usaleep_source,
)
from playbook.city.sources.request_guesses import Guess, guess_columns
from playbook.city.sources.source import Choices, File, Reading, Source
from playbook.city.tables import City
from playbook.city.text_files import read_header, read_table
from playbook.errors import PlaybookError

# The first that knows a header reads the file. Life expectancies come before life tables: what a
# file of its own says goes before what is taken out of the tables. Files about persons come before
# all others, and plain tables last: any header may have a word or two of theirs.
SOURCES: tuple[Source, ...] = (
    person_level.SOURCE,
    service_requests.SOURCE,
    usaleep_source.LIFE_EXPECTANCY,
    usaleep_source.LIFE_TABLES,
    places.SOURCE,
    acs_source.SOURCE,
    capacity_answers.SOURCE,
    area_list.SOURCE,
    ballots_pb.SOURCE,
    homeless_services.SOURCE,
    networks.SOURCE,
    plain_table.SOURCE,
)
PLAIN = plain_table.SOURCE
READ_TODAY = "; ".join(source.what for source in SOURCES if source.what)


def read_files(files: Sequence[File], city: City, choices: Choices | None = None) -> list[Reading]:
    """Read a city's files, each by the reader that its header asks for. Nothing is stored.

    Parameters
    ----------
    files
        Name and bytes of each.
    city
        The city that they are for.
    choices
        What the person who brings them has decided; nothing if left out.

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
    chosen = choices or Choices()
    by_kind: dict[tuple[int, str], list[File]] = {}
    given: dict[tuple[int, str], list[bytes]] = {}
    told: dict[tuple[int, str], list[Finding]] = {}
    for name, content in files:
        text, findings = as_csv(content, name, _known_names)
        source = _pick(name, text, chosen)
        kind = (SOURCES.index(source), name if source.apart else "")
        by_kind.setdefault(kind, []).append((name, text))
        given.setdefault(kind, []).append(content)
        told.setdefault(kind, []).extend(findings)
    readings: list[Reading] = []
    for kind, some in sorted(by_kind.items()):
        source = SOURCES[kind[0]]
        if len(some) > 1 and not source.joins:
            raise PlaybookError(
                f"{listed(name for name, _ in some)} are files of one kind: {source.what}. "
                "A city has one table of each kind. Nothing was saved.",
                fix="Add one of them. Or copy the rows into one file, below one header, and add "
                "that.",
            )
        # A county that was typed for this file goes before the city's own.
        county = chosen.county or city.profile.county
        brought = source.read(
            some, city, replace(chosen, county=county) if source.by_county else chosen
        )
        if chosen.county and not source.by_county:
            brought = _without_county(brought, chosen.county)
        brought = _as_given(brought, given[kind], told[kind])
        twice = [table for one in readings for table in one.tables if table in brought.tables]
        if twice and source.apart:
            raise PlaybookError(
                f"{some[0][0]} and another file both hold {twice[0]}. Nothing was saved.",
                fix="Copy the rows into one file, below one header, and add that.",
            )
        readings.append(brought)
        city = city.with_tables(brought.tables)
    return readings


def source_of(name: str, content: bytes) -> Source | None:
    """Name the kind of a file by its header; None when it is none that is read today."""
    text, _ = as_csv(content, name, _known_names)
    return _source_of(read_header(text, name, _known_names))


def guesses_of(name: str, content: bytes) -> list[Guess]:
    """Guess what the columns of a file of service requests mean, to be looked at and confirmed.

    Parameters
    ----------
    name, content
        The file.

    Returns
    -------
    list of Guess
        Empty when the file is of another kind.
    """
    text, _ = as_csv(content, name, _known_names)
    sample = read_table(text, name, _known_names, first=200)
    source = _source_of(sample.header)
    if source not in (service_requests.SOURCE, None):
        return []
    guesses = guess_columns(sample.header, sample.rows)
    # Dates that nobody can tell apart from others make no file of requests.
    return guesses if source or any(one.column for one in guesses if one.needed) else []


def _source_of(header: Sequence[str]) -> Source | None:
    return next((source for source in SOURCES if source.is_one(header)), None)


def _pick(name: str, content: bytes, chosen: Choices) -> Source:
    header = read_header(content, name, _known_names)
    if chosen.table == "requests_311" and chosen.columns:
        return service_requests.SOURCE
    if plain_table.is_asked_for(chosen) and not person_level.is_person_level(header):
        return PLAIN
    source = _source_of(header)
    if source:
        return source
    stop_for_people(header)
    raise PlaybookError(
        f"I can't tell what {name} is. Its columns are {listed(header, most=6)}. "
        f"Today I read {READ_TODAY}.",
        fix="Add one of these, with the names of the columns as they were downloaded. "
        "Or go on with Port Alder, which has a table for every lesson.",
    )


def _known_names(cells: Sequence[str]) -> int:
    people = sum(bool(found and found.about == "person") for found in map(by_header, cells))
    return people + max(source.known_names(cells) for source in SOURCES)


def _as_given(brought: Reading, given: Sequence[bytes], told: Sequence[Finding]) -> Reading:
    """Say what was seen on the way from a workbook or a JSON file, and which file it was."""
    sha256 = brought.sha256
    if sha256 and len(given) == 1:
        sha256 = hashlib.sha256(given[0]).hexdigest()
    report = replace(brought.report, findings=(*brought.report.findings, *told))
    return replace(brought, report=report, sha256=sha256)


def _without_county(brought: Reading, county: str) -> Reading:
    finding = Finding(
        "look",
        f"I did not use --county {county}: this kind of file has no county codes.",
        "Nothing, if the file is about your city only.",
    )
    report = brought.report
    return replace(brought, report=replace(report, findings=(*report.findings, finding)))
