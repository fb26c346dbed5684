"""Memo of lesson 2.1: the comparability card, which rate serves which question."""

from __future__ import annotations

import math

import pandas as pd

from playbook.city.tables import City
from playbook.estimate import Estimate, format_number
from playbook.insights.ages_compared import (
    compared_districts,
    deaths_a_year,
    gap_by_age,
    rates_both_ways,
)
from playbook.insights.district_deaths import WORKING_AGE, adjusted_rate
from playbook.insights.statements import headline
from playbook.learn.memos.content import MemoContent, found_here
from playbook.learn.practice import BUILT_IN
from playbook.show.slope_chart import slope_chart

BLANK = "__________"


def content(city: City) -> MemoContent:
    """Return the comparability card: four questions, and the rate that answers each."""
    first, second = compared_districts(city)
    return MemoContent(
        title=f"Death rates in {city.name}: which number for which question",
        lines=(
            f"What we found. {found_here(city, '2.1-reversal')}",
            f"At the same ages. {found_here(city, '2.1-adjusted')}",
            f"Where the gap is. {found_here(city, '2.1-where')}",
            *((BUILT_IN,) if city.fictional else ()),
            "Say with care. The rates say where more people die than elsewhere at the same ages. "
            "They do not say why. Ask the residents before the slide is printed.",
        ),
        table=comparability_card(city),
        caption="Comparability card. Write three rates that you publish into the last rows",
        figure=slope_chart(
            rates_both_ways(city),
            x="rates",
            y="deaths",
            group="district",
            unit="per 100,000",
            decimals=0,
            highlight=[first, second],
            finding=headline(city, "2.1-reversal"),
        ),
    )


def comparability_card(city: City) -> pd.DataFrame:
    """Return a row a question: what we want to do, the rate for it, and what it says here."""
    names = compared_districts(city)
    deaths = deaths_a_year(city).set_index("district")["deaths_a_year"]
    counts = "; ".join(f"{name} {_count(deaths[name])}" for name in names)
    rates = "; ".join(f"{name} {_with_range(adjusted_rate(city, name))}" for name in names)
    gap = gap_by_age(city).set_index("ages")
    rows = [
        ("Plan beds, care and staff", "Deaths a year, or the crude rate", counts),
        ("Compare places", "Age-adjusted rate per 100,000", rates),
        ("See at which ages", "Rates at each age", f"{WORKING_AGE}: {_times(gap, names)}"),
        ("Follow the years", "Age-adjusted rate, one standard for all years", BLANK),
        *[(f"Our rate: {BLANK}", "Crude, or adjusted to which standard?", BLANK)] * 3,
    ]
    return pd.DataFrame(rows, columns=["To do this", "Use this", "What it says"])


def _count(deaths: float) -> str:
    return "too few to show" if math.isnan(deaths) else format_number(deaths, 0)


def _with_range(one: Estimate) -> str:
    value, low, high = (format_number(x, 0) for x in (one.value, one.low, one.high))
    return f"{value} ({low} to {high})" if one.known else "too few to tell"


def _times(gaps: pd.DataFrame, names: list[str]) -> str:
    value, low, high = (float(gaps[name][WORKING_AGE]) for name in ("times", "low", "high"))
    if math.isnan(value):
        return "too few to tell"
    span = f"{format_number(value)} times ({format_number(low)} to {format_number(high)})"
    return f"{span} as often in {names[0]} as in {names[1]}"
