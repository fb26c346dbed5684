"""The live copies, the list of packages and the pages: what is written, without a browser."""

import json
import zipfile
from pathlib import Path

import pytest

import playbook
from playbook.errors import PlaybookError
from playbook.learn.catalog import lesson, lessons
from playbook.publish.live import helper, site
from playbook.publish.live.helper import helper_wheel
from playbook.publish.live.lock import KERNEL, loaded_first, lock, with_playbook
from playbook.publish.live.notebooks import live_copy, live_name, write_copies
from playbook.publish.live.pins import read_pins
from playbook.publish.live.prepare import prepare


def test_a_live_copy_has_the_lesson_no_results_and_the_pages_own_python() -> None:
    copy = live_copy(lesson("3.1"))
    assert copy["metadata"]["kernelspec"]["name"] == "python"
    assert copy["metadata"]["playbook"] == {"lesson": "3.1", "version": lesson("3.1").version}
    code = [cell for cell in copy["cells"] if cell["cell_type"] == "code"]
    assert code
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)


def test_each_lesson_and_each_version_has_a_name_of_its_own() -> None:
    names = [live_name(one) for one in lessons().values()]
    assert len(set(names)) == len(names)
    for one in lessons().values():
        assert live_name(one).endswith(f"-v{one.version}.ipynb")
        assert live_name(one).startswith(f"{one.id}-")


def test_what_is_listed_is_there_and_two_builds_are_the_same(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name / "api").mkdir(parents=True)
        write_copies(lessons().values(), tmp_path / name)
    listed = json.loads((tmp_path / "one/api/contents/all.json").read_text(encoding="utf-8"))
    for entry in listed["content"]:
        if entry["type"] == "notebook":
            file = tmp_path / "one/files" / entry["path"]
            assert entry["size"] == file.stat().st_size
        else:
            assert (tmp_path / "one/api/contents" / entry["path"] / "all.json").is_file()
    files = [path for path in (tmp_path / "one").rglob("*") if path.is_file()]
    # Each lesson, the plan, the form for a city of one's own, and the lists of three folders.
    assert len(files) == len(lessons()) + 5
    for path in files:
        twin = tmp_path / "two" / path.relative_to(tmp_path / "one")
        assert path.read_bytes() == twin.read_bytes(), path


def test_the_wheel_has_what_learners_call_and_no_tools(tmp_path: Path) -> None:
    with zipfile.ZipFile(helper_wheel(tmp_path)) as wheel:
        names = set(wheel.namelist())
    assert {
        "playbook/__init__.py",
        "playbook/learn/lesson.py",
        "playbook/_bundled/data/requests_311.csv",
        "playbook/_bundled/data/datapackage.json",
        "playbook/_bundled/notebooks/lessons.toml",
        f"learning_lab_playbook-{playbook.__version__}.dist-info/METADATA",
    } <= names
    lessons_folder = "playbook/_bundled/notebooks/"
    assert [name for name in names if name.startswith(lessons_folder)] == [
        f"{lessons_folder}lessons.toml"
    ]
    assert not [name for name in names if name.endswith(".pyc")]
    assert not [name for name in names if name.startswith(("playbook/publish", "playbook/author"))]
    assert len(names) == len({name.lower() for name in names})


def test_the_wheel_is_the_same_from_the_same_sources(tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    assert helper_wheel(tmp_path).read_bytes() == helper_wheel(tmp_path / "again").read_bytes()


def test_the_lock_lists_each_archive_with_its_own_hash(tmp_path: Path) -> None:
    pins = read_pins()
    archives = {}
    for number, one in enumerate(with_playbook(pins).packages.values()):
        archives[one.file] = tmp_path / one.file
        archives[one.file].write_bytes(str(number).encode())
    listed = lock(pins, archives)
    assert listed["info"]["python"].startswith("3.14")
    hashes = [entry["sha256"] for entry in listed["packages"].values()]
    assert len(set(hashes)) == len(archives)
    own = listed["packages"][helper.NAME]
    assert own["imports"] == ["playbook"]
    assert "tzdata" in own["depends"]
    for entry in listed["packages"].values():
        assert set(entry["depends"]) <= set(listed["packages"])


def test_python_starts_with_its_kernel_and_the_playbook() -> None:
    first = set(loaded_first(read_pins()))
    assert {*KERNEL, helper.NAME, "pandas", "matplotlib", "ipywidgets", "tzdata"} <= first


def test_the_versions_are_those_that_everything_is_proven_with() -> None:
    constraints = Path(__file__).parents[4] / "constraints.txt"
    proven = dict(
        line.split("==")
        for line in constraints.read_text(encoding="utf-8").splitlines()
        if "==" in line and ";" not in line and not line.startswith("#")
    )
    pins = read_pins()
    for name in ("numpy", "pandas", "matplotlib", "ipywidgets", "networkx"):
        assert pins.packages[name].version == proven[name], name


def test_the_policy_lets_nothing_come_from_or_go_to_another_host() -> None:
    parts = dict(part.strip().split(" ", 1) for part in site.POLICY.split(";"))
    assert parts["default-src"] == "'self'"
    allowed = {"'self'", "data:", "blob:", "'unsafe-inline'", "'unsafe-eval'"}
    assert {word for words in parts.values() for word in words.split()} <= allowed
    assert "'unsafe-inline'" not in parts["script-src"]


@pytest.mark.parametrize("name", ["lesson.html", "index.html"])
def test_our_pages_have_no_script_and_no_handler_of_their_own(name: str) -> None:
    page = (Path(site.__file__).with_name("page") / name).read_text(encoding="utf-8")
    assert "<script>" not in page
    assert " on" not in page.split("<body")[1].partition(">")[0]
    assert "http:" not in page
    assert "https:" not in page


def test_a_page_that_jupyterlite_writes_in_another_way_stops_the_build() -> None:
    with pytest.raises(PlaybookError, match="JupyterLite"):
        site._address("<html></html>", r'href="([^"]*bundle\.js[^"]*)"')


def test_what_was_prepared_is_taken_as_it_is_and_what_is_broken_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from playbook.publish.live import prepare as module

    source = tmp_path / "python_stdlib.zip"
    with zipfile.ZipFile(source, "w") as archive:
        archive.writestr("keep.py", "x = 1")
        archive.writestr("tests/leave.py", "x = 1")
    asked = []
    monkeypatch.setattr(module, "_compile", lambda *arguments: asked.append(arguments))
    made = prepare(read_pins(), [source], cache=tmp_path / "cache")[source.name]
    with zipfile.ZipFile(made) as archive:
        assert archive.namelist() == ["keep.py"]
    first = made.read_bytes()
    prepare(read_pins(), [source], cache=tmp_path / "cache")
    assert len(asked) == 1
    made.write_bytes(first[:-9])
    assert (
        prepare(read_pins(), [source], cache=tmp_path / "cache")[source.name].read_bytes() == first
    )
    assert len(asked) == 2


def test_without_node_it_says_what_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from playbook.publish.live import prepare as module

    monkeypatch.setattr(module.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(PlaybookError, match="Node is not installed") as stopped:
        module.run_node(Path("any.mjs"))
    assert "--no-live" in stopped.value.fix
