"""Waits at one mix: against hand calculation, plain waits, brute force and simulation."""

import math

import numpy as np
import pandas as pd
import pytest
from statsmodels.duration.survfunc import SurvfuncRight

from playbook.errors import PlaybookError
from playbook.measures.product_limit import wait_percentile
from playbook.measures.standardized_waits import (
    mix_of,
    standardized_curve,
    standardized_wait,
    standardized_waits,
)

KINDS = ["Graffiti", "Pothole", "Tree trimming"]
MEANS = {"Graffiti": 3.0, "Pothole": 8.0, "Tree trimming": 25.0}
MIX = pd.Series({"Graffiti": 0.5, "Pothole": 0.3, "Tree trimming": 0.2})


def drawn(rng: np.random.Generator, counts: dict[str, int], watched: float = 120.0) -> pd.DataFrame:
    kinds = np.repeat(list(counts), list(counts.values()))
    days = np.concatenate([rng.exponential(MEANS[kind], n) for kind, n in counts.items()])
    seen = rng.uniform(0, watched, len(days))
    return pd.DataFrame(
        {"request_type": kinds, "days": np.minimum(days, seen), "closed": days <= seen}
    )


@pytest.fixture
def waits() -> pd.DataFrame:
    return drawn(np.random.default_rng(64), {"Graffiti": 60, "Pothole": 90, "Tree trimming": 150})


def test_mix_is_shares_by_size() -> None:
    rows = pd.DataFrame({"request_type": ["b", "a", "c", "c", None, "b", "c", "a"]})
    mix = mix_of(rows)
    assert mix.index.tolist() == ["c", "a", "b"]
    assert mix.tolist() == pytest.approx([3 / 7, 2 / 7, 2 / 7])
    kinds = pd.Categorical(rows["request_type"], categories=["a", "b", "c", "nobody"])
    pd.testing.assert_series_equal(mix_of(rows.assign(request_type=kinds)), mix)


def test_with_one_kind_it_is_the_plain_wait(waits: pd.DataFrame) -> None:
    waits["request_type"] = "Pothole"
    for percent in (50, 90):
        ours = standardized_wait(waits, pd.Series({"Pothole": 1.0}), percent=percent)
        plain = wait_percentile(waits["days"], waits["closed"], percent)
        assert (ours.value, ours.low, ours.high) == (plain.value, plain.low, plain.high)


def test_curve_is_the_weighted_sum_of_statsmodels_curves(waits: pd.DataFrame) -> None:
    curve = standardized_curve(waits, MIX)
    survival, variance = np.zeros(len(curve)), np.zeros(len(curve))
    for kind, share in MIX.items():
        own = waits[waits["request_type"] == kind]
        with np.errstate(all="ignore"):
            theirs = SurvfuncRight(own["days"], own["closed"].astype(float))
        step = np.searchsorted(theirs.surv_times, curve["days"], side="right")
        survival += share * np.r_[1, theirs.surv_prob][step]
        variance += (share * np.nan_to_num(np.r_[0, theirs.surv_prob_se])[step]) ** 2
    np.testing.assert_allclose(curve["survival"], survival, atol=1e-12)
    np.testing.assert_allclose(curve["standard_error"], np.sqrt(variance), atol=1e-12)
    assert curve["days"].tolist() == sorted(waits.loc[waits["closed"], "days"].unique())


def test_by_hand() -> None:
    # Five quick ones (days 1 to 5) and six slow ones (days 10 to 15), none open.
    rows = pd.DataFrame(
        {
            "request_type": ["quick"] * 5 + ["slow"] * 6,
            "days": [1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15],
            "closed": True,
        }
    )
    curve = standardized_curve(rows, pd.Series({"quick": 0.4, "slow": 0.6})).set_index("days")
    assert curve.loc[3, "survival"] == pytest.approx(0.4 * 2 / 5 + 0.6)
    assert curve.loc[12, "survival"] == pytest.approx(0.6 * 3 / 6)
    assert curve.loc[12, "standard_error"] == pytest.approx(0.6 * math.sqrt(0.25 / 6))
    # Open after 10, 11: 0.6 times 5/6 = 0.5 is not below one half, 0.6 times 4/6 = 0.4 is.
    assert standardized_wait(rows, pd.Series({"quick": 0.4, "slow": 0.6})).value == 11
    assert standardized_wait(rows, pd.Series({"quick": 0.9, "slow": 0.1})).value == 3


def test_a_slower_mix_waits_longer(waits: pd.DataFrame) -> None:
    slower = pd.Series({"Graffiti": 0.2, "Pothole": 0.3, "Tree trimming": 0.5})
    assert standardized_wait(waits, slower).value > standardized_wait(waits, MIX).value


def test_thin_kinds_are_left_out_and_the_rest_enlarged() -> None:
    rng = np.random.default_rng(5)
    rows = drawn(rng, {"Graffiti": 40, "Pothole": 40, "Tree trimming": 4})
    mix = pd.Series({"Graffiti": 0.5, "Pothole": 0.44, "Tree trimming": 0.06})
    found = standardized_wait(rows, mix)
    rest = pd.Series({"Graffiti": 0.5, "Pothole": 0.44}) / 0.94
    expected = standardized_wait(rows, rest)
    assert (found.value, found.low, found.high) == (expected.value, expected.low, expected.high)
    assert "Tree trimming" in found.note
    # One more row, and the kind counts.
    more = pd.concat([rows, rows.tail(1)])
    assert standardized_wait(more, mix).note == ""


