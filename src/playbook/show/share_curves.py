"""Curves of cumulative shares: checked, ordered, and read at even steps for their table."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import pandas as pd

from playbook.errors import PlaybookError
from playbook.show import inputs
from playbook.show.curve_drawing import Curve
from playbook.show.looks import at_most, looks_of
from playbook.show.shares import CLOSE, percent_words, percents
from playbook.show.style import SERIES
from playbook.show.table import Table
from playbook.show.words import label_of

_TENTHS = tuple(float(share) for share in range(0, 101, 10))


def share_curves(
    df: pd.DataFrame,
    x: str,
    y: str,
    group: str | None,
    highlight: str | Sequence[str] | None,
) -> list[Curve]:
    """Turn a table of cumulative shares into curves from 0 to 100 percent.

    Raises
    ------
    PlaybookError
        When a share is missing or outside 0 to 1, a curve falls or does not end at 1, or there
        are more than four curves.
    """
    if df.empty:
        raise PlaybookError(
            "There are no rows to draw.",
            fix="Look at the step that made this table. A filter may have left nothing.",
        )
    across, upward = percents(df, x, "x"), percents(df, y, "y")
    groups = inputs.names(df, group, "group") if group else [label_of(y)] * len(df)
    names = list(dict.fromkeys(groups))
    at_most(names, len(SERIES), "curves", "Keep the groups you want to compare.")
    chosen = inputs.checked_highlight(highlight, names)
    looks = looks_of(names, chosen)
    made = []
    for name in names:
        points = sorted(
            (first, second)
            for first, second, owner in zip(across, upward, groups, strict=True)
            if owner == name
        )
        xs, ys = _whole(name, points)
        made.append(Curve(name, xs, ys, looks[name], name in chosen))
    return made


def _whole(
    name: str, points: Sequence[tuple[float, float]]
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Check a curve's points and let it begin at zero."""
    if any(math.isnan(part) for point in points for part in point):
        raise PlaybookError(
            f"The curve of {name} has rows without a share, so it can't be drawn whole.",
            fix="Leave out the rows that are too few to tell before you add up the shares.",
        )
    if any(after[1] < before[1] - 100 * CLOSE for before, after in pairwise(points)):
        raise PlaybookError(
            f"The curve of {name} falls, and a sum of shares can only rise.",
            fix="Give running totals: sort the rows, add up with cumsum, divide by the total.",
        )
    if min(points[-1]) < 100 * (1 - CLOSE):
        end = " and ".join(percent_words(part, 1) for part in points[-1])
        raise PlaybookError(
            f"The curve of {name} ends at {end}, not at 100% and 100%.",
            fix="Divide both running totals by their last value.",
        )
    whole = [*([] if points[0] == (0, 0) else [(0.0, 0.0)]), *points]
    return tuple(first for first, _ in whole), tuple(second for _, second in whole)


def shares_read(
    finding: str,
    heading: str,
    curves: Sequence[Curve],
    decimals: int,
    also: float | None = None,
) -> Table:
    """Read all curves at each tenth, and where else is asked, for the table behind the picture."""
    places = sorted({*_TENTHS, *([] if also is None else [also])})
    columns = {heading: [percent_words(place, 0 if place % 1 == 0 else 1) for place in places]}
    for curve in curves:
        columns[curve.name] = [percent_words(curve.at(place), decimals) for place in places]
    return Table(finding, pd.DataFrame(columns, dtype="str"), frozenset(columns))


def read_at(curves: Sequence[Curve], place: float, decimals: int) -> str:
    """Tell what each curve has reached at one place, the highest first."""
    order = sorted(curves, key=lambda curve: -curve.at(place))
    return ", ".join(f"{c.name} {percent_words(c.at(place), decimals)}" for c in order)


def share_of(heading: str) -> str:
    """Name a side of the chart, unless the column's name already says that it is a share.

    Examples
    --------
    >>> share_of("People"), share_of("Share of doors")
    ('Share of people', 'Share of doors')
    """
    return heading if "share" in heading.lower() else f"Share of {heading.lower()}"
