"""A matplotlib picture as small SVG that has the same bytes at every build."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing

_HIDDEN = re.compile(r'<!--.*?-->|<metadata>.*?</metadata>|(?<=<g) id="[^"]*"', re.DOTALL)
_GLYPH_NAME = re.compile(r'(?<=id=")DejaVuSans[^"]*')
_OUTLINE = re.compile(r'd="([^"]*)" transform="scale\(0\.015625\)"')
_SPACE_BETWEEN_WORDS = re.compile(r'<path id="(\w+)" transform="scale\(0\.015625\)"/>')
_SHIFT = re.compile(r'(<use xlink:href="#\w+") transform="translate\(([-\d.]+) 0\)"/>')
_DRAWN = re.compile(r'(?<= d=")[^"]*|(?<= [xy]=")[^"]*|translate\([^)]*\)')
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_STEP = re.compile(r"([MLQz])([^MLQz]*)")


def svg_bytes(drawing: Drawing) -> bytes:
    """Save a picture as SVG with text as outlines, without date, program name or metadata.

    Parameters
    ----------
    drawing
        A matplotlib figure.

    Returns
    -------
    bytes
        UTF-8, one line, most often 10 to 25 KB.
    """
    import matplotlib

    target = io.BytesIO()
    empty = {"Date": None, "Creator": None, "Format": None, "Type": None}
    with matplotlib.rc_context({"svg.hashsalt": "playbook", "svg.fonttype": "path"}):
        drawing.savefig(target, format="svg", metadata=empty)
    return smaller(target.getvalue().decode("utf-8")).encode("utf-8")


def smaller(svg: str) -> str:
    """Make matplotlib's SVG a third of its size by dropping what no reader sees.

    Each step stands alone: where a later matplotlib writes something else, the step finds
    nothing and the picture stays right, only larger.
    """
    svg = _HIDDEN.sub("", svg[svg.index("<svg") :])
    svg = re.sub(r"\s+", " ", svg).replace("> <", "><").strip()
    for name, short in zip(dict.fromkeys(_GLYPH_NAME.findall(svg)), _names(), strict=False):
        svg = svg.replace(f'="{name}"', f'="{short}"').replace(f'="#{name}"', f'="#{short}"')
    for blank in _SPACE_BETWEEN_WORDS.findall(svg):
        svg = re.sub(rf'<use xlink:href="#{blank}"[^>]*/>', "", svg)
    svg = _SPACE_BETWEEN_WORDS.sub("", svg)
    svg = _DRAWN.sub(lambda found: _rounded(found[0], 2), svg)
    svg = _OUTLINE.sub(_outline, svg)
    svg = _SHIFT.sub(lambda found: f'{found[1]} x="{_rounded(found[2], 0)}"/>', svg)
    return svg.replace("<defs></defs>", "").replace("xlink:href", "href")


def _names() -> Iterator[str]:
    """Short names: _a, _b, ... (matplotlib's own never begin so)."""
    letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    yield from (f"_{letter}" for letter in letters)
    yield from (f"_{first}{second}" for first in letters for second in letters)


def _outline(found: re.Match[str]) -> str:
    """Write a letter's outline in steps from point to point, in thousandths of an em.

    matplotlib has 6,400 units to the em; a thousand are finer than a screen shows.
    """
    at = begin = (0, 0)
    drawn = ""
    for command, numbers in _STEP.findall(found[1]):
        if command == "z":
            drawn, at = f"{drawn}z", begin
            continue
        units = [round(float(number[0]) / 6.4) for number in _NUMBER.finditer(numbers)]
        points = list(zip(units[::2], units[1::2], strict=True))
        steps = " ".join(f"{x - at[0]} {y - at[1]}" for x, y in points)
        drawn, at = drawn + command.lower() + steps.replace(" -", "-"), points[-1]
        begin = at if command == "M" else begin
    return f'd="{drawn}" transform="scale(.1)"'


def _rounded(drawn: str, decimals: int) -> str:
    def shorter(number: re.Match[str]) -> str:
        text = f"{float(number[0]):.{decimals}f}"
        return text.rstrip("0").rstrip(".") if decimals else text

    rounded = _NUMBER.sub(shorter, drawn)
    return rounded if "(" in rounded else re.sub(r" ?([A-Za-z]) ?", r"\1", rounded)
