"""Rules for a built page that need no browser: its file in, findings out."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

_EMPTY = {"area", "br", "col", "hr", "img", "input", "link", "meta", "path", "rect", "source"}
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LOADS = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}
# What a program writes when nobody describes a picture.
_NO_WORDS = re.compile(
    r"^(_images/|file:|data:|[0-9a-f]{16,})|\.(png|svg|jpe?g)$|^(figure|image|picture|chart)\W*\d*$",
    re.IGNORECASE,
)
POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; script-src 'self'"
)
KILOBYTE = 1000
# The one text page that is made of charts, as lessons are.
CHART_GALLERY = "book/chart-gallery.html"


@dataclass(frozen=True)
class Finding:
    """One thing to repair on a page.

    Examples
    --------
    >>> print(Finding("one-title", "book/run.html", "there are two", "keep one"))
    book/run.html · one-title: there are two. Fix: keep one.
    """

    rule: str
    page: str
    what: str
    fix: str

    def __str__(self) -> str:
        return f"{self.page} · {self.rule}: {self.what}. Fix: {self.fix}."


@dataclass
class Tag:
    """An element of a page."""

    name: str
    attributes: dict[str, str]
    inside: tuple[str, ...]
    text: str = ""


@dataclass
class BuiltPage:
    """A page as built.

    Parameters
    ----------
    name
        Path inside the site.
    html
        The file's text.
    """

    name: str
    html: str
    tags: list[Tag] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tags = _Reader.read(self.html)

    def find(self, *names: str) -> Iterator[Tag]:
        """Yield the elements with one of these names, in order."""
        return (tag for tag in self.tags if tag.name in names)

    @property
    def anchors(self) -> set[str]:
        """Every id on the page."""
        return {tag.attributes["id"] for tag in self.tags if "id" in tag.attributes}


class _Reader(HTMLParser):
    """Flattens a page to its elements with their text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[Tag] = []
        self._open: list[Tag] = []

    @classmethod
    def read(cls, html: str) -> list[Tag]:
        """Read a page."""
        reader = cls()
        reader.feed(html)
        return reader.tags

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element."""
        found = Tag(tag, {k: v or "" for k, v in attrs}, tuple(t.name for t in self._open))
        self.tags.append(found)
        if tag not in _EMPTY:
            self._open.append(found)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element that holds nothing."""
        found = Tag(tag, {k: v or "" for k, v in attrs}, tuple(t.name for t in self._open))
        self.tags.append(found)

    def handle_endtag(self, tag: str) -> None:
        """Close an element, and what was left open in it."""
        if any(one.name == tag for one in self._open):
            while self._open.pop().name != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Add text to every open element."""
        for tag in self._open:
            tag.text += data


def read_site(site: Path) -> list[BuiltPage]:
    """Read every page of a site."""
    files = sorted(path for path in site.rglob("*.html") if "_static" not in path.parts)
    return [
        BuiltPage(path.relative_to(site).as_posix(), path.read_text(encoding="utf-8"))
        for path in files
    ]


def pictures_have_words(page: BuiltPage) -> list[Finding]:
    """Every picture has a description that a person wrote or a chart computed."""
    findings = []
    for image in page.find("img"):
        words = image.attributes.get("alt", "").strip()
        decorative = image.attributes.get("role") == "presentation"
        if not decorative and (not words or _NO_WORDS.search(words)):
            source = image.attributes.get("src", "")[:40]
            what = f"the picture {source} has the alt text {words!r}"
            fix = "describe in the source what the picture shows"
            findings.append(Finding("pictures-have-words", page.name, what, fix))
    for drawing in page.find("svg"):
        named = "aria-labelledby" in drawing.attributes or "aria-label" in drawing.attributes
        if not named and drawing.attributes.get("aria-hidden") != "true":
            what = "an inline drawing has neither a name nor aria-hidden"
            fix = "give it a title, or hide it if it is only decoration"
            findings.append(Finding("pictures-have-words", page.name, what, fix))
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


def nothing_from_elsewhere(page: BuiltPage) -> list[Finding]:
    """Ask that nothing comes from another host, and that only the search page has scripts."""
    findings = []
    for tag in page.find(*_LOADS):
        address = tag.attributes.get(_LOADS[tag.name], "")
        if address.startswith(("http:", "https:", "//")):
            what = f"<{tag.name}> loads {address[:60]}"
            fix = "keep a copy in the theme, or leave it out"
            findings.append(Finding("nothing-from-elsewhere", page.name, what, fix))
        if tag.name == "script" and (not address or page.name != "search.html"):
            what = f"there is a script: {address or tag.text.strip()[:40]!r}"
            fix = "pages other than search need none, and none may stand in the page"
            findings.append(Finding("nothing-from-elsewhere", page.name, what, fix))
    return findings


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


def links_lead_somewhere(page: BuiltPage, site: dict[str, BuiltPage]) -> list[Finding]:
    """Every link inside the site has a target, down to the heading.

    Parameters
    ----------
    page
        The page.
    site
        All pages by name.
    """
    findings = []
    for link in page.find("a"):
        address, anchor = urldefrag(link.attributes.get("href", ""))
        if urlsplit(address).scheme or address.startswith("//"):
            continue
        parts = [*Path(page.name).parent.parts] if address else [page.name]
        for part in Path(unquote(address)).parts:
            parts = parts[:-1] if part == ".." else [*parts, part]
        target = site.get("/".join(parts))
        if target is None or (anchor and unquote(anchor) not in target.anchors):
            what = f"{link.text.strip()!r} leads to {address}#{anchor}, which is not there"
            findings.append(Finding("links-lead-somewhere", page.name, what, "repair the link"))
    return findings


def anchors_are_unique(page: BuiltPage) -> list[Finding]:
    """No id stands twice."""
    ids = [tag.attributes["id"] for tag in page.tags if "id" in tag.attributes]
    return [
        Finding("anchors-are-unique", page.name, f"the id {one!r} stands twice", "rename one")
        for one in sorted({one for one in ids if ids.count(one) > 1})
    ]


@dataclass(frozen=True)
class Weight:
    """What a page costs to load: bytes with gzip, and requests."""

    bytes: int
    requests: int


def weigh(page: BuiltPage, site: Path) -> Weight:
    """Weigh a page with everything it loads from the site.

    Parameters
    ----------
    page
        The page.
    site
        Folder of the site.
    """
    here = (site / page.name).parent
    addresses = [urlsplit(tag.attributes.get(_LOADS[tag.name], "")) for tag in page.find(*_LOADS)]
    # A data: address is part of the page itself.
    names = {one.path for one in addresses if one.path and not one.scheme}
    files = sorted({(here / unquote(name)).resolve() for name in names})
    texts = [page.html.encode(), *(path.read_bytes() for path in files if path.is_file())]
    return Weight(sum(len(gzip.compress(text)) for text in texts), len(texts))


def light_enough(page: BuiltPage, site: Path) -> list[Finding]:
    """Ask that a text page stays under 160 KB and 15 requests, a page of charts under 300 KB."""
    weight = weigh(page, site)
    has_charts = page.name.startswith("notebooks/") or page.name == CHART_GALLERY
    most, requests = (300 * KILOBYTE, 40) if has_charts else (160 * KILOBYTE, 15)
    if weight.bytes <= most and weight.requests <= requests:
        return []
    what = f"it weighs {weight.bytes / KILOBYTE:.0f} KB in {weight.requests} requests"
    fix = f"stay under {most // KILOBYTE} KB and {requests} requests"
    return [Finding("light-enough", page.name, what, fix)]
