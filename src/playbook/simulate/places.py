"""Tables that describe places: `neighborhoods` and `acs_profile`."""

from __future__ import annotations

import numpy as np
import pandas as pd

from playbook.simulate.world import Floats, Integers, Texts, World, stream

# State 99 and county 001 belong to nobody: these codes are well formed and match no real tract.
COUNTY_CODE = "99001"

# Places per grade on the lending map of 1937, best grade first.
LENDING_GRADES = {"A": 5, "B": 13, "C": 27, "D": 19}
GRADE_NOISE = 0.45

PROFILE_YEARS = (2019, 2024)
# One household in ten answers the survey over five years.
SURVEYED_SHARE = 0.10
# 90 percent margins of error are this many standard errors (Census Bureau).
STANDARD_ERRORS_90 = 1.645
# The Census Bureau asks people, not only households, about poverty, and people of one household
# are alike: a share of people is less certain than the number of answers suggests.
POVERTY_DESIGN_EFFECT = 1.4
# Bounds of the coefficient of variation (standard error over estimate) of poverty and income.
LEAST_VARIATION, MOST_VARIATION = 0.08, 0.30

POVERTY_AT_AVERAGE, POVERTY_SLOPE = 0.155, 0.53
POVERTY_CHANGE_2019 = 1.06  # poverty was a little higher in the survey of 2019
INCOME_AT_AVERAGE, INCOME_SLOPE = 60_500, -0.34
INCOME_CHANGE_2019 = 0.87  # dollars of each year, so the earlier ones are fewer

# Share of homes or people on the log-odds scale: value at average hardship, change per point of
# hardship, and how much places differ for other reasons.
SHARES = {
    "renter": (0.15, 0.70, 0.30),
    "limited_english": (-2.75, 0.60, 0.40),
    "no_vehicle": (-2.35, 0.60, 0.25),
    "built_before_1950": (-0.50, 0.40, 0.55),
    "air_conditioning": (1.10, -0.60, 0.25),
    "broadband": (2.00, -0.50, 0.20),
}
FIFTHS = 5


def neighborhoods(world: World, seed: int) -> pd.DataFrame:
    """Draw the table `neighborhoods`: one row a place.

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
    >>> neighborhoods(make_world(7), 7)[["neighborhood_id", "tract_geoid", "name"]].head(4)
      neighborhood_id  tract_geoid         name
    0             N01  99001000100  Lantern Row
    1             N02  99001000200   Saltmarket
    2             N03  99001000300      Drydock
    3             N04  99001000400     Ropewalk
    """
    random = stream(seed, "neighborhoods")
    places = len(world.name)
    area = np.exp(np.log(1.45) - 0.12 * world.hardship + random.normal(0, 0.20, places))
    return pd.DataFrame(
        {
            "neighborhood_id": world.neighborhood_id,
            "tract_geoid": [f"{COUNTY_CODE}{100 * n:06}" for n in range(1, places + 1)],
            "name": world.name,
            "district": world.district,
            "holc_grade": _lending_grades(world, random),
            "area_km2": area.round(2),
            "population": world.residents,
            "households": world.households,
            "tile_row": world.tile_row,
            "tile_col": world.tile_column,
        }
    )


def _lending_grades(world: World, random: np.random.Generator) -> Texts:
    """Grade places as the map of 1937 did: today's hardship follows it, with exceptions."""
    score = world.hardship + random.normal(0, GRADE_NOISE, len(world.name))
    grades = np.repeat(list(LENDING_GRADES), list(LENDING_GRADES.values()))
    graded = np.empty_like(grades)
    graded[np.argsort(score)] = grades
    return graded


def acs_profile(world: World, seed: int) -> pd.DataFrame:
    """Draw the table `acs_profile`: one row a place and survey year, in ACS style.

    Every estimate differs from the truth by chance, as much as its printed margin of error says.

    Parameters
    ----------
    world
        What is true of the places.
    seed
        Root seed.

    Returns
    -------
    pandas.DataFrame
        Columns as the contract describes them: shares in percent, income in dollars, each followed
        by its 90 percent margin of error.

    Examples
    --------
    >>> from playbook.simulate.world import make_world
    >>> profile = acs_profile(make_world(7), 7)
    >>> len(profile), profile["year"].unique().tolist()
    (128, [2019, 2024])
    """
    random = stream(seed, "acs_profile")
    own = {name: random.normal(0, spread, len(world.name)) for name, (*_, spread) in SHARES.items()}
    years = [_profile_of_year(world, year, own, random) for year in PROFILE_YEARS]
    return pd.concat(years, ignore_index=True)


def _profile_of_year(
    world: World, year: int, own: dict[str, Floats], random: np.random.Generator
) -> pd.DataFrame:
    answers = world.households * SURVEYED_SHARE
    is_2019 = year == PROFILE_YEARS[0]
    columns: dict[str, Floats] = {}

    poverty = POVERTY_AT_AVERAGE * np.exp(POVERTY_SLOPE * world.hardship)
    poverty = 100 * poverty * (POVERTY_CHANGE_2019 if is_2019 else 1)
    variation = np.sqrt(POVERTY_DESIGN_EFFECT * (100 / poverty - 1) / answers)
    estimate, margin = _skewed(poverty, variation, random)
    columns |= {"poverty_pct": estimate.round(1), "poverty_moe": margin.round(1)}

    income = INCOME_AT_AVERAGE * np.exp(INCOME_SLOPE * world.hardship)
    income = income * (INCOME_CHANGE_2019 if is_2019 else 1)
    estimate, margin = _skewed(income, 1.1 / np.sqrt(answers), random)
    columns |= {"median_income": estimate.round(), "median_income_moe": margin.round()}

    for name, (level, slope, _) in SHARES.items():
        share = 100 / (1 + np.exp(-(level + slope * world.hardship + own[name])))
        error = np.sqrt(share * (100 - share) / answers)
        estimate = random.normal(share, error).clip(0.5, 99.5)
        columns[f"{name}_pct"] = estimate.round(1)
        columns[f"{name}_moe"] = (STANDARD_ERRORS_90 * error).round(1)

    table = pd.DataFrame({"year": year, "neighborhood_id": world.neighborhood_id, **columns})
    dollars = ["median_income", "median_income_moe"]
    table[dollars] = table[dollars].astype("int64")
    return table.assign(poverty_fifth=poverty_fifth(columns["poverty_pct"]))


def _skewed(truth: Floats, variation: Floats, random: np.random.Generator) -> tuple[Floats, Floats]:
    """Survey a skewed quantity: the estimates, and their margins of error in the same unit."""
    variation = variation.clip(LEAST_VARIATION, MOST_VARIATION)
    estimate = truth * np.exp(random.normal(0, variation))
    return estimate, STANDARD_ERRORS_90 * variation * estimate


def poverty_fifth(poverty_pct: Floats) -> Integers:
    """Sort places into fifths by poverty: 1 has the lowest rates, 5 the highest.

    Parameters
    ----------
    poverty_pct
        Poverty in percent, one value a place, in the order of the ids (which break ties).

    Examples
    --------
    >>> poverty_fifth(np.array([30.0, 4.0, 12.0, 12.0, 21.0])).tolist()
    [5, 1, 2, 3, 4]
    """
    fifth = np.empty(len(poverty_pct), np.int64)
    order = np.argsort(poverty_pct, kind="stable")
    fifth[order] = np.arange(len(poverty_pct)) * FIFTHS // len(poverty_pct) + 1
    return fifth
