"""The project's commands: lab, tests, gate, book, bench.

Environments are made once and reused; they are brought up to date when pyproject.toml or
constraints.txt change. The versions are those of constraints.txt, so that the same command gives
the same result next year.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import time
from pathlib import Path

import nox

ROOT = Path(__file__).parent
# The same two numbers stand in src/playbook/supported.py and pyproject.toml; a test compares them.
FIRST_PYTHON, LAST_PYTHON = (3, 11), (3, 14)
# A scheduled job empties this to try the newest versions of everything.
CONSTRAINTS = os.environ.get("PLAYBOOK_CONSTRAINTS", "constraints.txt")
SITE = ROOT / "_build" / "html"
WHEELS = ROOT / "_build" / "wheel"
SANITIZER = "tests/nbval_sanitize.cfg"

if not FIRST_PYTHON <= sys.version_info[:2] <= LAST_PYTHON:
    print(
        "This is Python {}.{}. The Playbook needs Python {}.{} to {}.{}. "
        "Install one from python.org.".format(*sys.version_info[:2], *FIRST_PYTHON, *LAST_PYTHON),
        file=sys.stderr,
    )
    sys.exit(3)

nox.options.sessions = ["lab"]
nox.options.reuse_existing_virtualenvs = True


@nox.session
def lab(session: nox.Session) -> None:
    """Open a lesson in JupyterLab: nox -s lab, or nox -s lab -- 3.1; test it: -- --check."""
    _install(session, "lab")
    session.run("playbook", "start", *session.posargs, success_codes=[0, 130])


@nox.session
def book(session: nox.Session) -> None:
    """Build the book into _build/html. Its environment has no JupyterLab: builds start faster."""
    _install(session, "book")
    _part("the book")
    shutil.rmtree(SITE, ignore_errors=True)
    session.run("playbook", "build", env=_clean(session))


@nox.session(requires=["book"])
def tests(session: nox.Session) -> None:
    """Prove everything, in under eight minutes on two cores."""
    _prove(session, "-m", "not gate", profile="default")


@nox.session(requires=["book"])
def gate(session: nox.Session) -> None:
    """Prove everything on everything: before a release, and nightly."""
    _prove(session, profile="thorough")


@nox.session(requires=["book"])
def bench(session: nox.Session) -> None:
    """Print the project's figures: medians of three runs, with the raw numbers."""
    _install(session, "dev")
    session.run(
        *("python", "bench/figures.py", "--site", str(SITE), "--book-python", _book_python()),
        *session.posargs,
        env=_clean(session),
    )


def _prove(session: nox.Session, *choice: str, profile: str) -> None:
    """Run the static checks, build the wheel, then run pytest once: its closing line is the verdict.

    The static checks come first: they are fast, and their own words are the clearest.
    """
    _install(session, "dev")
    env = _clean(session)
    parts = {
        "lint (ruff)": ["ruff", "check", "."],
        "format (ruff)": ["ruff", "format", "--check", "."],
        "types (mypy)": ["mypy"],
        "imports between rooms (import-linter)": ["lint-imports", "--no-cache"],
        "spelling (codespell)": ["codespell"],
        "wheel": ["python", "-m", "pip", "wheel", ".", "--no-deps", "-q", "-w", str(WHEELS)],
    }
    shutil.rmtree(WHEELS, ignore_errors=True)
    for name, command in parts.items():
        began = _part(name)
        session.run(*command, env=env, silent=name == "wheel")
        print(f"   {time.monotonic() - began:.1f} s", flush=True)
    _part("tests, lessons and doctests (pytest)")
    (wheel,) = WHEELS.glob("*.whl")
    session.run(
        *("pytest", "tests", "notebooks", "src"),
        *("--nbval", "--nbval-current-env", f"--nbval-sanitize-with={SANITIZER}"),
        # Cells of one notebook stay together: they share a kernel.
        *("-n", "2", "--dist", "loadfile", "--durations=10", *choice),
        *session.posargs,
        env=env
        | {
            "PLAYBOOK_SITE": str(SITE),
            "PLAYBOOK_WHEEL": str(wheel),
            "HYPOTHESIS_PROFILE": profile,
        },
    )


def _install(session: nox.Session, extra: str) -> None:
    """Install the project with one of its parts, unless this environment has exactly that already."""
    mark = Path(session.virtualenv.location) / "playbook-installed.txt"
    source = "".join((ROOT / name).read_text("utf-8") for name in ("pyproject.toml",))
    source += Path(CONSTRAINTS).read_text("utf-8") + extra + sys.version
    wanted = hashlib.sha256(source.encode()).hexdigest()
    if mark.is_file() and mark.read_text("utf-8") == wanted:
        return
    began = _part(f"installing [{extra}] (once; it takes some minutes)")
    mark.unlink(missing_ok=True)
    session.install("-c", CONSTRAINTS, "-e", f".[{extra}]")
    mark.write_text(wanted, "utf-8")
    print(f"   {time.monotonic() - began:.1f} s", flush=True)


def _clean(session: nox.Session) -> dict[str, str | None]:
    """Variables of a run in which nothing of the person who starts it has a say."""
    ours = {name: None for name in os.environ if name.startswith("PLAYBOOK_")}
    work = Path(session.create_tmp()) / "my-work"
    shutil.rmtree(work, ignore_errors=True)
    return ours | {"PLAYBOOK_WORK": str(work), "PYTHONUTF8": "1"}


def _book_python() -> str:
    """Python of the environment that builds the book."""
    folder = ROOT / ".nox" / "book"
    name = "Scripts/python.exe" if sys.platform == "win32" else "bin/python"
    return str(folder / name)


def _part(name: str) -> float:
    """Print the heading of a part; returns the time it began."""
    print(f"== {name}", flush=True)
    return time.monotonic()
