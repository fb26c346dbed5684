"""Claims of lesson 1.2: what is held, what is faulty, and what hidden counts give away."""

import pandas as pd
import pytest

from playbook.city.tables import City, load_city
from playbook.insights.held_data import clean_requests, inventory_coverage, request_faults
from playbook.insights.published_deaths import (
    deaths_alike,
    deaths_by_district_and_age,
    naive_leak,
    protected_leak,
    rolling_leak,
    rolling_tables,
    smallest_group,
)
from playbook.insights.statements import measured

PORT_ALDER = load_city()
AGES = ("15-24", "25-34", "55-64", "75-84")


def inventory_city(listed: list[int], systems: int = 10) -> City:
    rows = [
        (f"Department {name}", "yes" if number < count else "no")
        for name, count in enumerate(listed)
        for number in range(systems)
    ]
    table = pd.DataFrame(rows, columns=["department", "listed"])
    return PORT_ALDER.with_tables({"data_inventory": table})


def raw_city(rows: int = 200, **faults: int) -> City:
    """Build a raw export with so many faults of each kind, in different rows."""
    opened = pd.Series(pd.date_range("2025-03-01", periods=rows, freq="h"))
    table = pd.DataFrame(
        {
            "request_id": [f"r{number}" for number in range(rows)],
            "neighborhood_id": "N01",
            "opened_at": opened,
            "closed_at": opened + pd.Timedelta(days=2),
        }
    )
    table.loc[: faults.get("early", 0) - 1, "closed_at"] = pd.Timestamp("2025-02-01")
    at = faults.get("early", 0)
    table.loc[at : at + faults.get("unknown", 0) - 1, "neighborhood_id"] = "N99"
    at += faults.get("unknown", 0)
    table.loc[at : at + faults.get("old", 0) - 1, "opened_at"] = pd.Timestamp("1900-01-01")
    table = pd.concat([table, table.tail(faults.get("twice", 0))], ignore_index=True)
    return PORT_ALDER.with_tables({"requests_311_raw": table})


def deaths_city(
    counts: dict[str, list[int]], years: int = 4, last: dict[str, list[int]] | None = None
) -> City:
    """Build a city whose districts have these deaths at `AGES` in each year, and `last` in 2025.

    One place stands for each district.
    """
    places = PORT_ALDER["neighborhoods"].groupby("district")["neighborhood_id"].first()
    rows = [
        (places[district], year, age, "Any", died)
        for year in range(2026 - years, 2026)
        for district, line in (last if last and year == 2025 else counts).items()
        for age, died in zip(AGES, line, strict=True)
    ]
    columns = ["neighborhood_id", "year", "age_group", "cause", "deaths"]
    return PORT_ALDER.with_tables({"deaths": pd.DataFrame(rows, columns=columns)})


LARGE = {"Eastbank": [20, 30, 60, 90], "Foundry": [15, 25, 50, 80], "Highland": [12, 14, 40, 99]}
LONELY = LARGE | {"Highland": [4, 14, 40, 99]}
# Two small counts in each of two rows and columns shield each other.
SQUARE = LARGE | {"Highland": [4, 5, 40, 99], "Foundry": [6, 7, 50, 80]}
FEW = {"Highland": [1, 1, 2, 3]}


@pytest.mark.parametrize(
    ("claim_id", "city", "verdict"),
    [
        ("1.2-coverage", inventory_city([10, 4, 7]), "appears"),
        ("1.2-coverage", inventory_city([10, 8, 7]), "absent"),
        ("1.2-coverage", inventory_city([2], systems=5), "unclear"),
        ("1.2-faults", raw_city(early=3, unknown=2, old=1, twice=4), "appears"),
        ("1.2-faults", raw_city(), "absent"),
        ("1.2-faults", raw_city(rows=20), "unclear"),
        ("1.2-naive", deaths_city(LONELY), "appears"),
        ("1.2-naive", deaths_city(SQUARE), "absent"),
        ("1.2-naive", deaths_city(LARGE), "absent"),
        ("1.2-naive", deaths_city({}), "unclear"),
        ("1.2-protected", deaths_city(LONELY), "appears"),
        ("1.2-protected", deaths_city(LARGE), "absent"),
        ("1.2-protected", deaths_city({}), "unclear"),
        ("1.2-rolling", deaths_city(LARGE, last=LONELY), "appears"),
        ("1.2-rolling", deaths_city(LONELY), "absent"),
        ("1.2-rolling", deaths_city(LARGE), "absent"),
        ("1.2-rolling", deaths_city(LONELY, years=3), "unclear"),
        ("1.2-alone", deaths_city(LONELY | FEW), "appears"),
        ("1.2-alone", deaths_city(LARGE), "absent"),
        ("1.2-alone", deaths_city(FEW), "unclear"),
    ],
)
def test_each_claim_has_three_endings(claim_id: str, city: City, verdict: str) -> None:
    result = measured(city, claim_id)
    assert result.verdict == verdict, result.sentence
    assert len(result.headline) <= 140
    if verdict == "absent":
        assert "worth knowing" in result.sentence
    if verdict == "unclear":
        assert "too little to tell" in result.sentence


