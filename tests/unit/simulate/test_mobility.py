"""The panel: who stayed, left and came; and ranks of places with honest standard errors."""

import numpy as np
import pandas as pd
import pytest

from playbook.simulate.mobility import EFFECTS, LOW_INCOME, mobility_panel, opportunity
from playbook.simulate.world import SEED, make_world

SEEDS = [SEED, 1, 2]


@pytest.fixture(scope="module", params=SEEDS)
def panel(request):
    return make_world(request.param), mobility_panel(make_world(request.param), request.param)


def first_year(table):
    return table[table["year"] == 2016]


def test_households_of_2016_are_3000_here_and_3000_elsewhere(panel):
    world, table = panel
    first = first_year(table)
    assert first["sample"].value_counts().to_dict() == {"Foundry": 3000, "Elsewhere": 3000}
    district = dict(zip(world.neighborhood_id, world.district, strict=True))
    here = first["neighborhood_id"].map(district) == "Foundry"
    assert (here == (first["sample"] == "Foundry")).all()
    assert not table.duplicated(["household_id", "year"]).any()


def test_as_many_came_as_left_so_foundry_keeps_its_size(panel):
    _, table = panel
    foundry = table[table["sample"] == "Foundry"]
    lived = foundry[(foundry["year"] == 2025) & (foundry["status"] != "leave")]
    assert len(lived) == 3000
    assert set(foundry.loc[foundry["status"] == "enter", "year"]) == {2025}


def test_stayers_have_not_moved_and_leavers_are_in_another_district(panel):
    world, table = panel
    district = dict(zip(world.neighborhood_id, world.district, strict=True))
    places = table.pivot_table("neighborhood_id", "household_id", "year", aggfunc="first").dropna()
    status = table.drop_duplicates("household_id").set_index("household_id")["status"]
    stayed = places[status[places.index] == "stay"]
    assert (stayed[2016] == stayed[2025]).all()
    left = places[status[places.index] == "leave"]
    assert (left[2016].map(district) != left[2025].map(district)).all()


def test_more_than_a_quarter_of_leavers_left_the_city_and_are_not_followed(panel):
    _, table = panel
    left = table[table["status"] == "leave"].groupby("household_id")["year"].nunique()
    assert (left == 1).mean() == pytest.approx(0.28, abs=0.03)
    stayed = table[table["status"] == "stay"].groupby("household_id")["year"].nunique()
    assert (stayed == 2).all()


def test_low_income_is_read_off_the_first_visit(panel):
    _, table = panel
    visit = table.drop_duplicates("household_id")
    assert ((visit["income_real"] < LOW_INCOME) == (visit["income_group"] == "Low")).all()
    assert (table["income_real"] % 100 == 0).all()
    assert (table["income_real"] > 0).all()


def test_low_income_renters_leave_foundry_more_and_others_do_not(panel):
    _, table = panel
    first = first_year(table)
    gone = (first["status"] == "leave").groupby(
        [first["sample"], first["tenure"], first["income_group"]]
    ).mean()  # fmt: skip
    extra = gone["Foundry"] - gone["Elsewhere"]
    built_in = EFFECTS[0].value / 100
    assert extra["Renter", "Low"] == pytest.approx(built_in, abs=0.08)
    assert abs(extra["Owner", "Higher"]) < 0.06
    assert gone["Foundry", "Owner", "Higher"] < 0.4


def test_the_average_rises_by_about_a_quarter_and_stayers_by_little(panel):
    _, table = panel
    foundry = table[table["sample"] == "Foundry"]
    before = foundry[foundry["year"] == 2016]["income_real"]
    after = foundry[(foundry["year"] == 2025) & (foundry["status"] != "leave")]["income_real"]
    assert 1.18 < after.mean() / before.mean() < 1.29
    stay = foundry[foundry["status"] == "stay"].groupby("year")["income_real"].mean()
    assert stay[2025] / stay[2016] == pytest.approx(1 + EFFECTS[1].value / 100, abs=0.035)


@pytest.mark.parametrize("seed", SEEDS)
def test_ranks_fall_with_hardship_and_tiny_places_know_less(seed):
    world = make_world(seed)
    table = opportunity(world, seed)
    assert len(table) == 64
    assert table["kfr_p25"].between(0.25, 0.65).all()
    assert np.corrcoef(table["kfr_p25"], world.hardship)[0, 1] < -0.8
    tiny = world.residents < 1200
    assert table["kfr_p25_se"][tiny].min() > table["kfr_p25_se"][~tiny].median()
    # Standard error times the root of the children is the spread of one child's rank.
    spread = table["kfr_p25_se"] * np.sqrt(table["n_children"])
    assert spread.to_numpy() == pytest.approx(0.27, rel=0.02)


def test_the_same_seed_gives_the_same_panel():
    pd.testing.assert_frame_equal(
        mobility_panel(make_world(5), 5), mobility_panel(make_world(5), 5)
    )
