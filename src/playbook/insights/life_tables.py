"""The life table of one neighborhood: where its life expectancy comes from."""

from __future__ import annotations

from functools import cache

import pandas as pd

from playbook.city.tables import City, load_city
from playbook.errors import PlaybookError
from playbook.insights.place_names import place_names
from playbook.measures.age_groups import AGE_GROUPS


def life_table_of(city: City, neighborhood: str = "") -> pd.DataFrame:
    """Life table of one neighborhood, by age.

    Parameters
    ----------
    city
        The city that is open. Where it has no life tables, one of Port Alder is shown.
    neighborhood
        Its name; left out, the one that `life_table_place` names.

    Returns
    -------
    pandas.DataFrame
        One row an age group: ``age_group``, ``survivors`` of 100,000 births, ``deaths`` and
        ``person_years`` among them, and ``life_expectancy`` from that age on, in years.

    Raises
    ------
    PlaybookError
        When no neighborhood of that name has a life table.
    """
    tables = _life_tables(city)
    name = neighborhood or life_table_place(city)
    table = tables[tables["neighborhood"] == name]
    if table.empty:
        raise PlaybookError(
            f'I have no life table of "{name}".',
            fix=f"Use a name such as {life_table_place(city)}, or leave the name out.",
        )
    columns = ["age_group", "survivors", "deaths", "person_years", "life_expectancy"]
    return table[columns].reset_index(drop=True)


def life_table_place(city: City) -> str:
    """Name the neighborhood with the shortest life among those with a life table."""
    tables = _life_tables(city)
    births = tables[tables["age_group"] == AGE_GROUPS[0]]
    first = births.sort_values(["life_expectancy", "neighborhood"]).iloc[0]
    return str(first["neighborhood"])


@cache
def _life_tables(city: City) -> pd.DataFrame:
    source = city if "life_table" in city else load_city()
    tables = source["life_table"]
    names = place_names(source, tables["neighborhood_id"])
    # Nobody shall take a made-up table for one of the own city.
    return tables.assign(neighborhood=names if source is city else names + ", Port Alder")
