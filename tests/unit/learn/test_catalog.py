from pathlib import Path

import pytest

from playbook.author.scaffold import fill
from playbook.errors import PlaybookError
from playbook.learn.catalog import lessons, read_catalog

VALUES = ("id", "name", "title", "module", "path", "today")


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


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("mayor.avoid", "mayor.avoids", "mayor.avoid is missing; mayor.avoids is not a field"),
        ("mayor.", "mayors.", "mayor is missing; mayors is not a field"),
    ],
)
def test_a_slip_in_the_words_for_the_mayor_is_named(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    path = tmp_path / "lessons.toml"
    path.write_text(fill("entry", dict.fromkeys(VALUES, "1.1")), encoding="utf-8")
    assert len(read_catalog(path)["1.1"].mayor.ask) == 3
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(PlaybookError, match=words):
        read_catalog(path)
