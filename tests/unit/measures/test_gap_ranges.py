"""Ranges of all gap measures at once: the same as one by one, however the work is cut up."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.measures import gap_ranges
from playbook.measures.attributable import attributable_fraction
from playbook.measures.disparity import index_of_disparity, mean_log_deviation, theil
from playbook.measures.gap_ranges import bootstrap_range, bootstrap_ranges
from playbook.measures.inequality import all_measures
from playbook.measures.slopes import concentration_index, relative_index, slope_index

EVENTS = [320, 230, 180, 130, 95]
RESIDENTS = [50_000, 48_000, 51_000, 47_000, 52_000]

ONE_BY_ONE = {
    "Attributable fraction, percent": attributable_fraction,
    "Slope index": slope_index,
    "Relative index, WHO": relative_index,
    "Concentration index, relative": concentration_index,
    "Index of disparity from the average, percent (WHO)": index_of_disparity,
    "Theil index": theil,
    "Mean log deviation": mean_log_deviation,
}


@pytest.mark.parametrize("name", ONE_BY_ONE)
def test_all_at_once_is_the_same_as_one_by_one(name: str) -> None:
    row = bootstrap_ranges(EVENTS, RESIDENTS, draws=400).set_index("measure").loc[name]
    one = bootstrap_range(ONE_BY_ONE[name], EVENTS, RESIDENTS, draws=400)
    assert row[["value", "low", "high"]].tolist() == pytest.approx([one.value, one.low, one.high])


def test_the_values_are_those_without_luck() -> None:
    rates = [10_000 * events / people for events, people in zip(EVENTS, RESIDENTS, strict=True)]
    found, plain = bootstrap_ranges(EVENTS, RESIDENTS), all_measures(rates, RESIDENTS)
    assert found["measure"].tolist() == plain["measure"].tolist()
    assert found["value"].to_numpy() == pytest.approx(plain["value"].to_numpy())


def test_how_the_work_is_cut_up_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = bootstrap_ranges(EVENTS, RESIDENTS, draws=300)
    monkeypatch.setattr(gap_ranges, "_AT_ONCE", 35)
    pd.testing.assert_frame_equal(bootstrap_ranges(EVENTS, RESIDENTS, draws=300), whole)


@given(st.lists(st.integers(0, 400), min_size=2, max_size=8))
def test_a_range_holds_its_value_or_says_why_there_is_none(events: list[int]) -> None:
    found = bootstrap_ranges(events, [1_000] * len(events), draws=200)
    known = found[found["value"].notna()]
    assert (known["low"] <= known["value"]).all()
    assert (known["value"] <= known["high"]).all()
    assert np.isfinite(known[["low", "high"]].to_numpy()).all()
    assert found.loc[found["value"].isna(), "note"].str.startswith("too few").all()


def test_few_events_are_too_few_to_tell() -> None:
    found = bootstrap_ranges([3, 4], [1_000, 1_000])
    assert found[["value", "low", "high"]].isna().all(axis=None)
    assert found["note"].str.contains("7 events").all()


def test_a_group_without_events_makes_the_range_too_short() -> None:
    found = bootstrap_ranges([50, 40, 0], [1_000] * 3, draws=200).set_index("measure")
    assert "too short" in found.loc["Slope index", "note"]
    # The logarithm of nothing.
    assert math.isnan(found.loc["Mean log deviation", "value"])
