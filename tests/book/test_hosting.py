"""The page for whoever hosts prints what was measured, and a link for every lesson."""

from dataclasses import fields, replace
from pathlib import Path

import pytest
from playbook_book import hosting as directives

from playbook.learn.catalog import lesson, lessons
from playbook.publish import hosting

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "book" / "host-it.md").read_text(encoding="utf-8")
TRIAL = hosting.read_trial(ROOT / hosting.MEASURED)


def printed(trial: hosting.Trial) -> str:
    """All words of the directive."""
    rows = [*directives.asked(trial), *directives.measured(trial)]
    cells = [cell for row in rows for cell in row]
    return "\n".join([directives.plan(trial), directives.how(trial, lesson(trial.lesson)), *cells])


def test_the_page_prints_its_figures_by_directive() -> None:
    for name in ("hub-memory", "hub-links"):
        assert f"```{{{name}}}\n```" in PAGE


# For each figure another value: whatever is measured anew must change what is printed.
OTHER = {
    "date": TRIAL.date.replace(year=2031),
    "command": "python other.py",
    "machine": "a larger machine",
    "versions": "other versions",
    "users": 77,
    "lesson": next(iter(lessons())),
    "memory_mb": TRIAL.memory_mb * 3,
    "alone_mb": TRIAL.alone_mb * 3,
    "hub_mb": TRIAL.hub_mb + 9000,
    "open_seconds": (1111, 2222),
    "run_seconds": (3333, 4444),
    "cpu_seconds": 5555,
}


@pytest.mark.parametrize("name", [field.name for field in fields(hosting.Trial)])
def test_each_figure_is_printed(name: str) -> None:
    assert printed(replace(TRIAL, **{name: OTHER[name]})) != printed(TRIAL)


def test_users_per_gigabyte_and_memory_are_those_of_the_file() -> None:
    assert f"{TRIAL.users_per_gb} people to each GB, with nothing to spare" in directives.plan(
        TRIAL
    )
    assert f" {TRIAL.planned_per_gb:g} people to each GB" in directives.plan(TRIAL)
    assert f"one person took {TRIAL.memory_mb} MB" in directives.plan(TRIAL)
    for people, words in directives.asked(TRIAL):
        assert words == f"{TRIAL.gigabytes(int(people))} GB"


def test_what_the_page_tells_readers_to_replace_is_in_every_link() -> None:
    for placeholder in ("hub.example.org", "git.example.org/your-city/lessons"):
        assert f"`{placeholder}`" in PAGE
        for entry in lessons().values():
            assert hosting.lesson_link(entry).count(placeholder) == 1
