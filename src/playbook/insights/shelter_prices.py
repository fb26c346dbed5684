"""What one price for every placement makes of people with higher needs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

from playbook.city.tables import City
from playbook.estimate import Estimate
from playbook.insights.shelter_stays import HIGHER, LOWER, Need, needs, night_price
from playbook.measures.intervals import normal_quantile
from playbook.measures.provider_response import (
    accepted_share,
    expected_margin,
    indifferent_price,
)

# How strongly providers follow money: nobody knows. 10,000 dollars then about halve the odds that
# someone is taken in; 0 would mean that they don't look at money.
RESPONSE = 0.07


@dataclass(frozen=True)
class Prices:
    """One price for all, and two prices that leave no reason to prefer anyone.

    Parameters
    ----------
    flat
        Dollars for each placement, so that all placements cost what all nights cost now.
    lower, higher
        Dollars for a placement of someone with lower and with higher needs, at which a provider
        earns back its nights for each, and no more.
    gap
        Dollars that a provider keeps more, under the flat price, from someone with lower needs.
    ratio
        Higher price over lower price.
    """

    flat: float
    lower: float
    higher: float
    gap: Estimate
    ratio: Estimate


@cache
def prices(city: City) -> Prices | None:
    """Work out the prices from how people fare now, taking a night to cost what the city pays.

    Parameters
    ----------
    city
        A city with the tables `hmis_enrollments` and `contracts`.

    Returns
    -------
    Prices or None
        None where there is too little to tell.
    """
    by_need, cost = needs(city), night_price(city)
    if set(by_need) != {LOWER, HIGHER}:
        return None
    low, high = by_need[LOWER], by_need[HIGHER]
    parts = (cost, low.chance, high.chance, low.nights, high.nights)
    if any(math.isnan(part) for part in parts) or not (cost > 0 and low.chance and high.chance):
        return None
    placed = low.people * low.chance + high.people * high.chance
    flat = cost * (low.people * low.nights + high.people * high.nights) / placed
    lower = cost * low.nights / low.chance
    higher = indifferent_price(lower, (low.chance, high.chance), (low.nights, high.nights), cost)
    return Prices(flat, lower, higher, _gap(low, high, flat, cost), _ratio(low, high))


def rehearsed_share(city: City) -> float:
    """Share of people with higher needs that would be taken in at the flat price, if so.

    Parameters
    ----------
    city
        A city for which `prices` are known.
    """
    found = prices(city)
    assert found is not None
    return accepted_share(needs(city)[HIGHER].people, found.gap.value, RESPONSE)


def _gap(low: Need, high: Need, flat: float, cost: float) -> Estimate:
    one, other = (expected_margin(flat, need.chance, need.nights, cost) for need in (low, high))
    # Who is placed sooner stays fewer nights: errors of chance and nights add up, at worst in full.
    errors = [flat * need.chance_error + cost * need.nights_error for need in (low, high)]
    reach = normal_quantile(0.95) * math.hypot(*errors)
    gap = one - other
    return Estimate(gap, gap - reach, gap + reach, "dollars", decimals=0)


def _ratio(low: Need, high: Need) -> Estimate:
    value = (high.nights / high.chance) / (low.nights / low.chance)
    errors = [n.chance_error / n.chance + n.nights_error / n.nights for n in (low, high)]
    reach = normal_quantile(0.95) * math.hypot(*errors)
    return Estimate(value, value * math.exp(-reach), value * math.exp(reach), "times")
