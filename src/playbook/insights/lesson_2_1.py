"""Claims of lesson 2.1, *Why does Eastbank's death rate look so low?*: its residents are young."""

from __future__ import annotations

import pandas as pd

from playbook.city.tables import City
from playbook.estimate import Estimate, format_number
from playbook.insights.district_deaths import (
    NEEDED,
    OLDEST,
    UNIT,
    WORKING_AGE,
    Pair,
    adjusted_rate,
    adjusted_with,
    ages_of,
    crude_rate,
    deaths_by_age,
    district_pair,
    district_rates,
    place_on_list,
    split_by_age,
)
from playbook.insights.range_words import too_little
from playbook.insights.statements import Claim, Measured, sentence_start
from playbook.measures.rates import difference


def _crude(city: City) -> Measured:
    pair = district_pair(city)
    if pair is None:
        return _too_little(city)
    low, high = crude_rate(city, pair.first), crude_rate(city, pair.second)
    gap, where = difference(low, high), sentence_start(city)
    figures = (
        f"{pair.first} has {_rounded(low)} deaths {UNIT} a year, {pair.second} {_rounded(high)}"
    )
    place = place_on_list(city, pair.first, "crude")
    listed = f"On the list of {len(district_rates(city))} districts it is number {place}"
    if gap.high < 0:
        headline = f"{where}, the crude death rate of {pair.first} is below that of {pair.second}"
        sentence = f"{where}, {figures}. {listed}."
        return Measured(gap, "appears", sentence, headline)
    if gap.low > 0:
        headline = f"{where}, even the crude death rate is higher in {pair.first}"
        sentence = f"{headline}: {figures}. That is worth knowing."
        return Measured(gap, "absent", sentence, headline)
    headline = f"{where}, we can't tell the crude death rates of the two districts apart"
    return Measured(gap, "unclear", f"{headline}: {figures}.", headline)


def _adjusted(city: City) -> Measured:
    pair = district_pair(city)
    if pair is None or not _known(city, pair):
        return _too_little(city)
    high, low = adjusted_rate(city, pair.first), adjusted_rate(city, pair.second)
    gap, where = difference(high, low), sentence_start(city)
    figures = (
        f"{pair.first} has {_rounded(high)} deaths {UNIT} a year, {pair.second} {_rounded(low)}"
    )
    place = place_on_list(city, pair.first, "adjusted")
    listed = f"On that list of {len(district_rates(city))} districts {pair.first} is number {place}"
    if gap.low > 0:
        headline = f"{where}, at the same ages more people die in {pair.first}"
        sentence = f"{where}, at the same ages {figures}. {listed}."
        return Measured(gap, "appears", sentence, headline)
    if gap.high < 0:
        headline = f"{where}, at the same ages fewer people die in {pair.first}"
        sentence = f"{headline}: {figures}. That is worth knowing."
        return Measured(gap, "absent", sentence, headline)
    headline = f"{where}, we can't tell the two districts apart at the same ages"
    return Measured(gap, "unclear", f"{headline}: {figures}.", headline)


def _reversal(city: City) -> Measured:
    crude, adjusted, where = _crude(city), _adjusted(city), sentence_start(city)
    if "unclear" in (crude.verdict, adjusted.verdict):
        headline = f"{where}, there is too little to tell whether the order turns"
        return Measured(adjusted.estimate, "unclear", f"{headline}.", headline)
    pair = district_pair(city)
    assert pair is not None  # or both would be unclear
    places = [place_on_list(city, pair.first, rates) for rates in ("crude", "adjusted")]
    others = [place_on_list(city, pair.second, rates) for rates in ("crude", "adjusted")]
    figures = (
        f"{pair.first} is number {places[0]} by the crude rate and number {places[1]} at the same "
        f"ages; {pair.second} is number {others[0]}, then {others[1]}. "
        "Number 1 has the highest rate"
    )
    if crude.verdict == "appears" and adjusted.verdict == "appears":
        headline = f"{where}, {pair.first} and {pair.second} change places at the same ages"
        return Measured(adjusted.estimate, "appears", f"{where}, {figures}.", headline)
    headline = f"{where}, ages do not turn the order of {pair.first} and {pair.second}"
    sentence = f"{headline}, and that is worth knowing. {figures}."
    return Measured(adjusted.estimate, "absent", sentence, headline)


def _ages(city: City) -> Measured:
    pair = district_pair(city)
    if pair is None or not _known(city, pair):
        return _too_little(city)
    mix, within = split_by_age(city, pair)
    total, where = mix.value + within.value, sentence_start(city)
    way = "lower" if total < 0 else "higher"
    start = (
        f"{where}, the crude rate of {pair.first} is {format_number(abs(total), 0)} {UNIT} {way} "
        f"than that of {pair.second}"
    )
    parts = f"Ages alone make it {_signed(mix)}, deaths at the same ages make it {_signed(within)}"
    sentence = f"{start}. {parts}."
    if mix.high < 0 < within.low:
        headline = f"{where}, ages hide that more people die in {pair.first} at the same ages"
        return Measured(mix, "appears", sentence, headline)
    if mix.low > 0 or within.high < 0:
        headline = f"{where}, ages hide nothing of that kind in {pair.first}"
        return Measured(mix, "absent", f"{sentence} That is worth knowing.", headline)
    headline = f"{where}, we can't tell what ages hide in {pair.first}"
    return Measured(mix, "unclear", f"{headline}. {parts}.", headline)


