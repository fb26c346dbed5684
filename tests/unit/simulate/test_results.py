"""The scorecard: green measures by design, a headline curve that rises, systems nobody listed."""

import re

import numpy as np
import pandas as pd
import pytest

from playbook.measures.indicator_screen import screen_indicators
from playbook.simulate import results as module
from playbook.simulate.data_systems import FORMATS, STEWARDS, data_inventory
from playbook.simulate.health import deaths, population_age
from playbook.simulate.hospital import avoidable_hospital
from playbook.simulate.results import EASTERN, EFFECTS, OLD, PER, YEARS, results_tables
from playbook.simulate.scorecard import ACTIVITIES, INDICATORS
from playbook.simulate.world import SEED, make_world

SEEDS = (SEED, 1, 2)


@pytest.fixture(scope="module", params=SEEDS)
def made(request):
    seed = request.param
    world = make_world(seed)
    before = {
        "population_age": population_age(world, seed),
        "avoidable_hospital": avoidable_hospital(world, seed),
    }
    return world, before, results_tables(world, before, seed), seed


def series_of(tables, indicator_id):
    rows = tables["indicator_series"]
    return rows[rows["indicator_id"] == indicator_id].set_index("year")


def test_every_indicator_has_every_year_once(made):
    _, _, tables, _ = made
    indicators, series = tables["indicators"], tables["indicator_series"]
    assert indicators["level"].value_counts().to_dict() == {"performance": 34, "population": 12}
    assert indicators["indicator_id"].is_unique
    assert indicators["name"].is_unique
    assert len(series) == 46 * 10
    assert not series.duplicated(["indicator_id", "year"]).any()
    assert set(series["indicator_id"]) == set(indicators["indicator_id"])
    assert indicators[["communication", "proxy", "data_power"]].isin([1, 2, 3]).all(axis=None)


def test_a_value_is_what_its_counts_say(made):
    _, _, tables, _ = made
    rows = tables["indicator_series"].merge(tables["indicators"], on="indicator_id")
    plain = rows["unit"] == "number"
    assert rows.loc[plain, "denominator"].isna().all()
    assert (rows.loc[plain, "value"] == rows.loc[plain, "numerator"]).all()
    rest = rows[~plain]
    computed = rest["unit"].map(PER) * rest["numerator"] / rest["denominator"]
    np.testing.assert_allclose(rest["value"], computed, atol=0.0501)
    percents = rest[rest["unit"] == "percent"]
    assert percents["value"].between(0, 100).all()
    assert (percents["numerator"] <= percents["denominator"]).all()
    counts = pd.concat([rows["numerator"], rows["denominator"]]).dropna()
    assert (counts == counts.round()).all()


def test_exactly_31_of_34_are_green_in_each_of_the_last_four_years(made):
    _, _, tables, _ = made
    rows = tables["indicator_series"].merge(tables["indicators"], on="indicator_id")
    rows = rows[(rows["level"] == "performance") & (rows["year"] >= 2022)]
    better = np.where(rows["direction"] == "higher", 1, -1)
    met = (better * (rows["value"] - rows["target"]) >= 0).groupby(rows["indicator_id"])
    assert met.all().sum() == 31
    assert (~met.any()).sum() == 3, "the other three miss it in each of these years"


def test_those_that_miss_are_among_the_few_that_ask_whether_anyone_is_better_off():
    kinds = pd.Series([one.kind for one in ACTIVITIES])
    assert kinds.value_counts()["better off"] == 5
    assert {one.kind for one in ACTIVITIES if not one.met} == {"better off"}


def test_the_screen_finds_avoidable_deaths_and_nothing_else(made):
    _, _, tables, _ = made
    ratings = tables["indicators"].set_index("name")
    ratings = ratings.rename(columns={"data_power": "data"})[["communication", "proxy", "data"]]
    use = screen_indicators(ratings)["use"]
    assert use[use == "headline"].index.tolist() == [INDICATORS[0].name]
    assert (use == "data agenda").sum() == 1


