"""Modeled estimates follow from who lives in a place, and from nothing that happens there."""

import inspect

import numpy as np
import pandas as pd
import pytest

from playbook.simulate.health import population_age
from playbook.simulate.modeled_health import (
    EFFECTS,
    MEASURES,
    modeled_health_tables,
    places_estimates,
)
from playbook.simulate.places import acs_profile
from playbook.simulate.world import SEED, make_world


def composition(seed=SEED):
    world = make_world(seed)
    return population_age(world, seed), acs_profile(world, seed)


@pytest.fixture(scope="module")
def table():
    return places_estimates(*composition())


def test_each_place_and_measure_stands_there_once(table):
    assert len(table) == 64 * 8
    assert not table.duplicated(["neighborhood_id", "measure"]).any()
    assert set(table["measure"]) == {measure.name for measure in MEASURES}
    assert (table["low"] < table["value"]).all()
    assert (table["value"] < table["high"]).all()
    assert table["value"].between(2, 60).all()


def test_adults_are_fewer_than_residents_and_more_than_those_from_25(table):
    people, _ = composition()
    all_ages = people.groupby("neighborhood_id")["population"].sum()
    young = people["age_group"].isin(["Under 1", "1-4", "5-14", "15-24"])
    from_25 = people[~young].groupby("neighborhood_id")["population"].sum()
    adults = table.groupby("neighborhood_id")["adults"].first()
    assert (adults > from_25).all()
    assert (adults < all_ages).all()


def test_nothing_but_ages_and_poverty_goes_in(table):
    # The function can't see a pilot, for nobody hands it one; the theme hands over no more.
    assert list(inspect.signature(places_estimates).parameters) == ["population", "profile"]
    people, profile = composition()

    class OnlyTwo(dict):
        def __missing__(self, name):
            raise AssertionError(f"the model looked at {name}")

    made = OnlyTwo(population_age=people, acs_profile=profile)
    again = modeled_health_tables(make_world(SEED), made, SEED)["places_estimates"]
    assert again.equals(table)
    # Neither the seed nor what is hidden of the places moves a figure.
    assert modeled_health_tables(make_world(3), made, 3)["places_estimates"].equals(table)
    unseen = profile.columns.difference(["year", "neighborhood_id", "poverty_pct"])
    spoiled = profile.assign(**dict.fromkeys(unseen, 0))
    assert places_estimates(people, spoiled).equals(table)


def test_two_places_alike_get_the_same_estimate_whatever_happens_there(table):
    people, profile = composition()
    twin = people[people["neighborhood_id"] == "N01"].assign(neighborhood_id="N02")
    people = people[people["neighborhood_id"] != "N02"]
    ages = pd.concat([people, twin])
    poverty = profile.loc[profile["neighborhood_id"] == "N01", "poverty_pct"].to_numpy()
    profile.loc[profile["neighborhood_id"] == "N02", "poverty_pct"] = poverty
    found = places_estimates(ages, profile).set_index(["neighborhood_id", "measure"])
    columns = ["value", "low", "high", "adults"]
    assert found.loc["N01", columns].equals(found.loc["N02", columns])


def test_values_move_smoothly_with_poverty():
    people, profile = composition()
    ages = people[people["neighborhood_id"] == "N01"]
    rows = profile[(profile["neighborhood_id"] == "N01") & (profile["year"] == 2024)]
    values = []
    for poverty in (8.0, 16.0, 32.0):
        found = places_estimates(ages, rows.assign(poverty_pct=poverty))
        values.append(found.set_index("measure")["value"])
    assert (values[0] < values[1]).all()
    assert (values[1] < values[2]).all()
    log_odds = [np.log(one / (100 - one)) for one in values]
    np.testing.assert_allclose(log_odds[1] - log_odds[0], log_odds[2] - log_odds[1], atol=0.02)


def test_the_range_is_wider_in_a_smaller_place(table):
    odds = {end: np.log(table[end] / (100 - table[end])) for end in ("low", "high")}
    width = (odds["high"] - odds["low"]).groupby(table["neighborhood_id"]).mean()
    adults = table.groupby("neighborhood_id")["adults"].first()
    assert width[adults.idxmin()] > 1.15 * width[adults.idxmax()]


def test_the_true_effect_of_the_pilot_on_the_model_is_none():
    assert [effect.value for effect in EFFECTS] == [0.0]
