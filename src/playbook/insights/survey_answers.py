"""The survey of a city: who answered, and what comes first before and after weighing."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import pandas as pd

from playbook.city.tables import City
from playbook.errors import PlaybookError
from playbook.estimate import Estimate
from playbook.measures.raking import Raked, rake
from playbook.measures.representativity import Representativity, r_indicator
from playbook.measures.survey import representation, share_lead, weighted_shares
from playbook.measures.survey_weights import design_effect, margin_of_error

# Fewer answers than this can't be weighed by several variables at once.
FEWEST_ANSWERS = 100
QUESTION = "priority"
CAP = 5
# How a sentence names the people of a group; another city's groups keep their own label.
_PEOPLE = {
    "Renter": "renters",
    "Owner": "owners",
    "18-34": "people of 18 to 34",
    "35-64": "people of 35 to 64",
    "65+": "people of 65 and older",
    "Another language": "people who speak another language at home",
    "English": "people who speak English at home",
}


def people_of(group: str) -> str:
    """Name the people of a group in a sentence.

    Examples
    --------
    >>> people_of("Renter"), people_of("Tenant")
    ('renters', 'people in the group Tenant')
    """
    return _PEOPLE.get(group, f"people in the group {group}")


@cache
def survey_margins_of(city: City) -> pd.DataFrame:
    """Give the sums of those traits that the survey asked for.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> survey_margins_of(load_city())["variable"].unique().tolist()
    ['age_group', 'tenure', 'language']
    """
    margins = city["survey_margins"]
    return margins[margins["variable"].isin(city["survey_responses"].columns)]


@cache
def raked_survey(city: City) -> Raked | None:
    """Weigh the answers of a city by age, tenure and language.

    None when they are too few or can't be weighed.
    """
    return _raked(city, None)


@cache
def capped_survey(city: City) -> Raked | None:
    """Weigh the answers, and let no weight be above five times the median."""
    return _raked(city, CAP)


def _raked(city: City, cap: float | None) -> Raked | None:
    answers = city["survey_responses"]
    if len(answers) < FEWEST_ANSWERS:
        return None
    try:
        raked = rake(answers, survey_margins_of(city), cap=cap)
    except PlaybookError:
        return None
    return raked if raked.fits else None


@dataclass(frozen=True)
class Missed:
    """The group that the survey heard least, for its size.

    Parameters
    ----------
    group
        Its label in the tables.
    answers, people
        Its share of answers and of adults, in percent.
    gap
        The difference in percentage points, below 0.
    short
        How many more answers from this group alone would make its share right.
    """

    group: str
    answers: float
    people: float
    gap: Estimate
    short: int


@cache
def most_missed(city: City) -> Missed | None:
    """Find the group with the largest shortfall; None when the answers can't be compared."""
    answers, margins = city["survey_responses"], survey_margins_of(city)
    if len(answers) < FEWEST_ANSWERS or not len(margins):
        return None
    try:
        tables = [
            representation(answers, margins, by=name) for name in margins["variable"].unique()
        ]
    except PlaybookError:
        return None
    table = pd.concat(tables).dropna(subset=["difference"])
    if not len(table):
        return None
    at = int(table["difference"].to_numpy().argmin())
    row = table.iloc[at]
    gap = Estimate(
        float(row["difference"]), float(row["low"]), float(row["high"]), unit="percentage points"
    )
    return Missed(
        str(table.index[at]),
        float(row["answers_share"]),
        float(row["people_share"]),
        gap,
        int(row["answers_short"]),
    )


@cache
def priorities(city: City, *, weighed: bool) -> pd.DataFrame:
    """Share of each first choice, as answered or weighed; the largest first.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> priorities(load_city(), weighed=False).index[0]
    'Street repair'
    """
    raked = raked_survey(city)
    weights = raked.weights if weighed and raked is not None else None
    return weighted_shares(city["survey_responses"], QUESTION, weights)


def lead_of(city: City, first: str, second: str, raked: Raked | None) -> Estimate:
    """How far one choice is ahead of another one, with the weights given or with none."""
    weights = None if raked is None else raked.weights
    return share_lead(city["survey_responses"], QUESTION, first, second, weights)


@dataclass(frozen=True)
class Price:
    """What weighing costs.

    Parameters
    ----------
    effect
        Design effect, in times.
    before, after
        Margin of error of a share of 50 percent, in percentage points.
    """

    effect: Estimate
    before: Estimate
    after: Estimate


def price_of(raked: Raked) -> Price:
    """Give the design effect of weights, and the margin of error without and with them."""
    return Price(
        design_effect(raked.weights),
        margin_of_error([1.0] * len(raked.weights)),
        margin_of_error(raked.weights),
    )


@cache
def chances_to_answer(city: City) -> Representativity | None:
    """How evenly the chance to answer was spread over the adults; None when it can't be told."""
    raked, margins = raked_survey(city), survey_margins_of(city)
    if raked is None:
        return None
    names = list(dict.fromkeys(margins["variable"]))
    people = margins.groupby("variable")["people"].sum().iloc[0]
    try:
        return r_indicator(city["survey_responses"], raked.weights, names, float(people))
    except PlaybookError:
        return None


def nothing(unit: str) -> Estimate:
    """Give an estimate that is not known."""
    return Estimate(math.nan, math.nan, math.nan, unit=unit)
