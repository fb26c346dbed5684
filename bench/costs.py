"""Seconds and processor seconds of commands, each measured three times or more."""

from __future__ import annotations

import json
import os
import re
import resource
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import yaml

RUNS = 3
# A ratio near one drowns in the noise of three runs on shared processors.
BOOK_RUNS = 7
ROOT = Path(__file__).parent.parent
NBVAL = (
    "-m",
    "pytest",
    "--nbval",
    "--nbval-current-env",
    "--nbval-sanitize-with=tests/nbval_sanitize.cfg",
    "-q",
    "-p",
    "no:cacheprovider",
)
IMPORTS = (
    "import time, pandas; began = time.perf_counter(); import playbook; "
    "print(time.perf_counter() - began)"
)
JUPYTER_BOOK = "from jupyter_book.cli.main import main; main()"
# Of our settings, what says which pages there are and how they are written. Not ours: extension,
# theme, warnings as errors.
SHARED = ("title", "author", "only_build_toc_files", "exclude_patterns", "execute", "parse")


def median(values: Sequence[float]) -> float:
    """Return the middle value."""
    return statistics.median(values)


def cpu_of(command: Sequence[str | Path]) -> float:
    """Run a command and return the processor seconds it and its children took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(f"{command} failed:\n{(done.stdout + done.stderr)[-3000:]}")
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def lesson(notebook: Path) -> list[float]:
    """Return the processor seconds of one lesson's strict comparison."""
    return [cpu_of([sys.executable, *NBVAL, notebook]) for _ in range(RUNS)]


def work(name: str) -> tuple[float, float]:
    """Return the processor seconds of a job of `work.py`, and its peak memory in MB."""
    command = [sys.executable, Path(__file__).with_name("work.py"), name]
    last = subprocess.check_output(command, cwd=ROOT, text=True).splitlines()[-1]
    seconds, peak = json.loads(last)
    return seconds, peak


def imports() -> list[float]:
    """Return the seconds that `import playbook` takes after `import pandas`."""
    return [float(subprocess.check_output([sys.executable, "-c", IMPORTS])) for _ in range(RUNS)]


def books(python: Path, folder: Path) -> tuple[list[float], list[float]]:
    """Return the processor seconds of clean builds in turn: with our settings, with stock ones.

    It is the same command both times; `playbook build` itself is a thin layer over it.
    """
    ours = ROOT / "_config.yml"
    own = yaml.safe_load(ours.read_text("utf-8"))
    stock = folder / "stock.yml"
    stock.write_text(yaml.safe_dump({key: own[key] for key in SHARED if key in own}), "utf-8")
    seconds: dict[Path, list[float]] = {ours: [], stock: []}
    for run in range(BOOK_RUNS):
        for config, strict in ((ours, ["-W", "-n", "--keep-going"]), (stock, [])):
            place = folder / f"{config.stem}-{run}"
            command = [python, "-c", JUPYTER_BOOK, "build", ROOT, "--config", config, *strict]
            command += ["--toc", ROOT / "_toc.yml", "--path-output", place]
            seconds[config].append(cpu_of(command))
    return seconds[ours], seconds[stock]


def lab(nox_python: Path, folder: Path, wait_for_cell: Callable[[str], None]) -> list[float]:
    """Return the seconds from `nox -s lab` to a lesson's first cell in a browser.

    Parameters
    ----------
    nox_python
        The Python that nox runs with.
    folder
        Where the lesson's copy goes.
    wait_for_cell
        Opens an address and returns when the first cell is seen.
    """
    nox = [str(nox_python), "-m", "nox", "-s", "lab"]
    subprocess.run([*nox, "--install-only"], cwd=ROOT, capture_output=True, check=True)
    seconds = []
    for _ in range(RUNS):
        began = time.perf_counter()
        process = subprocess.Popen(
            [*nox, "--", "3.1", "--no-browser"],
            cwd=ROOT,
            env=os.environ | {"PLAYBOOK_WORK": str(folder / "my-work")},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            # So that Ctrl+C reaches all of it, as in a terminal.
            start_new_session=True,
        )
        assert process.stdout is not None
        address = next(
            found.group() for line in process.stdout if (found := re.search(r"http://\S+", line))
        )
        wait_for_cell(address)
        seconds.append(time.perf_counter() - began)
        os.killpg(process.pid, signal.SIGINT)
        process.communicate(timeout=60)
    return seconds