def _where(city: City) -> Measured:
    pair = district_pair(city)
    if pair is None:
        return _too_little(city)
    table, where = deaths_by_age(city, pair).set_index("ages"), sentence_start(city)
    working, oldest = _times(table, WORKING_AGE), _times(table, OLDEST)
    if not (working.known and oldest.known):
        return _too_little(city)
    headline = (
        f"{where}, people from {WORKING_AGE} die {format_number(working.value)} times as often in "
        f"{pair.first} as in {pair.second}"
    )
    more = table["excess"].clip(lower=0)
    percent = 100 * more[WORKING_AGE] / more.sum() if more.sum() > 0 else 0.0
    sentence = (
        f"{headline} ({working.range}). From 75 on it is {format_number(oldest.value)} times "
        f"({oldest.range}). Of the deaths beyond {pair.second}'s rates, "
        f"{format_number(percent, 0)} percent fall between 25 and 54."
    )
    if working.low > max(1.0, oldest.high):
        return Measured(working, "appears", sentence, headline)
    if working.high < max(1.0, oldest.low):
        return Measured(working, "absent", f"{sentence} That is worth knowing.", headline)
    headline = f"{where}, we can't tell at which ages the two districts differ most"
    return Measured(working, "unclear", f"{headline}. {sentence}", headline)


def _standard(city: City) -> Measured:
    pair = district_pair(city)
    if pair is None or not _known(city, pair):
        return _too_little(city)
    standards: dict[str, str | pd.Series] = {
        "of the United States in 2000": "us2000",
        "of the whole city": ages_of(city),
        f"of {pair.second}": ages_of(city, pair.second),
    }
    gaps, figures = [], []
    for words, people in standards.items():
        rates = [adjusted_with(city, name, people) for name in (pair.first, pair.second)]
        gaps.append(difference(*rates))
        values = " and ".join(format_number(one.value, 0) for one in rates)
        figures.append(f"with the ages {words} {values}")
    where, smallest = sentence_start(city), min(gaps, key=lambda gap: gap.value)
    sentence = (
        f"{where}, the rates of {pair.first} and {pair.second} are {'; '.join(figures)} {UNIT}."
    )
    if all(gap.low > 0 for gap in gaps):
        headline = f"{where}, {pair.first} has the higher rate whichever ages we take"
        return Measured(smallest, "appears", sentence, headline)
    if any(gap.high < 0 for gap in gaps):
        headline = f"{where}, the order depends on which ages we take"
        sentence = f"{sentence} The order depends on it, and that is worth knowing."
        return Measured(smallest, "absent", sentence, headline)
    headline = f"{where}, we can't tell whether the order depends on which ages we take"
    return Measured(smallest, "unclear", f"{headline}. {sentence}", headline)


def _times(table: pd.DataFrame, ages: str) -> Estimate:
    value, low, high = (float(table[name][ages]) for name in ("times", "low", "high"))
    return Estimate(value, low, high, unit="times")


def _known(city: City, pair: Pair) -> bool:
    return all(adjusted_rate(city, name).known for name in (pair.first, pair.second))


def _rounded(one: Estimate) -> str:
    value, low, high = (format_number(x, 0) for x in (one.value, one.low, one.high))
    return f"{value} ({low} to {high})"


def _signed(one: Estimate) -> str:
    way = "lower" if one.value < 0 else "higher"
    low, high = sorted((abs(one.low), abs(one.high)))
    if one.low < 0 < one.high:
        low = 0.0
    span = f"{format_number(low, 0)} to {format_number(high, 0)}"
    return f"{format_number(abs(one.value), 0)} {way} ({span})"


def _too_little(city: City) -> Measured:
    return too_little(
        city,
        UNIT,
        "It takes two districts with 100 deaths or more each, by age, and residents by age. Join "
        "years, or join areas.",
    )


CLAIMS = (
    Claim(
        "2.1-crude",
        "By the crude death rate, the highest-poverty district looks healthier.",
        "sampling",
        "port-alder-only",
        _crude,
        NEEDED,
    ),
    Claim(
        "2.1-adjusted",
        "At the same ages, more people die in the highest-poverty district.",
        "sampling",
        "port-alder-only",
        _adjusted,
        NEEDED,
    ),
    Claim(
        "2.1-reversal",
        "The two districts change places once they are compared at the same ages.",
        "sampling",
        "method",
        _reversal,
        NEEDED,
    ),
    Claim(
        "2.1-ages",
        "Ages hide the whole difference, and more.",
        "sampling",
        "method",
        _ages,
        NEEDED,
    ),
    Claim(
        "2.1-where",
        "The two districts differ most in working age, and far less from 75 on.",
        "sampling",
        "port-alder-only",
        _where,
        NEEDED,
    ),
    Claim(
        "2.1-standard",
        "The order is the same whichever ages we compare at.",
        "sampling",
        "method",
        _standard,
        NEEDED,
    ),
)
