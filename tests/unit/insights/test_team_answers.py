"""What a team says of itself: three endings for each claim, and no role that points at people."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.city.capacities import NO_ROLE, capacities, capacity_names
from playbook.city.tables import City, load_city
from playbook.insights import lesson_0_2
from playbook.insights.statements import Measured
from playbook.insights.team_answers import (
    EVERYONE,
    TOO_FEW_PEOPLE,
    agenda,
    person_scores,
    role_profile,
    role_view,
    team_profile,
    team_roles,
    widest_gap,
    widest_spread,
)
from playbook.learn.memos.lesson_0_2 import content
from playbook.learn.starters import HERE, starter_lessons, starters
from playbook.show.charts import bar, dots
from playbook.simulate.team import capacity_responses

WRITTEN = {"0.1", HERE, "1.3", "2.2", "3.1"}
MEASURE: Mapping[str, Callable[[City], Measured]] = {
    claim.id: claim.measure for claim in lesson_0_2.CLAIMS
}
ENGAGEMENT = "Authentic Community Engagement"


def a_team(
    people: Mapping[str, int],
    averages: Mapping[str, float] | None = None,
    spread: float = 0.3,
    level: float = 2.0,
    seed: int = 3,
) -> City:
    """Build a team: everyone scores about `level`, and engagement as `averages` says by role."""
    draw = np.random.default_rng(seed)
    rows = []
    for role, count in people.items():
        for number in range(count):
            for name in capacity_names():
                middle = (averages or {}).get(role, level) if name == ENGAGEMENT else level
                person = middle + draw.normal(0, spread)
                for statement in range(1, 6):
                    score = int(np.clip(round(person + draw.normal(0, 0.3)), 0, 4))
                    rows.append((f"{role} {number}", role, name, statement, score))
    columns = ["response_id", "role", "capacity", "statement", "score"]
    table = pd.DataFrame(rows, columns=columns)
    return load_city().with_tables({"capacity_responses": table})


APART = {"Leader": 3.4, "Front line": 1.2}
TWENTY = {"Leader": 20, "Front line": 20}


@pytest.mark.parametrize(
    ("claim_id", "city", "verdict"),
    [
        ("0.2-average", a_team(TWENTY, APART, level=1.6), "appears"),
        ("0.2-average", a_team(TWENTY, {"Leader": 2.0, "Front line": 0.2}, level=2.6), "absent"),
        ("0.2-average", a_team({"Leader": 2, "Front line": 2}), "unclear"),
        ("0.2-average-hides", a_team(TWENTY, APART), "appears"),
        ("0.2-average-hides", a_team(TWENTY), "absent"),
        ("0.2-average-hides", a_team({"Leader": 5, "Front line": 5}, spread=1.2), "unclear"),
        ("0.2-average-hides", a_team({"Leader": 4, "Front line": 30}, APART), "unclear"),
        ("0.2-widest-spread", a_team(TWENTY, APART), "appears"),
        ("0.2-widest-spread", a_team(TWENTY), "absent"),
        ("0.2-widest-spread", a_team({"Leader": 4}), "unclear"),
    ],
)
def test_each_claim_has_three_endings(claim_id: str, city: City, verdict: str) -> None:
    result = MEASURE[claim_id](city)
    assert result.verdict == verdict, result.sentence
    if verdict == "absent":
        assert "worth knowing" in result.sentence
    if verdict == "unclear":
        assert "too little to tell" in result.sentence or "can't tell" in result.sentence


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("claim_id", MEASURE)
def test_claims_hold_on_three_other_seeds(claim_id: str, seed: int) -> None:
    city = load_city().with_tables({"capacity_responses": capacity_responses(seed)})
    assert MEASURE[claim_id](city).verdict == "appears"
    gap = widest_gap(city)
    assert gap is not None
    assert (gap.capacity, gap.first, gap.second) == (ENGAGEMENT, "Leader", "Front line")
    assert widest_spread(city) == ENGAGEMENT


def test_luck_among_seven_questions_makes_no_claim() -> None:
    found = []
    for seed in range(12):
        city = a_team({"Leader": 8, "Front line": 8}, spread=0.9, seed=seed)
        found.append(MEASURE["0.2-average-hides"](city).verdict == "appears")
    assert sum(found) <= 2


def test_a_persons_score_is_the_average_of_what_they_answered() -> None:
    table = capacity_responses(1)
    one = table["response_id"].eq("R01") & table["capacity"].eq(ENGAGEMENT)
    answered = table[~(one & table["statement"].le(2))]
    city = load_city().with_tables({"capacity_responses": answered})
    expected = table.loc[one & table["statement"].ge(3), "score"].mean()
    assert person_scores(city).loc["R01", ENGAGEMENT] == pytest.approx(expected)
    two = table[~(one & table["statement"].le(3))]
    city = load_city().with_tables({"capacity_responses": two})
    assert math.isnan(person_scores(city).loc["R01", ENGAGEMENT])


def test_profile_and_roles_agree_with_numpy() -> None:
    city = load_city()
    scores = person_scores(city)
    row = team_profile(city).set_index("capacity").loc[ENGAGEMENT]
    values = scores[ENGAGEMENT].to_numpy()
    low, middle, high = np.percentile(values, [25, 50, 75])
    assert row[["average", "median", "low", "high", "spread"]].tolist() == pytest.approx(
        [values.mean(), middle, low, high, high - low]
    )
    shown = role_profile(city).query("capacity == @ENGAGEMENT").set_index("role")["median"]
    for role in ("Leader", "Front line"):
        assert shown[role] == pytest.approx(np.median(values[scores["role"].eq(role)]))


@settings(max_examples=10)
@given(
    st.dictionaries(st.sampled_from(["Leader", "Clerk", "Planner"]), st.integers(1, 9), min_size=1)
)
def test_a_role_of_fewer_than_five_is_never_shown_on_its_own(people: dict[str, int]) -> None:
    city = a_team(people, APART)
    small = {role for role, count in people.items() if count < 5}
    shown = set(role_profile(city)["role"])
    assert not shown & small
    assert shown <= {EVERYONE, *people}
    said = " ".join(measure(city).sentence for measure in MEASURE.values())
    memo = content(city)
    said += " ".join([*memo.lines, memo.table.to_csv(), str(memo.figure)])
    for role in small:
        assert lesson_0_2.role_words(role) not in said
        assert role_view(city, role) == f"{TOO_FEW_PEOPLE.capitalize()}."
    if sum(people.values()) < 5:
        assert team_profile(city)["average"].isna().all()
        assert role_view(city, EVERYONE) == f"{TOO_FEW_PEOPLE.capitalize()}."


def test_roles_as_they_come_are_compared_where_they_differ_most() -> None:
    city = a_team({"Clerk": 6, "Planner": 6, "Mayor": 1}, {"Clerk": 1.0, "Planner": 3.4})
    gap = widest_gap(city)
    assert gap is not None
    assert (gap.first, gap.second, gap.capacity) == ("Planner", "Clerk", ENGAGEMENT)
    assert team_roles(city) == [EVERYONE, "Clerk", "Mayor", "Planner"]


def test_those_who_gave_no_role_are_compared_with_nobody() -> None:
    city = a_team({NO_ROLE: 9, "Leader": 9}, {NO_ROLE: 0.5, "Leader": 3.5})
    assert widest_gap(city) is None
    assert set(role_profile(city)["role"]) == {EVERYONE}


def test_disagreement_comes_first_then_the_lowest_medians() -> None:
    order = agenda(load_city())
    assert order[0][0] == ENGAGEMENT
    assert "between two roles" in order[0][1]
    medians = team_profile(load_city()).set_index("capacity")["median"]
    rest = [medians[name] for name, _ in order[1:]]
    assert rest == sorted(rest)
    assert sorted(name for name, _ in order) == sorted(capacity_names())


def test_without_roles_the_widest_spread_comes_first() -> None:
    city = a_team({"Leader": 4, "Front line": 4}, {"Leader": 3.6, "Front line": 0.6})
    assert agenda(city)[0] == (ENGAGEMENT, agenda(city)[0][1])
    assert "middle half" in agenda(city)[0][1]


def test_a_team_that_agrees_starts_with_its_lowest_median() -> None:
    order = agenda(a_team(TWENTY, {"Leader": 1.0, "Front line": 1.0}))
    assert order[0] == (ENGAGEMENT, "median 1.0 of 4")


def test_every_order_of_capacities_finds_three_lessons_that_exist() -> None:
    letters = {capacity.letter: capacity.name for capacity in capacities()}
    for order in permutations(letters.values()):
        found = starters([(name, "") for name in order], WRITTEN)
        assert len(found) == len({starter.lesson for starter in found}) == 3
        assert {starter.lesson for starter in found} <= WRITTEN - {HERE}
        assert [starter.capacity for starter in found] == sorted(
            (starter.capacity for starter in found), key=order.index
        )


def test_a_lesson_that_gets_written_takes_its_place() -> None:
    order = [(ENGAGEMENT, "")]
    assert starters(order, WRITTEN)[0].planned[0] == "4.1"
    assert starters(order, WRITTEN | {"4.1"})[0].lesson == "4.1"
    assert starters(order, WRITTEN | {"4.1"})[0].planned == ()


def test_a_city_with_too_few_people_draws_and_starts_all_the_same() -> None:
    city = a_team({"Leader": 3})
    profile = team_profile(city)
    for column in ("average", "spread"):
        figure = bar(profile, x=column, y="capacity", unit="of 4", finding="Too few people")
        assert b"<svg" in figure.svg
    figure = dots(role_profile(city), y="capacity", x="median", group="role", finding="Too few")
    assert b"<svg" in figure.svg
    assert len(starter_lessons(city)) <= 3
    assert not starter_lessons(city).empty
    assert content(city).table["Average"].eq("too few to tell").all()


def test_headlines_fit_a_chart_whatever_the_roles_are_called() -> None:
    people = {"Deputy director of neighborhood services and parks": 6}
    people |= {"Community liaison officer for the northern district": 6}
    city = a_team(people, dict(zip(people, (3.5, 0.9), strict=True)))
    for measure in MEASURE.values():
        longest = measure(city).headline.replace(ENGAGEMENT, "Effective Multi-Sector Partnerships")
        assert len(longest.replace("Port Alder", "A" * 30)) <= 140
