"""What to do next with what a city holds: rows to look at, systems to list and to publish."""

from __future__ import annotations

import pandas as pd

from playbook.city.tables import City
from playbook.insights.held_data import INVENTORY, RAW, fault_marks
from playbook.insights.stand_in import lacks, on_tables

COLUMNS = {
    "request_id": "request",
    "neighborhood_id": "neighborhood",
    "opened_at": "opened",
    "closed_at": "closed",
}
LIST, PROTECT, PUBLISH = "List it", "Publish protected counts", "Check it, then publish"
MOST_MOVES = 6


@on_tables(*RAW)
def rows_to_check(city: City) -> pd.DataFrame:
    """Take a few rows out of the raw export: one of each fault, and some that are sound.

    Parameters
    ----------
    city
        A city with the tables `requests_311_raw` and `neighborhoods`.

    Returns
    -------
    pandas.DataFrame
        ``request``, ``neighborhood``, ``opened`` and ``closed`` (days), in the order of the
        export. A row that stands there twice comes with its twin. One of the sound requests is
        still open.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> rows_to_check(load_city()).columns.tolist()
    ['request', 'neighborhood', 'opened', 'closed']
    """
    raw, faults = city["requests_311_raw"], fault_marks(city)
    sound, still_open = ~faults.any(axis=1), raw["closed_at"].isna()
    ready, waiting = raw.index[sound & ~still_open], raw.index[sound & still_open]
    chosen = {*waiting[:1], *ready[:1]}
    for fault in faults:
        for row in raw.index[faults[fault]][:1]:
            twins = raw.index[raw["request_id"] == raw["request_id"][row]]
            # A sound row after each faulty one, so that their order gives nothing away.
            chosen |= {*twins, *ready[ready > row][:1]}
    rows = raw.loc[sorted(chosen), list(COLUMNS)].rename(columns=COLUMNS).reset_index(drop=True)
    return rows.assign(opened=rows["opened"].dt.normalize(), closed=rows["closed"].dt.normalize())


@on_tables(*INVENTORY)
def next_moves(city: City) -> pd.DataFrame:
    """Rank the systems that the public asks for most and can't see, each with its next move.

    Where a city doesn't know what is asked for, or what is open, those that nobody has listed.

    Parameters
    ----------
    city
        A city with the table `data_inventory`.

    Returns
    -------
    pandas.DataFrame
        ``system``, ``department``, ``asked_for`` (times a year, where known), ``about_people`` and
        ``next_move``; at most six rows.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> next_moves(load_city())[["system", "next_move"]].head(2)
                   system               next_move
    0    Building permits  Check it, then publish
    1  Housing complaints                 List it
    """
    systems = city["data_inventory"]
    if knows_demand(city):
        closed = systems[systems["open"].eq("no")]
        order = ["use_count", "dataset_id"]
        first = closed.sort_values(order, ascending=[False, True]).head(MOST_MOVES)
    else:
        # Those without data about people go first: to list them asks for no one's leave.
        unlisted = systems[systems["listed"].eq("no")]
        first = unlisted.sort_values(["contains_pii", "dataset_id"]).head(MOST_MOVES)
    names = {
        "title": "system",
        "department": "department",
        "use_count": "asked_for",
        "contains_pii": "about_people",
    }
    table = first[[name for name in names if name in first]].rename(columns=names)
    move = first["contains_pii"].map({"yes": PROTECT, "no": PUBLISH})
    return table.assign(next_move=move.where(first["listed"].eq("yes"), LIST)).reset_index(
        drop=True
    )


def knows_demand(city: City) -> bool:
    """Whether a city's inventory tells which systems are open, and how often each is asked for."""
    return not lacks(city, ("data_inventory.open", "data_inventory.use_count"))
