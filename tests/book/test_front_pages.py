"""The prose pages of the book: plain, short, dated, and honest about the fictional city."""

import re
from pathlib import Path

import pytest
import yaml

from playbook.author.prose_rules import HIGHEST_GRADE, LONGEST_SENTENCE
from playbook.author.reading import grade, sentences, without_markup, words
from playbook.author.words import banned_in, british_in
from playbook.publish.contents import listed_pages

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "index.md", *sorted((ROOT / "book").glob("*.md"))]
FRONT = (
    "start", "how-a-lab-works", "for-managers", "for-facilitators", "words-contested",
    "learned-from", "port-alder", "privacy", "accessibility",
)  # fmt: skip
MOST_WORDS = 900
# Lists to look things up in: as long as they must be.
LISTS = {"glossary", "sources"}
# Nothing that a session of the project knows of and a reader does not.
INSIDE = re.compile(r"/tmp|/work\b|\.\./shared|\bhelper\b", re.IGNORECASE)
YEAR = r"\b20\d\d\b"


def page(name: str) -> str:
    return (ROOT / "book" / f"{name}.md").read_text(encoding="utf-8")


def problems(text: str, most: int | None = MOST_WORDS) -> list[str]:
    """What is wrong with the words of a page, one name a rule."""
    body = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
    # The rows of a table are read too; only the grade leaves them out, as they are no sentences.
    everything = without_markup(re.sub(r"^\s*\|", " ", body, flags=re.MULTILINE))
    prose = without_markup(body, headings=False)
    found = {
        "grade": grade(prose) > HIGHEST_GRADE,
        "banned": banned_in(everything),
        "spelling": british_in(everything),
        "sentence": [s for s in sentences(prose) if len(words(s)) > LONGEST_SENTENCE],
        "exclamation": re.search(r"\w[\"'”’)*_]*!", everything),
        "fictional": "Port Alder" in body and "fictional" not in body,
        "inside": INSIDE.search(body),
        "long": most is not None and len(words(everything)) > most,
    }
    return [rule for rule, fault in found.items() if fault]


SOUND = "# A page\n\nPort Alder is a fictional city. Ask one person on Tuesday.\n"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_is_plain_and_short(path: Path) -> None:
    most = None if path.stem in LISTS else MOST_WORDS
    assert problems(path.read_text(encoding="utf-8"), most) == []


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        ("Organizational accountability necessitates interdepartmental deliberation.", "grade"),
        ("You simply ask.", "banned"),
        ("| a table |\n|---|\n| underserved |", "banned"),
        ("The neighbourhood asks.", "spelling"),
        (" ".join(["one more word and"] * 8) + " so on.", "sentence"),
        ("You did it!", "exclamation"),
        ("Your files are in /tmp now.", "inside"),
        ("He asks. " * 460, "long"),
    ],
)
def test_a_fault_is_found(fault: str, rule: str) -> None:
    assert problems(SOUND) == []
    assert problems(f"{SOUND}\n{fault}\n") == [rule]


def test_a_page_that_does_not_say_fictional_is_found() -> None:
    assert problems(SOUND.replace("fictional", "small")) == ["fictional"]


def test_every_front_page_can_be_reached() -> None:
    assert {f"book/{name}" for name in FRONT} <= set(listed_pages(ROOT / "_toc.yml"))


def test_the_privacy_page_is_one_click_away_from_everywhere() -> None:
    extension = (ROOT / "book/_ext/playbook_book/page.py").read_text(encoding="utf-8")
    assert re.search(r'HELP_PAGES = \(.*"book/privacy"', extension)


def states(text: str) -> list[str]:
    """What is said about the present state of each group."""
    return re.findall(r"\*State:\*(.*?)(?:\n\n|\Z)", text, re.DOTALL)


def test_every_state_has_a_date_or_says_that_there_is_none() -> None:
    found = states(page("learned-from"))
    assert len(found) >= 11
    for state in found:
        assert re.search(rf"{YEAR}|no date|same page", state), state


def test_every_partner_that_the_initiative_names_is_thanked() -> None:
    text = page("learned-from")
    for name in (
        "National League of Cities", "Robert Wood Johnson Foundation", "Urban Institute",
        "Bloomberg Philanthropies", "What Works Cities", "Behavioral Insights Team",
        "Center for Government Excellence", "Government Performance Lab", "Results for America",
        "Sunlight Foundation", "Living Cities", "Data-Smart City Solutions",
    ):  # fmt: skip
        assert name in text, name
        source = page("sources")
        assert name in source, f"{name} has no source"


def test_contested_words_are_dated_and_no_legal_advice() -> None:
    text = page("words-contested")
    assert "As of November 2026" in text
    assert "not legal advice" in text
    for said in ("You are calling us racist", "These data are wrong", "We have studied this"):
        assert f'### "{said}' in text
    attorney = text.partition("## Ask your city attorney first")[2].partition("\n## ")[0]
    assert len(re.findall(r"^\d\. ", attorney, re.MULTILINE)) == 3


def test_the_managers_page_asks_three_questions() -> None:
    asked = page("for-managers").partition("## Three questions to ask")[2]
    assert len(re.findall(r'^\d\. ".+\?"$', asked, re.MULTILINE)) == 3


def test_port_alder_types_no_number_that_the_tables_hold() -> None:
    text = without_markup(page("port-alder"))
    numbers = re.findall(r"\d[\d,.]*\d|\d", text)
    # 311 is a phone number.
    assert {
        number for number in numbers if not re.fullmatch(r"(19|20)\d\d\.?|311", number)
    } == set()


def test_the_front_says_where_the_lessons_are() -> None:
    landing = (ROOT / "index.md").read_text(encoding="utf-8")
    for part in ("{city-map}", "{lesson-cards}", "book/start.md", "book/for-managers.md"):
        assert part in landing
    doors = re.findall(r"^:::\{card\} (\w+)$", landing, re.MULTILINE)
    assert doors == ["Read", "Click", "Run"]


def test_the_claims_are_told_where_a_reader_must_open_them() -> None:
    claims = yaml.safe_load((ROOT / "data/insights.yaml").read_text(encoding="utf-8"))
    text = page("port-alder")
    assert "{planted}" in text
    for claim in claims:
        assert claim["words"] not in text
