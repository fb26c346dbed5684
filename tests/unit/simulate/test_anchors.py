"""Hospitals, anchors, the local lender and the budget: sums, layout and what follows hardship."""

import numpy as np
import pandas as pd
import pytest

from playbook.simulate.anchors import (
    HOSPITALS,
    IMPROVEMENT,
    PART_1,
    PART_2,
    anchor_spend,
    anchor_tables,
    hospital_benefit,
    hospital_finances,
)
from playbook.simulate.budget_programs import CORE, NOT_RATED, PROGRAMS
from playbook.simulate.city_budget import EQUITY_PROGRAM, city_budget
from playbook.simulate.loans import cdfi_loans
from playbook.simulate.places import acs_profile
from playbook.simulate.world import SEED, make_world

SEEDS = (SEED, 1, 2, 3)


def benefit_of(seed: int) -> pd.DataFrame:
    return hospital_benefit(make_world(seed), hospital_finances(seed), seed)


def part_1(benefit: pd.DataFrame) -> pd.DataFrame:
    return benefit[benefit["line"].isin(PART_1)]


@pytest.mark.parametrize("seed", SEEDS)
def test_benefit_is_about_seven_and_a_half_percent_of_expenses(seed):
    finances = hospital_finances(seed).set_index(["hospital", "year"])["total_expense_usd"]
    given = part_1(benefit_of(seed)).groupby(["hospital", "year"])["net_expense_usd"].sum()
    assert ((given / finances).between(0.066, 0.085)).all()
    last = finances.xs(2024, level="year")
    assert last.sum() == pytest.approx(1.41e9, rel=0.03)
    assert last.sort_values(ascending=False).index.tolist() == list(HOSPITALS)


@pytest.mark.parametrize("seed", SEEDS)
def test_85_cents_pay_for_care_and_5_for_health_outside(seed):
    lines = part_1(benefit_of(seed)).groupby("line")["net_expense_usd"].sum()
    share = lines / lines.sum()
    assert share[["7a", "7b", "7c", "7g"]].sum() == pytest.approx(0.85, abs=0.01)
    assert share[IMPROVEMENT] == pytest.approx(0.05, abs=0.005)


def test_part_2_is_kept_apart_and_small():
    benefit = benefit_of(SEED)
    both = benefit.groupby(benefit["line"].isin(PART_2))["net_expense_usd"].sum()
    assert 0.005 < both[True] / both[False] < 0.015
    assert sum(share for _, share in PART_1.values()) == pytest.approx(1)
    # The form's totals would count every dollar twice.
    assert not set(benefit["line"]) & {"7d", "7j", "7k"}


@pytest.mark.parametrize("seed", SEEDS)
def test_line_7e_is_split_over_all_places_and_no_other_line_is(seed):
    world, benefit = make_world(seed), benefit_of(seed)
    split = benefit[benefit["neighborhood_id"].notna()]
    assert set(split["line"]) == {IMPROVEMENT}
    places = split.groupby(["hospital", "year"])["neighborhood_id"].apply(list)
    assert all(ids == world.neighborhood_id.tolist() for ids in places)
    assert benefit["entry_id"].is_unique
    assert (benefit["net_expense_usd"] >= 0).all()


def test_improvement_dollars_per_resident_fall_with_hardship():
    slopes = []
    for seed in range(1, 9):
        world, benefit = make_world(seed), benefit_of(seed)
        rows = benefit[(benefit["line"] == IMPROVEMENT) & (benefit["year"] == 2024)]
        dollars = rows.groupby("neighborhood_id")["net_expense_usd"].sum().to_numpy()
        slopes.append(np.polyfit(world.hardship, np.log(dollars / world.residents), 1)[0])
    assert max(slopes) < 0
    assert np.mean(slopes) == pytest.approx(-0.22, abs=0.03)


def test_every_hospital_reports_on_needs_every_third_year():
    finances = hospital_finances(SEED)
    since = finances["year"] - finances["needs_report_year"]
    assert since.between(0, 2).all()
    new = finances[since == 0].groupby("hospital")["year"].apply(list)
    assert all(np.diff(years).tolist() in ([], [3]) for years in new)


@pytest.mark.parametrize("seed", SEEDS)
def test_anchors_buy_about_a_quarter_in_the_city(seed):
    spend = anchor_spend(seed)
    assert not spend.duplicated(["anchor", "year", "category"]).any()
    assert 0.18 < spend["local_usd"].sum() / spend["total_usd"].sum() < 0.32
    # One amount of cash an anchor and year, whatever was bought.
    assert (spend.groupby(["anchor", "year"])["cdfi_deposits_usd"].nunique() == 1).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_loan_loses_money_only_when_it_is_written_off(seed):
    loans = cdfi_loans(make_world(seed), seed)
    assert len(loans) == 240
    lost = loans["written_off_usd"] > 0
    assert (lost == (loans["outcome"] == "written off")).all()
    assert (loans["written_off_usd"] <= loans["amount_usd"]).all()
    assert loans["years_out"].between(1, 10).all()
    # A loan that is still being paid has been out since it was made.
    paying = loans[loans["outcome"] == "paying"]
    assert (paying["years_out"] == 2026 - paying["year"]).all()


def test_loans_go_where_hardship_is_high():
    shares = []
    for seed in range(1, 9):
        world = make_world(seed)
        hard = world.neighborhood_id[world.hardship > 0]
        homes = world.households[world.hardship > 0].sum() / world.households.sum()
        shares.append(cdfi_loans(world, seed)["neighborhood_id"].isin(hard).mean() - homes)
    assert np.mean(shares) > 0.1


@pytest.mark.parametrize("seed", SEEDS)
def test_the_budget_has_each_program_in_each_year(seed):
    world = make_world(seed)
    budget = city_budget(world, acs_profile(world, seed), seed)
    assert len(budget) == 300
    assert not budget.duplicated(["fiscal_year", "program"]).any()
    assert (budget["amount_usd"] >= 1_000).all()
    equity = budget.set_index(["program", "fiscal_year"]).loc[EQUITY_PROGRAM, "amount_usd"]
    assert equity.tolist() == [340_000, 352_000, 365_000]
    # 20 percent of the places hold about a fifth of the residents.
    weighted = np.average(budget["highest_poverty_pct"], weights=budget["amount_usd"])
    assert 12 < weighted < 30


def test_a_core_service_is_not_rated_and_everything_else_is():
    for _, program, result, evidence in PROGRAMS:
        assert (result == CORE) == (evidence == NOT_RATED), program


def test_the_same_seed_makes_the_same_tables():
    world = make_world(5)
    made = {"acs_profile": acs_profile(world, 5)}
    one, again = (anchor_tables(world, made, 5) for _ in range(2))
    for name, table in one.items():
        pd.testing.assert_frame_equal(table, again[name])
