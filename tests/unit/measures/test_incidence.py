"""Who gets the dollars, who pays, who falls out on the way."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.errors import PlaybookError
from playbook.measures.incidence import (
    benefit_incidence,
    cost_per_household,
    fee_burden,
    takeup_funnel,
)

STEPS = ["eligible", "reached", "applied"]


def homes(counts, dollars=(100, 200, 300)):
    """Build so many homes a fifth, each with about these dollars."""
    fifth = np.repeat(np.arange(1, len(counts) + 1), counts)
    wobble = 1 + 0.1 * (-1.0) ** np.arange(len(fifth))
    saved = np.repeat(dollars[: len(counts)], counts) * wobble
    return pd.DataFrame({"fifth": fifth, "saved": saved})


def funnel_homes(groups):
    """Build homes with a number of steps taken: {group: [none, first only, ..., all]}."""
    parts = []
    for group, numbers in groups.items():
        for taken, count in enumerate(numbers):
            row = {step: "yes" if place < taken else "no" for place, step in enumerate(STEPS)}
            parts.append(pd.DataFrame([{**row, "group": group}] * count))
    return pd.concat(parts, ignore_index=True)


@given(st.lists(st.integers(11, 40), min_size=2, max_size=3))
@settings(max_examples=30, deadline=None)
def test_shares_add_up_and_lie_in_their_ranges(counts):
    table = benefit_incidence(homes(counts), "saved", by="fifth")
    assert table["percent"].sum() == pytest.approx(100)
    assert table["household_percent"].sum() == pytest.approx(100)
    assert (table["low"] <= table["percent"]).all()
    assert (table["percent"] <= table["high"]).all()
    assert table["households"].tolist() == counts


def test_by_hand_the_top_gets_three_quarters():
    table = benefit_incidence(homes([20, 20], (100, 300)), "saved", by="fifth").set_index("fifth")
    assert table.at[2, "percent"] == pytest.approx(75)
    assert table.at[2, "per_household"] == pytest.approx(300)
    assert table.at[1, "dollars"] == pytest.approx(2_000)


def test_a_small_group_is_hidden_and_can_not_be_worked_out():
    table = benefit_incidence(homes([30, 25, 6]), "saved", by="fifth").set_index("fifth")
    assert table.loc[3].isna().all()
    # With 61 homes known in all, one more count must go.
    assert table["households"].isna().sum() == 2


def test_nobody_gets_anything():
    table = benefit_incidence(homes([20, 20]).assign(saved=0), "saved", by="fifth")
    assert table["percent"].isna().all()
    assert table["dollars"].tolist() == [0, 0]


def test_the_burden_is_all_fees_over_all_income():
    table = homes([20, 20], (200, 300)).assign(income=[10_000] * 20 + [150_000] * 20)
    rows = fee_burden(table, "saved", "income", by="fifth").set_index("fifth")
    assert rows["percent"].tolist() == pytest.approx([2.0, 0.2])
    few = fee_burden(table.iloc[:25], "saved", "income", by="fifth").set_index("fifth")
    assert math.isnan(few.at[2, "percent"])


def test_a_funnel_by_hand():
    table = takeup_funnel(funnel_homes({"all": [40, 20, 30, 50]}), STEPS)
    assert table["households"].tolist() == [100, 80, 50]
    assert table["of_first"].tolist() == pytest.approx([100, 80, 50])
    assert table["of_before"].tolist() == pytest.approx([100, 80, 62.5])
    assert table["low"].iloc[1] == pytest.approx(71.1, abs=0.1)
    assert table["high"].iloc[1] == pytest.approx(86.7, abs=0.1)


def test_a_funnel_never_widens():
    table = takeup_funnel(
        funnel_homes({"a": [5, 20, 30, 50], "b": [0, 30, 20, 40]}), STEPS, by="group"
    )
    for _, rows in table.groupby("group"):
        assert rows["households"].is_monotonic_decreasing
        assert rows["of_first"].iloc[0] == 100


def test_small_counts_of_a_funnel_are_hidden_and_can_not_be_worked_out():
    groups = {"a": [5, 20, 30, 50], "b": [0, 30, 20, 4], "c": [0, 20, 20, 30]}
    table = takeup_funnel(funnel_homes(groups), STEPS, by="group")
    applied = table[table["step"] == "applied"].set_index("group")
    assert math.isnan(applied.at["b", "households"])
    assert math.isnan(applied.at["b", "of_first"])
    assert math.isnan(applied.at["b", "low"])
    assert applied["households"].isna().sum() == 2


def test_a_step_without_the_one_before_is_refused():
    table = funnel_homes({"all": [10, 10, 10, 10]})
    table.loc[0, "applied"] = "yes"
    with pytest.raises(PlaybookError, match="1 households took the step applied without reached"):
        takeup_funnel(table, STEPS)
    with pytest.raises(PlaybookError, match="besides yes and no"):
        takeup_funnel(table.assign(reached="perhaps"), STEPS)
    with pytest.raises(PlaybookError, match="column called approved"):
        takeup_funnel(table, [*STEPS, "approved"])


def test_dollars_below_0_are_refused():
    with pytest.raises(PlaybookError, match="from 0 up; I found -1"):
        benefit_incidence(homes([20, 20]).assign(saved=-1), "saved", by="fifth")


def test_cost_of_a_household_served():
    assert cost_per_household(23_600, 100, 34) == 270
    assert math.isnan(cost_per_household(0, 0, 34))
    with pytest.raises(PlaybookError, match="from 0 up"):
        cost_per_household(-5, 1, 1)


def test_nothing_given_is_changed():
    table = homes([20, 20])
    before = table.copy()
    benefit_incidence(table, "saved", by="fifth")
    pd.testing.assert_frame_equal(table, before)
