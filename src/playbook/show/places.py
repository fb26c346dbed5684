"""A value for every neighborhood: on the city's tile map, or ranked where no map is known."""

from __future__ import annotations

import pandas as pd

from playbook.city.tables import City, load_city
from playbook.show.charts import dots
from playbook.show.figure import Figure
from playbook.show.stand_in_note import stand_in_of
from playbook.show.tile_map import tile_map

MAP_COLUMNS = ("tile_row", "tile_col", "district")
# A longer ranking can't be read; then its two ends are shown.
MOST_RANKED = 60
# In Port Alder the river runs between the fourth and the fifth column of tiles.
RIVER_AFTER = {"port-alder": 3}


def places(
    city: City,
    df: pd.DataFrame,
    *,
    value: str,
    finding: str,
    low: str | None = None,
    high: str | None = None,
    name: str = "neighborhood",
    unit: str = "",
    decimals: int = 1,
) -> Figure:
    """Show a value for every neighborhood.

    Parameters
    ----------
    city
        The city. If its table `neighborhoods` has tiles, the result is a tile map; else it is
        a dot plot, ranked from the highest value to the lowest. Values of Port Alder that stand in
        for the city's are shown on Port Alder's map.
    df
        One row a neighborhood, with its name. It is not changed.
    value, low, high
        Columns with the value, in `unit`, and the ends of its range.
    finding
        What the picture shows, in one sentence of at most 140 characters: its title.
    name
        Column with the names of the neighborhoods.
    unit, decimals
        Unit of the values and digits after the point.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> people = load_city()["neighborhoods"][["name", "population"]]
    >>> figure = places(load_city(), people, value="population", name="name", decimals=0,
    ...                 unit="people", finding="Neighborhoods differ in size")
    >>> figure.alt.startswith("Tile map")
    True
    """
    if stand_in_of(df):
        city = load_city()
    if "neighborhoods" in city and set(MAP_COLUMNS) <= set(city["neighborhoods"].columns):
        tiles = city["neighborhoods"][["name", *MAP_COLUMNS]]
        placed = tiles.merge(df, how="left", left_on="name", right_on=name, suffixes=("", "_given"))
        placed.attrs = dict(df.attrs)
        return tile_map(
            placed,
            value=value,
            finding=finding,
            river_after=RIVER_AFTER.get(city.key),
            unit=unit,
            decimals=decimals,
        )
    ranked = df.dropna(subset=[name]).sort_values([value, name], ascending=[False, True])
    note = ""
    if len(ranked) > MOST_RANKED:
        known, ends = ranked.dropna(subset=[value]), MOST_RANKED // 2
        note = f"The {ends} highest and the {ends} lowest of {len(ranked)} neighborhoods."
        ranked = pd.concat([known.head(ends), known.iloc[ends:].tail(ends)])
        ranked.attrs = dict(df.attrs)
    return dots(
        ranked,
        y=name,
        x=value,
        low=low,
        high=high,
        finding=finding,
        unit=unit,
        decimals=decimals,
        note=note,
    )
