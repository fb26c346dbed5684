"""The memo as a Word file."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.oxml import OxmlElement
from docx.shared import Inches

from playbook.learn.before_you_show import HEADING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from playbook.learn.memos.content import MemoContent

# Word wants a date; a fixed one keeps two files of the same memo equal.
_FIXED_DATE = datetime(2026, 1, 15)


def word_memo(content: MemoContent, steps: list[str], checks: Sequence[str] = ()) -> bytes:
    """Write a memo as Word: heading, text, chart with its words, table with a header row, lists."""
    document = new_document(content.title)
    document.add_heading(content.title, level=1)
    for line in content.lines:
        document.add_paragraph(line)
    document.add_picture(io.BytesIO(content.figure.png()), width=Inches(6))
    document.inline_shapes[-1]._inline.docPr.set("descr", content.figure.alt)
    document.add_paragraph(content.caption, style="Caption")
    add_table(document, list(content.table.columns), content.table.itertuples(index=False))
    document.add_heading("What we do next", level=2)
    for step in steps:
        document.add_paragraph(step, style="List Bullet")
    if checks:
        document.add_heading(HEADING, level=2)
    for check in checks:
        document.add_paragraph(f"\N{BALLOT BOX} {check}")
    file = io.BytesIO()
    document.save(file)
    return without_clock(file)


def new_document(title: str) -> docx.document.Document:
    """Open an empty document: Letter paper, title and language set, no author, one fixed date."""
    document = docx.Document()
    document.core_properties.title = title
    document.core_properties.language = "en-US"
    document.core_properties.author = ""
    document.core_properties.created = document.core_properties.modified = _FIXED_DATE
    document.sections[0].page_width = Inches(8.5)
    document.sections[0].page_height = Inches(11)
    return document


def without_clock(file: io.BytesIO) -> bytes:
    """Pack a Word file anew with one date for all its parts: the same memo, the same bytes."""
    steady = io.BytesIO()
    with ZipFile(file) as packed, ZipFile(steady, "w", ZIP_DEFLATED) as target:
        for name in packed.namelist():
            part = ZipInfo(name, date_time=_FIXED_DATE.timetuple()[:6])
            part.compress_type = ZIP_DEFLATED
            target.writestr(part, packed.read(name))
    return steady.getvalue()


def add_table(
    document: docx.document.Document, columns: Sequence[object], rows: Iterable[Sequence[object]]
) -> None:
    """Add a table whose header row is known as one, and is repeated on each page."""
    table = document.add_table(rows=1, cols=len(columns), style="Light Grid")
    for cell, name in zip(table.rows[0].cells, columns, strict=True):
        cell.text = str(name)
    # Screen readers and a second page need to know which row is the header.
    mark = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(mark)
    for values in rows:
        for cell, value in zip(table.add_row().cells, values, strict=True):
            cell.text = str(value)
