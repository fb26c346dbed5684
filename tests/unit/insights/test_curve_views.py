"""Views of the scorecard and the headline curve: by hand, and in cities that differ."""

import math

import numpy as np
import pandas as pd
import pytest

from playbook.city.tables import City, load_city
from playbook.errors import PlaybookError
from playbook.insights.curve_promise import (
    best_yearly_change,
    curve_numbers,
    people_if_nothing_changes,
    promise_check,
    turning_point,
)
from playbook.insights.curve_views import (
    ALL_YEARS,
    EACH_YEAR,
    LAST_YEARS,
    THREE_YEARS,
    curve_ahead,
    curve_so_far,
    curve_words,
    forecasts_compared,
    headline_screen,
    scorecard_by_question,
)
from playbook.insights.headline_curve import (
    curve_forecast,
    headline_curve,
    period_rates,
    scorecard,
)
from playbook.learn.bank.lesson_1_1 import EXERCISES
from playbook.learn.memos.lesson_1_1 import content
from playbook.show.line_chart import lines
from playbook.show.table import table

RISING = [300, 310, 320, 330, 340, 350, 360, 370]
FALLING = RISING[::-1]
PEOPLE = 100_000


def city_of_curve(
    counts: list[int], *, unit: str = "per 100,000", direction: str = "lower", points: int = 3
) -> City:
    """Build a city with one headline, one more indicator and one green measure."""
    per = {"per 100,000": 100_000, "percent": 100}.get(unit, 1)
    indicators = load_city()["indicators"].head(14).tail(3).reset_index(drop=True)
    indicators = indicators.assign(
        indicator_id=["I01", "P01", "P02"],
        name=["Early deaths", "Meetings", "Visits"],
        level=["population", "performance", "performance"],
        kind=["whole population", "how much", "better off"],
        unit=[unit, "number", "number"],
        direction=[direction, "higher", "lower"],
        target=[np.nan, 10.0, 10.0],
        communication=points,
    )
    indicators[["proxy", "data_power"]] = 3
    rows: list[tuple[str, int, float, float, float]] = []
    for back, count in enumerate(counts):
        year = 2026 - len(counts) + back
        rows.append(("I01", year, per * count / PEOPLE, count, PEOPLE))
        rows += [(one, year, 12.0, 12.0, np.nan) for one in ("P01", "P02")]
    columns = ["indicator_id", "year", "value", "numerator", "denominator"]
    series = pd.DataFrame(rows, columns=columns)
    return load_city().with_tables({"indicators": indicators, "indicator_series": series})


OTHERS = {
    "rising": city_of_curve(RISING),
    "falling": city_of_curve(FALLING),
    "good when high": city_of_curve(
        [80_000 + 10 * count for count in FALLING], unit="percent", direction="higher"
    ),
    "hardly anybody": city_of_curve([3, 0, 2, 0, 0, 0, 0, 0]),
    "two years": city_of_curve(RISING[:2]),
    "no rate": city_of_curve(RISING, unit="days"),
}


def test_each_question_is_counted_and_the_last_row_is_all() -> None:
    rows = scorecard_by_question(load_city()).set_index("question")
    green = scorecard(load_city())["green"]
    assert rows.loc["All measures"].tolist() == [len(green), green.sum(), (~green).sum()]
    assert (rows.iloc[:-1].sum() == rows.iloc[-1]).all()
    asked = scorecard_by_question(OTHERS["rising"]).set_index("question")
    assert asked["measures"].tolist() == [1, 0, 1, 2]
    assert asked["always_green"].tolist() == [1, 0, 0, 1]


def test_the_three_year_rate_is_that_of_the_claims_at_both_ends() -> None:
    city = load_city()
    curve = headline_curve(city)
    assert curve is not None
    rates = curve_so_far(city)
    pooled = rates[rates["line"] == THREE_YEARS]
    first, last = period_rates(curve)
    assert pooled.iloc[0][["rate", "low", "high"]].tolist() == [first.value, first.low, first.high]
    assert pooled.iloc[-1][["rate", "low", "high"]].tolist() == [last.value, last.low, last.high]
    assert pooled["year"].tolist() == curve.table["year"].tolist()[2:]
    each = rates[rates["line"] == EACH_YEAR]
    assert each["rate"].tolist() == curve.table["value"].tolist()


