"""Service requests: what is planted is there, and nothing impossible is."""

import numpy as np
import pandas as pd
import pytest

from playbook.simulate import requests_311 as module
from playbook.simulate.build import tables
from playbook.simulate.requests_311 import REQUEST_TYPES
from playbook.simulate.world import SEED, make_world

AS_OF = pd.Timestamp("2026-01-15")


def requests_with_groups(seed):
    made = tables(seed)
    profile = made["acs_profile"]
    latest = profile[profile["year"] == 2024].set_index("neighborhood_id")
    rows = made["requests_311"]
    rows["fifth"] = rows["neighborhood_id"].map(latest["poverty_fifth"])
    days = (rows["closed_at"] - rows["opened_at"]).dt.total_seconds() / 86_400
    # Longer than any other, however long it will be: right for a median while few are open.
    rows["days"] = days.fillna(np.inf)
    return rows


@pytest.fixture(scope="module")
def rows():
    return requests_with_groups(SEED)


@pytest.fixture(scope="module")
def raw():
    return tables(SEED)["requests_311_raw"]


def test_about_64_000_requests_all_of_2025(rows):
    assert len(rows) == pytest.approx(64_000, rel=0.03)
    assert rows["opened_at"].dt.year.eq(2025).all()
    assert rows["opened_at"].is_monotonic_increasing
    assert rows["request_id"].is_unique


def test_requests_are_dated_to_the_minute_and_closed_after_they_opened(rows):
    closed = rows.dropna(subset=["closed_at"])
    assert (closed["closed_at"] > closed["opened_at"]).all()
    assert closed["closed_at"].max() <= AS_OF
    assert (rows["opened_at"].dt.floor("min") == rows["opened_at"]).all()


def test_people_report_by_day_and_on_weekdays(rows):
    by_hour = rows["opened_at"].dt.hour.value_counts(normalize=True)
    assert by_hour[range(8, 18)].sum() > 0.7
    assert by_hour[range(5)].sum() < 0.03
    by_day = rows["opened_at"].dt.dayofweek.value_counts()
    assert by_day[[5, 6]].max() < by_day[range(5)].min()


def test_about_4_percent_are_open_and_slow_kinds_more_often(rows):
    is_open = rows["closed_at"].isna()
    assert 0.03 < is_open.mean() < 0.05
    share = is_open.groupby(rows["request_type"]).mean()
    assert share["Tree trimming"] == share.max() > 5 * share["Missed collection"]


def test_some_requests_are_stuck_and_some_are_only_recent(rows):
    age = (AS_OF - rows.loc[rows["closed_at"].isna(), "opened_at"]).dt.days
    assert (age > 180).mean() > 0.2
    assert (age < 45).mean() > 0.2


def test_about_6_percent_are_repeats_of_an_earlier_report(rows):
    repeats = rows.dropna(subset=["duplicate_of"])
    assert 0.055 < len(repeats) / len(rows) < 0.065
    first = rows.set_index("request_id").loc[repeats["duplicate_of"]].reset_index()
    repeats = repeats.reset_index(drop=True)
    assert first["duplicate_of"].isna().all()
    same = ["neighborhood_id", "request_type", "closed_at"]
    pd.testing.assert_frame_equal(first[same], repeats[same])
    delay = repeats["opened_at"] - first["opened_at"]
    assert delay.min() > pd.Timedelta(0)
    assert delay.max() <= pd.Timedelta(days=6)


def test_medians_by_kind_are_the_planted_ones(rows):
    first_reports = rows[rows["duplicate_of"].isna()]
    median = first_reports.groupby("request_type")["days"].median()
    planted = {
        "Missed collection": 2,
        "Graffiti": 3,
        "Illegal dumping": 7,
        "Pothole": 9,
        "Streetlight": 14,
        "Tree trimming": 24,
    }
    assert median.to_dict() == pytest.approx(planted, rel=0.06)


