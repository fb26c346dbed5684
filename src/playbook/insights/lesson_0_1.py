"""Claims of lesson 0.1, *Start here*."""

from __future__ import annotations

import math

from playbook.city.tables import City
from playbook.estimate import Estimate, format_number
from playbook.insights.statements import Claim, Measured


def _size(city: City) -> Measured:
    people = city["neighborhoods"]["population"]
    times = people.max() / people.min()
    estimate = Estimate(float(times), math.nan, math.nan, unit="times as many people")
    return Measured(
        estimate,
        "appears" if times >= 5 else "absent",
        f"{city.name} has {len(people)} neighborhoods. The largest has {people.max():,} people, "
        f"{format_number(times, 0)} times as many as the smallest.",
        f"{city.name} is {len(people)} neighborhoods of very different size",
    )


CLAIMS = (
    Claim(
        "0.1-size",
        "The largest neighborhood has many times as many people as the smallest.",
        "sampling",
        "port-alder-only",
        _size,
    ),
)
