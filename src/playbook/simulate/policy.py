"""A choice about heat: `policy_scan`, `policy_options`, `option_scores` and `stakeholders`.

What can be chosen, and how many points it gets, is written down and the same in every city of
this design. Chance decides only details that no lesson rests on.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from playbook.simulate.policy_texts import (
    CITIES,
    CRITERIA,
    EVIDENCE,
    OPTIONS,
    POLICIES,
    VOICES,
)
from playbook.simulate.world import World, stream

FIRST_YEAR, LAST_YEAR = 2012, 2025
WITH_EQUITY_CLAUSE, WITH_SUNSET = 0.35, 0.25
EVIDENCE_SHARES = (0.55, 0.27, 0.13, 0.05)
# A panel gave the points. Its members are apart by up to so much on either side.
LEAST_SPREAD, MOST_SPREAD = 1, 2
FEWEST_POINTS, MOST_POINTS = 1, 10
LEAST_POWER, MOST_POWER = 1, 5


def policy_tables(
    world: World, made: Mapping[str, pd.DataFrame], seed: int
) -> dict[str, pd.DataFrame]:
    """Make the tables of the choice about heat.

    Parameters
    ----------
    world, made
        Not used: options and points are written down.
    seed
        Root seed.

    Returns
    -------
    dict
        `policy_scan`, `policy_options`, `option_scores` and `stakeholders`.
    """
    return {
        "policy_scan": policy_scan(seed),
        "policy_options": policy_options(),
        "option_scores": option_scores(seed),
        "stakeholders": stakeholders(seed),
    }


def policy_scan(seed: int) -> pd.DataFrame:
    """Draw the table `policy_scan`: one row a city and what it did about heat.

    Parameters
    ----------
    seed
        Root seed.

    Examples
    --------
    >>> scan = policy_scan(7)
    >>> len(scan), scan["city"].is_unique, scan["year"].between(2012, 2025).all()
    (40, True, np.True_)
    """
    random = stream(seed, "policy_scan")
    count = len(CITIES)
    # Each policy stands there three or four times.
    which = random.permutation(np.arange(count) % len(POLICIES))
    return pd.DataFrame(
        {
            "city": CITIES,
            "policy": [POLICIES[number][0] for number in which],
            "lever": [POLICIES[number][1] for number in which],
            "authority": [POLICIES[number][2] for number in which],
            "year": random.integers(FIRST_YEAR, LAST_YEAR, count, endpoint=True),
            "equity_clause": _yes(random, count, WITH_EQUITY_CLAUSE),
            "sunset": _yes(random, count, WITH_SUNSET),
            "evidence": random.permutation(np.repeat(EVIDENCE, _counts(count))),
        }
    ).astype(dict.fromkeys(("city", "policy", "lever", "authority", "evidence"), "str"))


def policy_options() -> pd.DataFrame:
    """Give the table `policy_options`: one row an option.

    Examples
    --------
    >>> policy_options()[["option_id", "option"]].head(2).to_numpy().tolist()
    [['O1', 'Cooling centers'], ['O2', 'Rental heat rule with a repair fund']]
    """
    rows = [(f"O{number}", *option[:4]) for number, option in enumerate(OPTIONS, start=1)]
    columns = ["option_id", "option", "what_it_does", "lever", "lead"]
    return pd.DataFrame(rows, columns=columns).astype("str")


def option_scores(seed: int) -> pd.DataFrame:
    """Draw the table `option_scores`: one row an option and criterion.

    Parameters
    ----------
    seed
        Root seed. It draws how far the panel was apart, not the points.

    Examples
    --------
    >>> option_scores(7)["score"].head(7).tolist()
    [5, 4, 7, 9, 9, 3, 7]
    """
    random = stream(seed, "option_scores")
    ids = [f"O{number}" for number in range(1, len(OPTIONS) + 1)]
    rows = pd.MultiIndex.from_product([ids, CRITERIA], names=["option_id", "criterion"])
    score = np.array([option[4] for option in OPTIONS], np.int64).ravel()
    below, above = random.integers(LEAST_SPREAD, MOST_SPREAD, (2, len(score)), endpoint=True)
    return rows.to_frame(index=False).assign(
        score=score,
        low=(score - below).clip(FEWEST_POINTS),
        high=(score + above).clip(max=MOST_POINTS),
    )


def stakeholders(seed: int) -> pd.DataFrame:
    """Draw the table `stakeholders`: one row a person or group with a say.

    Parameters
    ----------
    seed
        Root seed. It draws small differences in power; who stands where is written down.

    Examples
    --------
    >>> stakeholders(7).loc[[0, 7], ["name", "position"]].to_numpy().tolist()
    [['Mayor', 1], ['Mill Flats Tenants', 2]]
    """
    random = stream(seed, "stakeholders")
    names, power, position, window = zip(*VOICES, strict=True)
    shifts = random.permutation(np.arange(len(names)) % 6 == 0) * random.choice([-1, 1], len(names))
    return pd.DataFrame(
        {
            "name": names,
            "power": (np.array(power, np.int64) + shifts).clip(LEAST_POWER, MOST_POWER),
            "position": np.array(position, np.int64),
            "window": window,
        }
    ).astype({"name": "str", "window": "str"})


def _yes(random: np.random.Generator, count: int, share: float) -> pd.Series:
    """Say yes for a fixed share of rows, in any order."""
    return pd.Series(np.where(random.permutation(count) < round(share * count), "yes", "no"))


def _counts(count: int) -> list[int]:
    most = [round(share * count) for share in EVIDENCE_SHARES[1:]]
    return [count - sum(most), *most]
