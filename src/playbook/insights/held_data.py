"""What the city holds, and what is wrong with a raw export of it."""

from __future__ import annotations

from functools import cache

import pandas as pd

from playbook.city.tables import City
from playbook.insights.stand_in import on_tables

# What each step of the lesson takes.
INVENTORY, RAW = ("data_inventory",), ("requests_311_raw", "neighborhoods")
# A department knows what it holds when it has listed so much of it.
ENOUGH = 80
# No request is older than the first system that took any.
FIRST_YEAR = 1990


@on_tables(*INVENTORY)
def inventory_coverage(city: City) -> pd.DataFrame:
    """Say how many of its systems each department has put on the inventory.

    Parameters
    ----------
    city
        A city with the table `data_inventory`.

    Returns
    -------
    pandas.DataFrame
        ``department``, ``systems``, ``listed``, ``percent`` and ``enough`` (80 percent or more),
        most first.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> inventory_coverage(load_city()).columns.tolist()
    ['department', 'systems', 'listed', 'percent', 'enough']
    """
    systems = city["data_inventory"]
    listed = systems["listed"].eq("yes").groupby(systems["department"])
    table = pd.DataFrame({"systems": listed.size(), "listed": listed.sum()}).reset_index()
    table["percent"] = (100 * table["listed"] / table["systems"]).round(1)
    table["enough"] = table["percent"] >= ENOUGH
    order = ["percent", "department"]
    return table.sort_values(order, ascending=[False, True], ignore_index=True)


@on_tables(*RAW)
def raw_requests(city: City) -> pd.DataFrame:
    """Return one month of requests as exported, with all that is wrong in it.

    Parameters
    ----------
    city
        A city with the tables `requests_311_raw` and `neighborhoods`.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> len(raw_requests(load_city()))
    5346
    """
    return city["requests_311_raw"]


@cache
def fault_marks(city: City) -> pd.DataFrame:
    """Mark each row of the raw export with its faults: one column of true or false a fault."""
    raw = city["requests_311_raw"]
    places = city["neighborhoods"]["neighborhood_id"]
    return pd.DataFrame(
        {
            "Stands there twice": raw.duplicated(),
            "Closed before it opened": (raw["closed_at"] < raw["opened_at"])
            & (raw["opened_at"].dt.year >= FIRST_YEAR),
            "No such neighborhood": ~raw["neighborhood_id"].isin(places),
            "Opened in 1900": raw["opened_at"].dt.year < FIRST_YEAR,
        }
    )


@on_tables(*RAW)
def request_faults(city: City) -> pd.DataFrame:
    """Count the rows of the raw export that can't be right.

    Parameters
    ----------
    city
        A city with the tables `requests_311_raw` and `neighborhoods`.

    Returns
    -------
    pandas.DataFrame
        ``fault`` and ``rows``, one row a kind of fault.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> request_faults(load_city())
                         fault  rows
    0       Stands there twice    41
    1  Closed before it opened    23
    2     No such neighborhood    17
    3           Opened in 1900    12
    """
    return fault_marks(city).sum().rename_axis("fault").reset_index(name="rows")


@on_tables(*RAW)
def clean_requests(city: City) -> pd.DataFrame:
    """Return the raw export without the rows that can't be right.

    Parameters
    ----------
    city
        A city with the tables `requests_311_raw` and `neighborhoods`.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> city = load_city()
    >>> len(city["requests_311_raw"]) - len(clean_requests(city))
    93
    """
    sound = ~fault_marks(city).any(axis=1)
    return city["requests_311_raw"][sound].reset_index(drop=True)
