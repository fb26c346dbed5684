"""Claims of lesson 11.2, *Act and declare*: last year's best cities slip, whatever they do."""

from __future__ import annotations

import math

from playbook.city.tables import City
from playbook.estimate import Estimate, format_number
from playbook.insights.range_words import too_little
from playbook.insights.statements import Claim, Measured, sentence_start
from playbook.insights.top_ten_lists import (
    LIST,
    all_years,
    enough_cities,
    lead_kept,
    moved_to_the_middle,
    rise_of_the_last,
    top_ten_moves,
)
from playbook.measures.rates import proportion

# By chance alone, half of any list moves down and half up.
HALF = 50
# As good as all of a list stays on it.
NEARLY_ALL = 90


def _slipped(city: City) -> Measured:
    if not enough_cities(city):
        return _too_little(city, "percent")
    moves, share, where = top_ten_moves(city), moved_to_the_middle(city), _start(city)
    places = LIST * len(moves)
    fell, rose = int(moves["best_fell"].sum()), int(moves["last_rose"].sum())
    years = all_years(city)
    figures = (
        f"Of {places} places among the best ten of {years[-2]}, {fell} slipped a year later; of "
        f"{places} among the last ten, {rose} rose. From {years[0]} to {years[-1]}, "
        f"{_rounded(share)} percent of both lists moved toward the middle"
    )
    if share.low > HALF:
        headline = f"{where}, {fell} of {places} top-ten places slipped a year later"
        sentence = f"{where}, {figures[0].lower()}{figures[1:]}.{_by_design(city)}"
        return Measured(share, "appears", sentence, headline)
    if share.high < HALF:
        headline = f"{where}, the best moved further up and the last further down"
        return Measured(share, "absent", f"{headline}. {figures}: worth knowing.", headline)
    headline = f"{where}, we can't tell whether the lists moved toward the middle"
    return Measured(share, "unclear", f"{headline}. {figures}.", headline)


def _lead(city: City) -> Measured:
    if not enough_cities(city):
        return _too_little(city, "percent")
    kept, where = lead_kept(city), _start(city)
    figures = f"the best ten kept {_rounded(kept)} percent of their lead a year later"
    headline = f"{where}, the best ten kept {format_number(kept.value, 0)} percent of their lead"
    if kept.high < 100:
        return Measured(kept, "appears", f"{where}, {figures}.{_by_design(city)}", headline)
    if kept.low > HALF:
        sentence = f"{where}, {figures}. They are ahead to stay, and that is worth knowing."
        return Measured(kept, "absent", sentence, headline)
    headline = f"{where}, we can't tell whether the best ten kept their lead"
    return Measured(kept, "unclear", f"{headline}: {figures}.", headline)


def _last(city: City) -> Measured:
    if not enough_cities(city):
        return _too_little(city, "percentage points")
    rise, where = rise_of_the_last(city), _start(city)
    if rise.low > 0:
        headline = f"{where}, the last ten rose by {format_number(rise.value)} points in a year"
        sentence = f"{where}, on average the last ten rose by {rise} in a year.{_by_design(city)}"
        return Measured(rise, "appears", sentence, headline)
    if rise.high < 0:
        headline = f"{where}, the last ten fell further behind"
        sentence = f"{headline}, by {_rounded_away(rise)} points. That is worth knowing."
        return Measured(rise, "absent", sentence, headline)
    headline = f"{where}, we can't tell whether the last ten rose"
    return Measured(rise, "unclear", f"{headline}: {rise}.", headline)


def _repeat(city: City) -> Measured:
    if not enough_cities(city):
        return _too_little(city, "places")
    moves, where = top_ten_moves(city), _start(city)
    places, stayed = LIST * len(moves), int(moves["still_best"].sum())
    share = proportion(stayed, places)
    left = Estimate(places - stayed, math.nan, math.nan, unit="places", decimals=0)
    headline = f"{where}, {places - stayed} of {places} top-ten places are new a year later"
    sentence = f"{headline}. {_rounded(share)} percent were on both lists."
    if share.high < NEARLY_ALL:
        return Measured(left, "appears", sentence, headline)
    if share.low > HALF:
        sentence = f"{sentence} The lists hardly change, and that is worth knowing."
        return Measured(left, "absent", sentence, headline)
    return Measured(left, "unclear", f"{sentence} There is too little to tell more.", headline)


def _start(city: City) -> str:
    return f"{sentence_start(city)}'s group of cities"


def _by_design(city: City) -> str:
    return " Nobody changed anything: we built it so." if city.fictional else ""


def _rounded(one: Estimate) -> str:
    value, low, high = (format_number(x, 0) for x in (one.value, one.low, one.high))
    return f"{value} ({low} to {high})"


def _rounded_away(one: Estimate) -> str:
    return f"{format_number(-one.value)} ({format_number(-one.high)} to {format_number(-one.low)})"


def _too_little(city: City, unit: str) -> Measured:
    return too_little(city, unit, "It takes more than 20 cities in two years.")


CLAIMS = (
    Claim(
        "11.2-slipped",
        "Most of last year's best places slip and most of the last ones rise; nothing changed.",
        "noise",
        "method",
        _slipped,
    ),
    Claim(
        "11.2-lead",
        "The best ten keep a part of their lead only.",
        "noise",
        "method",
        _lead,
    ),
    Claim(
        "11.2-last",
        "The last ten get better, though nobody does anything.",
        "noise",
        "method",
        _last,
    ),
    Claim(
        "11.2-repeat",
        "Many of the best ten are others a year later.",
        "noise",
        "method",
        _repeat,
    ),
)
