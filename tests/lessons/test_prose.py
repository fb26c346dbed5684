"""What the prose of lesson 3.1 says of Port Alder without a number is true of its tables."""

import pandas as pd
import pytest

from playbook.city.tables import City, load_city
from playbook.insights.poverty_fifths import FIFTHS
from playbook.insights.service_waits import comparison, request_waits
from playbook.insights.wait_gaps import plain_wait, same_mix_wait
from playbook.measures.product_limit import wait_percentiles
from playbook.measures.standardized_waits import mix_of, standardized_waits

QUICK, SLOW = ["Missed collection", "Illegal dumping"], ["Tree trimming", "Streetlight"]


@pytest.fixture(scope="module")
def city() -> City:
    return load_city()


@pytest.fixture(scope="module")
def waits(city: City) -> pd.DataFrame:
    places = city["neighborhoods"][["name", "district"]]
    return request_waits(city).merge(places, left_on="neighborhood", right_on="name")


def test_the_slide_is_right_the_most_poverty_comes_first(waits: pd.DataFrame) -> None:
    medians = wait_percentiles(waits, by="group").set_index("group")["median"]
    assert medians.idxmin() == FIFTHS[-1]
    assert medians.idxmax() == FIFTHS[0]


def test_eastbank_asks_for_quick_jobs_and_the_hills_for_slow_ones(waits: pd.DataFrame) -> None:
    medians = wait_percentiles(waits, by="request_type").set_index("request_type")["median"]
    assert medians[QUICK].max() < medians[SLOW].min()
    eastbank = mix_of(waits[waits["district"] == "Eastbank"])
    hills = mix_of(waits[waits["district"].isin(["Highland", "Lakeside"])])
    assert eastbank[QUICK].sum() > 0.5 > hills[QUICK].sum()
    assert hills[SLOW].sum() > 0.4 > eastbank[SLOW].sum()


def test_a_pickup_takes_days_and_a_tree_takes_weeks(waits: pd.DataFrame) -> None:
    medians = wait_percentiles(waits, by="request_type").set_index("request_type")["median"]
    assert medians["Missed collection"] < 7
    assert medians["Tree trimming"] > 14


def test_the_ranges_of_step_3_do_not_touch_and_the_order_has_turned(city: City) -> None:
    pair = comparison(city)
    first, second = same_mix_wait(city, pair.first), same_mix_wait(city, pair.second)
    assert first.low > second.high
    assert plain_wait(city, pair.first).value < plain_wait(city, pair.second).value


def test_most_of_the_longest_waits_lie_east_of_the_river(city: City, waits: pd.DataFrame) -> None:
    ranked = standardized_waits(waits, by="neighborhood").sort_values("wait", ascending=False)
    tiles = city["neighborhoods"].set_index("name")["tile_col"]
    assert (tiles[ranked["neighborhood"].head(10)] >= 4).sum() >= 8


def test_the_fifth_with_the_most_poverty_reports_less(city: City, waits: pd.DataFrame) -> None:
    people = city["neighborhoods"].set_index("name")["population"]
    group = waits.groupby("neighborhood")["group"].first()
    reports = waits.groupby("group", observed=True).size()
    residents = people.groupby(group).sum()
    per_resident = reports / residents
    assert per_resident[FIFTHS[-1]] < per_resident[FIFTHS[0]]
