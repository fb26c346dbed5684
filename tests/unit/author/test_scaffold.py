"""A new lesson keeps every rule from its first minute, and nothing is written over."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from playbook import home
from playbook.author import scaffold
from playbook.author.rules import check_catalog, check_lesson
from playbook.author.scaffold import new_lesson
from playbook.errors import PlaybookError
from playbook.learn.catalog import CATALOG_NAME, read_catalog
from playbook.publish.contents import check_contents


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of what a new lesson touches, and of what it runs on."""
    checkout = home.checkout()
    assert checkout is not None
    keep = shutil.ignore_patterns("__pycache__", ".*", "_build")
    for name in ("src", "notebooks", "data", "book"):
        shutil.copytree(checkout / name, tmp_path / name, ignore=keep)
    for name in ("pyproject.toml", "_toc.yml", "index.md"):
        shutil.copy(checkout / name, tmp_path)
    return tmp_path


def test_a_new_lesson_keeps_every_rule(root: Path) -> None:
    before = {path for path in root.rglob("*") if path.is_file()}
    path = new_lesson("9.8", "who-pays-the-fare", "Getting around", root)
    assert path == root / "notebooks" / "09-getting-around" / "8-who-pays-the-fare.ipynb"
    assert check_lesson(path) == []
    assert check_catalog(root / "notebooks", root / "data") == []
    assert check_contents(root) == []
    assert list(read_catalog(root / "notebooks" / CATALOG_NAME))[-1] == "9.8"
    new = {item.relative_to(root).as_posix() for item in root.rglob("*.*")} - {
        item.relative_to(root).as_posix() for item in before
    }
    written = {name for name in new if "__pycache__" not in name and (root / name).is_file()}
    assert written == {
        "notebooks/09-getting-around/8-who-pays-the-fare.ipynb",
        "notebooks/09-getting-around/8-who-pays-the-fare.facilitator.md",
        "src/playbook/learn/bank/lesson_9_8.py",
        "src/playbook/learn/memos/lesson_9_8.py",
    }


def test_a_new_lesson_stands_where_its_number_belongs(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scaffold, "run_notebook", lambda path: None)
    old = read_catalog(root / "notebooks" / CATALOG_NAME)
    new_lesson("1.9", "who-pays", "Start from results", root)
    new = read_catalog(root / "notebooks" / CATALOG_NAME)
    assert {name: new[name] for name in old} == old
    numbers = [tuple(map(int, name.split("."))) for name in new]
    assert numbers == sorted(numbers)
    assert (1, 9) in numbers
    lines = (root / "_toc.yml").read_text(encoding="utf-8").splitlines()
    for end in ("", ".facilitator"):
        at = next(n for n, line in enumerate(lines) if line.endswith(f"9-who-pays{end}"))
        assert lines[at - 1].strip().endswith(f"3-how-long-and-how-sure{end}")
    assert check_contents(root) == []


def test_a_module_that_has_a_folder_keeps_it(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scaffold, "run_notebook", lambda path: None)
    (root / "notebooks" / "09-moving").mkdir()
    path = new_lesson("9.8", "who-pays", "Getting around", root)
    assert path.parent.name == "09-moving"


@pytest.mark.parametrize(
    ("lesson_id", "slug", "word"),
    [
        ("9", "who-pays", "number"),
        ("nine.one", "who-pays", "number"),
        ("9.8", "Who pays?", "name of a file"),
        ("9.8", "../../etc", "name of a file"),
        ("3.1", "who-pays", "already"),
    ],
)
def test_what_cant_be_used_is_told_before_anything_is_written(
    root: Path, lesson_id: str, slug: str, word: str
) -> None:
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    with pytest.raises(PlaybookError, match=word):
        new_lesson(lesson_id, slug, "Getting around", root)
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_a_file_that_is_there_is_never_written_over(root: Path) -> None:
    page = root / "notebooks" / "09-getting-around" / "8-who-pays.facilitator.md"
    page.parent.mkdir()
    page.write_text("My notes", encoding="utf-8")
    with pytest.raises(PlaybookError, match="don't write over"):
        new_lesson("9.8", "who-pays", "Getting around", root)
    assert page.read_text(encoding="utf-8") == "My notes"
