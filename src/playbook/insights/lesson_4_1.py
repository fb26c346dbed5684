"""Claims of lesson 4.1, *Who answered?*: the first place depends on whom the survey heard."""

from __future__ import annotations

import math

import pandas as pd

from playbook.city.tables import City
from playbook.estimate import Estimate, format_number
from playbook.insights.label_words import in_sentence
from playbook.insights.statements import Claim, Measured, sentence_start
from playbook.insights.survey_answers import (
    CAP,
    capped_survey,
    chances_to_answer,
    lead_of,
    most_missed,
    nothing,
    people_of,
    price_of,
    priorities,
    raked_survey,
)
from playbook.measures.raking import Raked

POINTS = "percentage points"
# A shortfall of fewer points than this changes no decision.
NOTABLE_POINTS = 5
# Below this the price of weighing is small.
NOTABLE_EFFECT = 1.5
# An R-indicator above this looks good, and chances that vary more than this are not.
LOOKS_GOOD, VARIES = 0.9, 50


def _who(city: City) -> Measured:
    missed = most_missed(city)
    if missed is None:
        return _too_little(city, POINTS)
    who = people_of(missed.group)
    figures = (
        f"{_whole(missed.answers)} percent of answers, {_whole(missed.people)} percent of adults"
    )
    headline = f"{sentence_start(city)}, {who} are {figures}"
    sentence = f"{headline}: {_too_few(missed.gap)} {POINTS} too few."
    if missed.gap.high < -NOTABLE_POINTS:
        return Measured(missed.gap, "appears", sentence, headline)
    if missed.gap.low > -NOTABLE_POINTS:
        sentence += " No group is missed by much, and that is worth knowing."
        return Measured(missed.gap, "absent", sentence, headline)
    return Measured(missed.gap, "unclear", f"{sentence} We can't tell if that is much.", headline)


def _quota(city: City) -> Measured:
    missed = most_missed(city)
    if missed is None:
        return _too_little(city, "answers")
    more = Estimate(missed.short, math.nan, math.nan, "answers", decimals=0)
    who, where = people_of(missed.group), sentence_start(city)
    if missed.gap.high < 0:
        headline = f"{where}, it would take {_whole(missed.short)} more answers from {who}"
        sentence = f"{headline} for their share of answers to be their share of adults."
        return Measured(more, "appears", sentence, headline)
    headline = f"{where}, no group needs more answers to have its share"
    return Measured(more, "absent", f"{headline}. That is worth knowing.", headline)


def _unweighted(city: City) -> Measured:
    if raked_survey(city) is None:
        return _too_little(city, POINTS)
    shares, where = priorities(city, weighed=False), sentence_start(city)
    if len(shares) < 2:
        return _too_little(city, POINTS)
    first, second = shares.index[:2]
    ahead = lead_of(city, first, second, None)
    one, other = in_sentence(first), in_sentence(second)
    headline = f"{where}, {one} comes first by answers alone: {_share(shares, first)} percent"
    sentence = (
        f"{headline} ({_ends(shares, first)}). Next is {other}, {_share(shares, second)} percent."
    )
    if ahead.low > 0:
        return Measured(ahead, "appears", sentence, headline)
    headline = f"{where}, we can't tell what comes first by answers alone"
    return Measured(ahead, "unclear", f"{headline}: {one} or {other}.", headline)


def _first(city: City) -> Measured:
    raked = raked_survey(city)
    if raked is None:
        return _too_little(city, POINTS)
    before, after = (priorities(city, weighed=each) for each in (False, True))
    old, new, where = before.index[0], after.index[0], sentence_start(city)
    if old == new:
        return _same_first(city, raked)
    ahead = lead_of(city, new, old, raked)
    one, other = in_sentence(new), in_sentence(old)
    shares = (
        f"{_share(after, new)} percent ({_ends(after, new)}) against {_share(after, old)} "
        f"({_ends(after, old)}) for {other}"
    )
    was = f"By answers alone it was {_share(before, new)} against {_share(before, old)}."
    if ahead.low > 0:
        headline = f"{where}, {one} comes first once each group counts by its size"
        return Measured(ahead, "appears", f"{headline}: {shares}. {was}", headline)
    headline = f"{where}, we can't tell which comes first: {one} or {other}"
    return Measured(ahead, "unclear", f"{headline}. Weighed, it is {shares}.", headline)


def _same_first(city: City, raked: Raked) -> Measured:
    after, where = priorities(city, weighed=True), sentence_start(city)
    if len(after) < 2:
        return _too_little(city, POINTS)
    first, second = after.index[:2]
    ahead = lead_of(city, first, second, raked)
    one, other = in_sentence(first), in_sentence(second)
    if ahead.low > 0:
        headline = f"{where}, {one} comes first before and after weighing"
        sentence = f"{headline}: {_share(after, first)} percent. That is worth knowing."
        return Measured(ahead, "absent", sentence, headline)
    headline = f"{where}, we can't tell which comes first: {one} or {other}"
    return Measured(ahead, "unclear", f"{headline}. After weighing they are close.", headline)


