"""How far apart groups of residents lie, measured fifteen ways.

The groups come in the order of their resources, **from the fewest to the most**, such as fifths of
neighborhoods from the highest poverty to the lowest. With the order turned around, signs flip.

Absolute measures are in the unit of the rates, relative ones are not. When rates fall for all, one
kind can shrink while the other grows, so publish one of each.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Literal, NamedTuple

import numpy.typing as npt
import pandas as pd

from playbook.measures import gap_formulas as formulas
from playbook.measures import gap_words
from playbook.measures.groups import Numbers, rates_and_shares


class Row(NamedTuple):
    """One measure: its name, what it is without a gap, its formula, and its words."""

    name: str
    kind: Literal["absolute", "relative"]
    equal: float
    formula: Callable[[Numbers, Numbers], Numbers]
    words: gap_words.Words


ROWS = (
    Row("Difference", "absolute", 0, formulas.difference, gap_words.difference),
    Row("Ratio", "relative", 1, formulas.ratio, gap_words.ratio),
    Row("Attributable risk", "absolute", 0, formulas.risk, gap_words.risk),
    Row("Attributable fraction, percent", "relative", 0, formulas.fraction, gap_words.fraction),
    Row("Slope index", "absolute", 0, formulas.slope, gap_words.slope),
    Row("Relative index, WHO", "relative", 1, formulas.top_over_bottom, gap_words.top_over_bottom),
    Row(
        "Relative index, Kunst and Mackenbach",
        "relative",
        1,
        formulas.bottom_over_top,
        gap_words.bottom_over_top,
    ),
    Row(
        "Relative index, NCI",
        "relative",
        0,
        formulas.slope_over_average,
        gap_words.slope_over_average,
    ),
    Row(
        "Concentration index, absolute",
        "absolute",
        0,
        formulas.absolute_concentration,
        gap_words.absolute_concentration,
    ),
    Row(
        "Concentration index, relative",
        "relative",
        0,
        formulas.relative_concentration,
        gap_words.relative_concentration,
    ),
    Row(
        "Index of disparity from the average, percent (WHO)",
        "relative",
        0,
        formulas.disparity_from_average,
        gap_words.disparity_from_average,
    ),
    Row(
        "Index of disparity from the best, percent (NCI)",
        "relative",
        0,
        formulas.disparity_from_best,
        gap_words.disparity_from_best,
    ),
    Row("Theil index", "relative", 0, formulas.theil, gap_words.theil),
    Row(
        "Mean log deviation",
        "relative",
        0,
        formulas.mean_log_deviation,
        gap_words.log_deviation,
    ),
    Row("Between-group variance", "absolute", 0, formulas.variance, gap_words.variance),
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
    for row in ROWS:
        value = float(row.formula(y, p))
        reads = gap_words.no_number(value, y) or row.words(value)
        # A table for readers has no infinite numbers.
        shown = value if math.isfinite(value) else math.nan
        rows.append((row.name, shown, row.kind, float(row.equal), reads))
    return pd.DataFrame(rows, columns=["measure", "value", "kind", "equal", "reads"])
