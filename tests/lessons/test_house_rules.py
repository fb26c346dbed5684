"""The lessons, the catalog and the tables keep the house rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from playbook import home
from playbook.author.catalog_rules import notebooks_in
from playbook.author.data_rules import check_tables
from playbook.author.execute import file_name
from playbook.author.findings import Finding
from playbook.author.rules import check_catalog, check_lesson

LESSONS = notebooks_in(home.notebooks_folder())


def told(findings: list[Finding]) -> str:
    return "\n".join(map(str, findings))


@pytest.mark.parametrize("path", LESSONS, ids=file_name)
def test_lesson_keeps_the_house_rules(path: Path) -> None:
    found = check_lesson(path)
    assert not found, told(found)


def test_there_are_lessons() -> None:
    assert LESSONS


def test_catalog_keeps_the_house_rules() -> None:
    found = check_catalog(home.notebooks_folder(), home.data_folder())
    assert not found, told(found)


def test_tables_keep_their_contract() -> None:
    found = check_tables(home.data_folder())
    assert not found, told(found)
