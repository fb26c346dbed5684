"""Answers, known mistakes and hints of lesson 1.1, *Which curve are we turning?*."""

from __future__ import annotations

import math

from playbook.city.tables import City
from playbook.estimate import format_number
from playbook.insights.curve_promise import (
    curve_numbers,
    people_if_nothing_changes,
    turning_point,
)
from playbook.insights.headline_curve import (
    Curve,
    curve_forecast,
    forecasts_a_year_apart,
    headline_curve,
    people_to_baseline,
)
from playbook.learn.bank.exercise import Exercise, Mistake

# A choice must not hold a second number, so that an answer typed with its unit can be read.
ON_THE_CHART = "on the chart"


def _words(city: City, lower: str, higher: str) -> str:
    curve = headline_curve(city)
    return higher if curve is not None and curve.direction == "higher" else lower


def _target_year(city: City) -> str:
    curve = headline_curve(city)
    return "the last year of the chart" if curve is None else str(curve.target_year)


def _of_curve(city: City, place: int) -> float:
    """Figure of one year, by its place in the series."""
    curve = headline_curve(city)
    return math.nan if curve is None else float(curve.values.iloc[place])


def _ahead(city: City) -> float:
    curve = headline_curve(city)
    return math.nan if curve is None else curve_forecast(curve).value


def _low_year(curve: Curve) -> int:
    """Year at which the last years' drift looked best."""
    made = forecasts_a_year_apart(curve).sort_values("drift", kind="stable")["known_until"]
    return int(made.iloc[0 if curve.direction == "lower" else -1])


def _forecast_of(city: City, follows: str) -> float:
    curve = headline_curve(city)
    if curve is None:
        return math.nan
    made = forecasts_a_year_apart(curve).set_index("known_until")[follows]
    return float(made[_low_year(curve)])


def _figure_then(city: City) -> float:
    curve = headline_curve(city)
    return math.nan if curve is None else float(curve.values[_low_year(curve)])


def _asked_year(city: City) -> str:
    curve = headline_curve(city)
    return "that year" if curve is None else str(_low_year(curve))


def _people_ahead(city: City) -> float:
    return abs(people_if_nothing_changes(city).value)


def _people_today(city: City) -> float:
    curve = headline_curve(city)
    return math.nan if curve is None else abs(people_to_baseline(curve).value)


def _rates_apart(city: City) -> float:
    numbers = curve_numbers(city)
    return abs(numbers["ahead"] - numbers["first"])


def _from_today(city: City) -> float:
    numbers = curve_numbers(city)
    return abs(numbers["ahead"] - numbers["last"]) * numbers["people"] / numbers["per"]


TURNED = Exercise(
    id="1.1-a",
    kind="choose",
    question=lambda city: (
        f"{_words(city, 'Below', 'Above')} which number must {_target_year(city)} lie, so that "
        'the mayor may say: "We turned the curve"?'
    ),
    unit=ON_THE_CHART,
    decimals=0,
    tolerance=0.5,
    expected=turning_point,
    explanation=lambda city: (
        f"It is the {_words(city, 'lower', 'upper')} end of the band. Inside the band the year may "
        "be chance. Write the number down today, so that nobody has to argue about it then."
    ),
    hints=(
        "Look at the band of step 3, in its last year.",
        "A turn is what the band does not hold.",
    ),
    mistakes=(
        Mistake(
            _ahead,
            lambda city: (
                "That is the middle of the band. Half of all years would pass it by luck alone."
            ),
        ),
        Mistake(
            lambda city: _of_curve(city, -1),
            lambda city: "That is the last year's number. One better year is not a turn.",
        ),
        Mistake(
            lambda city: curve_numbers(city)["first"],
            lambda city: (
                "That is where the curve began. It may be your target. A turn comes first."
            ),
        ),
    ),
)

DRIFT = Exercise(
    id="1.1-b",
    kind="choose",
    question=lambda city: (
        f"You stand at the end of {_asked_year(city)}. What do the last three years promise for "
        f"{_target_year(city)}?"
    ),
    unit=ON_THE_CHART,
    decimals=0,
    tolerance=0.5,
    expected=lambda city: _forecast_of(city, "drift"),
    explanation=lambda city: (
        f"One good year was enough for that promise. The line through all years said "
        f"{format_number(_forecast_of(city, 'line'), 0)} on the same day."
    ),
    hints=(
        "Find the year below the chart of step 5, and go up.",
        "There are two marks. Take the one of the last three years.",
    ),
    mistakes=(
        Mistake(
            lambda city: _forecast_of(city, "line"),
            lambda city: "That forecast follows all years. The question asks for the last three.",
        ),
        Mistake(
            _figure_then,
            lambda city: "That is what was counted in that year, not what it promised.",
        ),
        Mistake(
            _ahead,
            lambda city: "That is what all years say today. Go back to the year of the question.",
        ),
    ),
)

PEOPLE = Exercise(
    id="1.1-c",
    kind="number",
    question=lambda city: (
        f"How many people a year will lie between {_target_year(city)}, if nothing changes, and "
        "the rate at which the curve began?"
    ),
    unit="people",
    decimals=0,
    tolerance=0.5,
    expected=_people_ahead,
    explanation=lambda city: (
        f"It is {format_number(_people_ahead(city), 0)} people in one year. Today it is "
        f"{format_number(_people_today(city), 0)}. So measure a promise against where we would be."
    ),
    hints=(
        "Take the forecast less the rate of the first three years.",
        "That is a rate. Multiply it by the people it is for, and divide by what it is given for.",
    ),
    mistakes=(
        Mistake(
            _people_today,
            lambda city: "That is the gap of the last three years. Take the forecast.",
        ),
        Mistake(
            _rates_apart,
            lambda city: "That is the gap between two rates. Turn it into people.",
        ),
        Mistake(
            _from_today,
            lambda city: "You began at the last three years. Begin where the curve began.",
        ),
    ),
)

EXERCISES = (TURNED, DRIFT, PEOPLE)
