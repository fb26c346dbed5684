from pathlib import Path

import pytest

from playbook.errors import PlaybookError
from playbook.learn.catalog import lessons, read_catalog


def test_every_entry_reads_and_its_notebook_is_there() -> None:
    assert {"0.1", "3.1"} <= set(lessons())
    assert all(item.notebook.is_file() for item in lessons().values())
    assert all(item.facilitator_page.is_file() for item in lessons().values())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('["1.1"]\ntitle = "a', "can't read the catalog"),
        ('["1.1"]\ntitle = "a"', "why is missing"),
        ('["1.1"]\ntitel = "a"', "titel is not a field"),
    ],
)
def test_a_slip_in_the_catalog_is_named(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "lessons.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PlaybookError, match=words):
        read_catalog(path)
