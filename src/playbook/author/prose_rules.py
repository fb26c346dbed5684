"""House rules on words: plain, short, spelled the US way, and no number without a source."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from playbook.author.anatomy_rules import CASE, GLANCE, METHOD_NOTE, TAKE_IT
from playbook.author.findings import Finding
from playbook.author.html_parts import text_lines
from playbook.author.pages import CASE_TAG, Cell, Page
from playbook.author.reading import grade, sentences, without_markup, words
from playbook.author.words import banned_in, british_in

HIGHEST_GRADE, LONGEST_SENTENCE = 8.0, 30
_UNITS = r"percent(?:age points?)?|per cent|points?|days?|weeks?|months?|years?|hours?"
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
# One number or a range ("18 to 41 percent"), with a dollar sign, a unit, or a decimal point.
_FIGURE = re.compile(
    rf"(?P<before>(?:lessons?|exercises?) )?(?P<dollar>\$ ?)?(?<![\w.])(?P<first>{_NUMBER})"
    rf"(?:(?: to | and | or |[-–])(?:\$ ?)?(?P<second>{_NUMBER}))?(?![\d.]*\d)"
    rf"(?P<unit>[ -](?:{_UNITS})\b| ?%)?(?!\w)",
    re.IGNORECASE,
)
_DEADLINE = re.compile(r"days?|weeks?|months?|years?|hours?", re.IGNORECASE)
# A case quotes its source, the card is computed, a method note names settings.
_WITH_FACTS = (CASE, GLANCE, METHOD_NOTE)


def banned_words(page: Page) -> list[Finding]:
    """No word that blames, flatters or hides; in text and in results."""
    return [
        page.finding("banned-words", cell, f'The word "{word}"', f"Instead: {instead}")
        for cell in page.cells
        for word, instead in dict(banned_in(_all_text(cell))).items()
    ]


def no_exclamation(page: Page) -> list[Finding]:
    """No exclamation mark, in text and in results."""
    return [
        page.finding("no-exclamation", cell, "An exclamation mark", "End with a period")
        for cell in page.cells
        if re.search(r"\w[\"'”’)*_]*!(?!=)", _all_text(cell))
    ]


def reading_grade(page: Page) -> list[Finding]:
    """Keep the lesson's prose at grade 8 or lower (Flesch-Kincaid)."""
    found = lesson_grade(page)
    if found <= HIGHEST_GRADE:
        return []
    hardest = max(page.prose, key=lambda cell: _cell_grade(cell))
    what = f"The prose reads at grade {found:.1f}; this cell is the hardest"
    fix = "Shorten sentences, take shorter words"
    return [page.finding("reading-grade", hardest, what, fix)]


def lesson_grade(page: Page) -> float:
    """Grade the prose of all cells together, headings left out."""
    text = "\n\n".join(without_markup(cell.source, headings=False) for cell in page.prose)
    return grade(text)


def sentence_length(page: Page) -> list[Finding]:
    """No sentence of more than 30 words."""
    return [
        page.finding(
            "sentence-length",
            cell,
            f'A sentence of {count} words: "{sentence[:50]}"',
            "Make two of it",
        )
        for cell in page.prose
        for sentence in sentences(without_markup(cell.source, headings=False))
        if (count := len(words(sentence))) > LONGEST_SENTENCE
    ]


def prose_numbers(page: Page) -> list[Finding]:
    """Quote only figures that the tests recompute, or that stand in a sourced case."""
    found = []
    for cell in page.prose:
        under = (cell.section, *(heading.text for heading in cell.headings))
        if CASE_TAG in cell.tags or any(text.startswith(_WITH_FACTS) for text in under):
            continue
        deadlines = cell.section == TAKE_IT
        for written in without_result(cell.source, page.quoted, deadlines=deadlines):
            what = f'The figure "{written}" has no result behind it'
            fix = "Let a cell compute it, add it to data/insights.yaml, or tag the cell case"
            found.append(page.finding("prose-numbers", cell, what, fix))
    return found


def us_spelling(page: Page) -> list[Finding]:
    """US spelling, in text and in results."""
    return [
        page.finding("us-spelling", cell, f'The spelling "{word}"', "Write it the US way")
        for cell in page.cells
        for word in dict.fromkeys(british_in(_all_text(cell)))
    ]


def said_fictional(page: Page) -> list[Finding]:
    """Port Alder is called fictional, at least once."""
    text = " ".join(_all_text(cell) for cell in page.cells)
    if "Port Alder" not in text or re.search(r"\bfictional\b", text):
        return []
    fix = 'Write "Port Alder, a fictional city" once'
    return [page.finding("said-fictional", None, "Nothing says that Port Alder is fictional", fix)]


def plain_headings(page: Page) -> list[Finding]:
    """No emoji and no pictures in headings."""
    return [
        page.finding("plain-headings", cell, f'An emoji in "{heading.text}"', "Take it out")
        for cell in page.prose
        for heading in cell.headings
        if any(unicodedata.category(letter) in ("So", "Cs", "Co") for letter in heading.text)
    ]


RULES = (
    banned_words,
    no_exclamation,
    reading_grade,
    sentence_length,
    prose_numbers,
    us_spelling,
    said_fictional,
    plain_headings,
)


def figures_in(text: str) -> list[str]:
    """Return the numbers of a plain text, as written, without thousands commas.

    Examples
    --------
    >>> figures_in("4.5 days against 8.4; $1,200 for 64 neighborhoods")
    ['4.5', '8.4', '1200', '64']
    """
    return [number.replace(",", "").rstrip(".") for number in re.findall(_NUMBER, text)]


def without_result(markdown: str, known: Sequence[str], *, deadlines: bool = False) -> list[str]:
    """List the figures of a text, as written, that are not among the known ones.

    A figure has a unit, a dollar sign or a decimal point.

    Parameters
    ----------
    markdown
        The text.
    known
        Numbers with a result behind them, as text.
    deadlines
        Whether spans of time ("15 minutes", "30 days") are steps to take and no results.

    Examples
    --------
    >>> without_result("8.4 days against 6.2, in 64 neighborhoods", ["8.4"])
    ['6.2']
    """
    values = [float(text.replace(",", "")) for text in known]
    found = []
    for match in _FIGURE.finditer(without_markup(markdown)):
        unit = (match["unit"] or "").strip(" -")
        if match["before"]:
            continue
        deadline = deadlines and _DEADLINE.fullmatch(unit) is not None
        for number in filter(None, (match["first"], match["second"])):
            plain = number.replace(",", "")
            if "." not in number and not ((match["dollar"] or unit) and not deadline):
                continue
            if not any(_same(plain, value) for value in values):
                found.append(match[0].strip())
    return found


def _same(written: str, value: float) -> bool:
    """Whether a number as written is a value, rounded to the digits that are written."""
    decimals = len(written.partition(".")[2])
    return f"{abs(value):.{decimals}f}" == f"{float(written):.{decimals}f}"


def _cell_grade(cell: Cell) -> float:
    text = without_markup(cell.source, headings=False)
    return grade(text) if len(words(text)) >= 10 else 0.0


def _all_text(cell: Cell) -> str:
    if cell.kind == "markdown":
        return without_markup(cell.source)
    html = (line for text in cell.shown("text/html") for line in text_lines(text))
    comments = re.findall(r"^\s*#(.*)$", cell.source, re.MULTILINE)
    return "\n".join([*comments, cell.words_shown, *html])
