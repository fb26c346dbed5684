"""Households and the waiver: as many from each fifth, steps in their order, reach by burden."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from playbook.author.words import banned_in, british_in
from playbook.simulate.impact_reviews import impact_reviews
from playbook.simulate.incidence import EFFECTS, GROUPS, household_incidence
from playbook.simulate.world import SEED

SEEDS = (SEED, 1, 2, 3)
STEPS = ("eligible", "reached", "applied", "approved")


@pytest.mark.parametrize("seed", SEEDS)
def test_a_fifth_has_as_many_homes_as_another(seed):
    homes = household_incidence(seed)
    assert homes["income_fifth"].value_counts().to_dict() == dict.fromkeys(range(1, 6), 800)
    assert homes["household_id"].is_unique
    middle = homes.groupby("income_fifth")["income_usd"].median()
    assert middle.is_monotonic_increasing
    assert homes.groupby("income_fifth")["fee_usd"].mean().is_monotonic_increasing


@pytest.mark.parametrize("seed", SEEDS)
def test_who_takes_a_step_took_the_one_before(seed):
    homes = household_incidence(seed)
    for before, after in pairwise(STEPS):
        assert not ((homes[after] == "yes") & (homes[before] == "no")).any()
    assert not ((homes["matched"] == "yes") & (homes["eligible"] == "no")).any()
    assert ((homes["hours_spent"] > 0) == (homes["applied"] == "yes")).all()


def test_reach_is_as_designed():
    homes = pd.concat([household_incidence(seed) for seed in range(1, 9)])
    homes = homes[homes["eligible"] == "yes"]
    found = homes["approved"].eq("yes").groupby(homes["burden"]).mean()
    truth = {effect.name: effect.value for effect in EFFECTS}
    for burden in ("none", "some", "high"):
        designed = truth[f"waiver_form_reach_{burden}_burden"]
        assert 100 * found[burden] == pytest.approx(designed, abs=2)
    assert homes["matched"].eq("yes").mean() == pytest.approx(0.78, abs=0.01)
    assert found["high"] < 0.4 * found["none"]


def test_only_the_lower_fifths_qualify():
    homes = household_incidence(SEED)
    share = homes["eligible"].eq("yes").groupby(homes["income_fifth"]).mean()
    assert share[1] > 0.93
    assert share[[4, 5]].sum() == 0


def test_groups_are_as_large_as_in_the_city_and_race_decides_nothing():
    homes = pd.concat([household_incidence(seed) for seed in range(1, 9)])
    sizes = homes["race_ethnicity"].value_counts(normalize=True)
    wanted = pd.Series({name: share for name, (share, _) in GROUPS.items()})
    assert np.abs(sizes - wanted).max() < 0.02
    # Within one fifth and one burden, every group is served alike.
    same = homes[(homes["eligible"] == "yes") & (homes["burden"] == "some")]
    served = same["approved"].eq("yes").groupby(same["race_ethnicity"]).agg(["mean", "size"])
    served = served[served["size"] > 500]["mean"]
    assert served.max() - served.min() < 0.05


def test_reviews_answer_all_questions_in_plain_words():
    reviews = impact_reviews()
    assert len(reviews) == 6
    assert reviews["review_id"].is_unique
    assert reviews.notna().all().all()
    assert (reviews["reviewed_on"] < reviews["review_on"]).all()
    words = " ".join(reviews.astype(str).to_numpy().ravel())
    assert banned_in(words) == []
    assert british_in(words) == []