def test_coverage_counts_departments_not_systems() -> None:
    table = inventory_coverage(inventory_city([10, 8, 0]))
    assert table["percent"].tolist() == [100.0, 80.0, 0.0]
    assert table["enough"].tolist() == [True, True, False]
    assert "18 of 30 systems" in measured(inventory_city([10, 8, 0]), "1.2-coverage").sentence


def test_each_fault_is_counted_once_and_cleaning_removes_it() -> None:
    city = raw_city(early=3, unknown=2, old=1, twice=4)
    assert request_faults(city).set_index("fault")["rows"].to_dict() == {
        "Stands there twice": 4,
        "Closed before it opened": 3,
        "No such neighborhood": 2,
        "Opened in 1900": 1,
    }
    clean = clean_requests(city)
    assert len(clean) == 200 - 6
    assert clean["request_id"].is_unique
    assert request_faults(city.with_tables({"requests_311_raw": clean}))["rows"].sum() == 0


def test_the_planted_faults_are_all_found() -> None:
    assert request_faults(PORT_ALDER)["rows"].tolist() == [41, 23, 17, 12]
    raw = PORT_ALDER["requests_311_raw"]
    assert len(raw) - len(clean_requests(PORT_ALDER)) == 93


def test_an_open_request_is_no_fault() -> None:
    city = raw_city()
    table = city["requests_311_raw"]
    table["closed_at"] = pd.NaT
    table["closed_at"] = table["closed_at"].astype("datetime64[us]")
    assert request_faults(city.with_tables({"requests_311_raw": table}))["rows"].sum() == 0


def test_the_table_of_deaths_adds_up() -> None:
    deaths = PORT_ALDER["deaths"]
    table = deaths_by_district_and_age(PORT_ALDER)
    assert table.shape == (8, 4)
    assert table.columns.tolist() == ["Under 25", "25 to 44", "45 to 64", "65 and older"]
    assert table.to_numpy().sum() == deaths.loc[deaths["year"] == 2025, "deaths"].sum()
    both = deaths_by_district_and_age(PORT_ALDER, (2024, 2025))
    assert both.to_numpy().sum() == deaths.loc[deaths["year"] >= 2024, "deaths"].sum()


def test_what_totals_give_back_by_hand() -> None:
    assert (naive_leak(deaths_city(LONELY)).hidden, naive_leak(deaths_city(LONELY)).recovered) == (
        1,
        1,
    )
    square = naive_leak(deaths_city(SQUARE))
    assert (square.counts, square.hidden, square.recovered) == (12, 4, 0)
    protected = protected_leak(deaths_city(LONELY))
    assert (protected.hidden, protected.recovered) == (4, 0)


def test_three_years_together_print_what_one_year_hides() -> None:
    # Of the two three-year sums, one holds 2025 and the other 2022, which nobody had to hide.
    city = deaths_city(LARGE, last=LONELY)
    published = rolling_tables(city)
    assert list(published) == [
        (2022,), (2023,), (2024,), (2025,), (2022, 2023, 2024), (2023, 2024, 2025),
    ]  # fmt: skip
    assert not published[2023, 2024, 2025].table.isna().any(axis=None)
    leak = rolling_leak(city)
    assert (leak.counts, leak.hidden, leak.recovered) == (4 * 12, 4, 4)
    # Where every year hides the same counts, the sums tell nothing of a single year.
    alike = rolling_leak(deaths_city(LONELY))
    assert (alike.hidden, alike.recovered) == (4 * 4, 0)


def test_deaths_that_are_the_only_one_of_their_kind() -> None:
    city = deaths_city({"Highland": [1, 2, 40, 60]})
    assert smallest_group(city) == 1
    assert deaths_alike(city)["people"].tolist() == [4, 8, 0, 400]
    assert measured(city, "1.2-alone").estimate.value == pytest.approx(1.0)
