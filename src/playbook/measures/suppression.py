"""The one home of small counts: hide them so that nobody can be recognized.

Hiding the small counts is not enough. With a total beside them, a hidden count is what is left when
the shown ones are taken away. So further counts are hidden until none can be worked out. A table
and its totals are a network: rows and columns are its nodes, counts its links. A hidden count
can't be worked out exactly when one more person in it can be made up for along a loop of hidden
counts. Each small count gets such a loop, along the smallest counts that will do.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from playbook.errors import PlaybookError
from playbook.estimate import format_number

Reason = Literal["", "small", "complementary", "unpublished"]
Totals = Literal["both", "rows", "columns", "none"]

TOTAL = "Total"


@dataclass(frozen=True, eq=False)
class Suppressed:
    """A table of counts that is safe to show.

    Parameters
    ----------
    table
        Counts and totals, ``pandas.NA`` where hidden.
    reasons
        The same shape: ``""`` shown, ``"small"``, or ``"complementary"`` (hidden so that a small
        one can't be worked out). For your own use; publish `for_readers` instead.
    below
        Counts from 1 to ``below - 1`` are hidden.
    marks
        Whether readers may be told which hidden counts are the small ones. False in the rare table
        where that alone would give one away.
    """

    table: pd.DataFrame
    reasons: pd.DataFrame
    below: int
    marks: bool

    def for_readers(self) -> pd.DataFrame:
        """Give the table as text, with the words "fewer than 11" or "hidden" where hidden.

        Examples
        --------
        >>> table = pd.DataFrame({"Open": [4, 20], "Closed": [30, 50]}, index=["Hill", "Mill"])
        >>> suppress(table, totals="none").for_readers()
                      Open Closed
        Hill  fewer than 11     30
        Mill             20     50
        """
        words = {
            "small": f"fewer than {self.below}" if self.marks else "hidden",
            "complementary": "hidden",
        }
        text = [
            [
                words[reason] if reason else format_number(int(count), 0)
                for count, reason in zip(counts, reasons, strict=True)
            ]
            for counts, reasons in zip(
                self.table.to_numpy(dtype=object), self.reasons.to_numpy(), strict=True
            )
        ]
        return pd.DataFrame(text, index=self.table.index, columns=self.table.columns)


def suppress(table: pd.DataFrame, below: int = 11, totals: Totals = "both") -> Suppressed:
    """Hide small counts, and what else must be hidden so that they can't be worked out.

    Parameters
    ----------
    table
        Counts of people or requests: whole numbers from 0 up, rows by columns, without totals.
    below
        Counts from 1 to ``below - 1`` are hidden; 0 is shown. 11 is the rule of the Centers for
        Medicare & Medicaid Services and the strictest common one. At least 3.
    totals
        Totals that will be published: a total for each of the ``"rows"``, of the ``"columns"``,
        ``"both"``, or ``"none"``. They are added as a column and a row called Total, and hidden
        where they are small or would give a small count away. A table of one column gets no total
        column, a table of one row no total row.

    Returns
    -------
    Suppressed
        No hidden count, small or not, can be worked out exactly from what is shown, even by a
        reader who knows this rule and which hidden counts are the small ones. A narrow range can
        still be worked out.

    Raises
    ------
    PlaybookError
        When a cell is empty, negative or not a whole number, a total is in the table already, or
        `below` is less than 3.

    Notes
    -----
    Complementary suppression on a network: Cox LH (1980), Journal of the American Statistical
    Association 75:377-385; Kelly JP, Golden BL, Assad AA (1992), Networks 22:397-417. Here the
    cheapest loop through each small count is found by Dijkstra's method; the price of a link is
    the count that it would hide.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {"Pothole": [4, 25, 40], "Graffiti": [30, 60, 20]}, index=["Hill", "Mill", "Quay"]
    ... )
    >>> suppress(table).table
          Pothole  Graffiti  Total
    Hill     <NA>      <NA>     34
    Mill       25        60     85
    Quay     <NA>      <NA>     60
    Total      69       110    179
    """
    counts = _counts(table)
    if below < 3:
        raise PlaybookError(
            f"Hiding counts below {below} would tell readers that a hidden count is 1.",
            fix="Use 3 or more; 11 is the strictest common rule.",
        )
    network = _Network(counts, below, totals, marks=True)
    if not network.protect():
        # Some small counts are so hemmed in by "fewer than 11" that the words give them away.
        network = _Network(counts, below, totals, marks=False)
        network.protect()
    return _suppressed(network, table, totals)


class _Network:
    """The table as links between nodes: rows, columns, and two that join the totals."""

    def __init__(self, counts: np.ndarray, below: int, totals: Totals, *, marks: bool) -> None:
        rows, columns = self.shape = counts.shape
        self.below, self.marks = below, marks
        top, bottom = rows + columns, rows + columns + 1
        row_totals = totals in ("both", "rows") and columns > 1
        column_totals = totals in ("both", "columns") and rows > 1
        self.links: list[tuple[int, int, int]] = []
        self.reasons: list[Reason] = []
        for i in range(rows):
            for j in range(columns):
                self._add(i, rows + j, counts[i, j])
        for i in range(rows):
            self._add(top, i, counts[i].sum(), published=row_totals)
        for j in range(columns):
            self._add(rows + j, bottom, counts[:, j].sum(), published=column_totals)
        self._add(bottom, top, counts.sum(), published=row_totals and column_totals)
        self.touching: list[list[int]] = [[] for _ in range(rows + columns + 2)]
        for link, (start, end, _) in enumerate(self.links):
            self.touching[start].append(link)
            self.touching[end].append(link)

    def _add(self, start: int, end: int, count: int, *, published: bool = True) -> None:
        small = 0 < count < self.below
        self.links.append((start, end, int(count)))
        self.reasons.append("unpublished" if not published else "small" if small else "")

    def protect(self) -> bool:
        """Hide a loop through each small count; say whether that was possible for all."""
        safe: set[int] = set()
        for link in [i for i, reason in enumerate(self.reasons) if reason == "small"]:
            if link in safe:
                continue
            start, end, _ = self.links[link]
            loops = []
            if self._has_room(link, more=True):
                loops.append(self._cheapest_path(end, start, link))
            if self._has_room(link, more=False):
                loops.append(self._cheapest_path(start, end, link))
            found = [loop for loop in loops if loop is not None]
            if not found:
                return False
            # Along a loop each count makes up for the others, so all of them are safe.
            loop = min(found)[1]
            safe.update(loop)
            for other in loop:
                if self.reasons[other] == "":
                    self.reasons[other] = "complementary"
        return True

    def _has_room(self, link: int, *, more: bool) -> bool:
        """Whether, for all a reader knows, the count could be one more or one less."""
        count, reason = self.links[link][2], self.reasons[link]
        if reason == "unpublished":
            return more or count > 0
        if count == 0:
            return False
        if not self.marks:
            return more or count > 1
        if reason == "small":
            return count < self.below - 1 if more else count > 1
        return more or count > self.below

    def _cheapest_path(
        self, start: int, end: int, avoided: int
    ) -> tuple[tuple[int, int], list[int]] | None:
        """Find the links to hide: least people first, then fewest counts."""
        queue: list[tuple[tuple[int, int], int, list[int]]] = [((0, 0), start, [])]
        done: set[int] = set()
        while queue:
            (people, hidden), node, path = heapq.heappop(queue)
            if node == end:
                return (people, hidden), path
            if node in done:
                continue
            done.add(node)
            for link in self.touching[node]:
                tail, head, count = self.links[link]
                forward = tail == node
                other = head if forward else tail
                if link == avoided or other in done or not self._has_room(link, more=forward):
                    continue
                price = (people, hidden)
                if self.reasons[link] == "":
                    price = (people + count, hidden + 1)
                heapq.heappush(queue, (price, other, [*path, link]))
        return None


def _suppressed(network: _Network, table: pd.DataFrame, totals: Totals) -> Suppressed:
    rows, columns = network.shape
    values = np.empty((rows + 1, columns + 1), dtype=object)
    reasons = np.empty((rows + 1, columns + 1), dtype=object)
    places = [(i, j) for i in range(rows) for j in range(columns)]
    places += [(i, columns) for i in range(rows)] + [(rows, j) for j in range(columns)]
    places.append((rows, columns))
    for place, (_, _, count), reason in zip(places, network.links, network.reasons, strict=True):
        values[place] = count if reason == "" else pd.NA
        reasons[place] = reason
    height = rows + (totals in ("both", "columns") and rows > 1)
    width = columns + (totals in ("both", "rows") and columns > 1)
    index = [*table.index, TOTAL][:height]
    names = [*table.columns, TOTAL][:width]
    shown = pd.DataFrame(values[:height, :width], index=index, columns=names).astype("Int64")
    why = pd.DataFrame(reasons[:height, :width], index=index, columns=names)
    return Suppressed(shown, why, network.below, network.marks)


def _counts(table: pd.DataFrame) -> np.ndarray:
    for labels, where in ((table.index, "row"), (table.columns, "column")):
        if TOTAL in list(labels):
            raise PlaybookError(
                f"The table has a {where} called {TOTAL} already.",
                fix="Leave totals out: suppress adds its own and checks them too.",
            )
    try:
        numbers = table.to_numpy(dtype=float, na_value=np.nan)
    except (TypeError, ValueError):
        raise PlaybookError(
            "The table holds something that is not a number.",
            fix="Move names into the row labels: table.set_index(...) with the column of names.",
        ) from None
    odd = np.argwhere(~(numbers >= 0) | np.isinf(numbers) | (numbers != np.floor(numbers)))
    if len(odd):
        i, j = odd[0]
        raise PlaybookError(
            f"A count is a whole number from 0 up; I found {numbers[i, j]:g}.",
            fix="Count again, or write 0 where nothing was counted.",
            where=f"row {table.index[i]}, column {table.columns[j]}",
        )
    return numbers.astype(np.int64)
