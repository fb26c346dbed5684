"""What a lesson puts on its memo, and the mark that says when it is practice."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from playbook.learn.practice import PRACTICE

if TYPE_CHECKING:
    from playbook.show.figure import Figure


@dataclass(frozen=True)
class MemoContent:
    """What a lesson puts on its memo, before marks and blanks.

    Parameters
    ----------
    title
        The finding as a heading.
    lines
        Short paragraphs: what we found, and the caution beside it.
    table
        The numbers, as text for readers.
    caption
        What the table shows.
    figure
        The chart.
    """

    title: str
    lines: tuple[str, ...]
    table: pd.DataFrame
    caption: str
    figure: Figure


def mark_as_practice(content: MemoContent) -> MemoContent:
    """Mark the title, every line with a number, the alt text and each row of the table."""
    marked = tuple(
        f"{line} ({PRACTICE})" if re.search(r"\d", line) else line for line in content.lines
    )
    return replace(
        content,
        title=f"{PRACTICE}. {content.title}",
        lines=marked,
        table=content.table.assign(Data=PRACTICE),
        caption=f"{content.caption} ({PRACTICE})",
        figure=replace(content.figure, alt=f"{PRACTICE}. {content.figure.alt}"),
    )
