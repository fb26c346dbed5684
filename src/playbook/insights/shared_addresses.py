"""Addresses that many departments deal with: how much they draw, and who meets there."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd

from playbook.city.tables import City
from playbook.estimate import Estimate
from playbook.measures.concentration import top_share
from playbook.measures.intervals import normal_quantile
from playbook.measures.overlap import combination_counts, common_combinations

# The top: so large a part of the addresses that had any contact.
TOP = 0.05
MEETING = 3
# With fewer addresses, a top of one in twenty is a handful of homes.
FEWEST_ADDRESSES = 1_000
DRAWS = 400
LEVEL = 0.95


@cache
def _per_address(city: City) -> pd.DataFrame:
    """Contacts and departments of each address with any contact, most contacts first."""
    groups = city["address_contacts"].groupby("address_id")["department"]
    table = pd.DataFrame({"contacts": groups.size(), "departments": groups.nunique()})
    return table.sort_values("contacts", ascending=False, kind="stable")


def enough_addresses(city: City) -> bool:
    """Whether there are addresses enough to speak of a top."""
    return len(_per_address(city)) >= FEWEST_ADDRESSES


def contacts_per_address(city: City) -> pd.DataFrame:
    """Count contacts and departments of each address that had any contact, without its code.

    Parameters
    ----------
    city
        A city with the table `address_contacts`.

    Returns
    -------
    pandas.DataFrame
        One row an address, most contacts first: ``contacts`` and ``departments``.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> len(contacts_per_address(load_city()))
    16000
    """
    return _per_address(city).reset_index(drop=True)


def address_count(city: City) -> int:
    """How many addresses had any contact."""
    return len(_per_address(city))


def _top(city: City) -> pd.DataFrame:
    return _per_address(city).head(round(TOP * address_count(city)))


@cache
def top_share_of_contacts(city: City) -> Estimate:
    """Percent of all contacts at the top addresses, with a range from drawing addresses anew."""
    contacts = _per_address(city)["contacts"].to_numpy()
    heights, counts = np.unique(contacts, return_counts=True)
    random = np.random.default_rng(0)
    drawn = random.multinomial(len(contacts), counts / counts.sum(), size=DRAWS)
    shares = [_share_at_top(heights[::-1], one[::-1]) for one in drawn]
    low, high = np.quantile(shares, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    value = 100 * top_share(contacts, share=TOP)
    return Estimate(value, float(low), float(high), "percent", "share of contacts", decimals=0)


def _share_at_top(heights: np.ndarray, counts: np.ndarray) -> float:
    """Percent of contacts at the top, from how many addresses have so many contacts."""
    room = round(TOP * counts.sum())
    taken = np.diff(np.minimum(counts.cumsum(), room), prepend=0)
    return float(100 * (taken @ heights) / (counts @ heights))


def contacts_at_top(city: City) -> float:
    """Contacts of a top address, on average."""
    return float(_top(city)["contacts"].mean())


def departments_at_top(city: City) -> Estimate:
    """Departments that deal with a top address, on average."""
    departments = _top(city)["departments"]
    mean = float(departments.mean())
    reach = normal_quantile(LEVEL) * float(departments.std()) / len(departments) ** 0.5
    return Estimate(mean, mean - reach, mean + reach, "departments", "average")


def department_mixes(city: City) -> pd.DataFrame:
    """Count addresses by the exact mix of departments that deal with them.

    Parameters
    ----------
    city
        A city with the table `address_contacts`.

    Returns
    -------
    pandas.DataFrame
        ``mix``, ``groups``, ``units`` and ``share`` (percent), most addresses first. Mixes of fewer
        than 11 addresses are joined.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> int(department_mixes(load_city())["units"].sum())
    16000
    """
    return combination_counts(city["address_contacts"], "address_id", "department")


@cache
def _meetings(city: City) -> pd.DataFrame:
    contacts = city["address_contacts"]
    at_top = contacts[contacts["address_id"].isin(_top(city).index)]
    return common_combinations(at_top, "address_id", "department", MEETING)


def three_departments(city: City) -> pd.DataFrame:
    """Say which three departments meet at the top addresses most often, whoever else comes.

    Parameters
    ----------
    city
        A city with the table `address_contacts`.

    Returns
    -------
    pandas.DataFrame
        ``groups``, ``units``, ``share`` of the top addresses with its range ``low`` and ``high``
        (percent), most first.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> three_departments(load_city())["groups"].iloc[0]
    '311 + Code + Fire'
    """
    return _meetings(city).copy()
