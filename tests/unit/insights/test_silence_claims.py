"""Claims about hazards, reports and paving: each appears, is absent, or is too little to tell."""

import numpy as np
import pandas as pd
import pytest

from playbook.city.tables import City, load_city
from playbook.insights.poverty_fifths import FIFTHS, poverty_fifths
from playbook.insights.silent_streets import BUDGET_KM, paving_by_rule, paving_figure, sides
from playbook.insights.statements import measured

PLACES = load_city()["neighborhoods"]
FIFTH = poverty_fifths(load_city(), PLACES["neighborhood_id"])


def city_of_hazards(
    hazards: tuple[float, float], reports: tuple[float, float], residents: int = 4000
) -> City:
    """Build a city: hazards per 1,000 residents and reports per 100 hazards, Mill Flats first."""
    mill = (PLACES["district"] == "Mill Flats").to_numpy()
    found = (residents / 1000 * np.where(mill, *hazards)).round().astype(int)
    audit = pd.DataFrame(
        {
            "neighborhood_id": PLACES["neighborhood_id"],
            "segments": 30,
            "hazards_found": found,
            "reports": (found * np.where(mill, *reports) / 100).round().astype(int),
            "inspector_hours": 20.0,
        }
    )
    people = PLACES.assign(population=residents)
    return load_city().with_tables({"hazard_audit": audit, "neighborhoods": people})


def city_of_streets(
    worn: float = 5.0,
    calls_where_poor: float = 0.2,
    calls_elsewhere: float = 1.0,
    each: int = 30,
    backward: bool = False,
) -> City:
    """Build a city of streets: how much more worn they are in the top fifth, and who calls.

    `backward` lets residents call about the good streets, not about the worn ones.
    """  # fmt: skip
    random = np.random.default_rng(0)
    places = PLACES["neighborhood_id"].repeat(each)
    top = (FIFTHS[-1] == FIFTH).repeat(each).to_numpy()
    pci = (64 - worn * top + random.normal(0, 10, len(places))).clip(20, 98).round()
    reason = (pci - 50 if backward else 80 - pci).clip(0) / 20
    calls = np.where(top, calls_where_poor, calls_elsewhere) * reason
    streets = pd.DataFrame(
        {
            "segment_id": [f"S{number:05}" for number in range(len(places))],
            "neighborhood_id": places.to_numpy(),
            "road_class": "Side street",
            "length_km": random.uniform(0.1, 0.3, len(places)).round(2),
            "pci": pci.astype(int),
            "last_paved": 2000,
            "requests": (10 * calls).round().astype(int),
        }
    )
    return load_city().with_tables({"street_segments": streets})


# Calls about good streets; and calls that point to where streets are worn.
DEAF = city_of_streets(backward=True)
FAIR = city_of_streets(worn=12, calls_where_poor=3.0)
FEW = city_of_streets(each=1)
# Streets alike everywhere and calls alike: requests, condition and need differ by luck alone.
ALIKE = city_of_streets(worn=0, calls_where_poor=1.0)


@pytest.mark.parametrize(
    ("claim_id", "city", "verdict"),
    [
        ("3.2-hazards", city_of_hazards((30, 13), (25, 80)), "appears"),
        ("3.2-hazards", city_of_hazards((10, 30), (25, 80)), "absent"),
        ("3.2-hazards", city_of_hazards((20, 20), (25, 80)), "unclear"),
        ("3.2-hazards", city_of_hazards((30, 13), (25, 80), residents=100), "unclear"),
        ("3.2-reports", city_of_hazards((30, 13), (25, 80)), "appears"),
        ("3.2-reports", city_of_hazards((30, 13), (80, 25)), "absent"),
        ("3.2-reports", city_of_hazards((30, 13), (50, 50)), "unclear"),
        ("3.2-reports", city_of_hazards((30, 13), (0.1, 50)), "unclear"),
        ("3.2-silence", city_of_hazards((30, 13), (25, 80)), "appears"),
        ("3.2-silence", city_of_hazards((30, 13), (90, 50)), "absent"),
        ("3.2-silence", city_of_hazards((20, 20), (25, 80)), "unclear"),
        ("3.2-requests", city_of_streets(), "appears"),
        ("3.2-requests", FAIR, "absent"),
        ("3.2-requests", ALIKE, "unclear"),
        ("3.2-requests", FEW, "unclear"),
        ("3.2-rules", city_of_streets(), "appears"),
        ("3.2-rules", city_of_streets(worn=-4, calls_where_poor=8.0), "absent"),
        ("3.2-rules", ALIKE, "unclear"),
        ("3.2-rules", FEW, "unclear"),
        ("3.2-worn", DEAF, "appears"),
        ("3.2-worn", ALIKE, "absent"),
        ("3.2-worn", FEW, "unclear"),
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
    city = city_of_hazards((30, 10), (25, 75))
    assert measured(city, "3.2-hazards").estimate.value == pytest.approx(3)
    assert measured(city, "3.2-reports").estimate.value == pytest.approx(1 / 3)
    # Three times the hazards, each reported a third as often: city hall hears the same.
    assert measured(city, "3.2-silence").estimate.value == pytest.approx(1)


def test_another_city_compares_its_outer_poverty_fifths() -> None:
    city = city_of_hazards((30, 10), (25, 75))
    other = city["neighborhoods"].assign(district="One district")
    pair = sides(city.with_tables({"neighborhoods": other}))
    assert pair.first == "the highest-poverty fifth"
    assert pair.is_first.to_numpy().tolist() == (FIFTHS[-1] == FIFTH).tolist()
    assert sides(city).first == "Mill Flats"


def test_every_rule_paves_the_same_kilometers_and_requests_follow_calls() -> None:
    city = city_of_streets(calls_where_poor=0.0)
    rules = paving_by_rule(city)
    assert rules.loc["By requests", "top_fifth"] == 0
    streets = city["street_segments"]
    top = streets["neighborhood_id"].map(dict(zip(PLACES["neighborhood_id"], FIFTH, strict=True)))
    share = 100 * streets.loc[top == FIFTHS[-1], "length_km"].sum() / streets["length_km"].sum()
    assert rules.loc["All streets", "top_fifth"] == pytest.approx(share)
    worst = streets.sort_values("pci")
    within = worst[worst["length_km"].cumsum() <= BUDGET_KM]
    average = (within["pci"] * within["length_km"]).sum() / within["length_km"].sum()
    assert rules.loc["By condition", "condition"] == pytest.approx(average, abs=0.1)


def test_ranges_hold_their_values_and_are_the_same_each_time() -> None:
    city = city_of_streets()
    for rule in ("By requests", "By condition", "By condition and need"):
        figure = paving_figure(city, rule, "top_fifth")
        assert figure.low <= figure.value <= figure.high
    again = city.with_tables({})
    pd.testing.assert_frame_equal(paving_by_rule(city), paving_by_rule(again))


def test_a_larger_need_weight_gives_the_top_fifth_more() -> None:
    rules = paving_by_rule(city_of_streets())["top_fifth"]
    assert rules["By condition"] < rules["By condition and need"]
