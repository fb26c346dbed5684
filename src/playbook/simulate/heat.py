"""How hot a place gets, how many trees it has, and who asks for more: `heat`."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from playbook.simulate.effects import Effect
from playbook.simulate.world import World, stream

CANOPY_AT_AVERAGE, CANOPY_SLOPE, CANOPY_NOISE = 28.0, -10.0, 2.0
LEAST_CANOPY, MOST_CANOPY = 4.0, 60.0
# Degrees Celsius on a clear summer afternoon, and how much cooler a point of canopy is.
SURFACE_AT_AVERAGE, SURFACE_PER_POINT, SURFACE_NOISE = 33.5, -0.155, 0.4
# Calls for an ambulance because of heat, five summers, for 1,000 residents.
CALLS_RATE, CALLS_PER_DEGREE, CALLS_PER_AC = 1.5, 0.16, -0.010
# Trees asked for in ten years by a household, and how many of those the city planted.
REQUEST_RATE, REQUEST_VOICE, PLANTED_SHARE = 0.06, 0.6, 0.6

EFFECTS = (
    Effect(
        "surface_temperature_per_canopy",
        "heat",
        SURFACE_PER_POINT,
        "degrees Celsius",
        "A point more of tree canopy goes with a surface this much cooler.",
    ),
)


def heat_tables(
    world: World, made: Mapping[str, pd.DataFrame], seed: int
) -> dict[str, pd.DataFrame]:
    """Make the table of heat.

    Parameters
    ----------
    world
        What is true of the places.
    made
        The tables made before: air conditioning stands in `acs_profile`.
    seed
        Root seed.

    Returns
    -------
    dict
        `heat`.
    """
    return {"heat": heat(world, made["acs_profile"], seed)}


def heat(world: World, profile: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Draw the table `heat`: one row a place.

    Parameters
    ----------
    world
        What is true of the places.
    profile
        The table `acs_profile`.
    seed
        Root seed.

    Returns
    -------
    pandas.DataFrame
        Columns as the contract describes them.

    Examples
    --------
    >>> from playbook.simulate.places import acs_profile
    >>> from playbook.simulate.world import make_world
    >>> world = make_world(7)
    >>> table = heat(world, acs_profile(world, 7), 7)
    >>> len(table), bool((table["trees_planted"] <= table["tree_requests"]).all())
    (64, True)
    """
    random = stream(seed, "heat")
    places = len(world.name)
    canopy = CANOPY_AT_AVERAGE + CANOPY_SLOPE * world.heat + random.normal(0, CANOPY_NOISE, places)
    canopy = canopy.clip(LEAST_CANOPY, MOST_CANOPY)
    cooler = SURFACE_PER_POINT * (canopy - CANOPY_AT_AVERAGE)
    surface = SURFACE_AT_AVERAGE + cooler + random.normal(0, SURFACE_NOISE, places)
    latest = profile[profile["year"] == profile["year"].max()].set_index("neighborhood_id")
    cooled = latest["air_conditioning_pct"].reindex(world.neighborhood_id).to_numpy()
    risk = CALLS_PER_DEGREE * (surface - SURFACE_AT_AVERAGE) + CALLS_PER_AC * (cooled - 70)
    requests = random.poisson(REQUEST_RATE * world.households * np.exp(REQUEST_VOICE * world.voice))
    return pd.DataFrame(
        {
            "neighborhood_id": world.neighborhood_id,
            "surface_temp_c": surface.round(1),
            "canopy_pct": canopy.round(1),
            "air_conditioning_pct": cooled,
            "ems_heat_calls": random.poisson(CALLS_RATE / 1_000 * world.residents * np.exp(risk)),
            "tree_requests": requests,
            "trees_planted": random.binomial(requests, PLANTED_SHARE),
        }
    ).astype({"neighborhood_id": "str"})
