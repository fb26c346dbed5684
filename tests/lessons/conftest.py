"""A lesson on a city's own files, cell by cell."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from playbook.author.execute import run
from playbook.city import own
from playbook.city.sources.source import Choices
from playbook.city.store import add_file
from playbook.learn.catalog import lesson

RunOnFiles = Callable[..., dict[str, str]]


@pytest.fixture(scope="session")
def run_on_files() -> RunOnFiles:
    """Bring files to a new city and run a lesson on it; gives the words that each cell shows."""

    def run_lesson(lesson_id: str, folder: Path, name: str, *files: Path, county: str = "") -> Any:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PLAYBOOK_WORK", str(folder / "my-work"))
            own.new_city(name)
            for place, file in enumerate(files):
                # The county narrows the first file; others may be about another state.
                choices = Choices(county="" if place else county)
                add_file(file, own.chosen_city(), choices)
        path = lesson(lesson_id).notebook
        ran: Any = run(nbformat.read(path, as_version=4), path, folder)
        return {cell["id"]: _words(cell) for cell in ran["cells"] if cell["cell_type"] == "code"}

    return run_lesson


def _words(cell: Any) -> str:
    shown = [
        "".join(item.get("data", {}).get("text/plain", item.get("text", "")))
        for item in cell["outputs"]
    ]
    return "\n".join(shown)
