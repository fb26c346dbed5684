"""House rules on what a section must hold: an exercise, a folded guess, questions, a next step."""

from __future__ import annotations

import re

from playbook.author.anatomy_rules import (
    GLANCE,
    GOING_DEEPER,
    GUESS,
    MISSING,
    REVIEW,
    TAKE_IT,
    TALK,
    YOUR_TURN,
)
from playbook.author.findings import Finding
from playbook.author.pages import Cell, Page
from playbook.author.reading import without_markup

_TO_TAKE = ("In my city", "15 minutes", "This week", "This month", "Owner", "Date", "Sign")
_ITEM = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+(?=\S)", re.MULTILINE)


def card(page: Page) -> list[Finding]:
    """At a glance shows the computed card of this lesson."""
    opened = [name for cell in page.under(GLANCE) for name in cell.calls("open_lesson")]
    expected = [page.entry.id] if page.entry else opened[:1]
    if opened and opened == expected:
        return []
    seen = f"opens {', '.join(opened)}" if opened else "opens no lesson"
    fix = f'Add a cell: city = pb.open_lesson("{page.entry.id if page.entry else "..."}")'
    return [page.finding("card", _first(page, GLANCE), f'"{GLANCE}" {seen}', fix)]


def guess_folded(page: Page) -> list[Finding]:
    """Fold the answer of the guess."""
    cells = page.under(GUESS)
    if not cells or any("<details>" in cell.source for cell in cells):
        return []
    fix = "Put it between <details><summary>...</summary> and </details>"
    return [page.finding("guess-folded", cells[0], "The guess has no folded answer", fix)]


def core_exercise(page: Page) -> list[Finding]:
    """Before Going deeper: one exercise, in Your turn, answered without typing code."""
    core = [cell for cell in page.code if cell.part == "core" and cell.section != GUESS]
    asked = {name for cell in core for name in cell.calls("ask")}
    coded = [cell for cell in core if cell.calls("check")]
    fix = f'Keep one pb.ask(...) under "{YOUR_TURN}" and move the others to {GOING_DEEPER}'
    if coded:
        what = "An exercise with code in the core"
        return [page.finding("core-exercise", coded[0], what, fix)]
    here = {name for cell in page.under(YOUR_TURN) for name in cell.calls("ask")}
    if len(asked) == 1 and here == asked:
        return []
    what = f'{len(asked)} exercises in the core, {len(here)} of them under "{YOUR_TURN}"'
    return [page.finding("core-exercise", _first(page, YOUR_TURN), what, fix)]


def deeper_exercises(page: Page) -> list[Finding]:
    """Have two to four exercises in Going deeper, at least one in code."""
    cells = page.under(GOING_DEEPER)
    if not cells:
        return []
    coded = {name for cell in cells for name in cell.calls("check")}
    both = coded | {name for cell in cells for name in cell.calls("ask")}
    if 2 <= len(both) <= 4 and coded:
        return []
    what = f"{len(both)} deeper exercises, {len(coded)} of them in code"
    fix = "Have two to four, at least one with pb.check(...)"
    return [page.finding("deeper-exercises", cells[0], what, fix)]


def three_questions(page: Page) -> list[Finding]:
    """Who is missing? asks three questions, a bullet each."""
    cells = page.under(MISSING)
    items = [item for cell in cells for item in _ITEM.split(cell.source)[1:]]
    asked = sum("?" in item for item in items)
    if not cells or asked == 3:
        return []
    what = f'"{MISSING}" has {asked} bullets with a question'
    return [page.finding("three-questions", cells[0], what, "Ask three, at the point of decision")]


def bullets(page: Page) -> list[Finding]:
    """Two to four prompts to talk about; three bullets on what works and what doesn't."""
    found = []
    for section, least, most in ((TALK, 2, 4), (REVIEW, 3, 3)):
        prose = [cell for cell in page.under(section) if cell.kind == "markdown"]
        count = sum(len(_ITEM.findall(cell.source)) for cell in prose)
        if prose and not least <= count <= most:
            wanted = str(least) if least == most else f"{least} to {most}"
            what = f'"{section}" has {count} bullets'
            found.append(page.finding("bullets", prose[0], what, f"Have {wanted}"))
    return found


def next_step(page: Page) -> list[Finding]:
    """Take it to work names the steps, the owner, the date and the sign, and writes the memo."""
    cells = page.under(TAKE_IT)
    if not cells:
        return []
    text = _text(page, TAKE_IT).lower()
    missing = [name for name in _TO_TAKE if name.lower() not in text]
    if not any("pb.memo(" in cell.source for cell in cells):
        missing.append("a cell with pb.memo(...)")
    if not missing:
        return []
    what = f'"{TAKE_IT}" lacks: {", ".join(missing)}'
    return [page.finding("next-step", cells[0], what, "Add it, as in lesson 3.1")]


RULES = (
    card,
    guess_folded,
    core_exercise,
    deeper_exercises,
    three_questions,
    bullets,
    next_step,
)


def _first(page: Page, section: str) -> Cell | None:
    return next(iter(page.under(section)), None)


def _text(page: Page, section: str) -> str:
    prose = (cell.source for cell in page.under(section) if cell.kind == "markdown")
    return without_markup("\n\n".join(prose))
