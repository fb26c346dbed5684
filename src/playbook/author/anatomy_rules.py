"""House rules on a lesson's headings: which there are, in which order, and in which part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from playbook.author.findings import Finding
from playbook.author.pages import DEEPER_TAG, SESSION_TAG, Cell, Page
from playbook.author.reading import words

GLANCE = "At a glance"
SITUATION = "The situation"
GUESS = "Guess first"
YOUR_TURN = "Your turn"
MISSING = "Who is missing?"
GOING_DEEPER = "Going deeper"
CASE = "In a real city"
TALK = "Talk about it"
REVIEW = "What works, what doesn't, what could work better?"
TAKE_IT = "Take it to work"
METHOD_NOTE = "Method note"

ORDER = (
    GLANCE,
    SITUATION,
    GUESS,
    "Step 1: ...",
    "Step 2: ...",
    "Step 3: ...",
    "Is it real?",
    YOUR_TURN,
    MISSING,
    GOING_DEEPER,
    CASE,
    TALK,
    REVIEW,
    TAKE_IT,
    "Sources and limits",
)
DEEPER_ORDER = (
    "Step 4: ...",
    "Step 5: ...",
    "More exercises",
    "Try the lever",
    "Check yourself",
    METHOD_NOTE,
)
# Two steps fewer than three may be enough; a first lesson need not go deeper.
_OPTIONAL = {"Step 2: ...", "Step 3: ..."}
SHORT_MODULE = "Start here"
_OPTIONAL_IN_SHORT = _OPTIONAL | {GOING_DEEPER, CASE}
_STEP = re.compile(r"Step (\d+): \S.*")


def one_h1(page: Page) -> list[Finding]:
    """Exactly one first-level heading, in the first cell."""
    fix = "Keep one line that begins with a single #, in the first cell"
    firsts = [cell for cell, level, _ in _headings(page) if level == 1]
    if len(firsts) != 1:
        extra = firsts[1] if firsts else None
        return [page.finding("one-h1", extra, f"{len(firsts)} first-level headings", fix)]
    if firsts[0] is not page.cells[0]:
        return [page.finding("one-h1", firsts[0], "The title is not in the first cell", fix)]
    return []


def one_heading(page: Page) -> list[Finding]:
    """At most one heading in a Markdown cell, on its first line."""
    fix = "Split the cell so that each one begins with its heading"
    found = []
    for cell in page.prose:
        if len(cell.headings) > 1:
            what = f"{len(cell.headings)} headings in one cell"
            found.append(page.finding("one-heading", cell, what, fix))
        elif cell.headings and not cell.source.lstrip().startswith("#"):
            what = f'Text stands above the heading "{cell.headings[0].text}"'
            found.append(page.finding("one-heading", cell, what, fix))
    return found


def title(page: Page) -> list[Finding]:
    """Begin the title with the lesson's name in the catalog; use at most 12 words."""
    first = next(((cell, text) for cell, level, text in _headings(page) if level == 1), None)
    if first is None:
        return []
    cell, text = first
    count = len(words(text))
    if count > 12:
        fix = "Ask it in 12 words or fewer"
        return [page.finding("title", cell, f"The title has {count} words", fix)]
    if page.entry and not text.startswith(page.entry.title):
        what = f'The catalog calls the lesson "{page.entry.title}", the title is "{text}"'
        fix = "Begin the title with the name that lessons.toml gives"
        return [page.finding("title", cell, what, fix)]
    return []


def heading_order(page: Page) -> list[Finding]:
    """Each section of the anatomy once and in its place."""
    seconds = [(cell, text) for cell, level, text in _headings(page) if level == 2]
    found = _in_order(page, "heading-order", seconds, ORDER)
    short = page.entry is not None and page.entry.module == SHORT_MODULE
    there = {_name(text) for _, text in seconds}
    for name in ORDER:
        if name not in there and name not in (_OPTIONAL_IN_SHORT if short else _OPTIONAL):
            fix = f'Add a cell that begins with "## {name}"'
            found.append(page.finding("heading-order", None, f'"{name}" is missing', fix))
    return found


