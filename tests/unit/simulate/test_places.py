"""The tables `neighborhoods` and `acs_profile`."""

import numpy as np
import pandas as pd
import pytest

from playbook.simulate.places import acs_profile, neighborhoods, poverty_fifth
from playbook.simulate.world import SEED, make_world

SEEDS = (SEED, 1, 2, 3)
STANDARD_ERRORS_90 = 1.645  # Census Bureau, ACS handbook


@pytest.fixture(params=SEEDS)
def profile(request):
    return acs_profile(make_world(request.param), request.param)


def test_tract_codes_are_well_formed_and_belong_to_no_state():
    places = neighborhoods(make_world(), SEED)
    assert places["tract_geoid"].str.fullmatch(r"99001\d{6}").all()
    assert places["tract_geoid"].is_unique


def test_lending_grades_follow_todays_hardship_with_exceptions():
    world = make_world()
    grade = neighborhoods(world, SEED)["holc_grade"]
    assert grade.value_counts().to_dict() == {"A": 5, "B": 13, "C": 27, "D": 19}
    hardship = pd.Series(world.hardship).groupby(grade).agg(["mean", "min", "max"])
    assert hardship["mean"].is_monotonic_increasing
    assert hardship.loc["C", "max"] > hardship.loc["D", "min"]


def test_area_and_people_are_those_of_a_mid_sized_city():
    places = neighborhoods(make_world(), SEED)
    assert 80 < places["area_km2"].sum() < 115
    assert places["area_km2"].between(0.5, 5).all()


def test_poverty_and_income_stay_in_the_range_of_real_tracts(profile):
    assert profile["poverty_pct"].between(2, 65).all()
    assert profile["poverty_pct"].max() > 35
    assert profile["poverty_pct"].min() < 6
    assert profile["median_income"].between(18_000, 160_000).all()


def test_margins_of_error_look_like_the_surveys_own(profile):
    for estimate, margin in (
        ("poverty_pct", "poverty_moe"),
        ("median_income", "median_income_moe"),
    ):
        variation = profile[margin] / STANDARD_ERRORS_90 / profile[estimate]
        # One printed decimal: a small share moves a little out of 8 to 30 percent.
        assert variation.between(0.075, 0.31).all(), estimate


def test_estimates_differ_from_survey_to_survey_as_much_as_their_margins_say():
    scores = []
    for seed in range(1, 11):
        table = acs_profile(make_world(seed), seed)
        first, second = (part.reset_index() for _, part in table.groupby("year"))
        change = np.log(second["poverty_pct"] / first["poverty_pct"])
        error = np.hypot(
            first["poverty_moe"] / first["poverty_pct"],
            second["poverty_moe"] / second["poverty_pct"],
        )
        scores.append((change - change.mean()) / (error / STANDARD_ERRORS_90))
    assert np.concatenate(scores).std() == pytest.approx(1, abs=0.1)


def test_shares_are_percentages_and_move_with_poverty(profile):
    shares = profile.filter(like="_pct")
    assert shares.stack().between(0, 100).all()
    together = shares.corrwith(profile["poverty_pct"])
    rising = ["renter_pct", "limited_english_pct", "no_vehicle_pct", "built_before_1950_pct"]
    assert (together[rising] > 0).all()
    assert (together[["air_conditioning_pct", "broadband_pct"]] < 0).all()
    assert profile["median_income"].corr(profile["poverty_pct"]) < -0.7


def test_fifths_have_12_or_13_neighborhoods_and_follow_poverty_of_their_year(profile):
    for _, year in profile.groupby("year"):
        sizes = year["poverty_fifth"].value_counts()
        assert sorted(sizes) == [12, 13, 13, 13, 13]
        ordered = year.sort_values(["poverty_pct", "neighborhood_id"])
        assert ordered["poverty_fifth"].is_monotonic_increasing


def test_fifths_agree_with_ranks_computed_by_pandas(profile):
    latest = profile[profile["year"] == 2024]
    rank = latest["poverty_pct"].rank(method="first")
    expected = pd.qcut(rank, 5, labels=False) + 1
    # qcut may cut one place earlier or later where 64 can't be divided by 5.
    assert (latest["poverty_fifth"] - expected).abs().max() <= 1
    assert (latest["poverty_fifth"] != expected).sum() <= 4


def test_ties_between_fifths_go_by_the_order_of_ids():
    assert poverty_fifth(np.full(10, 12.0)).tolist() == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
