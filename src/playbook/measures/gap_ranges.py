"""How sure a gap between groups of residents is: the luck in its counts, drawn again and again."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas as pd

from playbook.estimate import Estimate
from playbook.measures.groups import Numbers, checked, rates_and_shares
from playbook.measures.inequality import ROWS

Measure = Callable[[Numbers, Numbers], float]

# With fewer events in all, a gap is mostly luck.
FEWEST_EVENTS = 10
# A range holds 95 percent: this much is left out at each end.
TAIL = 0.025
# Numbers worked on together: as many as stay in a processor's own memory.
_AT_ONCE = 65_536


def bootstrap_range(
    measure: Measure,
    events: npt.ArrayLike,
    populations: npt.ArrayLike,
    per: float = 10_000,
    draws: int = 2000,
    seed: int = 0,
    unit: str = "",
    decimals: int = 1,
) -> Estimate:
    """Put a 95 percent range around a measure, from the luck in its counts.

    Parameters
    ----------
    measure
        Function of rates and populations that gives one number, such as `slope_index`.
    events, populations
        How many events were counted in each group, and its residents, in the measure's order.
    per
        The number of residents that the rates are for.
    draws
        How often the counts are drawn anew.
    seed
        Where the drawing starts. The same seed gives the same range.
    unit, decimals
        As in `Estimate`.

    Returns
    -------
    Estimate
        The measure, and the middle 95 percent of what it is when each group's count is drawn from
        a Poisson distribution around the count seen. Not known when there are fewer than 10 events
        in all, or the measure has no number for these counts or for too many draws.

    Raises
    ------
    PlaybookError
        When there are fewer than two groups, a count is negative or missing, or a group is empty.

    Notes
    -----
    Parametric percentile bootstrap: Efron B, Tibshirani RJ (1993), An Introduction to the
    Bootstrap, chapters 6 and 13. Luck drives groups apart: a measure that can't be below 0 is too
    large on average, so with small counts its range can't show that there is no gap. A group
    without events stays without in every draw, and the range is too short; the note says so.

    Examples
    --------
    >>> from playbook.measures.slopes import slope_index
    >>> events, populations = [80, 60, 120, 20], [20_000, 20_000, 40_000, 20_000]
    >>> bootstrap_range(slope_index, events, populations, unit="per 10,000")
    -31.6 per 10,000 (-42.8 to -19.9)
    """
    counts, people, note = _counts(events, populations)
    if note:
        return Estimate(math.nan, math.nan, math.nan, unit, note=note, decimals=decimals)
    scale = per / people
    drawn = np.random.default_rng(seed).poisson(counts, (draws, len(counts)))
    found = np.array([measure(one * scale, people) for one in drawn])
    value = measure(counts * scale, people)
    low, high = _middle(found, value)
    if math.isnan(low):
        note = "too few to tell: the measure has no number for counts like these"
        return Estimate(math.nan, math.nan, math.nan, unit, note=note, decimals=decimals)
    note = "" if counts.all() else "a group has no events, so the range is too short"
    return Estimate(value, low, high, unit, note=note, decimals=decimals)


def bootstrap_ranges(
    events: npt.ArrayLike,
    populations: npt.ArrayLike,
    per: float = 10_000,
    draws: int = 2000,
    seed: int = 0,
) -> pd.DataFrame:
    """Put a 95 percent range around every measure of one gap, from the luck in its counts.

    Parameters
    ----------
    events, populations, per, draws, seed
        As in `bootstrap_range`.

    Returns
    -------
    pandas.DataFrame
        One row a measure, as in `all_measures`: ``measure``, ``value``, ``low``, ``high`` and
        ``note``. No numbers where `bootstrap_range` would not know them; the note says why.

    Raises
    ------
    PlaybookError
        As `bootstrap_range`.

    Notes
    -----
    As in `bootstrap_range`. All measures see the same draws.

    Examples
    --------
    >>> found = bootstrap_ranges([80, 60, 120, 20], [20_000, 20_000, 40_000, 20_000])
    >>> found.loc[found["measure"] == "Ratio", ["value", "low", "high"]].round(1)
       value  low  high
    1    4.0  2.5   6.9
    """
    counts, people, too_few = _counts(events, populations)
    shares, scale = people / people.sum(), per / people
    random = np.random.default_rng(seed)
    drawn = {row.name: np.empty(draws) for row in ROWS}
    step = max(1, _AT_ONCE // len(counts))
    for start in range(0, 0 if too_few else draws, step):
        end = min(start + step, draws)
        rates = random.poisson(counts, (end - start, len(counts))) * scale
        for row in ROWS:
            drawn[row.name][start:end] = row.formula(rates, shares)
    rows = []
    for row in ROWS:
        value = math.nan if too_few else float(row.formula(counts * scale, shares))
        low, high = (math.nan, math.nan) if too_few else _middle(drawn[row.name], value)
        note = too_few or ("" if counts.all() else "a group has no events: the range is too short")
        if not too_few and not math.isfinite(high):
            # A table for readers has no infinite numbers.
            value, low, high = math.nan, math.nan, math.nan
            note = "too few to tell: no number for counts like these"
        rows.append((row.name, value, low, high, note))
    return pd.DataFrame(rows, columns=["measure", "value", "low", "high", "note"])


def _counts(events: npt.ArrayLike, populations: npt.ArrayLike) -> tuple[Numbers, Numbers, str]:
    """Check counts and residents; the text says why they are too few, or is empty."""
    counts, people = checked(events, "events"), checked(populations, "populations")
    # Refuses different lengths and empty groups.
    rates_and_shares(counts, people)
    total = counts.sum()
    if total < FEWEST_EVENTS:
        return (
            counts,
            people,
            f"too few to tell: {total:g} events, at least {FEWEST_EVENTS} are needed",
        )
    return counts, people, ""


def _middle(drawn: Numbers, value: float) -> tuple[float, float]:
    """Give the ends of the middle 95 percent of the draws, or NaN where too many have no number."""
    if not math.isfinite(value) or np.isnan(drawn).mean() > TAIL:
        return math.nan, math.nan
    # NaN is sorted to the end.
    found, left_out = np.sort(drawn), int(TAIL * len(drawn))
    low, high = float(found[left_out]), float(found[len(found) - 1 - left_out])
    # Where luck drives groups apart, all draws can lie above the value.
    return min(low, value), max(high, value)
