"""The live part of the site, `/lite/`: JupyterLite's notebook page with our lessons and files."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from playbook.errors import PlaybookError
from playbook.learn import own_city_copy
from playbook.learn.catalog import lessons
from playbook.learn.plan.notebook import NOTEBOOK, VERSION
from playbook.learn.plan.plan import TITLE
from playbook.publish.live.gather import gather, labextension
from playbook.publish.live.helper import helper_wheel
from playbook.publish.live.lock import loaded_first, lock, with_playbook
from playbook.publish.live.notebooks import (
    CITY_NAME,
    FOLDER,
    PLAN_NAME,
    live_name,
    write_copies,
)
from playbook.publish.live.pins import Pins, read_pins
from playbook.publish.live.prepare import prepare

# Python is compiled by the browser and runs in a worker; JupyterLab makes functions from the
# schemas of its settings (unsafe-eval). Still nothing comes from, or goes to, another host.
POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; "
    "font-src 'self' data:; script-src 'self' 'unsafe-eval'; worker-src 'self' blob:; "
    "connect-src 'self' data:"
)
_EXTENSIONS = ("@jupyterlite/pyodide-kernel-extension", "@jupyter-widgets/jupyterlab-manager")
_PAGE_FILES = Path(__file__).with_name("page")
_KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
# Written for those who build JupyterLite itself.
_NOT_FOR_READERS = ("rspack.config*.js", "package.json", "bootstrap.js", "*.schema.v0.json", "doc")
# They lead to pages that are not here, or ask for pictures that JupyterLite does not bring.
_OFF = (
    "@jupyter-notebook/console-extension:scratchpad-console",
    "@jupyter-notebook/notebook-extension:open-tree-tab",
    "@jupyter-notebook/notebook-extension:tab-icon",
    "@jupyter-notebook/notebook-extension:trusted",
    "@jupyter-notebook/tree-extension:open-file-browser",
    "@jupyterlab/application-extension:faviconbusy",
    "@jupyterlite/application-extension:share-file",
    "@jupyterlite/notebook-application-extension:logo",
)
_SETTINGS: dict[str, dict[str, Any]] = {
    "@jupyterlab/docmanager-extension:plugin": {"autosave": True, "autosaveInterval": 20},
    # The whole lesson stays on the page: the browser's search and screen readers need it there.
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
}


def build_live(
    site: Path,
    *,
    notebooks: Path | None = None,
    release: Path | None = None,
    cache: Path | None = None,
) -> Path:
    """Add the live lessons to a built book; returns their folder.

    Parameters
    ----------
    site
        Folder of the built book.
    notebooks
        Folder with the lessons' notebooks; those that came with the Playbook if left out.
    release
        A folder with an official Pyodide release; the package index is used if left out.
    cache
        Folder that keeps what was fetched and prepared; this computer's own if left out.

    Raises
    ------
    PlaybookError
        If a file can't be fetched, differs from its hash, or a tool is missing.
    """
    pins = read_pins()
    with tempfile.TemporaryDirectory(prefix="playbook-live-") as name:
        work = Path(name)
        files = gather(pins, release, cache=cache)
        archives = prepare(pins, [*files, helper_wheel(work)], cache=cache)
        out = work / FOLDER
        _run_jupyterlite(work, out)
        _write_pyodide(pins, files, archives, out / "pyodide")
        write_copies(lessons().values(), out, notebooks)
        _write_pages(pins, out)
        remove_live(site)
        shutil.copytree(out, site / FOLDER)
    return site / FOLDER


def remove_live(site: Path) -> None:
    """Take the live lessons of an earlier build out of a site."""
    if (site / FOLDER).exists():
        shutil.rmtree(site / FOLDER)


def _run_jupyterlite(work: Path, out: Path) -> None:
    """Let JupyterLite write its page; from an empty folder, because it keeps what is there."""
    start = work / "jupyterlite"
    start.mkdir()
    config = {
        "apps": ["notebooks"],
        "federated_extensions": [str(labextension(name)) for name in _EXTENSIONS],
        "ignore_sys_prefix": True,
        "no_sourcemaps": True,
        "no_unused_shared_packages": True,
        "output_dir": str(out),
    }
    (start / "jupyter_lite_config.json").write_text(json.dumps({"LiteBuildConfig": config}))
    done = subprocess.run(
        [sys.executable, "-m", "jupyterlite_core.app", "build"],
        cwd=start,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    if done.returncode or not (out / "notebooks" / "index.html").is_file():
        said = [line for line in done.stderr.splitlines() if "Error" in line] or ["no reason"]
        raise PlaybookError(
            f"JupyterLite could not write the live page: {said[-1].strip()}.",
            fix="Run `nox -s book` anew. Or build with `--no-live`.",
        )


def _write_pyodide(
    pins: Pins, files: list[Path], archives: Mapping[str, Path], folder: Path
) -> None:
    folder.mkdir()
    for path in files:
        if path.name in pins.runtime:
            shutil.copyfile(archives.get(path.name, path), folder / path.name)
    for name, archive in archives.items():
        shutil.copyfile(archive, folder / name)
    text = json.dumps(lock(pins, archives), indent=1)
    (folder / "pyodide-lock.json").write_text(text, encoding="utf-8")


def _write_pages(pins: Pins, out: Path) -> None:
    for pattern in _NOT_FOR_READERS:
        for path in out.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    _patch_settings(pins, out / "jupyter-lite.json")
    theirs = (out / "notebooks" / "index.html").read_text(encoding="utf-8")
    about = _about(pins, out / "pyodide")
    (out / "live.json").write_text(json.dumps(about, indent=1), encoding="utf-8")
    usual = sum(about["bytes"][name] for name in about["lessons"][0]["files"] + about["runtime"])
    page = (_PAGE_FILES / "lesson.html").read_text(encoding="utf-8")
    (out / "notebooks" / "index.html").write_text(
        page.format(
            policy=POLICY,
            bundle=_address(theirs, r'href="([^"]*bundle\.js[^"]*)"'),
            config_utils=_address(theirs, r"'([^']*config-utils\.js[^']*)'"),
            megabytes=round(usual / 1e6),
        ),
        encoding="utf-8",
    )
    links = "\n".join(
        f'<li><a href="notebooks/index.html?path={one["file"]}">{escape(one["name"])}</a></li>'
        for one in about["lessons"]
    )
    index = (_PAGE_FILES / "index.html").read_text(encoding="utf-8")
    (out / "index.html").write_text(index.format(policy=POLICY, lessons=links), encoding="utf-8")
    for name in ("live.css", "live.js", "icon.svg"):
        shutil.copyfile(_PAGE_FILES / name, out / name)


def _about(pins: Pins, folder: Path) -> dict[str, Any]:
    """Return what the page's own script knows: lessons, what each loads, how much that is."""
    known = with_playbook(pins)
    entries = []
    for one in lessons().values():
        names = loaded_first(pins, one)
        entries.append(
            {
                "id": one.id,
                "name": f"{one.id} {one.title}",
                "version": one.version,
                "file": live_name(one),
                "page": f"../notebooks/{one.path.removesuffix('.ipynb')}.html",
                "extra": list(pins.lessons.get(one.id, ())),
                "files": [known.packages[name].file for name in names],
            }
        )
    usual = [known.packages[name].file for name in loaded_first(pins)]
    plan = {"id": NOTEBOOK.stem, "name": TITLE, "version": VERSION, "file": PLAN_NAME}
    entries.append({**plan, "page": "../book/my-plan.html", "extra": [], "files": usual})
    form = {"id": own_city_copy.NAME, "name": own_city_copy.TITLE, "file": CITY_NAME}
    form |= {"version": own_city_copy.VERSION, "page": "../book/your-own-city.html"}
    entries.append({**form, "extra": [], "files": usual})
    return {
        "runtime": [*pins.runtime, "pyodide-lock.json"],
        "lessons": entries,
        "bytes": {path.name: path.stat().st_size for path in sorted(folder.iterdir())},
    }


