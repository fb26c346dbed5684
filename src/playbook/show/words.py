"""The words of a chart: numbers as readers see them, and the alt text made from the data."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from playbook.errors import PlaybookError
from playbook.estimate import Estimate, format_number

TOO_FEW = "too few to tell"
# A memo puts "Practice: fictional city." before it, and a screen reader wants 250 at most.
ALT_LONGEST = 220
FINDING_LONGEST = 140
_NAME_LONGEST = 36


@dataclass(frozen=True)
class Mark:
    """One value to draw: the row it is in, its group (may be empty), its value and range."""

    row: str
    group: str
    value: float
    low: float = math.nan
    high: float = math.nan

    @property
    def known(self) -> bool:
        """Whether there is a value; infinity ("not reached yet") counts as one."""
        return not math.isnan(self.value)

    @property
    def name(self) -> str:
        """Row and group as one name, shortened where it is very long."""
        return ", ".join(_shorten(part) for part in (self.row, self.group) if part)


def label_of(column: str, unit: str = "") -> str:
    """Turn a column's name into a heading, with the unit unless the name already says it.

    Examples
    --------
    >>> label_of("median_wait", "days"), label_of("Days open", "days")
    ('Median wait (days)', 'Days open')
    >>> label_of("p50", "days"), label_of("p90"), label_of("poverty_pct")
    ('Median (days)', '90th percentile', 'Poverty (%)')
    """
    percent = re.fullmatch(r"p(\d\d)", str(column))
    if percent:
        label = "median" if percent[1] == "50" else f"{percent[1]}th percentile"
    else:
        label = str(column).removesuffix("_pct").replace("_", " ").strip()
        unit = unit or ("%" if str(column).endswith("_pct") else "")
    label = label[:1].upper() + label[1:]
    return label if not unit or unit.lower() in label.lower() else f"{label} ({unit})"


def with_unit(number: str, unit: str) -> str:
    """Put a unit to a number as people write it.

    Examples
    --------
    >>> with_unit("8.4", "days"), with_unit("23", "%"), with_unit("1,200", "$")
    ('8.4 days', '23%', '$1,200')
    """
    if unit == "%":
        return f"{number}%"
    if unit == "$":
        return f"${number}"
    return f"{number} {unit}".rstrip()


def value_words(mark: Mark, decimals: int, unit: str = "") -> str:
    """Write a mark's value: a number, "too few to tell", or what it is at least.

    Examples
    --------
    >>> value_words(Mark("Kiln", "", 8.41), 1, "days")
    '8.4 days'
    >>> value_words(Mark("Kiln", "", math.inf, low=30.0), 0, "days")
    '30 days or more'
    """
    if not mark.known:
        return TOO_FEW
    if math.isinf(mark.value):
        known_low = math.isfinite(mark.low)
        low = with_unit(format_number(mark.low, decimals), unit)
        return f"{low} or more" if known_low else "not reached"
    return with_unit(format_number(mark.value, decimals), unit)


def range_words(mark: Mark, decimals: int) -> str:
    """Write a mark's range; empty when there is no value to have one."""
    if not mark.known:
        return ""
    return Estimate(mark.value, mark.low, mark.high, decimals=decimals).range


def label_words(mark: Mark, decimals: int, unit: str) -> str:
    """Write the short label beside a mark: the unit only where it is a sign."""
    return value_words(mark, decimals, unit if unit in ("%", "$") else "")


def checked_finding(finding: str) -> str:
    """Return the finding, or say what a chart's title needs.

    Raises
    ------
    PlaybookError
        When it is empty or longer than 140 characters.
    """
    text = " ".join(str(finding).split())
    if not text:
        raise PlaybookError(
            "This chart has no finding, so it has no title and no description.",
            fix='Add one sentence, such as finding="Eastbank waits longest", or show the numbers '
            "with pb.table.",
        )
    if len(text) > FINDING_LONGEST:
        raise PlaybookError(
            f"The finding has {len(text)} characters. A title that people read has at most "
            f"{FINDING_LONGEST}.",
            fix="Keep the main point in the finding and move the rest to note, or to the text.",
        )
    return text


def alt_text(kind: str, finding: str, clauses: Sequence[str]) -> str:
    """Describe a chart in at most 220 characters: its type, what it shows, its main numbers.

    Parameters
    ----------
    kind
        Type of chart, such as ``"Bar chart"``.
    finding
        The chart's title.
    clauses
        Sentences with numbers, the most telling first, the shortest last. Those that fit are
        kept; the last one stands in when no other fits.

    Examples
    --------
    >>> alt_text("Bar chart", "Eastbank waits longest", ["Highest: Eastbank.", "To 14.3 days."])
    'Bar chart: Eastbank waits longest. Highest: Eastbank.'
    """
    end = "" if finding[-1] in ".?!" else "."
    text = f"{kind}: {finding}{end}"
    told = text
    for clause in clauses[:-1]:
        if len(told) + 1 + len(clause) <= ALT_LONGEST:
            told = f"{told} {clause}"
    return told if told != text else f"{text} {clauses[-1]}"


def main_numbers(marks: Sequence[Mark], decimals: int, unit: str) -> list[str]:
    """Tell a chart's numbers: its ends, what is unknown, and last the shortest way to say it."""
    numbers = [mark for mark in marks if math.isfinite(mark.value)]
    rows = len(marks)
    if not numbers:
        return [f"No value can be told in any of {rows} rows."]
    top = max(numbers, key=lambda mark: mark.value)
    bottom = min(numbers, key=lambda mark: mark.value)
    highest = f"{top.name} {value_words(top, decimals, unit)}"
    lowest = f"{bottom.name} {value_words(bottom, decimals, unit)}"
    clauses = [f"Highest: {highest}; lowest: {lowest}." if rows > 1 else f"{highest}."]
    beyond = sum(math.isinf(mark.value) for mark in marks)
    if beyond:
        clauses.append(f"{beyond} of {rows} not reached yet.")
    unknown = sum(not mark.known for mark in marks)
    if unknown:
        clauses.append(f"{unknown} of {rows} {TOO_FEW}.")
    low, high = format_number(bottom.value, decimals), value_words(top, decimals, unit)
    return [*clauses, f"From {low} to {high}."]


def compared(marks: Sequence[Mark], decimals: int, unit: str) -> list[str]:
    """For exactly two groups, how often the first is higher and where they differ most."""
    groups = list(dict.fromkeys(mark.group for mark in marks))
    if len(groups) != 2:
        return []
    values = {(mark.row, mark.group): mark.value for mark in marks if math.isfinite(mark.value)}
    pairs = {
        row: (values[row, groups[0]], values[row, groups[1]])
        for row in dict.fromkeys(mark.row for mark in marks)
        if (row, groups[0]) in values and (row, groups[1]) in values
    }
    if not pairs:
        return []
    higher = sum(first > second for first, second in pairs.values())
    row = max(pairs, key=lambda name: abs(pairs[name][0] - pairs[name][1]))
    first, second = (format_number(value, decimals) for value in pairs[row])
    return [
        f"Higher in {higher} of {len(pairs)} rows: {_shorten(groups[0])}.",
        f"Widest gap: {_shorten(row)}, {first} against {with_unit(second, unit)}.",
    ]


def _shorten(name: str) -> str:
    return name if len(name) <= _NAME_LONGEST else f"{name[: _NAME_LONGEST - 1].rstrip()}…"
