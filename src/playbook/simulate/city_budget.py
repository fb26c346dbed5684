"""What the city itself plans to spend: `city_budget`."""

from __future__ import annotations

import numpy as np
import pandas as pd

from playbook.simulate.budget_programs import MILLIONS, PROGRAMS
from playbook.simulate.world import World, stream

BUDGET_YEARS = (2024, 2025, 2026)
# The one line that bears the name. Its dollars are planned, not drawn.
EQUITY_PROGRAM = "Health equity program"
EQUITY_DOLLARS = {2024: 340_000, 2025: 352_000, 2026: 365_000}
# How much programs of one department differ, and how much one moves from year to year (log scale).
PROGRAM_SPREAD, YEAR_SPREAD = 0.80, 0.04
GROWTH = 0.03
STEP = 1_000
# How a program's dollars follow hardship: slope of dollars per resident on the log scale. Some
# programs go where need is, others where people ask for them.
PLACE_SLOPE, PLACE_SLOPE_SPREAD = 0.0, 0.25
HIGHEST_POVERTY = 5


def city_budget(world: World, acs_profile: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Draw the table `city_budget`: one row a fiscal year and program.

    Parameters
    ----------
    world
        What is true of the places.
    acs_profile
        The table of that name: which places are the highest-poverty fifth.
    seed
        Root seed.

    Returns
    -------
    pandas.DataFrame
        Columns as the contract describes them.

    Examples
    --------
    >>> from playbook.simulate.places import acs_profile
    >>> from playbook.simulate.world import make_world
    >>> world = make_world(7)
    >>> budget = city_budget(world, acs_profile(world, 7), 7)
    >>> len(budget), budget.loc[budget["program"] == EQUITY_PROGRAM, "amount_usd"].tolist()
    (300, [340000, 352000, 365000])
    """
    random = stream(seed, "city_budget")
    department = np.array([department for department, *_ in PROGRAMS])
    weight = pd.Series(np.exp(random.normal(0, PROGRAM_SPREAD, len(PROGRAMS))))
    share = weight / weight.groupby(department).transform("sum")
    dollars = 1e6 * np.array([MILLIONS[name] for name in department]) * share.to_numpy()
    reach = _highest_poverty_share(world, acs_profile, random)
    years = []
    for year in BUDGET_YEARS:
        grown = dollars * (1 + GROWTH) ** (year - BUDGET_YEARS[-1])
        amount = grown * np.exp(random.normal(0, YEAR_SPREAD, len(PROGRAMS)))
        rounded = np.maximum(np.round(amount / STEP), 1).astype(np.int64) * STEP
        table = pd.DataFrame(
            {
                "fiscal_year": year,
                "department": department,
                "program": [program for _, program, *_ in PROGRAMS],
                "result": [result for *_, result, _ in PROGRAMS],
                "evidence_tier": [evidence for *_, evidence in PROGRAMS],
                "amount_usd": rounded,
                "highest_poverty_pct": reach,
            }
        )
        table.loc[table["program"] == EQUITY_PROGRAM, "amount_usd"] = EQUITY_DOLLARS[year]
        years.append(table)
    return pd.concat(years, ignore_index=True)


def _highest_poverty_share(
    world: World, acs_profile: pd.DataFrame, random: np.random.Generator
) -> list[float]:
    """Percent of each program's dollars that reach the highest-poverty fifth of the places."""
    latest = acs_profile[acs_profile["year"] == acs_profile["year"].max()]
    highest = (latest["poverty_fifth"] == HIGHEST_POVERTY).to_numpy()
    slope = random.normal(PLACE_SLOPE, PLACE_SLOPE_SPREAD, (len(PROGRAMS), 1))
    weight = world.residents * np.exp(slope * world.hardship)
    share = 100 * weight[:, highest].sum(axis=1) / weight.sum(axis=1)
    return [round(float(value), 1) for value in share]
