"""A city's list of places: tracts, the names that residents use, and how tracts join."""

import pandas as pd
import pytest

from playbook.city.area_joins import join_to_neighborhoods
from playbook.city.contract import load_contract
from playbook.city.own import new_city
from playbook.city.sources.area_list import is_area_list, parse_area_list
from playbook.city.store import add_contents
from playbook.city.tables import load_city
from playbook.errors import PlaybookError
from playbook.home import data_folder

LIST = (
    b"Places of the city, 2026\n"
    b"GEO ID;Community;Ward;Residents\n"
    b"1400000US29999000100;Kiln ;1;1,200\n"
    b"29999000200;kiln;1;800\n"
    b"29999000300;Quarry;2;3,000\n"
    b"29999000300;Quarry;2;3,000\n"
    b"2999;Quarry;2;5\n"
    b"29999000400;;2;5\n"
)
CONTRACT = load_contract(data_folder())


def tracts(**columns):
    ids = ["29999000100", "29999000200", "29999000300"]
    homes = ["Kiln", "Kiln", "Quarry"]
    people = columns.get("people", [1200, 800, 3000])
    return pd.DataFrame({"tract": ids, "neighborhood": homes, "population": people})


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (["GEOID20", "Neighbourhood"], True),
        (["Census Tract", "Community Area", "Population"], True),
        (["tract", "ward"], False),
        (["tract", "neighborhood", "opened", "closed", "type"], False),
    ],
)
def test_a_list_is_known_by_what_its_columns_mean(header, expected):
    assert is_area_list(header) is expected


def test_rows_are_kept_or_left_out_with_a_reason_and_add_up():
    places, _, report = parse_area_list(LIST, "areas.csv")
    assert places["name"].tolist() == ["Kiln (tract 1)", "Kiln (tract 2)", "Quarry"]
    assert places["population"].tolist() == [1200, 800, 3000]
    assert (report.rows_read, report.rows_kept) == (6, 3)
    told = " ".join(finding.what for finding in report.findings)
    assert "1 rows have no tract of 11 digits" in told
    assert "a tract that an earlier row names" in told
    assert "1 rows have no neighborhood" in told


def test_tracts_of_one_neighborhood_are_joined():
    places, lookup, _ = parse_area_list(LIST, "areas.csv", "neighborhoods")
    assert places["neighborhood_id"].tolist() == ["Kiln", "Quarry"]
    assert places["population"].tolist() == [2000, 3000]
    assert places["district"].tolist() == ["1", "2"]
    assert "tract_geoid" not in places
    assert lookup["neighborhood"].tolist() == ["Kiln", "Kiln", "Quarry"]


def test_what_not_every_place_shares_stays_out_and_is_told():
    text = LIST.replace(b"kiln;1;", b"kiln;9;")
    places, _, report = parse_area_list(text, "areas.csv", "neighborhoods")
    assert "district" not in places
    assert "left out district" in " ".join(finding.what for finding in report.findings)


def test_a_list_without_any_tract_is_told():
    with pytest.raises(PlaybookError, match="could keep none"):
        parse_area_list(b"tract,neighborhood\n1,Kiln\n", "areas.csv")


def test_counts_add_up_and_other_tracts_are_told():
    deaths = pd.DataFrame(
        {
            "neighborhood_id": [*tracts()["tract"], "29999009900"],
            "year": 2024,
            "age_group": "25-34",
            "cause": "All",
            "deaths": [1, 2, 3, 9],
        }
    )
    joined, findings = join_to_neighborhoods(deaths, CONTRACT["deaths"], tracts())
    assert joined.set_index("neighborhood_id")["deaths"].to_dict() == {"Kiln": 3, "Quarry": 3}
    assert "1 places are not in your list" in findings[0].what


def six_tracts(people=1000):
    homes = ["Kiln", "Kiln", "Quarry", "Weir", "Tollbar", "Summit"]
    ids = [f"2999900{number:02}00" for number in range(1, 7)]
    return pd.DataFrame({"tract": ids, "neighborhood": homes, "population": people})


