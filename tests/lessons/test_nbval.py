"""The layer itself turns red: nbval compares stored words, tables and memos to the letter.

A small lesson is run and stored. Copies of it, each with one thing changed, go through one pytest
with the flags that `nox` uses.
"""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from playbook.author.execute import run_notebook
from playbook.author.normal import as_stored, normalize

ROOT = Path(__file__).parents[2]
SANITIZE = ROOT / "tests" / "nbval_sanitize.cfg"
SVG_START = "data:image/svg+xml;base64,"
ALT = "Bar chart: Foundry waits longest. Highest: Foundry 8.4 days; lowest: Eastbank 4.5 days."
FIGURE = f"""
from playbook.learn.output import Shown
import base64
rows = "<tr><td>Foundry</td><td>8.4</td></tr><tr><td>Eastbank</td><td>4.5</td></tr>"
code = base64.b64encode(b"<svg xmlns='x'/>").decode()
picture = "{SVG_START}" + code
html = f"<figure><img alt='{ALT}' src='{{picture}}'><table>{{rows}}</table></figure>"
Shown("{ALT}\\nFoundry 8.4\\nEastbank 4.5", html)
"""
MEMO = 'print("Practice: fictional city. Foundry waits 8.4 days (Practice: fictional city)")'
# An own kind of answer: what an exercise says of a right value, and an error if it is not right.
SOLUTION = "wait_gap = 3.9\nassert wait_gap == 3.9, 'the bank does not agree'\nprint('Solution.')"

Change = Callable[[dict[str, Any]], None]


def swap(cell: int, old: str, new: str) -> Change:
    """Change the stored outputs of a cell, wherever the old text stands."""

    def change(notebook: dict[str, Any]) -> None:
        outputs = json.dumps(notebook["cells"][cell]["outputs"], ensure_ascii=False)
        assert old in outputs
        notebook["cells"][cell]["outputs"] = json.loads(outputs.replace(old, new))

    return change


def swap_source(cell: int, old: str, new: str) -> Change:
    def change(notebook: dict[str, Any]) -> None:
        source = "".join(notebook["cells"][cell]["source"])
        assert old in source
        notebook["cells"][cell]["source"] = source.replace(old, new)

    return change


def encoded(svg: bytes) -> str:
    return SVG_START + base64.b64encode(svg).decode()


# A library that goes on without the network must be seen as well.
REACH_OUT = """import socket
try:
    socket.create_connection(("192.0.2.1", 80), timeout=0.1)
except OSError:
    pass
"""
# What is changed, and the cell that must turn red; None where all must stay green.
CASES: dict[str, tuple[Change, int | None]] = {
    "nothing": (lambda notebook: None, None),
    "only-a-picture": (
        swap(0, encoded(b"<svg xmlns='x'/>"), encoded(b"<svg xmlns='y'><g/></svg>")),
        None,
    ),
    "a-digit-in-a-table": (swap(0, "<td>4.5</td>", "<td>4.6</td>"), 0),
    "a-digit-in-an-alt-text": (
        swap(0, "lowest: Eastbank 4.5 days.'", "lowest: Eastbank 4.6 days.'"),
        0,
    ),
    "a-digit-in-the-words": (swap(0, "Eastbank 4.5 days.\\n", "Eastbank 4.6 days.\\n"), 0),
    "a-digit-in-a-memo": (swap(1, "8.4 days", "8.5 days"), 1),
    "the-practice-mark": (swap(1, " (Practice: fictional city)", ""), 1),
    "a-solution": (swap_source(2, "wait_gap = 3.9", "wait_gap = 4.0"), 2),
    "a-connection": (swap_source(1, "print(", REACH_OUT + "print("), 1),
}


def stored_lesson(folder: Path) -> str:
    """Run the small lesson once, and return its file."""
    path = folder / "notebooks" / "01-module" / "1-lesson.ipynb"
    path.parent.mkdir(parents=True)
    cells = [
        {
            "cell_type": "code",
            "id": name,
            "source": source.strip(),
            "metadata": {},
            "outputs": [],
            "execution_count": None,
        }
        for name, source in (("figure", FIGURE), ("memo", MEMO), ("solution", SOLUTION))
    ]
    path.write_text(as_stored(normalize({"cells": cells})), encoding="utf-8")
    run_notebook(path)
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def red_cells(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[int]]:
    """Put every case through one pytest; return the cells that failed, by case."""
    stored = stored_lesson(tmp_path_factory.mktemp("stored"))
    folder = tmp_path_factory.mktemp("nbval")
    shutil.copy(ROOT / "conftest.py", folder)
    shutil.copytree(ROOT / "tests" / "blocked_network", folder / "tests" / "blocked_network")
    (folder / "notebooks").mkdir()
    for name, (change, _) in CASES.items():
        notebook = json.loads(stored)
        change(notebook)
        path = folder / "notebooks" / f"{name}.ipynb"
        path.write_text(json.dumps(notebook), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-rf", "-p", "no:cacheprovider", "-W", "error"]
    command += ["--nbval", "--nbval-current-env", "--nbval-sanitize-with", str(SANITIZE)]
    command += ["-c", os.devnull, "--rootdir", str(folder), "notebooks"]
    run = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=300, check=False
    )
    failed = sum(cell is not None for _, cell in CASES.values())
    assert f"{failed} failed, {3 * len(CASES) - failed} passed" in run.stdout, run.stdout
    red: dict[str, set[int]] = {name: set() for name in CASES}
    for name, cell in re.findall(
        r"^FAILED \S*?([\w-]+)\.ipynb::Cell (\d+)", run.stdout, re.MULTILINE
    ):
        red[name].add(int(cell))
    return red


@pytest.mark.parametrize("name", CASES)
def test_nbval_turns_red_where_it_must(red_cells: dict[str, set[int]], name: str) -> None:
    cell = CASES[name][1]
    assert red_cells[name] == (set() if cell is None else {cell})
