"""Where heat is most dangerous, and where trees are missing.

Race is no input here. New York's index counts the share of Black residents, and the Tree Equity
Score the share of people of color; New York's health department writes that racism, past and
present, is the root of these differences. We look at heat, trees, homes and income themselves, and
read the result by race afterwards.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from playbook.errors import PlaybookError
from playbook.measures.places import numbers_of

FIFTHS = 5
# Canopy that grows in such a place, in percent, and by how much people for a square kilometer
# raise or lower it: the edition of the score of 2021.
CANOPY_BY_BIOME = {"forest": 40.0, "grassland": 20.0, "desert": 15.0}
DENSITY_STEPS = (2_000, 4_000, 8_000)
DENSITY_FACTORS = (1.2, 1.0, 0.8, 0.5)


def heat_vulnerability(
    surface_temperature: pd.Series,
    canopy: pd.Series,
    air_conditioning: pd.Series,
    income: pd.Series,
) -> pd.DataFrame:
    """Sort places into fifths by how dangerous a hot day is there.

    Parameters
    ----------
    surface_temperature
        Average of a hot day, one value a place, in any unit.
    canopy
        Land under trees, in percent.
    air_conditioning
        Homes with air conditioning, in percent.
    income
        Median income of households.

    Returns
    -------
    pandas.DataFrame
        One row a place: ``score`` (sum of the four, each in standard deviations; high means
        danger) and ``fifth`` (5 is the most dangerous).

    Raises
    ------
    PlaybookError
        When a value is missing, there are fewer than five places, or the four name other places.

    Notes
    -----
    Made after the Heat Vulnerability Index of New York City, Department of Health and Mental
    Hygiene: the sum of standardized factors, in fifths. That index has a fifth factor, the share
    of Black residents; ours leaves it out, so the two are not the same. Each factor weighs alike:
    nobody has shown that they should.

    Examples
    --------
    >>> places = list("ABCDE")
    >>> heat_vulnerability(
    ...     pd.Series([38.0, 36, 35, 34, 32], places),
    ...     pd.Series([10.0, 20, 25, 30, 45], places),
    ...     pd.Series([50.0, 60, 70, 80, 90], places),
    ...     pd.Series([28_000, 40_000, 52_000, 70_000, 99_000], places),
    ... ).round(1)
       score  fifth
    A    4.9      5
    B    2.2      4
    C    0.3      3
    D   -1.8      2
    E   -5.6      1
    """
    factors = (surface_temperature, -canopy, -air_conditioning, -income)
    index = surface_temperature.index
    if any(not factor.index.equals(index) for factor in factors):
        raise PlaybookError(
            "The four columns name different places, or in another order.",
            fix="Take them from one table, one row a place.",
        )
    if len(index) < FIFTHS:
        raise PlaybookError(
            f"{len(index)} places can't be cut into fifths.", fix="Give at least five."
        )
    score = sum(_standardized(factor) for factor in factors)
    order = np.argsort(score, kind="stable")
    fifth = np.empty(len(index), np.int64)
    fifth[order] = np.arange(len(index)) * FIFTHS // len(index) + 1
    return pd.DataFrame({"score": score, "fifth": fifth}, index=index)


def canopy_goal(people_per_km2: pd.Series, biome: str = "forest") -> pd.Series:
    """Tree canopy to aim for, by what grows here and how densely people live.

    Parameters
    ----------
    people_per_km2
        Residents for each square kilometer, one value a place.
    biome
        ``"forest"``, ``"grassland"`` or ``"desert"``: what would grow here without a city.

    Returns
    -------
    pandas.Series
        Percent of the land.

    Raises
    ------
    PlaybookError
        When a density is missing or below 0, or the biome is none of the three.

    Notes
    -----
    Tree Equity Score, American Forests, edition of 2021: 40, 20 or 15 percent, times 1.2 below
    2,000 residents for each square kilometer, 1 below 4,000, 0.8 below 8,000 and 0.5 from there.
    Today's edition takes the density of buildings instead, and has a fourth biome, Mediterranean:
    where you have its goals, hand them to `tree_equity_score`.

    Examples
    --------
    >>> canopy_goal(pd.Series([900, 2_500, 6_000, 9_000])).tolist()
    [48.0, 40.0, 32.0, 20.0]
    """
    if biome not in CANOPY_BY_BIOME:
        raise PlaybookError(
            f'I don\'t know the biome "{biome}".', fix=f"Use one of: {', '.join(CANOPY_BY_BIOME)}."
        )
    density = numbers_of(people_per_km2, "a density")
    if (density < 0).any():
        raise PlaybookError("A density is below 0.", fix="Divide residents by square kilometers.")
    factor = np.array(DENSITY_FACTORS)[np.searchsorted(DENSITY_STEPS, density, side="right")]
    return pd.Series(CANOPY_BY_BIOME[biome] * factor, index=people_per_km2.index)


def tree_equity_score(canopy: pd.Series, goal: pd.Series, need: pd.DataFrame) -> pd.DataFrame:
    """Score from 0 to 100 how near a place is to the trees it should have.

    Parameters
    ----------
    canopy, goal
        Land under trees now, and to aim for, in percent: one value a place.
    need
        One row a place, one column an indicator such as heat or poverty; high means more need.

    Returns
    -------
    pandas.DataFrame
        One row a place: ``gap`` (percentage points of canopy), ``priority`` (0 to 1, average of
        the indicators from their lowest to their highest place) and ``score``. 100 means that
        nothing is missing; the lowest scores come first.

    Raises
    ------
    PlaybookError
        When a value is missing, or the tables name other places.

    Notes
    -----
    American Forests, Tree Equity Score: ``100 * (1 - gap / largest gap * priority)``. Theirs has
    seven indicators (income, employment, race, age, language, health, heat) and compares places
    of a whole urban area. Name the edition of the goal beside every score.

    Examples
    --------
    >>> places = list("ABCD")
    >>> need = pd.DataFrame({"heat": [38.0, 36, 34, 33], "poverty": [40.0, 20, 30, 10]}, places)
    >>> goal = pd.Series(40.0, places)
    >>> tree_equity_score(pd.Series([10.0, 25, 30, 45], places), goal, need).round(2)
        gap  priority  score
    A  30.0      1.00   0.00
    B  15.0      0.47  76.67
    C  10.0      0.43  85.56
    D   0.0      0.00 100.00
    """
    if not (canopy.index.equals(goal.index) and canopy.index.equals(need.index)):
        raise PlaybookError(
            "Canopy, goal and need name different places, or in another order.",
            fix="Take them from one table, one row a place.",
        )
    gap = (numbers_of(goal, "a goal") - numbers_of(canopy, "a canopy")).clip(0)
    scaled = [_from_lowest_to_highest(need[name]) for name in need.columns]
    priority = np.mean(scaled, axis=0)
    share = gap / gap.max() if gap.max() > 0 else gap
    return pd.DataFrame(
        {"gap": gap, "priority": priority, "score": 100 * (1 - share * priority)},
        index=canopy.index,
    )


def _standardized(factor: pd.Series) -> np.ndarray:
    value = numbers_of(factor, "a factor")
    spread = value.std(ddof=1)
    return (value - value.mean()) / spread if spread > 0 else np.zeros(len(value))


def _from_lowest_to_highest(indicator: pd.Series) -> np.ndarray:
    value = numbers_of(indicator, "an indicator")
    width = np.ptp(value)
    return (value - value.min()) / width if width > 0 else np.zeros(len(value))
