"""The plan as a Word file."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from docx.shared import Inches

from playbook.learn.before_you_show import HEADING
from playbook.learn.plan.plan import (
    GAPS,
    NO_GAPS,
    OPEN,
    STEPS_CAPTION,
    UNREAD,
    WHO_DOES_WHAT,
    Plan,
    in_my_city_rows,
)
from playbook.learn.plan.store import CHARTS, plan_folder
from playbook.learn.word import add_table, new_document, without_clock

if TYPE_CHECKING:
    from docx.document import Document

    from playbook.learn.plan.pages import PlanPage


def word_plan(plan: Plan) -> bytes:
    """Write the plan as Word: headings, text, charts with their words, tables with header rows."""
    document = new_document(plan.title)
    document.add_heading(plan.title, level=1)
    document.add_paragraph(plan.count)
    document.add_heading(WHO_DOES_WHAT, level=2)
    _add(document, plan.steps_table(), STEPS_CAPTION)
    document.add_heading(GAPS, level=2)
    for gap in plan.gaps:
        document.add_paragraph(str(gap), style="List Number")
    if not plan.gaps:
        document.add_paragraph(NO_GAPS)
    for page in plan.pages:
        _add_page(document, page)
    _add_list(document, OPEN, [f"{entry.id} {entry.title}" for entry in plan.open])
    _add_list(document, HEADING, [f"\N{BALLOT BOX} {check}" for check in plan.checks])
    _add_list(document, UNREAD, plan.trouble)
    file = io.BytesIO()
    document.save(file)
    return without_clock(file)


def _add_page(document: Document, page: PlanPage) -> None:
    document.add_heading(page.heading, level=2)
    for line in page.lines:
        document.add_paragraph(page.mark(line))
    chart = plan_folder() / CHARTS / f"{page.stem}.png"
    if page.alt and chart.is_file():
        document.add_picture(str(chart), width=Inches(6))
        document.inline_shapes[-1]._inline.docPr.set("descr", page.alt)
    if page.table:
        _add(document, page.table, page.mark(page.caption))
    rows = list(in_my_city_rows(page))
    if rows:
        document.add_heading("In my city", level=3)
    for label, text in rows:
        document.add_paragraph(f"{label}: {text}", style="List Bullet")


def _add(document: Document, rows: Sequence[Sequence[str]], caption: str) -> None:
    document.add_paragraph(caption, style="Caption")
    add_table(document, rows[0], rows[1:])


def _add_list(document: Document, title: str, lines: Sequence[str]) -> None:
    if lines:
        document.add_heading(title, level=2)
    for line in lines:
        document.add_paragraph(line, style="List Bullet")
