"""Where plans meet at one idea: near-copies, and priorities that no strategy is for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from playbook.errors import PlaybookError
from playbook.measures.overlap import require_columns

# Two strategies with a cosine of this or more are near-copies: three shared priorities of three
# and four. Two of three in common would reach .67, two of two and three .82.
NEAR_COPY = 0.85
SAME = 1e-9


def tag_matrix(
    strategies: pd.DataFrame, strategy: str = "strategy_id", tags: str = "priority_tags"
) -> pd.DataFrame:
    """Strategies by priorities: True where a strategy is for a priority.

    Parameters
    ----------
    strategies
        One row a strategy.
    strategy
        Column with its id.
    tags
        Column with its priorities, joined by commas.

    Raises
    ------
    PlaybookError
        When a column is missing, an id stands twice, or a strategy has no priority.

    Examples
    --------
    >>> plans = pd.DataFrame(
    ...     {"strategy_id": ["S1", "S2"], "priority_tags": ["jobs,youth", "youth, heat"]}
    ... )
    >>> tag_matrix(plans)
                  heat   jobs  youth
    strategy_id
    S1           False   True   True
    S2            True  False   True
    """
    require_columns(strategies, (strategy, tags))
    if strategies[strategy].duplicated().any():
        twice = strategies.loc[strategies[strategy].duplicated(), strategy].iloc[0]
        raise PlaybookError(f"Strategy {twice} stands in two rows.", fix="Keep one row a strategy.")
    named = [
        {part.strip() for part in str(text).split(",") if part.strip()} if pd.notna(text) else set()
        for text in strategies[tags]
    ]
    for name, some in zip(strategies[strategy], named, strict=True):
        if not some:
            raise PlaybookError(
                f"Strategy {name} has no priority.",
                fix="Read its title and give it one, or leave the strategy out.",
            )
    priorities = sorted(set().union(*named))
    return pd.DataFrame(
        [[one in some for one in priorities] for some in named],
        index=pd.Index(strategies[strategy], name=strategy),
        columns=priorities,
    )


def near_copies(matrix: pd.DataFrame, threshold: float = NEAR_COPY) -> pd.DataFrame:
    """Find strategies that say the same thing, by the priorities they share.

    Parameters
    ----------
    matrix
        As `tag_matrix` gives it.
    threshold
        Cosine from which two strategies are near-copies; above 0, at most 1. Who is a near-copy of
        a near-copy stands in the same group.

    Returns
    -------
    pandas.DataFrame
        One row a group of two or more, largest first: ``group`` (from 1), ``strategies`` (how
        many), ``shared`` (the priorities that most of them have) and ``members`` (their ids).

    Raises
    ------
    PlaybookError
        When the threshold is not above 0 and at most 1.

    Notes
    -----
    The cosine of two strategies is the number of priorities they share, divided by the square root
    of the product of how many each has. Source: Salton G, McGill MJ (1983), Introduction to Modern
    Information Retrieval, chapter 4.

    Examples
    --------
    >>> plans = pd.DataFrame({"strategy_id": ["S1", "S2", "S3", "S4"]})
    >>> plans["priority_tags"] = ["jobs,youth", "heat,trees", "youth,jobs", "heat"]
    >>> near_copies(tag_matrix(plans))
       group  strategies       shared members
    0      1           2  jobs, youth  S1, S3
    """
    from networkx import Graph, connected_components

    if not 0 < threshold <= 1:
        raise PlaybookError(
            f"A threshold of {threshold:g} is not above 0 and at most 1.",
            fix="Leave it out for 0.85, or use a number such as 0.7.",
        )
    tags = matrix.to_numpy(dtype=float)
    length = np.sqrt(tags.sum(axis=1))
    cosine = tags @ tags.T / np.outer(length, length)
    graph = Graph()
    graph.add_edges_from(np.argwhere(np.triu(cosine >= threshold - SAME, 1)).tolist())
    groups = sorted(
        (sorted(part) for part in connected_components(graph)), key=lambda one: (-len(one), one)
    )
    rows = []
    for number, group in enumerate(groups, start=1):
        shared = matrix.columns[tags[group].mean(axis=0) > 0.5]
        members = ", ".join(map(str, matrix.index[group]))
        rows.append((number, len(group), ", ".join(shared), members))
    return pd.DataFrame(rows, columns=["group", "strategies", "shared", "members"])


def priority_owners(matrix: pd.DataFrame, priorities: Sequence[str]) -> pd.DataFrame:
    """Count the strategies for each priority. A priority with none has no owner.

    Parameters
    ----------
    matrix
        As `tag_matrix` gives it.
    priorities
        What matters to residents, in their order: also what no plan takes up.

    Returns
    -------
    pandas.DataFrame
        One row a priority, in the order given: ``priority`` and ``strategies``.

    Examples
    --------
    >>> plans = pd.DataFrame({"strategy_id": ["S1", "S2"], "priority_tags": ["jobs", "jobs,heat"]})
    >>> priority_owners(tag_matrix(plans), ["home repair", "jobs", "heat"])
          priority  strategies
    0  home repair           0
    1         jobs           2
    2         heat           1
    """
    counts = matrix.sum().reindex(list(priorities), fill_value=0).astype(int)
    return pd.DataFrame({"priority": list(priorities), "strategies": counts.to_numpy()})
