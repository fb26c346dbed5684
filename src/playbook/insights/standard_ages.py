"""The same two districts at the ages of one standard population, and of another."""

from __future__ import annotations

import math

import pandas as pd

from playbook.city.tables import City
from playbook.estimate import Estimate, format_number
from playbook.insights.ages_compared import compared_districts
from playbook.insights.district_deaths import (
    UNIT,
    adjusted_rate,
    adjusted_with,
    ages_of,
    crude_rate,
    district_rates,
)
from playbook.measures.rates import ratio

UNITED_STATES, WHOLE_CITY = "the United States in 2000", "the whole city"
TOO_FEW = "too few to tell"
UNKNOWN = Estimate(math.nan, math.nan, math.nan, unit=UNIT)


def standard_choices(city: City) -> list[str]:
    """Name the populations whose ages can serve as the standard.

    Parameters
    ----------
    city
        A city with the tables `deaths`, `population_age`, `neighborhoods` and `acs_profile`.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> standard_choices(load_city())
    ['the United States in 2000', 'the whole city', 'Eastbank', 'Highland']
    """
    return [UNITED_STATES, WHOLE_CITY, *compared_districts(city)]


def rates_with_ages(city: City, standard: str) -> pd.DataFrame:
    """Compare the two districts, and the list of all districts, at the ages of a standard.

    Parameters
    ----------
    city
        A city with the tables `deaths`, `population_age`, `neighborhoods` and `acs_profile`.
    standard
        One of `standard_choices`.

    Returns
    -------
    pandas.DataFrame
        Four rows of text, ``measure`` and ``value``: the rates of the two districts, per 100,000
        a year, their ratio, and the place of the first one on the list of all districts.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> rates_with_ages(load_city(), "the whole city")
                measure   value
    0          Eastbank   1,383
    1          Highland     701
    2     Times as high     2.0
    3  Eastbank's place  1 of 8
    """
    first, second = compared_districts(city)
    names = district_rates(city)["district"].tolist()
    found = {name: _adjusted(city, name, standard) for name in names}
    values = pd.Series({name: one.value for name, one in found.items()})
    place = values.rank(ascending=False, method="min")[first]
    rows = [(name, _text(values[name], 0)) for name in (first, second)]
    rows += [
        ("Times as high", _text(ratio(found[first], found[second]).value, 1)),
        (f"{first}'s place", TOO_FEW if math.isnan(place) else f"{place:.0f} of {len(names)}"),
    ]
    return pd.DataFrame(rows, columns=["measure", "value"])


def gap_at_same_ages(city: City) -> Estimate:
    """Ratio of the two districts' rates at the ages of the United States in 2000."""
    first, second = compared_districts(city)
    return ratio(adjusted_rate(city, first), adjusted_rate(city, second))


def gap_as_counted(city: City) -> Estimate:
    """Ratio of the two districts' crude rates."""
    first, second = compared_districts(city)
    return ratio(crude_rate(city, first), crude_rate(city, second))


def _adjusted(city: City, district: str, standard: str) -> Estimate:
    if standard == UNITED_STATES:
        return adjusted_rate(city, district)
    people = ages_of(city, "" if standard == WHOLE_CITY else standard)
    # A standard without people of some age can't say what happens at that age.
    return adjusted_with(city, district, people) if (people > 0).all() else UNKNOWN


def _text(value: float, decimals: int) -> str:
    return TOO_FEW if math.isnan(value) else format_number(value, decimals)
