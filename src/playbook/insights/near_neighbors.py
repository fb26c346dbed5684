"""Two neighborhoods that lie near each other and far apart in years of life."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd

from playbook.city.tables import City
from playbook.insights.place_lives import life_expectancies

# Port Alder's tiles are this wide on the ground, as the table of neighborhoods says.
TILE_KM = 1.25
NEAR_KM, NEAR_MILES = 2.1, 1.3
# The life expectancy of a smaller place is too unsure to be one of a pair.
FEWEST_PEOPLE = 2_000
MAP_COLUMNS = {"name", "tile_row", "tile_col", "population"}


@cache
def near_neighbors(city: City) -> pd.DataFrame:
    """Find the pair of near places whose lives lie furthest apart.

    Parameters
    ----------
    city
        A city with a tile map and the table `life_expectancy`.

    Returns
    -------
    pandas.DataFrame
        Two rows of `life_expectancies`, the shorter life first; none where there is no map or no
        two places of more than 2,000 people within 1.3 miles (2.1 kilometers).
    """
    lives = life_expectancies(city)
    if "neighborhoods" not in city or not set(city["neighborhoods"].columns) >= MAP_COLUMNS:
        return lives.head(0)
    places = city["neighborhoods"].merge(lives, left_on="name", right_on="neighborhood")
    places = places[places["population"] > FEWEST_PEOPLE].reset_index(drop=True)
    tiles = places[["tile_row", "tile_col"]].to_numpy(dtype=float)
    kilometers = TILE_KM * np.hypot(*(tiles[:, None] - tiles[None]).transpose(2, 0, 1))
    years = places["life_expectancy"].to_numpy()
    gaps = np.where(kilometers <= NEAR_KM, years[:, None] - years[None], 0)
    if not gaps.size or gaps.max() <= 0:
        return lives.head(0)
    longer, shorter = np.unravel_index(gaps.argmax(), gaps.shape)
    pair = places.iloc[[int(shorter), int(longer)]]
    return pair[lives.columns].reset_index(drop=True)
