"""Opening a lesson in JupyterLab, and proving that it opens and runs."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playbook import home
from playbook.errors import PlaybookError
from playbook.learn.catalog import lesson
from playbook.learn.copies import learner_copy, update_note
from playbook.learn.lab_client import run_lesson
from playbook.learn.lab_server import LabServer
from playbook.learn.own_city_copy import TITLE, page_copy
from playbook.learn.plan.notebook import plan_copy


def start(
    lesson_id: str,
    *,
    open_browser: bool = True,
    say: Callable[[str], None] = print,
    tell: Callable[[str], None] = lambda line: None,
) -> None:
    """Open a lesson in JupyterLab and stay until it is stopped.

    Parameters
    ----------
    lesson_id
        The lesson, such as ``"3.1"``.
    open_browser
        Whether to open the computer's browser. Without a display it never is.
    say
        Takes a line for the learner.
    tell
        Takes a line of progress.

    Raises
    ------
    PlaybookError
        If the lesson is unknown, the work folder can't be written, or JupyterLab does not start.
    """
    entry = lesson(lesson_id)
    note = update_note(lesson_id)
    with _folder_takes_files():
        path = learner_copy(lesson_id)
    _serve(path, f"Lesson {entry.id}: {entry.title}", note, open_browser, say, tell)


def start_plan(
    *,
    open_browser: bool = True,
    say: Callable[[str], None] = print,
    tell: Callable[[str], None] = lambda line: None,
) -> None:
    """Open the page of the plan in JupyterLab and stay until it is stopped; see `start`."""
    with _folder_takes_files():
        path = plan_copy()
    _serve(path, "My plan so far", "", open_browser, say, tell)


def start_own_city(
    *,
    open_browser: bool = True,
    say: Callable[[str], None] = print,
    tell: Callable[[str], None] = lambda line: None,
) -> None:
    """Open the form for a city's own files in JupyterLab; see `start`."""
    with _folder_takes_files():
        path = page_copy()
    _serve(path, TITLE, "", open_browser, say, tell)


@contextmanager
def _folder_takes_files() -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        raise PlaybookError(
            f"I can't write in the folder {home.work_folder()}: {problem.strerror}.",
            fix="Set PLAYBOOK_WORK to a folder of yours. Or ask IT for write access to this one.",
        ) from None


def _serve(
    path: Path,
    title: str,
    note: str,
    open_browser: bool,
    say: Callable[[str], None],
    tell: Callable[[str], None],
) -> None:
    tell("Starting JupyterLab")
    shown = open_browser and has_display()
    try:
        with _ended_as_by_ctrl_c(), LabServer(home.work_folder(), path, open_browser=shown) as lab:
            say(title)
            say(f"Your copy: {home.WORK_FOLDER_NAME}/{lab.document}")
            if note:
                say(note)
            say("If no page opens, copy this address into the browser of this computer:")
            say(f"  {lab.lesson_address}")
            say("Your work is saved as you go. To stop, press Ctrl+C here.")
            say("Next: in the page that opened, press Shift+Enter in the first gray box.")
            lab.wait()
    except KeyboardInterrupt:
        tell("JupyterLab has stopped")


@contextmanager
def _ended_as_by_ctrl_c() -> Iterator[None]:
    """Let a closed terminal, or a computer that shuts down, stop the server and its kernels too."""
    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {name: signal.getsignal(getattr(signal, name)) for name in names}
    for name in names:
        signal.signal(getattr(signal, name), signal.default_int_handler)
    try:
        yield
    finally:
        for name in names:
            signal.signal(getattr(signal, name), before[name])


def check(lesson_id: str, *, tell: Callable[[str], None] = lambda line: None) -> str:
    """Open a lesson through the server's API, run it there, stop; a learner's work is not touched.

    Returns
    -------
    str
        What was proven, with the seconds it took.

    Raises
    ------
    PlaybookError
        If the server does not start or a cell stops with an error.
    """
    began = time.monotonic()
    lesson(lesson_id)
    kept = {name: value for name, value in os.environ.items() if name.startswith("PLAYBOOK_")}
    with tempfile.TemporaryDirectory(
        prefix="playbook-check-", ignore_cleanup_errors=True
    ) as folder:
        try:
            for name in kept:
                del os.environ[name]
            os.environ["PLAYBOOK_WORK"] = folder
            path = learner_copy(lesson_id)
            tell("Starting JupyterLab")
            with LabServer(Path(folder), path) as server:
                opened = time.monotonic() - began
                cells = run_lesson(server, tell)
        finally:
            del os.environ["PLAYBOOK_WORK"]
            os.environ.update(kept)
    return (
        f"Lesson {lesson_id} opened in JupyterLab after {opened:.1f} seconds; "
        f"its {cells} code cells ran in {time.monotonic() - began - opened:.1f} seconds."
    )


def has_display() -> bool:
    """Whether this computer can show a browser window."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
