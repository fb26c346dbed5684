"""Claims about doors and fires: each appears, does not appear, or can't be told."""

import numpy as np
import pandas as pd
import pytest

from playbook.author.words import banned_in, british_in
from playbook.city.tables import City, load_city
from playbook.insights.fire_doors import INPUTS, alarm_score, scored_blocks, visits
from playbook.insights.lesson_8_1 import CLAIMS as ALL_CLAIMS
from playbook.simulate.fire_risk import fire_risk_tables
from playbook.simulate.world import make_world

CLAIMS = {claim.id: claim for claim in ALL_CLAIMS}
BLOCKS = 10


def city_of(
    *,
    survey_old=0.6,
    survey_new=0.1,
    old_without=0.4,
    new_without=0.1,
    visited=100,
    surveyed=40,
    fires_in_old=False,
    deaths=10,
    silent=0.3,
) -> City:
    """Make a city of ten blocks, two of them old, with what lies behind the doors.

    `survey_*` is the share without an alarm among surveyed homes, `*_without` among the visited.
    """
    old = np.arange(BLOCKS) < 2
    ids = [f"B{number:03}" for number in range(BLOCKS)]
    blocks = pd.DataFrame(
        {
            "block_id": ids,
            "neighborhood_id": "N01",
            "homes": 100,
            "pre1950_pct": np.where(old, 95.0, 5.0),
            "low_income_pct": np.linspace(40, 39, BLOCKS),
            "tenure20_pct": 30.0,
            "under5_65plus_pct": 30.0,
        }
    )
    survey = []
    for number, block in enumerate(ids):
        share = survey_old if old[number] else survey_new
        for home in range(surveyed):
            without = home < round(share * surveyed)
            survey.append(
                {
                    "home_id": f"S{len(survey):04}",
                    "block_id": block,
                    "pre1950": "yes" if old[number] == (home % 20 != 7) else "no",
                    "low_income": "yes" if home % 2 else "no",
                    "tenure20": "yes" if home % 3 else "no",
                    "has_alarm": "no" if without else "yes",
                }
            )
    seen = []
    for number, block in enumerate(ids):
        share = old_without if old[number] else new_without
        for home in range(visited):
            tested = (
                "not tested" if home % 10 == 0 else ("no" if home < silent * visited else "yes")
            )
            had = "no" if home < round(share * visited) else "yes"
            seen.append((f"V{len(seen):04}", block, "2023-05-01", had, tested))
    names = ["install_id", "block_id", "day", "had_alarm", "working_at_24m"]
    fires = pd.DataFrame({"block_id": (ids[:2] if fires_in_old else ids[-2:]) * 60})
    fires.insert(0, "fire_id", [f"F{number:04}" for number in range(len(fires))])
    fires["day"] = [f"20{21 + number % 5}-03-01" for number in range(len(fires))]
    fires["alarm_present"], fires["injuries"] = "yes", 0
    fires["deaths"] = [deaths // len(fires) + (n < deaths % len(fires)) for n in range(len(fires))]
    tables = {
        "blocks": blocks,
        "alarm_survey": pd.DataFrame(survey),
        "fires": fires,
        "installs": pd.DataFrame(seen, columns=names),
    }
    return load_city().with_tables(tables)


def without_fires() -> City:
    city = city_of()
    return city.with_tables({"fires": city["fires"].head(0)})


ENDINGS = {
    "8.1-capture": (
        city_of(),
        city_of(old_without=0.1, new_without=0.1, visited=200),
        city_of(old_without=0.15, new_without=0.1),
    ),
    "8.1-past-fires": (
        city_of(),
        # The survey points to the old blocks, the visits to those where it burned.
        city_of(old_without=0.05, new_without=0.3),
        city_of(fires_in_old=True),
    ),
    "8.1-hit-rate": (
        city_of(),
        city_of(old_without=0.1, new_without=0.1, visited=500),
        city_of(old_without=0.18, new_without=0.14, visited=60),
    ),
    "8.1-missed": (
        city_of(survey_old=0.4, survey_new=0.3),
        city_of(survey_old=0.95, survey_new=0.05),
        city_of(survey_old=0.8, survey_new=0.2),
    ),
    "8.1-deaths": (city_of(), city_of(deaths=90), city_of(deaths=40)),
    "8.1-silent": (city_of(), city_of(silent=0.02), city_of(silent=0.15, visited=20)),
}


def test_every_claim_has_its_endings_here():
    assert set(ENDINGS) == set(CLAIMS)


@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("claim_id", ENDINGS)
def test_each_claim_has_three_endings(claim_id, place):
    result = CLAIMS[claim_id].measure(ENDINGS[claim_id][place])
    assert result.verdict == ("appears", "absent", "unclear")[place], result.sentence
    assert len(result.headline) <= 140
    assert result.sentence.startswith("In Port Alder")
    assert not banned_in(result.sentence), result.sentence
    assert not british_in(result.sentence)
    if result.verdict == "absent":
        assert "worth knowing" in result.sentence
    if result.verdict == "unclear":
        assert "too little to tell" in result.sentence or "can't tell" in result.sentence


@pytest.mark.parametrize(
    "claim_id", ["8.1-capture", "8.1-past-fires", "8.1-hit-rate", "8.1-silent"]
)
def test_a_handful_of_visits_is_too_few(claim_id):
    result = CLAIMS[claim_id].measure(city_of(visited=2))
    assert result.verdict == "unclear"
    assert "too little to tell" in result.sentence


@pytest.mark.parametrize(
    "claim_id", ["8.1-capture", "8.1-past-fires", "8.1-hit-rate", "8.1-missed"]
)
def test_a_survey_too_small_for_a_score_ends_plainly(claim_id):
    city = city_of()
    few = city.with_tables({"alarm_survey": city["alarm_survey"].head(3)})
    assert CLAIMS[claim_id].measure(few).verdict == "unclear"


def test_no_fires_at_all_is_too_little_to_tell():
    assert "too little to tell" in CLAIMS["8.1-deaths"].measure(without_fires()).sentence


def test_the_score_takes_three_things_and_race_is_not_among_them():
    fit = alarm_score(city_of())
    assert fit["term"].tolist() == ["constant", "pre1950", "low_income", "tenure20"]
    assert set(INPUTS.values()) == {"pre1950", "low_income", "tenure20"}


def test_blocks_are_chosen_by_score_and_by_fires_within_a_fifth_of_the_doors():
    blocks = scored_blocks(city_of())
    assert blocks.loc[blocks["chosen"], "block_id"].tolist() == ["B000", "B001"]
    assert blocks.loc[blocks["by_fires"], "block_id"].tolist() == ["B008", "B009"]
    assert blocks["past_fires"].tolist() == [0] * 8 + [60, 60]


def test_the_need_behind_a_door_is_an_alarm_missing_where_someone_young_or_old_lives():
    seen = visits(city_of())
    np.testing.assert_allclose(seen.need, 0.3 * seen.no_alarm)
    assert seen.no_alarm.sum() == 2 * 40 + 8 * 10
    assert seen.chosen.sum() == 200


@pytest.mark.parametrize("claim_id", CLAIMS)
def test_claims_appear_on_another_city_of_the_same_design(claim_id):
    result = CLAIMS[claim_id].measure(made_up_city(1))
    assert result.verdict == "appears", result.sentence


@pytest.mark.gate
@pytest.mark.parametrize("claim_id", CLAIMS)
def test_claims_appear_in_19_of_20_cities_of_the_same_design(claim_id):
    verdicts = [CLAIMS[claim_id].measure(made_up_city(seed)).verdict for seed in range(1, 21)]
    assert verdicts.count("appears") >= 19


def made_up_city(seed) -> City:
    if seed not in MADE:
        MADE[seed] = load_city().with_tables(fire_risk_tables(make_world(seed), {}, seed))
    return MADE[seed]


MADE: dict[int, City] = {}
