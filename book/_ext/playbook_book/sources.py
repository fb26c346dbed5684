"""Where the directives read: the catalog and the stored lessons."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from sphinx.environment import BuildEnvironment

from playbook.learn.catalog import CATALOG_NAME, Lesson, read_catalog

SESSION_ENDING = ".facilitator"
# Further pages of a lesson: the end of the file's name, and what readers call it.
MATERIALS = {
    "mayor": "A page for the mayor",
    "slides": "Slides",
    "handout": "A handout on paper",
}


def catalog(env: BuildEnvironment) -> dict[str, Lesson]:
    """Return the lessons by id; read once a build, and pages that use it are rebuilt with it."""
    path = Path(env.srcdir) / "notebooks" / CATALOG_NAME
    if "docname" in env.temp_data:
        env.note_dependency(str(path))
    return _read(path, path.stat().st_mtime_ns)


@cache
def _read(path: Path, changed: int) -> dict[str, Lesson]:
    return read_catalog(path)


def docname(lesson: Lesson) -> str:
    """Name of the lesson's page."""
    return f"notebooks/{lesson.path.removesuffix('.ipynb')}"


def session_docname(lesson: Lesson) -> str:
    """Name of the lesson's session page."""
    return docname(lesson) + SESSION_ENDING


def material_docname(lesson: Lesson, kind: str) -> str:
    """Name of one of the lesson's further pages, which stands beside it."""
    return f"{docname(lesson)}.{kind}"


def notebook_path(env: BuildEnvironment, lesson: Lesson) -> Path:
    """Return where the lesson's notebook is."""
    return Path(env.srcdir) / "notebooks" / lesson.path


def claims(env: BuildEnvironment) -> dict[str, dict[str, Any]]:
    """Return what is measured for each claim, by id: `data/insights.yaml`."""
    path = Path(env.srcdir) / "data" / "insights.yaml"
    if "docname" in env.temp_data:
        env.note_dependency(str(path))
    return _read_claims(path, path.stat().st_mtime_ns)


@cache
def _read_claims(path: Path, changed: int) -> dict[str, dict[str, Any]]:
    return {claim["id"]: claim for claim in yaml.safe_load(path.read_text(encoding="utf-8"))}


def cells(env: BuildEnvironment, lesson: Lesson) -> list[dict]:
    """Return the stored cells of a lesson, sources and outputs as whole strings."""
    path = notebook_path(env, lesson)
    if "docname" in env.temp_data:
        env.note_dependency(str(path))
    stored = json.loads(path.read_text(encoding="utf-8"))["cells"]
    for cell in stored:
        cell["source"] = _text(cell["source"])
        for output in cell.get("outputs", ()):
            output["data"] = {kind: _text(value) for kind, value in output.get("data", {}).items()}
    return stored


def shown(cell: dict, kind: str) -> str:
    """Return what a cell shows in one format, such as ``"text/html"``."""
    texts = [output["data"].get(kind, "") for output in cell.get("outputs", ())]
    return "\n".join(text for text in texts if isinstance(text, str) and text)


def _text(value: object) -> object:
    return "".join(value) if isinstance(value, list) else value
