"""People by age, and by age and race, out of census files of sex by age."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from playbook.city.labels import listed
from playbook.city.report import Finding
from playbook.city.sources import acs_tables as made
from playbook.city.sources.acs_file import CensusFile
from playbook.city.sources.areas import to_ids
from playbook.city.sources.usaleep_rows import AGE_GROUPS
from playbook.city.tables import City

_SPLIT = (
    "The census counts children under 5 as one group. I put a fifth of them under 1, and the rest "
    "in 1-4, since the lessons' tables of deaths have both."
)


def letter_of(table: str) -> str:
    """Return the last letter of a table's variables: surveys estimate, the census counts."""
    return "N" if table.startswith("P") else "E"


def has_ages(file: CensusFile, table: str) -> bool:
    """Whether a file has every row of a sex-by-age table."""
    groups = made.age_variables(table).values()
    return all(file.has(names, letter_of(table)) for names in groups)


def by_age(
    files: Sequence[CensusFile], city: City
) -> tuple[pd.DataFrame, pd.DataFrame, list[Finding]] | None:
    """Make the table `population_age`, with the values not used and what to tell.

    Returns None when no file has people by age. The survey's table goes before the census's.
    """
    found = next(
        ((file, table) for table in made.BY_AGE for file in files if has_ages(file, table)), None
    )
    if found is None:
        return None
    file, table = found
    people, reasons = _long(file, table, city)
    said = f"I added up {table} to eleven age groups. {_SPLIT}"
    findings = [Finding("look", said, "Keep this in mind where babies are counted apart.")]
    if table == "B01001":
        findings.append(
            Finding("fine", "Its counts are estimates with margins. This table has no column for.")
        )
    return people, reasons, [*findings, *_about_left_out(reasons)]


def by_age_and_race(
    files: Sequence[CensusFile], city: City
) -> tuple[pd.DataFrame, pd.DataFrame, list[Finding]] | None:
    """Make the table `population_age_race` when all eight tables of the census are there."""
    found = {table: file for table in made.BY_RACE for file in files if has_ages(file, table)}
    if len(found) < len(made.BY_RACE):
        return None
    tables, notes = [], []
    for table, group in made.BY_RACE.items():
        people, reasons = _long(found[table], table, city)
        tables.append(people.assign(race_ethnicity=group))
        notes.append(reasons)
    key = ["neighborhood_id", "age_group", "race_ethnicity"]
    together = pd.concat(tables).groupby(key, sort=False)["population"].sum().reset_index()
    # A place must have its row in every group: a part of its people would mislead.
    groups = set(made.BY_RACE.values())
    whole = together.groupby("neighborhood_id")["age_group"].transform("size")
    together = together[whole.eq(len(groups) * len(AGE_GROUPS))].reset_index(drop=True)
    finding = Finding(
        "look",
        "The census of 2020 has noise added for privacy. Small groups may be off by a few people.",
        "Hide counts of 1 to 10 before you show them.",
    )
    reasons = pd.concat(notes, ignore_index=True)
    return together, reasons, [finding, *_about_left_out(reasons)]


def missing_race_tables(files: Sequence[CensusFile]) -> list[str]:
    """Name the tables by race that are still missing, when some are there."""
    there = {table for table in made.BY_RACE if any(has_ages(file, table) for file in files)}
    return [table for table in made.BY_RACE if table not in there] if there else []


def _long(file: CensusFile, table: str, city: City) -> tuple[pd.DataFrame, pd.DataFrame]:
    letter = letter_of(table)
    read = {
        variable: file.values(f"{variable}{letter}")
        for names in made.age_variables(table).values()
        for variable in names
    }
    numbers = pd.DataFrame({variable: values for variable, (values, _) in read.items()})
    why = pd.DataFrame({variable: reasons for variable, (_, reasons) in read.items()})
    groups = made.people_by_age(numbers, table)
    complete = groups.notna().all(axis=1)
    ids = to_ids(file.areas.codes[file.kept], city)
    groups = groups[complete].round().astype("int64")
    people = groups.assign(neighborhood_id=ids[complete]).melt(
        "neighborhood_id", list(AGE_GROUPS), "age_group", "population"
    )
    order = {age: at for at, age in enumerate(AGE_GROUPS)}
    people = people.sort_values(
        ["neighborhood_id", "age_group"],
        key=lambda column: column.map(order) if column.name == "age_group" else column,
        kind="stable",
        ignore_index=True,
    )
    first = why.apply(lambda row: next((reason for reason in row if reason), ""), axis=1)
    reasons = pd.DataFrame({"row": file.rows[file.kept], "column": "population", "reason": first})
    return people, reasons[~complete].reset_index(drop=True)


def _about_left_out(reasons: pd.DataFrame) -> Iterator[Finding]:
    if len(reasons):
        counted = reasons["reason"].value_counts()
        yield Finding(
            "look",
            f"{len(reasons):,} places lack a count in some age group: "
            f"{listed(f'{reason} ({count:,})' for reason, count in counted.items())}. They are not "
            "in the table of people by age.",
            "Nothing, if the Census Bureau publishes none for them.",
            tuple(reasons["row"]),
            len(reasons),
        )
