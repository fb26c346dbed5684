"""Templates to send to whoever keeps the records: filled in, they are read."""

from __future__ import annotations

import pytest

from playbook.city.readers import read_files
from playbook.city.sources.plain_columns import ONE_ROW_A_PERSON
from playbook.city.sources.source import Choices
from playbook.city.tables import load_city
from playbook.city.templates import template, template_names
from playbook.errors import PlaybookError

CITY = load_city()


@pytest.mark.parametrize("name", ["deaths", "avoidable_hospital", "indicators", "neighborhoods"])
def test_a_filled_template_is_the_table_it_asks_for(name):
    theirs = (CITY.folder / CITY.contract[name].path).read_text(encoding="utf-8")
    rows = theirs.split("\n", 1)[1]
    (brought,) = read_files([("filled.csv", (template(name) + rows).encode())], CITY)
    assert list(brought.tables) == [name]
    assert len(brought.tables[name]) == len(CITY[name])


def test_every_template_ends_with_the_names_of_its_columns_and_nothing_below():
    for name in template_names():
        *words, header = template(name).splitlines()
        assert words
        assert all(line.startswith('"') and line.endswith('"') for line in words)
        if name in CITY.contract:
            assert header == ",".join(CITY.contract[name].names)


def test_an_empty_template_says_that_nothing_is_in_it_yet():
    content = template("deaths").encode()
    with pytest.raises(PlaybookError, match="no rows below"):
        read_files([("empty.csv", content)], CITY, Choices(table="deaths"))


def test_no_template_asks_for_one_row_a_person():
    assert not ONE_ROW_A_PERSON & set(template_names())
    assert all("row a person" in template(name) for name in ("deaths", "homeless_services"))


def test_a_wrong_name_gets_the_nearest():
    with pytest.raises(PlaybookError, match="nearest is deaths"):
        template("death")
