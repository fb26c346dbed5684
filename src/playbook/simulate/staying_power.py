"""Which initiatives of the city outlived two changes of mayor: `initiatives`."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import NormalDist

import numpy as np
import numpy.typing as npt
import pandas as pd

from playbook.simulate.effects import Effect
from playbook.simulate.initiative_names import BETWEEN, FLAGSHIPS, SAFEGUARDED
from playbook.simulate.world import Floats, World, stream

Flags = npt.NDArray[np.bool_]

# What decides whether an initiative lives on, on the log-odds scale. Nothing else does: not its
# size, not the press, not what else it has.
BASE = -1.55
SAFEGUARDS = {
    "codified": 1.15,
    "recurring_line": 1.15,
    "outside_partner": 1.05,
    "two_departments": 0.45,
}
# Of the flagships so many are written into law; so many of each group span two departments.
CODIFIED_FLAGSHIPS = 4
SHARED_FLAGSHIPS, SHARED_SAFEGUARDED = 7, 8
# The others repeat these patterns of the four safeguards, in their order above.
PATTERNS = ("1100", "1011", "0110", "1001", "0100", "0011", "0001", "1000")

# Median dollars a year and median press reports, with their spread on the log scale; flagships get
# about twice the press.
MEDIAN_DOLLARS, DOLLAR_SPREAD = 220_000, 0.90
MEDIAN_PRESS, PRESS_SPREAD, FLAGSHIP_PRESS = 3.3, 0.90, 2.0
RECURRING_PART = (0.5, 0.9)
PUBLIC_METRIC, RESIDENT_BODY = 0.40, 0.35

FIRST_START, LAST_START = np.datetime64("2010-01-04"), np.datetime64("2015-06-29")
# A new mayor took office on these days. What ends does so in the months after one of them.
NEW_MAYORS = (np.datetime64("2016-01-04"), np.datetime64("2024-01-02"))
ENDS_WITH_FIRST = 0.55
DAYS_UNTIL_END = (30, 600)
CHAMPIONS = ("Council member", "Department head", "Front-line staff", "Residents")
CHAMPION_SHARES = (0.20, 0.40, 0.25, 0.15)

EFFECTS = tuple(
    Effect(
        f"staying_power_{name}",
        "initiatives",
        round(float(np.exp(weight)), 2),
        "times the odds",
        words,
    )
    for (name, weight), words in zip(
        SAFEGUARDS.items(),
        (
            "How much being written into law raises the odds of living on.",
            "How much a line in the yearly budget raises the odds of living on.",
            "How much a partner outside city hall raises the odds of living on.",
            "How much a second department raises the odds of living on.",
        ),
        strict=True,
    )
)


def staying_power_tables(
    world: World, made: Mapping[str, pd.DataFrame], seed: int
) -> dict[str, pd.DataFrame]:
    """Make the table of initiatives.

    Parameters
    ----------
    world, made
        Not used: initiatives are about city hall.
    seed
        Root seed.

    Examples
    --------
    >>> from playbook.simulate.world import make_world
    >>> len(staying_power_tables(make_world(7), {}, 7)["initiatives"])
    72
    """
    return {"initiatives": initiatives(seed)}


def initiatives(seed: int) -> pd.DataFrame:
    """Draw the table `initiatives`: one row an initiative, the oldest first.

    Who lives on is dealt out by systematic sampling, so that every group has as many survivors as
    its chances say, give or take one. Budgets and press are dealt to survivors and others alike.

    Parameters
    ----------
    seed
        Root seed.

    Returns
    -------
    pandas.DataFrame
        Columns as the contract describes them.

    Examples
    --------
    >>> table = initiatives(7)
    >>> flagships = table[table["champion"] == "Mayor"]
    >>> len(flagships), int(flagships["ended"].isna().sum())
    (20, 5)
    """
    random = stream(seed, "initiatives")
    names = [*FLAGSHIPS, *SAFEGUARDED, *BETWEEN]
    count, led_by_mayor = len(names), np.arange(len(names)) < len(FLAGSHIPS)
    flags = _safeguards(random)
    chance = 1 / (1 + np.exp(-(BASE + flags @ np.array(list(SAFEGUARDS.values())))))
    lives = _dealt_out(chance, random)
    dollars = MEDIAN_DOLLARS * np.exp(DOLLAR_SPREAD * _same_ranks(lives, random))
    press = MEDIAN_PRESS * np.where(led_by_mayor, FLAGSHIP_PRESS, 1.0)
    press = press * np.exp(PRESS_SPREAD * _same_ranks(lives, random))
    recurring = dollars * random.uniform(*RECURRING_PART, count) * flags[:, 1]
    latest = int((LAST_START - FIRST_START).astype(int))
    start = FIRST_START + random.integers(0, latest, count).astype("timedelta64[D]")
    change = np.where(random.random(count) < ENDS_WITH_FIRST, *NEW_MAYORS)
    end = change + random.integers(*DAYS_UNTIL_END, count).astype("timedelta64[D]")
    champion = random.choice(CHAMPIONS, count, p=CHAMPION_SHARES)
    several = random.integers(2, 5, count)
    table = pd.DataFrame(
        {
            "name": [name for name, _ in names],
            "department": [department for _, department in names],
            "started": np.datetime_as_string(start, unit="D"),
            "ended": np.where(lives, None, np.datetime_as_string(end, unit="D").astype(object)),
            "champion": np.where(led_by_mayor, "Mayor", champion),
            "codified": _yes_no(flags[:, 0]),
            "recurring_usd": np.round(recurring, -3).astype(np.int64),
            "one_time_usd": np.round(dollars - recurring, -3).astype(np.int64),
            "departments": np.where(flags[:, 3], several, 1).astype(np.int64),
            "outside_partner": _yes_no(flags[:, 2]),
            "public_metric": _yes_no(random.random(count) < PUBLIC_METRIC),
            "resident_body": _yes_no(random.random(count) < RESIDENT_BODY),
            "press_mentions": np.round(press).astype(np.int64),
        }
    )
    texts = ["started", "ended", "champion", "codified", "outside_partner"]
    texts += ["public_metric", "resident_body"]
    table = table.astype(dict.fromkeys(texts, "str"))
    table = table.sort_values(["started", "name"], kind="stable", ignore_index=True)
    table.insert(0, "initiative_id", [f"I{number:02}" for number in range(1, count + 1)])
    return table


def _safeguards(random: np.random.Generator) -> Flags:
    """Say which initiative has which of the four safeguards: one row each."""
    flagship = np.zeros((len(FLAGSHIPS), len(SAFEGUARDS)), bool)
    flagship[:CODIFIED_FLAGSHIPS, 0] = True
    flagship[:, 3] = random.permutation(len(FLAGSHIPS)) < SHARED_FLAGSHIPS
    safe = np.ones((len(SAFEGUARDED), len(SAFEGUARDS)), bool)
    safe[:, 3] = random.permutation(len(SAFEGUARDED)) < SHARED_SAFEGUARDED
    patterns = np.array([[mark == "1" for mark in pattern] for pattern in PATTERNS])
    between = patterns[np.arange(len(BETWEEN)) % len(PATTERNS)]
    return np.vstack([flagship, safe, between])


def _dealt_out(chance: Floats, random: np.random.Generator) -> Flags:
    """Let initiatives live on by systematic sampling within each group, by rising chance."""
    group = np.repeat([0, 1, 2], [len(FLAGSHIPS), len(SAFEGUARDED), len(BETWEEN)])
    order = np.lexsort((random.random(len(chance)), chance, group))
    steps = np.floor(np.concatenate([[0.0], np.cumsum(chance[order])]) + random.random())
    lives = np.zeros(len(chance), bool)
    lives[order] = np.diff(steps) > 0
    return lives


def _same_ranks(lives: Flags, random: np.random.Generator) -> Floats:
    """Deal evenly spaced normal scores to survivors, and again to the others."""
    scores = np.zeros(len(lives))
    normal = NormalDist()
    for alive in (True, False):
        who = np.flatnonzero(lives == alive)
        grid = [normal.inv_cdf((rank + 0.5) / len(who)) for rank in range(len(who))]
        scores[who] = random.permutation(grid)
    return scores


def _yes_no(flags: Flags) -> npt.NDArray[np.str_]:
    return np.where(flags, "yes", "no")
