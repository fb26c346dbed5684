"""A lesson shows the same on its second run in a learner's folder, files and answers kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from playbook import home
from playbook.author.catalog_rules import notebooks_in
from playbook.author.execute import check_repeatable, file_name


@pytest.mark.parametrize("path", notebooks_in(home.notebooks_folder()), ids=file_name)
def test_second_run_shows_the_same(path: Path) -> None:
    found = check_repeatable(path)
    assert not found, "\n".join(map(str, found))
