"""What the prose of lesson 1.2 says of Port Alder without a number is true of its tables."""

import pytest

from playbook.city.tables import City, load_city
from playbook.insights.held_data import inventory_coverage
from playbook.insights.next_moves import rows_to_check
from playbook.insights.published_deaths import (
    deaths_by_district_and_age,
    naive_leak,
    rolling_tables,
)
from playbook.insights.table_attacks import SECOND, deaths_under_rule, numbers_that_fit, worked_out
from playbook.measures.disclosure import hide_small, recover_from_years
from playbook.measures.suppression import suppress

YOUNG, NEXT = "Under 25", "25 to 44"


@pytest.fixture(scope="module")
def city() -> City:
    return load_city()


def test_ten_counts_are_hidden_and_some_not_all_come_back(city: City) -> None:
    leak = naive_leak(city)
    assert leak.hidden == 10
    assert 0 < leak.recovered < leak.hidden
    assert not hide_small(deaths_by_district_and_age(city)).table["Total"].isna().any()


def test_the_office_that_asks_residents_for_their_views_comes_last(city: City) -> None:
    held = inventory_coverage(city)
    assert held["department"].iloc[-1] == "Community Engagement"
    assert held["percent"].iloc[-1] < held["percent"].iloc[-2]


def test_codes_run_to_n64_and_the_four_kinds_can_be_seen_in_the_rows(city: City) -> None:
    codes = city["neighborhoods"]["neighborhood_id"]
    assert (codes.min(), codes.max()) == ("N01", "N64")
    rows = rows_to_check(city)
    assert (rows["closed"] < rows["opened"]).sum() == 1
    assert (rows["opened"].dt.year == 1900).sum() == 1
    assert (~rows["neighborhood"].isin(codes)).sum() == 1
    assert rows.duplicated().sum() == 1
    assert rows["closed"].isna().sum() == 1


def test_two_counts_come_back_by_their_row_and_one_is_southgates(city: City) -> None:
    table = worked_out(city)
    assert len(table) == 2
    assert "Southgate" in set(table["district"])
    assert table["sum"].str.contains(" less ").all()


def test_the_small_numbers_of_the_draft_are_of_people_under_45(city: City) -> None:
    small = hide_small(deaths_by_district_and_age(city)).reasons.eq("small")
    assert set(small.columns[small.any()]) == {YOUNG, NEXT}


def test_each_protected_count_could_be_any_number_from_1_to_10(city: City) -> None:
    fits = numbers_that_fit(city)
    assert (fits.loc[fits["table"] == SECOND, "numbers_that_fit"] == 10).all()


def test_the_draft_gives_highlands_handful_away_and_the_protected_table_does_not(
    city: City,
) -> None:
    deaths = deaths_by_district_and_age(city)
    assert 0 < deaths.loc["Highland", [YOUNG, NEXT]].sum() < 6
    draft = hide_small(deaths).table.loc["Highland"]
    assert list(draft.index[draft.isna()]) == [YOUNG, NEXT]
    protected = suppress(deaths).table.loc["Highland"]
    assert list(protected.index[protected.isna()]) == [YOUNG, NEXT, "45 to 64"]


def test_with_the_ages_under_45_joined_fewer_counts_are_hidden(city: City) -> None:
    deaths = deaths_by_district_and_age(city)
    joined = deaths.assign(**{"Under 45": deaths[YOUNG] + deaths[NEXT]}).drop(columns=[YOUNG, NEXT])
    table = suppress(joined).table
    assert not table["Total"].isna().any()
    assert not table.loc["Total"].isna().any()
    hidden = table.loc[joined.index, joined.columns].isna()
    assert hidden.to_numpy().sum() == 6 < suppress(deaths).table.isna().to_numpy().sum()
    # Of these six, the totals give away the sum of each row and of each column, and no other.
    sums = [*joined.where(hidden).sum(axis=1), *joined.where(hidden).sum()]
    assert min(one for one in sums if one) > 10


def test_foundrys_count_is_back_by_the_years(city: City) -> None:
    published = rolling_tables(city)
    assert published[2025,].reasons.loc["Foundry", YOUNG] == "small"
    found = recover_from_years(published, (2025,)).set_index(["row", "column"])
    assert found.loc[("Foundry", YOUNG), "recovered"]
    # By the way the lesson tells it: the oldest year and both sums are in print.
    for years in ((2022,), (2022, 2023, 2024), (2023, 2024, 2025)):
        assert published[years].reasons.loc["Foundry", YOUNG] == ""


def test_no_rule_makes_protection_unnecessary_and_a_looser_one_may_give_all_away(
    city: City,
) -> None:
    maine = deaths_under_rule(city, "Maine, 2018: 1 to 5")["number"]
    assert maine[0] == maine[1] > 0
    strict = deaths_under_rule(city, "Medicare and Medicaid, 2024: 1 to 10")["number"]
    assert 0 < strict[1] < strict[0]
