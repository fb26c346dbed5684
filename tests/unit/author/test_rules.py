"""All rules on files: the findings of one lesson, the catalog and the tables together."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from playbook import home
from playbook.author.findings import Finding
from playbook.author.normal import as_stored, normalize
from playbook.author.rules import check_all, check_lesson
from playbook.author.taught import taught
from playbook.errors import PlaybookError
from playbook.learn.catalog import CATALOG_NAME


@pytest.fixture
def root(tmp_path: Path, data: Path) -> Path:
    """A small copy of the checkout: the catalog, the first lesson and some rows of the tables."""
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    shutil.copy(home.notebooks_folder() / CATALOG_NAME, notebooks)
    shutil.copytree(home.notebooks_folder() / "00-start-here", notebooks / "00-start-here")
    return tmp_path


def test_a_finding_is_one_line_with_file_cell_rule_and_fix() -> None:
    finding = Finding("one-h1", "notebooks/01-a/1-b.ipynb", "step-2-do", "2 titles", "Keep one")
    assert str(finding) == (
        "notebooks/01-a/1-b.ipynb · cell step-2-do · one-h1: 2 titles. Fix: Keep one."
    )
    assert str(Finding("normal", "1-b.ipynb", "", "Odd", "Run it")) == (
        "1-b.ipynb · normal: Odd. Fix: Run it."
    )


def test_a_broken_file_is_found(root: Path) -> None:
    path = root / "notebooks" / "00-start-here" / "1-meet-port-alder.ipynb"
    path.write_text('{"cells": [', encoding="utf-8")
    (finding,) = check_lesson(path)
    assert finding.rule == "readable"


def test_a_file_that_is_not_there_is_told_plainly(root: Path) -> None:
    with pytest.raises(PlaybookError, match="no-such"):
        check_lesson(root / "notebooks" / "00-start-here" / "no-such.ipynb")


def test_check_all_reads_catalog_lessons_and_tables(root: Path, draft: Any) -> None:
    orphan = root / "notebooks" / "02-lens" / "1-orphan.ipynb"
    orphan.parent.mkdir()
    orphan.write_text(as_stored(normalize(draft.notebook)), encoding="utf-8")
    (root / "data" / "acs_profile.csv").unlink()
    rules = {finding.rule for finding in check_all(root)}
    assert {"catalog-files", "table-contract"} <= rules


def test_a_catalog_that_cant_be_read_is_a_finding(root: Path) -> None:
    (root / "notebooks" / CATALOG_NAME).write_text("[broken", encoding="utf-8")
    assert "catalog-fields" in {finding.rule for finding in check_all(root)}


def test_quoted_values_come_from_the_lesson_s_claims(root: Path) -> None:
    known = taught(root / "data", "3.1")
    claims = (root / "data" / "insights.yaml").read_text(encoding="utf-8")
    assert known.figures
    assert all(figure in claims.replace(",", "") for figure in known.figures)
    assert taught(root / "data", "9.9").figures == ()


def test_the_notebook_s_own_figures_are_held_to_its_claims(root: Path) -> None:
    path = root / "notebooks" / "00-start-here" / "1-meet-port-alder.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    real = next(cell for cell in notebook["cells"] if cell["id"] == "is-it-real")
    real["source"] = [*real["source"], "\n\nThey wait 77.7 days."]
    path.write_text(as_stored(normalize(notebook)), encoding="utf-8")
    assert "prose-numbers" in {finding.rule for finding in check_lesson(path)}
