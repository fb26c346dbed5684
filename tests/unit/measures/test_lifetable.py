"""Life tables: refusals in plain words, the range that counts all luck, checks by other means."""

import math
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.errors import PlaybookError
from playbook.measures.lifetable import (
    AGE_GROUPS,
    STARTS,
    life_expectancy,
    life_table,
    life_table_from_probabilities,
)

# Death rates close to the United States' of about 2015, and a place with few old residents.
RATES = np.array([0.006, 0.00025, 0.00013, 0.0009, 0.0013, 0.0018, 0.004, 0.0088, 0.0175, 0.044])
RATES = np.append(RATES, 0.14)
SHARES = np.array([14, 52, 130, 150, 160, 140, 120, 110, 75, 37, 12]) / 1000
PEOPLE = (SHARES * 60_000).round()
DEATHS = (PEOPLE * RATES).round()
LAST = len(STARTS) - 1

# A year's rate up to 0.19: from 0.2 on nobody would outlive ten years.
rates = st.lists(st.floats(0, 0.19), min_size=LAST, max_size=LAST)
probabilities = st.lists(st.floats(0, 0.98), min_size=LAST, max_size=LAST)
last_years = st.floats(2, 15)


def changed(numbers: np.ndarray, at: int, value: float) -> np.ndarray:
    other = numbers.copy()
    other[at] = value
    return other


def by_hand(dying: np.ndarray, last_rate: float) -> float:
    """Life expectancy at birth, summed up person by person's years: no code of ours."""
    alive, years = 1.0, 0.0
    for at, chance in enumerate(dying):
        width = STARTS[at + 1] - STARTS[at]
        lived = 0.1 if at == 0 else width / 2
        years += alive * ((1 - chance) * width + chance * lived)
        alive *= 1 - chance
    return years + alive / last_rate


def test_columns_are_those_of_the_contract() -> None:
    table = life_table(DEATHS, PEOPLE)
    assert list(table.columns) == [
        "start",
        "probability_of_dying",
        "survivors",
        "deaths",
        "person_years",
        "person_years_above",
        "life_expectancy",
        "probability_se",
        "life_expectancy_se",
    ]
    assert table["start"].tolist() == list(STARTS)
    assert table["survivors"][0] == 100_000
    assert table["probability_of_dying"][LAST] == 1


@given(rates)
def test_those_who_die_in_an_age_group_die_at_its_rate(yearly: list[float]) -> None:
    people = np.full(LAST + 1, 1e6)
    deaths = np.append(np.round(np.array(yearly) * 1e6), 140_000)
    table = life_table(deaths, people)
    # Deaths per year lived in the group: the rate that went in comes out again.
    np.testing.assert_allclose(table["deaths"] / table["person_years"], deaths / people, atol=1e-12)
    assert table["life_expectancy"][0] == pytest.approx(
        by_hand(table["probability_of_dying"].to_numpy()[:-1], 0.14)
    )


@given(st.lists(st.integers(0, 4_000), min_size=LAST, max_size=LAST), st.integers(1, 4_000))
def test_the_standard_error_follows_every_probability_and_the_last_rate(
    died: list[int], died_last: int
) -> None:
    people = np.full(LAST + 1, 25_000.0)
    table = life_table([*died, died_last], people)
    dying = table["probability_of_dying"].to_numpy()[:-1]
    rate = died_last / people[-1]
    step = 1e-5
    variance = ((by_hand(dying, rate + rate * step) - by_hand(dying, rate)) / step) ** 2 / died_last
    for at in range(LAST):
        more, less = changed(dying, at, dying[at] + step), changed(dying, at, dying[at] - step)
        slope = (by_hand(more, rate) - by_hand(less, rate)) / (2 * step)
        variance += slope**2 * table["probability_se"][at] ** 2
    assert table["life_expectancy_se"][0] == pytest.approx(math.sqrt(variance), rel=1e-3)


@given(rates)
def test_later_rows_are_life_tables_of_their_own(yearly: list[float]) -> None:
    people = np.full(LAST + 1, 1e5)
    deaths = np.append(np.round(np.array(yearly) * 1e5), 14_000)
    table = life_table(deaths, people)
    # Nobody dies before 5: then all of the luck comes after it.
    safe = life_table(np.append([0, 0], deaths[2:]), people)
    assert safe["life_expectancy_se"][0] == pytest.approx(table["life_expectancy_se"][2])
    assert safe["life_expectancy"][0] == pytest.approx(table["life_expectancy"][2] + 5)


