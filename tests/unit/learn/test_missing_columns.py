"""Where a city's tables lack a column, what is left is still said, and nothing more."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from playbook.city.tables import City, load_city
from playbook.insights import birth_gaps, district_deaths
from playbook.insights.burden_views import births_by_income, burden_map, focus_area, focus_places
from playbook.insights.headline_curve import headline_curve, headline_indicator, scorecard
from playbook.insights.held_burdens import asset_words, enough_places
from playbook.insights.next_moves import next_moves
from playbook.insights.silent_streets import sides
from playbook.insights.statements import measured
from playbook.learn.catalog import lesson
from playbook.learn.city_status import city_status, status_text
from playbook.learn.exercises import bank
from playbook.learn.lesson import card_rows

PORT_ALDER = load_city()
SCORES = ["communication", "proxy", "data_power"]


def lacking(tmp_path: Path, **columns: list[str]) -> City:
    """Port Alder's tables under another name, each without some columns."""
    own = replace(PORT_ALDER, name="Elsewhere", key="elsewhere", fictional=False, folder=tmp_path)
    tables = {name: PORT_ALDER[name] for name in PORT_ALDER.tables}
    return own.with_tables(
        {name: table.drop(columns=columns.get(name, [])) for name, table in tables.items()}
    )


def test_without_points_the_number_about_residents_with_most_years_is_the_headline(
    tmp_path: Path,
) -> None:
    city = lacking(tmp_path, indicators=SCORES)
    series = city["indicator_series"]
    rated = series[~((series["indicator_id"] != "I05") & (series["year"] < 2020))]
    chosen = headline_indicator(city.with_tables({"indicator_series": rated}))
    assert chosen == "I05"
    assert headline_indicator(PORT_ALDER) == "I01"
    nobody = city["indicators"].query("level == 'performance'")
    assert headline_indicator(city.with_tables({"indicators": nobody})) == ""
    assert headline_curve(city.with_tables({"indicators": nobody})) is None


def test_a_series_without_what_it_is_out_of_has_no_headline(tmp_path: Path) -> None:
    city = lacking(tmp_path, indicators=SCORES, indicator_series=["denominator"])
    assert headline_curve(city) is None
    assert measured(city, "1.1-curve").verdict == "unclear"


def test_measures_without_a_department_are_counted(tmp_path: Path) -> None:
    city = lacking(tmp_path, indicators=["department"])
    assert len(scorecard(city)) == len(scorecard(PORT_ALDER))


def test_only_counted_assets_are_named(tmp_path: Path) -> None:
    city = lacking(tmp_path, burdens=["community_gardens", "resident_groups"])
    assert asset_words(city) == "local shops"
    assert "local shops for every" in measured(city, "2.3-assets").sentence
    assert "gardens" not in measured(city, "2.3-assets").sentence
    assert "gardens" not in bank()["2.3-d"].question(city)


def test_with_fewer_than_three_burdens_nothing_is_said(tmp_path: Path) -> None:
    two = ["truck_route_m", "lead_service_lines"]
    assert enough_places(lacking(tmp_path, burdens=two))
    assert not enough_places(lacking(tmp_path, burdens=[*two, "vacant_lots"]))


def test_a_focus_area_without_grades_has_no_row_about_them(tmp_path: Path) -> None:
    city = lacking(tmp_path, neighborhoods=["holc_grade"], burdens=["expressway"])
    assert "Graded D" not in set(focus_area(city, 50)["what"])
    assert "Graded D" in set(focus_area(PORT_ALDER, 50)["what"])
    assert not {"holc_grade", "expressway"} & set(focus_places(city))
    assert burden_map(city).equals(burden_map(PORT_ALDER))


def test_without_demand_the_systems_that_nobody_listed_come_first(tmp_path: Path) -> None:
    city = lacking(tmp_path, data_inventory=["open", "use_count"])
    moves = next_moves(city)
    assert set(moves["next_move"]) == {"List it"}
    assert "asked_for" not in moves
    assert moves["about_people"].tolist() == sorted(moves["about_people"])


def test_without_districts_the_outer_fifths_are_compared(tmp_path: Path) -> None:
    pair = sides(lacking(tmp_path, neighborhoods=["district"]))
    assert (pair.first, pair.second) == ("the highest-poverty fifth", "the lowest-poverty fifth")


def every(count: int, rows: int) -> pd.Series:
    return pd.Series(range(rows)) % count == 0


@pytest.mark.parametrize(("one_in", "known"), [(400, True), (2, False)])
def test_births_of_which_many_are_hidden_say_nothing(
    one_in: int, known: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    city = lacking(tmp_path)
    monkeypatch.setattr(
        birth_gaps, "hidden_cells", lambda *_: every(one_in, len(city["birth_outcomes"]))
    )
    assert birth_gaps.enough_births(city) is known
    assert births_by_income(city)["low_birth_weight"].notna().all() == known
    assert (measured(city, "2.3-within").verdict == "unclear") is not known


@pytest.mark.parametrize(("one_in", "known"), [(500, True), (2, False)])
def test_deaths_of_which_many_are_hidden_say_nothing(
    one_in: int, known: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    city = lacking(tmp_path)
    monkeypatch.setattr(
        district_deaths, "hidden_cells", lambda *_: every(one_in, len(city["deaths"]))
    )
    assert (district_deaths.district_pair(city) is not None) is known
    assert district_deaths.district_rates(city)["crude"].notna().any() == known


def test_the_card_and_the_status_name_a_missing_column(tmp_path: Path) -> None:
    city = lacking(tmp_path, neighborhoods=["holc_grade"])
    (row,) = [text for label, text in card_rows(lesson("2.3"), city) if "lending grade" in label]
    assert row == lesson("2.3").without["neighborhoods.holc_grade"]
    assert not [label for label, _ in card_rows(lesson("2.3"), PORT_ALDER) if "Not here" in label]
    status = {one.lesson_id: one for one in city_status(city)}
    assert (status["2.3"].runs, status["2.3"].columns) == ("partly", ("neighborhoods.holc_grade",))
    assert status["2.2"].runs == "fully"
    assert "2.3  Whose" in status_text(city)
    assert "neighborhoods: lending grade of 1937" in status_text(city)


def test_a_table_that_is_not_there_is_named_once_and_not_by_column(tmp_path: Path) -> None:
    city = replace(lacking(tmp_path), in_memory={"burdens": PORT_ALDER["burdens"]})
    labels = [label for label, _ in card_rows(lesson("2.3"), city) if "Not here" in label]
    assert [label for label in labels if "eighborhoods" in label] == ["Not here yet: neighborhoods"]
