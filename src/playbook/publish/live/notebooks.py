"""The lessons' copies for the browser: on the page, and in the list the page reads."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from playbook import home
from playbook.learn import own_city_copy
from playbook.learn.catalog import Lesson
from playbook.learn.copies import OLDER_FOLDER, copy_name, copy_text, fresh_copy
from playbook.learn.own_city_copy import fresh_page
from playbook.learn.plan.notebook import NOTEBOOK, VERSION, fresh_plan

FOLDER = "lite"
PAGE = f"{FOLDER}/notebooks/index.html"
# What a learner's files are kept in, and copies that were put aside.
WORK_FOLDERS = (home.WORK_FOLDER_NAME, OLDER_FOLDER)
# The page of the plan, beside the lessons.
PLAN_NAME = f"{NOTEBOOK.stem}-v{VERSION}.ipynb"
PLAN_ADDRESS = f"{PAGE}?path={PLAN_NAME}"
# The form with which a city's own files come in.
CITY_NAME = f"{own_city_copy.NAME}-v{own_city_copy.VERSION}.ipynb"
CITY_ADDRESS = f"{PAGE}?path={CITY_NAME}"
KERNEL = {"display_name": "Python (Pyodide)", "language": "python", "name": "python"}


def live_name(lesson: Lesson) -> str:
    """Return the name of a lesson's live copy.

    The version is part of it. So a newer lesson never meets a copy that the browser kept of an
    older one, and that copy is never overwritten.

    Examples
    --------
    >>> from playbook.learn.catalog import lesson
    >>> live_name(lesson("3.1")).startswith("3.1-fast-for-whom-v")
    True
    """
    return f"{Path(copy_name(lesson)).stem}-v{lesson.version}.ipynb"


def live_address(lesson: Lesson) -> str:
    """Return where a lesson is live, from the root of the site."""
    return f"{PAGE}?path={live_name(lesson)}"


def live_copy(lesson: Lesson, source: Path | None = None) -> dict[str, Any]:
    """Return a lesson as the page opens it: no results yet, and the page's own Python.

    Parameters
    ----------
    lesson
        The lesson.
    source
        Its notebook, if not the one that came with the Playbook.
    """
    return _with_kernel(fresh_copy(lesson, source))


def _with_kernel(notebook: dict[str, Any]) -> dict[str, Any]:
    notebook["metadata"]["kernelspec"] = dict(KERNEL)
    return notebook


def write_copies(lessons: Iterable[Lesson], site: Path, notebooks: Path | None = None) -> None:
    """Write the copies into a site, and the list that its file browser shows.

    The list is a directory model of Jupyter's contents interface. Its times are the days on which
    the lessons were reviewed, so that two builds are the same.

    Parameters
    ----------
    lessons
        The lessons.
    site
        Folder of the live page.
    notebooks
        Folder with their notebooks, if not those that came with the Playbook.
    """
    files, listed = site / "files", site / "api" / "contents"
    files.mkdir(parents=True)
    listed.mkdir(parents=True)
    copies = {}
    for lesson in lessons:
        source = notebooks / lesson.path if notebooks else None
        copies[live_name(lesson)] = (live_copy(lesson, source), lesson.reviewed_on)
    newest = max(day for _, day in copies.values())
    copies[PLAN_NAME] = (_with_kernel(fresh_plan()), newest)
    copies[CITY_NAME] = (_with_kernel(fresh_page()), newest)
    entries = []
    for name, (copy, day) in copies.items():
        text = copy_text(copy)
        (files / name).write_text(text, encoding="utf-8", newline="\n")
        entries.append(_model(name, "notebook", day, text))
    # The learner's folders are there, and empty, before anything is saved in them.
    for name in WORK_FOLDERS:
        entries.append(_model(name, "directory", newest))
        _list_folder(listed / name, name, newest, [])
    _list_folder(listed, "", newest, entries)


def _list_folder(folder: Path, name: str, day: str, content: list[dict[str, Any]]) -> None:
    folder.mkdir(exist_ok=True)
    model = {**_model(name, "directory", day), "format": "json", "content": content}
    (folder / "all.json").write_text(json.dumps(model, indent=1), encoding="utf-8")


def _model(name: str, kind: str, day: str, text: str | None = None) -> dict[str, Any]:
    return {
        "name": name,
        "path": name,
        "type": kind,
        "created": f"{day}T00:00:00Z",
        "last_modified": f"{day}T00:00:00Z",
        "writable": True,
        "size": None if text is None else len(text.encode()),
        "format": None,
        "mimetype": None,
        "content": None,
    }
