"""Loading a city and its tables."""

import json
import shutil

import pandas as pd
import pytest

from playbook.city import tables as module
from playbook.city.contract import load_contract
from playbook.city.tables import City, load_city, own_cities
from playbook.errors import PlaybookError
from playbook.home import data_folder
from playbook.simulate.build import tables as simulated
from playbook.simulate.world import SEED

REQUESTS = (
    "request_id,neighborhood_id,request_type,opened_at,closed_at,channel,duplicate_of\n"
    "7,Roxbury,NA,2011-07-01 01:32,2011-07-02 09:00,,\n"
    "8,Back Bay,Pothole,2011-07-01 02:18,,web,7\n"
)


@pytest.fixture
def own_city(tmp_path, monkeypatch):
    """A city that a learner has brought, with two requests."""
    monkeypatch.setenv("PLAYBOOK_WORK", str(tmp_path))
    folder = tmp_path / "cities" / "river-bend"
    folder.mkdir(parents=True)
    (folder / "city.toml").write_text('name = "River Bend"\nkey = "river-bend"\n', encoding="utf-8")
    (folder / "requests_311.csv").write_text(REQUESTS, encoding="utf-8")
    (folder / "requests_311.json").write_text(json.dumps({"as_of": "2011-08-01"}), encoding="utf-8")
    return folder


@pytest.fixture
def spoiled(tmp_path, monkeypatch):
    """Port Alder in a folder that a test may spoil: call it with table, old text, new text."""
    folder = tmp_path / "data"
    shutil.copytree(data_folder(), folder)
    monkeypatch.setattr(module, "data_folder", lambda: folder)

    def spoil(table, old, new):
        path = folder / f"{table}.csv"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")
        return load_city()

    return spoil


def test_port_alder_is_fictional_and_has_its_tables():
    city = load_city()
    assert (city.name, city.key, city.fictional) == ("Port Alder", "port-alder", True)
    assert city.folder == data_folder()
    assert city.tables == tuple(load_contract(data_folder()))
    assert {"neighborhoods", "requests_311", "life_table"} <= set(city.tables)
    assert "acs_profile" in city
    assert "weather" not in city


@pytest.fixture(scope="module")
def made():
    return simulated(SEED)


@pytest.mark.parametrize("name", load_city().tables)
def test_a_loaded_table_is_the_simulated_one_types_and_all(made, name):
    pd.testing.assert_frame_equal(load_city()[name], made[name])


def test_a_table_is_a_fresh_copy_each_time():
    city = load_city()
    first = city["neighborhoods"]
    first["population"] = 0
    first.loc[0, "name"] = "Elsewhere"
    assert city["neighborhoods"]["population"].min() > 0
    assert city["neighborhoods"]["name"].iloc[0] == "Lantern Row"


def test_the_day_of_the_extract():
    assert load_city().as_of("requests_311") == pd.Timestamp("2026-01-15")
    with pytest.raises(PlaybookError, match="on which day the table neighborhoods"):
        load_city().as_of("neighborhoods")


def test_the_city_prints_as_a_sentence_without_a_path():
    text = repr(load_city())
    assert text.startswith("Port Alder, a fictional city. Tables: neighborhoods, ")
    assert str(data_folder()) not in text


def test_two_loads_are_equal_until_a_file_changes(own_city):
    first = load_city("river-bend")
    assert first == load_city("river-bend")
    assert hash(first) == hash(load_city("river-bend"))
    assert first != load_city()
    (own_city / "requests_311.csv").write_text(REQUESTS + REQUESTS[-40:], encoding="utf-8")
    assert first != load_city("river-bend")


def test_a_changed_file_is_read_again(own_city):
    city = load_city("river-bend")
    assert len(city["requests_311"]) == 2
    (own_city / "requests_311.csv").write_text(
        REQUESTS + "9,Fenway,Graffiti,2011-07-03 08:00,,app,\n", encoding="utf-8"
    )
    assert len(city["requests_311"]) == 3


def test_tables_in_memory_stand_in_place_of_files():
    city = load_city()
    few = city["requests_311"].head(3)
    other = city.with_tables({"requests_311": few})
    assert len(other["requests_311"]) == 3
    assert len(other["neighborhoods"]) == 64
    assert other.as_of("requests_311") == city.as_of("requests_311")
    assert len({city, other, city.with_tables({"requests_311": few})}) == 3
    handed_out = other["requests_311"]
    handed_out["channel"] = "pigeon"
    assert "pigeon" not in set(other["requests_311"]["channel"])


