"""A trial of text messages that invite residents to a free check-up: `sms_trial`, `sms_pilot`.

The luck of both is fixed by quota, so that every city of this design teaches the same lesson: a
trial of 12,000 finds the best message, and the pilot of 600 before it had put another one first.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from playbook.measures.trial_design import randomize
from playbook.simulate.effects import Effect
from playbook.simulate.world import DISTRICTS, Floats, Integers, Texts, World, stream

PEOPLE, PILOT_PEOPLE = 12_000, 600
CONTROL = "control"
ARMS = (CONTROL, "simple", "selected", "community")

# Invited are residents with public health insurance: more of them where hardship is high.
INVITED_SLOPE = 0.5
# One in five reads Spanish first. On the log-odds scale, per point of hardship.
SPANISH_SHARE, SPANISH_SLOPE = 0.20, 0.6

# Percent who reply, by arm: English, Spanish. Together 4.5, 4.6, 6.3 and 5.0 percent.
REPLIED = {
    CONTROL: (4.6, 4.1),
    "simple": (4.7, 4.2),
    "selected": (6.7, 4.7),
    "community": (5.0, 5.0),
}
# Percent who come to the check-up. No message moves it: these differ by chance, as luck would have
# them differ among 3,000 people an arm.
ATTENDED = {CONTROL: 8.4, "simple": 8.1, "selected": 8.2, "community": 8.3}
# Of people who reply and don't come, how many had booked a day.
BOOKED_AND_MISSED = 0.45

# How many of 150 people replied in the pilot. Luck put the truly best message behind another.
PILOT_REPLIES = {CONTROL: 7, "simple": 8, "selected": 8, "community": 11}

EFFECTS = (
    Effect(
        "texts_replies_selected",
        "sms_trial",
        1.8,
        "percentage points",
        "More people reply to the message that says they were selected than to the plain one.",
    ),
    Effect(
        "texts_replies_simple",
        "sms_trial",
        0.1,
        "percentage points",
        "The short message gets hardly more replies than the plain one.",
    ),
    Effect(
        "texts_replies_community",
        "sms_trial",
        0.5,
        "percentage points",
        "The message that names the neighborhood gets a few more replies than the plain one.",
    ),
    Effect(
        "texts_replies_selected_spanish",
        "sms_trial",
        0.6,
        "percentage points",
        "Among people who read Spanish first, the message that says selected does less.",
    ),
    Effect(
        "texts_visits",
        "sms_trial",
        0.0,
        "percentage points",
        "No message brings more people to the check-up.",
    ),
)


def trial_tables(
    world: World, made: Mapping[str, pd.DataFrame], seed: int
) -> dict[str, pd.DataFrame]:
    """Make the tables of the trial and of its pilot.

    Parameters
    ----------
    world
        What is true of the places.
    made
        Not used: the trial draws on no other table.
    seed
        Root seed.

    Returns
    -------
    dict
        `sms_trial` and `sms_pilot`.
    """
    return {"sms_trial": sms_trial(world, seed), "sms_pilot": sms_pilot(world, seed)}


def sms_trial(world: World, seed: int) -> pd.DataFrame:
    """Draw the table `sms_trial`: one row a person.

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
    >>> trial = sms_trial(make_world(7), 7)
    >>> trial.groupby("arm")["replied"].sum().to_dict()
    {'community': 150, 'control': 135, 'selected': 189, 'simple': 138}
    """
    random = stream(seed, "sms_trial")
    people = _invited(world, PEOPLE, "T", random)
    spanish = (people["language"] == "Spanish").to_numpy()
    rows = people["arm"].to_numpy()
    chance = np.array([REPLIED[arm][column] for arm, column in zip(rows, spanish * 1, strict=True)])
    replied = _quota(chance / 100, rows, random)
    attended = _quota(np.array([ATTENDED[arm] for arm in rows]) / 100, rows, random)
    missed = replied & ~attended & (random.random(PEOPLE) < BOOKED_AND_MISSED)
    return people.assign(
        replied=replied.astype(np.int64),
        booked=(attended | missed).astype(np.int64),
        attended=attended.astype(np.int64),
    )


def sms_pilot(world: World, seed: int) -> pd.DataFrame:
    """Draw the table `sms_pilot`: one row a person of the pilot.

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
    >>> sms_pilot(make_world(7), 7).groupby("arm")["replied"].sum().to_dict()
    {'community': 11, 'control': 7, 'selected': 8, 'simple': 8}
    """
    random = stream(seed, "sms_pilot")
    people = _invited(world, PILOT_PEOPLE, "P", random)
    replied = np.zeros(len(people), np.int64)
    for arm, count in PILOT_REPLIES.items():
        rows = np.flatnonzero((people["arm"] == arm).to_numpy())
        replied[random.choice(rows, count, replace=False)] = 1
    return people.assign(replied=replied)


def _invited(world: World, people: int, letter: str, random: np.random.Generator) -> pd.DataFrame:
    """Invite people from every district, and deal them to the arms within their district."""
    names = list(DISTRICTS)
    weight = world.residents * np.exp(INVITED_SLOPE * world.hardship)
    weights = np.array([weight[world.district == name].sum() for name in names])
    hardship = np.array([world.hardship[world.district == name].mean() for name in names])
    counts = _rounded(people * weights / weights.sum())
    odds = np.exp(SPANISH_SLOPE * hardship)
    spanish = _rounded(people * SPANISH_SHARE * counts * odds / (counts * odds).sum())
    block = np.repeat(names, counts)
    language = np.concatenate(
        [
            random.permutation(np.repeat(["Spanish", "English"], [some, count - some]))
            for some, count in zip(spanish, counts, strict=True)
        ]
    )
    width = len(str(people))
    table = pd.DataFrame(
        {
            "person_id": [f"{letter}{number:0{width}}" for number in range(1, people + 1)],
            "block": block,
            "arm": "",
            "language": language,
        }
    )
    deal_seed = int(random.integers(2**31))
    return table.assign(arm=randomize(table, ARMS, block="block", seed=deal_seed))


def _rounded(amounts: Floats) -> Integers:
    """Round to whole numbers that keep the sum: the largest remainders go up."""
    whole = np.floor(amounts).astype(np.int64)
    over = round(amounts.sum()) - int(whole.sum())
    whole[np.argsort(whole - amounts, kind="stable")[:over]] += 1
    return whole


def _quota(chance: Floats, arm: Texts, random: np.random.Generator) -> npt.NDArray[np.bool_]:
    """Pick people so that each arm has as many as its chances add up to, within one person."""
    order = np.lexsort((random.random(len(chance)), chance, arm))
    steps = np.floor(np.concatenate([[0.0], chance[order].cumsum()]) + random.random())
    picked = np.zeros(len(chance), dtype=bool)
    picked[order] = np.diff(steps) > 0
    return picked
