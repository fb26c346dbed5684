"""Initiatives: who lives on depends on four safeguards, and on nothing else."""

import numpy as np
import pandas as pd
import pytest
from statsmodels.api import Logit

from playbook.simulate.initiative_names import BETWEEN, FLAGSHIPS, SAFEGUARDED
from playbook.simulate.staying_power import EFFECTS, NEW_MAYORS, initiatives
from playbook.simulate.world import SEED

SEEDS = (SEED, *range(1, 9))


def marked(seed: int) -> pd.DataFrame:
    table = initiatives(seed)
    return table.assign(
        lives=table["ended"].isna(),
        flagship=table["champion"] == "Mayor",
        safe=(table["codified"] == "yes")
        & (table["recurring_usd"] > 0)
        & (table["outside_partner"] == "yes"),
    )


def test_there_are_72_and_each_name_stands_there_once():
    table = initiatives(SEED)
    assert len(table) == 72 == len(FLAGSHIPS) + len(SAFEGUARDED) + len(BETWEEN)
    assert table["name"].is_unique
    assert table["initiative_id"].is_unique
    assert table["started"].is_monotonic_increasing


@pytest.mark.parametrize("seed", SEEDS)
def test_flagships_and_safeguarded_ones_live_on_by_quota(seed):
    table = marked(seed)
    assert table["flagship"].sum() == 20
    assert table["safe"].sum() == 14
    assert not (table["flagship"] & table["safe"]).any()
    assert table.loc[table["flagship"], "lives"].sum() in (4, 5, 6)
    assert table.loc[table["safe"], "lives"].sum() in (12, 13)


@pytest.mark.parametrize("seed", SEEDS)
def test_budgets_of_survivors_and_others_lie_alike(seed):
    table = marked(seed)
    budget = np.log(table["recurring_usd"] + table["one_time_usd"])
    middle = budget.groupby(table["lives"]).median()
    assert abs(middle[True] - middle[False]) < 0.1
    # The press likes flagships, so what ended had a little more of it.
    press = table.groupby("flagship")["press_mentions"].median()
    assert press[True] > press[False]


@pytest.mark.parametrize("seed", SEEDS)
def test_what_ended_did_so_after_a_new_mayor_came(seed):
    table = marked(seed)
    days = pd.to_datetime(table["ended"].dropna())
    for first in NEW_MAYORS:
        since = (days - pd.Timestamp(first)).dt.days
        days = days[~since.between(0, 600)]
    assert days.empty
    assert (table["started"] < "2016-01-04").all()
    assert (table["ended"].dropna() < "2026-01-15").all()


def test_odds_of_each_safeguard_are_those_that_were_built_in():
    truth = {effect.name: effect.value for effect in EFFECTS}
    assert truth["staying_power_codified"] == pytest.approx(np.exp(1.15), abs=0.01)
    table = pd.concat([marked(seed) for seed in range(1, 60)])
    flags = pd.DataFrame(
        {
            "one": 1.0,
            "codified": table["codified"] == "yes",
            "recurring": table["recurring_usd"] > 0,
            "partner": table["outside_partner"] == "yes",
            "two": table["departments"] > 1,
            "metric": table["public_metric"] == "yes",
            "body": table["resident_body"] == "yes",
        }
    ).astype(float)
    fit = Logit(table["lives"].astype(float).to_numpy(), flags.to_numpy()).fit(disp=False)
    assert fit.params[1:5] == pytest.approx([1.15, 1.15, 1.05, 0.45], abs=0.25)
    assert np.abs(fit.params[5:]).max() < 0.2
