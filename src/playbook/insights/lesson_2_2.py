"""Claims of lesson 2.2, *How big is the gap?*: it can narrow and widen at the same time."""

from __future__ import annotations

import math

from playbook.city.tables import City
from playbook.estimate import Estimate, format_number
from playbook.insights.avoidable_visits import (
    PER,
    PERIODS,
    WHOLE_CITY,
    avoided_share,
    avoided_visits,
    enough_visits,
    gap_difference,
    gap_measures,
    gap_ratio,
    group_rate,
    periods,
    slope,
)
from playbook.insights.statements import Claim, Measured, sentence_start
from playbook.measures.rates import difference, ratio

UNIT = f"visits per {PER:,} residents"


def _average(city: City) -> Measured:
    if not enough_visits(city):
        return _too_little(city, _nothing(UNIT))
    before, after = (group_rate(city, WHOLE_CITY, period) for period in PERIODS)
    change, where = difference(after, before), sentence_start(city)
    percent = Estimate(
        100 * (after.value / before.value - 1), math.nan, math.nan, unit="percent", decimals=0
    )
    first, last = periods(city)
    figures = f"{_rounded(before)} {UNIT} a year in {first}, {_rounded(after)} in {last}"
    if change.high < 0:
        headline = f"{where}, avoidable visits fell by {format_number(-percent.value, 0)} percent"
        return Measured(percent, "appears", f"{headline}: {figures}.", headline)
    if change.low > 0:
        headline = f"{where}, avoidable visits rose"
        sentence = f"{headline}: {figures}. That is worth knowing."
        return Measured(percent, "absent", sentence, headline)
    headline = f"{where}, we can't tell if avoidable visits fell or rose"
    return Measured(percent, "unclear", f"{headline}: {figures}.", headline)


def _difference(city: City) -> Measured:
    if not enough_visits(city):
        return _too_little(city, _nothing(UNIT))
    first, last = periods(city)
    before, after = gap_difference(city, 0), gap_difference(city, -1)
    change, where = difference(after, before), sentence_start(city)
    figures = f"it was {_rounded(before)} {UNIT} a year in {first}, and {_rounded(after)} in {last}"
    if change.high < 0:
        headline = f"{where}, the difference narrowed: {_two(before, after)} {UNIT}"
        return Measured(
            change, "appears", f"{where}, the difference narrowed: {figures}.", headline
        )
    if change.low > 0:
        headline = f"{where}, the difference widened: {_two(before, after)} {UNIT}"
        sentence = f"{where}, the difference widened: {figures}. That is worth knowing."
        return Measured(change, "absent", sentence, headline)
    headline = f"{where}, we can't tell if the difference changed"
    return Measured(change, "unclear", f"{headline}: {figures}.", headline)


def _ratio(city: City) -> Measured:
    if not enough_visits(city):
        return _too_little(city, _nothing("times"))
    first, last = periods(city)
    before, after = (gap_ratio(city, period) for period in PERIODS)
    change, where = ratio(after, before), sentence_start(city)
    figures = f"it was {_short(before)} times in {first}, and {_short(after)} in {last}"
    ends = f"{format_number(before.value)} times, then {format_number(after.value)}"
    if change.low > 1:
        sentence = f"{where}, the ratio widened: {figures}."
        return Measured(change, "appears", sentence, f"{where}, the ratio widened: {ends}")
    if change.high < 1:
        sentence = f"{where}, the ratio narrowed: {figures}. That is worth knowing."
        return Measured(change, "absent", sentence, f"{where}, the ratio narrowed: {ends}")
    headline = f"{where}, we can't tell if the ratio changed"
    return Measured(change, "unclear", f"{headline}: {figures}.", headline)


def _both(city: City) -> Measured:
    less, more = _difference(city), _ratio(city)
    if "unclear" in (less.verdict, more.verdict):
        sentence = f"{sentence_start(city)}, there is too little to tell who is right."
        return Measured(more.estimate, "unclear", sentence, sentence)
    where = sentence_start(city)
    narrowed, widened = less.verdict == "appears", more.verdict == "appears"
    one, other = "narrowed" if narrowed else "widened", "widened" if widened else "narrowed"
    apart, times = (
        [measure(city, period) for period in PERIODS] for measure in (gap_difference, gap_ratio)
    )
    figures = (
        f"The difference {one} from {_rounded(apart[0])} to {_rounded(apart[1])} {UNIT}; the ratio "
        f"{other} from {_short(times[0])} to {_short(times[1])}. Publish the two together."
    )
    if narrowed and widened:
        headline = f"{where}, both are right: the difference narrowed, the ratio widened"
        return Measured(more.estimate, "appears", f"{where}, both are right. {figures}", headline)
    headline = f"{where}, the difference {one}, the ratio {other}"
    sentence = f"{headline}. That is worth knowing. {figures}"
    return Measured(more.estimate, "absent", sentence, headline)


