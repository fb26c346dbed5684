"""Pages of the plays: Monday first, short and plain, nothing planted, nothing without a home."""

import re
import tomllib
from pathlib import Path

import pytest
from docutils import nodes
from docutils.core import publish_doctree
from playbook_book import crosswalk, plays

from playbook.author.prose_rules import HIGHEST_GRADE, LONGEST_SENTENCE
from playbook.author.reading import grade, sentences, without_markup, words
from playbook.author.words import banned_in, british_in
from playbook.learn.catalog import lessons
from playbook.publish.contents import listed_pages
from playbook.publish.crosswalk import criterion_rows, grid_rows
from playbook.publish.exchange import cards
from playbook.publish.plays import read_plays

ROOT = Path(__file__).resolve().parents[2]
FOUND = read_plays(ROOT / "book" / "plays.toml")
COVERAGE = tomllib.loads((ROOT / "book" / "coverage.toml").read_text(encoding="utf-8"))["places"]
OTHERS = ("the-plays", "grid", "results-first", "compass", "declare", "certification", "crosswalk")
MOST_WORDS = 900
HEADED = ("paragraph", "title", "term")
# What the texts that the book grew from hold: actions, capacities, programs, partners, stories.
FOUNDATIONS = ("CE", "DA", "EL", "FI", "MS", "SU")
EXPECTED = {
    *(f"S-{name}-{number}" for name in FOUNDATIONS for number in (1, 2, 3)),
    *(f"{kind}{n}" for kind, most in (("C", 7), ("P", 5), ("X", 5), ("W", 8), ("L", 7))
      for n in range(1, most + 1)),
}  # fmt: skip


def source(page: str) -> str:
    text = (ROOT / f"{page}.md").read_text(encoding="utf-8")
    return re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)


def texts(found: list[nodes.Node], kinds: tuple[str, ...]) -> str:
    """Words of the nodes of some kinds, each a block of its own."""
    chosen = (one for node in found for one in node.findall(lambda one: one.tagname in kinds))
    return "\n\n".join(one.astext() for one in chosen)


def capacity_text(letter: str, kinds: tuple[str, ...] = HEADED) -> str:
    made = plays.capacity_sections(FOUND, letter, lessons(), cards())
    return texts(made, kinds)


def page_text(page: str) -> str:
    """All that a reader sees on a page, as far as it comes from here."""
    text = source(page)
    for letter, one in FOUND.pages.items():
        if one.page == page:
            text += f"\n\n{capacity_text(letter)}"
    if "{plays-grid}" in text:
        for cells in grid_rows(FOUND).values():
            text += "\n\n".join(cell.step if cell else crosswalk.BLANK for _, cell in cells)
    return text


@pytest.mark.parametrize("letter", FOUND.pages)
def test_a_page_of_plays_is_short_and_plain(letter: str) -> None:
    page = FOUND.pages[letter].page
    own = without_markup(re.sub(r"```.*?```", "", source(page), flags=re.DOTALL))
    everything = f"{own}\n\n{capacity_text(letter)}"
    assert len(words(everything)) <= MOST_WORDS
    prose = capacity_text(letter, ("paragraph",))
    assert grade(prose) <= HIGHEST_GRADE
    # A case stands in one paragraph with its sources in brackets; they are no sentence.
    long = [one for one in sentences(prose) if len(words(one)) > LONGEST_SENTENCE]
    assert [one for one in long if "What went wrong" not in one] == []
    assert banned_in(everything) == []
    assert british_in(everything) == []
    assert "!" not in everything


def test_monday_stands_first_on_every_page() -> None:
    for letter, page in FOUND.pages.items():
        own = source(page.page)
        assert own.index(f"{{capacity-plays}} {letter}\n") < own.index("\n## ")
        made = plays.capacity_sections(FOUND, letter, lessons(), cards())
        headings = [one.next_node(nodes.title).astext() for one in made[1:]]
        assert headings[0] == "On Monday"
        assert re.search(r"\d+ minutes", page.monday), letter
    for name in OTHERS:
        headings = re.findall(r"^## (.+)$", source(f"book/{name}"), re.MULTILINE)
        assert headings[0] == "On Monday", name
        monday = source(f"book/{name}").partition("## On Monday")[2].partition("\n## ")[0]
        assert re.search(r"\d+ minutes", monday), name


def test_a_play_has_all_that_it_promises() -> None:
    for letter in FOUND.pages:
        made = plays.capacity_sections(FOUND, letter, lessons(), [])
        for shown in made[2:]:
            terms = [one.astext() for one in shown.findall(nodes.term)]
            assert terms == [
                "Do this first", "Who asks whom", "Say", "Day 30", "Day 60", "Day 90", "Cost",
                "It works when", "Stop when", "Lesson",
            ]  # fmt: skip
            assert len(list(next(shown.findall(nodes.block_quote)).children)) == 3
            text = shown.astext()
            assert "our estimate" in text
            assert "What went wrong:" in text
            assert [one for one in shown.findall(nodes.reference) if "refuri" in one]


