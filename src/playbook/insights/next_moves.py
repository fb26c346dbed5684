"""What to do next with what a city holds: rows to look at, systems to list and to publish."""

from __future__ import annotations

import pandas as pd

from playbook.city.tables import City
from playbook.insights.held_data import fault_marks

COLUMNS = {
    "request_id": "request",
    "neighborhood_id": "neighborhood",
    "opened_at": "opened",
    "closed_at": "closed",
}
LIST, PROTECT, PUBLISH = "List it", "Publish protected counts", "Check it, then publish"
MOST_MOVES = 6


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


def next_moves(city: City) -> pd.DataFrame:
    """Rank the systems that the public asks for most and can't see, each with its next move.

    Parameters
    ----------
    city
        A city with the table `data_inventory`.

    Returns
    -------
    pandas.DataFrame
        ``system``, ``department``, ``asked_for`` (times a year), ``about_people`` and
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
    closed = systems[systems["open"].eq("no")]
    order = ["use_count", "dataset_id"]
    first = closed.sort_values(order, ascending=[False, True]).head(MOST_MOVES)
    table = first[["title", "department", "use_count", "contains_pii"]].set_axis(
        ["system", "department", "asked_for", "about_people"], axis=1
    )
    move = first["contains_pii"].map({"yes": PROTECT, "no": PUBLISH})
    return table.assign(next_move=move.where(first["listed"].eq("yes"), LIST)).reset_index(
        drop=True
    )
