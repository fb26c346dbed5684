"""A series between the limits of its own chance: signals are marked, limits are named."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from playbook.errors import PlaybookError
from playbook.estimate import format_number
from playbook.show import inputs
from playbook.show.control_drawing import Period, draw_control_chart
from playbook.show.figure import Figure
from playbook.show.parts import sentences
from playbook.show.scale import scale_over
from playbook.show.table import Table
from playbook.show.words import (
    Mark,
    alt_text,
    checked_finding,
    label_of,
    main_numbers,
    value_words,
    with_unit,
)

_MOST_PERIODS = 120
_NO_SIGNAL = frozenset({"", "no", "none", "false", "0", "0.0"})
_TOLD = 2  # signals named in the alt text


def control_chart(
    df: pd.DataFrame,
    *,
    x: str,
    y: str,
    center: str,
    low: str,
    high: str,
    finding: str,
    signal: str | None = None,
    unit: str = "",
    note: str = "",
    decimals: int = 1,
) -> Figure:
    """Show which values of a series differ from the rest by more than its usual ups and downs.

    Parameters
    ----------
    df
        One row a period, in order of time, at most 120. It is not changed.
    x, y
        Columns with the periods, such as ``"2025-03"``, and with the values.
    center, low, high
        Columns with the center line and the limits of each period. They may change from period
        to period. A limit may be missing.
    finding
        What the chart shows, in one sentence of at most 140 characters: its title.
    signal
        Column that says by which rule a period is a signal, in words or as yes and no; empty where
        it is none. Without it, the periods beyond a limit are the signals.
    unit
        Unit of the values.
    note
        Source or caution, printed beneath. Say here which rules were used.
    decimals
        Digits after the point.

    Returns
    -------
    Figure
        Words, table and picture. The line has a gap where a value is missing.

    Raises
    ------
    PlaybookError
        When a column is missing, a period appears twice, a center is missing, a number has no
        end, or there are more than 120 periods.

    Examples
    --------
    >>> alarms = pd.DataFrame({
    ...     "month": ["2025-01", "2025-02", "2025-03", "2025-04"],
    ...     "calls": [18.0, 21.0, 33.0, 19.0],
    ...     "mean": [20.0] * 4, "low": [10.0] * 4, "high": [30.0] * 4,
    ... })
    >>> print(control_chart(alarms, x="month", y="calls", center="mean", low="low", high="high",
    ...                     finding="March stands out", decimals=0))
    Control chart: March stands out. 1 of 4 periods is a signal: 2025-03 33. At the end: center
    20, limits 10 to 30. Highest: 2025-03 33; lowest: 2025-01 18.
    <BLANKLINE>
    Month    Calls  Center    Limits  Signal
    2025-01     18      20  10 to 30  none
    2025-02     21      20  10 to 30  none
    2025-03     33      20  10 to 30  above the upper limit
    2025-04     19      20  10 to 30  none
    <BLANKLINE>
    Hollow diamonds are signals; small dots are usual ups and downs. Dashed lines are the limits.
    """
    finding = checked_finding(finding)
    marks = inputs.marks_of(df, row=(x, "x"), value=(y, "y"))
    if len(marks) > _MOST_PERIODS:
        raise PlaybookError(
            f"There are {len(marks)} periods. More than {_MOST_PERIODS} can't be read.",
            fix="Show the latest ones, or add weeks up to months.",
        )
    periods = _periods(df, marks, (center, low, high), signal)
    ends = [end for p in periods for end in (p.mark.value, p.center, p.low, p.high) if end == end]
    scale = scale_over(ends)
    return Figure(
        finding,
        alt_text(
            "Control chart",
            finding,
            [
                _signals_told(periods, decimals, unit),
                _limits_told(periods[-1], decimals, unit),
                *main_numbers(marks, decimals, unit),
            ],
        ),
        _numbers(finding, (label_of(x), label_of(y, unit)), periods, decimals),
        sentences(
            "Hollow diamonds are signals; small dots are usual ups and downs. Dashed lines are "
            "the limits.",
            "" if all(mark.known for mark in marks) else "A gap in the line has no value to show.",
            "" if scale.from_zero else "The scale does not start at zero.",
            note,
        ),
        lambda: draw_control_chart(
            finding, (label_of(x), label_of(y, unit)), periods, scale, unit, decimals
        ),
    )


def _periods(
    df: pd.DataFrame, marks: Sequence[Mark], columns: tuple[str, str, str], signal: str | None
) -> list[Period]:
    centers = inputs.numbers(df, columns[0], "center")
    lows, highs = inputs.numbers(df, columns[1], "low"), inputs.numbers(df, columns[2], "high")
    given = inputs.column(df, signal, "signal").tolist() if signal else [None] * len(df)
    periods = []
    for mark, center, low, high, said in zip(marks, centers, lows, highs, given, strict=True):
        if math.isnan(center):
            raise PlaybookError(
                f"The period {mark.row} has no center line.",
                fix="Give every period the center it is judged by.",
            )
        if any(math.isinf(part) for part in (mark.value, center, low, high)):
            raise PlaybookError(
                f"A number of {mark.row} has no end, so no line can show it.",
                fix="Leave the limit empty where there is none, or leave this row out.",
            )
        rule = _rule(said) if signal else _beyond(mark.value, low, high)
        periods.append(Period(mark, center, low, high, rule if mark.known else ""))
    return periods


def _rule(said: object) -> str:
    """Read what a signal column says: the name of a rule, yes, or nothing."""
    words = "" if said is None or said != said or said is pd.NA else " ".join(str(said).split())
    if words.lower() in _NO_SIGNAL:
        return ""
    return "signal" if words.lower() in ("true", "yes", "1", "1.0") else words


def _beyond(value: float, low: float, high: float) -> str:
    if value > high:
        return "above the upper limit"
    return "below the lower limit" if value < low else ""


def _signals_told(periods: Sequence[Period], decimals: int, unit: str) -> str:
    signals = [period.mark for period in periods if period.signal]
    count = len(periods)
    if not signals:
        return f"None of {count} periods is a signal."
    first = ", ".join(f"{m.row} {value_words(m, decimals, unit)}" for m in signals[:_TOLD])
    more = ", …" if len(signals) > _TOLD else ""
    verb = "is a signal" if len(signals) == 1 else "are signals"
    return f"{len(signals)} of {count} periods {verb}: {first}{more}."


def _limits_told(period: Period, decimals: int, unit: str) -> str:
    middle = with_unit(format_number(period.center, decimals), unit)
    return f"At the end: center {middle}, limits {_limits(period, decimals)}."


def _limits(period: Period, decimals: int) -> str:
    low, high = (
        "none" if math.isnan(end) else format_number(end, decimals)
        for end in (period.low, period.high)
    )
    return f"{low} to {high}"


def _numbers(
    finding: str, headings: tuple[str, str], periods: Sequence[Period], decimals: int
) -> Table:
    columns = {
        headings[0]: [period.mark.row for period in periods],
        headings[1]: [value_words(period.mark, decimals) for period in periods],
        "Center": [format_number(period.center, decimals) for period in periods],
        "Limits": [_limits(period, decimals) for period in periods],
    }
    numeric = frozenset(columns) - {headings[0]}
    columns["Signal"] = [period.signal or "none" for period in periods]
    return Table(finding, pd.DataFrame(columns, dtype="str"), numeric)
