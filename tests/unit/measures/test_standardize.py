"""Age-adjusted rates: against hand calculation and simulation, and what is refused."""

import math
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from playbook.errors import PlaybookError
from playbook.measures.rates import rate
from playbook.measures.standardize import INTERVALS, STANDARDS, Interval, age_adjusted_rate

AGES = ["0-24", "25-64", "65-84", "85 and older"]
SHARES = pd.Series([35.0, 52.0, 11.0, 2.0], AGES)


def town(deaths: list[float], population: list[float]) -> pd.DataFrame:
    return pd.DataFrame({"age_group": AGES, "deaths": deaths, "population": population})


@pytest.fixture
def table() -> pd.DataFrame:
    return town([2, 20, 60, 38], [6_000, 9_000, 2_000, 300])


@st.composite
def towns(draw: st.DrawFn) -> pd.DataFrame:
    deaths = draw(st.lists(st.integers(0, 300), min_size=4, max_size=4))
    population = draw(st.lists(st.integers(50, 90_000), min_size=4, max_size=4))
    return town([10 + deaths[0], *deaths[1:]], population)


def test_by_hand(table: pd.DataFrame) -> None:
    found = age_adjusted_rate(table, SHARES)
    by_hand = 0.35 * 2 / 6_000 + 0.52 * 20 / 9_000 + 0.11 * 60 / 2_000 + 0.02 * 38 / 300
    assert found.value == pytest.approx(100_000 * by_hand)
    assert (found.unit, found.measure, found.note) == ("per 100,000", "age-adjusted rate", "")


def test_the_us_standard_is_the_usual_one() -> None:
    ages = list(STANDARDS["us2000"])
    rows = pd.DataFrame({"age_group": ages, "deaths": 0, "population": 1_000})
    rows.loc[rows["age_group"] == "85 and older", "deaths"] = 100
    # One in ten of the oldest, who are 15,508 of a million.
    assert age_adjusted_rate(rows).value == pytest.approx(100_000 * 0.1 * 0.015508)


@given(towns(), st.sampled_from(INTERVALS))
def test_the_range_holds_the_rate(rows: pd.DataFrame, interval: Interval) -> None:
    found = age_adjusted_rate(rows, SHARES, interval)
    assert 0 <= found.low <= found.value <= found.high


@given(towns())
def test_fay_and_feuer_reach_furthest_up(rows: pd.DataFrame) -> None:
    wide, narrow = (age_adjusted_rate(rows, SHARES, name) for name in ("fay-feuer", "tiwari"))
    assert wide.low == narrow.low
    assert wide.high >= narrow.high


@given(towns())
def test_with_the_ages_of_the_standard_it_is_the_crude_rate(rows: pd.DataFrame) -> None:
    own = pd.Series(rows["population"].to_numpy(dtype=float), AGES)
    crude = rate(rows["deaths"].sum(), rows["population"].sum())
    found = age_adjusted_rate(rows, own)
    assert found.value == pytest.approx(crude.value)
    # All weights are the same then, and the gamma interval is the exact Poisson one.
    low, high = stats.chi2.ppf([0.025, 0.975], 2 * rows["deaths"].sum() + np.array([0, 2])) / 2
    scale = 100_000 / rows["population"].sum()
    assert (found.low, found.high) == pytest.approx((scale * low, scale * high))


@given(towns(), st.permutations(range(4)), st.floats(0.001, 1e6))
def test_order_of_rows_and_size_of_the_standard_do_not_matter(
    rows: pd.DataFrame, order: list[int], scale: float
) -> None:
    one, other = (
        age_adjusted_rate(rows, SHARES),
        age_adjusted_rate(rows.iloc[order], scale * SHARES),
    )
    assert (one.value, one.low, one.high) == pytest.approx((other.value, other.low, other.high))


def test_an_older_town_can_have_more_deaths_and_still_be_healthier() -> None:
    old = town([0, 8, 120, 300], [1_000, 4_000, 6_000, 3_000])
    young = town([3, 20, 48, 39], [8_000, 5_000, 1_200, 260])
    crude = [rate(rows["deaths"].sum(), rows["population"].sum()).value for rows in (old, young)]
    adjusted = [age_adjusted_rate(rows, SHARES).value for rows in (old, young)]
    assert crude[0] > 3 * crude[1]
    assert adjusted[0] < adjusted[1]


