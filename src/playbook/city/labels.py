"""Labels as people type them: blanks, several spellings, cells that look like formulas."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

# Words that exports write where a cell is empty. Compared in lower case.
_BLANK_WORDS = frozenset(
    {"", "-", "--", "n/a", "#n/a", "na", "nan", "nat", "none", "null", "(null)", "unknown"}
)
_BLANK_PARTS = re.compile("unspecified|not specified")
# A spreadsheet runs a cell that begins with one of these.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def clean(label: str) -> str:
    r"""Write a label on one line: no outer spaces, single inner spaces, no unprintable characters.

    Examples
    --------
    >>> clean("  New Sign  or\tMarking ")
    'New Sign or Marking'
    """
    if label.isalnum():  # as most codes are
        return label
    words = " ".join(label.split())
    if words.isprintable():
        return words
    # What is left out may leave two spaces side by side.
    return " ".join("".join(c for c in words if c.isprintable()).split())


def is_blank(label: str) -> bool:
    """Tell whether a cell says nothing: empty, spaces, or a word such as "N/A" or "Unspecified".

    Examples
    --------
    >>> [is_blank(cell) for cell in ("", "  ", "N/A", "Unspecified", "Eastbank")]
    [True, True, True, True, False]
    """
    return _says_nothing(clean(label))


def _says_nothing(cleaned: str) -> bool:
    lowered = cleaned.lower()
    return lowered in _BLANK_WORDS or bool(_BLANK_PARTS.search(lowered))


def safe_cell(label: str) -> str:
    """Keep a spreadsheet from running a label: an apostrophe goes in front of ``= + - @``.

    The label keeps the apostrophe wherever it is shown, so what is stored, read back and printed
    is one and the same text. Applying it twice changes nothing.

    Examples
    --------
    >>> [safe_cell(cell) for cell in ("=SUM(A1)", "'=SUM(A1)", "Pothole")]
    ["'=SUM(A1)", "'=SUM(A1)", 'Pothole']
    """
    return f"'{label}" if label.startswith(_FORMULA_STARTS) else label


def fold_key(label: str) -> str:
    """Return what two spellings of one label share: letters in one case, single spaces."""
    return clean(label).casefold()


@dataclass(frozen=True)
class Folded:
    """Labels with one spelling each.

    Parameters
    ----------
    values
        The labels, cleaned; ``""`` where the cell says nothing. Same index as the input.
    spellings
        Per label kept, the other spellings that were read as it (only case or spaces differ).
    escaped
        Labels that got an apostrophe in front, as stored.
    """

    values: pd.Series
    spellings: dict[str, tuple[str, ...]]
    escaped: tuple[str, ...]


def fold(labels: pd.Series) -> Folded:
    """Give each label one spelling: the most frequent; of equals, the first in A to Z.

    Parameters
    ----------
    labels
        Text, one label per row.

    Examples
    --------
    >>> folded = fold(pd.Series(["Pothole", "pothole", "Pothole ", "N/A"]))
    >>> folded.values.tolist()
    ['Pothole', 'Pothole', 'Pothole', '']
    >>> folded.spellings
    {'Pothole': ('Pothole ', 'pothole')}
    """
    counts = {str(label): n for label, n in labels.value_counts(sort=False).items()}
    cleaned = {spelling: clean(spelling) for spelling in counts}
    groups: dict[str, list[str]] = {}
    for spelling, plain in cleaned.items():
        if not _says_nothing(plain):
            groups.setdefault(plain.casefold(), []).append(spelling)
    stored_as: dict[str, str] = {}
    spellings: dict[str, tuple[str, ...]] = {}
    for group in groups.values():
        label = cleaned[group[0]] if len(group) == 1 else _most_frequent(group, counts)
        stored = safe_cell(label)
        stored_as.update(dict.fromkeys(group, stored))
        if len(group) > 1:
            spellings[stored] = tuple(sorted(other for other in group if other != label))
    escaped = sorted({s for s in stored_as.values() if s.startswith("'") and s[1:2] in "=+-@"})
    every = {spelling: stored_as.get(spelling, "") for spelling in counts}
    values = labels.map(every).astype("str")
    return Folded(values, dict(sorted(spellings.items())), tuple(escaped))


def _most_frequent(group: list[str], counts: dict[str, int]) -> str:
    totals: dict[str, int] = {}
    for spelling in group:
        totals[clean(spelling)] = totals.get(clean(spelling), 0) + counts[spelling]
    return min(totals, key=lambda label: (-totals[label], label))


def squash(name: str) -> str:
    """Strip a column's name of case, spaces and signs, for comparing.

    Examples
    --------
    >>> squash("Closed Date") == squash("closed_date") == squash("ClosedDate")
    True
    """
    return re.sub(r"[\W_]+", "", name.casefold())


def listed(names: Iterable[str], most: int = 5) -> str:
    """Names in a sentence, at most `most` of them.

    Examples
    --------
    >>> listed(["ward", "days", "type"], most=2)
    'ward, days and 1 more'
    """
    every = list(names)
    if len(every) <= 1:
        return "".join(every)
    shown, rest = every[:most], len(every) - most
    if rest > 0:
        return f"{', '.join(shown)} and {rest:,} more"
    return f"{', '.join(shown[:-1])} and {shown[-1]}"
