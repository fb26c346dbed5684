"""The form of a solution card: what it asks, as a Word file, and how a filled one is read."""

from __future__ import annotations

import importlib.util
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playbook.city.capacities import capacity_names
from playbook.city.labels import clean, squash
from playbook.errors import PlaybookError
from playbook.publish.exchange_rules import (
    EVIDENCE,
    ISSUE_AREAS,
    NO_DATE,
    OUTCOMES,
    QUESTIONS,
)

FORM_NAME = "solution-card.docx"
FORM_TITLE = "Solution card"
CARD, TRIED = "Your card", "We tried this too"
HOW_TO = (
    "Write in the right column, a few sentences a row. What failed helps others most.",
    "Where boxes stand, put an x before what fits, or delete the other lines.",
    "You need no names of residents and no private data. The page is public.",
)
ONLY_TRIED = "Fill this part only, and leave the first one empty, if you borrowed a card."
BOX = "\u2610"
_MARKS = "\u2611\u2612\u2713\u2714xX"
_CHOICE = re.compile(rf"^([{BOX}{_MARKS}\[\]()\s]*)(.*)$")
# A filled form is a few pages. Far more than that is something else.
_MOST_BYTES, _MOST_UNPACKED, _MOST_FILES, _MOST_ROWS = 5_000_000, 30_000_000, 300, 500


@dataclass(frozen=True)
class Row:
    """One row of the form.

    Parameters
    ----------
    name
        Field that it fills.
    label
        What the left column says.
    ask
        The question beneath the label.
    choices
        What there is to choose from, by value; empty for a text.
    many
        Whether more than one may be chosen.
    lines
        Lines to write on, where the form is paper.
    """

    name: str
    label: str
    ask: str
    choices: Mapping[str, str] = field(default_factory=dict)
    many: bool = False
    lines: int = 1


_OUTCOME_ASK = "Each answer helps. Choose one."


def card_rows() -> tuple[Row, ...]:
    """Return the rows that make a new card."""
    capacities = {name: name for name in capacity_names()}
    areas = {name: name for name in ISSUE_AREAS}
    return (
        Row("title", "Short title", "What is borrowed, in at most ten words."),
        Row("place", "City and state", "For example: Oakland, California."),
        Row("year", "Year", "When it ended, or when you last looked. Four digits."),
        Row("outcome", "How did it end?", _OUTCOME_ASK, OUTCOMES),
        Row("evidence", "How do you know?", "The strongest that is true. Choose one.", EVIDENCE),
        *(Row(one.name, one.heading, one.ask, lines=3) for one in QUESTIONS),
        Row("capacities", "Capacities", "What it builds. One or more.", capacities, many=True),
        Row("issue_areas", "Issue areas", "None, one or more.", areas, many=True),
        *_source_rows(1),
        *_source_rows(2),
    )


def _source_rows(number: int) -> Iterator[Row]:
    ask = "A page or report where the figures stand." if number == 1 else "May stay empty."
    yield Row(f"source_{number}_title", f"Source {number}: its title", ask)
    yield Row(f"source_{number}_year", f"Source {number}: its year", f"Or: {NO_DATE}.")
    yield Row(f"source_{number}_address", f"Source {number}: its address", "https://...")


def tried_rows() -> tuple[Row, ...]:
    """Return the rows that add *We tried this too* to a card."""
    return (
        Row("card", "Card that you borrowed", "The end of its address: oakland-paving."),
        Row("tried_place", "Your city and state", "For example: Dubuque, Iowa."),
        Row("tried_year", "Year you tried it", "Four digits."),
        Row("tried_changed", "What you changed", "You never borrow a thing as it is.", lines=3),
        Row("tried_result", "What happened", "A figure if you have one, and what failed.", lines=3),
        Row("tried_outcome", "How did it end for you?", _OUTCOME_ASK, OUTCOMES),
    )


def word_form() -> bytes:
    """Make the empty form as a Word file: headings, tables with header rows, language set."""
    _need_word()
    import docx

    from playbook.learn.word import without_clock

    document = docx.Document()
    document.core_properties.title = FORM_TITLE
    document.core_properties.language = "en-US"
    document.core_properties.author = ""
    document.add_heading(FORM_TITLE, level=1)
    for line in HOW_TO:
        document.add_paragraph(line)
    document.add_heading(CARD, level=2)
    _add_table(document, card_rows())
    document.add_heading(TRIED, level=2)
    document.add_paragraph(ONLY_TRIED)
    _add_table(document, tried_rows())
    file = io.BytesIO()
    document.save(file)
    return without_clock(file)


