"""The one way in which a lesson shows counts of people of a real city."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from playbook.city.tables import City, load_city
from playbook.insights.ages_compared import deaths_a_year, gap_by_age, rates_by_age
from playbook.insights.avoidable_visits import WHOLE_CITY, visit_rates
from playbook.insights.birth_gaps import birth_rates
from playbook.insights.district_deaths import adjusted_rate, district_rates
from playbook.insights.published_deaths import deaths_alike, deaths_draft
from playbook.insights.small_counts import hidden_counts, is_small, safe_counts
from playbook.insights.table_attacks import worked_out

PORT_ALDER = load_city()
COUNTED = {
    "deaths": ["deaths"],
    "avoidable_hospital": ["visits"],
    "birth_outcomes": ["low_birth_weight"],
}


def thinned(share: float, rule: str = "") -> City:
    """Make a real city of Port Alder's places in which far fewer things happen."""
    draw = np.random.default_rng(5)
    tables = {name: PORT_ALDER[name] for name in COUNTED}
    for name, columns in COUNTED.items():
        for column in columns:
            tables[name][column] = draw.binomial(tables[name][column], share)
    own = replace(PORT_ALDER.with_tables(tables), name="Testville", key="own", fictional=False)
    return replace(own, profile=replace(own.profile, small_counts=rule))


@pytest.fixture(scope="module")
def city() -> City:
    return thinned(0.005)


def test_the_citys_own_rule_says_what_is_small() -> None:
    table = pd.DataFrame({"a": [4, 30], "b": [12, 60]})
    for rule, hidden in (("wisconsin", 1), ("", 1), ("cancer", 2)):
        shown = safe_counts(thinned(1, rule), table, totals="none")
        assert shown.table.isna().to_numpy().sum() == hidden
    assert is_small(thinned(1, "maine"), pd.Series([0, 1, 5, 6])).tolist() == [
        False,
        True,
        True,
        False,
    ]


def test_what_gives_a_small_count_back_is_hidden_too() -> None:
    table = pd.DataFrame({"a": [4, 30], "b": [12, 60]})
    hidden = hidden_counts(thinned(1), table, totals="rows")
    assert hidden.to_numpy().tolist() == [[True, True], [False, False]]


def test_no_district_shows_ten_deaths_a_year_or_fewer(city: City) -> None:
    table = deaths_a_year(city)
    assert table["deaths_a_year"].isna().any()
    assert not is_small(city, table["deaths_a_year"]).any()


def test_no_rate_is_read_from_few_deaths(city: City) -> None:
    deaths = city["deaths"].groupby("neighborhood_id")["deaths"].sum()
    district = city["neighborhoods"].set_index("neighborhood_id")["district"]
    few = is_small(city, deaths.groupby(district).sum())
    assert few.any()
    rates = district_rates(city).set_index("district")
    assert rates["crude"].isna().to_dict() == few.to_dict()
    assert not any(adjusted_rate(city, name).known for name in few.index[few])
    ages = rates_by_age(city).set_index("ages")
    # One hidden rate comes back from the rate of all ages.
    assert not (ages.isna().sum() == 1).any()
    assert ages.isna().any(axis=None)
    assert gap_by_age(city)["times"].isna().any()


def test_no_year_of_a_fifth_shows_few_visits_nor_gives_them_back(city: City) -> None:
    table = visit_rates(city)
    assert not is_small(city, table["visits"]).any()
    assert table["rate"].isna().equals(table["visits"].isna())
    hidden = table.pivot(index="year", columns="group", values="rate").isna()
    assert hidden.drop(columns=WHOLE_CITY).sum(axis=1).ne(1).all()
    assert hidden.any(axis=None)


def test_no_share_is_read_from_few_babies(city: City) -> None:
    light = city["birth_outcomes"].groupby(["race_ethnicity", "income_third"])
    sums = light["low_birth_weight"].sum()
    known = birth_rates(city).set_index(["race_ethnicity", "income_third"])["percent"].notna()
    assert not (known & (sums < 11).reindex(known.index)).any()


def test_the_draft_and_the_attack_on_it_give_no_real_count_away(city: City) -> None:
    assert "Total" not in deaths_draft(city).table
    assert "Total" in deaths_draft(PORT_ALDER).table
    table = worked_out(city)
    assert set(table["sum"]) == {"One total less the others"}
    assert set(table["hidden_count"]) == {"a reader has it"}


def test_so_few_alike_are_not_counted_out(city: City) -> None:
    table = deaths_alike(city)
    assert not is_small(city, table["people"]).any()
    assert table["people"].isna().equals(table["percent"].isna())


def test_practice_is_not_touched_where_the_lesson_shows_it() -> None:
    assert deaths_a_year(PORT_ALDER)["deaths_a_year"].dtype == "int64"
    assert visit_rates(PORT_ALDER).notna().all(axis=None)
    assert district_rates(PORT_ALDER).notna().all(axis=None)
