"""The neighborhoods of one district, by name: the first thing that a learner changes."""

from __future__ import annotations

import pandas as pd

from playbook.city.labels import fold_key, listed
from playbook.city.tables import City, load_city
from playbook.errors import PlaybookError

# More bars than this can't be read.
MOST = 12


def district_places(city: City, district: str) -> tuple[pd.DataFrame, str]:
    """Give the neighborhoods of one district, and a title for their chart.

    Parameters
    ----------
    city
        A city with the table `neighborhoods`.
    district
        Its name. In a city of one's own a district of Port Alder means that city's first district;
        where it has no districts, its largest neighborhoods are given.

    Returns
    -------
    places : pandas.DataFrame
        Rows of the table `neighborhoods`.
    title : str
        Which they are.

    Raises
    ------
    PlaybookError
        When there is no such district.

    Examples
    --------
    >>> places, title = district_places(load_city(), "highland")
    >>> len(places), title
    (8, 'Highland, neighborhood by neighborhood')
    """
    table = city["neighborhoods"]
    if "district" not in table:
        largest = table.nlargest(MOST, "population")
        return largest, f"The {len(largest)} largest places of {city.name}"
    known = {fold_key(str(name)): str(name) for name in table["district"].unique()}
    name = known.get(fold_key(district))
    if name is None and not city.fictional and _in_port_alder(district):
        name = next(iter(known.values()))
    if name is None:
        raise PlaybookError(
            f'{city.name} has no district called "{district}".',
            fix=f"Use one of these: {listed(known.values(), most=12)}.",
        )
    return table[table["district"] == name], f"{name}, neighborhood by neighborhood"


def _in_port_alder(district: str) -> bool:
    return bool(load_city()["neighborhoods"]["district"].eq(district).any())
