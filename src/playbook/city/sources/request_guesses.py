"""A guess at each column of a service-request export, for somebody to look at and confirm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from playbook.city.dates import read_dates
from playbook.city.identifying import by_header, by_values
from playbook.city.labels import clean
from playbook.city.sources.request_columns import IN_WORDS, NEEDED, STORED_AS, fitting

_DATES = ("opened", "closed")
_LABELS = ("request type", "neighborhood", "status", "channel")
_MOSTLY = 0.8
_LONGEST_EXAMPLE = 40


@dataclass(frozen=True)
class Guess:
    """What one of the lessons' columns seems to be called in a file.

    Parameters
    ----------
    role
        The lessons' name, a key of `Choices.columns`.
    meaning
        The same in a reader's words.
    column
        The file's own column; ``""`` when there is none, or several fit equally well.
    why
        How that was told, or why not.
    by
        ``"name"`` when the column's name says it, ``"values"`` when only its cells do: then
        nothing is read until somebody has confirmed it. ``""`` without a column.
    example
        A cell of the column, as written.
    others
        Further columns that it could be, the likeliest first.
    needed
        Whether the file can't be read without it.

    Examples
    --------
    >>> guess = guess_columns(["Created Date", "Type"], [["7/14/2011", "Pothole"]])[0]
    >>> print(guess)
    opened_at (the date a request was opened): Created Date, such as "7/14/2011". Its name says so.
    """

    role: str
    meaning: str
    column: str
    why: str
    by: Literal["name", "values", ""]
    example: str
    others: tuple[str, ...]
    needed: bool

    def __str__(self) -> str:
        said = f'{self.column}, such as "{self.example}"' if self.example else self.column
        return f"{self.role} ({self.meaning}): {said or 'not found'}. {self.why}"


def guess_columns(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Guess]:
    """Guess which column means what: by its name, else by what stands in it.

    Parameters
    ----------
    header
        Names of the columns.
    rows
        Some rows of the file, each as long as the header; about 200 are enough.

    Returns
    -------
    list of Guess
        One per column that lessons have, those that are needed first.

    Examples
    --------
    >>> header = ["Nr", "Fecha", "Cierre", "Tipo", "Ward"]
    >>> rows = [["1", "2025-03-01", "2025-03-04", "Bache", "Ward 3"],
    ...         ["2", "2025-03-02", "", "Bache", "Ward 4"]]
    >>> for guess in guess_columns(header, rows)[:4]:
    ...     print(guess.role, guess.column, guess.by, guess.others)
    opened_at Fecha values ('Cierre',)
    closed_at Cierre values ('Fecha',)
    request_type   ('Tipo',)
    neighborhood_id Ward name ('Tipo',)
    """
    ranks = {role: fitting(header, role) for role in STORED_AS}
    best = {
        role: [at for at, rank in found.items() if rank == min(found.values())]
        for role, found in ranks.items()
    }
    columns = {role: at[0] for role, at in best.items() if len(at) == 1}
    cells = [[row[at] for row in rows] for at in range(len(header))]
    free = [at for at in range(len(header)) if at not in columns.values()]
    dates = [at for at in free if _holds_dates(cells[at])]
    by_values_only = {}
    if all(role not in columns and not best[role] for role in _DATES) and len(dates) == 2:
        # What is opened has a date in every row; what is not closed yet has none.
        dates = sorted(dates, key=lambda at: sum(not cell.strip() for cell in cells[at]))
        by_values_only = dict(zip(_DATES, dates, strict=True))
    labels = [at for at in free if at not in dates and _holds_labels(header[at], cells[at])]
    guesses = []
    for role, meaning in IN_WORDS.items():
        at = columns.get(role, by_values_only.get(role))
        alike = dates if role in _DATES else labels if role in _LABELS else []
        others = [*sorted(ranks[role], key=lambda one: ranks[role][one]), *alike]
        by: Literal["name", "values", ""] = "" if at is None else "name"
        why = "Its name says so."
        if role in by_values_only:
            by, why = "values", "Its cells are dates. Please confirm."
        elif at is None:
            several = len(best[role]) > 1
            why = "Two columns fit equally well." if several else "No column has such a name."
        guesses.append(
            Guess(
                role=STORED_AS[role],
                meaning=meaning,
                column="" if at is None else header[at],
                why=why,
                by=by,
                example="" if at is None else _example(cells[at]),
                others=tuple(dict.fromkeys(header[one] for one in others if one != at)),
                needed=role in NEEDED,
            )
        )
    return guesses


def _holds_dates(cells: Sequence[str]) -> bool:
    dates = read_dates(pd.Series(cells, dtype="str"))
    filled = int((~dates.blank).sum())
    return filled > 0 and int(dates.values.notna().sum()) >= _MOSTLY * filled


def _holds_labels(name: str, cells: Sequence[str]) -> bool:
    """Short texts, some of them again and again, that say nothing of residents."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if not filled or by_header(name) or by_values(name, filled):
        return False
    words = [cell for cell in filled if any(letter.isalpha() for letter in cell)]
    return len(words) >= _MOSTLY * len(filled) and len(set(words)) <= max(2, len(words) / 2)


def _example(cells: Sequence[str]) -> str:
    return next((clean(cell)[:_LONGEST_EXAMPLE] for cell in cells if cell.strip()), "")
