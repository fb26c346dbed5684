"""Claims about a gap: it can narrow, widen, or both, and the data can be too few."""

import numpy as np
import pandas as pd
import pytest

from playbook.city.tables import City, load_city
from playbook.insights.avoidable_visits import (
    GROUPS,
    avoided_visits,
    gap_by_period,
    gap_difference,
    gap_in_words,
    gap_measures,
    gap_ratio,
    group_counts,
    group_rates,
    measures_at,
    periods,
    visit_rates,
)
from playbook.insights.poverty_fifths import FIFTHS
from playbook.insights.statements import measured


def city_of_rates(first: list[float], last: list[float], residents: int = 40_000) -> City:
    """Build a city with these rates per 10,000, from the highest- to the lowest-poverty fifth.

    The first three years have the first rates, the last three the last.
    """
    profile = load_city()["acs_profile"].query("year == 2024")
    rows = []
    for year in range(2016, 2026):
        rates = first if year < 2021 else last
        for fifth, rate in zip((5, 4, 3, 2, 1), rates, strict=True):
            places = profile.loc[profile["poverty_fifth"] == fifth, "neighborhood_id"]
            people = residents // len(places)
            visits = round(rate * people / 10_000)
            rows += [(year, place, "Asthma", visits, people) for place in places]
    columns = ["year", "neighborhood_id", "condition", "visits", "population"]
    return load_city().with_tables({"avoidable_hospital": pd.DataFrame(rows, columns=columns)})


HIGH = [400.0, 320.0, 240.0, 160.0, 100.0]
HALF = [200.0, 160.0, 120.0, 80.0, 50.0]
STEEP = [300.0, 200.0, 120.0, 70.0, 40.0]
FLAT = [100.0] * 5
MILD = [150.0, 140.0, 130.0, 120.0, 110.0]
UP = [500.0, 400.0, 300.0, 200.0, 120.0]


@pytest.mark.parametrize(
    ("claim_id", "city", "verdict"),
    [
        ("2.2-average", city_of_rates(HIGH, HALF), "appears"),
        ("2.2-average", city_of_rates(HALF, HIGH), "absent"),
        ("2.2-average", city_of_rates(HIGH, HIGH), "unclear"),
        ("2.2-difference", city_of_rates(HIGH, HALF), "appears"),
        ("2.2-difference", city_of_rates(HALF, HIGH), "absent"),
        ("2.2-difference", city_of_rates(HIGH, HIGH), "unclear"),
        ("2.2-ratio", city_of_rates(HIGH, STEEP), "appears"),
        ("2.2-ratio", city_of_rates(STEEP, HALF), "absent"),
        ("2.2-ratio", city_of_rates(HIGH, HALF), "unclear"),
        ("2.2-both", city_of_rates(HIGH, STEEP), "appears"),
        ("2.2-both", city_of_rates(STEEP, HIGH), "absent"),
        ("2.2-both", city_of_rates(HIGH, HIGH), "unclear"),
        ("2.2-avoided", city_of_rates(HIGH, HALF), "appears"),
        ("2.2-avoided", city_of_rates(HIGH, [*FLAT[:4], 120.0]), "absent"),
        ("2.2-avoided", city_of_rates(HIGH, HALF, residents=40), "unclear"),
        ("2.2-measures", city_of_rates(HIGH, STEEP), "appears"),
        ("2.2-measures", city_of_rates(HIGH, FLAT), "absent"),
        ("2.2-measures", city_of_rates(HIGH, HALF, residents=40), "unclear"),
        ("2.2-slope", city_of_rates(HIGH, HALF), "appears"),
        ("2.2-slope", city_of_rates(HIGH, FLAT), "absent"),
        ("2.2-slope", city_of_rates(HIGH, HALF, residents=40), "unclear"),
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


def test_both_ways_of_disagreeing_are_told_apart() -> None:
    assert "difference narrowed, the ratio widened" in _both(HIGH, STEEP)
    assert "difference widened, the ratio narrowed" in _both(STEEP, UP)
    assert "difference narrowed, the ratio narrowed" in _both(STEEP, HALF)


def _both(first: list[float], last: list[float]) -> str:
    return measured(city_of_rates(first, last), "2.2-both").headline


def test_rates_are_those_that_were_put_in() -> None:
    rates = group_rates(city_of_rates(HIGH, HALF)).set_index("group")["rate"]
    assert rates[list(GROUPS)].tolist() == pytest.approx(HALF, rel=0.04)
    assert rates["Whole city"] == pytest.approx(np.mean(HALF), rel=0.04)


def test_residents_are_counted_once_a_year_whatever_the_conditions() -> None:
    city = load_city()
    table = city["avoidable_hospital"]
    one = table[(table["year"] == 2025) & (table["condition"] == "Asthma")]
    rates = visit_rates(city)
    whole = rates[(rates["year"] == 2025) & (rates["group"] == "Whole city")].iloc[0]
    assert whole["residents"] == one["population"].sum()
    assert whole["visits"] == table.loc[table["year"] == 2025, "visits"].sum()


def test_difference_ratio_and_avoided_visits_by_hand() -> None:
    city = city_of_rates(HIGH, HALF)
    counts = group_counts(city, -1)
    rate = 10_000 * counts["visits"] / counts["residents"]
    high, low = rate[FIFTHS[-1]], rate[FIFTHS[0]]
    assert gap_difference(city, -1).value == pytest.approx(high - low)
    assert gap_ratio(city, -1).value == pytest.approx(high / low)
    spared = ((rate - low) * counts["residents"] / 10_000).sum() / 3
    assert avoided_visits(city, -1) == pytest.approx(spared)
    assert periods(city) == ("2016 to 2018", "2023 to 2025")
    assert gap_by_period(city)["ratio"].tolist() == pytest.approx([4.0, 4.0], rel=0.04)


def test_a_quotient_narrows_when_it_comes_nearer_to_one() -> None:
    table = gap_measures(city_of_rates(HIGH, MILD)).set_index("measure")["gap"]
    for name in ("Ratio", "Relative index, WHO", "Relative index, Kunst and Mackenbach"):
        assert table[name] == "narrower", name
    # The straight line through these rates comes down to 0: then there is no such quotient.
    table = gap_measures(city_of_rates(HALF, STEEP)).set_index("measure")["gap"]
    assert table["Ratio"] == "wider"
    assert table["Relative index, WHO"] == "can't tell"


def test_the_lever_gives_what_the_table_gives() -> None:
    city = load_city()
    rates = group_rates(city).set_index("group")["rate"]
    lever = measures_at(city, rates.to_dict()).set_index("measure")["value"]
    table = gap_measures(city).set_index("measure")[periods(city)[1]]
    assert lever.to_dict() == pytest.approx(table.to_dict())


def test_each_measure_of_the_table_has_its_sentence() -> None:
    words = gap_in_words(load_city()).set_index("measure")["what_it_says"]
    table = gap_measures(load_city()).set_index("measure")
    assert words.index.tolist() == table.index.tolist()
    assert words.is_unique
    # The lesson calls them fifteen.
    assert len(words) == 15
    assert words.str.endswith(".").all()
    difference = table.loc["Difference", periods(load_city())[1]]
    assert f"{difference:.1f}" in words["Difference"]
