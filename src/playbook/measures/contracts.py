"""What a contract pays for and what it buys: dollars for each home, and for each that lasts."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd

from playbook.errors import PlaybookError
from playbook.estimate import Estimate
from playbook.measures.curves import check_columns
from playbook.measures.intervals import (
    byar_limits,
    normal_quantile,
)

# With fewer events than this, a price for each is mostly luck.
FEWEST = 11


def cost_per_exit(dollars: float, exits: int) -> Estimate:
    """Dollars for each person who moved to a home.

    Parameters
    ----------
    dollars
        What was paid. 0 or more.
    exits
        How many people moved to a home.

    Returns
    -------
    Estimate
        In dollars. With fewer than 11 exits: too few to tell.

    Raises
    ------
    PlaybookError
        When a number is negative.

    Notes
    -----
    The dollars over the count, and over Byar's limits of the count: what the same dollars would
    cost for each exit with more or less luck. They count everything else that the contract buys.

    Examples
    --------
    >>> cost_per_exit(11_400_000, 360)
    31,667 dollars (28,559 to 35,210)
    """
    check_amount(dollars, "of dollars")
    check_amount(exits, "of exits")
    name = "dollars for each exit to a home"
    if exits < FEWEST:
        return _too_few(exits, "exits", name)
    low, high = (float(limit) for limit in byar_limits(exits))
    return _dollars(dollars / exits, dollars / high, dollars / low, name)


def cost_per_lasting_exit(dollars: float, exits: int, returned: int, watched: int) -> Estimate:
    """Dollars for each person who moved to a home and stayed there.

    Parameters
    ----------
    dollars, exits
        As in `cost_per_exit`.
    returned, watched
        How many of an earlier cohort came back, of how many who were watched for the whole span.

    Returns
    -------
    Estimate
        In dollars; too few to tell with fewer than 11 exits, or fewer than 11 people watched.

    Raises
    ------
    PlaybookError
        When a number is negative, or more came back than were watched.

    Notes
    -----
    Exits times the share of the earlier cohort that stayed. The limits join the luck of the count
    and of the share, on the log scale (delta method).

    Examples
    --------
    >>> cost_per_lasting_exit(11_400_000, 360, returned=60, watched=350)
    38,218 dollars (34,109 to 42,823)
    """
    for number, words in ((dollars, "of dollars"), (exits, "of exits"), (returned, "of returns")):
        check_amount(number, words)
    if returned > watched:
        raise PlaybookError(
            f"{returned:,} people came back, of {watched:,} who were watched.",
            fix="Check that the two numbers are not swapped.",
        )
    name = "dollars for each lasting exit to a home"
    if min(exits, watched) < FEWEST or returned == watched:
        return _too_few(min(exits, watched - returned), "exits", name)
    stayed = 1 - returned / watched
    value = dollars / (exits * stayed)
    reach = normal_quantile(0.95) * math.sqrt(1 / exits + (1 - stayed) / (stayed * watched))
    return _dollars(value, value * math.exp(-reach), value * math.exp(reach), name)


def provider_income(
    placements: pd.DataFrame,
    prices: Mapping[str, float],
    base: float | Mapping[str, float] = 0.0,
    bonus: float = 0.0,
    by: str = "provider",
    strata: str = "acuity",
) -> pd.DataFrame:
    """Give what each provider earns under a payment rule.

    Parameters
    ----------
    placements
        One row a provider and stratum: ``placed`` (people who moved to a home) and
        ``housed_6_months`` (of them, still housed six months later).
    prices
        Dollars for a placement, by stratum.
    base
        Dollars for being there at all: the same for all, or by provider.
    bonus
        Dollars for each person still housed after six months.
    by, strata
        Columns of `placements`.

    Returns
    -------
    pandas.DataFrame
        One row a provider, sorted: `by`, and in dollars ``base``, ``placements``, ``bonus`` and
        ``income``.

    Raises
    ------
    PlaybookError
        When a column, a price or a base is missing, or more are still housed than were placed.

    Notes
    -----
    Income is the base, plus price times placements summed over the strata, plus the bonus times
    those still housed.

    Examples
    --------
    >>> placements = pd.DataFrame({"provider": ["A", "A", "B"], "acuity": ["Low", "High", "High"]})
    >>> placements = placements.assign(placed=[30, 5, 40], housed_6_months=[27, 4, 34])
    >>> provider_income(placements, {"Low": 8_000, "High": 20_000}, base=100_000, bonus=1_000)
      provider      base  placements    bonus    income
    0        A  100000.0    340000.0  31000.0  471000.0
    1        B  100000.0    800000.0  34000.0  934000.0
    """
    check_columns(placements, [by, strata, "placed", "housed_6_months"])
    if (placements["housed_6_months"] > placements["placed"]).any():
        raise PlaybookError(
            "More people are still housed than were placed.",
            fix="Check that the two columns are not swapped.",
        )
    price = _looked_up(placements[strata], prices, "price")
    paid = placements.assign(
        placements=placements["placed"] * price, bonus=placements["housed_6_months"] * bonus
    )
    sums = paid.groupby(by, sort=True, observed=True)[["placements", "bonus"]].sum().astype(float)
    bases = base if isinstance(base, Mapping) else dict.fromkeys(sums.index, base)
    sums.insert(0, "base", _looked_up(sums.index.to_series(), bases, "base"))
    return sums.assign(income=sums.sum(axis=1)).reset_index()


def _looked_up(keys: pd.Series, amounts: Mapping[str, float], name: str) -> pd.Series:
    missing = [str(key) for key in keys.unique() if key not in amounts]
    if missing:
        raise PlaybookError(
            f"There is no {name} for {missing[0]}.",
            fix=f"Add it: the {name}s are for {', '.join(map(str, amounts)) or 'nobody yet'}.",
        )
    return keys.map(dict(amounts)).astype(float)


def check_amount(number: float, words: str) -> None:
    """Refuse a number below 0, or none."""
    if not 0 <= number < math.inf:
        raise PlaybookError(
            f"I need a number {words} from 0 up; I found {number:g}.",
            fix="Check that number, or leave that contract out and say so.",
        )


def _dollars(value: float, low: float, high: float, name: str) -> Estimate:
    return Estimate(value, low, high, "dollars", name, better="lower", decimals=0)


def _too_few(found: int, what: str, name: str) -> Estimate:
    note = f"too few to tell: {found} {what}, at least {FEWEST} are needed"
    return Estimate(math.nan, math.nan, math.nan, "dollars", name, note, better="lower")
