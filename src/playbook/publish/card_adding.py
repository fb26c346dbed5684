"""From a filled form to a card in the exchange, or to one more entry of a card that is there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from playbook.errors import PlaybookError
from playbook.files import replace_safely
from playbook.publish.card_forms import card_rows, read_form, tried_rows
from playbook.publish.exchange import (
    card_toml,
    exchange_folder,
    read_card,
    read_entry,
)
from playbook.publish.exchange_rules import NO_DATE, Problem, problems

_MOST_IN_A_NAME = 60


@dataclass(frozen=True)
class Added:
    """What became of a form."""

    path: Path
    is_new: bool


class FormProblemsError(PlaybookError):
    """What is to be changed in a form, row by row."""

    def __init__(self, file: str, found: Sequence[Problem]) -> None:
        lines = [f"{problem.field}: {problem.what} {problem.fix}" for problem in found]
        count = "One row needs" if len(lines) == 1 else f"{len(lines)} rows need"
        super().__init__(
            "\n".join([f"{count} another look:", *lines]),
            where=file,
            fix="Change it in the form, save it, and add it again. Nothing was written.",
        )


def add_form(path: Path, folder: Path | None = None, *, replace: bool = False) -> Added:
    """Read a filled form, check it, and write what it holds.

    Parameters
    ----------
    path
        The Word file.
    folder
        Folder of the cards; the book's own if left out.
    replace
        Whether a card of the same name may be replaced; a dated copy of it is kept.

    Raises
    ------
    PlaybookError
        If the form can't be read, a row needs another look, or the card is there already.
    """
    answers = read_form(path)
    folder = folder or exchange_folder()
    new = {row.name for row in card_rows()} & set(answers)
    tried = {row.name for row in tried_rows()} & set(answers)
    if not new and not tried:
        raise PlaybookError(
            f"{path.name} is empty.",
            fix="Fill in one of its two parts. If you did, save it first.",
        )
    if new and tried:
        raise PlaybookError(
            f"{path.name} has answers in both parts: a new card, and a card that you borrowed.",
            fix="Make two copies of the form. Keep one part in each.",
        )
    if tried:
        return _add_tried(answers, path.name, folder)
    return _add_card(answers, path.name, folder, replace=replace)


def _add_card(answers: Mapping[str, Any], file: str, folder: Path, *, replace: bool) -> Added:
    entry = entry_of(answers)
    found = problems(entry)
    if found:
        raise FormProblemsError(file, [_in_the_form(problem) for problem in found])
    name = card_name(entry["place"], entry["title"])
    target = folder / f"{name}.toml"
    if target.exists() and not replace:
        raise PlaybookError(
            f"There is a card called {name} already.",
            fix=f'To add what you found, fill "We tried this too" for {name}. '
            "To put yours in its place: --replace. A dated copy of the old one is kept.",
        )
    return Added(replace_safely(target, card_toml(entry)), is_new=True)


def entry_of(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Turn the answers of the first part into the fields of a card."""
    names = [row.name for row in card_rows() if not row.name.startswith("source_")]
    many = {row.name for row in card_rows() if row.many}
    entry: dict[str, Any] = {name: answers.get(name, [] if name in many else "") for name in names}
    entry["year"] = _year(entry["year"])
    # A maintainer adds these: nobody outside knows our codes.
    entry["criteria"], entry["lessons"] = [], []
    entry["sources"] = []
    for number in (1, 2):
        source = {
            field: answers.get(f"source_{number}_{field}", "")
            for field in ("title", "year", "address")
        }
        if any(source.values()):
            year = source["year"]
            source["year"] = NO_DATE if year.lower() in ("", NO_DATE) else _year(year)
            entry["sources"].append(source)
    return entry


def _year(answer: str) -> int | str:
    return int(answer) if re.fullmatch(r"[0-9]{4}", answer) else answer


def _in_the_form(problem: Problem) -> Problem:
    """Name the row of the form instead of the field of the file."""
    labels = {row.name: row.label for row in (*card_rows(), *tried_rows())}
    labels["sources"] = labels["source_1_title"]
    label = labels.get(problem.field, problem.field)
    source = re.fullmatch(r"sources (\d), (\w+)", problem.field)
    if source:
        label = labels[f"source_{source[1]}_{source[2]}"]
    what = problem.what.replace(problem.field, "It", 1) if problem.field in labels else problem.what
    return Problem(f'"{label}"', what, problem.fix)


def card_name(place: str, title: str) -> str:
    """Make a card's id of its city and its title.

    Examples
    --------
    >>> card_name("Świecie, Poland", "A budget vote where each share counts")
    'swiecie-a-budget-vote-where-each-share-counts'
    >>> card_name("東京", "...")
    'card-card'
    """
    city = _plain(place.partition(",")[0]) or "card"
    name = f"{city}-{_plain(title) or 'card'}"
    return name[:_MOST_IN_A_NAME].rstrip("-")


def _plain(text: str) -> str:
    # A few letters have no parts to take an accent from.
    for letter, plain in (("ł", "l"), ("ø", "o"), ("ß", "ss"), ("æ", "ae")):
        text = text.lower().replace(letter, plain)
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", letters.replace("'", "")).strip("-")


def _add_tried(answers: Mapping[str, Any], file: str, folder: Path) -> Added:
    tried = {
        row.name.removeprefix("tried_"): answers.get(row.name, "")
        for row in tried_rows()
        if row.name != "card"
    }
    tried["year"] = _year(tried["year"])
    path = _borrowed(answers.get("card", ""), folder)
    entry = read_entry(path)
    before = entry.get("tried", [])
    checked = problems({**entry, "tried": [tried]})
    if checked:
        raise FormProblemsError(file, [_tried_in_the_form(problem) for problem in checked])
    if any((one["place"], one["year"]) == (tried["place"], tried["year"]) for one in before):
        raise PlaybookError(
            f"{path.stem} has an entry for {tried['place']}, {tried['year']} already.",
            fix="Nothing was written. If it has changed, ask the maintainer to change it.",
        )
    # Added at the end, so that a maintainer's own comments stay.
    text = path.read_text(encoding="utf-8").rstrip("\n")
    more = card_toml({"tried": [tried]}).strip("\n")
    return Added(replace_safely(path, f"{text}\n\n{more}\n"), is_new=False)


def _borrowed(answer: str, folder: Path) -> Path:
    files = {path.stem: path for path in sorted(folder.glob("*.toml"))}
    name = answer.strip().lower().rstrip("/").rpartition("/")[2].removesuffix(".html")
    if name not in files:
        close = get_close_matches(name, files, n=1, cutoff=0.4)
        hint = f'Did you mean "{close[0]}"? ' if close else ""
        raise PlaybookError(
            f'There is no card called "{name[:40]}".',
            fix=f"{hint}Open the card in the book: its address ends in its name.",
        )
    read_card(files[name])
    return files[name]


def _tried_in_the_form(problem: Problem) -> Problem:
    field = problem.field.rpartition(", ")[2]
    labels = {row.name: row.label for row in tried_rows()}
    label = labels.get(f"tried_{field}", problem.field)
    return Problem(f'"{label}"', problem.what.replace(problem.field, "It", 1), problem.fix)
