"""A place has the name its people use, or a tract's number as on maps."""

import pandas as pd
import pytest

from playbook.city.tables import City, load_city
from playbook.insights.place_names import place_names


@pytest.fixture
def elsewhere() -> City:
    """Stand in for a city that has no names of its own for its places."""
    city = load_city()
    return City("Elsewhere", "elsewhere", False, city.folder / "none", city.contract, object())


def named(city: City, *ids: str) -> list[str]:
    return place_names(city, pd.Series(ids, dtype="str")).tolist()


def test_the_citys_own_names_come_first() -> None:
    city = load_city()
    places = city["neighborhoods"]
    assert place_names(city, places["neighborhood_id"]).tolist() == places["name"].tolist()


def test_a_tract_is_called_as_on_maps(elsewhere: City) -> None:
    assert named(elsewhere, "29510101100", "29510118401", "29510000202", "29510000000") == [
        "Tract 1011",
        "Tract 1184.01",
        "Tract 2.02",
        "Tract 0",
    ]


def test_the_county_is_named_where_there_are_several(elsewhere: City) -> None:
    assert named(elsewhere, "29510101100", "29189101100") == [
        "Tract 1011, county 510",
        "Tract 1011, county 189",
    ]


def test_the_state_is_named_where_there_are_several(elsewhere: City) -> None:
    assert named(elsewhere, "29001101100", "17001101100") == [
        "Tract 1011, county 29001",
        "Tract 1011, county 17001",
    ]


def test_other_codes_stand_for_themselves_and_missing_stays_missing(elsewhere: City) -> None:
    ids = pd.Series(["Ward 3", None, "29510101100"], index=[7, 8, 9], dtype="str")
    names = place_names(elsewhere, ids)
    assert names.index.tolist() == [7, 8, 9]
    assert names.isna().tolist() == [False, True, False]
    assert names[7] == "Ward 3"
    assert names[9] == "Tract 1011"


def test_repeated_codes_get_the_same_name(elsewhere: City) -> None:
    ids = ["29510101100"] * 3
    assert set(named(elsewhere, *ids)) == {"Tract 1011"}


def test_two_tracts_never_share_a_name(elsewhere: City) -> None:
    codes = [
        f"{state}{county}{tract}"
        for state in ("29", "17")
        for county in ("001", "510")
        for tract in ("101100", "101101", "001011", "010110")
    ]
    assert len(set(named(elsewhere, *codes))) == len(codes)


def test_no_places_no_names(elsewhere: City) -> None:
    assert named(elsewhere) == []
