"""The list that Pyodide loads packages from, trimmed to what the lessons need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from playbook import __version__
from playbook.learn.catalog import Lesson
from playbook.publish.live import helper
from playbook.publish.live.gather import sha256
from playbook.publish.live.pins import Package, Pins

# What the notebook page's kernel starts with; it would ask a package index for what is not here.
KERNEL = ("comm", "ipykernel", "ipython", "jedi", "micropip", "piplite", "pyodide-kernel")


def with_playbook(pins: Pins) -> Pins:
    """Return the pins with the Playbook among the packages."""
    own = Package(
        name=helper.NAME,
        version=__version__,
        file=helper.FILE,
        imports=("playbook",),
        depends=helper.DEPENDS,
    )
    return replace(pins, packages={**pins.packages, own.name: own})


def lock(pins: Pins, archives: Mapping[str, Path]) -> dict[str, Any]:
    """Return the content of `pyodide-lock.json`.

    Parameters
    ----------
    pins
        Names, versions and what depends on what.
    archives
        The archive to load for each wheel's name; its own SHA-256 is written into the list, and
        the page refuses a file that differs.
    """
    entries = {
        one.name: {
            "name": one.name,
            "version": one.version,
            "file_name": one.file,
            "sha256": sha256(archives[one.file].read_bytes()),
            "imports": list(one.imports),
            "depends": list(one.depends),
            "install_dir": "site",
            "package_type": "package",
            "unvendored_tests": False,
        }
        for one in with_playbook(pins).packages.values()
    }
    return {"info": pins.info, "packages": entries}


def loaded_first(pins: Pins, lesson: Lesson | None = None) -> Sequence[str]:
    """Return the packages that are loaded while Python starts, with all they depend on.

    Parameters
    ----------
    pins
        What depends on what.
    lesson
        Brings what this lesson needs beside the usual.
    """
    extra = pins.lessons.get(lesson.id, ()) if lesson else ()
    return with_playbook(pins).needed_by([*KERNEL, helper.NAME, *extra])
