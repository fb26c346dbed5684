"""The data and its description fit each other, by the standard's own checker."""

import json

import pytest
from frictionless import validate

from playbook.author.reading import grade
from playbook.city.contract import load_contract
from playbook.home import data_folder

CONTRACT = load_contract(data_folder())
SMALL = (
    "neighborhoods",
    "acs_profile",
    "requests_311",
    "population_age",
    "deaths",
    "life_expectancy",
    "life_table",
    "avoidable_hospital",
    "capacity_responses",
)
FIRST_LINES = 300  # a repeat always stands below its first report, so a head is sound in itself


def problems(folder):
    report = validate(str(folder / "datapackage.json"))
    return report.flatten(["type", "fieldName"])


def small_copy(folder, names):
    """Write the first lines of some tables into a folder, where a test may spoil them."""
    package = json.loads((data_folder() / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"] = [raw for raw in package["resources"] if raw["name"] in names]
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    for name in names:
        text = (data_folder() / f"{name}.csv").read_text(encoding="utf-8")
        lines = text.splitlines(keepends=True)[:FIRST_LINES]
        (folder / f"{name}.csv").write_text("".join(lines), encoding="utf-8")
    return folder


def test_frictionless_finds_nothing_in_the_shipped_data():
    assert problems(data_folder()) == []


def test_a_sound_copy_has_no_findings(tmp_path):
    assert problems(small_copy(tmp_path, SMALL)) == []


@pytest.mark.parametrize(
    ("table", "old", "new", "expected"),
    [
        ("neighborhoods", "N02,99001000200", "N02,9900100020", ["constraint-error", "tract_geoid"]),
        ("neighborhoods", "N02,99001000200", "N01,99001000200", ["primary-key", None]),
        ("neighborhoods", ",holc_grade,", ",grade,", ["incorrect-label", "holc_grade"]),
        ("acs_profile", "2019,N02,", "2019,N99,", ["foreign-key", None]),
        ("acs_profile", "2019,N02,", "two,N02,", ["type-error", "year"]),
        ("requests_311", ",app,25-00111\n", ",app,24-00111\n", ["foreign-key", None]),
        ("requests_311", "\n25-00002,", "\n25-00001,", ["primary-key", None]),
        ("population_age", "N02,Under 1,", "N02,0-1,", ["constraint-error", "age_group"]),
        ("population_age", "N02,Under 1,", "N99,Under 1,", ["foreign-key", None]),
        ("deaths", "N01,2021,1-4,Overdose", "N01,2020,1-4,Overdose", ["primary-key", None]),
        (
            "deaths",
            "N01,2021,1-4,Overdose,",
            "N01,2021,1-4,Overdose,-1",
            ["constraint-error", "deaths"],
        ),
        ("life_expectancy", "\nN02,", "\nN01,", ["primary-key", None]),
        ("life_expectancy", "\nN02,", "\nN02,9", ["constraint-error", "life_expectancy"]),
        (
            "life_table",
            "N02,Under 1,0.",
            "N02,Under 1,1.",
            ["constraint-error", "probability_of_dying"],
        ),
        ("life_table", "N02,Under 1,", "N99,Under 1,", ["foreign-key", None]),
        ("avoidable_hospital", "2016,N02,Diabetes,", "2016,N02,Asthma,", ["primary-key", None]),
        ("avoidable_hospital", "2016,N02,Diabetes,", "2016,N99,Diabetes,", ["foreign-key", None]),
        (
            "capacity_responses",
            "R02,Leader,Race and Equity,1,",
            "R02,Leader,Race and Equity,6,",
            ["constraint-error", "statement"],
        ),
        (
            "capacity_responses",
            "R02,Leader,Race and Equity,1,",
            "R02,Leader,Race and Equity,2,",
            ["primary-key", None],
        ),
    ],
)
def test_one_fault_is_found(tmp_path, table, old, new, expected):
    # Codes of places lead to the table of neighborhoods, so it comes along.
    small_copy(tmp_path, {"neighborhoods", table})
    path = tmp_path / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    assert expected in problems(tmp_path)


@pytest.mark.parametrize("table", CONTRACT.values(), ids=list(CONTRACT))
def test_every_table_tells_its_reader_what_it_is(table):
    assert table.provenance.startswith("Synthetic. The layout follows")
    assert "fictional" in table.description
    assert table.license == "Creative Commons Attribution 4.0"
    assert len(table.limits) >= 3
    assert table.bring.endswith(".")
    assert table.bring.count(". ") == 0, "one sentence"
    for field in table.fields:
        assert field.title, field.name
        assert field.description, field.name
        if field.type == "number" or field.is_date:
            assert field.unit, field.name


@pytest.mark.parametrize("table", CONTRACT.values(), ids=list(CONTRACT))
def test_a_data_card_reads_at_eighth_grade_or_below(table):
    fields = [field.description for field in table.fields]
    assert grade(" ".join([table.description, *table.limits, *fields])) <= 8


def test_only_extracts_have_a_day():
    assert {name for name, table in CONTRACT.items() if table.as_of} == {
        "requests_311",
        "requests_311_raw",
        "hmis_enrollments",
    }
    assert {str(table.as_of) for table in CONTRACT.values() if table.as_of} == {"2026-01-15"}
