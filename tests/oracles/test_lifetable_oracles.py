"""Life tables against a published worked example and the layout of the US small-area tables."""

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from playbook.measures.lifetable import (
    AGE_GROUPS,
    STARTS,
    life_expectancy,
    life_table,
    life_table_from_probabilities,
)

# UK Health Security Agency, worked example of PHEindicatormethods (public-health statistics).
UK_STARTS = (0, 1, *range(5, 95, 5))
UK_PEOPLE = [7060, 35059, 46974, 48489, 43219, 38561, 46009, 57208, 61435, 55601]
UK_PEOPLE += [50209, 56416, 46411, 39820, 37978, 37039, 33288, 23306, 11936, 11936]
UK_DEATHS = [17, 9, 4, 8, 20, 15, 24, 33, 50, 71]
UK_DEATHS += [100, 163, 263, 304, 536, 872, 1390, 1605, 1936, 1937]
UK_YEARS = {0: 80.16960813, 1: 79.36245674, 5: 75.44193645, 90: 6.16210635}
# Published limits, made with 1.96 standard errors to each side.
UK_LIMITS = {0: (79.88268548, 80.45653078), 90: (5.887683386, 6.436529314)}


@pytest.mark.parametrize(("age", "years"), UK_YEARS.items())
def test_life_expectancy_is_the_published_one(age: int, years: float) -> None:
    table = life_table(UK_DEATHS, UK_PEOPLE, UK_STARTS).set_index("start")
    assert table["life_expectancy"][age] == pytest.approx(years, abs=5e-9)


@pytest.mark.parametrize(("age", "limits"), UK_LIMITS.items())
def test_standard_error_is_the_published_one(age: int, limits: tuple[float, float]) -> None:
    low, high = limits
    table = life_table(UK_DEATHS, UK_PEOPLE, UK_STARTS).set_index("start")
    assert table["life_expectancy_se"][age] == pytest.approx((high - low) / 2 / 1.96, abs=5e-9)


def test_the_range_at_birth_is_the_published_one() -> None:
    found = life_expectancy(UK_DEATHS, UK_PEOPLE, UK_STARTS)
    # Ours reaches 1.959964 standard errors.
    assert (found.low, found.high) == pytest.approx(UK_LIMITS[0], abs=1e-5)
    assert str(found) == "80.2 years (79.9 to 80.5)"


# Three tables of our own in the layout of the US small-area tables (National Center for Health
# Statistics, USALEEP, file B): probability of dying, survivors, deaths, person-years, person-years
# above, life expectancy; worked out in exact fractions and rounded as that file rounds.
LONG_LIVES = [
    (0.00215, 100000, 215, 99807, 8584429, 85.8),
    (0.00031, 99785, 31, 399078, 8484622, 85.0),
    (0.00042, 99754, 42, 997331, 8085544, 81.1),
    (0.00248, 99712, 247, 995885, 7088213, 71.1),
    (0.00406, 99465, 404, 992630, 6092328, 61.3),
    (0.00673, 99061, 667, 987277, 5099698, 51.5),
    (0.01492, 98394, 1468, 976604, 4112421, 41.8),
    (0.03337, 96926, 3234, 953091, 3135817, 32.4),
    (0.08125, 93692, 7612, 898857, 2182726, 23.3),
    (0.2314, 86079, 19919, 761200, 1283870, 14.9),
    (1, 66161, 66161, 522669, 522669, 7.9),
]
SHORT_LIVES = [
    (0.01342, 100000, 1342, 98792, 7029906, 70.3),
    (0.00187, 98658, 184, 394263, 6931114, 70.3),
    (0.00133, 98474, 131, 984080, 6536851, 66.4),
    (0.01865, 98343, 1834, 974255, 5552771, 56.5),
    (0.02731, 96508, 2636, 951906, 4578516, 47.4),
    (0.04176, 93873, 3920, 919127, 3626609, 38.6),
    (0.08321, 89953, 7485, 862102, 2707482, 30.1),
    (0.16194, 82468, 13355, 757903, 1845380, 22.4),
    (0.29218, 69113, 20193, 590162, 1087477, 15.7),
    (0.50327, 48919, 24620, 366096, 497315, 10.2),
    (1, 24300, 24300, 131219, 131219, 5.4),
]
NO_DEATHS_IN_TWO_GROUPS = [
    (0, 100000, 0, 100000, 7817183, 78.2),
    (0.00064, 100000, 64, 399872, 7717183, 77.2),
    (0, 99936, 0, 999360, 7317311, 73.2),
    (0.00912, 99936, 911, 994803, 6317951, 63.2),
    (0.01148, 99025, 1137, 984562, 5323148, 53.8),
    (0.01937, 97888, 1896, 969397, 4338586, 44.3),
    (0.04765, 95992, 4574, 937047, 3369189, 35.1),
    (0.09421, 91418, 8612, 871115, 2432142, 26.6),
    (0.18633, 82805, 15429, 750907, 1561028, 18.9),
    (0.37842, 67376, 25496, 546279, 810121, 12.0),
    (1, 41880, 41880, 263842, 263842, 6.3),
]
PRINTED = ["nq(x)", "l(x)", "nd(x)", "nL(x)", "T(x)", "e(x)"]


