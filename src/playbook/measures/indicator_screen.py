"""Which indicators to put on the first page: three questions to each."""

from __future__ import annotations

import numpy as np
import pandas as pd

from playbook.errors import PlaybookError


def screen_indicators(ratings: pd.DataFrame) -> pd.DataFrame:
    """Sort indicators by three questions, each answered with 1 (low) to 3 (high).

    Parameters
    ----------
    ratings
        One row an indicator, with the columns ``communication`` (do people understand it?),
        ``proxy`` (does it stand for the result?) and ``data`` (is it good and on time?).

    Returns
    -------
    pandas.DataFrame
        The same rows with ``points`` (3 to 9) and ``use``: ``"headline"`` (high on all three),
        ``"data agenda"`` (high on the first two, the data are still to be built) or
        ``"secondary"``. The most points first.

    Raises
    ------
    PlaybookError
        When a column is missing or an answer is not 1, 2 or 3.

    Notes
    -----
    Friedman M (2005), Trying Hard Is Not Good Enough: communication, proxy and data power.

    Examples
    --------
    >>> ratings = pd.DataFrame(
    ...     {"communication": [3, 3, 1, 2], "proxy": [3, 3, 2, 2], "data": [3, 1, 3, 2]},
    ...     index=["Heat deaths", "Hot bedrooms", "Kelvin hours", "Fans sold"],
    ... )
    >>> screen_indicators(ratings)["use"].to_dict()
    {'Heat deaths': 'headline', 'Hot bedrooms': 'data agenda', 'Kelvin hours': 'secondary',
     'Fans sold': 'secondary'}
    """
    names = ["communication", "proxy", "data"]
    missing = [name for name in names if name not in ratings.columns]
    if missing:
        raise PlaybookError(
            f"I can't find the column {missing[0]}.", fix=f"Name three: {', '.join(names)}."
        )
    if not ratings[names].isin([1, 2, 3]).all(axis=None):
        raise PlaybookError(
            "An answer is 1, 2 or 3; I found another one, or none.",
            fix="1 is low, 2 is medium, 3 is high. Take an indicator you can't rate out.",
        )
    understood = (ratings[["communication", "proxy"]] == 3).all(axis=1)
    use = np.where(understood & (ratings["data"] == 3), "headline", "secondary")
    use = np.where(understood & (ratings["data"] < 3), "data agenda", use)
    sorted_by = ratings.assign(points=ratings[names].sum(axis=1), use=use)
    return sorted_by.sort_values("points", ascending=False, kind="stable")
