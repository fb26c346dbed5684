"""Claims of lesson 11.2: the best slip and the last rise, or they don't."""

import numpy as np
import pandas as pd
import pytest

from playbook.city.tables import City, load_city
from playbook.insights.statements import measured
from playbook.insights.top_ten_lists import (
    enough_cities,
    lead_kept,
    moved_to_the_middle,
    rise_of_the_last,
    top_ten_moves,
)
from playbook.simulate.peer_cities import peer_cities

LETTERS = [f"City {letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWX"]


def city_of(*years: list[float], metrics: int = 4, cities: int = 24) -> City:
    """Build a table in which each figure has these values, one list a year."""
    rows = [
        (name, 2026 - len(years) + place, f"Figure {number}", value, 400)
        for number in range(metrics)
        for place, values in enumerate(years)
        for name, value in zip(LETTERS[:cities], values[:cities], strict=True)
    ]
    table = pd.DataFrame(rows, columns=["city", "year", "metric", "value", "n"])
    return load_city().with_tables({"peer_cities": table})


RANKED = [float(80 - place) for place in range(24)]
TOGETHER = [68.5 + (value - 68.5) / 4 for value in RANKED]
APART = [68.5 + (value - 68.5) * 2 for value in RANKED]
# Every other city a little up, the others a little down: the ends stay where they are.
WOBBLE = [value + (0.4 if place % 2 else -0.4) for place, value in enumerate(RANKED)]
# Six of the best ten slip and six of the last ten rise: too few for one figure to tell.
LEAN = [
    value + 0.3 * step
    for value, step in zip(RANKED, [-1] * 6 + [1] * 4 + [0] * 4 + [1] * 6 + [-1] * 4, strict=True)
]
SHUFFLED = list(np.random.default_rng(4).permutation(RANKED))
# The best stay ahead, but half of them trade places with the middle.
TRADED = RANKED[:5] + RANKED[10:15] + RANKED[5:10] + RANKED[15:]


@pytest.mark.parametrize(
    ("claim_id", "city", "verdict"),
    [
        ("11.2-slipped", city_of(RANKED, TOGETHER), "appears"),
        ("11.2-slipped", city_of(RANKED, APART), "absent"),
        ("11.2-slipped", city_of(RANKED, WOBBLE), "unclear"),
        ("11.2-slipped", city_of(RANKED, LEAN, metrics=1), "unclear"),
        ("11.2-slipped", city_of(RANKED, TOGETHER, cities=20), "unclear"),
        ("11.2-lead", city_of(RANKED, TOGETHER), "appears"),
        ("11.2-lead", city_of(RANKED, APART), "absent"),
        ("11.2-lead", city_of(RANKED, cities=24), "unclear"),
        ("11.2-last", city_of(RANKED, TOGETHER), "appears"),
        ("11.2-last", city_of(RANKED, APART), "absent"),
        ("11.2-last", city_of(RANKED, WOBBLE), "unclear"),
        ("11.2-repeat", city_of(RANKED, SHUFFLED), "appears"),
        ("11.2-repeat", city_of(RANKED, WOBBLE), "absent"),
        ("11.2-repeat", city_of(RANKED, TOGETHER, cities=20), "unclear"),
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


def test_the_moves_by_hand() -> None:
    moves = top_ten_moves(city_of(RANKED, TRADED, metrics=1)).iloc[0]
    assert moves["still_best"] == 5
    # The five in 6th to 10th place fell by five; the first five stayed as they were.
    assert moves["best_fell"] == 5
    # Of those that rose by five, from 11th to 15th, only the 15th was among the last ten.
    assert moves["last_rose"] == 1
    assert moves["lead_before"] == pytest.approx(75.5 - 68.5)
    assert moves["lead_after"] == pytest.approx(75.5 - 2.5 - 68.5)


def test_a_lead_that_shrinks_alike_for_all_has_no_range() -> None:
    kept = lead_kept(city_of(RANKED, TOGETHER))
    assert (kept.value, kept.low, kept.high) == pytest.approx((25, 25, 25))


def test_both_years_that_follow_a_list_count() -> None:
    once, twice = city_of(RANKED, TOGETHER), city_of(RANKED, TOGETHER, APART)
    assert moved_to_the_middle(once).value == 100
    assert moved_to_the_middle(twice).value == 50
    # The lists shown are those of the year before the last.
    assert top_ten_moves(twice)["best_fell"].tolist() == [0] * 4
    assert rise_of_the_last(once).value > 0


def test_equal_values_keep_the_order_of_names() -> None:
    flat = [70.0] * 24
    moves = top_ten_moves(city_of(flat, flat))
    assert moves["still_best"].tolist() == [10] * 4
    assert moves["best_fell"].tolist() == [0] * 4


def test_a_city_that_misses_a_year_is_left_out() -> None:
    city = city_of(RANKED, TOGETHER)
    table = city["peer_cities"]
    gone = (table["city"] == "City A") & (table["year"] == 2025)
    fewer = city.with_tables({"peer_cities": table[~gone]})
    assert enough_cities(fewer)
    assert top_ten_moves(fewer)["lead_before"].iloc[0] != pytest.approx(7.0)
    three = table["city"].isin(["City A", "City B", "City C", "City D"]) & (table["year"] == 2025)
    assert not enough_cities(city.with_tables({"peer_cities": table[~three]}))


def test_only_a_made_up_city_says_that_it_was_built_so() -> None:
    assert "we built it so" in measured(city_of(RANKED, TOGETHER), "11.2-lead").sentence
    real = city_of(RANKED, TOGETHER)
    object.__setattr__(real, "fictional", False)
    assert "we built it so" not in measured(real, "11.2-lead").sentence


def test_cities_that_differ_for_good_keep_their_lead() -> None:
    draw = np.random.default_rng(2)
    truth = draw.normal(70, 5, 24)
    years = [list(truth + draw.normal(0, 0.5, 24)) for _ in range(3)]
    assert lead_kept(city_of(*years)).value > 95


@pytest.mark.gate
def test_a_lead_of_chance_shrinks_to_what_lasts() -> None:
    city = load_city()
    kept = [
        lead_kept(city.with_tables({"peer_cities": peer_cities(seed)})).value
        for seed in range(30, 80)
    ]
    assert np.mean(kept) == pytest.approx(25, abs=4)
