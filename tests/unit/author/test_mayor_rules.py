"""Each rule on the mayor's page: silent on a sound shelf, alone with its fault."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from playbook.author.catalog_rules import Shelf
from playbook.author.mayor_rules import MOST_WORDS, RULES

Fault = Callable[[Shelf], Shelf]
CLAIMS = {
    "2.1-size": {
        "lesson": "2.1",
        "words": "The largest district has twice as many people as the smallest.",
        "value": 2.12,
        "quoted": "In Port Alder, the largest district has 9,120 people, the smallest 4,310.",
        "carries_over": "port-alder-only",
    },
    "9.9-other": {
        "lesson": "9.9",
        "words": "Another lesson's claim.",
        "value": 7.5,
        "quoted": "In Port Alder, it takes 7.5 days.",
        "carries_over": "method",
    },
}


@pytest.fixture
def shelf(draft: Any, tmp_path: Path) -> Shelf:
    notebook = tmp_path / draft.entry.path
    notebook.parent.mkdir(parents=True)
    notebook.write_text(json.dumps(draft.notebook), encoding="utf-8")
    return Shelf(tmp_path, {draft.entry.id: draft.entry}, frozenset(), CLAIMS)


def found(shelf: Shelf) -> list[Any]:
    return [finding for rule in RULES for finding in rule(shelf)]


def page(**changes: Any) -> Fault:
    def change(shelf: Shelf) -> Shelf:
        lesson = shelf.lessons["2.1"]
        changed = replace(lesson, mayor=replace(lesson.mayor, **changes))
        return replace(shelf, lessons={"2.1": changed})

    return change


def notebook(change: Callable[[dict[str, Any]], None]) -> Fault:
    def apply(shelf: Shelf) -> Shelf:
        path = shelf.folder / shelf.lessons["2.1"].path
        stored = json.loads(path.read_text(encoding="utf-8"))
        change({cell["id"]: cell for cell in stored["cells"]}["step-1-do"])
        path.write_text(json.dumps(stored), encoding="utf-8")
        return shelf

    return apply


def words_beneath(cell: dict[str, Any]) -> None:
    shown = cell["outputs"][0]["data"]
    shown["text/html"] = shown["text/html"].replace("Bars start", "Bars start. " * MOST_WORDS)


FAULTS: list[tuple[str, Fault]] = [
    ("mayor-fields", page(decide="")),
    ("mayor-fields", page(ask=())),
    ("mayor-fields", page(ask=("Whom do we count?", "Since when?"))),
    ("mayor-fields", page(ask=("Whom do we count?", "Since when?", "Tell me who is missing."))),
    ("mayor-chart", page(show="step-9-do")),
    # A cell without a chart, and a chart of a part that can be skipped.
    ("mayor-chart", page(show="your-turn-do")),
    ("mayor-chart", notebook(lambda cell: cell["metadata"].update(tags=["deeper"]))),
    ("mayor-chart", notebook(lambda cell: cell["outputs"].clear())),
    ("mayor-claim", page(say="")),
    ("mayor-claim", page(say="2.1-other")),
    ("mayor-claim", page(say="9.9-other")),
    ("mayor-length", page(decide="Vote now. " * 120)),
    ("mayor-length", notebook(words_beneath)),
    ("mayor-words", page(avoid="It is easy.")),
    ("mayor-words", page(instead="Here it is!")),
    ("mayor-words", page(instead="Here is the neighbourhood.")),
    (
        "mayor-words",
        page(decide="Administrative accountability necessitates reconsideration. " * 4),
    ),
    ("mayor-numbers", page(instead="It takes 8.4 days.")),
    # A figure of another lesson is none of this one.
    ("mayor-numbers", page(avoid="It takes 7.5 days.")),
]


def test_a_sound_shelf_has_no_findings(shelf: Shelf) -> None:
    assert found(shelf) == []


@pytest.mark.parametrize(("rule", "fault"), FAULTS)
def test_one_fault_is_found_by_its_rule_alone(shelf: Shelf, rule: str, fault: Fault) -> None:
    findings = found(fault(shelf))
    assert {finding.rule for finding in findings} == {rule}, "\n".join(map(str, findings))
    assert all(finding.file and finding.what and finding.fix for finding in findings)


def test_every_rule_has_a_fault() -> None:
    assert {rule.__name__.replace("_", "-") for rule in RULES} == {rule for rule, _ in FAULTS}


def test_a_figure_of_its_own_claim_may_be_said(shelf: Shelf) -> None:
    assert found(page(instead="The largest has 2.12 times as many.")(shelf)) == []


def test_a_lesson_that_claims_nothing_yet_says_nothing(shelf: Shelf) -> None:
    bare = replace(shelf, claims={})
    assert found(page(say="")(bare)) == []
    assert {finding.rule for finding in found(bare)} == {"mayor-claim"}


def test_a_missing_notebook_is_the_matter_of_another_rule(shelf: Shelf) -> None:
    (shelf.folder / shelf.lessons["2.1"].path).unlink()
    assert found(shelf) == []
