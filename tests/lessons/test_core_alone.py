"""The core of a lesson needs nothing from its deeper parts: without them it shows the same."""

from pathlib import Path
from typing import Any

import nbformat
import pytest

from playbook.author.execute import run
from playbook.learn.catalog import Lesson, lessons


def words(cell: Any) -> list[str]:
    return [
        "".join(item.get("data", {}).get("text/plain", item.get("text", "")))
        for item in cell["outputs"]
    ]


@pytest.mark.gate
@pytest.mark.parametrize("lesson", lessons().values(), ids=lessons())
def test_the_core_shows_the_same_without_the_deeper_parts(lesson: Lesson, tmp_path: Path) -> None:
    stored = nbformat.read(lesson.notebook, as_version=4)
    stored.cells = [cell for cell in stored.cells if "deeper" not in cell.metadata.get("tags", ())]
    ran: Any = run(stored, lesson.notebook, tmp_path)
    for before, after in zip(stored.cells, ran["cells"], strict=True):
        if before.cell_type == "code":
            assert words(after) == words(before), before.id
