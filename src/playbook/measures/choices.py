"""Choosing among options that are good at different things, and how far weights decide it.

Points say how good an option is; weights say what matters. People who argue about the first can
look things up. People who argue about the second have to talk.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from playbook.errors import PlaybookError
from playbook.measures.places import Numbers


def scale_scores(scores: pd.DataFrame) -> pd.DataFrame:
    """Bring points to 0 (the worst option on a criterion) to 1 (the best).

    Parameters
    ----------
    scores
        One row an option, one column a criterion. More is better: turn costs around first.

    Returns
    -------
    pandas.DataFrame
        The same shape. A criterion on which all options are equal is 0 for all: it decides
        nothing.

    Raises
    ------
    PlaybookError
        When there are fewer than two options, or a point is missing.

    Notes
    -----
    Options that are added or dropped move the ends of the scale, and can turn the order of the
    others around.

    Examples
    --------
    >>> scale_scores(pd.DataFrame({"lives": [8, 6, 4], "speed": [5, 3, 9]}, index=list("ABC")))
       lives     speed
    A    1.0  0.333333
    B    0.5  0.000000
    C    0.0  1.000000
    """
    points = _checked(scores)
    low, width = points.min(axis=0), np.ptp(points, axis=0)
    scaled = np.where(width > 0, (points - low) / np.where(width > 0, width, 1), 0.0)
    return pd.DataFrame(scaled, index=scores.index, columns=scores.columns)


def weighted_scores(scores: pd.DataFrame, swings: pd.Series) -> pd.Series:
    """Add up the scaled points of each option by how much each criterion matters.

    Parameters
    ----------
    scores
        As in `scale_scores`.
    swings
        Weight of each criterion, 0 or more, in any unit. Ask: how much is it worth to go from the
        worst option to the best on this one? Give 100 to the swing that matters most.

    Returns
    -------
    pandas.Series
        0 to 1 for each option, the highest first.

    Raises
    ------
    PlaybookError
        When a criterion has no weight, a weight is below 0, all are 0, or a point is missing.

    Notes
    -----
    Swing weights: von Winterfeldt D, Edwards W (1986), Decision Analysis and Behavioral Research.

    Examples
    --------
    >>> scores = pd.DataFrame({"lives": [8, 6, 4], "speed": [5, 3, 9]}, index=list("ABC"))
    >>> weighted_scores(scores, pd.Series({"lives": 100, "speed": 50})).round(2).to_dict()
    {'A': 0.78, 'B': 0.33, 'C': 0.33}
    """
    weights = _shares(scores, swings)
    total = scale_scores(scores).to_numpy() @ weights
    return pd.Series(total, index=scores.index, name="score").sort_values(
        ascending=False, kind="stable"
    )


def dominated(scores: pd.DataFrame) -> pd.DataFrame:
    """Find options that another one beats whatever the weights.

    Parameters
    ----------
    scores
        As in `scale_scores`.

    Returns
    -------
    pandas.DataFrame
        One row for each pair: ``option`` and ``dominated_by``, which is at least as good on every
        criterion and better on one. Drop the first, and save the argument.

    Raises
    ------
    PlaybookError
        As `scale_scores`.

    Examples
    --------
    >>> scores = pd.DataFrame({"lives": [8, 6, 4], "speed": [5, 3, 9]}, index=list("ABC"))
    >>> dominated(scores).to_numpy().tolist()
    [['B', 'A']]
    """
    points = _checked(scores)
    beats = (points[:, None, :] >= points[None, :, :]).all(axis=2)
    beats &= (points[:, None, :] > points[None, :, :]).any(axis=2)
    winner, loser = np.nonzero(beats)
    order = np.lexsort((winner, loser))
    return pd.DataFrame(
        {"option": scores.index[loser[order]], "dominated_by": scores.index[winner[order]]}
    )


def losing_weights(scores: pd.DataFrame, swings: pd.Series) -> pd.DataFrame:
    """Find how far one weight must move until another option comes first.

    Parameters
    ----------
    scores, swings
        As in `weighted_scores`. The option that comes first by them is the favorite.

    Returns
    -------
    pandas.DataFrame
        One row a criterion: ``weight`` (its share now, percent), ``loses_at`` (the nearest share
        at which the favorite is no longer first; the other weights keep their proportions) and
        ``to`` (the option that takes over). NaN and an empty text when it stays first throughout.

    Raises
    ------
    PlaybookError
        As `weighted_scores`.

    Examples
    --------
    >>> scores = pd.DataFrame({"lives": [8, 6, 4], "speed": [5, 3, 9]}, index=list("ABC"))
    >>> losing_weights(scores, pd.Series({"lives": 60, "speed": 40}))
      criterion  weight  loses_at to
    0     lives    60.0      40.0  C
    1     speed    40.0      60.0  C
    """
    weights, scaled = _shares(scores, swings), scale_scores(scores)
    points = scaled.to_numpy()
    favorite = int(scores.index.get_indexer(weighted_scores(scores, swings).index)[0])
    rows = []
    for number, criterion in enumerate(scores.columns):
        others = weights.copy()
        others[number] = 0
        rest = others / others.sum() if others.sum() > 0 else others
        # With share s of this weight an option has rest + s * (own - rest).
        loses_at, option = _crossing(points @ rest, points[:, number], favorite, weights[number])
        to = "" if option is None else scores.index[option]
        rows.append((criterion, 100 * weights[number], 100 * loses_at, to))
    return pd.DataFrame(rows, columns=["criterion", "weight", "loses_at", "to"])


def _crossing(
    at_none: Numbers, at_all: Numbers, favorite: int, now: float
) -> tuple[float, int | None]:
    """Find the share nearest to `now` at which another option overtakes the favorite, and which."""
    nearest, taker = np.nan, None
    for option in range(len(at_none)):
        start = at_none[favorite] - at_none[option]
        end = at_all[favorite] - at_all[option]
        if start * end >= 0:
            continue
        share = float(start / (start - end))
        if taker is None or abs(share - now) < abs(nearest - now):
            nearest, taker = share, option
    return nearest, taker


def _shares(scores: pd.DataFrame, swings: pd.Series) -> Numbers:
    missing = [str(name) for name in scores.columns if name not in swings.index]
    if missing:
        raise PlaybookError(
            f"The criterion {missing[0]} has no weight.",
            fix="Give it one; 0 if it should not count.",
        )
    weights = swings[scores.columns].to_numpy(dtype=float)
    if not (weights >= 0).all() or weights.sum() == 0:
        raise PlaybookError(
            "Weights are 0 or more, and at least one is above 0.",
            fix="Give 100 to the swing that matters most and less to the others.",
        )
    return np.asarray(weights / weights.sum())


def _checked(scores: pd.DataFrame) -> Numbers:
    points = scores.to_numpy(dtype=float)
    if len(points) < 2:
        raise PlaybookError(
            f"I found {len(points)} option.", fix="Give at least two; doing nothing is one."
        )
    if not np.isfinite(points).all():
        raise PlaybookError(
            "An option has no points on a criterion.",
            fix="Ask for them, or leave that criterion out for all and say so.",
        )
    return points
