"""Networks small enough to count by hand, and tables that hold no network."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.errors import PlaybookError
from playbook.measures.networks import (
    bridges,
    degree_centralization,
    fragmentation,
    network_density,
    shares_of_paths,
    without_each,
)
from playbook.measures.partner_scores import TRUST, VALUE, partner_scores


def ties(*pairs: str) -> pd.DataFrame:
    return pd.DataFrame([tuple(pair) for pair in pairs], columns=["from_org", "to_org"])


# Two triangles that only X joins: A-B-C, D-E-F, and X tied to A and to D.
BOW = ties("AB", "BC", "CA", "DE", "EF", "FD", "XA", "XD")


def test_two_triangles_that_one_joins() -> None:
    assert network_density(BOW) == pytest.approx(8 / 21)
    # Three times three pairs cross X, of 15 among the six others. A lies on the way from B and C
    # to X and the other three: 2 x 4 of 15.
    shares = shares_of_paths(BOW).set_index("org_id")["share_of_paths"]
    assert shares["X"] == pytest.approx(100 * 9 / 15)
    assert shares["A"] == shares["D"] == pytest.approx(100 * 8 / 15)
    assert shares[["B", "C", "E", "F"]].tolist() == [0, 0, 0, 0]
    # Degrees 3, 3, 2 x 5: distances from 3 add up to 5, of at most 6 x 5.
    assert degree_centralization(BOW) == pytest.approx(5 / 30)
    assert bridges(BOW).to_numpy().tolist() == [["A", "X"], ["D", "X"]]


def test_what_breaks_when_one_leaves() -> None:
    left = without_each(BOW).set_index("org_id")
    assert left.loc["X"].to_dict() == {
        "parts": 2,
        "sizes": "3 + 3",
        "pairs_cut": pytest.approx(100 * 9 / 15),
    }
    # Without A there are two (B, C) and four (X, D, E, F).
    assert left.loc["A", "sizes"] == "4 + 2"
    assert left.loc["A", "pairs_cut"] == pytest.approx(100 * 8 / 15)
    assert left.loc["B", "parts"] == 1
    assert left.loc["B", "pairs_cut"] == 0
    assert left.index[0] == "X", "worst first"


def test_parts_of_22_4_and_3_cut_40_point_9_percent() -> None:
    rows = [("hub", f"n{one}") for one in range(29)]
    rows += [(f"n{one}", f"n{one + 1}") for one in range(28) if one not in (21, 25)]
    left = without_each(pd.DataFrame(rows, columns=["from_org", "to_org"]), leaving=["hub"])
    assert left["sizes"].tolist() == ["22 + 4 + 3"]
    # 22 x 4 + 22 x 3 + 4 x 3 = 166 of 406 pairs.
    assert left["pairs_cut"].iloc[0] == pytest.approx(100 * 166 / 406)


def test_who_has_no_tie_counts_and_repeats_do_not() -> None:
    twice = pd.concat([ties("AB"), ties("BA")])
    assert network_density(twice) == 1
    assert network_density(ties("AB"), "ABCD") == pytest.approx(1 / 6)
    assert fragmentation(ties("AB"), "ABCD") == pytest.approx(5 / 6)
    assert fragmentation(ties(), "ABCD") == 1
    assert shares_of_paths(ties("AB", "BC"), "ABCD")["org_id"].tolist() == ["B", "A", "C", "D"]


def test_nothing_is_changed_in_the_table() -> None:
    before = BOW.copy()
    without_each(BOW)
    pd.testing.assert_frame_equal(BOW, before)


@pytest.mark.parametrize(
    ("table", "nodes", "words"),
    [
        (ties("AB").rename(columns={"to_org": "to"}), None, "no column to_org"),
        (ties("AA", "AB"), None, '"A" is tied to itself'),
        (ties("AB"), ["A", "C"], '"B" has a tie and is not among'),
        (pd.DataFrame({"from_org": ["A"], "to_org": [None]}), None, "one end only"),
        (ties(), None, "too small"),
    ],
)
def test_what_is_no_network_is_told(
    table: pd.DataFrame, nodes: list[str] | None, words: str
) -> None:
    for measure in (network_density, fragmentation, shares_of_paths, without_each, bridges):
        with pytest.raises(PlaybookError, match=words):
            measure(table, nodes)


def test_who_is_not_there_can_not_leave() -> None:
    with pytest.raises(PlaybookError, match='"Z" is not in the network'):
        without_each(BOW, leaving=["Z"])


@given(st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)), min_size=1, max_size=20))
def test_shares_lie_between_0_and_100_and_names_mean_nothing(pairs: set[tuple[int, int]]) -> None:
    rows = sorted((one, other) for one, other in pairs if one < other)
    table = pd.DataFrame(
        [(f"n{one}", f"n{other}") for one, other in rows], columns=["from_org", "to_org"]
    )
    nodes = [f"n{one}" for one in range(8)]
    for measure in (network_density, fragmentation, degree_centralization):
        assert 0 <= measure(table, nodes) <= 1
    shares = shares_of_paths(table, nodes)
    assert shares["share_of_paths"].between(0, 100 + 1e-9).all()
    turned = table.rename(columns={"from_org": "to_org", "to_org": "from_org"})
    pd.testing.assert_frame_equal(shares, shares_of_paths(turned, nodes))
    # Taking one away never joins others.
    left = without_each(table, nodes).set_index("org_id")
    alone = {one for one in nodes if one not in set(table.to_numpy().ravel())}
    whole = fragmentation(table, nodes)
    for one in alone:
        assert left.loc[one, "pairs_cut"] <= 100 * whole + 1e-9


def sheets(to: str, *scores: int) -> pd.DataFrame:
    table = pd.DataFrame({"to_org": [to] * len(scores)})
    for name in (*VALUE, *TRUST):
        table[name] = scores
    return table


def test_scores_are_averages_of_sheets_with_student_s_range() -> None:
    found = partner_scores(sheets("A", 2, 3, 3, 4)).iloc[0]
    assert (found["sheets"], found["value"], found["trust"]) == (4, 3.0, 3.0)
    # Spread .8165 over the root of 4, times 3.1824.
    assert found["trust_high"] - found["trust"] == pytest.approx(min(3.1824 * 0.40825, 1), abs=1e-4)
    assert found["trust_low"] == pytest.approx(3 - 3.1824 * 0.40825, abs=1e-4)


def test_value_and_trust_take_their_own_columns() -> None:
    table = sheets("A", 1, 1, 1)
    table[list(TRUST)] = 4
    found = partner_scores(table).iloc[0]
    assert (found["value"], found["trust"]) == (1, 4)


def test_two_sheets_show_no_average() -> None:
    found = partner_scores(pd.concat([sheets("A", 4, 4), sheets("B", 2, 2, 2)])).set_index("org_id")
    assert found.loc["A", ["value", "trust", "trust_low", "trust_high"]].isna().all()
    assert found.loc["B", "trust"] == 2


@pytest.mark.parametrize("score", [0, 5, None])
def test_a_score_outside_the_scale_is_told(score: int | None) -> None:
    table = sheets("A", 2, 3, 4).astype(object)
    table.loc[1, "trust_mission"] = score
    with pytest.raises(PlaybookError, match="not between 1 and 4"):
        partner_scores(table.astype(dict.fromkeys((*VALUE, *TRUST), float)))
    with pytest.raises(PlaybookError, match="no column trust_mission"):
        partner_scores(sheets("A", 2).drop(columns="trust_mission"))
