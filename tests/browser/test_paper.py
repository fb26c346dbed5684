"""What comes out of a printer: the pages that promise a sheet or two keep the promise."""

import re
from typing import Any

import pytest

pytestmark = pytest.mark.browser


def sheets(browser: Any, address: str) -> int:
    """Print a page as a printer with its usual settings would, and count the sheets."""
    page = browser.new_page()
    page.goto(address)
    printed = page.pdf(format="Letter")
    page.close()
    return len(re.findall(rb"/Type\s*/Page\b", printed))


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("for-managers", 1),
        ("words-contested", 2),
        # The host page has the second sheet to itself.
        ("how-a-lab-works", 2),
    ],
)
def test_a_page_fits_on_its_sheets(browser: Any, address: str, name: str, most: int) -> None:
    assert sheets(browser, f"{address}/book/{name}.html") <= most


def test_the_host_page_starts_a_sheet_of_its_own(browser: Any, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/book/how-a-lab-works.html")
    page.emulate_media(media="print")
    section = "getComputedStyle(document.getElementById('the-host-page')).breakBefore"
    assert page.evaluate(section) == "page"
    last = "document.querySelector('main > section').lastElementChild.id"
    assert page.evaluate(last) == "the-host-page"
    page.close()