def test_an_own_city_is_real_and_keeps_its_own_day_and_labels(own_city):
    city = load_city("river-bend")
    assert (city.name, city.fictional, city.folder) == ("River Bend", False, own_city)
    assert city.tables == ("requests_311",)
    assert city.as_of("requests_311") == pd.Timestamp("2011-08-01")
    requests = city["requests_311"]
    assert requests["neighborhood_id"].tolist() == ["Roxbury", "Back Bay"]
    assert requests["request_id"].tolist() == ["7", "8"]
    # A text that reads NA is a text, an empty cell is missing.
    assert requests["request_type"].tolist() == ["NA", "Pothole"]
    assert requests["closed_at"].isna().tolist() == [False, True]
    assert requests["duplicate_of"].isna().tolist() == [True, False]


def test_a_file_saved_by_a_spreadsheet_with_a_byte_order_mark_loads(own_city):
    (own_city / "requests_311.csv").write_text(REQUESTS, encoding="utf-8-sig")
    assert load_city("river-bend")["requests_311"].columns[0] == "request_id"


def test_a_table_that_is_not_there_names_the_file_that_would_bring_it(own_city):
    with pytest.raises(PlaybookError) as caught:
        load_city("river-bend")["acs_profile"]
    assert "River Bend" in caught.value.what
    assert "American Community Survey" in caught.value.fix
    assert "Port Alder" in caught.value.fix


def test_a_table_that_nobody_knows_lists_those_that_exist():
    with pytest.raises(PlaybookError) as caught:
        load_city()["weather"]
    assert '"weather"' in caught.value.what
    assert "requests_311" in caught.value.fix


def test_an_own_city_without_a_day_says_so(own_city):
    (own_city / "requests_311.json").unlink()
    with pytest.raises(PlaybookError, match="on which day"):
        load_city("river-bend").as_of("requests_311")


@pytest.mark.parametrize("key", ["boston", "../data", "", "Port Alder"])
def test_an_unknown_city_lists_the_cities_there_are(own_city, key):
    with pytest.raises(PlaybookError) as caught:
        load_city(key)
    assert f'"{key}"' in caught.value.what
    assert "port-alder, river-bend" in caught.value.fix


def test_cities_are_listed_only_when_they_have_a_name(own_city):
    (own_city.parent / "half-done").mkdir()
    assert own_cities() == ("river-bend",)


def test_a_city_note_without_a_name_says_what_to_write(own_city):
    (own_city / "city.toml").write_text('key = "river-bend"\n', encoding="utf-8")
    with pytest.raises(PlaybookError, match="what the city is called"):
        load_city("river-bend")


@pytest.mark.parametrize(
    ("table", "old", "new", "words"),
    [
        ("neighborhoods", ",holc_grade,", ",grade,", "can't find the column holc_grade"),
        ("neighborhoods", "N01,", ",", "neighborhood_id has an empty cell in row 2"),
        ("acs_profile", "2019,N02,", "2019.5,N02,", 'year has "2019.5" in row 3, where a whole'),
        ("acs_profile", "2019,N02,", ",N02,", "year has an empty cell in row 3"),
        ("requests_311", "2025-01-01", "1/1/25", "opened_at has .* a date like 2025-03-31 14:05"),
    ],
)
def test_a_table_that_breaks_its_contract_is_told_by_column_and_row(
    spoiled, table, old, new, words
):
    city = spoiled(table, old, new)
    with pytest.raises(PlaybookError, match=words) as caught:
        city[table]
    assert caught.value.where == f"{table}.csv"
    assert "playbook city build" in caught.value.fix


def test_one_bad_table_leaves_the_others_alone(spoiled):
    city = spoiled("neighborhoods", "N01,", ",")
    assert len(city["acs_profile"]) == 128


def test_a_file_that_is_no_table_says_so(own_city):
    (own_city / "requests_311.csv").write_bytes(b"caf\xe9,\xff\xfe\x00")
    with pytest.raises(PlaybookError, match="can't be read as a table") as caught:
        load_city("river-bend")["requests_311"]
    assert "playbook city add" in caught.value.fix


def test_a_city_is_never_changed_in_place():
    with pytest.raises(AttributeError):
        City.__setattr__(load_city(), "name", "Elsewhere")
