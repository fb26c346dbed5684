"""Faults of whole rows and columns: totals, years, shares, swapped columns, labels of one's own."""

from __future__ import annotations

import pandas as pd
import pytest

from playbook.city.check import check_against
from playbook.city.contract import Field, TableContract, load_contract
from playbook.city.row_faults import stale_years
from playbook.home import data_folder

FIELDS = (
    Field("neighborhood_id", "string", "Place", "Tract or neighborhood.", required=True),
    Field("year", "integer", "Year", "Year.", unit="year", minimum=1990, maximum=2100),
    Field("age", "string", "Age", "Age group.", enum=("Young", "Old")),
    Field("deaths", "integer", "Deaths", "How many died.", unit="deaths", minimum=0),
    Field("poor", "number", "Poverty", "x", unit="percent of people", minimum=0, maximum=100),
)
CONTRACT = TableContract("few", "Few", "", "few.csv", FIELDS, (), (), None, "", "", (), "")
SOUND = pd.DataFrame(
    {
        "neighborhood_id": [f"0110100{place}00" for place in range(10, 40)],
        "year": ["2021", "2022", "2023"] * 10,
        "age": ["Young", "Old"] * 15,
        "deaths": [str(n) for n in range(30)],
        "poor": [str(n + 0.5) for n in range(30)],
    }
)


def test_a_sound_table_has_nothing_to_mend():
    assert [str(one) for one in check_against(SOUND, CONTRACT).findings] == [
        "Nothing to mend: every cell fits the data card of this table."
    ]


def broken(column: str, row: int, cell: str) -> pd.DataFrame:
    table = SOUND.copy()
    table.loc[row, column] = cell
    return table


@pytest.mark.parametrize(
    ("table", "column", "said", "rows"),
    [
        (broken("neighborhood_id", 4, "Citywide"), "neighborhood_id", "sum up others", (6,)),
        (broken("neighborhood_id", 4, "All Tracts"), "neighborhood_id", "sum up others", (6,)),
        (broken("neighborhood_id", 4, "1101001400"), "neighborhood_id", "leading zero", (6,)),
        (broken("neighborhood_id", 4, "1.1E+10"), "neighborhood_id", "lost digits", (6,)),
        (broken("year", 4, "2091"), "year", "far from the others", (6,)),
        (SOUND.assign(poor=[str(n / 60) for n in range(30)]), "poor", "between 0 and 1", ()),
        (SOUND.assign(year=SOUND["deaths"], deaths=SOUND["year"]), "year", "look swapped", ()),
    ],
)
def test_one_fault_gives_that_finding_and_no_other(table, column, said, rows):
    report = check_against(table, CONTRACT)
    (found,) = report.findings
    assert said in found.what
    assert (found.column, found.rows) == (column, rows)
    assert found.fix


def test_a_column_of_one_label_sums_nothing_up():
    only = SOUND.assign(age="Old", neighborhood_id=[*["All"] * 30])
    assert "sum up" not in str(check_against(only, CONTRACT))


def test_a_column_in_percent_with_some_above_one_is_left_in_peace():
    table = SOUND.assign(poor=["0.4"] * 29 + ["1.5"])
    assert check_against(table, CONTRACT).level == "fine"


def test_labels_of_ones_own_are_read_as_the_lessons_and_it_is_said():
    table = broken("age", 0, "0 to 24")
    report = check_against(table, CONTRACT)
    assert report.level == "stop"
    assert '[labels.age]: "0 to 24" = ' in report.findings[0].fix
    mapped = check_against(table, CONTRACT, labels={"age": {"0 TO 24": "Young"}})
    assert mapped.level == "fine"
    assert "1 row of age" in mapped.findings[0].what


def test_rows_keep_the_numbers_of_their_file():
    report = check_against(broken("deaths", 0, "x"), CONTRACT, row_numbers=range(7, 37))
    assert report.findings[0].rows == (7,)


def test_counts_that_the_city_hides_may_be_empty():
    contract = load_contract(data_folder())["deaths"]
    table = pd.DataFrame(
        {
            "neighborhood_id": ["01101001000"],
            "year": "2024",
            "age_group": "1-4",
            "cause": "Other",
            "deaths": "",
        }
    )
    assert check_against(table, contract).level == "stop"
    assert check_against(table, contract, may_be_empty=["deaths"]).level == "fine"


def test_a_column_that_stands_there_twice_is_noticed():
    table = pd.concat([SOUND, SOUND[["deaths"]]], axis=1)
    assert "2 columns are called deaths" in check_against(table, CONTRACT).findings[0].what


def test_a_table_two_years_behind_the_newest_is_stale_and_one_year_is_not():
    assert stale_years({"a": 2022, "b": 2023}) == []
    (one,) = stale_years({"a": 2021, "b": 2023})
    assert "a ends in 2021, 2 years before b" in one.what
    assert stale_years({}) == []
