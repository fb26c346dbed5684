"""The first word that a learner changes: it works on any city, and says what to type."""

from __future__ import annotations

from dataclasses import replace

import pytest

from playbook.city.tables import City, load_city
from playbook.errors import PlaybookError
from playbook.insights.district_places import MOST, district_places

PORT_ALDER = load_city()


def own(*, districts: bool) -> City:
    rows = PORT_ALDER["neighborhoods"]
    rows["district"] = rows["district"].map(lambda name: f"Ward {len(name)}")
    rows = rows if districts else rows.drop(columns="district")
    city = PORT_ALDER.with_tables({"neighborhoods": rows})
    return replace(city, name="Elsewhere", key="elsewhere", fictional=False)


def test_the_word_is_followed_in_any_case() -> None:
    places, title = district_places(PORT_ALDER, " highland ")
    assert set(places["district"]) == {"Highland"}
    assert title.startswith("Highland,")


def test_a_word_that_is_no_district_is_told_with_those_there_are() -> None:
    with pytest.raises(PlaybookError, match="no district called") as told:
        district_places(PORT_ALDER, "Nowhere")
    assert "Mill Flats" in str(told.value)
    with pytest.raises(PlaybookError, match="Elsewhere has no district"):
        district_places(own(districts=True), "Nowhere")


def test_the_lessons_own_word_shows_a_citys_first_district() -> None:
    places, title = district_places(own(districts=True), "Eastbank")
    assert title == "Ward 8, neighborhood by neighborhood"
    assert set(places["district"]) == {"Ward 8"}
    assert set(district_places(own(districts=True), "ward 9")[0]["district"]) == {"Ward 9"}


def test_without_districts_the_largest_places_are_shown() -> None:
    places, title = district_places(own(districts=False), "Eastbank")
    assert len(places) == MOST
    assert places["population"].is_monotonic_decreasing
    assert title == "The 12 largest places of Elsewhere"
