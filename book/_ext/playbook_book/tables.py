"""Tables that a screen reader can walk through, and a helper to make them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.writers.html5 import HTML5Translator

# Up to three columns of words wrap on a phone; more get a region that scrolls on its own.
_WRAPS = 3

HIDDEN = "for-readers"
# The class of a table that has few columns, but long names in them.
WIDE = "wide"

Content = str | nodes.Node | Sequence[nodes.Node]


def make_table(
    head: Sequence[str],
    rows: Iterable[Sequence[Content]],
    caption: str,
    classes: Sequence[str] = (),
) -> nodes.table:
    """Make a table whose first column names the rows.

    Parameters
    ----------
    head
        Headings of the columns; empty for a table of names and values.
    rows
        Text or nodes, as many a row as there are columns.
    caption
        What the table is called. Only a screen reader tells it: the heading above says it too.
    classes
        Classes for the stylesheet.
    """
    body = [_row(row) for row in rows]
    columns = len(body[0])
    table = nodes.table(classes=[*classes])
    table += nodes.title("", caption, classes=[HIDDEN])
    group = nodes.tgroup(cols=columns)
    table += group
    group += [nodes.colspec(colwidth=1, stub=int(place == 0)) for place in range(columns)]
    if head:
        group += nodes.thead("", _row(head))
    group += nodes.tbody("", *body)
    return table


def _row(values: Sequence[Content]) -> nodes.row:
    row = nodes.row()
    for value in values:
        content = [nodes.paragraph("", value)] if isinstance(value, str) else value
        row += nodes.entry("", *([content] if isinstance(content, nodes.Node) else content))
    return row


class NameTables(SphinxTransform):
    """Give a table without a caption the name of its section, for those who do not see it."""

    default_priority = 400

    def apply(self) -> None:
        """Walk the page."""
        for table in self.document.findall(nodes.table):
            # The writer looks for an id wherever there is a caption.
            self.document.set_id(table)
            if isinstance(table[0], nodes.title):
                continue
            parent = table.parent
            while parent and not isinstance(parent, nodes.section):
                parent = parent.parent
            name = parent.next_node(nodes.title).astext() if parent else "Table"
            table.insert(0, nodes.title("", name, classes=[HIDDEN]))


class TidyDataFrames(SphinxTransform):
    """Repair the HTML of plain DataFrames in stored outputs: heads, scope, a region."""

    default_priority = 401

    def apply(self) -> None:
        """Walk the page."""
        for raw in self.document.findall(nodes.raw):
            if 'class="dataframe"' in raw.astext():
                name = f"Table {raw.document.get('dataframes', 0) + 1}"
                raw.document["dataframes"] = raw.document.get("dataframes", 0) + 1
                html = tidy_dataframe(raw.astext(), name)
                raw.replace_self(nodes.raw("", html, format="html", classes=raw["classes"]))


def tidy_dataframe(html: str, name: str) -> str:
    """Make the HTML that pandas writes walkable.

    Parameters
    ----------
    html
        Output of ``DataFrame.to_html``.
    name
        What the region is called.
    """
    html = re.sub(r"<style.*?</style>", "", html, flags=re.DOTALL)
    html = html.replace("<th></th>", "<td></td>")
    head, split, body = html.partition("</thead>")
    head = re.sub(r"<th\b", '<th scope="col"', head)
    caption = f'<caption class="{HIDDEN}">{escape(name)}</caption>'
    head = re.sub(r"(<table[^>]*>)", rf"\1{caption}", head)
    body = re.sub(r"<th\b", '<th scope="row"', body)
    label = escape(name, quote=True)
    return (
        f'<div class="pb-table" tabindex="0" role="region" aria-label="{label}">'
        f"{head}{split}{body}</div>"
    )


def _is_wide(table: nodes.table) -> bool:
    return WIDE in table["classes"] or table.next_node(nodes.tgroup)["cols"] > _WRAPS


class Translator(HTML5Translator):
    """Sphinx's writer with heads that say what they head, and regions that scroll."""

    def visit_table(self, node: nodes.table) -> None:
        """Open a region around a wide table."""
        title = node.next_node(nodes.title)
        if _is_wide(node):
            name = escape(title.astext() if title else "Table", quote=True)
            self.body.append(
                f'<div class="table-region" tabindex="0" role="region" aria-label="{name}">'
            )
        super().visit_table(node)

    def depart_table(self, node: nodes.table) -> None:
        """Close it."""
        super().depart_table(node)
        if _is_wide(node):
            self.body.append("</div>\n")

    def visit_title(self, node: nodes.title) -> None:
        """Write a table's caption; elsewhere Sphinx knows best."""
        if isinstance(node.parent, nodes.table):
            self.body.append(self.starttag(node, "caption", ""))
            self.context.append("</caption>\n")
        else:
            super().visit_title(node)

    def visit_entry(self, node: nodes.entry) -> None:
        """Say whether a head is for the column or the row."""
        start = len(self.body)
        super().visit_entry(node)
        scope = "col" if isinstance(node.parent.parent, nodes.thead) else "row"
        self.body[start] = self.body[start].replace("<th", f'<th scope="{scope}"', 1)


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.set_translator("html", Translator)
    app.add_transform(NameTables)
    app.add_transform(TidyDataFrames)
