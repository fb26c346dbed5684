"""Neighborhoods sorted by poverty into five groups of equal number."""

from __future__ import annotations

import pandas as pd

from playbook.city.tables import City

FIFTHS = (
    "Lowest-poverty fifth",
    "Second fifth",
    "Middle fifth",
    "Fourth fifth",
    "Highest-poverty fifth",
)


def poverty_fifths(city: City, ids: pd.Series) -> pd.Series:
    """Say for each neighborhood in which fifth it is, by the latest poverty figures.

    Parameters
    ----------
    city
        A city with the table `acs_profile`.
    ids
        Ids of neighborhoods.

    Returns
    -------
    pandas.Series
        One of `FIFTHS`, or missing, for each id; categories run from lowest to highest poverty.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> poverty_fifths(load_city(), pd.Series(["N01", "N64", "elsewhere"])).tolist()
    ['Highest-poverty fifth', 'Lowest-poverty fifth', nan]
    """
    profile = city["acs_profile"]
    latest = profile[profile["year"] == profile["year"].max()].set_index("neighborhood_id")
    labels = ids.map(latest["poverty_fifth"]).map(dict(enumerate(FIFTHS, start=1)))
    return pd.Series(pd.Categorical(labels, categories=FIFTHS, ordered=True), index=ids.index)