def deviations(printed: pd.DataFrame) -> pd.Series:
    """Largest distance of a rebuilt table from its printed one, column by column."""
    last = printed["T(x)"].iloc[-1] / printed["l(x)"].iloc[-1]
    rebuilt = life_table_from_probabilities(printed["nq(x)"], last).drop(columns="start")
    off = np.abs(rebuilt.to_numpy() - printed[PRINTED[1:]].to_numpy(dtype=float))
    return pd.Series(off.max(axis=0), index=PRINTED[1:])


def check(printed: pd.DataFrame) -> None:
    off = deviations(printed)
    assert off["l(x)"] <= 1
    assert off["nd(x)"] <= 1
    assert off["e(x)"] <= 0.051
    # Six printed digits of the probabilities leave up to 25 of several million person-years open.
    assert off["nL(x)"] <= 10
    assert off["T(x)"] <= 25
    added_up = printed["nL(x)"][::-1].cumsum()[::-1]
    assert (printed["T(x)"] - added_up).abs().max() <= 5


@pytest.mark.parametrize("rows", [LONG_LIVES, SHORT_LIVES, NO_DEATHS_IN_TWO_GROUPS])
def test_tables_in_the_us_layout_are_rebuilt(rows: list[tuple[float, ...]]) -> None:
    check(pd.DataFrame(rows, columns=PRINTED, index=list(AGE_GROUPS)))


@pytest.mark.parametrize("lived", [0.0, 0.5])
def test_another_share_of_the_first_year_would_be_seen(lived: float) -> None:
    printed = pd.DataFrame(SHORT_LIVES, columns=PRINTED, index=list(AGE_GROUPS))
    printed.loc["Under 1", "nL(x)"] = 98658 + lived * 1342
    with pytest.raises(AssertionError):
        check(printed)


FOLDER = os.environ.get("PLAYBOOK_USALEEP", "")


@pytest.mark.skipif(
    not FOLDER, reason="set PLAYBOOK_USALEEP to a folder with USALEEP's *_B.CSV to check them"
)
def test_every_published_table_is_rebuilt() -> None:
    files = sorted(Path(FOLDER).glob("*_B.CSV"))
    assert files, f"no file that ends in _B.CSV in {FOLDER}"
    for file in files:
        table = pd.read_csv(file, dtype={"Tract ID": str})
        for tract, rows in table.groupby("Tract ID"):
            assert len(rows) == len(STARTS), f"{file.name}, tract {tract}"
            check(rows.set_index("Age Group").loc[list(AGE_GROUPS)])
