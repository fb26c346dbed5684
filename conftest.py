"""What holds for every test, every doctest and every cell of a lesson.

It stands in the root, because pytest runs `tests`, `notebooks` and `src` as one.
"""

from __future__ import annotations

import os
import runpy
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent
BLOCKED_NETWORK = ROOT / "tests" / "blocked_network"
# What `nox -s tests` made before: the site, the wheel, and the Python it is installed in.
MADE_BEFORE = {"PLAYBOOK_SITE", "PLAYBOOK_WHEEL", "PLAYBOOK_WHEEL_PYTHON"}
# Folders of public files that some tests read when they are told where they are.
ASKED_FOR = {"PLAYBOOK_PB", "PLAYBOOK_USALEEP"}
_folders: list[tempfile.TemporaryDirectory[str]] = []
_work_of: dict[str, str] = {}


def pytest_configure(config: pytest.Config) -> None:
    """Take the person who runs the tests out of them, before anything is collected."""
    for name in [name for name in os.environ if name.startswith("PLAYBOOK_")]:
        if name not in MADE_BEFORE | ASKED_FOR:
            del os.environ[name]
    # A lesson chooses no way to draw; in a kernel that is the notebook's own.
    os.environ.pop("MPLBACKEND", None)
    os.environ["PYTHONUTF8"] = "1"
    os.environ["IPYTHONDIR"] = _fresh_folder("ipython")
    runpy.run_path(str(BLOCKED_NETWORK / "sitecustomize.py"))
    # Every Python that a test starts reads that file first, kernels and the command line too.
    before = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    paths = [str(BLOCKED_NETWORK), *(path for path in before if path != str(BLOCKED_NETWORK))]
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, paths))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Give every test file and every lesson a work folder of its own, empty at first."""
    file = str(item.path)
    if file not in _work_of:
        _work_of[file] = str(Path(_fresh_folder("work")) / "my-work")
    os.environ["PLAYBOOK_WORK"] = _work_of[file]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the folders of this run."""
    for folder in _folders:
        folder.cleanup()


def _fresh_folder(name: str) -> str:
    folder = tempfile.TemporaryDirectory(prefix=f"playbook-{name}-", ignore_cleanup_errors=True)
    _folders.append(folder)
    return folder.name
