"""Find the reader of each file of a city by what its header means, and read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from playbook.city.identifying import by_header, stop_for_people
from playbook.city.labels import listed
from playbook.city.report import Finding
from playbook.city.sources import area_list, capacity_answers, service_requests, usaleep_source
from playbook.city.sources.source import Choices, File, Reading, Source
from playbook.city.tables import City
from playbook.city.text_files import read_header
from playbook.errors import PlaybookError

# The first that knows a header reads the file. Life expectancies come before life tables: what a
# file of its own says goes before what is taken out of the tables.
SOURCES: tuple[Source, ...] = (
    service_requests.SOURCE,
    usaleep_source.LIFE_EXPECTANCY,
    usaleep_source.LIFE_TABLES,
    capacity_answers.SOURCE,
    area_list.SOURCE,
)
READ_TODAY = "; ".join(source.what for source in SOURCES)


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
    by_kind: dict[int, list[File]] = {}
    for name, content in files:
        by_kind.setdefault(SOURCES.index(_pick(name, content)), []).append((name, content))
    readings = []
    for kind, some in sorted(by_kind.items()):
        source = SOURCES[kind]
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
        readings.append(brought)
        city = city.with_tables(brought.tables)
    return readings


def _pick(name: str, content: bytes) -> Source:
    header = read_header(content, name, _known_names)
    for source in SOURCES:
        if source.is_one(header):
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


def _without_county(brought: Reading, county: str) -> Reading:
    finding = Finding(
        "look",
        f"I did not use --county {county}: this kind of file has no county codes.",
        "Nothing, if the file is about your city only.",
    )
    report = brought.report
    return replace(brought, report=replace(report, findings=(*report.findings, finding)))
