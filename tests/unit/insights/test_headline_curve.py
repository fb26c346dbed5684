"""Claims of lesson 1.1: green measures, a headline curve, a forecast, and people."""

import numpy as np
import pandas as pd
import pytest

from playbook.city.tables import City, load_city
from playbook.insights.headline_curve import (
    change_in_percent,
    forecasts_a_year_apart,
    headline_curve,
    people_to_baseline,
    period_rates,
    period_words,
    scorecard,
    screened_indicators,
)
from playbook.insights.statements import measured

PEOPLE = 60_000
RISING = [150, 160, 155, 170, 178, 180, 195, 205, 210, 222]
FALLING = RISING[::-1]
LEVEL = [180, 190, 170, 185, 176, 188, 179, 183, 172, 190]
STEADY = [150, 158, 166, 174, 182, 190, 198, 206, 214, 222]
# So short that the line through all years is pushed about as well.
KINKED = [150, 165, 180, 195, 203, 211, 219]


def scorecard_city(
    deaths: list[int],
    *,
    green: int = 31,
    measures: int = 34,
    better_off: int = 5,
    direction: str = "lower",
    unit: str = "per 100,000",
    people: int = PEOPLE,
) -> City:
    """Build a city of one headline and some measures; `green` of them always meet their target.

    The first measures are those that ask whether anyone is better off.
    """
    years = range(2026 - len(deaths), 2026)
    names = [f"P{number:02}" for number in range(1, measures + 1)]
    kinds = ["better off"] * better_off + ["how much"] * (measures - better_off)
    indicators = pd.DataFrame(
        {
            "indicator_id": ["I01", "I02", *names],
            "name": ["Avoidable deaths", "Other", *names],
            "level": ["population"] * 2 + ["performance"] * measures,
            "kind": ["whole population"] * 2 + kinds,
            "department": "Library",
            "result": "Health",
            "unit": [unit, "percent"] + ["number"] * measures,
            "direction": [direction, "lower"] + ["higher"] * measures,
            "target": [np.nan, np.nan] + [100.0] * measures,
            "communication": [3, 2] + [1] * measures,
            "proxy": [3, 3] + [1] * measures,
            "data_power": [3, 1] + [1] * measures,
        }
    )
    per = {"per 100,000": 100_000, "percent": 100}.get(unit, 1)
    rows = [("I01", y, per * d / people, d, people) for y, d in zip(years, deaths, strict=True)]
    for number, name in enumerate(names):
        value = 110.0 if number >= measures - green else 90.0
        rows += [(name, year, value, value, np.nan) for year in years]
    columns = ["indicator_id", "year", "value", "numerator", "denominator"]
    series = pd.DataFrame(rows, columns=columns)
    return load_city().with_tables({"indicators": indicators, "indicator_series": series})


@pytest.mark.parametrize(
    ("claim_id", "city", "verdict"),
    [
        ("1.1-green", scorecard_city(RISING), "appears"),
        ("1.1-green", scorecard_city(FALLING), "absent"),
        ("1.1-green", scorecard_city(RISING, green=20), "absent"),
        ("1.1-green", scorecard_city(LEVEL), "unclear"),
        ("1.1-green", scorecard_city(RISING, measures=4, green=4, better_off=0), "unclear"),
        ("1.1-better-off", scorecard_city(RISING), "appears"),
        ("1.1-better-off", scorecard_city(RISING, better_off=20), "absent"),
        ("1.1-better-off", scorecard_city(RISING, measures=3, green=2, better_off=1), "unclear"),
        ("1.1-curve", scorecard_city(RISING), "appears"),
        ("1.1-curve", scorecard_city(FALLING), "absent"),
        ("1.1-curve", scorecard_city(FALLING, direction="higher"), "appears"),
        ("1.1-curve", scorecard_city(LEVEL), "unclear"),
        ("1.1-curve", scorecard_city(RISING[:5]), "unclear"),
        ("1.1-curve", scorecard_city(RISING, unit="days"), "unclear"),
        ("1.1-forecast", scorecard_city(RISING), "appears"),
        ("1.1-forecast", scorecard_city(FALLING), "absent"),
        ("1.1-forecast", scorecard_city(FALLING, direction="higher"), "appears"),
        ("1.1-forecast", scorecard_city(LEVEL), "unclear"),
        ("1.1-drift", scorecard_city(LEVEL), "appears"),
        ("1.1-drift", scorecard_city(KINKED), "absent"),
        ("1.1-drift", scorecard_city(RISING[:5]), "unclear"),
        ("1.1-people", scorecard_city(RISING), "appears"),
        ("1.1-people", scorecard_city(FALLING), "absent"),
        ("1.1-people", scorecard_city(FALLING, direction="higher"), "appears"),
        ("1.1-people", scorecard_city(LEVEL), "unclear"),
    ],
)
def test_each_claim_has_three_endings(claim_id: str, city: City, verdict: str) -> None:
    result = measured(city, claim_id)
    assert result.verdict == verdict, result.sentence
    assert len(result.headline) <= 140
    if verdict == "absent":
        assert "worth knowing" in result.sentence
    if verdict == "unclear":
        assert "too little to tell" in result.sentence or "can't tell" in result.sentence


