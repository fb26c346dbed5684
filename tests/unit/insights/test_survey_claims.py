"""Claims about who answered: each can appear, be absent, or stay open."""

import numpy as np
import pandas as pd
import pytest

from playbook.city.tables import City, load_city
from playbook.insights.lesson_4_1 import CLAIMS
from playbook.insights.statements import measured
from playbook.insights.survey_answers import (
    capped_survey,
    most_missed,
    people_of,
    priorities,
    raked_survey,
)
from playbook.simulate.health import population_age
from playbook.simulate.survey import survey_tables
from playbook.simulate.world import make_world

PEOPLE = {"Owner": 460, "Renter": 540}


def city_of(
    owners: dict[str, int], renters: dict[str, int], people: dict[str, int] = PEOPLE
) -> City:
    """Build a city from how many owners and renters made each choice."""
    rows = [
        (tenure, choice)
        for tenure, choices in (("Owner", owners), ("Renter", renters))
        for choice, count in choices.items()
        for _ in range(count)
    ]
    answers = pd.DataFrame(rows, columns=["tenure", "priority"])
    margins = pd.DataFrame(
        [("tenure", group, count) for group, count in people.items()]
        + [("district", "Hill", sum(people.values()))],
        columns=["variable", "category", "people"],
    )
    return load_city().with_tables({"survey_responses": answers, "survey_margins": margins})


LOPSIDED = city_of({"Streets": 500, "Rent": 100}, {"Streets": 10, "Rent": 90})
EVEN = city_of({"Streets": 300, "Rent": 160}, {"Streets": 400, "Rent": 140})
CLOSE = city_of({"Streets": 52, "Rent": 50}, {"Streets": 9, "Rent": 10})
FLIPPED_A_LITTLE = city_of({"Streets": 100, "Rent": 60}, {"Streets": 16, "Rent": 30})
FEW = city_of({"Streets": 40, "Rent": 10}, {"Streets": 5, "Rent": 6})
NO_RENTERS = city_of({"Streets": 400, "Rent": 100}, {})
# The same lopsided answers among many people, and others among few.
MANY_PEOPLE = city_of({"Streets": 500}, {"Rent": 100}, {"Owner": 46_000, "Renter": 54_000})
FEW_PEOPLE = city_of({"Streets": 300}, {"Rent": 100})
SOME_MISSED = city_of({"Streets": 60, "Rent": 45}, {"Streets": 65, "Rent": 30})


@pytest.mark.parametrize(
    ("claim_id", "city", "verdict"),
    [
        ("4.1-who", LOPSIDED, "appears"),
        ("4.1-who", EVEN, "absent"),
        ("4.1-who", SOME_MISSED, "unclear"),
        ("4.1-who", FEW, "unclear"),
        ("4.1-who", NO_RENTERS, "unclear"),
        ("4.1-quota", LOPSIDED, "appears"),
        ("4.1-quota", EVEN, "absent"),
        ("4.1-quota", FEW, "unclear"),
        ("4.1-unweighted", LOPSIDED, "appears"),
        ("4.1-unweighted", CLOSE, "unclear"),
        ("4.1-unweighted", FEW, "unclear"),
        ("4.1-first", LOPSIDED, "appears"),
        ("4.1-first", EVEN, "absent"),
        ("4.1-first", FLIPPED_A_LITTLE, "unclear"),
        ("4.1-first", NO_RENTERS, "unclear"),
        ("4.1-price", LOPSIDED, "appears"),
        ("4.1-price", EVEN, "absent"),
        ("4.1-price", FEW, "unclear"),
        ("4.1-cap", LOPSIDED, "appears"),
        ("4.1-cap", EVEN, "absent"),
        ("4.1-cap", FEW, "unclear"),
        ("4.1-indicator", MANY_PEOPLE, "appears"),
        ("4.1-indicator", FEW_PEOPLE, "absent"),
        ("4.1-indicator", FEW, "unclear"),
    ],
)
def test_each_claim_has_its_endings(claim_id: str, city: City, verdict: str) -> None:
    result = measured(city, claim_id)
    assert result.verdict == verdict, result.sentence
    assert result.sentence.startswith("In Port Alder, ")
    assert len(result.headline) <= 140
    if verdict == "absent":
        assert "worth knowing" in result.sentence
    if verdict == "unclear":
        assert "too little to tell" in result.sentence or "can't tell" in result.sentence


def test_one_choice_alone_has_no_lead() -> None:
    for claim_id in ("4.1-unweighted", "4.1-first"):
        alone = city_of({"Streets": 300}, {"Streets": 300})
        assert measured(alone, claim_id).verdict == "unclear"


def test_shares_by_hand() -> None:
    shares = priorities(LOPSIDED, weighed=True)["share"]
    # Owners 46 percent of adults, a sixth of them for rent; renters 54 percent, nine in ten.
    assert shares["Rent"] == pytest.approx(46 / 6 + 54 * 0.9)
    assert priorities(LOPSIDED, weighed=False)["share"]["Rent"] == pytest.approx(100 * 190 / 700)


def test_the_most_missed_group_and_what_it_lacks() -> None:
    missed = most_missed(LOPSIDED)
    assert missed is not None
    assert (missed.group, missed.answers) == ("Renter", pytest.approx(100 / 7))
    assert (100 + missed.short) / (700 + missed.short) == pytest.approx(0.54, abs=0.001)


def test_traits_that_the_survey_did_not_ask_for_are_left_out() -> None:
    raked = raked_survey(LOPSIDED)
    assert raked is not None
    assert raked.margins["variable"].unique().tolist() == ["tenure"]


def test_the_cap_holds() -> None:
    capped = capped_survey(LOPSIDED)
    assert capped is not None
    assert capped.weights.max() <= 5 * capped.weights.median() * (1 + 1e-12)


def test_groups_have_words_and_other_labels_are_quoted() -> None:
    assert people_of("Renter") == "renters"
    assert people_of("Tenant") == "people in the group Tenant"


def seeded(seed: int) -> City:
    world = make_world(seed)
    made = survey_tables(world, {"population_age": population_age(world, seed)}, seed)
    return load_city().with_tables(made)


@pytest.mark.parametrize("seed", [1, 2, 3, 64])
def test_every_claim_appears_in_cities_of_this_design(seed: int) -> None:
    city = seeded(seed)
    assert {claim.id: claim.measure(city).verdict for claim in CLAIMS} == {
        claim.id: "appears" for claim in CLAIMS
    }
    assert [priorities(city, weighed=each).index[0] for each in (False, True)] == [
        "Street repair",
        "Home repair and rent",
    ]
    missed = most_missed(city)
    assert missed is not None
    assert missed.group == "Renter"


@pytest.mark.gate
def test_the_first_place_turns_around_in_nineteen_of_twenty_cities() -> None:
    verdicts = [measured(seeded(seed), "4.1-first").verdict for seed in range(1, 21)]
    assert verdicts.count("appears") >= 19


def test_without_the_difference_between_owners_and_renters_nothing_turns(monkeypatch) -> None:
    from playbook.simulate import survey

    same = np.array([survey.FIRST_CHOICES[0]] * 2)
    monkeypatch.setattr(survey, "FIRST_CHOICES", same)
    assert measured(seeded(64), "4.1-first").verdict == "absent"
