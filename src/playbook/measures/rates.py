"""Rates and shares with their intervals, and how far two of them lie apart."""

from __future__ import annotations

import math
from dataclasses import replace

from playbook.errors import PlaybookError
from playbook.estimate import Estimate
from playbook.measures.intervals import byar_limits, exact_poisson_limits, wilson_limits

__all__ = [
    "byar_limits",
    "difference",
    "exact_poisson_limits",
    "proportion",
    "rate",
    "ratio",
    "wilson_limits",
]

# Below this many events Byar's approximation is too rough, and the exact interval is used.
FEWEST_FOR_BYAR = 10


def rate(events: float, population: float, per: float = 100_000) -> Estimate:
    """Events for a number of residents, with a 95 percent interval.

    Parameters
    ----------
    events
        How many events were counted: a whole number, 0 or more. May exceed the population, because
        one resident can have several.
    population
        How many residents, or person-years, they happened among. Above 0.
    per
        The number of residents that the rate is for.

    Returns
    -------
    Estimate
        In events per `per`. Byar's interval from 10 events, the exact Poisson interval below.

    Raises
    ------
    PlaybookError
        When a number is missing or negative, events are not whole, or the population is 0.

    Notes
    -----
    Method: Public Health England, Technical Guide: Confidence Intervals (2018).

    Examples
    --------
    >>> rate(65, 10_000)
    650.0 per 100,000 (501.6 to 828.5)
    >>> rate(0, 10_000)
    0.0 per 100,000 (0.0 to 36.9)
    >>> rate(12, 4_800, per=1_000)
    2.5 per 1,000 (1.3 to 4.4)
    """
    count = _count(events, "events")
    people = _amount(population, "the population")
    limits = byar_limits if count >= FEWEST_FOR_BYAR else exact_poisson_limits
    low, high = limits(count)
    scale = _amount(per, "per") / people
    return Estimate(
        count * scale, float(low) * scale, float(high) * scale, f"per {per:,g}", measure="rate"
    )


def proportion(successes: float, trials: float) -> Estimate:
    """Share in percent, with Wilson's 95 percent interval.

    Parameters
    ----------
    successes
        How many had it: a whole number from 0 to `trials`.
    trials
        How many were asked or looked at. Above 0.

    Returns
    -------
    Estimate
        In percent, from 0 to 100.

    Raises
    ------
    PlaybookError
        When a number is missing, negative or not whole, or there are more successes than trials.

    Examples
    --------
    >>> proportion(65, 100)
    65.0 percent (55.3 to 73.6)
    >>> proportion(0, 12)
    0.0 percent (0.0 to 24.2)
    """
    hits, total = _count(successes, "successes"), _count(trials, "trials")
    _amount(total, "the number of trials")
    if hits > total:
        raise PlaybookError(
            f"There are {hits:,g} successes among only {total:,g} trials.",
            fix="Put the part first and the whole second. For events per resident use rate.",
        )
    low, high = wilson_limits(hits, total)
    return Estimate(
        100 * hits / total, 100 * float(low), 100 * float(high), "percent", measure="share"
    )


def difference(a: Estimate, b: Estimate) -> Estimate:
    """How much larger `a` is than `b`, with an interval built from both intervals.

    Parameters
    ----------
    a, b
        Estimates in the same unit and of the same level, from different people or requests:
        the interval assumes that they are independent.

    Returns
    -------
    Estimate
        ``a - b`` in the unit of `a` (percentage points for two percents). Not known when one of
        them is not known; without an end where one of them has none.

    Raises
    ------
    PlaybookError
        When the units or the levels differ.

    Notes
    -----
    Method of variance estimates recovery (MOVER): Zou GY, Donner A (2008), Statistics in Medicine
    27:1693-1702. For two shares it is Newcombe's method 10.

    Examples
    --------
    >>> difference(proportion(56, 70), proportion(48, 80))
    20.0 percentage points (5.2 to 33.4)
    >>> difference(Estimate(9.0, 8.0, 11.0, "days"), Estimate(6.0, 5.5, 6.6, "days"))
    3.0 days (1.8 to 5.1)
    """
    _check_comparable(a, b)
    unit = "percentage points" if a.unit == "percent" else a.unit
    gap = a.value - b.value
    low = gap - math.hypot(a.value - a.low, b.high - b.value)
    high = gap + math.hypot(a.high - a.value, b.value - b.low)
    return _compared(a, b, gap, low, high, unit, "difference")


