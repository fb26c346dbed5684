"""The plan's file: nothing is lost, and damage costs no more than what it hit."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.errors import PlaybookError
from playbook.learn.plan import one_writer as lock
from playbook.learn.plan.pages import PlanPage
from playbook.learn.plan.plan import plan_so_far, plan_text
from playbook.learn.plan.store import SCHEMA, plan_folder, read_plan, save_page
from playbook.learn.plan.web_page import web_page

LESSONS = ("0.1", "1.1", "2.2", "3.1")
LONG = "1" * 300


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plan of four lessons."""
    monkeypatch.setenv("PLAYBOOK_WORK", str(tmp_path))
    for name in LESSONS:
        values = {"title": f"Page {name}", "lines": ["One", "Two"], "table": [["A"], ["1"]]}
        save_page(name, "boston", {**values, "owner": "Ana", "by": "2027-01-05"})
    return tmp_path / "plan" / "plan.json"


def change(file: Path, old: str, new: str) -> list[str]:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")
    return read_plan().trouble


def kept() -> set[str]:
    return {lesson for lesson, _ in read_plan().pages}


def test_what_is_saved_is_read_again(file: Path) -> None:
    saved = read_plan()
    assert saved.trouble == []
    page = saved.pages["2.2", "boston"]
    assert (page.title, page.lines, page.table) == ("Page 2.2", ("One", "Two"), (("A",), ("1",)))
    assert json.loads(file.read_text(encoding="utf-8"))["schema"] == SCHEMA


def test_an_empty_value_leaves_what_was_saved_before(file: Path) -> None:
    save_page("1.1", "boston", {"owner": "", "sign": "The curve turns"})
    page = read_plan().pages["1.1", "boston"]
    assert (page.owner, page.sign) == ("Ana", "The curve turns")


def test_one_lesson_in_two_cities_is_two_pages(file: Path) -> None:
    save_page("1.1", "port-alder", {"owner": "Ben"})
    pages = read_plan().pages
    assert pages["1.1", "boston"].owner == "Ana"
    assert pages["1.1", "port-alder"].owner == "Ben"


def test_every_version_that_is_replaced_is_kept_with_its_date(file: Path) -> None:
    before = file.read_bytes()
    copies = set((file.parent / "older").iterdir())
    save_page("1.1", "boston", {"owner": "Ben"})
    (new,) = set((file.parent / "older").iterdir()) - copies
    assert new.read_bytes() == before
    save_page("1.1", "boston", {"owner": "Ben"})
    assert set((file.parent / "older").iterdir()) == copies | {new}


def test_control_characters_never_reach_the_file(file: Path) -> None:
    save_page("1.1", "boston", {"owner": "A\x00n\x0ba\n\u202eB\ud800"})
    assert read_plan().pages["1.1", "boston"].owner == "An a B"


