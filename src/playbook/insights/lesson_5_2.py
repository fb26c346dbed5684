"""Claims of lesson 5.2, *Why does the same address call five departments?*: many for few."""

from __future__ import annotations

import math

from playbook.city.tables import City
from playbook.estimate import Estimate, format_number
from playbook.insights.plan_priorities import (
    copied_strategies,
    enough_strategies,
    strategies_by_priority,
    strategy_count,
)
from playbook.insights.shared_addresses import (
    address_count,
    contacts_at_top,
    departments_at_top,
    enough_addresses,
    three_departments,
    top_share_of_contacts,
)
from playbook.insights.statements import Claim, Measured, sentence_start
from playbook.measures.overlap import JOIN

# Five percent of addresses with this much of all contacts hold a large part.
LARGE_PART = 25.0
MANY_DEPARTMENTS = 3.0
# Three departments meet at so many of the top addresses that one visit could do.
OFTEN = 25.0
# Copies are many when they are a third of all strategies.
MANY_COPIES = 100 / 3


def _top(city: City) -> Measured:
    if not enough_addresses(city):
        return _too_few_addresses(city, "percent")
    share, where = top_share_of_contacts(city), sentence_start(city)
    headline = (
        f"{where}, 5 percent of the addresses we visited at all make {_whole(share)} percent of "
        "contacts"
    )
    sentence = (
        f"{headline} ({share.range}): {format_number(contacts_at_top(city), 0)} contacts each. "
        f"{format_number(address_count(city), 0)} addresses had any."
    )
    return _three_ways(share, LARGE_PART, headline, sentence)


def _departments(city: City) -> Measured:
    if not enough_addresses(city):
        return _too_few_addresses(city, "departments")
    average = departments_at_top(city)
    headline = (
        f"{sentence_start(city)}, {format_number(average.value)} departments come to each of the "
        "most visited addresses"
    )
    return _three_ways(
        average, MANY_DEPARTMENTS, headline, f"{headline} on average ({average.range})."
    )


def _three(city: City) -> Measured:
    met = three_departments(city) if enough_addresses(city) else None
    if met is None or met.empty:
        return _too_few_addresses(city, "percent")
    (names, share), *others = [
        (_listed(three), Estimate(value, low, high, "percent", decimals=0))
        for three, _, value, low, high in met.head(2).itertuples(index=False, name=None)
    ]
    headline = (
        f"{sentence_start(city)}, {names} all come to {_whole(share)} percent of the most visited "
        "addresses"
    )
    following = "".join(f" Next come {three}, to {one}." for three, one in others)
    return _three_ways(share, OFTEN, headline, f"{headline} ({share.range}).{following}")


def _copies(city: City) -> Measured:
    if not enough_strategies(city):
        return _too_few_strategies(city, "strategies")
    groups, total = copied_strategies(city), strategy_count(city)
    copied = int(groups["strategies"].sum())
    count = _exact(copied, "strategies")
    headline = (
        f"{sentence_start(city)}, {copied} of {total} strategies say the same "
        f"{_number(len(groups))} things under other names"
    )
    sizes = ", ".join(str(size) for size in groups["strategies"])
    if 100 * copied / total >= MANY_COPIES:
        sentence = f"{headline}: groups of {sizes}."
        return Measured(count, "appears", sentence, headline)
    headline = f"{sentence_start(city)}, {copied} of {total} strategies are near-copies"
    return Measured(count, "absent", f"{headline}. That is worth knowing.", headline)


def _orphan(city: City) -> Measured:
    if not enough_strategies(city):
        return _too_few_strategies(city, "priorities")
    table = strategies_by_priority(city)
    orphans = table.loc[table["strategies"] == 0, "priority"].tolist()
    count, where = _exact(len(orphans), "priorities"), sentence_start(city)
    if orphans:
        headline = f"{where}, no strategy is for {' or '.join(orphans)}"
        total = strategy_count(city)
        sentence = f"{headline}: not one of {total}. It has no owner."
        return Measured(count, "appears", sentence, headline)
    headline = f"{where}, every priority has a strategy"
    return Measured(count, "absent", f"{headline}. That is worth knowing.", headline)


def _three_ways(figure: Estimate, line: float, headline: str, sentence: str) -> Measured:
    """Say whether the whole range lies above a line, below it, or on both sides."""
    if figure.low > line:
        return Measured(figure, "appears", sentence, headline)
    if figure.high < line:
        return Measured(figure, "absent", f"{sentence} It is little, and worth knowing.", headline)
    return Measured(figure, "unclear", f"{sentence} We can't tell if it is much.", headline)


def _too_few_addresses(city: City, unit: str) -> Measured:
    headline = f"{sentence_start(city)}, there is too little to tell"
    sentence = f"{headline}: too few addresses, and each could be recognized. Join years."
    return Measured(_exact(math.nan, unit), "unclear", sentence, headline)


def _too_few_strategies(city: City, unit: str) -> Measured:
    headline = f"{sentence_start(city)}, there is too little to tell"
    sentence = f"{headline}: too few strategies. Add those of another plan."
    return Measured(_exact(math.nan, unit), "unclear", sentence, headline)


def _exact(value: float, unit: str) -> Estimate:
    return Estimate(value, math.nan, math.nan, unit=unit, decimals=0)


def _whole(one: Estimate) -> str:
    return format_number(one.value, 0)


def _listed(three: str) -> str:
    *first, last = three.split(JOIN)
    return f"{', '.join(first)} and {last}"


def _number(count: int) -> str:
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    return words[count] if count < len(words) else str(count)


CLAIMS = (
    Claim(
        "5.2-top",
        "Of the addresses that the city visited at all, a few make a large part of contacts.",
        "sampling",
        "port-alder-only",
        _top,
    ),
    Claim(
        "5.2-departments",
        "Several departments come to each of these addresses, each on its own.",
        "sampling",
        "port-alder-only",
        _departments,
    ),
    Claim(
        "5.2-three",
        "The same three departments meet at many of these addresses.",
        "sampling",
        "port-alder-only",
        _three,
    ),
    Claim(
        "5.2-copies",
        "Near half of all strategies say the same three things under other names.",
        "planted",
        "port-alder-only",
        _copies,
    ),
    Claim(
        "5.2-orphan",
        "What residents want most, home repair, is in no plan.",
        "planted",
        "port-alder-only",
        _orphan,
    ),
)
