"""What a reader works out of a printed table; a real city's small counts stay unprinted."""

from dataclasses import replace

import pandas as pd
import pytest

from playbook.city.tables import City, load_city
from playbook.insights.published_deaths import (
    deaths_by_district_and_age,
    naive_leak,
    protected_leak,
    rolling_leak,
)
from playbook.insights.table_attacks import (
    FIRST,
    MOST_ROWS,
    SECOND,
    come_back_by_year,
    deaths_under_rule,
    numbers_that_fit,
    pencil_row,
    small_count_rules,
    worked_out,
)
from playbook.show.charts import dots

PORT_ALDER = load_city()
AGES = ("15-24", "25-34", "55-64", "75-84")
LARGE = {"Eastbank": [20, 30, 60, 90], "Foundry": [15, 25, 50, 80], "Highland": [12, 14, 40, 99]}
LONELY = LARGE | {"Highland": [4, 14, 40, 99]}
# One small count with its row and its column hidden around it: only the column gives it back.
IN_A_COLUMN = LARGE | {"Highland": [4, 5, 40, 99], "Foundry": [6, 25, 50, 80]}
# Each of the two is given back only when row and column totals are used together.
MANY = {name: [4, 5, 6, 7] for name in PORT_ALDER["neighborhoods"]["district"].unique()}


def deaths_city(counts: dict[str, list[int]], years: int = 4) -> City:
    places = PORT_ALDER["neighborhoods"].groupby("district")["neighborhood_id"].first()
    rows = [
        (places[district], year, age, "Any", died)
        for year in range(2026 - years, 2026)
        for district, line in counts.items()
        for age, died in zip(AGES, line, strict=True)
    ]
    columns = ["neighborhood_id", "year", "age_group", "cause", "deaths"]
    return PORT_ALDER.with_tables({"deaths": pd.DataFrame(rows, columns=columns)})


def real(city: City) -> City:
    return replace(city, fictional=False, version=object())


def test_the_sum_that_is_printed_gives_the_hidden_count() -> None:
    deaths = deaths_by_district_and_age(PORT_ALDER)
    table = worked_out(PORT_ALDER)
    assert len(table) == naive_leak(PORT_ALDER).recovered
    for row in table.to_dict("records"):
        total, _, shown = row["sum"].partition(" less ")
        others = [int(word) for word in shown.replace(" and ", ", ").split(", ")]
        assert int(total) - sum(others) == int(row["hidden_count"])
        assert deaths.loc[row["district"], row["age"]] == int(row["hidden_count"])


def test_a_count_may_come_back_by_its_column_or_by_several_totals() -> None:
    table = worked_out(deaths_city(IN_A_COLUMN)).set_index(["district", "age"])
    assert table.loc[("Highland", "25 to 44"), "sum"] == "60 less 30 and 25"
    assert table.loc[("Foundry", "Under 25"), "sum"] == "161 less 25, 50 and 80"
    assert table.loc[("Highland", "Under 25"), "sum"] == "Several totals together"
    assert table["hidden_count"].tolist() == ["6", "4", "5"]


def test_of_a_real_city_no_small_count_is_printed() -> None:
    city = real(deaths_city(LONELY))
    assert worked_out(city)["hidden_count"].tolist() == ["a reader has it"]
    assert pencil_row(city) is None
    assert pencil_row(deaths_city(LONELY)) is not None


def test_where_nothing_is_small_every_view_says_so_and_can_be_drawn() -> None:
    city = deaths_city(LARGE)
    assert worked_out(city)["sum"].tolist() == ["No total gives one back"]
    fits = numbers_that_fit(city)
    figure = dots(fits, y="count", x="numbers_that_fit", group="table", finding="None is hidden")
    assert "too few to tell" in str(figure)
    assert come_back_by_year(city)["hidden"].sum() == 0
    assert pencil_row(city) is None
    assert deaths_under_rule(city, small_count_rules()[0])["number"].tolist() == [0, 0, 0, 0]


def test_a_count_that_is_given_away_fits_one_number() -> None:
    fits = numbers_that_fit(PORT_ALDER).pivot(
        index="count", columns="table", values="numbers_that_fit"
    )
    assert len(fits) == naive_leak(PORT_ALDER).hidden
    assert (fits[FIRST] == 1).sum() == naive_leak(PORT_ALDER).recovered
    assert (fits[SECOND] > 1).all()
    assert (fits[SECOND] >= fits[FIRST]).all()
    assert fits.to_numpy().max() <= 10


def test_a_city_of_many_small_counts_gets_a_chart_that_can_be_read() -> None:
    fits = numbers_that_fit(deaths_city(MANY))
    assert fits["count"].nunique() == MOST_ROWS
    assert fits["numbers_that_fit"].between(1, 10).all()


def test_the_years_add_up_to_the_leak() -> None:
    years, leak = come_back_by_year(PORT_ALDER), rolling_leak(PORT_ALDER)
    assert (years["hidden"].sum(), years["come_back"].sum()) == (leak.hidden, leak.recovered)
    assert years["year"].tolist() == ["2022", "2023", "2024", "2025"]
    assert len(come_back_by_year(deaths_city(LONELY, years=2))) == 2


def test_the_rule_of_the_draft_gives_what_the_claims_give() -> None:
    rule = small_count_rules()[-1]
    naive, safe = naive_leak(PORT_ALDER), protected_leak(PORT_ALDER)
    expected = [naive.hidden, naive.recovered, safe.hidden, safe.recovered]
    assert deaths_under_rule(PORT_ALDER, rule)["number"].tolist() == expected


@pytest.mark.parametrize("rule", small_count_rules())
def test_a_protected_table_gives_nothing_back_under_any_rule(rule: str) -> None:
    table = deaths_under_rule(PORT_ALDER, rule).set_index("counts")["number"]
    assert table["Given back then"] == 0
    assert table["Hidden when protected"] >= table["Small and hidden"]


def test_the_pencil_finds_the_count_that_is_in_the_file() -> None:
    row = pencil_row(PORT_ALDER)
    assert row is not None
    deaths = deaths_by_district_and_age(PORT_ALDER, (row.year,))
    assert row.count == deaths.loc[row.district, row.age]
    assert 0 < row.count < 11 <= min(row.shown.values())
