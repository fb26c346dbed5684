"""What the prose of 2.3 says of Port Alder without a number is true of its tables."""

import pytest

from playbook.city.tables import City, load_city
from playbook.insights.birth_gaps import (
    THIRDS,
    birth_rates,
    explained_by_income,
    third_ratio,
)
from playbook.insights.burden_views import (
    births_by_income,
    burden_curves,
    burden_map,
    burdens_by_grade,
    homes_by_grade,
)
from playbook.insights.held_burdens import crossed_and_beside, holders_of_half, places_for_half

# Low birth weight among US babies of college-educated parents, percent (1992).
PUBLISHED_BLACK, PUBLISHED_WHITE = 7, 3
# The second class of the map begins here: below it a tile is pale.
DARKER_FROM = 2


@pytest.fixture(scope="module")
def city() -> City:
    return load_city()


def test_fewer_than_a_third_of_the_neighborhoods_hold_half(city: City) -> None:
    assert places_for_half(city).value < len(city["neighborhoods"]) / 3


def test_every_dark_tile_lies_east_of_the_river(city: City) -> None:
    shown = burden_map(city).merge(
        city["neighborhoods"], left_on="neighborhood", right_on="name", validate="1:1"
    )
    assert (shown.loc[shown["share_of_burdens"] >= DARKER_FROM, "tile_col"] >= 4).all()


def test_places_that_hold_half_were_graded_d_or_have_the_expressway(city: City) -> None:
    grades = city["neighborhoods"].set_index("neighborhood_id")["holc_grade"]
    held = holders_of_half(city)
    crossed, _ = crossed_and_beside(city)
    assert ((grades[held] == "D") | held.isin(crossed)).all()
    assert ((grades[held] == "D") & held.isin(crossed)).any()


def test_diamonds_stand_right_of_the_circles_on_d_and_left_on_a_and_b(city: City) -> None:
    land = burdens_by_grade(city).pivot(index="grade", columns="share_of", values="share")
    assert land.loc["D", "Burdens"] > 1.5 * land.loc["D", "Residents"]
    assert (land.loc[["A", "B"], "Burdens"] < land.loc[["A", "B"], "Residents"] / 2).all()
    assert land.loc[["A", "B"], "Residents"].sum() == pytest.approx(
        land.loc["D", "Residents"], abs=2
    )


def test_the_expressway_crosses_mill_flats_and_foundry_alone(city: City) -> None:
    crossed, _ = crossed_and_beside(city)
    district = city["neighborhoods"].set_index("neighborhood_id")["district"]
    assert set(district[crossed]) == {"Mill Flats", "Foundry"}


def test_more_income_goes_with_fewer_small_babies_in_both_groups(city: City) -> None:
    shares = births_by_income(city).pivot(
        index="income_third", columns="mothers", values="low_birth_weight"
    )
    assert (shares.loc[list(THIRDS)].diff().iloc[1:] < 0).all(axis=None)


def test_in_every_row_one_dot_stands_twice_as_far_out(city: City) -> None:
    assert [third_ratio(city, third).value for third in THIRDS] == pytest.approx([2] * 3, abs=0.1)


def test_within_each_third_the_ranges_do_not_touch(city: City) -> None:
    rows = births_by_income(city).set_index(["income_third", "mothers"])
    for third in THIRDS:
        assert (
            rows.loc[(third, "White mothers"), "high"] < rows.loc[(third, "Black mothers"), "low"]
        )


def test_income_is_part_of_it_and_not_all_of_it(city: City) -> None:
    share = explained_by_income(city)
    assert 0 < share.low < share.high < 50


def test_the_gap_was_set_to_match_the_published_one(city: City) -> None:
    planted = third_ratio(city, THIRDS[-1])
    assert planted.low < PUBLISHED_BLACK / PUBLISHED_WHITE < planted.high


def test_with_any_burden_left_out_the_count_of_places_stays(city: City) -> None:
    found = places_for_half(city)
    assert found.low == found.value == found.high


def test_american_indian_and_alaska_native_mothers_have_no_rate(city: City) -> None:
    rates = birth_rates(city).set_index("race_ethnicity")["percent"]
    assert rates["American Indian and Alaska Native"].isna().all()
    assert rates.drop("American Indian and Alaska Native").notna().all()


def test_half_of_one_group_lives_on_a_and_b_and_of_the_other_on_d(city: City) -> None:
    homes = homes_by_grade(city).pivot(index="grade", columns="who", values="share")
    assert homes.loc[["A", "B"], "White residents"].sum() == pytest.approx(50, abs=2)
    assert homes.loc["D", "Black residents"] > 50


def test_burdens_pile_up_and_assets_run_a_little_above_the_line(city: City) -> None:
    inner = burden_curves(city).query("0.1 < residents < 0.9")
    above = (inner["total"] - inner["residents"]).groupby(inner["what"])
    assert above.min()["Assets"] > 0
    assert above.max()["Assets"] < above.max()["Burdens"] / 2
