"""Claims of lesson 3.1, *Fast for whom?*: an average can hide who waits longer."""

from __future__ import annotations

import math

from playbook.city.tables import City
from playbook.estimate import Estimate, format_number
from playbook.insights.service_waits import comparison, request_waits
from playbook.insights.statements import Claim, Measured, sentence_start
from playbook.insights.wait_gaps import (
    TOO_FEW,
    average_difference,
    plain_wait,
    same_mix_difference,
    same_mix_wait,
    slow_days,
    split_of_gap,
    thirds_difference,
    type_ratios,
)

# Fewer kinds than this say nothing about "each kind".
FEWEST_KINDS = 3


def _average(city: City) -> Measured:
    pair, gap = comparison(city), average_difference(city)
    first, second = plain_wait(city, pair.first), plain_wait(city, pair.second)
    where = sentence_start(city)
    if not gap.known:
        return _too_little(city, gap)
    figures = _figures(city, first, second)
    headline = f"{where}, half of all requests close within {_bare_figures(city, first, second)}"
    if gap.high < 0:
        sentence = f"{where}, half of all requests are closed within {figures}."
        return Measured(gap, "appears", sentence, headline)
    if gap.low > 0:
        sentence = (
            f"{where}, the plain number does not hide the gap, and that is worth knowing. "
            f"Half of all requests are closed within {figures}."
        )
        return Measured(gap, "absent", sentence, headline)
    sentence = (
        f"{where}, the plain number can't tell the groups apart. "
        f"Half of all requests are closed within {figures}, and the ranges overlap."
    )
    return Measured(gap, "unclear", sentence, headline)


def _types(city: City) -> Measured:
    pair, ratios = comparison(city), type_ratios(city)
    longer = int((ratios > 1).sum())
    count = Estimate(longer, math.nan, math.nan, unit="kinds of request", decimals=0)
    if len(ratios) < FEWEST_KINDS:
        return _too_little(city, count)
    start = f"{sentence_start(city)}, the {pair.first.lower()} waits longer for"
    if longer == len(ratios):
        low, high = (format_number(100 * (x - 1), 0) for x in (ratios.min(), ratios.max()))
        headline = f"{start} each of the {longer} kinds of request"
        return Measured(count, "appears", f"{headline}: {low} to {high} percent longer.", headline)
    headline = f"{start} {longer} of {len(ratios)} kinds of request"
    sentence = f"{headline}. The gap is not everywhere, and that is worth knowing."
    return Measured(count, "absent", sentence, headline)


def _same_mix(city: City) -> Measured:
    pair, gap = comparison(city), same_mix_difference(city)
    if not gap.known:
        return _too_little(city, gap)
    first, second = same_mix_wait(city, pair.first), same_mix_wait(city, pair.second)
    where, figures = sentence_start(city), _figures(city, first, second)
    headline = f"{where}, at the same mix, half close within {_bare_figures(city, first, second)}"
    if gap.low > 0:
        sentence = (
            f"{where}, at the same mix of requests, half are closed within {figures}. "
            f"That is {gap} longer."
        )
        return Measured(gap, "appears", sentence, headline)
    if gap.high < 0:
        sentence = (
            f"{where}, the {pair.first.lower()} is not slower even at the same mix, and that is "
            f"worth knowing. Half are closed within {figures}."
        )
        return Measured(gap, "absent", sentence, headline)
    sentence = (
        f"{where}, there is too little to tell at the same mix. "
        f"Half are closed within {figures}; the difference is {gap}."
    )
    return Measured(gap, "unclear", sentence, headline)


