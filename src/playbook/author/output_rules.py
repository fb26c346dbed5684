"""House rules on results: no errors, nothing that changes from run to run, practice marked."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date

from playbook.author.findings import Finding
from playbook.author.html_parts import text_lines
from playbook.author.pages import Cell, Page
from playbook.learn.practice import PRACTICE

PLANTED_SENTENCE = "We built this in."
_MONTHS = list(calendar.month_name)[1:]
_ISO_DATE = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_LONG_DATE = re.compile(rf"\b({'|'.join(_MONTHS)}) (\d{{1,2}}), (\d{{4}})\b")
_CLOCK = re.compile(
    r"(?<!\d[ T])\b\d{1,2}:\d{2}:\d{2}\b|\b\d{1,2}:\d{2}:\d{2}\.\d+|\b\d+(?:\.\d+)? ?[mµn]s\b"
)
_PLACE = re.compile(
    r"(?<![\w.<])/(?:home|tmp|usr|var|opt|root|Users|private|work|mnt|app|github)/|\b[A-Za-z]:\\\w"
)
_VERSION = re.compile(
    r"\b\d+\.\d+\.\d+\b|\b(?:python|pandas|numpy|matplotlib|scipy)[ =]=? ?v?\d", re.IGNORECASE
)
_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{6,}|<[\w.]+ object\b")
_BARE = re.compile(
    r"[-+]?(?:\d+\.\d*|\.\d+)(?:e[-+]?\d+)?|[-+]?\d+e[-+]?\d+|nan|inf|-inf|"
    r"[{<].*[}>]|[A-Za-z_][\w.]*\(.*\)|[\[(].*\d\.\d.*[\])]",
    re.DOTALL,
)
_PRACTICE = re.compile(re.escape(PRACTICE), re.IGNORECASE)
_SAVED = re.compile(r"Saved: (?:[\w.-]+/practice-[^\s,]+(?:, )?)+")


def no_errors(page: Page) -> list[Finding]:
    """No stored error, and nothing on the error stream."""
    found = []
    for cell in page.code:
        for output in cell.outputs:
            if output.get("output_type") == "error":
                what = f"The cell ends in {output.get('ename')}: {output.get('evalue')}"
                found.append(page.finding("no-errors", cell, what, "Repair the cell, run it again"))
            elif output.get("name") == "stderr":
                what = f'The cell warns: "{str(output.get("text"))[:60].strip()}"'
                found.append(page.finding("no-errors", cell, what, "Remove the cause, run again"))
    return found


def steady_results(page: Page) -> list[Finding]:
    """No clock, path, version or address in a result: what a cell shows stays the same."""
    found = []
    for cell in page.code:
        for text in _texts(cell):
            seen = _unsteady(page, text)
            if seen:
                what = f'The result holds "{seen}", which changes from run to run'
                fix = "Show what depends on the lesson and the city alone"
                found.append(page.finding("steady-results", cell, what, fix))
                break
    return found


def plain_results(page: Page) -> list[Finding]:
    """No bare float, set or object as a result: it says nothing and differs between versions."""
    found = []
    for cell in page.code:
        for output in cell.outputs:
            data = output.get("data", {})
            text = str(data.get("text/plain", "")).strip()
            if "text/html" not in data and _BARE.fullmatch(text):
                what = f'The result is "{text[:40]}"'
                fix = "Show an estimate, a sentence or pb.table(...)"
                found.append(page.finding("plain-results", cell, what, fix))
    return found


def practice_mark(page: Page) -> list[Finding]:
    """Mark a memo from Port Alder as practice: its title and every line with a number."""
    found = []
    for cell in page.code:
        if "pb.memo(" not in cell.source:
            continue
        forms = [text.splitlines() for text in cell.shown("text/plain")]
        forms += [text_lines(html) for html in cell.shown("text/html")]
        line = next((hit for lines in forms for hit in _unmarked(lines)), None)
        if line is not None:
            what = f'The memo says "{line[:60]}" without its mark'
            fix = f'Make it with pb.memo; it adds "{PRACTICE}"'
            found.append(page.finding("practice-mark", cell, what, fix))
    return found


def planted_said(page: Page) -> list[Finding]:
    """Name as planted what we planted in Port Alder."""
    texts = [text for cell in page.code for text in _texts(cell)]
    texts += [cell.source for cell in page.prose]
    if not page.planted or any(PLANTED_SENTENCE in " ".join(text.split()) for text in texts):
        return []
    what = "A finding that is true of Port Alder only is not named as such"
    fix = f'Write: "{PLANTED_SENTENCE} It shows how to look, not what is true elsewhere."'
    return [page.finding("planted-said", None, what, fix)]


RULES = (no_errors, steady_results, plain_results, practice_mark, planted_said)


def _texts(cell: Cell) -> Iterator[str]:
    yield cell.words_shown
    for html in cell.shown("text/html"):
        yield "\n".join(text_lines(html))


def _unmarked(lines: list[str]) -> Iterator[str]:
    """Yield the lines of a memo that need the practice mark and lack it."""
    filled = [line for line in lines if line.strip()]
    for number, line in enumerate(filled):
        needs = number == 0 or re.search(r"\d", line)
        if needs and not _PRACTICE.search(line) and not _SAVED.fullmatch(line.strip()):
            yield line


def _unsteady(page: Page, text: str) -> str:
    for pattern in (_CLOCK, _PLACE, _VERSION, _ADDRESS):
        match = pattern.search(text)
        if match:
            return match[0]
    known = page.entry.reviewed_on if page.entry else ""
    for match in (*_ISO_DATE.finditer(text), *_LONG_DATE.finditer(text)):
        day = _day(match)
        if day and day > page.data_until and day.isoformat() != known:
            return match[0]
    return ""


def _day(match: re.Match[str]) -> date | None:
    try:
        if match[1].isdigit():
            return date(int(match[1]), int(match[2]), int(match[3]))
        return date(int(match[3]), _MONTHS.index(match[1]) + 1, int(match[2]))
    except ValueError:
        return None
