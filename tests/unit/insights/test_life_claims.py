"""Claims about lives and rankings: three honest endings in any city."""

import numpy as np
import pandas as pd
import pytest

from playbook.city.tables import City, load_city
from playbook.errors import PlaybookError
from playbook.insights.life_tables import life_table_of
from playbook.insights.near_neighbors import near_neighbors
from playbook.insights.overdose_lists import overdose_lists
from playbook.insights.place_lives import (
    CANNOT_TELL,
    LIKELY,
    SURE,
    life_expectancies,
    life_funnel,
    priority_groups,
    ranking_with_years,
    shrunken_lives,
    three_places,
)
from playbook.insights.statements import measured

PLACES = load_city()["neighborhoods"]["neighborhood_id"]


def city_of_lives(years: list[float], error: float, unsure: dict[int, float] | None = None) -> City:
    """Build a city of a few places with these life expectancies and standard errors."""
    errors = [(unsure or {}).get(place, error) for place in range(len(years))]
    table = pd.DataFrame(
        {
            "neighborhood_id": PLACES[: len(years)],
            "life_expectancy": years,
            "standard_error": errors,
            "table_kind": "observed",
        }
    )
    return load_city().with_tables({"life_expectancy": table})


def city_of_overdoses(first: list[int], second: list[int]) -> City:
    """Build a city of 24 places of equal size with these deaths in two periods."""
    ids = PLACES[: len(first)].tolist()
    rows = [
        (place, year, "25-34", "Overdose", count)
        for year, counts in ((2021, first), (2024, second), (2025, [0] * len(ids)))
        for place, count in zip(ids, counts, strict=True)
    ]
    columns = ["neighborhood_id", "year", "age_group", "cause", "deaths"]
    people = pd.DataFrame({"neighborhood_id": ids, "age_group": "25-34", "population": 1_000})
    return load_city().with_tables(
        {"deaths": pd.DataFrame(rows, columns=columns), "population_age": people}
    )


FAR = [68.0, 70.0, 72.0, 74.0, 76.0, 78.0, 80.0, 82.0, 84.0, 86.0, 88.0, 90.0]
NEAR = [77.0 + 0.1 * place for place in range(12)]
WORST = [9] * 10 + [1] * 14
LUCK = [1] * 14 + [9] * 10


@pytest.mark.parametrize(
    ("claim_id", "city", "verdict"),
    [
        ("1.3-gap", city_of_lives(FAR, 1.0), "appears"),
        ("1.3-gap", city_of_lives(NEAR, 1.5), "absent"),
        ("1.3-gap", city_of_lives(FAR[:4], 1.0), "unclear"),
        ("1.3-range", city_of_lives(FAR, 0.3, {1: 3.0}), "appears"),
        ("1.3-range", city_of_lives(FAR, 0.2), "absent"),
        ("1.3-range", city_of_lives(FAR[:4], 1.0), "unclear"),
        ("1.3-shortest", city_of_lives(FAR, 1.5), "appears"),
        ("1.3-shortest", city_of_lives(FAR, 0.2), "absent"),
        ("1.3-shortest", city_of_lives(FAR[:4], 1.0), "unclear"),
        ("1.3-ranking", city_of_lives(FAR, 1.5), "appears"),
        ("1.3-ranking", city_of_lives(FAR, 0.2), "absent"),
        ("1.3-ranking", city_of_lives(FAR[:4], 1.0), "unclear"),
        ("1.3-funnel", city_of_lives(FAR, 1.0), "appears"),
        ("1.3-funnel", city_of_lives(NEAR, 1.5), "absent"),
        ("1.3-funnel", city_of_lives(FAR[:4], 1.0), "unclear"),
        ("1.3-shrinkage", city_of_lives(FAR, 1.0, {0: 5.0}), "appears"),
        ("1.3-shrinkage", city_of_lives(FAR, 0.5), "absent"),
        ("1.3-shrinkage", city_of_lives(FAR[:4], 1.0), "unclear"),
        ("1.3-overdose", city_of_overdoses(WORST, LUCK), "appears"),
        ("1.3-overdose", city_of_overdoses(WORST, WORST), "absent"),
        ("1.3-overdose", city_of_overdoses(WORST[:8], WORST[:8]), "unclear"),
        ("0.1-neighbors", load_city(), "appears"),
        ("0.1-neighbors", city_of_lives([77.0] * 63 + [77.1], 1.0), "absent"),
        ("0.1-neighbors", city_of_lives([77.0], 1.0), "unclear"),
    ],
)
def test_each_claim_has_three_endings(claim_id: str, city: City, verdict: str) -> None:
    result = measured(city, claim_id)
    assert result.verdict == verdict, result.sentence
    assert len(result.headline) <= 140
    if verdict == "absent":
        assert "worth knowing" in result.sentence
    if verdict == "unclear":
        assert "too little to tell" in result.sentence


