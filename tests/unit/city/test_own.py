"""A city of one's own: made, filled, checked and chosen, and nothing lost on the way."""

from __future__ import annotations

import hashlib
import json
import tomllib
from pathlib import Path

import pandas as pd
import pytest

from playbook.city.own import choose_city, chosen_city, city_key, new_city
from playbook.city.sources.service_requests import read_service_requests
from playbook.city.store import add_file, check_city
from playbook.city.tables import load_city
from playbook.errors import PlaybookError

EXPORT = Path(__file__).parent / "sources" / "fixtures" / "requests_2011_layout.csv"


@pytest.fixture(autouse=True)
def work(tmp_path, monkeypatch):
    monkeypatch.setenv("PLAYBOOK_WORK", str(tmp_path / "my-work"))
    monkeypatch.delenv("PLAYBOOK_CITY", raising=False)
    return tmp_path / "my-work"


@pytest.mark.parametrize(
    ("name", "key"),
    [("boston", "boston"), ("  St. Paul, MN ", "st-paul-mn"), ("Cañon City", "canon-city")],
)
def test_a_city_gets_a_folder_that_every_computer_can_make(name, key):
    assert city_key(name) == key


@pytest.mark.parametrize("name", ["", "  ", "../..", "東京"])
def test_a_name_without_letters_is_refused(name):
    with pytest.raises(PlaybookError, match="folder name"):
        new_city(name)


def test_port_alder_can_be_neither_made_nor_filled():
    with pytest.raises(PlaybookError, match="teaching city"):
        new_city("Port Alder")
    with pytest.raises(PlaybookError, match="teaching city"):
        add_file(EXPORT, "port-alder")


def test_a_new_city_is_made_and_chosen(work):
    folder = new_city("new bedford")
    assert folder == work / "cities" / "new-bedford"
    note = tomllib.loads((folder / "city.toml").read_text(encoding="utf-8"))
    assert note == {"name": "New Bedford", "key": "new-bedford", "areas": "tracts"}
    assert chosen_city() == "new-bedford"
    assert load_city("new-bedford").name == "New Bedford"


def test_a_city_typed_in_small_letters_gets_its_capitals():
    for typed in ("st. louis", "winston-salem", "McAllen"):
        new_city(typed)
    names = [load_city(key).name for key in ("st-louis", "winston-salem", "mcallen")]
    assert names == ["St. Louis", "Winston-Salem", "McAllen"]


def test_a_city_that_is_there_is_kept_as_it_is():
    folder = new_city('The "Old" City')
    (folder / "requests_311.csv").write_text("kept", encoding="utf-8")
    before = (folder / "city.toml").read_bytes()
    assert new_city("the old city") == folder
    assert (folder / "city.toml").read_bytes() == before
    assert (folder / "requests_311.csv").read_text(encoding="utf-8") == "kept"


def test_what_is_stored_is_what_was_read():
    folder = new_city("Boston")
    report = add_file(EXPORT, "boston")
    expected, _ = read_service_requests(EXPORT)
    city = load_city("boston")
    pd.testing.assert_frame_equal(city["requests_311"], expected)
    assert city.as_of("requests_311") == pd.Timestamp("2011-07-10 09:30")
    note = json.loads((folder / "requests_311.json").read_text(encoding="utf-8"))
    assert note["source_file"] == EXPORT.name
    assert note["sha256"] == hashlib.sha256(EXPORT.read_bytes()).hexdigest()
    assert note["report"] == report.to_dict()
    assert str(EXPORT.parent) not in json.dumps(note)


def test_no_cell_of_the_store_is_run_by_a_spreadsheet():
    folder = new_city("Boston")
    add_file(EXPORT, "boston")
    stored = pd.read_csv(folder / "requests_311.csv", dtype="str", keep_default_na=False)
    assert "'=2+3" in set(stored["request_type"])
    assert not stored.stack().str.startswith(("=", "+", "-", "@")).any()


def test_adding_again_keeps_a_copy_of_what_it_replaces(tmp_path):
    folder = new_city("Boston")
    add_file(EXPORT, "boston")
    first = (folder / "requests_311.csv").read_bytes()
    add_file(EXPORT, "boston")
    assert not (folder / "older").exists()
    other = tmp_path / "august.csv"
    other.write_text("opened,closed,type,neighborhood\n2011-08-01,,Noise,A\n", encoding="utf-8")
    add_file(other, "boston")
    copies = [path.read_bytes() for path in (folder / "older").glob("requests_311*.csv")]
    assert copies == [first]
    assert len(load_city("boston")["requests_311"]) == 1


def test_a_file_that_is_refused_leaves_the_store_untouched(tmp_path):
    folder = new_city("Boston")
    add_file(EXPORT, "boston")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    people = tmp_path / "people.csv"
    people.write_text("opened,closed,type,neighborhood,ssn\n2011-08-01,,x,A,1\n", encoding="utf-8")
    with pytest.raises(PlaybookError, match="Nothing was saved"):
        add_file(people, "boston")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_the_citys_own_name_as_a_neighborhood_is_told(tmp_path):
    new_city("Boston")
    export = tmp_path / "x.csv"
    rows = "2011-08-01,,Noise,boston\n2011-08-02,,Noise,Kiln\n"
    export.write_text(f"opened,closed,type,neighborhood\n{rows}", encoding="utf-8")
    report = add_file(export, "boston")
    assert any("name Boston itself" in f.what and f.count == 1 for f in report.findings)


def test_the_check_of_a_stored_city():
    folder = new_city("Boston")
    assert "no table yet" in check_city("boston").findings[0].what
    add_file(EXPORT, "boston")
    report = check_city("boston")
    assert (report.level, report.rows_read) == ("fine", 7)
    path = folder / "requests_311.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("2011-07-01 08:00", "7/1/2011"), encoding="utf-8"
    )
    broken = check_city("boston")
    assert broken.level == "stop"
    assert broken.findings[0].what.startswith("requests_311: 1 of 7 rows")
    path.write_bytes(b"")
    assert "can't be read" in check_city("boston").findings[0].what


def test_the_choice_of_a_city(work, monkeypatch):
    assert chosen_city() == "port-alder"
    new_city("Boston")
    new_city("Quincy")
    choose_city("boston")
    assert chosen_city() == "boston"
    monkeypatch.setenv("PLAYBOOK_CITY", "quincy")
    assert chosen_city() == "quincy"
    monkeypatch.setenv("PLAYBOOK_CITY", "port-alder")
    assert chosen_city() == "port-alder"
    choose_city("port-alder")
    monkeypatch.delenv("PLAYBOOK_CITY")
    assert chosen_city() == "port-alder"


def test_a_city_that_does_not_exist_is_told_with_those_that_do(work, monkeypatch):
    new_city("Boston")
    for attempt in (choose_city, lambda key: add_file(EXPORT, key)):
        with pytest.raises(PlaybookError, match=r'called "bostn".*I know port-alder and boston'):
            attempt("bostn")
    (work / "city.txt").write_text("gone\n", encoding="utf-8")
    with pytest.raises(PlaybookError, match='called "gone"'):
        chosen_city()
    monkeypatch.setenv("PLAYBOOK_CITY", "../boston")
    with pytest.raises(PlaybookError, match="There is no city"):
        chosen_city()
