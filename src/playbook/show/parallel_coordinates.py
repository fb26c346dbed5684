"""Options on several criteria at once: one line an option, up is better on every criterion."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from playbook.errors import PlaybookError
from playbook.estimate import format_number
from playbook.show import inputs
from playbook.show.figure import Figure
from playbook.show.looks import at_most, looks_of, shape_words
from playbook.show.parallel_drawing import Criterion, draw_parallel
from playbook.show.parts import sentences
from playbook.show.style import SERIES
from playbook.show.table import Table
from playbook.show.words import TOO_FEW, alt_text, checked_finding, label_of

_MOST_OPTIONS, _MOST_CRITERIA, _FEWEST_CRITERIA = 8, 7, 2


def parallel_coordinates(
    df: pd.DataFrame,
    *,
    name: str,
    criteria: Sequence[str],
    finding: str,
    lower_is_better: Collection[str] = (),
    units: Mapping[str, str] | None = None,
    highlight: str | Sequence[str] | None = None,
    note: str = "",
    decimals: int = 0,
) -> Figure:
    """Compare up to eight options on two to seven criteria.

    Parameters
    ----------
    df
        One row an option. It is not changed.
    name
        Column with the options.
    criteria
        Columns with numbers, from left to right. Neighbors are the easiest to compare.
    finding
        What the chart shows, in one sentence of at most 140 characters: its title.
    lower_is_better
        Those of the criteria that are turned over, such as costs.
    units
        Unit of each criterion that has one: ``{"cost": "$"}``.
    highlight
        Option or options to point out; the others turn gray. Of more than four options, the
        first is pointed out unless you say which.
    note
        Source or caution, printed beneath.
    decimals
        Digits after the point.

    Returns
    -------
    Figure
        Words, table and picture. The best option of a criterion is at its top and the worst at
        its bottom, whatever lies between them; where all are the same, they stand in the middle.
        A line has a gap where a value is missing.

    Raises
    ------
    PlaybookError
        When a column is missing, an option appears twice, a value has no end, no option has a
        value for a criterion, or there are too many options or criteria.

    Examples
    --------
    >>> options = pd.DataFrame({
    ...     "option": ["Trees", "Cooling centers", "Repair fund"],
    ...     "lives": [2, 4, 9], "years": [20, 1, 4],
    ... })
    >>> print(parallel_coordinates(options, name="option", criteria=["lives", "years"],
    ...                            lower_is_better=["years"], highlight="Repair fund",
    ...                            finding="The repair fund saves most and is not slow"))
    Parallel lines: The repair fund saves most and is not slow. Repair fund is best of 3 on 1 of 2
    criteria, worst on 0. Trees is best on 0, worst on 2. Cooling centers is best on 1, worst on
    0.
    <BLANKLINE>
    Option           Lives  Years
    Trees                2     20
    Cooling centers      4      1
    Repair fund          9      4
    <BLANKLINE>
    Up is better on every line; where lower is better, the scale is turned over: years. Repair
    fund: filled circle; Trees: hollow diamond; Cooling centers: filled triangle.
    """
    finding = checked_finding(finding)
    _check_criteria(criteria, lower_is_better)
    first = (criteria[0], "criteria")
    names = [mark.row for mark in inputs.marks_of(df, row=(name, "name"), value=first)]
    at_most(names, _MOST_OPTIONS, "options", "Leave out those that another option beats.")
    chosen = inputs.checked_highlight(highlight, names)
    if not chosen and len(names) > len(SERIES):
        chosen = {names[0]}
    lines = [
        _criterion(df, column, column in lower_is_better, (units or {}).get(column, ""), names)
        for column in criteria
    ]
    looks = looks_of(names, chosen)
    order = sorted(names, key=lambda option: option not in chosen)
    turned = [label_of(column).lower() for column in criteria if column in lower_is_better]
    return Figure(
        finding,
        alt_text("Parallel lines", finding, _told(names, order, lines)),
        _numbers(finding, label_of(name), names, lines, decimals),
        sentences(
            "Up is better on every line"
            + (
                f"; where lower is better, the scale is turned over: {', '.join(turned)}."
                if turned
                else "."
            ),
            "Where a line has a gap there is no value to show."
            if any(math.isnan(value) for line in lines for value in line.values)
            else "",
            shape_words({option: looks[option] for option in order}),
            note,
        ),
        lambda: draw_parallel(finding, lines, looks, chosen, decimals),
    )


def _check_criteria(criteria: Sequence[str], lower_is_better: Collection[str]) -> None:
    if not _FEWEST_CRITERIA <= len(criteria) <= _MOST_CRITERIA:
        raise PlaybookError(
            f"This chart shows {_FEWEST_CRITERIA} to {_MOST_CRITERIA} criteria, and "
            f"{len(criteria)} were given.",
            fix="Keep the ones that tell options apart, or use pb.bar for one of them.",
        )
    stray = next((name for name in lower_is_better if name not in criteria), None)
    if stray is not None:
        raise PlaybookError(
            f"{stray} is named in lower_is_better and is not among the criteria.",
            fix=f"The criteria are: {', '.join(criteria)}.",
        )


def _criterion(
    df: pd.DataFrame, column: str, turned: bool, unit: str, names: Sequence[str]
) -> Criterion:
    values = tuple(inputs.numbers(df, column, "criteria"))
    endless = next((n for n, v in zip(names, values, strict=True) if math.isinf(v)), None)
    if endless is not None:
        raise PlaybookError(
            f"{endless} has no known end for {column}, so no line can show it.",
            fix="Leave this cell empty, or leave the option out.",
        )
    if all(math.isnan(value) for value in values):
        raise PlaybookError(f"No option has a value for {column}.", fix="Leave this criterion out.")
    return Criterion(label_of(column), unit, turned, values)


def _told(names: Sequence[str], order: Sequence[str], lines: Sequence[Criterion]) -> list[str]:
    """Count for each option, those pointed out first, how often it is best and worst."""
    said = []
    for name in order:
        shares = [line.share(names.index(name)) for line in lines]
        best, worst = shares.count(1.0), shares.count(0.0)
        said.append((name, best, worst))
    first, best, worst = said[0]
    opening = f"{first} is best of {len(names)} on {best} of {len(lines)} criteria"
    return [
        f"{opening}, worst on {worst}.",
        *(f"{name} is best on {best}, worst on {worst}." for name, best, worst in said[1:]),
        f"{opening}.",
    ]


def _numbers(
    finding: str, heading: str, names: Sequence[str], lines: Sequence[Criterion], decimals: int
) -> Table:
    columns = {heading: list(names)}
    for line in lines:
        columns[label_of(line.name, line.unit)] = [
            TOO_FEW if math.isnan(value) else format_number(value, decimals)
            for value in line.values
        ]
    return Table(finding, pd.DataFrame(columns, dtype="str"), frozenset(columns) - {heading})
