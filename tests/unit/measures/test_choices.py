"""Options and weights: scaling, sums, dominance, acceptability, and where the favorite loses."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from playbook.errors import PlaybookError
from playbook.measures.acceptability import central_weights, rank_acceptability
from playbook.measures.choices import dominated, losing_weights, scale_scores, weighted_scores
from playbook.measures.indicator_screen import screen_indicators

SCORES = pd.DataFrame(
    {"lives": [8, 6, 4], "speed": [5, 3, 9], "cost": [2, 2, 7]}, index=["rule", "trees", "alerts"]
)
ODD = [
    SCORES.head(1),
    SCORES.astype(float).mask(SCORES == 3),
]


def tables() -> st.SearchStrategy[pd.DataFrame]:
    shape = st.tuples(st.integers(2, 5), st.integers(2, 4))
    return arrays(np.int64, shape, elements=st.integers(1, 9)).map(pd.DataFrame)


@given(tables())
def test_scaled_points_run_from_0_to_1_and_keep_the_order(scores: pd.DataFrame) -> None:
    scaled = scale_scores(scores)
    for name in scores.columns:
        if scores[name].nunique() > 1:
            assert (scaled[name].min(), scaled[name].max()) == (0, 1)
            assert (scaled[name].rank() == scores[name].rank()).all()
        else:
            assert (scaled[name] == 0).all()
    assert scale_scores(scores * 7 + 3).to_numpy() == pytest.approx(scaled.to_numpy())


def test_weighted_scores_by_hand() -> None:
    found = weighted_scores(SCORES, pd.Series({"cost": 25, "lives": 50, "speed": 25}))
    assert found.index[0] == "rule"
    assert found.to_dict() == pytest.approx({"rule": 0.5 + 0.25 / 3, "alerts": 0.5, "trees": 0.25})


@given(tables())
def test_who_is_beaten_never_comes_first_alone(scores: pd.DataFrame) -> None:
    losers = set(dominated(scores)["option"])
    shares = rank_acceptability(scores, draws=300)
    weights = np.random.default_rng(1).dirichlet(np.ones(scores.shape[1]), 200)
    totals = weights @ scale_scores(scores).to_numpy().T
    for option in losers:
        assert (totals[:, option] <= totals.max(axis=1) + 1e-12).all()
        better = dominated(scores).query("option == @option")["dominated_by"]
        for winner in better:
            assert (totals[:, winner] >= totals[:, option] - 1e-12).all()
    assert shares.to_numpy().sum(axis=0) == pytest.approx([100] * len(scores))
    assert shares.to_numpy().sum(axis=1) == pytest.approx([100] * len(scores))


def test_equal_options_do_not_beat_each_other() -> None:
    twins = pd.DataFrame({"a": [3, 3, 1], "b": [2, 2, 2]}, index=list("XYZ"))
    assert dominated(twins).to_numpy().tolist() == [["Z", "X"], ["Z", "Y"]]


def test_with_two_criteria_acceptability_is_a_length() -> None:
    """X beats Y when its weight on the first criterion is above one half."""
    scores = pd.DataFrame({"a": [1.0, 0.0], "b": [0.0, 1.0]}, index=["X", "Y"])
    assert rank_acceptability(scores, 20_000)[1].tolist() == pytest.approx([50, 50], abs=1.5)
    center = central_weights(scores, 20_000)
    assert center.loc["X"].tolist() == pytest.approx([75, 25], abs=1)
    skewed = pd.DataFrame({"a": [1.0, 0.5, 0.0], "b": [0.0, 0.9, 1.0]}, index=["X", "M", "Y"])
    # M is first while 0.5 w + 0.9 (1 - w) exceeds w and 1 - w: w from 1/6 to 9/14.
    assert rank_acceptability(skewed, 20_000).loc["M", 1] == pytest.approx(
        100 * (9 / 14 - 1 / 6), abs=1.5
    )


def test_the_same_seed_gives_the_same_shares() -> None:
    pd.testing.assert_frame_equal(rank_acceptability(SCORES), rank_acceptability(SCORES))
    assert not rank_acceptability(SCORES).equals(rank_acceptability(SCORES, seed=1))


def test_never_first_has_no_central_weights() -> None:
    assert central_weights(SCORES).loc["trees"].isna().all()
    assert central_weights(SCORES).loc["rule"].sum() == pytest.approx(100)


def test_at_the_losing_weight_favorite_and_next_are_level() -> None:
    swings = pd.Series({"lives": 60.0, "speed": 20.0, "cost": 20.0})
    table = losing_weights(SCORES, swings).set_index("criterion")
    assert table["weight"].tolist() == [60, 20, 20]
    for criterion, row in table.iterrows():
        others = swings.drop(criterion)
        at = pd.concat([others * (100 - row["loses_at"]) / others.sum()])
        at[criterion] = row["loses_at"]
        totals = weighted_scores(SCORES, at)
        assert totals["rule"] == pytest.approx(totals[row["to"]]), criterion
        assert totals["rule"] == pytest.approx(totals.max())


@pytest.mark.parametrize(("now", "loses_at", "to"), [(45, 40, "low"), (55, 60, "high")])
def test_of_two_ways_to_lose_the_nearer_one_is_told(now: int, loses_at: int, to: str) -> None:
    scores = pd.DataFrame({"x": [6, 10, 0], "y": [6, 0, 10]}, index=["middle", "high", "low"])
    first = losing_weights(scores, pd.Series({"x": now, "y": 100 - now})).iloc[0]
    assert first["loses_at"] == pytest.approx(loses_at)
    assert first["to"] == to


def test_a_favorite_that_is_best_at_everything_never_loses() -> None:
    scores = pd.DataFrame({"a": [9, 1], "b": [9, 1]}, index=["best", "rest"])
    table = losing_weights(scores, pd.Series({"a": 1, "b": 1}))
    assert table["loses_at"].isna().all()
    assert table["to"].tolist() == ["", ""]


def test_all_weight_on_one_criterion_still_has_an_answer() -> None:
    table = losing_weights(SCORES, pd.Series({"lives": 1, "speed": 0, "cost": 0}))
    assert len(table) == 3


@pytest.mark.parametrize("scores", ODD, ids=["one option", "missing points"])
@pytest.mark.parametrize("compute", [scale_scores, dominated, rank_acceptability, central_weights])
def test_points_must_be_complete(compute: object, scores: pd.DataFrame) -> None:
    with pytest.raises(PlaybookError):
        compute(scores)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("swings", "words"),
    [
        ({"lives": 1, "speed": 1}, "criterion cost has no weight"),
        ({"lives": 1, "speed": -1, "cost": 1}, "0 or more"),
        ({"lives": 0, "speed": 0, "cost": 0}, "at least one is above 0"),
        ({"lives": np.nan, "speed": 1, "cost": 1}, "0 or more"),
    ],
)
def test_weights_must_make_sense(swings: dict[str, float], words: str) -> None:
    with pytest.raises(PlaybookError, match=words):
        weighted_scores(SCORES, pd.Series(swings))


def test_few_weightings_are_too_few() -> None:
    with pytest.raises(PlaybookError, match="100 weightings"):
        rank_acceptability(SCORES, draws=100)


def test_a_screen_sorts_indicators_and_keeps_what_it_was_given() -> None:
    ratings = pd.DataFrame(
        {"communication": [3, 3, 3, 1], "proxy": [3, 3, 2, 3], "data": [3, 2, 3, 3]},
        index=["all high", "no data yet", "weak proxy", "jargon"],
    )
    found = screen_indicators(ratings)
    assert found["use"].to_dict() == {
        "all high": "headline",
        "no data yet": "data agenda",
        "weak proxy": "secondary",
        "jargon": "secondary",
    }
    assert found["points"].tolist() == [9, 8, 8, 7]
    assert ratings.columns.tolist() == ["communication", "proxy", "data"]


def test_a_screen_refuses_other_answers() -> None:
    ratings = pd.DataFrame({"communication": [3], "proxy": [4], "data": [1]})
    with pytest.raises(PlaybookError, match="1, 2 or 3"):
        screen_indicators(ratings)
    with pytest.raises(PlaybookError, match="column proxy"):
        screen_indicators(ratings.drop(columns="proxy"))
