"""The wheel, as a learner has it: installed in an environment of its own, far from this folder.

`nox -s tests` builds and installs it; see noxfile.py.
"""

import os
import subprocess
import zipfile
from pathlib import Path

import pytest

from playbook import __version__, home
from playbook.learn import catalog

WHEEL = os.environ.get("PLAYBOOK_WHEEL", "")
PYTHON = os.environ.get("PLAYBOOK_WHEEL_PYTHON", "")

pytestmark = pytest.mark.skipif(
    not (WHEEL and PYTHON) and not os.environ.get("CI"),
    reason="`nox -s tests` builds and installs the wheel",
)


def play(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the learner's Python in a folder that holds nothing of the repository."""
    # Without PYTHONPATH: it would bring this checkout's package.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    env["PLAYBOOK_WORK"] = str(folder / "my-work")
    done = subprocess.run([PYTHON, *command], cwd=folder, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def test_it_is_the_wheel_that_runs(tmp_path: Path) -> None:
    code = "import playbook; from playbook import home; print(playbook.__file__, home.checkout())"
    said = play(tmp_path, "-c", code).stdout
    assert "site-packages" in said
    assert said.split()[-1] == "None"


def test_it_lists_every_lesson(tmp_path: Path) -> None:
    said = play(tmp_path, "-m", "playbook", "list").stdout
    for entry in catalog.lessons().values():
        assert f"{entry.id}  {entry.title}" in said


def test_a_lesson_opens_and_runs_in_it(tmp_path: Path) -> None:
    said = play(tmp_path, "-m", "playbook", "start", "3.1", "--check", "--no-browser").stdout
    assert "Lesson 3.1 opened in JupyterLab" in said
    assert not (tmp_path / "my-work").exists()


def test_it_carries_lessons_catalog_and_tables_and_nothing_else() -> None:
    with zipfile.ZipFile(WHEEL) as wheel:
        carried = {name for name in wheel.namelist() if ".dist-info/" not in name}
        metadata = next(name for name in wheel.namelist() if name.endswith("METADATA"))
        assert f"Version: {__version__}" in wheel.read(metadata).decode().splitlines()
    shipped = {
        f"playbook/_bundled/{room.name}/{path.relative_to(room).as_posix()}"
        for room in (home.notebooks_folder(), home.data_folder())
        for path in room.rglob("*")
        if path.is_file() and ".ipynb_checkpoints" not in path.parts
    }
    package = Path(str(home.__file__)).parent
    modules = {
        f"playbook/{path.relative_to(package).as_posix()}"
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert carried == shipped | modules
