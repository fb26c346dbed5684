"""The cheapest road map against another exact method: each criterion needs at most one other one,
so the worksheet is a forest, and the best way can be put together from its branches.
"""

import numpy as np
import pandas as pd
import pytest

from playbook.measures.readiness import EFFORT, LEVELS, cheapest_first, road_map
from playbook.simulate.certification import certification_worksheet

SHEET = certification_worksheet()
NOTHING = 10**6


def together(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Cost of so many criteria from two branches."""
    best = np.full(len(one) + len(other) - 1, NOTHING)
    for taken, cost in enumerate(one):
        np.minimum(
            best[taken : taken + len(other)], cost + other, out=best[taken : taken + len(other)]
        )
    return best


def least_effort(sheet: pd.DataFrame) -> np.ndarray:
    """Least effort for each number of criteria met."""

    def branch(code: str) -> np.ndarray:
        row = sheet.loc[sheet["criterion"] == code].iloc[0]
        with_it = np.array([0])
        for child in sheet.loc[sheet["needs"] == code, "criterion"]:
            with_it = together(with_it, branch(child))
        cost = 0 if row["evidenced"] == "yes" else EFFORT[row["effort"]]
        without = 0 if row["evidenced"] != "yes" else NOTHING
        return np.r_[without, with_it + cost]

    best = np.array([0])
    for root in sheet.loc[sheet["needs"].isna(), "criterion"]:
        best = together(best, branch(root))
    return best


def test_every_target_of_the_worksheet() -> None:
    expected = least_effort(SHEET)
    for points in range(20, 44):
        assert road_map(SHEET, points)["points_of_effort"].sum() == expected[points], points


def test_other_efforts_too() -> None:
    random = np.random.default_rng(11)
    for _ in range(20):
        sheet = SHEET.assign(effort=random.choice(list("SML"), len(SHEET)))
        expected = least_effort(sheet)
        for points in LEVELS.values():
            best = road_map(sheet, points)["points_of_effort"].sum()
            assert best == expected[points]
            assert cheapest_first(sheet, points)["points_of_effort"].sum() >= best


def test_cheapest_first_is_right_for_silver_and_wrong_for_gold() -> None:
    best, simple = (
        [way(SHEET, LEVELS[level])["points_of_effort"].sum() for level in ("Silver", "Gold")]
        for way in (road_map, cheapest_first)
    )
    assert best[0] == simple[0]
    assert best[1] < simple[1]
    assert best == pytest.approx([3, 22])