def test_the_gap_is_told_with_what_luck_adds_to_it() -> None:
    found = measured(city_of_lives(FAR, 4.0), "1.3-gap")
    left = float(found.sentence.rpartition("average, ")[2].partition(" ")[0])
    assert left < found.estimate.value == pytest.approx(22.0)


def test_three_places_are_the_first_a_rival_and_the_last() -> None:
    names = load_city()["neighborhoods"]["name"]
    chosen = three_places(city_of_lives(FAR, 1.2, {1: 2.5}))
    assert chosen["neighborhood"].tolist() == [names[0], names[1], names[11]]
    # The second place is surer of being near the first, but the third could be first as well.
    chosen = three_places(city_of_lives(FAR, 0.2, {2: 4.0}))
    assert chosen["neighborhood"].tolist() == [names[0], names[2], names[11]]


def test_groups_of_priority_follow_from_the_rank_ranges() -> None:
    sure = priority_groups(city_of_lives(FAR, 0.2)).set_index("group")["places"]
    assert sure.to_dict() == {SURE: 3, LIKELY: 0, CANNOT_TELL: 0}
    unsure = priority_groups(city_of_lives(FAR, 3.0)).set_index("group")["places"]
    assert unsure[SURE] < 3
    assert unsure[LIKELY] == 3 - unsure[SURE]
    assert unsure[CANNOT_TELL] > 0


def test_more_years_never_make_a_ranking_less_sure() -> None:
    city = city_of_lives(FAR, 2.0)
    widths = [int(ranking_with_years(city, years).split()[-2]) for years in (2, 6, 12, 48)]
    assert widths == sorted(widths, reverse=True)
    assert widths[0] > widths[-1]
    assert "too few" in ranking_with_years(city_of_lives(FAR[:4], 2.0), 6)


def test_borrowing_keeps_the_order_of_the_list_and_moves_inwards() -> None:
    pulled = shrunken_lives(city_of_lives(FAR, 2.0))
    lives = life_expectancies(city_of_lives(FAR, 2.0))
    assert pulled["on_the_list"].tolist() == lives["life_expectancy"].tolist()
    assert pulled["after_borrowing"].iloc[0] > FAR[0]
    assert pulled["after_borrowing"].iloc[-1] < FAR[-1]


def test_the_funnel_is_centered_on_the_surest_places() -> None:
    city = city_of_lives([70.0] * 8 + [80.0] * 4, 0.5, dict.fromkeys(range(8, 12), 50.0))
    funnel = life_funnel(city)
    assert funnel["center"].iloc[0] == pytest.approx(70.0, abs=0.05)
    assert not funnel["outside"].any()


def test_a_life_table_is_found_by_name_or_for_the_shortest_life() -> None:
    city = load_city()
    table = life_table_of(city)
    shortest = life_expectancies(city)["life_expectancy"].min()
    assert table["life_expectancy"].iloc[0] == pytest.approx(shortest, abs=0.051)
    named = life_table_of(city, "Ferry Hill")
    assert named["survivors"].iloc[0] == 100_000
    with pytest.raises(PlaybookError, match="Nowhere"):
        life_table_of(city, "Nowhere")


def test_near_neighbors_are_near_and_not_tiny() -> None:
    pair = near_neighbors(load_city())
    places = load_city()["neighborhoods"].set_index("name").loc[pair["neighborhood"]]
    tiles = places[["tile_row", "tile_col"]].to_numpy()
    assert 1.25 * np.hypot(*(tiles[0] - tiles[1])) <= 2.1
    assert places["population"].min() > 2_000


def test_overdose_lists_compare_two_periods_of_three_years() -> None:
    lists = overdose_lists(load_city())
    assert lists is not None
    assert lists.periods == ("2020 to 2022", "2023 to 2025")
    assert lists.repeats == len(set(lists.first) & set(lists.second))
    deaths = load_city()["deaths"].query("cause == 'Overdose' and year >= 2023")
    counts = deaths.groupby("neighborhood_id")["deaths"].sum()
    assert lists.few == 64 - (counts >= 10).sum()
