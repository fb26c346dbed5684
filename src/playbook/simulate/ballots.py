"""The first vote of residents on a part of the budget: `pb_projects` and `pb_votes`."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from playbook.city.pabulib import PbFile, write_pb
from playbook.simulate.ballot_projects import CITYWIDE, FLAGSHIPS, PROJECTS
from playbook.simulate.effects import Effect
from playbook.simulate.world import DISTRICTS, PLACES_PER_DISTRICT, Floats, Integers, World, stream

BUDGET = 1_000_000
VOTERS = 9_204
MOST_CHOICES = 8
# Residents under 15 have no vote.
TOO_YOUNG = ("Under 1", "1-4", "5-14")
# Turnout rises with how readily residents report, answer and vote: change of its logarithm.
TURNOUT_SLOPE = 0.58

# Estimates of a project's cost differ from year to year; the large ones are fixed by contract.
COST_SPREAD = 0.10
# How many voters of its own district want a project: drawn between these shares.
OWN_SHARES = (0.36, 0.60)
# Voters want a project elsewhere the more, the more alike the two districts are.
ELSEWHERE_SHARE, ELSEWHERE_REACH, ELSEWHERE_LEAST = 0.11, 0.5, 0.012
# Large projects: share who want each at average hardship, and its slope in hardship.
FLAGSHIP_SHARES = (0.30, 0.24, 0.20)
FLAGSHIP_SLOPE = -0.58

EFFECTS = (
    Effect(
        "ballot_turnout_slope",
        "pb_votes",
        TURNOUT_SLOPE,
        "change of the logarithm",
        "How steeply turnout rises with each point of a neighborhood's voice.",
    ),
)


def ballot_tables(
    world: World, made: Mapping[str, pd.DataFrame], seed: int
) -> dict[str, pd.DataFrame]:
    """Draw the tables `pb_projects` and `pb_votes`.

    Parameters
    ----------
    world
        What is true of the places.
    made
        Tables made before; `population_age` says who is old enough to vote.
    seed
        Root seed.

    Returns
    -------
    dict
        Table by name, with the columns that the contract describes.

    Examples
    --------
    >>> from playbook.simulate.health import population_age
    >>> from playbook.simulate.world import make_world
    >>> world = make_world(7)
    >>> tables = ballot_tables(world, {"population_age": population_age(world, 7)}, 7)
    >>> {name: len(table) for name, table in tables.items()}
    {'pb_projects': 35, 'pb_votes': 9204}
    """
    return {
        "pb_projects": _projects(seed),
        "pb_votes": _votes(world, made["population_age"], seed),
    }


def _projects(seed: int) -> pd.DataFrame:
    spread = stream(seed, "pb_projects").normal(0, COST_SPREAD, len(PROJECTS))
    spread[-len(FLAGSHIPS) :] = 0
    thousands = np.round([one.thousands for one in PROJECTS] * np.exp(spread))
    return pd.DataFrame(
        {
            "project_id": _project_ids(),
            "name": [one.name for one in PROJECTS],
            "district": [one.district for one in PROJECTS],
            "category": [one.category for one in PROJECTS],
            "cost": 1000 * thousands.astype(np.int64),
            "proposer": [one.proposer for one in PROJECTS],
        }
    )


def _project_ids() -> list[str]:
    return [f"P{number:02}" for number in range(1, len(PROJECTS) + 1)]


def _votes(world: World, population: pd.DataFrame, seed: int) -> pd.DataFrame:
    random = stream(seed, "pb_votes")
    counts = voters_by_district(world, population)
    district = random.permutation(np.repeat(np.arange(len(DISTRICTS)), counts))
    wanted = _wanted_shares(world, random)[district]
    appeal = random.random(wanted.shape) / wanted
    marked = appeal < 1
    # Who came to vote marks one project at least.
    marked[np.arange(VOTERS), appeal.argmin(axis=1)] = True
    # What is near comes to mind first; what comes after the eighth is dropped.
    place = np.where(marked, appeal / wanted, np.inf)
    order = place.argsort(axis=1, kind="stable")[:, :MOST_CHOICES]
    marks = marked.sum(axis=1).clip(max=MOST_CHOICES)
    ids = np.array(_project_ids())[order]
    return pd.DataFrame(
        {
            "voter_id": [f"V{number:04}" for number in range(1, VOTERS + 1)],
            "district": np.array(list(DISTRICTS))[district],
            "project_ids": [
                ",".join(row[:count]) for row, count in zip(ids.tolist(), marks, strict=True)
            ],
        }
    ).astype({"voter_id": "str", "project_ids": "str"})


def voters_by_district(world: World, population: pd.DataFrame) -> Integers:
    """Count the voters of each district; together exactly `VOTERS`.

    Parameters
    ----------
    world
        What is true of the places.
    population
        The table `population_age`.
    """
    old_enough = population[~population["age_group"].isin(TOO_YOUNG)]
    people = (
        old_enough.groupby("neighborhood_id")["population"]
        .sum()
        .loc[world.neighborhood_id.tolist()]
    )
    weight = people.to_numpy() * np.exp(TURNOUT_SLOPE * world.voice)
    share = weight.reshape(-1, PLACES_PER_DISTRICT).sum(axis=1) / weight.sum()
    upto = np.round(VOTERS * share.cumsum()).astype(np.int64)
    return np.asarray(np.diff(upto, prepend=0))


def _wanted_shares(world: World, random: np.random.Generator) -> Floats:
    """Share of each district's voters who want each project: districts by projects."""
    hardship = world.hardship.reshape(-1, PLACES_PER_DISTRICT).mean(axis=1)
    apart = np.abs(hardship[:, np.newaxis] - hardship)
    elsewhere = ELSEWHERE_LEAST + ELSEWHERE_SHARE * np.exp(-apart / ELSEWHERE_REACH)
    own = random.uniform(*OWN_SHARES, size=len(PROJECTS))
    shares = np.empty((len(DISTRICTS), len(PROJECTS)))
    names = list(DISTRICTS)
    flagship = iter(FLAGSHIP_SHARES)
    for column, project in enumerate(PROJECTS):
        if project.district == CITYWIDE:
            shares[:, column] = (next(flagship) * np.exp(FLAGSHIP_SLOPE * hardship)).clip(max=0.95)
        else:
            home = names.index(project.district)
            shares[:, column] = elsewhere[home]
            shares[home, column] = own[column]
    return shares


def pb_file(made: Mapping[str, pd.DataFrame]) -> str:
    """Give the vote as text in the layout of Pabulib, the public library of such votes.

    Parameters
    ----------
    made
        Tables of the city, `pb_projects` and `pb_votes` among them.
    """
    meta = {
        "description": "Participatory budget of Port Alder, a fictional city",
        "country": "Nowhere",
        "unit": "Port Alder",
        "instance": "2025",
        "num_projects": str(len(made["pb_projects"])),
        "num_votes": str(len(made["pb_votes"])),
        "budget": str(BUDGET),
        "vote_type": "approval",
        "rule": "unknown",
        "max_length": str(MOST_CHOICES),
        "language": "english",
    }
    votes = made["pb_votes"].rename(columns={"project_ids": "vote"})
    return write_pb(PbFile(meta, made["pb_projects"], votes))
