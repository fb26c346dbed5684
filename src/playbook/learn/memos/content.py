"""What a lesson puts on its memo, and the mark that says when it is practice."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from playbook.city.tables import City
from playbook.insights.stand_in import SHOWN_INSTEAD, STAND_IN, no_table
from playbook.insights.statements import claims, finding
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
    indicator
        What is counted, where the lesson chooses one for the whole plan.
    """

    title: str
    lines: tuple[str, ...]
    table: pd.DataFrame
    caption: str
    figure: Figure
    indicator: str = ""


def found_here(city: City, claim_id: str) -> str:
    """Say what a claim shows in this city; where Port Alder stands in, only what is missing.

    A memo about a city of one's own must not carry a figure about another one.
    """
    return no_table(city, claims()[claim_id].tables) or finding(city, claim_id)


def mark_stand_ins(content: MemoContent) -> MemoContent:
    """Mark the table and the chart of a memo where they show Port Alder in place of the city."""
    note = str(content.table.attrs.get(STAND_IN, ""))
    if note:
        table = content.table.assign(Data=PRACTICE)
        content = replace(content, table=table, caption=f"{content.caption}. {note} ({PRACTICE})")
    if SHOWN_INSTEAD in content.figure.caption:
        alt = f"{PRACTICE}. {content.figure.alt}"
        content = replace(content, figure=replace(content.figure, alt=alt))
    return content


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
