"""The picture of a network: ties, bridges as double lines, members, and as many names as fit."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playbook.show.boxes import Box, Point, along, around, beside, clear, clearest
from playbook.show.layout import legend_height
from playbook.show.names import Inches, write_in
from playbook.show.sheet import MARGIN, WIDTH, Sheet, marker_style, text_width
from playbook.show.style import BLUE, DENSE_SIZE, GRAY, INK, PAPER, Series

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

_FEW, _MANY = 12, 40  # members at which the area is lowest and highest
_LOWEST, _HIGHEST = 2.9, 5.2  # inches
_EDGE_ACROSS, _EDGE_UP = 0.75, 0.28  # room for names around the outermost members
_NAME_HEIGHT = 0.17
_SMALLEST, _PER_ROOT = 6.0, 3.0  # points of a mark: by the square root of its ties


@dataclass(frozen=True)
class Member:
    """One member: its group (may be empty), its ties, how many are bridges, and its place."""

    name: str
    group: str
    ties: int
    bridges: int
    place: Point

    @property
    def size(self) -> float:
        """Points across: the area of a mark grows with the number of its ties."""
        return _SMALLEST + _PER_ROOT * math.sqrt(self.ties)


@dataclass(frozen=True)
class Network:
    """Members, the ties that are no bridges, the bridges, and the number of parts."""

    members: tuple[Member, ...]
    ties: tuple[tuple[str, str], ...]
    bridges: tuple[tuple[str, str], ...]
    parts: int


def draw_network(
    finding: str, network: Network, looks: Mapping[str, Series], chosen: Collection[str]
) -> Drawing:
    """Draw a legend of the groups, then ties, members and names."""
    share = min(max((len(network.members) - _FEW) / (_MANY - _FEW), 0.0), 1.0)
    height = _LOWEST + share * (_HIGHEST - _LOWEST)
    legend = legend_height(list(looks))
    sheet = Sheet(finding, legend + height + MARGIN)
    if legend:
        sheet.legend(sheet.top + 0.12, list(looks.items()))
    width = WIDTH - 2 * MARGIN
    area = sheet.plot(MARGIN, sheet.top + legend, width, height, "marks")
    area.set(xlim=(0, width), ylim=(0, height))
    at = {
        member.name: (
            _EDGE_ACROSS + member.place[0] * (width - 2 * _EDGE_ACROSS),
            _EDGE_UP + member.place[1] * (height - 2 * _EDGE_UP),
        )
        for member in network.members
    }
    _draw_ties(area, "ties", network.ties, at)
    _draw_ties(area, "bridges", network.bridges, at)
    for member in network.members:
        area.plot(
            [at[member.name][0]],
            [at[member.name][1]],
            label=f"member, {member.name}",
            **marker_style(_look(member, looks, chosen), member.size),
        )
    _write_names(Inches(area), network, at, chosen, (0.0, 0.0, width, height))
    return sheet.figure


def _look(member: Member, looks: Mapping[str, Series], chosen: Collection[str]) -> Series:
    if looks:
        return looks[member.group]
    if chosen and member.name not in chosen:
        return Series(GRAY, "o", True, "hollow circle")
    return Series(BLUE, "o", False, "filled circle")


def _draw_ties(
    area: Axes, label: str, pairs: Sequence[tuple[str, str]], at: Mapping[str, Point]
) -> None:
    """Draw all ties of a kind as one path; a bridge is a dark line with white along its middle."""
    if not pairs:
        return
    xs = [x for one, other in pairs for x in (at[one][0], at[other][0], math.nan)]
    ys = [y for one, other in pairs for y in (at[one][1], at[other][1], math.nan)]
    strokes = [(GRAY, 1.0, 1)] if label == "ties" else [(INK, 4.2, 1), (PAPER, 1.8, 2)]
    for number, (color, wide, layer) in enumerate(strokes):
        area.plot(
            xs,
            ys,
            color=color,
            linewidth=wide,
            label=label if number == 0 else f"{label}, middle",
            zorder=layer,
        )


def _write_names(
    where: Inches,
    network: Network,
    at: Mapping[str, Point],
    chosen: Collection[str],
    room: Box,
) -> None:
    """Write the chosen names and then those with most ties, as long as they find a clear place."""
    marks = [
        box
        for member in network.members
        for box in around([at[member.name]], member.size / 144 + 0.03)
    ]
    paths = [
        step
        for one, other in (*network.ties, *network.bridges)
        for step in along([at[one], at[other]], 0.08)
    ]
    lines, names = around(paths, 0.02), list[Box]()
    order = sorted(network.members, key=lambda member: (member.name not in chosen, -member.ties))
    for member in order:
        strong = member.name in chosen
        size = (text_width(member.name, DENSE_SIZE, strong) + 0.04, _NAME_HEIGHT)
        gap = member.size / 144 + 0.05
        spots = [
            box
            for further in (0.0, 0.1, 0.22)
            for box in beside(at[member.name], size, gap + further)
        ]
        box = clearest(spots, room, [*names, *marks], lines)
        if strong or clear([box], [*names, *marks]):
            names.append(box)
            write_in(where, member.name, box, at[member.name], strong=strong)
