"""Dollars as a reader says them."""

from __future__ import annotations

from playbook.estimate import format_number

TEN_THOUSAND, MILLION, TEN_MILLION = 10_000, 1_000_000, 10_000_000


def in_dollars(dollars: float) -> str:
    """Write dollars for readers: in millions, in thousands, or to the dollar below ten thousand.

    Examples
    --------
    >>> in_dollars(58_000_000), in_dollars(1_064_800), in_dollars(364_900), in_dollars(236.6)
    ('$58.0 million', '$1.06 million', '$365,000', '$237')
    """
    if abs(dollars) >= MILLION:
        return (
            f"${format_number(dollars / MILLION, 2 if abs(dollars) < TEN_MILLION else 1)} million"
        )
    rounded = round(dollars, -3) if abs(dollars) >= TEN_THOUSAND else dollars
    return f"${format_number(rounded, 0)}"
