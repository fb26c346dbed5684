"""A learner's own copies of the lessons: made once, never overwritten, replaced only on request."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from playbook import home
from playbook.errors import PlaybookError
from playbook.files import replace_safely, write_atomically
from playbook.learn.catalog import Lesson, lesson

COPIES_FOLDER = "lessons"
OLDER_FOLDER = "older"


def copy_path(lesson_id: str) -> Path:
    """Return where a learner's copy is, made or not: `my-work/lessons/3.1-fast-for-whom.ipynb`."""
    return home.work_folder() / COPIES_FOLDER / copy_name(lesson(lesson_id))


def copy_name(entry: Lesson) -> str:
    """Return the file name of a lesson's copy: `3.1-fast-for-whom.ipynb`."""
    name = re.sub(r"^\d+-", "", Path(entry.path).stem)
    return f"{entry.id}-{name}.ipynb"


def learner_copy(lesson_id: str) -> Path:
    """Return the learner's copy of a lesson, made fresh if there is none.

    A copy that exists stays as it is, also when the lesson is newer; `update_note` says so.

    Raises
    ------
    PlaybookError
        If there is no such lesson, or its notebook is missing or can't be read.
    """
    path = copy_path(lesson_id)
    if path.is_file():
        return path
    return write_atomically(path, copy_text(fresh_copy(lesson(lesson_id))))


def reset(lesson_id: str) -> Path:
    """Bring a fresh copy of a lesson; the one it replaces is kept in `older/` with its date."""
    return replace_safely(copy_path(lesson_id), copy_text(fresh_copy(lesson(lesson_id))))


def update_note(lesson_id: str) -> str:
    """Say what a learner should know about their copy; nothing when it is the newest."""
    path, entry = copy_path(lesson_id), lesson(lesson_id)
    if not path.is_file():
        return ""
    way_out = f"`playbook reset {lesson_id}` brings the new one and keeps yours with its date."
    try:
        stamp = json.loads(path.read_text(encoding="utf-8"))["metadata"].get("playbook", {})
    except (ValueError, KeyError, TypeError, AttributeError):
        return f"Your copy of lesson {lesson_id} can't be read as a notebook. {way_out}"
    version = stamp.get("version", "unknown")
    if version == entry.version:
        return ""
    return (
        f"Lesson {lesson_id} is newer (version {entry.version}) than your copy "
        f"(version {version}). Your copy stays as it is. {way_out}"
    )


def copy_text(notebook: dict[str, Any]) -> str:
    """Write a notebook as the text of its file."""
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def fresh_copy(entry: Lesson, notebook: Path | None = None) -> dict[str, Any]:
    """Return a lesson's notebook with outputs and counts cleared, folds and tags kept.

    Parameters
    ----------
    entry
        The lesson.
    notebook
        Where it is, if not among the lessons that came with the Playbook.

    Raises
    ------
    PlaybookError
        If the notebook is missing or can't be read.
    """
    try:
        copy: dict[str, Any] = json.loads((notebook or entry.notebook).read_text("utf-8"))
    except (OSError, ValueError):
        raise PlaybookError(
            f"The notebook of lesson {entry.id} is missing or can't be read.",
            where=entry.path,
            fix="Get the Playbook again. Or choose another lesson: `playbook list`.",
        ) from None
    copy = without_results(copy)
    copy["metadata"]["playbook"] = {"lesson": entry.id, "version": entry.version}
    return copy


def without_results(notebook: dict[str, Any]) -> dict[str, Any]:
    """Clear the outputs and counts of a notebook, and name the Python that runs it."""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = []
            cell["execution_count"] = None
    notebook["metadata"].pop("widgets", None)
    # Without a kernel's name JupyterLab would ask the learner to choose one.
    notebook["metadata"]["kernelspec"] = {
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "name": "python3",
    }
    return notebook
