"""Answers, known mistakes and hints of lesson 0.1, *Start here*."""

from __future__ import annotations

from playbook.city.tables import City
from playbook.learn.bank.exercise import Exercise, Mistake


def _people(city: City) -> dict[str, float]:
    table = city["neighborhoods"]
    return {
        "smallest": float(table["population"].min()),
        "largest": float(table["population"].max()),
        "all": float(table["population"].sum()),
        "places": float(len(table)),
    }


SMALLEST = Exercise(
    id="0.1-a",
    kind="choose",
    question=lambda city: "How many people live in the smallest neighborhood?",
    unit="people",
    decimals=0,
    tolerance=0.5,
    expected=lambda city: _people(city)["smallest"],
    explanation=lambda city: (
        "It is the smallest number on the map. With so few people, a handful of "
        "cases can move any rate a lot. Later lessons come back to this."
    ),
    hints=(
        "Each tile is one neighborhood. The number in it counts its people.",
        "Open *Show the numbers* under the map. Look for the smallest.",
    ),
    mistakes=(
        Mistake(
            lambda city: _people(city)["largest"],
            lambda city: "That is the largest neighborhood. Look for the smallest.",
        ),
        Mistake(
            lambda city: _people(city)["places"],
            lambda city: "That is the number of neighborhoods, not of people.",
        ),
        Mistake(
            lambda city: _people(city)["all"],
            lambda city: "That is the whole city. Look for one tile.",
        ),
    ),
)

EXERCISES = (SMALLEST,)
