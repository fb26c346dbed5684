"""What a place is called: the city's own names, else the number of its census tract."""

from __future__ import annotations

import pandas as pd

from playbook.city.tables import City

_TRACT = r"[0-9]{11}"


def place_names(city: City, ids: pd.Series) -> pd.Series:
    """Give each place the name that a reader knows it by.

    Parameters
    ----------
    city
        With the table `neighborhoods`, its own names are used.
    ids
        Codes of places. Eleven digits are a census tract: state, county, tract.

    Returns
    -------
    pandas.Series
        Names, with the index of `ids`. Without a name of its own a tract is called "Tract 1011" or
        "Tract 1184.01", as on maps; the county's code is added where there are several counties,
        and the state's two digits before it where there are several states. Any other code stands
        for itself. Missing stays missing.

    Examples
    --------
    >>> from playbook.city.tables import load_city
    >>> place_names(load_city(), pd.Series(["N01", "29510101100", "29510118401", "29189210100"]))
    0                 Lantern Row
    1       Tract 1011, county 510
    2    Tract 1184.01, county 510
    3       Tract 2101, county 189
    dtype: str
    """
    codes = ids.astype("str")
    tracts = codes[codes.str.fullmatch(_TRACT).fillna(False)]
    names = codes.mask(codes.isin(tracts), _tract_names(tracts).reindex(codes.index))
    if "neighborhoods" in city:
        own = city["neighborhoods"].set_index("neighborhood_id")["name"]
        names = codes.map(own).where(codes.isin(own.index), names)
    return names.where(ids.notna()).astype("str")


def _tract_names(codes: pd.Series) -> pd.Series:
    """Name tracts by their number, and by as much of the county's code as tells them apart."""
    whole = codes.str[5:9].str.lstrip("0").mask(lambda number: number.eq(""), "0")
    part = codes.str[9:].map(lambda digits: "" if digits == "00" else f".{digits}")
    names = "Tract " + whole + part
    if codes.str[:2].nunique() > 1:
        return names + ", county " + codes.str[:5]
    if codes.str[2:5].nunique() > 1:
        return names + ", county " + codes.str[2:5]
    return names
