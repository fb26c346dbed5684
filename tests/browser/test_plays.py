"""A play on paper: every page of the plays is short, on two sheets, with Monday on the first."""

import re
from typing import Any

import pytest

from playbook.author.reading import words

pytestmark = [pytest.mark.browser, pytest.mark.gate]

MOST_WORDS = 900
PAGES = (
    "the-plays",
    "plays/race-and-equity",
    "plays/strategic-data-capacity",
    "plays/comprehensive-policy-agendas",
    "plays/effective-multi-sector-partnerships",
    "plays/increased-and-diversified-funding",
    "plays/authentic-community-engagement",
    "plays/internal-alignment",
    "grid",
    "results-first",
    "compass",
    "declare",
    "certification",
    "crosswalk",
)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_the_plays_is_two_short_sheets(browser: Any, address: str, name: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/book/{name}.html")
    printed = page.pdf(format="Letter")
    assert page.evaluate("document.querySelector('h2').textContent") == "On Monday"
    page.evaluate(
        "document.querySelectorAll('main > .turn, main > .small-contents').forEach((one) => {"
        " one.remove(); })"
    )
    said = words(page.evaluate("document.querySelector('main').innerText"))
    page.close()
    assert len(said) <= MOST_WORDS
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) <= 2
