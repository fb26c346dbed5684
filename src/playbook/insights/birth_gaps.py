"""Babies that weigh too little: the ratio between two groups of mothers, income held alike.

Race stands for exposure to policy and to how people are treated. It is no trait of anyone.
"""

from __future__ import annotations

import math
from functools import cache

import pandas as pd

from playbook.city.tables import City
from playbook.estimate import Estimate
from playbook.insights.hidden_cells import hidden_cells, mostly_guessed
from playbook.measures.rates import difference, proportion, ratio
from playbook.measures.segregation import dissimilarity_index
from playbook.measures.stratified import mantel_haenszel_ratio, share_explained

# The two groups that the published studies compare. First the one exposed to redlining.
EXPOSED, COMPARED = "Black", "White"
THIRDS = ("Lowest", "Middle", "Highest")
# No rate is read from fewer babies than this, whatever the city's rule on small counts is.
FEWEST = 11
# With fewer residents in a group, or in fewer places, luck alone sets two groups apart.
FEWEST_RESIDENTS, FEWEST_PLACES = 1000, 10


@cache
def _counts(city: City) -> dict[tuple[str, str], tuple[int, int]]:
    """Births and low birth weights by race and income third."""
    sums = (
        city["birth_outcomes"]
        .groupby(["race_ethnicity", "income_third"])[["births", "low_birth_weight"]]
        .sum()
        .reset_index()
    )
    return {
        (race, third): (int(births), int(light))
        for race, third, births, light in sums.itertuples(index=False)
    }


@cache
def _hidden(city: City) -> dict[tuple[str, str], int]:
    """How many counts of low birth weights the city's file hides, by race and income third."""
    table = city["birth_outcomes"]
    hidden = hidden_cells(city, "birth_outcomes", "low_birth_weight")
    sums = hidden.groupby([table["race_ethnicity"], table["income_third"]]).sum()
    return {
        (str(race), str(third)): int(count)
        for race, third, count in sums.reset_index(name="hidden").itertuples(index=False)
    }


def _known(city: City, race: str, third: str) -> bool:
    """Whether enough babies were counted, and few of them guessed."""
    light = _cell(city, race, third)[1]
    hidden = _hidden(city).get((race, third), 0)
    return light >= _fewest(city) and not mostly_guessed(city, light, hidden)


def birth_rates(city: City) -> pd.DataFrame:
    """Share of babies that weigh too little, by race of the mother and income third.

    Parameters
    ----------
    city
        A city with the table `birth_outcomes`.

    Returns
    -------
    pandas.DataFrame
        ``race_ethnicity``, ``income_third``, ``births``, and ``percent`` with its range ``low`` and
        ``high``; NaN where fewer than 11 babies weighed too little, or too many counts are hidden.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> birth_rates(load_city()).columns.tolist()
    ['race_ethnicity', 'income_third', 'births', 'percent', 'low', 'high']
    """
    rows = []
    for race in city["birth_outcomes"]["race_ethnicity"].unique():
        for third in THIRDS:
            births, light = _cell(city, race, third)
            known = _known(city, race, third)
            share = proportion(light, births) if known else _nothing("percent")
            rows.append((race, third, births, share.value, share.low, share.high))
    columns = ["race_ethnicity", "income_third", "births", "percent", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


def _cell(city: City, race: str, third: str) -> tuple[int, int]:
    return _counts(city).get((race, third), (0, 0))


def enough_births(city: City) -> bool:
    """Whether both groups have babies enough in every income third, and few counts are hidden."""
    return all(_known(city, race, third) for race in (EXPOSED, COMPARED) for third in THIRDS)


def _fewest(city: City) -> int:
    return max(FEWEST, city.small_counts.below)


def third_share(city: City, race: str, third: str) -> Estimate:
    """Percent of babies that weigh too little in one group and income third."""
    births, light = _cell(city, race, third)
    return proportion(light, births)


def third_ratio(city: City, third: str) -> Estimate:
    """Ratio of the two groups' shares within one income third."""
    return ratio(third_share(city, EXPOSED, third), third_share(city, COMPARED, third))


def across_gap(city: City) -> Estimate:
    """Exposed group in the highest third less compared group in the lowest, in points."""
    return difference(
        third_share(city, EXPOSED, THIRDS[-1]), third_share(city, COMPARED, THIRDS[0])
    )


def plain_ratio(city: City) -> Estimate:
    """Ratio of the two groups' shares, all incomes together."""
    sums = [
        [sum(_cell(city, race, third)[part] for third in THIRDS) for part in (1, 0)]
        for race in (EXPOSED, COMPARED)
    ]
    return ratio(proportion(*sums[0]), proportion(*sums[1]))


def ratio_within_thirds(city: City) -> Estimate:
    """Ratio of the two groups' shares, compared only within the same income third."""
    return mantel_haenszel_ratio(*_columns(city))


@cache
def explained_by_income(city: City) -> Estimate:
    """Percent of the plain ratio's distance from 1 that goes away within income thirds."""
    return share_explained(*_columns(city))


def _columns(city: City) -> tuple[list[int], list[int], list[int], list[int]]:
    exposed = [_cell(city, EXPOSED, third) for third in THIRDS]
    compared = [_cell(city, COMPARED, third) for third in THIRDS]
    return (
        [light for _, light in exposed],
        [births for births, _ in exposed],
        [light for _, light in compared],
        [births for births, _ in compared],
    )


def apart(city: City) -> Estimate:
    """Percent of one group who would have to move to live as the other does.

    Parameters
    ----------
    city
        A city with the table `population_age_race`.

    Returns
    -------
    Estimate
        The dissimilarity index in percent, without a range: it comes from a count of everyone. Not
        known with too few places, or fewer than 1,000 residents in a group.
    """
    table = city["population_age_race"]
    people = table.pivot_table(
        "population", "neighborhood_id", "race_ethnicity", aggfunc="sum", fill_value=0
    )
    groups = [people.get(race, pd.Series(0, people.index)) for race in (EXPOSED, COMPARED)]
    if len(people) < FEWEST_PLACES or min(group.sum() for group in groups) < FEWEST_RESIDENTS:
        return _nothing("percent")
    index = 100 * dissimilarity_index(*groups)
    return Estimate(index, math.nan, math.nan, "percent", decimals=0)


def _nothing(unit: str) -> Estimate:
    return Estimate(math.nan, math.nan, math.nan, unit)
