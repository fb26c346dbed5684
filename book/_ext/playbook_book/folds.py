"""How a lesson folds: solutions and set-up code closed, deeper parts marked."""

from __future__ import annotations

import json
import re
from html import escape
from pathlib import Path

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.writers.html5 import HTML5Translator

DEEPER_WORDS = "Going deeper"
DEEPER_TAG = "deeper"
NOTE = "Deeper: you can skip this part"
SOLUTION_MARK = "# Solution"
_HEADING = re.compile(r"^#{2,6}\s+(.+?)\s*$", re.MULTILINE)


class MarkDeeper(SphinxTransform):
    """Mark the parts of a lesson that a reader may skip."""

    default_priority = 402

    def apply(self) -> None:
        """Walk the page."""
        marked = self._headings_tagged()
        for section in list(self.document.findall(nodes.section)):
            title = section.next_node(nodes.title).astext()
            if title.startswith(DEEPER_WORDS) or title in marked:
                section["classes"].append("deeper")
        for section in self.document.findall(nodes.section):
            inside_another = "deeper" in section.parent.get("classes", ())
            if "deeper" in section["classes"] and not inside_another:
                section.insert(1, nodes.paragraph("", NOTE, classes=["deeper-note"]))

    def _headings_tagged(self) -> set[str]:
        path = Path(self.env.doc2path(self.env.docname))
        if path.suffix != ".ipynb":
            return set()
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        return {
            heading
            for cell in cells
            if cell["cell_type"] == "markdown" and DEEPER_TAG in cell["metadata"].get("tags", ())
            for heading in _HEADING.findall("".join(cell["source"]))
        }


class OpenSolutions(SphinxTransform):
    """Open the inner fold of a solution: in the book its cell is folded already."""

    default_priority = 402

    def apply(self) -> None:
        """Walk the page."""
        closed = "<details class='pb-solution'"
        for raw in self.document.findall(nodes.raw):
            if closed in raw.astext():
                raw[:] = [nodes.Text(raw.astext().replace(closed, f"{closed} open"))]


def visit_fold(self: HTML5Translator, node: HideCodeCellNode) -> None:
    """Open a native fold: it works without JavaScript, by keyboard, and prints closed."""
    first_line = node.astext().strip().partition("\n")[0]
    if first_line.startswith(SOLUTION_MARK):
        self.body.append(
            f'<details class="fold"><summary>{escape(first_line.lstrip("# "))}</summary>\n'
        )
    else:
        self.body.append('<details class="fold quiet-fold"><summary>Show the code</summary>\n')


def depart_fold(self: HTML5Translator, node: HideCodeCellNode) -> None:
    """Close it."""
    self.body.append("</details>\n")


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_transform(MarkDeeper)
    app.add_transform(OpenSolutions)
    app.add_node(HideCodeCellNode, override=True, html=(visit_fold, depart_fold))
