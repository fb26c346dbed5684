"""The lessons on a JupyterHub: the folder they are pulled from, a link each, and its memory."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from playbook import __version__, home
from playbook.errors import PlaybookError
from playbook.files import replace_safely
from playbook.learn.catalog import Lesson, lessons
from playbook.learn.copies import COPIES_FOLDER, copy_name, copy_text, fresh_copy
from playbook.learn.plan.notebook import NOTEBOOK, fresh_plan

HUB = "https://hub.example.org"
REPOSITORY = "https://git.example.org/your-city/lessons"
BRANCH = "main"
# Where a link puts the lessons in a learner's folder: where `playbook start` puts them on a laptop,
# so that saved pages, `playbook reset` and a city's own files are found the same way.
TARGET = f"{home.WORK_FOLDER_NAME}/{COPIES_FOLDER}"
MEASURED = Path("hosting") / "measured.toml"

MB_PER_GB = 1000
# A larger table, or a second lesson that is still open.
HEADROOM = 1.5
SYSTEM_GB = 1

_README = f"""# Lessons

The lessons of the Learning Lab Playbook, version {__version__}, as learners get them: no results
yet, your copy keeps what you type. Text: CC BY 4.0. Code: MIT.
"""
_IGNORED = "older/\n.ipynb_checkpoints/\n"


@dataclass(frozen=True)
class Trial:
    """What people at once on one JupyterHub took, as `bench/hub.py` measured it.

    Parameters
    ----------
    date
        When.
    command
        What was run.
    machine
        On what, in words.
    versions
        Of the programs, in words.
    users
        How many people at once.
    lesson
        The lesson that each of them ran to the end.
    memory_mb
        Memory of one person's processes at the end of the lesson, shared parts divided.
    alone_mb
        The same where nothing is shared, as in containers on several machines.
    hub_mb
        Memory of the hub and its proxy.
    open_seconds
        From the login to the open lesson: the middle person, and the slowest.
    run_seconds
        From the login to the last step: the middle person, and the slowest.
    cpu_seconds
        Processor seconds of one person.
    """

    date: date
    command: str
    machine: str
    versions: str
    users: int
    lesson: str
    memory_mb: int
    alone_mb: int
    hub_mb: int
    open_seconds: tuple[int, int]
    run_seconds: tuple[int, int]
    cpu_seconds: int

    @property
    def users_per_gb(self) -> int:
        """How many people fit in one gigabyte as they were measured, with nothing to spare."""
        return MB_PER_GB // self.memory_mb

    @property
    def planned_per_gb(self) -> float:
        """How many people to plan for in one gigabyte, with headroom for each, to a tenth."""
        return math.floor(10 * MB_PER_GB / (self.memory_mb * HEADROOM)) / 10

    def gigabytes(self, people: int) -> int:
        """Return the memory to ask for, so many people at once, in whole gigabytes."""
        needed = self.hub_mb + people * self.memory_mb * HEADROOM
        return math.ceil(needed / MB_PER_GB) + SYSTEM_GB


def read_trial(path: Path) -> Trial:
    """Read what was measured.

    Parameters
    ----------
    path
        The file `measured.toml`.

    Raises
    ------
    PlaybookError
        If the file is missing, can't be read, or lacks a figure.
    """
    fix = "Measure again: python bench/hub.py --users 20. Or bring the file back from git."
    try:
        stored: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise PlaybookError(
            "The file with the measured memory is missing or can't be read.",
            where=str(path),
            fix=fix,
        ) from None
    names = Trial.__dataclass_fields__
    wrong = sorted(names.keys() ^ stored.keys())
    if wrong:
        raise PlaybookError(
            f"The file with the measured memory lacks or adds: {', '.join(wrong)}.",
            where=str(path),
            fix=fix,
        )
    for name in ("open_seconds", "run_seconds"):
        stored[name] = tuple(stored[name])
    return Trial(**stored)


def lesson_link(entry: Lesson, hub: str = HUB, repository: str = REPOSITORY) -> str:
    r"""Return the nbgitpuller link that brings the lessons to a learner and opens one.

    Parameters
    ----------
    entry
        The lesson to open.
    hub
        Address of the JupyterHub.
    repository
        Address of the git repository with the lessons; see `write_lessons`.

    Examples
    --------
    >>> from playbook.learn.catalog import lesson
    >>> from playbook.publish.hosting import lesson_link
    >>> print(lesson_link(lesson("3.1")).replace("&", "\n&"))
    https://hub.example.org/hub/user-redirect/git-pull?repo=https://git.example.org/your-city/lessons
    &branch=main
    &targetpath=my-work/lessons
    &urlpath=doc/tree/my-work/lessons/3.1-fast-for-whom.ipynb
    """
    ask = {
        "repo": repository,
        "branch": BRANCH,
        "targetpath": TARGET,
        "urlpath": open_path(entry, TARGET),
    }
    # Slashes and colons may stay as they are in a query: so people can read and change the link.
    asked = urlencode(ask, safe="/:", quote_via=quote)
    return f"{hub.rstrip('/')}/hub/user-redirect/git-pull?{asked}"


def open_path(entry: Lesson, folder: str) -> str:
    """Return the end of the address that opens a lesson's copy, without JupyterLab's side bars."""
    return f"doc/tree/{quote(f'{folder}/{copy_name(entry)}')}"


def links_text(entries: Iterable[Lesson]) -> str:
    """Write the link of each lesson under its name, ready to be copied as a whole."""
    return "\n\n".join(f"{entry.id} {entry.title}\n{lesson_link(entry)}" for entry in entries)


def write_lessons(folder: Path) -> list[Path]:
    """Write a fresh copy of each lesson and of the plan's page, which the links pull.

    What stood there and differs is kept in `older/`, which git is told to leave out.

    Parameters
    ----------
    folder
        Where to write; made when missing.

    Raises
    ------
    PlaybookError
        If a lesson's notebook is missing, or the folder can't be written.
    """
    texts = {copy_name(entry): copy_text(fresh_copy(entry)) for entry in lessons().values()}
    texts |= {NOTEBOOK.name: copy_text(fresh_plan()), "README.md": _README, ".gitignore": _IGNORED}
    return [replace_safely(folder / name, text) for name, text in texts.items()]
