"""Which further counts to hide so that small ones stay unknown: a table and totals as a network.

Rows and columns are nodes, counts are the links between them, and one more person in a count is
made up for along a loop of other counts. A reader can't tell how large a hidden count is as long as
hidden counts alone can take, round such loops, all the people it would have more, or fewer.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

import numpy as np

from playbook.measures.count_paths import CLOSED, Step, Ways, between, cheapest_path

Reason = Literal["", "small", "complementary", "unpublished"]
Totals = Literal["both", "rows", "columns", "none"]

# The price of hiding a link is its count times this, and one more: a million counts of nobody would
# cost as much as one person.
_A_COUNT = 1_000_000
# More than any count can grow.
_ENDLESS = 1 << 40


class _Link(NamedTuple):
    """A count: the nodes it joins, and how many counts above 0 it adds up."""

    start: int
    end: int
    people: int
    parts: int


class _Move(NamedTuple):
    """Units of a small count that other hidden counts must be able to take."""

    start: int
    end: int
    units: int


class CountNetwork:
    """A table of counts and its totals. `protect` says what to hide; `reasons` keeps it.

    Parameters
    ----------
    counts
        Rows by columns.
    below
        Counts from 1 to ``below - 1`` are small.
    totals
        Which totals are published.
    marks
        Whether readers are told which hidden counts are the small ones.
    """

    def __init__(self, counts: np.ndarray, below: int, totals: Totals, *, marks: bool) -> None:
        rows, columns = self.shape = counts.shape
        self.below, self.marks = below, marks
        top, bottom = rows + columns, rows + columns + 1
        row_totals = totals in ("both", "rows") and columns > 1
        column_totals = totals in ("both", "columns") and rows > 1
        self.links: list[_Link] = []
        self.reasons: list[Reason] = []
        # By how much the count on the way from one node to another can grow, for all a reader
        # knows once it is hidden; and what hiding it costs, nothing where it is hidden.
        self._room = np.zeros((rows + columns + 2,) * 2, dtype=np.int64)
        self._prices = np.full(self._room.shape, CLOSED)
        self._link_of: dict[Step, int] = {}
        filled = counts > 0
        for i in range(rows):
            for j in range(columns):
                self._add(i, rows + j, counts[i, j], 1)
        for i in range(rows):
            self._add(top, i, counts[i].sum(), filled[i].sum(), published=row_totals)
        for j in range(columns):
            total, parts = counts[:, j].sum(), filled[:, j].sum()
            self._add(rows + j, bottom, total, parts, published=column_totals)
        self._add(bottom, top, counts.sum(), filled.sum(), published=row_totals and column_totals)
        hidden = self._prices == 0
        # By number of units: where hidden counts have room for them.
        self._ways = [Ways.where(hidden & (self._room >= n)) for n in range(1, below - 1)]
        # Counts along which each move was possible.
        self._along: dict[_Move, list[int]] = {}

    def _add(self, start: int, end: int, count: int, parts: int, *, published: bool = True) -> None:
        small = 0 < count < self.below
        reason: Reason = "unpublished" if not published else "small" if small else ""
        self._link_of[start, end] = self._link_of[end, start] = len(self.links)
        self.links.append(_Link(start, end, int(count), int(parts)))
        self.reasons.append(reason)
        self._room[start, end], self._room[end, start] = self._rooms(int(count), reason)
        if reason:
            self._prices[start, end] = self._prices[end, start] = 0
        elif count:
            self._prices[start, end] = self._prices[end, start] = count * _A_COUNT + 1

    def _rooms(self, count: int, reason: Reason) -> Step:
        """How many more, and how many fewer, a hidden count could be for all a reader knows."""
        if reason == "unpublished":
            return _ENDLESS, count
        if count == 0:
            return 0, 0
        if not self.marks:
            return _ENDLESS, count - 1
        if reason == "small":
            return self.below - 1 - count, count - 1
        return _ENDLESS, count - self.below

    def protect(self) -> bool:
        """Hide more until each small count could be any small number; say whether that worked."""
        for move in self._moves():
            along = self._loops(move, may_hide=True)
            if along is None:
                return False
            self._along[move] = along
        self._show_what_is_not_needed()
        return True

    def _moves(self) -> Iterator[_Move]:
        for link, reason in zip(self.links, self.reasons, strict=True):
            if reason == "small":
                yield _Move(link.end, link.start, self.below - 1 - link.people)
                # Zeros are shown, so a small total is at least as large as its counts are many.
                yield _Move(link.start, link.end, link.people - link.parts)

    def _show_what_is_not_needed(self) -> None:
        """Show again what later choices made needless, the most people first."""
        users: dict[int, set[_Move]] = {}
        for move, along in self._along.items():
            for number in along:
                users.setdefault(number, set()).add(move)
        extra = [i for i, reason in enumerate(self.reasons) if reason == "complementary"]
        for number in sorted(extra, key=lambda i: -self.links[i].people):
            self._switch(number, hide=False)
            found: dict[_Move, list[int]] = {}
            for move in users.get(number, ()):
                other_way = self._loops(move, may_hide=False)
                if other_way is None:
                    self._switch(number, hide=True)
                    break
                found[move] = other_way
            else:
                for move, along in found.items():
                    for other in along:
                        users.setdefault(other, set()).add(move)

    def _loops(self, move: _Move, *, may_hide: bool) -> list[int] | None:
        """Find hidden counts that take all units; hide more where it takes more and we may."""
        if move.units <= 0:
            return []
        return self._short_loops(move) or self._any_loops(move, may_hide=may_hide)

    def _short_loops(self, move: _Move) -> list[int] | None:
        """Loops of three further hidden counts, none used twice: quick, and mostly enough."""
        start, end, units = move
        first, last = ~(1 << end), ~(1 << start)
        along = []
        for size in range(units, 0, -1):
            ways = self._ways[size - 1]
            while size <= units:
                step = between(ways, ways.out[start] & first, ways.back[end] & last)
                if step is None:
                    break
                path = ((start, step[0]), step, (step[1], end))
                along += [self._link_of[one] for one in path]
                first &= ~(1 << step[0])
                last &= ~(1 << step[1])
                units -= size
            if not units:
                return along
        return None

    def _any_loops(self, move: _Move, *, may_hide: bool) -> list[int] | None:
        start, end, units = move
        room, hidden = self._room.copy(), self._ways[0].copy()
        room[start, end] = room[end, start] = 0
        hidden.set(start, end, is_open=False)
        hidden.set(end, start, is_open=False)
        sent: dict[Step, int] = {}
        while units:
            path = hidden.path(start, end)
            if path is None and may_hide:
                # The cheapest with room for all that is left; else the cheapest of all.
                path = cheapest_path(self._prices, room >= units, start, end)
                path = path or cheapest_path(self._prices, room >= 1, start, end)
            if path is None:
                return None
            most = min(units, *(int(room[step]) for step in path))
            for tail, head in path:
                room[tail, head] -= most
                room[head, tail] += most
                hidden.set(tail, head, is_open=bool(room[tail, head]))
                hidden.set(head, tail, is_open=True)
                sent[tail, head] = sent.get((tail, head), 0) + most
                if not self.reasons[self._link_of[tail, head]]:
                    self._switch(self._link_of[tail, head], hide=True)
            units -= most
        return [self._link_of[a, b] for (a, b), n in sent.items() if n != sent.get((b, a), 0)]

    def _switch(self, number: int, *, hide: bool) -> None:
        start, end, count, _ = self.links[number]
        self.reasons[number] = "complementary" if hide else ""
        price = 0 if hide else count * _A_COUNT + 1
        self._prices[start, end] = self._prices[end, start] = price
        for units, ways in enumerate(self._ways, start=1):
            for tail, head in ((start, end), (end, start)):
                ways.set(tail, head, is_open=hide and bool(self._room[tail, head] >= units))
