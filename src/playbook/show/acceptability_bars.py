"""How often each option comes first, second, third … when people weigh things differently."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from playbook.errors import PlaybookError
from playbook.show import inputs
from playbook.show.ends import EndName, Side, height_for, room_for, write_ends
from playbook.show.figure import Figure
from playbook.show.looks import at_most
from playbook.show.parts import sentences
from playbook.show.scale import Scale
from playbook.show.shares import percent_words, percents
from playbook.show.sheet import MARGIN, WIDTH, Sheet, text_width, write_on
from playbook.show.style import DENSE_SIZE, GRAY, PAPER, QUIET_TEXT, Shade, shades
from playbook.show.table import Table
from playbook.show.words import alt_text, checked_finding, label_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

_MOST_OPTIONS = 8
_MOST_SHADES = 5
_SUM_OFF = 1.0  # percent by which rounded shares of an option may miss 100
_NAME_WIDEST = 2.3
_ROW, _BAR = 0.42, 0.3  # inches
_LEGEND = 0.5
_FOOT = 0.1


def acceptability_bars(
    df: pd.DataFrame,
    *,
    option: str,
    rank: str,
    share: str,
    finding: str,
    highlight: str | Sequence[str] | None = None,
    note: str = "",
    decimals: int = 0,
) -> Figure:
    """Show the share of weightings in which each option comes first, second and so on.

    Parameters
    ----------
    df
        One row an option and rank, options in the order to draw. It is not changed.
    option, rank, share
        Columns with the options, with the ranks as whole numbers from 1, and with the share from
        0 to 1 of all weightings that give the option this rank. The shares of an option add up
        to 1; a rank that is left out has the share 0.
    finding
        What the chart shows, in one sentence of at most 140 characters: its title.
    highlight
        Option or options whose names to print heavier.
    note
        Source or caution, printed beneath. Say here how the weights were drawn.
    decimals
        Digits after the point of a percentage.

    Returns
    -------
    Figure
        Words, table and picture. From the fifth rank on, ranks are drawn as one.

    Raises
    ------
    PlaybookError
        When a column is missing, a rank is no whole number from 1, an option has a rank twice,
        its shares do not add up to 1, or there are more than eight options.

    Examples
    --------
    >>> ranks = pd.DataFrame({
    ...     "option": ["Repair fund", "Repair fund", "Cooling centers", "Cooling centers"],
    ...     "rank": [1, 2, 1, 2], "share": [0.6, 0.4, 0.4, 0.6],
    ... })
    >>> print(acceptability_bars(ranks, option="option", rank="rank", share="share",
    ...                          finding="The repair fund comes first more often"))
    Rank bars: The repair fund comes first more often. First: Repair fund 60%, Cooling centers
    40%.
    <BLANKLINE>
    Option           1st (%)  2nd (%)
    Repair fund           60       40
    Cooling centers       40       60
    <BLANKLINE>
    Each bar is all weightings, from the first rank on the left to the last on the right. The
    darker, the better the rank.
    """
    finding = checked_finding(finding)
    ranks, shares = _shares(df, option, rank, share)
    at_most(list(shares), _MOST_OPTIONS, "options", "Keep the ones that come first most often.")
    chosen = inputs.checked_highlight(highlight, list(shares))
    bars = {name: _joined(own) for name, own in shares.items()}
    return Figure(
        finding,
        alt_text("Rank bars", finding, _told(shares, decimals)),
        _numbers(finding, label_of(option), ranks, shares, decimals),
        sentences(
            "Each bar is all weightings, from the first rank on the left to the last on the "
            "right. The darker, the better the rank.",
            note,
        ),
        lambda: _draw(finding, bars, ranks, chosen, decimals),
    )


def ordinal(rank: int) -> str:
    """Write a rank as people say it.

    Examples
    --------
    >>> [ordinal(rank) for rank in (1, 2, 3, 4)]
    ['1st', '2nd', '3rd', '4th']
    """
    return f"{rank}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(rank, 'th') }"


def _shares(
    df: pd.DataFrame, option: str, rank: str, share: str
) -> tuple[int, dict[str, list[float]]]:
    """Read percentages by option, one a rank; returns the number of ranks too."""
    marks = inputs.marks_of(df, row=(option, "option"), value=(share, "share"), group=rank)
    ranks = inputs.numbers(df, rank, "rank")
    if not all(number >= 1 and number.is_integer() for number in ranks):
        raise PlaybookError(
            f"The column {rank} has values that are no ranks.",
            fix="Ranks are whole numbers: 1 for first, 2 for second.",
        )
    most = int(max(ranks))
    found: dict[str, list[float]] = {mark.row: [0.0] * most for mark in marks}
    for mark, number, value in zip(marks, ranks, percents(df, share, "share"), strict=True):
        found[mark.row][int(number) - 1] = value
    for name, values in found.items():
        if not abs(math.fsum(values) - 100) <= _SUM_OFF:
            total = percent_words(math.fsum(values), 1)
            raise PlaybookError(
                f"The shares of {name} add up to {total}, not to 100%.",
                fix="Give the share of every rank, counted from the same weightings.",
            )
    return most, found


def _joined(values: Sequence[float]) -> list[float]:
    """Put the ranks from the fifth on together: five shades can be told apart."""
    if len(values) <= _MOST_SHADES:
        return list(values)
    return [*values[: _MOST_SHADES - 1], math.fsum(values[_MOST_SHADES - 1 :])]


def _told(shares: dict[str, list[float]], decimals: int) -> list[str]:
    order = sorted(shares, key=lambda name: -shares[name][0])
    firsts = [f"{name} {percent_words(shares[name][0], decimals)}" for name in order]
    return [
        f"First: {', '.join(firsts[:2])}.",
        *(f"{first}." for first in firsts[2:]),
        f"First: {firsts[0]}.",
    ]


def _numbers(
    finding: str, options: str, ranks: int, shares: dict[str, list[float]], decimals: int
) -> Table:
    columns = {options: list(shares)}
    for place in range(ranks):
        columns[f"{ordinal(place + 1)} (%)"] = [
            f"{values[place]:.{decimals}f}" for values in shares.values()
        ]
    return Table(finding, pd.DataFrame(columns, dtype="str"), frozenset(columns) - {options})


def _draw(
    finding: str, bars: dict[str, list[float]], ranks: int, chosen: set[str], decimals: int
) -> Drawing:
    names = list(bars)
    ends = [EndName(name, -place, name in chosen) for place, name in enumerate(names)]
    row = max(_ROW, *(height_for([end], _NAME_WIDEST) for end in ends))
    height = len(names) * row
    left = room_for(ends, _NAME_WIDEST)
    sheet = Sheet(finding, _LEGEND + height + _FOOT)
    width = WIDTH - 2 * MARGIN - left
    count = min(ranks, _MOST_SHADES)
    tones = shades(count)[::-1]
    _draw_legend(sheet, ranks, tones)
    area = sheet.plot(MARGIN + left, sheet.top + _LEGEND, width, height, "marks")
    up = Scale(0.5 - len(names), 0.5, (), 0.5)
    area.set(xlim=(0, 100), ylim=(up.start, up.end))
    for place, name in enumerate(names):
        _draw_bar(
            area, name, -place, list(zip(bars[name], tones, strict=True)), (width, row), decimals
        )
    side = Side(0.0, 100 / width, left=True, widest=_NAME_WIDEST)
    write_ends(area, ends, side, up, height)
    return sheet.figure


def _draw_bar(
    area: Axes,
    name: str,
    y: float,
    parts: Sequence[tuple[float, Shade]],
    size: tuple[float, float],
    decimals: int,
) -> None:
    """Draw an option's ranks side by side, each with its number where there is room for it."""
    at, (width, row) = 0.0, size
    for place, (value, tone) in enumerate(parts):
        if value > 0:
            area.barh(
                [y],
                [value],
                left=at,
                height=_BAR / row,
                facecolor=tone.fill,
                edgecolor=PAPER,
                linewidth=1.0,
                label=[f"{name}, {ordinal(place + 1)}"],
            )
        words = percent_words(value, decimals)
        if text_width(words, DENSE_SIZE) + 0.06 <= value / 100 * width:
            write_on(
                area, at + value / 2, y, words, size=DENSE_SIZE, color=tone.text, align="center"
            )
        at += value
    area.barh(
        [y],
        [at],
        height=_BAR / row,
        facecolor="none",
        edgecolor=GRAY,
        linewidth=0.8,
        label=["outline"],
        zorder=3,
    )


def _draw_legend(sheet: Sheet, ranks: int, tones: Sequence[Shade]) -> None:
    from matplotlib.patches import Rectangle

    x, y = MARGIN, sheet.top + 0.14
    for place, tone in enumerate(tones):
        words = ordinal(place + 1)
        if place == _MOST_SHADES - 1 and ranks > _MOST_SHADES:
            words = f"{words} to {ordinal(ranks)}"
        sheet.page.add_patch(
            Rectangle(
                (x, y - 0.09),
                0.3,
                0.18,
                facecolor=tone.fill,
                edgecolor=GRAY,
                linewidth=0.8,
                label=f"legend, {words}",
            )
        )
        sheet.write(x + 0.37, y, words, size=DENSE_SIZE, color=QUIET_TEXT)
        x += 0.37 + text_width(words, DENSE_SIZE) + 0.25
