"""What is built into the vote, the partners' table and the plans is there in other cities too."""

import pytest

from playbook.city.tables import City, load_city
from playbook.insights.lesson_4_3 import CLAIMS as VOTE
from playbook.insights.lesson_5_1 import CLAIMS as PARTNERS
from playbook.insights.lesson_5_2 import CLAIMS as ALIGNMENT
from playbook.insights.partner_table import FIRST, LAST, share_of_paths, without_busiest
from playbook.insights.plan_priorities import copied_strategies, strategies_by_priority
from playbook.simulate.alignment import alignment_tables
from playbook.simulate.assets import asset_tables
from playbook.simulate.ballots import ballot_tables
from playbook.simulate.health import population_age
from playbook.simulate.partners import partner_tables
from playbook.simulate.places import acs_profile, neighborhoods
from playbook.simulate.world import SEED, make_world

FEWEST_HELD = 19


def city_of(seed: int) -> City:
    world = make_world(seed)
    made = {
        "neighborhoods": neighborhoods(world, seed),
        "acs_profile": acs_profile(world, seed),
        "population_age": population_age(world, seed),
    }
    for theme in (ballot_tables, asset_tables, partner_tables, alignment_tables):
        made |= theme(world, made, seed)
    return load_city().with_tables(made)


@pytest.mark.parametrize("seed", [SEED, 1, 2, 3])
def test_every_claim_appears_and_what_was_planted_is_exact(seed: int) -> None:
    city = city_of(seed)
    exact = {}
    for claim in (*VOTE, *PARTNERS, *ALIGNMENT):
        result = claim.measure(city)
        assert result.verdict == "appears", (claim.id, result.sentence)
        assert result.sentence.startswith("In Port Alder, "), claim.id
        exact[claim.id] = result.estimate.value
    assert exact["5.1-ties"] == pytest.approx(117 / 61)
    assert exact["5.1-without"] == pytest.approx(100 * 166 / 406)
    assert without_busiest(city)["sizes"] == "22 + 4 + 3"
    assert exact["5.1-families"] == 3_100
    assert exact["5.1-own-practice"] == pytest.approx(100 * (7 / 16 - 41 / 48))
    assert exact["5.1-missing"] == 1
    assert exact["5.2-copies"] == 41
    assert copied_strategies(city)["strategies"].tolist() == [16, 14, 11]
    owners = strategies_by_priority(city).set_index("priority")["strategies"]
    assert owners[owners == 0].index.tolist() == ["home repair"]


@pytest.mark.gate
def test_claims_hold_in_19_of_20_other_cities() -> None:
    cities = [city_of(seed) for seed in range(1, 21)]
    for claim in (*VOTE, *PARTNERS, *ALIGNMENT):
        held = sum(claim.measure(city).verdict == "appears" for city in cities)
        assert held >= FEWEST_HELD, claim.id


@pytest.mark.gate
def test_the_coordinator_s_share_of_paths_does_not_move_with_the_seed() -> None:
    for seed in range(1, 61):
        made = partner_tables(make_world(seed), {}, seed)
        city = load_city().with_tables(made)
        before, after = (share_of_paths(city, "O01", wave) for wave in (FIRST, LAST))
        assert 40 < after < 48, seed
        assert abs(after - before) < 5, seed
