"""A lesson as the house rules see it: cells that know their section, part and outputs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

from playbook.author.findings import Finding
from playbook.learn.catalog import Lesson

Part = Literal["core", "deeper", "session"]
CASE_TAG, DEEPER_TAG, SESSION_TAG = "case", "deeper", "session"
_FENCE = re.compile(r"^(```|~~~).*?^\1[^\n]*$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t]*#*$", re.MULTILINE)


@dataclass(frozen=True)
class Heading:
    """A Markdown heading."""

    level: int
    text: str


@dataclass(frozen=True)
class Cell:
    """One cell of a lesson.

    Parameters
    ----------
    id, kind, source, metadata, count
        As stored; `kind` is ``"markdown"`` or ``"code"``, `count` the run count or None.
    outputs
        Outputs with each text joined to one string.
    section
        The second-level heading that the cell stands under; empty above the first one.
    """

    id: str
    kind: str
    source: str
    metadata: Mapping[str, Any]
    count: int | None
    outputs: tuple[Mapping[str, Any], ...]
    section: str

    @property
    def tags(self) -> tuple[str, ...]:
        """Tags of the cell."""
        return tuple(self.metadata.get("tags", ()))

    @property
    def part(self) -> Part:
        """Which part of the lesson the cell belongs to."""
        if DEEPER_TAG in self.tags:
            return "deeper"
        return "session" if SESSION_TAG in self.tags else "core"

    @property
    def headings(self) -> tuple[Heading, ...]:
        """Headings of a Markdown cell."""
        return headings_of(self.source) if self.kind == "markdown" else ()

    def calls(self, name: str) -> tuple[str, ...]:
        """Return the first arguments of the calls of one `pb.` name, such as ``"ask"``."""
        if self.kind != "code":
            return ()
        return tuple(re.findall(rf"\bpb\.{name}\(\s*[\"']([^\"']*)[\"']", self.source))

    def shown(self, mime: str) -> Iterator[str]:
        """Yield what the cell shows in one format, such as ``"text/html"``."""
        for output in self.outputs:
            text = output.get("data", {}).get(mime)
            if isinstance(text, str):
                yield text

    @property
    def words_shown(self) -> str:
        """Everything the cell shows as plain words."""
        printed = [str(output.get("text", "")) for output in self.outputs]
        return "\n".join(filter(None, [*printed, *self.shown("text/plain")]))


@dataclass(frozen=True)
class Page:
    """A lesson's notebook with what the rules need to know about it.

    Parameters
    ----------
    file
        Path as a maintainer would type it.
    cells
        Cells in order.
    entry
        The lesson's entry in the catalog, or None when the catalog has none.
    quoted
        Figures that the prose may quote, as text: the lesson's values in `insights.yaml`.
    planted
        Whether the lesson teaches something that is true of Port Alder only.
    data_until
        The date of the city's tables; later dates in a result come from a clock.
    """

    file: str
    cells: tuple[Cell, ...]
    entry: Lesson | None = None
    quoted: tuple[str, ...] = ()
    planted: bool = False
    data_until: date = field(default=date(2026, 1, 15))

    @property
    def code(self) -> tuple[Cell, ...]:
        """Code cells."""
        return tuple(cell for cell in self.cells if cell.kind == "code")

    @property
    def prose(self) -> tuple[Cell, ...]:
        """Markdown cells."""
        return tuple(cell for cell in self.cells if cell.kind == "markdown")

    def under(self, section: str) -> tuple[Cell, ...]:
        """Return the cells of a section, its heading included."""
        return tuple(cell for cell in self.cells if cell.section == section)

    def finding(self, rule: str, cell: Cell | None, what: str, fix: str) -> Finding:
        """Make a finding about a cell of this page, or about the page."""
        return Finding(rule, self.file, cell.id if cell else "", what, fix)


def headings_of(markdown: str) -> tuple[Heading, ...]:
    r"""Return the headings of a Markdown text; lines in code fences are none.

    Examples
    --------
    >>> headings_of("## Is it real?\nLook again.")
    (Heading(level=2, text='Is it real?'),)
    """
    return tuple(
        Heading(len(marks), text) for marks, text in _HEADING.findall(_FENCE.sub("", markdown))
    )


def cells_of(notebook: Mapping[str, Any]) -> tuple[Cell, ...]:
    """Return a stored notebook's cells, each with the section it stands under."""
    cells: list[Cell] = []
    section = ""
    for raw in notebook.get("cells", ()):
        source = joined(raw.get("source", ""))
        if raw.get("cell_type") == "markdown":
            for heading in headings_of(source):
                section = heading.text if heading.level == 2 else section
        cells.append(
            Cell(
                id=str(raw.get("id", "")),
                kind=str(raw.get("cell_type", "")),
                source=source,
                metadata=raw.get("metadata", {}),
                count=raw.get("execution_count"),
                outputs=tuple(_output(output) for output in raw.get("outputs", ())),
                section=section,
            )
        )
    return tuple(cells)


def joined(text: object) -> str:
    """Join a text that a notebook stores as lines."""
    return "".join(map(str, text)) if isinstance(text, list) else str(text)


def _output(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    output = dict(raw)
    if "text" in output:
        output["text"] = joined(output["text"])
    if "data" in output:
        output["data"] = {
            mime: value if isinstance(value, dict) else joined(value)
            for mime, value in output["data"].items()
        }
    return output


def read_notebook(path: Path) -> dict[str, Any]:
    """Read a notebook file as stored.

    Raises
    ------
    ValueError
        If the file holds no JSON.
    """
    notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return notebook
