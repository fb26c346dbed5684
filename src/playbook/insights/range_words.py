"""Figures with their ranges as a sentence writes them, and the ending for too few data."""

from __future__ import annotations

import math

from playbook.city.tables import City
from playbook.estimate import Estimate, format_number
from playbook.insights.statements import Measured, sentence_start


def with_range(one: Estimate, decimals: int = 0) -> str:
    """Write a figure with its range and without its unit.

    Examples
    --------
    >>> with_range(Estimate(8.41, 7.93, 9.02, unit="percent"), 1)
    '8.4 (7.9 to 9.0)'
    """
    value, low, high = (format_number(x, decimals) for x in (one.value, one.low, one.high))
    return f"{value} ({low} to {high})"


def times(one: Estimate, decimals: int = 1) -> str:
    """Write a ratio with its range.

    Examples
    --------
    >>> times(Estimate(1.94, 1.66, 2.27))
    '1.9 times (1.7 to 2.3)'
    """
    value, low, high = (format_number(x, decimals) for x in (one.value, one.low, one.high))
    return f"{value} times ({low} to {high})"


def too_little(city: City, unit: str, advice: str) -> Measured:
    """Say that the data are too few, and what to do about it."""
    headline = f"{sentence_start(city)}, there is too little to tell"
    nothing = Estimate(math.nan, math.nan, math.nan, unit=unit)
    return Measured(nothing, "unclear", f"{headline}. {advice}", headline)
