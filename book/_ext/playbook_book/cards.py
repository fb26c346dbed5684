"""The landing page: map of the city, doors, lesson cards, a piece of a lesson."""

from __future__ import annotations

import csv
from html import escape
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from . import city_map
from .sources import catalog, cells, docname, shown

# Drawn on a grid of 24 by 24.
ICONS = {
    "read": "M3 5c3-1 6-1 9 1 3-2 6-2 9-1v14c-3-1-6-1-9 1-3-2-6-2-9-1zM12 6v14",
    "click": "M9 9l11 4-5 2-2 5zM4 4l2 2M10 2v3M2 10h3",
    "run": "M3 4h18v13H3zM8 21h8M10 8l5 2.5-5 2.5z",
    "people": "M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2 20c0-4 3-6 6-6s6 2 6 6M16 11a3 3 0 1 0 0-6"
    "M17 14c3 0 5 2 5 6",
}


def html(text: str) -> nodes.raw:
    """Wrap ready HTML."""
    return nodes.raw("", text, format="html")


def page_link(target: str, label: str) -> nodes.paragraph:
    """Link to a page so that a missing one is a warning."""
    link = addnodes.pending_xref(
        "",
        nodes.inline("", label),
        reftype="doc",
        refdomain="std",
        reftarget=f"/{target}",
        refexplicit=True,
        refwarn=True,
    )
    return nodes.paragraph("", "", link)


class CityMap(SphinxDirective):
    """``{city-map}``: the tile map, drawn from `data/neighborhoods.csv`."""

    def run(self) -> list[nodes.Node]:
        """Draw it."""
        path = Path(self.env.srcdir) / "data" / "neighborhoods.csv"
        self.env.note_dependency(str(path))
        with path.open(encoding="utf-8", newline="") as file:
            return [html(city_map.figure(list(csv.DictReader(file))))]


class Card(SphinxDirective):
    """``{card} Title`` with an icon; the last paragraph is its link."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar = {"icon": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        """Make the card."""
        card = nodes.container(classes=["card"])
        if "icon" in self.options:
            icon = ICONS[self.options["icon"]]
            card += html(f'<svg viewBox="0 0 24 24" aria-hidden="true"><path d="{icon}"/></svg>')
        card += html(f"<h3>{escape(self.arguments[0])}</h3>")
        self.state.nested_parse(self.content, self.content_offset, card)
        return [card]


class PlaceTitle(SphinxPostTransform):
    """Set the landing page's main heading beside the map, inside the hero."""

    default_priority = 500
    formats = ("html",)

    def run(self, **kwargs: object) -> None:
        """Move it."""
        for words in self.document.findall(nodes.container):
            if "hero-words" in words["classes"]:
                title = self.document.next_node(nodes.title)
                words.insert(0, html(f"<h1>{escape(title.astext())}</h1>"))
                title.parent.remove(title)
                return


class LessonCards(SphinxDirective):
    """``{lesson-cards}``: a card a lesson, from the catalog."""

    def run(self) -> list[nodes.Node]:
        """Make the cards."""
        grid = nodes.container(classes=["cards", "lessons"])
        for lesson in catalog(self.env).values():
            deeper = lesson.deeper_minutes
            more = f", and {deeper} more if you go deeper" if deeper else ""
            card = nodes.container(classes=["card"])
            card += html(
                f'<p class="page-label">{escape(lesson.module)}</p>'
                f'<h3><span class="number">{escape(lesson.id)}</span> {escape(lesson.title)}</h3>'
                f'<p class="question">“{escape(lesson.question)}”</p>'
                f'<dl class="facts"><dt>Time</dt><dd>{lesson.core_minutes} minutes{more}</dd>'
                f"<dt>You leave with</dt><dd>{escape(lesson.you_leave_with)}</dd></dl>"
            )
            card += page_link(docname(lesson), f"Read lesson {lesson.id}")
            grid += card
        return [grid]


class FromLesson(SphinxDirective):
    """``{from-lesson} 3.1 cell-id``: what a cell of a lesson shows, as stored."""

    required_arguments = 2

    def run(self) -> list[nodes.Node]:
        """Copy the stored output."""
        lesson_id, cell_id = self.arguments
        lesson = catalog(self.env)[lesson_id]
        found = [cell for cell in cells(self.env, lesson) if cell.get("id") == cell_id]
        if not found or not shown(found[0], "text/html"):
            raise self.error(f"Lesson {lesson_id} has no cell {cell_id!r} that shows something.")
        return [nodes.container("", html(shown(found[0], "text/html")), classes=["sample"])]


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_directive("city-map", CityMap)
    app.add_post_transform(PlaceTitle)
    app.add_directive("card", Card)
    app.add_directive("lesson-cards", LessonCards)
    app.add_directive("from-lesson", FromLesson)
