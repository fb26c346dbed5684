"""The one home of small counts: hide them so that nobody can be recognized.

Hiding the small counts is not enough. With a total beside them, a hidden count is what is left when
the shown ones are taken away. So further counts are hidden until none can be worked out. A table
and its totals are a network: rows and columns are its nodes, counts its links. A hidden count
can't be worked out exactly when one more person in it can be made up for along a loop of hidden
counts. Each small count gets such a loop, along the smallest counts that will do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from playbook.errors import PlaybookError
from playbook.estimate import format_number

Reason = Literal["", "small", "complementary", "unpublished"]
Totals = Literal["both", "rows", "columns", "none"]

TOTAL = "Total"
# The price of hiding a link is its count times this, and one more: a million counts of nobody would
# cost as much as one person.
_A_COUNT = 1_000_000
# More than any loop can cost.
_CLOSED = np.iinfo(np.int64).max // 4


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
        # What it costs to go from one node to another, and where that costs nothing (a bit a node).
        self.prices = np.full((rows + columns + 2,) * 2, _CLOSED)
        self.free = [0] * (rows + columns + 2)
        self.link_of: dict[tuple[int, int], int] = {}
        for i in range(rows):
            for j in range(columns):
                self._add(i, rows + j, counts[i, j])
        for i in range(rows):
            self._add(top, i, counts[i].sum(), published=row_totals)
        for j in range(columns):
            self._add(rows + j, bottom, counts[:, j].sum(), published=column_totals)
        self._add(bottom, top, counts.sum(), published=row_totals and column_totals)

    def _add(self, start: int, end: int, count: int, *, published: bool = True) -> None:
        small = 0 < count < self.below
        self.link_of[start, end] = self.link_of[end, start] = len(self.links)
        self.links.append((start, end, int(count)))
        self.reasons.append("unpublished" if not published else "small" if small else "")
        self._price(len(self.links) - 1)

    def _price(self, link: int) -> None:
        """Note what going along a link costs: least people first, then fewest counts."""
        start, end, count = self.links[link]
        shown = self.reasons[link] == ""
        for tail, head, more in ((start, end, True), (end, start, False)):
            if self._has_room(link, more=more):
                self.prices[tail, head] = count * _A_COUNT + 1 if shown else 0
                if not shown:
                    self.free[tail] |= 1 << head

    def protect(self) -> bool:
        """Hide a loop through each small count; say whether that was possible for all."""
        for link in [i for i, reason in enumerate(self.reasons) if reason == "small"]:
            start, end, _ = self.links[link]
            ways = []
            if self._has_room(link, more=True):
                ways.append((end, start))
            if self._has_room(link, more=False):
                ways.append((start, end))
            if any(self._free_path(*way) for way in ways):
                continue
            found = [path for path in (self._cheapest_path(*way) for way in ways) if path]
            if not found:
                return False
            for other in min(found)[1]:
                if self.reasons[other] == "":
                    self.reasons[other] = "complementary"
                    self._price(other)
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

    def _free_path(self, start: int, end: int) -> bool:
        """Whether hidden counts alone lead back, other than straight along the link itself."""
        seen = 1 << start
        new = self.free[start] & ~(1 << end)
        while new:
            seen |= new
            reached = 0
            while new:
                lowest = new & -new
                reached |= self.free[lowest.bit_length() - 1]
                new ^= lowest
            if reached >> end & 1:
                return True
            new = reached & ~seen
        return False

    def _cheapest_path(self, start: int, end: int) -> tuple[int, list[int]] | None:
        """Find the links to hide on the way back, other than straight along the link itself."""
        price = self.prices[start].copy()
        price[[start, end]] = _CLOSED
        before = np.full(len(price), start)
        done = np.zeros(len(price), dtype=bool)
        done[start] = True
        while True:
            node = int(np.where(done, _CLOSED, price).argmin())
            if price[node] >= _CLOSED or done[node]:
                return None
            if node == end:
                break
            done[node] = True
            further = price[node] + self.prices[node]
            better = (further < price) & ~done
            price[better] = further[better]
            before[better] = node
        path = []
        while node != start:
            path.append(self.link_of[int(before[node]), node])
            node = int(before[node])
        return int(price[end]), path


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
