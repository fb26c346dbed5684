"""House rules on figures: words that describe, numbers beside, a picture that is not blank."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from xml.etree import ElementTree

from playbook.author.findings import Finding
from playbook.author.html_parts import Picture, pictures
from playbook.author.pages import Cell, Page

ALT_SHORTEST, ALT_LONGEST = 40, 250
FEWEST_MARKS = 2
PICTURE_START = "data:image/svg+xml;base64,"
_FILE_NAME = re.compile(r"\S+\.(?:png|svg|jpe?g|gif|webp)", re.IGNORECASE)
_NO_DESCRIPTION = re.compile(r"<?Figure\b|image|untitled", re.IGNORECASE)
_SHAPES = frozenset({"path", "rect", "circle", "ellipse", "polygon", "polyline", "line", "use"})
_NOT_DRAWN = frozenset({"defs", "clipPath", "metadata", "style", "title", "desc"})
# Parts of an SVG by matplotlib that frame the marks: axes with ticks, text as outlines, legends.
_FRAME = re.compile(r"(?:matplotlib\.axis|xtick|ytick|text|legend|grid)_?\d*|DejaVu.*")
_NO_FILL = re.compile(r"fill: ?(?:none|#fff(?:fff)?|white)\b")
_NO_STROKE = re.compile(r"stroke: ?(?:none|#fff(?:fff)?|white)\b")
_CLEAR = re.compile(r"(?<!-)opacity: ?0(?:\.0*)?(?:;|$)")


def alt_text(page: Page) -> list[Finding]:
    """Each picture has a real description: 40 to 250 characters with a number, no file name."""
    found = []
    for cell, picture in _pictures(page):
        alt = (picture.alt or "").strip()
        if not alt:
            what = "A picture has no alt text"
        elif _FILE_NAME.fullmatch(alt) or _NO_DESCRIPTION.match(alt):
            what = f'The alt text "{alt[:40]}" describes nothing'
        elif not ALT_SHORTEST <= len(alt) <= ALT_LONGEST:
            what = f"The alt text has {len(alt)} characters, not {ALT_SHORTEST} to {ALT_LONGEST}"
        elif not re.search(r"\d", alt):
            what = "The alt text holds no number"
        else:
            continue
        fix = "Let pb.bar, pb.dots or pb.tile_map build it, and give the chart a finding"
        found.append(page.finding("alt-text", cell, what, fix))
    return found


def figure_table(page: Page) -> list[Finding]:
    """Each picture has its numbers in a table in the same figure."""
    return [
        page.finding(
            "figure-table",
            cell,
            "A picture has no table beside it",
            "Show the Figure itself; it brings its table",
        )
        for cell, picture in _pictures(page)
        if picture.rows < 2
    ]


def figure_words(page: Page) -> list[Finding]:
    """Tell the alt text in the plain text of a figure too, so that tests compare it."""
    return [
        page.finding(
            "figure-words",
            cell,
            "The words of a figure do not begin with its alt text",
            f"Run: playbook notebooks run {page.file}",
        )
        for cell, picture in _pictures(page)
        if picture.alt and picture.alt.strip() and picture.alt not in cell.words_shown
    ]


def picture(page: Page) -> list[Finding]:
    """Each picture is an SVG in the page that can be decoded and is not blank."""
    found = []
    for cell, image in _pictures(page):
        problem = _problem(image)
        if problem:
            fix = f"Draw it again: playbook notebooks run {page.file} --redraw"
            found.append(page.finding("picture", cell, problem, fix))
    return found


def picture_format(page: Page) -> list[Finding]:
    """No result is stored as pixels."""
    return [
        page.finding(
            "picture-format",
            cell,
            f"A result is stored as {mime}",
            "Make the chart with pb.bar, pb.dots or pb.tile_map",
        )
        for cell in page.code
        for mime in ("image/png", "image/jpeg", "image/svg+xml")
        if any(True for _ in cell.shown(mime))
    ]


RULES = (alt_text, figure_table, figure_words, picture, picture_format)


def drawn_marks(svg: bytes) -> int:
    """Count what an SVG draws besides its background, its axes and its text.

    Raises
    ------
    ElementTree.ParseError
        If the SVG is not well-formed.
    """
    return sum(1 for _ in _marks(ElementTree.fromstring(svg)))


def _problem(image: Picture) -> str:
    if not image.source.startswith(PICTURE_START):
        return "A picture is not stored in the page as SVG"
    try:
        svg = base64.b64decode(image.source.removeprefix(PICTURE_START), validate=True)
        marks = drawn_marks(svg)
    except (binascii.Error, ElementTree.ParseError) as error:
        return f"A picture can't be read: {error}"
    return "" if marks >= FEWEST_MARKS else f"A picture is blank: {marks} marks drawn"


def _marks(element: ElementTree.Element, group: str = "") -> Iterator[ElementTree.Element]:
    tag = element.tag.rpartition("}")[2]
    name = element.get("id", "")
    if tag in _NOT_DRAWN or (tag == "g" and _FRAME.fullmatch(name)):
        return
    if tag in _SHAPES and _is_seen(element, group):
        yield element
    children = list(element)
    if name.startswith(("figure_", "axes_")) and children:
        # The first patch of a matplotlib figure or chart is its background.
        children = children[1:] if children[0].get("id", "").startswith("patch_") else children
    for child in children:
        yield from _marks(child, name if tag == "g" and name else group)


def _is_seen(shape: ElementTree.Element, group: str) -> bool:
    named = [f"{key}: {shape.get(key)}" for key in ("fill", "stroke") if shape.get(key)]
    paint = "; ".join([*named, shape.get("style", "")])
    if _CLEAR.search(paint):
        return False
    if not _NO_FILL.search(paint):
        return True
    # An outline alone is a mark when it is a line, and the frame of a chart when it is a patch.
    outlined = "stroke:" in paint and not _NO_STROKE.search(paint)
    is_frame = group.startswith("patch_") and re.search(r"fill: ?none", paint)
    return outlined and not is_frame


def _pictures(page: Page) -> Iterator[tuple[Cell, Picture]]:
    for cell in page.code:
        for html in cell.shown("text/html"):
            for image in pictures(html):
                yield cell, image
