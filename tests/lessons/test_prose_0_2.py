"""What the prose of lesson 0.2 says of Port Alder without a number is true of its team."""

import pytest

from playbook.city.capacities import scale
from playbook.city.tables import City, load_city
from playbook.insights.team_answers import (
    person_scores,
    role_profile,
    team_profile,
    widest_gap,
    widest_spread,
)

ENGAGEMENT = "Authentic Community Engagement"


@pytest.fixture(scope="module")
def city() -> City:
    return load_city()


def test_46_people_answered_and_engagement_is_among_the_best_averages(city: City) -> None:
    assert len(person_scores(city)) == 46
    averages = team_profile(city).set_index("capacity")["average"]
    assert averages.rank(ascending=False)[ENGAGEMENT] <= 3
    assert averages.max() < 3


def test_money_has_the_lowest_average(city: City) -> None:
    averages = team_profile(city).set_index("capacity")["average"]
    assert averages.idxmin() == "Increased and Diversified Funding"


def test_leaders_say_routine_and_the_front_line_says_talk(city: City) -> None:
    gap = widest_gap(city)
    assert gap is not None
    assert (gap.capacity, gap.first, gap.second) == (ENGAGEMENT, "Leader", "Front line")
    assert scale()[round(gap.high)] == "Routine"
    assert scale()[round(gap.low)] == "Talked about"
    average = team_profile(city).set_index("capacity")["average"][ENGAGEMENT]
    assert gap.low < average < gap.high


def test_in_six_rows_the_marks_lie_less_than_a_point_apart(city: City) -> None:
    wide = role_profile(city).pivot(index="capacity", columns="role", values="median")
    gaps = (wide["Leader"] - wide["Front line"]).abs()
    assert (gaps < 1).sum() == 6
    assert gaps.drop(ENGAGEMENT).max() < gaps[ENGAGEMENT] / 2


def test_a_gap_this_wide_hardly_ever_comes_up_by_luck(city: City) -> None:
    gap = widest_gap(city)
    assert gap is not None
    assert gap.chance < 0.01


def test_the_spread_points_to_the_same_row(city: City) -> None:
    assert widest_spread(city) == ENGAGEMENT
