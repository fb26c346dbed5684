"""The blank plan on paper asks what the plan of the lessons asks."""

import re
import tomllib
from pathlib import Path

from docutils import nodes
from playbook_book import plan

from playbook.author.pages import cells_of, read_notebook
from playbook.author.prose_rules import HIGHEST_GRADE, LONGEST_SENTENCE
from playbook.author.reading import grade, sentences, without_markup, words
from playbook.author.words import banned_in, british_in
from playbook.learn.plan.notebook import NOTEBOOK
from playbook.learn.plan.pages import IN_MY_CITY, STEPS

ROOT = Path(__file__).resolve().parents[2]


def blank() -> list[nodes.section]:
    return plan.BlankPlan.run(None)


def lines(section: nodes.section) -> str:
    return "".join(raw.astext() for raw in section.findall(nodes.raw))


def test_a_blank_plan_has_a_line_to_write_on_for_everything_that_is_checked() -> None:
    start, *moves = blank()
    assert len(moves) == plan.MOVES
    for label in ("indicator", "population"):
        assert IN_MY_CITY[label] in lines(start)
    for move in moves:
        assert STEPS["owner"] in lines(move)
        assert STEPS["first_step"] in lines(move)
        assert STEPS["sign"] in lines(move)
        assert "day" in lines(move)
        assert "missing" in lines(move)
    for section in (start, *moves):
        text = lines(section)
        assert text.count("<p>") == text.count("<span></span>") > 0


def test_each_part_has_a_heading_and_an_address_of_its_own() -> None:
    names = [section["ids"][0] for section in blank()]
    assert len(names) == len(set(names)) == plan.MOVES + 1
    assert all(section[0].astext() for section in blank())


def test_the_page_names_both_ways_and_the_command_that_exists() -> None:
    text = (ROOT / "book" / "my-plan.md").read_text(encoding="utf-8")
    assert "**On paper.**" in text
    assert "```text\nplaybook plan\n```" in text
    assert "{blank-plan}" in text
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert "playbook" in scripts["scripts"]


def test_the_words_of_the_page_in_jupyterlab_are_plain() -> None:
    notes = [cell.source for cell in cells_of(read_notebook(NOTEBOOK)) if cell.kind == "markdown"]
    text = "\n\n".join(notes)
    prose = without_markup(text, headings=False)
    assert grade(prose) <= HIGHEST_GRADE
    assert [one for one in sentences(prose) if len(words(one)) > LONGEST_SENTENCE] == []
    assert banned_in(text) + british_in(text) == []
    assert len(re.findall(r"^# ", text, re.MULTILINE)) == 1