def test_the_screen_chooses_the_headline_not_its_place_in_the_list() -> None:
    city = scorecard_city(RISING)
    assert screened_indicators(city)["use"].to_dict() == {"I01": "headline", "I02": "secondary"}
    turned = city["indicators"].iloc[::-1].reset_index(drop=True)
    curve = headline_curve(city.with_tables({"indicators": turned}))
    assert curve is not None
    assert curve.name == "Avoidable deaths"


def test_the_figures_by_hand() -> None:
    curve = headline_curve(scorecard_city(RISING))
    assert curve is not None
    first, last = period_rates(curve)
    assert first.value == pytest.approx(100_000 * sum(RISING[:3]) / (3 * PEOPLE))
    assert change_in_percent(curve).value == pytest.approx(
        100 * (sum(RISING[-3:]) / sum(RISING[:3]) - 1)
    )
    assert people_to_baseline(curve).value == pytest.approx(
        (sum(RISING[-3:]) - sum(RISING[:3])) / 3
    )
    assert last.low < last.value < last.high
    assert period_words(curve) == ("2016 to 2018", "2023 to 2025")


def test_a_percent_is_a_share_with_its_own_range() -> None:
    curve = headline_curve(scorecard_city(RISING, unit="percent", people=1_000))
    assert curve is not None
    first, _ = period_rates(curve)
    assert first.unit == "percent"
    assert first.value == pytest.approx(100 * sum(RISING[:3]) / 3_000)
    gap = people_to_baseline(curve)
    assert gap.value == pytest.approx((sum(RISING[-3:]) - sum(RISING[:3])) / 3)


def test_forecasts_look_at_nothing_that_came_later() -> None:
    curve = headline_curve(scorecard_city(STEADY))
    spoiled = headline_curve(scorecard_city([*STEADY[:-1], 900]))
    assert curve is not None
    assert spoiled is not None
    before, after = forecasts_a_year_apart(curve), forecasts_a_year_apart(spoiled)
    assert before["known_until"].tolist() == [2022, 2023, 2024, 2025]
    pd.testing.assert_frame_equal(before.head(3), after.head(3))
    # On a straight line both ways of looking ahead agree.
    assert before["line"].tolist() == pytest.approx([before["drift"].iloc[0]] * 4)
    assert after["drift"].iloc[-1] > 2 * after["line"].iloc[-1]


def test_green_means_the_target_met_in_each_of_the_last_four_years() -> None:
    city = scorecard_city(RISING, measures=6, green=6, better_off=0)
    series = city["indicator_series"]
    miss = {"P01": 2022, "P02": 2025, "P03": 2021}
    for name, year in miss.items():
        series.loc[(series["indicator_id"] == name) & (series["year"] == year), "value"] = 99.0
    lower = city["indicators"]
    lower.loc[lower["indicator_id"] == "P04", "direction"] = "lower"
    found = scorecard(city.with_tables({"indicator_series": series, "indicators": lower}))
    assert found.set_index("name")["green"].to_dict() == {
        "P01": False, "P02": False, "P03": True, "P04": False, "P05": True, "P06": True,
    }  # fmt: skip
    assert found.set_index("name")["green_years"].to_dict()["P01"] == 3


def test_a_measure_known_for_three_years_only_is_not_green() -> None:
    city = scorecard_city(RISING, measures=6, green=6, better_off=0)
    series = city["indicator_series"]
    gone = (series["indicator_id"] == "P01") & (series["year"] == 2023)
    found = scorecard(city.with_tables({"indicator_series": series[~gone]}))
    assert found.set_index("name")["green"].sum() == 5


def test_the_sentences_say_which_way_the_curve_went() -> None:
    assert "rose by" in measured(scorecard_city(RISING), "1.1-curve").headline
    assert "fell by" in measured(scorecard_city(FALLING), "1.1-curve").headline
    missing = measured(scorecard_city(RISING), "1.1-better-off").sentence
    assert "Of the 3 that are not green, 3 ask it." in missing
