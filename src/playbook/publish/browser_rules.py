"""Rules for a page in a browser: an open page in, findings out."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from playbook.publish.built_pages import Finding

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Levels A and AA of WCAG 2.0 to 2.2, and what axe advises beyond them.
AXE_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
MOST_STOPS = 8
LEAST_TARGET = 24
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

# Text that looks the same on the same grounds has the same contrast: axe takes four fifths of its
# time for it, and a page of code has thousands of equal words. One of each look is enough, but
# where every text is asked for.
_LOOKS = """(every) => {
    axe.configure({rules: [{id: 'color-contrast', selector: every ? '*' : '[data-look]'}]});
    if (every) return;
    const numbers = new Map(), grounds = new Map(), seen = new Set();
    const number = (words) => {
        if (!numbers.has(words)) numbers.set(words, numbers.size);
        return numbers.get(words);
    };
    const ground = (one) => {
        if (!one) return -1;
        if (!grounds.has(one)) {
            const is = getComputedStyle(one);
            grounds.set(one, number([ground(one.parentElement), is.backgroundColor,
                is.backgroundImage, is.opacity, is.position, is.filter].join('|')));
        }
        return grounds.get(one);
    };
    for (const one of document.body.querySelectorAll('*')) {
        one.removeAttribute('data-look');
        const hasText = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
        if (!hasText || !one.checkVisibility()) continue;
        const is = getComputedStyle(one);
        const look = [ground(one), is.color, is.fontSize, is.fontWeight, is.textShadow].join('|');
        if (!seen.has(look)) one.setAttribute('data-look', '');
        seen.add(look);
    }
}"""
_AXE = """(tags) => axe.run(document, {runOnly: {type: 'tag', values: tags},
    resultTypes: ['violations']}).then((found) => found.violations.map((one) => [
    one.id, one.help, one.nodes[0].target.join(' '), one.nodes.length]))"""
# How an element is named in a finding.
_NAME = """const name = (one) => one.localName + (one.id ? '#' + one.id : '')
    + (typeof one.className === 'string' && one.className
       ? '.' + one.className.trim().split(/\\s+/).join('.') : '')
    + ' "' + one.textContent.trim().slice(0, 30) + '"';"""
_WIDEST = f"""() => {{ {_NAME}
    return [...document.querySelectorAll('main *, header *, footer *')]
    .filter((one) => one.getBoundingClientRect().right > window.innerWidth + 1)
    .map(name).slice(0, 3).join(', '); }}"""
_SCROLL_AREAS = f"""() => {{ {_NAME}
    return [...document.querySelectorAll('body *')]
    .filter((one) => one.clientWidth && one.scrollWidth > one.clientWidth + 1
        && ['auto', 'scroll'].includes(getComputedStyle(one).overflowX))
    .filter((one) => !(one.tabIndex === 0 && one.getAttribute('role') === 'region'
        && one.getAttribute('aria-label') && one.querySelector('table')))
    .map(name); }}"""
# A link in a sentence may be as high as its line; one that stands alone is a target.
_SMALL_TARGETS = f"""(least) => {{ {_NAME}
    const alone = (link) => {{
        const block = link.closest('p, li, td, th, dt, dd, figcaption, summary, nav, div');
        return !block || block.textContent.trim() === link.textContent.trim();
    }};
    return [...document.querySelectorAll('button, input, select, textarea, summary, a[href]')]
    .filter((one) => one.checkVisibility() && (one.localName !== 'a' || alone(one)))
    .filter((one) => {{
        const box = one.getBoundingClientRect();
        return box.width && (box.width < least - .5 || box.height < least - .5);
    }})
    .map((one) => {{
        const box = one.getBoundingClientRect();
        return name(one) + ' ' + Math.round(box.width) + ' × ' + Math.round(box.height);
    }}); }}"""
# One of each kind is enough: the keyboard's ring comes from the style of its kind.
_NO_RING = f"""() => {{ {_NAME}
    const seen = new Set(), bare = [];
    const stops = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
    for (const one of document.querySelectorAll(stops)) {{
        const kind = [one.localName, one.className, one.parentElement.className].join('|');
        if (seen.has(kind) || !one.checkVisibility()) continue;
        seen.add(kind);
        one.focus({{preventScroll: true}});
        const is = getComputedStyle(one);
        const ring = is.outlineStyle !== 'none' && parseFloat(is.outlineWidth) >= 2
            && !/, 0\\)|transparent/.test(is.outlineColor);
        if (document.activeElement === one && !ring) bare.push(name(one));
    }}
    document.activeElement.blur();
    return bare; }}"""
_KEPT = """async () => {
    const kept = [];
    const stores = {localStorage, sessionStorage};
    for (const [place, store] of Object.entries(stores))
        kept.push(...Object.keys(store).map((key) => place + ' ' + key));
    if (document.cookie) kept.push('the cookie ' + document.cookie.slice(0, 40));
    kept.push(...(await indexedDB.databases()).map((one) => 'the database ' + one.name));
    kept.push(...(await caches.keys()).map((one) => 'the cache ' + one));
    const workers = await navigator.serviceWorker.getRegistrations();
    kept.push(...workers.map((one) => 'the service worker of ' + one.scope));
    return kept; }"""


def chromium_program() -> str | None:
    """Return where the system's Chromium is, or None."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def set_folds(page: Page, *, is_open: bool) -> None:
    """Open or close everything that folds."""
    script = "(is) => document.querySelectorAll('details').forEach((fold) => { fold.open = is; })"
    page.evaluate(script, is_open)


