"""Claims about shelter contracts: each appears, does not appear, or can't be told."""

import math

import pandas as pd
import pytest

from playbook.author.words import banned_in, british_in
from playbook.city.tables import City, load_city
from playbook.insights.lesson_7_1 import CLAIMS as PAID_FOR
from playbook.insights.lesson_7_2 import CLAIMS as PRICES
from playbook.insights.shelter_prices import prices, rehearsed_share
from playbook.insights.shelter_stays import (
    night_price,
    paid_in_first_year,
    providers_at_equal_needs,
    stays,
)
from playbook.insights.statements import measured
from playbook.simulate.homeless_services import homeless_service_tables

CLAIMS = {claim.id: claim for claim in (*PAID_FOR, *PRICES)}
HOME, ELSEWHERE = "Permanent housing", "Temporary housing"


def group(
    provider, acuity, homes, others, days=60, race="Black", other_days=None, back=0.0, late=True
):
    """Give people of one provider: some moved to a home, others left; some came back.

    Half of those who come back do so late, or none.
    """
    rows = []
    for number in range(homes + others):
        home = number < homes
        wait = days if home else (other_days or days)
        left = pd.Timestamp("2023-03-01") + pd.Timedelta(days=wait)
        returned = home and number < back * homes
        rows.append(
            {
                "provider_id": provider,
                "entry": "2023-03-01",
                "exit": left.strftime("%Y-%m-%d"),
                "destination": HOME if home else ELSEWHERE,
                "acuity": acuity,
                "household_type": "Adults only",
                "race_ethnicity": race,
                "return_days": (500.0 if late and number % 2 else 100.0) if returned else math.nan,
            }
        )
    return pd.DataFrame(rows)


def city_of(*groups, unit="Bed-night", amount=1_000_000, year="2023") -> City:
    table = pd.concat(groups, ignore_index=True)
    table.insert(0, "enrollment_id", [f"H{n:04}" for n in range(len(table))])
    ids = sorted(table["provider_id"].unique())
    contracts = pd.DataFrame(
        {
            "contract_id": [f"K{n}" for n in range(len(ids))],
            "provider_id": ids,
            "provider_name": [f"House {one}" for one in ids],
            "model": "Shelter",
            "unit_paid": unit,
            "units": 10_000,
            "amount": amount,
            "start_day": f"{year}-01-01",
            "end_day": f"{year}-12-31",
        }
    )
    return load_city().with_tables({"hmis_enrollments": table, "contracts": contracts})


# P1 takes in higher needs and is better for either need; P2 looks better.
TURNED = (
    group("P1", "Higher", 240, 240, days=200, other_days=150, race="Black", back=0.3),
    group("P1", "Lower", 114, 6, days=20, other_days=150, race="White"),
    group("P2", "Higher", 30, 90, days=300, other_days=200, race="Black", back=0.3),
    group("P2", "Lower", 336, 144, days=150, other_days=200, race="White", back=0.3),
)
# Everybody is housed alike, soon, and for good; P1 still has the higher needs.
ALIKE = (
    group("P1", "Higher", 190, 10, race="Black"),
    group("P1", "Lower", 95, 5, race="White"),
    group("P2", "Higher", 95, 5, race="Black"),
    group("P2", "Lower", 190, 10, race="White"),
)
# Who takes in the higher needs is worse at either, and people with higher needs stay shorter.
BEHIND = (
    group("P1", "Higher", 170, 230, days=30, other_days=40, race="Black", back=0.02),
    group("P1", "Lower", 15, 85, days=340, other_days=360, race="White"),
    group("P2", "Higher", 95, 5, days=200, other_days=210, race="Black"),
    group("P2", "Lower", 280, 120, days=240, other_days=330, race="White"),
)
FEW = (
    group("P1", "Higher", 4, 3, race="Black"),
    group("P1", "Lower", 2, 1, race="White"),
)
# Enough people for a table, too few to tell providers apart.
UNSURE = (
    group("P1", "Higher", 8, 14, days=80, other_days=60, race="Black", back=0.2),
    group("P1", "Lower", 9, 3, days=80, other_days=60, race="White", back=0.2),
    group("P2", "Higher", 4, 9, days=80, other_days=60, race="Black", back=0.2),
    group("P2", "Lower", 13, 8, days=80, other_days=60, race="White", back=0.2),
)
EARLY = (group("P1", "Higher", 90, 30, back=0.5, late=False), *ALIKE[1:])
# The one with the higher needs is a little behind, and a little ahead at equal needs.
CLOSE = (
    group("P1", "Higher", 52, 48, race="Black"),
    group("P1", "Lower", 30, 20, race="White"),
    group("P2", "Higher", 25, 25, race="Black"),
    group("P2", "Lower", 59, 41, race="White"),
)

