"""Each rule on the catalog: silent on a sound shelf, alone with its fault."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from playbook.author.catalog_rules import FACILITATOR_HEADINGS, RULES, Shelf, facilitator_page
from playbook.author.criteria import CRITERIA
from playbook.learn.catalog import Lesson, Step

Fault = Callable[[Shelf], Shelf]


@pytest.fixture
def shelf(draft: Any, tmp_path: Path) -> Shelf:
    lesson: Lesson = draft.entry
    notebook = tmp_path / lesson.path
    notebook.parent.mkdir(parents=True)
    notebook.write_text("{}", encoding="utf-8")
    page = "# To lead\n\n" + "\n\n".join(f"## {name}\n\nText." for name in FACILITATOR_HEADINGS)
    facilitator_page(tmp_path, lesson).write_text(page, encoding="utf-8")
    return Shelf(tmp_path, {lesson.id: lesson}, frozenset({"neighborhoods"}), {})


def found(shelf: Shelf) -> list[Any]:
    return [finding for rule in RULES for finding in rule(shelf)]


def test_a_sound_shelf_has_no_findings(shelf: Shelf) -> None:
    assert found(shelf) == []


def entry(**changes: Any) -> Fault:
    def change(shelf: Shelf) -> Shelf:
        return replace(shelf, lessons={"2.1": replace(shelf.lessons["2.1"], **changes)})

    return change


def page(old: str, new: str) -> Fault:
    def change(shelf: Shelf) -> Shelf:
        path = facilitator_page(shelf.folder, shelf.lessons["2.1"])
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
        return shelf

    return change


def without_page(shelf: Shelf) -> Shelf:
    facilitator_page(shelf.folder, shelf.lessons["2.1"]).unlink()
    return shelf


def orphan(shelf: Shelf) -> Shelf:
    (shelf.folder / "02-the-equity-lens" / "2-lost.ipynb").write_text("{}", encoding="utf-8")
    return shelf


FAULTS: list[tuple[str, Fault]] = [
    ("catalog-fields", entry(why="")),
    ("catalog-fields", entry(capacities=())),
    ("catalog-fields", entry(reviewed_on="November 2026")),
    ("catalog-minutes", entry(steps=(Step("Step 1: look", 0, "core"),))),
    ("catalog-minutes", entry(steps=(Step("Step 1: look", 5, "could"),))),  # type: ignore[arg-type]
    ("catalog-links", entry(next_lesson="9.9")),
    ("catalog-links", entry(prerequisites=("0.7",))),
    ("catalog-links", entry(tables=("requests",))),
    ("catalog-links", entry(without={"acs_profile": "Until then, it counts."})),
    ("catalog-criteria", entry(criteria=("PA2", "PA6"))),
    ("catalog-files", without_page),
    ("catalog-files", orphan),
    ("catalog-words", entry(why="It is easy.")),
    ("catalog-words", entry(you_need="No colour needed")),
    ("catalog-words", entry(cold_start=("Come in!",))),
    ("catalog-words", entry(without={"neighborhoods": "It simply stops."})),
    ("facilitator-headings", page("## Afterwards", "## After")),
    ("facilitator-headings", page("## Afterwards\n\nText.", "## Afterwards\n")),
    ("facilitator-words", page("Text.", "Just do it.")),
]


@pytest.mark.parametrize(("rule", "fault"), FAULTS)
def test_one_fault_is_found_by_its_rule_alone(shelf: Shelf, rule: str, fault: Fault) -> None:
    findings = found(fault(shelf))
    assert {finding.rule for finding in findings} == {rule}, "\n".join(map(str, findings))
    assert all(finding.file and finding.what and finding.fix for finding in findings)


def test_every_rule_has_a_fault() -> None:
    assert {rule.__name__.replace("_", "-") for rule in RULES} == {rule for rule, _ in FAULTS}


def test_the_standard_has_43_criteria() -> None:
    assert len(CRITERIA) == 43
    assert {"DM9", "RDC8", "EVAL4"} <= CRITERIA
    assert "DM10" not in CRITERIA
