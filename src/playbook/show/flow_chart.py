"""Who paid for what: bands from sources to uses, as wide as what flows through them."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from playbook.errors import PlaybookError
from playbook.estimate import format_number
from playbook.show import inputs
from playbook.show.figure import Figure
from playbook.show.flow_drawing import draw_flow, sums_by
from playbook.show.looks import at_most
from playbook.show.parts import sentences
from playbook.show.table import Table
from playbook.show.words import (
    Mark,
    alt_text,
    checked_finding,
    label_of,
    value_words,
    with_unit,
)

_MOST = 8


def flow(
    df: pd.DataFrame,
    *,
    source: str,
    use: str,
    amount: str,
    finding: str,
    unit: str = "",
    highlight: str | Sequence[str] | None = None,
    note: str = "",
    decimals: int = 1,
) -> Figure:
    """Follow amounts from up to eight sources to up to eight uses.

    Parameters
    ----------
    df
        One row a source and use. Sources and uses are drawn in the order of the table. It is not
        changed.
    source, use, amount
        Columns with the two names and with what flows between them.
    finding
        What the chart shows, in one sentence of at most 140 characters: its title.
    unit
        Unit of the amounts, such as ``"$"`` or ``"million dollars"``.
    highlight
        Source or use, or several, whose bands to point out.
    note
        Source or caution, printed beneath.
    decimals
        Digits after the point.

    Returns
    -------
    Figure
        Words, table and picture. An amount that is missing reads "too few to tell" in the table
        and is not drawn.

    Raises
    ------
    PlaybookError
        When a column is missing, there are no rows, a pair appears twice, an amount is below
        zero or has no end, nothing flows, or there are more than eight sources or uses.

    Examples
    --------
    >>> paid = pd.DataFrame({
    ...     "source": ["State grant", "State grant", "City fund", "City fund"],
    ...     "use": ["Rent help", "Shelter", "Rent help", "Outreach"],
    ...     "paid": [3.0, 2.0, 0.5, 1.0],
    ... })
    >>> print(flow(paid, source="source", use="use", amount="paid", unit="million dollars",
    ...            finding="The state pays most of rent help"))
    Flow chart: The state pays most of rent help. 6.5 million dollars in all. Largest flow: State
    grant to Rent help, 3.0 million dollars. Largest source: State grant 5.0. Largest use: Rent
    help 3.5.
    <BLANKLINE>
    Source       Use        Paid (million dollars)
    State grant  Rent help                     3.0
    State grant  Shelter                       2.0
    City fund    Rent help                     0.5
    City fund    Outreach                      1.0
    <BLANKLINE>
    Bands run from the source on the left to the use on the right. The wider the band, the more
    flows.
    """
    finding = checked_finding(finding)
    marks = inputs.marks_of(df, row=(source, "source"), value=(amount, "amount"), group=use)
    _check(marks)
    sources = list(dict.fromkeys(mark.row for mark in marks))
    uses = list(dict.fromkeys(mark.group for mark in marks))
    fix = "Put the smallest ones together under one name, such as Other."
    at_most(sources, _MOST, "sources", fix)
    at_most(uses, _MOST, "uses", fix)
    chosen = inputs.checked_highlight(highlight, [*sources, *uses])
    drawn = [mark for mark in marks if mark.value > 0]
    strong = {mark.name for mark in drawn if {mark.row, mark.group} & chosen}
    return Figure(
        finding,
        alt_text("Flow chart", finding, _told(drawn, decimals, unit)),
        _numbers(finding, (source, use, label_of(amount, unit)), marks, decimals),
        sentences(
            "Bands run from the source on the left to the use on the right. The wider the band, "
            "the more flows.",
            "Dark bands are those pointed out." if chosen else "",
            note,
        ),
        lambda: draw_flow(
            finding,
            (label_of(source), label_of(use), label_of(amount, unit)),
            drawn,
            frozenset(strong),
            chosen,
            lambda value: with_unit(
                format_number(value, decimals), unit if unit in ("%", "$") else ""
            ),
        ),
    )


def _check(marks: Sequence[Mark]) -> None:
    for mark in marks:
        if math.isinf(mark.value) or mark.value < 0:
            raise PlaybookError(
                f"The amount from {mark.row} to {mark.group} is {mark.value:g}, and no band can be "
                "as wide as that.",
                fix="Show what came back as a flow of its own, or leave this row out.",
            )
    if not any(mark.value > 0 for mark in marks):
        raise PlaybookError(
            "Nothing flows: no amount is above zero.",
            fix="Look at the step that made this table. A filter may have left nothing.",
        )


def _told(drawn: Sequence[Mark], decimals: int, unit: str) -> list[str]:
    whole = with_unit(format_number(sum(mark.value for mark in drawn), decimals), unit)
    top = max(drawn, key=lambda mark: mark.value)
    said = [
        f"{whole} in all.",
        f"Largest flow: {top.row} to {top.group}, {value_words(top, decimals, unit)}.",
    ]
    for side, sums in (("source", sums_by(drawn, "row")), ("use", sums_by(drawn, "group"))):
        name = max(sums, key=lambda one: sums[one])
        said.append(f"Largest {side}: {name} {format_number(sums[name], decimals)}.")
    return [*said, f"{whole} in all."]


def _numbers(
    finding: str, names: tuple[str, str, str], marks: Sequence[Mark], decimals: int
) -> Table:
    columns = {
        label_of(names[0]): [mark.row for mark in marks],
        label_of(names[1]): [mark.group for mark in marks],
        names[2]: [value_words(mark, decimals) for mark in marks],
    }
    return Table(finding, pd.DataFrame(columns, dtype="str"), frozenset({names[2]}))
