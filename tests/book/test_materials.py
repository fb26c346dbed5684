"""The mayor's page, slides and handout: from one source, escaped, alone, and without answers."""

import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader
from playbook_book import lesson_parts, materials, session

from playbook.author.reading import words
from playbook.learn.catalog import Lesson, lessons
from playbook.learn.practice import BUILT_IN, PRACTICE
from playbook.publish.built_pages import BuiltPage

ROOT = Path(__file__).resolve().parents[2]
THEME = ROOT / "book" / "_theme" / "playbook"
ENV = SimpleNamespace(srcdir=str(ROOT), temp_data={})
TRAP = "<script>alert(1)</script>"
GUESS = re.compile(r"<details>.*?</summary>(.*?)</details>", re.DOTALL)


def render(page: materials.Page) -> str:
    """Fill a template of the theme as Sphinx does."""
    _, context, template = page
    jinja = Environment(loader=FileSystemLoader(THEME))
    given = {"pathto": lambda *_: "lesson.html", "css_files": [], "language": "en"}
    return jinja.get_template(template).render(given | context)


@pytest.fixture(scope="module")
def built() -> dict[str, str]:
    """Every page by its name."""
    made = materials.pages(SimpleNamespace(env=ENV))
    return {page[0]: render(page) for page in made}


def of(built: dict[str, str], lesson: Lesson, kind: str) -> str:
    return built[f"notebooks/{lesson.path.removesuffix('.ipynb')}.{kind}"]


def text_of(html: str) -> str:
    """The words of the page's main part, without figures, tables and choices."""
    main = html[html.index("<main") : html.index("</main>")]
    main = re.sub(r"<figure.*?</figure>", "", main, flags=re.DOTALL)
    main = re.sub(r"<table.*?</table>", "", main, flags=re.DOTALL)
    main = re.sub(r'<ul class="(choices|ticks)">.*?</ul>', "", main, flags=re.DOTALL)
    return " ".join(BuiltPage("", f"<main>{main}</main>").tags[0].text.split())


def every_lesson() -> list[Any]:
    return [pytest.param(lesson, id=lesson.id) for lesson in lessons().values()]


@pytest.mark.parametrize("lesson", every_lesson())
def test_every_lesson_has_the_three_pages(built: dict[str, str], lesson: Lesson) -> None:
    for kind in ("mayor", "slides", "handout"):
        page = of(built, lesson, kind)
        assert PRACTICE in page
        assert "<figure" in page
        assert "<script" not in page


@pytest.mark.parametrize("lesson", every_lesson())
def test_the_words_that_are_counted_are_the_words_that_are_printed(
    built: dict[str, str], lesson: Lesson
) -> None:
    page = next(
        page[1]["mayor"]
        for page in materials.pages(SimpleNamespace(env=ENV))
        if page[0].endswith(f"{Path(lesson.path).stem}.mayor")
    )
    assert words(text_of(of(built, lesson, "mayor"))) == words(page.text)


@pytest.mark.parametrize("lesson", every_lesson())
def test_what_was_built_in_is_said_beside_the_sentence(
    built: dict[str, str], lesson: Lesson
) -> None:
    claim = materials.claims(ENV)[lesson.mayor.say]
    page = text_of(of(built, lesson, "mayor"))
    assert (BUILT_IN in page) == (claim["carries_over"] == "port-alder-only")
    assert " ".join(f"{claim['quoted']} ({PRACTICE})".split()) in page


@pytest.mark.parametrize("lesson", every_lesson())
def test_slides_are_eight_to_fourteen_and_lead_on(built: dict[str, str], lesson: Lesson) -> None:
    page = BuiltPage("", of(built, lesson, "slides"))
    slides = [tag for tag in page.find("section") if "slide" in tag.attributes["class"]]
    assert 8 <= len(slides) <= 14
    for number, slide in enumerate(slides, start=1):
        assert slide.attributes["id"] == f"slide-{number}"
        assert f"{number} of {len(slides)}" in " ".join(slide.text.split())
        assert PRACTICE in slide.text
    links = {tag.attributes["href"] for tag in page.find("a")} - {"#main"}
    assert links == {f"#slide-{number}" for number in range(1, len(slides) + 1)}


@pytest.mark.parametrize("kind", ["slides", "handout"])
@pytest.mark.parametrize("lesson", every_lesson())
def test_the_page_needs_nothing_beside_it(built: dict[str, str], lesson: Lesson, kind: str) -> None:
    html = of(built, lesson, kind)
    for tag in BuiltPage("", html).tags:
        for name in ("href", "src"):
            address = tag.attributes.get(name, "#")
            assert address.startswith(("#", "data:")), (tag.name, address[:60])
    assert "url(" not in html
    assert "@import" not in html


@pytest.mark.parametrize("kind", ["slides", "handout"])
@pytest.mark.parametrize("lesson", every_lesson())
def test_no_answer_is_told(built: dict[str, str], lesson: Lesson, kind: str) -> None:
    html = of(built, lesson, kind)
    text = text_of(html)
    stored = materials.cells(ENV, lesson)
    everything = " ".join(BuiltPage("", html).tags[0].text.split())
    told = [answer for cell in stored for answer in GUESS.findall(cell["source"])]
    for exercise in session.exercises(stored):
        told += [reason for _, reason in exercise.choices]
        told += [*exercise.explanation, exercise.code]
    assert len(told) > 3
    for words_told in told:
        plain = " ".join(words_told.split())
        assert not plain or plain not in everything, plain
    asked = materials.core_exercise(ENV, lesson, lesson_parts.read_parts(lesson.notebook))
    right = [label for label, reason in asked.choices if reason.startswith(materials.RIGHT)]
    assert all(label not in text for label in right)
    # All choices look alike: none is marked.
    choices = re.findall(r'<ul class="(?:choices|ticks)">(.*?)</ul>', html, re.DOTALL)
    assert not asked.choices or len(choices) == 1
    assert all(set(re.findall(r"<[^>]+>", part)) == {"<li>", "</li>"} for part in choices)


