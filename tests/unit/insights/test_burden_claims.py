"""Claims about births and burdens: each can appear, be absent, or be too little to tell."""

import numpy as np
import pandas as pd
import pytest

from playbook.city.tables import City, load_city
from playbook.insights.birth_gaps import birth_rates, explained_by_income, third_ratio
from playbook.insights.held_burdens import (
    BURDENS,
    burden_shares,
    crossed_and_beside,
    expressway_ratio,
    holders_of_half,
    places_for_half,
)
from playbook.insights.statements import measured
from playbook.measures.concentration import fewest_holding

PLACES = load_city()["neighborhoods"]
THIRDS = ("Lowest", "Middle", "Highest")


def city_of_births(
    black: list[float], white: list[float], births: int = 3000, mix: float = 1.0
) -> City:
    """Build a city with these percents of low birth weight by income third.

    `mix` is how many times more births of Black than of White mothers are in the lowest third.
    """
    rows = []
    for race, percents, lowest in (("Black", black, mix), ("White", white, 1.0)):
        for third, percent in zip(THIRDS, percents, strict=True):
            number = round(births * (lowest if third == "Lowest" else 1))
            rows.append(("2020-2025", "N01", race, third, number, round(number * percent / 100)))
    columns = [
        "years", "neighborhood_id", "race_ethnicity", "income_third", "births", "low_birth_weight",
    ]  # fmt: skip
    return load_city().with_tables({"birth_outcomes": pd.DataFrame(rows, columns=columns)})


