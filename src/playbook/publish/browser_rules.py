"""Rules for a page in a browser: an open page in, findings out.

A page is what Playwright calls one; this module needs nothing of it but the methods named below.
"""

from __future__ import annotations

import shutil
from typing import Any, Protocol

from playbook.publish.site_rules import Finding

# WCAG 2.2 A and AA. Best-practice rules are advice, not law, and stay out.
AXE_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
MOST_STOPS = 8
# What a headless Chromium needs in a container, and what keeps it from calling home.
CHROMIUM_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium_program() -> str | None:
    """Return where the system's Chromium is, or None."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


class _Keyboard(Protocol):
    def press(self, key: str) -> None: ...


class BrowserPage(Protocol):
    """What the rules need of an open page."""

    @property
    def keyboard(self) -> _Keyboard:
        """The keyboard, to press a key."""

    def evaluate(self, expression: str, arg: Any = None) -> Any:
        """Run JavaScript in the page and return its value."""


def open_folds(page: BrowserPage) -> None:
    """Open everything that folds, so that what is inside is checked too."""
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")


def accessible(page: BrowserPage, name: str, axe: str) -> list[Finding]:
    """Run axe on the page with every fold open.

    Parameters
    ----------
    page
        The open page.
    name
        What the findings call it.
    axe
        Source of axe-core.
    """
    open_folds(page)
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(axe)
    violations = page.evaluate(
        "(tags) => axe.run(document, {runOnly: {type: 'tag', values: tags},"
        " resultTypes: ['violations']}).then((found) => found.violations.map((one) => ["
        "one.id, one.help, one.nodes[0].target.join(' '), one.nodes.length]))",
        list(AXE_TAGS),
    )
    return [
        Finding("accessible", name, f"{rule} at {where} ({count} in all)", f"{help_text}")
        for rule, help_text, where, count in violations
    ]


def no_sideways_scroll(page: BrowserPage, name: str) -> list[Finding]:
    """Ask that the page is no wider than the window."""
    wide, window = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    if wide <= window:
        return []
    widest = page.evaluate(
        "() => [...document.querySelectorAll('main *, header *, footer *')]"
        ".filter((one) => one.getBoundingClientRect().right > window.innerWidth + 1)"
        ".map((one) => one.tagName.toLowerCase() + '.' + one.className).slice(0, 3).join(', ')"
    )
    what = f"it is {wide} pixels wide in a window of {window}: {widest}"
    return [Finding("no-sideways-scroll", name, what, "let it wrap, or give it its own region")]


def skip_link_works(page: BrowserPage, name: str) -> list[Finding]:
    """Ask that the first stop of the keyboard is the skip link, and that it leads to the text."""
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.getAttribute('href')")
    if first != "#main":
        what = f"the first stop of the keyboard is {first!r}"
        return [Finding("skip-link-works", name, what, "put the skip link first")]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    if page.evaluate("document.activeElement.closest('header') === null"):
        return []
    what = "after the skip link the keyboard is still in the header"
    return [Finding("skip-link-works", name, what, "let the link lead to a target in main")]


def few_stops(page: BrowserPage, name: str) -> list[Finding]:
    """Ask that the text is at most eight stops away without the skip link."""
    stops = page.evaluate(
        "() => { const main = document.querySelector('main'); return [...document."
        "querySelectorAll('a[href], button, input, summary')].filter((one) => "
        "one.offsetParent !== null && (one.compareDocumentPosition(main) & 4)).length; }"
    )
    if stops <= MOST_STOPS:
        return []
    what = f"{stops} stops of the keyboard stand before the text"
    return [Finding("few-stops", name, what, f"have at most {MOST_STOPS}")]
