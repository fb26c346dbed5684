"""USALEEP's two kinds of file as sources of a city's tables."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from playbook.city.report import Finding
from playbook.city.sources import usaleep
from playbook.city.sources.source import (
    Choices,
    File,
    Reading,
    Source,
    made_along_with,
    reading,
)
from playbook.city.tables import City


def _life_expectancy(files: Sequence[File], city: City, choices: Choices) -> Reading:
    ((name, content),) = files
    lives, report = usaleep.parse_life_expectancy(content, name, choices.county)
    findings = _about_other_tracts(lives, city, "life_table", "life tables")
    return reading({"life_expectancy": lives}, report, content, findings)


def _life_tables(files: Sequence[File], city: City, choices: Choices) -> Reading:
    ((name, content),) = files
    table, report = usaleep.parse_life_tables(content, name, choices.county)
    if "life_expectancy" in city and not made_along_with(city, "life_expectancy", "life_table"):
        findings = _about_other_tracts(table, city, "life_expectancy", "life expectancies")
        return reading({"life_table": table}, report, content, findings)
    lives = usaleep.life_expectancy_of(table)
    finding = Finding(
        "fine",
        f"I took the life expectancy of {len(lives):,} tracts from the rows of newborns, since "
        f"{city.name} has no file of its own for it.",
    )
    return reading({"life_table": table, "life_expectancy": lives}, report, content, [finding])


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


LIFE_EXPECTANCY = Source(
    "life expectancy (USALEEP, file A)",
    usaleep.is_life_expectancy,
    usaleep.known_names,
    _life_expectancy,
    by_county=True,
)
LIFE_TABLES = Source(
    "life tables (USALEEP, file B)",
    usaleep.is_life_tables,
    usaleep.known_names,
    _life_tables,
    by_county=True,
)