def test_the_right_answer_of_a_choice_can_be_told_from_its_reason() -> None:
    """The test above would else look for nothing."""
    for lesson in lessons().values():
        parts = lesson_parts.read_parts(lesson.notebook)
        choices = materials.core_exercise(ENV, lesson, parts).choices
        assert not choices or sum(reason.startswith(materials.RIGHT) for _, reason in choices) == 1


@pytest.mark.parametrize("kind", ["mayor", "slides", "handout"])
def test_words_of_the_catalog_and_the_bank_are_shown_as_text(kind: str) -> None:
    lesson = lessons()["3.1"]
    mayor = replace(lesson.mayor, decide=TRAP, ask=(TRAP,) * 3, avoid=TRAP, instead=TRAP)
    lesson = replace(lesson, title=TRAP, question=TRAP, mayor=mayor)
    parts = lesson_parts.read_parts(lesson.notebook)
    exercise = session.Exercise("3.1-a", TRAP, choices=((TRAP, TRAP),))
    context = {
        "lesson": lesson,
        "parts": parts,
        "exercise": exercise,
        "practice": PRACTICE,
        "title": TRAP,
        "slides": materials.slides(lesson, parts),
        "on_paper": materials.on_paper,
        "is_tall": materials.is_tall,
        "mayor": materials.mayor_page(lesson, {"quoted": TRAP, "carries_over": "method"}),
        "headings": ("a", "b", "c"),
    }
    html = render(("x", context, f"{kind}.html"))
    assert "<script" not in html
    assert html.count("&lt;script&gt;") >= 4


def test_a_computed_sentence_with_the_answer_is_left_out() -> None:
    figure, other = "<figure>2.1 points</figure>", '<p class="result">It is 3 points.</p>'
    step = lesson_parts.Step(
        "Step 1: a", (f'{figure}<p class="result">2.1 points</p>{other}',), "", ""
    )
    parts = replace(lesson_parts.read_parts(lessons()["3.1"].notebook), steps=(step,))
    choices = (("2.1 points", "That's it. Yes."), ("3 points", "Not yet. No."))
    left = materials.without_answer(parts, session.Exercise("x", choices=choices))
    assert left.steps[0].shown == (figure + other,)


def test_a_map_is_tall_and_a_sentence_is_not() -> None:
    shown = lesson_parts.read_parts(lessons()["0.1"].notebook).steps[0].shown[0]
    assert materials.is_tall(shown)
    assert not materials.is_tall("<p>Eastbank</p>")
    wide = lesson_parts.read_parts(lessons()["3.1"].notebook).steps[0].shown[0]
    assert not materials.is_tall(wide)


def test_markdown_becomes_html_without_links_roles_or_foreign_tags() -> None:
    html = lesson_parts.to_html(
        "See [the cards](../book/data.md), {term}`median <median>` and <b onclick=x>\n\n* one"
    )
    assert "href" not in html
    assert "the cards, median and &lt;b" in html
    assert "<li>one</li>" in html
    sentence = "Look at the map. Beneath it you can open the numbers. Say what you see."
    assert lesson_parts.to_html(sentence) == "<p>Look at the map. Say what you see.</p>\n"


def test_a_step_is_read_part_by_part() -> None:
    parts = lesson_parts.read_parts(lessons()["3.1"].notebook)
    assert [step.title[:7] for step in parts.steps] == ["Step 1:", "Step 2:", "Step 3:"]
    first = parts.steps[0]
    assert len(first.shown) == 1
    assert first.see.startswith("<p>Each dot is one group.")
    assert first.say.startswith("<p>“The slide has its numbers right.”")
    assert [when for when, _ in parts.first_steps] == ["15 minutes", "This week", "This month"]
    assert parts.exercise == "3.1-a"
    assert "open the answer" not in parts.guess


@pytest.mark.parametrize("lesson", every_lesson())
def test_no_part_of_a_lesson_is_lost(lesson: Lesson) -> None:
    parts = lesson_parts.read_parts(lesson.notebook)
    named = [step for step in lesson.steps if step.level == "core" and step.name[:5] == "Step "]
    assert len(parts.steps) == len(named)
    for step in parts.steps:
        assert step.shown
        assert step.see
        assert step.say
    for part in ("why", "situation", "guess", "real", "missing", "talk", "ask", "mail", "owner"):
        assert getattr(parts, part), part
    assert len(parts.first_steps) == 3


def test_long_tables_stay_folded_on_paper() -> None:
    def figure(rows: int) -> str:
        table = f"<table>{'<tr><td>1</td></tr>' * (rows + 1)}</table>"
        return f'<details class="pb-data"><summary>Show the numbers</summary>{table}</details>'

    assert "<details" not in materials.on_paper(figure(materials.MOST_ROWS))
    assert "<table>" in materials.on_paper(figure(materials.MOST_ROWS))
    assert materials.on_paper(figure(64)) == figure(64)


def test_a_step_of_many_results_gets_two_slides_the_second_a_chart() -> None:
    shown = ["<table>draft", "<table>attack", "<figure>fit", "<figure>years"]
    assert materials.shown_on_slides(shown) == ("<table>draft", "<figure>fit")
    assert materials.shown_on_slides(shown[:2]) == ("<table>draft", "<table>attack")
    assert materials.shown_on_slides([]) == ()
