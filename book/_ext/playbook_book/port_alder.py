"""The page on Port Alder: its numbers, its districts, and what was built in, all computed."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from html import escape
from itertools import groupby
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from playbook.city.capacities import planned_lessons

from .sources import catalog, claims
from .tables import WIDE, make_table

Row = Mapping[str, str]

LOWEST_GRADE = "D"
# What may be taken home from a claim, by the word in `data/insights.yaml`.
CARRIES = {
    "method": "What carries over is the method: numbers can mislead like this anywhere.",
    "published": "A published figure points the same way. The lesson names its source.",
    "port-alder-only": "We built this in. It shows how to look, not what is true elsewhere.",
}


class CityFacts(SphinxDirective):
    """``{city-facts}``: Port Alder in numbers; ``{city-facts} districts``: a row a district."""

    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Make the table."""
        data = Path(self.env.srcdir) / "data"
        rows = _read(self, data / "neighborhoods.csv")
        if self.arguments and directives.choice(self.arguments[0], ("districts",)):
            head = ("District", "People", "Its neighborhoods")
            return [make_table(head, districts(rows), "Districts of Port Alder", classes=[WIDE])]
        self.env.note_dependency(str(data / "datapackage.json"))
        package = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
        years, known = set(), set()
        for resource in package["resources"]:
            known |= {resource["as_of"]} if "as_of" in resource else set()
            if any(field["name"] == "year" for field in resource["schema"]["fields"]):
                years |= {row["year"] for row in _read(self, data / resource["path"])}
        tables = len(package["resources"])
        lines = [*facts(rows), *time_and_tables(tables, years, known)]
        return [make_table((), lines, "Port Alder in numbers")]


def _read(directive: SphinxDirective, path: Path) -> list[dict[str, str]]:
    directive.env.note_dependency(str(path))
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def facts(rows: Sequence[Row]) -> list[tuple[str, str]]:
    """Count the city: names and values, as text.

    Parameters
    ----------
    rows
        The table `neighborhoods`, as text.

    Examples
    --------
    >>> four = [
    ...     {"district": d, "population": p, "households": h, "holc_grade": g}
    ...     for d, p, h, g in [("West", "700", "300", "A"), ("West", "500", "200", "D"),
    ...                        ("East", "600", "250", "D"), ("East", "200", "90", "C")]
    ... ]
    >>> for name, value in facts(four):
    ...     print(f"{name}: {value}")
    People: 2,000, in 840 households
    Neighborhoods: 4, in 2 council districts
    Graded D by lenders in 1937: 2 of 4 neighborhoods. Today 55 of 100 people live there
    """
    people = sum(int(row["population"]) for row in rows)
    households = sum(int(row["households"]) for row in rows)
    marked = [int(row["population"]) for row in rows if row["holc_grade"] == LOWEST_GRADE]
    share = round(100 * sum(marked) / people)
    return [
        ("People", f"{people:,}, in {households:,} households"),
        (
            "Neighborhoods",
            f"{len(rows)}, in {len({row['district'] for row in rows})} council districts",
        ),
        (
            f"Graded {LOWEST_GRADE} by lenders in 1937",
            f"{len(marked)} of {len(rows)} neighborhoods. Today {share} of 100 people live there",
        ),
    ]


def time_and_tables(
    tables: int, years: Iterable[str], known: Iterable[str]
) -> list[tuple[str, str]]:
    """Say which years the tables cover, and the last day they know of.

    Parameters
    ----------
    tables
        How many tables there are.
    years
        Every year that a table has, as text.
    known
        Days such as ``"2026-01-15"`` on which a table was taken.

    Examples
    --------
    >>> time_and_tables(4, {"2019", "2024"}, {"2026-01-15"})
    [('Tables', '4, with years from 2019 to 2024'), ('Today, in every lesson', 'January 15, 2026')]
    """
    day = date.fromisoformat(max(known))
    return [
        ("Tables", f"{tables}, with years from {min(years)} to {max(years)}"),
        ("Today, in every lesson", f"{day:%B} {day.day}, {day.year}"),
    ]