def _patch_settings(pins: Pins, path: Path) -> None:
    settings = json.loads(path.read_text(encoding="utf-8"))
    data = settings["jupyter-config-data"]
    data |= {
        "appName": "Learning Lab Playbook",
        "contentsAllJsonFile": "all.json",
        "disabledExtensions": list(_OFF),
        # The bar above the lesson asks the page how far it is.
        "exposeAppInBrowser": True,
        # Only the learner's work is kept in the browser, not what was clicked in the menus.
        "enableMemoryStorage": True,
        "settingsStorageDrivers": ["memoryStorageDriver"],
        "workspacesStorageDrivers": ["memoryStorageDriver"],
        "settingsOverrides": _SETTINGS,
    }
    data["litePluginSettings"] = {
        _KERNEL: {
            "pyodideUrl": "./pyodide/pyodide.mjs",
            "disablePyPIFallback": True,
            "loadPyodideOptions": {"packages": list(loaded_first(pins))},
        }
    }
    path.write_text(json.dumps(settings, indent=1), encoding="utf-8")


def _address(page: str, pattern: str) -> str:
    found = re.search(pattern, page)
    if found is None:
        raise PlaybookError(
            "This version of JupyterLite writes its page in another way than I know.",
            fix="Install the versions of constraints.txt. Or build with `--no-live`.",
        )
    return found[1]
