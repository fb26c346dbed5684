"""The front door: few names, loaded when used, and nothing inside that leans on it."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import playbook as pb

SOURCES = sorted(Path(pb.__file__).parent.rglob("*.py"))
HEAVY = {"scipy", "networkx", "docx", "matplotlib.pyplot", "ipywidgets", "IPython", "yaml"}


@pytest.mark.parametrize("name", pb.__all__)
def test_every_name_loads_and_is_documented(name: str) -> None:
    assert getattr(pb, name).__doc__


def test_a_name_that_is_not_there_says_so() -> None:
    with pytest.raises(AttributeError, match="no name 'rat'"):
        _ = pb.rat


def test_dir_lists_the_names() -> None:
    assert dir(pb) == sorted([*pb.__all__, "__version__"])


def test_the_import_loads_nothing_heavy() -> None:
    code = "import pandas, sys; before = set(sys.modules); import playbook; "
    code += "print(*sorted(set(sys.modules) - before))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not HEAVY & set(loaded)
    assert len(loaded) < 10


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_nothing_inside_imports_the_front_door(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            assert all(alias.name != "playbook" for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module == "playbook":
            rooms = {item.stem for item in Path(pb.__file__).parent.iterdir()}
            assert {alias.name for alias in node.names} <= rooms | {"__version__"}
