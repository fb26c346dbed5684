"""Draw many choices at once, and share out a total."""

from __future__ import annotations

import numpy as np

from playbook.simulate.world import Floats, Integers


def draw_columns(chances: Floats, random: np.random.Generator) -> Integers:
    """Draw one column in each row, by the row's chances.

    Parameters
    ----------
    chances
        One row a choice, one column a thing to choose; 0 or more, in any unit.
    random
        Where the luck comes from.

    Examples
    --------
    >>> draw_columns(np.array([[0.0, 2.0], [5.0, 0.0]]), np.random.default_rng(1)).tolist()
    [1, 0]
    """
    upto = chances.cumsum(axis=1)
    # Measured against the row's own sum: rounding must not lead past the last column.
    return np.asarray((random.random((len(upto), 1)) * upto[:, -1:] >= upto).sum(axis=1))


def share_out(total: int, people: int, least: int, random: np.random.Generator) -> Integers:
    """Share out a total over people, so many to each at least.

    Parameters
    ----------
    total
        What there is to share out. At least `people` times `least`.
    people
        Among how many.
    least
        What each has at least.
    random
        Where the luck comes from.

    Examples
    --------
    >>> shares = share_out(20, 4, 3, np.random.default_rng(1))
    >>> int(shares.sum()), bool((shares >= 3).all())
    (20, True)
    """
    more = random.multinomial(total - least * people, np.full(people, 1 / people))
    return np.asarray(least + more)
