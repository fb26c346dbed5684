"""Memo of lesson 1.1: the turn-the-curve sheet."""

from __future__ import annotations

import pandas as pd

from playbook.city.tables import City
from playbook.estimate import format_number
from playbook.insights.curve_promise import people_if_nothing_changes, turning_point
from playbook.insights.curve_views import curve_ahead, curve_words
from playbook.insights.headline_curve import (
    curve_forecast,
    headline_curve,
    headline_indicator,
    period_rates,
    period_words,
)
from playbook.insights.statements import headline
from playbook.learn.memos.content import MemoContent, found_here
from playbook.learn.practice import BUILT_IN
from playbook.show.line_chart import lines

BLANK = "____________________"


def content(city: City) -> MemoContent:
    """Return the sheet: result, curve, forecast, what counts as a turn, and the people."""
    curve, words = headline_curve(city), curve_words(city)
    return MemoContent(
        title=f"Turn-the-curve sheet of {city.name}",
        lines=(
            f"What we found. {found_here(city, '1.1-green')}",
            f"The curve. {found_here(city, '1.1-curve')}",
            f"If nothing changes. {found_here(city, '1.1-forecast')}",
            *((BUILT_IN,) if city.fictional else ()),
            "Say with care. No department moves this curve alone, and this table does not say why "
            "it moved. The rate is not adjusted for age.",
            "Ask first: would the people who live with this number choose it, and what keeps them "
            "well today?",
            f"The result we want, in twelve words or fewer: {BLANK}{BLANK}",
        ),
        table=turn_the_curve_sheet(city),
        caption="Our curve" if curve is None else f"Our curve: {curve.name}",
        figure=lines(
            curve_ahead(city),
            x="year",
            y="rate",
            group="line",
            low="low",
            high="high",
            decimals=0,
            finding=headline(city, "1.1-forecast"),
            unit=words["unit"],
            note=words["note"],
        ),
        indicator="" if curve is None else curve.name,
    )


def turn_the_curve_sheet(city: City) -> pd.DataFrame:
    """Return the rows of the sheet: where it began, where it is, where it goes, what is a turn."""
    curve = headline_curve(city)
    if curve is None:
        rows = {"The curve": "too few to tell"}
        return pd.DataFrame({"What": list(rows), "Here": list(rows.values())})
    (began, now), (first, last) = period_rates(curve), period_words(curve)
    ahead, people = curve_forecast(curve), people_if_nothing_changes(city)
    more = "Worse" if people.value > 0 else "Better"
    side = "below" if curve.direction == "lower" else "above"
    rows = {
        "Result residents want": _result(city),
        f"Where it began, {first}": f"{format_number(began.value, 0)} {curve.unit}",
        f"Where it is, {last}": f"{format_number(now.value, 0)} {curve.unit}",
        f"If nothing changes, {curve.target_year}": (
            f"{format_number(ahead.value, 0)} {curve.unit} "
            f"({format_number(ahead.low, 0)} to {format_number(ahead.high, 0)}, four times in five)"
        ),
        f"{more} than where it began, people a year": format_number(abs(people.value), 0),
        "We say that it turned when": (
            f"{curve.target_year} lies {side} {format_number(turning_point(city), 0)}"
        ),
    }
    return pd.DataFrame({"What": list(rows), "Here": list(rows.values())})


def _result(city: City) -> str:
    results = city["indicators"].set_index("indicator_id")["result"]
    return str(results[headline_indicator(city)])
