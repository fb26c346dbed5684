"""What was put into a place, and what its residents built there: `burdens`."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from playbook.simulate.effects import Effect
from playbook.simulate.world import Floats, World, stream

# Places that the expressway of 1964 crosses, in Mill Flats and Foundry.
EXPRESSWAY = (8, 9, 11, 13, 16, 18, 21)

# Each burden: how many there are in the whole city, about. All five can be counted and added up.
BURDENS = {
    "truck_route_m": 46_000,
    "lead_service_lines": 5_200,
    "vacant_lots": 3_100,
    "permitted_emitters": 240,
    "flood_prone_homes": 4_600,
}
# At most this share of the households of a place has a burden that is counted by homes.
OF_HOMES = ("lead_service_lines", "flood_prone_homes")
MOST_HOMES = 0.6
# Change of a burden's logarithm per point of hardship, and with the expressway; and how much places
# differ for other reasons.
HARDSHIP_SLOPE, EXPRESSWAY_JUMP, BURDEN_NOISE = 1.05, 1.10, 0.50

# What residents built: number per 1,000 residents at average hardship, and change of its logarithm
# per point of hardship. Places with few resources have more of it, not less.
ASSETS = {
    "community_gardens": (0.40, 0.30),
    "resident_groups": (1.20, 0.30),
    "local_shops": (3.00, 0.30),
}
PARK_HECTARES_PER_1000 = 2.4
PARK_SLOPE, PARK_NOISE = -0.22, 0.35

EFFECTS = (
    Effect(
        "expressway_jump",
        "burdens",
        round(float(np.exp(EXPRESSWAY_JUMP)), 2),
        "times",
        "How many times as much of each burden a place has when the expressway crosses it.",
    ),
)


def burden_tables(
    world: World, made: Mapping[str, pd.DataFrame], seed: int
) -> dict[str, pd.DataFrame]:
    """Draw the table of this theme.

    Parameters
    ----------
    world
        What is true of the places.
    made
        Tables made before; none is needed.
    seed
        Root seed.

    Examples
    --------
    >>> from playbook.simulate.world import make_world
    >>> table = burden_tables(make_world(7), {}, 7)["burdens"]
    >>> len(table), table["expressway"].value_counts().to_dict()
    (64, {'no': 57, 'yes': 7})
    """
    return {"burdens": burdens(world, seed)}


def burdens(world: World, seed: int) -> pd.DataFrame:
    """Draw the table `burdens`: one row a place.

    Parameters
    ----------
    world
        What is true of the places.
    seed
        Root seed.

    Returns
    -------
    pandas.DataFrame
        Columns as the contract describes them.
    """
    random = stream(seed, "burdens")
    crossed = np.isin(np.arange(len(world.name)), EXPRESSWAY)
    # One burden after the other, then one asset after the other: the order of the draws stays.
    counted = {
        name: _burden(world, crossed, name, total, random) for name, total in BURDENS.items()
    }
    built = {
        name: random.poisson(world.residents / 1000 * rate * np.exp(slope * world.hardship))
        for name, (rate, slope) in ASSETS.items()
    }
    parks = PARK_HECTARES_PER_1000 * world.residents / 1000 * np.exp(PARK_SLOPE * world.hardship)
    parks = parks * np.exp(random.normal(0, PARK_NOISE, len(world.name)))
    return pd.DataFrame(
        {
            "neighborhood_id": world.neighborhood_id,
            "expressway": np.where(crossed, "yes", "no"),
            **counted,
            "park_ha": parks.round(1),
            **built,
        }
    )


def _burden(
    world: World,
    crossed: np.ndarray[tuple[int], np.dtype[np.bool_]],
    name: str,
    total: float,
    random: np.random.Generator,
) -> Floats:
    """Spread one burden over the places; whole numbers."""
    luck = random.normal(0, BURDEN_NOISE, len(world.name))
    weight = np.exp(HARDSHIP_SLOPE * world.hardship + EXPRESSWAY_JUMP * crossed + luck)
    count = total * weight / weight.sum()
    if name in OF_HOMES:
        count = np.minimum(count, MOST_HOMES * world.households)
    return np.asarray(count.round().astype(np.int64))
