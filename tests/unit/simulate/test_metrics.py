"""Monthly counts: falling collections without a jump, and one true drop."""

import numpy as np
import pytest

from playbook.measures.control_charts import p_chart
from playbook.measures.interrupted_series import interrupted_series
from playbook.simulate import metrics as module
from playbook.simulate.metrics import (
    EVENTS,
    MONTHS,
    NEW_ROUTES,
    PHONES_FAILED,
    PILOT,
    PILOT_DISTRICT,
    PILOT_EFFECT,
    PILOT_PLACES,
    STEADY,
    events,
    metric_tables,
    monthly_metrics,
)
from playbook.simulate.world import DISTRICTS, make_world

SEEDS = (1, 2, 3, 64)


def counts(seed, metric, district=None):
    table = monthly_metrics(make_world(seed), seed)
    rows = table[table["metric_id"] == metric]
    if district:
        rows = rows[rows["district"] == district]
    return rows.groupby("month")[["value", "n"]].sum()


def test_each_month_metric_and_district_stands_there_once():
    table = monthly_metrics(make_world(64), 64)
    assert len(table) == len(MONTHS) * 8 * len(DISTRICTS) == 4_608
    assert not table.duplicated(["month", "metric_id", "district"]).any()
    assert table["month"].is_monotonic_increasing
    assert (table["value"] >= 0).all()
    assert (table["n"] > 0).all()
    assert (table["value"] <= table["n"]).all()


def test_residents_and_households_of_the_districts_add_up_to_the_city():
    world = make_world(2)
    table = monthly_metrics(world, 2)
    sums = table.groupby(["metric_id", "month"])["n"].sum()
    assert set(sums["asthma_er_visits"]) == {world.residents.sum()}
    assert set(sums["library_visits"]) == {world.residents.sum()}


def test_missed_collections_have_the_trend_season_and_spread_of_the_design():
    city = [counts(seed, "missed_collections")["value"].to_numpy(float) for seed in range(1, 21)]
    month = np.arange(len(MONTHS))
    angle = 2 * np.pi * (month - 1) / 12
    design = np.column_stack([np.ones(len(month)), month, np.cos(angle), np.sin(angle)])
    fits = np.array([np.linalg.lstsq(design, values)[0] for values in city])
    assert fits.mean(axis=0) == pytest.approx([255, -1.3, 18, 0], abs=1.5)
    left = [values - design @ fit for values, fit in zip(city, fits, strict=True)]
    assert np.mean([one.std(ddof=4) for one in left]) == pytest.approx(8, abs=0.6)


def test_no_city_has_a_jump_where_the_routes_changed():
    for seed in SEEDS:
        values = counts(seed, "missed_collections")["value"].astype(float)
        level = interrupted_series(values, NEW_ROUTES).level_change
        assert level.low < 0 < level.high
        assert abs(level.value) < 6


def test_luck_is_taken_out_of_the_change_and_of_nothing_else(monkeypatch):
    kept = counts(5, "missed_collections")["value"].astype(float)
    monkeypatch.setattr(module, "LUCK_KEPT", 1.0)
    all_luck = counts(5, "missed_collections")["value"].astype(float)
    before = kept.index < NEW_ROUTES
    assert (kept - all_luck)[before].abs().max() <= 4, "rounding of eight districts"
    changes = [interrupted_series(one, NEW_ROUTES).level_change.value for one in (kept, all_luck)]
    assert changes[0] == pytest.approx(0.3 * changes[1], abs=1.5)


def test_asthma_visits_drop_in_the_pilots_district_and_nowhere_else():
    ratios = {name: [] for name in DISTRICTS}
    for seed in range(1, 9):
        for name in DISTRICTS:
            value = counts(seed, "asthma_er_visits", name)["value"]
            ratios[name].append(
                value[value.index >= PILOT].mean() / value[value.index < PILOT].mean()
            )
    world = make_world(1)
    inside = np.isin(world.neighborhood_id, PILOT_PLACES)
    assert set(world.district[inside]) == {PILOT_DISTRICT}
    assert np.mean(ratios[PILOT_DISTRICT]) == pytest.approx(1 + 0.83 * PILOT_EFFECT, abs=0.04)
    for name in set(DISTRICTS) - {PILOT_DISTRICT}:
        assert np.mean(ratios[name]) == pytest.approx(1, abs=0.06), name


def test_the_month_without_phones_is_outside_the_limits():
    for seed in SEEDS:
        calls = counts(seed, "calls_unanswered")
        chart = p_chart(calls["value"], calls["n"])
        assert chart["value"].idxmax() == PHONES_FAILED
        assert chart.loc[PHONES_FAILED, "signal"] == "outside the limits"


def test_other_counts_go_nowhere():
    for metric in STEADY:
        value = counts(64, metric.name)["value"].astype(float)
        years = value.groupby(value.index.str[:4]).mean()
        assert years.max() / years.min() < 1.15, metric.name


def test_events_name_months_and_counts_that_exist():
    table = events()
    assert len(table) == len(EVENTS)
    assert table["month"].isin(MONTHS).all()
    assert table["month"].is_monotonic_increasing
    known = set(monthly_metrics(make_world(1), 1)["metric_id"])
    assert set(table["metric_id"].dropna()) <= known
    assert set(table["district"]) <= {*DISTRICTS, "Whole city"}


def test_the_theme_makes_both_tables_and_the_seed_decides():
    world = make_world(3)
    made = metric_tables(world, {}, 3)
    assert list(made) == ["monthly_metrics", "events"]
    assert made["monthly_metrics"].equals(metric_tables(world, {}, 3)["monthly_metrics"])
    assert not made["monthly_metrics"].equals(monthly_metrics(world, 4))
