"""Which doors first: blocks chosen by a score or by past fires, and what lies behind them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from playbook.city.tables import City
from playbook.measures.targeting import chosen_first, fit_score, score_places

CAPACITY = 0.2
# Inputs of the score, and the column of the blocks with the percent of homes that have each.
# Race is not among them, and must not be.
INPUTS = {
    "pre1950_pct": "pre1950",
    "low_income_pct": "low_income",
    "tenure20_pct": "tenure20",
}

Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Visits:
    """Homes that were visited by lot: none of them taught the score anything.

    Parameters
    ----------
    chosen, by_fires
        Whether each lies in a block that the score, or the count of past fires, puts first.
    no_alarm
        Whether it had no working alarm.
    need
        The same, counted by the share of homes in its block with a child under 5 or someone over
        65.
    """

    chosen: Flags
    by_fires: Flags
    no_alarm: Flags
    need: Numbers


@cache
def alarm_score(city: City) -> pd.DataFrame:
    """Fit the score for homes without a working alarm to the survey.

    Parameters
    ----------
    city
        A city with the tables `blocks` and `alarm_survey`.
    """
    survey = city["alarm_survey"]
    return fit_score(survey, list(INPUTS.values()), survey["has_alarm"] == "no")


@cache
def scored_blocks(city: City) -> pd.DataFrame:
    """Score every block, and choose one door in five by the score and by past fires.

    Parameters
    ----------
    city
        A city with the tables `blocks`, `alarm_survey` and `fires`.

    Returns
    -------
    pandas.DataFrame
        The blocks as `score_places` returns them, with ``score`` (expected share of homes without
        an alarm where someone young or old lives), ``past_fires``, ``chosen`` and ``by_fires``.
    """
    blocks = score_places(alarm_score(city), city["blocks"], INPUTS)
    fires = city["fires"].groupby("block_id").size()
    past = fires.reindex(blocks["block_id"], fill_value=0).to_numpy()
    score = blocks["chance"] * blocks["under5_65plus_pct"] / 100
    return blocks.assign(
        score=score,
        past_fires=past,
        chosen=chosen_first(score, blocks["homes"], CAPACITY),
        by_fires=chosen_first(past, blocks["homes"], CAPACITY),
    )


@cache
def visits(city: City) -> Visits:
    """Look behind the doors that were visited by lot.

    Parameters
    ----------
    city
        A city with the tables `blocks`, `alarm_survey`, `fires` and `installs`.
    """
    blocks = scored_blocks(city).set_index("block_id")
    homes = city["installs"]
    homes = homes[homes["block_id"].isin(blocks.index)]
    block = blocks.loc[homes["block_id"]]
    no_alarm = (homes["had_alarm"] == "no").to_numpy()
    return Visits(
        chosen=block["chosen"].to_numpy(dtype=bool),
        by_fires=block["by_fires"].to_numpy(dtype=bool),
        no_alarm=no_alarm,
        need=no_alarm * block["under5_65plus_pct"].to_numpy(dtype=float) / 100,
    )


def surveyed_homes(city: City) -> pd.DataFrame:
    """Give the surveyed homes with whether they lie in a block that the score puts first.

    Parameters
    ----------
    city
        A city with the tables `blocks`, `alarm_survey` and `fires`.
    """
    chosen = scored_blocks(city).set_index("block_id")["chosen"]
    survey = city["alarm_survey"]
    return survey.assign(chosen=survey["block_id"].map(chosen).fillna(False).astype(bool))
