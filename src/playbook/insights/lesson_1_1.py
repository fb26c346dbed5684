"""Claims of lesson 1.1, *Which curve are we turning?*: green measures beside a curve that rises."""

from __future__ import annotations

import math
from dataclasses import replace

from playbook.city.tables import City
from playbook.estimate import Estimate, format_number
from playbook.insights.headline_curve import (
    GREEN_YEARS,
    TABLES,
    Curve,
    change_in_percent,
    curve_forecast,
    forecasts_a_year_apart,
    headline_curve,
    people_to_baseline,
    period_rates,
    period_words,
    scorecard,
)
from playbook.insights.range_words import too_little
from playbook.insights.statements import Claim, Measured, sentence_start

# A scorecard looks fine when so many of its measures are green.
MOSTLY = 0.8
# A list of measures asks too seldom whether anyone is better off when fewer do than this.
SELDOM = 1 / 3
FEWEST_MEASURES = 5
# The last few years' drift is worse by far when it is pushed about so many times as much.
FAR_MORE = 2


def _worse(curve: Curve) -> bool | None:
    """Whether the curve got worse; None where nobody can tell."""
    change = change_in_percent(curve)
    if not change.known or change.low <= 0 <= change.high:
        return None
    return (change.low > 0) == (curve.direction == "lower")


def _green(city: City) -> Measured:
    curve = headline_curve(city)
    if curve is None:
        return _too_little(city, "measures")
    table, worse = scorecard(city), _worse(curve)
    if len(table) < FEWEST_MEASURES or worse is None:
        return _too_little(city, "measures")
    count, where = int(table["green"].sum()), sentence_start(city)
    estimate = Estimate(count, math.nan, math.nan, unit="measures", decimals=0)
    fact = (
        f"{where}, {count} of {len(table)} performance measures are green in all of the last "
        f"{GREEN_YEARS} years"
    )
    if count >= MOSTLY * len(table) and worse:
        first, last = period_words(curve)
        headline = (
            f"{where}, {count} of {len(table)} measures stay green while the curve gets worse"
        )
        sentence = (
            f"{fact}. Between {first} and {last} the headline curve got worse all the same: "
            f"{curve.name}."
        )
        return Measured(estimate, "appears", sentence, headline)
    turn = "got worse" if worse else "got better"
    sentence = f"{fact}, and the headline curve {turn}. That is worth knowing."
    return Measured(estimate, "absent", sentence, f"{where}, the headline curve {turn}")


def _better_off(city: City) -> Measured:
    unit = "measures"
    if any(table not in city for table in TABLES):
        return _too_little(city, unit)
    table = scorecard(city)
    if len(table) < FEWEST_MEASURES:
        return _too_little(city, unit)
    asking, where = table[table["kind"] == "better off"], sentence_start(city)
    estimate = Estimate(len(asking), math.nan, math.nan, unit=unit, decimals=0)
    headline = f"{where}, {len(asking)} of {len(table)} measures ask whether anyone is better off"
    missed = int((~asking["green"]).sum())
    all_missed = int((~table["green"]).sum())
    sentence = f"{headline}. Of the {all_missed} that are not green, {missed} ask it."
    if len(asking) < SELDOM * len(table):
        return Measured(estimate, "appears", sentence, headline)
    return Measured(estimate, "absent", f"{sentence} That is many, and worth knowing.", headline)


def _curve(city: City) -> Measured:
    curve = headline_curve(city)
    if curve is None:
        return _too_little(city, "percent")
    change, worse, where = change_in_percent(curve), _worse(curve), sentence_start(city)
    (before, after), (first, last) = period_rates(curve), period_words(curve)
    figures = f"{_whole(before)} in {first}, {_whole(after)} in {last}"
    if worse is None:
        headline = f"{where}, we can't tell whether the headline curve moved"
        return Measured(change, "unclear", f"{headline}: {curve.name}, {figures}.", headline)
    way = "rose" if change.value > 0 else "fell"
    size = format_number(abs(change.value), 0)
    ends = sorted(abs(one) for one in (change.low, change.high))
    span = " to ".join(format_number(one, 0) for one in ends)
    headline = f"{where}, the headline curve {way} by {size} percent"
    sentence = f"{headline} ({span}). {curve.name}: {figures}."
    if worse:
        return Measured(change, "appears", sentence, headline)
    return Measured(change, "absent", f"{sentence} It got better: worth knowing.", headline)


def _whole(one: Estimate) -> str:
    """Write a rate with its range and unit, without digits after the point."""
    return str(replace(one, decimals=0))