def _price(city: City) -> Measured:
    raked = raked_survey(city)
    if raked is None:
        return _too_little(city, "times")
    price, where = price_of(raked), sentence_start(city)
    low, high = (format_number(x) for x in (raked.weights.min(), raked.weights.max()))
    effect, before, after = (
        format_number(each.value) for each in (price.effect, price.before, price.after)
    )
    headline = f"{where}, weighing makes the margin grow from {before} to {after} points"
    sentence = f"{headline}. The design effect is {effect}; weights run from {low} to {high}."
    if price.effect.value >= NOTABLE_EFFECT:
        return Measured(price.effect, "appears", sentence, headline)
    sentence += " That is a small price, and worth knowing."
    return Measured(price.effect, "absent", sentence, headline)


def _cap(city: City) -> Measured:
    raked, capped = raked_survey(city), capped_survey(city)
    if raked is None or capped is None:
        return _too_little(city, "times")
    effect, where = price_of(capped).effect, sentence_start(city)
    headline = (
        f"{where}, a cap of {CAP} times the median weight lowers the design effect from "
        f"{format_number(price_of(raked).effect.value)} to {format_number(effect.value)}"
    )
    sentence = (
        f"{headline}. It cuts {capped.cut:,} of {len(capped.weights):,} weights, and the sums then "
        f"miss by up to {format_number(capped.largest_miss)} {POINTS}."
    )
    if capped.cut:
        return Measured(effect, "appears", sentence, headline)
    headline = f"{where}, no weight is above {CAP} times the median"
    sentence = f"{headline}. There is nothing to cut, and that is worth knowing."
    return Measured(effect, "absent", sentence, headline)


def _indicator(city: City) -> Measured:
    chances = chances_to_answer(city)
    if chances is None:
        return _too_little(city, "percent")
    varies = Estimate(chances.variation, math.nan, math.nan, "percent", decimals=0)
    where, figure = sentence_start(city), format_number(chances.r_indicator, 2)
    headline = f"{where}, the R-indicator is {figure}, and chances vary by {varies}"
    sentence = (
        f"{where}, {format_number(chances.rate)} percent of adults answered. The R-indicator is "
        f"{figure} of 1, yet the chance to answer varies by {varies} of its average."
    )
    if chances.r_indicator > LOOKS_GOOD and chances.variation > VARIES:
        return Measured(varies, "appears", sentence, headline)
    sentence += " The two tell the same story here, and that is worth knowing."
    return Measured(varies, "absent", sentence, headline)


def _too_little(city: City, unit: str) -> Measured:
    headline = f"{sentence_start(city)}, there is too little to tell who answered"
    sentence = f"{headline}. Ask more people, or join groups in the answers and in the sums."
    return Measured(nothing(unit), "unclear", sentence, headline)


def _whole(value: float) -> str:
    return format_number(value, 0)


def _too_few(gap: Estimate) -> str:
    return f"{format_number(-gap.value)} ({format_number(-gap.high)} to {format_number(-gap.low)})"


def _share(shares: pd.DataFrame, choice: str) -> str:
    return _whole(shares["share"][choice])


def _ends(shares: pd.DataFrame, choice: str) -> str:
    return f"{_whole(shares['low'][choice])} to {_whole(shares['high'][choice])}"


CLAIMS = (
    Claim(
        "4.1-who",
        "Renters are more than half of all adults, and a quarter of the answers.",
        "sampling",
        "port-alder-only",
        _who,
    ),
    Claim(
        "4.1-unweighted",
        "By answers alone, street repair comes first.",
        "sampling",
        "port-alder-only",
        _unweighted,
    ),
    Claim(
        "4.1-first",
        "Once each group counts by its size, home repair and rent come first.",
        "sampling",
        "method",
        _first,
    ),
    Claim(
        "4.1-price",
        "Weighing has a price: the margin of error grows.",
        "sampling",
        "method",
        _price,
    ),
    Claim(
        "4.1-cap",
        "A cap on the weights makes the answer steadier and the sums a little wrong.",
        "sampling",
        "method",
        _cap,
    ),
    Claim(
        "4.1-indicator",
        "When few answer, the R-indicator looks good whoever answered.",
        "sampling",
        "method",
        _indicator,
    ),
    Claim(
        "4.1-quota",
        "It would take many more answers from renters for them to have their share.",
        "sampling",
        "port-alder-only",
        _quota,
    ),
)
