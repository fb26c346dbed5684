"""Where lessons, data and a learner's work are. The only module that knows."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
WORK_FOLDER_NAME = "my-work"


def in_browser() -> bool:
    """Tell whether this is the Python of a page, in a live lesson."""
    return sys.platform == "emscripten"


def checkout() -> Path | None:
    """Root of the repository this package runs from, or None when it is installed from a wheel."""
    root = _PACKAGE.parent.parent
    is_checkout = (root / "pyproject.toml").is_file() and (root / "notebooks").is_dir()
    return root if is_checkout else None


def _shipped(name: str) -> Path:
    root = checkout()
    return root / name if root else _PACKAGE / "_bundled" / name


def notebooks_folder() -> Path:
    """Folder with `lessons.toml` and one folder per module."""
    return _shipped("notebooks")


def data_folder() -> Path:
    """Folder with Port Alder's tables, `datapackage.json` and `insights.yaml`."""
    return _shipped("data")


def work_folder() -> Path:
    """Folder that keeps a learner's work.

    `PLAYBOOK_WORK` when it is set; else the nearest `my-work` at or above the current folder;
    else `my-work` in the repository, or in the current folder for an installed package.
    """
    chosen = os.environ.get("PLAYBOOK_WORK")
    if chosen:
        return Path(chosen)
    here = Path.cwd()
    for folder in (here, *here.parents):
        if folder.name == WORK_FOLDER_NAME:
            return folder
        if (folder / WORK_FOLDER_NAME).is_dir():
            return folder / WORK_FOLDER_NAME
    return (checkout() or here) / WORK_FOLDER_NAME
