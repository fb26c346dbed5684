"""Ties, bridges and sizes are those of the table; places are near where steps are few."""

import math
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.axes import Axes

from playbook.errors import PlaybookError
from playbook.show.figure import Figure
from playbook.show.network_layout import places_of
from playbook.show.network_map import network_map
from playbook.show.style import SERIES

FINDING = "One tie holds two parts together"
NAMES = ["Clinic", "Library", "Parks", "School", "Shelter", "Food bank", "Chapel"]


@pytest.fixture
def ties() -> pd.DataFrame:
    """Two triangles with one tie between them; that tie twice, once in each direction."""
    pairs = ["01", "12", "20", "23", "32", "34", "45", "53"]
    named = [(NAMES[int(one)], NAMES[int(other)]) for one, other in pairs]
    return pd.DataFrame(named, columns=["from", "to"])


@pytest.fixture
def members() -> pd.DataFrame:
    return pd.DataFrame({"who": NAMES, "sector": ["City"] * 4 + ["Residents"] * 3})


def drawn(df: pd.DataFrame, **settings: Any) -> Figure:
    return network_map(df, source="from", target="to", finding=FINDING, **settings)


def area(figure: Figure) -> Axes:
    return next(axes for axes in figure.draw().axes if axes.get_label() == "marks")


def pieces(axes: Axes, label: str) -> set[frozenset[tuple[float, float]]]:
    (line,) = (line for line in axes.lines if line.get_label() == label)
    ends = [(float(x), float(y)) for x, y in zip(*line.get_data(), strict=True)]
    return {frozenset(ends[at : at + 2]) for at in range(0, len(ends), 3)}


def test_every_tie_is_drawn_once_from_member_to_member(ties: pd.DataFrame) -> None:
    axes = area(drawn(ties))
    at = {
        str(line.get_label()).removeprefix("member, "): (line.get_xdata()[0], line.get_ydata()[0])
        for line in axes.lines
        if str(line.get_label()).startswith("member")
    }
    bridge = {frozenset([at["Parks"], at["School"]])}
    assert pieces(axes, "bridges") == bridge
    expected = {
        frozenset([at[one], at[other]]) for one, other in ties.itertuples(index=False)
    } - bridge
    assert pieces(axes, "ties") == expected


def test_a_bridge_is_a_double_line_and_is_counted(ties: pd.DataFrame) -> None:
    figure = drawn(ties)
    wide = {str(line.get_label()): line.get_linewidth() for line in area(figure).lines}
    assert wide["bridges"] > 2 * wide["bridges, middle"] > wide["ties"]
    table = figure.table.set_index("Member")
    assert list(table.loc[["Parks", "School", "Clinic"], "Ties"]) == ["3", "3", "2"]
    assert list(table.loc[["Parks", "School", "Clinic"], "Bridges"]) == ["1", "1", "0"]
    assert "6 members, 7 ties, 1 bridge." in figure.alt


def test_without_a_bridge_none_is_explained(ties: pd.DataFrame) -> None:
    whole = pd.concat([ties, pd.DataFrame({"from": ["Clinic"], "to": ["Shelter"]})])
    assert "Double lines" not in drawn(whole).caption
    assert "Double lines" in drawn(ties).caption


def test_sizes_grow_with_ties_and_shapes_tell_groups(
    ties: pd.DataFrame, members: pd.DataFrame
) -> None:
    figure = drawn(ties, members=members, name="who", group="sector")
    marks = {str(line.get_label()): line for line in area(figure).lines}
    assert marks["member, Parks"].get_markersize() > marks["member, Clinic"].get_markersize()
    assert marks["member, Parks"].get_marker() == SERIES[0].marker
    assert marks["member, Chapel"].get_marker() == SERIES[1].marker
    page = next(axes for axes in figure.draw().axes if axes.get_label() == "page")
    assert {"City", "Residents"} <= {text.get_text() for text in page.texts}


def test_members_without_ties_are_shown(ties: pd.DataFrame, members: pd.DataFrame) -> None:
    figure = drawn(ties, members=members, name="who")
    assert "member, Chapel" in {line.get_label() for line in area(figure).lines}
    assert list(figure.table.iloc[-1]) == ["Chapel", "0", "0"]
    assert "It is in 2 parts." in figure.alt


def test_all_names_of_a_small_network_and_every_highlighted_one_are_written(
    ties: pd.DataFrame,
) -> None:
    assert set(NAMES[:6]) <= {text.get_text() for text in area(drawn(ties)).texts}
    big = nx.gnm_random_graph(58, 120, seed=3)
    many = pd.DataFrame([(f"Partner {a}", f"Partner {b}") for a, b in big.edges])
    crowded = many.set_axis(["from", "to"], axis=1)
    chosen = [f"Partner {number}" for number in (1, 2, 3)]
    figure = drawn(crowded, highlight=chosen)
    written = [text.get_text() for text in area(figure).texts]
    assert set(chosen) <= set(written)
    assert len(written) == len(set(written))
    assert "the table has it" in figure.caption


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        (("Clinic", "Clinic"), "Clinic is tied to itself"),
        (("Clinic", "Main library"), "Main library has a tie and is not among the members"),
    ],
)
def test_ties_that_can_not_be_are_told_plainly(
    ties: pd.DataFrame, members: pd.DataFrame, pair: tuple[str, str], said: str
) -> None:
    more = pd.concat([ties, pd.DataFrame([pair], columns=["from", "to"])])
    with pytest.raises(PlaybookError, match=said):
        drawn(more, members=members, name="who")


def test_doubled_members_nobody_and_crowds_are_refused(
    ties: pd.DataFrame, members: pd.DataFrame
) -> None:
    with pytest.raises(PlaybookError, match="Clinic is among the members more than once"):
        drawn(ties, members=pd.concat([members, members[:1]]), name="who")
    with pytest.raises(PlaybookError, match="nobody to draw"):
        drawn(ties[:0])
    crowd = pd.DataFrame({"from": ["Hub"] * 60, "to": [f"Partner {n}" for n in range(60)]})
    with pytest.raises(PlaybookError, match="There are 61 members"):
        drawn(crowd)
    sectors = members.assign(sector=[*"abcde", "a", "b"])
    with pytest.raises(PlaybookError, match="There are 5 groups"):
        drawn(ties, members=sectors, name="who", group="sector")


def layout(graph: nx.Graph) -> dict[str, list[float]]:
    return places_of(list(graph), dict(nx.all_pairs_shortest_path_length(graph)))


def test_those_near_in_the_network_stand_near_on_the_page() -> None:
    graph = nx.relabel_nodes(nx.path_graph(8), str)
    at = layout(graph)
    steps = dict(nx.all_pairs_shortest_path_length(graph))
    pairs = [(steps[a][b], math.dist(at[a], at[b])) for a in graph for b in graph if a < b]
    assert np.corrcoef(np.array(pairs).T)[0, 1] > 0.9


@given(st.integers(1, 25), st.integers(0, 40), st.integers(0, 99))
def test_places_are_inside_the_square_and_apart(members: int, ties: int, seed: int) -> None:
    graph = nx.relabel_nodes(nx.gnm_random_graph(members, ties, seed=seed), str)
    at = layout(graph)
    assert all(0 <= part <= 1 for place in at.values() for part in place)
    places = list(at.values())
    gaps = [math.dist(a, b) for n, a in enumerate(places) for b in places[:n]]
    assert min(gaps, default=1) > 0.005
    assert at == layout(graph)