def _forecast(city: City) -> Measured:
    curve = headline_curve(city)
    if curve is None:
        return _too_little(city, "")
    ahead, where = curve_forecast(curve), sentence_start(city)
    start, first = period_rates(curve)[0].value, period_words(curve)[0]
    headline = (
        f"{where}, if nothing changes the headline stands at {format_number(ahead.value, 0)} "
        f"in {curve.target_year}"
    )
    sentence = (
        f"{headline} ({curve.unit}). The chance is four in five that it lies from "
        f"{format_number(ahead.low, 0)} to {format_number(ahead.high, 0)}. "
        f"In {first} it was {format_number(start, 0)}."
    )
    higher_is_worse = curve.direction == "lower"
    worse, better = ahead.low > start, ahead.high < start
    if not higher_is_worse:
        worse, better = better, worse
    if worse:
        return Measured(ahead, "appears", sentence, headline)
    if better:
        return Measured(ahead, "absent", f"{sentence} That is better: worth knowing.", headline)
    sentence = f"{sentence} So we can't tell whether it will be better or worse."
    return Measured(ahead, "unclear", sentence, headline)


def _drift(city: City) -> Measured:
    curve = headline_curve(city)
    if curve is None:
        return _too_little(city, "times")
    made = forecasts_a_year_apart(curve)
    spread = made[["line", "drift"]].max() - made[["line", "drift"]].min()
    if not spread.notna().all() or spread["line"] == 0:
        return _too_little(city, "times")
    times = Estimate(float(spread["drift"] / spread["line"]), math.nan, math.nan, unit="times")
    where = sentence_start(city)
    line, drift = (
        f"from {format_number(made[name].min(), 0)} to {format_number(made[name].max(), 0)}"
        for name in ("line", "drift")
    )
    headline = f"{where}, the last three years' drift points {drift} for {curve.target_year}"
    sentence = (
        f"{where}, {len(made)} forecasts for {curve.target_year}, each made a year later, go "
        f"{drift} {curve.unit} when they follow the last three years, and {line} when they follow "
        "all."
    )
    if times.value >= FAR_MORE:
        return Measured(times, "appears", sentence, headline)
    return Measured(times, "absent", f"{sentence} They are alike: worth knowing.", headline)


def _people(city: City) -> Measured:
    curve = headline_curve(city)
    if curve is None:
        return _too_little(city, "people a year")
    gap, where, first = people_to_baseline(curve), sentence_start(city), period_words(curve)[0]
    size = format_number(abs(gap.value), 0)
    if gap.low > 0:
        headline = f"{where}, {size} people a year lie between today and the rate of {first}"
        span = f"{format_number(gap.low, 0)} to {format_number(gap.high, 0)}"
        return Measured(gap, "appears", f"{headline} ({span}). {curve.name}.", headline)
    if gap.high < 0:
        headline = f"{where}, the headline is better by {size} people a year than in {first}"
        return Measured(gap, "absent", f"{headline}. That is worth knowing.", headline)
    headline = f"{where}, we can't tell how many people lie between today and {first}"
    return Measured(gap, "unclear", f"{headline}: {gap}.", headline)


def _too_little(city: City, unit: str) -> Measured:
    return too_little(
        city,
        unit,
        "It takes six years or more of a headline indicator, with its counts, and five measures "
        "with targets.",
    )


CLAIMS = (
    Claim(
        "1.1-green",
        "Nearly all performance measures stay green while the headline curve gets worse.",
        "planted",
        "method",
        _green,
        (*TABLES, "indicators.target"),
    ),
    Claim(
        "1.1-better-off",
        "Few measures ask whether anyone is better off, and most that miss their target do.",
        "planted",
        "port-alder-only",
        _better_off,
        (*TABLES, "indicators.target"),
    ),
    Claim(
        "1.1-curve",
        "Avoidable deaths before 75 in the two eastern districts rose by about a quarter.",
        "sampling",
        "port-alder-only",
        _curve,
    ),
    Claim(
        "1.1-forecast",
        "If nothing changes, the headline will be far above where it began.",
        "sampling",
        "port-alder-only",
        _forecast,
    ),
    Claim(
        "1.1-drift",
        "A forecast from the last three years jumps with each new year; the long line far less.",
        "noise",
        "method",
        _drift,
    ),
    Claim(
        "1.1-people",
        "In people, the gap to where the curve began is dozens a year.",
        "sampling",
        "port-alder-only",
        _people,
    ),
)
