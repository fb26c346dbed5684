"""The build: same bytes everywhere, one stream a table, as the contract says."""

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from playbook.city.contract import load_contract
from playbook.home import data_folder
from playbook.simulate import world
from playbook.simulate.build import as_csv, build, tables
from playbook.simulate.world import SEED

NAMES = (
    "neighborhoods",
    "acs_profile",
    "requests_311",
    "requests_311_raw",
    "population_age",
    "deaths",
    "life_expectancy",
    "life_table",
    "avoidable_hospital",
    "capacity_responses",
)
LIVES = {"life_expectancy", "life_table"}


@pytest.fixture(scope="module")
def made():
    return tables(SEED)


@pytest.fixture(scope="module")
def shipped(made):
    return {name: as_csv(table) for name, table in made.items()}


def test_the_committed_files_are_built_byte_for_byte(tmp_path):
    paths = build(tmp_path)
    assert [path.name for path in paths] == [f"{name}.csv" for name in NAMES]
    for path in paths:
        assert path.read_bytes() == (data_folder() / path.name).read_bytes(), path.name


def test_the_bytes_do_not_depend_on_hash_order_or_time_zone(tmp_path, shipped):
    code = "import sys, pathlib; from playbook.simulate.build import build; "
    code += "build(pathlib.Path(sys.argv[1]))"
    source = str(Path(world.__file__).parents[2])
    setting = {"PYTHONHASHSEED": "4711", "TZ": "Asia/Tokyo", "PYTHONPATH": source}
    subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], check=True, env={**os.environ, **setting}
    )
    for name, text in shipped.items():
        assert (tmp_path / f"{name}.csv").read_bytes() == text.encode(), name


def test_files_have_unix_line_ends_and_no_blank_last_line(shipped):
    for text in shipped.values():
        assert "\r" not in text
        assert text.endswith("\n")
        assert not text.endswith("\n\n")


@pytest.mark.parametrize("name", NAMES)
def test_columns_types_and_values_are_those_of_the_contract(made, name):
    contract = load_contract(data_folder())[name]
    table = made[name]
    assert tuple(table.columns) == contract.names
    assert {column: str(kind) for column, kind in table.dtypes.items()} == {
        field.name: field.dtype for field in contract.fields
    }
    for field in contract.fields:
        if field.categories:
            assert set(table[field.name]) == set(field.categories)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ("neighborhoods", {"neighborhoods"}),
        ("acs_profile", {"acs_profile"}),
        # The raw export is cut from the clean table, so it changes with it, never the other way.
        ("requests_311", {"requests_311", "requests_311_raw"}),
        ("requests_311_raw", {"requests_311_raw"}),
        # People die where they live, and life tables are made of people and deaths.
        ("population_age", {"population_age", "deaths", *LIVES}),
        ("deaths", {"deaths", *LIVES}),
        ("avoidable_hospital", {"avoidable_hospital"}),
        ("capacity_responses", {"capacity_responses"}),
        # The team answers about itself, not about the places.
        ("world", set(NAMES) - {"capacity_responses"}),
    ],
)
def test_another_stream_for_one_table_changes_no_other(monkeypatch, shipped, changed, expected):
    monkeypatch.setitem(world.STREAMS, changed, 987_654)
    again = tables(SEED)
    different = {name for name in NAMES if as_csv(again[name]) != shipped[name]}
    assert different == expected


def test_another_seed_makes_another_city_of_the_same_shape(shipped):
    other = tables(SEED + 1)
    assert {name for name in NAMES if as_csv(other[name]) != shipped[name]} == set(NAMES)
    assert len(other["neighborhoods"]) == 64
    assert len(other["acs_profile"]) == 128
    assert len(other["life_table"]) == 704


def test_the_new_files_stay_small():
    sizes = {name: (data_folder() / f"{name}.csv").stat().st_size for name in NAMES[4:]}
    assert max(sizes.values()) < 400_000, sizes


def test_csv_keeps_missing_cells_empty_and_the_table_as_it_was():
    table = pd.DataFrame({"id": ["a", None], "closed_at": pd.to_datetime([None, "2025-03-01"])})
    before = table.copy()
    assert as_csv(table) == "id,closed_at\na,\n,2025-03-01 00:00\n"
    pd.testing.assert_frame_equal(table, before)
