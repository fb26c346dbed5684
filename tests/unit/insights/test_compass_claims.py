"""Claims about heat and about a choice: they can hold, not hold, or be too few to say."""

import pandas as pd
import pytest

from playbook.city.tables import City, load_city
from playbook.insights.heat_places import (
    HIGHEST,
    LOWEST,
    fifth_average,
    fifths_apart,
    share_of_missing_shade,
    share_of_trees,
)
from playbook.insights.policy_choice import argument, beaten, first_places, scores
from playbook.insights.statements import measured

COLUMNS = {
    "surface_temp_c": (31.0, 37.0),
    "canopy_pct": (40.0, 15.0),
    "air_conditioning_pct": (90.0, 50.0),
    "ems_heat_calls": (4, 16),
    "tree_requests": (60, 20),
    "trees_planted": (40, 10),
}


def heat_city(places: int = 64, **ends: tuple[float, float]) -> City:
    """Build a city whose values run from the lowest- to the highest-poverty fifth."""
    base = load_city()
    profile = base["acs_profile"].query("year == 2024").head(places)
    step = (profile["poverty_fifth"].to_numpy() - 1) / 4
    table = pd.DataFrame({"neighborhood_id": profile["neighborhood_id"].to_numpy()})
    wobble = pd.Series(range(len(table))) % 3 - 1
    for name, (low, high) in {**COLUMNS, **ends}.items():
        values = low + (high - low) * step
        counted = isinstance(COLUMNS[name][0], int)
        table[name] = values.round().astype(int) if counted else values + 0.3 * wobble
    # Equal places, so that only the columns above decide.
    spots = base["neighborhoods"].head(places).assign(population=4_000, area_km2=1.5)
    return base.with_tables({"heat": table, "neighborhoods": spots})


def choice_city(points: dict[str, list[float | None]]) -> City:
    """Build a city with these points on lives, equity and speed."""
    criteria = ["lives", "equity", "speed"]
    options = pd.DataFrame(
        [(f"O{n}", name, "", "", "") for n, name in enumerate(points, start=1)],
        columns=["option_id", "option", "what_it_does", "lever", "lead"],
    )
    rows = [
        (f"O{number}", criterion, value, value, value)
        for number, values in enumerate(points.values(), start=1)
        for criterion, value in zip(criteria, values, strict=True)
        if value is not None
    ]
    table = pd.DataFrame(rows, columns=["option_id", "criterion", "score", "low", "high"])
    return load_city().with_tables({"policy_options": options, "option_scores": table})


EVEN = heat_city(**{name: (low, low) for name, (low, _) in COLUMNS.items()})
TURNED = heat_city(**{name: (high, low) for name, (low, high) in COLUMNS.items()})
FEW = heat_city(places=12)
# The index looks at heat and shade; calls can run against it.
AGAINST = heat_city(ems_heat_calls=(16, 4))
TWO_MATTER = choice_city({"rule": [9, 9, 1], "rooms": [1, 1, 9], "posters": [1, 1, 1]})
MANY_MATTER = choice_city({"rule": [9, 1, 1], "rooms": [1, 9, 1], "alerts": [1, 1, 9]})
ONE_WINS = choice_city({"rule": [9, 9, 9], "rooms": [5, 4, 3], "posters": [1, 1, 1]})
TOO_FEW = choice_city({"rule": [9, 9, 1], "rooms": [1, 1, 9]})
GAPS = choice_city({"rule": [9, 9, 1], "rooms": [1, None, 9], "posters": [1, 1, 1]})


