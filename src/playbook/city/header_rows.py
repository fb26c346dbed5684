"""Which row of a file holds the names of its columns: the one with the most names that we know."""

from __future__ import annotations

from collections.abc import Callable, Sequence

# Says how many names of a row it knows.
Fits = Callable[[Sequence[str]], int]
LOOK_IN = 30


def score(row: Sequence[str], fits: Fits) -> tuple[int, int]:
    """Tell how much a row looks like a header: names known, then cells filled.

    One known word may stand in any row (a status "Closed", say), so it counts as none.

    Examples
    --------
    >>> known = {"ward", "days"}
    >>> score(["ward", "days", ""], lambda row: len(known & set(row)))
    (2, 2)
    >>> score(["ward", "3", "x"], lambda row: len(known & set(row)))
    (0, 3)
    """
    names = fits(row)
    return (names if names > 1 else 0, sum(bool(cell.strip()) for cell in row))


def find_header(rows: Sequence[Sequence[str]], fits: Fits) -> tuple[tuple[int, int], int]:
    """Return the best score among the first rows, and its position; of equals, the first.

    A score of ``(0, 0)`` says that they are all empty.

    Examples
    --------
    >>> find_header([["Requests of July"], [], ["ward", "days"], ["1", "3"]], len)
    ((2, 2), 2)
    """
    scores = [score(row, fits) for row in rows[:LOOK_IN]]
    best = max(scores, default=(0, 0))
    return best, scores.index(best) if scores else 0
