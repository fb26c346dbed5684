"""Money of hospitals, anchors and the local lender that is in town already."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from playbook.simulate.city_budget import city_budget
from playbook.simulate.effects import Effect
from playbook.simulate.loans import cdfi_loans
from playbook.simulate.world import Floats, Integers, World, stream

# Expenses of the last year, in dollars.
HOSPITALS = {"Alder General": 640e6, "Bell Tower": 480e6, "Pierhead": 290e6}
HOSPITAL_YEARS = (2020, 2021, 2022, 2023, 2024)
EXPENSE_GROWTH, EXPENSE_SPREAD = 0.04, 0.01
# Net community benefit as a share of expenses. Nationwide it was 7.5 percent in 2009.
BENEFIT_SHARE, BENEFIT_SPREAD = 0.075, 0.03
NEEDS_REPORT_EVERY = 3  # years

# Lines of Part I of the federal form (Schedule H) and their share of the benefit. Then lines of
# Part II, community building, which the form keeps apart, as a share of the same sum.
PART_1 = {
    "7a": ("Financial assistance", 0.22),
    "7b": ("Medicaid shortfall", 0.47),
    "7c": ("Other means-tested programs", 0.04),
    "7e": ("Community health improvement", 0.05),
    "7f": ("Training health workers", 0.05),
    "7g": ("Subsidized care", 0.12),
    "7h": ("Research", 0.03),
    "7i": ("Gifts to community groups", 0.02),
}
PART_2 = {
    "II-1": ("Buildings and housing", 0.0012),
    "II-2": ("Economic development", 0.0014),
    "II-3": ("Community support", 0.0022),
    "II-4": ("Environment", 0.0004),
    "II-5": ("Leadership training", 0.0008),
    "II-6": ("Coalition building", 0.0018),
    "II-7": ("Advocacy", 0.0006),
    "II-8": ("Workforce", 0.0014),
    "II-9": ("Other", 0.0002),
}
IMPROVEMENT = "7e"
LINE_SPREAD = 0.04
# Improvement money follows the hospitals' own sites: dollars per resident fall with hardship.
IMPROVEMENT_SLOPE = -0.22
IMPROVEMENT_SPREAD, IMPROVEMENT_YEAR_SPREAD = 0.25, 0.10

ANCHOR_YEARS = (2023, 2024, 2025)
# What each anchor buys in a year, in millions, and its cash in the bank.
ANCHORS = {
    "Alder General": (148, 61),
    "Bell Tower": (112, 44),
    "Pierhead": (66, 20),
    "Port Alder State University": (84, 38),
    "School district": (71, 30),
}
# Share of what anchors buy, and share of it that they buy in the city.
CATEGORIES = {
    "Construction and repair": (0.31, 0.34),
    "Food": (0.09, 0.24),
    "Services": (0.33, 0.27),
    "Supplies": (0.27, 0.08),
}
LOCAL_SPREAD, SPEND_SPREAD = 0.20, 0.08
DEPOSIT_SHARE = 0.004  # of an anchor's cash, kept with the local lender

EFFECTS = (
    Effect(
        "hospital_benefit_share",
        "hospital_benefit",
        100 * BENEFIT_SHARE,
        "percent of expenses",
        "Net community benefit of the hospitals, as a share of what they spend.",
    ),
    Effect(
        "hospital_improvement_slope",
        "hospital_benefit",
        IMPROVEMENT_SLOPE,
        "log dollars per point of hardship",
        "How improvement dollars per resident change with hardship.",
    ),
)


def anchor_tables(
    world: World, made: Mapping[str, pd.DataFrame], seed: int
) -> dict[str, pd.DataFrame]:
    """Make the tables of hospitals, anchors, the local lender and the city's budget.

    Parameters
    ----------
    world
        What is true of the places.
    made
        Tables made before: `acs_profile` is used.
    seed
        Root seed.

    Examples
    --------
    >>> from playbook.simulate.places import acs_profile
    >>> from playbook.simulate.world import make_world
    >>> world = make_world(7)
    >>> tables = anchor_tables(world, {"acs_profile": acs_profile(world, 7)}, 7)
    >>> {name: len(table) for name, table in tables.items()}
    {'hospital_benefit': 1200, 'hospital_finances': 15, 'anchor_spend': 60, 'cdfi_loans': 240,
     'city_budget': 300}
    """
    finances = hospital_finances(seed)
    return {
        "hospital_benefit": hospital_benefit(world, finances, seed),
        "hospital_finances": finances,
        "anchor_spend": anchor_spend(seed),
        "cdfi_loans": cdfi_loans(world, seed),
        "city_budget": city_budget(world, made["acs_profile"], seed),
    }


def hospital_finances(seed: int) -> pd.DataFrame:
    """Draw the table `hospital_finances`: one row a hospital and year.

    Parameters
    ----------
    seed
        Root seed.

    Examples
    --------
    >>> hospital_finances(7)[["hospital", "year", "needs_report_year"]].head(4)
            hospital  year  needs_report_year
    0  Alder General  2020               2018
    1  Alder General  2021               2021
    2  Alder General  2022               2021
    3  Alder General  2023               2021
    """
    random = stream(seed, "hospital_finances")
    rows = pd.MultiIndex.from_product([list(HOSPITALS), HOSPITAL_YEARS], names=["hospital", "year"])
    table = rows.to_frame(index=False)
    last: pd.Series = table["hospital"].map(HOSPITALS) * np.exp(
        random.normal(0, EXPENSE_SPREAD, len(table))
    )
    expense = last * (1 + EXPENSE_GROWTH) ** (table["year"] - HOSPITAL_YEARS[-1])
    margin = random.normal(0.03, 0.015, len(table))
    # Each hospital asks residents about their needs every third year, in turn.
    first = table["hospital"].map({name: turn for turn, name in enumerate(HOSPITALS)})
    since = (table["year"] - HOSPITAL_YEARS[0] + 2 - first) % NEEDS_REPORT_EVERY
    return table.assign(
        total_expense_usd=np.round(expense, -3).astype(np.int64),
        total_revenue_usd=np.round(expense * (1 + margin), -3).astype(np.int64),
        needs_report_year=table["year"] - since,
    )


def hospital_benefit(world: World, finances: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Draw the table `hospital_benefit`: one row a hospital, year and line; line 7e by place.

    Parameters
    ----------
    world
        What is true of the places.
    finances
        The table `hospital_finances`.
    seed
        Root seed.

    Examples
    --------
    >>> from playbook.simulate.world import make_world
    >>> benefit = hospital_benefit(make_world(7), hospital_finances(7), 7)
    >>> benefit[["hospital", "year", "line", "line_name"]].head(2)
            hospital  year line                    line_name
    0  Alder General  2020   7a         Financial assistance
    1  Alder General  2020   7b           Medicaid shortfall
    """
    random = stream(seed, "hospital_benefit")
    own = {
        name: IMPROVEMENT_SLOPE * world.hardship
        + random.normal(0, IMPROVEMENT_SPREAD, len(world.name))
        for name in HOSPITALS
    }
    parts = []
    for hospital, year, expense in finances[["hospital", "year", "total_expense_usd"]].itertuples(
        index=False
    ):
        total = expense * BENEFIT_SHARE * np.exp(random.normal(0, BENEFIT_SPREAD))
        dollars = total * _line_shares(random)
        lift = own[hospital] + random.normal(0, IMPROVEMENT_YEAR_SPREAD, len(world.name))
        parts.append(_benefit_of_year(world, str(hospital), int(year), dollars, lift))
    table = pd.concat(parts, ignore_index=True)
    table.insert(0, "entry_id", [f"B{number:04}" for number in range(1, len(table) + 1)])
    return table.astype({"neighborhood_id": "str"})