def test_too_little_of_the_mix_is_no_answer() -> None:
    rows = drawn(np.random.default_rng(5), {"Graffiti": 40, "Pothole": 40, "Tree trimming": 4})
    found = standardized_wait(rows, MIX)
    assert not found.known
    assert found.note.startswith("too few to tell: only 80 percent of the mix")
    table = standardized_waits(rows.assign(area="Hill"), "area", MIX)
    assert table.loc[0, "covered"] == pytest.approx(0.8)
    assert math.isnan(table.loc[0, "wait"])


def test_a_mix_that_covers_ninety_percent_is_an_answer() -> None:
    rows = drawn(np.random.default_rng(5), {"Graffiti": 40, "Pothole": 40})
    at_the_edge = pd.Series({"Graffiti": 0.5, "Pothole": 0.4, "Tree trimming": 0.1})
    assert standardized_wait(rows, at_the_edge).known


def test_too_few_requests_and_none() -> None:
    rows = pd.DataFrame({"request_type": ["Pothole"] * 10, "days": 1.0, "closed": True})
    one = pd.Series({"Pothole": 1.0})
    assert standardized_wait(rows, one).note.startswith("too few to tell: 10 requests")
    assert not standardized_wait(rows.head(0), one).known
    assert standardized_curve(rows.head(0), one).empty


def test_not_reached(waits: pd.DataFrame) -> None:
    waits["closed"] &= waits["request_type"] == "Graffiti"
    found = standardized_wait(waits, pd.Series({"Graffiti": 0.3, "Tree trimming": 0.7}))
    assert not found.known
    assert found.high == math.inf
    assert found.note == "half or more of the requests are still open"


def test_groups_are_those_of_their_rows_in_order(waits: pd.DataFrame) -> None:
    rng = np.random.default_rng(2)
    waits["area"] = rng.choice(["Quay", "Hill", "Mill"], len(waits))
    waits.loc[5:9, "area"] = None
    before = waits.copy()
    table = standardized_waits(waits, "area")
    pd.testing.assert_frame_equal(waits, before)
    assert table["area"].tolist() == sorted(waits["area"].dropna().unique())
    for row in table.itertuples():
        own = waits[waits["area"] == row.area]
        alone = standardized_wait(own, mix_of(waits))
        assert row.requests == len(own)
        assert (row.wait, row.low, row.high) == (alone.value, alone.low, alone.high)
        assert row.covered == pytest.approx(1)


def test_the_order_of_rows_does_not_matter(waits: pd.DataFrame) -> None:
    waits["area"] = np.where(np.arange(len(waits)) % 2, "Hill", "Mill")
    shuffled = waits.sample(frac=1, random_state=3)
    one, other = (
        standardized_waits(rows, "area").set_index("area").sort_index()
        for rows in (waits, shuffled)
    )
    pd.testing.assert_frame_equal(one, other)


def test_two_groups_with_the_same_service_agree_at_the_same_mix() -> None:
    rng = np.random.default_rng(11)
    hill = drawn(rng, {"Graffiti": 3000, "Pothole": 500, "Tree trimming": 500})
    mill = drawn(rng, {"Graffiti": 500, "Pothole": 500, "Tree trimming": 3000})
    plain = [wait_percentile(rows["days"], rows["closed"]).value for rows in (hill, mill)]
    assert plain[1] > 2 * plain[0]
    one, other = (standardized_wait(rows, MIX) for rows in (hill, mill))
    assert one.low <= other.high
    assert other.low <= one.high


@pytest.mark.parametrize(
    ("mix", "seen"),
    [({"Pothole": 60.0, "Graffiti": 40.0}, "100"), ({"Pothole": 1.2, "Graffiti": -0.2}, "sum to")],
)
def test_a_mix_is_shares(waits: pd.DataFrame, mix: dict[str, float], seen: str) -> None:
    with pytest.raises(PlaybookError, match=seen):
        standardized_wait(waits, pd.Series(mix))


def test_missing_columns_and_an_empty_one_are_named(waits: pd.DataFrame) -> None:
    with pytest.raises(PlaybookError, match="called ward"):
        standardized_waits(waits, "ward", MIX)
    with pytest.raises(PlaybookError, match="called days"):
        standardized_wait(waits.drop(columns="days"), MIX)
    with pytest.raises(PlaybookError, match="request_type is empty"):
        mix_of(pd.DataFrame({"request_type": [None, None]}))


@pytest.mark.gate
@pytest.mark.parametrize("watched", [400.0, 30.0])
def test_nineteen_of_twenty_intervals_hold_the_true_wait(watched: float) -> None:
    rng = np.random.default_rng(2026)
    # The true median: where the weighted exponential curves come down to one half.
    days = np.linspace(0, 60, 600_001)
    open_share = sum(share * np.exp(-days / MEANS[kind]) for kind, share in MIX.items())
    truth = float(days[np.argmax(open_share < 0.5)])
    held, draws = 0, 1500
    for _ in range(draws):
        counts = {"Graffiti": 80, "Pothole": 60, "Tree trimming": 40}
        found = standardized_wait(drawn(rng, counts, watched), MIX)
        held += found.low <= truth <= found.high
    assert 0.935 <= held / draws <= 0.97
