"""Census codes: read as text, mended only where nothing else is possible."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.city.contract import load_contract
from playbook.city.sources.areas import (
    NOT_THE_CITYS,
    OTHER_COUNTY,
    OTHER_LEVEL,
    WHOLE_COUNTRY,
    known_county,
    read_areas,
    the_kind,
    to_ids,
    why_left_out,
)
from playbook.city.state_codes import DIGITS, LETTERS, NAMES, state_digits
from playbook.city.tables import City
from playbook.errors import PlaybookError
from playbook.home import data_folder

EMPTY = City("Elsewhere", "elsewhere", False, Path("nowhere"), load_contract(data_folder()), 0)


def areas(*ids, states=None):
    index = pd.RangeIndex(len(ids))
    parts = pd.DataFrame("", index=index, columns=["state", "county", "tract"])
    letters = pd.Series(states if states else [""] * len(ids), index=index)
    return read_areas(pd.Series(ids, index=index), parts, letters)


@pytest.mark.parametrize(
    ("written", "code", "kind"),
    [
        ("1400000US29510101100", "29510101100", "tract"),
        ("29510101100", "29510101100", "tract"),
        ("'29510101100", "29510101100", "tract"),
        ("29510101100.0", "29510101100", "tract"),
        ("0500000US29510", "29510", "county"),
        ("1600000US2965000", "2965000", "place"),
        ("0400000US29", "29", "state"),
        ("0100000US", "", "country"),
        ("1500000US295101011001", "295101011001", "block group"),
        ("2.951E+10", "", ""),
        ("1400000US29510", "", ""),
        ("99510101100", "", ""),
        ("Geography", "", ""),
        ("", "", ""),
    ],
)
def test_each_way_to_write_a_code_is_read(written, code, kind):
    found = areas(written)
    assert (found.codes[0], found.kinds[0]) == (code, kind)
    assert not found.mended[0]


@pytest.mark.parametrize(
    ("written", "state", "code"),
    [("1057", "AL", "01057"), ("1001020100", "AL", "01001020100"), ("600562", "CA", "0600562")],
)
def test_a_lost_zero_is_put_back_and_marked(written, state, code):
    found = areas(written, states=[state])
    assert found.codes[0] == code
    assert found.mended[0]


@pytest.mark.parametrize(("written", "state"), [("2057", "AL"), ("3057", ""), ("1057", "MO")])
def test_a_zero_that_contradicts_the_state_is_not_put_back(written, state):
    assert areas(written, states=[state]).codes[0] == ""


def test_the_row_of_the_whole_country_is_no_county():
    assert areas("59", states=["US"]).kinds[0] == "country"


def test_a_code_is_put_together_from_its_parts():
    parts = pd.DataFrame({"state": ["1", "29"], "county": ["1", "510"], "tract": ["20100", "x"]})
    blank = pd.Series(["", ""])
    assert read_areas(blank, parts, blank).codes.tolist() == ["01001020100", ""]


@given(st.lists(st.text(max_size=14), max_size=4), st.sampled_from(["", "US", "AL", "XX"]))
def test_any_text_gives_a_sound_code_or_none(texts, state):
    found = areas(*texts, states=[state] * len(texts))
    for code in found.codes:
        assert code == "" or (code.isascii() and code.isdigit() and code[:2] in LETTERS)


def test_of_several_kinds_the_one_nearest_to_a_neighborhood_is_kept():
    found = areas("0500000US29510", "1400000US29510101100", "0100000US")
    kind = the_kind(found, "x.csv")
    assert kind == "tract"
    assert why_left_out(found, kind, EMPTY, "").tolist() == [OTHER_LEVEL, "", WHOLE_COUNTRY]


def test_a_file_of_states_is_refused():
    with pytest.raises(PlaybookError, match=r"No row of x\.csv is about a census tract"):
        the_kind(areas("29", "17"), "x.csv")


def test_one_county_is_kept_and_a_county_that_is_not_there_lists_those_that_are():
    found = areas("29510101100", "29189101100")
    county = known_county("510", found, "tract", "x.csv")
    assert why_left_out(found, "tract", EMPTY, county).tolist() == ["", OTHER_COUNTY]
    with pytest.raises(PlaybookError, match=r"189 \(1 tract\) and 510 \(1 tract\)"):
        known_county("999", found, "tract", "x.csv")


def test_a_county_number_in_two_states_asks_for_the_state():
    with pytest.raises(PlaybookError, match="several states"):
        known_county("510", areas("29510101100", "24510101100"), "tract", "x.csv")


def test_places_that_are_not_the_city_s_are_left_out_and_the_others_get_its_ids():
    places = pd.DataFrame({"neighborhood_id": ["N1"], "tract_geoid": ["29510101100"]})
    city = EMPTY.with_tables({"neighborhoods": places})
    found = areas("29510101100", "29510101200")
    assert why_left_out(found, "tract", city, "").tolist() == ["", NOT_THE_CITYS]
    assert to_ids(found.codes, city).tolist() == ["N1", "29510101200"]


def test_states_have_one_code_one_name_and_two_letters_each():
    assert len(LETTERS) == len(DIGITS) == len(set(NAMES.values())) == 52
    assert all(len(letters) == 2 and letters.isupper() for letters in DIGITS)
    assert state_digits("district of columbia") == state_digits("DC") == "11"
