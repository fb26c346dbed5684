"""House rules on how long a lesson may be: its core, and all of it."""

from __future__ import annotations

import re

from playbook.author.anatomy_rules import SITUATION
from playbook.author.findings import Finding
from playbook.author.pages import Cell, Page
from playbook.author.reading import without_markup, words

CORE_WORDS, CORE_FIGURES, CORE_TERMS, CORE_MINUTES = 900, 3, 4, 40
ALL_WORDS, ALL_FIGURES, ALL_TERMS, ALL_CELLS, ALL_CODE = 1600, 6, 7, 46, 24
SITUATION_WORDS = 120
CELL_LINES, CELL_COLUMNS = 8, 80

Count = tuple[str, int, int]


def core_limits(page: Page) -> list[Finding]:
    """Keep the core to 900 words, 3 figures, 4 new terms and 40 minutes."""
    fix = "Cut, or move a part to Going deeper with the tag deeper"
    return [
        page.finding("core-limits", None, f"The core has {count} {unit}, {limit} at most", fix)
        for unit, count, limit in core_counts(page)
        if count > limit
    ]


def core_counts(page: Page) -> list[Count]:
    """Count what the core may only have so much of: unit, count, limit."""
    core = tuple(cell for cell in page.cells if cell.part == "core")
    counts = [
        ("words", word_count(core), CORE_WORDS),
        ("figures", figure_count(core), CORE_FIGURES),
    ]
    if page.entry:
        counts.append(("new terms", len(_terms_in(core, page.entry.terms)), CORE_TERMS))
        counts.append(("minutes", page.entry.core_minutes, CORE_MINUTES))
    return counts


def lesson_limits(page: Page) -> list[Finding]:
    """Keep the lesson to 1,600 words, 46 cells (24 of code), 6 figures and 7 new terms."""
    fix = "Cut, or make two lessons of it"
    return [
        page.finding("lesson-limits", None, f"The lesson has {count} {unit}, {limit} at most", fix)
        for unit, count, limit in lesson_counts(page)
        if count > limit
    ]


def lesson_counts(page: Page) -> list[Count]:
    """Count what the whole lesson may only have so much of: unit, count, limit."""
    return [
        ("words", word_count(page.cells), ALL_WORDS),
        ("cells", len(page.cells), ALL_CELLS),
        ("code cells", len(page.code), ALL_CODE),
        ("figures", figure_count(page.cells), ALL_FIGURES),
        ("new terms", len(page.entry.terms) if page.entry else 0, ALL_TERMS),
    ]


def situation_length(page: Page) -> list[Finding]:
    """Keep the situation to 120 words."""
    cells = page.under(SITUATION)
    count = word_count(cells) - len(words(SITUATION))
    if count <= SITUATION_WORDS:
        return []
    what = f"The situation has {count} words, {SITUATION_WORDS} at most"
    return [page.finding("situation-length", cells[0], what, "One place, one decision, one date")]


def short_cells(page: Page) -> list[Finding]:
    """Each code cell that is not folded: at most 8 lines; each line at most 80 columns."""
    found = []
    for cell in page.code:
        lines = cell.source.splitlines()
        folded = cell.metadata.get("jupyter", {}).get("source_hidden", False)
        widest = max(map(len, lines), default=0)
        if len(lines) > CELL_LINES and not folded:
            what = f"{len(lines)} lines of code, {CELL_LINES} at most"
            fix = "Split the cell, or give the package a function for it"
            found.append(page.finding("short-cells", cell, what, fix))
        if widest > CELL_COLUMNS:
            what = f"A line of {widest} characters, {CELL_COLUMNS} at most"
            found.append(page.finding("short-cells", cell, what, "Break the line"))
    return found


RULES = (core_limits, lesson_limits, situation_length, short_cells)


def word_count(cells: tuple[Cell, ...]) -> int:
    """Count the words of prose: headings and folded answers too, code, tables and results not."""
    prose = (without_markup(cell.source) for cell in cells if cell.kind == "markdown")
    return sum(len(words(text)) for text in prose)


def figure_count(cells: tuple[Cell, ...]) -> int:
    """Count the results that hold a figure; an explorer with many settings is one."""
    return sum(
        'class="pb-figure"' in text or "class='pb-figure'" in text
        for cell in cells
        for text in cell.shown("text/html")
    )


def _terms_in(cells: tuple[Cell, ...], terms: tuple[str, ...]) -> list[str]:
    text = " ".join(without_markup(cell.source) for cell in cells if cell.kind == "markdown")
    return [term for term in terms if re.search(rf"\b{re.escape(term)}s?\b", text, re.IGNORECASE)]
