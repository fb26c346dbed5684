"""The gallery shows every chart once, says when to use it and when not, and is proven by tests."""

import gzip
import inspect
import re
from pathlib import Path

import pytest

import playbook as pb
from playbook.author import (
    anatomy_rules,
    code_rules,
    figure_rules,
    output_rules,
    prose_rules,
    size_rules,
)
from playbook.author.execute import check_repeatable
from playbook.author.normal import is_normal
from playbook.author.pages import Page, cells_of, read_notebook

ROOT = Path(__file__).resolve().parents[2]
GALLERY = ROOT / "book" / "chart-gallery.ipynb"
# A page of text and pictures, with gzip.
HEAVIEST = 300_000
# Chooses between two charts that the gallery shows.
CHOOSES = {"places"}
RULES = (
    anatomy_rules.one_h1,
    anatomy_rules.one_heading,
    anatomy_rules.title,
    size_rules.short_cells,
    *code_rules.RULES,
    *output_rules.RULES,
    *figure_rules.RULES,
    *prose_rules.RULES,
)


@pytest.fixture(scope="module")
def page() -> Page:
    return Page("book/chart-gallery.ipynb", cells_of(read_notebook(GALLERY)))


def charts() -> set[str]:
    """Names of the front door that draw one chart."""
    found = {name: getattr(pb, name) for name in pb.__all__}
    return {
        name
        for name, thing in found.items()
        if inspect.isfunction(thing)
        and thing.__module__.startswith("playbook.show.")
        and inspect.signature(thing).return_annotation == "Figure"
    } - CHOOSES


def test_every_chart_is_there_once(page: Page) -> None:
    drawn = [name for cell in page.code for name in re.findall(r"\bpb\.(\w+)\(", cell.source)]
    assert len(charts()) >= 17
    assert sorted(name for name in drawn if name in charts()) == sorted(charts())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_house_rules_hold(page: Page, rule) -> None:
    assert [str(found) for found in rule(page)] == []


def test_it_is_stored_as_lessons_are() -> None:
    assert is_normal(GALLERY) == []


def test_each_chart_says_when_to_use_it_and_when_not(page: Page) -> None:
    parts = [cell for cell in page.prose if cell.source.startswith("## ")][1:]
    assert len(parts) == len(charts())
    for cell in parts:
        _, use, other = cell.source.split("\n\n")
        assert use.startswith("Use "), cell.id
        assert other.startswith(("Not ", "Take ")), cell.id


def test_every_figure_says_where_its_numbers_come_from(page: Page) -> None:
    figures = [html for cell in page.code for html in cell.shown("text/html") if "<figure" in html]
    assert len(figures) == len(charts())
    for html in figures:
        (caption,) = re.findall(r"<figcaption[^>]*>(.*?)</figcaption>", html)
        assert ("Port Alder, a fictional city" in caption) != ("Practice numbers." in caption)


def test_the_page_is_light_enough(page: Page) -> None:
    shown = "".join(html for cell in page.code for html in cell.shown("text/html"))
    assert len(gzip.compress(shown.encode())) < HEAVIEST


def test_all_results_are_compared_in_every_run() -> None:
    command = (ROOT / "noxfile.py").read_text(encoding="utf-8")
    assert f'"{GALLERY.relative_to(ROOT).as_posix()}"' in command


@pytest.mark.gate
def test_a_second_run_shows_the_same() -> None:
    assert check_repeatable(GALLERY) == []
