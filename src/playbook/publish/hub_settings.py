"""JupyterLab for many users, set as `playbook.learn.lab_server` sets it on a laptop."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playbook.errors import PlaybookError
from playbook.files import replace_safely
from playbook.learn.catalog import lessons
from playbook.learn.lab_server import LAB_DEFAULTS, LAB_PAGE
from playbook.learn.plain_errors import STARTUP_LINE
from playbook.publish.hosting import open_path

_SERVER: dict[str, dict[str, Any]] = {"ServerApp": {"terminals_enabled": False}}
_LAB: dict[str, dict[str, Any]] = {
    "LabApp": {
        "extension_manager": "readonly",
        "check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
        "news_url": None,
    }
}
# Python's errors in plain words, in every lesson.
_KERNEL = {"IPKernelApp": {"exec_lines": [STARTUP_LINE.strip()]}}


def write_settings(prefix: Path, first_folder: str = "") -> list[Path]:
    """Write the settings for everyone who uses one Python's environment.

    What other programs set in the same files stays.

    Parameters
    ----------
    prefix
        The environment: its `sys.prefix`.
    first_folder
        Folder with copies of the lessons, from the place where the server starts: JupyterLab then
        opens the first one. Empty to open JupyterLab itself.

    Raises
    ------
    PlaybookError
        If a file that stands there can't be read, or the environment can't be written.
    """
    server, lab = _SERVER, _LAB
    if first_folder:
        address = "/" + open_path(next(iter(lessons().values())), first_folder)
        server = {"ServerApp": server["ServerApp"] | {"default_url": address}}
        lab = {"LabApp": lab["LabApp"] | {"default_url": address}}
    settings = Path("share", "jupyter", "lab", "settings")
    wanted: dict[Path, Mapping[str, Any]] = {
        settings / "overrides.json": LAB_DEFAULTS,
        settings / "page_config.json": LAB_PAGE,
        Path("etc", "jupyter", "jupyter_server_config.json"): server,
        Path("etc", "jupyter", "jupyter_lab_config.json"): lab,
        Path("etc", "ipython", "ipython_kernel_config.json"): _KERNEL,
    }
    # All are read before one is written: a file that can't be read leaves the others as they were.
    joined = {prefix / name: _joined(prefix / name, values) for name, values in wanted.items()}
    return [
        replace_safely(path, json.dumps(values, indent=1) + "\n") for path, values in joined.items()
    ]


def _joined(path: Path, ours: Mapping[str, Any]) -> dict[str, Any]:
    """Put our values over those that stand in a file; lists are ours, groups keep the rest."""
    if not path.is_file():
        return dict(ours)
    try:
        stored: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return stored | {name: stored.get(name, {}) | group for name, group in ours.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        raise PlaybookError(
            f"The settings in {path.name} can't be read, so I did not change them.",
            where=str(path),
            fix="Repair the file, or move it away. Then run this again.",
        ) from None
