"""How the partners' network grows: more ties every year, and the same person in the middle."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np

Pair = tuple[int, int]

# Ties in 2022 and 2025: of the coordinator, and within the core. With those within the two small
# groups they come to 61 and 117.
COORDINATOR_TIES = (9, 15)
CORE_TIES = (47, 93)
# The best connected of the core: others join through them.
OLD_HANDS = 7
# The coordinator is number 0. She alone ties the small groups to the rest: through two of the
# health group and one of the residents'.
HEALTH_TIES, RESIDENT_TIES = 2, 1


@dataclass(frozen=True)
class Ties:
    """Who is tied to whom.

    Parameters
    ----------
    core, health, residents
        Numbers of the organizations in each group.
    pairs
        Two numbers a tie, the smaller first.
    """

    core: range
    health: range
    residents: range
    pairs: frozenset[Pair]


def ties_of_2022(
    random: np.random.Generator, core: int, health: int, residents: int, never: frozenset[int]
) -> Ties:
    """Draw the first network.

    Parameters
    ----------
    random
        Where the luck comes from.
    core, health, residents
        How many organizations each group has. The coordinator is number 0, the groups follow.
    never
        The two that have no tie.
    """
    groups = (
        range(1, core + 1),
        range(core + 1, core + health + 1),
        range(core + health + 1, core + health + residents + 1),
    )
    order = random.permutation(list(groups[0])).tolist()
    if set(order[:2]) == never:
        order.reverse()
    pairs: set[Pair] = set()
    for place in range(1, core):
        known = [one for one in order[: min(place, OLD_HANDS)] if {one, order[place]} != never]
        pairs.add(_pair(order[place], known[random.integers(len(known))]))
    _add_in_core(pairs, groups[0], CORE_TIES[0], never, random)
    for group in groups[1:]:
        pairs |= set(pairwise(group))
    small = [*groups[1][:HEALTH_TIES], *groups[2][:RESIDENT_TIES]]
    met = random.permutation(list(groups[0]))[: COORDINATOR_TIES[0] - len(small)].tolist()
    pairs |= {(0, one) for one in [*small, *met]}
    return Ties(*groups, frozenset(pairs))


def ties_of_2025(random: np.random.Generator, before: Ties, never: frozenset[int]) -> Ties:
    """Let the network grow: within the groups and around the coordinator, never between groups.

    Parameters
    ----------
    random
        Where the luck comes from.
    before
        The network of 2022. Its ties last.
    never
        The two that have no tie.
    """
    pairs = set(before.pairs)
    _add_in_core(pairs, before.core, CORE_TIES[1], never, random)
    for group in (before.health, before.residents):
        pairs |= set(combinations(group, 2))
    new = [one for one in before.core if (0, one) not in pairs]
    met = random.permutation(new)[: COORDINATOR_TIES[1] - COORDINATOR_TIES[0]].tolist()
    return Ties(
        before.core,
        before.health,
        before.residents,
        frozenset(pairs | {(0, one) for one in met}),
    )


def _add_in_core(
    pairs: set[Pair], core: range, total: int, never: frozenset[int], random: np.random.Generator
) -> None:
    """Add ties within the core up to `total`; who has many finds more."""
    inside = {pair for pair in pairs if pair[0] in core}
    degree = np.bincount(np.array(sorted(inside)).ravel(), minlength=core.stop) + 1.0
    free = [pair for pair in combinations(core, 2) if pair not in pairs and set(pair) != never]
    weight = np.array([degree[one] * degree[other] for one, other in free])
    chosen = random.choice(len(free), total - len(inside), replace=False, p=weight / weight.sum())
    pairs |= {free[one] for one in chosen.tolist()}


def _pair(one: int, other: int) -> Pair:
    return (min(one, other), max(one, other))
