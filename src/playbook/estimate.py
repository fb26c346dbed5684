"""A number with its range, its unit and its direction, which prints itself as a sentence part."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal


def format_number(value: float, decimals: int = 1) -> str:
    """Write a number for readers: thousands with commas, no minus zero.

    Examples
    --------
    >>> format_number(64012, 0), format_number(-0.04), format_number(8.44)
    ('64,012', '0.0', '8.4')
    """
    rounded = round(value, decimals) + 0.0
    return f"{rounded:,.{decimals}f}"


@dataclass(frozen=True)
class Estimate:
    """A value with its interval.

    Parameters
    ----------
    value
        The estimate. NaN means that the data are too few to tell.
    low, high
        Ends of the interval, in the unit of `value`; ``inf`` for an end the data do not reach,
        NaN for both where the figure is a plain count.
    unit
        Unit as a reader says it, such as ``"days"`` or ``"per 100,000"``.
    measure
        Name of the measure, such as ``"median wait"``.
    note
        What a careful reader should know. May be empty.
    better
        Whether a lower or a higher value is better for residents.
    decimals
        Digits after the point when printed.
    level
        Confidence level of the interval.

    Examples
    --------
    >>> Estimate(8.41, 7.93, 9.02, unit="days")
    8.4 days (7.9 to 9.0)
    >>> Estimate(float("nan"), float("nan"), float("nan"), unit="days")
    too few to tell
    >>> Estimate(24.0, 21.0, float("inf"), unit="days", decimals=0)
    24 days (21 or more)
    """

    value: float
    low: float
    high: float
    unit: str = ""
    measure: str = ""
    note: str = ""
    better: Literal["lower", "higher", ""] = ""
    decimals: int = 1
    level: float = 0.95

    @property
    def known(self) -> bool:
        """Whether there is a value at all."""
        return not math.isnan(self.value)

    @property
    def range(self) -> str:
        """The interval in words, such as ``"7.9 to 9.0"``; empty where there is none."""
        if math.isnan(self.low) and math.isnan(self.high):
            return ""
        low = format_number(self.low, self.decimals)
        if math.isinf(self.high) or math.isnan(self.high):
            return f"{low} or more"
        return f"{low} to {format_number(self.high, self.decimals)}"

    def __str__(self) -> str:
        if not self.known:
            return "too few to tell"
        unit = f" {self.unit}" if self.unit else ""
        number = f"{format_number(self.value, self.decimals)}{unit}"
        return f"{number} ({self.range})" if self.range else number

    __repr__ = __str__