def subheadings(page: Page) -> list[Finding]:
    """Headings below the second level: none skips a level, those of Going deeper are fixed."""
    found, before = [], 1
    for cell, level, text in _headings(page):
        if level > before + 1:
            what = f'"{text}" jumps from level {before} to level {level}'
            fix = f"Begin the line with {'#' * (before + 1)}"
            found.append(page.finding("subheadings", cell, what, fix))
        before = level
    deeper = [
        (cell, text)
        for cell, level, text in _headings(page)
        if level == 3 and cell.section == GOING_DEEPER
    ]
    return found + _in_order(page, "subheadings", deeper, DEEPER_ORDER)


def parts(page: Page) -> list[Finding]:
    """Tag the cells of Going deeper `deeper` and those of Talk about it `session`, no others."""
    found = []
    for tag, section in ((DEEPER_TAG, GOING_DEEPER), (SESSION_TAG, TALK)):
        for cell in page.cells:
            tagged, inside = tag in cell.tags, cell.section == section
            if inside and not tagged:
                what, fix = f'A cell of "{section}" has no tag {tag}', f"Add the tag {tag}"
                found.append(page.finding("parts", cell, what, fix))
            elif tagged and not inside:
                what = f'The tag {tag} stands outside "{section}"'
                found.append(page.finding("parts", cell, what, "Remove the tag or move the cell"))
    return found


def steps(page: Page) -> list[Finding]:
    """Give steps numbers without gaps, as in the catalog; let each one run something."""
    found = []
    stepped = [
        (cell, int(match[1]))
        for cell, _, text in _headings(page)
        if (match := _STEP.fullmatch(text))
    ]
    numbers = [number for _, number in stepped]
    if numbers != list(range(1, len(numbers) + 1)):
        what = f"Steps are numbered {', '.join(map(str, numbers)) or 'nowhere'}"
        found.append(page.finding("steps", None, what, "Number them 1, 2, 3 in order"))
    elif page.entry and numbers != _catalog_steps(page):
        what = f"The notebook has {len(numbers)} steps, the catalog {len(_catalog_steps(page))}"
        fix = "Give every step its heading and its minutes in lessons.toml"
        found.append(page.finding("steps", None, what, fix))
    for cell, number in stepped:
        if not any(other.kind == "code" for other in _following(page, cell)):
            fix = "Add one cell that shows a chart or a table"
            found.append(page.finding("steps", cell, f"Step {number} runs nothing", fix))
    return found


RULES = (one_h1, one_heading, title, heading_order, subheadings, parts, steps)


def _headings(page: Page) -> Iterator[tuple[Cell, int, str]]:
    for cell in page.prose:
        for heading in cell.headings:
            yield cell, heading.level, heading.text


def _name(text: str) -> str:
    match = _STEP.fullmatch(text)
    if text.startswith(METHOD_NOTE):
        return METHOD_NOTE
    return f"Step {match[1]}: ..." if match else text


def _in_order(
    page: Page, rule: str, headings: Sequence[tuple[Cell, str]], order: Sequence[str]
) -> list[Finding]:
    """Find headings that are unknown, twice there, or too late."""
    found, last = [], -1
    seen: set[str] = set()
    for cell, text in headings:
        name = _name(text)
        if name not in order:
            what, fix = f'"{text}" is no heading here', f"Use one of: {'; '.join(order)}"
        elif name in seen:
            what, fix = f'"{text}" is there twice', "Keep one of the two"
        elif order.index(name) < last:
            what, fix = f'"{text}" comes after "{order[last]}"', "Move it up to its place"
        else:
            seen.add(name)
            last = order.index(name)
            continue
        seen.add(name)
        found.append(page.finding(rule, cell, what, fix))
    return found


def _catalog_steps(page: Page) -> list[int]:
    named = (_STEP.fullmatch(step.name) for step in page.entry.steps) if page.entry else ()
    return [int(match[1]) for match in named if match]


def _following(page: Page, cell: Cell) -> Iterator[Cell]:
    """Yield the cells after a heading, up to the next heading."""
    start = page.cells.index(cell) + 1
    for other in page.cells[start:]:
        if other.headings:
            return
        yield other
