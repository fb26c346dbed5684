"""Pathways on a page: what a program says of itself, how long, and a row a lesson."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from playbook.city.capacities import planned_lessons
from playbook.errors import PlaybookError
from playbook.publish.pathways import FILE_NAME, Pathway, Plan, plan, read_pathways

from .cards import page_link
from .sources import catalog, docname
from .tables import WIDE, make_table

PLANNED = "planned"


class PathwayPlan(SphinxDirective):
    """``{pathway-plan} id``: the words of a pathway, its sums, and its lessons."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Make two paragraphs and a table."""
        try:
            pathway = pathways(self.env).get(self.arguments[0])
            if pathway is None:
                raise self.error(f"{FILE_NAME} has no pathway {self.arguments[0]}.")
            made = plan(pathway, catalog(self.env), planned_lessons())
        except PlaybookError as problem:
            raise self.error(str(problem)) from None
        rows = [
            (
                str(stop.period),
                page_link(docname(stop.lesson), f"{stop.id} {stop.title}")
                if stop.lesson
                else f"{stop.id} {stop.title}",
                str(stop.lesson.core_minutes) if stop.lesson else PLANNED,
                stop.lesson.you_leave_with if stop.lesson else "",
            )
            for stop in made.stops
        ]
        head = (pathway.period.capitalize(), "Lesson", "Minutes", "You leave with")
        table = make_table(head, rows, f"Lessons: {pathway.name}", classes=[WIDE])
        return [described(pathway), nodes.paragraph("", sums(made)), table]


def pathways(env: BuildEnvironment) -> dict[str, Pathway]:
    """Return the pathways; pages that use them are rebuilt with them."""
    path = Path(env.srcdir) / "book" / FILE_NAME
    env.note_dependency(str(path))
    return _read(path, path.stat().st_mtime_ns)


@cache
def _read(path: Path, changed: int) -> dict[str, Pathway]:
    return read_pathways(path)


def described(pathway: Pathway) -> nodes.paragraph:
    """Tell what it is, and for a program where it says so and when."""
    line = nodes.paragraph("", pathway.words)
    if pathway.source:
        line += nodes.Text(" (As described by the program: ")
        line += nodes.reference("", pathway.source, refuri=pathway.address)
        line += nodes.Text(f", {pathway.year}.)")
    return line


def sums(made: Plan) -> str:
    """Tell how long it takes, what is written, and which criteria that helps with.

    Examples
    --------
    >>> sums(Plan(Pathway("x", "X", "", (), per=1, period="week"), ()))
    'It takes 0 weeks, 1 lesson a week. None of its lessons is written yet.'
    """
    count, there = len(made.stops), len(made.written)
    if count == 1 and not there:
        return "It has one lesson, which is planned."
    if not there:
        return f"It takes {made.length}. None of its lessons is written yet."
    written = "All lessons are" if there == count else f"{there} of {count} lessons are"
    criteria = ", ".join(made.criteria)
    return (
        f"It takes {made.length}. {written} written: {made.minutes} minutes in all. "
        f"Criteria (unofficial): {criteria}."
    )


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_directive("pathway-plan", PathwayPlan)
