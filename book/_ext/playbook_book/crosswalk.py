"""Tables that join plays, capacities, issue areas, criteria and lessons; computed, never typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from playbook.publish.crosswalk import (
    Builders,
    capacity_rows,
    criterion_rows,
    foundation_rows,
    grid_rows,
    lesson_link,
)
from playbook.publish.play_shapes import Action, Play

from .cards import page_link
from .plays import capacity_of, lesson_words, play_link, plays, section
from .sources import catalog
from .tables import WIDE, make_table

BLANK = "Nothing yet."


class SixToSeven(SphinxDirective):
    """``{six-to-seven}``: a section each for the six older capacities, a row an action."""

    def run(self) -> list[nodes.Node]:
        """Make the sections."""
        found = plays(self.env)
        head = ("Action", "Play, and the capacity it is in now", "Criteria, and a lesson")
        return [
            section(
                nodes.make_id(row.foundation),
                row.foundation,
                [
                    make_table(
                        head,
                        [self._row(action, play) for action, play in row.moves],
                        f"{row.foundation}: its three actions",
                        classes=["crosswalk", WIDE],
                    )
                ],
            )
            for row in foundation_rows(found)
        ]

    def _row(self, action: Action, play: Play) -> tuple[str, nodes.Node, nodes.Node]:
        found = plays(self.env)
        page, name = found.pages[play.capacity].page, capacity_of(play.capacity).name
        where = [[play_link(self.env, play, short=True)], page_link(page, name).children]
        lesson = lesson_words(lesson_link(play.lesson, catalog(self.env)), short=True)
        builds = [[nodes.Text(code)] for code in play.criteria]
        return (
            action.words,
            nodes.paragraph("", "", *joined(where)),
            nodes.paragraph("", "", *joined([*builds, [nodes.Text("lesson "), *lesson]])),
        )


class CapacityTable(SphinxDirective):
    """``{capacity-table}``: the seven capacities with what went into them, criteria and lessons."""

    def run(self) -> list[nodes.Node]:
        """Make the table."""
        found = plays(self.env)
        rows = [
            (
                page_link(found.pages[row.capacity.letter].page, row.capacity.name),
                ", ".join(row.capacity.foundations),
                ", ".join(row.criteria),
                nodes.paragraph(
                    "", "", *joined([lesson_words(one, short=True) for one in row.lessons])
                ),
            )
            for row in capacity_rows(found, catalog(self.env))
        ]
        head = ("Capacity", "From the older list", "Criteria", "Lessons")
        return [make_table(head, rows, "Seven capacities, with criteria and lessons")]


class Grid(SphinxDirective):
    """``{plays-grid}``: a section an issue area, with one step a capacity or an honest blank."""

    def run(self) -> list[nodes.Node]:
        """Make the sections."""
        found = plays(self.env)
        sections = []
        for area, cells in grid_rows(found).items():
            rows = []
            for capacity, cell in cells:
                said = nodes.paragraph("", BLANK, classes=["blank"])
                if cell:
                    said = nodes.paragraph("", f"{cell.step} ")
                    said += play_link(self.env, found.plays[cell.play], short=True)
                rows.append((capacity.name, said))
            table = make_table((), rows, f"{area}: a step for each capacity", classes=["grid"])
            sections.append(section(nodes.make_id(area), area, [table]))
        return sections


class Criteria(SphinxDirective):
    """``{criteria}``: the 43 criteria by practice, each with what helps to build it."""

    def run(self) -> list[nodes.Node]:
        """Make a section a practice."""
        rows = criterion_rows(plays(self.env), catalog(self.env))
        sections = []
        for practice, group in groupby(rows, key=lambda row: row.criterion.practice):
            head = ("Code", "Meaning", "Help")
            body = [
                (row.criterion.code, row.criterion.summary, self._builders(row)) for row in group
            ]
            table = make_table(head, body, f"{practice}: criteria", classes=["criteria"])
            sections.append(section(nodes.make_id(practice), practice, [table]))
        return sections

    def _builders(self, row: Builders) -> nodes.paragraph:
        parts: list[Sequence[nodes.Node]] = [
            [play_link(self.env, play, short=True)] for play in row.plays
        ]
        parts += [page_link(page.file, page.title).children for page in row.pages]
        lessons = [lesson_words(one, short=True) for one in row.lessons]
        if lessons:
            parts.append([nodes.Text("lesson "), *joined(lessons)])
        return nodes.paragraph("", "", *(joined(parts) or [nodes.Text(BLANK)]))


def joined(parts: Iterable[Sequence[nodes.Node]], between: str = ", ") -> list[nodes.Node]:
    """Put parts in one line, with a comma between them."""
    line: list[nodes.Node] = []
    for part in parts:
        if line:
            line.append(nodes.Text(between))
        line += part
    return line


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_directive("six-to-seven", SixToSeven)
    app.add_directive("capacity-table", CapacityTable)
    app.add_directive("plays-grid", Grid)
    app.add_directive("criteria", Criteria)
