"""What a stored HTML result holds: its lines of text, and its pictures with what stands beside."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

_LINES = re.compile(
    r"article|aside|blockquote|br|caption|dd|details|div|dl|dt|figcaption|figure|h[1-6]|hr|li|ol|p|"
    r"pre|section|summary|table|tbody|thead|tr|ul"
)
_CELLS = frozenset({"td", "th", "option", "button", "label"})


@dataclass
class Picture:
    """An image of a result.

    Parameters
    ----------
    alt
        Its description; None when there is none.
    source
        Address or data.
    rows
        Table rows that stand in the same figure.
    """

    alt: str | None
    source: str
    rows: int = 0


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self.pictures: list[Picture] = []
        self._figures: list[list[Picture]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "figure":
            self._figures.append([])
        elif tag == "img":
            values = dict(attrs)
            picture = Picture(values.get("alt"), values.get("src") or "")
            self.pictures.append(picture)
            for figure in self._figures[-1:]:
                figure.append(picture)
        elif tag == "tr":
            for picture in (self._figures or [[]])[-1]:
                picture.rows += 1
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "figure" and self._figures:
            self._figures.pop()
        self._break(tag)

    def handle_data(self, data: str) -> None:
        self.lines[-1] += data

    def _break(self, tag: str) -> None:
        if _LINES.fullmatch(tag):
            self.lines.append("")
        elif tag in _CELLS:
            self.lines[-1] += " "


def text_lines(html: str) -> list[str]:
    """Return the text of a result as a reader sees it: a paragraph or a table row is a line.

    Examples
    --------
    >>> text_lines("<p>Wait</p><table><tr><th>Kiln</th><td>8.4</td></tr></table>")
    ['Wait', 'Kiln 8.4']
    """
    lines = (re.sub(r"\s+", " ", line).strip() for line in _read(html).lines)
    return [line for line in lines if line]


def pictures(html: str) -> list[Picture]:
    """Return the pictures of a result.

    Examples
    --------
    >>> pictures("<figure><img alt='Bars' src='a'><table><tr><td>1</td></tr></table></figure>")
    [Picture(alt='Bars', source='a', rows=1)]
    """
    return _read(html).pictures


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader
