"""Census files: every code keeps its meaning, margins are computed as the Bureau says."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.city.check import check_against
from playbook.city.contract import load_contract
from playbook.city.readers import read_files
from playbook.city.sources import acs_values as why
from playbook.city.sources.acs_tables import (
    BY_RACE,
    age_variables,
    people_by_age,
    poverty_fifths,
    share,
)
from playbook.city.sources.acs_values import read_values
from playbook.city.sources.source import Choices
from playbook.city.tables import City
from playbook.errors import PlaybookError
from playbook.home import data_folder
from playbook.measures.age_groups import AGE_GROUPS
from playbook.simulate.places import poverty_fifth

CONTRACTS = load_contract(data_folder())
EMPTY = City("Elsewhere", "elsewhere", False, Path("nowhere"), CONTRACTS, 0)
TRACTS = [f"2951099{number:02d}00" for number in range(10, 30)]


def csv_of(variables, rows, labels=False):
    """Write a download: one row a tract, cells by variable."""
    lines = [["GEO_ID", "NAME", *variables]]
    if labels:
        lines.append(["Geography", "Geographic Area Name", *("Estimate!!" for _ in variables)])
    lines += [
        [f"1400000US{tract}", "A tract", *cells] for tract, cells in zip(TRACTS, rows, strict=False)
    ]
    return "\r\n".join(",".join(f'"{cell}"' for cell in line) + "," for line in lines).encode()


def poverty(*rows, name="ACSST5Y2024.S1701-Data.csv"):
    return name, csv_of(["S1701_C03_001E", "S1701_C03_001M"], rows, labels=True)


SOUND = [("12.5", "3.1"), ("30", "4"), ("22", "2.5"), ("5", "1"), ("41", "6.2"), ("17", "3")]


def read(*files, city=EMPTY, county=""):
    (brought,) = read_files(list(files), city, Choices(county=county))
    for name, table in brought.tables.items():
        contract = CONTRACTS[name]
        optional = [field.name for field in contract.fields if field.optional]
        report = check_against(table, contract, may_be_empty=optional)
        assert report.level != "stop", str(report)
    return brought


def said(brought):
    return " ".join(finding.what for finding in brought.report.findings)


@pytest.mark.parametrize(
    ("sign", "number", "reason"),
    [
        ("-", "-666666666", why.NOT_COMPUTED),
        ("N", "-999999999", why.NOT_SHOWN),
        ("(X)", "-888888888", why.NOT_APPLICABLE),
        ("**", "-222222222", why.NO_MARGIN),
        ("***", "-333333333", why.OPEN_END),
        ("*****", "-555555555", why.CONTROLLED),
    ],
)
@pytest.mark.parametrize("margins", [False, True])
def test_each_sign_and_its_number_in_the_api_mean_the_same(sign, number, reason, margins):
    cells = pd.Series([sign, number, f"{number}.0", f"{int(number):,}"])
    numbers, reasons = read_values(cells, margins=margins)
    assert reasons.tolist() == [reason] * 4
    # A margin of an estimate without sampling error is zero; nothing else is ever filled in.
    assert numbers.eq(0).all() if margins and sign == "*****" else numbers.isna().all()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("±3.4", 3.4),
        ("+/-3.4", 3.4),
        ("1,250", 1250),
        ("$52,000", 52000),
        ("12.5%", 12.5),
        ("250,000+", 250_000),
        ("2,500-", 2500),
        ("0.0", 0),
    ],
)
def test_numbers_are_read_however_they_are_dressed(text, number):
    assert read_values(pd.Series([text]))[0][0] == number


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", why.EMPTY),
        ("null", why.EMPTY),
        ("about 5", why.UNREADABLE),
        ("-5", why.OUT_OF_RANGE),
        ("101", why.OUT_OF_RANGE),
        ("inf", why.UNREADABLE),
        ("1e400", why.OUT_OF_RANGE),
    ],
)
def test_what_is_no_percent_says_why(text, reason):
    numbers, reasons = read_values(pd.Series([text]), high=100)
    assert numbers.isna().all()
    assert reasons[0] == reason


@given(st.lists(st.text(max_size=12), max_size=6), st.booleans())
def test_a_cell_has_either_a_number_or_a_reason(texts, margins):
    numbers, reasons = read_values(pd.Series(texts, dtype="str"), margins=margins)
    for number, reason in zip(numbers, reasons, strict=True):
        read = not reason or (margins and reason == why.CONTROLLED)
        assert number >= 0 if read else math.isnan(number)


def test_a_download_with_two_rows_of_names_is_read():
    brought = read(poverty(*SOUND))
    table = brought.tables["acs_profile"]
    assert table["neighborhood_id"].tolist() == TRACTS[:6]
    assert table["poverty_pct"].tolist() == [12.5, 30, 22, 5, 41, 17]
    assert table["poverty_moe"].tolist() == [3.1, 4, 2.5, 1, 6.2, 3]
    assert set(table["year"]) == {2024}
    assert table["poverty_fifth"].tolist() == [1, 4, 3, 1, 5, 2]
    assert brought.report.rows_read == 7
    assert brought.report.counts["left out: a second row of column names"] == 1
    assert "poverty_fifth, is not in the census file" in said(brought)


def test_the_api_s_answer_gives_the_same_table():
    rows = [["S1701_C03_001E", "S1701_C03_001M", "state", "county", "tract"]]
    rows += [[*cells, "29", "510", tract[5:]] for tract, cells in zip(TRACTS, SOUND, strict=False)]
    brought = read(("acs_2024.json", json.dumps(rows).encode()))
    pd.testing.assert_frame_equal(
        brought.tables["acs_profile"], read(poverty(*SOUND)).tables["acs_profile"]
    )


def test_a_place_without_a_number_is_left_out_with_its_reason_and_row():
    rows = [*SOUND, ("-666666666", "-222222222"), ("N", "N")]
    brought = read(poverty(*rows))
    assert len(brought.tables["acs_profile"]) == 6
    reasons = brought.reasons["acs_profile"]
    found = reasons[reasons["column"].eq("poverty_pct")]
    # Two rows of names come first, so the seventh tract stands in row 9.
    assert list(zip(found["row"], found["reason"], strict=True)) == [
        (9, why.NOT_COMPUTED),
        (10, why.NOT_SHOWN),
    ]
    assert brought.report.rows_kept == 6
    assert "2 of 8 places have no rate of poverty" in said(brought)


def test_a_rate_without_its_margin_never_breaks_the_contract():
    brought = read(poverty(*SOUND, ("40", "***")))
    reasons = brought.reasons["acs_profile"]
    assert reasons[["row", "column", "reason"]].to_numpy().tolist() == [
        [9, "poverty_moe", why.OPEN_END]
    ]


def test_several_files_are_joined_by_place():
    income = csv_of(
        ["B19013_001E", "B19013_001M"], [("52000", "4100"), ("250,000+", "***"), ("-", "**")]
    )
    brought = read(poverty(*SOUND), ("ACSDT5Y2024.B19013-Data.csv", income))
    table = brought.tables["acs_profile"]
    assert table["median_income"].tolist()[:2] == [52000, 250000]
    assert table["median_income"].isna().tolist() == [False, False, True, True, True, True]
    assert table["median_income_moe"].isna().tolist()[:2] == [False, True]
    assert table["poverty_pct"].notna().all()
    assert "1 median income is an end of the scale" in said(brought)


def test_a_file_that_comes_later_joins_what_the_city_has():
    first = read(poverty(*SOUND)).tables["acs_profile"]
    city = EMPTY.with_tables({"acs_profile": first})
    renters = csv_of(
        ["B25003_001E", "B25003_001M", "B25003_003E", "B25003_003M"], [("200", "30", "50", "20")]
    )
    brought = read(("ACSDT5Y2024.B25003-Data.csv", renters), city=city)
    table = brought.tables["acs_profile"]
    assert table["poverty_pct"].tolist() == first["poverty_pct"].tolist()
    assert table["renter_pct"].tolist()[0] == 25
    assert table["renter_moe"].tolist()[0] == 9.3
    assert "joined it with what the city had already: poverty_pct" in said(brought)


def test_two_surveys_stand_side_by_side_each_with_its_own_fifths():
    old = poverty(*SOUND[::-1], name="ACSST5Y2019.S1701-Data.csv")
    table = read(poverty(*SOUND), old).tables["acs_profile"]
    assert table["year"].tolist() == [2019] * 6 + [2024] * 6
    for _, survey in table.groupby("year"):
        expected = poverty_fifth(survey["poverty_pct"].to_numpy())
        assert survey["poverty_fifth"].tolist() == expected.tolist()


@given(st.lists(st.integers(0, 40), min_size=5, max_size=30))
def test_fifths_are_those_of_port_alder(rates):
    ids = pd.Series([f"{number:03d}" for number in range(len(rates))])
    series = pd.Series([float(rate) for rate in rates])
    assert poverty_fifths(series, ids).tolist() == poverty_fifth(series.to_numpy()).tolist()


def test_a_share_and_its_margin_are_the_handbook_s():
    # Worked by hand: a part of 30 in 100, and one so near the whole that the root would be empty.
    number = pd.Series
    percent, margin = share(
        [(number([30.0]), number([12.0])), (number([0.0]), number([9.0]))],
        (number([100.0]), number([20.0])),
    )
    assert percent[0] == 30
    assert margin[0] == pytest.approx(100 * math.sqrt(12**2 + 9**2 - (0.3 * 20) ** 2) / 100)
    percent, margin = share([(number([99.0]), number([2.0]))], (number([100.0]), number([20.0])))
    assert margin[0] == pytest.approx(math.sqrt(2**2 + (0.99 * 20) ** 2))


def test_of_several_empty_groups_only_the_largest_margin_counts():
    number = pd.Series
    groups = [(number([0.0]), number([12.0])), (number([0.0]), number([9.0]))]
    assert share(groups, (number([100.0]), number([0.0])))[1][0] == 12


def test_a_share_of_nobody_is_no_number():
    shares = csv_of(["B25003_001E", "B25003_003E"], [("0", "0"), ("9", "12"), ("9", "3")])
    brought = read(poverty(*SOUND), ("ACSDT5Y2024.B25003-Data.csv", shares))
    assert brought.tables["acs_profile"]["renter_pct"].isna().tolist()[:3] == [True, True, False]
    reasons = brought.reasons["acs_profile"]
    of_share = reasons[reasons["column"].eq("renter_pct")]
    assert of_share["reason"].tolist() == [why.NOT_APPLICABLE, why.OUT_OF_RANGE]


def test_other_counties_and_larger_areas_stay_out():
    name, content = poverty(*SOUND)
    more = b'\r\n"1400000US29189000100","Elsewhere","9","1",\r\n"0500000US29510","All","20","1",'
    brought = read((name, content + more), county="29510")
    assert brought.report.counts["left out: another county"] == 1
    assert brought.report.counts["left out: a larger or smaller area than the others"] == 1
    assert len(brought.tables["acs_profile"]) == 6


def test_a_file_without_a_year_in_its_name_asks_for_one():
    with pytest.raises(PlaybookError, match="can't tell which survey") as caught:
        read(poverty(*SOUND, name="poverty.csv"))
    assert "ACSST5Y2024" in caught.value.fix


def test_a_table_as_the_page_shows_it_is_refused_with_the_right_button():
    shown = b'"Label (Grouping)","Tract 1!!Percent!!Estimate"\n"Population","12.3%"\n"Sex","1%"\n'
    with pytest.raises(PlaybookError, match="as the page shows it") as caught:
        read(("ACSST5Y2024.S1701.csv", shown))
    assert "Download Table Data" in caught.value.fix


@pytest.mark.parametrize(
    ("table", "instead"), [("C16002", "S1601"), ("B01001B", "P12H"), ("B21005", "S1701")]
)
def test_a_table_that_no_lesson_uses_says_which_to_take(table, instead):
    content = csv_of([f"{table}_001E", f"{table}_001M"], [("12", "3")])
    with pytest.raises(PlaybookError) as caught:
        read((f"ACSDT5Y2024.{table}-Data.csv", content))
    assert table in caught.value.what
    assert instead in caught.value.fix


def test_income_without_poverty_says_what_else_to_add():
    income = csv_of(["B19013_001E", "B19013_001M"], [("52000", "4100")])
    with pytest.raises(PlaybookError, match="also needs poverty"):
        read(("ACSDT5Y2024.B19013-Data.csv", income))


def test_too_few_places_make_no_fifths():
    with pytest.raises(PlaybookError, match="Fewer than five places"):
        read(poverty(*SOUND[:4]))


def test_the_same_place_twice_is_kept_once_and_a_contradiction_not_at_all():
    name, content = poverty(*SOUND)
    lines = content.split(b"\r\n")
    again = b"\r\n".join([*lines, lines[2]])
    assert len(read((name, again)).tables["acs_profile"]) == 6
    torn = b"\r\n".join([*lines, lines[2].replace(b"12.5", b"13.5")])
    brought = read((name, torn))
    assert TRACTS[0] not in set(brought.tables["acs_profile"]["neighborhood_id"])


def ages_of(table, rows):
    letter = "N" if table.startswith("P") else "E"
    variables = [f"{table}_{row:03d}{letter}" for row in range(1, 50)]
    return csv_of(variables, [[str(cell) for cell in cells] for cells in rows])


def test_every_row_of_sex_by_age_falls_in_one_group():
    groups = age_variables("B01001")
    used = [name for names in groups.values() for name in names]
    assert len(used) == len(set(used)) == 46
    assert {name[-3:] for name in used} == {f"{row:03d}" for row in range(3, 50)} - {"026"}


# First ages of the 23 rows of table B01001, as the Census Bureau prints them, men and women alike.
FIRST_AGES = (
    0,
    5,
    10,
    15,
    18,
    20,
    21,
    22,
    25,
    30,
    35,
    40,
    45,
    50,
    55,
    60,
    62,
    65,
    67,
    70,
    75,
    80,
    85,
)


def test_each_row_of_sex_by_age_falls_in_the_group_of_its_ages():
    starts = {0: "Under 5", 5: "5-14", 85: "85 and older"}
    starts |= {age: f"{age}-{age + 9}" for age in range(15, 85, 10)}
    groups = age_variables("B01001")
    for first_row in (3, 27):
        for row, age in enumerate(FIRST_AGES, start=first_row):
            label = starts[max(start for start in starts if start <= age)]
            assert f"B01001_{row:03d}" in groups[label]


def test_people_by_age_add_up_to_the_whole_place():
    cells = [100, 50, *range(1, 24), 50, *range(1, 24)]
    brought = read(("ACSDT5Y2024.B01001-Data.csv", ages_of("B01001", [cells, cells])))
    people = brought.tables["population_age"]
    assert people["age_group"].tolist() == list(AGE_GROUPS) * 2
    assert people.groupby("neighborhood_id")["population"].sum().tolist() == [552, 552]
    assert "a fifth of them under 1" in said(brought)


def test_children_under_five_are_shared_out_whole():
    numbers = pd.DataFrame(
        {name: [0.0] for names in age_variables("P12").values() for name in names}
    )
    numbers["P12_003"] = 8.0
    people = people_by_age(numbers, "P12")
    assert people["Under 1"].tolist() == [2]
    assert people["1-4"].tolist() == [6]


def test_a_place_that_lacks_an_age_is_left_out_whole():
    cells = [100, 50, *range(1, 24), 50, *range(1, 24)]
    torn = [*cells[:9], "N", *cells[10:]]
    brought = read(("ACSDT5Y2024.B01001-Data.csv", ages_of("B01001", [cells, torn])))
    assert set(brought.tables["population_age"]["neighborhood_id"]) == {TRACTS[0]}
    assert brought.reasons["population_age"]["reason"].tolist() == [why.NOT_SHOWN]
    assert brought.report.rows_kept == 1


def test_people_by_race_come_from_eight_tables_and_each_person_counts_once():
    files = []
    for number, table in enumerate(BY_RACE, start=1):
        cells = [46 * number, 0, *[number] * 23, 0, *[number] * 23]
        files.append((f"DECENNIALDHC2020.{table}-Data.csv", ages_of(table, [cells])))
    people = read(*files).tables["population_age_race"]
    everyone = sum(46 * number for number in range(1, 9))
    assert people["population"].sum() == everyone
    assert set(people["race_ethnicity"]) == {
        "White",
        "Black",
        "Hispanic",
        "Asian",
        "American Indian and Alaska Native",
        "Other or several",
    }
    with pytest.raises(PlaybookError, match="all eight tables"):
        read(*files[:-1])