def _avoided(city: City) -> Measured:
    if not enough_visits(city):
        return _too_little(city, _nothing("percent"))
    (first, last), where = periods(city), sentence_start(city)
    before, after = (avoided_share(city, period) for period in PERIODS)
    if after.low > 0:
        visits = format_number(avoided_visits(city, -1), 0)
        headline = (
            f"{where}, at the rate of the lowest-poverty fifth there would be {visits} fewer "
            "visits a year"
        )
        sentence = (
            f"{headline}. That is {_rounded(after)} percent of all in {last}; in {first} it was "
            f"{_rounded(before)}."
        )
        return Measured(after, "appears", sentence, headline)
    headline = f"{where}, the lowest-poverty fifth is no better off than the city"
    return Measured(after, "absent", f"{headline}. That is worth knowing.", headline)


def _measures(city: City) -> Measured:
    if not enough_visits(city):
        return _too_little(city, _nothing("measures"))
    table = gap_measures(city)
    wider, narrower = (int((table["gap"] == way).sum()) for way in ("wider", "narrower"))
    count = Estimate(wider, math.nan, math.nan, unit="measures", decimals=0)
    headline = (
        f"{sentence_start(city)}, {narrower} measures say the gap narrowed and {wider} say it "
        "widened"
    )
    if wider and narrower:
        return Measured(count, "appears", f"{headline}.", headline)
    return Measured(count, "absent", f"{headline}: they agree. That is worth knowing.", headline)


def _slope(city: City) -> Measured:
    if not enough_visits(city):
        return _too_little(city, _nothing(UNIT))
    last = periods(city)[1]
    index, where = slope(city, -1), sentence_start(city)
    headline = f"{where}, the slope index of {last} is {format_number(index.value, 0)}"
    sentence = (
        f"{headline} {UNIT} ({format_number(index.low, 0)} to {format_number(index.high, 0)}). "
        "It reads the whole ladder, not its two ends."
    )
    if index.high < 0 or index.low > 0:
        return Measured(index, "appears", sentence, headline)
    sentence = f"{sentence} There is no slope to speak of, and that is worth knowing."
    return Measured(index, "absent", sentence, headline)


def _nothing(unit: str) -> Estimate:
    return Estimate(math.nan, math.nan, math.nan, unit=unit)


def _too_little(city: City, estimate: Estimate) -> Measured:
    headline = f"{sentence_start(city)}, there is too little to tell"
    return Measured(estimate, "unclear", f"{headline}. Join years, or join areas.", headline)


def _rounded(one: Estimate) -> str:
    value, low, high = (format_number(x, 0) for x in (one.value, one.low, one.high))
    return f"{value} ({low} to {high})"


def _two(before: Estimate, after: Estimate) -> str:
    return f"{format_number(before.value, 0)}, then {format_number(after.value, 0)}"


def _short(one: Estimate) -> str:
    value, low, high = (format_number(x, 1) for x in (one.value, one.low, one.high))
    return f"{value} ({low} to {high})"


CLAIMS = (
    Claim("2.2-average", "Avoidable visits fell in the city.", "sampling", "method", _average),
    Claim(
        "2.2-difference",
        "The difference between the fifths narrowed.",
        "sampling",
        "method",
        _difference,
    ),
    Claim(
        "2.2-ratio",
        "In the same years the ratio between the fifths widened.",
        "sampling",
        "method",
        _ratio,
    ),
    Claim(
        "2.2-both",
        "Who says the gap shrinks and who says it grows are both right.",
        "sampling",
        "method",
        _both,
    ),
    Claim(
        "2.2-avoided",
        "A large share of visits would not be there at the rate of the lowest-poverty fifth.",
        "sampling",
        "method",
        _avoided,
    ),
    Claim(
        "2.2-measures",
        "Fifteen measures of one gap disagree on whether it narrowed.",
        "sampling",
        "method",
        _measures,
    ),
    Claim(
        "2.2-slope",
        "The rate falls all the way up the ladder, not only at its ends.",
        "sampling",
        "port-alder-only",
        _slope,
    ),
)
