"""Network measures against published figures of a network everybody knows, and against networkx.

Marriages among Florentine families of the 15th century (Padgett JF, Ansell CK, 1993): 16 families,
20 marriages; the Pucci have none. Jackson MO (2008), Social and Economic Networks, section 1.2.1,
prints the share of shortest paths for three of the 15 others.
"""

import networkx
import numpy as np
import pandas as pd
import pytest

from playbook.measures.networks import (
    bridges,
    degree_centralization,
    fragmentation,
    network_density,
    shares_of_paths,
    without_each,
)

MARRIAGES = [
    ("Acciaiuoli", "Medici"),
    ("Castellani", "Peruzzi"),
    ("Castellani", "Strozzi"),
    ("Castellani", "Barbadori"),
    ("Medici", "Barbadori"),
    ("Medici", "Ridolfi"),
    ("Medici", "Tornabuoni"),
    ("Medici", "Albizzi"),
    ("Medici", "Salviati"),
    ("Salviati", "Pazzi"),
    ("Peruzzi", "Strozzi"),
    ("Peruzzi", "Bischeri"),
    ("Strozzi", "Ridolfi"),
    ("Strozzi", "Bischeri"),
    ("Ridolfi", "Tornabuoni"),
    ("Tornabuoni", "Guadagni"),
    ("Albizzi", "Ginori"),
    ("Albizzi", "Guadagni"),
    ("Bischeri", "Guadagni"),
    ("Guadagni", "Lamberteschi"),
]
TIES = pd.DataFrame(MARRIAGES, columns=["from_org", "to_org"])


def test_shares_of_paths_among_the_florentine_families() -> None:
    shares = shares_of_paths(TIES).set_index("org_id")["share_of_paths"]
    published = {"Medici": 52.2, "Guadagni": 25.5, "Strozzi": 10.3}
    assert shares.index.tolist()[:2] == ["Medici", "Guadagni"]
    for family, share in published.items():
        assert shares[family] == pytest.approx(share, abs=0.06)


def test_density_with_and_without_the_family_that_married_nobody() -> None:
    families = [*{name for pair in MARRIAGES for name in pair}, "Pucci"]
    # 20 of 120 possible marriages.
    assert network_density(TIES, families) == pytest.approx(20 / 120)
    assert network_density(TIES) == pytest.approx(20 / 105)
    # Nobody reaches the Pucci: 15 of 120 pairs are cut.
    assert fragmentation(TIES, families) == pytest.approx(15 / 120)
    assert fragmentation(TIES) == 0


def test_without_the_medici_two_parts_break_off() -> None:
    worst = without_each(TIES).iloc[0]
    assert (worst["org_id"], worst["parts"], worst["sizes"]) == ("Medici", 3, "11 + 2 + 1")


@pytest.mark.parametrize("seed", range(8))
def test_random_networks_as_networkx_and_matrices_see_them(seed: int) -> None:
    random = np.random.default_rng(seed)
    size = int(random.integers(5, 25))
    linked = np.triu(random.random((size, size)) < random.uniform(0.05, 0.4), 1)
    nodes = [f"n{number:02}" for number in range(size)]
    rows = [(nodes[one], nodes[other]) for one, other in np.argwhere(linked)]
    ties = pd.DataFrame(rows, columns=["from_org", "to_org"])
    graph = networkx.Graph(rows)
    graph.add_nodes_from(nodes)
    matrix = (linked | linked.T).astype(float)

    assert network_density(ties, nodes) == pytest.approx(networkx.density(graph))
    degree = matrix.sum(axis=1)
    assert degree_centralization(ties, nodes) == pytest.approx(
        (degree.max() - degree).sum() / ((size - 1) * (size - 2))
    )
    # A path exists where some power of the matrix is not 0.
    reach = np.linalg.matrix_power(matrix + np.eye(size), size) > 0
    assert fragmentation(ties, nodes) == pytest.approx(1 - (reach.sum() - size) / (size**2 - size))
    by_name = shares_of_paths(ties, nodes).set_index("org_id")["share_of_paths"]
    assert by_name.to_dict() == pytest.approx(
        {name: 100 * share for name, share in paths_by_hand(matrix, nodes).items()}
    )
    parts = without_each(ties, nodes).set_index("org_id")["parts"]
    pieces = networkx.number_connected_components(graph)
    alone = [name for name in nodes if not graph[name]]
    cut = {name for name in nodes if parts[name] > pieces - (name in alone)}
    assert cut == set(networkx.articulation_points(graph))
    found = {frozenset(pair) for pair in bridges(ties, nodes).itertuples(index=False)}
    assert found == {frozenset(pair) for pair in networkx.bridges(graph)}


def paths_by_hand(matrix: np.ndarray, nodes: list[str]) -> dict[str, float]:
    """Betweenness by counting every shortest path with powers of the matrix."""
    size = len(nodes)
    distance = np.full((size, size), np.inf)
    counts = np.zeros((size, size))
    walks = np.eye(size)
    for steps in range(size):
        new = np.isinf(distance) & (walks > 0)
        distance[new], counts[new] = steps, walks[new]
        walks = walks @ matrix
    through = dict.fromkeys(nodes, 0.0)
    for one in range(size):
        for other in range(one + 1, size):
            for middle in set(range(size)) - {one, other}:
                detour = distance[one, middle] + distance[middle, other]
                if np.isfinite(detour) and detour == distance[one, other]:
                    paths = counts[one, middle] * counts[middle, other]
                    through[nodes[middle]] += paths / counts[one, other]
    pairs = (size - 1) * (size - 2) / 2
    return {name: count / pairs for name, count in through.items()}
