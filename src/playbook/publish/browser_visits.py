"""Every page of a site in Chromium: in which variants it is opened, and what is asked of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from playbook.errors import PlaybookError
from playbook.publish import browser_rules as rules
from playbook.publish.built_pages import BuiltPage, Finding, read_site
from playbook.publish.page_weight import weigh
from playbook.publish.printed_pages import fits_the_sheet

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Request, ViewportSize

WIDE: ViewportSize = {"width": 1280, "height": 900}
# A window of 1280 by 1024 at 400 percent zoom, which is also the narrowest phone.
NARROW: ViewportSize = {"width": 320, "height": 256}
LEAST_SAME = 0.99
# A slow line, as CDP counts it: 1.5 Mbit/s down in bytes, 300 ms there and back; and a slow laptop.
SLOW_LINE = {
    "offline": False,
    "latency": 300,
    "downloadThroughput": 1.5e6 / 8,
    "uploadThroughput": 0.75e6 / 8,
}
SLOW_LAPTOP = {"rate": 4}
MOST_SECONDS = 2.5
# What scripts tell (a status) and what stands in for them (noscript) differs on purpose.
_CONTENT = """() => {
    const main = document.querySelector('main').cloneNode(true);
    main.querySelectorAll('[role=status], noscript, script').forEach((one) => one.remove());
    const count = (kind) => main.querySelectorAll(kind).length;
    return [main.textContent.split(/\\s+/).filter(Boolean),
        {tables: count('table'), pictures: count('img, svg'), folds: count('details')}]; }"""
_LARGEST_PAINT = """new Promise((tell) => new PerformanceObserver((list) => {
    tell(list.getEntries().at(-1).startTime / 1000);
}).observe({type: 'largest-contentful-paint', buffered: true}))"""


@dataclass(frozen=True)
class Variant:
    """One way a page is looked at."""

    size: ViewportSize
    scheme: Literal["light", "dark"]
    is_open: bool

    def __str__(self) -> str:
        folds = "open" if self.is_open else "closed"
        return f"at {self.size['width']}, {self.scheme}, folds {folds}"


_SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
VARIANTS = tuple(Variant(*one) for one in product((WIDE, NARROW), _SCHEMES, (True, False)))
TWO_VARIANTS = (Variant(WIDE, "light", True), Variant(NARROW, "dark", False))


class Visit:
    """A page of the browser that keeps what it asked for and what went wrong while it was open."""

    def __init__(self, browser: Browser, address: str, **options: Any) -> None:
        self.address = address
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.context = browser.new_context(**options)
        self.page = self.context.new_page()
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("requestfailed", self._failed)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._listen)

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def _failed(self, request: Request) -> None:
        self.complaints.append(f"{request.url[:80]} was not loaded: {request.failure}")

    def open(self, name: str) -> None:
        """Open a page of the site."""
        self.requests.clear()
        self.complaints.clear()
        self.page.goto(f"{self.address}/{name}")

    def look(self, variant: Variant) -> None:
        """Show the page in a variant."""
        self.page.set_viewport_size(variant.size)
        self.page.emulate_media(media="screen", color_scheme=variant.scheme)
        rules.set_folds(self.page, is_open=variant.is_open)

    @property
    def elsewhere(self) -> list[str]:
        """What was asked of other hosts."""
        own = (self.address, "data:", "file:", "blob:")
        return [url for url in self.requests if not url.startswith(own)]


def what_loading_shows(visit: Visit, name: str, most_requests: int) -> list[Finding]:
    """Ask that a page loaded without an error, from its own host, in as few requests as promised.

    Parameters
    ----------
    visit
        The visit, with the page open and not yet touched.
    name
        What the findings call it.
    most_requests
        As many requests as its file promises.
    """
    found = [
        Finding("nothing-from-elsewhere", name, f"it asks {url[:60]}", "keep a copy in the theme")
        for url in visit.elsewhere
    ]
    asked = {url for url in visit.requests if not url.startswith("data:")} - {*visit.elsewhere}
    if len(asked) > most_requests:
        what = f"it makes {len(asked)} requests, {most_requests} of them announced in its file"
        found.append(Finding("light-enough", name, what, "load nothing by script"))
    fix = "open the page and read the console"
    return found + [Finding("no-errors", name, one, fix) for one in visit.complaints]


@dataclass(frozen=True)
class Content:
    """What a page tells: its words, and how many tables, pictures and folds it has."""

    words: tuple[str, ...]
    counts: Mapping[str, int]


def content(visit: Visit) -> Content:
    """Read what the open page tells."""
    words, counts = visit.page.evaluate(_CONTENT)
    return Content(tuple(words), counts)


def same_without_scripts(name: str, with_scripts: Content, without: Content) -> list[Finding]:
    """Ask that a page tells the same with JavaScript off: 99 % of the words, and all the rest."""
    all_words = Counter(with_scripts.words)
    share = (all_words & Counter(without.words)).total() / max(1, all_words.total())
    missing = [
        f"{count - without.counts[kind]} of {count} {kind}"
        for kind, count in with_scripts.counts.items()
        if without.counts[kind] < count
    ]
    if share < LEAST_SAME:
        missing.append(f"{1 - share:.0%} of the words")
    what = f"without JavaScript it lacks {' and '.join(missing)}"
    fix = "write it into the page; a script may only add comfort"
    return [Finding("same-without-scripts", name, what, fix)] if missing else []


def template_of(page: BuiltPage) -> tuple[str, ...]:
    """Return what a page has in common with others of its template."""
    body = next(page.find("body")).attributes.get("class", "")
    folder = page.name.partition("/")[0] if "/" in page.name else page.name
    return (body, folder, *Path(page.name).name.split(".")[1:-1])


def one_of_each_template(pages: Iterable[BuiltPage]) -> set[str]:
    """Return the name of the shortest page of each template."""
    shortest: dict[tuple[str, ...], BuiltPage] = {}
    for page in pages:
        known = shortest.setdefault(template_of(page), page)
        if len(page.html) < len(known.html):
            shortest[template_of(page)] = page
    return {page.name for page in shortest.values()}


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Start the system's Chromium.

    Raises
    ------
    PlaybookError
        If there is no Chromium here, or not what drives it.
    """
    program = rules.chromium_program()
    driven = all(find_spec(name) for name in ("playwright", "axe_playwright_python"))
    if program is None or not driven:
        what = "no Chromium here" if program is None else "nothing here that drives a browser"
        raise PlaybookError(
            f"There is {what}, so no page was opened.",
            fix='Install the package chromium of your system and `pip install -e ".[dev]"`. '
            "Or leave out --in-browser.",
        )
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=list(rules.CHROMIUM_FLAGS)
        )
        yield browser
        browser.close()


