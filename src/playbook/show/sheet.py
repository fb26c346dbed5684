"""A white page of fixed width to draw on, measured in inches from its top left corner."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from playbook.show.style import BODY_SIZE, INK, PAPER, TITLE_SIZE, Series

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing
    from matplotlib.font_manager import FontProperties

WIDTH = 6.6
MARGIN = 0.1
_LINE_HEIGHT = 1.32 / 72  # inches a point of type
_GLYPH_GONE = "\u25a1"


class Sheet:
    """A page with a title.

    Parameters
    ----------
    title
        Text at the top, wrapped to the width of the page.
    height
        Inches for everything below the title.

    Attributes
    ----------
    figure
        The matplotlib figure.
    top
        Where the room below the title begins, in inches from the top.
    """

    def __init__(self, title: str, height: float) -> None:
        from matplotlib.figure import Figure as Drawing

        lines = _balanced(title, WIDTH - 2 * MARGIN)
        self.top = MARGIN + len(lines) * TITLE_SIZE * _LINE_HEIGHT + 0.1
        self.height = self.top + height
        self.figure: Drawing = Drawing(figsize=(WIDTH, self.height), facecolor=PAPER)
        self.page = self.figure.add_axes((0, 0, 1, 1), label="page")
        self.page.set(xlim=(0, WIDTH), ylim=(self.height, 0))
        self.page.axis("off")
        for number, line in enumerate(lines):
            middle = MARGIN + (number + 0.5) * TITLE_SIZE * _LINE_HEIGHT
            self.write(MARGIN, middle, line, size=TITLE_SIZE, bold=True)

    def write(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = BODY_SIZE,
        color: str = INK,
        bold: bool = False,
        align: Literal["left", "center", "right"] = "left",
    ) -> None:
        """Write one line, centered on `y`."""
        write_on(self.page, x, y, words, size=size, color=color, bold=bold, align=align)

    def plot(self, left: float, top: float, width: float, height: float, label: str) -> Axes:
        """Make an area for marks, without any frame of its own."""
        area = self.figure.add_axes(
            (
                left / WIDTH,
                1 - (top + height) / self.height,
                width / WIDTH,
                height / self.height,
            ),
            label=label,
        )
        area.axis("off")
        return area

    def legend(self, top: float, groups: list[tuple[str, Series]]) -> None:
        """Name each series beside its marker, in one line or as many as it takes."""
        x, y = MARGIN + 0.08, top
        for name, series in groups:
            long = text_width(name, BODY_SIZE) + 0.55
            if x > MARGIN + 0.08 and x + long > WIDTH:
                x, y = MARGIN + 0.08, y + 0.28
            self.page.plot([x], [y], **marker_style(series, 8.5))
            self.write(x + 0.16, y, name)
            x += long


def marker_style(series: Series, size: float) -> dict[str, Any]:
    """Choose settings that draw a series' marker, hollow or filled."""
    return {
        "marker": series.marker,
        "markersize": size * (0.88 if series.marker == "D" else 1.0),
        "color": series.color,
        "markerfacecolor": PAPER if series.hollow else series.color,
        "markeredgewidth": 1.8,
        "linestyle": "none",
        "clip_on": False,
        "zorder": 3,
    }


def write_on(
    area: Axes,
    x: float,
    y: float,
    words: str,
    *,
    size: float = BODY_SIZE,
    color: str = INK,
    bold: bool = False,
    align: Literal["left", "center", "right"] = "left",
    shift: float = 0.0,
    rise: float = 0.0,
    masked: bool = False,
) -> None:
    """Write on an area in its own units, moved by `shift` and `rise` points.

    `masked` text stands on white, so that no guide runs through it.
    """
    if not words:
        return
    area.annotate(
        drawable(words),
        (x, y),
        # Half of a digit's height below, so that dots and words stand on one middle line.
        xytext=(shift, rise - 0.36 * size),
        textcoords="offset points",
        color=color,
        ha=align,
        va="baseline",
        fontproperties=font(bold),
        fontsize=size,
        parse_math=False,
        annotation_clip=False,
        bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1.0} if masked else None,
    )


@cache
def font(bold: bool) -> FontProperties:
    """Find the font that comes with matplotlib: the same outlines on every machine."""
    from pathlib import Path

    import matplotlib
    from matplotlib.font_manager import FontProperties

    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return FontProperties(fname=Path(matplotlib.get_data_path()) / "fonts" / "ttf" / name)


@cache
def _known_characters() -> frozenset[int]:
    from matplotlib.font_manager import get_font

    return frozenset(get_font(str(font(False).get_file())).get_charmap())


def drawable(words: str) -> str:
    """Replace characters the font lacks (an emoji, say) by a box; the table keeps them."""
    known = _known_characters()
    return "".join(letter if ord(letter) in known else _GLYPH_GONE for letter in words)


@cache
def text_width(words: str, size: float, bold: bool = False) -> float:
    """Width of one line in inches."""
    from matplotlib.textpath import text_to_path

    width, _, _ = text_to_path.get_text_width_height_descent(
        drawable(words), font(bold), ismath=False
    )
    return float(width) / font(bold).get_size_in_points() * size / 72


def wrap(words: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """Break a text into lines that fit; a single word that doesn't is cut with a dot."""
    lines: list[str] = []
    for word in words.split():
        fitting = cut(word, width, size, bold=bold)
        longer = f"{lines[-1]} {fitting}" if lines else ""
        if longer and text_width(longer, size, bold) <= width:
            lines[-1] = longer
        else:
            lines.append(fitting)
    return lines


def _balanced(title: str, width: float) -> list[str]:
    """Wrap a title into lines of like length, no more of them than the full width needs."""
    lines = wrap(title, width, TITLE_SIZE, bold=True)
    for share in (0.6, 0.7, 0.8, 0.9):
        narrower = wrap(title, width * share, TITLE_SIZE, bold=True)
        if len(narrower) == len(lines):
            return narrower
    return lines


def cut(word: str, width: float, size: float, *, bold: bool = False) -> str:
    """Shorten a word with a dot until it fits."""
    if text_width(word, size, bold) <= width:
        return word
    for end in range(len(word) - 1, 1, -1):
        if text_width(f"{word[:end]}.", size, bold) <= width:
            return f"{word[:end]}."
    return word[:1]
