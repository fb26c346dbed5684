"""Which lessons a city can run: told from its tables and the catalog alone."""

from dataclasses import replace

import pytest

from playbook.city.tables import City, load_city
from playbook.learn.catalog import lessons
from playbook.learn.city_status import city_status, lesson_for, next_table, status_text


def city_with(*tables: str, tmp_path) -> City:
    teaching = load_city()
    empty = replace(teaching, name="Elsewhere", folder=tmp_path, fictional=False, in_memory={})
    return empty.with_tables({name: teaching[name] for name in tables})


def test_every_lesson_is_named_once(tmp_path):
    assert [one.lesson_id for one in city_status(city_with(tmp_path=tmp_path))] == list(lessons())


@pytest.mark.parametrize(
    ("tables", "runs", "missing"),
    [
        ((), "not yet", ("requests_311", "acs_profile", "neighborhoods")),
        (("requests_311",), "partly", ("acs_profile", "neighborhoods")),
        (("requests_311", "acs_profile", "neighborhoods"), "fully", ()),
        (("acs_profile", "neighborhoods"), "not yet", ("requests_311",)),
    ],
)
def test_a_lesson_runs_as_far_as_its_tables_go(tables, runs, missing, tmp_path):
    status = {one.lesson_id: one for one in city_status(city_with(*tables, tmp_path=tmp_path))}
    assert (status["3.1"].runs, status["3.1"].missing) == (runs, missing)


def test_the_next_file_is_the_one_that_opens_most(tmp_path):
    # With hospital visits alone, poverty opens 2.2.
    status = city_status(city_with("avoidable_hospital", tmp_path=tmp_path))
    assert next_table(status) == "acs_profile"
    assert next_table(city_status(load_city())) == ""


def test_the_text_ends_with_whom_to_ask(tmp_path):
    text = status_text(city_with("avoidable_hospital", tmp_path=tmp_path))
    assert text.splitlines()[-1] == load_city().contract["acs_profile"].bring
    assert "Elsewhere has 1 of" in text


@pytest.mark.parametrize(
    ("tables", "lesson"),
    [
        (("requests_311",), "3.1"),
        (("life_table", "life_expectancy"), "1.3"),
        (("capacity_responses",), "0.2"),
        (("acs_profile",), ""),
        ((), ""),
    ],
)
def test_the_lesson_to_open_is_about_the_table_that_came_in(tables, lesson, tmp_path):
    assert lesson_for(city_with(*tables, tmp_path=tmp_path), tables) == lesson