def _split(city: City) -> Measured:
    parts = split_of_gap(city)
    if math.isnan(parts.total):
        return _too_little(city, TOO_FEW)
    service = Estimate(parts.within_effect, math.nan, math.nan, unit="days", better="lower")
    figures = (
        f"the mix of requests adds {_signed(parts.mix_effect)} days for the "
        f"{comparison(city).first.lower()}, the service adds {_signed(parts.within_effect)}"
    )
    headline = f"{sentence_start(city)}, {figures}"
    if parts.mix_effect < 0 < parts.within_effect:
        return Measured(
            service, "appears", f"{headline}. The two pull in opposite directions.", headline
        )
    sentence = f"{headline}. The two do not pull apart, and that is worth knowing."
    return Measured(service, "absent", sentence, headline)


def _open_requests(city: City) -> Measured:
    counted, dropped = slow_days(city), slow_days(city, count_open=False)
    if not (counted.known and dropped.known):
        return _too_little(city, TOO_FEW)
    # The same requests stand in both figures, so their ranges say nothing about the difference.
    gap = Estimate(counted.value - dropped.value, math.nan, math.nan, unit="days", better="lower")
    open_share = 100 * (~request_waits(city)["closed"]).mean()
    figures = (
        f"one request in ten takes longer than {counted}. Drop the "
        f"{format_number(open_share)} percent still open and it seems to be {dropped}"
    )
    where = sentence_start(city)
    headline = f"{where}, one request in ten takes longer than {format_number(counted.value)} days"
    if gap.value >= 0.5:
        return Measured(gap, "appears", f"{where}, {figures}.", headline)
    sentence = f"{where}, open requests change little, and that is worth knowing: {figures}."
    return Measured(gap, "absent", sentence, headline)


def _thirds(city: City) -> Measured:
    gap, where = thirds_difference(city), sentence_start(city)
    if not gap.known:
        return _too_little(city, gap)
    if gap.low > 0:
        return Measured(
            gap,
            "appears",
            f"{where}, the slowest third of neighborhoods waits {gap} longer than the fastest "
            "third for the same mix of requests.",
            f"{where}, the slowest third of neighborhoods waits {format_number(gap.value)} days "
            "longer than the fastest for the same requests",
        )
    headline = f"{where}, the slowest and the fastest third of neighborhoods can't be told apart"
    return Measured(
        gap,
        "absent",
        f"{headline}: {gap}. Treat them alike; that is worth knowing.",
        headline,
    )


def _too_little(city: City, estimate: Estimate) -> Measured:
    headline = f"{sentence_start(city)}, there is too little to tell"
    return Measured(estimate, "unclear", f"{headline}. Add more months, or join areas.", headline)


def _figures(city: City, first: Estimate, second: Estimate) -> str:
    pair = comparison(city)
    return f"{first} in the {pair.first.lower()}, {second} in the {pair.second.lower()}"


def _bare_figures(city: City, first: Estimate, second: Estimate) -> str:
    pair = comparison(city)
    return (
        f"{format_number(first.value)} days in the {pair.first.lower()}, "
        f"{format_number(second.value)} in the {pair.second.lower()}"
    )


def _signed(value: float) -> str:
    return f"{'+' if value > 0 else ''}{format_number(value)}"


CLAIMS = (
    Claim(
        "3.1-average",
        "The plain median makes the highest-poverty fifth look best served.",
        "sampling",
        "method",
        _average,
    ),
    Claim(
        "3.1-types",
        "For each of the six kinds of request the highest-poverty fifth waits longer.",
        "sampling",
        "method",
        _types,
    ),
    Claim(
        "3.1-same-mix",
        "At the same mix of requests the highest-poverty fifth waits longer.",
        "sampling",
        "method",
        _same_mix,
    ),
    Claim(
        "3.1-split",
        "What residents ask for and how fast it is done pull the average in opposite directions.",
        "sampling",
        "method",
        _split,
    ),
    Claim(
        "3.1-open",
        "Leaving out open requests makes the slowest waits look shorter.",
        "sampling",
        "method",
        _open_requests,
    ),
    Claim(
        "3.1-thirds",
        "The slowest third of neighborhoods waits longer than the fastest for the same requests.",
        "sampling",
        "method",
        _thirds,
    ),
)