def test_a_file_cut_in_half_gives_every_page_before_the_cut(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    file.write_text(text[: text.index("Page 2.2")], encoding="utf-8")
    saved = read_plan()
    assert kept() == {"0.1", "1.1", "2.2"}
    assert saved.pages["1.1", "boston"].owner == "Ana"
    assert any("line" in said or "cut off" in said for said in saved.trouble)
    cut = file.read_bytes()
    assert save_page("3.1", "boston", {"owner": "Ben"}) == saved.trouble
    assert cut in [copy.read_bytes() for copy in (file.parent / "older").iterdir()]


@given(part=st.floats(0, 1))
def test_wherever_a_file_is_cut_whole_pages_before_it_are_read(
    part: float, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLAYBOOK_WORK", str(tmp_path_factory.getbasetemp() / "cut"))
        for name in LESSONS:
            save_page(name, "boston", {"owner": "Ana", "by": "2027"})
        path = plan_folder() / "plan.json"
        whole = path.read_bytes()
        path.write_bytes(whole[: int(len(whole) * part)])
        complete = whole[: int(len(whole) * part)].count(b"\n}")
        found = [page for page in read_plan().pages.values() if page.owner == "Ana" and page.by]
        path.write_bytes(whole)
    assert len(found) >= min(complete, len(LESSONS))


@given(content=st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_no_file_at_all_stops_the_reader(
    content: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        work = tmp_path_factory.getbasetemp() / "any"
        patch.setenv("PLAYBOOK_WORK", str(work))
        (work / "plan").mkdir(parents=True, exist_ok=True)
        (work / "plan" / "plan.json").write_bytes(content)
        saved = read_plan()
    assert saved.trouble or not content.strip()


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)


@given(field=st.sampled_from(sorted(PlanPage.__dataclass_fields__)), value=VALUES)
def test_whatever_stands_in_a_field_the_plan_can_be_shown(
    field: str, value: object, tmp_path_factory: pytest.TempPathFactory
) -> None:
    entry = {"lesson": "1.1", "city": "port-alder", "title": "Curve", field: value}
    with pytest.MonkeyPatch.context() as patch:
        work = tmp_path_factory.getbasetemp() / "field"
        patch.setenv("PLAYBOOK_WORK", str(work))
        (work / "plan").mkdir(parents=True, exist_ok=True)
        text = json.dumps({"schema": SCHEMA, "pages": [entry]})
        (work / "plan" / "plan.json").write_text(text, encoding="utf-8")
        plan = plan_so_far(date(2026, 11, 22))
        assert plan_text(plan)
        assert "</html>" in web_page(plan)


def test_a_line_that_was_broken_by_hand_costs_that_line_alone(file: Path) -> None:
    trouble = change(file, '"title": "Page 1.1"', '"title": "Page 1.1')
    page = read_plan().pages["1.1", "boston"]
    assert (page.title, page.owner) == ("", "Ana")
    assert kept() == set(LESSONS)
    number = file.read_text(encoding="utf-8").split("Page 1.1")[0].count("\n") + 1
    assert len(trouble) == 1
    assert f"line {number}." in trouble[0]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"title": "Page 1.1"', '"title": ["a list"]', "lesson 1.1: I could not read title"),
        ('"title": "Page 1.1"', '"title": true', "lesson 1.1: I could not read title"),
        ('"title": "Page 1.1"', '"titel": "Page 1.1"', "lesson 1.1: I could not read titel"),
        ('"lesson": "1.1"', '"lesson": "../../x"', "names no lesson or no city"),
        ('"lesson": "1.1"', '"lesson": ""', "names no lesson or no city"),
        ('"lesson": "1.1"', f'"lesson": "{LONG}"', "names no lesson or no city"),
        ('"lesson": "1.1"', '"lesson": "2.2"', "Lesson 2.2 is in"),
        (f'"schema": {SCHEMA}', '"schema": 0', "older version"),
        (f'"schema": {SCHEMA}', f'"schema": {SCHEMA + 1}', "newer version"),
        (f'"schema": {SCHEMA},\n', "", "older version"),
        ('"pages"', '"sheets"', 'the list "pages"'),
    ],
)
def test_what_was_changed_by_hand_is_named(file: Path, old: str, new: str, told: str) -> None:
    trouble = change(file, old, new)
    assert any(told in said for said in trouble)


def test_a_table_with_rows_of_two_lengths_is_left_out_and_told(file: Path) -> None:
    text = file.read_text(encoding="utf-8").replace('[["A"], ["1"]]', '[["A"], []]', 1)
    file.write_text(text, encoding="utf-8")
    saved = read_plan()
    assert saved.pages["0.1", "boston"].table == ()
    assert any("lesson 0.1: I could not read table" in said for said in saved.trouble)


def test_a_page_that_is_no_page_is_left_out_and_told(file: Path) -> None:
    file.write_text('{"schema": 1, "pages": [3, {"lesson": "1.1", "city": "x"}]}')
    assert kept() == {"1.1"}
    assert any("page 1 is not a page" in said for said in read_plan().trouble)


def test_a_file_in_another_encoding_is_read_with_a_word_about_it(file: Path) -> None:
    save_page("1.1", "boston", {"owner": "José"})
    file.write_bytes(file.read_text(encoding="utf-8").encode("cp1252"))
    saved = read_plan()
    assert kept() == set(LESSONS)
    assert any("UTF-8" in said for said in saved.trouble)


def test_a_mark_at_the_beginning_as_notepad_writes_it_does_no_harm(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert (read_plan().trouble, kept()) == ([], set(LESSONS))


_MANY = """
import sys, time
from playbook.learn.plan.store import save_page
print("ready", flush=True)
sys.stdin.readline()
for turn in range(5):
    save_page(sys.argv[1], "boston", {"owner": f"Owner {sys.argv[1]}", "by": str(turn)})
"""


def test_windows_that_save_at_the_same_moment_lose_nothing(tmp_path: Path) -> None:
    environment = {**os.environ, "PLAYBOOK_WORK": str(tmp_path)}
    windows = [
        subprocess.Popen(
            [sys.executable, "-c", _MANY, f"7.{number}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
        )
        for number in range(4)
    ]
    for window in windows:
        assert window.stdout
        window.stdout.readline()
    for window in windows:
        assert window.stdin
        window.stdin.write(b"\n")
        window.stdin.flush()
    for window in windows:
        window.communicate(timeout=60)
    assert [window.returncode for window in windows] == [0] * 4
    os.environ["PLAYBOOK_WORK"] = str(tmp_path)
    saved = read_plan()
    assert saved.trouble == []
    found = {(page.lesson, page.owner, page.by) for page in saved.pages.values()}
    assert found == {(f"7.{n}", f"Owner 7.{n}", "4") for n in range(4)}


_FOREVER = """
from playbook.learn.plan.store import save_page
turn = 0
while True:
    turn += 1
    save_page("1.1", "boston", {"owner": f"Owner {turn}", "title": "T" * 200_000})
    print(turn, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_a_window_that_is_killed_while_it_saves_leaves_a_whole_file(tmp_path: Path) -> None:
    environment = {**os.environ, "PLAYBOOK_WORK": str(tmp_path)}
    os.environ["PLAYBOOK_WORK"] = str(tmp_path)
    for pause in (0.0, 0.003, 0.011):
        window = subprocess.Popen(
            [sys.executable, "-c", _FOREVER], stdout=subprocess.PIPE, env=environment
        )
        assert window.stdout
        last = [int(window.stdout.readline()) for _ in range(3)][-1]
        time.sleep(pause)
        window.send_signal(signal.SIGKILL)
        window.communicate(timeout=30)
        saved = read_plan()
        assert saved.trouble == []
        assert int(saved.pages["1.1", "boston"].owner.split()[1]) >= last
    # The lock of a killed window is free, and nothing of it is left lying about.
    save_page("2.2", "boston", {"owner": "Ana"})
    assert kept() == {"1.1", "2.2"}
    assert not list((tmp_path / "plan").glob(".plan.json.*"))


def test_a_window_that_holds_on_is_named_in_plain_words(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, held, done = file.with_name("saving.lock"), threading.Event(), threading.Event()

    def hold() -> None:
        with lock.one_writer(path):
            held.set()
            done.wait(10)

    other = threading.Thread(target=hold)
    other.start()
    held.wait(10)
    try:
        with pytest.raises(PlaybookError, match="Another window"), lock.one_writer(path, 0.1):
            pass
    finally:
        done.set()
        other.join()
    save_page("1.1", "boston", {"owner": "Ben"})
    assert read_plan().pages["1.1", "boston"].owner == "Ben"


def test_where_there_are_no_locks_the_plan_is_saved_all_the_same(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "fcntl", None)
    monkeypatch.setitem(sys.modules, "msvcrt", None)
    save_page("1.1", "boston", {"owner": "Ben"})
    assert read_plan().pages["1.1", "boston"].owner == "Ben"


def test_a_folder_that_takes_no_files_is_told_plainly(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(PlaybookError, match="does not let me write"):
        save_page("1.1", "boston", {"owner": "Ben"})
