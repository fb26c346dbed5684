"""How far apart groups of residents lie, measured fifteen ways, and how sure that is.

The groups come in the order of their resources, **from the fewest to the most**, such as fifths of
neighborhoods from the highest poverty to the lowest. With the order turned around, signs flip.

Absolute measures are in the unit of the rates, relative ones are not. When rates fall for all, one
kind can shrink while the other grows, so publish one of each.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from playbook.estimate import Estimate
from playbook.measures import gap_words
from playbook.measures.attributable import attributable_fraction, attributable_risk
from playbook.measures.disparity import (
    between_group_variance,
    index_of_disparity,
    mean_difference,
    mean_log_deviation,
    theil,
)
from playbook.measures.groups import Numbers, checked, divided, rates_and_shares
from playbook.measures.slopes import concentration_index, relative_index, slope_index

__all__ = [
    "all_measures",
    "attributable_fraction",
    "attributable_risk",
    "between_group_variance",
    "bootstrap_range",
    "concentration_index",
    "index_of_disparity",
    "mean_difference",
    "mean_log_deviation",
    "relative_index",
    "slope_index",
    "theil",
]

Measure = Callable[[Numbers, Numbers], float]

# With fewer events in all, a gap is mostly luck.
FEWEST_EVENTS = 10
# A range holds 95 percent: this much is left out at each end.
TAIL = 0.025


class _Row(NamedTuple):
    name: str
    kind: Literal["absolute", "relative"]
    equal: float
    measure: Measure
    words: gap_words.Words


def _difference(rates: Numbers, populations: Numbers) -> float:
    return float(rates[0] - rates[-1])


def _ratio(rates: Numbers, populations: Numbers) -> float:
    return divided(float(rates[0]), float(rates[-1]))


_ROWS = (
    _Row("Difference", "absolute", 0, _difference, gap_words.difference),
    _Row("Ratio", "relative", 1, _ratio, gap_words.ratio),
    _Row("Attributable risk", "absolute", 0, attributable_risk, gap_words.risk),
    _Row(
        "Attributable fraction, percent", "relative", 0, attributable_fraction, gap_words.fraction
    ),
    _Row("Slope index", "absolute", 0, slope_index, gap_words.slope),
    _Row(
        "Relative index, WHO",
        "relative",
        1,
        partial(relative_index, definition="who"),
        gap_words.top_over_bottom,
    ),
    _Row(
        "Relative index, Kunst and Mackenbach",
        "relative",
        1,
        partial(relative_index, definition="kunst-mackenbach"),
        gap_words.bottom_over_top,
    ),
    _Row(
        "Relative index, NCI",
        "relative",
        0,
        partial(relative_index, definition="nci"),
        gap_words.slope_over_average,
    ),
    _Row(
        "Concentration index, absolute",
        "absolute",
        0,
        partial(concentration_index, relative=False),
        gap_words.absolute_concentration,
    ),
    _Row(
        "Concentration index, relative",
        "relative",
        0,
        concentration_index,
        gap_words.relative_concentration,
    ),
    _Row(
        "Index of disparity from the average, percent (WHO)",
        "relative",
        0,
        index_of_disparity,
        gap_words.disparity_from_average,
    ),
    _Row(
        "Index of disparity from the best, percent (NCI)",
        "relative",
        0,
        partial(index_of_disparity, reference="best"),
        gap_words.disparity_from_best,
    ),
    _Row("Theil index", "relative", 0, theil, gap_words.theil),
    _Row("Mean log deviation", "relative", 0, mean_log_deviation, gap_words.log_deviation),
    _Row("Between-group variance", "absolute", 0, between_group_variance, gap_words.variance),
)


def all_measures(rates: npt.ArrayLike, populations: npt.ArrayLike) -> pd.DataFrame:
    """Measure one gap in every way at once.

    Parameters
    ----------
    rates
        Rate of each group, 0 or more, from the group with the fewest resources to the one with
        the most. More is worse: visits, deaths, days of waiting.
    populations
        Residents of each group, in the same order. Only their proportions matter.

    Returns
    -------
    pandas.DataFrame
        One row a measure: ``measure`` (its name), ``value`` (NaN where it has no number), ``kind``
        ("absolute" or "relative"), ``equal`` (the value without a gap: the further `value` is from
        it, the wider the gap) and ``reads`` (what it says, in words).

    Raises
    ------
    PlaybookError
        When there are fewer than two groups, a rate is negative or missing, or a group is empty.

    Notes
    -----
    World Health Organization (2024), healthequal 1.0.1; National Cancer Institute, Health
    Disparities Calculator (HD*Calc).

    Examples
    --------
    >>> found = all_measures([40, 30, 30, 10], [500, 250, 1_000, 250])
    >>> found[["measure", "value", "kind"]].head(4).round(1)
                              measure  value      kind
    0                      Difference   30.0  absolute
    1                           Ratio    4.0  relative
    2               Attributable risk   20.0  absolute
    3  Attributable fraction, percent   66.7  relative
    >>> print(found["reads"][3])
    At the rate of the group with the most resources, there would be 66.7 percent fewer in all.
    """
    y, p = rates_and_shares(rates, populations)
    rows = []
    for row in _ROWS:
        value = row.measure(y, p)
        reads = gap_words.no_number(value, y) or row.words(value)
        # A table for readers has no infinite numbers.
        shown = value if math.isfinite(value) else math.nan
        rows.append((row.name, shown, row.kind, float(row.equal), reads))
    return pd.DataFrame(rows, columns=["measure", "value", "kind", "equal", "reads"])


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
    >>> events, populations = [80, 60, 120, 20], [20_000, 20_000, 40_000, 20_000]
    >>> bootstrap_range(slope_index, events, populations, unit="per 10,000")
    -31.6 per 10,000 (-42.8 to -19.9)
    """
    counts, people = checked(events, "events"), checked(populations, "populations")
    # Refuses different lengths and empty groups.
    rates_and_shares(counts, people)
    total = counts.sum()
    if total < FEWEST_EVENTS:
        note = f"too few to tell: {total:g} events, at least {FEWEST_EVENTS} are needed"
        return Estimate(math.nan, math.nan, math.nan, unit, note=note, decimals=decimals)
    scale = per / people
    drawn = np.random.default_rng(seed).poisson(counts, (draws, len(counts)))
    found = np.sort([measure(one * scale, people) for one in drawn])
    value = measure(counts * scale, people)
    # NaN is sorted to the end.
    if not math.isfinite(value) or np.isnan(found).mean() > TAIL:
        note = "too few to tell: the measure has no number for counts like these"
        return Estimate(math.nan, math.nan, math.nan, unit, note=note, decimals=decimals)
    left_out = int(TAIL * draws)
    low, high = float(found[left_out]), float(found[draws - 1 - left_out])
    note = "" if counts.all() else "a group has no events, so the range is too short"
    # Where luck drives groups apart, all draws can lie above the value.
    return Estimate(value, min(low, value), max(high, value), unit, note=note, decimals=decimals)
