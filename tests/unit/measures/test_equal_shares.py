"""Equal shares by hand, what it promises, and that it is fast enough for a lesson."""

import time
from collections import Counter
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.errors import PlaybookError
from playbook.measures.equal_shares import equal_shares


def vote(costs: dict[str, int], *marks: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    projects = pd.DataFrame({"project_id": list(costs), "cost": list(costs.values())})
    return projects, pd.DataFrame({"voter_id": range(len(marks)), "project_ids": list(marks)})


# Ten voters, 100 to spend: each holds 10.
COSTS = {"Benches": 20, "Lamps": 15, "Park": 60, "Pool": 40, "Ramp": 12, "Trees": 18}
MARKS = ["Park,Pool"] * 4 + ["Park,Pool,Lamps"] * 2 + ["Benches,Ramp"] * 2 + ["Trees"] * 2


def test_six_projects_by_hand_when_all_are_worth_the_same() -> None:
    # The lowest prices: the ramp at 6 (two voters), the pool at 6.67 (six), the trees at 9 (two).
    # Then the lamps find 6.67 in two wallets, the benches 8, the park 20. Spent are 70. With a step
    # that breaks the budget at once, the fill takes the benches: as many votes as the lamps, and
    # first from A to Z.
    funded = equal_shares(*vote(COSTS, *MARKS), budget=100, utility="cardinality", step=1000)
    assert funded["project_id"].tolist() == ["Ramp", "Pool", "Trees", "Benches"]
    assert funded["price"].tolist()[:3] == pytest.approx([6, 40 / 6, 9])
    assert funded["paid_from"].tolist() == ["shares"] * 3 + ["left over"]
    # In steps of 1, two voters have 7.50 left for the lamps once each holds 15: 85 are spent, and
    # nothing fits into the 15 left.
    funded = equal_shares(*vote(COSTS, *MARKS), budget=100, utility="cardinality")
    assert funded["project_id"].tolist() == ["Ramp", "Pool", "Lamps", "Trees"]
    assert funded["price"].tolist() == pytest.approx([6, 40 / 6, 7.5, 9])


def test_six_projects_by_hand_when_each_is_worth_its_cost() -> None:
    # Park and pool have six paying voters each: the park is first from A to Z, at 10 each. Then two
    # voters each pay the benches or the ramp, or the trees: the benches, and then the trees.
    funded = equal_shares(*vote(COSTS, *MARKS), budget=100, utility="cost")
    assert funded["project_id"].tolist() == ["Park", "Benches", "Trees"]
    assert funded["price"].tolist() == pytest.approx([10, 10, 9])


def test_who_holds_less_than_the_price_pays_all_they_hold() -> None:
    # Each of four holds 14. Two pay 9 each for A and have 5 left: all of it goes to B at 38, and
    # the other two pay 14.
    table = vote({"A": 18, "B": 38}, "A,B", "A,B", "B", "B")
    funded = equal_shares(*table, budget=56, utility="cardinality").set_index("project_id")
    assert funded["price"].to_dict() == pytest.approx({"A": 9, "B": 14})


def test_a_tenth_of_the_voters_decides_on_a_tenth_of_the_money() -> None:
    large = [f"big{number}" for number in range(10)]
    costs = {**dict.fromkeys(large, 100), "small": 100}
    marks = [",".join(large)] * 90 + ["small"] * 10
    funded = set(equal_shares(*vote(costs, *marks), budget=1000)["project_id"])
    assert "small" in funded
    assert len(funded) == 10


def test_add1_stops_before_the_budget_breaks_and_the_rest_goes_by_votes() -> None:
    # Two voters hold 5 each. Nobody can pay alone at first; with 9 each both could, and 18 of 10
    # would be spent. So the shares fund nothing, and the most wanted that fits is taken.
    funded = equal_shares(*vote({"A": 9, "B": 9}, "A", "B"), budget=10)
    assert funded["project_id"].tolist() == ["A"]
    assert funded["paid_from"].tolist() == ["left over"]
    assert np.isnan(funded["price"].iloc[0])


def test_a_large_step_gives_up_early() -> None:
    table = vote({"A": 6, "B": 8, "C": 3}, "A", "B", "C")
    # With 6 each A and C are paid for; with 104 each everything would be, for 17 of 12.
    fine = equal_shares(*table, budget=12, step=1)
    coarse = equal_shares(*table, budget=12, step=100)
    assert set(fine.loc[fine["paid_from"] == "shares", "project_id"]) == {"A", "C"}
    assert set(coarse.loc[coarse["paid_from"] == "shares", "project_id"]) == {"C"}


def test_a_voter_with_an_empty_ballot_holds_a_share_all_the_same() -> None:
    few = equal_shares(*vote({"A": 8}, "A", "A"), budget=8, step=100)
    assert few["paid_from"].tolist() == ["shares"]
    many = equal_shares(*vote({"A": 8}, "A", "A", "", ""), budget=8, step=100)
    assert many["price"].isna().all() or many["price"].iloc[0] == 4


@pytest.mark.parametrize("step", [0, -1, float("nan")])
def test_a_step_that_never_ends_is_refused(step: float) -> None:
    with pytest.raises(PlaybookError, match="never ends"):
        equal_shares(*vote({"A": 8}, "A"), budget=8, step=step)


elections = st.tuples(
    st.lists(st.integers(1, 12), min_size=1, max_size=6),
    st.lists(st.sets(st.integers(0, 5)), min_size=1, max_size=12),
    st.integers(1, 40),
)


@given(elections, st.sampled_from(["cost", "cardinality"]))
def test_money_is_enough_and_order_of_rows_counts_for_nothing(
    election: tuple[list[int], list[set[int]], int], utility: str
) -> None:
    costs, marks, budget = election
    names = [f"p{place}" for place in range(len(costs))]
    texts = [",".join(names[one] for one in sorted(mark) if one < len(names)) for mark in marks]
    projects, ballots = vote(dict(zip(names, costs, strict=True)), *texts)
    funded = equal_shares(projects, ballots, budget, utility=utility)
    assert funded["cost"].sum() <= budget
    assert funded["project_id"].is_unique
    assert (funded["votes"] > 0).all()
    # Whoever pays for a project, no more than its cost and no less than its cost over its voters.
    paid = funded[funded["paid_from"] == "shares"]
    assert (paid["price"] >= paid["cost"] / paid["votes"] - 1e-9).all()
    assert (paid["price"] <= paid["cost"] + 1e-9).all()
    again = equal_shares(projects[::-1], ballots[::-1], budget, utility=utility)
    pd.testing.assert_frame_equal(funded, again)
    # Nothing that somebody wants still fits.
    left = budget - funded["cost"].sum()
    wanted = {one for mark in marks for one in mark if one < len(names)}
    rest = {names[one] for one in wanted} - set(funded["project_id"])
    assert all(costs[names.index(one)] > left for one in rest)


@given(elections)
def test_exact_fractions_give_the_same(election: tuple[list[int], list[set[int]], int]) -> None:
    costs, marks, budget = election
    marks = [{one for one in mark if one < len(costs)} for mark in marks]
    names = [f"p{place}" for place in range(len(costs))]
    texts = [",".join(names[one] for one in sorted(mark)) for mark in marks]
    funded = equal_shares(
        *vote(dict(zip(names, costs, strict=True)), *texts), budget, utility="cardinality"
    )
    paid = funded.loc[funded["paid_from"] == "shares", "project_id"].tolist()
    assert paid == [names[one] for one in exact_with_add1(costs, marks, budget)]


def exact_with_add1(costs: list[int], marks: list[set[int]], budget: int) -> list[int]:
    wanted = set().union(*marks)
    each, best = Fraction(budget, len(marks)), []
    while True:
        found = exact_shares(costs, marks, each)
        if sum(costs[one] for one in found) > budget:
            return best
        best = found
        left = budget - sum(costs[one] for one in best)
        if not any(costs[one] <= left for one in wanted - set(best)):
            return best
        each += 1


def exact_shares(costs: list[int], marks: list[set[int]], each: Fraction) -> list[int]:
    """The method as its definition says, one voter at a time."""
    money = [each] * len(marks)
    chosen: list[int] = []
    while True:
        offers = []
        for project, cost in enumerate(costs):
            who = [voter for voter, mark in enumerate(marks) if project in mark]
            if project in chosen or not who or sum(money[one] for one in who) < cost:
                continue
            prices = sorted(money[one] for one in who)
            left = Fraction(cost)
            for place, held in enumerate(prices):
                if held >= left / (len(prices) - place):
                    offers.append((left / (len(prices) - place), project, who))
                    break
                left -= held
        if not offers:
            return chosen
        price, project, who = min(offers)
        chosen.append(project)
        for one in who:
            money[one] -= min(money[one], price)


def test_ten_thousand_voters_are_counted_while_a_reader_waits() -> None:
    random = np.random.default_rng(0)
    names = [f"p{number:02}" for number in range(60)]
    wanted = random.random((10_000, 60)) < random.uniform(0.02, 0.2, 60)
    texts = [",".join(names[one] for one in np.flatnonzero(row)) for row in wanted]
    costs = dict(zip(names, (1000 * random.integers(5, 150, 60)).tolist(), strict=True))
    table = vote(costs, *texts)
    start = time.process_time()
    funded = equal_shares(*table, budget=1_000_000, utility="cardinality")
    assert time.process_time() - start < 2
    assert Counter(funded["paid_from"])["shares"] > 10
