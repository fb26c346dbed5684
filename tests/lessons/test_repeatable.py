"""A lesson shows the same on its second run in a learner's folder, files and answers kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from playbook import home
from playbook.author.catalog_rules import notebooks_in
from playbook.author.execute import check_repeatable, file_name

PATHS = notebooks_in(home.notebooks_folder())


# Every third one each day: what breaks this is mostly shared by all.
@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, marks=[pytest.mark.gate] if number % 3 else [])
        for number, path in enumerate(PATHS)
    ],
    ids=map(file_name, PATHS),
)
def test_second_run_shows_the_same(path: Path) -> None:
    found = check_repeatable(path)
    assert not found, "\n".join(map(str, found))
