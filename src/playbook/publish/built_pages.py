"""The pages of a built site, read from their files, and what is found on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

_EMPTY = {"area", "br", "col", "hr", "img", "input", "link", "meta", "path", "rect", "source"}
# Files of the theme, and the live lessons, which are JupyterLite's own pages with their own tests.
_NOT_PAGES = {"_static", "lite"}
_LOADS = {
    "audio": "src",
    "embed": "src",
    "iframe": "src",
    "img": "src",
    "input": "src",
    "link": "href",
    "object": "data",
    "script": "src",
    "source": "src",
    "track": "src",
    "video": "src",
}


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
    above: tuple[Tag, ...] = ()
    text: str = ""

    @property
    def inside(self) -> tuple[str, ...]:
        """The names of the elements it stands in, from the outside in."""
        return tuple(tag.name for tag in self.above)

    @property
    def classes(self) -> list[str]:
        """Its classes."""
        return self.attributes.get("class", "").split()


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
    def charts(self) -> list[Tag]:
        """The figures with a chart."""
        return [tag for tag in self.find("figure") if "pb-figure" in tag.classes]

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
        found = Tag(tag, {k: v or "" for k, v in attrs}, tuple(self._open))
        self.tags.append(found)
        if tag not in _EMPTY:
            self._open.append(found)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element that holds nothing."""
        found = Tag(tag, {k: v or "" for k, v in attrs}, tuple(self._open))
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
    """Read every page of a site, in the order of their names."""
    files = sorted(path.relative_to(site) for path in site.rglob("*.html"))
    return [
        BuiltPage(path.as_posix(), (site / path).read_text(encoding="utf-8"))
        for path in files
        if path.parts[0] not in _NOT_PAGES
    ]


def loaded_by(page: BuiltPage) -> list[tuple[Tag, str]]:
    """Return each element that makes a browser ask for a file, with the file's address."""
    return [
        (tag, tag.attributes[_LOADS[tag.name]])
        for tag in page.find(*_LOADS)
        if tag.attributes.get(_LOADS[tag.name])
    ]
