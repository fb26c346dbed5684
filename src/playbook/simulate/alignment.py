"""One address, many departments; one idea, many plans: `address_contacts` and `plan_strategies`."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from playbook.simulate.effects import Effect
from playbook.simulate.plan_titles import COPIES, OTHERS
from playbook.simulate.world import Integers, Texts, World, stream

# Addresses with any contact in 2025, and all their contacts.
ADDRESSES, CONTACTS = 16_000, 38_000
# How uneven contacts are: the tail of a Lomax distribution, cut where an address would draw some 70
# contacts more than others.
TAIL, CUT = 1.1, 210
# How strongly an address keeps to departments of its own: low means few of them.
FOCUS = 4.6
# Share of contacts of each department, and the programs it comes with.
DEPARTMENTS = {
    "Code": (0.20, ("rental", "weeds")),
    "311": (0.19, ("call", "visit")),
    "Fire": (0.18, ("medic", "alarm")),
    "Works": (0.13, ("trash", "street")),
    "Homes": (0.12, ("rent", "case")),
    "Billing": (0.09, ("water", "plan")),
    "Parks": (0.05, ("tree", "lot")),
    "Engage": (0.02, ("door", "event")),
    "Library": (0.02, ("van", "fine")),
}
OUTCOMES = {"closed": 0.52, "again": 0.28, "passed": 0.12, "absent": 0.08}
ID_DIGITS = 5
MONTHS = 12
YEAR = 2025

# Each plan's first year, how many years it runs, who leads its strategies, and the priorities that
# it is about most. The first two are those that law and accreditation set windows for.
PLANS = {
    "CHA/CHIP": (2023, 5, ("County health department", "Human Services and Housing")),
    "CHNA": (2024, 3, ("Alder General", "Bell Tower hospital", "Pierhead hospital")),
    "Comprehensive": (2020, 15, ("Planning", "Public Works")),
    "Climate": (2022, 8, ("Parks and Forestry", "Planning")),
    "Housing": (2021, 10, ("Human Services and Housing", "Code Enforcement")),
    "Public safety": (2024, 4, ("Fire and Rescue", "Community Engagement")),
}
ABOUT = {
    "CHA/CHIP": ("food", "exercise", "chronic illness", "child care"),
    "CHNA": ("food", "exercise", "chronic illness", "benefits"),
    "Comprehensive": ("jobs", "training", "transit", "child care"),
    "Climate": ("heat", "transit"),
    "Housing": ("eviction", "homelessness", "benefits"),
    "Public safety": ("safety", "youth"),
}
# A plan takes up what it is about this many times as readily as anything else.
FAVOR = 6
FUNDED_SHARE = 0.38

EFFECTS = (
    Effect(
        "contacts_tail",
        "address_contacts",
        TAIL,
        "tail index",
        "How uneven contacts are spread over addresses: the lower, the more uneven.",
    ),
)


def alignment_tables(
    world: World, made: Mapping[str, pd.DataFrame], seed: int
) -> dict[str, pd.DataFrame]:
    """Draw the tables `address_contacts` and `plan_strategies`.

    Parameters
    ----------
    world
        What is true of the places. Addresses are kept without their place, so none of it is used.
    made
        Tables made before. None is needed.
    seed
        Root seed.

    Returns
    -------
    dict
        Table by name, with the columns that the contract describes.

    Examples
    --------
    >>> from playbook.simulate.world import make_world
    >>> made = alignment_tables(make_world(7), {}, 7)
    >>> {name: len(table) for name, table in made.items()}
    {'address_contacts': 38000, 'plan_strategies': 90}
    """
    return {"address_contacts": _contacts(seed), "plan_strategies": _strategies(seed)}


def _contacts(seed: int) -> pd.DataFrame:
    random = stream(seed, "address_contacts")
    address = np.repeat(np.arange(ADDRESSES), contacts_by_address(random))
    department = _departments(address, random)
    programs = np.array([programs for _, programs in DEPARTMENTS.values()])
    outcome = random.choice(list(OUTCOMES), CONTACTS, p=list(OUTCOMES.values()))
    months = np.array([f"{YEAR}-{month:02}" for month in range(1, MONTHS + 1)])
    table = pd.DataFrame(
        {
            "address_id": _hashed_ids(random)[address],
            "department": np.array(list(DEPARTMENTS))[department],
            "program": programs[department, random.integers(0, programs.shape[1], CONTACTS)],
            "month": months[random.integers(0, MONTHS, CONTACTS)],
            "outcome": outcome,
        }
    )
    return table.sort_values(list(table.columns), ignore_index=True)


def contacts_by_address(random: np.random.Generator) -> Integers:
    """Count the contacts of each address: one or more, together exactly `CONTACTS`.

    Parameters
    ----------
    random
        Where the luck comes from.
    """
    weight = np.minimum(random.pareto(TAIL, ADDRESSES), CUT)
    return np.asarray(1 + random.multinomial(CONTACTS - ADDRESSES, weight / weight.sum()))


def _departments(address: Integers, random: np.random.Generator) -> Integers:
    """Choose a department for each contact; every address has departments of its own."""
    shares = np.array([share for share, _ in DEPARTMENTS.values()])
    own = random.dirichlet(shares * FOCUS, ADDRESSES).cumsum(axis=1)
    drawn = random.random((len(address), 1))
    # A sum that rounding leaves below 1 still belongs to the last department.
    return np.asarray((drawn >= own[address, :-1]).sum(axis=1))


def _hashed_ids(random: np.random.Generator) -> Texts:
    """Give codes that tell nothing about the address, each different."""
    numbers = random.choice(16**ID_DIGITS, ADDRESSES, replace=False)
    return np.array([f"{number:0{ID_DIGITS}x}" for number in numbers.tolist()])


def _strategies(seed: int) -> pd.DataFrame:
    random = stream(seed, "plan_strategies")
    rows: list[tuple[str, tuple[str, ...]]] = [
        (title, (*shared, added) if added else shared)
        for shared, titles in COPIES
        for title, added in titles.items()
    ]
    rows += list(OTHERS.items())
    rows = [rows[place] for place in random.permutation(len(rows)).tolist()]
    plans = [_plan_for(tags, random) for _, tags in rows]
    return pd.DataFrame(
        {
            "strategy_id": [f"S{number:02}" for number in range(1, len(rows) + 1)],
            "plan": plans,
            "lead": [PLANS[plan][2][random.integers(len(PLANS[plan][2]))] for plan in plans],
            "title": [title for title, _ in rows],
            "priority_tags": [",".join(tags) for _, tags in rows],
            "start": [PLANS[plan][0] for plan in plans],
            "end": [PLANS[plan][0] + PLANS[plan][1] for plan in plans],
            "funded": np.where(random.random(len(rows)) < FUNDED_SHARE, "yes", "no"),
        }
    )


def _plan_for(tags: tuple[str, ...], random: np.random.Generator) -> str:
    weight = np.array([1 + FAVOR * len({*tags} & {*about}) for about in ABOUT.values()])
    return list(ABOUT)[int(random.choice(len(ABOUT), p=weight / weight.sum()))]
