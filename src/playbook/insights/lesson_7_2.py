"""Claims of lesson 7.2, *Paying for homes*: a league table turns over at equal needs."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pandas as pd

from playbook.city.tables import City
from playbook.estimate import Estimate, format_number
from playbook.insights.shelter_prices import prices, rehearsed_share
from playbook.insights.shelter_stays import HIGHER, needs, providers_at_equal_needs
from playbook.insights.statements import Claim, Measured, sentence_start
from playbook.measures.intervals import normal_quantile


def _ends(city: City) -> tuple[pd.Series, pd.Series] | None:
    """Give the providers with the highest and the lowest share of people with higher needs."""
    table = providers_at_equal_needs(city).dropna(subset=["share", "equal_share"])
    if len(table) < 2:
        return None
    hardest, easiest = (int(np.argmax(sign * table["higher_share"])) for sign in (1, -1))
    return None if hardest == easiest else (table.iloc[hardest], table.iloc[easiest])


def _reversal(city: City) -> Measured:
    ends, where = _ends(city), sentence_start(city)
    if ends is None:
        return _too_little(city, _nothing("percentage points"))
    hardest, easiest = ends
    lead = float(hardest["equal_share"] - easiest["equal_share"])
    reach = normal_quantile(0.95) * math.hypot(hardest["equal_error"], easiest["equal_error"])
    gap = Estimate(lead, lead - reach, lead + reach, "percentage points", decimals=0)
    one, other = str(hardest["provider"]), str(easiest["provider"])
    figures = (
        f"within a year {one} found homes for {_share(hardest, '')} percent of its people and "
        f"{other} for {_share(easiest, '')}; at equal needs it is {_share(hardest, 'equal_')} "
        f"against {_share(easiest, 'equal_')}"
    )
    behind = hardest["share"] < easiest["share"]
    if behind and gap.low > 0:
        headline = f"{where}, {one} is behind {other} in the table, and ahead at equal needs"
        return Measured(gap, "appears", f"{headline}: {figures}.", headline)
    if behind and gap.high >= 0:
        headline = f"{where}, we can't tell who is ahead at equal needs"
        return Measured(gap, "unclear", f"{headline}: {figures}.", headline)
    headline = f"{where}, equal needs do not turn the table over"
    return Measured(gap, "absent", f"{headline}: {figures}. That is worth knowing.", headline)


def _equal_needs(city: City) -> Measured:
    table, where = providers_at_equal_needs(city), sentence_start(city)
    ends = _ends(city)
    if ends is None or table["equal_rank"].isna().any():
        return _too_little(city, _nothing("rank"))
    hardest, easiest = ends
    rank = Estimate(
        float(hardest["equal_rank"]),
        float(hardest["equal_rank_low"]),
        float(hardest["equal_rank_high"]),
        "rank",
        decimals=0,
    )
    one, other = str(hardest["provider"]), str(easiest["provider"])
    figures = (
        f"{one}, where {format_number(hardest['higher_share'], 0)} percent of people have higher "
        f"needs, is number {_rank(hardest, 'equal_')} of {len(table)}; {other}, with "
        f"{format_number(easiest['higher_share'], 0)} percent, is number "
        f"{_rank(easiest, 'equal_')}"
    )
    raw = f"In the plain table they are {_rank(hardest, '')} and {_rank(easiest, '')}"
    half = len(table) / 2
    if rank.value == 1 and rank.high <= half:
        headline = f"{where}, at equal needs {one} comes first"
        return Measured(rank, "appears", f"{headline}: {figures}. {raw}.", headline)
    if rank.low > half:
        headline = f"{where}, at equal needs {one} is in the lower half"
        sentence = f"{headline}: {figures}. {raw}. That is worth knowing."
        return Measured(rank, "absent", sentence, headline)
    headline = f"{where}, we can't tell where {one} ranks at equal needs"
    return Measured(rank, "unclear", f"{headline}: {figures}. {raw}.", headline)


def _flat_price(city: City) -> Measured:
    found, where = prices(city), sentence_start(city)
    if found is None:
        return _too_little(city, _nothing("dollars"))
    gap = found.gap
    price = f"at ${format_number(found.flat, 0)} for each placement, a provider keeps"
    if gap.low > 0:
        headline = f"{where}, one price for all rewards turning away higher needs"
        sentence = f"{headline}: {price} ${_range(gap)} more from someone with lower needs."
        return Measured(gap, "appears", sentence, headline)
    if gap.high < 0:
        headline = f"{where}, one price for all does not reward turning away higher needs"
        other = replace(gap, value=-gap.value, low=-gap.high, high=-gap.low)
        sentence = (
            f"{headline}: {price} ${_range(other)} more from someone with higher needs. That is "
            "worth knowing."
        )
        return Measured(gap, "absent", sentence, headline)
    headline = f"{where}, we can't tell whom one price for all rewards"
    return Measured(gap, "unclear", f"{headline}. The gap could be 0.", headline)


def _indifferent(city: City) -> Measured:
    found, where = prices(city), sentence_start(city)
    if found is None:
        return _too_little(city, _nothing("times"))
    ratio = found.ratio
    figures = (
        f"${format_number(found.lower, 0)} and ${format_number(found.higher, 0)}, "
        f"{_range(ratio)} times as much"
    )
    if ratio.low > 1:
        headline = (
            f"{where}, a placement with higher needs has to pay "
            f"{format_number(ratio.value, 1)} times as much"
        )
        sentence = f"{headline} to leave no reason to prefer the other: {figures}."
        return Measured(ratio, "appears", sentence, headline)
    if ratio.high < 1:
        headline = f"{where}, a placement with higher needs costs less"
        return Measured(ratio, "absent", f"{headline}: {figures}. That is worth knowing.", headline)
    headline = f"{where}, we can't tell if higher needs cost more to place"
    return Measured(ratio, "unclear", f"{headline}: {figures}.", headline)


def _rehearsal(city: City) -> Measured:
    found, where = prices(city), sentence_start(city)
    if found is None:
        return _too_little(city, _nothing("percent"))
    now = 100 * needs(city)[HIGHER].people
    then = Estimate(100 * rehearsed_share(city), math.nan, math.nan, "percent", decimals=0)
    figures = (
        f"people with higher needs are {format_number(now, 0)} percent of those who come, and "
        f"would be {format_number(then.value, 0)} percent of those taken in"
    )
    if found.gap.low > 0:
        headline = f"{where}, a rehearsal: one price for all shuts out higher needs"
        sentence = (
            f"{headline}. If providers followed money as we assume, {figures}. Nobody knows how "
            "they would."
        )
        return Measured(then, "appears", sentence, headline)
    if found.gap.high < 0:
        headline = f"{where}, a rehearsal: one price for all shuts out nobody with higher needs"
        return Measured(then, "absent", f"{headline}: {figures}. That is worth knowing.", headline)
    headline = f"{where}, we can't tell whom one price for all would shut out"
    return Measured(then, "unclear", f"{headline}.", headline)


def _nothing(unit: str) -> Estimate:
    return Estimate(math.nan, math.nan, math.nan, unit=unit, decimals=0)


def _too_little(city: City, estimate: Estimate) -> Measured:
    headline = f"{sentence_start(city)}, there is too little to tell"
    return Measured(estimate, "unclear", f"{headline}. Join years, or join providers.", headline)


def _range(one: Estimate) -> str:
    value, low, high = (format_number(x, one.decimals) for x in (one.value, one.low, one.high))
    return f"{value} ({low} to {high})"


def _share(row: pd.Series, stem: str) -> str:
    names = (f"{stem}share", f"{stem}low", f"{stem}high")
    value, low, high = (format_number(row[name], 0) for name in names)
    return f"{value} ({low} to {high})"


def _rank(row: pd.Series, stem: str) -> str:
    names = (f"{stem}rank", f"{stem}rank_low", f"{stem}rank_high")
    value, low, high = (format_number(row[name], 0) for name in names)
    return f"{value} ({low} to {high})"


CLAIMS = (
    Claim(
        "7.2-reversal",
        "Who takes in the highest needs is behind in the table, and ahead at equal needs.",
        "sampling",
        "method",
        _reversal,
    ),
    Claim(
        "7.2-equal-needs",
        "At equal needs Quarry Homes, who takes in the highest needs, comes first.",
        "sampling",
        "port-alder-only",
        _equal_needs,
    ),
    Claim(
        "7.2-flat-price",
        "One price for every placement rewards turning away people with higher needs.",
        "sampling",
        "method",
        _flat_price,
    ),
    Claim(
        "7.2-indifferent",
        "A placement with higher needs has to pay about twice as much.",
        "sampling",
        "port-alder-only",
        _indifferent,
    ),
    # How providers answer a price is our assumption.
    Claim(
        "7.2-rehearsal",
        "If providers followed money as we assume, one price would shut out higher needs.",
        "sampling",
        "port-alder-only",
        _rehearsal,
    ),
)
