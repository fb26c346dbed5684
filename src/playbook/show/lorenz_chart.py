"""How unevenly something is shared: a Lorenz or concentration curve and the line of equality."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pandas as pd

from playbook.show.curve_drawing import Curve, draw_share_curves
from playbook.show.figure import Figure
from playbook.show.looks import shape_words
from playbook.show.parts import sentences
from playbook.show.share_curves import read_at, share_curves, share_of, shares_read
from playbook.show.stand_in_note import says_stand_in
from playbook.show.words import alt_text, checked_finding, label_of

_EVEN = "line of equality"
_READ_AT = 20.0
_NAMES_NEAR = 60.0


@says_stand_in
def lorenz_chart(
    df: pd.DataFrame,
    *,
    x: str,
    y: str,
    finding: str,
    group: str | None = None,
    highlight: str | Sequence[str] | None = None,
    note: str = "",
    decimals: int = 0,
) -> Figure:
    """Draw how a total is shared out, against the line on which all have the same.

    Parameters
    ----------
    df
        One row a point of a curve, in any order. It is not changed.
    x, y
        Columns with running shares from 0 to 1: of the people, in the order they were ranked by,
        and of what they have. A curve may leave its first point, (0, 0), out.
    finding
        What the chart shows, in one sentence of at most 140 characters: its title.
    group
        Column that tells up to four curves apart.
    highlight
        Curve or curves to point out; the others turn gray.
    note
        Source or caution, printed beneath. Say here what the people are ranked by.
    decimals
        Digits after the point of a percentage.

    Returns
    -------
    Figure
        Words, table and picture. People ranked by what is shared out give a Lorenz curve; ranked
        by anything else they give a concentration curve. The table reads curves at each tenth.

    Raises
    ------
    PlaybookError
        When a column is missing, a share is not between 0 and 1 or is missing, a curve falls or
        does not end at 1, or there are more than four curves.

    Examples
    --------
    >>> visits = pd.DataFrame({
    ...     "people": [0.25, 0.5, 0.75, 1.0], "visits": [0.5, 0.75, 0.9, 1.0],
    ... })
    >>> figure = lorenz_chart(visits, x="people", y="visits",
    ...                       finding="The first half has three of four visits",
    ...                       note="Ranked from the highest poverty to the lowest.")
    >>> print(figure.alt)
    Concentration curve: The first half has three of four visits. At 20%: Visits 40%. At 50%:
    Visits 75%. At 80%: Visits 92%.
    >>> figure.table.loc[[2, 5], ["People", "Visits"]].values.tolist()
    [['20%', '40%'], ['50%', '75%']]
    >>> print(figure.caption)
    The dashed line is the line of equality: each share of people would have the same share.
    Visits: filled circle. Ranked from the highest poverty to the lowest.
    """
    finding = checked_finding(finding)
    curves = share_curves(df, x, y, group, highlight)
    kind = "Lorenz curve" if all(_bends_up(curve) for curve in curves) else "Concentration curve"
    people = label_of(x)
    looks = {curve.name: curve.series for curve in curves}
    return Figure(
        finding,
        alt_text(
            kind,
            finding,
            [
                *(f"At {at:.0f}%: {read_at(curves, at, decimals)}." for at in (20.0, 50.0, 80.0)),
                f"At {_READ_AT:.0f}%: {read_at(curves[:1], _READ_AT, decimals)}.",
            ],
        ),
        shares_read(finding, people, curves, decimals),
        sentences(
            f"The dashed line is the {_EVEN}: each share of {people.lower()} would have the same "
            "share.",
            shape_words(looks),
            note,
        ),
        lambda: draw_share_curves(
            finding,
            (share_of(people), share_of(label_of(y))),
            curves,
            _EVEN,
            _NAMES_NEAR,
        ),
    )


def _bends_up(curve: Curve) -> bool:
    """Whether each next person has at least as much: then people are ranked by what they have."""
    points = list(zip(curve.xs, curve.ys, strict=True))
    slopes = [
        (after[1] - before[1]) / (after[0] - before[0])
        for before, after in pairwise(points)
        if after[0] > before[0]
    ]
    return all(after >= before - 1e-6 for before, after in pairwise(slopes))
