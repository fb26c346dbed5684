"""The Census Bureau's files as a source: surveys (ACS) and people by age, several files at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pandas as pd

from playbook.city.labels import listed
from playbook.city.report import LEFT_OUT, Finding, Report
from playbook.city.sources import acs_tables as made
from playbook.city.sources.acs_file import CensusFile, is_census, known_names, understand
from playbook.city.sources.acs_people import by_age, by_age_and_race, missing_race_tables
from playbook.city.sources.acs_profile import Profile, make_profile
from playbook.city.sources.areas import MANY, about_areas, about_other_places, to_ids
from playbook.city.sources.source import Choices, File, Reading, Source, reading
from playbook.city.sources.usaleep_rows import NO_FIT
from playbook.city.tables import City
from playbook.errors import PlaybookError

# Why a row is left out that has a place and no number to show for it.
NO_NUMBER = "no number that a lesson's table must have"


def read_census(files: Sequence[File], city: City, choices: Choices) -> Reading:
    """Read census files of any number together; they are joined by place.

    Returns
    -------
    Reading
        Of the tables ``acs_profile``, ``population_age`` and ``population_age_race`` those that
        the files are enough for.

    Raises
    ------
    PlaybookError
        When a file can't be used, or all of them bring nothing that a lesson needs.
    """
    understood = [understand(content, name, city, choices.county) for name, content in files]
    tables: dict[str, pd.DataFrame] = {}
    reasons: dict[str, pd.DataFrame] = {}
    findings: list[Finding] = []
    used: dict[str, str] = {}
    profile = make_profile(understood, city)
    if profile and len(profile.table):
        tables["acs_profile"], reasons["acs_profile"] = profile.table, profile.reasons
        findings, used = list(profile.findings), profile.used
    for table, people in (
        ("population_age", by_age(understood, city)),
        ("population_age_race", by_age_and_race(understood, city)),
    ):
        if people and len(people[0]):
            tables[table], reasons[table] = people[0], people[1]
            findings += people[2]
            used[table] = "sex by age"
    if not tables:
        raise _no_poverty(profile) if profile else _brings_nothing(understood)
    there = {place for table in tables.values() for place in table["neighborhood_id"]}
    understood = [_with_what_is_used(file, there, city) for file in understood]
    report = _report(understood, findings, used, city)
    content = b"".join(content for _, content in files)
    return reading(tables, report, content, reasons=reasons)


def _with_what_is_used(file: CensusFile, there: set[str], city: City) -> CensusFile:
    """Count the rows as left out whose place is in no table."""
    unused = file.kept & ~to_ids(file.areas.codes, city).isin(there)
    return replace(file, reasons=file.reasons.mask(unused, NO_NUMBER))


def _report(
    files: Sequence[CensusFile], findings: Sequence[Finding], used: dict[str, str], city: City
) -> Report:
    left_out: Counter[str] = Counter()
    for file in files:
        left_out.update(str(reason) for reason in file.reasons[~file.kept])
        left_out[NO_FIT] += len(file.table.misfits)
    read = sum(len(file.reasons) + len(file.table.misfits) for file in files)
    about = [finding for file in files for finding in _about_file(file, city, len(files) > 1)]
    year = max(file.year for file in files)
    return Report(
        source=files[0].name if len(files) == 1 else f"{len(files)} census files",
        rows_read=read,
        rows_kept=sum(int(file.kept.sum()) for file in files),
        findings=(*_about_left_out(files, left_out), *about, *findings, *_not_used(files)),
        counts={
            MANY[files[0].kind]: int(files[0].kept.sum()),
            **{f"{LEFT_OUT}{reason}": count for reason, count in left_out.items() if count},
        },
        columns_used=used,
        as_of=f"{year}-12-31 00:00" if year else "",
    )


def _about_file(file: CensusFile, city: City, named: bool) -> Iterator[Finding]:
    ids = file.areas.codes[file.kept]
    for finding in (
        *about_areas(file.areas, file.kind, file.reasons, file.rows),
        *about_other_places(ids, city),
    ):
        yield replace(finding, what=f"{file.name}: {finding.what}") if named else finding


def _about_left_out(files: Sequence[CensusFile], left_out: Counter[str]) -> Iterator[Finding]:
    for reason, count in left_out.most_common():
        if not count:
            continue
        # Rows of several files would be mistaken for rows of one.
        rows = files[0].rows[files[0].reasons.eq(reason)] if len(files) == 1 else ()
        if reason == NO_FIT and len(files) == 1:
            rows = pd.Series(files[0].table.misfits, dtype="int64")
        yield Finding(
            "fine",
            f"Left out: {count:,} row{'' if count == 1 else 's'}, {reason}.",
            rows=tuple(rows),
            count=count,
        )


def _not_used(files: Sequence[CensusFile]) -> Iterator[Finding]:
    for table in dict.fromkeys(table for file in files for table in file.tables):
        if table in made.IN_PLACE_OF:
            instead, why = made.IN_PLACE_OF[table]
            yield Finding("look", f"I did not use {table}: {why}.", f"Add {instead}.")
        elif not made.is_used(table):
            yield Finding("fine", f"No lesson needs table {table}.")
    missing = missing_race_tables(files)
    if missing:
        yield Finding(
            "look",
            "For people by age and race all eight tables P12H to P12O go together. Missing: "
            f"{listed(missing, most=8)}.",
            "Add all eight files with one command.",
        )


def _no_poverty(profile: Profile) -> PlaybookError:
    if profile.reasons["column"].eq("poverty_pct").any() or "poverty_pct" in profile.used:
        return PlaybookError(
            "Fewer than five places have a rate of poverty with its margin. That is too few for "
            "the lessons. Nothing was saved.",
            fix="Take S1701 for all census tracts of your county.",
        )
    return PlaybookError(
        f"I can read {listed(made.IN_WORDS[name] for name in profile.used)}. The lessons' profile "
        "also needs poverty. Nothing was saved.",
        fix="Add table S1701 of the same survey too, with one command: playbook city add and both "
        "names.",
    )


def _brings_nothing(files: Sequence[CensusFile]) -> PlaybookError:
    tables = list(dict.fromkeys(table for file in files for table in file.tables))
    near = [made.IN_PLACE_OF[table] for table in tables if table in made.IN_PLACE_OF]
    if near:
        instead, why = near[0]
        return PlaybookError(f"{why}. Nothing was saved.", fix=f"Take {instead} in its place.")
    if missing_race_tables(files):
        return PlaybookError(
            "For people by age and race all eight tables P12H to P12O go together. I found "
            f"{listed(tables, most=8)}. Nothing was saved.",
            fix="Add all eight files with one command.",
        )
    return PlaybookError(
        f"{files[0].name} holds census table {listed(tables)}. No lesson needs it, or it lacks a "
        "column that goes with it. Nothing was saved.",
        fix="For poverty take S1701, for income B19013, for people by age B01001. Download the "
        "whole table.",
    )


SOURCE = Source(
    "census tables (ACS: S1701, B19013, B25003, S1601, B25044, B25034, B28002, B01001)",
    is_census,
    known_names,
    read_census,
    joins=True,
    by_county=True,
)