def _need_word() -> None:
    if importlib.util.find_spec("docx") is None:
        raise PlaybookError(
            "The part that reads and writes Word files is not installed here.",
            fix='Run `nox -s lab`, which brings it, or `python -m pip install -e ".[docx]"`.',
        )


def _add_table(document: Any, rows: tuple[Row, ...]) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Inches

    table = document.add_table(rows=1, cols=2, style="Table Grid")
    table.autofit = False
    for cell, text in zip(table.rows[0].cells, ("What we ask", "Your answer"), strict=True):
        cell.text = text
    # Screen readers and a second page need to know which row is the header.
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in rows:
        left, right = table.add_row().cells
        left.text = row.label
        left.paragraphs[0].runs[0].bold = True
        left.add_paragraph(row.ask)
        right.text = "\n".join(f"{BOX} {label}" for label in row.choices.values())
    for line in table.rows:
        for cell, width in zip(line.cells, (Inches(2.2), Inches(4.3)), strict=True):
            cell.width = width


def read_form(path: Path) -> dict[str, Any]:
    """Read the answers of a filled form, by the names of its rows; rows left empty are left out.

    Raises
    ------
    PlaybookError
        If it is no Word file, not this form, or a row is missing.
    """
    cells = _cells(path)
    known = {squash(row.label): row for row in (*card_rows(), *tried_rows())}
    found = {known[label].name: cell for label, cell in cells.items() if label in known}
    if not found:
        raise PlaybookError(
            f"{path.name} is a Word file, but not the form of a solution card.",
            fix="Fill the form that `playbook card form` writes. Keep its two tables.",
        )
    missing = [row for row in known.values() if row.name not in found]
    if missing:
        raise PlaybookError(
            f'The row "{missing[0].label}" is missing, and {len(missing) - 1} more.'
            if missing[1:]
            else f'The row "{missing[0].label}" is missing.',
            where=path.name,
            fix="Copy your answers into a new form, and leave its left column as it is.",
        )
    answers = {row.name: _answer(row, found[row.name]) for row in known.values()}
    return {name: answer for name, answer in answers.items() if answer}


def _cells(path: Path) -> dict[str, str]:
    """Read the tables of a Word file: the first line of each left cell, and the right cell."""
    _need_word()
    import docx

    _must_be_small(path)
    try:
        tables = docx.Document(str(path)).tables
        lines = [line for table in tables for line in table.rows][:_MOST_ROWS]
        # More than two columns, or one: somebody else's table.
        rows = [line.cells for line in lines if len(line.cells) == 2]
        return {squash(left.text.partition("\n")[0]): right.text for left, right in rows}
    # A file from outside fails in as many ways as it has parts, and all mean the same here.
    except Exception:
        raise PlaybookError(
            f"I can't read {path.name} as a Word file.",
            fix="Open it in Word, and save it as .docx under a new name.",
        ) from None


def _must_be_small(path: Path) -> None:
    if not path.is_file():
        raise PlaybookError(
            f"I can't find {path.name}.",
            fix="Check the name. Or drag the file into this window to get its full name.",
        )
    if path.suffix.lower() != ".docx" or not zipfile.is_zipfile(path):
        raise PlaybookError(
            f"{path.name} is not a Word file of the kind .docx.",
            fix="Open it in Word, choose Save as, and take Word document (.docx).",
        )
    with zipfile.ZipFile(path) as packed:
        parts = packed.infolist()
    unpacked = sum(part.file_size for part in parts)
    if path.stat().st_size > _MOST_BYTES or unpacked > _MOST_UNPACKED or len(parts) > _MOST_FILES:
        raise PlaybookError(
            f"{path.name} is far too large for a form: {unpacked / 1e6:,.0f} MB unpacked.",
            fix="Take pictures out of it. Or copy your answers into a new form.",
        )


def _answer(row: Row, text: str) -> str | list[str]:
    if not row.choices:
        return clean(unicodedata.normalize("NFC", text))
    chosen = _chosen(row, text)
    return chosen if row.many else "; ".join(chosen)


def _chosen(row: Row, text: str) -> list[str]:
    """Return what was ticked, or what was left over when the rest was deleted."""
    lines = [match.groups() for line in text.splitlines() if (match := _CHOICE.match(line))]
    lines = [(marks, clean(label)) for marks, label in lines if label.strip()]
    ticked = [label for marks, label in lines if any(mark in _MARKS for mark in marks)]
    if not ticked and len(lines) < len(row.choices):
        ticked = [label for _, label in lines]
    values = {squash(label): value for value, label in row.choices.items()}
    return [values.get(squash(label), label) for label in ticked]
