"""Shelter contracts: stays that are consistent, a table that turns over, money that adds up."""

import numpy as np
import pandas as pd
import pytest

from playbook.measures.competing_risks import incidence_by, naive_incidence_by
from playbook.measures.returns import returns_within
from playbook.simulate import homeless_services as module
from playbook.simulate.contract_quarters import HOMES, NIGHTS, NOTES, bed_nights
from playbook.simulate.homeless_services import (
    ACUITY,
    EFFECTS,
    GROUPS,
    PAID,
    PERMANENT,
    PROVIDERS,
    hmis_enrollments,
    homeless_service_tables,
)
from playbook.simulate.world import SEED

AS_OF = pd.Timestamp("2026-01-15")
SEEDS = (SEED, 1, 2, 3)


@pytest.fixture(scope="module")
def made():
    return homeless_service_tables(None, {}, SEED)


def with_days(stays):
    left = pd.to_datetime(stays["exit"])
    days = (left.fillna(AS_OF) - pd.to_datetime(stays["entry"])).dt.days
    return stays.assign(days=days, ended=stays["destination"].astype(object).where(left.notna()))


def test_the_same_seed_gives_the_same_tables_and_another_seed_others(made):
    for name, table in homeless_service_tables(None, {}, SEED).items():
        pd.testing.assert_frame_equal(table, made[name])
    assert not hmis_enrollments(1).equals(hmis_enrollments(2))


def test_each_stay_is_there_once_and_is_consistent(made):
    stays = made["hmis_enrollments"]
    assert len(stays) == 2_230
    assert stays["enrollment_id"].is_unique
    assert stays["entry"].between("2022-01-01", "2025-12-31").all()
    assert stays["entry"].is_monotonic_increasing
    left = stays["exit"].notna()
    assert (stays["exit"] > stays["entry"])[left].all()
    assert (pd.to_datetime(stays["exit"]) < AS_OF)[left].all()
    # Where to is known exactly for those who left.
    assert (stays["destination"].notna() == left).all()
    assert 0.05 < 1 - left.mean() < 0.2


def test_a_return_follows_a_move_to_a_home_and_is_known_by_the_last_day(made):
    back = made["hmis_enrollments"].dropna(subset="return_days")
    assert (back["destination"] == PERMANENT).all()
    assert back["return_days"].between(1, 730).all()
    came = pd.to_datetime(back["exit"]) + pd.to_timedelta(back["return_days"], unit="D")
    assert (came < AS_OF).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_targets_of_the_design_are_met(seed):
    stays = with_days(hmis_enrollments(seed))
    honest = incidence_by(stays["days"], stays["ended"], 365, PERMANENT).value
    naive = naive_incidence_by(stays["days"], stays["ended"], 365, PERMANENT)
    assert honest == pytest.approx(60, abs=3)
    assert naive == pytest.approx(77, abs=3.5)
    assert 12 < returns_within(stays, AS_OF)["share"].iloc[-1] < 23
    shares = stays["race_ethnicity"].value_counts(normalize=True)
    for name, (share, _) in GROUPS.items():
        assert shares[name] == pytest.approx(share, abs=0.01), name


@pytest.mark.parametrize("seed", SEEDS)
def test_every_provider_has_its_size_and_its_needs(seed):
    stays = hmis_enrollments(seed)
    for number, provider in enumerate(PROVIDERS, start=1):
        here = stays[stays["provider_id"] == f"P{number}"]
        assert len(here) == provider.people
        share = (here["acuity"] == ACUITY[1]).mean()
        assert share == pytest.approx(provider.higher_share, abs=0.005)
    # The two that the lesson compares are large enough.
    assert min(PROVIDERS[0].people, PROVIDERS[-1].people) >= 400


def test_without_effects_the_providers_differ_by_their_needs_only(monkeypatch):
    plain = tuple(
        module.Provider(one.name, 4_000, one.higher_share, 0.0) for one in module.PROVIDERS
    )
    monkeypatch.setattr(module, "PROVIDERS", plain)
    stays = with_days(hmis_enrollments(1))
    for _, group in stays.groupby("acuity"):
        shares = [
            incidence_by(one["days"], one["ended"], 365, PERMANENT).value
            for _, one in group.groupby("provider_id")
        ]
        assert np.ptp(shares) < 7


def test_race_has_no_part_in_who_goes_to_which_provider_or_how_needs_are_scored():
    stays = pd.concat([hmis_enrollments(seed) for seed in range(1, 6)], ignore_index=True)
    for column in ("provider_id", "acuity"):
        table = pd.crosstab(stays["race_ethnicity"], stays[column], normalize="columns")
        assert np.ptp(table.loc["Black"]) < 0.01, column


def test_the_contracts_pay_all_of_the_money_for_nights(made):
    contracts = made["contracts"]
    assert contracts["amount"].sum() == PAID
    assert (contracts["unit_paid"] == "Bed-night").all()
    assert contracts["provider_name"].tolist() == [one.name for one in PROVIDERS]
    price = contracts["amount"] / contracts["units"]
    np.testing.assert_allclose(price, PAID / contracts["units"].sum(), rtol=1e-4)
    # About what a night in a shelter with staff costs.
    assert 100 < price.mean() < 160


def test_the_quarters_add_up_to_the_year_and_to_the_stays(made):
    quarters, stays = made["contract_quarters"], made["hmis_enrollments"]
    assert len(quarters) == 6 * 4 * 4
    assert not quarters.duplicated(["provider_id", "quarter", "metric"]).any()
    sums = quarters.groupby(["metric", "provider_id"])["value"].sum()
    units = made["contracts"].set_index("provider_id")["units"]
    assert sums[NIGHTS].to_dict() == units.to_dict()
    moved = stays[stays["exit"].str.startswith("2025", na=False)]
    moved = moved[moved["destination"] == PERMANENT].groupby("provider_id").size()
    assert sums[HOMES].to_dict() == moved.to_dict()
    assert quarters.loc[quarters["metric"].isin([NIGHTS, HOMES]), "target"].notna().all()
    assert set(quarters["note"].dropna()) <= set(NOTES)


def test_nights_by_hand():
    stays = pd.DataFrame(
        {
            "provider_id": ["P1", "P1", "P1", "P2", "P2"],
            "entry": ["2024-12-30", "2025-01-31", "2025-02-01", "2025-01-10", "2025-01-10"],
            "exit": ["2025-01-03", "2025-02-05", "2025-02-02", None, "2025-01-10"],
        }
    )
    # Two nights of January; the last one; none; 22 until the month is over; none.
    assert bed_nights(stays, "2025-01-01", "2025-02-01").to_dict() == {"P1": 3, "P2": 22}


def test_what_can_be_revealed_is_what_was_built_in():
    by_name = {effect.name: effect.value for effect in EFFECTS}
    assert len(by_name) == len(EFFECTS) == 7
    assert by_name["homes_quarry_homes"] == pytest.approx(
        100 * (np.exp(PROVIDERS[-1].effect) - 1), abs=0.05
    )
    assert by_name["homes_weir_street_shelter"] == 0
