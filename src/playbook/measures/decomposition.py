"""How much of a difference between two averages comes from what the groups are made of."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import pandas as pd

from playbook.errors import PlaybookError
from playbook.estimate import format_number


@dataclass(frozen=True, eq=False, repr=False)
class Kitagawa:
    """A difference of two averages, split in two.

    Parameters
    ----------
    total
        Average of `a` less average of `b`.
    mix_effect
        The part that comes from different shares.
    within_effect
        The part that comes from different rates in the same stratum. The two add up to `total`.
    table
        One row a stratum: ``rate_a``, ``rate_b``, ``share_a``, ``share_b``, ``mix_effect``,
        ``within_effect``. A single row's mix effect depends on where the rates' zero lies; only
        the sum of that column says something.
    """

    total: float
    mix_effect: float
    within_effect: float
    table: pd.DataFrame = field(repr=False)

    def __repr__(self) -> str:
        if math.isnan(self.total):
            return "too few to tell"
        parts = (self.total, self.mix_effect, self.within_effect)
        total, mix, within = (format_number(part, 2) for part in parts)
        return f"difference {total} = mix {mix} + within {within}"


def kitagawa(
    rates_a: pd.Series, rates_b: pd.Series, shares_a: pd.Series, shares_b: pd.Series
) -> Kitagawa:
    """Split the difference of two averages into mix and service.

    Parameters
    ----------
    rates_a, rates_b
        Rate, or average, of each stratum in the two groups.
    shares_a, shares_b
        Share of each stratum in the two groups. Each sums to 1. The four indexes hold the same
        strata, in any order.

    Returns
    -------
    Kitagawa
        ``total``, ``mix_effect``, ``within_effect`` and the table by stratum. NaN when a rate is
        missing in a stratum that one of the groups has.

    Raises
    ------
    PlaybookError
        When the strata differ, or shares are not shares that sum to 1.

    Notes
    -----
    Kitagawa EM (1955), Journal of the American Statistical Association 50:1168-1194. Each effect
    is weighted by the average of the two groups, so that nothing is left over. It holds for
    averages, not for medians.

    Examples
    --------
    >>> index = ["Pothole", "Graffiti"]
    >>> days_a, days_b = pd.Series([10.0, 4.0], index), pd.Series([8.0, 3.0], index)
    >>> share_a, share_b = pd.Series([0.2, 0.8], index), pd.Series([0.7, 0.3], index)
    >>> kitagawa(days_a, days_b, share_a, share_b)
    difference -1.30 = mix -2.75 + within 1.45
    """
    inputs = {"rate_a": rates_a, "rate_b": rates_b, "share_a": shares_a, "share_b": shares_b}
    for other in inputs.values():
        if not other.index.is_unique or set(other.index) != set(rates_a.index):
            odd = sorted(str(name) for name in set(other.index) ^ set(rates_a.index))
            raise PlaybookError(
                f"The four columns don't hold the same strata: {', '.join(odd) or 'one is twice'}.",
                fix="Keep the strata that all four have, each once.",
            )
    check_mix(shares_a)
    check_mix(shares_b)
    table = pd.DataFrame({name: one.reindex(rates_a.index) for name, one in inputs.items()})
    # A rate nobody has needs no value.
    rates = table[["rate_a", "rate_b"]].where(table["share_a"] + table["share_b"] > 0, 0.0)
    table["mix_effect"] = rates.mean(axis=1, skipna=False) * (table["share_a"] - table["share_b"])
    average_share = (table["share_a"] + table["share_b"]) / 2
    table["within_effect"] = average_share * (rates["rate_a"] - rates["rate_b"])
    mix = float(table["mix_effect"].sum(skipna=False))
    within = float(table["within_effect"].sum(skipna=False))
    total = (table["share_a"] * rates["rate_a"] - table["share_b"] * rates["rate_b"]).sum(
        skipna=False
    )
    return Kitagawa(float(total), mix, within, table)


def check_mix(mix: pd.Series) -> None:
    """Say in plain words that shares must sum to 1."""
    shares = mix.to_numpy(dtype=float)
    if not (shares >= 0).all() or not math.isclose(shares.sum(), 1, abs_tol=1e-6):
        raise PlaybookError(
            f"The shares of a mix sum to 1; these sum to {shares.sum():g}.",
            fix="Divide each by their sum, or use mix_of on your rows.",
        )
