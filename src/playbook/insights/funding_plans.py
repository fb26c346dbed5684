"""The city's sources and uses of money: what each order of spending pays for, and what ends."""

from __future__ import annotations

from functools import cache
from typing import Literal

import pandas as pd

from playbook.city.tables import City
from playbook.measures.funding import (
    allocate_dollars,
    best_allocation,
    eligibility_matrix,
    needs_met,
    single_use_share,
)
from playbook.measures.funding_over_time import funding_cliff, staff_at_risk

Plan = Literal["flexible-first", "restricted-first", "best"]
PLANS: tuple[Plan, ...] = ("flexible-first", "restricted-first", "best")

# With fewer sources or uses there is little to put in an order.
FEWEST_SOURCES, FEWEST_USES = 5, 3
FIRST_YEAR = 2026
CLIFF_YEARS = (FIRST_YEAR, FIRST_YEAR + 1, FIRST_YEAR + 2)


@cache
def _allowed(city: City) -> pd.DataFrame:
    """Lay out what may pay for what, in the order of the two lists; pairs not listed may not."""
    matrix = eligibility_matrix(city["eligibility"])
    index, columns = city["funding_sources"]["source_id"], city["funding_uses"]["use_id"]
    full = matrix.reindex(index=index.to_numpy(), columns=columns.to_numpy())
    return full.eq(True)


def amounts(city: City) -> pd.Series:
    """Dollars of each source in 2026, by source."""
    return city["funding_sources"].set_index("source_id")["amount_usd"]


def needs(city: City) -> pd.Series:
    """Dollars that each use needs in 2026, by use."""
    return city["funding_uses"].set_index("use_id")["need_usd"]


def enough_money(city: City) -> bool:
    """Whether there are enough sources and uses, with dollars in them, to say anything."""
    if len(amounts(city)) < FEWEST_SOURCES or len(needs(city)) < FEWEST_USES:
        return False
    return bool(amounts(city).sum() > 0 and needs(city).sum() > 0)


@cache
def _plan(city: City, plan: Plan) -> pd.DataFrame:
    if plan == "best":
        return best_allocation(amounts(city), needs(city), _allowed(city))
    return allocate_dollars(amounts(city), needs(city), _allowed(city), plan)


def funding_plan(city: City, plan: Plan = "restricted-first") -> pd.DataFrame:
    """Return the dollars that each source pays for each use.

    Parameters
    ----------
    city
        A city with the tables `funding_sources`, `funding_uses` and `eligibility`.
    plan
        ``"restricted-first"``, ``"flexible-first"`` or ``"best"``, as in `measures.funding`.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> funding_plan(load_city()).shape
    (60, 18)
    """
    return _plan(city, plan).copy()


def plans_compared(city: City) -> pd.DataFrame:
    """Compare the three plans: the same dollars, in another order.

    Parameters
    ----------
    city
        As in `funding_plan`.

    Returns
    -------
    DataFrame
        One row a plan: ``plan``, ``uses_met`` (paid in full), ``uses``, ``paid_usd`` and
        ``percent`` of all need that is met.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> plans_compared(load_city())["plan"].tolist()
    ['flexible-first', 'restricted-first', 'best']
    """
    rows = []
    for plan in PLANS:
        met = needs_met(_plan(city, plan), needs(city))
        paid = met["paid"].sum()
        share = 100 * paid / met["need"].sum()
        rows.append((plan, int(met["met"].sum()), len(met), round(float(paid)), share))
    return pd.DataFrame(rows, columns=["plan", "uses_met", "uses", "paid_usd", "percent"])


def stuck_share(city: City) -> float:
    """Percent of all dollars that may pay for one use only."""
    return single_use_share(amounts(city), _allowed(city))


def uses_without_own(city: City) -> pd.Series:
    """Name the uses that no single-use source pays for."""
    allowed = _allowed(city)
    single = allowed[allowed.sum(axis=1) == 1]
    without = single.columns[~single.any()]
    uses = city["funding_uses"]
    return uses.loc[uses["use_id"].isin(without), "name"].reset_index(drop=True)


def cliff(city: City) -> pd.DataFrame:
    """Dollars of 2026 and of the two years after, when nothing that ends is replaced."""
    return funding_cliff(city["funding_sources"], CLIFF_YEARS)


def staff_without_money(city: City) -> pd.DataFrame:
    """Staff cost of each use that rests on money which ends before 2027, restricted money first.

    One row a use, as `staff_at_risk` gives it, with the name.
    """
    plan = _plan(city, "restricted-first")
    uses = city["funding_uses"]
    table = staff_at_risk(plan, city["funding_sources"], uses, FIRST_YEAR + 1)
    table.insert(0, "name", uses.set_index("use_id")["name"].reindex(table.index))
    return table
