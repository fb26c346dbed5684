"""``{data-cards}``: one card a table, from `data/datapackage.json`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from .cards import html
from .sources import catalog
from .tables import WIDE, make_table

KINDS = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "yes or no",
    "date": "date",
    "datetime": "date and time",
    "year": "year",
}


class DataCards(SphinxDirective):
    """A section a theme, and in it one a table: what it is, its columns, which lessons use it."""

    def run(self) -> list[nodes.Node]:
        """Make the cards."""
        path = Path(self.env.srcdir) / "data" / "datapackage.json"
        self.env.note_dependency(str(path))
        package = json.loads(path.read_text(encoding="utf-8"))
        themes: dict[str, list[dict[str, Any]]] = {}
        for resource in package["resources"]:
            themes.setdefault(resource["theme"], []).append(resource)
        return [self._theme(name, resources) for name, resources in themes.items()]

    def _theme(self, name: str, resources: list[dict[str, Any]]) -> nodes.section:
        section = nodes.section(names=[nodes.fully_normalize_name(name)])
        section += nodes.title("", name)
        self.state.document.note_implicit_target(section)
        section += [self._card(resource) for resource in resources]
        return section

    def _card(self, resource: dict[str, Any]) -> nodes.section:
        name = resource["name"]
        title = resource.get("title", name)
        section = nodes.section(names=[nodes.fully_normalize_name(title)])
        section += nodes.title("", title)
        self.state.document.note_implicit_target(section)
        section += nodes.paragraph("", resource.get("description", ""))
        # Sixty cards in full would be a page that nobody can find a way through.
        section += html(
            f'<details class="fold"><summary>{escape(title)}: columns and limits</summary>'
        )
        section += self._facts(resource)
        fields = resource["schema"]["fields"]
        rows = [
            [_code(field["name"]), field.get("description", ""), kind(field)] for field in fields
        ]
        caption = f"Columns of {title}"
        head = ("Column", "What it holds", "Kind")
        section += make_table(head, rows, caption, classes=["columns", WIDE])
        limits = resource.get("limits", ())
        if limits:
            section += nodes.rubric("", "What it can't tell")
            section += _list([nodes.paragraph("", text) for text in limits])
        section += html("</details>")
        return section

    def _facts(self, resource: dict[str, Any]) -> nodes.bullet_list:
        name, schema = resource["name"], resource["schema"]
        lessons = [one for one in catalog(self.env).values() if name in one.tables]
        used = ", ".join(f"{one.id} {one.title}" for one in lessons)
        facts = [
            ("File", f"data/{resource['path']}"),
            ("Where it comes from", _provenance(resource)),
            ("State of", resource.get("as_of", "")),
            ("One row is known by", " and ".join(_as_list(schema.get("primaryKey")))),
            ("Used in", used),
            ("To bring your own", resource.get("bring", "")),
        ]
        return _list(
            nodes.paragraph("", "", nodes.strong("", label), nodes.Text(f": {text}"))
            for label, text in facts
            if text
        )


def _list(paragraphs: Iterable[nodes.paragraph]) -> nodes.bullet_list:
    return nodes.bullet_list("", *[nodes.list_item("", words) for words in paragraphs])


def _code(name: str) -> nodes.paragraph:
    return nodes.paragraph("", "", nodes.literal("", name))


def kind(field: dict[str, Any]) -> str:
    """Say in plain words what a column may hold.

    Parameters
    ----------
    field
        A field of a Table Schema.
    """
    rules = field.get("constraints", {})
    words = [KINDS.get(field["type"], field["type"])]
    if field.get("unit"):
        words.append(f"in {field['unit']}")
    low, high = rules.get("minimum"), rules.get("maximum")
    if low is not None and high is not None:
        words.append(f"from {low} to {high}")
    elif low is not None:
        words.append(f"{low} or more")
    choices = rules.get("enum", field.get("categories", ()))
    if choices:
        words.append("one of: " + ", ".join(str(value) for value in choices))
    if not rules.get("required"):
        words.append("may be empty")
    return "; ".join(words)


def _provenance(resource: dict[str, Any]) -> str:
    return resource.get("provenance") or ", ".join(
        source.get("title", "") for source in resource.get("sources", ())
    )


def _as_list(value: str | list[str] | None) -> list[str]:
    return [] if not value else [value] if isinstance(value, str) else value


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_directive("data-cards", DataCards)
