import json
import os
import shutil
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import psutil
import pytest

from playbook import home
from playbook.errors import PlaybookError
from playbook.learn import catalog, lab
from playbook.learn.lab_server import LabServer


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library whose lesson 3.1 is two quick cells."""
    path = tmp_path / "library" / catalog.lesson("3.1").path
    path.parent.mkdir(parents=True)
    _write(
        path, "import os\nwork = os.environ['PLAYBOOK_WORK']", "assert '/' in work or ':' in work"
    )
    shutil.copy(home.notebooks_folder() / catalog.CATALOG_NAME, tmp_path / "library")
    monkeypatch.setattr(home, "notebooks_folder", lambda: tmp_path / "library")
    return path


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LabServer]:
    """A server started by a person whose own Jupyter is set up in every wrong way."""
    folder = tmp_path_factory.mktemp("person with a space é")
    person = folder / "home"
    profile = person / ".jupyter"
    profile.mkdir(parents=True)
    wrong = {"ServerApp": {"password_required": True, "port": 1, "root_dir": "/"}}
    (profile / "jupyter_server_config.json").write_text(json.dumps(wrong), encoding="utf-8")
    settings = profile / "lab" / "user-settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    (settings / "themes.jupyterlab-settings").write_text('{"theme": "Wrong"}', encoding="utf-8")
    notebook = folder / "my-work" / "lessons" / "3.1-fast-for-whom.ipynb"
    notebook.parent.mkdir(parents=True)
    _write(notebook, "1 + 1")
    before = _files(person)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(person))
        patch.setenv("USERPROFILE", str(person))
        patch.setenv("JUPYTER_CONFIG_DIR", str(profile))
        patch.setenv("JUPYTERLAB_SETTINGS_DIR", str(profile / "lab" / "user-settings"))
        patch.setenv("JUPYTER_TOKEN", "guessed")
        patch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
        with LabServer(folder / "my-work", notebook) as running:
            yield running
            assert _files(person) == before


def test_check_opens_runs_and_stops_a_lesson_and_leaves_nothing(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = tmp_path / "my-work"
    monkeypatch.setenv("PLAYBOOK_WORK", str(work))
    monkeypatch.setenv("PLAYBOOK_CITY", "boston")
    before = _children()
    lines: list[str] = []
    told = lab.check("3.1", tell=lines.append)
    assert "2 code cells" in told
    assert lines == ["Starting JupyterLab", "Running step 1 of 2", "Running step 2 of 2"]
    assert not work.exists()
    assert os.environ["PLAYBOOK_WORK"] == str(work)
    assert os.environ["PLAYBOOK_CITY"] == "boston"
    assert _children() == before


def test_check_names_the_cell_that_stops(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _write(library, "fine = 1", "fine / 0", "never = 1")
    before = _children()
    lines: list[str] = []
    with pytest.raises(PlaybookError, match="Cell cell-2 stopped: ZeroDivisionError") as told:
        lab.check("3.1", tell=lines.append)
    assert told.value.where == "lessons/3.1-fast-for-whom.ipynb"
    assert lines[-1] == "Running step 2 of 3"
    assert _children() == before


def test_the_lesson_opens_in_the_simple_interface(server: LabServer) -> None:
    config = _page_config(server)
    assert config["mode"] == "single-document"
    assert config["treePath"] == "lessons/3.1-fast-for-whom.ipynb"


def test_nothing_is_asked_or_fetched(server: LabServer) -> None:
    config = _page_config(server)
    assert config["news"] == {"disabled": True}
    assert "@jupyterlab/apputils-extension:announcements" in config["disabledExtensions"]
    plugin = server.request("GET", "lab/api/settings/@jupyterlab/apputils-extension:notification")
    defaults = plugin["schema"]["properties"]
    assert defaults["fetchNews"]["default"] == "false"
    assert defaults["checkForUpdates"]["default"] is False


def test_nothing_of_the_persons_own_jupyter_has_a_say(server: LabServer) -> None:
    themes = server.request("GET", "lab/api/settings/@jupyterlab/apputils-extension:themes")
    assert themes["settings"] == {}
    # The root is the work folder, not the one in the person's own settings.
    names = {entry["name"] for entry in server.request("GET", "api/contents/")["content"]}
    assert names == {"lessons"}


def test_the_server_answers_this_computer_only_and_only_with_its_token(server: LabServer) -> None:
    assert server.url.startswith("http://127.0.0.1:")
    assert len(server.token) >= 48
    for token in ("", "?token=guessed"):
        assert _page(f"{server.url}api/contents{token}") == (403, "")


def test_no_terminal_is_offered(server: LabServer) -> None:
    with pytest.raises(PlaybookError, match="404"):
        server.request("POST", "api/terminals")


def test_a_lab_that_is_not_installed_is_told_in_plain_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notebook = tmp_path / "one.ipynb"
    _write(notebook, "1")
    bare = tmp_path / "bare"
    bare.mkdir()
    (bare / "jupyterlab.py").write_text("raise SystemExit('No module named jupyterlab')")
    monkeypatch.setenv("PYTHONPATH", str(bare))
    with pytest.raises(PlaybookError, match="not installed") as told, LabServer(tmp_path, notebook):
        pass
    assert "nox -s lab" in told.value.fix


def test_a_lab_that_stops_at_once_is_told_with_its_last_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notebook = tmp_path / "one.ipynb"
    _write(notebook, "1")
    bare = tmp_path / "bare"
    bare.mkdir()
    (bare / "jupyterlab.py").write_text("print('first')\nraise SystemExit('The disk is full')")
    monkeypatch.setenv("PYTHONPATH", str(bare))
    with pytest.raises(PlaybookError, match="The disk is full") as told:
        LabServer(tmp_path, notebook).__enter__()
    assert "playbook doctor" in told.value.fix


def test_a_work_folder_that_can_not_be_written_is_told(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    monkeypatch.setenv("PLAYBOOK_WORK", str(tmp_path / "taken" / "my-work"))
    with pytest.raises(PlaybookError, match="can't write") as told:
        lab.start("3.1")
    assert "PLAYBOOK_WORK" in told.value.fix


def test_start_prints_the_address_and_stops_with_ctrl_c(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAYBOOK_WORK", str(tmp_path / "my-work"))
    browsers: list[bool] = []
    monkeypatch.setattr(lab, "LabServer", _Stub)
    monkeypatch.setattr(_Stub, "opened", browsers)
    monkeypatch.setattr(lab, "has_display", lambda: False)
    said: list[str] = []
    lab.start("3.1", say=said.append)
    assert any(line.strip() == "http://127.0.0.1:8888/doc/tree/x" for line in said)
    assert said[-1].startswith("Next: ")
    assert (tmp_path / "my-work" / "lessons" / "3.1-fast-for-whom.ipynb").is_file()
    monkeypatch.setattr(lab, "has_display", lambda: True)
    lab.start("3.1", say=said.append)
    lab.start("3.1", open_browser=False, say=said.append)
    assert browsers == [False, True, False]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal to send.")
def test_a_closed_terminal_stops_server_and_kernels(library: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from playbook import home\n"
        "from playbook.learn import lab\n"
        "home.notebooks_folder = lambda: Path(sys.argv[1])\n"
        "lab.start('3.1', open_browser=False, say=lambda line: print(line, flush=True))\n"
    )
    env = {**os.environ, "PLAYBOOK_WORK": str(tmp_path / "my-work"), "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-c", code, str(tmp_path / "library")]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("Next: "):
                break
        started = psutil.Process(process.pid).children(recursive=True)
        assert started
        process.send_signal(signal.SIGHUP)
        process.communicate(timeout=60)
    assert process.returncode == 0
    assert psutil.wait_procs(started, timeout=10)[1] == []
    assert list(tmp_path.glob("playbook-lab-*")) == []


class _Stub:
    """A server that is stopped with Ctrl+C at once."""

    lesson_address = "http://127.0.0.1:8888/doc/tree/x"
    opened: ClassVar[list[bool]] = []

    def __init__(self, work: Path, notebook: Path, *, open_browser: bool) -> None:
        self.document = notebook.relative_to(work).as_posix()
        self.opened.append(open_browser)

    def __enter__(self) -> "_Stub":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def wait(self) -> None:
        raise KeyboardInterrupt


def _write(path: Path, *sources: str) -> None:
    cells = [
        {
            "cell_type": "code",
            "id": f"cell-{number}",
            "metadata": {},
            "source": source,
            "execution_count": None,
            "outputs": [],
        }
        for number, source in enumerate(sources, start=1)
    ]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(notebook), encoding="utf-8")


def _page(address: str) -> tuple[int, str]:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(address, timeout=60) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, ""


def _page_config(server: LabServer) -> dict[str, Any]:
    _, page = _page(server.lesson_address)
    text = page.split('id="jupyter-config-data" type="application/json">')[1].split("</script>")[0]
    config: dict[str, Any] = json.loads(text)
    return config


def _files(folder: Path) -> set[Path]:
    return set(folder.rglob("*"))


def _children() -> set[int]:
    """Processes that this one, or one it started, has started."""
    return {child.pid for child in psutil.Process().children(recursive=True)}
