"""What each measure of a gap says, in one plain sentence.

The rates are those of a burden: more is worse. The groups stand from the fewest resources to the
most.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial

from playbook.estimate import format_number
from playbook.measures.groups import Numbers

Words = Callable[[float], str]

FEWEST = "the group with the fewest resources"
MOST = "the group with the most resources"
LINE = "the straight line through all groups"
SAME_ENDS = "The groups with the fewest and the most resources have the same rate."
SAME_RATES = "All groups have the same rate."
LEVEL = "The straight line through all groups is level."
NOTHING_TO_GAIN = f"The overall rate is already as low as that of {MOST}, or lower."
NO_NUMBER = "This measure has no number then."


def no_number(value: float, rates: Numbers) -> str:
    """Say why a measure has no number; empty when it has one.

    Examples
    --------
    >>> import numpy as np
    >>> no_number(math.inf, np.array([40.0, 30.0, 0.0]))
    'A group has a rate of 0. This measure has no number then.'
    """
    if math.isinf(value):
        return f"A group has a rate of 0. {NO_NUMBER}"
    if not math.isnan(value):
        return ""
    if rates.max() == 0:
        return f"All rates are 0. {NO_NUMBER}"
    return f"{_start(LINE)} comes down to 0 or below. {NO_NUMBER}"


def difference(value: float) -> str:
    """Say how far the two ends lie apart.

    Examples
    --------
    >>> difference(200.4)
    'The rate of the group with the fewest resources is 200.4 higher than that of the group with
    the most resources.'
    """
    if _zero(value, 1):
        return SAME_ENDS
    way = "higher" if value > 0 else "lower"
    return f"The rate of {FEWEST} is {_size(value, 1)} {way} than that of {MOST}."


def ratio(value: float) -> str:
    """Say how many times one end is as high as the other."""
    if _zero(value - 1, 2):
        return SAME_ENDS
    return f"The rate of {FEWEST} is {_size(value, 2)} times that of {MOST}."


def risk(value: float) -> str:
    """Say what the overall rate would be at the rate of the last group."""
    if _zero(value, 1):
        return NOTHING_TO_GAIN
    return f"At the rate of {MOST}, the overall rate would be {_size(value, 1)} lower."


def fraction(value: float) -> str:
    """Say which share would not be there at the rate of the last group."""
    if _zero(value, 1):
        return NOTHING_TO_GAIN
    return f"At the rate of {MOST}, there would be {_size(value, 1)} percent fewer in all."


def slope(value: float) -> str:
    """Say how much the line rises or falls."""
    if _zero(value, 1):
        return LEVEL
    way = "rises" if value > 0 else "falls"
    return f"{_start(LINE)} {way} by {_size(value, 1)} from the fewest resources to the most."


def top_over_bottom(value: float) -> str:
    """Compare the ends of the line."""
    if _zero(value - 1, 2):
        return LEVEL
    return (
        f"On {LINE}, the end with the most resources is {_size(value, 2)} times as high as the "
        "end with the fewest."
    )


def bottom_over_top(value: float) -> str:
    """Compare the ends of the line, the other way around."""
    if _zero(value - 1, 2):
        return LEVEL
    return (
        f"On {LINE}, the end with the fewest resources is {_size(value, 2)} times as high as the "
        "end with the most."
    )


def slope_over_average(value: float) -> str:
    """Say how much the line rises or falls beside the overall rate."""
    if _zero(value, 2):
        return LEVEL
    way = "rises" if value > 0 else "falls"
    return (
        f"From the fewest resources to the most, {LINE} {way} by {_size(value, 2)} times the "
        "overall rate."
    )


def concentration(value: float, *, relative: bool) -> str:
    """Say who carries more than their share."""
    if _zero(value, 3 if relative else 1):
        return "Neither end carries more than its share."
    who, end = ("fewer", "-1") if value < 0 else ("more", "1")
    beside = "Below 0" if value < 0 else "Above 0"
    rest = (
        f"The closer to {end}, the more they carry."
        if relative
        else "It shrinks when all rates shrink alike."
    )
    return f"{beside}: residents with {who} resources carry more than their share. {rest}"


def disparity_from_average(value: float) -> str:
    """Say how far the groups lie from the overall rate."""
    if _zero(value, 1):
        return SAME_RATES
    return f"On average, a group lies {_size(value, 1)} percent above or below the overall rate."


def disparity_from_best(value: float) -> str:
    """Say how far the other groups lie from the best one."""
    if _zero(value, 1):
        return SAME_RATES
    return f"On average, the other groups lie {_size(value, 1)} percent above the lowest rate."


def unevenness(value: float, *, watches: str) -> str:
    """Say what 0 would mean, and which rates count most."""
    if _zero(value, 4):
        return SAME_RATES
    return (
        f"0 means equal rates, and more means more uneven. {watches} count most. "
        "It does not say who is worse off."
    )


def variance(value: float) -> str:
    """Say how far the groups lie from the overall rate, in the unit of the rates."""
    if _zero(value, 1):
        return SAME_RATES
    distance = _size(math.sqrt(value), 1)
    return f"Groups lie about {distance} from the overall rate. This is that number times itself."


absolute_concentration: Words = partial(concentration, relative=False)
relative_concentration: Words = partial(concentration, relative=True)
theil: Words = partial(unevenness, watches="High rates")
log_deviation: Words = partial(unevenness, watches="Low rates")


def _size(value: float, decimals: int) -> str:
    return format_number(abs(value), decimals)


def _zero(value: float, decimals: int) -> bool:
    """Whether a reader would see 0."""
    return round(abs(value), decimals) == 0


def _start(words: str) -> str:
    return words[0].upper() + words[1:]
