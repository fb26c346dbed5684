"""The plan as a page of one's own: a notebook that shows it, and takes what is still missing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from playbook import home
from playbook.files import write_atomically
from playbook.learn.copies import copy_text, without_results

NOTEBOOK = Path(__file__).with_name("my-plan.ipynb")
VERSION = "1.0"


def fresh_plan() -> dict[str, Any]:
    """Return the page with nothing run yet."""
    notebook: dict[str, Any] = json.loads(NOTEBOOK.read_text("utf-8"))
    notebook = without_results(notebook)
    notebook["metadata"]["playbook"] = {"lesson": NOTEBOOK.stem, "version": VERSION}
    return notebook


def plan_copy() -> Path:
    """Return the learner's own page, made fresh if there is none."""
    path = home.work_folder() / NOTEBOOK.name
    return path if path.is_file() else write_atomically(path, copy_text(fresh_plan()))
