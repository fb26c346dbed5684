import ast
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from playbook import __main__, cli, home, supported
from playbook.author import execute, insight_report, rules, scaffold
from playbook.author.findings import Finding
from playbook.city import fetch, own, store, tables
from playbook.city.report import Finding as CityFinding
from playbook.city.report import Report
from playbook.city.sources.source import Choices
from playbook.errors import PlaybookError
from playbook.insights import own_survey
from playbook.learn import catalog, city_status, doctor, lab
from playbook.publish import book, card_adding
from playbook.publish.cohort import build as cohort_build
from playbook.simulate import build as simulate_build

SOUND = Report("requests.csv", 9, 9)
STOPPED = Report("requests.csv", 9, 9, (CityFinding("stop", "No column says when."),))
FAULT = Finding("one-h1", "1-parks.ipynb", "title", "There are 2 titles", "Keep one")


def refuse(*_: object, **__: object) -> None:
    raise PlaybookError("The well is dry.", fix="Dig deeper. Or wait for rain.")


def returns(value: object) -> Callable[..., object]:
    return lambda *_, **__: value


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Stand-ins for what takes long; the rooms themselves are tested in their own files."""
    monkeypatch.setenv("PLAYBOOK_WORK", str(tmp_path / "my-work"))
    monkeypatch.setattr(lab, "start", returns(None))
    monkeypatch.setattr(lab, "start_own_city", returns(None))
    monkeypatch.setattr(lab, "check", returns("Lesson 3.1 opened."))
    monkeypatch.setattr(doctor, "examine", returns([doctor.Finding("Disk", True, "roomy.")]))
    monkeypatch.setattr(book, "build", returns(tmp_path / "html"))
    monkeypatch.setattr(book, "preview", returns(None))
    monkeypatch.setattr(rules, "check_all", returns([]))
    monkeypatch.setattr(rules, "check_lesson", returns([]))
    monkeypatch.setattr(scaffold, "new_lesson", returns(tmp_path / "1-new.ipynb"))
    monkeypatch.setattr(execute, "run_notebook", returns(False))
    monkeypatch.setattr(simulate_build, "build", returns([]))
    monkeypatch.setattr(insight_report, "write_report", returns(tmp_path / "insights.yaml"))
    monkeypatch.setattr(insight_report, "read_report", returns([]))
    monkeypatch.setattr(own, "new_city", returns(tmp_path))
    monkeypatch.setattr(own, "chosen_city", returns("boston"))
    monkeypatch.setattr(own, "choose_city", returns(None))
    added = card_adding.Added(tmp_path / "oakland-paving.toml", is_new=True)
    monkeypatch.setattr(card_adding, "add_form", returns(added))
    monkeypatch.setattr(cohort_build, "cohort_folder", returns(tmp_path / "spring-lab"))
    monkeypatch.setattr(cohort_build, "build_cohort", returns(tmp_path / "spring-lab"))
    monkeypatch.setattr(store, "add_file", returns(SOUND))
    monkeypatch.setattr(store, "check_city", returns(SOUND))
    monkeypatch.setattr(own_survey, "add_survey", returns(SOUND))
    there = fetch.Fetched(tmp_path / "MO_A.CSV", "Life expectancy", is_new=True)
    monkeypatch.setattr(fetch, "fetch", returns([there]))
    monkeypatch.setattr(tables, "load_city", returns(None))
    monkeypatch.setattr(city_status, "lesson_for", returns("3.1"))
    monkeypatch.setattr(city_status, "status_text", returns("Boston has 2 tables."))


def play(*arguments: str) -> tuple[int, str, str]:
    """Run a command; returns its exit code, standard output and standard error."""
    done = CliRunner().invoke(cli.app, list(arguments))
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout, done.stderr


COMMANDS = [
    ("start",),
    ("start", "3.1", "--city", "boston", "--no-browser"),
    ("start", "3.1", "--check"),
    ("doctor",),
    ("doctor", "--for-it"),
    ("reset", "3.1"),
    ("list",),
    ("build",),
    ("preview", "--port", "8001"),
    ("check",),
    ("check", "3.1", "notebooks/a.ipynb"),
    ("new", "lesson", "2.1", "who-is-counted", "--module", "Reading health"),
    ("notebooks", "run"),
    ("notebooks", "run", "3.1", "--redraw"),
    ("city", "build", "--to", "data"),
    ("city", "new", "boston"),
    ("city", "add", "requests.csv"),
    ("city", "add", "MO_A.CSV", "MO_B.CSV", "--county", "510", "--city", "boston"),
    ("city", "check", "--city", "boston"),
    ("city", "check", "--all"),
    ("city", "status"),
    ("city", "form"),
    ("city", "survey", "answers.csv", "--codebook", "codes.csv"),
    ("city", "fetch", "29510", "--table", "life_expectancy"),
    ("city", "insights"),
    ("city", "insights", "--write"),
    ("plan",),
    ("card", "form"),
    ("card", "add", "solution-card.docx"),
    ("card", "add", "solution-card.docx", "--replace"),
    ("card", "check"),
    (
        "cohort", "new", "spring-lab", "--name", "Spring Lab", "--dates", "2027-03-03 14:00",
        "--time-zone", "America/Chicago", "--contact", "Ana",
        "--welcome", "Hello.", "--lessons", "3.1",
    ),
    ("build", "--cohort", "spring-lab", "--no-live"),
]  # fmt: skip


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_command_that_went_well_ends_in_one_next_step(arguments: tuple[str, ...]) -> None:
    code, said, _ = play(*arguments)
    assert code == 0
    lines = said.splitlines()
    assert lines[-1].startswith("Next: ")
    assert sum(line.startswith("Next: ") for line in lines) == 1


def _leaves(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, below in getattr(command, "commands", {}).items():
        yield from _leaves(below, (*path, name))
    if not hasattr(command, "commands"):
        yield path


# Prints a file, to be sent into one: a next step would become its last line.
PRINTS_A_FILE = ("city", "template")
LEAVES = list(_leaves(typer.main.get_command(cli.app)))


def test_every_command_is_in_the_table_of_this_file() -> None:
    for leaf in LEAVES:
        if leaf == PRINTS_A_FILE:
            continue
        assert any(arguments[: len(leaf)] == leaf for arguments in COMMANDS), leaf


@pytest.mark.parametrize("leaf", LEAVES, ids=" ".join)
def test_every_help_has_an_example_of_that_command(leaf: tuple[str, ...]) -> None:
    for flag in ("-h", "--help"):
        code, said, _ = play(*leaf, flag)
        assert code == 0
        assert f"For example: playbook {' '.join(leaf)}" in " ".join(said.split())
        said.encode("cp1252")


def test_the_list_is_the_catalog() -> None:
    _, said, _ = play("list")
    for entry in catalog.lessons().values():
        assert f"{entry.id}  {entry.title}" in said
        assert f"{entry.core_minutes} minutes" in said


def test_the_limits_are_those_of_the_rules_and_every_lesson_keeps_them() -> None:
    _, said, _ = play("list", "--limits")
    head, *lines = said.strip().splitlines()
    assert {"core words", "all cells", "grade"} <= set(re.split(r" {2,}", head.strip()))
    assert [line.split()[0] for line in lines] == list(catalog.lessons())
    for line in lines:
        for count, limit in re.findall(r"([\d.,]+)/([\d.,]+)", line):
            assert float(count.replace(",", "")) <= float(limit.replace(",", "")), line
    assert "/900" in said
    assert "/40" in said


@pytest.mark.parametrize(
    "arguments", [("start", "9.9"), ("start", "9.9", "--check"), ("reset", "9.9")]
)
def test_an_unknown_lesson_is_told_as_a_mistyped_command(arguments: tuple[str, ...]) -> None:
    code, said, told = play(*arguments)
    assert (code, said) == (2, "")
    assert "'9.9'" in told
    assert "What to do now:" in told


@pytest.mark.parametrize("arguments", [("nosuch",), ("start", "--nosuch"), ("city",), ()])
def test_a_mistyped_command_ends_with_two(arguments: tuple[str, ...]) -> None:
    code, _, told = play(*arguments)
    assert code == 2
    assert told.startswith("Usage: ")


@pytest.mark.parametrize(
    ("arguments", "room", "name", "code"),
    [
        (("start", "3.1"), lab, "start", 3),
        (("start", "3.1", "--check"), lab, "check", 3),
        (("start", "--city", "atlantis"), own, "choose_city", 2),
        (("build",), book, "build", 1),
        (("preview",), book, "preview", 1),
        (("check", "3.1"), rules, "check_lesson", 1),
        (("new", "lesson", "x", "y", "--module", "z"), scaffold, "new_lesson", 2),
        (("notebooks", "run", "3.1"), execute, "run_notebook", 1),
        (("city", "build"), simulate_build, "build", 3),
        (("city", "insights"), insight_report, "read_report", 3),
        (("city", "new", "?"), own, "new_city", 2),
        (("city", "add", "requests.csv"), store, "add_file", 1),
        (("city", "check"), store, "check_city", 1),
        (("city", "fetch", "29510"), fetch, "fetch", 3),
        (("card", "add", "solution-card.docx"), card_adding, "add_form", 1),
    ],
)
def test_trouble_is_told_in_plain_words_with_its_exit_code(
    arguments: tuple[str, ...],
    room: object,
    name: str,
    code: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(room, name, refuse)
    ended, said, told = play(*arguments)
    assert ended == code
    assert "Next:" not in said
    assert told.endswith("The well is dry.\nWhat to do now: Dig deeper. Or wait for rain.\n")


@pytest.mark.parametrize(
    ("arguments", "room", "name", "value"),
    [
        (("check",), rules, "check_all", [FAULT]),
        (("check", "3.1"), rules, "check_lesson", [FAULT]),
        (("city", "add", "requests.csv"), store, "add_file", STOPPED),
        (("city", "check"), store, "check_city", STOPPED),
    ],
)
def test_findings_end_with_one_and_with_a_next_step(
    arguments: tuple[str, ...],
    room: object,
    name: str,
    value: object,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(room, name, returns(value))
    code, said, _ = play(*arguments)
    assert code == 1
    assert "2 titles" in said or "No column says when" in said
    assert said.splitlines()[-1].startswith("Next: ")


@pytest.mark.parametrize(
    ("lesson", "last"),
    [
        ("3.1", "Next: playbook start 3.1 --city boston"),
        ("", "Next: playbook city status shows which file brings a lesson"),
    ],
)
def test_the_next_step_is_the_lesson_that_the_new_table_is_for(
    lesson: str, last: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(city_status, "lesson_for", returns(lesson))
    for arguments in (("city", "add", "x.csv"), ("city", "check")):
        assert play(*arguments)[1].splitlines()[-1] == last


def test_files_county_and_city_reach_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def add_file(*given: object) -> Report:
        asked.append(given)
        return SOUND

    monkeypatch.setattr(store, "add_file", add_file)
    play(
        *("city", "add", "a.csv", "b.csv", "--county", "510", "--city", "boston", "--as", "deaths"),
        *("--column", "deaths=N", "--label", "cause:Cancers=Cancer", "--leave-out", "NAME"),
        *("--coarsen", "day=month"),
    )
    chosen = Choices(
        "510",
        "deaths",
        {"deaths": "N"},
        ("NAME",),
        {"day": "month"},
        {"cause": {"Cancers": "Cancer"}},
    )
    assert asked == [([Path("a.csv"), Path("b.csv")], "boston", chosen)]


def test_a_choice_that_can_not_be_read_ends_with_two() -> None:
    code, _, told = play("city", "add", "a.csv", "--column", "deaths")
    assert code == 2
    assert "OURS=THEIRS" in told


def test_a_computer_that_lacks_something_ends_with_three(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [
        doctor.Finding("Disk", False, "only 3 MB free.", "Free some."),
        doctor.Finding("Kernel", True, "answers."),
    ]
    monkeypatch.setattr(doctor, "examine", returns(found))
    code, said, _ = play("doctor")
    assert code == 3
    assert "LOOK  Disk: only 3 MB free. Free some." in said
    assert "OK    Kernel" in said
    assert said.splitlines()[-1].startswith("Next: ")


def test_reset_says_where_the_earlier_copy_is() -> None:
    _, first, _ = play("reset", "3.1")
    assert "older" not in first
    _, second, _ = play("reset", "3.1")
    assert "my-work/lessons/older" in second


def test_an_installed_copy_does_not_rewrite_its_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home, "checkout", returns(None))
    code, _, told = play("city", "build")
    assert code == 3
    assert "--to FOLDER" in told
    assert play("city", "build", "--to", "somewhere")[0] == 0


def test_a_fault_of_ours_shows_no_trace_and_keeps_it_in_a_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def fault() -> None:
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr(catalog, "lessons", fault)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(SystemExit) as ended:
        cli.run(["list"])
    assert ended.value.code == 3
    told = capsys.readouterr().err
    assert "Traceback" not in told
    assert "ZeroDivisionError" not in told
    (kept,) = tmp_path.glob("playbook-error-*.txt")
    assert str(kept) in told
    assert "a fault of ours" in kept.read_text(encoding="utf-8")


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_a_narrow_console_and_a_wish_for_no_color_are_respected(encoding: str) -> None:
    env = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "NO_COLOR": "1"}
    for arguments in (["list"], ["doctor", "--for-it"], ["start", "-h"], ["nosuch"]):
        done = subprocess.run(
            [sys.executable, "-m", "playbook", *arguments], env=env, capture_output=True
        )
        assert b"\x1b[" not in done.stdout + done.stderr
        assert b"Traceback" not in done.stderr
        (done.stdout + done.stderr).decode(encoding)


def test_a_python_that_is_too_old_gets_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(__main__, "python_problem", lambda: supported.python_problem((3, 9)))
    with pytest.raises(SystemExit) as ended:
        __main__.main()
    assert ended.value.code == 3
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == [supported.python_problem((3, 9))]


@pytest.mark.parametrize("name", ["__init__", "__main__", "supported"])
def test_an_old_python_can_read_the_modules_that_turn_it_away(name: str) -> None:
    source = Path(str(cli.__file__)).with_name(f"{name}.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 7))
    assert "from __future__" not in source


def test_listing_lessons_does_not_wait_for_the_tables() -> None:
    code = "import sys; from playbook import cli; cli.app(['list'], standalone_mode=False)"
    code += (
        "; print([name for name in ('pandas', 'matplotlib', 'jupyterlab') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
