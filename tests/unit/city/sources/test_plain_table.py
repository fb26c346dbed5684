"""Plain tables: the lessons' own columns or a map, every value used or told why not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.city.check import check_against
from playbook.city.readers import read_files
from playbook.city.sources.plain_columns import (
    ONE_ROW_A_PERSON,
    bringable,
    is_plain_table,
    map_columns,
)
from playbook.city.sources.plain_table import read_plain
from playbook.city.sources.source import Choices
from playbook.city.tables import load_city
from playbook.errors import PlaybookError

CITY = load_city()
# Made-up tracts and numbers.
VISITS = """tract,year,condition,visits,population
29510990100,2021,Asthma,23,"1,900"
29510990200,2021,asthma ,<11,2100
29510990300,2021,Diabetes,-999,2300
29510990100,2022,Asthma,31,1900
"""
BRINGABLE = [name for name in CITY.tables if bringable(name)]


def read(text: str, **choices):
    return read_plain(text.encode(), "file.csv", CITY, Choices(**choices))


def said(report) -> str:
    return " ".join(f"{f.what} {f.fix}" for f in report.findings)


@pytest.mark.parametrize("name", BRINGABLE)
def test_every_table_of_the_fictional_city_is_known_by_its_header_and_comes_back_as_it_is(name):
    content = (CITY.folder / CITY.contract[name].path).read_bytes()
    table, rows, reasons, report = read_plain(content, f"{name}.csv", CITY)
    assert table == name
    assert report.level == "fine", str(report)
    assert reasons.empty
    theirs = CITY[name]
    assert list(rows) == list(theirs)
    for column in theirs:
        ours = rows[column].astype(object).where(rows[column].notna(), None).tolist()
        assert ours == theirs[column].astype(object).where(theirs[column].notna(), None).tolist()


@pytest.mark.parametrize(
    "name",
    [
        *("indicators", "indicator_series", "data_inventory", "deaths", "population_age"),
        *("avoidable_hospital", "burdens", "birth_outcomes", "hazard_audit", "street_segments"),
        *("neighborhoods", "requests_311_raw", "acs_profile", "population_age_race"),
    ],
)
def test_each_table_of_a_lesson_has_a_way_in(name):
    assert name in BRINGABLE


def test_values_are_used_or_told_why_not():
    table, rows, reasons, report = read(VISITS)
    assert table == "avoidable_hospital"
    assert (report.rows_read, report.rows_kept) == (4, 3)
    assert report.counts["left out: visits sentinel"] == 1
    assert rows["visits"].fillna(-1).tolist() == [23, -1, 31]
    assert rows["condition"].tolist() == ["Asthma"] * 3
    assert reasons.to_numpy().tolist() == [[3, "visits", "suppressed"], [4, "visits", "sentinel"]]
    assert 'read without their thousands separators: 1, such as "1,900"' in said(report)
    assert report.columns_used["neighborhood_id"] == "tract"
    contract = CITY.contract[table]
    assert check_against(rows, contract, may_be_empty=["visits"]).level != "stop"


def test_a_map_of_columns_and_labels_makes_the_table():
    text = "AREA;YR;AGE;WHY;N\nKiln;2021;<1;drugs;12\nKiln ;2021;85+ years;other;44\n"
    columns = {
        "neighborhood_id": "AREA",
        "year": "YR",
        "age_group": "AGE",
        "cause": "WHY",
        "deaths": "N",
    }
    labels = {"cause": {"DRUGS": "Overdose", "other": "All other causes"}}
    table, rows, _, report = read(text, table="deaths", columns=columns, labels=labels)
    assert table == "deaths"
    assert rows["age_group"].tolist() == ["Under 1", "85 and older"]
    assert rows["cause"].tolist() == ["Overdose", "All other causes"]
    assert rows["neighborhood_id"].tolist() == ["Kiln", "Kiln"]
    assert "names you chose: 2" in said(report)


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        ({"table": "deaths"}, "can't find age_group and 2 more"),
        ({"table": "death"}, "nearest that one can bring is deaths"),
        ({"table": "hmis_enrollments"}, "one row a person"),
        ({"table": "truth_places"}, "No city can bring"),
        ({"table": "deaths", "columns": {"causes": "x"}}, "The nearest is cause"),
        ({"table": "deaths", "columns": {"cause": "reason"}}, 'no column called "reason"'),
    ],
)
def test_what_was_asked_for_and_is_not_there_is_named(choices, words):
    with pytest.raises(PlaybookError) as caught:
        read(VISITS, **choices)
    assert words in str(caught.value)


@pytest.mark.parametrize("name", sorted(ONE_ROW_A_PERSON))
def test_no_table_with_one_row_a_person_can_be_brought(name):
    with pytest.raises(PlaybookError, match=r"one row a person or home.*Nothing was saved"):
        read(VISITS, table=name)


def test_a_header_that_nearly_fits_is_told_what_it_lacks():
    text = "neighborhood_id,year,age_group,deaths\nKiln,2021,1-4,3\n"
    with pytest.raises(PlaybookError) as caught:
        read(text)
    assert "I took file.csv for deaths, and can't find cause" in caught.value.what
    assert '--as deaths --column cause="ITS NAME"' in caught.value.fix


def test_years_side_by_side_are_not_turned_by_guess():
    text = "indicator_id,value,numerator,2020,2021,2022\nI1,3,4,1,2,3\n"
    with pytest.raises(PlaybookError, match="2020 to 2022 stand side by side"):
        read(text, table="indicator_series")


def test_two_tables_that_fit_equally_well_are_asked_about():
    header = ["month", "event", "district", "source_id", "use_id", "allowed"]
    with pytest.raises(PlaybookError, match="could be eligibility and events") as caught:
        map_columns(header, Choices(), "x.csv")
    assert "--as eligibility" in caught.value.fix
    assert map_columns([*header, "metric_id"], Choices(), "x.csv").contract.name == "events"


def test_totals_among_the_rows_are_left_out_and_said():
    text = VISITS + "Total,2021,Asthma,900,90000\n29510990100,2022,All conditions,99,1900\n"
    _, rows, _, report = read(text)
    assert report.counts["left out: total of other rows"] == 2
    assert not rows["visits"].isin([900, 99]).any()
    assert "2 of 6 rows sum up other rows" in said(report)


def test_a_column_of_totals_alone_is_kept_and_so_is_all_other_causes():
    text = VISITS.replace("Asthma", "All").replace("asthma ", "All").replace("Diabetes", "All")
    assert read(text)[3].rows_kept == 3
    other = VISITS.replace("Diabetes,-999", "All other causes,50")
    assert read(other)[3].rows_kept == 4


def test_the_same_row_twice_is_one_and_two_rows_that_differ_are_refused():
    again = VISITS + "29510990100,2022,Asthma,31,1900\n"
    assert read(again)[3].counts["left out: the same row twice"] == 1
    with pytest.raises(PlaybookError) as caught:
        read(VISITS + "29510990100,2022,Asthma,32,1900\n")
    assert "repeat the year, neighborhood_id and condition" in caught.value.what
    assert "first in row 6" in caught.value.what


@pytest.mark.parametrize(
    ("cells", "kept", "words"),
    [
        (["1001020100", "01001020200"], ["01001020100", "01001020200"], "zero in front: 1"),
        (["1400000US29510990100"], ["29510990100"], "out of longer ones: 1"),
        (["29510990100.0"], ["29510990100"], "out of longer ones: 1"),
        (["1001020100", "12"], ["1001020100", "12"], ""),
        (["=SUM(A1)", "Kiln"], ["'=SUM(A1)", "Kiln"], "apostrophe in front now: 1"),
        (["Kiln", "kiln", "Kiln", "Quay "], ["Kiln", "Kiln", "Kiln", "Quay"], "usual spelling: 1"),
    ],
)
def test_codes_of_places_keep_all_digits_and_names_get_one_spelling(cells, kept, words):
    rows = [f"{cell},{2020 + n},Asthma,20,900" for n, cell in enumerate(cells)]
    text = "neighborhood_id,year,condition,visits,population\n" + "\n".join(rows) + "\n"
    _, table, _, report = read(text)
    assert table["neighborhood_id"].tolist() == kept
    assert words in said(report)


def test_a_code_that_lost_its_digits_is_no_code():
    text = VISITS.replace("29510990300,2021,Diabetes,-999", "2.951E+10,2021,Diabetes,40")
    _, _, reasons, report = read(text)
    assert report.counts["left out: neighborhood_id unreadable"] == 1
    assert [4, "neighborhood_id", "unreadable"] in reasons.to_numpy().tolist()


def test_shares_where_percent_goes_are_pointed_out_and_not_multiplied():
    places = "".join(f"2951099{n:02d}00,.{n + 10},20,5,9,12.5\n" for n in range(6))
    text = "neighborhood_id,canopy_pct,ems_heat_calls,tree_requests,trees_planted,surface_temp_c\n"
    text = text.replace("surface_temp_c", "surface_temp_c,air_conditioning_pct")
    rows = places.replace("12.5\n", "30,80\n")
    _, table, _, report = read(text + rows)
    assert "All numbers of canopy_pct are between 0 and 1" in said(report)
    assert table["canopy_pct"].max() < 1


@pytest.mark.parametrize(
    ("column", "choices", "words"),
    [
        ("Patient Name", {}, r'Stop.*--leave-out "Patient Name"'),
        ("home_address", {}, "Stop"),
        ("latitude", {}, "Stop"),
        ("reach", {}, "Stop"),
    ],
)
def test_columns_about_persons_and_exact_places_stop_the_import(column, choices, words):
    cells = {"reach": ["617-555-0134", "617-555-0171"]}.get(column, ["x", "y"])
    text = f"tract,year,condition,visits,population,{column}\n"
    text += "".join(f"2951099010{n},2021,Asthma,20,900,{cell}\n" for n, cell in enumerate(cells))
    with pytest.raises(PlaybookError) as caught:
        read(text, **choices)
    assert "Stop." in caught.value.what
    assert "Nothing was saved" in caught.value.what
    assert "617" not in str(caught.value)
    _, rows, _, report = read(text, leave_out=(column,))
    assert column not in rows
    assert report.rows_kept == 2


def test_a_block_can_be_made_its_tract_and_a_date_its_month():
    text = VISITS.replace("29510990100", "295109901002005")
    _, rows, _, report = read(text, coarsen={"tract": "tract"})
    assert rows["neighborhood_id"].tolist()[0] == "29510990100"
    assert "made coarser: tract to its tract" in said(report)
    with pytest.raises(PlaybookError, match="coarser by"):
        read(text, coarsen={"tract": "zip"})
    months = "month,event,district\n2025-03-09,New routes,Quay\n"
    assert read(months, coarsen={"month": "month"})[1]["month"].tolist() == ["2025-03"]


def test_free_text_where_a_label_goes_is_never_stored():
    words = "A neighbor on the second floor told us about the smell and the stairs last winter "
    rows = "".join(f"2951099010{n},2021,{words}{n},20,900\n" for n in range(6))
    with pytest.raises(PlaybookError, match="reads like free text"):
        read("tract,year,condition,visits,population\n" + rows)


def test_neighborhoods_need_a_code_and_people_and_get_their_code_as_name():
    text = "neighborhood_id,population\nKiln,900\nQuay,800\n"
    _, rows, _, report = read(text)
    assert rows["name"].tolist() == ["Kiln", "Quay"]
    assert "so I wrote neighborhood_id there" in said(report)
    assert "Lessons go without" in said(report)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("tract,year,condition,visits,population\nA,2021,Asthma,many,900\n", "visits unreadable"),
        ("tract,year,condition,visits,population\n,2021,Asthma,9,900\n", "neighborhood_id empty"),
        ("tract,year,condition,visits,population\nA,2021,Asthma\n", "wrong number of cells"),
    ],
)
def test_nothing_kept_names_the_most_frequent_reason(text, words):
    with pytest.raises(PlaybookError, match=words):
        read(text)


def test_several_plain_files_are_several_tables_and_one_table_comes_once():
    ages = b"neighborhood_id,age_group,population\n29510990100,1-4,120\n"
    brought = read_files([("a.csv", VISITS.encode()), ("b.csv", ages)], CITY)
    assert [list(one.tables) for one in brought] == [["avoidable_hospital"], ["population_age"]]
    assert [one.report.source for one in brought] == ["a.csv", "b.csv"]
    with pytest.raises(PlaybookError, match=r"both hold population_age"):
        read_files([("a.csv", ages), ("b.csv", ages)], CITY)


def test_a_chosen_table_goes_before_what_the_header_looks_like_but_not_before_a_refusal():
    raw = b"request_id,neighborhood_id,request_type,opened_at,closed_at\n"
    raw += b"1,Kiln,Noise,2025-03-01 08:00,\n"
    (brought,) = read_files([("march.csv", raw)], CITY, Choices(table="requests_311_raw"))
    assert list(brought.tables) == ["requests_311_raw"]
    with pytest.raises(PlaybookError, match="HMIS"):
        read_files([("x.csv", b"PersonalID,EntryDate\n1,2\n")], CITY, Choices(table="deaths"))


def test_a_header_of_something_else_is_no_plain_table():
    for header in ("a,b,c", "Year,LocationID,MeasureId,Data_Value", "name,value", "year,district"):
        assert not is_plain_table(header.split(","))


CELL = st.sampled_from([
    "", "12", "<11", "*", "-666666666", "1,200", "x", "=1+1", "1e400", "n/a", "0", "85+", "Kiln",
    "29510990100", "12.5", "\u221e", "\u00a0",
])  # fmt: skip


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(CELL, CELL, CELL, CELL, CELL), min_size=1, max_size=12))
def test_whatever_the_cells_the_table_keeps_its_contract_or_a_plain_sentence_says_why(cells):
    lines = [",".join(f'"{cell}"' for cell in row) for row in cells]
    try:
        table, rows, reasons, report = read("\n".join([VISITS.split("\n")[0], *lines]) + "\n")
    except PlaybookError:
        return
    hidden = set(reasons.loc[reasons["reason"].eq("suppressed"), "column"])
    found = check_against(rows, CITY.contract[table], may_be_empty=hidden)
    assert found.level != "stop", str(found)
    assert report.rows_read == report.rows_kept + report.rows_left_out
    unused = rows[["visits", "population"]].isna().any(axis=1).sum()
    assert unused <= len(reasons)
