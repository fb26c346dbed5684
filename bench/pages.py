"""What the built pages weigh, whom they ask, and what axe says, in a real browser."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from axe_playwright_python.base import AXE_FILE_PATH

from playbook.publish import browser_rules
from playbook.publish.book import make_server
from playbook.publish.browser_visits import largest_paint
from playbook.publish.built_pages import read_site

KILOBYTE = 1000
WIDTHS = (1280, 320)
SCHEMES = ("light", "dark")
# A chart counts when it is described at length and its numbers stand in the same figure.
FIGURES = """[...document.querySelectorAll('.pb-figure')].map((one) =>
    (one.querySelector('img')?.alt ?? '').length >= 40 && one.querySelector('table td') !== null)"""


@dataclass
class Visited:
    """What was found on one page."""

    name: str
    kilobytes: float
    requests: int
    elsewhere: list[str]
    errors: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    figures: list[bool] = field(default_factory=list)


@contextmanager
def chromium() -> Iterator[Any]:
    """Start the system's Chromium."""
    from playwright.sync_api import sync_playwright

    program = browser_rules.chromium_program()
    if program is None:
        raise SystemExit("There is no Chromium here. Install the package chromium.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=list(browser_rules.CHROMIUM_FLAGS)
        )
        yield browser
        browser.close()


def visit_all(browser: Any, site: Path) -> list[Visited]:
    """Open every page of the site; each in a new context, so that nothing is in a cache."""
    with make_server(site, 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        visited = [_visit(browser, address, page.name) for page in read_site(site)]
        server.shutdown()
    return visited


def _visit(browser: Any, address: str, name: str) -> Visited:
    context = browser.new_context(viewport={"width": WIDTHS[0], "height": 900})
    page = context.new_page()
    errors: list[str] = []
    answers: list[Any] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.on("response", lambda answer: answers.append(answer))
    page.goto(address + name, wait_until="networkidle")
    # What is written into the page with data: is weighed with the page.
    loaded = [one for one in answers if not one.url.startswith("data:")]
    own = [one for one in loaded if one.url.startswith(address)]
    found = Visited(
        name=name,
        kilobytes=sum(len(gzip.compress(one.body(), 6)) for one in own) / KILOBYTE,
        requests=len(loaded),
        elsewhere=[one.url for one in loaded if one not in own],
        errors=errors,
        figures=page.evaluate(FIGURES),
    )
    axe = AXE_FILE_PATH.read_text(encoding="utf-8")
    browser_rules.set_folds(page, is_open=True)
    for width in WIDTHS:
        for scheme in SCHEMES:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            called = f"{name} at {width}, {scheme}"
            found.violations += map(str, browser_rules.accessible(page, called, axe))
    context.close()
    return found


def largest_paints(browser: Any, site: Path) -> list[float]:
    """Return the seconds to the largest paint of the start page and of the heaviest lesson.

    Medians of three, on a line of 1.5 Mbit/s and a laptop four times slower than this computer.
    """
    heaviest = max((page for page in read_site(site) if page.charts), key=lambda one: len(one.html))
    with make_server(site, 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        seconds = [
            median(largest_paint(browser, address + name) for _ in range(3))
            for name in ("index.html", heaviest.name)
        ]
        server.shutdown()
    return seconds


def wait_for_cell(browser: Any, address: str) -> None:
    """Open a lesson in JupyterLab and return when its first cell is seen."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=60_000)
    context.close()
