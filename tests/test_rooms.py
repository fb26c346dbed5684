"""The rooms' direction is guarded: one import upwards, and the check turns red."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the contracts of pyproject.toml on a copy of the package."""
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command as run; run()",
    ]
    return subprocess.run(
        [*command, "--no-cache"],
        cwd=folder,
        env={"PATH": "", "PYTHONPATH": str(folder), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    code = shutil.ignore_patterns("__pycache__", "_bundled")
    shutil.copytree(ROOT / "src" / "playbook", tmp_path / "playbook", ignore=code)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_rooms_as_they_are_keep_their_direction(copy: Path) -> None:
    found = lint_imports(copy)
    assert found.returncode == 0, found.stdout


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("measures/rates.py", "from playbook.learn import lesson"),
        ("measures/rates.py", "from playbook.city import tables"),
        ("measures/rates.py", "from playbook.simulate import world"),
        ("simulate/places.py", "from playbook.city import own"),
    ],
)
def test_an_import_against_the_direction_is_named(copy: Path, module: str, line: str) -> None:
    path = copy / "playbook" / module
    path.write_text(f"{path.read_text(encoding='utf-8')}\n\n{line}\n", encoding="utf-8")
    found = lint_imports(copy)
    assert found.returncode == 1
    broken = f"playbook.{module.removesuffix('.py').replace('/', '.')}"
    assert broken in found.stdout
    assert "BROKEN" in found.stdout
