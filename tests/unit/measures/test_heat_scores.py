"""Heat index and tree score: by hand, and refusals."""

import inspect

import numpy as np
import pandas as pd
import pytest

from playbook.errors import PlaybookError
from playbook.measures import heat_scores
from playbook.measures.heat_scores import canopy_goal, heat_vulnerability, tree_equity_score

PLACES = list("ABCDEFGHIJ")
HEAT = pd.Series(np.linspace(38, 30, 10), PLACES)
CANOPY = pd.Series(np.linspace(8, 44, 10), PLACES)
COOLED = pd.Series(np.linspace(40, 95, 10), PLACES)
INCOME = pd.Series(np.linspace(25_000, 120_000, 10), PLACES)


def test_the_hottest_place_with_the_least_of_all_else_comes_first() -> None:
    table = heat_vulnerability(HEAT, CANOPY, COOLED, INCOME)
    assert table["fifth"].tolist() == [5, 5, 4, 4, 3, 3, 2, 2, 1, 1]
    assert table["score"].sum() == pytest.approx(0)


@pytest.mark.parametrize("turned", range(4))
def test_each_factor_counts_in_its_own_direction(turned: int) -> None:
    flat = [pd.Series(1.0, PLACES)] * 4
    factors = [HEAT, CANOPY, COOLED, INCOME]
    flat[turned] = factors[turned]
    assert heat_vulnerability(*flat)["fifth"]["A"] == 5
    flat[turned] = factors[turned][::-1].set_axis(PLACES)
    assert heat_vulnerability(*flat)["fifth"]["A"] == 1


def test_factors_weigh_alike_whatever_their_unit() -> None:
    celsius = heat_vulnerability(HEAT, CANOPY, COOLED, INCOME)
    fahrenheit = heat_vulnerability(HEAT * 1.8 + 32, CANOPY, COOLED, INCOME / 1_000)
    assert fahrenheit["score"].to_numpy() == pytest.approx(celsius["score"].to_numpy())


def test_race_is_no_input() -> None:
    names = set(inspect.signature(heat_vulnerability).parameters)
    assert names == {"surface_temperature", "canopy", "air_conditioning", "income"}
    assert heat_scores.__doc__ is not None
    assert "Race is no input" in heat_scores.__doc__


def test_goals_step_down_where_people_live_densely() -> None:
    density = pd.Series([0, 1_999.9, 2_000, 3_999, 4_000, 7_999, 8_000, 30_000])
    assert canopy_goal(density).tolist() == [48, 48, 40, 40, 32, 32, 20, 20]
    assert canopy_goal(density, "desert").tolist()[:3] == pytest.approx([18, 18, 15])


def test_tree_score_by_hand() -> None:
    need = pd.DataFrame({"heat": [3.0, 1, 2], "poverty": [10.0, 30, 20]}, index=list("XYZ"))
    canopy = pd.Series([20.0, 50, 30], list("XYZ"))
    table = tree_equity_score(canopy, pd.Series(40.0, list("XYZ")), need)
    assert table["gap"].tolist() == [20, 0, 10]
    assert table["priority"].tolist() == [0.5, 0.5, 0.5]
    assert table["score"].tolist() == [50, 100, 75]


def test_where_no_tree_is_missing_everyone_has_100() -> None:
    need = pd.DataFrame({"heat": [3.0, 1]}, index=list("XY"))
    table = tree_equity_score(pd.Series([50.0, 60], list("XY")), pd.Series(40.0, list("XY")), need)
    assert table["score"].tolist() == [100, 100]


@pytest.mark.parametrize(
    ("compute", "words"),
    [
        (lambda: heat_vulnerability(HEAT, CANOPY[::-1], COOLED, INCOME), "another order"),
        (lambda: heat_vulnerability(HEAT[:4], CANOPY[:4], COOLED[:4], INCOME[:4]), "4 places"),
        (lambda: heat_vulnerability(HEAT.mask(HEAT > 37), CANOPY, COOLED, INCOME), "a factor"),
        (lambda: canopy_goal(pd.Series([100.0]), "tundra"), 'biome "tundra"'),
        (lambda: canopy_goal(pd.Series([-1.0])), "below 0"),
        (lambda: tree_equity_score(CANOPY, CANOPY[::-1], pd.DataFrame({"a": HEAT})), "different"),
    ],
)
def test_scores_refuse_in_plain_words(compute: object, words: str) -> None:
    with pytest.raises(PlaybookError, match=words):
        compute()  # type: ignore[operator]
