"""Six contracts that house people: `hmis_enrollments`, `contracts` and `contract_quarters`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from playbook.simulate.contract_quarters import PERMANENT, bed_nights, contract_quarters
from playbook.simulate.effects import Effect
from playbook.simulate.world import Floats, Integers, Texts, World, stream

# Entries of four years, seen on one day: who is still there then has no exit.
FIRST_ENTRY, LAST_ENTRY = np.datetime64("2022-01-01"), np.datetime64("2025-12-31")
AS_OF = np.datetime64("2026-01-15")
CONTRACT_YEAR = 2025


Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Provider:
    """One contract partner.

    Parameters
    ----------
    name
        What it is called.
    people
        How many people it took in over the four years.
    higher_share
        Share of them who need more support.
    effect
        Added to the logarithm of how fast it finds homes for people with the same needs.
    """

    name: str
    people: int
    higher_share: float
    effect: float


# The one that takes in those with the highest needs finds homes fastest at equal needs; the one
# with the lowest needs is slowest. Both are large enough for that to be seen through chance.
PROVIDERS = (
    Provider("Ropewalk Homes", 500, 0.10, -0.25),
    Provider("Weir Street Shelter", 360, 0.25, 0.0),
    Provider("Ladle Lane Housing", 310, 0.35, -0.05),
    Provider("Kiln Housing", 290, 0.45, 0.05),
    Provider("Tollbar Homes", 270, 0.60, 0.08),
    Provider("Quarry Homes", 500, 0.80, 0.36),
)

ACUITY = ("Lower", "Higher")
# Moves to permanent housing a day, for people who need less and more support; and other exits.
HOUSED_A_DAY = (0.0065, 0.0023)
LEFT_A_DAY = 1 / 500

# Each group with its share of people, and what multiplies the speed of finding a home. The gap is
# what landlords' screening and the records of past evictions do: exposure to policy.
GROUPS = {
    "Black": (0.44, 0.82),
    "White": (0.31, 1.23),
    "Hispanic": (0.15, 0.98),
    "Other or several": (0.06, 1.0),
    "Asian": (0.025, 1.1),
    "American Indian or Alaska Native": (0.015, 0.9),
}
HOUSEHOLDS = {"Adults only": 0.70, "Family with children": 0.22, "Youth aged 18 to 24": 0.08}

OTHER_DESTINATIONS = {
    "Temporary housing": 0.34,
    "Homeless situation": 0.28,
    "Institution": 0.10,
    "Other or unknown": 0.28,
}

# Share of housed people who come back to a shelter within two years, by acuity; where homes are
# found faster they also last a little longer. Those who return do so early.
RETURNED = (0.14, 0.24)
RETURN_EFFECT = -0.35
RETURN_DAYS, LONGEST_RETURN = 300, 730

# What the city pays for all six contracts in the year, in dollars.
PAID = 11_400_000

EFFECTS = (
    *(
        Effect(
            f"homes_{provider.name.lower().replace(' ', '_')}",
            "hmis_enrollments",
            round(100 * float(np.expm1(provider.effect)), 1),
            "percent",
            f"How much faster {provider.name} finds homes than average, for people with the same "
            "needs.",
        )
        for provider in PROVIDERS
    ),
    Effect(
        "homes_higher_needs",
        "hmis_enrollments",
        round(HOUSED_A_DAY[1] / HOUSED_A_DAY[0], 2),
        "times",
        "How fast people who need more support move to a home, against those who need less.",
    ),
)


def homeless_service_tables(
    world: World, made: Mapping[str, pd.DataFrame], seed: int
) -> dict[str, pd.DataFrame]:
    """Make the tables about contracts that house people.

    Parameters
    ----------
    world, made
        Not used: the contracts serve the whole city.
    seed
        Root seed.

    Returns
    -------
    dict
        `hmis_enrollments`, `contracts` and `contract_quarters`.
    """
    enrollments = hmis_enrollments(seed)
    return {
        "hmis_enrollments": enrollments,
        "contracts": contracts(enrollments),
        "contract_quarters": contract_quarters(enrollments, CONTRACT_YEAR, seed),
    }


def hmis_enrollments(seed: int) -> pd.DataFrame:
    """Draw the table `hmis_enrollments`: one row a person's stay.

    Parameters
    ----------
    seed
        Root seed.

    Returns
    -------
    pandas.DataFrame
        Columns as the contract describes them, by day of entry.

    Examples
    --------
    >>> stays = hmis_enrollments(7)
    >>> len(stays), stays["provider_id"].nunique()
    (2230, 6)
    """
    random = stream(seed, "hmis_enrollments")
    provider = np.repeat(np.arange(len(PROVIDERS)), [one.people for one in PROVIDERS])
    people = len(provider)
    shares = np.array([one.higher_share for one in PROVIDERS])[provider]
    higher = _even(random, provider) < shares
    # Within a provider and need, luck is spread evenly: six small groups would hide the pattern.
    cell = 2 * provider + higher
    group = _chosen(_even(random, cell), [share for share, _ in GROUPS.values()])
    household = random.choice(list(HOUSEHOLDS), people, p=list(HOUSEHOLDS.values()))
    effect = np.array([one.effect for one in PROVIDERS])[provider]
    days, destination = _stays(random, cell, effect, group)
    entry = FIRST_ENTRY + random.integers(
        0, int((LAST_ENTRY - FIRST_ENTRY).astype(int)), people, endpoint=True
    )
    leave = entry + days
    gone = leave < AS_OF
    back = _returns(random, higher, effect)
    known = gone & (destination == PERMANENT) & (leave + np.nan_to_num(back).astype(int) < AS_OF)
    table = pd.DataFrame(
        {
            "provider_id": np.char.add("P", (provider + 1).astype(str)),
            "entry": entry.astype(str),
            "exit": pd.Series(leave.astype(str), dtype="str").where(gone),
            "destination": pd.Series(destination, dtype="str").where(gone),
            "acuity": np.array(ACUITY)[higher.astype(int)],
            "household_type": household,
            "race_ethnicity": np.array(list(GROUPS))[group],
            "return_days": np.where(known, back, np.nan),
        }
    )
    table = table.sort_values(["entry", "provider_id"], kind="stable", ignore_index=True)
    table.insert(0, "enrollment_id", [f"H{number:04}" for number in range(1, people + 1)])
    return table


def _even(random: np.random.Generator, cell: Integers) -> Floats:
    """Draw numbers between 0 and 1 that cover that range evenly within each cell."""
    drawn = np.empty(len(cell))
    for each in np.unique(cell):
        rows = np.flatnonzero(cell == each)
        drawn[rows] = (random.permutation(len(rows)) + random.random(len(rows))) / len(rows)
    return drawn


def _chosen(drawn: Floats, shares: list[float]) -> Integers:
    """Turn numbers between 0 and 1 into places in a list of shares that add up to 1."""
    place = np.searchsorted(np.cumsum(shares), drawn, side="right")
    return np.minimum(place, len(shares) - 1)


def _stays(
    random: np.random.Generator, cell: Integers, effect: Floats, group: Integers
) -> tuple[Integers, Texts]:
    """Draw how many days each stay takes, and where it leads. Whatever comes first ends it."""
    speed = np.array([each for _, each in GROUPS.values()])[group]
    housed_a_day = np.array(HOUSED_A_DAY)[cell % 2] * np.exp(effect) * speed
    housed = -np.log1p(-_even(random, cell)) / housed_a_day
    left = -np.log1p(-_even(random, cell)) / LEFT_A_DAY
    others = random.choice(list(OTHER_DESTINATIONS), len(cell), p=list(OTHER_DESTINATIONS.values()))
    days = np.ceil(np.minimum(housed, left)).astype(np.int64)
    # A draw of exactly 0 would leave on the day of entry.
    return np.maximum(days, 1), np.where(housed < left, PERMANENT, others)


def _returns(random: np.random.Generator, higher: Flags, effect: Floats) -> Floats:
    """Draw days from leaving to coming back; missing for those who don't within two years."""
    people = len(higher)
    chance = np.where(higher, RETURNED[1], RETURNED[0]) * np.exp(RETURN_EFFECT * effect)
    # The part of an exponential curve that lies within two years.
    within = -np.expm1(-LONGEST_RETURN / RETURN_DAYS)
    days = np.ceil(-RETURN_DAYS * np.log1p(-within * random.random(people)))
    return np.where(random.random(people) < chance, days, np.nan)


