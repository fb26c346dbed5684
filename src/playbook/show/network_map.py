"""Who works with whom: a map of ties, with the ties that hold parts of it together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from playbook.errors import PlaybookError
from playbook.show import inputs
from playbook.show.figure import Figure
from playbook.show.looks import at_most, looks_of
from playbook.show.network_drawing import Member, Network, draw_network
from playbook.show.network_layout import places_of
from playbook.show.parts import sentences
from playbook.show.style import SERIES
from playbook.show.table import Table
from playbook.show.words import alt_text, checked_finding, label_of

_MOST_MEMBERS = 60
_ALL_NAMED = 12  # up to here every name finds room


def network_map(
    df: pd.DataFrame,
    *,
    source: str,
    target: str,
    finding: str,
    members: pd.DataFrame | None = None,
    name: str = "name",
    group: str | None = None,
    highlight: str | Sequence[str] | None = None,
    note: str = "",
) -> Figure:
    """Draw who is tied to whom, and which ties are bridges.

    Parameters
    ----------
    df
        One row a tie. A tie named in both directions, or twice, counts once. It is not changed.
    source, target
        Columns with the two names of each tie.
    finding
        What the chart shows, in one sentence of at most 140 characters: its title.
    members
        One row a member, at most 60; it may name members without any tie. Without it, the
        members are those who have ties.
    name, group
        Columns of `members` with the names, and with up to four groups, such as sectors.
    highlight
        Member or members to point out.
    note
        Source or caution, printed beneath. Say here what counts as a tie.

    Returns
    -------
    Figure
        Words, table and picture. A bridge is a tie without which the network would fall into one
        part more. Members that are near in the network stand near each other; places mean
        nothing else.

    Raises
    ------
    PlaybookError
        When a column is missing, there are no rows, a member is tied to itself or named twice,
        a tie names somebody who is not a member, or there are more than 60 members or four groups.

    Notes
    -----
    Source: bridges by Tarjan's algorithm, as networkx has it.

    Examples
    --------
    >>> ties = pd.DataFrame({
    ...     "from": ["Clinic", "Library", "Food bank", "Clinic"],
    ...     "to": ["Library", "Food bank", "Clinic", "Parks"],
    ... })
    >>> print(network_map(ties, source="from", target="to", finding="One tie holds Parks"))
    Network map: One tie holds Parks. 4 members, 4 ties, 1 bridge. Most ties: Clinic with 3.
    <BLANKLINE>
    Member     Ties  Bridges
    Clinic        3        1
    Library       2        0
    Food bank     2        0
    Parks         1        1
    <BLANKLINE>
    Larger marks have more ties. Double lines are bridges: without one, the network would fall into
    one part more. How near two marks stand tells how few steps lie between them, roughly.
    """
    finding = checked_finding(finding)
    groups = _groups(df, (source, target), members, (name, group))
    ties = _ties(df, (source, target), groups)
    chosen = inputs.checked_highlight(highlight, list(groups))
    sectors = list(dict.fromkeys(sector for sector in groups.values() if sector))
    at_most(sectors, len(SERIES), "groups", "Put the smallest groups together as one.")
    network = _network(groups, ties)
    heading = label_of(name) if members is not None else "Member"
    looks = looks_of(sectors, ()) if sectors else {}
    return Figure(
        finding,
        alt_text("Network map", finding, _told(network)),
        _numbers(finding, heading, label_of(group or ""), network),
        sentences(
            "Larger marks have more ties."
            + (
                " Double lines are bridges: without one, the network would fall into one part more."
                if network.bridges
                else ""
            ),
            "How near two marks stand tells how few steps lie between them, roughly.",
            "Where a name found no room, the table has it."
            if len(network.members) > _ALL_NAMED
            else "",
            note,
        ),
        lambda: draw_network(finding, network, looks, chosen),
    )


def _groups(
    df: pd.DataFrame,
    ends: tuple[str, str],
    members: pd.DataFrame | None,
    columns: tuple[str, str | None],
) -> dict[str, str]:
    """List the members in their order, each with its group (empty where there are none)."""
    if members is None:
        pairs = zip(
            inputs.names(df, ends[0], "source"), inputs.names(df, ends[1], "target"), strict=True
        )
        found = dict.fromkeys((name for pair in pairs for name in pair), "")
    else:
        names = inputs.names(members, columns[0], "name")
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise PlaybookError(
                f"{twice} is among the members more than once.", fix="Keep one row a member."
            )
        groups = inputs.names(members, columns[1], "group") if columns[1] else [""] * len(names)
        found = dict(zip(names, groups, strict=True))
    if not found:
        raise PlaybookError(
            "There is nobody to draw.",
            fix="Look at the step that made this table. A filter may have left nothing.",
        )
    at_most(list(found), _MOST_MEMBERS, "members", "Keep the part of the network you ask about.")
    return found


def _ties(
    df: pd.DataFrame, ends: tuple[str, str], groups: Mapping[str, str]
) -> list[tuple[str, str]]:
    """List the ties, each once."""
    found: dict[frozenset[str], tuple[str, str]] = {}
    for pair in zip(
        inputs.names(df, ends[0], "source"), inputs.names(df, ends[1], "target"), strict=True
    ):
        for name in pair:
            if name not in groups:
                near = inputs.nearest(name, groups)
                raise PlaybookError(
                    f"{name} has a tie and is not among the members.",
                    fix=f"Add a row for {name}" + (f", or write {near}." if near else "."),
                )
        if pair[0] == pair[1]:
            raise PlaybookError(
                f"{pair[0]} is tied to itself.", fix="Leave this row out: it tells nothing."
            )
        found.setdefault(frozenset(pair), pair)
    return list(found.values())


def _network(groups: Mapping[str, str], ties: Sequence[tuple[str, str]]) -> Network:
    """Count ties, find bridges and give everybody a place."""
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(groups)
    graph.add_edges_from(ties)
    bridges = {frozenset(pair) for pair in nx.bridges(graph)}
    places = places_of(list(groups), dict(nx.all_pairs_shortest_path_length(graph)))
    members = tuple(
        Member(
            name,
            group,
            graph.degree(name),
            sum(name in bridge for bridge in bridges),
            (places[name][0], places[name][1]),
        )
        for name, group in groups.items()
    )
    return Network(
        members,
        tuple(pair for pair in ties if frozenset(pair) not in bridges),
        tuple(pair for pair in ties if frozenset(pair) in bridges),
        nx.number_connected_components(graph),
    )


def _told(network: Network) -> list[str]:
    counts = [
        _count(len(network.members), "member"),
        _count(len(network.ties) + len(network.bridges), "tie"),
        _count(len(network.bridges), "bridge"),
    ]
    top = max(network.members, key=lambda member: member.ties)
    said = [f"{', '.join(counts)}.", f"Most ties: {top.name} with {top.ties}."]
    if network.parts > 1:
        said.append(f"It is in {network.parts} parts.")
    return [*said, f"{counts[0]}, {counts[1]}."]


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _numbers(finding: str, names: str, groups: str, network: Network) -> Table:
    columns = {names: [member.name for member in network.members]}
    if any(member.group for member in network.members):
        columns[groups] = [member.group for member in network.members]
    columns["Ties"] = [str(member.ties) for member in network.members]
    columns["Bridges"] = [str(member.bridges) for member in network.members]
    return Table(finding, pd.DataFrame(columns, dtype="str"), frozenset({"Ties", "Bridges"}))
