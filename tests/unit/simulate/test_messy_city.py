"""The messy city: the same bytes each time, its own names, and the oddities of real files."""

from __future__ import annotations

import re

import pytest

from playbook.city.tables import load_city
from playbook.simulate.messy_city import SEED, messy_files, messy_tables
from playbook.simulate.messy_exports import YEAR_WITHOUT_VISITS
from playbook.simulate.messy_layouts import ABSENT_LIVES
from playbook.simulate.messy_names import COUNTY, NEIGHBORHOODS


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return {
        file.name: file.content.decode("utf-16" if file.content[:2] == b"\xff\xfe" else "cp1252")
        for file in messy_files()
    }


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(texts: dict[str, str]) -> None:
    assert [file.content for file in messy_files()] == [file.content for file in messy_files(SEED)]
    other = {file.name: file.content for file in messy_files(7)}
    assert list(other) == list(texts)
    assert other["MO_A.CSV"] != texts["MO_A.CSV"].encode()


def test_it_is_small_and_no_place_of_it_is_in_port_alder() -> None:
    places, known = messy_tables()["neighborhoods"], load_city()["neighborhoods"]
    assert len(places) == len(NEIGHBORHOODS) == 23
    assert places["neighborhood_id"].str.startswith(COUNTY).all()
    for column in ("name", "district"):
        assert not set(places[column]) & set(known[column])


def test_no_file_names_port_alder(texts: dict[str, str]) -> None:
    known = load_city()["neighborhoods"]
    names = "|".join(map(re.escape, {"Port Alder", *known["name"], *known["district"]}))
    found = {
        name: match[0]
        for name, text in texts.items()
        if (match := re.search(rf"\b(?:{names})\b(?! parking)", text))
    }
    assert found == {}


def test_it_has_the_oddities_of_real_files(texts: dict[str, str]) -> None:
    assert "<11" in texts["hospital-visits.csv"]
    assert "<11" in texts["births.csv"]
    assert f"\n{YEAR_WITHOUT_VISITS}," not in texts["hospital-visits.csv"]
    assert texts["MO_A.CSV"].count("\n29999") == len(NEIGHBORHOODS) - len(ABSENT_LIVES)
    assert ",-,**" in texts["ACSST5Y2024.S1701-Data.csv"]
    assert "OPEN" in texts["service-tickets.csv"]
    assert " AM," in texts["service-tickets.csv"]
    assert ";" in texts["tracts-and-wards.csv"].splitlines()[0]
    assert texts["people-by-age.csv"].startswith("Residents by age")
    assert "African American" in texts["births.csv"]
    assert not any("segment" in text.splitlines()[0].lower() for text in texts.values())


def test_what_a_file_calls_otherwise_is_said_for_each_column() -> None:
    for file in messy_files():
        encoding = "utf-16" if file.content[:2] == b"\xff\xfe" else "utf-8-sig"
        text = file.content.decode(encoding)
        for theirs in (*file.columns.values(), *file.leave_out):
            assert theirs in text, (file.name, theirs)
        for column, labels in file.labels.items():
            assert column in file.columns
            assert any(label in text for label in labels), (file.name, column)
