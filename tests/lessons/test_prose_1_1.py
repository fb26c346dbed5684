"""What the prose of 1.1 says of Port Alder without a number is true of its tables."""

from datetime import date

import pandas as pd
import pytest

from playbook.city.tables import City, load_city
from playbook.insights.curve_promise import best_yearly_change
from playbook.insights.curve_views import forecasts_compared, headline_screen
from playbook.insights.headline_curve import (
    Curve,
    change_in_percent,
    headline_curve,
    scorecard,
)
from playbook.simulate.results import EASTERN


@pytest.fixture(scope="module")
def city() -> City:
    return load_city()


@pytest.fixture(scope="module")
def curve(city: City) -> Curve:
    found = headline_curve(city)
    assert found is not None
    return found


def green_by_year(city: City) -> pd.Series:
    """Count the measures that met their target, in each year."""
    measures = city["indicators"].query("level == 'performance'")
    series = city["indicator_series"].merge(measures, on="indicator_id")
    sign = series["direction"].map({"higher": 1, "lower": -1})
    met = sign * (series["value"] - series["target"]) >= 0
    return met.groupby(series["year"]).sum()


def test_the_speech_is_eight_days_after_that_thursday() -> None:
    assert date(2026, 1, 15).strftime("%A") == "Thursday"
    assert (date(2026, 1, 23) - date(2026, 1, 15)).days == 8


def test_the_boxes_turned_green_while_deaths_rose(city: City, curve: Curve) -> None:
    green = green_by_year(city)
    assert green.iloc[-1] > 4 * green.iloc[0]
    assert green.is_monotonic_increasing
    counts = curve.table["numerator"]
    assert counts.tail(3).sum() > counts.head(3).sum()


def test_how_much_and_how_well_are_all_green_and_the_rest_is_not(city: City) -> None:
    table = scorecard(city)
    assert set(table.loc[~table["green"], "kind"]) == {"better off"}


def test_the_headline_is_about_two_of_eight_districts(city: City, curve: Curve) -> None:
    districts = set(city["neighborhoods"]["district"])
    assert len(districts) == 8
    assert set(EASTERN) < districts
    assert all(name in curve.name for name in EASTERN)


def test_the_two_end_years_alone_would_say_twice_as_much(curve: Curve) -> None:
    ends = 100 * (curve.values.iloc[-1] / curve.values.iloc[0] - 1)
    assert ends > 2 * change_in_percent(curve).value
    assert change_in_percent(curve).low > 0


def test_one_year_fell_by_nearly_a_fifth_and_two_years_later_it_stood_highest(
    curve: Curve,
) -> None:
    values = curve.values
    assert 0.18 < 1 - values[2023] / values[2022] < 0.2
    assert values.idxmax() == 2025


def test_one_number_has_full_points_and_one_is_the_data_agenda(city: City) -> None:
    use = headline_screen(city)["use"]
    assert (use == "headline").sum() == 1
    assert (use == "data agenda").sum() == 1


def test_the_drift_swings_below_and_above_the_long_line(city: City) -> None:
    made = forecasts_compared(city).pivot(index="known_until", columns="follows", values="forecast")
    above = made["Last three years"] > made["All years"]
    assert len(made) == 4
    assert above.tolist() == [True, False, False, True]
    assert made["All years"].max() / made["All years"].min() < 1.2


def test_the_best_three_years_so_far_still_went_up(curve: Curve) -> None:
    assert best_yearly_change(curve) > 0
