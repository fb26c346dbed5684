"""Who stayed in Foundry, who left, who came: `mobility_panel`; and `opportunity` of places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from playbook.simulate.effects import Effect
from playbook.simulate.world import Integers, World, stream

DISTRICT = "Foundry"
FIRST_YEAR, LAST_YEAR = 2016, 2025
HOUSEHOLDS = 3000

# Renters with less than this a year in the first year are low-income renters. Dollars of 2025.
LOW_INCOME = 35_000
# Median incomes of owners and of the two kinds of homes that renters live in, and the spread of
# the logarithm.
OWNER_INCOME, LOW_RENT_INCOME, RENT_INCOME, INCOME_SPREAD = 58_000, 24_000, 47_000, 0.42
# Households that came: median income and the spread of its logarithm.
ENTRANT_INCOME, ENTRANT_SPREAD = 51_500, 0.48
ENTRANT_RENTERS = 0.62
# Real growth of incomes over the nine years, and how much households differ around it.
GROWTH, GROWTH_SPREAD = 0.06, 0.22
# Of the households that leave a district, the share that leaves the city too.
OUT_OF_CITY = 0.28
# Rents are lower where hardship is higher: change of the logarithm of the pull on low-income
# renters per point of hardship.
RENT_PULL = 1.5


@dataclass(frozen=True)
class Sample:
    """Where households are drawn, and how many leave.

    Parameters
    ----------
    name
        As stored in the table.
    owners, low_rents
        Share that owns its home, and share in the cheaper rentals.
    owners_leave, low_income_leave, others_leave
        Share that leaves the district in nine years, of owners, low-income renters, other renters.
    """

    name: str
    owners: float
    low_rents: float
    owners_leave: float
    low_income_leave: float
    others_leave: float


# Half of all renters in the United States move in any two years, so most leave in nine. Foundry is
# set apart by how much more often low-income renters leave it than the same renters elsewhere.
FOUNDRY = Sample("Foundry", 0.40, 0.36, 0.28, 0.78, 0.68)
ELSEWHERE = Sample("Elsewhere", 0.46, 0.27, 0.27, 0.65, 0.66)

# Income rank of grown children from low-income families, at average hardship; change per point of
# hardship; how much places differ for other reasons; children per resident; standard error of one
# child's rank.
RANK_MIDDLE, RANK_SLOPE, RANK_NOISE = 0.44, -0.035, 0.010
CHILDREN_PER_RESIDENT, CHILDREN_SLOPE = 0.16, 0.25
RANK_SPREAD = 0.27

EFFECTS = (
    Effect(
        "extra_leaving",
        "mobility_panel",
        round(100 * (FOUNDRY.low_income_leave - ELSEWHERE.low_income_leave), 1),
        "percentage points",
        "How many more low-income renters leave Foundry in nine years than leave other districts.",
    ),
    Effect(
        "stayers_growth",
        "mobility_panel",
        100 * GROWTH,
        "percent",
        "How much the real income of a household that stayed grew in nine years, on average.",
    ),
)


def mobility_tables(
    world: World, made: Mapping[str, pd.DataFrame], seed: int
) -> dict[str, pd.DataFrame]:
    """Draw the tables of this theme.

    Parameters
    ----------
    world
        What is true of the places.
    made
        Tables made before; none is needed.
    seed
        Root seed.

    Examples
    --------
    >>> from playbook.simulate.world import make_world
    >>> made = mobility_tables(make_world(7), {}, 7)
    >>> list(made), made["mobility_panel"]["status"].unique().tolist()
    (['mobility_panel', 'opportunity'], ['stay', 'leave', 'enter'])
    """
    return {"mobility_panel": mobility_panel(world, seed), "opportunity": opportunity(world, seed)}


def mobility_panel(world: World, seed: int) -> pd.DataFrame:
    """Draw the table `mobility_panel`: one row a household and year.

    Parameters
    ----------
    world
        What is true of the places.
    seed
        Root seed.

    Returns
    -------
    pandas.DataFrame
        Columns as the contract describes them. A household that left the city has no second row; a
        household that came has no first one.
    """
    random = stream(seed, "mobility_panel")
    foundry = world.district == DISTRICT
    here = _households(world, FOUNDRY, foundry, random)
    there = _households(world, ELSEWHERE, ~foundry, random)
    came = _entrants(world, int((here["status"] == "leave").sum()), random)
    rows = pd.concat([here, came, there], ignore_index=True)
    rows.insert(0, "household_id", [f"M{number:04}" for number in range(1, len(rows) + 1)])
    shared = ["household_id", "sample", "status", "tenure", "income_group"]
    years = [
        rows[[*shared, f"place_{year}", f"income_{year}"]]
        .set_axis([*shared, "place", "income"], axis=1)
        .assign(year=year)
        for year in (FIRST_YEAR, LAST_YEAR)
    ]
    table = pd.concat(years).query("place >= 0").sort_values(["household_id", "year"])
    return pd.DataFrame(
        {
            "household_id": table["household_id"],
            "year": table["year"],
            "sample": table["sample"],
            "neighborhood_id": world.neighborhood_id[table["place"].to_numpy()],
            "status": table["status"],
            "tenure": table["tenure"],
            "income_group": table["income_group"],
            "income_real": table["income"].round(-2).astype(np.int64),
        }
    ).reset_index(drop=True)


def _households(
    world: World, sample: Sample, chosen: npt.NDArray[np.bool_], random: np.random.Generator
) -> pd.DataFrame:
    """Draw households of the first year, and what became of them. Place -1 is not in the city."""
    kind = random.choice(
        3, HOUSEHOLDS, p=[sample.owners, sample.low_rents, 1 - sample.owners - sample.low_rents]
    )
    middle = np.array([OWNER_INCOME, LOW_RENT_INCOME, RENT_INCOME])[kind]
    before = (middle * np.exp(random.normal(0, INCOME_SPREAD, HOUSEHOLDS))).round(-2)
    renter, low = kind > 0, before < LOW_INCOME
    leave_chance = np.select(
        [~renter, low], [sample.owners_leave, sample.low_income_leave], sample.others_leave
    )
    leaves = random.random(HOUSEHOLDS) < leave_chance
    home = random.choice(
        np.flatnonzero(chosen),
        HOUSEHOLDS,
        p=world.households[chosen] / world.households[chosen].sum(),
    )
    moved = _destinations(world, home, renter & low, random)
    luck = random.normal(-(GROWTH_SPREAD**2) / 2, GROWTH_SPREAD, HOUSEHOLDS)
    return pd.DataFrame(
        {
            "sample": sample.name,
            "status": np.where(leaves, "leave", "stay"),
            "tenure": np.where(renter, "Renter", "Owner"),
            "income_group": np.where(low, "Low", "Higher"),
            f"place_{FIRST_YEAR}": home,
            f"place_{LAST_YEAR}": np.where(leaves, moved, home),
            f"income_{FIRST_YEAR}": before,
            f"income_{LAST_YEAR}": before * (1 + GROWTH) * np.exp(luck),
        }
    )


def _destinations(
    world: World, home: Integers, pulled: npt.NDArray[np.bool_], random: np.random.Generator
) -> Integers:
    """Say where each household would go if it left its district; -1 is out of the city."""
    to = np.empty_like(home)
    for district in np.unique(world.district[home]):
        others = np.flatnonzero(world.district != district)
        for low in (False, True):
            going = np.flatnonzero((world.district[home] == district) & (pulled == low))
            weight = world.residents[others] * np.exp(RENT_PULL * low * world.hardship[others])
            to[going] = random.choice(others, len(going), p=weight / weight.sum())
    return np.where(random.random(len(home)) < OUT_OF_CITY, -1, to)


def _entrants(world: World, count: int, random: np.random.Generator) -> pd.DataFrame:
    """Draw the households that came to Foundry: as many as left it."""
    weight = world.households * (world.district == DISTRICT)
    income = (ENTRANT_INCOME * np.exp(random.normal(0, ENTRANT_SPREAD, count))).round(-2)
    return pd.DataFrame(
        {
            "sample": FOUNDRY.name,
            "status": "enter",
            "tenure": np.where(random.random(count) < ENTRANT_RENTERS, "Renter", "Owner"),
            "income_group": np.where(income < LOW_INCOME, "Low", "Higher"),
            f"place_{FIRST_YEAR}": -1,
            f"place_{LAST_YEAR}": random.choice(len(weight), count, p=weight / weight.sum()),
            f"income_{FIRST_YEAR}": 0.0,
            f"income_{LAST_YEAR}": income,
        }
    )


def opportunity(world: World, seed: int) -> pd.DataFrame:
    """Draw the table `opportunity`: one row a place.

    Parameters
    ----------
    world
        What is true of the places.
    seed
        Root seed.

    Returns
    -------
    pandas.DataFrame
        Columns as the contract describes them: ranks from 0 to 1 with their standard errors.
    """
    random = stream(seed, "opportunity")
    places = len(world.name)
    rank = RANK_MIDDLE + RANK_SLOPE * world.hardship + random.normal(0, RANK_NOISE, places)
    children = CHILDREN_PER_RESIDENT * world.residents * np.exp(CHILDREN_SLOPE * world.hardship)
    error = RANK_SPREAD / np.sqrt(children.round())
    return pd.DataFrame(
        {
            "neighborhood_id": world.neighborhood_id,
            "kfr_p25": (rank + error * random.normal(size=places)).round(4),
            "kfr_p25_se": error.round(4),
            "n_children": children.round().astype(np.int64),
        }
    )
