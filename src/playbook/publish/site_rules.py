"""Rules for a built page that need no browser: its file in, findings out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

from playbook.publish.built_pages import BuiltPage, Finding, loaded_by, read_site
from playbook.publish.page_weight import light_enough

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# What a program writes when nobody describes a picture.
_NO_WORDS = re.compile(
    r"^(_images/|file:|data:|[0-9a-f]{16,})|\.(png|svg|jpe?g)$|^(figure|image|picture|chart)\W*\d*$",
    re.IGNORECASE,
)
# Shorter says too little of a chart; longer is read aloud in one breath, and can't be paused.
_CHART_WORDS = range(40, 251)
_FROM_STYLE = re.compile(r"(?:url\(|@import)\s*['\"]?\s*((?:https?:)?//[^'\")\s]+)")
POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; script-src 'self'"
)
START = "index.html"


def pictures_have_words(page: BuiltPage) -> list[Finding]:
    """Every picture has a description of its own that a person wrote or a chart computed."""
    findings = []
    images = list(page.find("img"))
    told = Counter(image.attributes.get("alt", "").strip() for image in images)
    for image in images:
        words = image.attributes.get("alt", "").strip()
        decorative = image.attributes.get("role") == "presentation"
        if not decorative and (not words or _NO_WORDS.search(words) or told[words] > 1):
            source = image.attributes.get("src", "")[:40]
            times = f", {told[words]} times" if told[words] > 1 else ""
            what = f"the picture {source} has the alt text {words!r}{times}"
            fix = "describe in the source what this picture shows"
            findings.append(Finding("pictures-have-words", page.name, what, fix))
    for drawing in page.find("svg"):
        named = "aria-labelledby" in drawing.attributes or "aria-label" in drawing.attributes
        if not named and drawing.attributes.get("aria-hidden") != "true":
            what = "an inline drawing has neither a name nor aria-hidden"
            fix = "give it a title, or hide it if it is only decoration"
            findings.append(Finding("pictures-have-words", page.name, what, fix))
    return findings


def charts_have_numbers(page: BuiltPage) -> list[Finding]:
    """Every chart is told in 40 to 250 characters with a number, and stands with its table."""
    findings = []
    for chart in page.charts:
        inside = [tag for tag in page.tags if any(one is chart for one in tag.above)]
        words = next((tag.attributes.get("alt", "") for tag in inside if tag.name == "img"), "")
        if words and (len(words) not in _CHART_WORDS or not re.search(r"\d", words)):
            what = f"{len(words)} characters describe the chart {words[:40]!r}"
            fix = "say kind, finding and main numbers in 40 to 250 characters"
            findings.append(Finding("charts-have-numbers", page.name, what, fix))
        if not any(tag.name == "td" for tag in inside):
            what = f"the chart {words[:40]!r} has no table"
            fix = "keep the table that the chart function writes"
            findings.append(Finding("charts-have-numbers", page.name, what, fix))
    return findings


def headings_in_order(page: BuiltPage) -> list[Finding]:
    """One first-level heading, and no level skipped."""
    levels = [(int(tag.name[1]), tag.text.strip()) for tag in page.find(*_HEADINGS)]
    firsts = [text for level, text in levels if level == 1]
    findings = []
    if len(firsts) != 1:
        what = f"there are {len(firsts)} first-level headings"
        findings.append(Finding("headings-in-order", page.name, what, "keep exactly one"))
    for (above, _), (level, text) in pairwise(levels):
        if level > above + 1:
            what = f"{text!r} is level {level} below level {above}"
            findings.append(Finding("headings-in-order", page.name, what, f"use level {above + 1}"))
    return findings


def folds_have_names(page: BuiltPage) -> list[Finding]:
    """Every part that folds says what it holds before it is opened."""
    findings = []
    for fold in page.find("details"):
        names = [tag.text for tag in page.find("summary") if tag.above and tag.above[-1] is fold]
        if not any(name.strip() for name in names):
            what = f"a fold has no name: {fold.text.strip()[:40]!r}"
            fix = "begin it with a summary in words"
            findings.append(Finding("folds-have-names", page.name, what, fix))
    return findings


def nothing_from_elsewhere(page: BuiltPage) -> list[Finding]:
    """Ask that nothing comes from another host."""
    addresses = [(f"<{tag.name}>", address) for tag, address in loaded_by(page)]
    addresses += [("a form", tag.attributes.get("action", "")) for tag in page.find("form")]
    styles = [tag.text for tag in page.find("style")]
    styles += [tag.attributes["style"] for tag in page.tags if "style" in tag.attributes]
    addresses += [("a style", one) for style in styles for one in addresses_in_style(style)]
    return [
        Finding(
            "nothing-from-elsewhere",
            page.name,
            f"{who} asks {address[:60]}",
            "keep a copy in the theme, or leave it out",
        )
        for who, address in addresses
        if address.startswith(("http:", "https:", "//"))
    ]


def addresses_in_style(style: str) -> list[str]:
    """Return the addresses on other hosts that a style sheet asks for.

    Examples
    --------
    >>> addresses_in_style("a { background: url('//img.example/a.png') } b { color: red }")
    ['//img.example/a.png']
    """
    found: list[str] = _FROM_STYLE.findall(style)
    return found


def no_code_in_the_page(page: BuiltPage) -> list[Finding]:
    """Scripts are files of the site: none stands in a page, in an attribute or in a link."""
    found = [
        f"<script> holds {tag.text.strip()[:40]!r}"
        for tag in page.find("script")
        if not tag.attributes.get("src")
    ]
    for tag in page.tags:
        found += [f"<{tag.name}> has {name}" for name in tag.attributes if name.startswith("on")]
        if tag.attributes.get("href", "").lower().startswith("javascript:"):
            found.append(f"<{tag.name}> links to code")
    fix = "put it into a file of the theme; the page must work without it"
    return [Finding("no-code-in-the-page", page.name, what, fix) for what in found]


def tables_have_heads(page: BuiltPage) -> list[Finding]:
    """Every head of a table says what it heads, and every table has a caption."""
    findings = []
    for head in page.find("th"):
        if head.attributes.get("scope") not in ("col", "row"):
            what = f"the head {head.text.strip()!r} has no scope"
            fix = 'add scope="col" or scope="row" where the table is made'
            findings.append(Finding("tables-have-heads", page.name, what, fix))
    tables, captions = len(list(page.find("table"))), len(list(page.find("caption")))
    if captions < tables:
        what = f"{tables - captions} of {tables} tables have no caption"
        findings.append(Finding("tables-have-heads", page.name, what, "say what it shows"))
    return findings


def page_is_framed(page: BuiltPage) -> list[Finding]:
    """Language, title, content policy, skip link and the independence line are there."""
    policies = [
        tag.attributes.get("content")
        for tag in page.find("meta")
        if tag.attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    links = list(page.find("a"))
    checks = {
        "a language": any(tag.attributes.get("lang") for tag in page.find("html")),
        "a title": any(tag.text.strip() for tag in page.find("title")),
        "our content policy": policies == [POLICY],
        "a skip link first": bool(links) and links[0].attributes.get("href") == "#main",
        "the line that it is independent": "Independent and unofficial." in page.html,
    }
    return [
        Finding("page-is-framed", page.name, f"it lacks {what}", "see layout.html of the theme")
        for what, there in checks.items()
        if not there
    ]


def anchors_are_unique(page: BuiltPage) -> list[Finding]:
    """No id stands twice."""
    ids = Counter(tag.attributes["id"] for tag in page.tags if "id" in tag.attributes)
    return [
        Finding("anchors-are-unique", page.name, f"the id {one!r} stands twice", "rename one")
        for one in sorted(one for one, times in ids.items() if times > 1)
    ]


def _links(page: BuiltPage) -> Iterator[tuple[str, str, str, str]]:
    """Yield each way inside the site: its words, address, target page, and target heading."""
    for link in page.find("a", "form"):
        address, anchor = urldefrag(
            link.attributes.get("href") or link.attributes.get("action", "")
        )
        if urlsplit(address).scheme or address.startswith("//"):
            continue
        parts = [*Path(page.name).parent.parts] if address else [page.name]
        for part in Path(unquote(urlsplit(address).path)).parts:
            parts = parts[:-1] if part == ".." else [*parts, part]
        yield link.text.strip(), f"{address}#{anchor}", "/".join(parts), unquote(anchor)


def links_lead_somewhere(
    page: BuiltPage, pages: Mapping[str, BuiltPage], folder: Path | None = None
) -> list[Finding]:
    """Every link inside the site has a target, down to the heading.

    Parameters
    ----------
    page
        The page.
    pages
        All pages by name.
    folder
        Folder of the site, where links to other files than pages must lead.
    """
    findings = []
    for words, address, name, anchor in _links(page):
        target = pages.get(name)
        is_file = target is None and folder is not None and (folder / name).is_file()
        if not is_file and (target is None or (anchor and anchor not in target.anchors)):
            what = f"{words!r} leads to {address}, which is not there"
            findings.append(Finding("links-lead-somewhere", page.name, what, "repair the link"))
    return findings


def pages_are_reachable(pages: Mapping[str, BuiltPage]) -> list[Finding]:
    """Every page is reached by links from the start page.

    Parameters
    ----------
    pages
        All pages by name.
    """
    reached, waiting = {START}, [START]
    while waiting:
        page = pages.get(waiting.pop())
        onward = {name for _, _, name, _ in _links(page)} if page else set()
        waiting += sorted(onward - reached)
        reached |= onward
    fix = "list it in _toc.yml, or link to it from a page that is listed"
    return [
        Finding("pages-are-reachable", name, "no way leads here from the start page", fix)
        for name in pages
        if name not in reached
    ]


PAGE_RULES = (
    pictures_have_words,
    charts_have_numbers,
    headings_in_order,
    folds_have_names,
    nothing_from_elsewhere,
    no_code_in_the_page,
    tables_have_heads,
    page_is_framed,
    anchors_are_unique,
)


def check_site(site: Path) -> list[Finding]:
    """Check every page of a built site by the rules that need no browser.

    Parameters
    ----------
    site
        Folder of the site.

    Returns
    -------
    list of Finding
        What to repair, page by page.
    """
    pages = {page.name: page for page in read_site(site)}
    found = pages_are_reachable(pages)
    for page in pages.values():
        found += [finding for rule in PAGE_RULES for finding in rule(page)]
        found += links_lead_somewhere(page, pages, site) + light_enough(page, site)
    return found