def _line_shares(random: np.random.Generator) -> Floats:
    """Share of each line in the benefit; the lines of Part I add up to 1."""
    shares = [share for _, share in [*PART_1.values(), *PART_2.values()]]
    drawn = np.array(shares) * np.exp(random.normal(0, LINE_SPREAD, len(shares)))
    drawn[: len(PART_1)] /= drawn[: len(PART_1)].sum()
    return drawn


def _benefit_of_year(
    world: World, hospital: str, year: int, dollars: Floats, lift: Floats
) -> pd.DataFrame:
    lines = {**PART_1, **PART_2}
    rows = []
    for (line, (name, _)), amount in zip(lines.items(), dollars, strict=True):
        places: list[str | None] = [None]
        amounts = [round(float(amount))]
        if line == IMPROVEMENT:
            places = world.neighborhood_id.tolist()
            amounts = _shared_out(np.exp(lift) * world.residents, round(float(amount))).tolist()
        rows += [
            (hospital, year, line, name, place, usd)
            for place, usd in zip(places, amounts, strict=True)
        ]
    columns = ["hospital", "year", "line", "line_name", "neighborhood_id", "net_expense_usd"]
    return pd.DataFrame(rows, columns=columns)


def _shared_out(weight: Floats, total: int) -> Integers:
    """Share out a total in whole dollars; the largest takes what rounding leaves over."""
    dollars = np.round(weight * total / weight.sum()).astype(np.int64)
    dollars[dollars.argmax()] += total - dollars.sum()
    return np.asarray(dollars)


def anchor_spend(seed: int) -> pd.DataFrame:
    """Draw the table `anchor_spend`: one row an anchor, year and kind of purchase.

    Parameters
    ----------
    seed
        Root seed.

    Examples
    --------
    >>> spend = anchor_spend(7)
    >>> len(spend), bool((spend["local_usd"] < spend["total_usd"]).all())
    (60, True)
    """
    random = stream(seed, "anchor_spend")
    rows = pd.MultiIndex.from_product(
        [list(ANCHORS), ANCHOR_YEARS, list(CATEGORIES)], names=["anchor", "year", "category"]
    )
    table = rows.to_frame(index=False)
    millions = table["anchor"].map({name: dollars for name, (dollars, _) in ANCHORS.items()})
    part = table["category"].map({name: share for name, (share, _) in CATEGORIES.items()})
    grown = (1 + EXPENSE_GROWTH) ** (table["year"] - ANCHOR_YEARS[-1])
    total = 1e6 * millions * part * grown * np.exp(random.normal(0, SPEND_SPREAD, len(table)))
    local = table["category"].map({name: share for name, (_, share) in CATEGORIES.items()})
    local = local * np.exp(random.normal(0, LOCAL_SPREAD, len(table)))
    cash = table["anchor"].map({name: cash for name, (_, cash) in ANCHORS.items()})
    return table.assign(
        total_usd=np.round(total, -3).astype(np.int64),
        local_usd=np.round(total * local.clip(0, 0.9), -3).astype(np.int64),
        cdfi_deposits_usd=np.round(1e6 * cash * DEPOSIT_SHARE * grown, -3).astype(np.int64),
    )
