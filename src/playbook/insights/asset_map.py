"""What neighborhoods have, counted for their residents: assets in each fifth by poverty."""

from __future__ import annotations

from functools import cache

import pandas as pd

from playbook.city.tables import City
from playbook.estimate import Estimate
from playbook.insights.poverty_fifths import FIFTHS, poverty_fifths
from playbook.measures.rates import rate, ratio

PER = 1_000
# A rate from fewer assets than this says little.
FEWEST_ASSETS = 10


@cache
def _counts(city: City) -> pd.DataFrame:
    assets, places = city["assets"], city["neighborhoods"]
    found = assets["neighborhood_id"].groupby(poverty_fifths(city, assets["neighborhood_id"]))
    people = places["population"].groupby(poverty_fifths(city, places["neighborhood_id"]))
    return pd.DataFrame(
        {
            "assets": found.size().reindex(list(FIFTHS), fill_value=0),
            "residents": people.sum().reindex(list(FIFTHS), fill_value=0),
        }
    )


def assets_by_fifth(city: City) -> pd.DataFrame:
    """Count assets per 1,000 residents in each fifth, from the highest to the lowest poverty.

    Parameters
    ----------
    city
        A city with the tables `assets`, `neighborhoods` and `acs_profile`.

    Returns
    -------
    pandas.DataFrame
        One row a fifth: ``group``, ``assets``, ``residents``, ``rate`` with its range ``low`` and
        ``high``.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> int(assets_by_fifth(load_city())["assets"].sum())
    220
    """
    counts = _counts(city)
    counts = counts[counts["residents"] > 0].loc[::-1]
    rates = [
        rate(found, people, per=PER)
        for found, people in zip(counts["assets"], counts["residents"], strict=True)
    ]
    return pd.DataFrame(
        {
            "group": counts.index.astype("str"),
            "assets": counts["assets"].to_numpy(),
            "residents": counts["residents"].to_numpy(),
            "rate": [one.value for one in rates],
            "low": [one.low for one in rates],
            "high": [one.high for one in rates],
        }
    )


def enough_assets(city: City) -> bool:
    """Whether both outer fifths have assets enough to compare."""
    return bool(_counts(city)["assets"].iloc[[0, -1]].min() >= FEWEST_ASSETS)


def asset_rates(city: City) -> tuple[Estimate, Estimate]:
    """Assets per 1,000 residents in the highest- and in the lowest-poverty fifth."""
    high, low = (
        rate(float(row["assets"]), float(row["residents"]), per=PER)
        for _, row in _counts(city).iloc[[-1, 0]].iterrows()
    )
    return high, low


def asset_ratio(city: City) -> Estimate:
    """Highest- over lowest-poverty fifth, in assets per resident."""
    return ratio(*asset_rates(city))
