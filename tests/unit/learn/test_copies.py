import json
from pathlib import Path

import pytest

from playbook import home
from playbook.errors import PlaybookError
from playbook.learn import catalog, copies

SOLUTION_FOLD = {"source_hidden": True, "outputs_hidden": True}


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PLAYBOOK_WORK", str(tmp_path / "my-work"))
    return tmp_path / "my-work"


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lesson 3.1's notebook in a library of its own, with an answer, a fold and a widget in it."""
    library = tmp_path / "library"
    entry = catalog.lesson("3.1")
    path = library / entry.path
    path.parent.mkdir(parents=True)
    notebook = {
        "cells": [
            {"cell_type": "markdown", "id": "question", "metadata": {}, "source": ["# Who waits?"]},
            {
                "cell_type": "code",
                "id": "solution-a",
                "metadata": {"jupyter": SOLUTION_FOLD, "tags": ["hide-cell"]},
                "source": ["# Solution: click here to open\n", "8.4"],
                "execution_count": 7,
                "outputs": [{"output_type": "stream", "name": "stdout", "text": "8.4 days"}],
            },
        ],
        "metadata": {"widgets": {"state": 1}, "kernelspec": {"name": "somebody's own"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    path.write_text(json.dumps(notebook), encoding="utf-8")
    monkeypatch.setattr(home, "notebooks_folder", lambda: library)
    return path


def test_a_copy_has_no_results_and_keeps_folds_and_tags(work: Path, shipped: Path) -> None:
    path = copies.learner_copy("3.1")
    assert path == work / "lessons" / "3.1-fast-for-whom.ipynb"
    made = json.loads(path.read_text(encoding="utf-8"))
    question, solution = made["cells"]
    assert question["source"] == ["# Who waits?"]
    assert (solution["outputs"], solution["execution_count"]) == ([], None)
    assert solution["metadata"] == {"jupyter": SOLUTION_FOLD, "tags": ["hide-cell"]}
    assert "widgets" not in made["metadata"]
    assert made["metadata"]["kernelspec"]["name"] == "python3"
    version = catalog.lesson("3.1").version
    assert made["metadata"]["playbook"] == {"lesson": "3.1", "version": version}
    # The shipped notebook keeps its stored results.
    assert json.loads(shipped.read_text(encoding="utf-8"))["cells"][1]["outputs"]


def test_a_copy_that_exists_is_never_overwritten(work: Path, shipped: Path) -> None:
    path = copies.learner_copy("3.1")
    path.write_text("my own words", encoding="utf-8")
    assert copies.learner_copy("3.1").read_text(encoding="utf-8") == "my own words"


def test_a_newer_lesson_is_told_and_changes_nothing(work: Path, shipped: Path) -> None:
    assert copies.update_note("3.1") == ""
    path = copies.learner_copy("3.1")
    assert copies.update_note("3.1") == ""
    older = path.read_text(encoding="utf-8").replace('"version": "', '"version": "0.')
    path.write_text(older, encoding="utf-8")
    note = copies.update_note("3.1")
    assert "newer" in note
    assert "playbook reset 3.1" in note
    assert copies.learner_copy("3.1").read_text(encoding="utf-8") == older


@pytest.mark.parametrize("content", ["", "{", "[]", '{"metadata": 3}', "my own words"])
def test_a_copy_that_is_no_notebook_is_told_in_plain_words(
    work: Path, shipped: Path, content: str
) -> None:
    copies.learner_copy("3.1").write_text(content, encoding="utf-8")
    assert "can't be read" in copies.update_note("3.1")


def test_reset_brings_a_fresh_copy_and_keeps_the_one_it_replaces(work: Path, shipped: Path) -> None:
    fresh = copies.learner_copy("3.1").read_bytes()
    copies.copy_path("3.1").write_text("an evening of work", encoding="utf-8")
    path = copies.reset("3.1")
    assert path.read_bytes() == fresh
    (kept,) = (path.parent / copies.OLDER_FOLDER).iterdir()
    assert kept.read_text(encoding="utf-8") == "an evening of work"
    # Once more, with nothing changed: nothing to keep.
    copies.reset("3.1")
    assert len(list((path.parent / copies.OLDER_FOLDER).iterdir())) == 1


def test_a_missing_notebook_is_told_in_plain_words(work: Path, shipped: Path) -> None:
    shipped.unlink()
    with pytest.raises(PlaybookError, match="missing or can't be read") as told:
        copies.learner_copy("3.1")
    assert told.value.where == catalog.lesson("3.1").path
    assert not copies.copy_path("3.1").exists()
