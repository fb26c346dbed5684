"""`playbook cohort new`: six questions, each asked until its answer can be used."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from playbook import cli, home
from playbook.learn.catalog import lessons
from playbook.publish.cohort.settings import read_cohort

CATALOG = Path(__file__).resolve().parents[2] / "notebooks" / "lessons.toml"
OPTIONS = {
    "--name": "Spring Lab",
    "--dates": "2027-03-10 14:00, 2027-03-17 14:00",
    "--time-zone": "America/Chicago",
    "--contact": "Ana Ruiz, ana.ruiz@city.example",
    "--welcome": "Hello.",
    "--lessons": "3.1, 3.2",
}


@pytest.fixture(autouse=True)
def root(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A repository of its own."""
    monkeypatch.setattr(home, "checkout", lambda: tmp_path)
    lessons.cache_clear()
    (tmp_path / "notebooks").mkdir()
    shutil.copy(CATALOG, tmp_path / "notebooks")
    yield tmp_path
    lessons.cache_clear()


def play(*arguments: str, typed: str = "") -> tuple[int, str, str]:
    done = CliRunner().invoke(cli.app, list(arguments), input=typed)
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done.exit_code, done.stdout, done.stderr


def given(**changed: str) -> list[str]:
    answers = {
        **OPTIONS,
        **{f"--{name.replace('_', '-')}": value for name, value in changed.items()},
    }
    return [part for pair in answers.items() for part in pair]


def file_of(root: Path, name: str = "spring-lab") -> Path:
    return root / "cohorts" / name / "cohort.toml"


def test_six_answers_make_a_file_that_can_be_built(root: Path) -> None:
    code, said, _ = play("cohort", "new", "spring-lab", typed="\n".join(OPTIONS.values()) + "\n")
    assert code == 0
    assert said.rstrip().endswith("Next: playbook build --cohort spring-lab")
    assert all(f"{number} of 6" in said for number in range(1, 7))
    cohort = read_cohort(file_of(root), lessons())
    assert cohort.name == "Spring Lab"
    assert [one.lesson.id for one in cohort.sessions] == ["3.1", "3.2"]


def test_answers_given_as_options_are_not_asked_for(root: Path) -> None:
    code, said, _ = play("cohort", "new", "spring-lab", *given())
    assert code == 0
    assert "of 6" not in said
    assert file_of(root).is_file()


def test_an_answer_that_can_not_be_used_is_asked_for_again(root: Path) -> None:
    typed = "<b>\nSpring Lab\n" + "\n".join([*OPTIONS.values()][1:]) + "\n"
    code, said, trouble = play("cohort", "new", "spring-lab", typed=typed)
    assert code == 0
    assert "cohort.toml, name" in trouble
    assert said.count("1 of 6") == 2


def test_a_wrong_option_writes_nothing(root: Path) -> None:
    code, _, trouble = play("cohort", "new", "spring-lab", *given(lessons="9.9"))
    assert code == 1
    assert "'9.9'" in trouble
    assert not file_of(root).exists()


def test_answers_that_do_not_fit_together_are_kept_and_named(root: Path) -> None:
    code, said, trouble = play("cohort", "new", "spring-lab", *given(lessons="3.1"))
    assert code == 1
    assert "2 dates and 1 lesson" in trouble
    assert "change that line" in said
    assert file_of(root).is_file()


def test_a_cohort_that_is_there_stays_as_it_is(root: Path) -> None:
    play("cohort", "new", "spring-lab", *given())
    before = file_of(root).read_bytes()
    code, _, trouble = play("cohort", "new", "spring-lab", *given(name="Another"))
    assert code == 2
    assert "already" in trouble
    assert file_of(root).read_bytes() == before


@pytest.mark.parametrize("name", ["../x", "Spring Lab", "con"])
def test_a_name_that_is_no_folder_is_refused_before_any_question(root: Path, name: str) -> None:
    code, said, trouble = play("cohort", "new", name)
    assert code == 2
    assert "short name" in trouble
    assert "1 of 6" not in said
    assert not (root / "cohorts").exists()


def test_a_cohort_that_is_not_there_can_not_be_built() -> None:
    code, _, trouble = play("build", "--cohort", "autumn", "--no-live")
    assert code == 1
    assert "playbook cohort new autumn" in trouble


def test_a_cohort_goes_into_its_own_folder(tmp_path: Path) -> None:
    code, _, trouble = play("build", "--cohort", "spring-lab", "--output", str(tmp_path / "out"))
    assert code == 2
    assert "--output" in trouble
