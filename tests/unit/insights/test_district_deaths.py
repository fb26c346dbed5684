"""Claims of lesson 2.1: two districts of unlike ages, and what their death rates hide."""

import numpy as np
import pandas as pd
import pytest

from playbook.city.tables import City, load_city
from playbook.insights.district_deaths import (
    Pair,
    adjusted_with,
    ages_of,
    crude_rate,
    deaths_by_age,
    district_pair,
    district_rates,
    place_on_list,
    split_by_age,
)
from playbook.insights.statements import measured
from playbook.measures.age_groups import AGE_GROUPS

PORT_ALDER = load_city()
YOUNG = [200, 700, 1800, 1800, 1800, 1400, 1100, 700, 350, 100, 50]
OLD = [80, 300, 800, 900, 1000, 1100, 1300, 1700, 1600, 900, 320]
RATES = [0.006, 0.0003, 0.0002, 0.001, 0.0015, 0.002, 0.004, 0.009, 0.018, 0.045, 0.135]
# How many times as often people die at each age.
ALIKE = [1.0] * 11
WORSE = [1.5, 1.5, 1.5, 2.0, 3.0, 3.0, 2.5, 2.0, 1.6, 1.3, 1.1]
BETTER = [1 / times for times in WORSE]
WORSE_WHEN_OLD = [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.5, 2.0, 2.5, 2.5]
CROSSING = [0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.3, 0.5, 0.8, 1.2, 1.9]


def two_districts(
    first: tuple[list[int], list[float]],
    second: tuple[list[int], list[float]],
    size: float = 4,
) -> City:
    """Build a city of two places: the first, in poverty, stands for Eastbank, the other not.

    Each has people by age, and how many times as often they die there as `RATES` say.
    """
    rows, people = [], []
    for place, (ages, times) in (("N01", first), ("N64", second)):
        for age, count, rate, more in zip(AGE_GROUPS, ages, RATES, times, strict=True):
            residents = round(count * size)
            people.append((place, age, residents))
            rows += [
                (place, year, age, "Any", round(residents * rate * more)) for year in (1, 2, 3)
            ]
    deaths = pd.DataFrame(rows, columns=["neighborhood_id", "year", "age_group", "cause", "deaths"])
    population = pd.DataFrame(people, columns=["neighborhood_id", "age_group", "population"])
    return PORT_ALDER.with_tables({"deaths": deaths, "population_age": population})


REVERSED = two_districts((YOUNG, WORSE), (OLD, ALIKE))
PLAIN = two_districts((OLD, WORSE), (YOUNG, ALIKE))
HEALTHY = two_districts((YOUNG, BETTER), (OLD, ALIKE))
SAME = two_districts((OLD, ALIKE), (OLD, ALIKE))
TINY = two_districts((YOUNG, WORSE), (OLD, ALIKE), size=0.05)


