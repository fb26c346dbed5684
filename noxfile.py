"""The project's commands: lab, tests, gate, book, bench.

Three environments are made once and reused: `lab` (the lessons), `book` (the book, without
JupyterLab, so that builds start faster) and `dev` (all checks). Each is brought up to date when
what it needs changes in pyproject.toml or constraints.txt.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import nox

# The same numbers stand in src/playbook/supported.py and pyproject.toml; a test compares them.
FIRST_PYTHON, LAST_PYTHON = (3, 11), (3, 14)
if not FIRST_PYTHON <= sys.version_info[:2] <= LAST_PYTHON:
    print(
        "This is Python {}.{}. The Playbook needs Python {}.{} to {}.{}. "
        "Install one from python.org.".format(*sys.version_info[:2], *FIRST_PYTHON, *LAST_PYTHON),
        file=sys.stderr,
    )
    sys.exit(3)

import tomllib  # noqa: E402  (an older Python has no tomllib, and shall read the line above)

ROOT = Path(__file__).parent
# A scheduled job names an empty file, to try the newest versions of everything.
CONSTRAINTS = Path(os.environ.get("PLAYBOOK_CONSTRAINTS", ROOT / "constraints.txt")).absolute()
SCRIPTS = "Scripts" if sys.platform == "win32" else "bin"
SITE = ROOT / "_build" / "html"
WHEELS = ROOT / "_build" / "wheel"

# Somebody else's folder of modules would stand before what is installed here.
os.environ.pop("PYTHONPATH", None)

nox.needs_version = ">=2024.10.9"
nox.options.sessions = ["lab"]
nox.options.reuse_existing_virtualenvs = True
# Also where another tool is at hand: pip is what the README promises and constraints.txt is for.
nox.options.default_venv_backend = "virtualenv"


@nox.session
def lab(session):
    """Open a lesson in JupyterLab: nox -s lab, or nox -s lab -- 3.1. A test of it: -- --check."""
    _install(session, "lab")
    # Time for JupyterLab to stop its kernels after Ctrl+C.
    session.run("playbook", "start", *session.posargs, interrupt_timeout=15, terminate_timeout=5)


@nox.session
def book(session):
    """Build the book into _build/html."""
    _install(session, "book")
    with _part("the book"):
        shutil.rmtree(SITE, ignore_errors=True)
        session.run("playbook", "build")


@nox.session
def dev(session):
    """Make the environment of all checks."""
    _install(session, "dev")


@nox.session(venv_backend="none", requires=["dev", "book"])
def tests(session):
    """Prove everything, in under eight minutes on two cores."""
    _prove(session, ["-m", "not gate"], profile="daily")


@nox.session(venv_backend="none", requires=["dev", "book"])
def gate(session):
    """Prove everything on everything: before a release, and nightly."""
    _prove(session, [], profile="thorough")


@nox.session(venv_backend="none", requires=["dev", "book"])
def bench(session):
    """Print the project's figures: medians of three runs, with the raw numbers."""
    if sys.platform == "win32":
        session.skip("Windows counts processor time in another way.")
    with tempfile.TemporaryDirectory(prefix="playbook-bench-") as folder:
        _dev(
            session,
            Path(folder),
            *("python", "bench/figures.py", "--site", str(SITE)),
            *("--book-python", str(ROOT / ".nox" / "book" / SCRIPTS / "python")),
            *("--nox-python", sys.executable),
        )


def _prove(session, choice, profile):
    """Run the static checks, make the wheel, then run pytest once: its closing line is the verdict.

    The static checks come first because they are fast and say most clearly what is wrong.
    """
    shutil.rmtree(WHEELS, ignore_errors=True)
    parts = {
        "lint (ruff)": ["ruff", "check", "."],
        "format (ruff)": ["ruff", "format", "--check", "."],
        "types (mypy)": ["mypy"],
        "imports between rooms (import-linter)": ["lint-imports", "--no-cache"],
        "spelling (codespell)": ["codespell"],
        "the wheel (hatchling)": ["hatchling", "build", "-t", "wheel", "-d", str(WHEELS)],
    }
    with tempfile.TemporaryDirectory(prefix="playbook-tests-") as folder:
        for name, command in parts.items():
            with _part(name):
                _dev(session, Path(folder), *command)
        wheel = next(WHEELS.glob("*.whl"))
        with _part("a clean environment outside this folder, with the wheel"):
            learner = _wheel_environment(session, wheel)
        print("== tests, lessons, doctests (pytest)", flush=True)
        _dev(
            session,
            Path(folder),
            *("pytest", "tests", "notebooks", "src"),
            *("book/chart-gallery.ipynb", "book/your-own-city.ipynb"),
            *("--nbval", "--nbval-current-env", "--nbval-sanitize-with=tests/nbval_sanitize.cfg"),
            # The cells of a notebook stay together: they share a kernel.
            *("-n", "2", "--dist", "loadfile"),
            *choice,
            *session.posargs,
            PLAYBOOK_SITE=str(SITE),
            PLAYBOOK_WHEEL=str(wheel),
            PLAYBOOK_WHEEL_PYTHON=str(learner),
            HYPOTHESIS_PROFILE=profile,
        )


def _dev(session, folder, command, *arguments, **variables):
    """Run a command of the dev environment in which nothing of the person who starts it has a say.

    `folder` takes what lessons save while they are tested.
    """
    scripts = ROOT / ".nox" / "dev" / SCRIPTS
    session.run(
        shutil.which(command, path=scripts) or command,
        *arguments,
        external=True,
        env={name: None for name in os.environ if name.startswith("PLAYBOOK_")}
        | {
            "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}",
            "PLAYBOOK_WORK": str(folder / "my-work"),
            "PYTHONUTF8": "1",
        }
        | variables,
    )


def _install(session, extra):
    """Install the project with one of its parts, unless the environment has just that already."""
    mark = Path(session.virtualenv.location) / "playbook-installed.txt"
    wanted = _fingerprint(extra)
    if mark.is_file() and mark.read_text("utf-8") == wanted:
        return
    mark.unlink(missing_ok=True)
    with _part(f"installing the part [{extra}] (once; this takes some minutes)"):
        session.install("-c", str(CONSTRAINTS), "-e", f".[{extra}]")
    mark.write_text(wanted, "utf-8")


def _wheel_environment(session, wheel):
    """Install the wheel as a learner would, far from this folder; returns that Python."""
    # One for each set of packages: only the wheel itself is installed anew.
    folder = Path(tempfile.gettempdir()) / f"playbook-wheel-{_fingerprint('wheel')[:16]}"
    python = folder / SCRIPTS / "python"
    mark = folder / "playbook-installed.txt"
    if not mark.is_file():
        session.run(sys.executable, "-m", "venv", "--clear", str(folder), external=True)
        install = ["-c", str(CONSTRAINTS), f"{wheel}[lab]"]
        session.run(str(python), "-m", "pip", "install", "-q", *install, external=True)
        mark.touch()
    else:
        install = ["--no-deps", "--force-reinstall", str(wheel)]
        session.run(str(python), "-m", "pip", "install", "-q", *install, external=True)
    return python


def _fingerprint(extra):
    """Return a text that changes with everything that an environment is made from."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    made_from = f"{ROOT} {extra} {sys.version} {project} {CONSTRAINTS.read_text('utf-8')}"
    return hashlib.sha256(made_from.encode()).hexdigest()


@contextmanager
def _part(name):
    """Print the heading of a part, and its seconds at the end."""
    print(f"== {name}", flush=True)
    began = time.monotonic()
    yield
    print(f"   {time.monotonic() - began:.1f} s", flush=True)
