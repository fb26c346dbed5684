"""How often an option comes first when nobody has agreed on the weights yet."""

from __future__ import annotations

import numpy as np
import pandas as pd

from playbook.errors import PlaybookError
from playbook.measures.choices import scale_scores
from playbook.measures.places import Numbers

DRAWS = 10_000
FEWEST_DRAWS = 200


def rank_acceptability(scores: pd.DataFrame, draws: int = DRAWS, seed: int = 0) -> pd.DataFrame:
    """Say in what share of all thinkable weightings an option comes first, second, and so on.

    Parameters
    ----------
    scores
        As in `scale_scores`.
    draws
        How many weightings are drawn, each as likely as any other.
    seed
        Start of the random numbers: the same seed gives the same shares.

    Returns
    -------
    pandas.DataFrame
        One row an option, one column a rank (1 is first), in percent. Rows and columns add up to
        100. Of equals the one that stands first in the table ranks first.

    Raises
    ------
    PlaybookError
        As `scale_scores`, and when there are too few draws.

    Notes
    -----
    Lahdelma R, Salminen P (2001), SMAA-2, Operations Research 49:444-454. All weightings alike
    likely is itself a choice: nobody in the room holds most of them.

    Examples
    --------
    >>> scores = pd.DataFrame({"lives": [8, 6, 4], "speed": [5, 3, 9]}, index=list("ABC"))
    >>> rank_acceptability(scores).round(0).astype(int)
        1   2   3
    A  60  40   0
    B   0  33  67
    C  40  27  33
    """
    _, totals = _drawn(scores, draws, seed)
    ranks = np.argsort(np.argsort(-totals, axis=1, kind="stable"), axis=1)
    options = totals.shape[1]
    shares = [
        [100 * float((ranks[:, option] == rank).mean()) for rank in range(options)]
        for option in range(options)
    ]
    return pd.DataFrame(shares, index=scores.index, columns=range(1, options + 1))


def central_weights(scores: pd.DataFrame, draws: int = DRAWS, seed: int = 0) -> pd.DataFrame:
    """Say what people care about for whom an option comes first.

    Parameters
    ----------
    scores, draws, seed
        As in `rank_acceptability`.

    Returns
    -------
    pandas.DataFrame
        One row an option, one column a criterion: the average weight, in percent, over all
        weightings in which it comes first. NaN for an option that never does.

    Raises
    ------
    PlaybookError
        As `rank_acceptability`.

    Notes
    -----
    Central weight vectors: Lahdelma R, Salminen P (2001), Operations Research 49:444-454.

    Examples
    --------
    >>> scores = pd.DataFrame({"lives": [8, 6, 4], "speed": [5, 3, 9]}, index=list("ABC"))
    >>> central_weights(scores).round(0).to_numpy().tolist()
    [[70.0, 30.0], [nan, nan], [20.0, 80.0]]
    """
    weights, totals = _drawn(scores, draws, seed)
    first = totals.argmax(axis=1)
    rows = [
        100 * weights[first == option].mean(axis=0)
        if (first == option).any()
        else np.full(weights.shape[1], np.nan)
        for option in range(totals.shape[1])
    ]
    return pd.DataFrame(rows, index=scores.index, columns=scores.columns)


def _drawn(scores: pd.DataFrame, draws: int, seed: int) -> tuple[Numbers, Numbers]:
    """Draw weightings, and give them with the total of each option under each."""
    if draws < FEWEST_DRAWS:
        raise PlaybookError(
            f"{draws:,} weightings are too few for a share.",
            fix=f"Use at least {FEWEST_DRAWS}, or leave draws out for {DRAWS:,}.",
        )
    scaled = scale_scores(scores).to_numpy()
    weights = np.random.default_rng(seed).dirichlet(np.ones(scaled.shape[1]), draws)
    return weights, weights @ scaled.T
