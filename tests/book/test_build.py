"""Building: plain words for every way it can fail, and a red build for a broken page."""

import shutil
import socket
import threading
import urllib.request
from pathlib import Path

import pytest

from playbook import home
from playbook.errors import PlaybookError
from playbook.publish import book

ROOT = Path(__file__).resolve().parents[2]


def copy_of_the_book(where: Path) -> Path:
    """Everything the build reads, and nothing else."""
    for name in ("_config.yml", "_toc.yml", "index.md"):
        shutil.copy(ROOT / name, where / name)
    for name in ("book", "notebooks", "hosting", "src/playbook/measures"):
        shutil.copytree(
            ROOT / name, where / name, ignore=shutil.ignore_patterns("__pycache__", ".*")
        )
    shutil.copy(ROOT / "src/playbook/__init__.py", where / "src/playbook/__init__.py")
    large = shutil.ignore_patterns("requests_311*")
    shutil.copytree(ROOT / "data", where / "data", ignore=large)
    return where


def test_a_broken_page_turns_the_build_red(tmp_path: Path) -> None:
    root = copy_of_the_book(tmp_path)
    page = root / "book" / "run.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(f"{text}\n![A map](missing.png)\n", encoding="utf-8")
    with pytest.raises(PlaybookError) as told:
        book.build_from(root, tmp_path / "site")
    assert "missing.png" in told.value.what
    assert told.value.where.startswith("book/run.md")
    assert not (tmp_path / "site").exists()


def test_the_place_of_a_problem_is_told_as_a_person_would() -> None:
    log = (
        "\x1b[91m/city/notebooks/1.ipynb:40012: WARNING: image file not readable: a.png "
        "[image.not_readable]\x1b[39;49;00m\n/city/book/run.md:3: WARNING: unknown document: 'x'\n"
    )
    told = book.first_problem(log, Path("/city"))
    assert told.where == "notebooks/1.ipynb, cell 4"
    assert told.what == "image file not readable: a.png."
    assert "1 more" in told.fix


def test_a_crash_without_a_warning_tells_its_error() -> None:
    told = book.first_problem("Traceback\nOSError: disk full\n\n===\n", Path("/city"))
    assert "disk full" in told.what


def test_an_installed_copy_says_that_it_needs_the_repository(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(home, "checkout", lambda: None)
    for action in (book.build, book.preview):
        with pytest.raises(PlaybookError, match="needs the repository"):
            action()


def test_missing_tools_are_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(book.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(PlaybookError, match="not installed here"):
        book.build_from(tmp_path)


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    keep = tmp_path / "letters" / "mayor.txt"
    keep.parent.mkdir()
    keep.write_text("Dear mayor", encoding="utf-8")
    with pytest.raises(PlaybookError, match="letters has files in it"):
        book.build_from(ROOT, keep.parent)
    assert keep.read_text(encoding="utf-8") == "Dear mayor"


def test_the_preview_serves_this_computer_only(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("hello", encoding="utf-8")
    with book.make_server(tmp_path, 0) as server:
        assert server.server_address[0] == "127.0.0.1"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/index.html"
        with urllib.request.urlopen(address) as answer:
            assert answer.read() == b"hello"
        server.shutdown()


def test_a_port_in_use_is_told(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PlaybookError, match=f"uses port {port}"):
            book.make_server(tmp_path, port)
