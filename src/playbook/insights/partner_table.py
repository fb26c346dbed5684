"""A city's table of partners: who is tied to whom, what they promised, and whom they both serve."""

from __future__ import annotations

from functools import cache
from typing import Literal

import pandas as pd

from playbook.city.tables import City
from playbook.estimate import Estimate
from playbook.measures.networks import network_density, shares_of_paths, without_each
from playbook.measures.partner_scores import partner_scores
from playbook.measures.rates import proportion

Wave = Literal[0, -1]
FIRST: Wave = 0
LAST: Wave = -1

# In a smaller group everyone knows everyone.
FEWEST_PARTNERS = 10
# A chair needs the trust of more than their own field.
FEWEST_SECTORS = 3
# What a family needs so that a parent can take a job and keep it.
NEEDED_FOR_WORK = ("Jobs", "Rides", "Schools", "Loans", "Child care")


@cache
def survey_years(city: City) -> tuple[int, ...]:
    """Years in which the partners were asked, the first one first; none where ties have no year."""
    if "ties.year" not in city:
        return ()
    return tuple(sorted(int(year) for year in set(city["ties"]["year"].dropna())))


def ties_of(city: City, wave: Wave = LAST) -> pd.DataFrame:
    """Return the ties of the first (0) or the last (-1) survey."""
    ties = city["ties"]
    return ties[ties["year"] == survey_years(city)[wave]].reset_index(drop=True)


@cache
def _partners(city: City) -> tuple[str, ...]:
    return tuple(city["organizations"]["org_id"])


def enough_partners(city: City) -> bool:
    """Whether there are partners and ties enough to speak of a network."""
    return len(_partners(city)) >= FEWEST_PARTNERS and bool(survey_years(city))


def tie_count(city: City, wave: Wave) -> int:
    """How many pairs of partners had a tie."""
    return round(density(city, wave) * len(_partners(city)) * (len(_partners(city)) - 1) / 2)


@cache
def density(city: City, wave: Wave) -> float:
    """Share of all possible ties that were there."""
    return network_density(ties_of(city, wave), _partners(city))


@cache
def _paths(city: City, wave: Wave) -> pd.DataFrame:
    return shares_of_paths(ties_of(city, wave), _partners(city)).set_index("org_id")


def paths_through(city: City, wave: Wave = LAST) -> pd.DataFrame:
    """Say through whom the shortest paths between all other partners run.

    Parameters
    ----------
    city
        A city with the tables `organizations` and `ties`.
    wave
        0 for the first survey, -1 for the last.

    Returns
    -------
    pandas.DataFrame
        One row a partner, most paths first: ``name``, ``sector``, ``ties``, ``share_of_paths``
        (percent of all pairs of others).

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> paths_through(load_city())["name"].iloc[0]
    'Sluice Street fund, table coordinator'
    """
    partners = city["organizations"][["org_id", "name", "sector"]]
    table = _paths(city, wave).reset_index().merge(partners, on="org_id")
    return table[["name", "sector", "ties", "share_of_paths"]]


def busiest(city: City) -> str:
    """Id of the partner through whom most paths of the last survey run."""
    return str(_paths(city, LAST).index[0])


def share_of_paths(city: City, partner: str, wave: Wave) -> float:
    """Percent of the shortest paths between others that run through a partner."""
    return float(_paths(city, wave)["share_of_paths"][partner])


def next_share_of_paths(city: City) -> float:
    """Give the same share for whoever comes second in the last survey."""
    return float(_paths(city, LAST)["share_of_paths"].iloc[1])


@cache
def without_busiest(city: City) -> pd.Series:
    """Give what is left of the last network without that partner: parts, sizes, pairs cut."""
    left = without_each(ties_of(city), _partners(city), leaving=[busiest(city)])
    return left.iloc[0]


def partner_name(city: City, partner: str) -> str:
    """Name of a partner by its id."""
    return str(city["organizations"].set_index("org_id")["name"][partner])


def families_in_common(city: City) -> pd.DataFrame:
    """List pairs of partners by the households that both serve, and say whether they have a tie.

    Parameters
    ----------
    city
        A city with the tables `organizations`, `ties` and `clients_in_common`.

    Returns
    -------
    pandas.DataFrame
        One row a pair, most households first: ``one``, ``other``, ``households``, ``tie`` (yes or
        no, in the last survey).

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> families_in_common(load_city())["households"].iloc[0]
    np.int64(3100)
    """
    names = city["organizations"].set_index("org_id")["name"]
    ties = ties_of(city)
    tied = {frozenset(pair) for pair in zip(ties["from_org"], ties["to_org"], strict=True)}
    table = city["clients_in_common"].sort_values(
        ["households", "org_a", "org_b"], ascending=[False, True, True]
    )
    pairs = zip(table["org_a"], table["org_b"], strict=True)
    return pd.DataFrame(
        {
            "one": table["org_a"].map(names).to_numpy(),
            "other": table["org_b"].map(names).to_numpy(),
            "households": table["households"].to_numpy(),
            "tie": ["yes" if frozenset(pair) in tied else "no" for pair in pairs],
        }
    )


def kept_promises(city: City, own: bool) -> Estimate | None:
    """Percent of promises kept: of those that change a partner's own practice, or of all others.

    None when there is no such promise.
    """
    promises = city["commitments"]
    some = promises[promises["own_practice_change"] == ("yes" if own else "no")]
    return proportion(int((some["kept"] == "yes").sum()), len(some)) if len(some) else None


def missing_functions(city: City) -> list[str]:
    """List what a family needs for work and nobody at the table controls."""
    controlled = set(city["organizations"]["controls"])
    return [one for one in NEEDED_FOR_WORK if one not in controlled]


def possible_chairs(city: City) -> pd.DataFrame:
    """List the partners that enough others scored, by how far they are trusted.

    Parameters
    ----------
    city
        A city with the tables `organizations` and `ties`.

    Returns
    -------
    pandas.DataFrame
        One row a partner scored by three or more, from three sectors or more; most trusted first:
        ``name``, ``sheets``, ``sectors``, ``trust``, ``trust_low``, ``trust_high`` (from 1 to 4)
        and ``could_be_first`` (whether its range reaches the highest trust of all).

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> possible_chairs(load_city())["sectors"].min() >= 3
    np.True_
    """
    partners, ties = city["organizations"].set_index("org_id"), ties_of(city)
    sectors = ties["from_org"].map(partners["sector"]).groupby(ties["to_org"]).nunique()
    table = partner_scores(ties).dropna(subset=["trust"])
    table = table.assign(
        sectors=table["org_id"].map(sectors), name=table["org_id"].map(partners["name"])
    )
    table = table[table["sectors"] >= FEWEST_SECTORS].sort_values(
        ["trust", "name"], ascending=[False, True], ignore_index=True
    )
    table["could_be_first"] = table["trust_high"] >= table["trust"].max()
    columns = ["name", "sheets", "sectors", "trust", "trust_low", "trust_high", "could_be_first"]
    return table[columns]
