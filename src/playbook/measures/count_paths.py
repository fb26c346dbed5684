"""Paths through a network of counts: the one with the fewest steps, and the cheapest one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

Step = tuple[int, int]

# More than any path can cost.
CLOSED = np.iinfo(np.int64).max // 4


@dataclass
class Ways:
    """Steps that are open: for each node a whole number, in which each bit is a neighbor.

    Parameters
    ----------
    out
        Where one can go from a node.
    back
        From where one can come to it.
    """

    out: list[int]
    back: list[int]

    @classmethod
    def where(cls, is_open: np.ndarray) -> Ways:
        """Open the steps from row to column that are true."""
        return cls(_as_bits(is_open), _as_bits(is_open.T))

    def copy(self) -> Ways:
        """Return the same steps, to open and close apart."""
        return Ways(self.out.copy(), self.back.copy())

    def set(self, tail: int, head: int, *, is_open: bool) -> None:
        """Open or close one step."""
        if is_open:
            self.out[tail] |= 1 << head
            self.back[head] |= 1 << tail
        else:
            self.out[tail] &= ~(1 << head)
            self.back[head] &= ~(1 << tail)

    def path(self, start: int, end: int) -> list[Step] | None:
        """Find the steps of a path with the fewest, ring by ring.

        Examples
        --------
        >>> ways = Ways.where(np.array([[0, 1, 0], [0, 0, 1], [0, 0, 0]]) > 0)
        >>> ways.path(0, 2), ways.path(2, 0)
        ([(1, 2), (0, 1)], None)
        """
        rings = [1 << start]
        seen = rings[0]
        while not seen >> end & 1:
            reached = 0
            for node in _nodes(rings[-1]):
                reached |= self.out[node]
            rings.append(reached & ~seen)
            if not rings[-1]:
                return None
            seen |= reached
        path, node = [], end
        for ring in reversed(rings[:-1]):
            before = _lowest(ring & self.back[node])
            path.append((before, node))
            node = before
        return path


def between(ways: Ways, first: int, last: int) -> Step | None:
    """Find an open step from one set of nodes to another."""
    for node in _nodes(first):
        reached = ways.out[node] & last
        if reached:
            return node, _lowest(reached)
    return None


def cheapest_path(
    prices: np.ndarray, passable: np.ndarray, start: int, end: int
) -> list[Step] | None:
    """Find the steps of the cheapest path, by Dijkstra's method; None where there is none."""
    cost = np.full(len(prices), CLOSED)
    cost[start] = 0
    before = np.full(len(prices), start)
    done = np.zeros(len(prices), dtype=bool)
    while True:
        node = int(np.where(done, CLOSED, cost).argmin())
        if cost[node] >= CLOSED or done[node]:
            return None
        if node == end:
            break
        done[node] = True
        further = np.where(passable[node], cost[node] + prices[node], CLOSED)
        better = (further < cost) & ~done
        cost[better] = further[better]
        before[better] = node
    path = []
    while node != start:
        path.append((int(before[node]), node))
        node = int(before[node])
    return path


def _as_bits(is_open: np.ndarray) -> list[int]:
    packed = np.packbits(is_open, axis=1, bitorder="little")
    return [int.from_bytes(line.tobytes(), "little") for line in packed]


def _nodes(bits: int) -> list[int]:
    found = []
    while bits:
        found.append(_lowest(bits))
        bits &= bits - 1
    return found


def _lowest(bits: int) -> int:
    return (bits & -bits).bit_length() - 1