def test_avoidable_deaths_are_some_of_the_deaths_before_75(made):
    world, before, tables, seed = made
    died = deaths(world, before["population_age"], seed)
    east = dict(zip(world.neighborhood_id, world.district, strict=True))
    young = died["neighborhood_id"].map(east).isin(EASTERN) & ~died["age_group"].isin(OLD)
    all_deaths = died[young].groupby("year")["deaths"].sum()
    avoidable = series_of(tables, "I01")["numerator"]
    assert (avoidable[all_deaths.index] < all_deaths).all()


def test_people_under_75_of_the_two_eastern_districts_stand_beside_the_deaths(made):
    world, before, tables, _ = made
    people = before["population_age"]
    east = people["neighborhood_id"].isin(world.neighborhood_id[np.isin(world.district, EASTERN)])
    young = people.loc[east & ~people["age_group"].isin(OLD), "population"].sum()
    assert series_of(tables, "I01").loc[2020:2025, "denominator"].mean() == pytest.approx(
        young, rel=1e-3
    )


def test_avoidable_visits_are_those_of_the_whole_city(made):
    _, before, tables, _ = made
    visits = before["avoidable_hospital"]
    series = series_of(tables, "I02")
    assert (series["numerator"] == visits.groupby("year")["visits"].sum()).all()
    asthma = visits[visits["condition"] == "Asthma"]
    assert (series["denominator"] == asthma.groupby("year")["population"].sum()).all()


def test_avoidable_deaths_rise_as_built_in():
    growth = []
    for seed in range(1, 9):
        world = make_world(seed)
        before = {
            "population_age": population_age(world, seed),
            "avoidable_hospital": avoidable_hospital(world, seed),
        }
        value = series_of(results_tables(world, before, seed), "I01")["value"]
        growth.append(np.polyfit(YEARS, np.log(value), 1)[0])
    assert 100 * np.expm1(np.mean(growth)) == pytest.approx(EFFECTS[0].value, abs=0.7)


def test_without_growth_the_headline_stays_where_it_is(monkeypatch):
    monkeypatch.setattr(module, "DEATHS_GROWTH", 0.0)
    world = make_world(3)
    before = {
        "population_age": population_age(world, 3),
        "avoidable_hospital": avoidable_hospital(world, 3),
    }
    value = series_of(results_tables(world, before, 3), "I01")["value"]
    assert value.tail(3).mean() == pytest.approx(value.head(3).mean(), rel=0.15)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_inventory_lists_as_many_systems_as_designed(seed):
    systems = data_inventory(seed)
    assert len(systems) == 120
    assert systems["dataset_id"].is_unique
    assert systems.groupby("department")["title"].nunique().sum() == 120
    listed = systems["listed"].eq("yes").groupby(systems["department"])
    assert listed.sum().sum() == 86
    assert (listed.mean() >= 0.8).sum() == 5
    assert len(listed) == 12


def test_what_is_not_listed_is_not_known_and_never_open():
    systems = data_inventory(SEED)
    unlisted = systems["listed"] == "no"
    for column in ("steward", "updated_on", "quality_score"):
        assert systems[column].isna().equals(unlisted), column
    assert (systems.loc[unlisted, "open"] == "no").all()
    assert (systems.loc[systems["contains_pii"] == "yes", "open"] == "no").all()
    assert (systems["open"] == "yes").sum() > 20
    dates = systems["updated_on"].dropna()
    assert dates.map(lambda text: bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", text))).all()
    assert dates.max() < "2026-01-15"
    assert systems["quality_score"].dropna().between(0, 100).all()
    assert set(systems["format"]) == set(FORMATS)
    assert set(systems["steward"].dropna()) == set(STEWARDS)


def test_another_seed_draws_other_systems_of_the_same_names():
    one, other = data_inventory(1), data_inventory(2)
    assert one[["department", "title"]].equals(other[["department", "title"]])
    assert not one["listed"].equals(other["listed"])