def test_a_play_rests_on_no_figure_of_the_fictional_city() -> None:
    text = (ROOT / "book" / "plays.toml").read_text(encoding="utf-8")
    kept = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    assert "Port Alder" not in kept
    assert "{claim" not in kept
    claims = re.findall(
        r"^- id: (\S+)", (ROOT / "data" / "insights.yaml").read_text("utf-8"), re.MULTILINE
    )
    assert claims
    assert [one for one in claims if one in kept] == []


def test_a_planned_lesson_is_no_link() -> None:
    planned = plays.lesson_words(plays.lesson_link("10.3", {}))
    assert [type(one) for one in planned] == [nodes.Text]
    assert planned[0].astext() == "10.3 After the election (planned)"
    written = plays.lesson_words(plays.lesson_link("3.1", lessons()))
    assert "(planned)" not in written[0].astext()
    assert written[0]["reftarget"].endswith("1-fast-for-whom")


def test_cards_are_listed_once_with_their_plays() -> None:
    own = FOUND.of_capacity("E")
    (shown,) = plays.cards_section(FOUND, own, cards())
    lines = [one.astext() for one in shown.findall(nodes.list_item)]
    named = [number for line in lines for number in re.findall(r"\d+", line.rpartition("(")[2])]
    assert sorted(named) == sorted(2 * [str(FOUND.number(play)) for play in own])
    assert len(set(lines)) == len(lines)
    assert plays.cards_section(FOUND, own, []) == []


def test_sections_that_a_directive_made_become_peers_in_their_order() -> None:
    document = publish_doctree("Title\n=====\n\nOne\n---\n\nText\n\nTwo\n---\n")
    top = nodes.section()
    one = nodes.section("", nodes.title("", "One"))
    made = [plays.section(name, name.title(), []) for name in ("a", "b", "c")]
    one += made
    top += [nodes.title("", "Top"), one, nodes.section("", nodes.title("", "Two"))]
    document += top
    plays.LiftSections(document).apply()
    headings = [child.next_node(nodes.title).astext() for child in top.findall(nodes.section)][1:]
    assert headings == ["One", "A", "B", "C", "Two"]
    assert all(child.parent is top for child in made)


def test_the_43_criteria_say_what_helps_or_nothing_yet() -> None:
    empty = [
        row.criterion.code
        for row in criterion_rows(FOUND, lessons())
        if not (row.plays or row.pages or row.lessons)
    ]
    # An honest blank may be filled, and none may be added.
    assert set(empty) <= {"RDC7"}
    assert "unofficial" in source("book/certification")
    pages = listed_pages(ROOT / "_toc.yml")
    assert [page.file for page in FOUND.further if page.file not in pages] == []


def uncovered(places: dict[str, dict[str, str]], pages: list[str]) -> list[str]:
    """What has no page, or a page that no longer says it."""
    missing = [f"{one} has no place" for one in sorted(EXPECTED - set(places))]
    extra = [f"{one} is unknown" for one in sorted(set(places) - EXPECTED)]
    lost = [
        f"{one}: {place['page']} is not in the contents"
        for one, place in places.items()
        if place["page"] not in pages
    ]
    silent = [
        f"{one}: {place['page']} does not say it"
        for one, place in places.items()
        if place["page"] in pages and place["says"] not in plain(page_text(place["page"]))
    ]
    return missing + extra + lost + silent


def plain(text: str) -> str:
    return text.replace("’", "'").replace("“", '"').replace("”", '"').replace("\u00a0", " ")


def test_nothing_that_the_book_grew_from_is_without_a_page() -> None:
    assert uncovered(COVERAGE, listed_pages(ROOT / "_toc.yml")) == []
    for one, place in COVERAGE.items():
        if one.startswith("S-"):
            play = next(play for play in FOUND.plays.values() if play.action == one)
            assert (FOUND.pages[play.capacity].page, play.title) == (place["page"], place["says"])


@pytest.mark.parametrize("one", sorted(EXPECTED))
def test_a_place_that_is_lost_is_found(one: str) -> None:
    pages = listed_pages(ROOT / "_toc.yml")
    few = {one: COVERAGE[one]}
    assert not [line for line in uncovered(few, pages) if line.startswith(f"{one}:")]
    without = [page for page in pages if page != COVERAGE[one]["page"]]
    assert f"{one}: {COVERAGE[one]['page']} is not in the contents" in uncovered(few, without)
    silent = {one: {**COVERAGE[one], "says": "words that stand on no page"}}
    assert f"{one}: {COVERAGE[one]['page']} does not say it" in uncovered(silent, pages)
    rest = {key: place for key, place in COVERAGE.items() if key != one}
    assert f"{one} has no place" in uncovered(rest, [])


def test_every_page_of_the_plays_can_be_reached() -> None:
    pages = listed_pages(ROOT / "_toc.yml")
    mine = [*(page.page for page in FOUND.pages.values()), *(f"book/{name}" for name in OTHERS)]
    assert [page for page in mine if page not in pages] == []
