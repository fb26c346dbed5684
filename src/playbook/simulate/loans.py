"""Loans of the local lender: `cdfi_loans`."""

from __future__ import annotations

import numpy as np
import pandas as pd

from playbook.simulate.world import World, stream

LOANS = 240
LOAN_YEARS = np.arange(2016, 2026)
# Share of the loans, dollars of a usual loan, and years until it is paid back.
PURPOSES = {
    "Small business": (0.34, 52_000, 5),
    "Home repair": (0.36, 17_000, 6),
    "Affordable apartments": (0.10, 410_000, 10),
    "Child care site": (0.12, 96_000, 7),
    "Food store": (0.08, 120_000, 6),
}
AMOUNT_SPREAD = 0.45
# Loans go where few banks lend: their number per household rises with hardship.
PLACE_SLOPE = 0.40
# Public dollars that stand behind a loan, and how much this differs.
SUBSIDY_SHARE, SUBSIDY_SPREAD = 0.18, 0.30
# Chance that a loan is written off before its end, and the part of it that is then lost.
WRITTEN_OFF = 0.07
LOST_PART = (0.25, 0.65)
TODAY = 2026


def cdfi_loans(world: World, seed: int) -> pd.DataFrame:
    """Draw the table `cdfi_loans`: one row a loan.

    Parameters
    ----------
    world
        What is true of the places.
    seed
        Root seed.

    Returns
    -------
    pandas.DataFrame
        Columns as the contract describes them.

    Examples
    --------
    >>> from playbook.simulate.world import make_world
    >>> loans = cdfi_loans(make_world(7), 7)
    >>> len(loans), sorted(loans["outcome"].unique())
    (240, ['paying', 'repaid', 'written off'])
    """
    random = stream(seed, "cdfi_loans")
    names = np.array(list(PURPOSES))
    shares, usual, terms = (np.array(column) for column in zip(*PURPOSES.values(), strict=True))
    kind = random.choice(len(names), LOANS, p=shares / shares.sum())
    weight = world.households * np.exp(PLACE_SLOPE * world.hardship)
    place = random.choice(len(weight), LOANS, p=weight / weight.sum())
    year = np.repeat(LOAN_YEARS, LOANS // len(LOAN_YEARS))
    amount = usual[kind] * np.exp(random.normal(0, AMOUNT_SPREAD, LOANS))
    subsidy = amount * SUBSIDY_SHARE * np.exp(random.normal(0, SUBSIDY_SPREAD, LOANS))
    # A loan that will fail does so somewhere on its way; only what has happened by now is known.
    fails = random.random(LOANS) < WRITTEN_OFF
    ends = year + np.where(fails, np.ceil(terms[kind] * random.random(LOANS)), terms[kind])
    ended = ends < TODAY
    lost = amount * random.uniform(*LOST_PART, LOANS) * (fails & ended)
    outcome = np.where(ended, np.where(fails, "written off", "repaid"), "paying")
    return pd.DataFrame(
        {
            "loan_id": [f"L{number:03}" for number in range(1, LOANS + 1)],
            "year": year,
            "neighborhood_id": world.neighborhood_id[place],
            "purpose": names[kind],
            "amount_usd": np.round(amount, -2).astype(np.int64),
            "public_subsidy_usd": np.round(subsidy, -2).astype(np.int64),
            "years_out": (np.minimum(ends, TODAY) - year).astype(np.int64),
            "outcome": outcome,
            "written_off_usd": np.round(lost, -2).astype(np.int64),
        }
    )
