"""What a live lesson does to the page's own Python."""

import sys

import pytest

from playbook import home
from playbook.learn import lesson, live_page
from playbook.learn.live_page import get_ready
from playbook.learn.plain_errors import in_plain_words


def test_imports_no_longer_look_into_the_current_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", ["", *sys.path])
    get_ready()
    assert "" not in sys.path
    assert sys.path


def test_a_lesson_gets_ready_in_a_page_and_nowhere_else(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(lesson, "get_ready", lambda: asked.append("ready"))
    lesson.open_lesson("3.1")
    assert asked == []
    monkeypatch.setattr(sys, "platform", "emscripten")
    assert home.in_browser()
    lesson.open_lesson("3.1")
    assert asked == ["ready"]


def test_what_is_loaded_soon_can_be_loaded() -> None:
    get_ready()
    assert all(name in sys.modules for name in live_page._SOON)


def test_a_part_that_is_not_on_the_page_is_told_with_the_line_that_brings_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lacking = ModuleNotFoundError("No module named 'scipy.stats'", name="scipy.stats")
    assert "playbook doctor" in in_plain_words(lacking).fix
    monkeypatch.setattr(sys, "platform", "emscripten")
    assert "import scipy." in in_plain_words(lacking).fix
