"""How long residents live: `life_expectancy` and `life_table`, made from people and deaths."""

from __future__ import annotations

import pandas as pd

from playbook.measures.lifetable import AGE_GROUPS
from playbook.measures.lifetable import life_table as abridged
from playbook.simulate.health import YEARS

OPEN_GROUP = AGE_GROUPS[-1]

# Digits as in the file of the National Center for Health Statistics. Only the standard errors of
# probabilities have six instead of four: else those of the years could not be worked out again.
DIGITS = {
    "probability_of_dying": 6,
    "survivors": 0,
    "deaths": 0,
    "person_years": 0,
    "person_years_above": 0,
    "life_expectancy": 1,
    "probability_se": 6,
    "life_expectancy_se": 4,
}


def life_tables(
    population: pd.DataFrame, deaths: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Make `life_expectancy` and `life_table` from the deaths of all years together.

    Parameters
    ----------
    population
        The table `population_age`: people of an average year.
    deaths
        The table `deaths`.

    Returns
    -------
    tuple of pandas.DataFrame
        `life_expectancy` with one row a place, and `life_table` with one row a place and age group.
        Columns as the contract describes them. The first is the row "Under 1" of the second.

    Notes
    -----
    Where nobody died in the open age group, no table could end. Such a place borrows the city's
    death rate there, counted as the deaths to be expected (at least one), and is marked "mixed".

    Examples
    --------
    >>> from playbook.simulate.health import deaths, population_age
    >>> from playbook.simulate.world import make_world
    >>> world = make_world(7)
    >>> people = population_age(world, 7)
    >>> expectancy, table = life_tables(people, deaths(world, people, 7))
    >>> len(expectancy), len(table), expectancy["table_kind"].unique().tolist()
    (64, 704, ['observed'])
    """
    place_and_age = ["neighborhood_id", "age_group"]
    died = deaths.groupby(place_and_age)["deaths"].sum().unstack()[list(AGE_GROUPS)]
    lived = population.set_index(place_and_age)["population"].unstack()[list(AGE_GROUPS)]
    lived = len(YEARS) * lived.astype("float64")
    borrows = died[OPEN_GROUP] == 0
    if borrows.any():
        rate = died[OPEN_GROUP].sum() / lived[OPEN_GROUP].sum()
        expected = (rate * lived.loc[borrows, OPEN_GROUP]).round().clip(lower=1)
        died.loc[borrows, OPEN_GROUP] = expected.astype("int64")
        lived.loc[borrows, OPEN_GROUP] = expected / rate
    tables = pd.concat(
        [_one_place(place, died.loc[place], lived.loc[place]) for place in died.index]
    )
    at_birth = tables[tables["age_group"] == AGE_GROUPS[0]].set_index("neighborhood_id")
    expectancy = pd.DataFrame(
        {
            "neighborhood_id": at_birth.index,
            "life_expectancy": at_birth["life_expectancy"].to_numpy(),
            "standard_error": at_birth["life_expectancy_se"].to_numpy(),
            "table_kind": borrows.map({True: "mixed", False: "observed"}).to_numpy(),
        }
    )
    return expectancy, tables.reset_index(drop=True)


def _one_place(place: str, died: pd.Series, lived: pd.Series) -> pd.DataFrame:
    """Make the life table of one place, rounded as it is printed."""
    table = abridged(died.to_numpy(), lived.to_numpy()).round(DIGITS)
    counts = [name for name, digits in DIGITS.items() if digits == 0]
    table[counts] = table[counts].astype("int64")
    table.insert(0, "neighborhood_id", place)
    table.insert(1, "age_group", AGE_GROUPS)
    return table[["neighborhood_id", "age_group", *DIGITS]]