def axe_source() -> str:
    """Return the source of axe-core."""
    from axe_playwright_python.base import AXE_FILE_PATH

    source: str = AXE_FILE_PATH.read_text(encoding="utf-8")
    return source


def browser_and_axe(browser: Browser) -> str:
    """Name the browser and axe, with their versions."""
    axe = re.search(r"axe v([\d.]+)", axe_source())
    return f"Chromium {browser.version} and axe {axe[1] if axe else ''}".strip()


def check_in_browser(
    browser: Browser, address: str, site: Path, *, thorough: bool = False
) -> Iterator[Finding]:
    """Open every page of a site in Chromium and yield what to repair.

    Parameters
    ----------
    browser
        The browser.
    address
        Where the site is served.
    site
        Its folder.
    thorough
        Look at every page in all eight variants and at every text. Otherwise in two, and in eight
        at one page of each template.
    """
    axe = axe_source()
    pages = read_site(site)
    samples = one_of_each_template(pages)
    visit = Visit(browser, address, viewport=WIDE, color_scheme="light")
    bare = Visit(browser, site.absolute().as_uri(), viewport=WIDE, java_script_enabled=False)
    folder = Visit(browser, site.absolute().as_uri(), viewport=WIDE)
    for page in pages:
        name = page.name
        visit.open(name)
        yield from what_loading_shows(visit, name, weigh(page, site).requests)
        yield from rules.keeps_nothing(visit.page, name)
        told = content(visit)
        yield from rules.few_stops(visit.page, name)
        yield from rules.skip_link_works(visit.page, name)
        yield from rules.focus_is_visible(visit.page, name)
        every_variant = thorough or name in samples
        for variant in VARIANTS if every_variant else TWO_VARIANTS:
            visit.look(variant)
            called = f"{name} {variant}"
            yield from rules.accessible(visit.page, called, axe, every_text=thorough)
            yield from rules.no_sideways_scroll(visit.page, called)
            yield from rules.scroll_areas_have_names(visit.page, called)
            yield from rules.targets_are_large(visit.page, called)
        yield from fits_the_sheet(visit.page, name)
        visit.look(TWO_VARIANTS[0])
        # A page without a script is the same without scripts: one of each template shows it.
        if every_variant or any(page.find("script")):
            yield from _from_a_folder(page, site, told, bare, folder)
    for one in (visit, bare, folder):
        one.context.close()


def _from_a_folder(
    page: BuiltPage, site: Path, told: Content, bare: Visit, folder: Visit
) -> Iterator[Finding]:
    """Open a page from a folder, without scripts and with them."""
    for visit in (bare, folder):
        visit.open(page.name)
        called = f"{page.name} from a folder"
        yield from what_loading_shows(visit, called, weigh(page, site).requests)
    yield from same_without_scripts(page.name, told, content(bare))


def largest_paint(browser: Browser, address: str) -> float:
    """Return the seconds to the largest paint of a page, on a slow line and a slow laptop.

    Parameters
    ----------
    browser
        The browser.
    address
        The page.
    """
    context = browser.new_context(viewport={"width": 375, "height": 800})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_LINE)
    session.send("Emulation.setCPUThrottlingRate", SLOW_LAPTOP)
    page.goto(address)
    seconds = float(page.evaluate(_LARGEST_PAINT))
    context.close()
    return seconds