def city_of_residents(black: list[int], white: list[int], places: int = 64) -> City:
    """Build a city: the first half of its places has the first number of people."""
    rows = []
    for number, place in enumerate(PLACES["neighborhood_id"].head(places)):
        half = int(number >= places // 2)
        rows += [(place, "25-34", "Black", black[half]), (place, "25-34", "White", white[half])]
    columns = ["neighborhood_id", "age_group", "race_ethnicity", "population"]
    return load_city().with_tables({"population_age_race": pd.DataFrame(rows, columns=columns)})


def city_of_burdens(
    heavy: str = "D",
    share: float = 4.0,
    expressway: float = 3.0,
    assets: tuple[int, int] = (40, 10),
    places: int = 64,
    noise: float = 0.2,
    only: str = "",
) -> City:
    """Build a city whose places of these grades carry `share` times the burden of the others.

    Places of Mill Flats alternate: every second one is crossed, and carries `expressway` times as
    much as the others there. `only` makes one burden count apart from all the rest.
    """
    table = PLACES.head(places)
    random = np.random.default_rng(0)
    crossed = (table["district"] == "Mill Flats") & (np.arange(len(table)) % 2 == 0)
    weight = np.where(table["holc_grade"].isin(list(heavy)), share, 1.0)
    weight = weight * np.where(crossed, expressway, 1.0)
    counts = {
        name: (1000 * weight * np.exp(random.normal(0, noise, len(table)))).round().astype(int)
        for name in BURDENS
    }
    if only:
        counts = {name: counts[name] if name == only else 0 * counts[name] for name in BURDENS}
    number = np.where(weight > 1, *assets)
    burdens = pd.DataFrame(
        {
            "neighborhood_id": table["neighborhood_id"],
            "expressway": np.where(crossed, "yes", "no"),
            **counts,
            "park_ha": 1.0,
            "community_gardens": number // 4,
            "resident_groups": number // 4,
            "local_shops": number // 2,
        }
    )
    people = table.assign(population=1000)
    return load_city().with_tables({"burdens": burdens, "neighborhoods": people})


TWICE, WHITE = [14.4, 12.0, 10.0], [7.2, 6.0, 5.0]
SAME = [7.3, 6.1, 5.1]
EQUAL = [6.0, 6.0, 6.0]


@pytest.mark.parametrize(
    ("claim_id", "city", "verdict"),
    [
        ("2.3-apart", city_of_residents([90, 10], [10, 90]), "appears"),
        ("2.3-apart", city_of_residents([50, 50], [55, 45]), "absent"),
        ("2.3-apart", city_of_residents([9, 1], [1, 9]), "unclear"),
        ("2.3-apart", city_of_residents([900, 100], [100, 900], places=8), "unclear"),
        ("2.3-within", city_of_births(TWICE, WHITE), "appears"),
        ("2.3-within", city_of_births(SAME, WHITE), "absent"),
        ("2.3-within", city_of_births([10.8, 9.0, 6.0], WHITE), "unclear"),
        ("2.3-within", city_of_births(TWICE, WHITE, births=100), "unclear"),
        ("2.3-adjusted", city_of_births(TWICE, WHITE, mix=2), "appears"),
        ("2.3-adjusted", city_of_births([16, 4, 1.1], [15, 3.9, 1.0], mix=9), "absent"),
        ("2.3-adjusted", city_of_births(SAME, WHITE), "unclear"),
        ("2.3-highest-third", city_of_births(TWICE, WHITE), "appears"),
        ("2.3-highest-third", city_of_births([14.4, 9.0, 5.0], WHITE), "absent"),
        ("2.3-highest-third", city_of_births([14.4, 12.0, 7.6], WHITE), "unclear"),
        ("2.3-half", city_of_burdens("D", share=12), "appears"),
        ("2.3-half", city_of_burdens("D", share=1, expressway=1), "absent"),
        ("2.3-half", city_of_burdens("D", share=12, places=12), "unclear"),
        ("2.3-half", city_of_burdens("D", share=12, only="vacant_lots"), "unclear"),
        ("2.3-graded", city_of_burdens("D", share=4), "appears"),
        ("2.3-graded", city_of_burdens("A", share=4), "absent"),
        ("2.3-graded", city_of_burdens("D", share=4, places=12), "unclear"),
        ("2.3-expressway", city_of_burdens("", expressway=3), "appears"),
        ("2.3-expressway", city_of_burdens("", expressway=1), "absent"),
        ("2.3-expressway", city_of_burdens("", expressway=1.4, noise=1.6), "unclear"),
        ("2.3-expressway", city_of_burdens("", expressway=3, places=8), "unclear"),
        ("2.3-assets", city_of_burdens("D", share=12, assets=(40, 8)), "appears"),
        ("2.3-assets", city_of_burdens("D", share=12, assets=(8, 40)), "absent"),
        ("2.3-assets", city_of_burdens("D", share=12, assets=(12, 12)), "unclear"),
        ("2.3-assets", city_of_burdens("D", share=12, assets=(0, 0)), "unclear"),
    ],
)
def test_each_claim_has_three_endings(claim_id: str, city: City, verdict: str) -> None:
    result = measured(city, claim_id)
    assert result.verdict == verdict, result.sentence
    assert len(result.headline) <= 140
    assert result.sentence.startswith("In Port Alder")
    if verdict == "absent":
        assert "worth knowing" in result.sentence
    if verdict == "unclear":
        assert "too little to tell" in result.sentence or "can't tell" in result.sentence


def test_ratios_are_those_that_were_put_in() -> None:
    city = city_of_births(TWICE, WHITE)
    assert [third_ratio(city, third).value for third in THIRDS] == pytest.approx([2, 2, 2])


def test_income_explains_what_the_mix_makes_and_no_more() -> None:
    # Alike in each third, and more Black mothers in the lowest: all of the gap goes with income.
    alike = explained_by_income(city_of_births([15, 4, 1], [15, 4, 1], mix=9))
    assert alike.value == pytest.approx(100, abs=3)
    assert explained_by_income(city_of_births(TWICE, WHITE)).value == pytest.approx(0, abs=1)


def test_small_counts_of_babies_are_not_shown() -> None:
    city = city_of_births([1.0, 2.0, 1.1], WHITE, births=1000)
    rates = birth_rates(city).set_index(["race_ethnicity", "income_third"])["percent"]
    assert pd.isna(rates["Black", "Lowest"]), "10 babies are too few"
    assert rates["Black", "Highest"] == pytest.approx(1.1), "11 are not"
    assert rates["White"].notna().all()


def test_the_list_of_places_is_complete_and_sorted() -> None:
    table = burden_shares(city_of_burdens())
    assert table["burden_percent"].sum() == pytest.approx(100)
    assert table["people_percent"].sum() == pytest.approx(100)
    assert table["burden_percent"].is_monotonic_decreasing


def test_each_burden_counts_the_same_however_large_its_numbers() -> None:
    city = city_of_burdens("D", share=12)
    table = city["burdens"]
    table["truck_route_m"] *= 1000
    larger = city.with_tables({"burdens": table})
    assert holders_of_half(larger).equals(holders_of_half(city))


def test_half_is_held_by_as_many_as_the_measure_counts() -> None:
    city = city_of_burdens("D", share=12)
    burden = burden_shares(city)["burden_percent"]
    count = fewest_holding(burden)
    assert places_for_half(city).value == count == len(holders_of_half(city))
    assert set(burden_shares(city)["neighborhood_id"].head(count)) == set(holders_of_half(city))


def test_leaving_one_burden_out_is_what_the_range_says() -> None:
    city = city_of_burdens("D", share=12, noise=0.0)
    table = city["burdens"]
    # One burden sits in one place only: without it, the places that hold half are more.
    table["vacant_lots"] = np.where(table["neighborhood_id"] == "N64", 1000, 0)
    places = places_for_half(city.with_tables({"burdens": table}))
    assert places.low < places.high
    assert places.high == places_for_half(city).value


def test_crossed_places_are_compared_with_the_others_of_their_district() -> None:
    crossed, beside = crossed_and_beside(city_of_burdens())
    mill = set(PLACES.loc[PLACES["district"] == "Mill Flats", "neighborhood_id"])
    assert len(crossed) == len(beside) == 4
    assert set(crossed) | set(beside) == mill


def test_the_expressway_ratio_is_the_one_put_in() -> None:
    found = expressway_ratio(city_of_burdens("", expressway=3, noise=0.05))
    assert found.value == pytest.approx(3, rel=0.05)
    assert found.low < 3 < found.high