def test_the_last_row_is_as_uncertain_as_its_deaths() -> None:
    table = life_table(DEATHS, PEOPLE)
    expected = PEOPLE[-1] / DEATHS[-1] / math.sqrt(DEATHS[-1])
    assert table["life_expectancy_se"][LAST] == pytest.approx(expected)


def test_the_range_covers_the_truth_and_without_the_last_group_it_would_not() -> None:
    people = SHARES * 9_000
    truth = life_table((people * RATES * 1e6).round(), people * 1e6)["life_expectancy"][0]
    luck = np.random.default_rng(1)
    full = short = 0
    runs = 600
    for _ in range(runs):
        deaths = luck.poisson(people * RATES)
        table = life_table(deaths, people)
        miss = abs(table["life_expectancy"][0] - truth)
        variance = table["life_expectancy_se"][0] ** 2
        last_group = (table["person_years"][LAST] / 100_000) ** 2 / deaths[-1]
        full += miss <= 1.96 * math.sqrt(variance)
        short += miss <= 1.96 * math.sqrt(variance - last_group)
    assert 0.93 <= full / runs <= 0.98
    assert short / runs < 0.92


def test_the_estimate_is_the_first_row_with_its_range() -> None:
    found, table = life_expectancy(DEATHS, PEOPLE), life_table(DEATHS, PEOPLE)
    error = table["life_expectancy_se"][0]
    assert found.value == pytest.approx(table["life_expectancy"][0])
    assert (found.low, found.high) == pytest.approx(
        (found.value - 1.959964 * error, found.value + 1.959964 * error), rel=1e-6
    )
    assert (found.unit, found.better) == ("years", "higher")


def test_more_years_of_the_same_narrow_the_range() -> None:
    one, four = life_expectancy(DEATHS, PEOPLE), life_expectancy(4 * DEATHS, 4 * PEOPLE)
    assert four.value == pytest.approx(one.value)
    assert four.high - four.low == pytest.approx((one.high - one.low) / 2)


def test_an_age_group_in_which_nobody_died_is_no_obstacle() -> None:
    table = life_table(changed(DEATHS, 2, 0), PEOPLE)
    assert (table["probability_of_dying"][2], table["probability_se"][2]) == (0, 0)
    assert table["survivors"][3] == table["survivors"][2]


@pytest.mark.parametrize(
    ("deaths", "population", "seen"),
    [
        (changed(DEATHS, 3, -2), PEOPLE, '-2.* "15-24"|15-24.*-2'),
        (changed(DEATHS, 3, math.nan), PEOPLE, "nan"),
        (changed(DEATHS, 3, math.inf), PEOPLE, "inf"),
        (changed(DEATHS, 3, 2.5), PEOPLE, "2.5"),
        (DEATHS, changed(PEOPLE, 0, -7), "-7"),
        (DEATHS, changed(PEOPLE, 4, math.nan), "nan"),
        (changed(DEATHS, 9, PEOPLE[9] + 1), PEOPLE, "75-84"),
        (DEATHS[:-1], PEOPLE, "10 numbers for 11 age groups in deaths"),
        (DEATHS, PEOPLE[1:], "10 numbers for 11 age groups in population"),
        (DEATHS.reshape(1, -1).repeat(2, axis=0), PEOPLE, "22 numbers"),
        (["about 30", *DEATHS[1:]], PEOPLE, "about 30"),
    ],
)
@pytest.mark.parametrize("compute", [life_table, life_expectancy])
def test_numbers_that_cannot_be_are_refused(compute, deaths, population, seen: str) -> None:
    with pytest.raises(PlaybookError) as caught:
        compute(deaths, population)
    assert re.search(seen, str(caught.value).replace("\n", " "))
    assert caught.value.fix


def test_as_many_deaths_as_person_years_are_not_more() -> None:
    deaths, people = changed(DEATHS, LAST, 40), changed(PEOPLE, LAST, 40)
    assert life_table(deaths, people)["life_expectancy"][LAST] == pytest.approx(1)


# Nobody lives there; nobody died at the end; one more death than half of ten years allows.
TOO_LITTLE = [
    (changed(DEATHS, 2, 0), changed(PEOPLE, 2, 0), 'nobody lives there in the age group "5-14"'),
    (changed(DEATHS, LAST, 0), PEOPLE, 'nobody died in the age group "85 and older"'),
    (changed(DEATHS, 9, 200), changed(PEOPLE, 9, 1_000), "200 deaths among 1,000 person-years"),
]


