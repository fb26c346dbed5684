"""A hub for a cohort: links that open a lesson, settings as on a laptop, files that agree."""

import json
import re
import shlex
import shutil
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from packaging.requirements import Requirement

from playbook import supported
from playbook.errors import PlaybookError
from playbook.learn import lab_server
from playbook.learn.catalog import lesson, lessons
from playbook.learn.copies import copy_path
from playbook.learn.lab_server import LabServer
from playbook.publish import hosting, hub_settings

ROOT = Path(__file__).resolve().parents[3]
HOSTING, BINDER = ROOT / "hosting", ROOT / ".binder"
FIRST = next(iter(lessons()))


def asked(link: str) -> dict[str, str]:
    """What a link asks nbgitpuller for."""
    return {name: value for name, [value] in parse_qs(urlsplit(link).query).items()}


# ------------------------------------------------------------------------------- links


def test_a_link_goes_through_the_login_and_asks_what_nbgitpuller_reads() -> None:
    link = urlsplit(hosting.lesson_link(lesson("3.1"), "https://hub.city.gov/"))
    assert (link.scheme, link.netloc) == ("https", "hub.city.gov")
    assert link.path == "/hub/user-redirect/git-pull"
    assert set(parse_qs(link.query)) == {"repo", "branch", "targetpath", "urlpath"}


@pytest.mark.parametrize("entry", lessons().values(), ids=lambda entry: entry.id)
def test_a_link_opens_the_copy_where_a_laptop_has_it(
    entry: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAYBOOK_WORK", str(tmp_path / "my-work"))
    told = asked(hosting.lesson_link(entry))
    on_laptop = copy_path(entry.id).relative_to(tmp_path).as_posix()
    assert told["urlpath"] == f"doc/tree/{on_laptop}"
    assert on_laptop.startswith(told["targetpath"] + "/")


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_no_address_can_add_to_what_a_link_asks(repository: str) -> None:
    told = asked(hosting.lesson_link(lesson(FIRST), repository=repository))
    assert told["repo"] == repository
    assert told["branch"] == hosting.BRANCH


def test_the_list_has_each_lesson_once_under_its_name() -> None:
    blocks = hosting.links_text(lessons().values()).split("\n\n")
    for block, entry in zip(blocks, lessons().values(), strict=True):
        assert block.splitlines() == [f"{entry.id} {entry.title}", hosting.lesson_link(entry)]


# ------------------------------------------------------------------------------- lessons


def test_the_lessons_to_pull_have_no_results_and_the_names_that_links_open(tmp_path: Path) -> None:
    hosting.write_lessons(tmp_path)
    opened = [asked(hosting.lesson_link(entry))["urlpath"] for entry in lessons().values()]
    names = [urlpath.rpartition("/")[2] for urlpath in opened]
    assert sorted(path.name for path in tmp_path.glob("*.ipynb")) == sorted(
        [*names, "my-plan.ipynb"]
    )
    for name in [*names, "my-plan.ipynb"]:
        notebook = json.loads((tmp_path / name).read_text("utf-8"))
        for cell in notebook["cells"]:
            assert not cell.get("outputs")
            assert cell.get("execution_count") is None
    assert "older/" in (tmp_path / ".gitignore").read_text("utf-8")
    assert "CC BY 4.0" in (tmp_path / "README.md").read_text("utf-8")


def test_what_someone_typed_into_the_folder_is_kept(tmp_path: Path) -> None:
    typed = hosting.write_lessons(tmp_path)[0]
    typed.write_text("mine", "utf-8")
    hosting.write_lessons(tmp_path)
    assert typed.read_text("utf-8") != "mine"
    assert [kept.read_text("utf-8") for kept in (tmp_path / "older").iterdir()] == ["mine"]


# ------------------------------------------------------------------------------- memory

TRIAL = hosting.read_trial(HOSTING / "measured.toml")


def trial_of(memory_mb: int, hub_mb: int) -> hosting.Trial:
    return hosting.Trial(**(vars(TRIAL) | {"memory_mb": memory_mb, "hub_mb": hub_mb}))


@given(st.integers(1, 5000), st.integers(0, 5000), st.integers(0, 10_000))
def test_the_memory_to_ask_for_holds_everyone(memory: int, hub: int, people: int) -> None:
    trial = trial_of(memory, hub)
    assert trial.users_per_gb * memory <= hosting.MB_PER_GB < (trial.users_per_gb + 1) * memory
    planned = trial.planned_per_gb * memory * hosting.HEADROOM
    assert planned <= hosting.MB_PER_GB + 1e-6
    assert planned > hosting.MB_PER_GB - 0.1 * memory * hosting.HEADROOM - 1e-6
    room = (trial.gigabytes(people) - hosting.SYSTEM_GB) * hosting.MB_PER_GB
    needed = hub + people * memory * hosting.HEADROOM
    assert needed <= room < needed + hosting.MB_PER_GB


def test_the_measured_figures_are_those_of_the_trial_that_was_promised() -> None:
    program, script, option, users = shlex.split(TRIAL.command)
    assert (program, option, int(users)) == ("python", "--users", TRIAL.users)
    assert (ROOT / script).is_file()
    assert TRIAL.users >= 20
    assert TRIAL.lesson in lessons()
    # What processes share counts less when it is divided; the slowest is never the fastest.
    assert TRIAL.memory_mb <= TRIAL.alone_mb
    for middle, slowest in (TRIAL.open_seconds, TRIAL.run_seconds):
        assert 0 < middle <= slowest
    assert TRIAL.open_seconds < TRIAL.run_seconds
    for name in ("Python", "JupyterHub", "JupyterLab", "nbgitpuller"):
        assert re.search(rf"{name} \d", TRIAL.versions)


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda text: text.replace("hub_mb", "hub"), "hub, hub_mb"),
        (lambda text: text + "\ncolor = 1\n", "color"),
        (lambda text: text + "\n= 1", "can't be read"),
        (None, "missing"),
    ],
)
def test_a_file_of_figures_with_a_fault_is_told(
    damage: Callable[[str], str] | None, says: str, tmp_path: Path
) -> None:
    path = tmp_path / "measured.toml"
    if damage:
        path.write_text(damage((HOSTING / "measured.toml").read_text("utf-8")), "utf-8")
    with pytest.raises(PlaybookError, match=says) as told:
        hosting.read_trial(path)
    assert "bench/hub.py" in str(told.value)


