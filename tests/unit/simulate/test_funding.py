"""Sources, uses and what may pay for what: the same in every city but for the dollars."""

import pandas as pd
import pytest

from playbook.simulate.funding import (
    EFFECTS,
    NEED_FOR_EACH_DOLLAR,
    TOTAL_DOLLARS,
    eligibility,
    funding_sources,
    funding_tables,
    funding_uses,
)
from playbook.simulate.funding_names import SOURCES, USES
from playbook.simulate.world import SEED, make_world

SEEDS = (SEED, 1, 2, 3)
# Programs of the federal government that come to a city by way of the state.
PASSED_ON = ("Weatherization Assistance Program", "Child Care and Development Fund")


def single_use(seed: int) -> pd.Series:
    """Tell for each source if it may pay for one use only."""
    table = eligibility(seed)
    return table[table["allowed"] == "yes"].groupby("source_id").size().eq(1)


@pytest.mark.parametrize("seed", SEEDS)
def test_each_pair_of_source_and_use_stands_there_once(seed):
    table = eligibility(seed)
    assert len(table) == 60 * 18
    assert not table.duplicated(["source_id", "use_id"]).any()
    assert set(table["source_id"]) == set(funding_sources(seed)["source_id"])
    assert set(table["use_id"]) == set(funding_uses(seed)["use_id"])


@pytest.mark.parametrize("seed", SEEDS)
def test_dollars_add_up_to_the_city(seed):
    sources, uses = funding_sources(seed), funding_uses(seed)
    assert sources["amount_usd"].sum() == TOTAL_DOLLARS
    assert uses["need_usd"].sum() == round(NEED_FOR_EACH_DOLLAR * TOTAL_DOLLARS)
    assert (sources["amount_usd"] > 0).all()
    assert (uses["staff_usd"] < uses["need_usd"]).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_71_percent_of_the_dollars_may_pay_for_one_use_only(seed):
    stuck = single_use(seed)
    amount = funding_sources(seed).set_index("source_id")["amount_usd"]
    assert stuck.sum() == 43
    assert amount[stuck].sum() / amount.sum() == pytest.approx(0.71, abs=1e-9)
    assert EFFECTS[0].value == pytest.approx(71)


@pytest.mark.parametrize("seed", SEEDS)
def test_single_use_money_clusters_on_the_first_12_uses(seed):
    stuck, table = single_use(seed), eligibility(seed)
    own = table[(table["allowed"] == "yes") & table["source_id"].map(stuck)]
    assert own["use_id"].nunique() == 12
    assert own["use_id"].max() == "U12"


def test_what_a_source_says_and_what_it_may_pay_for_agree():
    sources = funding_sources(SEED).set_index("source_id")
    only = sources["restriction"].str.startswith("Only for: ")
    assert (only == single_use(SEED)).all()
    table = eligibility(SEED)
    uses = funding_uses(SEED).set_index("use_id")["name"]
    allowed = table[(table["allowed"] == "yes") & table["source_id"].map(only)]
    named = sources.loc[allowed["source_id"], "restriction"].str.removeprefix("Only for: ")
    assert named.tolist() == uses[allowed["use_id"]].tolist()


def test_a_no_has_a_reason_and_a_yes_has_none():
    table = eligibility(SEED)
    assert (table["note"].isna() == (table["allowed"] == "yes")).all()
    assert (table["note"] == "Nobody has asked").sum() > 10


def test_money_that_comes_again_has_no_last_day():
    sources = funding_sources(SEED)
    again = sources["recurring"] == "yes"
    assert sources.loc[again, ["obligate_by", "spend_by"]].isna().to_numpy().all()
    once = sources[~again]
    assert (once["obligate_by"] < once["spend_by"]).all()
    # Whoever must sign first has a year for it, or two with recovery money.
    recovery = once[once["type"] == "recovery funds"].iloc[0]
    assert (recovery["obligate_by"], recovery["spend_by"]) == ("2024-12-31", "2026-12-31")


def test_federal_money_never_counts_as_match_without_asking():
    sources = funding_sources(SEED)
    federal = sources["federal_origin"] == "yes"
    assert not (sources.loc[federal, "can_be_match"] == "yes").any()
    by_name = sources.set_index("name")
    for name in PASSED_ON:
        assert by_name.at[name, "level"] == "state"
        assert by_name.at[name, "federal_origin"] == "yes"
    # Public rules: a dollar for each dollar, and a quarter.
    assert by_name.at["Emergency Solutions Grants", "match_rate"] == 1
    assert by_name.at["HOME Investment Partnerships", "match_rate"] == 0.25


def test_names_stand_there_once():
    assert len({source.name for source in SOURCES}) == len(SOURCES) == 60
    assert len({name for name, *_ in USES}) == len(USES) == 18


def test_another_seed_changes_the_dollars_and_not_the_names():
    one, other = (funding_tables(make_world(seed), {}, seed) for seed in (1, 2))
    assert one["funding_sources"]["name"].equals(other["funding_sources"]["name"])
    assert not one["funding_sources"]["amount_usd"].equals(other["funding_sources"]["amount_usd"])
    again = funding_tables(make_world(1), {}, 1)
    for name, table in one.items():
        pd.testing.assert_frame_equal(table, again[name])
