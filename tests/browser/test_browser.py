"""Every page in a browser: axe, keyboard, reflow, search, no JavaScript, from a folder."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_FILE_PATH

from playbook.publish import browser_rules as rules
from playbook.publish.site_rules import Finding, read_site, weigh

pytestmark = pytest.mark.browser
AXE = AXE_FILE_PATH.read_text(encoding="utf-8")
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}


class Visit:
    """A page of the browser that keeps what went wrong while it was open."""

    def __init__(self, browser, address: str, **options: object) -> None:
        self.address = address
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.context = browser.new_context(**options)
        # axe is put into the page, which our own content policy would not allow.
        self.page = self.context.new_page()
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._listen)

    def _listen(self, message) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def open(self, name: str) -> None:
        self.requests.clear()
        self.page.goto(f"{self.address}/{name}")

    @property
    def elsewhere(self) -> list[str]:
        return [
            url for url in self.requests if not url.startswith((self.address, "data:", "file:"))
        ]


@pytest.fixture
def visit(browser, address: str) -> Iterator[Visit]:
    """A wide, light visit."""
    opened = Visit(browser, address, viewport=WIDE, color_scheme="light")
    yield opened
    opened.context.close()


def names(site: Path) -> list[str]:
    return [page.name for page in read_site(site)]


def look(visit: Visit, name: str, size: dict[str, int], scheme: str) -> list[Finding]:
    """Check what an open page looks like at one size and in one scheme."""
    visit.page.set_viewport_size(size)
    visit.page.emulate_media(color_scheme=scheme)
    called = f"{name} at {size['width']}, {scheme}"
    found = rules.accessible(visit.page, called, AXE)
    return found + rules.no_sideways_scroll(visit.page, called)


def test_every_page_is_accessible_and_loads_nothing_from_elsewhere(
    visit: Visit, site: Path
) -> None:
    found: list[Finding] = []
    for page in read_site(site):
        visit.open(page.name)
        # Before axe and the keyboard touch it.
        assert visit.elsewhere == [], page.name
        assert len(set(visit.requests) - {u for u in visit.requests if u.startswith("data:")}) <= (
            weigh(page, site).requests
        ), page.name
        found += rules.few_stops(visit.page, page.name)
        found += rules.skip_link_works(visit.page, page.name)
        found += look(visit, page.name, WIDE, "light") + look(visit, page.name, NARROW, "dark")
        visit.page.set_viewport_size(WIDE)
    assert not found, "\n".join(map(str, found))
    assert visit.complaints == []


@pytest.mark.gate
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, {"width": 375, "height": 800}, NARROW], ids=str)
def test_every_page_at_every_size_and_scheme(
    visit: Visit, site: Path, size: dict[str, int], scheme: str
) -> None:
    found: list[Finding] = []
    for name in names(site):
        visit.open(name)
        found += look(visit, name, size, scheme)
    assert not found, "\n".join(map(str, found))


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


def test_pages_and_search_work_from_a_folder(browser, site: Path) -> None:
    visit = Visit(browser, site.as_uri(), viewport=WIDE)
    for name in names(site):
        visit.open(name)
        assert visit.page.locator("h1").count() == 1, name
    assert search(visit, "median")
    assert visit.complaints == []
    visit.context.close()


def test_the_text_is_the_same_without_javascript(browser, address: str, site: Path) -> None:
    with_script = Visit(browser, address, viewport=WIDE)
    without = Visit(browser, address, viewport=WIDE, java_script_enabled=False)
    for name in names(site):
        if name == "search.html":
            continue
        texts = []
        for visit in (with_script, without):
            visit.open(name)
            texts.append(visit.page.locator("main").inner_text())
        assert texts[0] == texts[1], name
    without.open("search.html")
    assert "Every page is listed here" in without.page.locator("main").inner_text()
    with_script.context.close()
    without.context.close()


def test_print_shows_the_text_only_and_keeps_solutions_folded(visit: Visit, site: Path) -> None:
    name = next(one for one in names(site) if one.endswith("1-fast-for-whom.html"))
    visit.open(name)
    visit.page.emulate_media(media="print")
    for hidden in (".find", ".wide-menu", ".wide-contents", ".turn"):
        assert not visit.page.locator(hidden).is_visible(), hidden
    solution = visit.page.locator("details.fold").first
    assert solution.get_attribute("open") is None
    assert visit.page.locator("#take-it-to-work").is_visible()


SOUND = """<!DOCTYPE html><html lang="en"><head><title>Waits</title></head><body>
<a href="#main">Skip to the text</a><header>
<p style="line-height:3"><a href="#x">Home</a></p></header>
<main id="main" tabindex="-1"><h1>Waits</h1><p>Eastbank waits longest.</p>
<details><summary style="padding:1em">Why</summary><p>Trees.</p></details>
<a href="#y">More</a></main><footer></footer></body></html>"""

FAULTS = [
    ("accessible", ' lang="en"', ""),
    # Hidden in a fold: the rule opens it first.
    ("accessible", "<p>Trees.</p>", '<p style="color:#bbb;background:#fff">Trees.</p>'),
    ("no-sideways-scroll", "<p>Eastbank", '<p style="width:60rem">Eastbank'),
    ("skip-link-works", '<a href="#main">Skip to the text</a>', ""),
    ("few-stops", '<a href="#x">Home</a>', '<a href="#x">Home, sweet home</a><br>' * 9),
]


def dynamic(page) -> list[Finding]:
    """Run every rule on an open page."""
    found = rules.few_stops(page, "x") + rules.skip_link_works(page, "x")
    return found + rules.accessible(page, "x", AXE) + rules.no_sideways_scroll(page, "x")


def test_a_sound_page_has_no_finding(visit: Visit) -> None:
    visit.page.set_viewport_size(NARROW)
    visit.page.set_content(SOUND)
    assert dynamic(visit.page) == []


@pytest.mark.parametrize(("rule", "sound", "fault"), FAULTS)
def test_one_fault_is_found_by_its_rule(visit: Visit, rule: str, sound: str, fault: str) -> None:
    assert sound in SOUND
    visit.page.set_viewport_size(NARROW)
    visit.page.set_content(SOUND.replace(sound, fault))
    assert {finding.rule for finding in dynamic(visit.page)} == {rule}
