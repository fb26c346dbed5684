"""Tables that programs give out as JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.city.json_files import json_records
from playbook.city.text_files import read_table
from playbook.errors import PlaybookError

CELLS = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=12)


def test_the_census_apis_lists_become_a_table_with_numbers_as_written():
    content = b'[["NAME","B19013_001E","state"],\n["A","-666666666","01"],["B",52000.50,"02"]]'
    table = read_table(content, "acs.json", len)
    assert table.header == ("NAME", "B19013_001E", "state")
    assert table.rows == [["A", "-666666666", "01"], ["B", "52000.50", "02"]]
    assert table.row_numbers == [2, 3]


def test_records_need_not_have_every_name_and_inner_objects_stay_text():
    content = json.dumps([{"a": 1}, {"b": {"lat": 42.1}, "a": None}]).encode()
    records, _ = json_records(content, "x.json")
    assert records == [["a", "b"], ["1", ""], ["", '{"lat": "42.1"}']]


def test_the_one_list_of_an_object_is_read_and_the_rest_is_told():
    content = b'{"year": 2024, "county_rows": [{"NAME": "A", "E": "5"}]}'
    records, findings = json_records(content, "x.json")
    assert records == [["NAME", "E"], ["A", "5"]]
    assert 'No part of the table: "year".' in findings[0].what


@given(rows=st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=5))
def test_lists_of_texts_come_back_as_they_are(rows):
    assert json_records(json.dumps(rows).encode(), "x.json")[0] == rows


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'[["a"], ["b"', "cut off"),
        (b"[" * 100_000, "cut off"),
        (b"[]", "no table in it"),
        (b'["a", ["b"]]', "no table in it"),
        (b'{"a": 1}', "found none"),
        (b'{"a": [[1]], "b": [[2]]}', 'found "a" and "b"'),
        (b'{"type": "FeatureCollection", "features": []}', "found none"),
    ],
)
def test_what_holds_no_table_is_told(content, words):
    with pytest.raises(PlaybookError, match=words) as caught:
        json_records(content, "x.json")
    assert "CSV" in caught.value.fix
