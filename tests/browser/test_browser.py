"""Every page in a browser: axe, keyboard, reflow, print, search, no JavaScript, from a folder."""

import re
import statistics
from pathlib import Path

import pytest

from playbook.publish.access_report import BROWSER_RULES
from playbook.publish.browser_visits import (
    MOST_SECONDS,
    WIDE,
    Visit,
    check_in_browser,
    largest_paint,
    one_of_each_template,
    template_of,
)
from playbook.publish.built_pages import Finding, read_site

pytestmark = pytest.mark.browser
# What is asked of a file and of an open page alike.
IN_BOTH = ("nothing-from-elsewhere", "light-enough")


@pytest.fixture(scope="module")
def found(browser, address: str, site: Path) -> list[Finding]:
    """What is to be repaired on the whole site, each page opened once."""
    return list(check_in_browser(browser, address, site))


@pytest.mark.parametrize("rule", [*(rule.name for rule in BROWSER_RULES), *IN_BOTH])
def test_every_page_keeps_the_rule(rule: str, found: list[Finding]) -> None:
    broken = [str(one) for one in found if one.rule == rule]
    assert not broken, "\n".join(broken)


def test_no_finding_is_left_out(found: list[Finding]) -> None:
    known = {*(rule.name for rule in BROWSER_RULES), *IN_BOTH}
    assert {one.rule for one in found} <= known


@pytest.mark.gate
def test_every_page_in_all_eight_variants(browser, address: str, site: Path) -> None:
    broken = [str(one) for one in check_in_browser(browser, address, site, thorough=True)]
    assert not broken, "\n".join(broken)


def test_one_page_of_each_template_is_looked_at_in_all_variants(site: Path) -> None:
    pages = read_site(site)
    samples = one_of_each_template(pages)
    assert {template_of(page) for page in pages if page.name in samples} == {
        template_of(page) for page in pages
    }
    kinds = {name.split(".")[-2] for name in samples if name.startswith("notebooks/")}
    assert kinds >= {"facilitator", "handout", "mayor", "slides"}


def seconds(browser, address: str, name: str) -> float:
    """Median of three, but only where one was too slow: the computer may be busy."""
    first = largest_paint(browser, f"{address}/{name}")
    if first <= MOST_SECONDS:
        return first
    again = [largest_paint(browser, f"{address}/{name}") for _ in range(2)]
    return statistics.median([first, *again])


def test_a_slow_line_shows_start_page_and_heaviest_lesson_soon(
    browser, address: str, site: Path
) -> None:
    lesson = max((page for page in read_site(site) if page.charts), key=lambda page: len(page.html))
    for name in ("index.html", lesson.name):
        assert seconds(browser, address, name) <= MOST_SECONDS, name


@pytest.mark.gate
def test_a_slow_line_shows_every_page_soon(browser, address: str, site: Path) -> None:
    slow = {page.name: seconds(browser, address, page.name) for page in read_site(site)}
    assert {name: time for name, time in slow.items() if time > MOST_SECONDS} == {}


def search(visit: Visit, words: str) -> list[str]:
    """Search from the start page, as a reader would; addresses of the results."""
    visit.open("index.html")
    visit.page.get_by_label("Search the playbook").fill(words)
    visit.page.get_by_role("button", name="Search").click()
    visit.page.wait_for_url(re.compile(r"search\.html"))
    visit.page.wait_for_function("document.getElementById('search-status').textContent !== ''")
    links = visit.page.locator("#search-results > li > a")
    return [link.get_attribute("href") or "" for link in links.all()]


def test_search_finds_a_page_by_its_words_and_by_their_forms(visit: Visit) -> None:
    assert any(one.endswith("book/glossary.html") for one in search(visit, "median"))
    # Other forms of a word, and the name of a measure.
    assert any("1-fast-for-whom.html" in one for one in search(visit, "waiting"))
    assert any(one.endswith("book/measures.html") for one in search(visit, "product_limit"))


def test_a_search_without_result_helps_on_and_runs_no_code(visit: Visit) -> None:
    assert search(visit, "<img src=x onerror=alert(1)> zzz") == []
    status = visit.page.locator("#search-status").inner_text()
    assert "No page has" in status
    assert "Try wait, median or privacy" in status
    assert visit.page.locator("main img").count() == 0
    assert visit.complaints == []


def test_search_works_from_a_folder(browser, site: Path) -> None:
    visit = Visit(browser, site.as_uri(), viewport=WIDE)
    assert search(visit, "median")
    assert visit.complaints == []
    visit.context.close()


def test_search_without_javascript_lists_every_page(browser, address: str) -> None:
    visit = Visit(browser, address, viewport=WIDE, java_script_enabled=False)
    visit.open("search.html")
    assert "Every page is listed here" in visit.page.locator("main").inner_text()
    visit.context.close()


def test_each_group_of_the_search_pages_list_is_reached_without_a_mouse(visit: Visit) -> None:
    visit.open("search.html")
    links = visit.page.locator("#search-help a")
    assert links.count() > 20
    links.first.focus()
    assert visit.page.evaluate("document.activeElement.closest('#search-help') !== null")