def districts(rows: Sequence[Row]) -> list[tuple[str, str, str]]:
    """List the districts in the order of the table: name, people, neighborhoods.

    Examples
    --------
    >>> districts([{"district": "West", "population": "1700", "name": "Weir"},
    ...            {"district": "West", "population": "500", "name": "Quarry"},
    ...            {"district": "East", "population": "600", "name": "Kiln"},
    ...            {"district": "East", "population": "200", "name": "Ladle"}])
    [('West', '2,200', 'Weir, Quarry'), ('East', '800', 'Kiln, Ladle')]
    """
    found = []
    for name, group in groupby(rows, key=lambda row: row["district"]):
        places = list(group)
        people = sum(int(row["population"]) for row in places)
        found.append((name, f"{people:,}", ", ".join(row["name"] for row in places)))
    return found


class Planted(SphinxDirective):
    """``{planted}``: what was built into Port Alder, folded, from `data/insights.yaml`.

    ``{planted} numbers``: the numbers that the tables were drawn from, in one fold.
    """

    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Make one fold a lesson, or the fold of numbers."""
        if self.arguments and directives.choice(self.arguments[0], ("numbers",)):
            rows = _read(self, Path(self.env.srcdir) / "data" / "truth" / "effects.csv")
            return [nodes.raw("", effects(rows), format="html")]
        written = {lesson.id: lesson.title for lesson in catalog(self.env).values()}
        titles = {**planned_lessons(), **written}
        return [nodes.raw("", folds(claims(self.env).values(), titles), format="html")]


def folds(entries: Iterable[Mapping[str, str]], titles: Mapping[str, str]) -> str:
    """Fold what was built in, one fold a lesson, so that nobody reads it by accident.

    Parameters
    ----------
    entries
        Claims as in `data/insights.yaml`.
    titles
        Titles of the lessons by id, written or planned.

    Returns
    -------
    str
        HTML. The line that stays visible gives nothing away.
    """
    made = []
    for lesson, group in groupby(entries, key=lambda entry: entry["lesson"]):
        name = f"Lesson {lesson}, {titles[lesson]}" if lesson in titles else f"Lesson {lesson}"
        # What holds for several claims in a row is said once, after them.
        inside = "".join(
            f"<ul>{''.join(map(_item, claims))}</ul><p>{escape(standing)}</p>"
            for standing, claims in groupby(group, key=_standing)
        )
        made.append(
            f"<details><summary>{escape(name)} (this gives its answers away)</summary>"
            f"{inside}</details>"
        )
    return "".join(made)


def effects(rows: Iterable[Row]) -> str:
    """Fold the numbers that the tables were drawn from.

    Parameters
    ----------
    rows
        The table `truth_effects`, as text.

    Returns
    -------
    str
        HTML. The line that stays visible gives nothing away.
    """
    items = "".join(
        f"<li>{escape(row['words'])} <strong>{escape(row['value'])} {escape(row['unit'])}</strong>"
        f" ({escape(row['table'])})</li>"
        for row in rows
    )
    return (
        "<details><summary>The numbers themselves (this gives answers away)</summary>"
        f"<ul>{items}</ul></details>"
    )


def _item(entry: Mapping[str, str]) -> str:
    return f"<li><strong>{escape(entry['words'])}</strong> {escape(entry['quoted'])}</li>"


def _standing(entry: Mapping[str, str]) -> str:
    """Say what may be taken home, and how often it showed elsewhere."""
    held = str(entry["held"]).replace("other seeds", "other cities that we drew the same way")
    return f"{CARRIES[entry['carries_over']]} It also showed in {held}."


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_directive("city-facts", CityFacts)
    app.add_directive("planted", Planted)
