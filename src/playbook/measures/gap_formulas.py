"""The formulas of the gap measures, for one set of rates or for many sets at once.

`rates` has the groups along its last axis, from the fewest resources to the most, each rate 0 or
more; `shares` says which share of all residents is in each group. Every function gives one number
a set, in the shape of the other axes. Nothing is checked here: the public functions do that.
"""

from __future__ import annotations

import numpy as np

from playbook.measures.groups import Numbers, divided, middles

# Numbers this close, beside their own size, are the same.
SAME = 1e-12


def average(rates: Numbers, shares: Numbers) -> Numbers:
    """Rate of all residents together."""
    return np.asarray(rates @ shares)


def difference(rates: Numbers, shares: Numbers) -> Numbers:
    """First group less last."""
    return np.asarray(rates[..., 0] - rates[..., -1])


def ratio(rates: Numbers, shares: Numbers) -> Numbers:
    """First group over last."""
    return divided(rates[..., 0], rates[..., -1])


def risk(rates: Numbers, shares: Numbers) -> Numbers:
    """Average less last group, 0 when that is the worse one (population attributable risk)."""
    return np.maximum(0.0, average(rates, shares) - rates[..., -1])


def fraction(rates: Numbers, shares: Numbers) -> Numbers:
    """`risk` in percent of the average."""
    return 100 * divided(risk(rates, shares), average(rates, shares))


def ends(rates: Numbers, shares: Numbers) -> tuple[Numbers, Numbers]:
    """Bottom and top of the straight line through the groups, weighted by residents."""
    from_middle = middles(shares) - 0.5
    slope = rates @ (shares * from_middle / (shares @ from_middle**2))
    middle = average(rates, shares)
    return np.asarray(middle - slope / 2), np.asarray(middle + slope / 2)


def slope(rates: Numbers, shares: Numbers) -> Numbers:
    """Top of the line less bottom (slope index)."""
    bottom, top = ends(rates, shares)
    return top - bottom


def top_over_bottom(rates: Numbers, shares: Numbers) -> Numbers:
    """Relative index of the World Health Organization."""
    bottom, top = ends(rates, shares)
    return end_ratio(top, bottom)


def bottom_over_top(rates: Numbers, shares: Numbers) -> Numbers:
    """Relative index of Kunst and Mackenbach."""
    bottom, top = ends(rates, shares)
    return end_ratio(bottom, top)


def end_ratio(one: Numbers, other: Numbers) -> Numbers:
    """One end over the other; NaN where the line leaves the possible numbers."""
    least, most = np.minimum(one, other), np.maximum(one, other)
    # Rounding leaves a line that ends at 0 a hair beside it.
    return np.where(least <= SAME * most, np.nan, divided(one, other))


def slope_over_average(rates: Numbers, shares: Numbers) -> Numbers:
    """Relative index of the National Cancer Institute."""
    return divided(slope(rates, shares), average(rates, shares))


def absolute_concentration(rates: Numbers, shares: Numbers) -> Numbers:
    """Concentration index in the unit of the rates."""
    return np.asarray(rates @ (shares * (2 * middles(shares) - 1)))


def relative_concentration(rates: Numbers, shares: Numbers) -> Numbers:
    """Concentration index in times of the average."""
    return divided(absolute_concentration(rates, shares), average(rates, shares))


def disparity_from_average(rates: Numbers, shares: Numbers) -> Numbers:
    """Index of disparity of the World Health Organization, unweighted, in percent."""
    middle = average(rates, shares)
    return 100 * divided(np.abs(rates - middle[..., np.newaxis]).mean(axis=-1), middle)


def disparity_from_best(rates: Numbers, shares: Numbers) -> Numbers:
    """Index of disparity of the National Cancer Institute when less is better, in percent."""
    best, groups = rates.min(axis=-1), rates.shape[-1]
    # The best group's own distance is 0 and doesn't count.
    distance = (rates - best[..., np.newaxis]).sum(axis=-1) / (groups - 1)
    return 100 * divided(distance, best)


def theil(rates: Numbers, shares: Numbers) -> Numbers:
    """Theil index. A rate of 0 adds nothing."""
    relative = divided(rates, average(rates, shares)[..., np.newaxis])
    logs = np.log(np.where(relative == 0, 1.0, relative))
    # Rounding can leave equal rates a hair below 0.
    return np.maximum((relative * logs) @ shares, 0.0)


def mean_log_deviation(rates: Numbers, shares: Numbers) -> Numbers:
    """Mean log deviation: infinite when a rate is 0."""
    relative = divided(rates, average(rates, shares)[..., np.newaxis])
    with np.errstate(divide="ignore"):
        return np.maximum(-(np.log(relative) @ shares), 0.0)


def variance(rates: Numbers, shares: Numbers) -> Numbers:
    """Between-group variance."""
    return np.asarray((rates - average(rates, shares)[..., np.newaxis]) ** 2 @ shares)
