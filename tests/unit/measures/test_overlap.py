"""Overlap of departments and of plans, counted by hand; and no mix that points at one address."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.errors import PlaybookError
from playbook.measures.overlap import (
    OTHER_MIXES,
    combination_counts,
    common_combinations,
    jaccard,
)
from playbook.measures.plan_overlap import near_copies, priority_owners, tag_matrix


def records(mixes: dict[str, int]) -> pd.DataFrame:
    """So many addresses with this mix of one-letter departments."""
    rows, number = [], 0
    for mix, count in mixes.items():
        for _ in range(count):
            rows += [(f"a{number}", one) for one in mix]
            number += 1
    return pd.DataFrame(rows, columns=["address", "by"])


def strategies(**tags: str) -> pd.DataFrame:
    return pd.DataFrame({"strategy_id": list(tags), "priority_tags": list(tags.values())})


MIXES = records({"C": 40, "F": 30, "CF": 20, "CFW": 15, "W": 3, "FW": 2})


def test_jaccard_by_hand() -> None:
    table = jaccard(MIXES, "address", "by")
    # Code 75, Fire 67, Works 20; together 35, 15, 17.
    assert table.loc["C", "F"] == pytest.approx(35 / (75 + 67 - 35))
    assert table.loc["C", "W"] == pytest.approx(15 / (75 + 20 - 15))
    assert table.loc["F", "W"] == pytest.approx(17 / (67 + 20 - 17))
    assert np.diag(table).tolist() == [1, 1, 1]
    assert table.equals(table.T)


def test_exact_mixes_are_counted_and_small_ones_joined() -> None:
    table = combination_counts(MIXES, "address", "by", fewest=11)
    # W and F + W are 5 together, too few for a row of their own, so the next smallest joins them.
    assert table["mix"].tolist() == ["C", "F", "C + F", OTHER_MIXES]
    assert table["units"].tolist() == [40, 30, 20, 20]
    assert table["groups"].tolist() == [1, 1, 2, 0]
    assert table["share"].sum() == pytest.approx(100)
    everything = combination_counts(MIXES, "address", "by", fewest=1)
    assert everything["units"].tolist() == [40, 30, 20, 15, 3, 2]


def test_who_comes_twice_counts_once() -> None:
    twice = pd.concat([MIXES, MIXES])
    pd.testing.assert_frame_equal(
        combination_counts(twice, "address", "by"), combination_counts(MIXES, "address", "by")
    )


def test_meetings_count_whoever_else_comes() -> None:
    table = common_combinations(MIXES, "address", "by", size=2).set_index("groups")
    assert table["units"].to_dict() == {"C + F": 35, "F + W": 17, "C + W": 15}
    assert table.loc["C + F", "share"] == pytest.approx(100 * 35 / 110)
    assert table.loc["C + F", "low"] < 100 * 35 / 110 < table.loc["C + F", "high"]
    assert common_combinations(MIXES, "address", "by", size=3)["units"].tolist() == [15]


def test_a_meeting_at_ten_addresses_is_not_shown() -> None:
    table = common_combinations(records({"CF": 10, "FW": 11}), "address", "by", size=2)
    assert table["groups"].tolist() == ["F + W"]


@given(
    st.dictionaries(
        st.sampled_from(["C", "F", "W", "CF", "CW", "FW", "CFW"]), st.integers(1, 30), min_size=1
    )
)
def test_no_row_is_small_and_nobody_is_lost(mixes: dict[str, int]) -> None:
    table = combination_counts(records(mixes), "address", "by", fewest=11)
    total = sum(mixes.values())
    assert table["units"].sum() == total
    assert table["units"].min() >= min(11, total)


def test_near_copies_by_hand() -> None:
    plans = strategies(
        S1="jobs,youth,training",
        S2="youth,jobs,training,heat",
        S3="training,jobs,youth,transit",
        S4="heat,transit",
        S5="heat,transit,jobs",
        S6="food",
    )
    matrix = tag_matrix(plans)
    # S1 and S2 share three of three and four: .87. S2 and S3 alone .75, but S1 joins them.
    # S4 and S5 share two of two and three: .82.
    found = near_copies(matrix)
    assert found["members"].tolist() == ["S1, S2, S3"]
    assert found["shared"].tolist() == ["jobs, training, youth"]
    assert near_copies(matrix, threshold=0.8)["members"].tolist() == ["S1, S2, S3", "S4, S5"]
    assert near_copies(matrix, threshold=1).empty
    without = near_copies(matrix.drop(index="S1"))
    assert without.empty


def test_copies_are_found_at_a_threshold_they_reach_exactly() -> None:
    same = tag_matrix(strategies(S1="a,b,c", S2="c,b,a"))
    assert near_copies(same, threshold=1)["strategies"].tolist() == [2]


def test_a_priority_without_a_strategy_has_no_owner() -> None:
    owners = priority_owners(tag_matrix(strategies(S1="jobs", S2="jobs, heat")), ["home", "jobs"])
    assert owners["strategies"].tolist() == [0, 2]


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        (lambda: jaccard(MIXES, "home", "by"), "no column home"),
        (lambda: jaccard(MIXES[:0], "address", "by"), "no records"),
        (lambda: common_combinations(MIXES, "address", "by", size=1), "takes two to meet"),
        (lambda: tag_matrix(pd.concat([strategies(S1="a")] * 2)), "S1 stands in two rows"),
        (lambda: tag_matrix(strategies(S1="a", S2=" , ")), "S2 has no priority"),
        (lambda: tag_matrix(strategies(S1=None)), "S1 has no priority"),
        (lambda: near_copies(tag_matrix(strategies(S1="a")), threshold=0), "not above 0"),
    ],
)
def test_what_can_not_be_compared_is_told(measure: object, words: str) -> None:
    with pytest.raises(PlaybookError, match=words):
        measure()
