"""What lessons import, with all that it imports in turn, is among what the browser has."""

import ast
import json
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import playbook
from playbook.learn.catalog import Lesson, lessons
from playbook.publish.live.helper import is_for_learners
from playbook.publish.live.lock import loaded_first, with_playbook
from playbook.publish.live.pins import read_pins

PACKAGE = Path(playbook.__file__).parent
# Asked for inside a function that does without: no Word file, no spreadsheet, no own city there.
DONE_WITHOUT = {"docx", "openpyxl", "pooch", "tomlkit", "websocket", "xlrd"}


def imported(tree: ast.AST, module: str = "") -> Iterator[str]:
    """Every module that is imported, in functions too; not what only type checkers read."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            waiting += node.orelse
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        waiting += ast.iter_child_nodes(node)


def file_of(name: str) -> Path:
    """Return the file of one of our modules, from its name or the name of something in it."""
    parts = name.split(".")[1:]
    while parts:
        for path in (
            PACKAGE.joinpath(*parts).with_suffix(".py"),
            PACKAGE.joinpath(*parts, "__init__.py"),
        ):
            if path.is_file():
                return path
        parts.pop()
    return PACKAGE / "__init__.py"


@cache
def inside(path: Path) -> frozenset[str]:
    """Return what a module of ours imports itself."""
    names = imported(ast.parse(path.read_text(encoding="utf-8")), str(path))
    return frozenset(names)


def reached(start: set[str]) -> set[str]:
    """Follow our own modules to all packages that are imported on the way."""
    found: set[str] = set()
    seen: set[Path] = set()
    waiting = set(start)
    while waiting:
        name = waiting.pop()
        if name.split(".")[0] != "playbook":
            found.add(name.split(".")[0])
            continue
        path = file_of(name)
        if path not in seen:
            seen.add(path)
            assert is_for_learners(path.relative_to(PACKAGE)), f"{path} is not in the browser"
            waiting |= inside(path)
            # Packages with a module per lesson import these by their names.
            if path.name == "__init__.py":
                waiting |= {f"{name}.{one.stem}" for one in path.parent.glob("lesson_*_*.py")}
    return found - set(sys.stdlib_module_names)


def names_in(lesson: Lesson) -> set[str]:
    """What a lesson's cells import, and the modules of the `pb.` names they use."""
    cells = json.loads(lesson.notebook.read_text(encoding="utf-8"))["cells"]
    found: set[str] = set()
    for cell in cells:
        if cell["cell_type"] == "code":
            tree = ast.parse("".join(cell["source"]))
            found |= set(imported(tree))
            found |= {
                f"playbook.{playbook._MODULE_OF[node.attr]}"
                for node in ast.walk(tree)
                if isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.value.id == "pb"
            }
    return found


@pytest.mark.parametrize("lesson", lessons().values(), ids=lambda lesson: lesson.id)
def test_all_that_a_lesson_imports_is_in_the_browser(lesson: Lesson) -> None:
    pins = with_playbook(read_pins())
    there = {name for one in pins.packages.values() for name in one.imports}
    assert reached(names_in(lesson)) - DONE_WITHOUT <= there


@pytest.mark.parametrize("lesson", lessons().values(), ids=lambda lesson: lesson.id)
def test_what_a_lesson_is_said_to_need_is_loaded_before_it_starts(lesson: Lesson) -> None:
    pins = read_pins()
    first = set(loaded_first(pins, lesson))
    assert set(pins.lessons.get(lesson.id, ())) <= first
    # The usual load has neither; they cost a first visitor time.
    assert not {"scipy", "networkx"} & set(loaded_first(pins))


def test_lessons_with_needs_are_lessons_and_their_needs_are_packages() -> None:
    pins = read_pins()
    assert set(pins.lessons) <= set(lessons())
    assert {name for names in pins.lessons.values() for name in names} <= set(pins.packages)


def test_an_import_that_the_browser_lacks_is_found(tmp_path: Path) -> None:
    pins = with_playbook(read_pins())
    there = {name for one in pins.packages.values() for name in one.imports}
    assert reached({"sklearn.tree"}) - there == {"sklearn"}
    tree = ast.parse("def late():\n    import geopandas.tools\n    from shapely import wkt\n")
    assert {name.split(".")[0] for name in imported(tree)} == {"geopandas", "shapely"}
