"""The solutions exchange in a browser: filters, keyboard, no JavaScript, paper."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from playbook.publish.exchange import Card, cards
from playbook.publish.exchange_rules import OUTCOMES

pytestmark = pytest.mark.browser
LIST = "book/exchange.html"
REAL = cards()


@pytest.fixture
def page(browser, site: Path) -> Iterator:
    """The list, opened from its folder; what went wrong is kept."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    opened.complaints = []
    opened.on("pageerror", lambda error: opened.complaints.append(str(error)))
    opened.on("console", lambda message: opened.complaints.append(message.text))
    opened.goto(f"{site.as_uri()}/{LIST}")
    yield opened
    assert opened.complaints == []
    context.close()


def shown(page) -> set[str]:
    links = page.locator(".exchange-cards > li:visible .card-title a")
    return {Path(name).stem for name in links.evaluate_all("(all) => all.map((one) => one.href)")}


def ids(wanted: list[Card]) -> set[str]:
    return {card.id for card in wanted}


def test_each_filter_shows_the_cards_it_names_and_no_others(page) -> None:
    assert shown(page) == ids(REAL)
    page.get_by_label("Outcome").select_option(label="Did not work")
    failed = [card for card in REAL if card.outcome == "did not"]
    assert shown(page) == ids(failed)
    page.get_by_label("Evidence").select_option(label="Randomized trial")
    both = [card for card in failed if card.evidence == "randomized"]
    assert shown(page) == ids(both)
    assert page.locator("#card-count").inner_text() == f"{len(both)} of {len(REAL)} cards"
    page.get_by_role("button", name="Show all cards").click()
    # The lists are set back a moment after the press.
    everything = page.get_by_text(f"{len(REAL)} of {len(REAL)} cards")
    everything.wait_for()
    assert shown(page) == ids(REAL)
    page.get_by_label("Capacity").select_option(label="Internal Alignment")
    assert shown(page) == ids([card for card in REAL if "Internal Alignment" in card.capacities])
    page.get_by_label("Capacity").select_option(label="All")
    page.get_by_label("Issue area").select_option(label="Climate")
    assert shown(page) == ids([card for card in REAL if "Climate" in card.issue_areas])


def test_when_no_card_fits_the_page_says_what_to_do(page) -> None:
    page.get_by_label("Issue area").select_option(label="Climate")
    page.get_by_label("Outcome").select_option(label="Worked")
    assert shown(page) == set()
    assert "Set one list back to All" in page.locator("#card-count").inner_text()


def test_the_filters_work_by_keyboard_and_keep_nothing(page) -> None:
    page.get_by_label("Outcome").focus()
    page.keyboard.press("ArrowDown")
    # The lists are offered in one order everywhere.
    first = next(name for name in OUTCOMES if any(card.outcome == name for card in REAL))
    assert shown(page) == ids([card for card in REAL if card.outcome == first])
    stored = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")
    assert stored == [0, 0, ""]
    page.reload()
    assert shown(page) == ids(REAL)


def test_without_javascript_the_list_is_whole_and_shows_no_filter(browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.as_uri()}/{LIST}")
    assert shown(page) == ids(REAL)
    assert not page.locator("#card-filters").is_visible()
    context.close()


def sheets(page) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="Letter")))


def longest() -> Card:
    def length(card: Card) -> int:
        return len(str(card))

    return max(REAL, key=length)


def test_the_longest_card_prints_on_one_sheet(browser, site: Path) -> None:
    page = browser.new_page()
    page.goto(f"{site.as_uri()}/{longest().page}.html")
    assert sheets(page) == 1
    page.close()


@pytest.mark.gate
@pytest.mark.parametrize("card", REAL, ids=lambda card: card.id)
def test_every_card_prints_on_one_sheet(browser, site: Path, card: Card) -> None:
    page = browser.new_page()
    page.goto(f"{site.as_uri()}/{card.page}.html")
    assert sheets(page) == 1
    page.close()


def test_the_word_form_is_beside_the_page_that_offers_it(browser, site: Path) -> None:
    page = browser.new_page()
    page.goto(f"{site.as_uri()}/book/exchange-form.html")
    name = page.get_by_role("link", name="Download the Word form").get_attribute("href")
    assert (site / "book" / name).read_bytes().startswith(b"PK")
    page.close()