# ------------------------------------------------------------------------------- settings


def read(prefix: Path, *names: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(prefix.joinpath(*names).read_text("utf-8"))
    return found


def test_a_hub_has_the_settings_of_a_laptop(tmp_path: Path) -> None:
    hub_settings.write_settings(tmp_path)
    settings = ("share", "jupyter", "lab", "settings")
    assert read(tmp_path, *settings, "overrides.json") == lab_server.LAB_DEFAULTS
    assert read(tmp_path, *settings, "page_config.json") == lab_server.LAB_PAGE
    written = read(tmp_path, "etc", "jupyter", "jupyter_lab_config.json")
    written |= read(tmp_path, "etc", "jupyter", "jupyter_server_config.json")
    # The rest of a laptop's settings is about one person's folders, port and token.
    laptop = LabServer(ROOT, ROOT / "notebooks")._config(tmp_path)
    for group, values in written.items():
        assert values.items() <= laptop[group].items()
    assert written["ServerApp"]["terminals_enabled"] is False
    [line] = read(tmp_path, "etc", "ipython", "ipython_kernel_config.json")["IPKernelApp"][
        "exec_lines"
    ]
    assert line == lab_server.STARTUP_LINE.strip()


def test_the_first_lesson_can_be_what_opens(tmp_path: Path) -> None:
    hub_settings.write_settings(tmp_path, "my-work/lessons")
    names = {path.name for path in hosting.write_lessons(tmp_path / "lessons")}
    for app in ("ServerApp", "LabApp"):
        file = {"ServerApp": "jupyter_server_config.json", "LabApp": "jupyter_lab_config.json"}[app]
        address = read(tmp_path, "etc", "jupyter", file)[app]["default_url"]
        assert address.startswith(f"/doc/tree/my-work/lessons/{FIRST}-")
        assert address.rpartition("/")[2] in {quote(name) for name in names}


def test_settings_of_others_stay(tmp_path: Path) -> None:
    file = tmp_path / "etc" / "jupyter" / "jupyter_server_config.json"
    file.parent.mkdir(parents=True)
    theirs = {"ServerApp": {"port": 9, "terminals_enabled": True}, "Other": {"a": 1}}
    file.write_text(json.dumps(theirs), "utf-8")
    hub_settings.write_settings(tmp_path)
    assert read(file.parent, file.name) == {
        "ServerApp": {"port": 9, "terminals_enabled": False},
        "Other": {"a": 1},
    }


@pytest.mark.parametrize("content", ["{", "[]", '{"ServerApp": 3}', '{"ServerApp": null}'])
def test_settings_that_cannot_be_read_leave_everything_as_it_was(
    content: str, tmp_path: Path
) -> None:
    file = tmp_path / "etc" / "jupyter" / "jupyter_server_config.json"
    file.parent.mkdir(parents=True)
    file.write_text(content, "utf-8")
    with pytest.raises(PlaybookError, match="can't be read"):
        hub_settings.write_settings(tmp_path)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [file]
    assert file.read_text("utf-8") == content


# ------------------------------------------------------------------------------- the files


def constraints() -> dict[str, str]:
    """Name and version of each pinned package; of several versions for one name, the last."""
    text = (ROOT / "constraints.txt").read_text("utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==([\w.]+)", text, re.MULTILINE))


