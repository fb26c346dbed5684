"""Where the city stands with What Works Cities Certification: `certification_worksheet`.

Written by hand and the same in every city of this design: 25 criteria are met by the city's own
account, 19 with evidence. An unofficial worksheet, in our own words.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import Any

import pandas as pd

from playbook.simulate.effects import Effect
from playbook.simulate.world import World

COLUMNS = {
    "self": "self_report",
    "evidenced": "evidenced",
    "evidence": "evidence",
    "owner": "owner",
    "effort": "effort",
    "lesson": "lesson",
    "needs": "needs",
}

EFFECTS = (
    Effect(
        "certification_met_by_own_account",
        "certification_worksheet",
        25,
        "criteria",
        "How many of the 43 criteria the city says it meets.",
    ),
    Effect(
        "certification_met_with_evidence",
        "certification_worksheet",
        19,
        "criteria",
        "How many of the 43 criteria the city can show that it meets.",
    ),
)


def certification_tables(
    world: World, made: Mapping[str, pd.DataFrame], seed: int
) -> dict[str, pd.DataFrame]:
    """Make the table of this theme: `certification_worksheet`.

    Parameters
    ----------
    world, made, seed
        Not used: nothing in it is drawn.
    """
    return {"certification_worksheet": certification_worksheet()}


def certification_worksheet() -> pd.DataFrame:
    """Read the table `certification_worksheet`: one row a criterion.

    Returns
    -------
    pandas.DataFrame
        Columns as the contract describes them; missing where there is no evidence, no lesson, or
        nothing that should stand first.

    Examples
    --------
    >>> worksheet = certification_worksheet()
    >>> len(worksheet), int((worksheet["evidenced"] == "yes").sum())
    (43, 19)
    >>> worksheet.loc[2, ["criterion", "practice", "needs"]].tolist()
    ['DM3', 'Data management', 'DM2']
    """
    text = (resources.files("playbook.simulate") / "certification.toml").read_text(encoding="utf-8")
    content: dict[str, Any] = tomllib.loads(text)
    rows = [
        {
            "criterion": code,
            "practice": content["practices"][code.rstrip("0123456789")],
            "summary": row["summary"],
            **{name: row[key] or None for key, name in COLUMNS.items()},
        }
        for code, row in content["criteria"].items()
    ]
    return pd.DataFrame(rows).astype("str")
