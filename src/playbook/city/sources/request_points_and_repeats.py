"""What an export says of places and repeats: fillers, mended tract codes, marks of repeats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
import pandas as pd

from playbook.city.identifying import by_header
from playbook.city.labels import fold_key, squash
from playbook.city.report import Finding
from playbook.city.sources.request_rows import Requests
from playbook.city.text_files import TextTable

# One point for so many requests, from several neighborhoods, is no place. In one year of a big
# city's requests a busy address had 0.4 % of them, the point that stood for "unknown" 8 %.
_SHARED_BY = 0.02
_SHARED_AT_LEAST = 20
_SAMPLE = 5000
_MARKS = frozenset(
    map(squash, ("duplicate", "is duplicate", "duplicate flag", "duplicated", "is duplicated"))
)
_YES = frozenset({"1", "t", "true", "y", "yes", "x", "duplicate"})


def about_shared_point(table: TextTable, neighborhood: int) -> Iterator[Finding]:
    """Notice a point that stands for many requests of several neighborhoods: a filler, most likely.

    The point itself is not told: exact places stay in the file.

    Parameters
    ----------
    table
        The file.
    neighborhood
        Position of the column with the neighborhood.
    """
    places = [
        at
        for at, name in enumerate(table.header)
        if (found := by_header(name)) and found.kind == "exact place"
    ]
    if not places:
        return
    # A point of so many requests shows in a few thousand of them.
    some = table.rows[:: max(1, len(table.rows) // _SAMPLE)]
    seen = Counter(tuple(row[at] for at in places) for row in some)
    seen.pop(("",) * len(places), None)
    if not seen:
        return
    point, times = seen.most_common(1)[0]
    if times < _SHARED_BY / 2 * seen.total():
        return
    there = [
        number
        for number, row in enumerate(table.rows)
        if all(row[at] == part for at, part in zip(places, point, strict=True))
    ]
    known = sum(any(row[at] for at in places) for row in table.rows)
    count = len(there)
    if count < max(_SHARED_AT_LEAST, _SHARED_BY * known):
        return
    names = {fold_key(table.rows[at][neighborhood]) for at in there} - {""}
    if len(names) < 2:
        return
    yield Finding(
        "look",
        f"{count:,} of {known:,} requests with a point on the map share one point, and it is in "
        f"{len(names):,} neighborhoods. It most likely stands for an unknown place. I stored no "
        "points; the neighborhoods are as written.",
        "On a map of your own, leave these requests out. Ask how their neighborhood was found.",
        tuple(table.row_numbers[at] for at in there),
        count,
    )


def about_tract_codes(requests: Requests, kept: pd.Series) -> Iterator[Finding]:
    """Say which tract codes got their leading zero back, among the rows kept."""
    rows = requests.row_numbers[kept & requests.lost_zero]
    if len(rows):
        yield Finding(
            "look",
            f"{len(rows):,} tract codes of 10 digits had lost the leading zero: Excel does that. "
            "I put it back.",
            "Nothing, if these are tract codes of your state.",
            tuple(rows),
            len(rows),
        )


def about_repeats(table: TextTable, requests: Requests, kept: pd.Series) -> Iterator[Finding]:
    """Tell how many requests repeat an earlier one, and how the file says so.

    Parameters
    ----------
    table, requests
        The file's cells, and their meaning.
    kept
        Which rows are kept.
    """
    named = kept & requests.duplicate_of.ne("")
    if named.any():
        missing = int((~requests.duplicate_of[named].isin(requests.ids[kept])).sum())
        outside = f" {missing:,} of those are not in this file." if missing else ""
        yield Finding(
            "fine",
            f"{int(named.sum()):,} requests name an earlier request that they repeat.{outside} "
            "Lessons leave repeats out of waits.",
            count=int(named.sum()),
        )
    itself = int((kept & requests.names_itself).sum())
    if itself:
        yield Finding(
            "fine",
            f"{itself:,} requests name themselves as the earlier one. I read that as no repeat.",
            count=itself,
        )
    marked = requests.status.str.casefold().str.startswith("duplic")
    for at, name in enumerate(table.header):
        if squash(name) in _MARKS:
            marked |= np.array([row[at].strip().casefold() in _YES for row in table.rows])
    marked &= kept & requests.duplicate_of.eq("")
    if marked.any():
        yield Finding(
            "look",
            f"{int(marked.sum()):,} requests are marked as repeats, without the number of the "
            "first one. I kept them as requests of their own.",
            "Ask for the number of the first request, in a column called duplicate_of.",
            tuple(requests.row_numbers[marked]),
            int(marked.sum()),
        )