@pytest.mark.parametrize(
    ("claim_id", "city", "verdict"),
    [
        ("2.1-crude", REVERSED, "appears"),
        ("2.1-crude", PLAIN, "absent"),
        ("2.1-crude", SAME, "unclear"),
        ("2.1-crude", TINY, "unclear"),
        ("2.1-adjusted", REVERSED, "appears"),
        ("2.1-adjusted", HEALTHY, "absent"),
        ("2.1-adjusted", SAME, "unclear"),
        ("2.1-reversal", REVERSED, "appears"),
        ("2.1-reversal", PLAIN, "absent"),
        ("2.1-reversal", HEALTHY, "absent"),
        ("2.1-reversal", SAME, "unclear"),
        ("2.1-ages", REVERSED, "appears"),
        ("2.1-ages", PLAIN, "absent"),
        ("2.1-ages", HEALTHY, "absent"),
        ("2.1-ages", SAME, "unclear"),
        ("2.1-where", REVERSED, "appears"),
        ("2.1-where", two_districts((YOUNG, WORSE_WHEN_OLD), (OLD, ALIKE)), "absent"),
        ("2.1-where", SAME, "unclear"),
        ("2.1-standard", REVERSED, "appears"),
        ("2.1-standard", HEALTHY, "absent"),
        ("2.1-standard", SAME, "unclear"),
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


def test_without_a_table_there_is_too_little() -> None:
    for name in ("deaths", "population_age", "acs_profile"):
        empty = PORT_ALDER.with_tables({name: PORT_ALDER[name].head(0)})
        assert measured(empty, "2.1-crude").verdict == "unclear", name


def test_the_pair_is_chosen_by_poverty_weighted_by_people() -> None:
    assert district_pair(PORT_ALDER) == Pair("Eastbank", "Highland")
    profile = PORT_ALDER["acs_profile"]
    latest = profile["year"] == profile["year"].max()
    poverty = profile["neighborhood_id"].map(
        PORT_ALDER["neighborhoods"].set_index("neighborhood_id")["district"]
    )
    profile.loc[latest & (poverty == "Midtown"), "poverty_pct"] = 80.0
    # Earlier figures don't count.
    profile.loc[~latest & (poverty == "Southgate"), "poverty_pct"] = 99.0
    changed = district_pair(PORT_ALDER.with_tables({"acs_profile": profile}))
    assert changed is not None
    assert changed.first == "Midtown"


def test_the_crude_rate_counts_every_year_of_residents() -> None:
    crude = crude_rate(REVERSED, "Eastbank")
    deaths = 3 * sum(
        round(4 * count * rate * times)
        for count, rate, times in zip(YOUNG, RATES, WORSE, strict=True)
    )
    assert crude.value == pytest.approx(1e5 * deaths / (3 * 4 * sum(YOUNG)))


def test_the_two_parts_add_up_and_their_ranges_are_right() -> None:
    pair = Pair("Eastbank", "Highland")
    mix, within = split_by_age(PORT_ALDER, pair)
    total = crude_rate(PORT_ALDER, pair.first).value - crude_rate(PORT_ALDER, pair.second).value
    assert mix.value + within.value == pytest.approx(total)
    # Deaths drawn again and again: each part spreads as its range says.
    draw, parts = np.random.default_rng(3), []
    deaths = PORT_ALDER["deaths"]
    chosen = PORT_ALDER["neighborhoods"].query("district in ('Eastbank', 'Highland')")
    deaths = deaths[deaths["neighborhood_id"].isin(chosen["neighborhood_id"])]
    for _ in range(40):
        again = deaths.assign(deaths=draw.poisson(deaths["deaths"]))
        parts.append(
            [one.value for one in split_by_age(PORT_ALDER.with_tables({"deaths": again}), pair)]
        )
    spread = np.std(parts, axis=0)
    for one, found in zip((mix, within), spread, strict=True):
        assert (one.high - one.low) / (2 * 1.96) == pytest.approx(found, rel=0.3)


def test_each_age_compares_the_same_ages() -> None:
    table = deaths_by_age(REVERSED, Pair("Eastbank", "Highland")).set_index("ages")
    assert table.loc["25 to 54", "times"] == pytest.approx(2.7, abs=0.5)
    assert table.loc["75 and older", "times"] < 1.3
    assert (table["low"] < table["times"]).all()
    rate = table.loc["25 to 54", "second"] / 1e5
    people = 3 * sum(round(4 * count) for count in YOUNG[4:7])
    deaths = table.loc["25 to 54", "first"] / 1e5 * people
    assert table.loc["25 to 54", "excess"] == pytest.approx(deaths - rate * people)


def test_a_standard_with_the_ages_of_one_district_leaves_its_own_rate() -> None:
    ages = ages_of(REVERSED, "Highland")
    crude = crude_rate(REVERSED, "Highland").value
    assert adjusted_with(REVERSED, "Highland", ages).value == pytest.approx(crude)
    assert ages_of(REVERSED).sum() == 3 * 4 * (sum(YOUNG) + sum(OLD))


def test_rates_that_cross_give_another_order_with_another_standard() -> None:
    crossing = two_districts((OLD, CROSSING), (YOUNG, ALIKE))
    result = measured(crossing, "2.1-standard")
    assert result.verdict != "appears"


def test_places_on_the_list_count_from_the_highest_rate() -> None:
    table = district_rates(PORT_ALDER)
    assert table["crude"].is_monotonic_decreasing
    assert table["crude_place"].tolist() == list(range(1, 9))
    assert place_on_list(PORT_ALDER, table["district"].iloc[0], "crude") == 1
    highest = table.loc[table["adjusted"].idxmax(), "district"]
    assert place_on_list(PORT_ALDER, highest, "adjusted") == 1
    for name in ("crude", "adjusted"):
        assert (table[f"{name}_low"] < table[name]).all()
        assert (table[name] < table[f"{name}_high"]).all()
