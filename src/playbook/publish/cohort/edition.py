"""The sources of a cohort's edition: the book as it is, or without its solutions."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from playbook.learn.catalog import CATALOG_NAME, read_catalog
from playbook.learn.copies import copy_text
from playbook.publish.cohort.field_checks import FILE_NAME
from playbook.publish.contents import TOC_NAME

# What lies in a repository and is no source of the book.
NOT_SOURCES = ("_build", "bench", "cohorts", "dist", "my-work", "tests")
SESSION_ENDING = ".facilitator"
ASK_LEADER = "The person who leads your session has the solution."
_GUESS_ANSWER = "The steps below show it. Compare it with your guess."
_SOLUTION_MARK = "# Solution"
_CHOICE = re.compile(r"<details[^>]*>\s*<summary[^>]*>(.*?)</summary>.*?</details>", re.DOTALL)
_OPTION = re.compile(rf"\n*{_CHOICE.pattern}", re.DOTALL)
_GUESS_HEADING = re.compile(r"^#+ Guess first", re.MULTILINE)
_CHECK_HEADING = re.compile(r"^#+ Check yourself", re.MULTILINE)
_OPEN_ANSWER = re.compile(r"\s*[A-Z][^.?!]*\bopen the answer\.")
_OPEN_SOLUTION = re.compile(r"\s*To open the solution [^.]*\.")
_TWIN_CHOICES = re.compile(r"<ul[^>]*>.*?</ul>", re.DOTALL)
_PICK = "Pick one, then open it to see what it means."


def copy_sources(root: Path, folder: Path, settings: Path) -> Path:
    """Copy what the book is built from, with the cohort's file beside it.

    Parameters
    ----------
    root
        The repository. Nothing in it is changed.
    folder
        New folder for the copy.
    settings
        The ``cohort.toml``.
    """
    folder.mkdir(parents=True)
    ignored = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
    for source in sorted(root.iterdir()):
        if source.name in NOT_SOURCES or source.name.startswith("."):
            continue
        if source.is_dir():
            shutil.copytree(source, folder / source.name, ignore=ignored)
        else:
            shutil.copyfile(source, folder / source.name)
    shutil.copyfile(settings, folder / FILE_NAME)
    return folder


def leave_out_solutions(root: Path) -> None:
    """Take solutions and session pages out of copied sources.

    What stays are the questions, the choices and the hints. The reasons of the choices of an
    exercise are left out where its page is made, because slides and handout need them to know
    which sentence would tell the answer.

    Parameters
    ----------
    root
        A copy made by `copy_sources`.
    """
    for lesson in read_catalog(root / "notebooks" / CATALOG_NAME).values():
        path = root / "notebooks" / lesson.path
        notebook = without_solutions(json.loads(path.read_text(encoding="utf-8")))
        path.write_text(copy_text(notebook), encoding="utf-8", newline="\n")
    for path in (root / "notebooks").rglob(f"*{SESSION_ENDING}.md"):
        path.unlink()
    toc = root / TOC_NAME
    lines = toc.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = (line for line in lines if not line.rstrip().endswith(SESSION_ENDING))
    toc.write_text("".join(kept), encoding="utf-8", newline="\n")


def without_solutions(notebook: Mapping[str, Any]) -> dict[str, Any]:
    """Return a lesson without its solution cells, the answer to its guess, and its reasons.

    Parameters
    ----------
    notebook
        The lesson as stored. It is not changed.
    """
    return {**notebook, "cells": list(_cells(notebook["cells"]))}


def _cells(cells: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for cell in cells:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            yield {**cell, "source": _closed(source)}
        elif source.startswith(_SOLUTION_MARK):
            yield {
                "cell_type": "markdown",
                "id": cell["id"],
                "metadata": {},
                "source": f"*{ASK_LEADER}*",
            }
        else:
            yield cell


def _closed(text: str) -> str:
    if _GUESS_HEADING.search(text):
        return _CHOICE.sub(_GUESS_ANSWER, _OPEN_ANSWER.sub("", text))
    if _CHECK_HEADING.search(text):
        return _OPTION.sub(r"\n* \1", text)
    return _OPEN_SOLUTION.sub("", text)


def without_reasons(html: str) -> str:
    """Return an exercise as the book shows it, its choices without what they mean.

    Examples
    --------
    >>> without_reasons("<ul><li><details><summary>8 days</summary><p>No.</p></details></li></ul>")
    '<ul><li>8 days</li></ul>'
    """
    told = html.replace(_PICK, f"Pick one. {ASK_LEADER}")
    return _TWIN_CHOICES.sub(lambda found: _CHOICE.sub(r"\1", found[0]), told)