def test_the_band_begins_after_the_last_year() -> None:
    city = load_city()
    curve = headline_curve(city)
    assert curve is not None
    ahead = curve_ahead(city).set_index("year")
    assert ahead.loc[: curve.last_year, "low"].isna().all()
    assert ahead.loc[curve.last_year + 1 :, ["low", "high"]].notna().all(axis=None)
    assert ahead["rate"].iloc[-1] == pytest.approx(curve_forecast(curve).value)


def test_both_forecasts_of_a_straight_line_are_the_same() -> None:
    made = forecasts_compared(OTHERS["rising"])
    values = made.pivot(index="known_until", columns="follows", values="forecast")
    assert values[ALL_YEARS].tolist() == pytest.approx([400.0] * 4)
    assert values[LAST_YEARS].tolist() == pytest.approx([400.0] * 4)


def test_people_and_turn_by_hand() -> None:
    numbers = curve_numbers(OTHERS["rising"])
    assert numbers == pytest.approx(
        {"first": 310.0, "last": 360.0, "ahead": 400.0, "people": PEOPLE, "per": 100_000}
    )
    assert people_if_nothing_changes(OTHERS["rising"]).value == pytest.approx(90)
    assert people_if_nothing_changes(OTHERS["falling"]).value == pytest.approx(-90)
    assert turning_point(OTHERS["rising"]) == pytest.approx(400)


def test_where_high_is_good_a_turn_lies_above_and_fewer_is_worse() -> None:
    city = OTHERS["good when high"]
    curve = headline_curve(city)
    assert curve is not None
    assert turning_point(city) == curve_forecast(curve).high
    assert people_if_nothing_changes(city).value > 0
    reach = promise_check(city, 40, 3).set_index("measure")["value"]
    assert reach["Rate to reach"] == "100 percent"
    assert reach["Change it takes each year"].endswith("up")


def test_what_a_promise_takes_by_hand() -> None:
    curve = headline_curve(OTHERS["falling"])
    assert curve is not None
    # From 350 to 320 and from 360 to 330 and from 340 to 310 in three years each.
    assert best_yearly_change(curve) == pytest.approx(100 * ((310 / 340) ** (1 / 3) - 1))
    rows = promise_check(OTHERS["falling"], 19, 2).set_index("measure")["value"]
    assert rows["Rate to reach"] == "251 per 100,000"
    assert rows["In people, each year"] == "59"
    assert rows["Change it takes each year"] == "10.0 percent down"
    assert rows["Best so far"] == "3.0 percent down"


@pytest.mark.parametrize(("better", "years"), [(0, 3), (100, 3), (20, 0)])
def test_a_promise_needs_sense(better: float, years: float) -> None:
    with pytest.raises(PlaybookError, match="can't check a promise"):
        promise_check(load_city(), better, years)


@pytest.mark.parametrize("name", OTHERS)
def test_every_view_can_be_shown_in_other_cities(name: str) -> None:
    city = OTHERS[name]
    words = curve_words(city)
    for view in (curve_so_far(city), curve_ahead(city)):
        chart = lines(
            view, x="year", y="rate", group="line", low="low", high="high", finding="A", **words
        )
        assert str(chart)
    compared = forecasts_compared(city)
    assert str(lines(compared, x="known_until", y="forecast", group="follows", finding="A"))
    for view in (scorecard_by_question(city), headline_screen(city), promise_check(city, 20, 6)):
        assert str(table(view, "A"))
    assert content(city).lines


@pytest.mark.parametrize("name", ["rising", "falling", "good when high", "hardly anybody"])
def test_the_solution_in_code_is_that_of_the_bank(name: str) -> None:
    number = curve_numbers(OTHERS[name])
    people = abs(number["ahead"] - number["first"]) * number["people"] / number["per"]
    assert EXERCISES[-1].expected(OTHERS[name]) == pytest.approx(people)


@pytest.mark.parametrize("name", ["two years", "no rate"])
def test_without_a_curve_nothing_is_claimed(name: str) -> None:
    city = OTHERS[name]
    assert all(math.isnan(item.expected(city)) for item in EXERCISES)
    assert all(math.isnan(number) for number in curve_numbers(city).values())
    assert set(promise_check(city, 20, 6)["value"]) == {"too few to tell"}
    assert content(city).table["Here"].tolist() == ["too few to tell"]


def test_a_city_without_numbers_about_residents_is_told_so() -> None:
    indicators = OTHERS["rising"]["indicators"].query("level == 'performance'")
    city = OTHERS["rising"].with_tables({"indicators": indicators})
    assert "no number about residents yet" in str(table(headline_screen(city), "A"))
