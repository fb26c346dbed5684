"""Providers at equal needs: the mix is taken out, nothing else, and never without ranges."""

import numpy as np
import pandas as pd
import pytest

from playbook.errors import PlaybookError
from playbook.measures.case_mix import observed_over_expected, shares_at_equal_mix
from playbook.measures.reliability import count_funnel_limits


def cases(plan):
    """Build stays from (provider, acuity, people, of whom housed on day 30); others left."""
    rows = [
        (provider, acuity, 30, "home" if number < housed else "other")
        for provider, acuity, people, housed in plan
        for number in range(people)
    ]
    return pd.DataFrame(rows, columns=["provider", "acuity", "days", "ended"])


# A is better at either need and looks worse, because it takes in the higher needs.
TURNED = [("A", "hi", 80, 40), ("A", "lo", 20, 18), ("B", "hi", 20, 8), ("B", "lo", 80, 64)]


def test_a_league_table_turns_over_at_equal_needs():
    table = shares_at_equal_mix(cases(TURNED), 60, of="home").set_index("provider")
    assert table["share"].to_dict() == pytest.approx({"A": 58, "B": 72})
    # Half of all people have higher needs.
    assert table["equal_share"].to_dict() == pytest.approx({"A": 70, "B": 60})
    assert table["rank"].to_dict() == {"A": 2, "B": 1}
    assert table["equal_rank"].to_dict() == {"A": 1, "B": 2}


def test_the_error_at_equal_needs_is_that_of_a_weighted_share():
    row = shares_at_equal_mix(cases(TURNED), 60, of="home").set_index("provider").loc["A"]
    variance = 0.25 * (0.5 * 0.5 / 80 + 0.9 * 0.1 / 20)
    assert row["equal_error"] == pytest.approx(100 * variance**0.5)
    assert row["equal_low"] == pytest.approx(70 - 1.96 * row["equal_error"], abs=0.01)


def test_with_one_mix_everywhere_nothing_changes():
    plan = [("A", "hi", 40, 10), ("A", "lo", 60, 40), ("B", "hi", 20, 11), ("B", "lo", 30, 12)]
    table = shares_at_equal_mix(cases(plan), 60, of="home")
    np.testing.assert_allclose(table["share"], table["equal_share"])


def test_trap_no_rank_without_its_range():
    table = shares_at_equal_mix(cases(TURNED), 60, of="home")
    for stem in ("", "equal_"):
        assert (table[f"{stem}rank_low"] <= table[f"{stem}rank"]).all()
        assert (table[f"{stem}rank"] <= table[f"{stem}rank_high"]).all()
    few = shares_at_equal_mix(
        cases([*TURNED, ("C", "hi", 3, 1), ("C", "lo", 50, 20)]), 60, of="home"
    )
    # C can't be put at equal needs, so nobody is ranked there.
    assert few.set_index("provider")["equal_share"].isna().to_dict() == {
        "A": False,
        "B": False,
        "C": True,
    }
    assert few[["equal_rank", "equal_rank_low", "equal_rank_high"]].isna().all(axis=None)


def test_open_stays_are_counted_and_cases_without_a_group_left_out():
    table = cases(TURNED).astype({"ended": object})
    table.loc[:9, "ended"] = None
    table.loc[:9, "days"] = 90
    table.loc[100, "provider"] = None
    found = shares_at_equal_mix(table, 60, of="home").set_index("provider")
    assert found["cases"].to_dict() == {"A": 100, "B": 99}
    assert found.loc["A", "share"] == pytest.approx(48)


def test_expected_events_add_up_to_those_observed():
    random = np.random.default_rng(1)
    index = pd.MultiIndex.from_product(
        [list("ABCDE"), ["x", "y", "z"]], names=["provider", "acuity"]
    )
    counts = index.to_frame(index=False)
    counts["people"] = random.integers(20, 200, len(counts))
    counts["events"] = random.binomial(counts["people"], 0.3)
    before = counts.copy()
    table = observed_over_expected(counts)
    assert table["expected"].sum() == pytest.approx(table["observed"].sum())
    pd.testing.assert_frame_equal(counts, before)
    limits = count_funnel_limits(table["expected"])
    pd.testing.assert_frame_equal(table[list(limits.columns)], limits)


def test_only_what_lies_outside_the_outer_limits_is_called_out():
    # Each expects 100: one in 20 lies outside 81 to 120 by luck, one in 500 outside 71 to 132.
    counts = pd.DataFrame(
        {
            "provider": ["few", "fewer", "more", "many"],
            "acuity": "one",
            "people": [1_000] * 4,
            "events": [60, 78, 122, 140],
        }
    )
    table = observed_over_expected(counts).set_index("provider")
    assert table["expected"].tolist() == [100] * 4
    assert table["reads"].to_dict() == {
        "few": "fewer than expected",
        "fewer": "as luck would have it",
        "more": "as luck would have it",
        "many": "more than expected",
    }


def test_nothing_expected_gives_no_ratio():
    counts = pd.DataFrame(
        {"provider": ["A", "B"], "acuity": ["x", "y"], "people": [10, 0], "events": [3, 0]}
    )
    table = observed_over_expected(counts).set_index("provider")
    assert np.isnan(table.loc["B", "ratio"])
    assert table.loc["A", "ratio"] == pytest.approx(1)


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [("events", 11, "more events than people"), ("people", -1, "found -1"), ("events", 1.5, "1.5")],
)
def test_what_is_wrong_is_said_in_plain_words(column, value, words):
    counts = pd.DataFrame(
        {"provider": ["A"], "acuity": ["x"], "people": [10.0], "events": [3.0]}
    ).assign(**{column: value})
    with pytest.raises(PlaybookError, match=words):
        observed_over_expected(counts)
    with pytest.raises(PlaybookError, match="column called acuity"):
        shares_at_equal_mix(cases(TURNED).drop(columns="acuity"), 60)
