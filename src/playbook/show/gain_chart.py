"""How much of what we look for each rule finds, by the share of doors that we knock on."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from playbook.errors import PlaybookError
from playbook.show.curve_drawing import draw_share_curves
from playbook.show.figure import Figure
from playbook.show.looks import shape_words
from playbook.show.parts import sentences
from playbook.show.share_curves import read_at, share_curves, share_of, shares_read
from playbook.show.words import alt_text, checked_finding, label_of

_RANDOM = "in any order"
_NAMES_NEAR = 55.0


def gain_chart(
    df: pd.DataFrame,
    *,
    x: str,
    y: str,
    group: str,
    finding: str,
    capacity: float | None = None,
    highlight: str | Sequence[str] | None = None,
    note: str = "",
    decimals: int = 0,
) -> Figure:
    """Compare rules that say where to go first, by what each has found at every share of doors.

    Parameters
    ----------
    df
        One row a point of a curve, in any order. It is not changed.
    x, y
        Columns with running shares from 0 to 1: of the doors, in a rule's order, and of what was
        found behind them.
    group
        Column that tells up to four rules apart.
    finding
        What the chart shows, in one sentence of at most 140 characters: its title.
    capacity
        Share of doors, from 0 to 1, that there is time for: a line across all curves.
    highlight
        Rule or rules to point out; the others turn gray.
    note
        Source or caution, printed beneath.
    decimals
        Digits after the point of a percentage.

    Returns
    -------
    Figure
        Words, table and picture. The dashed line is what doors in any order would find. The
        table reads curves at each tenth and at the capacity.

    Raises
    ------
    PlaybookError
        When a column is missing, a share is not between 0 and 1 or is missing, a curve falls or
        does not end at 1, or there are more than four rules.

    Examples
    --------
    >>> homes = pd.DataFrame({
    ...     "rule": ["Score", "Score", "Past fires", "Past fires"],
    ...     "doors": [0.2, 1.0, 0.2, 1.0], "homes": [0.34, 1.0, 0.25, 1.0],
    ... })
    >>> figure = gain_chart(homes, x="doors", y="homes", group="rule", capacity=0.2,
    ...                     finding="The score finds a third of homes at 20 of 100 doors")
    >>> print(figure.alt)
    Gain chart: The score finds a third of homes at 20 of 100 doors. At 20% of doors: Score 34%,
    Past fires 25%. At 50% of doors: Score 59%, Past fires 53%.
    >>> figure.table.iloc[2].to_list()
    ['20%', '34%', '25%']
    """
    finding = checked_finding(finding)
    if capacity is not None and not 0 < capacity < 1:
        raise PlaybookError(
            f"The capacity is {capacity:g}, and it is a share of all doors between 0 and 1.",
            fix="For 20 of 100 doors write capacity=0.2.",
        )
    curves = share_curves(df, x, y, group, highlight)
    at = None if capacity is None else round(100 * capacity, 6)
    doors = label_of(x)
    told = [50.0] if at is None else [at, 50.0]
    said = [f"At {p:.3g}% of {doors.lower()}: {read_at(curves, p, decimals)}." for p in told]
    return Figure(
        finding,
        alt_text(
            "Gain chart",
            finding,
            [*said, f"At {told[0]:.3g}%: {read_at(curves[:1], told[0], decimals)}."],
        ),
        shares_read(finding, doors, curves, decimals, at),
        sentences(
            f"The dashed line is what {doors.lower()} {_RANDOM} would find.",
            shape_words({curve.name: curve.series for curve in curves}),
            note,
        ),
        lambda: draw_share_curves(
            finding,
            (share_of(doors), f"{share_of(label_of(y))} found"),
            curves,
            f"{doors.lower()} {_RANDOM}",
            _NAMES_NEAR,
            None if at is None else (at, decimals),
        ),
    )