@pytest.mark.parametrize(("deaths", "population", "why"), TOO_LITTLE)
def test_too_little_for_a_table(deaths, population, why: str) -> None:
    with pytest.raises(PlaybookError) as caught:
        life_table(deaths, population)
    assert why in caught.value.what
    found = life_expectancy(deaths, population)
    assert not found.known
    assert found.note.startswith(f"too few to tell: {why}")


def test_one_death_less_leaves_somebody_alive() -> None:
    table = life_table(changed(DEATHS, 9, 199), changed(PEOPLE, 9, 1_000))
    assert 0 < table["survivors"][LAST] < 300


def test_under_5000_person_years_are_too_few_to_tell() -> None:
    people = np.array([100, 200, 300, 500, 600, 600, 600, 600, 500, 500, 500])
    deaths = np.array([1, 0, 0, 1, 1, 1, 3, 5, 9, 22, 70])
    assert people.sum() == 5_000
    assert life_expectancy(deaths, people).known
    fewer = life_expectancy(deaths, changed(people, 5, 599))
    assert not fewer.known
    assert fewer.note == "too few to tell: 4,999 person-years, at least 5,000 are needed"
    assert str(fewer) == "too few to tell"
    # The table itself can be looked at.
    assert len(life_table(deaths, changed(people, 5, 599))) == 11


def test_a_range_of_more_than_20_years_is_too_wide_to_tell() -> None:
    people = changed(PEOPLE / 12, LAST, 90)
    # All of the luck is in the last group: 90 person-years, three deaths or two.
    deaths = np.zeros(11)
    wide, narrow = changed(deaths, LAST, 2), changed(deaths, LAST, 40)
    assert life_expectancy(narrow, people).known
    found = life_expectancy(wide, people)
    assert not found.known
    assert found.note == "too few to tell: the range would be 125 years wide"


@pytest.mark.parametrize(("last_people", "known"), [(51.02, True), (51.03, False)])
def test_just_20_years_are_still_told(last_people: float, known: bool) -> None:
    # One standard error is 51.02 / 100 * 10 = 5.1 years: 2 * 1.959964 of them are 19.999.
    deaths, people = np.zeros(11), PEOPLE.copy()
    deaths[-1], people[-1] = 100, last_people * 100
    assert life_expectancy(deaths, people).known is known


def test_labels_decide_the_order() -> None:
    deaths = pd.Series(DEATHS, index=list(AGE_GROUPS))
    people = pd.Series(PEOPLE, index=list(AGE_GROUPS))
    expected = life_table(DEATHS, PEOPLE)
    # As groupby leaves them: sorted as text, "15-24" before "5-14".
    pd.testing.assert_frame_equal(life_table(deaths.sort_index(), people), expected)
    pd.testing.assert_frame_equal(life_table(deaths, people.sort_index()), expected)
    numbered = pd.Series(PEOPLE, index=list(STARTS)).sort_index(ascending=False)
    pd.testing.assert_frame_equal(life_table(deaths, numbered), expected)
    # Rows of a longer table keep their place.
    rows = pd.Series(PEOPLE, index=range(704, 715))
    pd.testing.assert_frame_equal(life_table(deaths, rows), expected)


@pytest.mark.parametrize(
    ("labels", "seen"),
    [
        (AGE_GROUPS[:-1], '"85 and older" is missing'),
        ((*AGE_GROUPS[:-1], "85+"), '"85 and older" is missing'),
        ((*AGE_GROUPS, "All ages"), '"All ages" is not one of them'),
        ((*AGE_GROUPS, "1-4"), '"1-4" is there twice'),
    ],
)
def test_labels_must_be_the_age_groups(labels: tuple[str, ...], seen: str) -> None:
    deaths = pd.Series(1.0, index=list(labels))
    with pytest.raises(PlaybookError) as caught:
        life_table(deaths, PEOPLE)
    assert seen in caught.value.what
    assert "reindex" in caught.value.fix


def test_labels_of_other_age_groups_are_not_guessed() -> None:
    deaths = pd.Series([6, 4, 490], index=["Under 1", "1-64", "65 and older"])
    with pytest.raises(PlaybookError, match="order of age"):
        life_table(deaths, [1_000, 80_000, 8_000], starts=[0, 1, 65])
    assert len(life_table(deaths.to_numpy(), [1_000, 80_000, 8_000], starts=[0, 1, 65])) == 3