def ratio(a: Estimate, b: Estimate) -> Estimate:
    """How many times as large `a` is as `b`, with an interval built from both intervals.

    Parameters
    ----------
    a, b
        Estimates in the same unit and of the same level, none below 0, from different people or
        requests: the interval assumes that they are independent.

    Returns
    -------
    Estimate
        ``a / b``, unit "times". Not known when one of them is not known. The upper end is missing
        (``inf``) when `b` could be 0 or `a` has no upper end.

    Raises
    ------
    PlaybookError
        When units or levels differ, a limit is below 0, or `b` is 0.

    Notes
    -----
    MOVER-R: Donner A, Zou GY (2012), Statistical Methods in Medical Research 21:347-359. Fieller's
    closed form, with each estimate's own limits in place of a symmetric margin.

    Examples
    --------
    >>> ratio(Estimate(9.0, 8.0, 11.0, "days"), Estimate(6.0, 5.5, 6.6, "days"))
    1.50 times (1.29 to 1.87)
    """
    _check_comparable(a, b)
    for one in (a, b):
        if min(one.value, one.low) < 0:
            raise PlaybookError(
                f"A ratio needs numbers from 0 up; here is {min(one.value, one.low):g}.",
                fix="Use difference, which works on either side of 0.",
            )
    if b.value == 0:
        raise PlaybookError(
            "The second number is 0, and nothing can be divided by 0.",
            fix="Put the other number second, or use difference.",
        )
    low, high = _ratio_limits(a, b)
    return replace(
        _compared(a, b, a.value / b.value, low, high, "times", "ratio"),
        decimals=max(2, a.decimals, b.decimals),
    )


def _ratio_limits(a: Estimate, b: Estimate) -> tuple[float, float]:
    product = a.value * b.value
    down = a.low * (2 * a.value - a.low)
    if math.isinf(b.high):
        low = 0.0
    else:
        # Rationalized: the textbook form is 0 / 0 where b.high is twice b.value.
        spread = product**2 - down * b.high * (2 * b.value - b.high)
        low = down / (product + math.sqrt(max(spread, 0.0))) if down > 0 else 0.0
    if b.low == 0 or math.isinf(a.high):
        return low, math.inf
    under = b.low * (2 * b.value - b.low)
    spread = product**2 - a.high * (2 * a.value - a.high) * under
    return low, (product + math.sqrt(max(spread, 0.0))) / under


def _compared(
    a: Estimate, b: Estimate, value: float, low: float, high: float, unit: str, how: str
) -> Estimate:
    if not (a.known and b.known):
        value = low = high = math.nan
    return Estimate(
        value,
        low,
        high,
        unit,
        measure=f"{how} in {a.measure}" if a.measure == b.measure and a.measure else how,
        note="; ".join(dict.fromkeys(note for note in (a.note, b.note) if note)),
        better=a.better if a.better == b.better else "",
        decimals=max(a.decimals, b.decimals),
        level=a.level,
    )


def _check_comparable(a: Estimate, b: Estimate) -> None:
    if a.unit != b.unit:
        raise PlaybookError(
            f'One number is in "{a.unit}", the other in "{b.unit}".',
            fix="Bring both to the same unit first.",
        )
    if a.level != b.level:
        raise PlaybookError(
            f"One range is for {100 * a.level:g} percent, the other for {100 * b.level:g}.",
            fix="Compute both at the same level first.",
        )


def _amount(value: float, name: str) -> float:
    number = float(value)
    if not number > 0 or math.isinf(number):
        raise PlaybookError(
            f"I need a number above 0 for {name}; I found {number:g}.",
            fix="Check that column, or leave the row out and say so.",
        )
    return number


def _count(value: float, name: str) -> float:
    number = float(value)
    if math.isnan(number) or number < 0 or number != math.floor(number):
        raise PlaybookError(
            f"I need a whole number from 0 up for {name}; I found {number:g}.",
            fix="Count again, or leave the row out and say so.",
        )
    return number
