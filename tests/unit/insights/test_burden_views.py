"""Views of lesson 2.3: they add up, agree with the claims, and stand a city that lacks much."""

import numpy as np
import pandas as pd
import pytest

from playbook.author.insight_report import city_of_seed
from playbook.city.tables import City, load_city
from playbook.insights.birth_gaps import THIRDS, apart, third_share
from playbook.insights.burden_views import (
    TOO_FEW,
    births_by_income,
    burden_curves,
    burden_map,
    burdens_by_grade,
    focus_area,
    focus_places,
    homes_by_grade,
)
from playbook.insights.held_burdens import (
    ASSETS,
    BURDENS,
    assets_of_half,
    burden_on_red_land,
    holders_of_half,
    people_of_half,
    people_on_red_land,
    places_for_half,
)
from playbook.learn.bank.lesson_2_3 import EXERCISES
from playbook.learn.memos.lesson_2_3 import content
from playbook.show.lorenz_chart import lorenz_chart


@pytest.fixture(scope="module", params=[None, 5, 11])
def city(request: pytest.FixtureRequest) -> City:
    return load_city() if request.param is None else city_of_seed(request.param)


def few_places(number: int = 12, **change: object) -> City:
    """Keep the first places of Port Alder, and change columns of their burdens."""
    city = load_city()
    places = city["neighborhoods"].head(number)
    kept = {
        name: city[name][city[name]["neighborhood_id"].isin(places["neighborhood_id"])]
        for name in ("burdens", "birth_outcomes", "population_age_race")
    }
    kept["burdens"] = kept["burdens"].assign(**change)
    return city.with_tables({"neighborhoods": places, **kept})


def test_the_map_holds_each_neighborhood_once_and_adds_up(city: City) -> None:
    shown = burden_map(city)
    assert sorted(shown["neighborhood"]) == sorted(city["neighborhoods"]["name"])
    assert shown["share_of_burdens"].sum() == pytest.approx(100)
    assert shown["share_of_burdens"].is_monotonic_decreasing


def test_births_by_income_are_those_of_the_claims(city: City) -> None:
    shown = births_by_income(city).set_index(["income_third", "mothers"])
    assert len(shown) == 6
    for third in THIRDS:
        for group in ("Black", "White"):
            share = third_share(city, group, third)
            row = shown.loc[(third, f"{group} mothers")]
            assert row.tolist() == pytest.approx([share.value, share.low, share.high])


def test_a_group_that_the_city_has_not_is_too_few_to_tell() -> None:
    births = load_city()["birth_outcomes"].query("race_ethnicity != 'Black'")
    shown = births_by_income(load_city().with_tables({"birth_outcomes": births}))
    assert shown["mothers"].tolist() == ["Black mothers", "White mothers"] * 3
    assert shown.set_index("mothers").loc["Black mothers", "low_birth_weight"].isna().all()


def test_shares_by_grade_are_those_of_the_claim(city: City) -> None:
    land = burdens_by_grade(city).set_index(["grade", "share_of"])["share"]
    assert land["D", "Burdens"] == pytest.approx(burden_on_red_land(city).value)
    assert land["D", "Residents"] == pytest.approx(people_on_red_land(city))
    assert land.groupby("share_of").sum().tolist() == pytest.approx([100, 100])


def test_a_grade_without_places_holds_nothing() -> None:
    places = load_city()["neighborhoods"].replace({"holc_grade": {"A": "B"}})
    land = burdens_by_grade(load_city().with_tables({"neighborhoods": places}))
    assert land["grade"].tolist() == list("AABBCCDD")
    assert land.loc[land["grade"] == "A", "share"].tolist() == [0, 0]


