"""Life tables: how long people would live if each age kept dying as it does now.

Everything here is abridged: ages in groups, from "Under 1" to an open last one. The range of a life
expectancy counts the luck in the last group too. Chiang's first formula leaves that out, and its
ranges are too short: in small places they miss the truth twice as often as they say.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from playbook.errors import PlaybookError
from playbook.estimate import Estimate
from playbook.measures.age_groups import (
    AGE_GROUPS,
    STARTS,
    Numbers,
    by_age,
    deaths_and_population,
    first_ages_of,
    group_name,
)
from playbook.measures.intervals import normal_quantile

__all__ = [
    "AGE_GROUPS",
    "STARTS",
    "life_expectancy",
    "life_table",
    "life_table_from_probabilities",
]

AT_BIRTH = "life expectancy at birth"
BIRTHS = 100_000
# Babies who die before their first birthday mostly die in its first weeks: after 0.1 year.
LIVED_BY_BABIES = 0.1
# The US small-area tables (USALEEP) and England's stop below this.
FEWEST_PERSON_YEARS = 5_000
# A range of more than 10 years each way says nothing: England's tables leave such places out.
WIDEST_RANGE = 20


def life_table(
    deaths: npt.ArrayLike, population: npt.ArrayLike, starts: Sequence[int] = STARTS
) -> pd.DataFrame:
    """Abridged life table from the deaths and the population of each age group.

    Parameters
    ----------
    deaths
        How many died in each age group: whole numbers, 0 or more. An array in the order of age, or
        a Series with the labels of `AGE_GROUPS` (in any order) as its index.
    population
        Person-years in each age group, above 0: for deaths of six years, six years' residents.
    starts
        First age of each group, in years, beginning at 0. The last group is open.

    Returns
    -------
    pandas.DataFrame
        One row an age group, per 100,000 births: ``start``, ``probability_of_dying`` (in the
        group), ``survivors`` (who reach it), ``deaths``, ``person_years`` (lived in it),
        ``person_years_above`` (lived in it and later), ``life_expectancy`` (years still to live),
        ``probability_se`` and ``life_expectancy_se`` (standard errors).

    Raises
    ------
    PlaybookError
        When an age group is missing, a number is missing or negative, deaths are not whole or
        exceed the population; and when there is too little for a table: an age group without
        residents, no deaths in the last one, or more deaths than a table can hold.

    Notes
    -----
    Chiang CL (1968), Introduction to Stochastic Processes in Biostatistics, with the variance of
    the open last group added ("adjusted Chiang II"): Silcocks P (2004), Journal of Epidemiology
    and Community Health 58:611; Lo E et al. (2016), Demographic Research 35:15. Those who die under
    1 have lived 0.1 year on average, all others half of their age group.

    Examples
    --------
    >>> table = life_table([6, 4, 90, 400], [1_000, 20_000, 60_000, 8_000], starts=[0, 1, 25, 65])
    >>> table[["start", "survivors", "life_expectancy", "life_expectancy_se"]].round(2)
       start  survivors  life_expectancy  life_expectancy_se
    0      0  100000.00            81.85                1.00
    1      1   99403.22            81.34                0.98
    2     25   98927.23            57.67                0.97
    3     65   93164.48            20.00                1.00
    """
    first_ages, died, people = deaths_and_population(deaths, population, starts)
    gap = _gap(first_ages, died, people)
    if gap:
        raise PlaybookError(
            f"I can't make a life table of this: {gap}.",
            fix="Add up more years, or put it together with the neighborhood next to it.",
        )
    return _table(first_ages, died, people)


def life_expectancy(
    deaths: npt.ArrayLike, population: npt.ArrayLike, starts: Sequence[int] = STARTS
) -> Estimate:
    """Life expectancy at birth, with a 95 percent interval.

    Parameters
    ----------
    deaths, population, starts
        As in `life_table`.

    Returns
    -------
    Estimate
        In years. NaN with a note that says why when there is too little to tell: under 5,000
        person-years, an age group without residents, no deaths in the last one, more deaths than a
        life table can hold, or a range of more than 20 years.

    Raises
    ------
    PlaybookError
        When an age group is missing, a number is missing or negative, deaths are not whole or
        exceed the population.

    Notes
    -----
    Method and sources as in `life_table`. A small place with no deaths in some age groups looks a
    few months healthier than it is.

    Examples
    --------
    >>> life_expectancy([6, 4, 90, 400], [1_000, 20_000, 60_000, 8_000], starts=[0, 1, 25, 65])
    81.8 years (79.9 to 83.8)
    >>> life_expectancy([0, 0, 1, 9], [25, 600, 1_500, 200], starts=[0, 1, 25, 65]).note
    'too few to tell: 2,325 person-years, at least 5,000 are needed'
    """
    first_ages, died, people = deaths_and_population(deaths, population, starts)
    gap = _gap(first_ages, died, people)
    if people.sum() < FEWEST_PERSON_YEARS:
        gap = f"{people.sum():,.0f} person-years, at least {FEWEST_PERSON_YEARS:,} are needed"
    if gap:
        return _too_few(gap)
    at_birth = _table(first_ages, died, people).iloc[0]
    value = float(at_birth["life_expectancy"])
    reach = normal_quantile(0.95) * float(at_birth["life_expectancy_se"])
    if 2 * reach > WIDEST_RANGE:
        return _too_few(f"the range would be {2 * reach:.0f} years wide")
    return Estimate(value, value - reach, value + reach, "years", AT_BIRTH, better="higher")


def life_table_from_probabilities(
    probabilities: npt.ArrayLike, last_expectancy: float, starts: Sequence[int] = STARTS
) -> pd.DataFrame:
    """Rebuild a published life table from its probabilities of dying.

    Parameters
    ----------
    probabilities
        Probability of dying in each age group, from 0 to 1; 1 in the last, open group. An array in
        the order of age, or a Series with the labels of `AGE_GROUPS` as its index.
    last_expectancy
        Years still to live at the start of the last group. Above 0.
    starts
        First age of each group, in years, beginning at 0.

    Returns
    -------
    pandas.DataFrame
        One row an age group, per 100,000 births: ``start``, ``survivors``, ``deaths``,
        ``person_years``, ``person_years_above`` and ``life_expectancy`` as in `life_table`. Life
        expectancy is missing at ages that nobody reaches.

    Raises
    ------
    PlaybookError
        When an age group is missing, a probability is not between 0 and 1, the last is not 1, or
        `last_expectancy` is not above 0.

    Notes
    -----
    The layout of the US small-area tables (USALEEP): Arias E et al. (2018), National Center for
    Health Statistics, Vital and Health Statistics 2:181.

    Examples
    --------
    >>> life_table_from_probabilities([0.01, 0.02, 0.1, 1], 20, starts=[0, 1, 25, 65]).round(1)
       start  survivors   deaths  person_years  person_years_above  life_expectancy
    0      0   100000.0   1000.0       99100.0           7884460.0             78.8
    1      1    99000.0   1980.0     2352240.0           7785360.0             78.6
    2     25    97020.0   9702.0     3686760.0           5433120.0             56.0
    3     65    87318.0  87318.0     1746360.0           1746360.0             20.0
    """
    first_ages = first_ages_of(starts)
    dying = by_age(probabilities, first_ages, "probabilities")
    odd = np.flatnonzero((dying > 1) | (np.arange(len(dying)) == len(dying) - 1) & (dying != 1))
    if len(odd):
        raise PlaybookError(
            f"A probability of dying goes from 0 to 1, and is 1 in the last group, where everyone "
            f"dies in the end; I found {dying[odd[0]]:g}.",
            fix="Divide a rate per 100,000 by 100,000, and write 1 for the last group.",
            where=group_name(first_ages, int(odd[0])),
        )
    years = float(last_expectancy)
    if not 0 < years < math.inf:
        raise PlaybookError(
            f"I need a number of years above 0 for the last age group; I found {years:g}.",
            fix="Copy the life expectancy of the table's last row.",
        )
    return _survival(first_ages, dying, years)


def _survival(first_ages: Numbers, dying: Numbers, last_expectancy: float) -> pd.DataFrame:
    survivors = BIRTHS * np.cumprod(np.r_[1.0, 1 - dying[:-1]])
    died = survivors * dying
    widths, lived = _widths(first_ages)
    person_years = np.r_[
        widths * survivors[1:] + lived * died[:-1], survivors[-1] * last_expectancy
    ]
    above = person_years[::-1].cumsum()[::-1]
    still_to_live = np.divide(
        above, survivors, out=np.full_like(above, np.nan), where=survivors > 0
    )
    return pd.DataFrame(
        {
            "start": first_ages.astype(int),
            "survivors": survivors,
            "deaths": died,
            "person_years": person_years,
            "person_years_above": above,
            "life_expectancy": still_to_live,
        }
    )


def _table(first_ages: Numbers, died: Numbers, people: Numbers) -> pd.DataFrame:
    dying = _probabilities(first_ages, died, people)
    table = _survival(first_ages, dying, float(people[-1] / died[-1]))
    survivors = table["survivors"].to_numpy()
    still_to_live = table["life_expectancy"].to_numpy()
    widths, lived = _widths(first_ages)
    # Where nobody died, the formula says that there was no luck in it either.
    variance = dying**2 * (1 - dying) / np.maximum(died, 1)
    years_lost = survivors[:-1] * ((widths - lived) + still_to_live[1:])
    # The open group: its death rate is counted from so many deaths, and no more.
    last = (survivors[-1] * still_to_live[-1]) ** 2 / died[-1]
    luck = np.r_[years_lost**2 * variance[:-1], last]
    table.insert(1, "probability_of_dying", dying)
    table["probability_se"] = np.sqrt(variance)
    table["life_expectancy_se"] = np.sqrt(luck[::-1].cumsum()[::-1]) / survivors
    return table


def _probabilities(first_ages: Numbers, died: Numbers, people: Numbers) -> Numbers:
    widths, lived = _widths(first_ages)
    rates = died[:-1] / people[:-1]
    return np.append(widths * rates / (1 + (widths - lived) * rates), 1.0)


def _widths(first_ages: Numbers) -> tuple[Numbers, Numbers]:
    """Years in each closed group, and how many of them those who die in it have lived."""
    widths = np.diff(first_ages)
    return widths, np.where(first_ages[1:] <= 1, LIVED_BY_BABIES * widths, widths / 2)


def _gap(first_ages: Numbers, died: Numbers, people: Numbers) -> str:
    """Say what is missing for a table; empty when nothing is."""
    empty = np.flatnonzero(people == 0)
    if len(empty):
        return f"nobody lives there in {group_name(first_ages, int(empty[0]))}"
    if died[-1] == 0:
        return f"nobody died in {group_name(first_ages, len(died) - 1)}"
    # From this rate on, the formula would let more people die than there are.
    full = np.flatnonzero(_probabilities(first_ages, died, people)[:-1] >= 1)
    if len(full):
        at = int(full[0])
        return (
            f"{died[at]:,.0f} deaths among {people[at]:,.0f} person-years in "
            f"{group_name(first_ages, at)} would leave nobody alive"
        )
    return ""


def _too_few(why: str) -> Estimate:
    note = f"too few to tell: {why}"
    return Estimate(math.nan, math.nan, math.nan, "years", AT_BIRTH, note, better="higher")
