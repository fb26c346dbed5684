"""An online survey on what the city should do first: `survey_responses` and `survey_margins`.

Homeowners, older people and people from loud places answer most. They want streets repaired;
renters, who are more than half of all adults, want homes repaired and rents held.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import numpy as np
import pandas as pd

from playbook.simulate.draws import draw_columns
from playbook.simulate.effects import Effect
from playbook.simulate.world import Floats, Integers, World, stream

ANSWERS = 1_800

AGES = ("18-34", "35-64", "65+")
TENURES = ("Owner", "Renter")
LANGUAGES = ("English", "Another language")
# Age, tenure and language of an adult: twelve kinds of adults, in this order everywhere.
KINDS = tuple(product(AGES, TENURES, LANGUAGES))
AGE, TENURE, LANGUAGE = (
    np.array([names.index(kind[at]) for kind in KINDS])
    for at, names in enumerate((AGES, TENURES, LANGUAGES))
)
# Share of each kind among adults, and how readily it answers compared with the others.
SHARES = np.array([
    .045, .010, .200, .065, .200, .055, .135, .060, .130, .020, .060, .020,
])  # fmt: skip
READINESS = np.array([
    .50, .20, .30, .12, 1.70, .55, .68, .22, 2.50, .80, 1.10, .35,
])  # fmt: skip

# The tables of ages begin a group at 15: so much of it is 18 or older.
ADULTS_OF_15_TO_24 = 0.7
AGE_GROUPS = {
    "18-34": ("15-24", "25-34"),
    "35-64": ("35-44", "45-54", "55-64"),
    "65+": ("65-74", "75-84", "85 and older"),
}

PRIORITIES = (
    "Street repair", "Home repair and rent", "Safety", "Parks and trees", "Transit",
    "Heat and cooling",
)  # fmt: skip
# What owners and renters put first, in parts of a whole, and what changes with the language.
FIRST_CHOICES = np.array(
    [[0.34, 0.12, 0.22, 0.17, 0.06, 0.09], [0.13, 0.50, 0.18, 0.08, 0.13, 0.10]]
)
BY_LANGUAGE = np.array([[1, 1, 1, 1, 1, 1], [0.80, 1.25, 0.90, 0.80, 1.30, 1.20]])

CHANNELS = ("City newsletter", "Social media", "Text message", "Library or event")
CHANNELS_BY_TENURE = np.array([[0.55, 0.30, 0.05, 0.10], [0.25, 0.35, 0.20, 0.20]])
CHANNELS_BY_LANGUAGE = np.array([[1, 1, 1, 1], [0.60, 0.80, 1.60, 1.60]])

# Where a kind lives and who answers there: change of the logarithm per point of a hidden score.
RENTERS_BY_HARDSHIP, LANGUAGE_BY_HARDSHIP, ANSWERS_BY_VOICE = 0.5, 0.4, 0.3

TRUST, TRUST_BY_VOICE, TRUST_OF_RENTERS, TRUST_SPREAD = 3.1, 0.25, -0.2, 1.0
HIGHEST_TRUST = 5


def first_choices() -> Floats:
    """Give the true share of each priority in each of the twelve kinds of adults.

    Examples
    --------
    >>> first_choices().shape, first_choices().sum(axis=1).round(6).tolist() == [1.0] * 12
    ((12, 6), True)
    """
    parts = FIRST_CHOICES[TENURE] * BY_LANGUAGE[LANGUAGE]
    return np.asarray(parts / parts.sum(axis=1, keepdims=True))


def _true_share(priority: str) -> float:
    """Give what the share would be if every adult had answered, in percent."""
    return round(float(100 * SHARES @ first_choices()[:, PRIORITIES.index(priority)]), 1)


EFFECTS = (
    Effect(
        "survey_home_repair_and_rent",
        "survey_responses",
        _true_share("Home repair and rent"),
        "percent",
        "How many of all adults would put home repair and rent first.",
    ),
    Effect(
        "survey_street_repair",
        "survey_responses",
        _true_share("Street repair"),
        "percent",
        "How many of all adults would put street repair first.",
    ),
)


def survey_tables(
    world: World, made: Mapping[str, pd.DataFrame], seed: int
) -> dict[str, pd.DataFrame]:
    """Make the tables of this theme: `survey_responses` and `survey_margins`.

    Parameters
    ----------
    world
        What is true of the places.
    made
        Tables made before: `population_age`.
    seed
        Root seed.
    """
    people = adults(world, made["population_age"])
    return {
        "survey_responses": survey_responses(world, people, seed),
        "survey_margins": survey_margins(world, people),
    }


def adults(world: World, population_age: pd.DataFrame) -> Integers:
    """Count the adults of each place: one row a place, one column for each of `AGES`.

    Parameters
    ----------
    world
        What is true of the places.
    population_age
        Residents by place and age group.

    Examples
    --------
    >>> from playbook.simulate.health import population_age
    >>> from playbook.simulate.world import make_world
    >>> world = make_world(7)
    >>> adults(world, population_age(world, 7)).shape
    (64, 3)
    """
    people = population_age.pivot(
        index="neighborhood_id", columns="age_group", values="population"
    ).loc[list(world.neighborhood_id)]
    people = people.astype(float)
    people["15-24"] *= ADULTS_OF_15_TO_24
    counts = [people[list(groups)].sum(axis=1).round() for groups in AGE_GROUPS.values()]
    return np.asarray(np.column_stack(counts).astype(np.int64))


def survey_margins(world: World, people: Integers) -> pd.DataFrame:
    """Count the adults by age, tenure, language and district: the table `survey_margins`.

    Parameters
    ----------
    world
        What is true of the places.
    people
        Adults by place and age, as `adults` counts them.

    Returns
    -------
    pandas.DataFrame
        Columns as the contract describes them. Each variable adds up to all adults.
    """
    total = int(people.sum())
    margins = {
        "age_group": dict(zip(AGES, people.sum(axis=0), strict=True)),
        "tenure": _split(total, TENURES, TENURE),
        "language": _split(total, LANGUAGES, LANGUAGE),
        "district": {
            name: people[world.district == name].sum() for name in dict.fromkeys(world.district)
        },
    }
    rows = [
        (variable, str(category), int(count))
        for variable, counts in margins.items()
        for category, count in counts.items()
    ]
    table = pd.DataFrame(rows, columns=["variable", "category", "people"])
    return table.astype({"variable": "str", "category": "str"})


def _split(total: int, names: tuple[str, str], which: Integers) -> dict[str, int]:
    first = round(total * SHARES[which == 0].sum())
    return {names[0]: first, names[1]: total - first}


def survey_responses(world: World, people: Integers, seed: int) -> pd.DataFrame:
    """Draw the table `survey_responses`: one row an answer.

    Parameters
    ----------
    world
        What is true of the places.
    people
        Adults by place and age, as `adults` counts them.
    seed
        Root seed.

    Returns
    -------
    pandas.DataFrame
        Columns as the contract describes them. The order of rows tells nothing.

    Examples
    --------
    >>> from playbook.simulate.health import population_age
    >>> from playbook.simulate.world import make_world
    >>> world = make_world(7)
    >>> table = survey_responses(world, adults(world, population_age(world, 7)), 7)
    >>> table["tenure"].value_counts(normalize=True).round(1).to_dict()
    {'Owner': 0.7, 'Renter': 0.3}
    """
    random = stream(seed, "survey_responses")
    kind = random.choice(len(KINDS), ANSWERS, p=_chances(people))
    place = draw_columns(_places(world, people)[kind], random)
    channels = CHANNELS_BY_TENURE[TENURE[kind]] * CHANNELS_BY_LANGUAGE[LANGUAGE[kind]]
    channel = draw_columns(channels, random)
    priority = draw_columns(first_choices()[kind], random)
    average = TRUST + TRUST_BY_VOICE * world.voice[place] + TRUST_OF_RENTERS * TENURE[kind]
    trust = np.round(random.normal(average, TRUST_SPREAD)).clip(1, HIGHEST_TRUST)
    table = pd.DataFrame(
        {
            "response_id": [f"S{number:04}" for number in range(1, ANSWERS + 1)],
            "age_group": np.array(AGES)[AGE[kind]],
            "tenure": np.array(TENURES)[TENURE[kind]],
            "language": np.array(LANGUAGES)[LANGUAGE[kind]],
            "neighborhood_id": world.neighborhood_id[place],
            "channel": np.array(CHANNELS)[channel],
            "priority": np.array(PRIORITIES)[priority],
        }
    ).astype("str")
    return table.assign(trust=trust.astype(np.int64))


def _chances(people: Integers) -> Floats:
    """Give the share of each kind among the answers, in a city with adults of these ages."""
    ages = people.sum(axis=0) / people.sum()
    by_design = np.bincount(AGE, SHARES)
    chances = SHARES * (ages / by_design)[AGE] * READINESS
    return np.asarray(chances / chances.sum())


def _places(world: World, people: Integers) -> Floats:
    """Give the chance that somebody who answers lives in a place: one row a kind."""
    tilt = RENTERS_BY_HARDSHIP * TENURE + LANGUAGE_BY_HARDSHIP * LANGUAGE
    score = np.outer(tilt, world.hardship) + ANSWERS_BY_VOICE * world.voice
    return np.asarray(people.T[AGE] * np.exp(score))
