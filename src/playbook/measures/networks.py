"""Who is tied to whom, and what hangs on one of them: a table of partners as a network.

A tie has no direction here: who works with whom. Whoever lies on many of the shortest paths between
others holds a table together. If they leave, it may fall apart.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

import pandas as pd

from playbook.errors import PlaybookError

if TYPE_CHECKING:
    from networkx import Graph


def network_density(ties: pd.DataFrame, nodes: Iterable[str] | None = None) -> float:
    """Share of all possible ties that are there, from 0 to 1.

    Parameters
    ----------
    ties
        One row a tie: ``from_org`` and ``to_org``. Direction and repeats count for nothing.
    nodes
        All who could have a tie, those without one too. Left out: all who stand in `ties`.

    Raises
    ------
    PlaybookError
        When a column or a name is missing, one is tied to itself or is not among `nodes`, or there
        are fewer than two.

    Notes
    -----
    Source: Wasserman S, Faust K (1994), Social Network Analysis, section 4.3.

    Examples
    --------
    >>> ties = pd.DataFrame({"from_org": ["A", "A", "A"], "to_org": ["B", "C", "D"]})
    >>> network_density(ties), network_density(ties, ["A", "B", "C", "D", "E", "F"])
    (0.5, 0.2)
    """
    graph = _graph(ties, nodes, at_least=2)
    size = len(graph)
    possible = size * (size - 1) / 2
    return int(graph.number_of_edges()) / possible


def degree_centralization(ties: pd.DataFrame, nodes: Iterable[str] | None = None) -> float:
    """How far the ties belong to one: 1 when all are tied to one only, 0 when all have as many.

    Parameters
    ----------
    ties, nodes
        As in `network_density`; at least three nodes.

    Raises
    ------
    PlaybookError
        As in `network_density`.

    Notes
    -----
    Source: Freeman LC (1978), Centrality in social networks: conceptual clarification, Social
    Networks 1:215-239.

    Examples
    --------
    >>> star = pd.DataFrame({"from_org": ["A", "A", "A"], "to_org": ["B", "C", "D"]})
    >>> ring = pd.DataFrame({"from_org": ["A", "B", "C", "D"], "to_org": ["B", "C", "D", "A"]})
    >>> degree_centralization(star), degree_centralization(ring)
    (1.0, 0.0)
    """
    graph = _graph(ties, nodes, at_least=3)
    degrees, size = [count for _, count in graph.degree()], len(graph)
    apart = sum(max(degrees) - int(one) for one in degrees)
    return float(apart / ((size - 1) * (size - 2)))


def shares_of_paths(ties: pd.DataFrame, nodes: Iterable[str] | None = None) -> pd.DataFrame:
    """Through whom the shortest paths between all others run.

    Parameters
    ----------
    ties, nodes
        As in `network_density`; at least three nodes.

    Returns
    -------
    pandas.DataFrame
        One row a node, most paths first: ``org_id``, ``ties``, and ``share_of_paths`` (percent). Of
        two equally short paths each counts half. Pairs without a path count as not running through
        anyone.

    Raises
    ------
    PlaybookError
        As in `network_density`.

    Notes
    -----
    Betweenness, divided by the number of pairs of others. Source: Freeman LC (1977), Sociometry
    40:35-41; computed as in Brandes U (2001), Journal of Mathematical Sociology 25:163-177.

    Examples
    --------
    B lies on the way from A to C and to D: two of the three pairs of others. C and D have a tie of
    their own.

    >>> ties = pd.DataFrame({"from_org": ["A", "B", "B", "C"], "to_org": ["B", "C", "D", "D"]})
    >>> shares_of_paths(ties).round(1)
      org_id  ties  share_of_paths
    0      B     3            66.7
    1      A     1             0.0
    2      C     2             0.0
    3      D     2             0.0
    """
    import networkx

    graph = _graph(ties, nodes, at_least=3)
    shares = networkx.betweenness_centrality(graph, normalized=True)
    rows = [(one, graph.degree(one), 100 * shares[one]) for one in sorted(graph)]
    table = pd.DataFrame(rows, columns=["org_id", "ties", "share_of_paths"])
    return table.sort_values("share_of_paths", ascending=False, kind="stable", ignore_index=True)


def fragmentation(ties: pd.DataFrame, nodes: Iterable[str] | None = None) -> float:
    """Share of pairs with no path between them, from 0 (all connected) to 1 (nobody tied).

    Parameters
    ----------
    ties, nodes
        As in `network_density`.

    Raises
    ------
    PlaybookError
        As in `network_density`.

    Notes
    -----
    Source: Borgatti SP (2006), Identifying sets of key players in a social network, Computational
    and Mathematical Organization Theory 12:21-34.

    Examples
    --------
    Of six pairs among two and two, two are connected.

    >>> ties = pd.DataFrame({"from_org": ["A", "C"], "to_org": ["B", "D"]})
    >>> round(fragmentation(ties), 3)
    0.667
    """
    return _cut(_parts(_graph(ties, nodes, at_least=2)))


def without_each(
    ties: pd.DataFrame,
    nodes: Iterable[str] | None = None,
    leaving: Collection[str] | None = None,
) -> pd.DataFrame:
    """Take one node away, and see into which parts the network falls.

    Parameters
    ----------
    ties, nodes
        As in `network_density`; at least three nodes.
    leaving
        Who leaves, one at a time. Left out: each in turn.

    Returns
    -------
    pandas.DataFrame
        One row a node, worst first: ``org_id``, ``parts`` (how many pieces are left), ``sizes``
        (such as ``"22 + 4 + 3"``), and ``pairs_cut`` (percent of the remaining pairs with no path
        between them). Two or more parts where there was one: it was a cut point.

    Raises
    ------
    PlaybookError
        As in `network_density`, and when who leaves is not there.

    Notes
    -----
    `pairs_cut` is `fragmentation` of what is left, times 100.

    Examples
    --------
    >>> ties = pd.DataFrame({"from_org": ["A", "B", "B", "C"], "to_org": ["B", "C", "D", "D"]})
    >>> without_each(ties, leaving=["B", "C"]).round(1)
      org_id  parts  sizes  pairs_cut
    0      B      2  2 + 1       66.7
    1      C      1      3        0.0
    """
    graph = _graph(ties, nodes, at_least=3)
    unknown = [one for one in leaving or () if one not in graph]
    if unknown:
        raise PlaybookError(
            f'"{unknown[0]}" is not in the network, so it can\'t leave.',
            fix=f"Use one of: {', '.join(map(str, sorted(graph)[:5]))}, and so on.",
        )
    rows = []
    for one in sorted(graph if leaving is None else leaving):
        sizes = _parts(graph.subgraph(set(graph) - {one}))
        rows.append((one, len(sizes), " + ".join(map(str, sizes)), 100 * _cut(sizes)))
    table = pd.DataFrame(rows, columns=["org_id", "parts", "sizes", "pairs_cut"])
    return table.sort_values("pairs_cut", ascending=False, kind="stable", ignore_index=True)


def bridges(ties: pd.DataFrame, nodes: Iterable[str] | None = None) -> pd.DataFrame:
    """Ties that are the only way across: without one of them the network has one part more.

    Parameters
    ----------
    ties, nodes
        As in `network_density`.

    Returns
    -------
    pandas.DataFrame
        One row a bridge: ``from_org``, ``to_org``, sorted, the smaller name first.

    Raises
    ------
    PlaybookError
        As in `network_density`.

    Notes
    -----
    Source: Wasserman S, Faust K (1994), Social Network Analysis, section 4.2.

    Examples
    --------
    >>> ties = pd.DataFrame({"from_org": ["A", "B", "B", "C"], "to_org": ["B", "C", "D", "D"]})
    >>> bridges(ties)
      from_org to_org
    0        A      B
    """
    import networkx

    found = networkx.bridges(_graph(ties, nodes, at_least=2))
    rows = sorted(tuple(sorted(pair)) for pair in found)
    return pd.DataFrame(rows, columns=["from_org", "to_org"], dtype="str")


def _graph(ties: pd.DataFrame, nodes: Iterable[str] | None, at_least: int) -> Graph:
    from networkx import Graph

    missing = [name for name in ("from_org", "to_org") if name not in ties.columns]
    if missing:
        raise PlaybookError(
            f"The table of ties has no column {missing[0]}.",
            fix=f"Rename the column with one end of each tie to {missing[0]}.",
        )
    pairs = ties[["from_org", "to_org"]]
    if pairs.isna().to_numpy().any():
        raise PlaybookError(
            "A tie has one end only: a name is missing.",
            fix="Fill the name in, or leave the row out with .dropna().",
        )
    itself = pairs.loc[pairs["from_org"] == pairs["to_org"], "from_org"]
    if len(itself):
        raise PlaybookError(
            f'"{itself.iloc[0]}" is tied to itself.', fix="Leave that row out: a tie needs two."
        )
    graph = Graph()
    if nodes is not None:
        graph.add_nodes_from(nodes)
        unknown = sorted({*pairs["from_org"], *pairs["to_org"]} - set(graph))
        if unknown:
            raise PlaybookError(
                f'"{unknown[0]}" has a tie and is not among the nodes.',
                fix="Add it to the list of nodes, or leave its ties out.",
            )
    graph.add_edges_from(pairs.itertuples(index=False, name=None))
    if len(graph) < at_least:
        raise PlaybookError(
            f"A network of {len(graph)} is too small for this figure.",
            fix=f"Give at least {at_least} nodes.",
        )
    return graph


def _parts(graph: Graph) -> list[int]:
    """Sizes of the pieces, largest first."""
    from networkx import connected_components

    return sorted((len(part) for part in connected_components(graph)), reverse=True)


def _cut(sizes: list[int]) -> float:
    """Share of pairs that lie in two pieces."""
    size = sum(sizes)
    return 1 - sum(one * (one - 1) for one in sizes) / (size * (size - 1))
