"""The repository keeps its promises: one set of commands, versions without addresses, licenses."""

import ast
import re
import runpy
import subprocess
import sys
import tomllib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from playbook import __version__, supported

ROOT = Path(__file__).parent.parent
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))[
    "project"
]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
# In two parts, so that this file does not find itself.
REGISTRIES = [
    "pypi" + ".org",
    "files." + "pythonhosted",
    "registry." + "npmjs",
    "conda." + "anaconda",
    "cdn." + "jsdelivr",
    "unpkg" + ".com",
    "cdnjs." + "cloudflare",
]
LOCK_FILES = {
    "poetry.lock",
    "uv.lock",
    "Pipfile.lock",
    "pdm.lock",
    "pylock.toml",
    "package-lock.json",
    "yarn.lock",
}


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def committed() -> list[Path]:
    """Files of the repository: what git knows and what it would take, without ignored ones."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("This copy was not made with git, so its own files are not known.")
    names = done.stdout.decode().split("\0")
    return [path for path in (ROOT / name for name in names if name) if path.is_file()]


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "LICENSE",
        "LICENSE-CONTENT",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "CODE_OF_CONDUCT.md",
        "SECURITY.md",
        "CITATION.cff",
        ".pre-commit-config.yaml",
        ".editorconfig",
        ".gitattributes",
        ".gitignore",
        ".ci/run",
        ".github/pull_request_template.md",
        ".github/workflows/checks.yml",
        ".github/workflows/publish.yml",
        ".github/workflows/scheduled.yml",
        "noxfile.py",
        "pyproject.toml",
        "constraints.txt",
        "_config.yml",
        "_toc.yml",
    ],
)
def test_the_repository_has(name: str) -> None:
    assert text(name).strip()


def test_the_licenses_are_whole() -> None:
    mit, content = text("LICENSE"), " ".join(text("LICENSE-CONTENT").split())
    assert mit.startswith("MIT License")
    assert 'THE SOFTWARE IS PROVIDED "AS IS"' in mit
    assert "Creative Commons Attribution 4.0 International" in content
    for section in range(1, 9):
        assert f"Section {section} – " in content
    assert PROJECT["license"] == "MIT AND CC-BY-4.0"


def test_no_file_names_a_registry_and_there_is_no_lock_file() -> None:
    found = []
    for path in committed():
        if path.name in LOCK_FILES:
            found.append(f"{path.name} is a lock file")
        try:
            content = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path}: {host}" for host in REGISTRIES if host in content]
    assert found == []


def test_constraints_are_names_versions_and_markers() -> None:
    line = re.compile(
        r'[a-z0-9][a-z0-9-]*==[\w.]+(; (python_version|sys_platform) [<>=]+ "[\w.]+")?'
    )
    lines = [row for row in text("constraints.txt").splitlines() if row and not row.startswith("#")]
    assert [row for row in lines if not line.fullmatch(row)] == []
    # One version for each name, unless markers tell them apart.
    plain = [row.split("==")[0] for row in lines if ";" not in row]
    assert len(plain) == len(set(plain))


def test_every_requirement_has_a_version_in_the_constraints() -> None:
    pinned = {row.split("==")[0] for row in text("constraints.txt").splitlines() if "==" in row}
    asked = [*PROJECT["dependencies"]]
    for extra in PROJECT["optional-dependencies"].values():
        asked += [one for one in extra if not one.startswith(PROJECT["name"])]
    names = {re.split(r"[<>=!~\[; ]", one)[0].lower().replace("_", "-") for one in asked}
    assert names - pinned == set()


def test_the_browsers_versions_are_pinned() -> None:
    for pin in ("numpy==2.4.3", "pandas==3.0.2", "matplotlib==3.10.8", "ipywidgets==8.1.8"):
        assert pin in text("constraints.txt").splitlines()


def sessions() -> set[str]:
    """Names of the sessions in noxfile.py."""
    return {
        part.name
        for part in ast.parse(text("noxfile.py")).body
        if isinstance(part, ast.FunctionDef)
        and any("nox.session" in ast.unparse(mark) for mark in part.decorator_list)
    }


@pytest.mark.parametrize(
    "name", ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", *map(str, WORKFLOWS)]
)
def test_every_nox_command_that_is_told_exists(name: str) -> None:
    told = set(re.findall(r"nox -s (\w+)", text(name)))
    assert told <= sessions()


def test_the_readme_and_ci_type_the_same_commands() -> None:
    start = "python3 -m venv .venv && .venv/bin/python -m pip install nox && .venv/bin/nox -s "
    windows = (
        r"py -m venv .venv && .venv\Scripts\python -m pip install nox && .venv\Scripts\nox -s "
    )
    readme = text("README.md").splitlines()
    for session in ("lab", "tests"):
        assert start + session in readme
        assert windows + session in readme
    assert start + "tests" in [line.strip() for line in text(".ci/run").splitlines()]


def test_every_playbook_command_that_is_told_exists() -> None:
    import typer

    from playbook.cli import app

    known = typer.main.get_command(app)
    for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"):
        for told in re.findall(r"`playbook ([^`]+)`|^playbook (.+)$", text(name), re.MULTILINE):
            command: Any = known
            for word in " ".join(told).split():
                if not hasattr(command, "commands"):
                    break
                assert word in command.commands, f"{name}: playbook {' '.join(told)}"
                command = command.commands[word]


def test_one_range_of_pythons_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    first, last = supported.FIRST, supported.LAST
    assert PROJECT["requires-python"] == f">={first[0]}.{first[1]},<{last[0]}.{last[1] + 1}"
    names = {
        target.id: part.value
        for part in ast.walk(ast.parse(text("noxfile.py")))
        if isinstance(part, ast.Assign) and isinstance(part.targets[0], ast.Tuple)
        for target in part.targets[0].elts
        if isinstance(target, ast.Name)
    }
    assert ast.literal_eval(names["FIRST_PYTHON"]) == (first, last)
    checks = yaml.safe_load(text(".github/workflows/checks.yml"))
    tried = checks["jobs"]["linux"]["strategy"]["matrix"]["python"]
    assert tried == [f"{first[0]}.{first[1]}", f"{last[0]}.{last[1]}"]
    for page in ("README.md", "noxfile.py"):
        assert f"{last[0]}.{last[1]}" in text(page) or str(last) in text(page)


@pytest.mark.parametrize("version", [(3, 10, 14), (3, 15, 0), (3, 8, 20)])
def test_nox_turns_another_python_away_in_one_line(
    version: tuple[int, int, int],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setitem(sys.modules, "nox", SimpleNamespace())
    monkeypatch.setattr(sys, "version_info", version)
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(str(ROOT / "noxfile.py"))
    assert ended.value.code == 3
    assert capsys.readouterr().err.splitlines() == [supported.python_problem(version[:2])]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_has_few_rights_and_fixed_actions(path: Path) -> None:
    flow = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert flow["permissions"] == {"contents": "read"}
    for name, job in flow["jobs"].items():
        assert job["timeout-minutes"] <= 90, name
        writes = [right for right, level in job.get("permissions", {}).items() if level == "write"]
        # Only the job that runs no code of ours may write.
        assert not writes or not any("run" in step for step in job["steps"]), name
        for step in job["steps"]:
            if "uses" in step:
                assert re.fullmatch(r"actions/[\w-]+@v\d+", step["uses"]), step


def test_nothing_scheduled_blocks_a_change() -> None:
    flow = yaml.safe_load(text(".github/workflows/scheduled.yml"))
    # "on" is read as the truth value by YAML 1.1.
    assert set(flow[True]) == {"schedule", "workflow_dispatch"}


def test_every_form_asks_about_equity_and_harm() -> None:
    forms = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))
    asked = [path for path in forms if path.name != "config.yml"]
    assert len(asked) >= 2
    for path in asked:
        form = yaml.safe_load(path.read_text(encoding="utf-8"))
        question = next(part for part in form["body"] if part.get("id") == "harm")
        assert question["attributes"]["label"] == "Equity and harm"
        assert question["validations"]["required"]
    assert "## Equity and harm" in text(".github/pull_request_template.md")


def test_one_version_everywhere() -> None:
    citation = yaml.safe_load(text("CITATION.cff"))
    assert citation["version"] == __version__
    assert re.search(rf"^## \[{re.escape(__version__)}\]", text("CHANGELOG.md"), re.MULTILINE)


def test_links_between_the_repositorys_pages_work() -> None:
    for page in ("README.md", "CONTRIBUTING.md"):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", text(page)):
            assert (ROOT / target).exists(), f"{page} links to {target}"
