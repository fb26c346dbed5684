"""Paths through a network of counts, against a library that finds them another way."""

import networkx as nx
import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_numpy

from playbook.measures.count_paths import CLOSED, Ways, between, cheapest_path

NODES = 6
prices = st_numpy.arrays(np.int64, (NODES, NODES), elements=st.integers(0, 9))
is_open = st_numpy.arrays(np.bool_, (NODES, NODES))


def graph(open_: np.ndarray, cost: np.ndarray) -> nx.DiGraph:
    found = nx.DiGraph()
    found.add_nodes_from(range(NODES))
    found.add_weighted_edges_from(
        (a, b, int(cost[a, b])) for a, b in zip(*np.nonzero(open_), strict=True) if a != b
    )
    return found


@given(is_open, prices)
def test_the_cheapest_path_is_the_librarys(open_: np.ndarray, cost: np.ndarray) -> None:
    path = cheapest_path(np.where(open_, cost, CLOSED), np.ones_like(open_), 0, NODES - 1)
    net = graph(open_, cost)
    assert (path is not None) == nx.has_path(net, 0, NODES - 1)
    if path is not None:
        assert sum(cost[step] for step in path) == nx.dijkstra_path_length(net, 0, NODES - 1)
        assert sorted(a for a, _ in path) == sorted({0, *(b for _, b in path)} - {NODES - 1})


@given(is_open)
def test_the_path_with_the_fewest_steps_is_the_librarys(open_: np.ndarray) -> None:
    path = Ways.where(open_).path(0, NODES - 1)
    net = graph(open_, np.ones_like(open_, dtype=int))
    assert (path is not None) == nx.has_path(net, 0, NODES - 1)
    if path is not None:
        assert len(path) == nx.shortest_path_length(net, 0, NODES - 1)
        assert all(open_[step] for step in path)


@given(is_open, st.integers(0, NODES - 1), st.integers(0, NODES - 1))
def test_a_step_that_is_opened_or_closed_is_seen_from_both_ends(
    open_: np.ndarray, tail: int, head: int
) -> None:
    ways = Ways.where(open_)
    copy = ways.copy()
    copy.set(tail, head, is_open=not open_[tail, head])
    changed = open_.copy()
    changed[tail, head] = not open_[tail, head]
    assert copy == Ways.where(changed)
    assert ways == Ways.where(open_)
    step = between(copy, 1 << tail, 1 << head)
    assert (step == (tail, head)) == changed[tail, head]
