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
from playbook.simulate.build import BUDGET_VOTE, as_csv, build, tables
from playbook.simulate.world import SEED, STREAMS

CONTRACT = load_contract(data_folder())
NAMES = tuple(CONTRACT)
MEGABYTE = 1_000_000

# What a table is drawn from besides the world and a stream of its own name.
PEOPLE = {"population_age"}
ALSO_FROM = {
    # The raw export is cut from the clean table.
    "requests_311_raw": {"requests_311"},
    # People die where they live, and life tables are made of people and deaths.
    "deaths": PEOPLE,
    "life_expectancy": {*PEOPLE, "deaths"},
    "life_table": {*PEOPLE, "deaths"},
    "indicator_series": {*PEOPLE, "avoidable_hospital"},
    "population_age_race": {*PEOPLE, "neighborhoods"},
    "places_estimates": {*PEOPLE, "acs_profile"},
    "birth_outcomes": {*PEOPLE, "population_age_race", "neighborhoods"},
    # Adults answer and vote.
    "survey_responses": PEOPLE,
    "survey_margins": PEOPLE,
    "pb_votes": PEOPLE,
    "city_budget": {"acs_profile"},
    "hospital_benefit": {"hospital_finances"},
    # Quarters and payments are counted from the stays.
    "contracts": {"hmis_enrollments"},
    "contract_quarters": {"hmis_enrollments"},
    "alarm_survey": {"blocks"},
    "fires": {"blocks"},
    "installs": {"blocks"},
    "heat": {"acs_profile", "heat_of_places"},
    "comments": {"heat_of_places"},
    "truth_places": {"heat_of_places"},
}
# About the team, the partners, the plans or other cities, not about the places.
NOT_OF_PLACES = {
    *("capacity_responses", "certification_worksheet", "data_inventory", "indicators"),
    *("peer_cities", "pb_projects", "organizations", "ties", "table_attendance", "commitments"),
    *("clients_in_common", "address_contacts", "plan_strategies", "funding_sources"),
    *("funding_uses", "eligibility", "hospital_finances", "anchor_spend", "impact_reviews"),
    *("household_incidence", "initiatives", "hmis_enrollments", "contracts", "contract_quarters"),
    *("policy_scan", "policy_options", "option_scores", "stakeholders", "events", "truth_effects"),
}
# Nothing in them is drawn.
THE_SAME_IN_EVERY_CITY = {
    *("certification_worksheet", "events", "impact_reviews", "policy_options", "truth_effects"),
}


@pytest.fixture(scope="module")
def made():
    return tables(SEED)


@pytest.fixture(scope="module")
def shipped(made):
    return {name: as_csv(table) for name, table in made.items()}


def test_the_committed_files_are_built_byte_for_byte(tmp_path):
    paths = build(tmp_path)
    names = [path.relative_to(tmp_path).as_posix() for path in paths]
    assert names == [*(contract.path for contract in CONTRACT.values()), BUDGET_VOTE]
    for name in names:
        assert (tmp_path / name).read_bytes() == (data_folder() / name).read_bytes(), name


def test_the_bytes_do_not_depend_on_hash_order_or_time_zone(tmp_path, shipped):
    code = "import sys, pathlib; from playbook.simulate.build import build; "
    code += "build(pathlib.Path(sys.argv[1]))"
    source = str(Path(world.__file__).parents[2])
    setting = {"PYTHONHASHSEED": "4711", "TZ": "Asia/Tokyo", "PYTHONPATH": source}
    subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], check=True, env={**os.environ, **setting}
    )
    for name, text in shipped.items():
        assert (tmp_path / CONTRACT[name].path).read_bytes() == text.encode(), name


def test_files_have_unix_line_ends_and_no_blank_last_line(shipped):
    for text in shipped.values():
        assert "\r" not in text
        assert text.endswith("\n")
        assert not text.endswith("\n\n")


@pytest.mark.parametrize("name", NAMES)
def test_columns_types_and_values_are_those_of_the_contract(made, name):
    contract, table = CONTRACT[name], made[name]
    assert tuple(table.columns) == contract.names
    assert {column: str(kind) for column, kind in table.dtypes.items()} == {
        field.name: field.dtype for field in contract.fields
    }
    for field in contract.fields:
        if field.categories:
            assert set(table[field.name]) == set(field.categories)


def streams_of(name: str) -> set[str]:
    """Streams that a table may depend on."""
    places = set() if name in NOT_OF_PLACES else {"world"}
    return places | ALSO_FROM.get(name, set()) | ({name} & set(STREAMS))


@pytest.mark.parametrize("digit", range(len(STREAMS).bit_length()))
@pytest.mark.parametrize("changed_when", [0, 1])
def test_another_stream_for_one_table_changes_no_other(monkeypatch, made, digit, changed_when):
    # Half of the streams are changed at once: those whose number has a 0, or a 1, at this digit.
    # Any two streams differ at some digit, so over all rounds each is changed without each other.
    changed = {stream for place, stream in enumerate(STREAMS) if place >> digit & 1 == changed_when}
    for stream in changed:
        monkeypatch.setitem(world.STREAMS, stream, 987_654 + STREAMS[stream])
    again = tables(SEED)
    for name in NAMES:
        if not streams_of(name) & changed:
            assert again[name].equals(made[name]), name
        elif name in changed:
            assert not again[name].equals(made[name]), name


def test_another_seed_makes_another_city_of_the_same_shape(made):
    other = tables(SEED + 1)
    changed = {name for name in NAMES if not other[name].equals(made[name])}
    assert changed == set(NAMES) - THE_SAME_IN_EVERY_CITY
    assert len(other["neighborhoods"]) == 64
    assert len(other["acs_profile"]) == 128
    assert len(other["life_table"]) == 704


def test_all_tables_together_stay_small():
    sizes = {path.name: path.stat().st_size for path in data_folder().rglob("*.*")}
    assert len(sizes) > len(NAMES)
    assert sum(sizes.values()) < 12 * MEGABYTE, sizes


def test_every_effect_names_a_table_that_exists(made):
    effects = made["truth_effects"]
    assert set(effects["table"]) <= set(NAMES)
    assert effects["name"].is_unique


def test_csv_keeps_missing_cells_empty_and_the_table_as_it_was():
    table = pd.DataFrame({"id": ["a", None], "closed_at": pd.to_datetime([None, "2025-03-01"])})
    before = table.copy()
    assert as_csv(table) == "id,closed_at\na,\n,2025-03-01 00:00\n"
    pd.testing.assert_frame_equal(table, before)
