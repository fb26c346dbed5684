"""The curve of the share that has reached one of several ends: what its measures are read from."""

from __future__ import annotations

import math
from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from playbook.measures.curves import SAME, checked_waits
from playbook.measures.intervals import normal_quantile

Floats = npt.NDArray[np.float64]

# When so few are still open, they hardly matter: a share is off by no more than this.
FEW_OPEN = 0.05


@dataclass(frozen=True, eq=False)
class IncidenceCurve:
    """Share that has reached the end in question, at the days on which any end was reached.

    Parameters
    ----------
    days, at_risk, ends, share, error
        One entry a day: cases open before it, those that reached the end in question on it, the
        share that has by then, and the standard error of that share.
    longest
        The longest time seen, ended or open. Nothing is known beyond it.
    cases
        How many cases the curve is made from.
    still_open
        Share still open after the last day on which a case ended.
    """

    days: Floats
    at_risk: Floats
    ends: Floats
    share: Floats
    error: Floats
    longest: float
    cases: int
    still_open: float

    def at(self, horizon: float) -> tuple[float, float]:
        """Give the share that has got there by a day, and its standard error."""
        within = np.flatnonzero(self.days <= horizon)
        if not len(within):
            return 0.0, 0.0
        return float(self.share[within[-1]]), float(self.error[within[-1]])

    def reaches(self, horizon: float) -> bool:
        """Whether the share is known up to that day: some were watched so long, or few are open."""
        return self.longest >= horizon or self.still_open <= FEW_OPEN


def incidence_curve(days: npt.ArrayLike, ended: npt.ArrayLike, of: Hashable) -> IncidenceCurve:
    """Build the curve of one end, with its standard error."""
    waits, ends = checked_ends(days, ended)
    if not len(waits):
        nothing = np.array([])
        return IncidenceCurve(nothing, nothing, nothing, nothing, nothing, math.nan, 0, 1.0)
    order = np.argsort(waits, kind="stable")
    times = waits[order]
    any_end, this_end = ends.notna().to_numpy()[order], (ends == of).to_numpy()[order]
    starts = np.flatnonzero(np.r_[True, times[1:] != times[:-1]])
    every = np.add.reduceat(any_end.astype(float), starts)
    this = np.add.reduceat(this_end.astype(float), starts)
    at_risk = (len(times) - starts).astype(float)
    kept = every > 0
    day, every, this, at_risk = times[starts][kept], every[kept], this[kept], at_risk[kept]
    before = np.r_[1.0, np.cumprod(1 - every / at_risk)[:-1]]
    share = np.cumsum(before * this / at_risk)
    error = np.sqrt(_variance(every, this, at_risk, before, share))
    return IncidenceCurve(
        days=day,
        at_risk=at_risk,
        ends=this,
        share=share,
        error=error,
        longest=float(times[-1]),
        cases=len(times),
        still_open=float(np.prod(1 - every / at_risk)),
    )


def _variance(
    every: Floats, this: Floats, at_risk: Floats, before: Floats, share: Floats
) -> Floats:
    """Variance of the share at each day; its square of sums is written out, day by day."""
    left = at_risk - every
    hazard = np.divide(every, at_risk * left, out=np.zeros_like(left), where=left > 0)
    step = before * this / at_risk**2
    own = np.cumsum(before**2 * this * (at_risk - this) / at_risk**3)
    first = share**2 * np.cumsum(hazard) - 2 * share * np.cumsum(share * hazard)
    first += np.cumsum(share**2 * hazard)
    mixed = share * np.cumsum(step) - np.cumsum(share * step)
    return np.asarray(np.maximum(first + own - 2 * mixed, 0.0))


def log_log_bands(curve: IncidenceCurve) -> tuple[Floats, Floats]:
    """Give the limits of a curve's share at each of its days."""
    pairs = [
        log_log_limits(share, error, curve.cases)
        for share, error in zip(curve.share.tolist(), curve.error.tolist(), strict=True)
    ]
    low, high = np.array(pairs).reshape(-1, 2).T
    return low, high


def log_log_limits(share: float, error: float, cases: int) -> tuple[float, float]:
    """Limits of a share between 0 and 1. Nobody, or everybody, leaves the rule of three."""
    if share <= SAME:
        return 0.0, min(1.0, 3 / cases)
    if share >= 1 - SAME:
        return max(0.0, 1 - 3 / cases), 1.0
    reach = normal_quantile(0.95) * error / (share * -math.log(share))
    return share ** math.exp(reach), share ** math.exp(-reach)


def checked_ends(days: npt.ArrayLike, ended: npt.ArrayLike) -> tuple[Floats, pd.Series]:
    """Give days as numbers and ends as labels, or say what is wrong with them."""
    ends = pd.Series(np.asarray(ended, dtype=object))
    waits, _ = checked_waits(days, ends.notna().to_numpy())
    return waits, ends