def accessible(page: Page, name: str, axe: str, *, every_text: bool = True) -> list[Finding]:
    """Run axe on the page as it stands.

    Parameters
    ----------
    page
        The open page.
    name
        What the findings call it.
    axe
        Source of axe-core.
    every_text
        Compare the color of each text with its ground, or of one text of each look.
    """
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(axe)
    page.evaluate(_LOOKS, every_text)
    return [
        Finding("accessible", name, f"{rule} at {where} ({count} in all)", f"{help_text}")
        for rule, help_text, where, count in page.evaluate(_AXE, list(AXE_TAGS))
    ]


def no_sideways_scroll(page: Page, name: str) -> list[Finding]:
    """Ask that the page is no wider than the window."""
    wide, window = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    if wide <= window:
        return []
    what = f"it is {wide} pixels wide in a window of {window}: {page.evaluate(_WIDEST)}"
    return [Finding("no-sideways-scroll", name, what, "let it wrap, or give it its own region")]


def scroll_areas_have_names(page: Page, name: str) -> list[Finding]:
    """Ask that only tables scroll on their own, in regions with a name that Tab reaches."""
    fix = 'wrap the table in a region with role="region", aria-label and tabindex="0"'
    return [
        Finding("scroll-areas-have-names", name, f"{one} scrolls sideways", fix)
        for one in page.evaluate(_SCROLL_AREAS)[:3]
    ]


def targets_are_large(page: Page, name: str) -> list[Finding]:
    """Ask that whatever is pressed is 24 pixels wide and high; links in a sentence may be less."""
    fix = f"give it a height and a width of {LEAST_TARGET} pixels"
    return [
        Finding("targets-are-large", name, f"{one} is small", fix)
        for one in page.evaluate(_SMALL_TARGETS, LEAST_TARGET)[:3]
    ]


def skip_link_works(page: Page, name: str) -> list[Finding]:
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


def few_stops(page: Page, name: str) -> list[Finding]:
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


def focus_is_visible(page: Page, name: str) -> list[Finding]:
    """Ask that the keyboard's place is seen. A key must have been pressed on the page before."""
    fix = "give it the ring of the theme: an outline of 2 pixels or more"
    return [
        Finding("focus-is-visible", name, f"nothing shows that {one} has the keyboard", fix)
        for one in page.evaluate(_NO_RING)[:3]
    ]


def keeps_nothing(page: Page, name: str) -> list[Finding]:
    """Ask that the page keeps nothing in the browser."""
    fix = "keep it only after the reader asked for it, or leave it out"
    return [
        Finding("keeps-nothing", name, f"it keeps {one} in the browser", fix)
        for one in page.evaluate(_KEPT)
    ]