def assert_the_average_hides_the_gap(rows):
    rows = rows[rows["duplicate_of"].isna()]
    raw = rows.groupby("fifth")["days"].median()
    assert raw[5] == pytest.approx(4.7, abs=0.4)
    assert raw[1] == pytest.approx(8.6, abs=0.4)
    by_type = rows.groupby(["request_type", "fifth"])["days"].median().unstack()
    ratio = by_type[5] / by_type[1]
    assert len(ratio) == len(REQUEST_TYPES) == 6
    assert ratio.between(1.1, 1.55).all(), ratio


@pytest.mark.parametrize("seed", [SEED, 1])
def test_highest_poverty_fifth_looks_faster_and_waits_longer_for_each_kind(seed):
    assert_the_average_hides_the_gap(requests_with_groups(seed))


@pytest.mark.gate
@pytest.mark.parametrize("seed", range(2, 21))
def test_the_same_in_every_other_city_of_this_design(seed):
    assert_the_average_hides_the_gap(requests_with_groups(seed))


def test_the_gap_is_gone_where_nothing_is_planted(monkeypatch):
    # Without the slope of waits, the kinds of request must not differ between the fifths.
    monkeypatch.setattr(module, "WAIT_SLOPE", 0.0)
    rows = requests_with_groups(SEED)
    by_type = rows.groupby(["request_type", "fifth"])["days"].median().unstack()
    ratio = by_type[5] / by_type[1]
    assert ratio.mean() == pytest.approx(1, abs=0.06)


def test_places_with_high_poverty_report_less_and_ask_for_fast_jobs(rows):
    places = tables(SEED)["neighborhoods"].set_index("neighborhood_id")
    residents = (
        rows.groupby("fifth")["neighborhood_id"]
        .unique()
        .map(lambda ids: places.loc[ids, "population"].sum())
    )
    rate = rows.groupby("fifth").size() / residents
    assert rate[5] < 0.6 * rate[1]
    fast = rows["request_type"].eq("Missed collection").groupby(rows["fifth"]).mean()
    assert fast[5] > 2.5 * fast[1]


def test_quiet_places_call_and_loud_places_use_the_app(rows):
    world = make_world()
    shares = pd.crosstab(rows["neighborhood_id"], rows["channel"], normalize="index")
    assert np.corrcoef(world.voice, shares["phone"])[0, 1] < -0.9
    assert np.corrcoef(world.voice, shares["app"])[0, 1] > 0.8
    assert rows["channel"].value_counts(normalize=True)["staff"] == pytest.approx(0.07, abs=0.02)


def test_even_tiny_places_have_requests(rows):
    assert rows["neighborhood_id"].nunique() == 64
    assert rows["neighborhood_id"].value_counts().min() > 30


def faults(raw):
    """Find each planted fault by its own rule, knowing only the list of places."""
    known = set(tables(SEED)["neighborhoods"]["neighborhood_id"])
    return pd.DataFrame(
        {
            "repeated": raw.duplicated(),
            "early": raw["closed_at"] < raw["opened_at"],
            "unknown": ~raw["neighborhood_id"].isin(known),
            "of 1900": raw["opened_at"].dt.year == 1900,
        }
    )


def test_the_raw_export_has_exactly_the_planted_faults(raw):
    assert faults(raw).sum().to_dict() == {
        "repeated": module.REPEATED_ROWS,
        "early": module.CLOSED_BEFORE_OPENED,
        "unknown": module.UNKNOWN_NEIGHBORHOODS,
        "of 1900": module.DATES_OF_1900,
    }


def test_no_row_of_the_raw_export_has_two_faults(raw):
    assert faults(raw).sum(axis=1).max() == 1


def test_every_other_row_of_the_raw_export_is_the_clean_one(raw, rows):
    clean = rows[rows["opened_at"].dt.strftime("%Y-%m") == "2025-03"].set_index("request_id")
    sound = raw[~faults(raw).any(axis=1)].set_index("request_id")
    pd.testing.assert_frame_equal(sound, clean.loc[sound.index, sound.columns])
    assert set(raw["request_id"]) == set(clean.index)