@pytest.mark.parametrize("starts", [[0], [1, 5, 15], [0, 5, 5], [0, 15, 5]])
def test_age_groups_go_upward_from_birth(starts: list[int]) -> None:
    with pytest.raises(PlaybookError, match="upward from 0"):
        life_table([1] * len(starts), [9_000] * len(starts), starts=starts)


def test_a_refusal_names_other_age_groups_by_their_ages() -> None:
    with pytest.raises(PlaybookError, match="the age group from 1 to 65"):
        life_table([6, -4, 490], [1_000, 80_000, 8_000], starts=[0, 1, 65])
    with pytest.raises(PlaybookError, match="the age group from 65 up"):
        life_table([6, 4, 0], [1_000, 80_000, 8_000], starts=[0, 1, 65])


def test_nothing_is_changed() -> None:
    deaths = pd.Series(DEATHS, index=list(AGE_GROUPS)).sort_index()
    people = pd.Series(PEOPLE, index=list(AGE_GROUPS))
    before = deaths.copy(), people.copy()
    life_table(deaths, people)
    pd.testing.assert_series_equal(deaths, before[0])
    pd.testing.assert_series_equal(people, before[1])


def test_a_table_is_rebuilt_from_its_probabilities() -> None:
    table = life_table(DEATHS, PEOPLE)
    again = life_table_from_probabilities(
        table["probability_of_dying"], table["life_expectancy"][LAST]
    )
    columns = list(again.columns)
    assert columns == [
        "start",
        "survivors",
        "deaths",
        "person_years",
        "person_years_above",
        "life_expectancy",
    ]
    pd.testing.assert_frame_equal(again, table[columns])


@given(probabilities, last_years)
def test_every_rebuilt_table_adds_up(dying: list[float], years: float) -> None:
    table = life_table_from_probabilities([*dying, 1], years)
    alive, died = table["survivors"].to_numpy(), table["deaths"].to_numpy()
    np.testing.assert_allclose(alive[1:], alive[:-1] - died[:-1], rtol=1e-9, atol=1e-9)
    assert died.sum() == pytest.approx(100_000)
    above = table["person_years_above"].to_numpy()
    np.testing.assert_allclose(
        above[:-1] - above[1:], table["person_years"][:-1], rtol=1e-9, atol=1e-6
    )
    np.testing.assert_allclose(table["life_expectancy"] * alive, above)
    assert table["life_expectancy"][0] == pytest.approx(by_hand(np.array(dying), 1 / years))


@given(probabilities, last_years)
def test_six_printed_digits_of_the_probabilities_are_enough(
    dying: list[float], years: float
) -> None:
    exact = life_table_from_probabilities([*dying, 1], years)
    printed = life_table_from_probabilities([*np.round(dying, 6), 1], years)
    # Half a millionth of 100,000 people in each of ten groups, for the years each could lose.
    off = (exact - printed).abs().max()
    assert off["survivors"] <= 0.5
    assert off["person_years_above"] <= 25
    at_birth = exact["life_expectancy"][0] - printed["life_expectancy"][0]
    assert abs(at_birth) <= 0.00025


def test_nobody_is_left_to_have_a_life_expectancy() -> None:
    table = life_table_from_probabilities([0.1, 1, 0.2, 1], 5, starts=[0, 1, 25, 65])
    assert table["survivors"].tolist() == pytest.approx([100_000, 90_000, 0, 0])
    assert table["life_expectancy"].isna().tolist() == [False, False, True, True]


@pytest.mark.parametrize(
    ("dying", "years", "seen"),
    [
        ([0.01, 1.02, 0.1, 1], 20, "1.02"),
        ([0.01, -0.02, 0.1, 1], 20, "-0.02"),
        ([0.01, math.nan, 0.1, 1], 20, "nan"),
        ([0.01, 0.02, 0.1, 0.9], 20, "0.9"),
        ([0.01, 0.02, 1], 20, "3 numbers for 4"),
        ([0.01, 0.02, 0.1, 1], 0, "found 0"),
        ([0.01, 0.02, 0.1, 1], math.nan, "nan"),
        ([0.01, 0.02, 0.1, 1], math.inf, "inf"),
    ],
)
def test_probabilities_that_cannot_be_are_refused(dying, years: float, seen: str) -> None:
    with pytest.raises(PlaybookError) as caught:
        life_table_from_probabilities(dying, years, starts=[0, 1, 25, 65])
    assert seen in caught.value.what
    assert caught.value.fix
