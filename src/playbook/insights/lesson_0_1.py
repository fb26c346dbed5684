"""Claims of lesson 0.1, *Meet Port Alder*."""

from __future__ import annotations

import math
from collections.abc import Hashable
from typing import Any

from playbook.city.tables import City
from playbook.estimate import Estimate, format_number
from playbook.insights.near_neighbors import NEAR_MILES, near_neighbors
from playbook.insights.place_lives import life_expectancies
from playbook.insights.range_words import too_little
from playbook.insights.statements import Claim, Measured, sentence_start
from playbook.measures.rates import difference

# As many years of life as lie between near neighbors in Port Alder, at the least.
FAR_APART = 12
MANY_TIMES = 5


def _size(city: City) -> Measured:
    people = city["neighborhoods"]["population"]
    times = people.max() / people.min()
    estimate = Estimate(float(times), math.nan, math.nan, unit="times as many people")
    return Measured(
        estimate,
        "appears" if times >= MANY_TIMES else "absent",
        f"{city.name} has {len(people)} neighborhoods. The largest has {people.max():,} people, "
        f"{format_number(times, 0)} times as many as the smallest.",
        f"{city.name} is {len(people)} neighborhoods of very different size",
    )


def _neighbors(city: City) -> Measured:
    if near_neighbors(city).empty:
        return _no_map(city)
    shorter, longer = near_neighbors(city).to_dict("records")
    gap = difference(*(_life(row) for row in (longer, shorter)))
    headline = (
        f"{sentence_start(city)}, near neighbors {longer['neighborhood']} and "
        f"{shorter['neighborhood']} lie {format_number(gap.value)} years of life apart"
    )
    sentence = (
        f"{sentence_start(city)}, {longer['neighborhood']} and {shorter['neighborhood']} lie less "
        f"than {NEAR_MILES} miles apart. People in {longer['neighborhood']} live {gap} longer"
    )
    if gap.value >= FAR_APART:
        return Measured(gap, "appears", f"{sentence}.", headline)
    return Measured(gap, "absent", f"{sentence}. That is worth knowing.", headline)


def _life(row: dict[Hashable, Any]) -> Estimate:
    return Estimate(row["life_expectancy"], row["low"], row["high"], unit="years", better="higher")


def _no_map(city: City) -> Measured:
    """Say how far apart lives lie, where nobody can say which places are near each other."""
    lives, where = life_expectancies(city).dropna(subset="life_expectancy"), sentence_start(city)
    if len(lives) < 2:
        return too_little(city, "years", "It takes a life expectancy of two places or more.")
    shorter, longer = lives.iloc[[0, -1]].to_dict("records")
    gap = difference(*(_life(row) for row in (longer, shorter)))
    headline = (
        f"{where}, {format_number(gap.value)} years of life lie between {longer['neighborhood']} "
        f"and {shorter['neighborhood']}"
    )
    sentence = f"{headline}. There is too little to tell if near neighbors differ: it takes a map."
    return Measured(gap, "unclear", sentence, headline)


CLAIMS = (
    Claim(
        "0.1-size",
        "The largest neighborhood has many times as many people as the smallest.",
        "sampling",
        "port-alder-only",
        _size,
        ("neighborhoods.population",),
    ),
    Claim(
        "0.1-neighbors",
        "Two neighborhoods less than 1.3 miles apart differ by at least twelve years of life.",
        "sampling",
        "port-alder-only",
        _neighbors,
        ("life_expectancy", "neighborhoods.population"),
    ),
)
