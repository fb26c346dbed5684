"""What was built into the city as one number: the truth that a table shows only through chance."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Effect:
    """One number that a table was drawn from.

    Parameters
    ----------
    name
        What tells it from others: small letters and underscores, the lesson's subject first.
    table
        The table that was drawn with it.
    value
        The number itself.
    unit
        What one unit is, such as ``"percent"``.
    words
        What it is, in one plain sentence.
    """

    name: str
    table: str
    value: float
    unit: str
    words: str