def test_homes_by_grade_count_every_resident_of_a_group_once(city: City) -> None:
    homes = homes_by_grade(city)
    assert homes.groupby("who")["share"].sum().tolist() == pytest.approx([100, 100])
    wide = homes.pivot(index="grade", columns="who", values="share")
    # Fewer and larger areas can't set two groups further apart than the places they are made of.
    by_grade = wide.diff(axis=1).iloc[:, 1].abs().sum() / 2
    assert by_grade <= apart(city).value + 1e-9


def test_homes_of_a_group_without_residents_are_not_known() -> None:
    people = load_city()["population_age_race"].query("race_ethnicity != 'Black'")
    homes = homes_by_grade(load_city().with_tables({"population_age_race": people}))
    assert homes.set_index("who").loc["Black residents", "share"].isna().all()


def test_curves_end_at_exactly_one_and_burdens_bend_most(city: City) -> None:
    curves = burden_curves(city)
    ends = curves.groupby("what")[["residents", "total"]].last()
    assert (ends == 1.0).all(axis=None)
    burdens = curves[curves["what"] == "Burdens"]
    # Lined up by burdens for each resident: every next step is flatter, so the curve is concave.
    slopes = np.diff(burdens["total"]) / np.diff(burdens["residents"])
    assert (np.diff(slopes) <= 1e-9).all()
    drawn = lorenz_chart(curves, x="residents", y="total", group="what", finding="Burdens")
    assert TOO_FEW not in str(drawn)


def test_the_focus_area_of_half_is_that_of_the_claims(city: City) -> None:
    area = focus_area(city, 50).set_index("what")["how_much"]
    assert area["Places"] == f"{places_for_half(city).value:.0f} of 64"
    assert area["Residents"] == f"{people_of_half(city).value:.0f}%"
    assert float(area["Assets per 1,000"]) == pytest.approx(assets_of_half(city)[0].value, abs=0.05)
    assert area["First left out"] not in set(focus_places(city)["name"])
    assert len(focus_places(city)) == len(holders_of_half(city))


def test_a_larger_share_never_takes_fewer_places(city: City) -> None:
    rows = [focus_area(city, share).set_index("what")["how_much"] for share in range(10, 101, 10)]
    places = [int(row["Places"].split()[0]) for row in rows]
    assert places == sorted(places)
    assert rows[-1]["First left out"] == "nobody"


def test_too_few_places_say_so_and_nothing_breaks() -> None:
    few = few_places()
    assert set(focus_area(few, 50)["how_much"]) == {TOO_FEW}
    assert focus_places(few).empty
    memo = content(few)
    assert memo.table.empty
    assert any("too little to tell" in line for line in memo.lines)
    assert all(not exercise.known(few) for exercise in EXERCISES if exercise.id != "2.3-c")


def test_a_city_without_any_asset_shows_its_burdens_alone() -> None:
    bare = few_places(64, **dict.fromkeys(ASSETS, 0))
    assert burden_curves(bare)["what"].unique().tolist() == ["Burdens"]
    assert focus_area(bare, 50).set_index("what").loc["Assets per 1,000", "how_much"] == "0.0"


def test_a_city_without_any_count_has_no_curve() -> None:
    empty = few_places(64, **dict.fromkeys((*BURDENS, *ASSETS), 0))
    assert burden_curves(empty).columns.tolist() == ["residents", "total", "what"]
    assert burden_curves(empty).empty


def test_the_memo_says_the_built_in_sentence_for_the_fictional_city_only(city: City) -> None:
    from dataclasses import replace

    own = replace(city, name="Testville", key="testville", fictional=False, version=object())
    assert "We built this in." in " ".join(content(city).lines)
    lines = " ".join(content(own).lines)
    assert "We built this in." not in lines
    assert "Port Alder" not in lines
    assert "New England Journal of Medicine" in lines


def test_the_memo_lists_burdens_beside_assets(city: City) -> None:
    table: pd.DataFrame = content(city).table
    assert {"Share of burdens, percent", "Gardens", "Resident groups", "Local shops"} <= set(table)
    assert len(table) == places_for_half(city).value