def test_other_names_and_another_base(table: pd.DataFrame) -> None:
    renamed = table.rename(columns={"age_group": "age", "deaths": "visits", "population": "n"})
    before = renamed.copy()
    found = age_adjusted_rate(
        renamed, SHARES.to_dict(), per=1_000, ages="age", events="visits", population="n"
    )
    assert found.value == pytest.approx(age_adjusted_rate(table, SHARES).value / 100)
    assert found.unit == "per 1,000"
    pd.testing.assert_frame_equal(renamed, before)


def test_too_few_events_are_no_rate() -> None:
    few = age_adjusted_rate(town([0, 1, 5, 3], [6_000, 9_000, 2_000, 300]), SHARES)
    assert math.isnan(few.value)
    assert few.note == "too few to tell: 9 events, at least 10 are needed"
    assert str(few) == "too few to tell"
    assert age_adjusted_rate(town([0, 1, 5, 4], [6_000, 9_000, 2_000, 300]), SHARES).known


def test_an_age_group_without_residents_is_no_rate() -> None:
    found = age_adjusted_rate(town([2, 20, 60, 0], [6_000, 9_000, 2_000, 0]), SHARES)
    assert not found.known
    assert found.note == "too few to tell: nobody lives here in the age group 85 and older"


def changed(column: str, row: int, value: object) -> Callable[[pd.DataFrame], pd.DataFrame]:
    def change(table: pd.DataFrame) -> pd.DataFrame:
        table = table.astype({column: object})
        table.loc[row, column] = value
        return table

    return change


@pytest.mark.parametrize(
    ("change", "seen"),
    [
        (lambda table: table.drop(columns="deaths"), "called deaths"),
        (lambda table: table.head(3), '"85 and older" is missing'),
        (lambda table: pd.concat([table, table.head(1)]), '"0-24" is there twice'),
        (changed("age_group", 1, "25 to 64"), '"25-64" is missing'),
        (lambda table: pd.concat([table, table.tail(1).replace(AGES[3], "All")]), '"All" is not'),
        (changed("deaths", 2, -4), "-4"),
        (changed("deaths", 2, 3.5), "whole number from 0 up; I found 3.5"),
        (changed("deaths", 2, math.nan), "nan"),
        (changed("deaths", 2, "fewer than 11"), "fewer than 11"),
        (changed("population", 0, -6_000), "-6000"),
        (changed("population", 0, math.inf), "inf"),
        (changed("population", 1, 0), "20 events but no residents"),
    ],
)
def test_refusals_name_what_was_seen(
    table: pd.DataFrame, change: Callable[[pd.DataFrame], pd.DataFrame], seen: str
) -> None:
    with pytest.raises(PlaybookError, match=seen) as caught:
        age_adjusted_rate(change(table), SHARES)
    assert caught.value.fix


def test_refusals_say_where(table: pd.DataFrame) -> None:
    with pytest.raises(PlaybookError) as caught:
        age_adjusted_rate(changed("deaths", 2, -4)(table), SHARES)
    assert caught.value.where == 'column deaths, age group "65-84"'


@pytest.mark.parametrize(
    ("options", "seen"),
    [
        ({"standard": "world"}, '"world"'),
        ({"standard": {}}, "nothing"),
        ({"standard": SHARES.replace(2.0, 0.0)}, "0 for 85 and older"),
        ({"standard": SHARES.replace(2.0, math.nan)}, "nan for 85 and older"),
        ({"standard": pd.concat([SHARES, SHARES.tail(1)])}, "2 for 85 and older"),
        ({"interval": "wald"}, '"wald"'),
        ({"per": 0}, "0"),
    ],
)
def test_unknown_standards_and_intervals(
    table: pd.DataFrame, options: dict[str, object], seen: str
) -> None:
    with pytest.raises(PlaybookError, match=seen):
        age_adjusted_rate(table, **({"standard": SHARES} | options))


@pytest.mark.gate
def test_nineteen_of_twenty_ranges_hold_the_true_rate() -> None:
    rng = np.random.default_rng(2000)
    population = np.array([6_000, 9_000, 2_000, 300])
    risk = np.array([0.0004, 0.002, 0.02, 0.1])
    truth = 100_000 * float(SHARES.to_numpy() / SHARES.sum() @ risk)
    held = dict.fromkeys(INTERVALS, 0)
    draws = 1000
    for _ in range(draws):
        rows = town(list(rng.poisson(risk * population)), list(population))
        for interval in INTERVALS:
            found = age_adjusted_rate(rows, SHARES, interval)
            held[interval] += found.low <= truth <= found.high
    # Within what 1,000 draws can tell.
    assert all(0.935 <= count / draws <= 0.985 for count in held.values())
