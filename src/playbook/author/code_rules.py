"""House rules on cells: ids, run counts, exercises and their solutions, nothing from outside."""

from __future__ import annotations

import re

from playbook.author.findings import Finding
from playbook.author.pages import Cell, Page

SOLUTION_LINE = "# Solution: click here to open"
FOLD = {"source_hidden": True, "outputs_hidden": True}
HIDE_TAG, NO_OUTPUT_TAG = "hide-cell", "remove-output"
_READABLE_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_RANDOM_ID = re.compile(r"[0-9a-f]{8,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_URL = re.compile(r"https?://|\bwww\.", re.IGNORECASE)
_NAMESPACE = re.compile(r"xmlns(?::\w+)?=[\"'][^\"']*[\"']")
_MAGIC = re.compile(r"^\s*(?:\w+\s*=\s*)?(!|%{1,2}[A-Za-z])", re.MULTILINE)
_UNCHECKED = re.compile(
    r"(?:nbval|pytest[-_]validate)[-_](?:skip|ignore[-_]output|raises[-_]exception)"
    r"|^raises-exception$",
    re.IGNORECASE,
)


def cell_ids(page: Page) -> list[Finding]:
    """Each cell has a readable id of its own, such as step-2-do."""
    found = []
    seen: set[str] = set()
    for number, cell in enumerate(page.cells, start=1):
        fix = 'Name it by its place, such as "step-2-do"'
        if cell.id in seen:
            what = "Two cells have this id"
        elif not _READABLE_ID.fullmatch(cell.id) or _RANDOM_ID.fullmatch(cell.id):
            what = f'Cell {number} has the id "{cell.id}", which says nothing'
        else:
            seen.add(cell.id)
            continue
        found.append(page.finding("cell-ids", cell, what, fix))
    return found


def executed(page: Page) -> list[Finding]:
    """Every code cell was run, once, from top to bottom."""
    fix = f"Run: playbook notebooks run {page.file}"
    for number, cell in enumerate(page.code, start=1):
        if not cell.source.strip():
            return [page.finding("executed", cell, "An empty code cell", "Remove the cell")]
        if cell.count != number:
            seen = "was never run" if cell.count is None else f"has run count {cell.count}"
            what = f"Code cell {number} {seen}"
            return [page.finding("executed", cell, what, fix)]
    if page.code and not any(cell.outputs for cell in page.code):
        return [page.finding("executed", None, "No cell shows a result", fix)]
    return []


def no_magics(page: Page) -> list[Finding]:
    """No shell command and no magic: nothing is installed from a lesson."""
    return [
        page.finding(
            "no-magics",
            cell,
            f'A line begins with "{match[1]}"',
            "Take it out; what a lesson needs is installed with the package",
        )
        for cell in page.code
        if (match := _MAGIC.search(cell.source))
    ]


def no_urls(page: Page) -> list[Finding]:
    """No web address in a lesson, in its text or in its results."""
    found = []
    for cell in page.cells:
        shown = [*cell.shown("text/html"), *cell.shown("text/markdown"), cell.words_shown]
        texts = [cell.source, *shown]
        match = next(
            (hit for text in texts if (hit := _URL.search(_NAMESPACE.sub("", text)))), None
        )
        if match:
            fix = "Name the source; its address belongs in book/references.bib"
            found.append(page.finding("no-urls", cell, f'"{match[0]}" in the lesson', fix))
    return found


def solution_cells(page: Page) -> list[Finding]:
    """Begin a solution cell with its fixed line, fold it, and hide it in the book."""
    found = []
    for cell in page.code:
        lines = cell.source.splitlines()
        marked = bool(lines) and lines[0].lower().startswith("# solution")
        if not cell.calls("solution") and not marked:
            continue
        hidden = cell.metadata.get("jupyter", {})
        if not lines or lines[0] != SOLUTION_LINE:
            what, fix = "The first line is another one", f'Begin the cell with "{SOLUTION_LINE}"'
        elif not cell.calls("solution"):
            what, fix = "Nothing proves the solution", "End the cell with pb.solution(...)"
        elif any(hidden.get(key) is not True for key in FOLD):
            what = "The solution is not folded"
            fix = "Set jupyter.source_hidden and jupyter.outputs_hidden to true"
        elif HIDE_TAG not in cell.tags:
            what, fix = "The book would show the solution", f"Add the tag {HIDE_TAG}"
        else:
            continue
        found.append(page.finding("solution-cells", cell, what, fix))
    return found


def code_exercises(page: Page) -> list[Finding]:
    """Hide the output of an exercise in code in the book, and put its solution below it."""
    found = []
    solved = {name: page.cells.index(cell) for cell in page.code for name in cell.calls("solution")}
    for cell in page.code:
        for name in cell.calls("check"):
            if NO_OUTPUT_TAG not in cell.tags:
                what, fix = f"{name} shows its output in the book", f"Add the tag {NO_OUTPUT_TAG}"
            elif solved.get(name, -1) < page.cells.index(cell):
                what = f"{name} has no solution below it"
                fix = f'Add a cell "{SOLUTION_LINE}" that ends with pb.solution("{name}", ...)'
            else:
                continue
            found.append(page.finding("code-exercises", cell, what, fix))
    return found


def exercise_ids(page: Page) -> list[Finding]:
    """Exercises carry the lesson's id and a letter, such as 3.1-a."""
    if page.entry is None:
        return []
    expected = re.compile(rf"{re.escape(page.entry.id)}-[a-z]+")
    return [
        page.finding(
            "exercise-ids",
            cell,
            f'The exercise is called "{name}"',
            f'Call it "{page.entry.id}-a" or another letter',
        )
        for cell in page.code
        for verb in ("ask", "check", "solution")
        for name in cell.calls(verb)
        if not expected.fullmatch(name)
    ]


def checked(page: Page) -> list[Finding]:
    """No cell asks the tests to look away."""
    return [
        page.finding(
            "checked",
            cell,
            f'"{mark}" keeps the tests from comparing this cell',
            "Remove it; let the cell print something that stays the same",
        )
        for cell in page.code
        for mark in _marks(cell)
    ]


RULES = (
    cell_ids,
    executed,
    no_magics,
    no_urls,
    solution_cells,
    code_exercises,
    exercise_ids,
    checked,
)


def _marks(cell: Cell) -> list[str]:
    comments = [line.lstrip(" #") for line in cell.source.splitlines() if line.startswith("#")]
    return [mark for mark in (*cell.tags, *comments) if _UNCHECKED.search(mark)]
