"""A second, small city with the oddities of real files: to prove that lessons run on any city.

Fallow Bridge has 23 census tracts of a seed of its own. Its files come in the layouts that cities
have: the census and health agencies' own, and exports with the city's names of columns and groups.
Years are missing, small counts are hidden, two tracts have no life expectancy, and nobody has a
table of streets.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from playbook.simulate import messy_names as names
from playbook.simulate.births import birth_tables
from playbook.simulate.burdens import burden_tables
from playbook.simulate.health import deaths, population_age
from playbook.simulate.hospital import avoidable_hospital
from playbook.simulate.lives import life_tables
from playbook.simulate.messy_file import MessyFile
from playbook.simulate.messy_layouts import all_files
from playbook.simulate.people import people_tables
from playbook.simulate.places import acs_profile, neighborhoods
from playbook.simulate.requests_311 import requests_311
from playbook.simulate.results import results_tables
from playbook.simulate.silence import silence_tables
from playbook.simulate.team import capacity_responses
from playbook.simulate.world import make_world

NAME = "Fallow Bridge"
STATE = "MO"
SEED = 2_923
# A small city gets fewer requests; one in four keeps every type and place.
_EVERY_REQUEST = 4


def messy_files(seed: int = SEED) -> list[MessyFile]:
    """Write the files of the messy city, in the order in which they are best brought.

    The same seed always gives the same bytes.

    Parameters
    ----------
    seed
        Root seed. Each gives another city of the same design.

    Examples
    --------
    >>> [file.name for file in messy_files()][:3]
    ['tracts-and-wards.csv', 'MO_A.CSV', 'MO_B.CSV']
    """
    return all_files(messy_tables(seed), seed)


def messy_tables(seed: int = SEED) -> dict[str, pd.DataFrame]:
    """Make the tables of the messy city in memory, before anything is lost on the way to a file.

    Parameters
    ----------
    seed
        Root seed.

    Examples
    --------
    >>> places = messy_tables()["neighborhoods"]
    >>> places[["neighborhood_id", "name", "district"]].head(2)
      neighborhood_id         name district
    0     29999010100  Tannery Row   Ward 1
    1     29999010200  Tannery Row   Ward 1
    """
    world = make_world(seed)
    order = np.argsort(-world.hardship)
    chosen = order[np.linspace(0, len(order) - 1, len(names.NEIGHBORHOODS)).round().astype(int)]
    codes = {
        world.neighborhood_id[place]: f"{names.COUNTY}{10_000 + 100 * number:06}"
        for number, place in enumerate(chosen, start=1)
    }
    people = population_age(world, seed)
    made = {
        "neighborhoods": neighborhoods(world, seed),
        "acs_profile": acs_profile(world, seed),
        "requests_311": requests_311(world, seed),
        "population_age": people,
        "deaths": deaths(world, people, seed),
        "avoidable_hospital": avoidable_hospital(world, seed),
        "capacity_responses": capacity_responses(seed),
    }
    for theme in (results_tables, people_tables, birth_tables, burden_tables, silence_tables):
        made |= theme(world, made, seed)
    made = {name: _of_places(table, codes) for name, table in made.items()}
    made["life_expectancy"], made["life_table"] = life_tables(
        made["population_age"], made["deaths"]
    )
    made["requests_311"] = made["requests_311"].iloc[::_EVERY_REQUEST].reset_index(drop=True)
    made["neighborhoods"] = _renamed(made["neighborhoods"])
    return made


def _of_places(table: pd.DataFrame, codes: Mapping[str, str]) -> pd.DataFrame:
    if "neighborhood_id" not in table:
        return table
    moved = table.assign(neighborhood_id=table["neighborhood_id"].map(codes))
    return moved.dropna(subset="neighborhood_id").reset_index(drop=True)


def _renamed(places: pd.DataFrame) -> pd.DataFrame:
    places = places.sort_values("neighborhood_id", ignore_index=True)
    ward = np.arange(len(places)) * len(names.WARDS) // len(places)
    return places.assign(
        name=names.NEIGHBORHOODS,
        district=np.array(names.WARDS)[ward],
        tract_geoid=places["neighborhood_id"],
    )
