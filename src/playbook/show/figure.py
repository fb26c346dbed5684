"""A chart as three things at once: words, a table and a picture."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

import pandas as pd

from playbook.show.table import Table

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing

# White behind the picture in light and dark JupyterLab alike: its colors are measured on white.
_CARD = (
    "display:block;max-width:100%;height:auto;background:#fff;border-radius:6px;"
    "box-sizing:border-box"
)


@dataclass(frozen=True)
class Figure:
    """What a lesson shows for a chart.

    Parameters
    ----------
    finding
        The one sentence that is the chart's title.
    alt
        40 to 250 characters: type of chart, finding, main numbers.
    numbers
        The numbers behind the picture, as readers see them.
    caption
        How to read the picture, and its source.
    draw
        Makes the picture. It is called when the picture is first needed.
    """

    finding: str
    alt: str
    numbers: Table
    caption: str
    draw: Callable[[], Drawing]

    @property
    def table(self) -> pd.DataFrame:
        """The numbers behind the picture as printed: a fresh DataFrame of text."""
        return self.numbers.frame.copy()

    @cached_property
    def svg(self) -> bytes:
        """The picture, text as outlines; the same bytes at every build."""
        from playbook.show.svg import svg_bytes

        return svg_bytes(self.draw())

    def png(self, dpi: int = 200) -> bytes:
        """Draw the picture as pixels, for Word.

        Parameters
        ----------
        dpi
            Pixels an inch; the picture is 6.6 inches wide.
        """
        target = io.BytesIO()
        self.draw().savefig(target, format="png", dpi=dpi, metadata={"Software": None})
        return target.getvalue()

    def html(self) -> str:
        """Build the figure for a page: picture with alt text, caption, numbers folded beneath."""
        picture = base64.b64encode(self.svg).decode("ascii")
        return (
            '<figure class="pb-figure" style="margin:1em 0;max-width:42em">'
            f'<img alt="{escape(self.alt)}" src="data:image/svg+xml;base64,{picture}" '
            f'style="{_CARD}">'
            f'<figcaption style="margin:.5em 0">{escape(self.caption)}</figcaption>'
            '<details class="pb-data"><summary style="cursor:pointer;padding:.3em 0">'
            f"Show the numbers</summary>{self.numbers.html()}</details></figure>"
        )

    def __str__(self) -> str:
        return f"{self.alt}\n\n{self.numbers.rows()}\n\n{self.caption}"

    __repr__ = __str__

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/plain": str(self), "text/html": self.html()}
