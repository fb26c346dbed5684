"""PLACES files: long and wide, crude numbers only, with their range and the CDC's own limits."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from playbook.city.check import check_against
from playbook.city.contract import load_contract
from playbook.city.readers import read_files
from playbook.city.sources import places_findings as why
from playbook.city.sources.places_columns import MEASURES, is_places
from playbook.city.sources.source import Choices
from playbook.city.tables import City, load_city
from playbook.errors import PlaybookError
from playbook.home import data_folder

CONTRACTS = load_contract(data_folder())
EMPTY = City("Elsewhere", "elsewhere", False, Path("nowhere"), CONTRACTS, 0)
# The published names, in another order than published; made-up places and numbers.
HEADER = (
    "LocationID,Year,StateAbbr,MeasureId,Short_Question_Text,Data_Value_Unit,Data_Value_Type,"
    "DataValueTypeID,Data_Value,Data_Value_Footnote_Symbol,Data_Value_Footnote,"
    "Low_Confidence_Limit,High_Confidence_Limit,TotalPopulation,TotalPop18plus,Geolocation"
)


def row(
    area="29510990100",
    value="11.2",
    low="10.1",
    high="12.4",
    *,
    year="2023",
    state="MO",
    measure="CASTHMA",
    kind="Crude prevalence",
    mark="",
    adults="2800",
):
    short = "AgeAdjPrv" if kind.startswith("Age") else "CrdPrv"
    note = "Estimate suppressed" if mark else ""
    return (
        f"{area},{year},{state},{measure},Asthma,%,{kind},{short},{value},{mark},{note},{low},"
        f'{high},3500,"{adults}",POINT (1 2)'
    )


def read(*rows, header=HEADER, name="places.csv", city=EMPTY, county=""):
    content = "\r\n".join([header, *rows]).encode()
    (brought,) = read_files([(name, content)], city, Choices(county=county))
    table, contract = brought.tables["places_estimates"], CONTRACTS["places_estimates"]
    optional = [field.name for field in contract.fields if field.optional]
    report = check_against(table, contract, may_be_empty=optional)
    assert report.level != "stop", str(report)
    assert brought.report.rows_read == brought.report.rows_kept + brought.report.rows_left_out
    return brought


def left_out(brought, reason):
    return brought.report.counts.get(f"left out: {reason}", 0)


def said(brought):
    return " ".join(finding.what for finding in brought.report.findings)


def test_a_long_file_is_read_by_its_names():
    table = read(row(), row(measure="CSMOKING", value="19", low="17.5", high="20.3")).tables
    places = table["places_estimates"]
    assert places["measure"].tolist() == ["Asthma", "Smoking"]
    assert places.loc[
        0, ["year", "neighborhood_id", "value", "low", "high", "adults"]
    ].tolist() == [
        2023,
        "29510990100",
        11.2,
        10.1,
        12.4,
        2800,
    ]


def test_names_as_the_open_data_site_writes_them_are_the_same():
    lower = read(row(), header=HEADER.lower()).tables["places_estimates"]
    pd.testing.assert_frame_equal(lower, read(row()).tables["places_estimates"])


def test_port_alder_s_measures_have_port_alder_s_names():
    measures = load_city()["places_estimates"]["measure"].unique()
    assert set(list(MEASURES.values())[:8]) == set(measures)
    assert len(set(MEASURES.values())) == len(MEASURES)


def test_numbers_adjusted_for_age_are_told_apart_and_stay_out():
    brought = read(row(), row(kind="Age-adjusted prevalence", value="10.0", low="9", high="11"))
    assert brought.tables["places_estimates"]["value"].tolist() == [11.2]
    assert left_out(brought, why.AGE_ADJUSTED) == 1


def test_a_suppressed_number_keeps_its_reason_and_its_row():
    brought = read(row(), row("29510990200", "", "", "", mark="*"), row("29510990300", "", "", ""))
    reasons = brought.reasons["places_estimates"]
    assert list(zip(reasons["row"], reasons["reason"], strict=True)) == [
        (3, why.SUPPRESSED),
        (4, why.EMPTY),
    ]
    assert set(reasons["column"]) == {"value"}


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (("*", "", ""), why.SUPPRESSED),
        (("about 5", "4", "6"), why.UNREADABLE),
        (("112", "100", "120"), why.OUT_OF_RANGE),
        (("-5", "4", "6"), why.OUT_OF_RANGE),
        (("5.6", "", "6.3"), why.NO_RANGE),
        (("9.9", "4.9", "6.3"), why.NOT_WITHIN),
    ],
)
def test_a_number_that_can_not_be_used_says_why(cells, reason):
    brought = read(row(), row("29510990200", *cells))
    assert left_out(brought, reason) == 1
    assert len(brought.tables["places_estimates"]) == 1


def test_limits_in_one_padded_cell_are_taken_apart():
    header = HEADER.replace("Low_Confidence_Limit,High_Confidence_Limit", "Confidence_Limits")
    text = row(value="5.6").replace("10.1,12.4", '"( 4.9,  6.3)"')
    table = read(text, header=header).tables["places_estimates"]
    assert table[["low", "high"]].to_numpy().tolist() == [[4.9, 6.3]]


WIDE = (
    "StateAbbr,TractFIPS,CountyFIPS,TotalPop18plus,CASTHMA_CrudePrev,CASTHMA_Crude95CI,"
    "BPHIGH_CrudePrev,BPHIGH_Crude95CI,CASTHMA_AdjPrev,CASTHMA_Adj95CI"
)
WIDE_ROW = 'AL,{tract},1999,"1,370",11.0,"( 9.7, 12.5)",40.5,"(36.1, 45.0)",9.0,"(8,10)"'


def test_a_wide_file_gives_one_row_a_measure_and_its_year_from_the_release():
    brought = read(
        WIDE_ROW.format(tract="01999990100"), header=WIDE, name="PLACES__2024_release_x.csv"
    )
    table = brought.tables["places_estimates"]
    assert table["measure"].tolist() == ["High blood pressure", "Asthma"]
    # The release of 2024 has blood pressure from 2021 and all else from 2022.
    assert table["year"].tolist() == [2021, 2022]
    assert table["low"].tolist() == [36.1, 9.7]
    assert table["adults"].tolist() == [1370, 1370]
    assert "release of 2024" in said(brought)


def test_a_wide_file_without_its_release_asks_for_it():
    with pytest.raises(PlaybookError, match="hold no year") as caught:
        read(WIDE_ROW.format(tract="01999990100"), header=WIDE, name="places.csv")
    assert "2024_release" in caught.value.fix


def test_a_lost_zero_is_put_back_and_said():
    brought = read(WIDE_ROW.format(tract="1999990100"), header=WIDE, name="PLACES_2024_release.csv")
    assert set(brought.tables["places_estimates"]["neighborhood_id"]) == {"01999990100"}
    assert "lost a leading zero" in said(brought)


def test_counties_and_cities_are_read_and_named_as_such():
    county = read(row("1057", state="AL"), row("59", state="US"))
    assert county.tables["places_estimates"]["neighborhood_id"].tolist() == ["01057"]
    assert left_out(county, "the whole country") == 1
    assert "whole counties, not for neighborhoods" in said(county)
    city = read(row("2965000"))
    assert city.tables["places_estimates"]["neighborhood_id"].tolist() == ["2965000"]
    assert "whole cities and towns" in said(city)


def test_only_the_county_asked_for_is_kept():
    brought = read(row(), row("29189990100"), county="29510")
    assert brought.tables["places_estimates"]["neighborhood_id"].tolist() == ["29510990100"]
    assert left_out(brought, "another county") == 1


def test_zip_code_areas_are_refused():
    header = HEADER.replace("StateAbbr,", "")
    with pytest.raises(PlaybookError, match="ZIP code areas"):
        read(row("63101", state="").replace("63101,2023,,", "63101,2023,"), header=header)


def test_a_measure_nobody_knows_is_named_and_stays_out():
    brought = read(row(), row(measure="MOONBEAMS"))
    assert "a measure that I don't know: MOONBEAMS" in said(brought)
    assert left_out(brought, why.NOT_A_MEASURE) == 1


def test_the_same_row_twice_is_kept_once_and_a_contradiction_not_at_all():
    assert len(read(row(), row()).tables["places_estimates"]) == 1
    other = row("29510990200")
    brought = read(other, row(), row(value="11.9"))
    assert brought.tables["places_estimates"]["neighborhood_id"].tolist() == ["29510990200"]


def test_the_cdc_s_limits_on_use_are_always_told():
    text = said(read(row()))
    for rule in ("don't judge programs", "overall health", "change over time"):
        assert rule in text


def test_nothing_to_keep_is_said_with_the_reasons_and_their_counts():
    with pytest.raises(PlaybookError, match=r"adjusted for age.*\(1\)"):
        read(row(kind="Age-adjusted prevalence"))


def test_a_missing_column_is_named():
    header = HEADER.replace("High_Confidence_Limit", "Upper")
    with pytest.raises(PlaybookError, match="low and high confidence limit"):
        read(row(), header=header)


def test_a_file_of_requests_is_no_places_file():
    assert not is_places(["case_enquiry_id", "open_dt", "closed_dt", "type", "neighborhood"])
