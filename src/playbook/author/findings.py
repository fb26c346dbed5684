"""What a house rule found: where, which rule, and the one-line fix."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing to repair.

    Parameters
    ----------
    rule
        Readable id of the rule, such as ``"one-h1"``.
    file
        File it was found in, as a maintainer would type it.
    cell
        Id of the notebook cell; empty when the whole file is meant.
    what
        What was seen, with the value.
    fix
        What to do, in one line.

    Examples
    --------
    >>> print(Finding("one-h1", "1-parks.ipynb", "title", "There are 2 first-level headings",
    ...               "Keep one line that begins with #"))
    1-parks.ipynb · cell title · one-h1: There are 2 first-level headings.
    Fix: Keep one line that begins with #.
    """

    rule: str
    file: str
    cell: str
    what: str
    fix: str

    def __str__(self) -> str:
        place = f"{self.file} · cell {self.cell}" if self.cell else self.file
        return f"{place} · {self.rule}: {_sentence(self.what)} Fix: {_sentence(self.fix)}"


def _sentence(words: str) -> str:
    return words if words.endswith((".", "?")) else f"{words}."