ENDINGS = {
    "7.1-competing": (city_of(*TURNED), city_of(*ALIKE), city_of(*FEW)),
    "7.1-bed-nights": (
        city_of(*TURNED),
        city_of(*TURNED, unit=["Bed-night", "Placement"]),
        city_of(*TURNED, amount=0),
    ),
    "7.1-speed": (city_of(*TURNED), city_of(*BEHIND), city_of(*UNSURE)),
    "7.1-lasting": (city_of(*TURNED), city_of(*ALIKE), city_of(*TURNED, year="2025")),
    "7.1-returns": (city_of(*TURNED), city_of(*EARLY), city_of(*ALIKE)),
    "7.1-exposure": (city_of(*TURNED), city_of(*ALIKE), city_of(*CLOSE)),
    "7.2-reversal": (city_of(*TURNED), city_of(*BEHIND), city_of(*CLOSE)),
    "7.2-equal-needs": (city_of(*TURNED), city_of(*BEHIND), city_of(*UNSURE)),
    "7.2-flat-price": (city_of(*TURNED), city_of(*BEHIND), city_of(*ALIKE)),
    "7.2-indifferent": (city_of(*TURNED), city_of(*BEHIND), city_of(*ALIKE)),
    "7.2-rehearsal": (city_of(*TURNED), city_of(*BEHIND), city_of(*ALIKE)),
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


@pytest.mark.parametrize("claim_id", CLAIMS)
def test_a_handful_of_people_is_too_few_for_any_claim(claim_id):
    result = CLAIMS[claim_id].measure(city_of(*FEW, amount=0))
    assert result.verdict == "unclear", result.sentence


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
        MADE[seed] = load_city().with_tables(homeless_service_tables(None, {}, seed))
    return MADE[seed]


MADE: dict[int, City] = {}


@pytest.mark.parametrize(("people", "named"), [(99, False), (100, True)])
def test_small_groups_by_race_are_never_named(people, named):
    others = group("P2", "Higher", 90, 90, days=90, race="Black")
    city = city_of(others, group("P1", "Lower", people, 0, days=5, race="Asian"))
    assert ("Asian" in CLAIMS["7.1-exposure"].measure(city).sentence) == named


def test_open_stays_last_until_the_day_of_the_extract():
    table = group("P1", "Lower", 5, 0)
    table.loc[0, ["exit", "destination"]] = None
    people = stays(city_of(table))
    assert people["days"].tolist() == [1051, 60, 60, 60, 60]
    assert people["ended"].isna().tolist() == [True, False, False, False, False]
    assert people["provider"].eq("House P1").all()


def test_the_price_of_a_night_and_what_a_year_costs_by_hand():
    city = city_of(*ALIKE)
    assert night_price(city) == 100
    # Everybody stays 60 nights.
    assert paid_in_first_year(city)["dollars"].tolist() == pytest.approx([6_000, 6_000])
    assert math.isnan(night_price(city_of(*ALIKE, unit="Placement")))


def test_two_prices_cost_as_much_as_one_and_as_all_nights():
    city = city_of(*TURNED)
    found, people = prices(city), stays(city)
    placed = people[people["ended"] == HOME].groupby("acuity").size()
    nights = people["days"].clip(upper=365).sum() * 100
    assert placed.sum() * found.flat == pytest.approx(nights)
    assert placed["Lower"] * found.lower + placed["Higher"] * found.higher == pytest.approx(nights)
    assert found.ratio.value == pytest.approx(found.higher / found.lower)
    assert 0 < rehearsed_share(city) < 0.5


def test_a_result_is_kept_for_its_city_only():
    one, other = city_of(*TURNED), city_of(*ALIKE)
    assert providers_at_equal_needs(one) is providers_at_equal_needs(one)
    assert not providers_at_equal_needs(one).equals(providers_at_equal_needs(other))
    assert measured(one, "7.2-reversal").verdict == "appears"
