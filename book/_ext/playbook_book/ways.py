"""Ways through the book: lessons in a reading order, mayor's pages, the hour of every session."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from playbook.publish.session import Part, clock, run_of_show

from .cards import page_link
from .sources import catalog, docname, material_docname
from .tables import make_table

STEPS = "The steps"


class Pathway(SphinxDirective):
    """``{pathway}``: one lesson a line, its number and its name.

    A lesson of the catalog becomes a link with its minutes; one that is not there yet is planned.
    """

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Make the list."""
        lessons = catalog(self.env)
        items = []
        for number, name in numbered(self.content):
            if number in lessons:
                lesson = lessons[number]
                line = page_link(docname(lesson), f"{number} {lesson.title}")
                line += nodes.inline("", f" {lesson.core_minutes} minutes", classes=["quiet"])
            else:
                line = nodes.paragraph("", f"{number} {name}")
                line += nodes.inline("", " planned", classes=["quiet"])
            items.append(nodes.list_item("", line))
        return [nodes.bullet_list("", *items, classes=["pathway"])]


def numbered(lines: Iterable[str]) -> list[tuple[str, str]]:
    """Part the lines of a pathway into numbers and names; empty lines are left out.

    Examples
    --------
    >>> numbered(["3.1 Fast for whom?", "", "4.1 Who answered?"])
    [('3.1', 'Fast for whom?'), ('4.1', 'Who answered?')]
    """
    filled = filter(None, map(str.strip, lines))
    return [(number, name) for number, _, name in (line.partition(" ") for line in filled)]


class MayorPages(SphinxDirective):
    """``{mayor-pages}``: words, then a link to each lesson's page for the mayor."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Make one paragraph of them: it must fit on a sheet with the rest."""
        line = nodes.paragraph("", " ".join(self.content))
        for place, lesson in enumerate(catalog(self.env).values()):
            page = material_docname(lesson, "mayor")
            # A computed page is no document, so that Sphinx could not look it up.
            address = self.env.app.builder.get_relative_uri(self.env.docname, page)
            name = f"{lesson.id} {lesson.title}"
            line += nodes.Text(" · " if place else " ")
            line += nodes.reference("", name, refuri=address, internal=True)
        return [line]


class Hour(SphinxDirective):
    """``{hour}``: the parts of every session of 60 minutes."""

    def run(self) -> list[nodes.Node]:
        """Make the table."""
        lesson = next(iter(catalog(self.env).values()))
        rows = hour(run_of_show(lesson, 60))
        return [make_table(("Clock", "Minutes", "Part"), rows, "The hour", classes=["times"])]


def hour(parts: Sequence[Part]) -> list[tuple[str, str, str]]:
    """Tell the parts that every lesson has: clock, minutes, name. Its steps become one part.

    Examples
    --------
    >>> hour([Part("A guess", 5, "Ask.", ""), Part("Step 1", 7, "Run.", ""),
    ...       Part("Step 2", 8, "Run.", ""), Part("Say it aloud", 3, "Go around.", "")])
    [('0:00', '5', 'A guess'), ('0:05', '15', 'The steps'), ('0:20', '3', 'Say it aloud')]
    """
    merged = []
    for _, group in groupby(parts, key=lambda part: part.do):
        same = list(group)
        name = STEPS if same[0].name.startswith("Step ") else same[0].name
        merged.append(Part(name, sum(part.minutes for part in same), same[0].do, ""))
    return [
        (start, str(part.minutes), part.name)
        for start, part in zip(clock(merged), merged, strict=True)
    ]


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_directive("pathway", Pathway)
    app.add_directive("mayor-pages", MayorPages)
    app.add_directive("hour", Hour)
