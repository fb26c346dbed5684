"""Counts that a file hides: found where they are, and never gone on with when they are many."""

from __future__ import annotations

from pathlib import Path

import pytest

from playbook.city.own import new_city
from playbook.city.sources.source import Choices
from playbook.city.store import add_contents
from playbook.city.tables import City, load_city
from playbook.insights.hidden_cells import hidden_cells, mostly_guessed

PLACES = [f"299990{n:02}0000"[:11] for n in range(10, 20)]


@pytest.fixture
def city(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> City:
    monkeypatch.setenv("PLAYBOOK_WORK", str(tmp_path))
    new_city("Elsewhere")
    lines = ["year,neighborhood_id,condition,visits,population"]
    lines += [
        f"2024,{place},Asthma,{'<11' if n % 3 == 0 else 20 + n},4000"
        for n, place in enumerate(PLACES)
    ]
    add_contents([("v.csv", "\n".join(lines).encode())], "elsewhere", Choices())
    return load_city("elsewhere")


def test_each_hidden_count_is_found_and_no_other(city: City) -> None:
    hidden = hidden_cells(city, "avoidable_hospital", "visits")
    assert hidden.tolist() == [n % 3 == 0 for n in range(10)]
    assert not hidden_cells(city, "avoidable_hospital", "population").any()
    visits = city["avoidable_hospital"]["visits"]
    assert (visits[hidden] == city.small_counts.middle).all()


def test_a_table_in_memory_hides_nothing(city: City) -> None:
    other = city.with_tables({"avoidable_hospital": city["avoidable_hospital"]})
    assert not hidden_cells(other, "avoidable_hospital", "visits").any()


@pytest.mark.parametrize(("count", "hidden", "too_many"), [(100, 0, 0), (100, 2, 0), (49, 1, 1)])
def test_a_tenth_is_the_most(city: City, count: int, hidden: int, too_many: int) -> None:
    assert mostly_guessed(city, count, hidden) is bool(too_many)
