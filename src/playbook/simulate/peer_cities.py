"""How 24 cities compare from year to year when nobody changes anything: `peer_cities`."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from playbook.simulate.effects import Effect
from playbook.simulate.world import World, stream

CITIES = 24
YEARS = (2023, 2024, 2025)

# Higher is better in all four. Share in percent in the average city, and how many people, calls or
# jobs the yearly figure rests on.
METRICS = {
    "Medical calls reached in six minutes": (81.0, 480),
    "Permits decided on time": (74.0, 360),
    "Residents satisfied with services": (62.0, 430),
    "Trash picked up on the right day": (88.0, 520),
}
# Cities asked more, or fewer, than the metric's usual number: at most this share.
COUNT_SPREAD = 0.12
# Variance of the cities' lasting differences over the variance of a year's figures. The rest is
# who happened to be counted.
RELIABILITY = 0.25

EFFECTS = (
    Effect(
        "peer_cities_reliability",
        "peer_cities",
        RELIABILITY,
        "share",
        "Share of the differences between cities in one year that lasts; the rest is chance.",
    ),
    Effect(
        "peer_cities_change",
        "peer_cities",
        0.0,
        "percentage points",
        "How much any city truly changed from one year to the next: not at all.",
    ),
)


def peer_city_tables(
    world: World, made: Mapping[str, pd.DataFrame], seed: int
) -> dict[str, pd.DataFrame]:
    """Make `peer_cities`.

    Parameters
    ----------
    world
        Not used: the cities lie elsewhere.
    made
        Not used.
    seed
        Root seed.
    """
    return {"peer_cities": peer_cities(seed)}


def peer_cities(seed: int) -> pd.DataFrame:
    """Draw the table `peer_cities`: one row a city, year and metric.

    Each city keeps its true share in all years. What moves is chance alone.

    Parameters
    ----------
    seed
        Root seed.

    Returns
    -------
    pandas.DataFrame
        Columns as the contract describes them.

    Examples
    --------
    >>> table = peer_cities(7)
    >>> len(table), table["city"].unique()[:3].tolist()
    (288, ['City A', 'City B', 'City C'])
    """
    random = stream(seed, "peer_cities")
    percent, usual = np.array(list(METRICS.values())).T
    shape = (CITIES, len(YEARS), len(METRICS))
    counted = np.round(usual * random.uniform(1 - COUNT_SPREAD, 1 + COUNT_SPREAD, shape))
    chance = percent * (100 - percent) / usual
    lasting = np.sqrt(chance * RELIABILITY / (1 - RELIABILITY))
    truth = random.normal(percent, lasting, (CITIES, 1, len(METRICS))).clip(1, 99)
    reached = random.binomial(counted.astype(np.int64), truth / 100)
    rows = pd.MultiIndex.from_product(
        [[f"City {chr(ord('A') + number)}" for number in range(CITIES)], YEARS, METRICS],
        names=["city", "year", "metric"],
    )
    return rows.to_frame(index=False).assign(
        value=(100 * reached / counted).round(1).ravel(), n=counted.astype(np.int64).ravel()
    )
