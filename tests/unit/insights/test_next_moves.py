"""Rows to look at and systems to begin with, in any city."""

import pandas as pd

from playbook.city.tables import City, load_city
from playbook.insights.held_data import clean_requests, request_faults
from playbook.insights.next_moves import LIST, PROTECT, PUBLISH, next_moves, rows_to_check

PORT_ALDER = load_city()


def sample_as_city(city: City) -> City:
    raw, shown = city["requests_311_raw"], rows_to_check(city)
    return city.with_tables({"requests_311_raw": raw[raw["request_id"].isin(shown["request"])]})


def test_the_rows_hold_one_of_each_fault_and_some_that_are_sound() -> None:
    sample = sample_as_city(PORT_ALDER)
    assert len(sample["requests_311_raw"]) == len(rows_to_check(PORT_ALDER))
    assert request_faults(sample)["rows"].tolist() == [1, 1, 1, 1]
    assert clean_requests(sample)["closed_at"].isna().sum() == 1
    assert len(clean_requests(sample)) >= 5


def test_a_clean_export_gives_sound_rows() -> None:
    clean = PORT_ALDER.with_tables({"requests_311_raw": clean_requests(PORT_ALDER)})
    assert request_faults(sample_as_city(clean))["rows"].sum() == 0
    assert len(rows_to_check(clean)) == 2


def test_the_moves_follow_from_list_and_people() -> None:
    moves = next_moves(PORT_ALDER)
    systems = PORT_ALDER["data_inventory"].set_index("title")
    assert moves["asked_for"].is_monotonic_decreasing
    for move in moves.to_dict("records"):
        system = systems.loc[move["system"]]
        assert system["open"] == "no"
        listed = PROTECT if system["contains_pii"] == "yes" else PUBLISH
        assert move["next_move"] == (listed if system["listed"] == "yes" else LIST)


def test_a_city_where_everything_is_open_has_no_move_left() -> None:
    systems = PORT_ALDER["data_inventory"].assign(open="yes")
    assert next_moves(PORT_ALDER.with_tables({"data_inventory": systems})).empty
    assert isinstance(next_moves(PORT_ALDER), pd.DataFrame)