def contracts(enrollments: pd.DataFrame) -> pd.DataFrame:
    """Make the table `contracts`: what the city pays each provider in the contract year.

    Parameters
    ----------
    enrollments
        The table `hmis_enrollments`.

    Examples
    --------
    >>> contracts(hmis_enrollments(7))["amount"].sum()
    np.int64(11400000)
    """
    ids = [f"P{number}" for number in range(1, len(PROVIDERS) + 1)]
    nights = bed_nights(enrollments, f"{CONTRACT_YEAR}-01-01", f"{CONTRACT_YEAR + 1}-01-01")
    nights = nights.reindex(ids, fill_value=0)
    exact = PAID * nights.to_numpy() / nights.sum()
    amount = np.floor(exact).astype(np.int64)
    amount[np.argsort(amount - exact, kind="stable")[: PAID - amount.sum()]] += 1
    return pd.DataFrame(
        {
            "contract_id": [f"K{number}" for number in range(1, len(ids) + 1)],
            "provider_id": ids,
            "provider_name": [one.name for one in PROVIDERS],
            "model": "Shelter with help to find a home",
            "unit_paid": "Bed-night",
            "units": nights.to_numpy(),
            "amount": amount,
            "start_day": f"{CONTRACT_YEAR}-01-01",
            "end_day": f"{CONTRACT_YEAR}-12-31",
        }
    )
