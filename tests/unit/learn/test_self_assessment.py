"""The sheet on the page and on paper: labeled, saved without a name, read back as answered."""

from __future__ import annotations

import csv
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from playbook.city.capacities import ROLES, capacities, codes, scale
from playbook.city.sources.capacity_answers import parse_answers, recognize_answers
from playbook.errors import PlaybookError
from playbook.learn import self_assessment as module
from playbook.learn.self_assessment import save_answers, save_template, self_assessment

STATEMENTS = [statement for capacity in capacities() for statement in capacity.statements]


@pytest.fixture(autouse=True)
def work(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("PLAYBOOK_WORK", str(tmp_path / "my-work"))
    return tmp_path / "my-work"


def controls(form: Any) -> tuple[Any, dict[str, Any], Any, Any]:
    """Take a form apart: the role, the 35 lists by code, the button, the feedback."""
    lists = [item for item in form.children if hasattr(item, "options")]
    save, result = form.children[-2:]
    return lists[0], {item.description.rstrip(":"): item for item in lists[1:]}, save, result


def fill(form: Any, role: str, score: str) -> str:
    chosen, lists, save, result = controls(form)
    chosen.value = role
    for item in lists.values():
        item.value = score
    save.click()
    return str(result.value)


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_the_paper_and_the_form_ask_the_same() -> None:
    sheet = self_assessment()
    page = Reader()
    page.feed(sheet.static_twin())
    labels = " ".join(item.value for item in sheet.widget().children if hasattr(item, "value"))
    for code, statement in zip(codes(), STATEMENTS, strict=True):
        assert f"{code} {statement}" in str(sheet)
        assert statement in page.text
        assert f"{code}. {statement}" in labels.replace("&#x27;", "'")
    for words in (*scale(), *ROLES, "Do not write your name"):
        assert words in page.text
        assert words in str(sheet)


def test_the_paper_has_tables_that_a_screen_reader_can_walk() -> None:
    page = Reader()
    page.feed(self_assessment().static_twin())
    names = [tag for tag, _ in page.tags]
    assert names.count("table") == names.count("caption") == 7
    scopes = [attrs.get("scope") for tag, attrs in page.tags if tag == "th"]
    assert scopes.count("row") == 35
    assert scopes.count("col") == 21
    assert not {"input", "script", "form", "a", "img"} & set(names)


def test_every_control_has_a_label_and_says_its_statement() -> None:
    role, lists, save, _ = controls(self_assessment().widget())
    assert role.description == "My role:"
    assert list(lists) == list(codes())
    assert [item.tooltip for item in lists.values()] == STATEMENTS
    assert save.description == "Save"
    for item in lists.values():
        assert [label for label, _ in item.options][1:] == [
            f"{score} {words}" for score, words in enumerate(scale())
        ]
        assert item.value == ""


def test_what_is_saved_is_role_and_answers_and_nothing_else(work: Path) -> None:
    said = fill(self_assessment().widget(), "Manager", "3")
    (path,) = (work / "team").iterdir()
    assert list(csv.reader(path.read_text().splitlines())) == [
        ["role", *codes()],
        ["Manager", *["3"] * 35],
    ]
    assert re.fullmatch(r"answers-[0-9a-f]{12}\.csv", path.name)
    assert date.fromtimestamp(path.stat().st_mtime).year <= 2000
    assert "Saved" in said
    assert f"my-work/team/{path.name}" in said
    assert "35 of 35" in said


def test_saving_again_replaces_ones_own_file_and_a_new_form_makes_a_new_one(work: Path) -> None:
    sheet = self_assessment()
    form = sheet.widget()
    fill(form, "Leader", "1")
    fill(form, "Leader", "4")
    fill(self_assessment().widget(), "Front line", "0")
    files = sorted((work / "team").iterdir())
    assert len(files) == 2
    answers, report = parse_answers([(path.name, path.read_bytes()) for path in files])
    means = answers.groupby("role")["score"].mean().to_dict()
    assert means == {"Front line": 0, "Leader": 4}
    assert report.counts["people"] == 2


def test_blanks_stay_blank(work: Path) -> None:
    save_answers("Leader", {"A1": "2", "G5": "0"}, "one.csv")
    answers, report = parse_answers([("one.csv", (work / "team" / "one.csv").read_bytes())])
    assert answers[["statement", "score"]].to_numpy().tolist() == [[1, 2], [5, 0]]
    assert report.counts["blank answers"] == 33


@pytest.mark.parametrize(
    ("role", "score", "said"), [("", "3", "role"), ("Leader", "", "no answer")]
)
def test_nothing_is_saved_without_a_role_or_an_answer(
    role: str, score: str, said: str, work: Path
) -> None:
    assert said in fill(self_assessment().widget(), role, score)
    assert not (work / "team").exists()
    with pytest.raises(PlaybookError, match=said):
        save_answers(role, dict.fromkeys(codes(), score), "x.csv")


def test_the_template_is_a_header_that_is_read_and_never_written_over(work: Path) -> None:
    path = save_template()
    assert path == work / module.TEMPLATE
    assert recognize_answers(path.read_text().strip().split(","))
    path.write_text(path.read_text() + "Leader" + ",2" * 35 + "\n")
    save_template()
    answers, _ = parse_answers([(path.name, path.read_bytes())])
    assert len(answers) == 35


def test_no_kernel_no_file(work: Path) -> None:
    bundle = self_assessment()._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html"}
    assert not work.exists()