def extra(name: str) -> list[Requirement]:
    """What an extra of the package asks for, those of the extras it names included."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    found = []
    for line in project["optional-dependencies"][name]:
        wanted = Requirement(line)
        if wanted.name == project["name"]:
            found += [one for part in wanted.extras for one in extra(part)]
        else:
            found.append(wanted)
    return found


def test_everything_that_a_hub_installs_is_pinned_within_its_range() -> None:
    pinned = constraints()
    wanted = extra("hub")
    assert "nbgitpuller" in {one.name for one in wanted}
    for one in wanted:
        assert pinned[one.name] in one.specifier


def binder_problems(folder: Path) -> list[str]:
    """What keeps Binder from building the proven versions, one name a rule."""
    files = {path.name: path.read_text("utf-8") for path in folder.iterdir()}
    lines = [
        line for line in files["requirements.txt"].splitlines() if line and line[0] not in "# "
    ]
    versions = re.fullmatch(r"python-(\d+)\.(\d+)\n", files["runtime.txt"])
    python = tuple(map(int, versions.groups())) if versions else (0, 0)
    scripts = re.findall(r"^python (\S+)", files["postBuild"], re.MULTILINE)
    opened = re.search(r"--open-first (\S+)", files["postBuild"])
    written = re.search(r"write_lessons\.py (\S+)", files["postBuild"])
    found = {
        "versions": lines != ["-c ../constraints.txt", ".[hub]"],
        "python": not supported.FIRST <= python <= supported.LAST,
        "runs": not (folder / "postBuild").stat().st_mode & 0o111 and sys.platform != "win32",
        "scripts": not scripts or not all((ROOT / script).is_file() for script in scripts),
        "first": not opened or not written or opened[1] != written[1],
        "stops": "set -euo pipefail" not in files["postBuild"],
        "host": any("://" in text for text in files.values()),
    }
    return [rule for rule, fault in found.items() if fault]


def test_binder_builds_the_proven_versions_and_opens_the_first_lesson() -> None:
    assert binder_problems(BINDER) == []
    assert hosting.TARGET in (BINDER / "postBuild").read_text("utf-8")


@pytest.mark.parametrize(
    ("rule", "name", "old", "new"),
    [
        ("versions", "requirements.txt", "-c ../constraints.txt\n", ""),
        ("versions", "requirements.txt", ".[hub]\n", ".[hub]\nnumpy==2.0\n"),
        ("python", "runtime.txt", "python-3.", "python-2."),
        ("scripts", "postBuild", "write_settings", "write_setings"),
        ("first", "postBuild", "write_lessons.py my-work/lessons", "write_lessons.py lessons"),
        ("stops", "postBuild", "set -euo pipefail\n", ""),
        ("host", "requirements.txt", "# Binder", "# https://index.example Binder"),
        pytest.param(
            "runs",
            "postBuild",
            "",
            "",
            marks=pytest.mark.skipif(
                sys.platform == "win32", reason="Windows knows no right to run."
            ),
        ),
    ],
)
def test_a_broken_binder_folder_is_told_by_its_rule(
    rule: str, name: str, old: str, new: str, tmp_path: Path
) -> None:
    folder = shutil.copytree(BINDER, tmp_path / ".binder")
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1) if old else text, "utf-8")
    if rule == "runs":
        (folder / name).chmod(0o644)
    assert binder_problems(folder) == [rule]


class Settings(dict[str, Any]):
    """Stands in for JupyterHub's settings: makes groups as they are named."""

    def __getattr__(self, name: str) -> Any:
        return self.setdefault(name, SimpleNamespace())


def test_the_hubs_settings_leave_login_and_place_of_servers_to_the_host() -> None:
    given_settings = Settings()
    code = (HOSTING / "jupyterhub_config.py").read_text("utf-8")
    exec(compile(code, "jupyterhub_config.py", "exec"), {"get_config": lambda: given_settings})
    names = {f"{group}.{name}" for group, values in given_settings.items() for name in vars(values)}
    assert "Spawner.environment" in names
    for left in ("authenticator", "spawner_class", "allow", "admin", "password", "ip", "port"):
        assert not [name for name in names if left in name.lower().rpartition(".")[2].split("_")]
        assert f"JupyterHub.{left}" not in names
    threads = given_settings["Spawner"].environment
    assert {threads[name] for name in threads if name.endswith("_THREADS")} == {"1"}


def test_the_files_for_both_hubs_and_the_page_say_the_same() -> None:
    script = (HOSTING / "tljh.sh").read_text("utf-8")
    values = yaml.safe_load((HOSTING / "z2jh.yaml").read_text("utf-8"))
    page = (ROOT / "book" / "host-it.md").read_text("utf-8")
    assert values["singleuser"]["memory"]["limit"] == "1G"
    assert "limits.memory 1G" in script
    assert "1 GB of memory, no more" in page
    assert values["cull"]["timeout"] == 7200
    assert "services.cull.timeout 7200" in script
    assert "stop after two hours" in page
    # What a person is sure to get is more than was measured, and less than the limit.
    sure = int(values["singleuser"]["memory"]["guarantee"].removesuffix("M"))
    assert TRIAL.alone_mb < sure < 1000
    for name in re.findall(r"hosting/[\w.]+", page + script + (HOSTING / "z2jh.yaml").read_text()):
        assert (ROOT / name.rstrip(".")).is_file()
