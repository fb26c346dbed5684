"""The page *Your own city*: plain words, one form, and results that are compared in every run."""

from pathlib import Path

import pytest

from playbook.author import anatomy_rules, code_rules, output_rules, prose_rules, size_rules
from playbook.author.normal import is_normal
from playbook.author.pages import Page, cells_of, read_notebook
from playbook.learn.catalog import lessons

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "book" / "your-own-city.ipynb"
MOST_WORDS = 900
RULES = (
    anatomy_rules.one_h1,
    anatomy_rules.one_heading,
    anatomy_rules.title,
    size_rules.short_cells,
    *code_rules.RULES,
    *output_rules.RULES,
    *prose_rules.RULES,
)


@pytest.fixture(scope="module")
def page() -> Page:
    return Page("book/your-own-city.ipynb", cells_of(read_notebook(PAGE)))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_house_rules_hold(page: Page, rule) -> None:
    assert [str(found) for found in rule(page)] == []


def test_it_is_stored_as_lessons_are() -> None:
    assert is_normal(PAGE) == []


def test_a_reader_meets_two_lines_of_code_and_few_words(page: Page) -> None:
    code = [line for cell in page.code for line in cell.source.splitlines() if line.strip()]
    assert len(code) == 2
    assert sum(len(cell.source.split()) for cell in page.prose) <= MOST_WORDS


def test_the_stored_page_names_every_table_of_every_lesson(page: Page) -> None:
    shown = "".join(words for cell in page.code for words in cell.shown("text/plain"))
    for lesson in lessons().values():
        assert lesson.id in shown
    assert "widget" not in shown


def test_its_results_are_compared_in_every_run() -> None:
    command = (ROOT / "noxfile.py").read_text(encoding="utf-8")
    assert f'"{PAGE.relative_to(ROOT).as_posix()}"' in command


def test_the_book_shows_it() -> None:
    assert "file: book/your-own-city" in (ROOT / "_toc.yml").read_text(encoding="utf-8")