def poverty(*values):
    return pd.DataFrame(
        {
            "year": 2024,
            "neighborhood_id": six_tracts()["tract"],
            "poverty_pct": values,
            "poverty_moe": [3.0, 4.0, 1.0, 1.0, 1.0, 1.0],
            "median_income": 40_000,
            "poverty_fifth": 1,
        }
    )


def test_a_share_is_weighted_by_residents_and_a_median_is_left_out():
    lookup = six_tracts(people=[1200, 800, 1, 1, 1, 1])
    joined, findings = join_to_neighborhoods(
        poverty(10.0, 20.0, 5.0, 30.0, 16.0, 2.0), CONTRACT["acs_profile"], lookup
    )
    table = joined.set_index("neighborhood_id")
    assert table.loc["Kiln", "poverty_pct"] == pytest.approx(0.6 * 10 + 0.4 * 20)
    margin = ((0.6 * 3) ** 2 + (0.4 * 4) ** 2) ** 0.5
    assert table.loc["Kiln", "poverty_moe"] == pytest.approx(margin, abs=0.05)
    assert "median_income" not in joined
    assert "left out median_income" in findings[-1].what
    ranks = {"Summit": 1, "Quarry": 2, "Kiln": 3, "Tollbar": 4, "Weir": 5}
    assert table["poverty_fifth"].to_dict() == ranks


def test_a_tract_without_an_estimate_has_no_weight_and_a_place_without_one_is_told():
    joined, findings = join_to_neighborhoods(
        poverty(None, 20.0, 5.0, 30.0, 16.0, 2.0), CONTRACT["acs_profile"], six_tracts()
    )
    assert joined.set_index("neighborhood_id").loc["Kiln", "poverty_pct"] == 20
    lookup = six_tracts().assign(neighborhood=["A", "B", "C", "D", "E", "F"])
    joined, findings = join_to_neighborhoods(
        poverty(None, 20.0, 5.0, 30.0, 16.0, 2.0), CONTRACT["acs_profile"], lookup
    )
    assert "A" not in set(joined["neighborhood_id"])
    assert any("1 neighborhoods have no estimate" in one.what for one in findings)


def test_shares_without_residents_are_not_joined_by_guess():
    with pytest.raises(PlaybookError, match="number of people in each tract"):
        join_to_neighborhoods(
            poverty(*[10.0] * 6), CONTRACT["acs_profile"], six_tracts(people=None)
        )


def test_too_few_neighborhoods_make_no_fifths():
    lookup = six_tracts().assign(neighborhood="Kiln")
    with pytest.raises(PlaybookError, match="fewer than five"):
        join_to_neighborhoods(poverty(*[10.0] * 6), CONTRACT["acs_profile"], lookup)


def test_rows_that_are_not_by_tract_stay_as_they_are():
    rows = poverty(*[1.0] * 6).assign(neighborhood_id=list("ABCDEF"))
    joined, findings = join_to_neighborhoods(rows, CONTRACT["acs_profile"], tracts())
    assert joined is rows
    assert findings == []


def test_a_life_expectancy_stays_by_tract():
    rows = pd.DataFrame({"neighborhood_id": tracts()["tract"], "life_expectancy": 79.0})
    assert join_to_neighborhoods(rows, CONTRACT["life_expectancy"], tracts())[0] is rows


def test_a_city_of_neighborhoods_joins_what_comes_after_its_list(tmp_path, monkeypatch):
    monkeypatch.setenv("PLAYBOOK_WORK", str(tmp_path))
    new_city("Elsewhere", areas="neighborhoods")
    add_contents([("areas.csv", LIST)], "elsewhere")
    requests = b"opened,closed,type,neighborhood\n2025-08-01,2025-08-03,Noise,29999000200\n"
    add_contents([("requests.csv", requests)], "elsewhere")
    assert load_city("elsewhere")["requests_311"]["neighborhood_id"].tolist() == ["Kiln"]
