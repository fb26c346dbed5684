"""Claims of lesson 11.1, *Are we ready to certify?*: what counts is what one can show."""

from __future__ import annotations

import math

from playbook.city.tables import City
from playbook.estimate import Estimate, format_number
from playbook.insights.certification_plan import (
    ALL_CRITERIA,
    open_criteria,
    roads_to,
    standing,
)
from playbook.insights.statements import Claim, Measured, sentence_start
from playbook.measures.readiness import LEVELS, level_of

CRITERIA = "criteria"
POINTS = "points of effort"
NEXT, AFTER = "Silver", "Gold"


def _level(city: City) -> Measured:
    now, where = standing(city), sentence_start(city)
    if now is None:
        return _too_little(city, CRITERIA)
    own, proven = (format_number(each.value, 0) for each in (now.own_view, now.with_proof))
    levels = [level_of(each.value) for each in (now.own_view, now.with_proof)]
    figures = f"{own} of {ALL_CRITERIA} criteria by our own view, {proven} with evidence"
    headline = f"{where}, {figures}"
    if levels[0] != levels[1]:
        sentence = f"{headline}. The first count says {levels[0]}, the second {levels[1]}."
        return Measured(now.with_proof, "appears", sentence, headline)
    sentence = f"{headline}. Both counts say {levels[0]}, and that is worth knowing."
    return Measured(now.with_proof, "absent", sentence, headline)


def _short(city: City) -> Measured:
    now, where = standing(city), sentence_start(city)
    if now is None:
        return _too_little(city, CRITERIA)
    missing = _count(now.short, CRITERIA)
    if not now.short:
        headline = f"{where}, nothing is missing to the highest level"
        return Measured(missing, "absent", f"{headline}. That is worth knowing.", headline)
    headline = f"{where}, {now.short} more criteria with evidence would reach {now.next_level}"
    proven = now.with_proof
    low, high = (format_number(each, 0) for each in (proven.low, proven.high))
    sentence = f"{headline}. It has {low} now, and {high} if what is half done counts."
    return Measured(missing, "appears", sentence, headline)


def _partial(city: City) -> Measured:
    now, where = standing(city), sentence_start(city)
    if now is None:
        return _too_little(city, CRITERIA)
    low, high = now.with_proof.low, now.with_proof.high
    half_done = _count(high - low, CRITERIA)
    headline = f"{where}, {format_number(high - low, 0)} criteria are half done"
    levels = [level_of(each) for each in (low, high)]
    if levels[0] != levels[1]:
        sentence = (
            f"{headline}. Without them: {levels[0]}. With all of them: {levels[1]}. The count lies "
            f"between {format_number(low, 0)} and {format_number(high, 0)}."
        )
        return Measured(half_done, "appears", sentence, headline)
    sentence = f"{headline}. They change no level, and that is worth knowing."
    return Measured(half_done, "absent", sentence, headline)


def _lessons(city: City) -> Measured:
    where = sentence_start(city)
    if standing(city) is None:
        return _too_little(city, CRITERIA)
    left = open_criteria(city)
    built = int(left["lesson"].notna().sum())
    count = _count(built, CRITERIA)
    headline = f"{where}, lessons build {built} of the {len(left)} criteria that are open"
    if len(left) and built > len(left) / 2:
        sentence = f"{headline}. What you make in a lesson is a start on the evidence."
        return Measured(count, "appears", sentence, headline)
    sentence = f"{headline}. Most need work outside the lessons, and that is worth knowing."
    return Measured(count, "absent", sentence, headline)


def _next_road(city: City) -> Measured:
    roads, where = roads_to(city, NEXT), sentence_start(city)
    if roads is None:
        return _no_road(city, NEXT)
    effort = _count(roads.least, POINTS)
    names = ", ".join(roads.criteria)
    headline = f"{where}, {NEXT} takes {roads.least} {POINTS} at least"
    if roads.cheapest_first == roads.least:
        sentence = f"{headline}: {names}. Taking the cheapest first leads there with no more."
        return Measured(effort, "appears", sentence, headline)
    sentence = (
        f"{headline}: {names}. Taking the cheapest first takes {roads.cheapest_first}, and that is "
        "worth knowing."
    )
    return Measured(effort, "absent", sentence, headline)


def _far_road(city: City) -> Measured:
    roads, where = roads_to(city, AFTER), sentence_start(city)
    if roads is None:
        return _no_road(city, AFTER)
    effort = _count(roads.least, POINTS)
    headline = (
        f"{where}, {AFTER} takes {roads.least} {POINTS} at least, and {roads.cheapest_first} "
        "cheapest first"
    )
    if roads.cheapest_first > roads.least:
        sentence = f"{headline}. The way with the least is: {', '.join(roads.criteria)}."
        return Measured(effort, "appears", sentence, headline)
    headline = f"{where}, taking the cheapest first is the best way to {AFTER} too"
    sentence = f"{headline}: {roads.least} {POINTS}. That is worth knowing."
    return Measured(effort, "absent", sentence, headline)


def _no_road(city: City, level: str) -> Measured:
    now = standing(city)
    if now is None or now.with_proof.value < LEVELS[level]:
        return _too_little(city, POINTS)
    headline = f"{sentence_start(city)}, {level} is reached with evidence"
    sentence = f"{headline}. There is no road to plan, and that is worth knowing."
    return Measured(_count(0, POINTS), "absent", sentence, headline)


def _too_little(city: City, unit: str) -> Measured:
    headline = f"{sentence_start(city)}, there is too little to tell"
    sentence = f"{headline}: the worksheet needs all {ALL_CRITERIA} criteria, each filled in."
    nothing = Estimate(math.nan, math.nan, math.nan, unit=unit)
    return Measured(nothing, "unclear", sentence, headline)


def _count(value: float, unit: str) -> Estimate:
    return Estimate(value, math.nan, math.nan, unit=unit, decimals=0)


CLAIMS = (
    Claim(
        "11.1-level",
        "By its own view the city is Silver; with evidence it has no level yet.",
        "planted",
        "port-alder-only",
        _level,
    ),
    Claim(
        "11.1-short", "Three criteria are missing to Silver.", "planted", "port-alder-only", _short
    ),
    Claim(
        "11.1-partial",
        "What is half done decides whether the city is Silver.",
        "planted",
        "port-alder-only",
        _partial,
    ),
    Claim(
        "11.1-lessons",
        "Most of the criteria that are open are built in these lessons.",
        "planted",
        "port-alder-only",
        _lessons,
    ),
    Claim(
        "11.1-silver",
        "To the next level, taking the cheapest criterion first is as good as any way.",
        "planted",
        "port-alder-only",
        _next_road,
    ),
    Claim(
        "11.1-gold",
        "To the level after, taking the cheapest first costs more than the best way.",
        "planted",
        "method",
        _far_road,
    ),
)
