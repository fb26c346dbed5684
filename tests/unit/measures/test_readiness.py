"""The way to a level: exact, in an order that works, and not always the cheapest first."""

import itertools

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.errors import PlaybookError
from playbook.measures.readiness import (
    EFFORT,
    LEVELS,
    cheapest_first,
    criteria_met,
    level_of,
    road_map,
)


def sheet(rows):
    """Build a worksheet from (criterion, status, effort, needs)."""
    return pd.DataFrame(rows, columns=["criterion", "evidenced", "effort", "needs"])


# B is costly and opens three small ones; D, E, F and G stand alone.
TRAP = sheet(
    [
        ("A", "yes", "S", None),
        ("B", "no", "L", "A"),
        ("C1", "no", "S", "B"),
        ("C2", "no", "S", "B"),
        ("C3", "partial", "S", "C1"),
        ("D", "no", "M", None),
        ("E", "no", "M", None),
        ("F", "no", "M", None),
        ("G", "no", "L", None),
    ]
)


def test_cheapest_first_is_not_the_best_way_when_a_costly_one_opens_others():
    best, simple = road_map(TRAP, 5), cheapest_first(TRAP, 5)
    assert best["criterion"].tolist() == ["B", "C1", "C2", "C3"]
    assert best["total"].iloc[-1] == 8 + 3
    assert simple["total"].iloc[-1] == 3 + 3 + 3 + 8


def test_for_few_points_cheapest_first_is_as_good():
    for points in (2, 3, 4):
        assert road_map(TRAP, points)["total"].iloc[-1] == 3 * (points - 1)
        assert cheapest_first(TRAP, points)["total"].iloc[-1] == 3 * (points - 1)


def test_nothing_is_left_to_do_when_the_points_are_there():
    for way in (road_map, cheapest_first):
        table = way(TRAP, 1)
        assert table.empty
        assert table.columns.tolist() == ["criterion", "effort", "points_of_effort", "total"]


def test_among_equals_the_first_in_the_sheet_is_taken():
    assert road_map(TRAP, 3)["criterion"].tolist() == ["D", "E"]
    assert road_map(TRAP.iloc[::-1], 3)["criterion"].tolist() == ["F", "E"]


def needs_of(table):
    return {row.criterion: None if pd.isna(row.needs) else row.needs for row in table.itertuples()}


def cost_of_best(table, points):
    """Try every set of criteria."""
    met = set(table.loc[table["evidenced"] == "yes", "criterion"])
    needs = needs_of(table)
    cost = {row.criterion: EFFORT[row.effort] for row in table.itertuples()}
    left = [code for code in table["criterion"] if code not in met]
    best = None
    for size in range(max(points - len(met), 0), len(left) + 1):
        for chosen in itertools.combinations(left, size):
            have = met | set(chosen)
            if all(needs[code] is None or needs[code] in have for code in chosen):
                total = sum(cost[code] for code in chosen)
                best = total if best is None else min(best, total)
    return best


@st.composite
def worksheets(draw):
    size = draw(st.integers(2, 9))
    rows = []
    for place in range(size):
        need = draw(st.one_of(st.none(), st.integers(0, place - 1))) if place else None
        status = draw(st.sampled_from(["yes", "no", "partial"]))
        if need is not None and rows[need][1] != "yes" and status == "yes":
            status = "no"
        rows.append((f"X{place}", status, draw(st.sampled_from("SML")),
                     None if need is None else f"X{need}"))  # fmt: skip
    order = draw(st.permutations(rows))
    return sheet(order), draw(st.integers(1, size))


@settings(max_examples=80, deadline=None)
@given(worksheets())
def test_no_set_of_criteria_takes_less_and_each_comes_after_what_it_needs(case):
    table, points = case
    best, simple = road_map(table, points), cheapest_first(table, points)
    assert best["points_of_effort"].sum() == cost_of_best(table, points)
    assert simple["points_of_effort"].sum() >= best["points_of_effort"].sum()
    needs = needs_of(table)
    for way in (best, simple):
        have = list(table.loc[table["evidenced"] == "yes", "criterion"])
        for code in way["criterion"]:
            assert needs[code] is None or needs[code] in have
            assert code not in have
            have.append(code)
        assert len(have) >= points


def test_the_count_and_its_upper_end():
    met = criteria_met(TRAP)
    assert (met.value, met.low, met.high) == (1, 1, 2)
    assert str(met) == "1 of 9 criteria (1 to 2)"


@pytest.mark.parametrize(("share", "level"), [(51, "Silver"), (68, "Gold"), (85, "Platinum")])
def test_levels_are_the_least_whole_number_of_43_with_that_share(share, level):
    assert LEVELS[level] / 43 >= share / 100 > (LEVELS[level] - 1) / 43
    assert level_of(LEVELS[level]) == level
    assert level_of(LEVELS[level] - 1) != level


@pytest.mark.parametrize(
    ("table", "points", "words"),
    [
        (TRAP.drop(columns="needs"), 3, "needs"),
        (TRAP.replace("no", "maybe"), 3, "'maybe'"),
        (TRAP.replace("no", None), 3, "yes, partial or no"),
        (TRAP.replace("L", "XL"), 3, "'XL'"),
        (TRAP, 10, "9 criteria, fewer than 10"),
        (TRAP.assign(needs=["Z", *[None] * 8]), 3, "'Z', which is not in the worksheet"),
        (TRAP.assign(needs=[None, "C1", "C3", "B", "B", *[None] * 4]), 3, "leads back in a circle"),
        (TRAP.assign(needs=["B", *[None] * 8]), 3, "A is met, but not B"),
        (TRAP[:0], 0, "empty"),
    ],
)
def test_a_sheet_that_does_not_add_up_is_refused(table, points, words):
    for way in (road_map, cheapest_first):
        with pytest.raises(PlaybookError, match=words):
            way(table, points)
