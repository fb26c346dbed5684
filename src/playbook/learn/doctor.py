"""Checks of a computer before a session: one plain line each, and a note for an IT department."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
import socket
import subprocess
import sys
import tempfile
import webbrowser
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from playbook import home
from playbook.learn.lab import has_display
from playbook.supported import python_problem

DISTRIBUTION = "learning-lab-playbook"
# What a lesson and JupyterLab need at run time.
NEEDED = ("numpy", "pandas", "matplotlib", "ipywidgets", "jupyterlab", "ipykernel")
FREE_MEGABYTES = 500
KERNEL_SECONDS = 60


@dataclass(frozen=True)
class Finding:
    """What one check found.

    Parameters
    ----------
    name
        What was looked at.
    ok
        Whether a lesson can run with it.
    says
        What was seen, in one line.
    fix
        What to do now. Empty when `ok`.
    """

    name: str
    ok: bool
    says: str
    fix: str = ""

    def __str__(self) -> str:
        line = f"{'OK   ' if self.ok else 'LOOK '} {self.name}: {self.says}"
        return line if self.ok else f"{line} {self.fix}"


def examine() -> Iterator[Finding]:
    """Check this computer, one finding after the other."""
    yield check_python()
    yield check_packages()
    yield check_work_folder(home.work_folder())
    yield check_disk(home.work_folder())
    yield check_port()
    yield check_browser()
    yield check_proxy(os.environ)
    yield check_kernel()


def check_python(version: tuple[int, int] = sys.version_info[:2]) -> Finding:
    """Whether this Python is one the Playbook runs on."""
    problem = python_problem(version)
    if problem:
        return Finding("Python", False, problem, "The lessons can be read in the book meanwhile.")
    return Finding("Python", True, f"version {version[0]}.{version[1]}.")


def check_packages(needed: tuple[str, ...] = NEEDED) -> Finding:
    """Whether the packages that a lesson runs with are installed."""
    versions = _versions(needed)
    missing = [name for name in needed if name not in versions]
    if missing:
        return Finding(
            "Packages",
            False,
            f"{', '.join(missing)} not found.",
            "Run `nox -s lab`, or install the Playbook with its part [lab].",
        )
    return Finding("Packages", True, f"all {len(needed)} found.")


def check_work_folder(folder: Path) -> Finding:
    """Whether a learner's work can be saved in a folder."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as problem:
        return Finding(
            "Work folder",
            False,
            f"I can't write in {folder} ({problem.strerror}).",
            "Set PLAYBOOK_WORK to a folder of yours. Or ask IT for write access to this one.",
        )
    return Finding("Work folder", True, f"your work is saved in {folder}.")


def check_disk(folder: Path, free_megabytes: int | None = None) -> Finding:
    """Whether there is room for the work and the settings."""
    if free_megabytes is None:
        existing = next(place for place in (folder, *folder.absolute().parents) if place.exists())
        free_megabytes = shutil.disk_usage(existing).free // 2**20
    if free_megabytes < FREE_MEGABYTES:
        return Finding(
            "Disk",
            False,
            f"only {free_megabytes:,} MB free.",
            f"Free at least {FREE_MEGABYTES} MB. Or set PLAYBOOK_WORK to a folder on another disk.",
        )
    return Finding("Disk", True, f"{free_megabytes:,} MB free.")


def check_port() -> Finding:
    """Whether a program may listen on this computer's own address."""
    try:
        with socket.socket() as door:
            door.bind(("127.0.0.1", 0))
            door.listen()
            with socket.create_connection(door.getsockname(), timeout=5):
                pass
    except OSError as problem:
        return Finding(
            "Local address",
            False,
            f"nothing may listen on 127.0.0.1 ({problem.strerror or problem}).",
            "Send IT the note of `playbook doctor --for-it`. The book works without.",
        )
    return Finding("Local address", True, "127.0.0.1 can be used.")


def check_browser() -> Finding:
    """Whether a page can open by itself. Without that the address is printed, so it never stops."""
    try:
        found = has_display() and webbrowser.get() is not None
    except webbrowser.Error:
        found = False
    says = (
        "opens by itself." if found else "none here. `playbook start` prints the address to open."
    )
    return Finding("Browser", True, says)


def check_proxy(variables: Mapping[str, str]) -> Finding:
    """Whether an office proxy is set. Lessons use no network, so it matters for installing only."""
    proxies = [n for n in variables if n.lower() in ("http_proxy", "https_proxy", "all_proxy")]
    if not proxies:
        return Finding("Proxy", True, "none set.")
    unproxied = variables.get("NO_PROXY", variables.get("no_proxy", ""))
    names = ", ".join(sorted({name.upper() for name in proxies}))
    if "127.0.0.1" in unproxied or unproxied.strip() == "*":
        return Finding("Proxy", True, f"{names} set; this computer's own address goes around it.")
    return Finding(
        "Proxy",
        True,
        f"{names} set. Lessons need no network. If a page stays blank, add 127.0.0.1 to NO_PROXY.",
    )


def check_kernel() -> Finding:
    """Whether a Python kernel starts and answers."""
    code = (
        "from jupyter_client.manager import start_new_kernel\n"
        "manager, client = start_new_kernel(kernel_name='python3')\n"
        "reply = client.execute_interactive('1 + 1', output_hook=lambda message: None)\n"
        "client.stop_channels(); manager.shutdown_kernel(now=True)\n"
        "raise SystemExit(0 if reply['content']['status'] == 'ok' else 1)\n"
    )
    try:
        done = subprocess.run(
            [sys.executable, "-c", code],
            timeout=KERNEL_SECONDS,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        started = done.returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        started = False
    if started:
        return Finding("Kernel", True, "starts and answers.")
    return Finding(
        "Kernel",
        False,
        f"no answer in {KERNEL_SECONDS} seconds, or it stopped.",
        "Run `nox -s lab` anew. If it stays, send IT the note of `playbook doctor --for-it`.",
    )


def note_for_it() -> str:
    """Write a note for an IT department: what runs where, what is contacted, what is installed."""
    installed = _versions((DISTRIBUTION, *NEEDED))
    versions = ", ".join(f"{name} {version}" for name, version in installed.items())
    return f"""\
To the IT department: the Learning Lab Playbook on this computer

What it is        Lessons on city data for staff. Open source (MIT; texts CC BY 4.0).
What runs         {sys.executable} (Python {platform.python_version()}):
                  JupyterLab and one Python process for each open lesson,
                  under the user's own account. No service, no administrator rights.
Network           At run time none: no host is contacted, no telemetry, no update check.
                  JupyterLab listens on 127.0.0.1 only (port 8888, or the next free one)
                  and asks for a random token. The browser connects to that address only.
To install        Python packages from the package index your office uses, or from a folder
                  (pip install --no-index --find-links FOLDER).
Files written     {home.work_folder()} (the learner's work and settings)
                  {tempfile.gettempdir()} (removed at the end of each session)
Data              A fictional city's, shipped with the lessons. A city's own file, if staff
                  add one, stays in the first folder and is sent nowhere.
Please allow      python to listen on 127.0.0.1, and the browser to open http://127.0.0.1.
System            {platform.system()} {platform.release()}, {platform.machine()}
Versions          {versions}"""


def _versions(names: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for name in names:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found