@pytest.mark.parametrize(
    ("claim_id", "city", "verdict"),
    [
        ("10.1-canopy", heat_city(), "appears"),
        ("10.1-canopy", TURNED, "absent"),
        ("10.1-canopy", EVEN, "unclear"),
        ("10.1-canopy", FEW, "unclear"),
        ("10.1-temperature", heat_city(), "appears"),
        ("10.1-temperature", TURNED, "absent"),
        ("10.1-temperature", EVEN, "unclear"),
        ("10.1-temperature", FEW, "unclear"),
        ("10.1-danger", heat_city(), "appears"),
        ("10.1-danger", AGAINST, "absent"),
        ("10.1-danger", heat_city(ems_heat_calls=(9, 9)), "unclear"),
        ("10.1-danger", heat_city(ems_heat_calls=(0, 1)), "unclear"),
        ("10.1-trees", heat_city(), "appears"),
        ("10.1-trees", TURNED, "absent"),
        ("10.1-trees", EVEN, "unclear"),
        ("10.1-trees", heat_city(trees_planted=(1, 0)), "unclear"),
        ("10.1-accepted", TWO_MATTER, "appears"),
        ("10.1-accepted", MANY_MATTER, "absent"),
        ("10.1-accepted", ONE_WINS, "absent"),
        ("10.1-accepted", TOO_FEW, "unclear"),
        ("10.1-dominated", TWO_MATTER, "appears"),
        ("10.1-dominated", MANY_MATTER, "absent"),
        ("10.1-dominated", GAPS, "unclear"),
        ("10.1-one-weight", TWO_MATTER, "appears"),
        ("10.1-one-weight", ONE_WINS, "absent"),
        ("10.1-one-weight", GAPS, "unclear"),
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


def test_averages_of_a_fifth_by_hand() -> None:
    city = heat_city()
    low = fifth_average(city, "canopy_pct", LOWEST, "percent")
    assert low.value == pytest.approx(40, abs=0.2)
    assert low.low < low.value < low.high
    apart = fifths_apart(city, "surface_temp_c", "degrees Celsius")
    assert apart.value == pytest.approx(6, abs=0.2)
    sentence = measured(city, "10.1-temperature").sentence
    assert f"{1.8 * apart.value:.1f} degrees Fahrenheit" in sentence


def test_shares_of_trees_and_of_missing_shade_by_hand() -> None:
    city = heat_city()
    planted = city["heat"]["trees_planted"]
    profile = city["acs_profile"].query("year == 2024")
    rich = profile["poverty_fifth"].to_numpy() == 1
    found = share_of_trees(city, LOWEST)
    assert found is not None
    assert found.value == pytest.approx(100 * planted[rich].sum() / planted.sum())
    # 4,000 people on 1.5 square kilometers: the goal is 40 percent of the land.
    missing = (40 - city["heat"]["canopy_pct"]).clip(lower=0)
    poor = profile["poverty_fifth"].to_numpy() == 5
    assert share_of_missing_shade(city, HIGHEST) == pytest.approx(
        100 * missing[poor].sum() / missing.sum()
    )


def test_first_places_and_who_is_beaten() -> None:
    first = first_places(TWO_MATTER)
    pairs = beaten(TWO_MATTER)
    assert first is not None
    assert pairs is not None
    assert first["posters"] == 0
    # The rule comes first while lives and equity weigh more than speed: three of four draws.
    assert first["rule"] == pytest.approx(75, abs=1.5)
    assert set(pairs["option"]) == {"posters"}
    assert scores(GAPS) is None


def test_the_argument_turns_where_both_are_level() -> None:
    found = argument(TWO_MATTER)
    assert found is not None
    assert (found.leader, found.rival, found.criteria) == ("rule", "rooms", ("speed",))
    assert found.turns_at == pytest.approx(50)
    assert found.rival_weight > 60 > 30 > found.leader_weight
    assert argument(ONE_WINS) is None
    # The rule is ahead by 1 on two questions, the rooms by 0.75 on the third: 1 / 1.75.
    uneven = choice_city({"rule": [9, 9, 3], "rooms": [1, 1, 9], "posters": [1, 1, 1]})
    found = argument(uneven)
    assert found is not None
    assert found.turns_at == pytest.approx(100 / 1.75)


def test_points_of_port_alder_turn_on_cost_speed_and_how_well_it_can_be_done() -> None:
    from playbook.simulate.policy import option_scores, policy_options

    tables = {"policy_options": policy_options(), "option_scores": option_scores(64)}
    city = load_city().with_tables(tables)
    found, first = argument(city), first_places(city)
    assert found is not None
    assert first is not None
    assert found.criteria == ("cost", "speed", "feasible")
    assert first.iloc[:2].round().tolist() == [58, 38]
