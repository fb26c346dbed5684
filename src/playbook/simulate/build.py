"""Build the tables of Port Alder: in memory, or as the files of a folder."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from playbook.simulate.health import deaths, population_age
from playbook.simulate.hospital import avoidable_hospital
from playbook.simulate.lives import life_tables
from playbook.simulate.places import acs_profile, neighborhoods
from playbook.simulate.requests_311 import requests_311, requests_311_raw
from playbook.simulate.team import capacity_responses
from playbook.simulate.world import SEED, make_world

DATE_FORMAT = "%Y-%m-%d %H:%M"


def tables(seed: int = SEED) -> dict[str, pd.DataFrame]:
    """Make all tables of the city in memory.

    Parameters
    ----------
    seed
        Root seed. The shipped city uses `SEED`; any other seed makes a city of the same design.

    Returns
    -------
    dict
        Table by name, with the columns and types that a loaded city returns.

    Examples
    --------
    >>> list(tables(7))
    ['neighborhoods', 'acs_profile', 'requests_311', 'requests_311_raw', 'population_age', 'deaths',
     'life_expectancy', 'life_table', 'avoidable_hospital', 'capacity_responses']
    """
    world = make_world(seed)
    requests = requests_311(world, seed)
    population = population_age(world, seed)
    died = deaths(world, population, seed)
    expectancy, life_table = life_tables(population, died)
    return {
        "neighborhoods": neighborhoods(world, seed),
        "acs_profile": acs_profile(world, seed),
        "requests_311": requests,
        "requests_311_raw": requests_311_raw(requests, seed),
        "population_age": population,
        "deaths": died,
        "life_expectancy": expectancy,
        "life_table": life_table,
        "avoidable_hospital": avoidable_hospital(world, seed),
        "capacity_responses": capacity_responses(seed),
    }


def build(folder: Path, seed: int = SEED) -> list[Path]:
    """Write all tables of the city as CSV files.

    The same seed always gives the same bytes.

    Parameters
    ----------
    folder
        Folder to write to. It is made when missing.
    seed
        Root seed. The shipped city uses `SEED`.

    Returns
    -------
    list of pathlib.Path
        The files written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, table in tables(seed).items():
        paths.append(folder / f"{name}.csv")
        paths[-1].write_text(as_csv(table), encoding="utf-8", newline="\n")
    return paths


def as_csv(table: pd.DataFrame) -> str:
    r"""Turn a table into CSV text: Unix line ends, dates to the minute, empty where missing.

    Parameters
    ----------
    table
        Any table of the city.

    Examples
    --------
    >>> when = pd.to_datetime(["2025-03-01 08:30", None])
    >>> as_csv(pd.DataFrame({"id": ["a", "b"], "closed_at": when}))
    'id,closed_at\na,2025-03-01 08:30\nb,\n'
    """
    dates = table.select_dtypes("datetime").columns
    texts = {name: table[name].dt.strftime(DATE_FORMAT) for name in dates}
    text: str = table.assign(**texts).to_csv(index=False, lineterminator="\n")
    return text
